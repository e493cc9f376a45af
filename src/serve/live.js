// Added on the way out by `pressoir serve --watch`; it is no part of the site.
(() => {
  const self = document.currentScript;
  const file = self.dataset.file;
  let build = self.dataset.build;
  let stale = false;

  const french = document.documentElement.lang.toLowerCase().startsWith("fr");
  const texts = french
    ? {
        title: "Le site ne peut pas être construit",
        note: "Vous voyez la dernière version qui a pu l’être. Cette page se mettra à jour dès que l’erreur sera corrigée.",
        close: "Fermer",
      }
    : {
        title: "The site cannot be built",
        note: "You see the last version that could. This page follows as soon as the error is mended.",
        close: "Close",
      };

  // Reload, and come back to the same place.

  const kept = "pressoir:place";

  const reload = () => {
    try {
      sessionStorage.setItem(kept, JSON.stringify([location.pathname, scrollX, scrollY]));
    } catch {
      // Storage is shut: the browser's own memory of the place has to do.
    }
    location.reload();
  };

  const comeBack = () => {
    try {
      const [path, left, top] = JSON.parse(sessionStorage.getItem(kept)) ?? [];
      sessionStorage.removeItem(kept);
      if (path !== location.pathname) return;
      const scroll = () => scrollTo({ left, top, behavior: "instant" });
      scroll();
      // Images that come late move the text.
      addEventListener("load", scroll, { once: true });
    } catch {
      // As above.
    }
  };

  // Whether a changed file is this page, or something that it shows.

  const decoded = (path) => {
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  };

  const shown = () =>
    performance
      .getEntriesByType("resource")
      .filter(({ initiatorType }) => initiatorType !== "fetch" && initiatorType !== "xmlhttprequest")
      .map(({ name }) => decoded(new URL(name).pathname));

  const concerns = (changed) => {
    if (file === "" || changed.includes(file)) return changed.length > 0;
    const paths = shown();
    return changed.some((path) => paths.some((shown) => shown.endsWith("/" + path)));
  };

  // The panel with the errors of a failed build.

  const style = `
    :host { all: initial; }
    section {
      position: fixed; inset: auto 0 0 0; z-index: 2147483647; box-sizing: border-box; max-height: 60vh; overflow: auto;
      padding: 1rem 1.5rem; border-top: 4px solid #c9191e; background: #fff; color: #161616;
      font: 16px/1.5 system-ui, sans-serif; box-shadow: 0 -4px 24px rgb(0 0 0 / 30%);
    }
    header { display: flex; justify-content: space-between; gap: 1rem; align-items: start; }
    h2 { margin: 0; font-size: 1.125rem; }
    p { margin: 0.25rem 0; }
    ol { margin: 0.75rem 0 0; padding: 0; list-style: none; }
    li { padding: 0.75rem 0; border-top: 1px solid #ddd; }
    .place, pre { font: 14px/1.5 ui-monospace, monospace; }
    .place { color: #3a3a3a; }
    pre { margin: 0.25rem 0; padding: 0.5rem; overflow-x: auto; background: #f2f2f2; }
    button { flex: none; padding: 0.25rem 0.75rem; border: 1px solid; border-radius: 4px; background: none; color: inherit; font: inherit; cursor: pointer; }
    @media (prefers-color-scheme: dark) {
      section { background: #1e1e1e; color: #f4f4f4; border-color: #ff6b6b; }
      .place { color: #c8c8c8; }
      pre { background: #2c2c2c; }
      li { border-color: #444; }
    }
    @media print { section { display: none; } }
  `;

  // Text only, never markup: what is shown was written by whoever made the mistake.
  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const problemItem = ({ code, message, place, line, help }) => {
    const item = element("li", {}, element("p", {}, element("strong", {}, message), ` [${code}]`));
    if (place) item.append(element("p", { class: "place" }, place));
    if (line) item.append(element("pre", { tabindex: "0" }, line));
    if (help) item.append(element("p", {}, help));
    return item;
  };

  let panel = null;
  let told = "[]";

  const closePanel = () => {
    panel?.remove();
    panel = null;
  };

  const showProblems = (problems) => {
    const now = JSON.stringify(problems);
    // A panel that was closed comes back only with other news.
    if (now === told) return;
    told = now;
    closePanel();
    if (problems.length === 0) return;
    const button = element("button", { type: "button" }, texts.close);
    button.addEventListener("click", closePanel);
    const section = element(
      "section",
      { role: "alert", lang: french ? "fr" : "en" },
      element("header", {}, element("h2", {}, texts.title), button),
      element("p", {}, texts.note),
      element("ol", { lang: "en" }, ...problems.map(problemItem)),
    );
    section.addEventListener("keydown", (event) => {
      if (event.key === "Escape") closePanel();
    });
    panel = element("pressoir-problems", {});
    document.body.append(panel);
    panel.attachShadow({ mode: "open" }).append(element("style", {}, style), section);
  };

  // The news. A hidden page does not listen: browsers allow six connections to a server in all.

  let source = null;
  let retry = 0;

  const disconnect = () => {
    clearTimeout(retry);
    source?.close();
    source = null;
  };

  const connect = () => {
    disconnect();
    source = new EventSource(`/_pressoir/events?build=${build}`);
    source.addEventListener("message", ({ data }) => {
      const news = JSON.parse(data);
      build = news.build;
      stale ||= news.changed === null || concerns(news.changed);
      // While nothing better can be built, the page on the screen is kept.
      if (stale && news.problems.length === 0) {
        disconnect();
        reload();
        return;
      }
      showProblems(news.problems);
    });
    source.addEventListener("error", () => {
      disconnect();
      retry = setTimeout(connect, 1000);
    });
  };

  const listen = () => (document.visibilityState === "hidden" ? disconnect() : connect());

  comeBack();
  document.addEventListener("visibilitychange", listen);
  addEventListener("pageshow", ({ persisted }) => persisted && listen());
  addEventListener("pagehide", disconnect);
  listen();
})();
