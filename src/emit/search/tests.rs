//! What is found in small sites.

use std::collections::BTreeMap;

use crate::artefact::{Body, Output};
use crate::build::Engine;
use crate::compat::Request;
use crate::search::{Hit, Reader};
use crate::vfs::Memory;

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
