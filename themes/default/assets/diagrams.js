// Diagrams are drawn by a script of the site; what they were drawn from stays below them. Linked on pages that have some.
(() => {
  const page = document, root = page.documentElement, words = page.currentScript.dataset;
  const pictures = new Map();
  const draw = async () => {
    const dark = (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches && "dark")) === "dark";
    mermaid.initialize({ startOnLoad: false, suppressErrorRendering: true, theme: dark ? "dark" : "default" });
    for (const [index, block] of page.querySelectorAll("div.language-mermaid").entries()) {
      const source = block.querySelector("code").textContent;
      let svg;
      try { ({ svg } = await mermaid.render(`diagram-${index}`, source)); } catch { continue; }
      let picture = pictures.get(block);
      if (!picture) {
        const figure = page.createElement("figure"), details = page.createElement("details"), summary = page.createElement("summary");
        picture = page.createElement("div");
        pictures.set(block, picture);
        figure.className = "diagram";
        picture.role = "img";
        picture.ariaLabel = source.match(/^\s*(?:accTitle:|title:?)\s*(.+)$/m)?.[1] ?? words.diagram;
        summary.textContent = words.source;
        block.replaceWith(figure);
        details.append(summary, block);
        figure.append(picture, details);
      }
      picture.innerHTML = svg;
    }
  };
  const script = page.createElement("script");
  script.src = words.mermaid;
  script.addEventListener("load", draw);
  page.querySelector(".theme-switch select")?.addEventListener("change", draw);
  page.head.append(script);
})();
