//! Files on a disk: the one place that walks and reads folders.
#![expect(clippy::disallowed_methods, reason = "this module is where the project's files are read")]

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::{Files, History, Listing, Unread, history};
use crate::base::SourcePath;

/// Folders that hold no documentation, whatever is in them.
const SKIPPED: &[&str] = &[".git", ".hg", ".svn", ".yarn", "node_modules"];

/// The name of the file that marks an output folder: what lies in one is no source.
pub const OUTPUT_MARK: &str = ".pressoir-manifest";

/// What VuePress and VitePress make themselves, by the name of the folder that it lies in.
const MADE: &[(&str, &[&str])] =
    &[(".vuepress", &["dist", ".cache", ".temp"]), (".vitepress", &["dist", "cache", ".temp"])];

/// The file that marks a folder as a cache, made again at need (<https://bford.info/cachedir/>): Cargo's `target` and its like.
const CACHE_MARK: &str = "CACHEDIR.TAG";

/// Whether a file of this name says of the folder around it whether it is listed.
pub fn is_mark(path: &SourcePath) -> bool {
    [OUTPUT_MARK, CACHE_MARK].contains(&path.name())
}

/// Whether a file in this folder says that it is not listed.
pub fn is_marked(folder: &Path) -> bool {
    folder.join(OUTPUT_MARK).is_file() || folder.join(CACHE_MARK).is_file()
}

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

    /// The text of the nearest file of this name in the folders above.
    pub fn above(&self, name: &str) -> Option<String> {
        let root = fs::canonicalize(&self.root).ok()?;
        root.ancestors().skip(1).find_map(|folder| fs::read_to_string(folder.join(name)).ok())
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

    /// Whether the walk goes into the folder, or takes the file. `linked` is the folder behind a link that the walk is in:
    /// a link in it to a further folder is not followed, because a few folders that link to each other would be walked in
    /// every order there is.
    fn wants(
        &self,
        entry: &DirEntry,
        root: Option<&Path>,
        linked: &mut Option<PathBuf>,
        listing: &mut Listing,
    ) -> bool {
        let folder = entry.file_type().is_dir();
        if entry.depth() == 0 {
            return true;
        }
        if folder && is_skipped(entry.path()) {
            return false;
        }
        if !entry.path_is_symlink() {
            return true;
        }
        // A link may lead anywhere; only what lies in the project is the project's.
        let target = fs::canonicalize(entry.path()).ok();
        let sources = target.as_deref().zip(root).filter(|(target, root)| leads_to_sources(root, target));
        let below = sources.and_then(|(target, root)| target.strip_prefix(root).ok());
        let inside = below.is_some();
        let name = self.source_path(entry.path());
        match below {
            None => {
                let is_below = target.as_deref().zip(root).is_some_and(|(target, root)| target.starts_with(root));
                let why = if is_below { Unread::LinkHidden } else { Unread::LinkOut };
                listing.problems.extend(name.map(|path| (path, why)));
            }
            Some(below) => {
                let real = below.to_str().and_then(|below| SourcePath::new(&below.replace('\\', "/")));
                listing.links.extend(real.zip(name));
            }
        }
        if inside && folder {
            if linked.as_ref().is_some_and(|linked| entry.path().starts_with(linked)) {
                return false;
            }
            *linked = Some(entry.path().to_path_buf());
        }
        inside
    }
}

/// Whether a path, without links in it, is below a project's root, and nothing hidden.
fn leads_to_sources(root: &Path, target: &Path) -> bool {
    let is_shown = |name: &str| !name.starts_with('.') || matches!(name, ".vuepress" | ".vitepress");
    target.strip_prefix(root).is_ok_and(|below| below.iter().all(|part| part.to_str().is_some_and(is_shown)))
}

/// Whether a folder holds no source: by its name, by the folder that it lies in, or by a mark in it.
pub fn is_skipped(folder: &Path) -> bool {
    let name = |path: Option<&Path>| path.and_then(Path::file_name).and_then(|name| name.to_str().map(str::to_owned));
    let (Some(own), parent) = (name(Some(folder)), name(folder.parent())) else { return false };
    let made = MADE.iter().find(|(owner, _)| parent.as_deref() == Some(owner));
    SKIPPED.contains(&own.as_str()) || made.is_some_and(|(_, names)| names.contains(&own.as_str())) || is_marked(folder)
}

impl Files for Disk {
    fn list(&self) -> io::Result<Listing> {
        // A folder that is not there is the caller's mistake, not a problem of one file.
        fs::read_dir(&self.root)?;
        let root = fs::canonicalize(&self.root).ok();
        let mut listing = Listing::default();
        let (mut linked, mut of_links) = (None, Listing::default());
        let walk = WalkDir::new(&self.root).follow_links(true).into_iter();
        for entry in walk.filter_entry(|entry| self.wants(entry, root.as_deref(), &mut linked, &mut of_links)) {
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
                // What an editor leaves while a file is open: `.#a.md`, a link to nowhere.
                Err(error) if is_missing(&error) && error.path().is_some_and(is_hidden) => {}
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
        listing.problems.extend(of_links.problems);
        listing.links = of_links.links;
        listing.problems.sort();
        Ok(listing)
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        fs::read(self.root.join(path.as_str()))
    }

    fn read_inside(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        let (root, file) = (fs::canonicalize(&self.root)?, fs::canonicalize(self.root.join(path.as_str()))?);
        // Hidden files are public under their own names only.
        match file == root.join(path.as_str()) || leads_to_sources(&root, &file) {
            true => fs::read(file),
            false => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn read_beginning(&self, path: &SourcePath, bytes: u64) -> io::Result<Vec<u8>> {
        let mut beginning = Vec::with_capacity(usize::try_from(bytes).unwrap_or_default().min(64 * 1024));
        fs::File::open(self.root.join(path.as_str()))?.take(bytes).read_to_end(&mut beginning)?;
        Ok(beginning)
    }

    fn size(&self, path: &SourcePath) -> io::Result<u64> {
        fs::metadata(self.root.join(path.as_str())).map(|data| data.len())
    }

    fn revision(&self) -> Option<String> {
        history::revision(&self.root)
    }

    fn history_is_cut_off(&self) -> bool {
        history::is_cut_off(&self.root)
    }

    fn last_contents(&self, path: &SourcePath) -> Option<Vec<u8>> {
        history::last_contents(&self.root, path)
    }

    fn history(&self, below: &SourcePath) -> History {
        history::read(&self.root, below).unwrap_or_default()
    }
}

fn is_missing(error: &walkdir::Error) -> bool {
    error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
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
        for path in [".vuepress/dist/g.html", ".vuepress/.temp/h", "target/debug/i.md", "target/CACHEDIR.TAG"] {
            write(root.path(), path);
        }
        write(root.path(), &format!("out/{OUTPUT_MARK}"));
        assert_eq!(listed(root.path()), [".vuepress/config.yml", "a.md", "b/été x.md"]);
        assert!(Disk::new(root.path().join("nowhere")).list().is_err());
    }

    #[test]
    fn files_above_are_found() {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "name.json");
        write(root.path(), "a/b/name.json");
        assert_eq!(Disk::new(root.path().join("a/b")).above("name.json").as_deref(), Some("x"));
        assert_eq!(Disk::new(root.path().join("a")).above("other.json"), None);
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
        symlink("me@host:1", root.path().join(".#a.md")).expect("a link");
        assert_eq!(listed(root.path()), ["a/b.md", "c.md"]);
        let problems = Disk::new(root.path()).list().expect("the folder is there").problems;
        let problems: Vec<_> = problems.iter().map(|(path, why)| (path.as_str(), why)).collect();
        assert_eq!(problems, [("broken.md", &Unread::DeadLink), ("out", &Unread::LinkOut)]);
    }

    #[cfg(unix)]
    #[test]
    fn folders_that_link_to_each_other_are_not_walked_in_every_order() {
        let root = tempfile::tempdir().expect("a folder");
        let names: Vec<String> = (0..12).map(|number| format!("d{number}")).collect();
        for name in &names {
            write(root.path(), &format!("{name}/a.md"));
            for other in names.iter().filter(|other| *other != name) {
                let link = root.path().join(name).join(format!("to-{other}"));
                std::os::unix::fs::symlink(root.path().join(other), link).expect("a link");
            }
        }
        assert_eq!(listed(root.path()).len(), 12 * 12);
    }
}
