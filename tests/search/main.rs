//! Search from outside: what a site's index finds.

#[path = "../support/mod.rs"]
mod support;

use pressoir::artefact::Body;
use pressoir::build::Build;
use std::collections::BTreeMap;
use std::sync::Arc;

use pressoir::search::{Document, Found, Index, Indexed, Language, Reader, Section, fold, terms, tokens};
use proptest::prelude::*;
use support::{Project, findings};

fn search_in(build: &Build, folder: &str, query: &str, limit: usize) -> Found {
    let load = |name: &str| {
        let path = pressoir::base::OutPath::new(&format!("{folder}{name}"))?;
        match &build.output.get(&path)?.body {
            Body::Bytes(bytes) => String::from_utf8(bytes.to_vec()).ok(),
            Body::Copy(_) => None,
        }
    };
    Reader::open(&load).and_then(|reader| reader.search(query, limit)).expect("the index is whole")
}

/// The addresses that a query finds in a site of these files.
fn found(files: &[(&str, &str)], folder: &str, query: &str) -> Vec<String> {
    let build = Project::new(files.iter().copied()).build();
    let hits = search_in(&build, folder, query, 10).hits;
    hits.into_iter().map(|hit| if hit.id.is_empty() { hit.url } else { format!("{}#{}", hit.url, hit.id) }).collect()
}

#[test]
fn what_is_not_to_be_found_is_not() {
    let files = [
        ("pressoir.yml", "lang: fr\nlocales:\n  /: {}\n  /en/: {lang: en, search: false}\n"),
        (
            "content/a.md",
            "# A\n\ngirafe\n\n<!-- search:off -->\n\nzèbre\n\n## Lion\n\ntigre\n\n```txt\npuma\n```\n\n<!-- search:on -->\n\n## Ours\n\nloup\n",
        ),
        ("content/b.md", "---\nsearch: false\n---\n# B\n\ngirafe\n"),
        ("content/en/index.md", "# Home\n\ngiraffe\n"),
    ];
    assert_eq!(found(&files, "search/", "girafe"), ["a.html"]);
    for hidden in ["zebre", "lion", "tigre", "puma"] {
        assert_eq!(found(&files, "search/", hidden), [] as [&str; 0], "{hidden}");
    }
    assert_eq!(found(&files, "search/", "loup"), ["a.html#ours"]);
    let build = Project::new(files).build();
    let has = |prefix: &str| build.output.keys().any(|path| path.as_str().starts_with(prefix));
    assert!(has("search/index.js") && !has("search/en/") && !has("en/search.html") && has("search.html"));
}

#[test]
fn languages_and_weights_count() {
    let files = [
        ("pressoir.yml", "lang: fr\nurl: https://example.org\nlocales:\n  /: {}\n  /en/: {lang: en}\n"),
        ("content/a.md", "# A\n\nUne girafe mange.\n"),
        ("content/b.md", "---\nsearch: {boost: 3}\n---\n# B\n\nUne girafe mange.\n"),
        ("content/en/a.md", "# A\n\nRunning girafe.\n"),
    ];
    assert_eq!(found(&files, "search/", "girafes"), ["b.html", "a.html"]);
    assert_eq!(found(&files, "search/en/", "girafe"), ["en/a.html"]);
    let build = Project::new(files).build();
    let engine = support::page(&build, "en/opensearch.xml").expect("browsers are told");
    assert!(engine.contains("template=\"https://example.org/en/search.html?q={searchTerms}\""), "{engine}");
    assert!(support::page(&build, "a.html").is_some_and(|html| html.contains("href=\"opensearch.xml\"")));
}

#[test]
fn pages_are_found_by_all_that_they_are_called() {
    let files = [
        ("pressoir.yml", "lang: en\n"),
        (
            "content/a.md",
            "---\ntitle: Gondola three\ndescription: About okapis\ntags: [numbat]\nsearch: {words: [quokka]}\n---\n# Another heading\n\nText.\n\n## Sub\n\nMore.\n",
        ),
        (
            "content/b.md",
            "# B\n\n| One | Two |\n|---|---|\n| alpha<br>beta | gamma<br/>delta |\n\n<table><tr><td>galah</td><td>brolga</td></tr></table>\n\nMulti&shy;ply x<sub>min</sub>.\n",
        ),
        ("content/c.md", "# C\n\nSomebody wrote serach here.\n"),
        ("content/d.md", "# D\n\n## Search\n\nHow to search.\n"),
    ];
    for (query, page) in [
        ("gondola", "a.html"),
        ("Gondola three", "a.html"),
        ("Another heading", "a.html"),
        ("okapi", "a.html"),
        ("numbat", "a.html"),
        ("quokka", "a.html"),
        ("beta", "b.html"),
        ("delta", "b.html"),
        ("brolga", "b.html"),
        ("multiply", "b.html"),
        ("xmin", "b.html"),
    ] {
        assert_eq!(found(&files, "search/", query).first().map(String::as_str), Some(page), "{query}");
    }
    // A word that somebody misspelt, too, does not hide the others.
    for query in ["serach", "gondola serach"] {
        assert!(found(&files, "search/", query).iter().any(|page| page.starts_with("d.html")), "{query}");
    }
}

#[test]
fn words_that_are_written_together_are_found_apart() {
    let files = [
        ("pressoir.yml", "lang: en\n"),
        ("content/a.md", "# Parts\n\n## Sidebar\n\nHide the sidebar.\n\n## Javascript\n\nA language.\n"),
        ("content/b.md", "# Others\n\nOne side, and the other side.\n\n## Bar\n\nA bar, no script, no scripts.\n"),
        ("content/c.md", "# Jaws\n\nThe jaw of a shark.\n"),
    ];
    assert_eq!(found(&files, "search/", "side bar")[0], "a.html#sidebar");
    assert_eq!(found(&files, "search/", "hide side bar")[0], "a.html#sidebar");
    // `jawa` is no slip of `jaw` where its neighbour belongs to it.
    let build = Project::new(files).build();
    let asked = search_in(&build, "search/", "java script", 10);
    assert_eq!((asked.hits[0].id.as_str(), asked.corrected.as_slice()), ("javascript", [].as_slice()));
}

#[test]
fn a_letter_with_its_signs_is_a_name() {
    let files = [
        ("pressoir.yml", "lang: en\n"),
        ("content/a.md", "# What is C, what is IoC?\n\nC is older than all of them.\n"),
        ("content/b.md", "# Languages\n\n## C++\n\nSince 1985, and C++17 since 2017.\n\n## C#\n\nSince 2000.\n"),
        ("content/c.md", "# Since\n\nIt began with c++.\n"),
    ];
    assert_eq!(found(&files, "search/", "C++"), ["b.html#c", "c.html"]);
    assert_eq!(found(&files, "search/", "c++ 17"), ["b.html#c", "c.html"]);
    assert_eq!(found(&files, "search/", "C# since")[0], "b.html#c-1");
    assert_eq!(found(&files, "search/", "c")[0], "a.html");
}

#[test]
fn excerpts_are_of_the_code_where_more_of_the_words_stand() {
    let page = "# Install\n\nWith npm, or another program.\n\n```sh\nnpm add tapir\n```\n";
    let build = Project::new([("pressoir.yml", "lang: en\n"), ("content/a.md", page)]).build();
    let excerpt = |query: &str| search_in(&build, "search/", query, 1).hits.remove(0).excerpt;
    assert_eq!(excerpt("npm add tapir").text, "npm add tapir");
    assert_eq!(excerpt("npm").text, "With npm, or another program.");
    assert_eq!(excerpt("npm program tapir").text, "With npm, or another program.");
    assert_eq!(excerpt("install").text, "With npm, or another program.");
}

#[test]
fn ends_of_words_are_looked_for_where_nouns_are_joined() {
    let pages = |lang: &'static str| {
        [("pressoir.yml", lang), ("content/a.md", "# Benutzerhandbuch\n\navailable\n"), ("content/b.md", "# Label\n")]
    };
    assert_eq!(found(&pages("lang: de\n"), "search/", "Handbuch"), ["a.html"]);
    assert_eq!(found(&pages("lang: en\n"), "search/", "lable"), ["b.html"]);
}

#[test]
fn a_heading_that_is_typed_as_it_stands_comes_first() {
    let files = [
        ("pressoir.yml", "lang: en\n"),
        ("content/a.md", "# Configure plugins\n\nText.\n\n#### Configuring plugins\n\nText.\n"),
        ("content/b.md", "# Configured plugin\n\nText.\n"),
    ];
    for (query, want) in [
        ("Configure plugins", "a.html"),
        ("configuring plugins", "a.html#configuring-plugins"),
        ("Configured Plugin", "b.html"),
    ] {
        assert_eq!(found(&files, "search/", query)[0], want, "{query}");
    }
}

#[test]
fn slips_below_search_are_told() {
    for (written, want) in [
        ("search: false", ""),
        ("search: {boost: 2, words: [a, 404]}", ""),
        ("search: no", "a.md:2:1: warning[setting-type]: `search` should be `true`, `false`, or keys and values"),
        (
            "search:\n  boots: 2",
            "a.md:3:3: warning[unknown-setting]: `search` has no key `boots`\n  help: did you mean `boost`?",
        ),
        (
            "search:\n  boost: much",
            "a.md:3:3: warning[setting-type]: `search.boost` should be a number from 0.01 to 10",
        ),
        ("search: {boost: 0}", "a.md:2:10: warning[setting-type]: `search.boost` should be a number from 0.01 to 10"),
        ("search: {words: {a: b}}", "a.md:2:10: warning[setting-type]: `search.words` should be a list of words"),
    ] {
        let page = format!("---\n{written}\n---\n# A\n\n<!-- search: off -->\n\nzebra\n");
        let project = Project::new([("pressoir.yml", "lang: en\n"), ("content/a.md", page.as_str())]);
        let mut engine = project.engine();
        let build = engine.build();
        let told = findings(&build, &engine);
        assert!(told.contains(want) && told.is_empty() == want.is_empty(), "{written}: {told}");
        if want.is_empty() && written != "search: false" {
            assert_eq!(search_in(&build, "search/", "zebra", 5).total, 0, "{written}");
        }
    }
}

#[test]
fn nothing_is_left_of_a_search_that_is_switched_off() {
    let build = Project::new([("pressoir.yml", "search: false\n"), ("content/a.md", "# A\n")]).build();
    assert!(!build.output.keys().any(|path| path.as_str().contains("search")), "{:?}", build.output.keys());
    assert!(support::page(&build, "a.html").is_some_and(|html| !html.contains("search")));
}

#[test]
fn texts_are_read_as_they_should_be() {
    let read = |text: &str| {
        let words = tokens(text).into_iter().map(|token| [token.leaves, token.joins].concat().join(" "));
        words.collect::<Vec<_>>().join(", ")
    };
    for (text, want) in [
        ("L’accès à l'école, aujourd’hui", "acces, a, ecole, aujourd, hui"),
        ("themeConfig.nav", "theme config nav themeconfig themeconfignav"),
        ("HTMLElement GPLv2", "html element htmlelement, gplv2"),
        ("sous-domaine", "sous domaine sousdomaine"),
        ("don't site's", "don, site"),
        ("وcode", "و code وcode"),
        ("الإعدادات وللإعدادات بالصفحة للمستخدم الى", "اعدادات, وللاعدادات, صفحه, مستخدم, الي"),
        ("索引下推 x", "索 引 下 推 索引 引下 下推, x"),
        ("--flag __init__ a.b.", "flag, init, a b ab"),
    ] {
        assert_eq!(read(text), want, "{text}");
    }
    for (word, want) in
        [("Œuvre", "oeuvre"), ("STRASSE", "strasse"), ("straße", "strasse"), ("Ёлка", "елка"), ("ｶﾞ", "ガ")]
    {
        assert_eq!(fold(word), want);
    }
}

#[test]
fn every_text_of_the_vectors_finds_its_page() {
    for text in include_str!("texts.txt").lines().filter(|line| !line.starts_with('#')) {
        let build =
            Project::new([("pressoir.yml", ""), ("content/a.md", format!("# T\n\n```txt\n{text}\n```\n").as_str())])
                .build();
        for token in tokens(text) {
            let word = &text[token.start..token.end];
            let hits = search_in(&build, "search/", word, 5).hits;
            assert!(hits.iter().any(|hit| hit.url == "a.html"), "{word} of {text}");
        }
    }
}

/// A page with these texts as its sections.
fn page_of(number: usize, texts: &[String]) -> Arc<Indexed> {
    let section = |text: &String| Section { id: "s".to_owned(), text: text.clone(), ..Section::default() };
    let sections = texts.iter().map(section).collect();
    let document = Document { url: format!("p{number}.html"), title: "T".to_owned(), boost: 100, sections };
    Arc::new(Indexed { terms: terms(&document, &Language::of("fr")), document })
}

#[test]
fn words_of_many_sections_are_found_together() {
    // Two words, each in more sections than a shard keeps of it, and only one section has both, where they tell least.
    let text = |section: usize| if section.is_multiple_of(2) { "salle salle" } else { "calme calme" }.to_owned();
    let mut pages: Vec<Vec<String>> = (0..50).map(|_| (0..82).map(text).collect()).collect();
    pages[30][50] = format!("salle {} calme", "bruit ".repeat(200));
    let all = |pages: &[Vec<String>]| -> Vec<Arc<Indexed>> {
        pages.iter().enumerate().map(|(number, texts)| page_of(number, texts)).collect()
    };
    let mut index = Index::new(all(&pages), Language::of("fr"));
    let best = |index: &Index, query: &str| {
        let files: BTreeMap<String, _> = index.files().into_iter().collect();
        let load = |name: &str| String::from_utf8(files.get(name)?.contents.to_vec()).ok();
        let found = Reader::open(&load).and_then(|reader| reader.search(query, 2)).expect("the index is whole");
        found.hits[0].url.clone()
    };
    assert_eq!(best(&index, "salle calme"), "p30.html");
    assert_eq!(best(&index, "calme salle"), "p30.html");
    // Some pages lose them, so that a shard can keep all that are left, and have them again.
    let cold = |pages: &[Vec<String>]| -> BTreeMap<String, _> {
        Index::new(all(pages), Language::of("fr")).files().into_iter().collect()
    };
    let mut fewer = pages.clone();
    fewer.iter_mut().take(3).flatten().for_each(|text| *text = "bruit".to_owned());
    let mut files = cold(&pages);
    let first = files.len();
    for pages in [fewer, pages] {
        let changes = index.follow(all(&pages));
        for path in changes.went {
            assert!(files.remove(&path).is_some(), "{path} was there");
        }
        files.extend(changes.came);
        assert!(files == cold(&pages));
    }
    assert_eq!(files.len(), first);
}

#[test]
fn a_name_is_found_by_its_words_though_one_says_little() {
    // So many words that the name and its second word lie in files of their own.
    let section =
        |heading: String, text: String| Section { id: heading.clone(), level: 2, heading, text, ..Section::default() };
    let mut sections: Vec<Section> = (0..40)
        .map(|part| section("Layout".to_owned(), (0..150).map(|word| format!("place{}{word}x ", part * 211)).collect()))
        .collect();
    sections.push(section("useLayout".to_owned(), "A function.".to_owned()));
    let document = Document { url: "a.html".to_owned(), title: "T".to_owned(), boost: 100, sections };
    let language = Language::of("en");
    let index = Index::new(vec![Arc::new(Indexed { terms: terms(&document, &language), document })], language);
    let files: BTreeMap<String, _> = index.files().into_iter().collect();
    let load = |name: &str| String::from_utf8(files.get(name)?.contents.to_vec()).ok();
    let reader = Reader::open(&load).expect("the index is whole");
    for query in ["use layout", "useLayout", "useLayuot"] {
        let found = reader.search(query, 1).expect("the index is whole");
        assert_eq!(found.hits[0].id, "useLayout", "{query}");
    }
}

/// A page whose sections hold these words.
fn indexed(number: usize, sections: &[Vec<u16>]) -> Arc<Indexed> {
    let section = |words: &Vec<u16>| Section {
        heading: format!("part {}", words.len()),
        text: words.iter().map(|word| format!("mot{word} sal{}le ", word % 700)).collect(),
        ..Section::default()
    };
    let document = Document {
        url: format!("p{number}.html"),
        title: format!("Page {number}"),
        boost: 100,
        sections: sections.iter().map(section).collect(),
    };
    Arc::new(Indexed { terms: terms(&document, &Language::of("fr")), document })
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,9}",
        "[a-zéèœçñß]{3,8}",
        "[a-z]{2,5}[A-Z][a-z]{2,6}",
        "[а-я]{2,8}",
        "[一-龥]{1,5}",
        "[0-9]{1,4}"
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Every word of every page finds that page.
    #[test]
    fn every_word_finds_its_page(pages in prop::collection::vec(prop::collection::vec(word(), 1..30), 1..8)) {
        let texts: Vec<(String, String)> = pages
            .iter()
            .enumerate()
            .map(|(number, words)| (format!("content/p{number}.md"), format!("# T\n\n## S\n\n```txt\n{}\n```\n", words.join(" "))))
            .collect();
        let project = Project::new(texts.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        project.write("pressoir.yml", "");
        let build = project.build();
        for (number, words) in pages.iter().enumerate() {
            for word in words {
                let hits = search_in(&build, "search/", word, 100).hits;
                let url = format!("p{number}.html");
                prop_assert!(hits.iter().any(|hit| hit.url == url), "{word} does not find {url}");
            }
        }
    }

    /// An index that followed its pages has the files of one that was made at once.
    #[test]
    fn an_index_follows_its_pages(
        pages in prop::collection::vec(prop::collection::vec(prop::collection::vec(0u16..6000, 20..200), 1..4), 20..40),
        edits in prop::collection::vec((0usize..40, 0usize..4, 0usize..6, 0u16..6000), 1..6),
    ) {
        let mut pages = pages;
        let all = |pages: &[Vec<Vec<u16>>]| -> Vec<Arc<Indexed>> {
            pages.iter().enumerate().map(|(number, sections)| indexed(number, sections)).collect()
        };
        let mut index = Index::new(all(&pages), Language::of("fr"));
        let mut files: BTreeMap<String, _> = index.files().into_iter().collect();
        prop_assert!(files.len() > 12, "there are several shards");
        for (page, section, kind, word) in edits {
            let page = page % pages.len();
            let section = section % pages[page].len();
            match kind {
                0 => pages[page].push(vec![word]),
                1 => drop(pages.remove(page)),
                2 => pages[page][section].truncate(3),
                3 => pages[page][section][0] = word,
                _ => pages[page][section].push(word),
            }
            let changes = index.follow(all(&pages));
            for path in changes.went {
                prop_assert!(files.remove(&path).is_some(), "{path} was there");
            }
            files.extend(changes.came);
            let cold: BTreeMap<String, _> = Index::new(all(&pages), Language::of("fr")).files().into_iter().collect();
            prop_assert!(files == cold, "after an edit of kind {kind}");
        }
    }
}
