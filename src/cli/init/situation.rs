//! What is in the folder already, and around it.

use std::fs;
use std::path::{Component, Path, PathBuf, absolute};

use crate::compat::{self, Request};
use crate::config::{Layout, native};
use crate::vfs::{Disk, Files as _, Repository};

use super::super::Failure;
use super::workflows;

/// What a new site is made beside of: files that a repository has without being a site.
const BESIDE: &[&str] = &[
    "readme",
    "license",
    "licence",
    "changelog",
    "contributing",
    "contributors",
    "authors",
    "code_of_conduct",
    "security",
    "support",
    "governance",
    "maintainers",
];

/// A folder, and what it is part of.
pub(super) struct Situation {
    /// The folder, from the root of the disk. It may not be there yet.
    pub folder: PathBuf,
    /// What it holds.
    pub holds: Holds,
    /// The repository around it.
    pub repository: Option<Repository>,
    /// A workflow that publishes, if there is one.
    pub publisher: Option<Publisher>,
}

/// What a folder holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Nothing that would be a site.
    Nothing,
    /// A site of this layout.
    Site(Layout),
}

/// A workflow that publishes to GitHub Pages.
pub(super) struct Publisher {
    /// Its file.
    pub file: PathBuf,
    /// Where it says so.
    pub line: usize,
    /// What it uses.
    pub what: &'static str,
    /// Whether it uses Pressoir.
    pub with_pressoir: bool,
}

impl Situation {
    /// Looks at a folder.
    pub fn of(typed: &Path) -> Result<Situation, Failure> {
        let whole = absolute(typed).map_err(|error| Failure::Machine(format!("no current folder: {error}")))?;
        let there = whole.ancestors().find(|folder| folder.exists()).unwrap_or(&whole);
        if !there.is_dir() {
            return Err(Failure::Usage(format!(
                "`{}` is a file; name a folder, or one that is to be made",
                if there == whole { typed } else { there }.display()
            )));
        }
        let missing = whole.strip_prefix(there).unwrap_or(Path::new(""));
        if missing.components().any(|part| part == Component::ParentDir) {
            return Err(Failure::Usage(format!("there is no folder `{}`", typed.display())));
        }
        let base = there.canonicalize().map_err(|error| unread(there, &error))?;
        let folder = if missing.as_os_str().is_empty() { base.clone() } else { base.join(missing) };
        let repository = Repository::around(&base);
        let repository = match repository.map(|found| (found.root.canonicalize(), found)) {
            Some((Ok(root), found)) => Some(Repository { root, ..found }),
            _ => None,
        };
        let holds = if missing.as_os_str().is_empty() { held(&folder)? } else { Holds::Nothing };
        let publisher = publisher(&repository.as_ref().map_or(&folder, |found| &found.root).join(workflows::FOLDER));
        Ok(Situation { folder, holds, repository, publisher })
    }

    /// Where the workflows' folder lies.
    pub fn root(&self) -> &Path {
        self.repository.as_ref().map_or(&self.folder, |repository| &repository.root)
    }

    /// The folder of the site, seen from the repository: `.` or `docs`.
    pub fn below(&self) -> String {
        let below = self.folder.strip_prefix(self.root()).unwrap_or(Path::new(""));
        let names: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        if names.is_empty() { ".".into() } else { names.join("/") }
    }
}

fn unread(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Machine(format!("`{}` cannot be read: {error}", path.display()))
}

/// What a folder that is there holds.
fn held(folder: &Path) -> Result<Holds, Failure> {
    let files = Disk::new(folder);
    let listing = files.list().map_err(|error| unread(folder, &error))?;
    let request = Request { package: files.above("package.json"), ..Request::default() };
    let project = compat::open(&files, &request).config.project;
    // Settings alone are no site yet.
    let is_empty = project.layout == Layout::Native
        && project.content.as_str() == "content"
        && !listing.files.iter().any(|path| path.below(&project.content).is_some_and(|name| name.ends_with(".md")));
    match project.layout {
        Layout::Native if is_empty => return Ok(Holds::Nothing),
        Layout::Bare => {}
        layout => return Ok(Holds::Site(layout)),
    }
    let is_page = |path: &str| {
        let (beginning, name) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = name.to_ascii_lowercase();
        let Some(stem) = stem.strip_suffix(".md") else { return false };
        // A repository has a README, a licence and the like whatever is in it; what is hidden is no page.
        let is_hidden = path.split('/').any(|part| part.starts_with('.'));
        let is_beside = |known: &&str| stem == *known || stem.starts_with(&format!("{known}."));
        !(is_hidden || beginning.is_empty() && BESIDE.iter().any(is_beside))
    };
    match listing.files.iter().any(|path| is_page(path.as_str())) {
        true => Ok(Holds::Site(Layout::Bare)),
        false => Ok(Holds::Nothing),
    }
}

/// Whether settings of a native site are in a folder.
pub(super) fn has_settings(folder: &Path) -> bool {
    native::FILES.iter().any(|name| folder.join(name).exists())
}

/// The first workflow that publishes, by name.
fn publisher(folder: &Path) -> Option<Publisher> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "yml" || end == "yaml"));
    files.sort();
    files.into_iter().find_map(|file| {
        let text = String::from_utf8_lossy(&fs::read(&file).ok()?).into_owned();
        let with_pressoir = workflows::uses_pressoir(&text);
        let (line, what) = workflows::publishes(&text)?;
        Some(Publisher { file, line, what, with_pressoir })
    })
}
