// What is wrong, where the author looks: a panel of errors, and a small one of what else was found in this page.

const french = document.documentElement.lang.toLowerCase().startsWith("fr");
const texts = french
  ? {
      title: "Le site ne peut pas être construit",
      note: "Vous voyez la dernière version qui a pu l’être. Cette page se mettra à jour dès que l’erreur sera corrigée.",
      close: "Fermer",
      notes: (count, where) => `${count} avertissement${count === 1 ? "" : "s"} ${where}`,
      where: { page: "dans cette page", site: "dans les réglages ou le thème", both: "dans cette page et dans les réglages ou le thème" },
    }
  : {
      title: "The site cannot be built",
      note: "You see the last version that could. This page follows as soon as the error is mended.",
      close: "Close",
      notes: (count, where) => `${count} warning${count === 1 ? "" : "s"} ${where}`,
      where: { page: "in this page", site: "in the settings or the theme", both: "in this page and in the settings or the theme" },
    };

const style = `
  :host { all: initial; }
  section, details { box-sizing: border-box; overflow: auto; background: #fff; color: #161616;
    font: 16px/1.5 system-ui, sans-serif; box-shadow: 0 -4px 24px rgb(0 0 0 / 30%); }
  section { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-height: 60vh; padding: 1rem 1.5rem;
    border-top: 4px solid #c9191e; }
  details { position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483646; max-width: min(40rem, calc(100vw - 2rem));
    max-height: 50vh; padding: 0.5rem 1rem; border: 1px solid #8a5a00; border-radius: 4px; }
  summary { cursor: pointer; }
  header { display: flex; justify-content: space-between; gap: 1rem; align-items: start; }
  h2 { margin: 0; font-size: 1.125rem; }
  p { margin: 0.25rem 0; }
  ol { margin: 0.75rem 0 0; padding: 0; list-style: none; }
  li { padding: 0.75rem 0; border-top: 1px solid #ddd; }
  a { color: inherit; }
  .place, pre { font: 14px/1.5 ui-monospace, monospace; }
  .place { color: #3a3a3a; }
  pre { margin: 0.25rem 0; padding: 0.5rem; overflow-x: auto; background: #f2f2f2; }
  button { flex: none; padding: 0.25rem 0.75rem; border: 1px solid; border-radius: 4px; background: none; color: inherit; font: inherit; cursor: pointer; }
  :focus-visible { outline: 2px solid #0a76f6; outline-offset: 2px; }
  @media (prefers-color-scheme: dark) {
    section, details { background: #1e1e1e; color: #f4f4f4; border-color: #ff6b6b; }
    details { border-color: #e0a030; }
    .place { color: #c8c8c8; }
    pre { background: #2c2c2c; }
    li { border-color: #444; }
  }
  @media print { section, details { display: none; } }
`;

// Text only, never markup: what is shown was written by whoever made the mistake.
const element = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const item = ({ code, message, place, frame, help, edit }) => {
  const made = element("li", {}, element("p", {}, element("strong", {}, message), ` [${code}]`));
  if (place) made.append(element("p", { class: "place" }, edit ? element("a", { href: edit }, place) : place));
  if (frame) made.append(element("pre", { tabindex: "0" }, frame));
  if (help) made.append(element("p", {}, help));
  return made;
};

// A panel that stands in the page for as long as it has something to tell.
const panel = (name, content) => {
  let host = null;
  let told = "[]";
  let back = null;
  const close = () => {
    const held = host?.shadowRoot.activeElement;
    host?.remove();
    host = null;
    if (held) back?.focus?.();
  };
  const show = (problems) => {
    const now = JSON.stringify(problems);
    // A panel that was closed comes back only with other news.
    if (now === told && (host === null || host.isConnected)) return;
    told = now;
    const opened = host?.shadowRoot.querySelector("details")?.open;
    close();
    if (problems.length === 0) return;
    back = document.activeElement;
    host = element(name, {});
    // Before an open dialog there is nothing but what is in it.
    const dialog = document.querySelector("dialog:modal"), shown = host;
    (dialog ?? document.body).append(host);
    dialog?.addEventListener("close", () => { if (shown === host) document.body.append(host); }, { once: true });
    const made = content(problems, close);
    // Whoever reads goes on reading.
    if (opened) made.open = true;
    host.attachShadow({ mode: "open" }).append(element("style", {}, style), made);
  };
  return { show, close, isOpen: () => host !== null };
};

const errors = panel("pressoir-problems", (problems, close) => {
  const button = element("button", { type: "button" }, texts.close);
  button.addEventListener("click", close);
  return element(
    "section",
    { role: "alert", "aria-labelledby": "title", lang: french ? "fr" : "en" },
    element("header", {}, element("h2", { id: "title" }, texts.title), button),
    element("p", {}, texts.note),
    element("ol", { lang: "en" }, ...problems.map(item)),
  );
});

const whose = (problems) => {
  const site = problems.filter((problem) => problem.site).length;
  return site === 0 ? "page" : site === problems.length ? "site" : "both";
};

const notes = panel("pressoir-notes", (problems) =>
  element(
    "details",
    { lang: french ? "fr" : "en" },
    element("summary", { role: "status" }, texts.notes(problems.length, texts.where[whose(problems)])),
    element("ol", { lang: "en" }, ...problems.map(item)),
  ),
);

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && errors.isOpen()) errors.close();
});

