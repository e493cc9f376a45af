//! Tabs: chosen by mouse and keys, in step, remembered, opened by links, all shown without scripts and on paper.

use serde_json::json;

use super::chromium::Browser;
use super::program::folder;
use super::{built, serve};

/// A page of two groups with the same tabs and one with others; a heading stands in a tab that is not shown at first.
const PAGE: &str = "# Onglets\n\n[vers](#au-fond)\n\n::: tabs\n@tab Linux\nun\n\n@tab *macOS*\ndeux\n\n## Au fond\n\nfin\n:::\n\n\
                    ::: tabs\n@tab macOS\ntrois\n\n@tab:active Linux\nquatre\n\n@tab Windows\ncinq\n:::\n\n\
                    ::: code-group\n```sh [npm]\nnpm i\n```\n\n```sh [pnpm]\npnpm i\n```\n:::\n\n\
                    ::: tabs#a\n@tab Linux\nsix\n@tab macOS\nsept\n:::\n";

/// What is shown of each group: the tab that is chosen, and the text of its panel.
const SHOWN: &str = "[...document.querySelectorAll('.tabs')].map(group => {
    const texts = [...group.querySelectorAll('code, p:not(.tab-title)')].filter(text => text.checkVisibility());
    return [group.querySelector('[aria-selected=true]')?.textContent, texts[0]?.textContent.trim()].join(' ');
}).join(', ')";

fn site() -> tempfile::TempDir {
    folder([
        ("pressoir.yml", "title: Site\nlang: fr\n".to_owned()),
        ("content/README.md", PAGE.to_owned()),
        ("content/suite.md", "# Suite\n\n::: tabs\n@tab Linux\nun\n@tab macOS\ndeux\n:::\n".to_owned()),
    ])
}

#[test]
fn tabs_are_chosen_and_remembered() {
    let site = site();
    let server = serve(site.path(), &[]);
    let mut browser = Browser::start();
    browser.open(&server.url);
    browser.until("document.querySelector('.tabs.ready')");
    assert_eq!(browser.text(SHOWN), "Linux un, Linux quatre, npm npm i, Linux six");
    browser.click(".tab-list button:nth-child(2)");
    // Tabs of the same name follow, but for a group with a name of its own.
    assert_eq!(browser.text(SHOWN), "macOS deux, macOS trois, npm npm i, Linux six");
    for (key, code, shown) in [
        ("ArrowRight", 39, "Linux un, Linux quatre, npm npm i, Linux six"),
        ("End", 35, "macOS deux, macOS trois, npm npm i, Linux six"),
        ("Home", 36, "Linux un, Linux quatre, npm npm i, Linux six"),
        ("ArrowLeft", 37, "macOS deux, macOS trois, npm npm i, Linux six"),
    ] {
        browser.press(key, code);
        assert_eq!(browser.text(SHOWN), shown, "{key}");
    }
    // One stop a group for those who go by Tab; names and panels belong together.
    let wrong = "[...document.querySelectorAll('[role=tab]')].filter(tab => {
        const panel = document.getElementById(tab.getAttribute('aria-controls'));
        const chosen = tab.getAttribute('aria-selected') === 'true';
        return panel?.role !== 'tabpanel' || panel.getAttribute('aria-labelledby') !== tab.id
            || chosen !== (tab.tabIndex === 0) || chosen === panel.hasAttribute('hidden');
    }).length";
    assert_eq!(browser.value(wrong), 0);
    browser.open(&format!("{}suite.html", server.url));
    browser.until("document.querySelector('.tabs.ready')");
    assert_eq!(browser.text(SHOWN), "macOS deux", "another page forgets it");
}

#[test]
fn a_link_into_a_tab_opens_it() {
    let site = site();
    let out = built(&site);
    let mut browser = Browser::start();
    browser.open_file(&out.join("index.html"));
    browser.until("document.querySelector('.tabs.ready')");
    browser.click("article p a");
    browser.until("document.querySelector('#au-fond').checkVisibility()");
    assert_eq!(browser.text("document.querySelector('[aria-selected=true]').textContent"), "macOS");
    browser.open(&format!("file://{}#au-fond", out.join("index.html").display()));
    browser.until("document.querySelector('.tabs.ready') && document.querySelector('#au-fond').checkVisibility()");
}

#[test]
fn all_tabs_are_shown_without_scripts_and_on_paper() {
    let site = site();
    let out = built(&site);
    let mut browser = Browser::start();
    let all =
        "[...document.querySelectorAll('.tab, .tab-title')].every(it => it.checkVisibility() && it.offsetHeight > 10)";
    browser.open_file(&out.join("index.html"));
    browser.until("document.querySelector('.tabs.ready')");
    assert!(!browser.holds(all));
    browser.call("Emulation.setEmulatedMedia", json!({"media": "print"}));
    assert!(browser.holds(all), "on paper");
    assert!(browser.holds("!document.querySelector('.tab-list').checkVisibility()"));
    browser.call("Emulation.setEmulatedMedia", json!({"media": ""}));
    browser.call("Emulation.setScriptExecutionDisabled", json!({"value": true}));
    browser.open_file(&out.join("index.html"));
    assert!(browser.holds(all), "without scripts");
}

#[test]
fn nothing_moves_when_tabs_are_made() {
    let site = site();
    let out = built(&site);
    let mut browser = Browser::start();
    browser.open_file(&out.join("index.html"));
    browser.until("document.querySelector('.tabs.ready')");
    let places = "JSON.stringify([...document.querySelectorAll('.tabs')].map(it => it.getBoundingClientRect().height))";
    let after = browser.text(places);
    // As it was before the script ran.
    browser.value(
        "document.querySelectorAll('.tab-list, .code-bar').forEach(it => it.remove()), \
         document.querySelectorAll('.tab').forEach(it => it.removeAttribute('hidden')), \
         document.querySelectorAll('.tabs').forEach(it => it.classList.remove('ready'))",
    );
    assert_eq!(browser.text(places), after);
}
