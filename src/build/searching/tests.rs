use std::sync::Arc;

use crate::base::{SourcePath, line_column};
use crate::build::{Build, Engine, Shared, moving};
use crate::compat::Request;
use crate::vfs::Memory;

/// A check of these files, and what it finds, each with its place.
fn checked(files: &[(&str, &str)]) -> (Build, String) {
    checked_in(Memory::new(files.iter().copied()))
}

fn checked_in(files: Memory) -> (Build, String) {
    let mut engine = Engine::new(Box::new(files), Request::default());
    let build = engine.check();
    let mut told = String::new();
    for found in build.report.diagnostics() {
        let span = found.span.as_ref().expect("all of them have a place");
        let at = line_column(&engine.text(&span.file).expect("a text"), span.start as usize);
        let severity = format!("{:?}", found.severity).to_lowercase();
        told.push_str(&format!(
            "{}:{}:{}: {severity}[{}]: {}",
            span.file, at.line, at.column, found.code, found.message
        ));
        told.push_str(&format!("\n  help: {}\n", found.help.as_deref().unwrap_or_default()));
    }
    (build, told)
}

const PAGE: &str =
    "# A\n\ngirafe\n\n## Ours\n\nloup\n\n## Url longue\n\nx\n\n<!-- search:off -->\n\n## Lion\n\ntigre\n";
const LIST: &str = "write a list, each entry with `query` and `expect: guide/start.md#section`";

#[test]
fn searches_are_run_and_told_where_they_stand() {
    for (tests, want) in [
        ("- query: loup\n  expect: a.md#ours\n- {query: A, expect: /a.md, within: 1, lang: fr-FR}\n", ""),
        (
            "- query: loup\n  expect: a.md#ours\n\n- query: girafe\n  expect: a.md#ours\n",
            "4:10: error[search-test]: `girafe` does not find `a.md#ours` among the first 3\n  \
             help: it finds 1. a.html; use its words in the heading of the section",
        ),
        (
            "- query: xylophone\n  expect: a.md\n  within: 1\n",
            "1:10: error[search-test]: `xylophone` does not find `a.md` first\n  \
             help: it finds nothing; use its words in the section, or in its heading",
        ),
        (
            "- query: x\n  expect: a.md#our\n",
            "2:11: error[search-test]: `a.md` has no section `our`, which `x` is to find\n  help: did you mean `#ours`?",
        ),
        (
            "- query: x\n  expect: a.md#zzz\n",
            "2:11: error[search-test]: `a.md` has no section `zzz`, which `x` is to find\n  \
             help: write the id of one of its headings, or the page alone",
        ),
        (
            "- {query: tigre, expect: a.md#lion}\n",
            "1:26: error[search-test]: `a.md#lion` stands behind `<!-- search:off -->`, and `tigre` is to find it\n  \
             help: take that out of the page, or the entry out of here",
        ),
        (
            "- query: x\n  expect: soon.md\n",
            "2:11: error[search-test]: `soon.md` is not in the site, and `x` is to find it\n  \
             help: the page is a draft: take `draft: true` out of its front matter, or build with `--drafts`",
        ),
        (
            "- query: x\n  expect: old.md\n",
            "2:11: error[search-test]: `old.md` is not in the site, and `x` is to find it\n  \
             help: the file is there, but the settings exclude it from the site",
        ),
        (
            "- query: x\n  expect: nothing/like/it.md\n",
            "2:11: error[search-test]: there is no page `nothing/like/it.md`, which `x` is to find\n  \
             help: name its file as it lies below the folder of the pages",
        ),
        (
            "- {query: loup, expect: a.md, lang: de}",
            "1:37: error[search-test]: the site has no language `de`\n  help: it has fr, en",
        ),
        (
            "- {query: loup, expect: a.md, within: 0}",
            "1:39: error[search-test]: `loup` cannot find anything `within: 0`\n  help: write 1 or more",
        ),
        ("- query: loup\n  expect: a.md\n  lang: \"\"\n- query: giraffe\n  expect: en/a.md\n  lang: en-US\n", ""),
    ] {
        let (build, told) = checked(&[
            ("pressoir.yml", "lang: fr\nexclude: [old.md]\nlocales:\n  /: {}\n  /en/: {lang: en}\n"),
            ("content/a.md", PAGE),
            ("content/soon.md", "---\ndraft: true\n---\n# B\n"),
            ("content/old.md", "# O\n"),
            ("content/en/a.md", "# A\n\ngiraffe\n"),
            ("search-tests.yml", tests),
        ]);
        let want = if want.is_empty() { String::new() } else { format!("search-tests.yml:{want}\n") };
        assert_eq!(told, want, "{tests}");
        let (run, wrong) = (tests.matches("expect").count(), usize::from(!want.is_empty()));
        assert_eq!((build.stats.searches, build.stats.searches_right), (run, run - wrong), "{tests}");
    }
}

#[test]
fn pages_that_were_meant_are_named() {
    for (asked, meant) in [
        ("salles.html", "salles.md"),
        ("content/salles.md", "salles.md"),
        ("sales.md", "salles.md"),
        ("gide/index.md", "guide/index.md"),
        ("deep.md", "guide/deep.md"),
        ("tab.md", "tabs.md"),
    ] {
        let (_, told) = checked(&[
            ("pressoir.yml", ""),
            ("content/index.md", "# I\n"),
            ("content/guide/index.md", "# G\n"),
            ("content/guide/deep.md", "# D\n"),
            ("content/salles.md", "# A\n\nloup\n"),
            ("content/tabs.md", "# T\n"),
            ("search-tests.yaml", &format!("- query: loup\n  expect: {asked}\n")),
        ]);
        assert!(told.contains(&format!("help: did you mean `{meant}`?")), "{asked}: {told}");
    }
}

#[test]
fn a_wrong_entry_is_told_at_the_key_or_value() {
    let query = "write what a reader types: `query: quiet room`";
    for (tests, want, help) in [
        (
            "- query: x\n  expect: a.md\n  within: trois\n",
            "3:11: `within` should be a whole number, not `trois`",
            "write among how many results it is to be: `within: 3`",
        ),
        (
            "- query: x\n  expect: a.md\n\n- expect: a.md\n  quary: x\n",
            "5:3: an entry has no key `quary`",
            "did you mean `query`?",
        ),
        (
            "- {query: x, expect: a.md, colour: 1}\n",
            "1:28: an entry has no key `colour`",
            "it has `query`, `expect`, `within` and `lang`",
        ),
        (
            "# searches\n- query: x\n",
            "2:1: the entry has no `expect`",
            "write which page is to be found, and the section: `expect: guide/start.md#section`",
        ),
        ("- query: 1.50\n  expect: a.md\n", "1:10: `query` should be a text", "write it between quotes"),
        ("- expect: a.md\n  query:\n", "2:3: `query` is empty", query),
        ("- expect: a.md\n  query: \"\"\n", "2:3: `query` is empty", query),
        ("- expect: a.md\n  query: null\n", "2:10: `query` is empty", query),
        ("- expect: a.md\n  query: [a]\n", "2:11: `query` should be one text", query),
        ("- expect: a.md\n  query: ?!\n", "2:10: `query` has no word to look for", query),
        ("- x\n", "1:1: an entry should be keys and values", LIST),
        ("query: x\n", "1:1: the file should be a list of searches", LIST),
        (
            "- query: x\n- query: [\n",
            "2:1: the searches cannot be read: a value is missing, or the closing `]` or `}`",
            "write it as in `[one, two]`",
        ),
    ] {
        let (_, told) = checked(&[("pressoir.yml", ""), ("content/a.md", "# A\n\nx\n"), ("search-tests.yml", tests)]);
        let (place, message) = want.split_once(": ").expect("a place and a message");
        let want = format!("search-tests.yml:{place}: error[search-tests-file]: {message}\n  help: {help}\n");
        assert_eq!(told, want, "{tests}");
    }
}

#[test]
fn a_file_without_searches_or_that_is_no_text_is_told() {
    for tests in ["", "# nothing yet\n", "[]\n"] {
        let (build, told) = checked(&[("pressoir.yml", ""), ("content/a.md", "# A\n"), ("search-tests.yml", tests)]);
        let want = "search-tests.yml:1:1: warning[search-tests-file]: no search is written here\n  help: ";
        assert_eq!(told, format!("{want}{LIST}\n"));
        assert_eq!(build.stats.searches, 0);
    }
    let mut files = Memory::new([("pressoir.yml", ""), ("content/a.md", "# A\n\nloup\n")]);
    let file = SourcePath::new("search-tests.yml").expect("a path");
    files.insert(file.clone(), *b"\xef\xbb\xbf- query: loup\n  expect: a.md # \xe9\n");
    let (_, told) = checked_in(files.clone());
    assert!(told.starts_with("search-tests.yml:2:18: warning[invalid-text]: this is no valid text here\n"), "{told}");
    files.insert(file, *b"\0");
    let (_, told) = checked_in(files);
    assert!(told.contains("[nul-character]") && told.contains("error[search-tests-file]"), "{told}");
}

#[test]
fn searches_that_are_not_read_are_told_and_not_published() {
    let wrong = "- query: x\n  expect: nowhere.md\n";
    let native =
        &[("pressoir.yml", "lang: fr\nlocales:\n  /: {}\n  /en/: {lang: en}\n"), ("content/a.md", "# A\n")][..];
    let vuepress = &[("docs/.vuepress/config.yml", "title: A\n"), ("docs/README.md", "# A\n")][..];
    let bare = &[("README.md", "# A\n")][..];
    let beside = "these searches are not run: the file should lie beside the settings\n  help: move it to";
    for (site, tests, want) in [
        (native, &["content/search-tests.yml"][..], &[&*format!("{beside} `search-tests.yml`")][..]),
        (native, &["content/en/search-tests.yaml"], &[&format!("{beside} `search-tests.yml`")]),
        (
            native,
            &["search-tests.yml", "search-tests.yaml"],
            &["these searches are not run, only those of `search-tests.yml`\n  \
               help: write them into `search-tests.yml`, and delete this file"],
        ),
        (native, &["content/guide/search-tests.yml", "tests/search-tests.yml"], &[]),
        (
            vuepress,
            &["search-tests.yml", "docs/search-tests.yml"],
            &[
                &format!("{beside} `docs/.vuepress/search-tests.yml`"),
                &format!("{beside} `docs/.vuepress/search-tests.yml`"),
            ],
        ),
        (
            vuepress,
            &["docs/.vuepress/search-tests.yml", "docs/search-tests.yml"],
            &["these searches are not run, only those of `docs/.vuepress/search-tests.yml`"],
        ),
        (bare, &["search-tests.yml"], &[]),
    ] {
        let files: Vec<(&str, &str)> = site.iter().copied().chain(tests.iter().map(|path| (*path, wrong))).collect();
        let (_, told) = checked(&files);
        assert_eq!(told.matches("[search-tests-unread]").count(), want.len(), "{tests:?}: {told}");
        assert!(want.iter().all(|want| told.contains(want)), "{tests:?}: {told}");
        let build = Engine::new(Box::new(Memory::new(files)), Request::default()).build();
        let is_published = build
            .output
            .keys()
            .any(|path| path.as_str().ends_with("/search-tests.yml") || path.as_str().starts_with("search-tests."));
        assert_eq!(is_published, tests.contains(&"content/guide/search-tests.yml"), "{tests:?}");
    }
}

#[test]
fn searches_follow_pages_that_move() {
    let path = |path: &str| SourcePath::new(path).expect("a path");
    let searches = path("docs/.vuepress/search-tests.yml");
    let files: Shared = Arc::new(Memory::new([
        ("docs/.vuepress/config.yml", "title: A\n"),
        (searches.as_str(), "- query: alpha\n  expect: guide/a.md#x\n"),
        ("docs/README.md", "# Home\n"),
        ("docs/guide/a.md", "# Alpha\n\n## X\n"),
    ]));
    let moved = moving(&files, &Request::default(), &path("docs/guide/a.md"), &path("docs/b.md"), true);
    let Ok(moved) = moved else { panic!("it can be moved") };
    let edits = moved.edits;
    let edit = edits.iter().find(|edit| edit.path == searches).expect("they change");
    assert_eq!(std::str::from_utf8(&edit.after), Ok("- query: alpha\n  expect: b.md#x\n"));
}
