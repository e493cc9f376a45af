// The page on the screen becomes the new one, where it is. What scripts added to it stays, and so does what its reader did:
// three trees are compared, the page as it was sent, the page as it is sent now, and the one on the screen. Only what differs
// between the first two is done to the third.

const self = document.currentScript;

// A change that only a reload can show: a script that was run already.
class Unpatchable extends Error {}

// Node of the page as it was sent -> node on the screen.
const shown = new WeakMap();
// What is new or changed on the screen, by the last patch.
let touched = [];

const remember = (sent, node) => {
  shown.set(sent, node);
  sent.childNodes.forEach((child, index) => remember(child, node.childNodes[index]));
};

let sent = document.documentElement.cloneNode(true);
// The root alone may have been changed already, by scripts of the head: its attributes are known from the next page on.
let rootIsKnown = false;
remember(sent, document.documentElement);

const isOurs = (node) => node.nodeName === "SCRIPT" && node.getAttribute("src")?.startsWith("/_pressoir/");
const isSheet = (node) => node.nodeName === "LINK" && /\bstylesheet\b/i.test(node.rel);

// A node for the page: scripts that a parser made would not run.
const made = (node) => {
  const copy = document.importNode(node, true);
  const scripts = copy.nodeName === "SCRIPT" ? [copy] : [...(copy.querySelectorAll?.("script") ?? [])];
  let whole = copy;
  for (const script of scripts) {
    const live = document.createElement("script");
    for (const { name, value } of script.attributes) live.setAttribute(name, value);
    live.textContent = script.textContent;
    if (script === copy) whole = live;
    else script.replaceWith(live);
  }
  remember(node, whole);
  return whole;
};

// What tells elements of one kind apart: a box of another class is another box.
const kind = (node) =>
  node.nodeType !== Node.ELEMENT_NODE
    ? node.nodeName
    : node.nodeName === "BODY"
      ? "BODY"
      : isSheet(node)
      ? "stylesheet"
      : `${node.nodeName} ${node.id && !/^H[1-6]$/.test(node.nodeName) ? node.id : ""} ${node.classList[0] ?? ""} ${node.getAttribute("name") ?? node.getAttribute("property") ?? ""}`;

const text = (node) => node.outerHTML ?? `${node.nodeName}${node.data}`;

// Which of the nodes that were correspond to those that are: equal ones first, then those between that are of one kind.
// For each new node the old one, or none.
const pairs = (was, now) => {
  const partner = new Array(now.length).fill(-1);
  let start = 0;
  let wasEnd = was.length;
  let nowEnd = now.length;
  while (start < wasEnd && start < nowEnd && was[start].isEqualNode(now[start])) partner[start] = start++;
  while (wasEnd > start && nowEnd > start && was[wasEnd - 1].isEqualNode(now[nowEnd - 1])) partner[--nowEnd] = --wasEnd;
  // Most often one thing changed: then nothing is to be looked for, and no text of it is made, which is long near the root.
  if (wasEnd - start === 1 && nowEnd - start === 1) {
    if (kind(was[start]) === kind(now[start])) partner[start] = start;
    return partner;
  }
  const places = new Map();
  for (let index = start; index < wasEnd; index++) {
    const key = text(was[index]);
    places.has(key) ? places.get(key).push(index) : places.set(key, [index]);
  }
  let last = start - 1;
  for (let index = start; index < nowEnd; index++) {
    const found = now[index].nodeName !== "#text" && places.get(text(now[index]))?.find((place) => place > last);
    if (typeof found === "number") last = partner[index] = found;
  }
  // Between what is equal, in order.
  let free = start;
  for (let index = start; index < nowEnd; index++) {
    if (partner[index] >= 0) {
      free = partner[index] + 1;
      continue;
    }
    let limit = wasEnd;
    for (let next = index + 1; next < nowEnd; next++) {
      if (partner[next] >= 0) {
        limit = partner[next];
        break;
      }
    }
    const key = kind(now[index]);
    for (let place = free; place < limit; place++) {
      if (kind(was[place]) === key) {
        partner[index] = place;
        free = place + 1;
        break;
      }
    }
  }
  return partner;
};

// A style sheet takes the place of another once it is there, so that the page never stands without.
const swapSheet = (node, next) => {
  const sheet = made(next);
  const old = () => node.remove();
  sheet.addEventListener("load", old, { once: true });
  sheet.addEventListener("error", old, { once: true });
  node.after(sheet);
};

const patchAttributes = (was, now, node) => {
  for (const name of new Set([...was.getAttributeNames(), ...now.getAttributeNames()])) {
    const value = now.getAttribute(name);
    if (was.getAttribute(name) === value) continue;
    value === null ? node.removeAttribute(name) : node.setAttribute(name, value);
    touched.push(node);
  }
};

const patchChildren = (was, now, node) => {
  const [before, after] = [[...was.childNodes], [...now.childNodes]];
  const partner = pairs(before, after);
  const kept = new Set(partner);
  // What the scripts of the page hold on to is not replaced under their hands.
  const isHeld = (child) => child.nodeType === Node.ELEMENT_NODE && child.matches("header.top, dialog, .menu");
  if (before.some((child, index) => !kept.has(index) && isHeld(child)) || after.some((child, index) => partner[index] < 0 && isHeld(child)))
    throw new Unpatchable();
  const shape = before.some((_, index) => !kept.has(index)) || partner.includes(-1);
  const isMade = (child) => child.nodeType === Node.ELEMENT_NODE && !before.some((sent) => shown.get(sent) === child);
  // A box to which scripts added something for each of its parts is made anew when its parts are others.
  if (shape && node.closest?.("article") && node.nodeName !== "ARTICLE" && [...node.children].some(isMade)) {
    const fresh = made(now);
    node.replaceWith(fresh);
    touched.push(fresh);
    return;
  }
  before.forEach((child, index) => {
    const live = shown.get(child);
    if (live?.parentNode !== node && !(kept.has(index) && after[partner.indexOf(index)]?.isEqualNode(child)))
      throw new Unpatchable();
    if (!kept.has(index)) {
      live.remove();
      touched.push(node);
    }
  });
  let place = null;
  after.forEach((child, index) => {
    const old = before[partner[index]];
    if (!old) {
      const fresh = made(child);
      place ? place.after(fresh) : node.prepend(fresh);
      place = fresh;
      if (fresh.nodeType === Node.ELEMENT_NODE || fresh.data.trim()) touched.push(fresh);
      return;
    }
    patch(old, child);
    // An equal one has taken its place in the new tree.
    const live = shown.get(child.parentNode === now ? child : old);
    if (live?.parentNode === node) place = live;
  });
};

const patch = (was, now) => {
  const node = shown.get(was);
  if (isOurs(now)) {
    shown.set(now, node);
  } else if (was.isEqualNode(now)) {
    // The old one stands for the new one from now on.
    now.replaceWith(was);
  } else if (isSheet(now) && was.getAttribute("href") !== now.getAttribute("href")) {
    swapSheet(node, now);
  } else if (now.nodeName === "SCRIPT") {
    throw new Unpatchable();
  } else if (now.nodeType !== Node.ELEMENT_NODE) {
    shown.set(now, node);
    node.data = now.data;
    touched.push(node.parentNode);
  } else {
    shown.set(now, node);
    if (node !== document.documentElement || rootIsKnown) patchAttributes(was, now, node);
    patchChildren(was, now, node);
  }
};

// Where a reader looks: the first thing of the article in sight, and how far from the top it stands.
const sight = () => {
  const things = document.querySelectorAll("article *");
  for (const thing of things) {
    const { top, bottom, height } = thing.getBoundingClientRect();
    if (height > 0 && bottom > 0 && top >= 0) return { thing, top };
  }
  return null;
};

// Makes the page on the screen the one in `html`; gives the elements that are new or changed.
const morph = (html) => {
  const next = new DOMParser().parseFromString(html, "text/html").documentElement;
  const place = scrollY > 0 ? sight() : null;
  const root = document.documentElement;
  const anchoring = root.style.overflowAnchor;
  touched = [];
  root.style.overflowAnchor = "none";
  // Who saves twice may be sent the same page twice.
  if (!sent.isEqualNode(next)) {
    patch(sent, next);
    sent = next;
  }
  rootIsKnown = true;
  if (place?.thing.isConnected)
    scrollBy({ top: place.thing.getBoundingClientRect().top - place.top, behavior: "instant" });
  root.style.overflowAnchor = anchoring;
  if (root.getAttribute("style") === "") root.removeAttribute("style");
  document.dispatchEvent(new CustomEvent("pressoir:patch"));
  return touched.filter((node) => node?.isConnected);
};

