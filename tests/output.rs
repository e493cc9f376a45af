//! The output folder from outside, written by the program: what changes, what is left alone, what a kill leaves behind.
#![allow(clippy::disallowed_methods, reason = "these tests start the program and look at real files")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use walkdir::WalkDir;

/// Where the program writes files before it moves them into their places.
const UNFINISHED: &str = ".pressoir-unfinished";

/// Files by path below a folder.
type Tree = BTreeMap<String, Vec<u8>>;

/// The files below `folder`; the program's own list and its unfinished files aside.
fn tree(folder: &Path) -> Tree {
    files(folder).filter(|(path, _)| !path.starts_with(".pressoir")).collect()
}

fn files(folder: &Path) -> impl Iterator<Item = (String, Vec<u8>)> {
    let files = WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    files.map(move |entry| {
        let path = entry.path().strip_prefix(folder).expect("it lies below").to_string_lossy().replace('\\', "/");
        (path, fs::read(entry.path()).expect("it can be read"))
    })
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("it is below the folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    files.iter().for_each(|(path, text)| write(folder.path(), path, text));
    folder
}

fn start(folder: &Path, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pressoir"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    for name in ["CI", "GITHUB_ACTIONS", "SOURCE_DATE_EPOCH"] {
        command.env_remove(name);
    }
    command.spawn().expect("it starts")
}

/// The exit code of a build into `site`.
fn build(folder: &Path, arguments: &[&str]) -> i32 {
    let arguments: Vec<&str> = ["build", "-o", "site"].into_iter().chain(arguments.iter().copied()).collect();
    start(folder, &arguments).wait().expect("it ends").code().expect("it was not killed")
}

/// Makes every file below `folder` an hour old.
fn age(folder: &Path) -> SystemTime {
    let then = SystemTime::now() - Duration::from_secs(3600);
    for (path, _) in files(folder) {
        let file = File::options().write(true).open(folder.join(path)).expect("it can be opened");
        file.set_modified(then).expect("its time can be set");
    }
    then
}

/// The files below `folder` that were written since [`age`].
fn written(folder: &Path) -> Vec<String> {
    let recent = SystemTime::now() - Duration::from_secs(1800);
    let time = |path: &str| fs::metadata(folder.join(path)).and_then(|about| about.modified()).expect("it has a time");
    tree(folder).into_keys().filter(|path| time(path) > recent).collect()
}

/// What was written besides the index of the search and the Markdown for other programs, which have changed with the words of a page.
fn pages(mut written: Vec<String>) -> Vec<String> {
    assert!(written.iter().any(|path| path == "search/index.js"), "{written:?}");
    assert!(written.iter().any(|path| path == "llms-full.txt"), "{written:?}");
    written.retain(|path| !path.starts_with("search/") && !path.ends_with(".md") && !path.ends_with(".txt"));
    written
}

#[test]
fn only_what_changed_is_written() {
    let project = folder(&[
        ("README.md", "# Home\n\nSee [a](a.md).\n"),
        ("a.md", "# A\n"),
        ("b.md", "# B\n"),
        ("picture.png", "picture"),
    ]);
    let site = project.path().join("site");
    assert_eq!(build(project.path(), &[]), 0);
    age(&site);
    assert_eq!(build(project.path(), &[]), 0);
    assert_eq!(written(&site), [""; 0], "nothing has changed");

    write(project.path(), "a.md", "# A\n\nMore.\n");
    assert_eq!(build(project.path(), &[]), 0);
    assert_eq!(pages(written(&site)), ["a.html"]);

    age(&site);
    write(project.path(), "picture.png", "another");
    assert_eq!(build(project.path(), &[]), 0);
    assert_eq!(written(&site), ["picture.png"]);

    // The title is in the sidebar of every page.
    age(&site);
    write(project.path(), "b.md", "# Another B\n");
    assert_eq!(build(project.path(), &[]), 0);
    assert_eq!(pages(written(&site)), ["a.html", "b.html", "index.html", "search.html"]);
}

#[test]
fn what_is_stale_goes_and_what_is_foreign_stays() {
    let project = folder(&[
        ("README.md", "# Home\n"),
        ("guide/a.md", "# A\n"),
        ("guide/b.md", "# B\n"),
        ("old/c.md", "# C\n"),
        ("site/CNAME", "example.org\n"),
        ("site/old/notes.txt", "notes"),
        ("site/.git/HEAD", "ref"),
    ]);
    let site = project.path().join("site");
    assert_eq!(build(project.path(), &[]), 0);
    fs::remove_file(project.path().join("guide/b.md")).expect("it is there");
    fs::remove_dir_all(project.path().join("old")).expect("it is there");
    fs::rename(project.path().join("guide"), project.path().join("tour")).expect("it is there");
    assert_eq!(build(project.path(), &[]), 0);
    let left = tree(&site);
    assert!(left.contains_key("tour/a.html"), "{:?}", left.keys());
    for gone in ["guide/a.html", "guide/b.html", "old/c.html"] {
        assert!(!left.contains_key(gone), "{gone}");
    }
    assert!(!site.join("guide").exists(), "an empty folder of ours goes as well");
    for (path, text) in [("CNAME", "example.org\n"), ("old/notes.txt", "notes"), (".git/HEAD", "ref")] {
        assert_eq!(left.get(path).map(Vec::as_slice), Some(text.as_bytes()), "{path}");
    }
}

#[test]
fn a_foreign_file_is_not_overwritten() {
    let project = folder(&[("README.md", "# Home\n"), ("a.md", "# A\n"), ("site/a.html", "by hand")]);
    assert_eq!(build(project.path(), &[]), 2);
    assert_eq!(tree(&project.path().join("site")), Tree::from([("a.html".to_owned(), b"by hand".to_vec())]));
}

#[test]
fn a_build_that_fails_changes_nothing() {
    let project = folder(&[
        ("pressoir.yml", "title: Site\n"),
        ("content/README.md", "# Home\n"),
        ("content/a.md", "# A\n"),
        ("content/b.md", "# B\n"),
    ]);
    let site = project.path().join("site");
    assert_eq!(build(project.path(), &[]), 0);
    let before: Tree = files(&site).collect();
    let page = ("content/a.md", "# A\n\nA change that is not published.\n");
    for (wrong, arguments, code) in [
        (("pressoir.yml", "title: [\n"), &[][..], 2),
        (("content/b.md", "---\ntitle: a: b\n---\n"), &[], 1),
        (("content/b.md", "---\npermalink: /a.html\n---\n# B\n"), &[], 1),
        (("themes/default/templates/page.html", "{{ nothing"), &[], 1),
        (("content/b.md", "[dead](nowhere.md)\n"), &["--strict"], 1),
        (("content/b.md", "::: tip\nnever closed\n"), &["--strict"], 1),
    ] {
        let right = fs::read(project.path().join(wrong.0)).ok();
        age(&site);
        write(project.path(), page.0, page.1);
        write(project.path(), wrong.0, wrong.1);
        assert_eq!(build(project.path(), arguments), code, "{wrong:?}");
        assert_eq!(written(&site), [""; 0], "{wrong:?}");
        assert_eq!(files(&site).collect::<Tree>(), before, "{wrong:?}");
        match right {
            Some(right) => fs::write(project.path().join(wrong.0), right).expect("a file"),
            None => fs::remove_file(project.path().join(wrong.0)).expect("it is there"),
        }
    }
    assert_eq!(build(project.path(), &["--strict"]), 0);
    assert_eq!(pages(written(&site)), ["a.html"]);
}

/// A site of many pages; the two versions share most of their addresses, and no text.
fn write_version(folder: &Path, version: usize) {
    let content = folder.join("content");
    if content.exists() {
        fs::remove_dir_all(&content).expect("it can be removed");
    }
    write(folder, "pressoir.yml", "title: Site\nsidebar: false\n");
    write(folder, "content/README.md", &format!("# Version {version}\n"));
    for page in version * 20..280 + version * 20 {
        let text = format!("# Page {page}\n\nVersion {version}, [next](page{}.md).\n", 100 + page % 100);
        write(folder, &format!("content/part{}/page{page}.md", page % 3), &text.replace("(page", "(../part1/page"));
    }
    write(folder, "content/file.bin", &format!("version {version}").repeat(20_000));
}

/// What a build into a fresh folder gives.
fn fresh(version: usize) -> Tree {
    let project = folder(&[]);
    write_version(project.path(), version);
    assert_eq!(build(project.path(), &[]), 0);
    tree(&project.path().join("site"))
}

#[test]
fn killed_at_any_moment_every_file_is_old_or_new_and_the_next_build_mends_the_rest() {
    let versions = [fresh(0), fresh(1)];
    let project = folder(&[]);
    let site = project.path().join("site");
    write_version(project.path(), 0);
    let started = Instant::now();
    assert_eq!(build(project.path(), &[]), 0);
    let whole = started.elapsed();
    let mut halfway = 0;
    for round in 0..16_u32 {
        let (old, new) = (&versions[round as usize % 2], &versions[(round as usize + 1) % 2]);
        write_version(project.path(), (round as usize + 1) % 2);
        let mut child = start(project.path(), &["build", "-o", "site"]);
        // Every other kill waits for the first file to be written: that is where it could hurt.
        if round % 2 == 0 {
            sleep(whole * (round * 7 % 16) / 16);
        } else {
            while !site.join(UNFINISHED).exists() && child.try_wait().expect("it can be asked").is_none() {
                sleep(Duration::from_micros(200));
            }
            sleep(Duration::from_millis(u64::from(round * 5 % 16)));
        }
        let _ = child.kill();
        child.wait().expect("it ends");

        let left = tree(&site);
        for (path, bytes) in &left {
            let known = old.get(path) == Some(bytes) || new.get(path) == Some(bytes);
            assert!(known, "round {round}: `{path}` is neither old nor new");
        }
        for path in old.keys().filter(|path| new.contains_key(*path)) {
            assert!(left.contains_key(path), "round {round}: `{path}` is gone");
        }
        halfway += u32::from(left != *old && left != *new);

        assert_eq!(build(project.path(), &[]), 0);
        assert!(tree(&site) == *new, "round {round}: the next build does not mend the rest");
        assert!(!site.join(UNFINISHED).exists(), "round {round}");
    }
    assert!(halfway > 0, "no kill came while files were written: nothing was tried");
}
