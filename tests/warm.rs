//! A warm build gives byte for byte what a cold one gives, whatever was edited in between; so do two builds, and any
//! number of threads.

mod support;

use pressoir::base::{OutPath, SourcePath};
use pressoir::build::{Build, Engine, Stats};
use pressoir::compat::Request;
use pressoir::diag::Diagnostic;
use pressoir::vfs::{Files, Listing};
use proptest::prelude::*;
use support::{Project, findings};

/// Paths that pages are written to and removed from.
const PAGES: &[&str] = &[
    "content/README.md",
    "content/a.md",
    "content/b.md",
    "content/guide/README.md",
    "content/guide/index.md",
    "content/guide/été x.md",
    "content/guide/deep/c.md",
    "content/en/README.md",
    "content/en/a.md",
    "content/404.md",
    "README.md",
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
    "---\nhome: true\nheroText: Bonjour\nheroImage: /image.png\nactions:\n  - {text: Lire, link: ./a.md}\n---\n\n```js{1}\nlet a\n```\n",
    "[a](/a.md) [guide](/guide/) [en](/en/a.html#partie)\n\n## Partie\n",
    "---\nsidebar: false\nprev: ./a.md\n---\n# Seul\n",
    "# Titre\n\n<Carte titre=\"a\">\n\n**b** {{ $site.title }} {{ $themeConfig.x }}\n\n</Carte>\n\n<Autre/> <Badge text=\"c\"/> {{ $page.title }} {{ $site.base }}\n",
    // The same text further down: only its places differ.
    "\n\n## Sans titre\n\n[lien](guide/README.md) [mort](nulle-part.md) ![image](image.png)\n",
    "---\n# A remark moves what follows.\nprev: ./nulle-part.md\n---\n# Seul\n\n```inconnu\n```\n",
    "---\nprev: ./nulle-part.md\npermalink: /a.html\n---\n# Seul\n\n```inconnu\n```\n",
    "<!-- @include: ./parts/x.md -->\n\n<!-- @include: @/parts/x.md#r{1,} -->\n\n<<< @/code/a.js#r{1}\n",
    "- <!-- @include: /parts/dehors.md -->\n\n  @[code{1-}](./code/a.js)\n\n<!-- @include: ./b.md -->\n",
    "[[toc]]\n\n<!-- @include: parts/z.md -->\n<!-- @include: /content/a.md -->\n\n<<< ./code/b.js\n",
    "# Titre\n\n<img src=\"./image.png\"> <a href=\"/fichier.pdf\">f</a> [b](b.md?x#titre)\r\n",
    // It shows the title of the site, which the settings change.
    "---\nhome: true\nfeatures:\n  - {title: Atout, details: Une <b>fouine</b>}\n---\n",
];

/// Files that pages include or show, which may be pages themselves.
const SHOWN: &[(&str, &[&str])] = &[
    (
        "content/parts/x.md",
        &[
            "# Partie\n\n[b](../b.md#partie)\n",
            "---\ntitle: X\n---\n<!-- #region r -->\n::: tip\n<!-- #endregion -->\nFin [mort](mort.md)\n",
            "<!-- @include: ./y.md -->\n",
            "<!-- @include: ../a.md -->\n",
            "\n\n[b](../b.md#partie)\n",
        ],
    ),
    ("content/parts/y.md", &["Y ![i](../image.png)\n", "- <!-- @include: ./x.md -->\n", "<<< ../code/a.js\n", "é\0\n"]),
    ("content/code/a.js", &["let a = 1\n", "// #region r\nlet b = 2\n// #endregion\n", "\0"]),
    ("parts/dehors.md", &["[a](../content/a.md)\n", "## Dehors\n"]),
];

/// Files that are no pages: settings, a theme, files that pages show; each with what may be written there.
const FILES: &[(&str, &[&str])] = &[
    (
        "pressoir.yml",
        &[
            "title: Un\n",
            "title: Deux\nconventions: vuepress1\n",
            "title: Un\nconventions: vitepress2\n",
            "title: Un\nnav:\n  - text: A\n    link: /a.md\nsidebar: headings\n",
            "title: Un\n# A remark.\nnav:\n  - {text: A, link: /nulle-part.md}\nsidebar: [/a.md, /b.md]\n",
            "title: Un\nnav:\n  - {text: A, link: /nulle-part.md}\nsidebar: [/a.md, /b.md]\n",
            "title: Un\nlang: fr\nlocales:\n  /: {lang: fr}\n  /en/: {lang: en, title: One}\n",
            "title: Un\nlocales:\n  fallback: true\n  /: {lang: fr}\n  /en/: {lang: en}\n",
            "titel: Faute\n",
            "title: Un\ndata: {x: 1}\n",
            "title: [\n",
            "title: Un\nclean_urls: true\nurl: https://example.org\nmarkdown: {line_numbers: true, toc: {levels: [1, 4]}}\n",
            "title: Un\nbase: /un/\ndrafts: true\nexclude: [guide/**]\nlogo: /image.png\ndate: 2026-11-23\n",
            "content: content/guide\ntheme: mien\n",
            "title: Un\nlast_updated: true\ncontributors: true\n",
        ],
    ),
    (".vuepress/config.yml", &["title: Vieux\n", "themeConfig:\n  sidebar: auto\n", "lang: fr\nbase: /b/\n"]),
    (
        ".vuepress/config.js",
        &[
            "module.exports = { title: 'Programme', themeConfig: require('./menu.js') }\n",
            "const fs = require('fs')\nmodule.exports = { title: fs.readFileSync(__dirname + '/titre.txt', 'utf8') }\n",
            "module.exports = { title: require('fs').readdirSync('content').join() }\n",
            "throw 1\n",
        ],
    ),
    (".vuepress/menu.js", &["module.exports = { sidebar: 'auto' }\n", "module.exports = { sidebar: ['/a'] }\n"]),
    (".vuepress/titre.txt", &["Un", "Deux"]),
    (".vuepress/public/image.png", &["vieille image"]),
    (
        "package.json",
        &["{\"devDependencies\": {\"vuepress\": \"^1.9.0\"}}", "{\"devDependencies\": {\"vuepress\": \"next\"}}"],
    ),
    (".vitepress/config.yml", &["title: Autre\n"]),
    (
        ".vitepress/config.ts",
        &[
            "export default { title: 'TS', rewrites: { 'content/:x': ':x' }, themeConfig: { nav: [{ text: 'A', link: '/content/a' }] } }\n",
            "import menu from './menu'\nexport default { title: 'TS', themeConfig: { sidebar: menu as unknown } }\n",
        ],
    ),
    (
        ".vitepress/menu.ts",
        &["export default [{ text: 'A', link: '/content/a' }]\n", "export default [{ text: 'B', items: [] }]\n"],
    ),
    ("content/guide/[nom].md", &["# {{ $params.nom }}\n\n<!-- @content -->\n", "Page [a](../a.md)\n"]),
    (
        "content/guide/[nom].paths.js",
        &[
            "export default { paths() { return [{ params: { nom: 'un' } }, { params: { nom: 'deux' }, content: '## Deux' }] } }\n",
            "import fs from 'fs'\nexport default { paths: () => fs.readdirSync('content').map((nom) => ({ params: { nom: nom.replace('.', '-') } })) }\n",
            "export default { paths() { return 1 } }\n",
        ],
    ),
    ("search-tests.yml", &["- {query: titre, expect: /a.html}\n", "- query: [\n", "[]\n"]),
    ("content/search-tests.yml", &["- {query: partie, expect: /b.html, within: 1}\n"]),
    (
        "pressoir.lock",
        &[
            "pressoir.lock 1\n/\tREADME.md\tAccueil\n/a.html\ta.md\tTitre\n/a.html#partie\ta.md\tPartie\n/b.html\tb.md\tTitre\n",
            "pressoir.lock 1\n/perdu.html\tperdu.md\tSeul\n/a.html#titre\ta.md\tTitre\n/guide/\tguide/README.md\tSans titre\n",
            "pressoir.lock 1\n<<<<<<< HEAD\n/a.html\t=> /b.html\n=======\n/en/a\ten/a.md\tA\n>>>>>>> x\nz\n",
            "pressoir.lock 2\n/a.html\ta.md\n",
        ],
    ),
    ("content/image.png", &["image", "autre image"]),
    ("content/guide/image.png", &["image"]),
    ("content/fichier.pdf", &["fichier", "autre fichier"]),
    ("content/CACHEDIR.TAG", &["x"]),
    ("themes/default/templates/404.html", &["<!doctype html><title>perdu</title>"]),
    ("themes/default/templates/partials/sidebar.html", &["{{ items | length }}", "{{ items | nothing }}"]),
    ("themes/default/i18n/fr.yml", &["menu: Sommaire\n", "menu: [\n"]),
    ("themes/default/assets/style.css", &["a{}", "b{}"]),
    (
        "components/Carte.html",
        &[
            "{% component Carte(titre: String) %}<i>{{ titre }}{{ body }}</i>{% endcomponent %}",
            "{% component Carte(titre: Integer = 1) %}<b>{{ body }}</b>{% endcomponent %}",
            "{% component Carte(titre: String) %}{{ titre | nothing }}{% endcomponent %}",
            "{% component Carte(titre: String) %}{{ absent }}{% endcomponent %}",
        ],
    ),
    ("themes/mien/components/Autre.html", &["{% component Autre() %}<Carte/>{% endcomponent %}"]),
    ("themes/default/components/badge.html", &["{% component Badge(text) %}{{ text }}{% endcomponent %}"]),
    ("themes/default/theme.yml", &["styles: [style.css]\n", "styles: [absent.css]\n"]),
    (
        "themes/mien/templates/page.html",
        &["{% extends \"default/base.html\" %}{% block banner %}mien{% endblock banner %}"],
    ),
];

/// Folders that are renamed to each other.
const FOLDERS: &[&str] =
    &["content/guide", "content/en", "content/été", "content", "docs", "themes/default", "themes/mien"];

#[derive(Clone, Debug)]
enum Edit {
    Page(usize, usize),
    RemovePage(usize),
    File(usize, usize),
    RemoveFile(usize),
    Shown(usize, usize),
    RemoveShown(usize),
    Rename(usize, usize),
    RemoveFolder(usize),
    /// Many pages of a folder at once.
    Many(usize, usize),
    /// The repository stands at another commit; the files say so themselves.
    Commit(usize),
    /// Drafts are shown, or hidden.
    Drafts(bool),
    /// Touched, but as it was.
    Touch(usize),
    /// What the watcher says when it cannot tell.
    Everything,
    /// A check between two builds.
    Check,
}

fn edits() -> impl Strategy<Value = Vec<Vec<Edit>>> {
    let edit = prop_oneof![
        8 => (0..PAGES.len(), 0..TEXTS.len()).prop_map(|(path, text)| Edit::Page(path, text)),
        3 => (0..PAGES.len()).prop_map(Edit::RemovePage),
        6 => (0..FILES.len(), any::<prop::sample::Index>())
            .prop_map(|(file, text)| Edit::File(file, text.index(FILES[file].1.len()))),
        3 => (0..FILES.len()).prop_map(Edit::RemoveFile),
        6 => (0..SHOWN.len(), any::<prop::sample::Index>())
            .prop_map(|(file, text)| Edit::Shown(file, text.index(SHOWN[file].1.len()))),
        2 => (0..SHOWN.len()).prop_map(Edit::RemoveShown),
        1 => (0..FOLDERS.len(), 0..FOLDERS.len()).prop_map(|(from, to)| Edit::Rename(from, to)),
        1 => (0..FOLDERS.len()).prop_map(Edit::RemoveFolder),
        1 => (0..FOLDERS.len(), 0..TEXTS.len()).prop_map(|(folder, text)| Edit::Many(folder, text)),
        1 => (0..3_usize).prop_map(Edit::Commit),
        1 => any::<bool>().prop_map(Edit::Drafts),
        1 => (0..PAGES.len()).prop_map(Edit::Touch),
        1 => Just(Edit::Everything),
        1 => Just(Edit::Check),
    ];
    // In an empty round nothing has changed.
    prop::collection::vec(prop::collection::vec(edit, 0..4), 1..8)
}

fn apply(project: &Project, engine: &mut Engine, request: &mut Request, edit: &Edit) {
    let changed = match edit {
        Edit::Page(path, text) => vec![project.write(PAGES[*path], TEXTS[*text])],
        Edit::RemovePage(path) => vec![project.remove(PAGES[*path])],
        Edit::File(file, text) => vec![project.write(FILES[*file].0, FILES[*file].1[*text])],
        Edit::RemoveFile(file) => vec![project.remove(FILES[*file].0)],
        Edit::Shown(file, text) => vec![project.write(SHOWN[*file].0, SHOWN[*file].1[*text])],
        Edit::RemoveShown(file) => vec![project.remove(SHOWN[*file].0)],
        Edit::Rename(from, to) => project.rename(FOLDERS[*from], FOLDERS[*to]),
        Edit::RemoveFolder(folder) => project.remove_folder(FOLDERS[*folder]),
        Edit::Many(folder, text) => (0..12)
            .map(|number| {
                let text = format!("{}\n\n[x](p{}.md)\n", TEXTS[(*text + number) % TEXTS.len()], (number * 5 + 1) % 12);
                project.write(&format!("{}/p{number}.md", FOLDERS[*folder]), text)
            })
            .collect(),
        Edit::Commit(number) => return project.commit(["un", "deux", "trois"][*number]),
        Edit::Drafts(drafts) => {
            request.drafts = *drafts;
            return engine.ask(request.clone());
        }
        Edit::Touch(path) => vec![SourcePath::new(PAGES[*path]).expect("a path inside the project")],
        Edit::Everything => return engine.invalidate_all(),
        Edit::Check => {
            engine.check();
            return;
        }
    };
    engine.invalidate(&changed);
}

fn assert_equal(warm: &mut Engine, cold: &mut Engine) {
    let (warm_build, cold_build) = (warm.build(), cold.build());
    assert_eq!(findings(&warm_build, warm), findings(&cold_build, cold), "the reports differ");
    assert_eq!(warm_build.report, cold_build.report);
    let paths = |build: &pressoir::build::Build| build.output.keys().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(paths(&warm_build), paths(&cold_build), "the files differ");
    for (path, artefact) in warm_build.output.iter() {
        assert!(*artefact == cold_build.output[path], "`{path}` differs");
    }
    assert_eq!(warm.check().report, cold.check().report, "the reports of a check differ");
    let stats = warm.build().stats;
    assert_eq!((stats.rendered, stats.parsed, stats.opened, stats.assembled), (0, 0, 0, 0), "nothing has changed");
    // What a server sends is the same, page by page, and only what it says may differ does.
    let plan = warm.plan();
    for (path, artefact) in cold_build.output.iter() {
        assert!(plan.file(path) == Some(Ok(artefact.clone())), "`{path}` differs when it is asked for");
    }
}

fn cases() -> u32 {
    std::env::var("PRESSOIR_WARM_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(120)
}

proptest! {
    // About ten edits a case: `PRESSOIR_WARM_CASES=1000` makes ten thousand.
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn warm_equals_cold(rounds in edits(), sketched in any::<bool>()) {
        let project = Project::new([
            ("pressoir.yml", FILES[0].1[0]),
            (PAGES[0], TEXTS[2]),
            (PAGES[2], TEXTS[9]),
            (PAGES[4], TEXTS[4]),
            ("content/image.png", "image"),
            (PAGES[1], TEXTS[14]),
            (PAGES[6], TEXTS[15]),
            (SHOWN[0].0, SHOWN[0].1[0]),
        ]);
        let (mut warm, mut request) = (project.engine(), Request::default());
        match sketched {
            // What is edited between a sketch and the first build counts, too.
            true => _ = warm.sketch(),
            false => _ = warm.build(),
        }
        for round in &rounds {
            round.iter().for_each(|edit| apply(&project, &mut warm, &mut request, edit));
            assert_equal(&mut warm, &mut project.engine_for(request.clone()));
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
    assert_eq!(engine.build().stats.rendered, 28, "all pages but the two drafts");
    let path = project.write("content/part1/page1.md", "# Titre\n\nUn mot.\n");
    engine.invalidate(&[path]);
    engine.build();
    let path = project.write("content/part1/page1.md", "# Titre\n\nDeux mots.\n");
    engine.invalidate(&[path]);
    let stats = engine.build().stats;
    assert_eq!((stats.parsed, stats.rendered), (1, 1));
    assert_eq!(engine.build().stats.rendered, 0);
}

#[test]
fn the_edit_of_a_file_makes_again_the_pages_that_show_it() {
    let project = Project::new([
        ("pressoir.yml", "title: Site\n"),
        ("content/a.md", "<!-- @include: ./parts/x.md -->\n"),
        ("content/b.md", "<<< /code/a.js\n"),
        ("content/c.md", "# C\n"),
        ("content/parts/x.md", "Texte.\n"),
        ("code/a.js", "let a = 1\n"),
    ]);
    let mut engine = project.engine();
    assert_eq!(engine.build().stats.parsed, 4);
    let mut edit = |path: &str, text: Option<&str>| {
        let path = text.map_or_else(|| project.remove(path), |text| project.write(path, text));
        engine.invalidate(&[path]);
        let build = engine.build();
        (build.stats.parsed, build.report.diagnostics().len())
    };
    // The part is a page, too.
    assert_eq!(edit("content/parts/x.md", Some("Autre.\n")), (2, 0));
    assert_eq!(edit("code/a.js", Some("let b = 2\n")), (1, 0));
    assert_eq!(edit("code/a.js", None), (1, 1));
    // Another name may be what was meant: the page is looked at again.
    assert_eq!(edit("code/b.js", Some("let c = 3\n")), (1, 1));
    assert_eq!(edit("code/a.js", Some("let d = 4\n")), (1, 0));
    assert_eq!(edit("code/b.js", None), (0, 0));
}

/// Builds, edits one file and plans again: what that took, and which pages differ.
fn edited(project: &Project, path: &str, text: &str) -> (Stats, Vec<String>) {
    let mut engine = project.engine();
    let before = engine.plan();
    engine.invalidate(&[project.write(path, text)]);
    let after = engine.plan();
    let differing = after.differing(&before).into_iter().map(ToString::to_string).collect();
    (after.stats, differing)
}

#[test]
fn work_follows_the_change_and_not_the_size_of_the_site() {
    let project = Project::new([
        ("pressoir.yml", "title: Site\n"),
        ("content/README.md", "# Accueil\n"),
        ("content/a/b.md", "# B\n\n## Partie\n\nUn mot.\n"),
        ("content/a/c.md", "# C\n\n<!-- @include: /parts/x.txt -->\n"),
        ("content/a/image.png", "image"),
        ("content/d.md", "# D\n\n[B](a/b.md)\n"),
        ("parts/x.txt", "Partie\n"),
        ("themes/default/i18n/en.yml", "menu: Contents\n"),
    ]);
    // A body: one page, and nothing is listed, no setting is read, no site is put together.
    let (stats, differing) = edited(&project, "content/a/b.md", "# B\n\n## Partie\n\nDeux mots.\n");
    assert_eq!((stats.parsed, stats.opened, stats.assembled, differing), (1, 0, 0, vec!["a/b.html".to_owned()]));
    let (stats, differing) = edited(&project, "parts/x.txt", "Autre partie\n");
    assert_eq!((stats.parsed, stats.opened, stats.assembled, differing), (1, 0, 0, vec!["a/c.html".to_owned()]));
    // A title: the pages that show it, and the site is not put together for it.
    let (stats, differing) = edited(&project, "content/a/b.md", "# Autre\n\n## Partie\n\nDeux mots.\n");
    assert_eq!((stats.parsed, stats.opened, stats.assembled, differing.len()), (1, 0, 0, 4));
    // An image: no page. Words of the theme: all pages, and none is parsed.
    let (stats, differing) = edited(&project, "content/a/image.png", "autre");
    assert_eq!((stats.parsed, stats.opened, stats.assembled, differing.len()), (0, 0, 0, 0));
    let (stats, differing) = edited(&project, "themes/default/i18n/en.yml", "menu: Pages\n");
    assert_eq!((stats.parsed, stats.opened, stats.assembled, differing.len()), (0, 0, 0, 4));
    // A file that an editor wrote for a moment is gone again.
    let mut engine = project.engine();
    engine.plan();
    engine.invalidate(&[SourcePath::new("content/a/sedX1").expect("a path")]);
    assert_eq!(engine.plan().stats.opened, 0);
}

#[test]
fn two_thousand_files_at_once() {
    let project = Project::new([("pressoir.yml", "title: Site\n"), ("content/README.md", "# Accueil\n")]);
    let branch = |name: &str, from: usize| -> Vec<SourcePath> {
        let mut changed = project.remove_folder("content/pages");
        changed.extend((from..from + 1_000).map(|number| {
            let text = format!("# {name} {number}\n\n[x](p{}.md)\n", number + 1);
            project.write(&format!("content/pages/p{number}.md"), text)
        }));
        project.commit(name);
        changed
    };
    branch("un", 0);
    let mut warm = project.engine();
    warm.plan();
    let changed = branch("deux", 500);
    assert_eq!(changed.len(), 2_000);
    warm.invalidate(&changed);
    let (warm, cold) = (warm.plan(), project.engine().plan());
    assert_eq!(warm.report, cold.report);
    assert!(warm.pages().eq(cold.pages()) && warm.others() == cold.others());
    assert_eq!(warm.list_pages(), cold.list_pages());
    assert!(warm.list_pages().iter().all(|list| warm.file(list) == cold.file(list) && warm.holds(list)));
    assert!(cold.pages().all(|page| warm.version(page) == cold.version(page)));
    assert_eq!(warm.stats.parsed, 1_000);
}

#[test]
fn a_sketch_gives_no_file_that_no_page_shows() {
    let project = Project::new([
        (".vuepress/config.yml", "title: Site\n"),
        ("a.md", "# A\n\n![B](./b.png)\n"),
        ("b.png", "b"),
        ("notes.txt", "for nobody"),
    ]);
    let sketch = project.engine().sketch().expect("it is a site");
    let out = |name: &str| OutPath::new(name).expect("a path");
    assert!(sketch.file(&out("a.html")).is_some_and(|page| page.is_ok()));
    assert!(sketch.holds(&out("b.png")) && sketch.file(&out("b.png")).is_some());
    assert!(!sketch.holds(&out("notes.txt")) && sketch.file(&out("notes.txt")).is_none());
}

#[test]
fn a_sketch_shows_a_page_as_the_site_does() {
    let project = site(30);
    project.write("content/image.png", "image");
    let mut engine = project.engine();
    let sketch = engine.sketch().expect("it is a site");
    let plan = engine.plan();
    assert_eq!((plan.stats.opened, plan.stats.parsed), (1, 30));
    let mut alike = 0;
    for page in plan.pages() {
        assert!(sketch.holds(page));
        let (early, whole) = (sketch.file(page), plan.file(page));
        assert!(early.as_ref().is_some_and(Result::is_ok));
        // Where nothing but titles is shown of others, it is the same page.
        assert_eq!(sketch.version(page) == plan.version(page), early == whole, "{page}");
        alike += usize::from(early == whole);
    }
    assert!(alike > 20, "{alike}");
}

#[test]
fn a_page_that_stands_in_for_a_translation_follows_its_original() {
    let project = Project::new([
        ("pressoir.yml", "title: Site\nlocales:\n  fallback: true\n  /: {lang: fr}\n  /en/: {lang: en}\n"),
        ("content/README.md", "# Accueil\n"),
        ("content/a.md", "# A\n\nUn mot.\n"),
        ("content/en/README.md", "# Home\n"),
    ]);
    let (stats, differing) = edited(&project, "content/a.md", "# A\n\nDeux mots.\n");
    assert_eq!((stats.parsed, stats.opened), (2, 0));
    assert_eq!(differing, ["a.html", "en/a.html"]);
}

/// Files of which one cannot be read without a panic.
struct Cursed(Project);

impl Files for Cursed {
    fn list(&self) -> std::io::Result<Listing> {
        self.0.list()
    }

    fn read(&self, path: &SourcePath) -> std::io::Result<Vec<u8>> {
        assert!(path.as_str() != "code/cursed.js", "a mistake of the program");
        self.0.read(path)
    }
}

#[test]
fn a_panic_in_a_page_is_a_finding_of_that_page() {
    let project = Project::new([
        ("pressoir.yml", "title: Site\n"),
        ("content/a.md", "# A\n"),
        ("content/b.md", "# B\n\n<<< /code/cursed.js\n"),
        ("code/cursed.js", "x"),
    ]);
    let mut engine = Engine::new(Box::new(Cursed(project.clone())), Request::default());
    let found = |build: &Build| -> Vec<(String, String)> {
        let at = |found: &Diagnostic| found.span.as_ref().map_or_else(String::new, |span| span.file.to_string());
        build.report.diagnostics().iter().map(|found| (found.code.to_string(), at(found))).collect()
    };
    assert_eq!(found(&engine.build()), [("internal-error".to_owned(), "content/b.md".to_owned())]);
    engine.invalidate(&[project.write("content/b.md", "# B\n")]);
    let build = engine.build();
    assert_eq!(found(&build), []);
    assert!(support::page(&build, "b.html").is_some_and(|html| html.contains("<h1")));
}
