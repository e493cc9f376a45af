//! What is found in small sites.
#![allow(clippy::disallowed_types, reason = "an engine and a test share the files")]

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};

use crate::artefact::{Body, Output};
use crate::base::SourcePath;
use crate::build::Engine;
use crate::compat::Request;
use crate::search::{Hit, Reader};
use crate::vfs::{Files, Listing, Memory};

/// The files of a site's search.
fn files(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    of_search(&Engine::new(Box::new(Memory::new(files.iter().copied())), Request::default()).build().output)
}

fn of_search(output: &Output) -> BTreeMap<String, String> {
    let text = |body: &Body| match body {
        Body::Bytes(bytes) => String::from_utf8(bytes.to_vec()).ok(),
        Body::Copy(_) => None,
    };
    let own = output.iter().filter(|(path, _)| path.as_str().starts_with("search/"));
    own.filter_map(|(path, artefact)| Some((path.as_str()["search/".len()..].to_owned(), text(&artefact.body)?)))
        .collect()
}

fn hits(files: &BTreeMap<String, String>, query: &str) -> Vec<Hit> {
    let load = |name: &str| files.get(name).cloned();
    Reader::open(&load).and_then(|reader| reader.search(query, 10)).expect("the index is whole").hits
}

/// What a query finds, as readers see it: `address#id, title › headings`.
fn found(files: &BTreeMap<String, String>, query: &str) -> Vec<String> {
    let shown = |hit: Hit| {
        let names = std::iter::once(hit.title).chain(hit.trail).collect::<Vec<_>>().join(" › ");
        format!("{}#{}, {names}", hit.url, hit.id)
    };
    hits(files, query).into_iter().map(shown).collect()
}

#[test]
fn a_heading_that_is_left_out_is_neither_found_nor_shown() {
    for (page, query, want) in [
        ("# A\n\ntext\n\nOFF\n\n## Ouistiti\n\ntigre\n\nON\n\nloup\n", "loup", &["a.html#ouistiti, A"][..]),
        ("# A\n\nOFF\n\n## Ouistiti\n\nON\n\nloup\n\n### Ours\n\nzorille\n", "zorille", &["a.html#ours, A › Ours"]),
        // What stands below it belongs to those above it, and to no other.
        ("# A\n\n## B\n\nOFF\n\n### Ouistiti\n\nON\n\nloup\n", "loup", &["a.html#ouistiti, A › B"]),
        ("# A\n\n## B\n\nx\n\nOFF\n\n## Ouistiti\n\nON\n\nloup\n", "loup", &["a.html#ouistiti, A"]),
        ("# A\n\n## B\n\nx\n\nOFF\n\n## Ouistiti\n\nON\n\n### Loup\n\n", "loup", &["a.html#loup, A › Loup"]),
        ("# A\n\nOFF\n\n## Ouistiti\n\nON\n\n```txt\nloup\n```\n", "loup", &["a.html#ouistiti, A"]),
        ("---\ntitle: A\n---\nOFF\n\n# Ouistiti\n\nON\n\nloup\n", "loup", &["a.html#, A"]),
        ("---\ntitle: A\n---\nx\n\nOFF\n\n# Ouistiti\n\nON\n\nloup\n", "loup", &["a.html#ouistiti, A"]),
        ("# A\n\n## B\n\nOFF\n\ntigre\n\nON\n\nloup\n", "loup", &["a.html#b, A › B"]),
        // A heading that is found comes before what stands below it without one.
        (
            "# A\n\n## Loup\n\nx\n\nOFF\n\n### Ouistiti\n\nON\n\ntexte\n",
            "loup",
            &["a.html#loup, A › Loup", "a.html#ouistiti, A › Loup"],
        ),
    ] {
        let page = page.replace("OFF", "<!-- search:off -->").replace("ON", "<!-- search:on -->");
        let files = files(&[("pressoir.yml", "lang: fr\n"), ("content/a.md", &page)]);
        assert_eq!(found(&files, query), want, "{page}");
        for hidden in ["ouistiti", "ouisti", "tigre"] {
            assert_eq!(found(&files, hidden), [] as [&str; 0], "{hidden}: {page}");
        }
        assert!(!files.values().any(|file| file.contains("Ouistiti")), "{page}: {files:?}");
    }
}

/// The forms in which home pages are written, each with all that it may show.
const HOMES: [&str; 3] = [
    "home: true\nheroText: Fouine\ntagline: Une hermine & <b>co</b>\nactionText: Belette\nactionLink: a.md\n\
     features:\n- {title: Loutre, details: Un putois}\n- {title: Martre, details: [Un vison, Des furets]}\n",
    "home: true\nheroText: Fouine\ntagline: Une hermine & <b>co</b>\nactions: [{text: Belette, link: a.md}]\n\
     features:\n- {title: Loutre, details: Un putois}\n- {title: Martre, details: [Un vison, Des furets]}\n",
    "layout: home\nhero:\n  name: Foui<i>ne</i>\n  text: Une<br>hermine\n  tagline: \"&amp; &lt;b&gt;co&lt;/b&gt;\"\n  \
     actions: [{text: Belette, link: a.md}]\n\
     features:\n- {title: Lou<!-- x -->tre, details: <p>Un</p><p>putois</p>}\n- {title: Martre, details: [Un vison, Des furets]}\n",
];

fn home_site(home: &str, description: &str) -> [(&'static str, String); 3] {
    [
        ("pressoir.yml", format!("lang: fr\ntitle: Site\ndescription: {description}\n")),
        ("content/index.md", format!("---\n{home}---\n\nUn castor.\n\n## Partie\n\nUn ragondin.\n")),
        ("content/a.md", "# A\n\nUn rat.\n".to_owned()),
    ]
}

fn home_files(home: &str, description: &str) -> BTreeMap<String, String> {
    let site = home_site(home, description);
    files(&site.each_ref().map(|(path, text)| (*path, text.as_str())))
}

#[test]
fn what_a_home_page_shows_is_found_in_it_and_nowhere_else() {
    for home in HOMES {
        let files = home_files(home, "Un site");
        for query in ["fouine", "hermine", "loutre", "putois", "martre", "vison", "furet", "castor"] {
            let found = hits(&files, query);
            assert_eq!(found.first().map(|hit| hit.id.as_str()), Some(""), "{query}: {home}");
            // The large title is the page's, too.
            assert!(
                found.iter().all(|hit| hit.url.is_empty() && (query == "fouine" || hit.id.is_empty())),
                "{query}: {home}"
            );
        }
        assert_eq!(
            hits(&files, "furets")[0].excerpt.text,
            "Fouine Une hermine & <b>co</b> Loutre Un putois Martre Un vison Des furets Un castor.",
            "{home}"
        );
        // What a button says is the name of another page.
        assert_eq!(found(&files, "belette"), [] as [&str; 0], "{home}");
        assert_eq!(hits(&files, "ragondin")[0].id, "partie");
        let hidden = home_files(&format!("{home}search: false\n"), "Un site");
        for query in ["fouine", "loutre", "putois", "castor"] {
            assert_eq!(found(&hidden, query), [] as [&str; 0], "{query}: {home}");
        }
        // Other pages do not show it.
        let other =
            home_files(&home.replace("home: true", "home: false").replace("layout: home", "layout: doc"), "Un site");
        for query in ["hermine", "loutre", "putois"] {
            assert_eq!(found(&other, query), [] as [&str; 0], "{query}: {home}");
        }
    }
}

#[test]
fn a_home_page_that_says_nothing_shows_what_the_site_says() {
    let files = home_files("home: true\n", "Genette");
    assert_eq!(hits(&files, "genette")[0].excerpt.text, "Site Genette Un castor.");
    let files = home_files("home: true\nheroText: null\ntagline: null\n", "Genette");
    assert_eq!(hits(&files, "castor")[0].excerpt.text, "Un castor.");
}

/// Files that a test changes while an engine holds them.
#[derive(Clone)]
struct Shared(Arc<Mutex<Memory>>);

impl Shared {
    fn write(&self, path: &str, text: &str) -> SourcePath {
        let path = SourcePath::new(path).expect("a path inside the project");
        self.0.lock().expect("no test panics while it writes").insert(path.clone(), text);
        path
    }
}

impl Files for Shared {
    fn list(&self) -> io::Result<Listing> {
        self.0.lock().expect("no test panics while it writes").list()
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        self.0.lock().expect("no test panics while it writes").read(path)
    }
}

#[test]
fn the_index_follows_what_a_home_page_shows() {
    let shared = Shared(Arc::default());
    let features = "home: true\nfeatures: [{title: Loutre}]\n";
    home_site(features, "Un site").iter().for_each(|(path, text)| drop(shared.write(path, text)));
    let mut engine = Engine::new(Box::new(shared.clone()), Request::default());
    engine.build();
    for (home, description, query) in [
        // Only the settings are others.
        (features, "Une genette", "genette"),
        (HOMES[2], "Une genette", "hermine"),
        ("home: true\nfeatures: [{title: Zibeline}]\n", "Une genette", "zibeline"),
    ] {
        let site = home_site(home, description);
        let changed: Vec<SourcePath> = site.iter().map(|(path, text)| shared.write(path, text)).collect();
        engine.invalidate(&changed);
        let warm = of_search(&engine.build().output);
        assert_eq!(warm, home_files(home, description), "{description}: {home}");
        assert_eq!(hits(&warm, query).first().map(|hit| hit.url.as_str()), Some(""), "{query}");
    }
}
