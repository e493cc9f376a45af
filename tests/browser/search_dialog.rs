//! What the dialog of the search keeps, opens and leaves alone; what is shown where a result leads.

use serde_json::{Value, json};
use tempfile::TempDir;

use super::chromium::Browser;
use super::host::Host;
use super::program::{folder, write};
use super::search::{OPTIONS, ask};
use super::{built, serve};

const INPUT: &str = "document.querySelector('dialog.search input')";

/// A site with words in tabs, and with one far below its heading.
fn site() -> TempDir {
    let rows = "| ligne |\n".repeat(200);
    let long = format!("# Longue\n\n## Registre\n\n| Nom |\n|---|\n{rows}| ornithorynque |\n\n## Suite\n\nUn tatou.\n");
    let tabs = "# Onglets\n\n## Installer\n\n::: code-group\n```sh [npm]\nnpm i tapir\n```\n\n```sh [bun]\nbun add tapir\n```\n:::\n";
    folder([
        ("pressoir.yml", "title: Le guide\nlang: fr\n"),
        ("content/README.md", "# Accueil\n\nUn tapir, un tatou.\n"),
        ("content/longue.md", &long),
        ("content/onglets.md", tabs),
    ])
}

fn open_search(browser: &mut Browser) {
    browser.value("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'k', ctrlKey: true, bubbles: true}))");
    browser.until("document.activeElement.matches('dialog.search[open] input')");
}

/// Opens a page and searches there; the first result is this section.
fn find(browser: &mut Browser, page: &str, query: &str, section: &str) {
    browser.open(page);
    ask(browser, query);
    browser.until(&format!("{OPTIONS}[0]?.hash === {section:?}"));
}

/// How many pages the browser shows.
fn pages(browser: &mut Browser) -> usize {
    let targets = browser.call("Target.getTargets", json!({}));
    let all = targets["targetInfos"].as_array().expect("a list").iter();
    all.filter(|target| target["type"] == "page").count()
}

fn mouse(browser: &mut Browser, kind: &str, place: &Value, modifiers: u32) {
    let params =
        json!({"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1, "modifiers": modifiers});
    browser.call("Input.dispatchMouseEvent", params);
}

/// The middle of an element.
fn middle(browser: &mut Browser, element: &str) -> Value {
    browser
        .value(&format!("(box => [box.x + box.width / 2, box.y + box.height / 2])({element}.getBoundingClientRect())"))
}

#[test]
fn a_word_in_a_tab_that_is_not_shown_is_shown() {
    let site = site();
    let out = built(&site);
    let mut browser = Browser::start();
    find(&mut browser, &format!("file://{}/index.html", out.display()), "bun add", "#installer");
    browser.press("Enter", 13);
    browser.until("location.hash === '#installer' && document.querySelector('article mark')");
    assert_eq!(browser.text("document.querySelector('[role=tab][aria-selected=true]').textContent"), "bun");
    assert!(browser.holds(
        "[...document.querySelectorAll('article mark')].find(it => it.textContent === 'bun').checkVisibility()"
    ));
    assert_eq!(browser.value("document.querySelectorAll('.tab-list mark').length"), 0, "what a button says is no text");
}

#[test]
fn a_word_far_below_its_heading_is_gone_to() {
    let site = site();
    let server = serve(site.path(), &[]);
    let mut browser = Browser::start();
    find(&mut browser, &server.url, "ornithorynque", "#registre");
    browser.press("Enter", 13);
    let top = "document.querySelector('article mark')?.getBoundingClientRect().top";
    browser.until(&format!("location.hash === '#registre' && {top} > 0 && {top} < innerHeight"));
    // A page that has nothing of it in the section where the reader arrives stays there.
    browser.open(&format!("{}longue.html?find=tatou#registre", server.url));
    browser.until("document.querySelector('article mark') && document.readyState === 'complete'");
    browser.value("new Promise(done => setTimeout(() => requestAnimationFrame(done), 50)).then(() => 1)");
    assert!(browser.holds("document.querySelector('#registre').getBoundingClientRect().top < innerHeight / 3"));
    assert!(browser.holds("document.querySelector('article mark').getBoundingClientRect().top > innerHeight"));
}

#[test]
fn who_comes_from_a_result_finds_the_others_again() {
    let site = site();
    let server = serve(site.path(), &[]);
    let mut browser = Browser::start();
    browser.open(&server.url);
    ask(&mut browser, "tatou");
    browser.until(&format!("{OPTIONS}.length === 2"));
    browser.press("Enter", 13);
    browser.until("!document.querySelector('dialog.search').open && document.readyState === 'complete'");
    browser.open(&format!("{}onglets.html", server.url));
    open_search(&mut browser);
    browser.until(&format!("{INPUT}.value === 'tatou' && {OPTIONS}.length === 2"));
    // It is chosen, so that typing replaces it.
    browser.call("Input.insertText", json!({"text": "tapir"}));
    browser.until(&format!("{INPUT}.value === 'tapir' && {OPTIONS}.some(it => it.hash === '#installer')"));
    // What was typed before the program came is not replaced.
    browser.open(&server.url);
    ask(&mut browser, "registre");
    browser.until(&format!("{INPUT}.value === 'registre' && {OPTIONS}[0]?.hash === '#registre'"));
}

#[test]
fn recent_searches_can_be_cleared() {
    let site = site();
    let server = serve(site.path(), &[]);
    let mut browser = Browser::start();
    find(&mut browser, &server.url, "registre", "#registre");
    assert!(browser.holds("document.querySelector('.search-forget').hidden"));
    browser.press("Enter", 13);
    browser.until("location.hash === '#registre'");
    ask(&mut browser, "");
    browser.until(&format!("{OPTIONS}[0]?.textContent === 'registre'"));
    assert_eq!(browser.text("document.querySelector('.search-forget').textContent"), "Effacer les recherches récentes");
    browser.click(".search-forget");
    browser.until(&format!("{OPTIONS}.length === 0 && document.querySelector('.search-forget').hidden"));
    assert!(browser.holds(&format!("document.activeElement === {INPUT}")));
    assert_eq!(browser.value("Object.keys(localStorage).filter(it => it.startsWith('searches ')).length"), 0);
}

#[test]
fn a_result_opens_beside_the_page() {
    const CONTROL: u32 = 2;
    let site = site();
    let server = serve(site.path(), &[]);
    let mut browser = Browser::start();
    find(&mut browser, &server.url, "registre", "#registre");
    let before = pages(&mut browser);
    for kind in ["keyDown", "keyUp"] {
        let params =
            json!({"type": kind, "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "modifiers": CONTROL});
        browser.call("Input.dispatchKeyEvent", params);
    }
    let started = std::time::Instant::now();
    while pages(&mut browser) == before {
        assert!(started.elapsed() < super::LIMIT, "no page opens");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    assert_eq!(pages(&mut browser), before + 1);
    assert!(browser.holds("document.querySelector('dialog.search').open && location.hash === ''"));
    // A click leaves the keyboard in the field.
    let place = middle(&mut browser, &format!("{OPTIONS}[0]"));
    for kind in ["mousePressed", "mouseReleased"] {
        mouse(&mut browser, kind, &place, CONTROL);
    }
    assert!(browser.holds(&format!("document.activeElement === {INPUT}")));
}

#[test]
fn only_a_press_outside_shuts_it() {
    let site = site();
    let out = built(&site);
    let mut browser = Browser::start();
    browser.open_file(&out.join("index.html"));
    ask(&mut browser, "tapir");
    browser.until(&format!("{OPTIONS}.length > 0"));
    let inside = middle(&mut browser, INPUT);
    mouse(&mut browser, "mousePressed", &inside, 0);
    mouse(&mut browser, "mouseMoved", &json!([5, 400]), 0);
    mouse(&mut browser, "mouseReleased", &json!([5, 400]), 0);
    assert!(browser.holds("document.querySelector('dialog.search').open"), "a selection ended outside");
    mouse(&mut browser, "mousePressed", &json!([5, 400]), 0);
    mouse(&mut browser, "mouseReleased", &json!([5, 400]), 0);
    browser.until("!document.querySelector('dialog.search').open");
}

#[test]
fn it_is_no_part_of_what_is_printed_and_the_page_behind_rests() {
    let site = site();
    let out = built(&site);
    let mut browser = Browser::start();
    browser.open_file(&out.join("longue.html"));
    ask(&mut browser, "tapir");
    browser.until(&format!("{OPTIONS}.length > 0"));
    let wheel = json!({"type": "mouseWheel", "x": 640, "y": 880, "deltaX": 0, "deltaY": 500});
    browser.call("Input.dispatchMouseEvent", wheel.clone());
    browser.value("new Promise(done => setTimeout(() => requestAnimationFrame(done), 200)).then(() => 1)");
    assert_eq!(browser.value("scrollY"), 0);
    browser.press("Escape", 27);
    browser.until("!document.querySelector('dialog.search').open");
    browser.call("Input.dispatchMouseEvent", wheel);
    browser.until("scrollY === 500");
    open_search(&mut browser);
    browser.call("Emulation.setEmulatedMedia", json!({"media": "print"}));
    assert!(!browser.holds("document.querySelector('dialog.search').checkVisibility()"));
}

#[test]
fn a_page_of_no_text_has_nothing_to_mark() {
    let site = site();
    let out = built(&site);
    let host = Host::serve(&out, "/");
    let mut browser = Browser::start();
    browser.open(&format!("{}nulle-part?find=tapir", host.url));
    let (_, complaints) = browser.requests_and_complaints();
    let other: Vec<_> = complaints.iter().filter(|told| !told.contains("status of 404")).collect();
    assert!(other.is_empty(), "{other:?}");
}

#[test]
fn what_was_found_follows_the_pages() {
    let site = site();
    let server = serve(site.path(), &["--watch"]);
    let mut browser = Browser::start();
    browser.open(&server.url);
    ask(&mut browser, "registre");
    browser.until(&format!("{OPTIONS}[0]?.pathname === '/longue.html'"));
    let found = format!("{OPTIONS}.map(it => it.pathname).join()");
    std::fs::rename(site.path().join("content/longue.md"), site.path().join("content/liste.md"))
        .expect("it is renamed");
    browser.until(&format!("{found} === '/liste.html'"));
    write(site.path(), "content/onglets.md", "# Onglets\n\nUn registre.\n");
    browser.until(&format!("{found} === '/liste.html,/onglets.html'"));
    browser.open(&format!("{}search.html?q=tatou", server.url));
    let links = "[...document.querySelectorAll('form.search .search-results a')].length";
    browser.until(&format!("{links} === 2"));
    write(site.path(), "content/onglets.md", "# Onglets\n\nUn tatou.\n");
    browser.until(&format!("{links} === 3"));
}

#[test]
fn who_shuts_it_before_its_program_is_there_can_scroll() {
    let site = site();
    let server = serve(site.path(), &[]);
    let mut browser = Browser::start();
    browser.open(&format!("{}longue.html", server.url));
    browser.call("Fetch.enable", json!({"patterns": [{"urlPattern": "*search*"}]}));
    open_search(&mut browser);
    browser.press("Escape", 27);
    browser.until("!document.querySelector('dialog.search').open");
    browser.call("Fetch.disable", json!({}));
    browser.until("document.querySelector('dialog.search').words");
    let wheel = json!({"type": "mouseWheel", "x": 640, "y": 880, "deltaX": 0, "deltaY": 500});
    browser.call("Input.dispatchMouseEvent", wheel);
    browser.until("scrollY === 500");
}

#[test]
fn what_it_says_covers_no_result() {
    let site = site();
    let out = built(&site);
    let mut browser = Browser::start();
    browser.resize(360, 640);
    browser.open_file(&out.join("index.html"));
    ask(&mut browser, "ornithoryngue regitre tatuo tapirr");
    browser
        .until(&format!("{OPTIONS}.length > 0 && document.querySelector('.search-status').textContent.length > 100"));
    let box_of = |selector: &str| format!("document.querySelector('{selector}').getBoundingClientRect()");
    let (said, results) = (box_of("dialog .search-status"), box_of("dialog .search-results"));
    assert!(browser.holds(&format!("{said}.bottom <= {results}.top")));
    assert!(browser.holds("document.querySelector('dialog .search-status').scrollHeight <= document.querySelector('dialog .search-status').clientHeight"));
}
