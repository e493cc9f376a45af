//! The same input gives the same bytes: in folders of other names, at other times, in other surroundings.
#![allow(clippy::disallowed_methods, reason = "sites lie on a disk, and are built by the program")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A site with what could tell where or when it was made: dates, a program of settings, a feed, files of every kind.
const FILES: &[(&str, &str)] = &[
    (
        "docs/.vuepress/config.js",
        "module.exports = { title: 'T', lang: 'fr', description: `Fait en ${new Date(0).getFullYear()}, ${new Date().toISOString()}`,\n\
      plugins: [['sitemap', { hostname: 'https://example.org' }], ['feed', {}]] }\n",
    ),
    ("docs/.vuepress/public/a.svg", "<svg width=\"3\" height=\"4\"/>"),
    ("docs/README.md", "# T\n\n![a](/a.svg) [b](guide/b.md)\n"),
    (
        "docs/guide/b.md",
        "---\ndate: 2026-01-31\n---\n# B\n\n## Un\n\n```js\nlet a = 1\n```\n\n<<< docs/guide/code.js\n",
    ),
    ("docs/guide/code.js", "let a\n"),
];

fn site(name: &str) -> (TempDir, PathBuf) {
    let kept = tempfile::tempdir().expect("a folder");
    let root = kept.path().join(name);
    for (path, text) in FILES {
        let file = root.join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("it can be made");
        fs::write(file, text).expect("it can be written");
    }
    (kept, root)
}

fn built(root: &Path, variables: &[(&str, &str)]) -> BTreeMap<PathBuf, Vec<u8>> {
    let out = root.join("out");
    let ended = Command::new(env!("CARGO_BIN_EXE_pressoir"))
        .args(["build", "docs", "-o", "out"])
        .current_dir(root)
        .envs(variables.iter().copied())
        .output()
        .expect("it starts");
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&out) {
        let entry = entry.expect("it can be read");
        // A host may take no links, and what they lead to is not there.
        assert!(!entry.path_is_symlink(), "{}", entry.path().display());
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(&out).expect("it lies there").to_owned();
            files.insert(path, fs::read(entry.path()).expect("it can be read"));
        }
    }
    assert!(files.len() > 10, "{:?}", files.keys());
    files
}

/// The paths of files that two outputs do not have alike.
fn differing(one: &BTreeMap<PathBuf, Vec<u8>>, other: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<PathBuf> {
    let all = one.keys().chain(other.keys());
    let mut found: Vec<PathBuf> = all.filter(|path| one.get(*path) != other.get(*path)).cloned().collect();
    found.dedup();
    found
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (_first, one) = site("one");
    let (_second, other) = site("another name");
    let epoch = ("SOURCE_DATE_EPOCH", "1700000000");
    let before = built(&one, &[epoch, ("TZ", "UTC"), ("LANG", "fr_FR.UTF-8"), ("RAYON_NUM_THREADS", "1")]);
    let after = built(&other, &[epoch, ("TZ", "Asia/Tokyo"), ("LANG", "C"), ("RAYON_NUM_THREADS", "3")]);
    assert_eq!(differing(&before, &after), [] as [PathBuf; 0]);
    let home = String::from_utf8_lossy(&before[Path::new("index.html")]).into_owned();
    assert!(home.contains("2023-11-14T22:13:20"), "settings see the time of SOURCE_DATE_EPOCH: {home}");
    // Built again over what is there, nothing changes.
    assert_eq!(differing(&before, &built(&one, &[epoch])), [] as [PathBuf; 0]);
    // That it would be seen if the time mattered.
    assert!(!differing(&before, &built(&one, &[("SOURCE_DATE_EPOCH", "1800000000")])).is_empty());
}

#[cfg(unix)]
#[test]
fn what_a_link_leads_to_is_copied() {
    let (_kept, root) = site("links");
    std::os::unix::fs::symlink("a.svg", root.join("docs/.vuepress/public/b.svg")).expect("a link");
    let files = built(&root, &[]);
    assert_eq!(files[Path::new("a.svg")], files[Path::new("b.svg")]);
}
