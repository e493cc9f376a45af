// What the default theme adds where scripts run. Nothing here is needed to read.
(() => {
  const page = document, root = page.documentElement, words = page.currentScript.dataset;
  const one = (selector) => page.querySelector(selector);
  const all = (selector) => [...page.querySelectorAll(selector)];

  // Light, dark, or as the system has it.
  const choices = all(".theme-switch select");
  const choose = (theme) => choices.forEach((choice) => { choice.value = theme; });
  choose(root.dataset.theme ?? "");
  for (const choice of choices) {
    choice.addEventListener("change", () => {
      const theme = choice.value;
      choose(theme);
      if (theme) root.dataset.theme = theme;
      else delete root.dataset.theme;
      try {
        theme ? localStorage.setItem("theme", theme) : localStorage.removeItem("theme");
      } catch {}
    });
  }

  // Search is fetched when it is asked for; its link leads to a page for those who have no scripts.
  const finder = one(".search-button"), dialog = one("dialog.search");
  if (dialog) {
    const { script, style, words: said, slash, root: base, index, failed } = dialog.dataset, field = dialog.querySelector("input");
    let fetched, styled, made, look;
    const tag = (name, properties) => new Promise((resolve, reject) => {
      const made = Object.assign(page.createElement(name), properties);
      made.onload = () => resolve(made);
      made.onerror = reject;
      page.head.append(made);
    });
    const search = () => fetched ??= Promise.all([tag("script", { src: script }), tag("script", { src: said })])
      .then(([{ search }, { words }]) => { dialog.words = words; return search; }, (error) => { fetched = null; throw error; });
    const looks = () => styled ??= Promise.resolve(one(`[href="${style}"]`) ?? tag("link", { rel: "stylesheet", href: style })).catch(() => { styled = null; });
    const forget = () => { delete dialog.dataset.entered; };
    const say = (around, what) => { around.querySelector("[role=status]").textContent = what; };
    const open = async () => {
      // Loaded side by side; what is being written changes at any time.
      if (!look && !window.pressoirLive) tag("link", { rel: "preload", as: "script", href: `${base}${index}index.js` }).catch(() => {});
      dialog.style.opacity = 0;
      looks().then(() => { dialog.style.opacity = ""; });
      if (!dialog.open) dialog.showModal();
      field.select();
      if (!look) say(dialog, "…");
      try {
        look = await (made ??= search().then(({ setUp }) => setUp(dialog)));
      } catch {
        made = null;
        forget();
        return say(dialog, failed);
      }
      look();
    };
    // What is typed before there is a program to hear it is not lost.
    dialog.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) dialog.dataset.entered = field.value; });
    dialog.addEventListener("input", forget);
    dialog.addEventListener("close", forget);
    // A selection may end outside of what it began in.
    let outside;
    dialog.addEventListener("mousedown", ({ target }) => { outside = target === dialog; });
    dialog.addEventListener("click", ({ target }) => { if (outside && target === dialog || target.matches(".search-close")) dialog.close(); });
    if (finder) {
      const button = page.createElement("button");
      button.type = "button";
      button.className = finder.className;
      button.append(...finder.childNodes);
      const keys = button.querySelector("kbd");
      if (keys && /Mac|iP/.test(navigator.platform)) keys.textContent = "⌘ K";
      button.addEventListener("click", open);
      button.addEventListener("pointerenter", () => { search().catch(() => {}); });
      finder.replaceWith(button);
    }
    page.addEventListener("keydown", (event) => {
      const typed = event.target.closest?.("input, textarea, select, [contenteditable]");
      const asked = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
        || slash && event.key === "/" && !typed && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (asked) { event.preventDefault(); open(); }
    });
    const form = one("form.search"), address = new URL(location), find = address.searchParams.get("find"), article = one("article");
    if (form) {
      search().then(({ setUpPage }) => setUpPage(form, dialog), () => {
        form.hidden = false;
        form.q.value = address.searchParams.get("q");
        say(form, failed);
      });
    }
    if (find && article) {
      address.searchParams.delete("find");
      try { history.replaceState(null, "", address); } catch {}
      search().then(({ markWords }) => markWords(article, find.split(" ")), () => {});
    }
  }

  // Open lists of the navbar shut when the reader goes elsewhere.
  const dropdowns = all(".navbar .dropdown");
  const shut = (except) => dropdowns.forEach((list) => { if (!list.contains(except)) list.open = false; });
  page.addEventListener("click", (event) => shut(event.target));
  page.addEventListener("focusin", (event) => shut(event.target));
  page.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && dropdowns.find((list) => list.open);
    if (open) { open.open = false; open.firstElementChild.focus(); }
  });

  // What opens above the page shuts when the keyboard leaves it.
  for (const box of all("[popover]")) {
    box.addEventListener("focusout", ({ relatedTarget: next }) => {
      if (next && !box.contains(next) && box.matches(":popover-open")) box.hidePopover();
    });
  }

  // The side keeps its place and its open groups from page to page.
  const sidebar = one(".sidebar"), menu = one(".menu");
  if (sidebar) {
    const groups = [...sidebar.querySelectorAll("details")];
    const current = sidebar.querySelector("[aria-current]");
    const shape = `${sidebar.querySelectorAll("a").length} ${groups.length}`;
    let kept;
    try { kept = JSON.parse(sessionStorage.getItem("sidebar")); } catch {}
    if (kept?.shape === shape) {
      groups.forEach((group, index) => { group.open = kept.open[index] || group.contains(current); });
      menu.scrollTop = kept.top;
    }
    const show = () => {
      if (!current) return;
      const place = current.getBoundingClientRect(), frame = menu.getBoundingClientRect();
      if (place.top < frame.top || place.bottom > frame.bottom) menu.scrollTop += place.top - frame.top - frame.height / 3;
    };
    show();
    menu.addEventListener("toggle", show);
    addEventListener("pagehide", () => {
      const state = { shape, top: menu.scrollTop, open: groups.map((group) => group.open) };
      try { sessionStorage.setItem("sidebar", JSON.stringify(state)); } catch {}
    });
  }

  // Blocks with titles become tabs. What is chosen in one group is chosen in all that have a tab of that name, and remembered.
  let chosen;
  try { chosen = JSON.parse(localStorage.getItem("tabs")); } catch {}
  if (!Array.isArray(chosen)) chosen = [];
  let boxes = 0;
  const group = (box) => {
    const number = boxes++;
    const panels = [...box.children].filter((child) => child.matches(".tab"));
    const list = page.createElement("div"), tabs = [], names = [];
    const show = (index) => panels.forEach((panel, other) => {
      const shown = index === other;
      panel.tabIndex = shown ? 0 : -1;
      tabs[other].setAttribute("aria-selected", shown);
      tabs[other].tabIndex = shown ? 0 : -1;
      // Searching the page finds what is hidden so.
      shown ? panel.removeAttribute("hidden") : panel.setAttribute("hidden", "until-found");
    });
    const choose = (index) => {
      const top = list.getBoundingClientRect().top, name = names[index];
      show(index);
      groups.forEach((group) => { if (group.names.includes(name)) group.show(group.names.indexOf(name)); });
      scrollBy({ top: list.getBoundingClientRect().top - top, behavior: "instant" });
      chosen = [name, ...chosen.filter((other) => other !== name)].slice(0, 50);
      try { localStorage.setItem("tabs", JSON.stringify(chosen)); } catch {}
    };
    panels.forEach((panel, index) => {
      const tab = page.createElement("button");
      tab.type = "button";
      tab.role = "tab";
      tab.id = `tab:${number}:${index}`;
      tab.textContent = panel.querySelector(":scope > .tab-title")?.textContent ?? index + 1;
      panel.role = "tabpanel";
      panel.id ||= `panel:${number}:${index}`;
      panel.setAttribute("aria-labelledby", tab.id);
      tab.setAttribute("aria-controls", panel.id);
      tab.addEventListener("click", () => choose(index));
      panel.addEventListener("beforematch", () => show(index));
      tabs.push(tab);
      names.push(`${box.dataset.group ?? ""}#${panel.dataset.tab ?? tab.textContent}`);
    });
    list.className = "tab-list";
    list.role = "tablist";
    list.append(...tabs);
    list.addEventListener("keydown", (event) => {
      const step = getComputedStyle(list).direction === "rtl" ? -1 : 1, last = tabs.length - 1;
      const at = tabs.indexOf(event.target);
      const to = { ArrowRight: at + step, ArrowLeft: at - step, Home: 0, End: last }[event.key];
      if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const index = to < 0 ? last : to > last ? 0 : to;
      tabs[index].focus();
      choose(index);
    });
    if (tabs.length) {
      panels[0].before(list);
      const known = chosen.find((name) => names.includes(name));
      const first = panels.findIndex((panel) => panel.matches(".active"));
      show(known === undefined ? Math.max(first, 0) : names.indexOf(known));
      box.classList.add("ready");
    }
    return { panels, names, show };
  };
  const groups = [];
  const makeTabs = () => all(".tabs:not(.ready)").forEach((box) => groups.push(group(box)));
  makeTabs();
  // A link into a tab that is hidden shows it.
  const reveal = () => {
    let target;
    try { target = page.getElementById(decodeURIComponent(location.hash.slice(1))); } catch {}
    if (!target?.closest(".tab[hidden]")) return;
    for (const { panels, show } of groups) {
      const index = panels.findIndex((panel) => panel.contains(target));
      if (index >= 0) show(index);
    }
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  // The outline shows where the reader is, and so does the button that opens it.
  const outline = one(".outline"), here = one(".outline-button span");
  let readOutline = () => {};
  if (outline) {
    let links, headings;
    let waiting = false, shown;
    const follow = () => {
      waiting = false;
      const line = parseFloat(getComputedStyle(root).scrollPaddingTop) + 24;
      let index = Math.max(0, headings.findLastIndex((heading) => heading?.checkVisibility() && heading.getBoundingClientRect().top <= line));
      if (scrollY > 0 && innerHeight + scrollY >= root.scrollHeight - 2) index = links.length - 1;
      if (links[index] === shown) return;
      shown?.removeAttribute("aria-current");
      shown = links[index];
      if (!shown) return;
      shown.setAttribute("aria-current", "true");
      if (here) here.textContent = index ? shown.textContent : "";
      const place = shown.offsetTop - outline.clientHeight / 2;
      if (outline.scrollHeight > outline.clientHeight) outline.scrollTop = place;
    };
    addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(follow); } }, { passive: true });
    outline.addEventListener("click", (event) => {
      if (event.target.closest("a") && outline.matches(":popover-open")) outline.hidePopover();
    });
    readOutline = () => {
      links = [...outline.querySelectorAll("a")];
      headings = links.map((link) => page.getElementById(decodeURIComponent(link.hash.slice(1))));
      follow();
    };
    readOutline();
  }

  // Code blocks say their language and can be copied.
  const status = page.createElement("div");
  status.role = "status";
  status.className = "visually-hidden";
  // The code as it is meant to be used: without lines that a difference removes, and without the prompts of a shell.
  const plain = (block) => {
    const lines = [...block.querySelectorAll(".line:not(.remove)")].map((line) => line.textContent);
    const text = lines.length ? lines.join("\n") : block.querySelector("code").textContent.replace(/\n$/, "");
    const prompted = /language-(\S*sh|shell\S*|sh-session|console|terminal)(\s|$)/.test(block.className) && /^ *\$ /m.test(text);
    return prompted ? text.replace(/^ *[$>] /gm, "") : text;
  };
  // What is still to be fetched is promised to the clipboard, which some browsers open for the length of a click only.
  const copy = async (button, name, text) => {
    let said = words.copied;
    try {
      await (text.then
        ? navigator.clipboard.write([new ClipboardItem({ "text/plain": text.then((text) => new Blob([text], { type: "text/plain" })) })])
        : navigator.clipboard.writeText(text));
    } catch { said = words.failed; }
    button.textContent = status.textContent = said;
    setTimeout(() => { button.textContent = name; status.textContent = ""; }, 2000);
  };
  const copier = (name, text) => {
    const button = page.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", () => copy(button, name, text()));
    if (!status.isConnected) page.body.append(status);
    return button;
  };
  const isBare = (block) => block.querySelector("pre > code") && !block.querySelector(":scope > .code-bar");
  const makeBars = () => all('div[class*="language-"]').filter(isBare).forEach((block) => {
    const bar = page.createElement("div");
    bar.className = "code-bar";
    const language = page.createElement("span");
    language.textContent = block.className.match(/language-(\S+)/)?.[1]?.replace(/^(te?xt|plain|plaintext)$/, "") ?? "";
    bar.append(language, copier(words.copy, () => plain(block)));
    block.prepend(bar);
  });
  makeBars();

  // The page can be copied as Markdown.
  const offerCopy = () => {
    const source = one('link[type="text/markdown"]'), outline = one(".outline");
    if (!words.page || !source || !outline || outline.lastElementChild.type || location.protocol === "file:") return;
    outline.append(copier(words.page, () => fetch(source.href).then((answer) => answer.ok ? answer.text() : Promise.reject())));
  };
  offerCopy();

  // What scrolls sideways can be scrolled by keys; a table that does is a region, named after its caption or the heading above it.
  const scrolls = new ResizeObserver((entries) => entries.forEach(({ target: box }) => {
    const wide = box.scrollWidth > box.clientWidth, name = box.dataset.name;
    wide ? box.tabIndex = 0 : box.removeAttribute("tabindex");
    if (name) { box.role = wide ? "region" : null; box.ariaLabel = wide ? name : null; }
  }));
  const reachScrolling = () => {
    const names = {};
    for (const table of all(".prose table:not(table table)")) {
      let box = table.closest(".table-box");
      if (!box) {
        box = page.createElement("div");
        box.className = "table-box";
        table.replaceWith(box);
        box.append(table);
      }
      const above = all(".prose :is(h1, h2, h3, h4, h5, h6)").findLast((heading) => heading.compareDocumentPosition(table) & 4);
      const named = (table.caption ?? above)?.cloneNode(true);
      named?.querySelectorAll(".header-anchor").forEach((anchor) => anchor.remove());
      const name = named?.textContent.trim() || page.title, same = (names[name] = (names[name] ?? 0) + 1);
      box.dataset.name = same > 1 ? `${name} (${same})` : name;
      if (box.role) box.ariaLabel = box.dataset.name;
    }
    for (const box of all(".prose pre, .table-box")) scrolls.observe(box);
  };
  reachScrolling();

  // `pressoir serve --watch` changes the page where it is.
  page.addEventListener("pressoir:patch", () => { makeTabs(); makeBars(); readOutline(); offerCopy(); reachScrolling(); });

  // Without a server a folder does not show its page.
  if (location.protocol === "file:") {
    page.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (link?.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
    }, true);
  }

  // A film is fetched from its host once the reader asks for it.
  page.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-embed]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const frame = page.createElement("iframe");
    frame.src = link.dataset.embed;
    frame.title = link.querySelector("span").textContent;
    frame.allow = "autoplay; fullscreen; picture-in-picture";
    frame.allowFullscreen = true;
    link.replaceWith(frame);
    frame.focus();
  });
})();
