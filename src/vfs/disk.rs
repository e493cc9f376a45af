//! Files on a disk: the one place that walks and reads folders.
#![expect(clippy::disallowed_methods, reason = "this module is where the project's files are read")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::{Files, Listing, Unread};
use crate::base::SourcePath;

/// Folders that hold no documentation, whatever is in them.
const SKIPPED: &[&str] = &[".git", ".hg", ".svn", ".yarn", "node_modules"];

/// The name of the file that marks an output folder: what lies in one is no source.
pub const OUTPUT_MARK: &str = ".pressoir-manifest";

/// The files below a folder.
#[derive(Clone, Debug)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// The files below `root`.
    pub fn new(root: impl Into<PathBuf>) -> Disk {
        Disk { root: root.into() }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path below the folder, if it can be told as text.
    fn source_path(&self, path: &Path) -> Option<SourcePath> {
        let mut text = String::new();
        for part in path.strip_prefix(&self.root).ok()?.components() {
            if !text.is_empty() {
                text.push('/');
            }
            text.push_str(part.as_os_str().to_str()?);
        }
        SourcePath::new(&text)
    }

    /// Whether the walk goes into the folder, or takes the file.
    fn wants(&self, entry: &DirEntry, root: Option<&Path>, problems: &mut Vec<(SourcePath, Unread)>) -> bool {
        let folder = entry.file_type().is_dir();
        if entry.depth() == 0 {
            return true;
        }
        if folder && (entry.file_name().to_str().is_some_and(|name| SKIPPED.contains(&name)) || is_output(entry.path()))
        {
            return false;
        }
        // A link may lead anywhere; only what lies in the project is the project's.
        let inside = !entry.path_is_symlink()
            || matches!((fs::canonicalize(entry.path()), root), (Ok(target), Some(root)) if target.starts_with(root));
        if !inside {
            problems.extend(self.source_path(entry.path()).map(|path| (path, Unread::LinkOut)));
        }
        inside
    }
}

/// Whether the folder was written by a build.
fn is_output(folder: &Path) -> bool {
    folder.join(OUTPUT_MARK).is_file()
}

impl Files for Disk {
    fn list(&self) -> io::Result<Listing> {
        // A folder that is not there is the caller's mistake, not a problem of one file.
        fs::read_dir(&self.root)?;
        let root = fs::canonicalize(&self.root).ok();
        let mut listing = Listing::default();
        let mut outside = Vec::new();
        let walk = WalkDir::new(&self.root).follow_links(true).into_iter();
        for entry in walk.filter_entry(|entry| self.wants(entry, root.as_deref(), &mut outside)) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => match self.source_path(entry.path()) {
                    Some(path) => listing.files.push(path),
                    None => listing.problems.push((
                        SourcePath::new(
                            &entry.path().strip_prefix(&self.root).unwrap_or(entry.path()).to_string_lossy(),
                        )
                        .unwrap_or_else(SourcePath::root),
                        Unread::Name,
                    )),
                },
                Ok(_) => {}
                // A circle of links: the files in it are listed where they lie.
                Err(error) if error.loop_ancestor().is_some() => {}
                Err(error) => {
                    let path = error.path().and_then(|path| self.source_path(path)).unwrap_or_else(SourcePath::root);
                    let is_link = error.path().is_some_and(|path| path.is_symlink());
                    let reason = match error.io_error() {
                        Some(_) if is_link => Unread::DeadLink,
                        Some(error) => Unread::Other(error.to_string()),
                        None => Unread::Other(error.to_string()),
                    };
                    listing.problems.push((path, reason));
                }
            }
        }
        listing.files.sort();
        listing.files.dedup();
        listing.problems.extend(outside);
        listing.problems.sort();
        Ok(listing)
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        fs::read(self.root.join(path.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(root: &Path, path: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        fs::write(path, "x").expect("it can be written");
    }

    fn listed(root: &Path) -> Vec<String> {
        let listing = Disk::new(root).list().expect("the folder is there");
        listing.files.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn lists_what_is_documentation() {
        let root = tempfile::tempdir().expect("a folder");
        for path in ["b/été x.md", "a.md", ".git/c.md", "d/node_modules/e.md", ".vuepress/config.yml", "out/f.md"] {
            write(root.path(), path);
        }
        write(root.path(), &format!("out/{OUTPUT_MARK}"));
        assert_eq!(listed(root.path()), [".vuepress/config.yml", "a.md", "b/été x.md"]);
        assert!(Disk::new(root.path().join("nowhere")).list().is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_in_the_project_and_end() {
        use std::os::unix::fs::symlink;
        let (root, outside) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        write(outside.path(), "secret.md");
        write(root.path(), "a/b.md");
        symlink(root.path(), root.path().join("a/loop")).expect("a link");
        symlink(outside.path(), root.path().join("out")).expect("a link");
        symlink(root.path().join("a/b.md"), root.path().join("c.md")).expect("a link");
        symlink(root.path().join("nowhere"), root.path().join("broken.md")).expect("a link");
        assert_eq!(listed(root.path()), ["a/b.md", "c.md"]);
        let listing = Disk::new(root.path()).list().expect("the folder is there");
        let problems: Vec<_> = listing.problems.iter().map(|(path, why)| (path.as_str(), why)).collect();
        assert_eq!(problems, [("broken.md", &Unread::DeadLink), ("out", &Unread::LinkOut)]);
    }
}
