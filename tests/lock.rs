//! Addresses that never die, from outside: the list of them, what is told when one is gone, and pages that are moved.
#![allow(clippy::disallowed_methods, reason = "these tests start the program and look at real files")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use support::command::{folder, run};
use support::program::contents;

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("a text")
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("it is below the folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// All files of a folder as texts.
fn texts(folder: &Path) -> BTreeMap<String, String> {
    contents(folder).into_iter().map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())).collect()
}

/// A site with a guide.
const SITE: &[(&str, &str)] = &[
    ("pressoir.yml", "title: Site\nlang: en\nnav:\n  - text: Start\n    link: /guide/start.md\n"),
    ("content/README.md", "# Home\n\n[start](guide/start.md#install) [more](guide/more.md)\n"),
    (
        "content/guide/start.md",
        "# Start\n\n## Install\n\nPut it there.\n\n## Use\n\n[more](more.md) ![p](images/p.png)\n",
    ),
    ("content/guide/more.md", "# More\n\n[start](./start.md) <a href=\"start.html\">html</a>\n"),
    ("content/guide/images/p.png", "png"),
];

#[test]
fn the_life_of_a_list_of_addresses() {
    let site = folder(SITE);
    let site = site.path();
    let (code, _, err) = run(site, &["lock"]);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("Wrote `pressoir.lock`: 3 pages and 5 anchors"), "{err}");
    let lock = read(site, "pressoir.lock");
    assert!(
        lock.starts_with("pressoir.lock 1\n#")
            && lock.contains("\n/guide/start.html#install\tguide/start.md\tInstall\n")
    );
    let (code, _, err) = run(site, &["lock"]);
    assert!(code == 0 && err.contains("up to date"), "{err}");
    assert_eq!(run(site, &["check"]).0, 0);

    // A heading gets another name: no one who knows its address finds it any more.
    let renamed = read(site, "content/guide/start.md").replace("## Install", "## Installation");
    write(site, "content/guide/start.md", &renamed);
    write(site, "content/README.md", "# Home\n\n[start](guide/start.md#installation) [more](guide/more.md)\n");
    let (code, out, _) = run(site, &["check", "--format", "short"]);
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("error[gone-anchor]: the anchor `#install` is gone from `content/guide/start.md`"), "{out}");
    assert_eq!(run(site, &["build", "--strict"]).0, 1);
    let (code, _, err) = run(site, &["build", "--format", "short"]);
    assert!(code == 0 && err.contains("warning[gone-anchor]"), "a build alone only warns: {err}");
    // It is not given up without a word.
    let (code, _, err) = run(site, &["lock", "--format", "short"]);
    assert_eq!((code, read(site, "pressoir.lock") == lock), (1, true), "{err}");
    assert!(err.contains("[gone-anchor]") && err.contains("--accept"), "{err}");

    // What it became is certain here.
    let (code, _, err) = run(site, &["check", "--fix", "--yes"]);
    assert_eq!(code, 0, "{err}");
    let settings = read(site, "pressoir.yml");
    assert!(
        settings.ends_with("\nredirects:\n  /guide/start.html#install: /guide/start.html#installation\n"),
        "{settings}"
    );
    assert_eq!(run(site, &["build", "--strict"]).0, 0);

    // A page moves, and everything follows.
    let (code, _, err) = run(site, &["mv", "content/guide/start.md", "content/begin.md"]);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("readers of `/guide/start.html` led on"), "{err}");
    let (code, out, _) = run(site, &["check", "--strict", "--format", "short"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(read(site, "content/README.md"), "# Home\n\n[start](begin.md#installation) [more](guide/more.md)\n");
    assert_eq!(
        read(site, "content/guide/more.md"),
        "# More\n\n[start](../begin.md) <a href=\"../begin.html\">html</a>\n"
    );
    let begin = read(site, "content/begin.md");
    assert!(begin.starts_with("---\naliases:\n  - /guide/start.html\n---\n\n# Start\n"), "{begin}");
    assert!(begin.contains("[more](guide/more.md) ![p](guide/images/p.png)"), "{begin}");
    let settings = read(site, "pressoir.yml");
    assert!(
        settings.contains("link: /begin.md\n") && settings.contains("start.html#install: /begin.html#installation\n"),
        "{settings}"
    );
    let (code, _, err) = run(site, &["build", "--strict"]);
    assert_eq!(code, 0, "{err}");
    let old = read(site, "public/guide/start.html");
    assert!(old.contains("\"install\":\"../begin.html#installation\""), "{old}");

    // What is led on from stays in the list, and is missed if the redirect is taken out.
    assert_eq!(run(site, &["lock"]).0, 0);
    assert!(read(site, "pressoir.lock").contains("\n/guide/start.html\t=> /begin.html\n"));
    write(site, "content/begin.md", &begin.replace("aliases:\n  - /guide/start.html\n", "order: 1\n"));
    write(site, "pressoir.yml", settings.split("\nredirects:").next().expect("there is a first part"));
    let (code, out, _) = run(site, &["check", "--format", "short"]);
    assert!(code == 1 && out.contains("error[gone-page]: nothing is found at `/guide/start.html` any more"), "{out}");
    let (code, _, err) = run(site, &["lock", "--accept"]);
    assert!(code == 0 && err.contains("gone-page"), "what is given up is told: {err}");
    assert_eq!(run(site, &["check"]).0, 0);
}

#[test]
fn what_a_page_became_is_told_and_written_down() {
    let site = folder(SITE);
    let site = site.path();
    assert_eq!(run(site, &["lock"]).0, 0);
    fs::rename(site.join("content/guide/more.md"), site.join("content/extra.md")).expect("it is moved");
    let (code, out, _) = run(site, &["check", "--format", "short"]);
    assert!(code == 1 && out.contains("error[gone-page]: nothing is found at `/guide/more.html` any more"), "{out}");
    let (_, out, _) = run(site, &["check", "--fix", "--dry-run"]);
    assert!(
        out.contains("+++ content/extra.md\n@@ -0,0 +1,5 @@\n+---\n+aliases:\n+  - /guide/more.html\n+---\n+\n"),
        "{out}"
    );
    let (_, _, err) = run(site, &["check", "--fix", "--yes"]);
    assert!(read(site, "content/extra.md").starts_with("---\naliases:\n  - /guide/more.html\n---\n"), "{err}");
    let (_, out, _) = run(site, &["check", "--format", "short"]);
    assert!(!out.contains("gone-"), "{out}");
}

/// A tree of these files.
fn tree(repository: &gix::Repository, files: &[(&str, &str)]) -> gix::ObjectId {
    use gix::objs::tree::{Entry, EntryKind};
    let mut folders: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    let mut entries = Vec::new();
    let entry = |kind: EntryKind, name: &str, oid| Entry { mode: kind.into(), filename: name.into(), oid };
    for (path, text) in files {
        match path.split_once('/') {
            Some((folder, rest)) => folders.entry(folder).or_default().push((rest, text)),
            None => {
                let blob = repository.write_blob(text.as_bytes()).expect("it is written").detach();
                entries.push(entry(EntryKind::Blob, path, blob));
            }
        }
    }
    entries.extend(folders.into_iter().map(|(name, files)| entry(EntryKind::Tree, name, tree(repository, &files))));
    entries.sort();
    repository.write_object(gix::objs::Tree { entries }).expect("it is written").detach()
}

/// Makes a folder a repository whose only commit holds these files, without git.
fn commit(root: &Path, files: &[(&str, &str)]) {
    let repository = gix::init(root).expect("a repository");
    let author = gix::actor::SignatureRef { name: "Ada".into(), email: "ada@example.org".into(), time: "1000 +0000" };
    let commit = gix::objs::Commit {
        tree: tree(&repository, files),
        parents: Default::default(),
        author: author.to_owned().expect("a signature"),
        committer: author.to_owned().expect("a signature"),
        encoding: None,
        message: "x".into(),
        extra_headers: Vec::new(),
    };
    let id = repository.write_object(commit).expect("it is written").detach();
    fs::write(root.join(".git/HEAD"), format!("{id}\n")).expect("it is written");
}

#[test]
fn the_repository_tells_what_a_page_became() {
    let site = folder(SITE);
    let site = site.path();
    assert_eq!(run(site, &["lock"]).0, 0);
    commit(site, SITE);
    // Another name, another title, other headings: only the text is the same.
    fs::remove_file(site.join("content/guide/start.md")).expect("it is removed");
    let text = SITE[2].1.replace("# Start", "# First steps").replace("## Use", "## Go on");
    write(site, "content/first.md", &text);
    let (_, out, _) = run(site, &["check"]);
    assert!(out.contains("that is probably `content/first.md` now, which has most of its text"), "{out}");
}

#[test]
fn a_folder_moves_with_all_that_leads_to_it() {
    let files: &[(&str, &str)] = &[
        (
            "pressoir.yml",
            "title: S\nlang: en\nnav:\n- {text: Guide, link: /guide/}\nsidebar:\n  /guide/:\n  - guide/README.md # first\n  \
             - \"/guide/a.html\"\nredirects:\n  /old.html: guide/a.md#x\n",
        ),
        ("search-tests.yml", "- {query: alpha, expect: guide/a.md#x}\n"),
        (
            "content/README.md",
            "---\nnext: guide/a.md\n---\n# Home\r\n\r\n[g](guide/) [a](guide/a.md#x \"t\") [r][ref] [code](code/x.md)\r\n\r\n[ref]: guide/a.md\r\n\r\n\
             <!-- @include: ./guide/part.md -->\r\n",
        ),
        ("content/code/x.md", "# X\n\n<<< ../guide/x.js\n\n<!-- @include: @/guide/part.md -->\n"),
        ("content/guide/README.md", "# Guide\n\n[home](../README.md) [a](a.md) [x](/code/x.md)\n"),
        (
            "content/guide/a.md",
            "---\nprev: ../code/x.md\naliases: [b.html]\n---\n# Alpha\n\n## X\n\n![i](./i.png) ![i](/guide/i.png) [g](./)\n\n<<< ./x.js\n\n[entity](&#46;./code/x.md)\n",
        ),
        ("content/guide/part.md", "Part [a](a.md)\n"),
        ("content/guide/i.png", "png"),
        ("content/guide/x.js", "x()\n"),
        ("content/guide/draft.md", "---\ndraft: true\n---\n# D\n\n[home](../README.md)\n"),
    ];
    let site = folder(files);
    let site = site.path();
    let before = texts(site);
    let (_, out, err) = run(site, &["mv", "guide", "docs/handbook", "--dry-run"]);
    assert_eq!(texts(site), before, "nothing changes");
    assert!(out.starts_with("guide -> ") || out.starts_with("content/guide -> content/docs/handbook\n"), "{out}");
    assert!(err.contains("nothing was changed"), "{err}");
    let (code, _, err) = run(site, &["mv", "content/guide", "content/docs/handbook", "--format", "short"]);
    let after = texts(site);
    assert_eq!(
        after["pressoir.yml"],
        "title: S\nlang: en\nnav:\n- {text: Guide, link: /docs/handbook/}\nsidebar:\n  /docs/handbook/:\n  - docs/handbook/README.md # first\n  \
         - \"/docs/handbook/a.html\"\nredirects:\n  /old.html: docs/handbook/a.md#x\n"
    );
    assert_eq!(after["search-tests.yml"], "- {query: alpha, expect: docs/handbook/a.md#x}\n");
    assert_eq!(
        after["content/README.md"],
        "---\nnext: docs/handbook/a.md\n---\n# Home\r\n\r\n[g](docs/handbook/) [a](docs/handbook/a.md#x \"t\") [r][ref] [code](code/x.md)\r\n\r\n\
         [ref]: docs/handbook/a.md\r\n\r\n<!-- @include: ./docs/handbook/part.md -->\r\n"
    );
    assert_eq!(
        after["content/code/x.md"],
        "# X\n\n<<< ../docs/handbook/x.js\n\n<!-- @include: @/docs/handbook/part.md -->\n"
    );
    assert_eq!(
        after["content/docs/handbook/README.md"],
        "---\naliases:\n  - /guide/\n---\n\n# Guide\n\n[home](../../README.md) [a](a.md) [x](/code/x.md)\n"
    );
    assert_eq!(
        after["content/docs/handbook/a.md"],
        "---\nprev: ../../code/x.md\naliases: [/guide/b.html, \"/guide/a.html\"]\n---\n# Alpha\n\n## X\n\n![i](./i.png) ![i](/docs/handbook/i.png) [g](./)\n\n\
         <<< ./x.js\n\n[entity](&#46;./code/x.md)\n"
    );
    assert_eq!(after["content/docs/handbook/part.md"], "---\naliases:\n  - /guide/part.html\n---\n\nPart [a](a.md)\n");
    assert_eq!(after["content/docs/handbook/draft.md"], "---\ndraft: true\n---\n# D\n\n[home](../../README.md)\n");
    assert!(!after.keys().any(|path| path.starts_with("content/guide") || path.contains("pressoir-unfinished")));
    // What is not written out as it is read cannot be written anew, and is told with its place.
    assert_eq!(code, 1, "{err}");
    let place = "content/docs/handbook/a.md:13:1: warning[dead-link]: `../code/x.md` could not be written another way";
    assert!(err.contains(place), "{err}");
    let (_, out, _) = run(site, &["check", "--format", "short"]);
    assert_eq!(out.lines().filter(|line| line.contains("warning") || line.contains("error")).count(), 1, "{out}");
}

#[test]
fn nothing_is_moved_that_makes_no_sense() {
    let site = folder(SITE);
    let site = site.path();
    let before = texts(site);
    for (arguments, want) in [
        (["content/guide/nothing.md", "content/a.md"], "there is no page, file or folder `content/guide/nothing.md`"),
        (
            ["content/guide/start.md", "content/README.md"],
            "`content/README.md` is there already: nothing is overwritten",
        ),
        (["content/guide", "content/guide/deep"], "cannot be moved into itself"),
        (["content", "other"], "the folder of all pages cannot be moved"),
        (["content/guide/start.md", "elsewhere.md"], "does not lie in `content`"),
        (["content/guide/start.md", "content/start"], "`content/start` would be no page"),
        (["content/guide/start.md", "../start.md"], "lies outside of the project"),
        (["pressoir.yml", "content/pressoir.yml"], "does not lie in `content`"),
        (["content/guide/start.md", "content/guide/start.md"], "is there already"),
    ] {
        let (code, _, err) = run(site, &["mv", arguments[0], arguments[1]]);
        assert!(code == 2 && err.contains(want), "{arguments:?}: {err}");
    }
    assert_eq!(texts(site), before);
    write(site, "content/broken.md", "---\ntitle: [\n---\n");
    let (code, _, err) = run(site, &["mv", "content/guide/start.md", "content/start.md"]);
    assert!(code == 2 && err.contains("invalid-front-matter") && err.contains("mend this first"), "{err}");
}

#[test]
fn pages_are_named_by_address_and_move_into_folders_and_back() {
    let site = folder(SITE);
    let site = site.path();
    let before = texts(site);
    assert_eq!(run(site, &["mv", "/guide/start.html", "/first.html"]).0, 0);
    assert!(site.join("content/first.md").is_file());
    assert_eq!(run(site, &["mv", "content/first.md", "content/deep/er/"]).0, 0);
    let moved = read(site, "content/deep/er/first.md");
    assert!(moved.contains("  - /first.html\n  - /guide/start.html\n"), "no redirect leads to a redirect: {moved}");
    assert_eq!(run(site, &["check", "--strict"]).0, 0);
    assert_eq!(
        run(&site.join("content/deep/er"), &["mv", "first.md", "../../guide/start.md", "../../..", "--no-redirect"]).0,
        0
    );
    let (code, out, _) = run(site, &["check", "--strict", "--format", "short"]);
    assert_eq!((code, out.as_str()), (0, ""));
    let after = texts(site);
    for (path, text) in &before {
        let now = &after[path];
        let now = now.find("---\n\n").filter(|_| now.starts_with("---\n")).map_or(now.as_str(), |end| &now[end + 5..]);
        // A dot that meant nothing is not put back.
        assert_eq!(now, text.replace("(./start.md)", "(start.md)"), "{path}");
    }
}

#[test]
fn menus_in_programs_are_told_and_not_changed() {
    let config = "module.exports = {\n  title: 'S',\n  themeConfig: {\n    nav: [{ text: 'A', link: '/a.html' }],\n    sidebar: ['/', '/a']\n  }\n}\n";
    let site = folder(&[
        ("package.json", "{\"devDependencies\": {\"vuepress\": \"^1.9.0\"}}"),
        ("docs/.vuepress/config.js", config),
        ("docs/README.md", "# Home\n\n[a](./a.md) ![p](/p.png)\n"),
        ("docs/a.md", "# A\n\n[home](./README.md) ![p](/p.png)\n"),
        ("docs/.vuepress/public/p.png", "png"),
    ]);
    let site = site.path();
    let (code, _, err) = run(site, &["mv", "docs/a.md", "docs/guide/b.md", "--format", "short"]);
    assert_eq!(code, 1, "{err}");
    let told: Vec<&str> = err.lines().filter(|line| line.contains("dead-nav-link")).collect();
    assert!(told.len() == 2 && told.iter().all(|line| line.starts_with("docs/.vuepress/config.js:")), "{err}");
    assert_eq!(read(site, "docs/.vuepress/config.js"), config);
    assert_eq!(read(site, "docs/README.md"), "# Home\n\n[a](./guide/b.md) ![p](/p.png)\n");
    let moved = read(site, "docs/guide/b.md");
    assert_eq!(moved, "---\naliases:\n  - /a.html\n---\n\n# A\n\n[home](../README.md) ![p](/p.png)\n");
    // The list lies beside `.vuepress`, from wherever the program is started.
    assert_eq!(run(site, &["lock"]).0, 0);
    let lock = read(site, "docs/pressoir.lock");
    let (code, _, err) = run(&site.join("docs"), &["lock"]);
    assert!(code == 0 && err.contains("up to date") && lock.contains("/a.html\t=> /guide/b.html\n"), "{err}{lock}");
}

#[test]
fn a_list_that_cannot_be_read_is_told_and_not_overwritten() {
    let site = folder(SITE);
    let site = site.path();
    assert_eq!(run(site, &["lock"]).0, 0);
    let lock = read(site, "pressoir.lock");
    for (text, want, accepts) in [
        ("pressoir.lock 9\n".to_owned(), "later version", false),
        ("something else\n".to_owned(), "no list of addresses", true),
        (format!("{lock}nothing\n"), "names no address", true),
    ] {
        write(site, "pressoir.lock", &text);
        let (code, out, _) = run(site, &["check", "--format", "short"]);
        assert!(code == 1 && out.contains("pressoir.lock:") && out.contains("error[lock-file]"), "{out}");
        let (code, _, err) = run(site, &["lock"]);
        assert!(code != 0 && err.contains(want), "{err}");
        assert_eq!(read(site, "pressoir.lock"), text);
        assert_eq!(run(site, &["lock", "--accept"]).0 == 0, accepts);
    }
    // A merge that is not finished is ended by writing the list anew.
    let conflict = lock.replacen("/guide/more.html\t", "<<<<<<< HEAD\n=======\n>>>>>>> main\n/guide/more.html\t", 1);
    write(site, "pressoir.lock", &conflict);
    let (code, out, _) = run(site, &["check", "--format", "short"]);
    assert!(code == 1 && out.contains("the merge is not finished"), "{out}");
    assert_eq!(run(site, &["lock"]).0, 0);
    assert_eq!(read(site, "pressoir.lock"), lock);
}

/// Moves, and says how that ended, with what was told.
fn mv(site: &Path, arguments: &[&str]) -> (i32, String) {
    let (code, out, err) = run(site, &[&["mv"], arguments, &["--format", "short"]].concat());
    (code, format!("{out}{err}"))
}

#[test]
fn nothing_is_written_above_lines_that_pages_count() {
    let files: &[(&str, &str)] = &[
        ("pressoir.yml", "title: S\nlang: en\n"),
        ("content/README.md", "# Home\n\n<!-- @include: ./part.md{3,3} -->\n"),
        ("content/code.md", "# Code\n\n<<< ./shown.md{2}\n"),
        ("content/more.md", "# More\n\n@[code{1-2}](regions.md)\n\n<!-- @include: ./free.md#x -->\n"),
        ("content/part.md", "# Part\n\nThe third line.\n"),
        ("content/shown.md", "# Shown\nsecond\n"),
        ("content/regions.md", "# Regions\nb\n"),
        ("content/free.md", "# Free\n\n<!-- #region x -->\nKept.\n<!-- #endregion x -->\n"),
    ];
    let site = folder(files);
    let site = site.path();
    assert_eq!(run(site, &["lock"]).0, 0);
    for (name, text) in [("part", files[4].1), ("shown", files[5].1), ("regions", files[6].1)] {
        let (code, told) = mv(site, &[&format!("content/{name}.md"), &format!("content/sub/{name}.md")]);
        assert_eq!(code, 0, "{told}");
        assert_eq!(read(site, &format!("content/sub/{name}.md")), text);
        assert!(read(site, "pressoir.yml").contains(&format!("  /{name}.html: /sub/{name}.html\n")), "{told}");
    }
    // A part that is found by its name may be shifted.
    assert_eq!(mv(site, &["content/free.md", "content/sub/free.md"]).0, 0);
    assert!(read(site, "content/sub/free.md").starts_with("---\naliases:\n  - /free.html\n---\n"));
    assert_eq!(run(site, &["build", "--strict"]).0, 0);
    assert!(read(site, "public/index.html").contains("The third line."));
    assert!(read(site, "public/more.html").contains("Kept."));

    // What `check --fix` writes heeds it, too.
    fs::rename(site.join("content/sub/part.md"), site.join("content/sub/piece.md")).expect("it is moved");
    write(site, "content/README.md", "# Home\n\n<!-- @include: ./sub/piece.md{3,3} -->\n");
    let settings = read(site, "pressoir.yml").replace("  /part.html: /sub/part.html\n", "");
    write(site, "pressoir.yml", &settings);
    let (_, out, _) = run(site, &["check"]);
    assert!(out.contains("`pressoir check --fix` writes `/part.html: /sub/piece.html` below `redirects:`"), "{out}");
    run(site, &["check", "--fix", "--yes"]);
    assert!(read(site, "pressoir.yml").contains("  /part.html: /sub/piece.html\n"));
    assert_eq!(read(site, "content/sub/piece.md"), files[4].1);

    // Where the settings are a program, it is told.
    let site = folder(&[
        ("docs/.vitepress/config.js", "export default { title: 'S' }\n"),
        ("docs/index.md", "# Home\n\n<!-- @include: ./part.md{3,3} -->\n"),
        ("docs/part.md", "# Part\n\nThe third line.\n"),
    ]);
    let site = site.path();
    let (code, told) = mv(site, &["docs/part.md", "docs/sub/part.md"]);
    assert!(code == 1 && told.contains("nobody is led on from `/part.html`"), "{told}");
    assert_eq!(read(site, "docs/sub/part.md"), "# Part\n\nThe third line.\n");
    assert_eq!(read(site, "docs/index.md"), "# Home\n\n<!-- @include: ./sub/part.md{3,3} -->\n");
}

#[test]
fn what_programs_say_of_a_folder_is_left_to_the_author() {
    let config = "module.exports = {\n  themeConfig: {\n    // '/guide/' is about it\n    sidebar: {\n      '/guide/': ['', 'a']\n    }\n  }\n}\n";
    let site = folder(&[
        ("package.json", "{\"devDependencies\": {\"vuepress\": \"^1.9.0\"}}"),
        ("docs/.vuepress/config.js", config),
        ("docs/README.md", "# Home\n"),
        ("docs/guide/README.md", "# Guide\n"),
        ("docs/guide/a.md", "# A\n"),
    ]);
    let site = site.path();
    let (code, told) = mv(site, &["docs/guide", "docs/handbook"]);
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("`/guide/` in `docs/.vuepress/config.js:5` is left for you"), "{told}");
    assert!(!told.contains("config.js:3"), "{told}");

    // A link of the same name is dead on the same line; both are told, and each once.
    let config =
        "module.exports = { themeConfig: { nav: [{ text: 'G', link: '/guide/' }], sidebar: { '/guide/': [''] } } }\n";
    let site = folder(&[
        ("docs/.vuepress/config.js", config),
        ("docs/README.md", "# Home\n"),
        ("docs/guide/README.md", "# Guide\n"),
    ]);
    let site = site.path();
    let (code, told) = mv(site, &["docs/guide", "docs/handbook"]);
    let count = |what: &str| told.matches(what).count();
    let (key, link) = ("`/guide/` in `docs/.vuepress/config.js:1` is left", "the navigation bar leads to `/guide/`");
    assert_eq!((code, count(key), count(link)), (1, 1, 1), "{told}");

    let config = "import { menu } from './menu.js'\nexport default {\n  rewrites: { 'guide/:page': 'g/:page' },\n  locales: { root: { lang: 'en' }, fr: { lang: 'fr' } },\n  themeConfig: { sidebar: { '/fr/guide/': menu } }\n}\n";
    let site = folder(&[
        ("docs/.vitepress/config.js", config),
        ("docs/.vitepress/menu.js", "export const menu = { base: '/fr/guide/', items: [{ text: 'A', link: 'a' }] }\n"),
        ("docs/index.md", "# Home\n"),
        ("docs/guide/a.md", "# A\n"),
        ("docs/fr/guide/a.md", "# A\n"),
    ]);
    let site = site.path();
    let (code, told) = mv(site, &["docs/guide", "docs/handbook", "--dry-run"]);
    assert!(code == 1 && told.contains("`guide/:page` in `docs/.vitepress/config.js:3` is left for you"), "{told}");
    let (code, told) = mv(site, &["docs/fr", "docs/de"]);
    assert_eq!(code, 1, "{told}");
    for want in [
        "`/fr/guide/` in `docs/.vitepress/config.js:5`",
        "`/fr/guide/` in `docs/.vitepress/menu.js:1`",
        "the language `fr` in `docs/.vitepress/config.js` is left for you",
    ] {
        assert!(told.contains(want), "{want}: {told}");
    }
}

#[test]
fn languages_move_with_their_folder() {
    let settings = "title: S\nlang: en\nlocales:\n  /fr/:\n    lang: fr\n    sidebar:\n      /fr/guide/:\n        - /fr/guide/a.md\n";
    let site = folder(&[
        ("pressoir.yml", settings),
        ("content/README.md", "# Home\n\n[fr](fr/README.md)\n"),
        ("content/guide/a.md", "# A\n"),
        ("content/fr/README.md", "# Accueil\n\n[a](/guide/a.md)\n"),
        ("content/fr/guide/a.md", "# A\n"),
    ]);
    let site = site.path();
    let (code, told) = mv(site, &["content/fr", "content/other/de"]);
    assert_eq!(code, 0, "{told}");
    let now = read(site, "pressoir.yml");
    assert!(
        now.starts_with(
            "title: S\nlang: en\nlocales:\n  /other/de/:\n    lang: fr\n    sidebar:\n      /other/de/guide/:\n        - /other/de/guide/a.md\n"
        ),
        "{now}"
    );
    let (code, out, _) = run(site, &["check", "--strict", "--format", "short"]);
    assert_eq!((code, out.as_str()), (0, ""));
    // One page that leaves the folder of a language leaves the language there.
    assert_eq!(mv(site, &["content/other/de/README.md", "content/other/de/guide/home.md"]).0, 0);
    assert!(read(site, "pressoir.yml").contains("locales:\n  /other/de/:\n"));
}

#[test]
fn links_by_a_former_address_follow() {
    let site = folder(&[
        ("pressoir.yml", "title: S\nlang: en\n"),
        ("content/README.md", "# Home\n\n[a](a.md) [x](old.md) <a href=\"a.html\">a</a>\n"),
        ("content/a.md", "---\naliases: old.html\n---\n# A\n"),
    ]);
    let site = site.path();
    assert_eq!(mv(site, &["content/a.md", "content/b.md", "--no-redirect"]).0, 0);
    assert_eq!(read(site, "content/README.md"), "# Home\n\n[a](b.md) [x](b.md) <a href=\"b.html\">a</a>\n");
    assert_eq!(mv(site, &["content/b.md", "content/c.md"]).0, 0);
    assert_eq!(read(site, "content/c.md"), "---\naliases: [/old.html, \"/b.html\"]\n---\n# A\n");
    // There and back: its own address is no former one.
    assert_eq!(mv(site, &["content/c.md", "content/b.md"]).0, 0);
    assert_eq!(read(site, "content/b.md"), "---\naliases: [/old.html, /c.html]\n---\n# A\n");
    write(site, "content/README.md", "# Home\n\n[a](b.md) [c](c.md)\n");
    let (code, told) = mv(site, &["content/b.md", "content/d.md"]);
    assert_eq!(code, 0, "{told}");
    assert_eq!(read(site, "content/README.md"), "# Home\n\n[a](d.md) [c](d.md)\n");
    assert!(told.contains("2 links written anew in 1 file;"), "the former address is no link: {told}");
    assert_eq!(run(site, &["check", "--strict"]).0, 0);
}

#[test]
fn nothing_is_moved_to_where_no_page_is_read() {
    let site = folder(&[
        ("pressoir.yml", "title: S\nlang: en\nexclude:\n  - drafts/**\n"),
        ("content/README.md", "# Home\n\n[a](a.md)\n"),
        ("content/a.md", "# A\n"),
    ]);
    let site = site.path();
    let before = texts(site);
    for (to, want) in [
        ("content/node_modules/a.md", "`content/node_modules` is no part of the site"),
        ("content/x/.yarn/a.md", "`content/x/.yarn` is no part of the site"),
        ("content/.hidden/a.md", "is hidden"),
        ("content/drafts/a.md", "`content/drafts/a.md` would be no page of the site: the settings leave it out"),
        ("content/a\nb.md", "it has a line end or the like in it"),
    ] {
        let (code, told) = mv(site, &["content/a.md", to]);
        assert!(code == 2 && told.contains(want), "{to}: {told}");
    }
    assert_eq!(texts(site), before);
}

#[cfg(unix)]
#[test]
fn links_of_the_disk_are_not_moved() {
    use std::os::unix::fs::symlink;
    let site = folder(&[
        ("pressoir.yml", "title: S\nlang: en\n"),
        ("content/README.md", "# Home\n"),
        ("content/guide/a.md", "# A\n"),
        ("content/parts/b.md", "# B\n"),
    ]);
    let site = site.path();
    symlink("../parts/b.md", site.join("content/guide/l.md")).expect("a link");
    for (from, to, want) in [
        ("content/guide/l.md", "content/l.md", "`content/guide/l.md` is a link to another place of the disk"),
        ("content/guide", "content/x/guide", "`content/guide/l.md` is a link to another place of the disk"),
        ("content/parts/b.md", "content/b.md", "`content/guide/l.md` is a link to what would be moved"),
        ("content/parts", "content/p", "`content/guide/l.md` is a link to what would be moved"),
    ] {
        let (code, told) = mv(site, &[from, to]);
        assert!(code == 2 && told.contains(want), "{from}: {told}");
    }
    assert_eq!(mv(site, &["content/guide/a.md", "content/a.md"]).0, 0);
}

#[test]
fn odd_names_are_written_so_that_links_lead_there_or_told() {
    for name in ["a\"b", "it's", "a`b", "a&amp;b", "a<b", "a(b", "a)b", "a (b)", "a|b", "a]b", "a\\b", "a #1 %41"] {
        let site = folder(&[
            (
                "pressoir.yml",
                "title: S\nlang: en\nnav:\n  - {text: A, link: 'a.md'}\n  - text: B\n    link: \"/a.html\"\n",
            ),
            (
                "content/README.md",
                "---\nnext: \"a.md\"\n---\n# Home `x`\n\n[a](a.md) `code` [`b`](./a.html) <a href='a.html'>c</a>\n\n| x |\n|---|\n| [t](a.md) |\n\n[r]\n\n[r]: /a.md\n",
            ),
            ("content/a.md", "# A\n"),
        ]);
        let site = site.path();
        // A backslash separates folders for `mv`, as it does on Windows.
        let folder_name = name.replace('\\', "/");
        let (code, told) = mv(site, &["content/a.md", &format!("content/{name}.md")]);
        assert_eq!(code, 0, "{name}: {told}");
        assert!(site.join(format!("content/{folder_name}.md")).is_file(), "{name}: {told}");
        let (code, out, err) = run(site, &["check", "--strict", "-v", "--format", "short"]);
        assert!(
            code == 0 && !out.contains("content/README.md"),
            "{name}: {told}{out}{err}{}",
            read(site, "content/README.md")
        );
    }
    // What has no way is told, although readers are led on.
    let site = folder(&[
        ("pressoir.yml", "title: S\nlang: en\n"),
        ("content/README.md", "# Home\n\n[a](&#97;.md)\n\n<!-- @include: ./p.md -->\n"),
        ("content/a.md", "# A\n"),
        ("content/p.md", "Part\n"),
    ]);
    let site = site.path();
    let (code, told) = mv(site, &["content/a.md", "content/b.md"]);
    assert!(code == 1 && told.contains("content/README.md:3:1: warning[dead-link]: `a.md` could not be"), "{told}");
    let (code, told) = mv(site, &["content/p.md", "content/p-->q.md"]);
    assert!(code == 1 && told.contains("`content/README.md` does not show `content/p-->q.md` any more"), "{told}");
}

#[test]
fn pictures_move_within_the_public_folder() {
    let site = folder(&[
        ("docs/.vuepress/config.js", "module.exports = { title: 'S' }\n"),
        ("docs/README.md", "# Home\n\n![p](/p.png) <img src=\"/p.png\">\n"),
        ("docs/.vuepress/public/p.png", "png"),
    ]);
    let site = site.path();
    let (code, told) = mv(site, &["docs/.vuepress/public/p.png", "docs/p.png"]);
    assert!(code == 2 && told.contains("`docs/.vuepress/public` is published as it is"), "{told}");
    let (code, told) = mv(site, &["docs/.vuepress/public/p.png", "docs/.vuepress/public/i/q.png"]);
    assert_eq!(code, 0, "{told}");
    assert_eq!(read(site, "docs/README.md"), "# Home\n\n![p](/i/q.png) <img src=\"/i/q.png\">\n");
    assert!(site.join("docs/.vuepress/public/i/q.png").is_file());
}

#[test]
fn what_cannot_be_read_of_a_list_is_said_to_be_so() {
    let site = folder(SITE);
    let site = site.path();
    for (text, gives_up) in [
        ("", "what cannot be read of `pressoir.lock` would be given up"),
        ("garbage\n", "what cannot be read of `pressoir.lock` would be given up"),
        ("pressoir.lock 1\nx\ny\n", "what cannot be read of `pressoir.lock` would be given up"),
        (
            "pressoir.lock 1\nx\n/gone.html\tgone.md\tGone\n",
            "1 address and what cannot be read of `pressoir.lock` would be given up",
        ),
        ("pressoir.lock 1\n/gone.html\tgone.md\tGone\n", "this address would be given up"),
    ] {
        write(site, "pressoir.lock", text);
        let (code, _, err) = run(site, &["lock"]);
        assert!(
            code == 1 && err.contains(&format!("Nothing was written: {gives_up}. `pressoir lock --accept`")),
            "{err}"
        );
        assert_eq!(err.contains("let `pressoir lock --accept` write"), gives_up.contains("cannot"), "{err}");
        assert_eq!(read(site, "pressoir.lock"), text);
    }
}
