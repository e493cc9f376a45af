//! Input that nobody should write and somebody will. Each ends in time, with a message that names the place and says what to
//! do; nothing is lost, nothing of the author's is overwritten, and what is wrong in one page stops no other.

mod deep;
mod folders;
mod names;
mod settings;
mod text;

#[path = "../support/mod.rs"]
mod support;

use std::path::Path;
use std::time::Duration;

use support::program::{Ended, contents, folder, pressoir, run, write};

/// Long enough for a slow machine; a hang takes longer.
const LIMIT: Duration = Duration::from_secs(60);

/// Builds the site in `root` to its `public` folder.
fn build(root: &Path) -> Ended {
    build_with(root, &[])
}

/// Builds with these arguments. Whatever comes of it, no bug is met and the author's files stay as they are.
fn build_with(root: &Path, arguments: &[&str]) -> Ended {
    let before = contents(root);
    let ended = run(pressoir(root).arg("build").args(arguments), LIMIT);
    for word in ["panicked", "mistake in Pressoir", "RUST_BACKTRACE"] {
        assert!(!ended.err.contains(word), "{}", ended.err);
    }
    assert!(matches!(ended.code, 0..=3), "{}", ended.code);
    let after = contents(root);
    for (path, old) in &before {
        assert_eq!(after.get(path), Some(old), "{path} was changed");
    }
    if ended.code != 0 {
        assert_eq!(before.len(), after.len(), "a build that fails writes nothing:\n{}", ended.err);
    }
    ended
}

/// What is wanted of a build.
struct Case<'a> {
    /// The files, whose home page is added if there is none.
    files: &'a [(&'a str, &'a [u8])],
    /// The exit code.
    code: i32,
    /// What standard error says; nothing means that there is nothing to say.
    told: &'a [&'a str],
    /// Pages that are written, with a part of each.
    shown: &'a [(&'a str, &'a str)],
}

fn check(case: &Case<'_>) {
    let folder = folder(case.files.iter().copied());
    let has_home =
        case.files.iter().any(|(path, _)| path.to_lowercase().ends_with("readme.md") || *path == "pressoir.yml");
    if !has_home {
        write(folder.path(), "README.md", "# Home\n");
    }
    let ended = build(folder.path());
    verify(folder.path(), &ended, case);
}

/// Holds a build against what is wanted of it.
fn verify(root: &Path, ended: &Ended, case: &Case<'_>) {
    let shown_files: Vec<&str> = case.files.iter().map(|(path, _)| *path).collect();
    assert_eq!(ended.code, case.code, "{shown_files:?}\n{}", ended.err);
    for words in case.told {
        assert!(ended.err.contains(words), "`{words}` is not told:\n{}", ended.err);
    }
    if case.told.is_empty() {
        assert!(ended.err.contains("nothing to mend"), "{}", ended.err);
    } else {
        assert!(ended.err.contains("= help: ") || ended.code > 1, "what is to be done about it:\n{}", ended.err);
    }
    for (path, part) in case.shown {
        let page = std::fs::read_to_string(root.join("public").join(path));
        assert!(page.is_ok(), "{path}: {page:?}\n{}", ended.err);
        let page = page.unwrap_or_default();
        assert!(page.contains(part), "{path} does not show `{part}`");
    }
}
