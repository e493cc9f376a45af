//! How long it takes to read settings that are a program: `cargo bench --bench settings -- [PAGES..]` (20 and 400 by default).
//!
//! A small site has what the settings of many have: menus written out, some plugins. A large one makes its sidebars with
//! functions from files of their own, in two languages, and asks the folders what is in them.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use pressoir::base::SourcePath;
use pressoir::compat::{self, Kept, Request};
use pressoir::vfs::Memory;

/// VuePress 1, everything written out.
fn written_out(pages: usize) -> Vec<(String, String)> {
    let mut config = "sidebar = [\n".to_owned();
    for page in 0..pages {
        writeln!(config, "  ['/guide/p{page}', 'Page {page}'],").expect("a text");
    }
    config.push_str(
        "]\nmodule.exports = {\n  title: 'Site', base: '/site/', head: [['link', { rel: 'icon', href: '/icon.png' }]],\n\
         \x20 plugins: ['@vuepress/back-to-top', ['container', { type: 'note' }]],\n\
         \x20 themeConfig: { nav: [{ text: 'Guide', link: '/guide/' }], sidebar, repo: 'a/b', editLinks: true },\n}\n",
    );
    let mut files = vec![(".vuepress/config.js".to_owned(), config)];
    files.extend((0..pages).map(|page| (format!("guide/p{page}.md"), format!("# Page {page}\n"))));
    files
}

/// VitePress, made by functions and read from folders.
fn made(pages: usize) -> Vec<(String, String)> {
    let config = "import { defineConfig } from 'vitepress'\nimport { sidebar, nav } from './menus'\n\
                  export default defineConfig({ title: 'Site', locales: { root: { label: 'English', lang: 'en' }, fr: { label: 'Français',\n\
                  \x20 lang: 'fr', themeConfig: { nav: nav('/fr'), sidebar: sidebar('fr/guide') } } },\n\
                  \x20 themeConfig: { nav: nav(''), sidebar: sidebar('guide'), socialLinks: [{ icon: 'github', link: 'https://github.com/a/b' }] } })\n";
    let menus = "import fs from 'node:fs'\nimport path from 'node:path'\ntype Item = { text: string; link: string }\n\
                 const title = (file: string) => /^# (.*)$/m.exec(fs.readFileSync(file, 'utf8'))?.[1] ?? file\n\
                 export const nav = (base: string): Item[] => ['guide', 'api'].map(name => ({ text: name, link: `${base}/guide/` }))\n\
                 export function sidebar(folder: string): Item[] {\n  const at = path.resolve(__dirname, '..', folder)\n\
                 \x20 return fs.readdirSync(at).filter(name => name.endsWith('.md')).sort((a, b) => a.localeCompare(b))\n\
                 \x20   .map(name => ({ text: title(path.join(at, name)), link: `/${folder}/${name.slice(0, -3)}` }))\n}\n";
    let mut files = vec![
        (".vitepress/config.mts".to_owned(), config.to_owned()),
        (".vitepress/menus.ts".to_owned(), menus.to_owned()),
    ];
    for folder in ["guide", "fr/guide"] {
        files.extend((0..pages).map(|page| (format!("{folder}/p{page}.md"), format!("# Page {page}\n\nA text.\n"))));
    }
    files
}

/// The middle one of eleven times, after one that warms up.
fn middle(mut run: impl FnMut() -> Duration) -> Duration {
    run();
    let mut times: Vec<Duration> = (0..11).map(|_| run()).collect();
    times.sort();
    times[times.len() / 2]
}

fn bench(name: &str, pages: usize, files: &[(String, String)]) {
    let mut memory = Memory::new(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let timed = |memory: &Memory, kept: &mut Kept| {
        let start = Instant::now();
        black_box(compat::open_again(memory, &Request::default(), kept));
        start.elapsed()
    };
    let cold = middle(|| timed(&memory, &mut Kept::default()));
    let mut kept = Kept::default();
    let again = middle(|| timed(&memory, &mut kept));
    let note = SourcePath::new("note.md").expect("a path");
    memory.insert(note, "# A page that the settings do not see\n");
    let other = middle(|| timed(&memory, &mut kept));
    println!(
        "{name:<12} {pages:>5} pages  first {cold:>8.1?}  nothing changed {again:>8.1?}  another file {other:>8.1?}"
    );
}

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![20, 400] } else { asked };
    for pages in sizes {
        bench("written out", pages, &written_out(pages));
        bench("made", pages, &made(pages));
    }
}
