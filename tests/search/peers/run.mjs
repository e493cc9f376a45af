// How other engines answer the questions of tests/search/relevance/, each over the same sections:
//
//     npm ci --prefix tests/search/peers --ignore-scripts
//     node tests/search/peers/run.mjs CORPORA PRESSOIR
//
// CORPORA is the folder of the sites, PRESSOIR the program. The sections are those of its own index. MiniSearch is
// asked as VitePress asks it; lunr with its stemmers, and for each word also its beginnings and its neighbours; Pagefind in
// Chromium, with each section as a page, so that its headings weigh as they do on real pages.

import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join, relative } from "node:path";

const [corpora, program] = process.argv.slice(2);
if (!corpora || !program) throw new Error("node run.mjs CORPORA PRESSOIR");
const require = createRequire(import.meta.url);
const MiniSearch = require("minisearch"), lunr = require("lunr");
require("lunr-languages/lunr.stemmer.support")(lunr);
require("lunr-languages/lunr.fr")(lunr);
const pagefind = await import("pagefind"), { chromium } = await import("playwright-core");

// The folder of a site's pages, what the questions name besides, the language; as in relevance.rs.
const sites = {
  "eig-link": ["eig-link", "", "fr"],
  "vitepress-en": ["vitepress-docs/docs/en", "en/", "en"],
  "vitepress-docs": ["vitepress-docs/docs/zh", "zh/", "zh"],
  javaguide: ["javaguide/docs", "", "zh"],
  "test-utils-fr": ["test-utils/docs/fr", "", "fr"],
  "macos-fr": ["macos-defaults-vp1/docs/fr", "", "fr"],
  "vue-cli-en": ["vue-cli/docs", "", "en"],
  "vuepress1-zh": ["vuepress1-docs/packages/docs/docs/zh", "", "zh"],
};
const scratch = mkdtempSync(join(tmpdir(), "peers-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
const files = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile()).map((it) => join(it.parentPath, it.name));
const plain = (heading) => [...heading.toLowerCase()].filter((sign) => /[\p{Alphabetic}\p{N}]/u.test(sign)).join("");

// A site, served: where, its folder, and its sections: url, title, id, trail, text, code.
const served = async (name) => {
  const [folder, , lang] = sites[name], from = join(corpora, folder), to = join(scratch, name);
  for (const file of files(from)) {
    const path = relative(from, file);
    if (extname(file) !== ".md" || /(^|\/)(\.|node_modules)/.test(path) || /^(ru|zh|fr)\//.test(path)) continue;
    mkdirSync(join(to, "content", path, ".."), { recursive: true });
    cpSync(file, join(to, "content", path));
  }
  writeFileSync(join(to, "pressoir.yml"), `title: T\nlang: ${lang}\n`);
  // A server shows sites with errors, too: their links lead to pages that are left out.
  const server = spawn(program, ["serve", to, "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
  process.on("exit", () => server.kill());
  const root = await new Promise((resolve) => server.stdout.once("data", (data) => resolve(String(data).trim())));
  const file = async (name) => JSON.parse((await (await fetch(`${root}search/${name}.js`)).text()).replace(/^pressoirSearch\(|\)\n$/g, ""));
  const { texts, folders } = await file("index"), path = (name) => folders ? name.replace(/^../, "$&/") : name;
  const packs = texts.d ? (await Promise.all(texts.f.map((name) => file(path(name))))).flatMap(({ f }) => f) : texts.f;
  const sections = [];
  for (const pack of packs) {
    for (const [url, title, rows] of await file(path(pack))) for (const [id, trail, text, code] of rows) sections.push({ url, title, id, trail, text, code });
  }
  return { root, to, lang, sections };
};

const made = new Map();
const site = (name) => made.get(name) ?? made.set(name, served(name)).get(name);

const heading = ({ trail, title }) => trail.at(-1) ?? title;
const above = ({ trail, title }) => [title, ...trail.slice(0, -1)].join(" ");

// An engine: a site -> a function from a query to the numbers of sections, the best first.
const engines = {
  MiniSearch: ({ sections }) => {
    const index = new MiniSearch({ fields: ["title", "titles", "text"], searchOptions: { fuzzy: 0.2, prefix: true, boost: { title: 4, text: 2, titles: 1 } } });
    index.addAll(sections.map((it, id) => ({ id, title: heading(it), titles: above(it), text: `${it.text} ${it.code}` })));
    return (query) => index.search(query).map(({ id }) => id);
  },
  lunr: ({ sections, lang }) => {
    const index = lunr(function () {
      if (lang === "fr") this.use(lunr.fr);
      this.field("title", { boost: 5 });
      this.field("text");
      sections.forEach((it, id) => this.add({ id, title: heading(it), text: `${above(it)} ${it.text} ${it.code}` }));
    });
    return (query) => index.query((asked) => {
      for (const term of lunr.tokenizer(query).map(String).filter(Boolean)) {
        asked.term(term, { boost: 100 });
        asked.term(term, { boost: 10, usePipeline: false, wildcard: lunr.Query.wildcard.TRAILING });
        asked.term(term, { boost: 1, usePipeline: false, editDistance: 1 });
      }
    }).map(({ ref }) => Number(ref));
  },
  Pagefind: async ({ sections, lang, to }) => {
    const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;"), out = join(to, "pagefind");
    const { index } = await pagefind.createIndex({ forceLanguage: lang });
    for (const [number, it] of sections.entries()) {
      const content = `<html lang="${lang}"><body><h1>${escaped(heading(it))}</h1><p>${escaped(above(it))}</p><p>${escaped(it.text)}</p><pre>${escaped(it.code)}</pre></body></html>`;
      await index.addHTMLFile({ sourcePath: `${number}.html`, content });
    }
    await index.writeFiles({ outputPath: out });
    await index.deleteIndex();
    const server = createServer((request, response) => {
      try {
        const path = new URL(request.url, "http://x").pathname;
        const type = { ".js": "text/javascript", ".wasm": "application/wasm" }[extname(path)] ?? "text/html";
        const body = path === "/" ? `<html lang="${lang}">` : readFileSync(join(out, path));
        response.writeHead(200, { "content-type": type }).end(body);
      } catch { response.writeHead(404).end(); }
    }).listen(0);
    const page = await (await browser).newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    return (query) => page.evaluate(async (query) => {
      const engine = globalThis.engine ??= await import("/pagefind.js");
      const found = (await engine.search(query)).results.slice(0, 10);
      return (await Promise.all(found.map((it) => it.data()))).map(({ url }) => parseInt(url.match(/(\d+)\.html/)[1], 10));
    }, query);
  },
  Pressoir: async ({ root, sections }) => {
    const page = await (await browser).newPage();
    await page.goto(`${root}search.html`);
    await page.waitForSelector("form.search:not([hidden])");
    const numbers = new Map(sections.map(({ url, id }, number) => [`${url}#${id}`, number]));
    return async (query) => (await page.evaluate(async (query) => {
      const { Index } = document.querySelector('script[src*="/search."]').search;
      globalThis.index ??= await new Index("search/").open();
      return (await globalThis.index.search(query, 10)).hits.map(({ url, id }) => `${url}#${id}`);
    }, query)).map((at) => numbers.get(at));
  },
};
const browser = chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

const address = (page, leftOut) => {
  page = page.startsWith(leftOut) ? page.slice(leftOut.length) : page;
  return /(^|\/)(README|index)\.md$/.test(page) ? page.replace(/(README|index)\.md$/, "") : page.replace(/\.md$/, ".html");
};

const questions = (set) => readFileSync(join(import.meta.dirname, "..", "relevance", `${set}.txt`), "utf8").split("\n")
  .filter((line) => line && !line.startsWith("#")).map((line) => {
    const parts = line.split(" | "), name = parts.length === 4 ? parts.shift() : set, [kind, query, answers] = parts;
    return { name, kind, query, answers: answers.split(" ; ").map((it) => it.split(" #")).map(([page, wanted = ""]) => [address(page, sites[name][1]), plain(wanted)]) };
  });

const sets = ["eig-link", "vitepress-en", "chinese", "blind"];
console.log(`| engine | ${sets.map((set) => `${set}, of ${questions(set).length}`).join(" | ")} | typos, first 5 |\n|---|${"---|".repeat(sets.length + 1)}`);
for (const [engine, make] of Object.entries(engines)) {
  const ready = new Map(), cells = [], typos = [0, 0];
  for (const set of sets) {
    let first = 0, five = 0;
    for (const { name, kind, query, answers } of questions(set)) {
      const { sections } = await site(name);
      if (!ready.has(name)) ready.set(name, await make(await site(name)));
      const rank = (await ready.get(name)(query)).findIndex((number) => {
        const it = sections[number];
        return it && answers.some(([page, wanted]) => page === decodeURIComponent(it.url) && (plain(heading(it)) === wanted || !wanted && !it.id));
      });
      first += rank === 0;
      five += rank >= 0 && rank < 5;
      if (kind === "typo") { typos[0] += rank >= 0 && rank < 5; typos[1]++; }
    }
    cells.push(`${first} / ${five}`);
  }
  console.log(`| ${engine} | ${cells.join(" | ")} | ${typos[0]} of ${typos[1]} |`);
}
await (await browser).close();
await pagefind.close();
process.exit();
