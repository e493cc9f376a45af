//! Search in a real browser: by keys and by clicks, from the disk, from a folder of a host, without a network.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::chromium::Browser;
use super::program::{folder, write};
use super::{built, serve};

/// A site in French and English with something to find.
fn site() -> TempDir {
    let rooms = "# Salles\n\nOn réserve une salle en ligne.\n\n## Salles calmes\n\nIl est interdit de téléphoner dans une salle calme. \
                 L’accès est libre.\n\n## Matériel\n\nUn projecteur, `themeConfig.nav` et des chaises.\n\n```sh\nprojeter --vite\n```\n";
    folder([
        (
            "pressoir.yml",
            "title: Le guide\nlang: fr\nlocales:\n  /: {}\n  /en/: {lang: en}\n  /zh/: {lang: zh}\nsearch: {slash: true}\n",
        ),
        ("content/README.md", "# Accueil\n\nVoir [les salles](guide/salles.md).\n"),
        ("content/guide/salles.md", rooms),
        ("content/guide/README.md", "# Mode d’emploi\n\nOuvrir la porte.\n"),
        ("content/guide/secret.md", "---\nsearch: false\n---\n# Secret\n\nchuchotement\n"),
        ("content/en/README.md", "# Home\n\nFront matter and running shoes.\n\n## Front matter\n\nAt the top.\n"),
        ("content/zh/README.md", "# 首页\n\n索引下推是一种优化。\n"),
    ])
}

fn url(out: &Path, page: &str) -> String {
    format!("file://{}/{page}", out.display())
}

/// Opens the search by the key and types.
pub(super) fn ask(browser: &mut Browser, query: &str) {
    browser.until("document.readyState === 'complete' && document.querySelector('button.search-button')");
    browser.value("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'k', ctrlKey: true, bubbles: true}))");
    browser.until("document.activeElement.matches('dialog.search[open] input')");
    browser.value("document.activeElement.select()");
    // What was told of the search before is no answer.
    browser.value("document.querySelector('dialog .search-status').textContent = ''");
    match query.is_empty() {
        true => {
            // The program puts in the last search once it is there.
            browser.until("document.querySelector('dialog.search').words");
            browser.press("Backspace", 8);
        }
        false => {
            browser.call("Input.insertText", json!({"text": query}));
        }
    }
}

/// The status once it says something.
fn status(browser: &mut Browser) -> String {
    // What takes long is told to, at first.
    browser.until("!['', '…'].includes(document.querySelector('dialog .search-status').textContent)");
    browser.text("document.querySelector('dialog .search-status').textContent")
}

/// The results that are shown.
pub(super) const OPTIONS: &str = "[...document.querySelectorAll('dialog.search [role=option]')]";

#[test]
fn words_are_typed_a_result_is_chosen_and_marked() {
    let site = site();
    let out = built(&site);
    let server = serve(site.path(), &[]);
    let mut browser = Browser::start();
    for root in [url(&out, ""), server.url.clone()] {
        browser.requests_and_complaints();
        browser.open(&format!("{root}en/index.html"));
        browser.open(&format!("{root}guide/index.html"));
        ask(&mut browser, "telephone calmes");
        browser.until(&format!("{OPTIONS}.length > 0"));
        assert!(status(&mut browser).starts_with("Résultats\u{a0}: "), "{root}");
        let first = format!("{OPTIONS}[0]");
        assert_eq!(browser.text(&format!("{first}.querySelector('.search-trail').textContent")), "Salles calmes");
        assert_eq!(browser.text("document.querySelector('.search-page').textContent"), "Salles");
        let marked = format!("[...{first}.querySelectorAll('mark')].map(it => it.textContent).join('|')");
        assert_eq!(browser.text(&marked), "calmes|téléphoner|calme", "in the title, too");
        browser.press("ArrowDown", 40);
        assert!(browser.holds(&format!("{first}.getAttribute('aria-selected') === 'true'")));
        assert!(browser.holds(&format!(
            "document.querySelector('dialog.search input').getAttribute('aria-activedescendant') === {first}.id"
        )));
        browser.press("Enter", 13);
        browser.until("location.hash === '#salles-calmes' && document.querySelector('article mark')");
        let words = "[...document.querySelectorAll('article mark')].map(it => it.textContent).join('|')";
        assert_eq!(browser.text(words), "calmes|téléphoner|calme", "{root}");
        assert_eq!(browser.text("location.search"), "", "the address is the section's own");
        let (requests, complaints) = browser.requests_and_complaints();
        assert_eq!(complaints, [] as [String; 0], "{root}");
        assert!(requests.iter().all(|request| request.starts_with(&root)), "{requests:?}");
    }
}

#[test]
fn the_dialog_is_a_combobox() {
    let site = site();
    let out = built(&site);
    let mut browser = Browser::start();
    browser.open(&url(&out, "index.html"));
    browser.until("document.querySelector('button.search-button')");
    let (requests, _) = browser.requests_and_complaints();
    assert!(
        !requests.iter().any(|request| request.contains("search")),
        "nothing is loaded before it is used: {requests:?}"
    );
    browser.click("button.search-button");
    browser.until("document.activeElement.matches('dialog.search[open] input')");
    let input = "document.querySelector('dialog.search input')";
    assert_eq!(browser.text(&format!("{input}.getAttribute('role')")), "combobox");
    assert_eq!(browser.text(&format!("{input}.getAttribute('aria-expanded')")), "false");
    browser.call("Input.insertText", json!({"text": "salle"}));
    browser.until(&format!("{OPTIONS}.length > 1"));
    assert_eq!(browser.text(&format!("{input}.getAttribute('aria-expanded')")), "true");
    let active = format!("{OPTIONS}.findIndex(it => it.getAttribute('aria-selected') === 'true')");
    for (key, code, want) in [("ArrowDown", 40, 0), ("ArrowDown", 40, 1), ("Home", 36, 0), ("ArrowUp", 38, -1)] {
        browser.press(key, code);
        let want = if want < 0 { format!("{OPTIONS}.length - 1") } else { want.to_string() };
        assert!(browser.holds(&format!("{active} === {want}")), "{key}");
    }
    // Nothing outside can be reached while it is open.
    for _ in 0..8 {
        browser.press("Tab", 9);
        assert!(
            browser
                .holds("document.activeElement === document.body || document.activeElement.closest('dialog.search')")
        );
    }
    browser.press("Escape", 27);
    browser.until("!document.querySelector('dialog.search').open");
    assert!(browser.holds("document.activeElement.matches('.search-button')"), "the focus comes back");
    // What was asked is still there.
    browser.value("document.dispatchEvent(new KeyboardEvent('keydown', {key: '/', bubbles: true}))");
    browser.until(&format!("document.querySelector('dialog.search').open && {input}.value === 'salle'"));
}

#[test]
fn odd_queries_are_answered() {
    let site = site();
    let out = built(&site);
    let mut browser = Browser::start();
    browser.open(&url(&out, "index.html"));
    let long = "salle ".repeat(1700);
    for query in
        [long.as_str(), "🎉🎉 👩‍👩‍👧", "שלום עולם", "le la de", "\"<script>alert(1)</script>", "q'", "．", "chuchotement"]
    {
        ask(&mut browser, query);
        browser.value("document.querySelector('.search-status').textContent = ''");
        browser.value("document.querySelector('dialog.search input').dispatchEvent(new InputEvent('input'))");
        let said = status(&mut browser);
        let found = browser.value(&format!("{OPTIONS}.length")).as_u64();
        match query.starts_with("salle") || query.starts_with("le ") {
            true => assert!(found > Some(0), "{query}: {said}"),
            false => assert!(found == Some(0) && said.starts_with("Rien n’a été trouvé"), "{query}: {said}"),
        }
        assert!(!browser.holds("document.querySelector('dialog.search script')"));
    }
    ask(&mut browser, "projecteru");
    browser.until(&format!("{OPTIONS}.length > 0"));
    let said = status(&mut browser);
    assert!(said.contains("«\u{a0}projecteru\u{a0}»") && said.contains("«\u{a0}projecteur\u{a0}»"), "{said}");
}

#[test]
fn a_missing_file_is_told() {
    let site = site();
    let out = built(&site);
    for entry in std::fs::read_dir(out.join("search")).expect("there is an index").filter_map(Result::ok) {
        if entry.path().is_file() && entry.file_name() != "index.js" {
            std::fs::remove_file(entry.path()).expect("a file can be removed");
        }
    }
    let mut browser = Browser::start();
    browser.open(&url(&out, "index.html"));
    ask(&mut browser, "salle");
    assert!(status(&mut browser).starts_with("La recherche n’a pas pu être chargée"));
}

#[test]
fn once_loaded_it_needs_no_network() {
    let site = site();
    let server = serve(site.path(), &[]);
    let mut browser = Browser::start();
    browser.open(&server.url);
    ask(&mut browser, "salle");
    browser.until(&format!("{OPTIONS}.length > 0"));
    let offline = json!({"offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
    browser.call("Network.emulateNetworkConditions", offline);
    ask(&mut browser, "porte");
    browser.until(&format!("{OPTIONS}[0]?.href.includes('guide/')"));
}

#[test]
fn an_enter_that_waits_is_taken_back() {
    let site = site();
    let server = serve(site.path(), &[]);
    let mut browser = Browser::start();
    // Before the program has loaded, and before its answer has.
    for is_loaded in [false, true] {
        browser.call("Network.setCacheDisabled", json!({"cacheDisabled": true}));
        browser.open(&server.url);
        browser.value("sessionStorage.clear()");
        if is_loaded {
            ask(&mut browser, "");
            browser.until("document.querySelector('dialog.search').words");
            browser.press("Escape", 27);
        }
        // The network keeps what the search asks for until all is typed.
        browser.call("Fetch.enable", json!({"patterns": [{"urlPattern": "*search*"}]}));
        ask(&mut browser, "materiel");
        browser.press("Enter", 13);
        browser.press("Escape", 27);
        browser.until("!document.querySelector('dialog.search').open");
        // What is asked next is not opened by the Enter of before, which leads elsewhere.
        ask(&mut browser, "materiel");
        browser.press("Enter", 13);
        ask(&mut browser, "porte");
        browser.call("Fetch.disable", json!({}));
        browser.until(&format!("{OPTIONS}[0]?.href.includes('guide/') && !{OPTIONS}[0].hash"));
        assert!(browser.holds("document.querySelector('dialog.search').open && location.hash === ''"), "{is_loaded}");
    }
}

#[test]
fn a_program_that_does_not_come_is_told() {
    let site = site();
    let out = built(&site);
    for entry in std::fs::read_dir(out.join("assets")).expect("there are assets").filter_map(Result::ok) {
        if entry.file_name().to_string_lossy().starts_with("search.")
            && entry.path().extension().is_some_and(|it| it == "js")
        {
            std::fs::remove_file(entry.path()).expect("a file can be removed");
        }
    }
    let mut browser = Browser::start();
    browser.open(&url(&out, "index.html"));
    let open = "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'k', ctrlKey: true, bubbles: true}))";
    browser.value(open);
    let told = "document.querySelector('dialog.search [role=status]').textContent.startsWith('La recherche n’a pas pu être chargée')";
    browser.until(told);
    browser.press("Escape", 27);
    browser.until("!document.querySelector('dialog.search').open");
    browser.value(open);
    browser.until(told);
    browser.open(&url(&out, "search.html?q=salle"));
    browser.until("document.querySelector('form.search [role=status]').textContent.startsWith('La recherche')");
    assert!(browser.holds("document.querySelector('form.search').checkVisibility()"));
}

#[test]
fn marks_are_seen_and_go_away() {
    let site = folder([
        ("pressoir.yml", "title: T\nlang: fr\n"),
        ("content/README.md", "# T\n"),
        (
            "content/a.md",
            "# A\n\n## Zèbre\n\n::: details Plus\nUne girafe.\n:::\n\n::: details Encore\nUne girafe, une gazelle, ==marquée==.\n:::\n\n::: details Rien\nUne girafe.\n:::\n",
        ),
    ]);
    let out = built(&site);
    let mut browser = Browser::start();
    browser.open(&url(&out, "index.html"));
    ask(&mut browser, "zebre girafe gazelle");
    browser.until(&format!("{OPTIONS}.length > 0"));
    browser.press("Enter", 13);
    browser.until("location.hash === '#zebre' && document.querySelectorAll('article mark').length > 5");
    assert_eq!(
        browser.value("[...document.querySelectorAll('article details')].map(it => it.open)"),
        json!([true, true, false]),
        "each word is seen once"
    );
    browser.press("Escape", 27);
    // What the author marked stays.
    browser.until("document.querySelectorAll('article mark').length === 1");
    assert_eq!(browser.text("document.querySelector('article details p').textContent"), "Une girafe.");
}

#[test]
fn a_search_has_an_address_and_a_plan_stands_for_it() {
    let site = site();
    let out = built(&site);
    let mut browser = Browser::start();
    browser.open(&url(&out, "search.html?q=calme"));
    browser.until("document.querySelector('form.search .search-results a')");
    assert!(browser.holds(
        "document.querySelector('form.search a').href.endsWith('guide/salles.html?find=calmes+calme#salles-calmes')"
    ));
    browser.open(&url(&out, "en/search.html?q=frontmatter"));
    browser.until("document.querySelector('form.search a')?.textContent.includes('Front matter')");
    browser.open(&url(&out, "zh/search.html?q=%E4%B8%8B%E6%8E%A8"));
    browser.until("document.querySelector('form.search mark')?.textContent === '下推'");
    // Without scripts the link leads to all pages.
    browser.call("Emulation.setScriptExecutionDisabled", json!({"value": true}));
    browser.open(&url(&out, "guide/salles.html"));
    browser.click("a.search-button");
    browser.until("location.pathname.endsWith('/search.html') && document.querySelectorAll('main a').length === 4");
    assert!(!browser.holds("document.querySelector('form.search').offsetWidth > 0"));
}

#[test]
fn all_results_can_be_seen() {
    let page = |number: usize| (format!("content/p{number}.md"), format!("# Page {number}\n\nUn okapi.\n"));
    let pages: Vec<(String, String)> = (1..=120).map(page).collect();
    let site = folder(pages.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    write(site.path(), "pressoir.yml", "title: Le guide\nlang: fr\n");
    let out = built(&site);
    let mut browser = Browser::start();
    browser.open(&url(&out, "search.html?q=okapi"));
    for (shown, more) in [(50, true), (100, true), (120, false)] {
        let links = "document.querySelectorAll('form.search .search-results a')";
        browser.until(&format!("{links}.length === {shown}"));
        assert_eq!(browser.holds("document.querySelector('.search-more').offsetWidth > 0"), more, "{shown}");
        if shown > 50 {
            assert!(
                browser.holds(&format!("document.activeElement === {links}[{}]", shown / 101 * 50 + 50)),
                "{shown}"
            );
        }
        if more {
            browser.click(".search-more");
        }
    }
    browser.value("document.querySelector('main input').select()");
    browser.call("Input.insertText", json!({"text": "page 7"}));
    browser.until("document.querySelectorAll('form.search .search-results a').length === 50");
}

#[test]
fn a_slip_is_told_as_it_is_written() {
    let site = site();
    let out = built(&site);
    let mut browser = Browser::start();
    browser.open(&url(&out, "index.html"));
    ask(&mut browser, "Télépohner");
    let said = status(&mut browser);
    let said = said.replace('\u{a0}', " ");
    assert!(said.ends_with("Personne n’a écrit « Télépohner » : voici ce qui répond à « téléphoner »."), "{said}");
}

#[test]
fn recent_searches_are_offered() {
    let site = site();
    let server = serve(site.path(), &[]);
    let mut browser = Browser::start();
    browser.open(&server.url);
    ask(&mut browser, "materiel");
    browser.until(&format!("{OPTIONS}[0]?.hash === '#materiel'"));
    browser.press("Enter", 13);
    browser.until("location.hash === '#materiel'");
    ask(&mut browser, "");
    browser.until(&format!("{OPTIONS}[0]?.textContent === 'materiel'"));
    assert_eq!(browser.text("document.querySelector('.search-page').textContent"), "Recherches récentes");
    // English readers of the same host have their own.
    browser.open(&format!("{}en/", server.url));
    ask(&mut browser, "");
    browser.until("document.querySelector('dialog.search').words");
    assert_eq!(browser.value(&format!("{OPTIONS}.length")), 0);
}

#[test]
fn it_fills_a_phone_and_fits() {
    let site = site();
    let out = built(&site);
    let mut browser = Browser::start();
    browser.resize(360, 700);
    browser.open(&url(&out, "index.html"));
    ask(&mut browser, "salle");
    browser.until(&format!("{OPTIONS}.length > 0 && document.querySelector('dialog.search').style.opacity === ''"));
    let sides = browser.value(
        "(() => { const box = document.querySelector('dialog.search').getBoundingClientRect(); \
         return [box.left, box.top, box.right - innerWidth, box.bottom - innerHeight].map(Math.round); })()",
    );
    assert_eq!(sides, json!([0, 0, 0, 0]));
    assert_eq!(browser.value("document.documentElement.scrollWidth"), 360);
}

#[test]
fn a_saved_page_is_found_at_once() {
    let site = site();
    let server = serve(site.path(), &["--watch"]);
    let load = |name: &str| {
        let mut file = ureq::get(format!("{}search/{name}", server.url)).call().ok()?;
        file.body_mut().read_to_string().ok()
    };
    let found = || {
        let found = pressoir::search::Reader::open(&load).and_then(|reader| reader.search("hippopotame", 5));
        found.map(|found| found.hits.into_iter().map(|hit| hit.url).collect::<Vec<_>>())
    };
    assert_eq!(found(), Ok(Vec::new()));
    write(site.path(), "content/guide/README.md", "# Mode d’emploi\n\nUn hippopotame.\n");
    let started = std::time::Instant::now();
    // Between two requests the site may be built anew: a file is missing then.
    while found() != Ok(vec!["guide/".to_owned()]) {
        assert!(started.elapsed() < super::LIMIT, "it is not found: {:?}", found());
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

/// The texts on which both sides are run.
fn texts() -> Vec<String> {
    let text = include_str!("../search/texts.txt");
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(str::to_owned).collect()
}

#[test]
fn words_are_read_as_in_rust() {
    let site = site();
    let out: PathBuf = built(&site);
    let mut browser = Browser::start();
    browser.open(&url(&out, "search.html"));
    browser.until("document.querySelector('form.search:not([hidden])')");
    let side = "document.querySelector('script[src*=\"/search.\"]').search";
    let texts = texts();
    let read = browser.value(&format!(
        "{}.map(text => {side}.tokens(text).map(it => [text.slice(it.start, it.end), it.leaves, it.joins, it.whole, it.run]))",
        json!(texts)
    ));
    let want: Vec<Value> = texts
        .iter()
        .map(|text| {
            let tokens = pressoir::search::tokens(text).into_iter();
            tokens.map(|it| json!([&text[it.start..it.end], it.leaves, it.joins, it.whole, it.run])).collect()
        })
        .collect();
    for ((text, read), want) in texts.iter().zip(read.as_array().expect("a list")).zip(&want) {
        assert_eq!(read, want, "{text}");
    }
    let words: Vec<&str> = texts.iter().flat_map(|text| text.split_whitespace()).collect();
    for pair in words.windows(2) {
        for most in [1, 2] {
            let read = browser.value(&format!(
                "{side}.between({side}.spelt({}), {side}.spelt({}), {most})",
                json!(pair[0]),
                json!(pair[1])
            ));
            let (whole, beginning) = pressoir::search::distance(pair[0], pair[1], most);
            assert_eq!(read, json!([whole, beginning]), "{pair:?}");
        }
    }
}

/// Numbers that look like chance and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

const WORDS: [&str; 64] = [
    "salle",
    "salles",
    "réserver",
    "réservation",
    "projecteur",
    "calme",
    "calmes",
    "porte",
    "clé",
    "clef",
    "œuvre",
    "étage",
    "themeConfig.nav",
    "frontmatter",
    "front matter",
    "snake_case",
    "HTMLElement",
    "l’accès",
    "索引下推",
    "索引",
    "Redis实现",
    "documentation",
    "documents",
    "document",
    "licence",
    "licences",
    "licencié",
    "mesurer",
    "mesure",
    "mesurez",
    "pour",
    "le",
    "configuration",
    "configurer",
    "v1.2.3",
    "gouvernement",
    "gouvernemental",
    "accueil",
    "accueillir",
    "été",
    "Bücher",
    "Straße",
    "Überprüfungen",
    "und",
    "configuraciones",
    "luces",
    "los",
    "документация",
    "документации",
    "настройки",
    "это",
    "العربية",
    "وcode",
    "مُحَمَّد",
    "שלום",
    "🎉",
    "👩‍👩‍👧",
    "--flag",
    "\"guillemets\"",
    "__init__",
    "fs.readFile",
    "Σίσυφος",
    "한국어",
    "データベース",
];

/// A site of many words, in several sections a page, long enough for several shards.
fn random_site(chance: &mut Chance, lang: &str) -> TempDir {
    let mut files = vec![("pressoir.yml".to_owned(), format!("title: T\nlang: {lang}\n"))];
    for page in 0..25 {
        let mut text = format!("# {} {}\n\n", WORDS[chance.below(WORDS.len())], WORDS[chance.below(WORDS.len())]);
        for _ in 0..chance.below(6) {
            let heading: Vec<&str> = (0..1 + chance.below(3)).map(|_| WORDS[chance.below(WORDS.len())]).collect();
            text.push_str(&format!("\n## {}\n\n", heading.join(" ")));
            for _ in 0..chance.below(60) {
                text.push_str(WORDS[chance.below(WORDS.len())]);
                text.push_str(&match chance.below(3) {
                    0 => format!(" mot{}{} ", chance.below(900), ["a", "eur", "é", "zone"][chance.below(4)]),
                    _ => " ".to_owned(),
                });
            }
            text.push_str("\n\n```js\nconst maVariable = themeConfig\n```\n");
        }
        files.push((format!("content/p{page}.md"), text));
    }
    folder(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

/// A site of few words in more sections than a shard keeps of a word.
fn crowded_site(chance: &mut Chance) -> TempDir {
    let mut files = vec![("pressoir.yml".to_owned(), "title: T\nlang: fr\n".to_owned())];
    for page in 0..36 {
        let mut text = "# Page\n".to_owned();
        for _ in 0..80 {
            let words: Vec<&str> = (0..1 + chance.below(9)).map(|_| WORDS[chance.below(6)]).collect();
            text.push_str(&format!("\n## {}\n\n{}\n", WORDS[chance.below(8)], words.join(" ")));
        }
        files.push((format!("content/p{page}.md"), text));
    }
    folder(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

/// The index of a built site, in the browser, too, as `window.index`.
fn opened<'f>(
    browser: &mut Browser,
    out: &Path,
    load: &'f dyn Fn(&str) -> Option<String>,
) -> pressoir::search::Reader<'f> {
    browser.open(&url(out, "search.html"));
    browser.until("document.querySelector('form.search:not([hidden])')");
    browser.value("(async () => { window.index = await new (document.querySelector('script[src*=\"/search.\"]').search.Index)('search/').open(); })()");
    pressoir::search::Reader::open(load).unwrap_or_else(|wrong| panic!("{wrong}"))
}

/// Asks both sides the same.
fn ask_both(browser: &mut Browser, reader: &pressoir::search::Reader<'_>, query: &str) {
    let found = reader.search(query, 12).unwrap_or_else(|wrong| panic!("{wrong}"));
    let want: Vec<Value> = found
        .hits
        .iter()
        .map(|hit| json!([hit.url, hit.id, hit.title, hit.trail, hit.score, hit.excerpt.text, hit.excerpt.marks.len()]))
        .collect();
    let ask = format!(
        "window.index.search({}, 12).then(({{ hits, total, corrected }}) => [hits.map(it => [it.url, it.id, it.title, it.trail, it.score, it.excerpt.text, it.excerpt.marks.length]), total, corrected])",
        json!(query)
    );
    assert_eq!(browser.value(&ask), json!([want, found.total, found.corrected]), "{query}");
}

#[test]
fn both_sides_rank_words_of_many_sections_alike() {
    let mut chance = Chance(5);
    let mut browser = Browser::start();
    let site = crowded_site(&mut chance);
    let out = built(&site);
    let load = |name: &str| std::fs::read_to_string(out.join("search").join(name)).ok();
    let reader = opened(&mut browser, &out, &load);
    for _ in 0..20 {
        let query: Vec<&str> = (0..1 + chance.below(3)).map(|_| WORDS[chance.below(8)]).collect();
        ask_both(&mut browser, &reader, &query.join(" "));
    }
}

#[test]
fn both_sides_rank_alike() {
    let mut chance = Chance(7);
    let mut browser = Browser::start();
    for lang in ["fr", "en", "de", "es", "ru", "zh", "ar"] {
        let site = random_site(&mut chance, lang);
        let out = built(&site);
        let load = |name: &str| std::fs::read_to_string(out.join("search").join(name)).ok();
        let reader = opened(&mut browser, &out, &load);
        for _ in 0..40 {
            let most = if chance.below(8) == 0 { 40 } else { 3 };
            let mut query: Vec<String> =
                (0..1 + chance.below(most)).map(|_| WORDS[chance.below(WORDS.len())].to_owned()).collect();
            let last = query.len() - 1;
            let letters: Vec<char> = query[last].chars().collect();
            match chance.below(6) {
                0 if letters.len() > 4 => query[last] = letters[..letters.len() - 2].iter().collect(),
                1 if letters.len() > 4 => {
                    let at = chance.below(letters.len() - 1);
                    let mut slip = letters.clone();
                    slip.swap(at, at + 1);
                    query[last] = slip.iter().collect();
                }
                2 => query[last] = format!("mot{}", chance.below(90)),
                3 if letters.len() > 5 => query[last] = letters[2..].iter().collect(),
                4 => query[0] = format!("\"{}\"'", query[0]),
                _ => {}
            }
            ask_both(&mut browser, &reader, &query.join(" "));
        }
    }
}
