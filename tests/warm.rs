//! A warm build gives byte for byte what a cold one gives, whatever was edited in between; so do two builds, and any
//! number of threads.

mod support;

use pressoir::build::Engine;
use proptest::prelude::*;
use support::{Project, findings};

/// Paths that edits choose from: pages, folders with and without an index, files, settings, a template.
const PATHS: &[&str] = &[
    "content/README.md",
    "content/a.md",
    "content/b.md",
    "content/guide/README.md",
    "content/guide/été x.md",
    "content/guide/deep/c.md",
    "content/en/README.md",
    "content/en/a.md",
    "content/image.png",
    "content/guide/image.png",
];

/// Texts of pages: links to each other, headings that come and go, containers, broken things.
const TEXTS: &[&str] = &[
    "",
    "# Titre\n",
    "# Autre titre\n\n## Partie\n\n[b](./b.md#partie)\n",
    "---\ntitle: Donné\norder: 2\n---\n\n[[toc]]\n\n## A\n\n## A\n",
    "## Sans titre\n\n[lien](guide/README.md) [mort](nulle-part.md) ![image](image.png)\n",
    "::: tip\n[x](../a.md)\n",
    "---\ntitle: [\n---\n",
    "---\ndraft: true\n---\n# Brouillon\n",
    "---\nhome: true\nheroText: Bonjour\n---\n\n```js{1}\nlet a\n```\n",
    "[a](/a.md) [guide](/guide/) [en](/en/a.html#partie)\n\n## Partie\n",
    "---\nsidebar: false\nprev: ./a.md\n---\n# Seul\n",
];

/// Settings that edits choose from.
const SETTINGS: &[&str] = &[
    "title: Un\n",
    "title: Deux\nconventions: vuepress1\n",
    "title: Un\nnav:\n  - text: A\n    link: /a.md\nsidebar: headings\n",
    "title: Un\nlang: fr\nlocales:\n  /: {lang: fr}\n  /en/: {lang: en, title: One}\n",
    "titel: Faute\n",
    "title: [\n",
    "title: Un\nclean_urls: true\nurl: https://example.org\nmarkdown: {line_numbers: true}\n",
];

/// A template that says something else.
const TEMPLATE: &str = "themes/default/templates/404.html";

#[derive(Clone, Debug)]
enum Edit {
    Write(usize, usize),
    Remove(usize),
    Settings(usize),
    Template(bool),
}

fn edits() -> impl Strategy<Value = Vec<Vec<Edit>>> {
    let edit = prop_oneof![
        6 => (0..PATHS.len(), 0..TEXTS.len()).prop_map(|(path, text)| Edit::Write(path, text)),
        2 => (0..PATHS.len()).prop_map(Edit::Remove),
        1 => (0..SETTINGS.len()).prop_map(Edit::Settings),
        1 => any::<bool>().prop_map(Edit::Template),
    ];
    prop::collection::vec(prop::collection::vec(edit, 1..4), 1..8)
}

fn apply(project: &Project, edit: &Edit) -> pressoir::base::SourcePath {
    match edit {
        Edit::Write(path, text) => project.write(PATHS[*path], TEXTS[*text]),
        Edit::Remove(path) => project.remove(PATHS[*path]),
        Edit::Settings(settings) => project.write("pressoir.yml", SETTINGS[*settings]),
        Edit::Template(true) => project.write(TEMPLATE, "<!doctype html><title>perdu</title>"),
        Edit::Template(false) => project.remove(TEMPLATE),
    }
}

fn assert_equal(warm: &mut Engine, cold: &mut Engine) {
    let (warm_build, cold_build) = (warm.build(), cold.build());
    assert_eq!(findings(&warm_build, warm), findings(&cold_build, cold), "the reports differ");
    let paths = |build: &pressoir::build::Build| build.output.keys().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(paths(&warm_build), paths(&cold_build), "the files differ");
    for (path, artefact) in warm_build.output.iter() {
        assert!(*artefact == cold_build.output[path], "`{path}` differs");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn warm_equals_cold(rounds in edits()) {
        let project = Project::new([("pressoir.yml", SETTINGS[0]), (PATHS[0], TEXTS[2]), (PATHS[2], TEXTS[9])]);
        let mut warm = project.engine();
        warm.build();
        for round in &rounds {
            let changed: Vec<_> = round.iter().map(|edit| apply(&project, edit)).collect();
            warm.invalidate(&changed);
            assert_equal(&mut warm, &mut project.engine());
        }
    }
}

/// A site in which every page links to others.
fn site(pages: usize) -> Project {
    let project = Project::new([("pressoir.yml", "title: Site\n")]);
    for page in 0..pages {
        let (next, text) = ((page * 7 + 1) % pages, TEXTS[page % TEXTS.len()]);
        project.write(
            &format!("content/part{}/page{page}.md", page % 5),
            format!("{text}\n\n[suivante](../part{}/page{next}.md)\n", next % 5),
        );
    }
    project
}

#[test]
fn one_and_eight_threads_give_the_same_bytes() {
    let project = site(60);
    let build = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
        pool.install(|| project.build())
    };
    let (one, eight, again) = (build(1), build(8), build(8));
    assert!(one.output == eight.output && eight.output == again.output);
    assert_eq!(one.report, eight.report);
    assert!(one.output.len() > 40);
}

#[test]
fn the_edit_of_a_body_renders_one_page() {
    let project = site(30);
    let mut engine = project.engine();
    assert_eq!(engine.build().stats.rendered, 28, "all pages but the drafts");
    let path = project.write("content/part1/page1.md", "# Titre\n\nUn mot.\n");
    engine.invalidate(&[path]);
    engine.build();
    let path = project.write("content/part1/page1.md", "# Titre\n\nDeux mots.\n");
    engine.invalidate(&[path]);
    let stats = engine.build().stats;
    assert_eq!((stats.parsed, stats.rendered), (1, 1));
    assert_eq!(engine.build().stats.rendered, 0);
}
