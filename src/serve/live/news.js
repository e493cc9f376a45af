// The news of the server, and what is done about them.

const follows = "follow" in self.dataset;
let version = self.dataset.version;
let state = self.dataset.state;

// The search reads its index again for every question.
window.pressoirLive = true;

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

// Files that the page shows: pictures and style sheets are fetched again, for a script the page is.

const decoded = (path) => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

const refresh = (files) => {
  const changed = (address) => {
    const url = new URL(address, document.baseURI);
    if (url.origin !== location.origin) return false;
    return files === null || files.some((file) => decoded(url.pathname).endsWith("/" + file));
  };
  const again = (address) => {
    const url = new URL(address, document.baseURI);
    url.searchParams.set("pressoir", state);
    return url.href;
  };
  if (files !== null && [...document.scripts].some((script) => script.src && script !== self && changed(script.src)))
    return reload();
  for (const picture of document.querySelectorAll("img[src], source[src], video[src], audio[src], iframe[src]"))
    if (changed(picture.src)) picture.src = again(picture.src);
  for (const picture of document.querySelectorAll("img[srcset], source[srcset]"))
    if (picture.srcset.split(",").some((part) => changed(part.trim().split(/\s/)[0]))) picture.srcset = picture.srcset + " ";
  // A style sheet may itself ask for a file that changed.
  const asked = performance.getEntriesByType("resource").filter(({ initiatorType }) => initiatorType === "css");
  const inside = files !== null && asked.some(({ name }) => changed(name));
  for (const sheet of document.querySelectorAll("link[rel~=stylesheet][href]")) {
    if (!inside && !changed(sheet.href)) continue;
    const next = sheet.cloneNode();
    next.href = again(sheet.href);
    next.addEventListener("load", () => {
      for (const [node, live] of sheets()) if (live === sheet) shown.set(node, next);
      sheet.remove();
    }, { once: true });
    // One that is gone has another in its place, which the page tells of.
    next.addEventListener("error", () => next.remove(), { once: true });
    sheet.after(next);
  }
};

const sheets = () => [...sent.querySelectorAll("link")].map((node) => [node, shown.get(node)]);

// The view goes to what was edited, if it is out of sight.
const lookAt = (nodes) => {
  const inArticle = nodes.map((node) => node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)
    .filter((node) => node?.closest("article") && node.nodeName !== "ARTICLE");
  const isSeen = (node) => {
    const { top, bottom } = node.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  if (inArticle.length > 0 && !inArticle.some(isSeen)) inArticle[0].scrollIntoView({ block: "center", behavior: "instant" });
};

const ask = async () => {
  try {
    const { pathname, search } = location;
    const response = await fetch(pathname + search, { cache: "no-cache", headers: { accept: "text/html" } });
    return { status: response.status, redirected: response.redirected, url: response.url, html: await response.text() };
  } catch {
    return null;
  }
};

let fetching = false;
let wanted = null;

// Fetches the page and patches this one, until it is the one that is wanted.
const update = async () => {
  if (fetching) return;
  fetching = true;
  try {
    while (wanted !== null && wanted !== version) {
      const aim = wanted;
      const answer = await ask();
      // What cannot be made stays as it is, until it can; a server that is gone tells more when it comes back.
      if (answer === null || answer.status >= 500) break;
      if (answer.redirected) return void location.replace(answer.url);
      try {
        const nodes = morph(answer.html);
        version = aim;
        if (follows) lookAt(nodes);
      } catch {
        return reload();
      }
    }
  } finally {
    fetching = false;
  }
};

// Where somebody searches, what was found may be another page's.

const searching = () => document.querySelector("dialog.search[open] input, form.search input");

// A hidden page does not listen: browsers allow six connections to a server in all.

let source = null;
let retry = 0;

const disconnect = () => {
  clearTimeout(retry);
  source?.close();
  source = null;
};

const connect = () => {
  disconnect();
  const searches = searching() ? "&searches=1" : "";
  let isFirst = true;
  source = new EventSource(`/_pressoir/events?path=${encodeURIComponent(location.pathname)}&state=${state}${searches}`);
  source.addEventListener("message", ({ data }) => {
    const news = JSON.parse(data);
    if (!isFirst) searching()?.dispatchEvent(new Event("input"));
    isFirst = false;
    // A server that could not build the site yet has no page to put in the place of this one.
    const isLost = news.problems.length > 0 && news.version.startsWith("none") && !version.startsWith("none");
    wanted = isLost ? version : news.version;
    if (!isLost && news.state !== state) {
      state = news.state;
      refresh(news.files);
    }
    errors.show(news.problems);
    notes.show(news.notes);
    update();
  });
  source.addEventListener("error", () => {
    disconnect();
    retry = setTimeout(connect, 1000);
  });
};

const listen = () => (document.visibilityState === "hidden" ? disconnect() : connect());

comeBack();
const dialog = document.querySelector("dialog.search");
if (dialog) new MutationObserver(listen).observe(dialog, { attributeFilter: ["open"] });
document.addEventListener("visibilitychange", listen);
addEventListener("pageshow", ({ persisted }) => persisted && listen());
addEventListener("pagehide", disconnect);
listen();
