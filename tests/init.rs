//! `pressoir init` from outside: what it makes, what it leaves alone, and what it says.
#![allow(clippy::disallowed_methods, reason = "these tests start the program and look at real files")]

#[allow(dead_code, reason = "each test uses its part of it")]
#[path = "support/command.rs"]
mod command;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use command::{ended, folder, pressoir, run};

/// Every file below a folder, but those of git, by path.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let walk = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("it can be read"));
    let files = walk.filter(|entry| entry.file_type().is_file());
    let path = |path: &Path| path.strip_prefix(folder).expect("it lies below").to_string_lossy().into_owned();
    let files = files.map(|entry| (path(entry.path()), fs::read_to_string(entry.path()).unwrap_or_default()));
    files.filter(|(path, _)| !path.split('/').any(|part| part == ".git")).collect()
}

fn names(folder: &Path) -> Vec<String> {
    files(folder).into_keys().collect()
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=a", "-c", "user.email=a@example.org"]).args(arguments);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = command.output().expect("git starts");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn init(folder: &Path, arguments: &[&str]) -> String {
    let (code, out, err) = run(folder, &[&["init"], arguments].concat());
    assert_eq!((code, err.as_str()), (0, ""), "{arguments:?}: {out}");
    out
}

const NEW: [&str; 8] = [
    ".github/workflows/pages.yml",
    ".gitignore",
    "content/guide/publish.md",
    "content/guide/start.md",
    "content/guide/write.md",
    "content/images/plan.svg",
    "content/index.md",
    "pressoir.yml",
];

#[test]
fn an_empty_folder_becomes_a_site_and_stays_it() {
    let place = folder(&[]);
    let said = init(place.path(), &["--lang", "en"]);
    assert_eq!(names(place.path()), NEW);
    for name in NEW {
        assert!(said.contains(name), "{name}: {said}");
    }
    let (code, out, _) = run(place.path(), &["check", "--strict"]);
    assert_eq!((code, out.as_str()), (0, ""));
    let before = files(place.path());
    let said = init(place.path(), &["--lang", "en"]);
    assert!(said.contains("nothing was written"), "{said}");
    assert_eq!(files(place.path()), before);
    // What an author took away comes back only where there would be no site without it.
    fs::remove_file(place.path().join("content/guide/start.md")).expect("it is there");
    init(place.path(), &["--lang", "en"]);
    assert!(!place.path().join("content/guide/start.md").exists());
}

#[test]
fn a_dry_run_writes_nothing() {
    let place = folder(&[]);
    let said = init(place.path(), &["new/site", "--lang", "en", "--dry-run", "--pull-requests"]);
    assert!(said.contains("new/site/content/index.md") && said.contains("pages-preview.yml"), "{said}");
    assert!(said.contains("nothing was") && !place.path().join("new").exists(), "{said}");
}

#[test]
fn it_speaks_the_language_of_the_system() {
    for (variable, value, page) in
        [("LANG", "fr_FR.UTF-8", "premiers-pas.md"), ("LC_ALL", "fr", "premiers-pas.md"), ("LANG", "de_DE", "start.md")]
    {
        let place = folder(&[]);
        let (code, out, _) = ended(pressoir(place.path(), &["init"]).env(variable, value).output().expect("it starts"));
        assert!(code == 0 && place.path().join("content/guide").join(page).is_file(), "{variable}={value}: {out}");
        assert_eq!(out.contains("Un nouveau site"), page == "premiers-pas.md", "{out}");
    }
}

#[test]
fn what_a_repository_has_without_being_a_site_is_left_alone() {
    let given = [
        ("README.md", "# Rooms\n"),
        ("LICENSE.md", "MIT\n"),
        ("readme.fr.md", "# Salles\n"),
        ("src/main.rs", "fn main() {}\n"),
        (".github/PULL_REQUEST_TEMPLATE.md", "# What\n"),
        (".gitignore", "/target\n"),
    ];
    let place = folder(&given);
    let said = init(place.path(), &["--lang", "en"]);
    let after = files(place.path());
    for (name, text) in given {
        assert_eq!(after[name], text, "{name}");
    }
    assert!(after.contains_key("content/index.md"), "{said}");
    assert!(said.contains("Add the line `/public/`"), "{said}");
    // Once the line is there, nothing is said of it.
    fs::write(place.path().join(".gitignore"), "/target\n/public/\n").expect("a file");
    assert!(!init(place.path(), &["--lang", "en"]).contains("Add the line"));
}

#[test]
fn a_site_gets_only_what_it_lacks() {
    for (name, given, kind) in [
        (
            "native",
            &[("pressoir.yml", "title: T\n"), ("content/a.md", "# A\n"), (".gitignore", "public\n")][..],
            "a Pressoir site",
        ),
        ("VuePress", &[(".vuepress/config.yml", "title: T\n"), ("a.md", "# A\n")], "a VuePress site"),
        ("VitePress", &[("docs/.vitepress/config.json", "{}"), ("docs/a.md", "# A\n")], "a VitePress site"),
        ("bare", &[("guide/a.md", "# A\n"), ("README.md", "# B\n"), (".gitignore", "public/\n")], "pages in Markdown"),
    ] {
        let place = folder(given);
        let said = init(place.path(), &["--lang", "en"]);
        let mut want: Vec<&str> = given.iter().map(|(name, _)| *name).chain([".github/workflows/pages.yml"]).collect();
        want.sort_unstable();
        assert_eq!(names(place.path()), want, "{name}: {said}");
        assert!(said.contains(kind), "{name}: {said}");
    }
    // Settings under another name are settings, too; without a page they are no site yet.
    let place = folder(&[("pressoir.toml", "title = \"Ours\"\n")]);
    init(place.path(), &["--lang", "en"]);
    let names = names(place.path());
    assert!(names.contains(&"content/index.md".into()) && !names.contains(&"pressoir.yml".into()), "{names:?}");
}

#[test]
fn a_workflow_that_publishes_is_told_and_has_no_second_beside_it() {
    let theirs = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: npm run docs:build\n      - uses: peaceiris/actions-gh-pages@v4\n";
    let place = folder(&[
        (".github/workflows/deploy.yaml", theirs),
        (".github/workflows/test.yml", "on: push\n"),
        (".vuepress/config.yml", "title: T\n"),
        ("a.md", "# A\n"),
    ]);
    let before = files(place.path());
    let said = init(place.path(), &["--lang", "en"]);
    assert!(
        said.contains(".github/workflows/deploy.yaml") && said.contains("line 7: `peaceiris/actions-gh-pages`"),
        "{said}"
    );
    assert_eq!(files(place.path()), before);
    // What checks proposals publishes nothing.
    let said = init(place.path(), &["--lang", "fr", "--pull-requests"]);
    assert!(said.contains("publie déjà sur GitHub Pages"), "{said}");
    let written: Vec<_> = names(place.path()).into_iter().filter(|name| !before.contains_key(name)).collect();
    assert_eq!(written, [".github/workflows/pages-preview.yml"]);
}

#[test]
fn workflows_lie_where_git_has_its_root() {
    let place =
        folder(&[("README.md", "# All\n"), ("docs/.vuepress/config.yml", "title: T\n"), ("docs/a.md", "# A\n")]);
    git(place.path(), &["init", "-q", "-b", "trunk"]);
    let said = init(place.path(), &["docs", "--lang", "en"]);
    let workflow = fs::read_to_string(place.path().join(".github/workflows/pages.yml")).expect("it was written");
    assert!(workflow.contains("folder: docs\n") && workflow.contains("branches: [trunk]\n"), "{workflow}");
    assert!(!place.path().join("docs/.github").exists() && said.contains("branch `trunk`"), "{said}");
}

#[test]
fn the_branch_that_is_published_is_the_default_one() {
    let branch = |folder: &Path| {
        let _ = fs::remove_dir_all(folder.join(".github"));
        init(folder, &["--lang", "en"]);
        let text = fs::read_to_string(folder.join(".github/workflows/pages.yml")).expect("it was written");
        text.lines().find_map(|line| Some(line.trim().strip_prefix("branches: ")?.to_owned())).expect("a branch")
    };
    let place = folder(&[(".vuepress/config.yml", "title: T\n"), ("a.md", "# A\n")]);
    let at = place.path();
    assert_eq!(branch(at), "[main]", "without git");
    git(at, &["init", "-q", "-b", "first"]);
    assert_eq!(branch(at), "[first]", "without a commit");
    git(at, &["add", "a.md"]);
    git(at, &["commit", "-q", "-m", "A"]);
    git(at, &["branch", "master"]);
    git(at, &["checkout", "-q", "-b", "topic"]);
    assert_eq!(branch(at), "[master]", "a topic is not what is published");
    git(at, &["update-ref", "refs/remotes/origin/1.x", "HEAD"]);
    git(at, &["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/1.x"]);
    assert_eq!(branch(at), "[\"1.x\"]", "the origin says which is its default");
    git(at, &["symbolic-ref", "--delete", "refs/remotes/origin/HEAD"]);
    git(at, &["branch", "-q", "-D", "master"]);
    git(at, &["checkout", "-q", "--detach"]);
    assert_eq!(branch(at), "[main]", "nothing tells");
}

#[test]
fn a_repository_elsewhere_gets_no_workflow_of_github() {
    for (origin, told) in [
        ("https://gitlab.example.org/group/rooms.git", Some("gitlab.example.org")),
        ("git@codeberg.org:group/rooms.git", Some("codeberg.org")),
        ("git@github.com:group/rooms.git", None),
        ("https://git.example.org/group/rooms.git", None),
    ] {
        let place = folder(&[]);
        git(place.path(), &["init", "-q"]);
        git(place.path(), &["remote", "add", "origin", origin]);
        let said = init(place.path(), &["--lang", "en", "--pull-requests"]);
        let written = place.path().join(".github").exists();
        assert_eq!(
            (written, told.is_some_and(|host| said.contains(host))),
            (told.is_none(), told.is_some()),
            "{origin}: {said}"
        );
        let settings = fs::read_to_string(place.path().join("pressoir.yml")).expect("it was written");
        assert_eq!(
            settings.contains("repo: https://github.com/group/rooms\n"),
            origin.contains("github"),
            "{settings}"
        );
        let (code, out, err) = run(place.path(), &["check", "--strict"]);
        assert_eq!(code, 0, "{out}{err}");
    }
}

#[test]
fn the_action_can_be_named() {
    let place = folder(&[]);
    let said = init(place.path(), &["--lang", "en", "--action", "example/pressoir"]);
    let workflow = fs::read_to_string(place.path().join(".github/workflows/pages.yml")).expect("it was written");
    assert!(workflow.contains(concat!("uses: example/pressoir@v", env!("CARGO_PKG_VERSION"), "\n")), "{workflow}");
    assert!(!said.contains("OWNER"), "{said}");
    let place = folder(&[]);
    let said = init(place.path(), &["--lang", "en"]);
    let workflow = fs::read_to_string(place.path().join(".github/workflows/pages.yml")).expect("it was written");
    let line = workflow.lines().position(|line| line.contains("/pressoir@v")).expect("it uses the action") + 1;
    // Until it is known whose it is, the author is told where to say it.
    assert_eq!(workflow.contains("OWNER/"), said.contains(&format!(".github/workflows/pages.yml:{line}")), "{said}");
}

#[test]
fn titles_are_texts_whatever_folders_are_called() {
    for name in ["a: b", "it's \"quoted\"", "yes", "# hash", "été-2026"] {
        let place = folder(&[]);
        init(place.path(), &[name, "--lang", "fr"]);
        let (code, out, err) = run(&place.path().join(name), &["check", "--strict"]);
        assert_eq!(code, 0, "{name}: {out}{err}");
    }
}

#[test]
fn what_stands_in_the_way_is_told_before_anything_is_written() {
    let place = folder(&[("file", "x"), ("site/content", "x"), ("README.md", "# A\n")]);
    let before = files(place.path());
    for (arguments, told) in [
        (&["file"][..], "`file` is a file"),
        (&["file/below"], "is a file"),
        (&["site"], "content` is a file where a folder is wanted; nothing was written"),
        (&[".", "--action", "pressoir"], "is no action"),
    ] {
        let (code, out, err) = run(place.path(), &[&["init"], arguments].concat());
        assert!(code == 2 && err.contains(told), "{arguments:?}: {out}{err}");
    }
    assert_eq!(files(place.path()), before);
}

#[cfg(unix)]
#[test]
fn links_are_not_written_through() {
    let place = folder(&[("site/notes.txt", "x")]);
    std::os::unix::fs::symlink("../outside", place.path().join("site/pressoir.yml")).expect("a link");
    let said = init(place.path(), &["site", "--lang", "en"]);
    assert!(said.contains("is there already") && !place.path().join("outside").exists(), "{said}");
}

#[cfg(unix)]
#[test]
fn folders_that_are_links_are_not_written_through() {
    for link in [".github", ".github/workflows"] {
        let place = folder(&[("site/notes.txt", "x"), ("outside/notes.txt", "x")]);
        let path = place.path().join("site").join(link);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        std::os::unix::fs::symlink(place.path().join("outside"), &path).expect("a link");
        let before = files(place.path());
        let (code, out, err) = run(place.path(), &["init", "site"]);
        assert!(
            code == 2 && err.contains(&format!("{link}` is a link to another place; nothing was written")),
            "{out}{err}"
        );
        assert_eq!(files(place.path()), before, "{link}");
    }
}
