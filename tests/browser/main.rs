//! The site in a real browser, Chromium: from the disk and from `pressoir serve`, on wide windows and narrow ones, with
//! scripts and without.

mod chromium;
mod host;
mod live;
mod new_site;
mod places;
mod search;
mod search_dialog;
mod tabs;
mod walk;

#[allow(dead_code, reason = "each test uses its part of it")]
#[path = "../support/program.rs"]
mod program;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use chromium::Browser;
use program::{folder, pressoir, run, write};
use serde_json::{Value, json};
use tempfile::TempDir;

const LIMIT: Duration = Duration::from_secs(60);

/// A page with all that may be too wide.
fn wide_page() -> String {
    let long_word = "anticonstitutionnellement".repeat(12);
    let cells = (1..=14).map(|n| format!(" colonne {n} |")).collect::<String>();
    format!(
        "# Large\n\n[[toc]]\n\n## Tableau\n\n|{cells}\n|{}\n|{cells}\n\n## Code\n\n```js\nconst ligne = \"{}\" // fin\n```\n\n\
         - un\n  - deux\n    ```sh\n    echo {long_word}\n    ```\n\n`{long_word}` {long_word} https://example.org/{long_word}\n\n\
         ::: warning {long_word}\n> {long_word}\n:::\n\n::: tabs\n@tab {long_word}\n{long_word}\n@tab {long_word}\nfin\n:::\n\n\
         ## {long_word}\n\nfin\n",
        "---|".repeat(14),
        "x".repeat(400),
    )
}

/// A site in French.
fn site() -> TempDir {
    let sections = (1..=12).map(|n| format!("## Partie {n}\n\n{}\n", "Des mots pour la remplir.\n\n".repeat(12)));
    folder([
        ("pressoir.yml", "title: Le guide\nlang: fr\nnav:\n  - text: Guide\n    link: /guide/\n".to_owned()),
        (
            "content/README.md",
            "# Accueil\n\nVoir [le guide](guide/README.md).\n\n```js\nconst a = 'é'\nb()\n```\n".to_owned(),
        ),
        ("content/guide/README.md", format!("# Guide\n\n{}", sections.collect::<String>())),
        ("content/guide/large.md", wide_page()),
    ])
}

/// The same with an icon.
fn site_with_icon() -> TempDir {
    let site = site();
    write(site.path(), "content/favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"16\" height=\"16\"/>");
    site
}

/// Builds the site; its output folder.
fn built(site: &TempDir) -> PathBuf {
    let ended = run(pressoir(site.path()).arg("build"), LIMIT);
    assert!(ended.code == 0 && ended.err.contains("nothing to mend"), "{}", ended.err);
    site.path().join("public")
}

/// A running server; it ends with the test.
struct Server {
    child: Child,
    url: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serve(root: &Path, arguments: &[&str]) -> Server {
    let mut command = pressoir(root);
    command.args(["serve", "--port", "0"]).args(arguments).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("it starts");
    let out = BufReader::new(child.stdout.take().expect("it was asked for"));
    let (sender, lines) = channel();
    thread::spawn(move || out.lines().map_while(Result::ok).all(|line| sender.send(line).is_ok()));
    let url = lines.recv_timeout(LIMIT).expect("it says where it is");
    Server { child, url }
}

#[test]
fn pages_are_whole_from_the_disk_and_from_the_server() {
    for site in [site(), site_with_icon()] {
        are_whole(&site);
    }
}

fn are_whole(site: &TempDir) {
    let out = built(site);
    let server = serve(site.path(), &[]);
    let mut browser = Browser::start();
    for root in [format!("file://{}/", out.display()), server.url.clone()] {
        let home = if root.starts_with("file:") { format!("{root}index.html") } else { root.clone() };
        browser.requests_and_complaints();
        browser.open(&home);
        browser.until("document.querySelector('.code-bar button')");
        // Both style sheet and script are there, and links lead to pages, whichever way they are opened.
        assert!(browser.holds("[...document.styleSheets].length > 0"), "{root}");
        assert_eq!(browser.text("getComputedStyle(document.querySelector('.skip')).position"), "absolute", "{root}");
        browser.click("article p a");
        browser
            .until("document.readyState === 'complete' && document.querySelector('h1')?.textContent.includes('Guide')");
        assert!(browser.holds("document.querySelector('.sidebar [aria-current=page]')"), "{root}");
        let (requests, complaints) = browser.requests_and_complaints();
        assert_eq!(complaints, [] as [String; 0], "{root}");
        assert!(requests.len() >= 4, "{requests:?}");
        for request in requests {
            assert!(request.starts_with(&root), "a request leaves the site: {request}");
        }
    }
}

#[test]
fn the_choice_of_a_theme_is_kept() {
    let site = site();
    let out = built(&site);
    let server = serve(site.path(), &[]);
    let mut browser = Browser::start();
    let choose = |browser: &mut Browser, choice: &str| {
        browser.value(&format!(
            "(() => {{ const it = document.querySelector('.theme-switch select'); it.value = {choice:?}; \
             it.dispatchEvent(new Event('change', {{bubbles: true}})); }})()"
        ));
    };
    for home in [format!("file://{}/index.html", out.display()), server.url.clone()] {
        let ground = "getComputedStyle(document.body).backgroundColor";
        browser.open(&home);
        browser.until("document.querySelector('.theme-switch select')?.offsetWidth");
        let light = browser.text(ground);
        choose(&mut browser, "dark");
        let dark = browser.text(ground);
        assert_ne!(light, dark, "{home}");
        browser.open(&home.replace("index.html", "guide/large.html"));
        assert_eq!(browser.text(ground), dark, "{home}: another page forgets it");
        assert_eq!(browser.text("document.querySelector('.theme-switch select').value"), "dark");
        choose(&mut browser, "");
        assert_eq!(browser.text(ground), light, "{home}");
        // The system's own choice counts where the reader made none.
        browser.call(
            "Emulation.setEmulatedMedia",
            json!({"features": [{"name": "prefers-color-scheme", "value": "dark"}]}),
        );
        assert_eq!(browser.text(ground), dark, "{home}");
        choose(&mut browser, "light");
        assert_eq!(browser.text(ground), light, "{home}");
        choose(&mut browser, "");
        browser.call("Emulation.setEmulatedMedia", json!({"features": []}));
    }
}

#[test]
fn the_menu_of_a_phone_opens_and_shuts() {
    let site = site();
    let out = built(&site);
    let mut browser = Browser::start();
    browser.resize(390, 800);
    browser.open_file(&out.join("guide/index.html"));
    let seen = "(() => { const box = document.querySelector('.sidebar a').getBoundingClientRect(); \
                return box.width > 0 && box.right > 0 && box.left < innerWidth; })()";
    assert!(!browser.holds(seen), "it is shut at first");
    for shut in ["Escape", "outside", "button"] {
        browser.click(".menu-button");
        browser.until(seen);
        match shut {
            "Escape" => browser.press("Escape", 27),
            "button" => browser.click(".menu .close"),
            _ => {
                for kind in ["mousePressed", "mouseReleased"] {
                    let params = json!({"type": kind, "x": 380, "y": 500, "button": "left", "clickCount": 1});
                    browser.call("Input.dispatchMouseEvent", params);
                }
            }
        }
        browser.until(&format!("!({seen})"));
        if shut == "Escape" {
            assert!(browser.holds("document.activeElement.matches('.menu-button')"), "the focus comes back");
        }
    }
    browser.click(".outline-button");
    browser.until("document.querySelector('.outline a').getBoundingClientRect().width > 0");
    // It hangs at its button: nothing is scrolled for it.
    let place = browser.value(
        "(() => { const box = document.querySelector('.outline li:last-child a').getBoundingClientRect(); \
         return [box.x + box.width / 2, box.y + box.height / 2]; })()",
    );
    for kind in ["mousePressed", "mouseReleased"] {
        let params = json!({"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1});
        browser.call("Input.dispatchMouseEvent", params);
    }
    browser.until("scrollY > 1000 && !document.querySelector('.outline').matches(':popover-open')");
    // The button says where the reader is, and fits all the same.
    let says = "document.querySelector('.outline-button span').textContent";
    browser.until(&format!("{says} === document.querySelector('.outline li:last-child a').textContent"));
    browser.value("(document.querySelector('.outline-button span').textContent = 'x'.repeat(200))");
    assert!(browser.holds("document.querySelector('.bar').scrollWidth <= innerWidth"));
    browser.value("scrollTo({top: 0, behavior: 'instant'})");
    browser.until(&format!("{says} === ''"));
}

#[test]
fn the_outline_shows_where_the_reader_is() {
    let site = site();
    let out = built(&site);
    let mut browser = Browser::start();
    browser.open_file(&out.join("guide/index.html"));
    let current = "document.querySelector('.outline [aria-current]')?.textContent.trim()";
    for part in [3, 9, 2, 12] {
        let heading = format!("document.getElementById('partie-{part}').scrollIntoView({{behavior: 'instant'}})");
        browser.value(&heading);
        browser.until(&format!("{current} === 'Partie {part}'"));
        assert_eq!(browser.value("document.querySelectorAll('.outline [aria-current]').length"), 1);
    }
    browser.value("scrollTo({top: 0, behavior: 'instant'})");
    browser.until(&format!("{current} === 'Vue d’ensemble'"));
    browser.click(".outline a[href='#partie-5']");
    browser.until(&format!("{current} === 'Partie 5'"));
}

#[test]
fn code_can_be_copied() {
    let site = site();
    let server = serve(site.path(), &[]);
    let mut browser = Browser::start();
    let permissions = json!({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"], "origin": server.url.trim_end_matches('/')});
    browser.call("Browser.grantPermissions", permissions);
    browser.open(&server.url);
    browser.until("document.querySelector('.code-bar button')");
    assert_eq!(browser.text("document.querySelector('.code-bar button').textContent"), "Copier");
    browser.click(".code-bar button");
    // It is said aloud, too.
    browser.until(
        "['.code-bar button', 'body > [role=status]'].every(it => document.querySelector(it).textContent === 'Copié')",
    );
    assert_eq!(browser.text("navigator.clipboard.readText()"), "const a = 'é'\nb()");
}

#[test]
fn a_page_can_be_copied_as_markdown() {
    let site = site();
    write(
        site.path(),
        "content/copie.md",
        "---\ndescription: Dit.\n---\n# Copie\n\n## Un\n\n[ici](README.md)\n\n## Deux\n\nFin.\n",
    );
    write(site.path(), "content/pas.md", "---\nllms: false\n---\n# Pas\n\n## Un\n\n## Deux\n");
    let server = serve(site.path(), &[]);
    let mut browser = Browser::start();
    let permissions = json!({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"], "origin": server.url.trim_end_matches('/')});
    browser.call("Browser.grantPermissions", permissions);
    browser.open(&format!("{}copie.html", server.url));
    let button = "document.querySelector('.outline > button')";
    browser.until(button);
    assert_eq!(browser.text(&format!("{button}.textContent")), "Copier la page");
    browser.click(".outline > button");
    browser.until(&format!(
        "{button}.textContent === 'Copié' && document.querySelector('body > [role=status]').textContent === 'Copié'"
    ));
    let copied = browser.text("navigator.clipboard.readText()");
    assert_eq!(copied, "# Copie\n\n## Un\n\n[ici](index.md)\n\n## Deux\n\nFin.\n");
    // Once more, and it is still called what it does.
    browser.until(&format!("{button}.textContent === 'Copier la page'"));
    // Where there is no Markdown, and where nothing can be fetched, there is no button.
    browser.open(&format!("{}pas.html", server.url));
    browser.until("document.querySelector('.outline a')");
    assert!(browser.holds(&format!("!{button}")));
    let out = built(&site);
    browser.open_file(&out.join("copie.html"));
    assert!(browser.holds(&format!("document.querySelector('.outline a') && !{button}")));
}

#[test]
fn diagrams_are_drawn_by_a_script_of_the_site() {
    let fake = "window.mermaid = { initialize() {}, render: async (id, source) => {\
                if (source.includes('faux')) throw 1; return { svg: `<svg id='${id}'></svg>` }; } };";
    let site = folder([
        (
            "pressoir.yml",
            "title: T\nlang: fr\npublic: public-files\nmarkdown:\n  mermaid: /mermaid.min.js\n".to_owned(),
        ),
        ("public-files/mermaid.min.js", fake.to_owned()),
        (
            "content/a/b.md",
            "# B\n\n```mermaid\ngraph LR\n  accTitle: Le plan\n  A --> B\n```\n\n```mermaid\nfaux\n```\n".to_owned(),
        ),
        ("content/README.md", "# A\n\n[B](a/b.md)\n".to_owned()),
    ]);
    let out = built(&site);
    let mut browser = Browser::start();
    browser.open(&format!("file://{}/a/b.html", out.display()));
    browser.until("document.querySelector('.diagram svg')");
    assert_eq!(browser.text("document.querySelector('.diagram [role=img]').ariaLabel"), "Le plan");
    assert_eq!(browser.text("document.querySelector('.diagram summary').textContent"), "Source du diagramme");
    assert!(browser.holds("document.querySelector('.diagram details code').textContent.includes('A --> B')"));
    // What cannot be drawn stays as it is written.
    assert!(browser.holds("document.querySelectorAll('.diagram').length === 1"));
    assert!(browser.holds("document.querySelectorAll('.prose > .language-mermaid').length === 1"));
    browser.open(&format!("file://{}/index.html", out.display()));
    assert!(browser.holds("!document.querySelector('script[data-mermaid]')"));
}

#[test]
fn what_is_copied_can_be_used() {
    let site = site();
    let code = "# Code\n\n```js:line-numbers title=\"a.js\"\na // [!code --]\nb // [!code ++]\nc\n```\n\n\
                ```sh\n$ cat \\\n> $HOME\n```\n\n```js\n$ a\n```\n";
    write(site.path(), "content/code.md", code);
    let server = serve(site.path(), &[]);
    let mut browser = Browser::start();
    let permissions = json!({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"], "origin": server.url.trim_end_matches('/')});
    browser.call("Browser.grantPermissions", permissions);
    browser.open(&format!("{}code.html", server.url));
    browser.until("document.querySelectorAll('.code-bar button').length === 3");
    assert_eq!(browser.text("document.querySelector('figcaption').innerText"), "a.js");
    for (index, copied) in ["b\nc", "cat \\\n$HOME", "$ a"].into_iter().enumerate() {
        browser.value(&format!("document.querySelectorAll('.code-bar button')[{index}].id = 'copies-{index}'"));
        browser.click(&format!("#copies-{index}"));
        browser.until(&format!("document.querySelector('#copies-{index}').textContent === 'Copié'"));
        assert_eq!(browser.text("navigator.clipboard.readText()"), copied);
    }
}

#[test]
fn pages_can_be_read_without_scripts() {
    let site = site();
    let out = built(&site);
    let mut browser = Browser::start();
    browser.call("Emulation.setScriptExecutionDisabled", json!({"value": true}));
    browser.open_file(&out.join("index.html"));
    assert!(browser.text("document.querySelector('article').innerText").contains("const a = 'é'\nb()"));
    let dead = "[...document.querySelectorAll('button, select, input')].filter(it => it.offsetWidth && !it.hasAttribute('popovertarget')).length";
    assert_eq!(browser.value(dead), 0, "nothing is offered that does nothing");
    assert!(browser.holds("document.querySelector('.sidebar a').offsetWidth > 0"));
    // The menu of a phone is the browser's own work.
    browser.resize(390, 800);
    browser.click(".menu-button");
    browser.until("document.querySelector('.sidebar a').getBoundingClientRect().width > 0");
}

#[test]
fn readers_of_a_former_address_come_to_what_became_of_it() {
    let filler = "Words.\n\n".repeat(80);
    let site = folder([
        ("pressoir.yml", "title: Site\nlang: en\n".to_owned()),
        ("content/README.md", "# Home\n\n[start](guide/start.md)\n".to_owned()),
        ("content/guide/start.md", format!("# Start\n\n{filler}## Install\n\n{filler}## Use\n\n{filler}")),
    ]);
    let does = |arguments: &[&str]| {
        let ended = run(pressoir(site.path()).args(arguments), LIMIT);
        assert_eq!(ended.code, 0, "{arguments:?}: {}{}", ended.out, ended.err);
    };
    does(&["lock"]);
    let page = site.path().join("content/guide/start.md");
    let renamed = std::fs::read_to_string(&page).expect("a text").replace("## Install", "## Installation");
    std::fs::write(&page, renamed).expect("it is written");
    does(&["check", "--fix", "--yes"]);
    does(&["mv", "content/guide", "content/handbook"]);
    does(&["check", "--strict"]);
    does(&["build", "--strict"]);
    let out = site.path().join("public");
    let server = serve(site.path(), &[]);
    let mut browser = Browser::start();
    for root in [format!("file://{}/", out.display()), server.url.clone()] {
        // The heading that was renamed, one that was not, and the page.
        for (fragment, id) in [("#install", "installation"), ("#use", "use"), ("", "start")] {
            browser.open(&format!("{root}guide/start.html{fragment}"));
            browser.until(&format!(
                "location.pathname.endsWith('/handbook/start.html') && document.readyState === 'complete' && \
                 Math.abs(document.getElementById('{id}').getBoundingClientRect().top) < 300"
            ));
            assert!(fragment.is_empty() || browser.holds("scrollY > 500"), "{root}{fragment}");
        }
    }
}

#[test]
fn nothing_is_wider_than_the_window() {
    let site = site();
    let out = built(&site);
    let mut browser = Browser::start();
    for page in ["index.html", "guide/index.html", "guide/large.html", "404.html"] {
        for width in [320, 390, 768, 1280] {
            browser.resize(width, 800);
            browser.open_file(&out.join(page));
            let widest = browser.value("document.documentElement.scrollWidth");
            assert!(widest.as_u64().is_some_and(|widest| widest <= u64::from(width)), "{page} at {width}: {widest}");
            // What is too wide in itself can be scrolled, by keys too, once it was measured.
            browser
                .value("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))).then(() => 1)");
            let stuck: Value = browser.value(
                "[...document.querySelectorAll('.prose :is(pre, table)')].filter(it => it.scrollWidth > it.clientWidth && \
                 (!/auto|scroll/.test(getComputedStyle(it).overflowX) || it.tabIndex < 0)).map(it => it.outerHTML.slice(0, 80))",
            );
            assert_eq!(stuck, json!([]), "{page} at {width}");
            // Nothing is cut off.
            let cut: Value = browser.value(
                "[...document.querySelectorAll('.prose :is(p, li, h1, h2, td, .custom-block), .sidebar a, .navbar a')].filter(it => \
                 it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).display !== 'inline' && \
                 getComputedStyle(it).overflowX !== 'auto').map(it => it.outerHTML.slice(0, 80))",
            );
            assert_eq!(cut, json!([]), "{page} at {width}");
        }
    }
}

#[test]
fn an_open_page_follows_its_file() {
    let site = site();
    let server = serve(site.path(), &["--watch"]);
    let mut browser = Browser::start();
    browser.open(&server.url);
    browser.until("document.querySelector('h1').textContent.includes('Accueil')");
    write(site.path(), "content/README.md", "# Bienvenue\n\nAutre chose.\n");
    browser
        .until("document.readyState === 'complete' && document.querySelector('h1')?.textContent.includes('Bienvenue')");
    // A mistake is shown in the page, and goes when it is mended.
    write(site.path(), "content/README.md", "---\ntitle: [a\n---\n\n# Bienvenue\n");
    let told = "document.querySelector('pressoir-problems')?.shadowRoot.textContent";
    browser.until(&format!("{told}?.includes('invalid-front-matter') && {told}.includes('content/README.md:2:8')"));
    assert!(
        browser.holds("document.querySelector('h1').textContent.includes('Bienvenue')"),
        "what could be built stays"
    );
    write(site.path(), "content/README.md", "# De retour\n");
    browser.until("document.querySelector('h1')?.textContent.includes('De retour')");
    assert!(browser.holds("!document.querySelector('pressoir-problems')"));
}
