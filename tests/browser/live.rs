//! Pages that follow what is written: they are patched where they are, and say what is wrong.

use std::process::Stdio;
use std::time::Instant;

use serde_json::json;

use super::chromium::Browser;
use super::program::{folder, pressoir, write};
use super::{LIMIT, serve};

/// A page that has everything that a patch must leave alone.
fn page(title: &str, middle: &str, code: &str) -> String {
    let filling = "Des mots pour la remplir.\n\n".repeat(20);
    format!(
        "# {title}\n\n## Un\n\n{filling}\n::: details Détails\nDedans.\n:::\n\n{middle}\n\n## Deux\n\n{filling}\n\
         ::: tabs\n@tab A\nun\n@tab B\ndeux\n:::\n\n```js\n{code}\n```\n\n<input id=\"champ\">\n\n## Trois\n\n{filling}"
    )
}

fn site() -> tempfile::TempDir {
    folder([
        ("pressoir.yml", "title: Le guide\nlang: fr\n".to_owned()),
        ("content/README.md", "# Accueil\n".to_owned()),
        ("content/guide.md", page("Guide", "Avant.", "const a = 1")),
        ("content/autre.md", "# Autre\n\n![i](image.svg)\n".to_owned()),
        ("content/image.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>".to_owned()),
    ])
}

/// Opens a page and marks it, so that a reload would be noticed.
fn open(browser: &mut Browser, address: &str) {
    browser.open(address);
    browser.until("document.readyState === 'complete' && document.querySelector('h1')");
    browser.value("window.untouched = true");
}

#[test]
fn a_patch_leaves_alone_what_the_reader_did() {
    let site = site();
    let server = serve(site.path(), &["--watch"]);
    let mut browser = Browser::start();
    open(&mut browser, &format!("{}guide.html", server.url));
    browser.until("document.querySelector('.code-bar button') && document.querySelectorAll('[role=tab]').length === 2");
    browser.value("document.querySelector('article details').open = true");
    browser.value("document.querySelectorAll('[role=tab]')[1].click()");
    browser.value("document.querySelector('#champ').focus()");
    browser.value("document.querySelector('#champ').value = 'tapé'");
    browser.value("document.querySelector('#champ').scrollIntoView({block: 'center', behavior: 'instant'})");
    let place = "Math.round(document.querySelector('#champ').getBoundingClientRect().top)";
    // Boxes that open slowly are open once nothing moves any more.
    browser.until(&format!(
        "(() => {{ const now = {place}, still = window.last === now; window.last = now; return still; }})()"
    ));
    let before = browser.value(place);
    // Something above what is read: what is read stays where it is.
    write(site.path(), "content/guide.md", page("Guide", "Après.\n\nEt encore un alinéa.", "const b = 2"));
    browser.until("document.querySelector('article').textContent.includes('Et encore un alinéa.')");
    assert_eq!(browser.value(place), before, "the page moved under its reader");
    for kept in [
        "window.untouched",
        "document.querySelector('article details').open",
        "document.activeElement.id === 'champ' && document.activeElement.value === 'tapé'",
        "document.querySelectorAll('[role=tab]')[1].getAttribute('aria-selected') === 'true'",
        "document.querySelectorAll('.code-bar').length === 1",
    ] {
        assert!(browser.holds(kept), "{kept}");
    }
    browser.until("document.querySelector('article code').textContent.includes('const b = 2')");
}

#[test]
fn what_is_new_is_alive_and_titles_change_where_they_are_shown() {
    let site = site();
    let server = serve(site.path(), &["--watch"]);
    let mut browser = Browser::start();
    open(&mut browser, &server.url);
    // Code, tabs and headings where there were none.
    write(site.path(), "content/README.md", page("Accueil", "Là.", "const c = 3"));
    browser.until("document.querySelector('.code-bar button') && document.querySelectorAll('[role=tab]').length === 2");
    browser.value("document.querySelectorAll('[role=tab]')[1].click()");
    browser.until("document.querySelectorAll('[role=tabpanel]')[0].hasAttribute('hidden')");
    // The parts of a box of tabs are others: it is made anew, whole.
    let more = page("Accueil", "Là.", "const c = 3").replace("@tab B\n", "@tab C\ntrois\n@tab B\n");
    write(site.path(), "content/README.md", more);
    browser.until("document.querySelectorAll('[role=tab]').length === 3");
    assert!(browser.holds("document.querySelectorAll('[role=tab]')[2].getAttribute('aria-selected') === 'true'"));
    // The title of another page, in the list at the side.
    write(site.path(), "content/autre.md", "# Un autre titre\n");
    browser.until("document.querySelector('.sidebar').textContent.includes('Un autre titre')");
    assert!(browser.holds("window.untouched"));
}

#[test]
fn search_and_menus_work_after_a_page_changes_its_kind() {
    let site = site();
    let server = serve(site.path(), &["--watch"]);
    let mut browser = Browser::start();
    let searches =
        "(document.querySelector('.search-button')?.click(), document.querySelector('dialog.search')?.open === true)";
    for (front, shown) in [
        ("sidebar: false", "!document.querySelector('.sidebar')"),
        ("layout: home", "document.querySelector('body.layout-home')"),
        ("search: true", "document.querySelector('.sidebar')"),
    ] {
        browser.open(&format!("{}autre.html", server.url));
        browser.until("document.readyState === 'complete' && document.querySelector('h1')");
        write(site.path(), "content/autre.md", format!("---\n{front}\n---\n# Autre\n\n## Partie\n\nLionjaune.\n"));
        // It may be loaded again for that.
        browser.until(&format!("document.readyState === 'complete' && {shown}"));
        browser.until(searches);
        // What was just saved is found, too.
        browser.value("document.querySelector('dialog.search input').focus()");
        browser.call("Input.insertText", serde_json::json!({"text": "lionjaune"}));
        browser.until("document.querySelector('dialog.search [role=option]')");
    }
}

#[test]
fn styles_and_pictures_change_without_a_reload() {
    let site = site();
    write(site.path(), "themes/default/assets/style.css", "h1 { color: rgb(1, 2, 3) }");
    let server = serve(site.path(), &["--watch"]);
    let mut browser = Browser::start();
    open(&mut browser, &format!("{}autre.html", server.url));
    let color = "getComputedStyle(document.querySelector('h1')).color";
    assert_eq!(browser.text(color), "rgb(1, 2, 3)");
    write(site.path(), "themes/default/assets/style.css", "h1 { color: rgb(4, 5, 6) }");
    browser.until(&format!("{color} === 'rgb(4, 5, 6)'"));
    browser.until("document.querySelectorAll('link[rel~=stylesheet]').length === 1");
    let image = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"77\" height=\"10\"/>";
    write(site.path(), "content/image.svg", image);
    browser.until("document.querySelector('article img').naturalWidth === 77");
    assert!(browser.holds("window.untouched"));
}

#[test]
fn mistakes_are_shown_where_the_author_looks() {
    let site = site();
    let server = serve(site.path(), &["--watch"]);
    let mut browser = Browser::start();
    open(&mut browser, &format!("{}guide.html", server.url));
    let broken = "---\ntitle: [a\n---\n\n# Guide\n";
    write(site.path(), "content/guide.md", broken);
    let panel = "document.querySelector('pressoir-problems')?.shadowRoot";
    browser.until(&format!("{panel}?.textContent.includes('content/guide.md:2:8')"));
    assert!(browser.holds(&format!("{panel}.querySelector('[role=alert]')")));
    assert!(browser.holds(&format!("{panel}.querySelector('pre').textContent.startsWith('2 | title: [a\\n')")));
    assert!(browser.holds(&format!("{panel}.querySelector('a').href.startsWith('vscode://file/')")));
    assert!(browser.holds("document.querySelector('#champ')"), "the last good page stays");
    browser.press("Escape", 27);
    browser.until("!document.querySelector('pressoir-problems')");
    write(site.path(), "content/guide.md", "# Guide\n\n[x](nulle-part.md)\n");
    let notes = "document.querySelector('pressoir-notes')?.shadowRoot";
    browser.until(&format!("{notes}?.textContent.includes('content/guide.md:3:5')"));
    assert!(
        browser.holds(&format!("{notes}.querySelector('summary').textContent === '1 avertissement dans cette page'"))
    );
    write(site.path(), "content/guide.md", "# Guide\n\nBien.\n");
    browser.until(
        "!document.querySelector('pressoir-notes') && document.querySelector('article').textContent.includes('Bien.')",
    );
    assert!(browser.holds("window.untouched && !document.querySelector('pressoir-problems')"));
}

#[test]
fn several_browsers_follow_and_find_a_server_that_comes_back() {
    let site = site();
    let mut server = serve(site.path(), &["--watch"]);
    let port = server.url.trim_end_matches('/').rsplit(':').next().expect("a port").to_owned();
    let (mut first, mut second) = (Browser::start(), Browser::start());
    open(&mut first, &format!("{}guide.html", server.url));
    open(&mut second, &format!("{}autre.html", server.url));
    write(site.path(), "content/guide.md", "# Guide neuf\n");
    first.until("document.querySelector('h1').textContent.includes('Guide neuf')");
    second.until("document.querySelector('.sidebar').textContent.includes('Guide neuf')");
    server.child.kill().expect("it runs");
    server.child.wait().expect("it ends");
    write(site.path(), "content/guide.md", "# Guide plus neuf\n");
    let mut again = pressoir(site.path());
    again.args(["serve", "--watch", "--strict-port", "--port", &port]).stdout(Stdio::null()).stderr(Stdio::null());
    server.child = again.spawn().expect("it starts");
    first.until("document.querySelector('h1').textContent.includes('Guide plus neuf')");
    second.until("document.querySelector('.sidebar').textContent.includes('Guide plus neuf')");
    assert!(first.holds("window.untouched") && second.holds("window.untouched"));
}

#[test]
fn the_view_goes_to_what_was_edited_if_that_is_wanted() {
    let site = site();
    for (arguments, goes) in [(&["--watch"][..], false), (&["--watch", "--follow"], true)] {
        write(site.path(), "content/guide.md", page("Guide", "Avant.", "const a = 1"));
        let server = serve(site.path(), arguments);
        let mut browser = Browser::start();
        open(&mut browser, &format!("{}guide.html", server.url));
        let edited = page("Guide", "Avant.", "const a = 1") + "\n\nÀ la fin.\n";
        write(site.path(), "content/guide.md", edited);
        browser.until("document.querySelector('article').textContent.includes('À la fin.')");
        browser.until(if goes { "scrollY > 100" } else { "scrollY === 0" });
    }
}

#[test]
fn a_page_that_is_sent_twice_is_patched_further() {
    let site = site();
    let server = serve(site.path(), &["--watch"]);
    let mut browser = Browser::start();
    let address = format!("{}guide.html", server.url);
    open(&mut browser, &address);
    let asked = |browser: &mut Browser| {
        let started = Instant::now();
        while !browser.requests_and_complaints().0.contains(&address) {
            assert!(started.elapsed() < LIMIT, "the page is not asked for");
            browser.value("1");
        }
    };
    browser.requests_and_complaints();
    browser.call("Fetch.enable", json!({"patterns": [{"urlPattern": "*guide.html"}]}));
    write(site.path(), "content/guide.md", page("Guide", "Premier.", ""));
    asked(&mut browser);
    // The answer to the first change is what the second made of the page.
    write(site.path(), "content/guide.md", page("Guide", "Second.", ""));
    let started = Instant::now();
    let sent = || ureq::get(&address).call().ok()?.body_mut().read_to_string().ok();
    while !sent().is_some_and(|html| html.contains("Second.")) {
        assert!(started.elapsed() < LIMIT, "the second is not served");
    }
    browser.call("Fetch.disable", json!({}));
    browser.until("document.querySelector('article').textContent.includes('Second.')");
    asked(&mut browser);
    write(site.path(), "content/guide.md", page("Guide", "Troisième.", ""));
    browser.until("document.querySelector('article').textContent.includes('Troisième.')");
    assert!(browser.holds("window.untouched"), "it was loaded anew");
}
