//! The author's own files, changed where they asked for it: each as a whole or not at all, and only if it still is what it
//! was when the change was thought out.
#![expect(clippy::disallowed_methods, reason = "this module is where files of the author are changed")]

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::base::SourcePath;

/// What the names of files that are not finished end with.
const UNFINISHED: &str = ".pressoir-unfinished";

/// A file as it is, and as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The file, which is there.
    pub path: SourcePath,
    /// What is in it.
    pub before: Vec<u8>,
    /// What should be.
    pub after: Vec<u8>,
}

/// Why a file is as it was.
#[derive(Debug)]
pub enum Unchanged {
    /// It is another one by now.
    Changed(SourcePath),
    /// The disk failed.
    Io(SourcePath, io::Error),
}

impl fmt::Display for Unchanged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unchanged::Changed(path) => write!(f, "`{path}` was changed in the meantime"),
            Unchanged::Io(path, error) => write!(f, "`{path}` cannot be changed: {error}"),
        }
    }
}

impl std::error::Error for Unchanged {}

/// Changes files below `root`. If one of them is not what it was, or cannot be written, no file is changed; only a disk that
/// fails while files are put into their places leaves some of them old and some new, each of them whole.
pub fn edit(root: &Path, edits: &[Edit]) -> Result<(), Unchanged> {
    let mut finished: Vec<(PathBuf, PathBuf)> = Vec::new();
    let written = write_all(root, edits, &mut finished);
    let placed = written.and_then(|()| {
        for ((unfinished, place), edit) in finished.iter().zip(edits) {
            is_as_before(place, edit)?;
            fs::rename(unfinished, place).map_err(|error| Unchanged::Io(edit.path.clone(), error))?;
        }
        Ok(())
    });
    if placed.is_err() {
        // Those that are in their places are not there any more.
        finished.iter().for_each(|(unfinished, _)| drop(fs::remove_file(unfinished)));
    }
    placed
}

/// Moves a file or a folder below `root`, and changes files, each named by the path that it has before. Nothing is overwritten; if
/// anything is not as it was, nothing is moved.
pub fn relocate(root: &Path, from: &SourcePath, to: &SourcePath, edits: &[Edit]) -> Result<(), Unchanged> {
    let failed = |path: &SourcePath| {
        let path = path.clone();
        move |error| Unchanged::Io(path, error)
    };
    let (old, new) = (root.join(from.as_str()), root.join(to.as_str()));
    let folder = old.parent().map_or_else(|| Ok(root.to_path_buf()), fs::canonicalize).map_err(failed(from))?;
    let real = folder.join(old.file_name().unwrap_or_default());
    let mut finished: Vec<(PathBuf, PathBuf)> = Vec::new();
    let written = write_all(root, edits, &mut finished);
    let moved = written.and_then(|()| {
        for ((_, place), edit) in finished.iter().zip(edits) {
            is_as_before(place, edit)?;
        }
        // Where capitals do not count, the file may be its own obstacle.
        if fs::symlink_metadata(&new).is_ok() && fs::canonicalize(&new).ok() != fs::canonicalize(&old).ok() {
            return Err(Unchanged::Changed(to.clone()));
        }
        if let Some(parent) = new.parent() {
            fs::create_dir_all(parent).map_err(failed(to))?;
        }
        fs::rename(&old, &new).map_err(failed(to))
    });
    if let Err(refusal) = moved {
        finished.iter().for_each(|(unfinished, _)| drop(fs::remove_file(unfinished)));
        return Err(refusal);
    }
    // What lay in it lies in the new place, finished files and all.
    let now = |path: &Path| match path.strip_prefix(&real) {
        Ok(rest) if rest.as_os_str().is_empty() => new.clone(),
        Ok(rest) => new.join(rest),
        Err(_) => path.to_path_buf(),
    };
    for ((unfinished, place), edit) in finished.iter().zip(edits) {
        // A file that moves alone leaves the one that was finished beside it where it is.
        let finished = if *place == real { unfinished.clone() } else { now(unfinished) };
        fs::rename(finished, now(place)).map_err(failed(&edit.path))?;
    }
    Ok(())
}

/// Writes a file that is not there; one that is there by now is left alone.
pub fn create(root: &Path, path: &SourcePath, contents: &[u8]) -> Result<(), Unchanged> {
    let failed = |error| Unchanged::Io(path.clone(), error);
    let place = root.join(path.as_str());
    let mut name = place.file_name().unwrap_or_default().to_owned();
    name.push(UNFINISHED);
    let unfinished = place.with_file_name(name);
    let mut file = OpenOptions::new().write(true).create_new(true).open(&unfinished).map_err(failed)?;
    let written = file.write_all(contents).and_then(|()| file.sync_all()).map_err(failed);
    let placed = written.and_then(|()| match fs::symlink_metadata(&place) {
        Ok(_) => Err(Unchanged::Changed(path.clone())),
        Err(_) => fs::rename(&unfinished, &place).map_err(failed),
    });
    if placed.is_err() {
        // What is not finished helps nobody.
        drop(fs::remove_file(&unfinished));
    }
    placed
}

/// Writes each file beside its place.
fn write_all(root: &Path, edits: &[Edit], finished: &mut Vec<(PathBuf, PathBuf)>) -> Result<(), Unchanged> {
    for edit in edits {
        let failed = |error| Unchanged::Io(edit.path.clone(), error);
        // Where a link leads to the file, the link stays and the file changes.
        let place = fs::canonicalize(root.join(edit.path.as_str())).map_err(failed)?;
        is_as_before(&place, edit)?;
        let mut name = place.file_name().unwrap_or_default().to_owned();
        name.push(UNFINISHED);
        let unfinished = place.with_file_name(name);
        let mut file = OpenOptions::new().write(true).create_new(true).open(&unfinished).map_err(failed)?;
        finished.push((unfinished.clone(), place.clone()));
        file.write_all(&edit.after).and_then(|()| file.sync_all()).map_err(failed)?;
        let permissions = fs::metadata(&place).map_err(failed)?.permissions();
        fs::set_permissions(&unfinished, permissions).map_err(failed)?;
    }
    Ok(())
}

fn is_as_before(place: &Path, edit: &Edit) -> Result<(), Unchanged> {
    match fs::read(place) {
        Ok(now) if now == edit.before => Ok(()),
        Ok(_) => Err(Unchanged::Changed(edit.path.clone())),
        Err(error) => Err(Unchanged::Io(edit.path.clone(), error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect("it can be written");
        }
        folder
    }

    fn change(path: &str, before: &str, after: &str) -> Edit {
        let path = SourcePath::new(path).expect("a path");
        Edit { path, before: before.into(), after: after.into() }
    }

    fn contents(folder: &tempfile::TempDir) -> Vec<(String, String)> {
        let entries = fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("a file").path());
        let mut all: Vec<_> = entries
            .map(|path| {
                let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                (name, fs::read_to_string(&path).expect("a text"))
            })
            .collect();
        all.sort();
        all
    }

    fn texts(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn files_change_together() {
        let folder = folder(&[("a.md", "a"), ("b.md", "b"), ("c.md", "c")]);
        edit(folder.path(), &[change("a.md", "a", "A"), change("b.md", "b", "B")]).expect("they can be changed");
        assert_eq!(contents(&folder), texts(&[("a.md", "A"), ("b.md", "B"), ("c.md", "c")]));
    }

    #[test]
    fn a_file_that_changed_stops_all() {
        let folder = folder(&[("a.md", "a"), ("b.md", "by now another")]);
        let refused = edit(folder.path(), &[change("a.md", "a", "A"), change("b.md", "b", "B")]);
        assert!(matches!(refused, Err(Unchanged::Changed(path)) if path.as_str() == "b.md"));
        assert_eq!(contents(&folder), texts(&[("a.md", "a"), ("b.md", "by now another")]));
        assert!(edit(folder.path(), &[change("a.md", "a", "A"), change("gone.md", "", "x")]).is_err());
        assert_eq!(contents(&folder), texts(&[("a.md", "a"), ("b.md", "by now another")]));
    }

    #[test]
    fn a_file_in_the_way_is_left_alone() {
        let folder = folder(&[("a.md", "a"), ("a.md.pressoir-unfinished", "mine")]);
        assert!(edit(folder.path(), &[change("a.md", "a", "A")]).is_err());
        assert_eq!(contents(&folder), texts(&[("a.md", "a"), ("a.md.pressoir-unfinished", "mine")]));
    }

    #[test]
    fn a_move_is_made_as_a_whole_or_not_at_all() {
        let root = folder(&[("a.md", "a"), ("b.md", "b"), ("taken.md", "mine")]);
        let path = |text: &str| SourcePath::new(text).expect("a path");
        let whole = texts(&[("a.md", "a"), ("b.md", "b"), ("taken.md", "mine")]);
        for (to, edits) in [
            ("c.md", vec![change("a.md", "a", "A"), change("b.md", "by now another", "B")]),
            ("taken.md", vec![change("a.md", "a", "A")]),
            ("b.md/c.md", vec![change("a.md", "a", "A")]),
        ] {
            assert!(relocate(root.path(), &path("a.md"), &path(to), &edits).is_err(), "{to}");
            assert_eq!(contents(&root), whole, "{to}");
        }
        let edits = [change("a.md", "a", "A"), change("b.md", "b", "B")];
        relocate(root.path(), &path("a.md"), &path("x/y/c.md"), &edits).expect("it is moved");
        assert_eq!(fs::read_to_string(root.path().join("x/y/c.md")).expect("a text"), "A");
        relocate(root.path(), &path("x"), &path("z"), &[change("x/y/c.md", "A", "AA")]).expect("it is moved");
        assert_eq!(fs::read_to_string(root.path().join("z/y/c.md")).expect("a text"), "AA");
        fs::remove_dir_all(root.path().join("z")).expect("it is there");
        assert_eq!(contents(&root), texts(&[("b.md", "B"), ("taken.md", "mine")]));
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = folder(&[("a.md", "a")]);
        let (file, link) = (folder.path().join("a.md"), folder.path().join("l.md"));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("they can be set");
        symlink("a.md", &link).expect("a link");
        edit(folder.path(), &[change("l.md", "a", "A")]).expect("it can be changed");
        assert!(link.symlink_metadata().expect("it is there").is_symlink());
        assert_eq!(fs::metadata(&file).expect("it is there").permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read_to_string(&file).expect("a text"), "A");
    }
}
