//! One output at four places: at the root of a host, in a folder of it, in a folder of that, and opened from the disk.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::LIMIT;
use super::chromium::Browser;
use super::host::Host;
use super::program::{folder, pressoir, run};
use super::search::{OPTIONS, ask};
use super::walk::Place;

/// Where links of the site lead outside of it, on purpose.
const OUTSIDE: &[&str] = &["https://example.org/", "https://code.example.org/"];
/// Former addresses.
const LEAD_ON: &[&str] = &["ancienne.html", "guide/vieux/depart.html"];

/// A link to a folder, on one of the pages.
const TO_FOLDER: &str = "main a[href$=\"../\"], .sidebar a[href$=\"../\"], article a[href$=\"/\"]";

/// A site in two languages with all that has an address.
fn site() -> TempDir {
    let plan = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"60\"><rect width=\"120\" height=\"60\"/></svg>";
    folder([
        (
            "pressoir.yml",
            "title: Les salles\nlang: fr\nurl: https://example.org/salles\nlogo: /images/logo.svg\nrepo: https://code.example.org/salles\n\
             theme:\n  css: marque.css\nnav:\n  - text: Guide\n    link: guide/README.md\n\
             redirects:\n  /ancienne.html: guide/salles.md\n\
             locales:\n  /: {}\n  /en/: {lang: en, title: The rooms}\n",
        ),
        ("marque.css", ".prose h1 { letter-spacing: 3px }\n"),
        (
            "content/README.md",
            "---\nhome: true\nheroImage: /images/logo.svg\nactions:\n  - text: Commencer\n    link: guide/salles.md\n---\n\nVoir [le \
             guide](guide/README.md) et [la salle verte](/guide/salles.md#la-salle-verte).\n",
        ),
        ("content/guide/README.md", "# Le guide\n\n[Les salles](salles.md), [tout au fond](un/deux/trois/fond.md).\n"),
        (
            "content/guide/salles.md",
            "---\naliases: /guide/vieux/depart.html\n---\n# Les salles\n\n[[toc]]\n\n## La salle verte\n\n![Le plan](../images/plan.svg)\n\n\
             <img src=\"/images/plan%20é.svg\" alt=\"Un autre plan\">\n\n## La salle bleue\n\nCalme et claire. [Le formulaire](formulaire.pdf) \
             (PDF, 1 ko), [ailleurs](https://example.org/ailleurs), [ancien](/ancienne.html).\n\n```js:line-numbers\nconst a = 1\n```\n",
        ),
        (
            "content/guide/un/deux/trois/fond.md",
            "# Tout au fond\n\n![Le plan](../../../../images/plan.svg)\n\n[Retour](../../../README.md), [la racine](/README.md), \
             [plus bas](#plus-bas), [les tarifs](<./nos tarifs.md>).\n\n## Plus bas\n\nDes *mots* pour la place.\n",
        ),
        ("content/guide/un/deux/trois/nos tarifs.md", "# Nos tarifs d’été\n\nGratuit.\n"),
        ("content/en/README.md", "# The rooms\n\n[The guide](guide/rooms.md).\n"),
        (
            "content/en/guide/rooms.md",
            "# Rooms\n\n## The green room\n\n![The plan](../../images/plan.svg)\n\nQuiet and bright.\n",
        ),
        ("content/images/logo.svg", plan),
        ("content/images/plan.svg", plan),
        ("content/images/plan é.svg", plan),
        ("content/favicon.svg", plan),
        ("content/guide/formulaire.pdf", "%PDF-1.4\n"),
    ])
}

fn built(site: &TempDir) -> PathBuf {
    let ended = run(pressoir(site.path()).args(["build", "--strict"]), LIMIT);
    assert_eq!(ended.code, 0, "{}", ended.err);
    site.path().join("public")
}

#[test]
fn one_output_works_at_four_places() {
    let site = site();
    let out = built(&site);
    let mut roots = vec![format!("file://{}/", out.display())];
    roots.extend(["/", "/repo/", "/repo/pr-12/"].map(|at| Host::serve(&out, at).url));
    let mut browser = Browser::start();
    for root in roots {
        let place = Place { root, out: &out, outside: OUTSIDE };
        let pages = place.walk(&mut browser, LEAD_ON);
        assert!(pages >= 8, "{pages}");
        the_looks_are_there(&mut browser, &place);
        former_addresses_lead_on(&mut browser, &place);
        words_are_found(&mut browser, &place);
        the_language_can_be_chosen(&mut browser, &place);
        browser.open(&place.at("guide/un/deux/trois/fond.html"));
        assert!(browser.holds(&format!("document.querySelector({TO_FOLDER:?})")), "a link to a folder is on that page");
        browser.click(TO_FOLDER);
        browser.until("!location.href.includes('fond.html') && document.querySelector('h1, .home')");
        if !place.root.starts_with("file:") {
            what_is_not_there_finds_its_way(&mut browser, &place);
        }
    }
}

fn the_looks_are_there(browser: &mut Browser, place: &Place<'_>) {
    for page in ["guide/salles.html", "guide/un/deux/trois/fond.html", "en/guide/rooms.html"] {
        browser.open(&place.at(page));
        assert_eq!(
            browser.text("getComputedStyle(document.querySelector('.prose h1')).letterSpacing"),
            "3px",
            "{page}"
        );
        assert_eq!(browser.text("getComputedStyle(document.querySelector('.skip')).position"), "absolute", "{page}");
        // Scripts of the theme run.
        browser.until("document.querySelector('.theme-switch select')?.offsetWidth");
    }
}

fn former_addresses_lead_on(browser: &mut Browser, place: &Place<'_>) {
    for (old, new) in [
        ("ancienne.html", "guide/salles.html"),
        ("ancienne.html?a=b#la-salle-verte", "guide/salles.html?a=b#la-salle-verte"),
        ("guide/vieux/depart.html#la-salle-bleue", "guide/salles.html#la-salle-bleue"),
    ] {
        browser.follow(&place.at(old), &place.at(new));
    }
}

fn words_are_found(browser: &mut Browser, place: &Place<'_>) {
    for (from, query, page) in [
        ("guide/un/deux/trois/fond.html", "bleue claire", "guide/salles.html#la-salle-bleue"),
        ("en/guide/rooms.html", "bright", "en/guide/rooms.html#the-green-room"),
    ] {
        browser.requests_and_complaints();
        browser.open(&place.at(from));
        ask(browser, query);
        // Not those that offer what was asked before.
        let file = page.split('#').next().unwrap_or_default();
        browser.until(&format!("{OPTIONS}.some(it => it.href?.includes('{file}'))"));
        browser.press("ArrowDown", 40);
        browser.press("Enter", 13);
        browser.until(&format!("location.href === {:?} && document.querySelector('article mark')", place.at(page)));
        let (requests, complaints) = browser.requests_and_complaints();
        assert_eq!(complaints, [] as [String; 0], "{}", place.root);
        place.stay_inside(from, &requests);
    }
    // The page of the search, which needs no key.
    browser.open(&place.at("search.html?q=gratuit"));
    browser.until("[...document.querySelectorAll('main a')].some(it => it.href.includes('nos%20tarifs.html'))");
}

fn the_language_can_be_chosen(browser: &mut Browser, place: &Place<'_>) {
    browser.open(&place.at("index.html"));
    let english = "[...document.querySelectorAll('a[hreflang=en], a[lang=en]')][0].href";
    let link = browser.text(english);
    assert!(link.starts_with(&place.at("en/")), "{link}");
    browser.open(&link);
    assert_eq!(browser.text("document.documentElement.lang"), "en");
}

fn what_is_not_there_finds_its_way(browser: &mut Browser, place: &Place<'_>) {
    for missing in ["nowhere", "guide/nowhere.html", "a/b/c/d/nowhere/", "en/guide/nowhere.html"] {
        browser.requests_and_complaints();
        let url = place.at(missing);
        browser.open(&url);
        // It has its looks, wherever it is asked for, and what scripts make of it: they were asked for twice where the root was
        // not known.
        browser.until("parseFloat(getComputedStyle(document.querySelector('.action.primary')).paddingLeft) > 0");
        browser.until("[...document.querySelectorAll('link[rel~=stylesheet]')].every(it => it.sheet)");
        browser.until("document.querySelectorAll('button.search-button').length === 1");
        place.look_at_open(browser);
        // Where the site lies elsewhere than its settings say, the page looks for its root first: on its own host, and
        // what it does not find there is told in the console.
        let (requests, complaints) = browser.requests_and_complaints();
        assert!(requests.iter().all(|request| request.starts_with(place.host())), "{url}: {requests:?}");
        let other: Vec<_> = complaints
            .iter()
            .filter(|told| !told.contains("status of 404") && !told.contains("\"canceled\":true"))
            .collect();
        assert!(other.is_empty(), "{url}: {other:?}");
        // The header is that of all pages.
        assert!(browser.holds("document.querySelector('.navbar .brand').offsetWidth > 0"), "{url}");
        browser.until("document.querySelector('.theme-switch select').offsetWidth > 0");
        ask(browser, "bleue claire");
        browser.until(&format!("{OPTIONS}.some(it => it.href?.startsWith({:?}))", place.at("guide/salles.html?")));
        browser.press("Escape", 27);
        browser.press("Escape", 27);
        browser.until("!document.querySelector('dialog').open");
        browser.value("document.querySelector('.skip').click()");
        assert_eq!(browser.text("location.href"), format!("{url}#ui:main"));
        browser.click("main a[href*=search]");
        browser.until(&format!(
            "location.href === {:?} && document.querySelector('input[type=search]')",
            place.at("search.html")
        ));
    }
}

#[test]
fn no_file_names_the_place_that_it_was_built_at() {
    let site = site();
    let out = built(&site);
    let here = site.path().display().to_string();
    for entry in walkdir::WalkDir::new(&out) {
        let entry = entry.expect("the output can be read");
        assert!(!entry.path_is_symlink(), "hosts take no links: {}", entry.path().display());
        if entry.file_type().is_file() {
            let bytes = fs::read(entry.path()).expect("a file");
            assert!(!String::from_utf8_lossy(&bytes).contains(&here), "{}", entry.path().display());
        }
    }
}
