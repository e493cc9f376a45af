//! What a project is: its settings and its files, and whether they still are what they were.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;

use super::findings::unreadable;
use crate::base::{Hash, SourcePath};
use crate::compat::{self, Kept, Opened, Request};
use crate::diag::Diagnostic;
use crate::memo::Noting;
use crate::page;
use crate::site::lock::Lock;
use crate::vfs::{Files, is_mark};

/// A project that was opened, and what was read to open it.
pub(super) struct Opening {
    pub opened: Opened,
    /// The addresses that it has had, if there is a list of them.
    pub lock: Option<Lock>,
    /// What is wrong with that list.
    pub lock_found: Vec<Diagnostic>,
    /// The hash of the paths of its files.
    pub paths_hash: Hash,
    read: BTreeSet<SourcePath>,
}

/// Files that changed and are read already.
pub(super) type Fresh = BTreeMap<SourcePath, Vec<u8>>;

impl Opening {
    pub fn new(files: &dyn Files, request: &Request, settings: &mut Kept) -> Opening {
        let noting = Noting::new(files);
        let opened = compat::open_again(&noting, request, settings);
        let (lock, lock_found) = locked(&noting, &opened);
        Opening { paths_hash: Hash::of(&opened.files[..]), lock, lock_found, opened, read: noting.into_read() }
    }

    /// Whether it would be opened the same after changes of these files: the same files are there, and none of those that
    /// changed was read to open it. Then the files that changed are given with their contents. No folder is listed for it.
    pub fn stands(&self, stale: &BTreeSet<SourcePath>, files: &dyn Files) -> Option<Fresh> {
        let mut fresh = Fresh::new();
        for path in stale {
            if self.read.contains(path) || is_mark(path) {
                return None;
            }
            match files.read(path) {
                Ok(bytes) if self.lists(path) => _ = fresh.insert(path.clone(), bytes),
                // A file that an editor wrote for a moment.
                Err(error)
                    if error.kind() == std::io::ErrorKind::NotFound && !self.lists(path) && !self.holds(path) => {}
                _ => return None,
            }
        }
        Some(fresh)
    }

    /// The files that were read to open it.
    pub fn read(&self) -> impl Iterator<Item = &SourcePath> {
        self.read.iter()
    }

    fn lists(&self, path: &SourcePath) -> bool {
        self.opened.files.binary_search(path).is_ok()
    }

    /// Whether files are listed below a path: it was a folder, or a link to one.
    fn holds(&self, path: &SourcePath) -> bool {
        let Some(first) = path.join("\u{1}") else { return true };
        let next = self.opened.files.partition_point(|file| *file < first);
        self.opened.files.get(next).is_some_and(|file| file.below(path).is_some())
    }
}

/// The list of the addresses that a project has had.
fn locked(files: &dyn Files, opened: &Opened) -> (Option<Lock>, Vec<Diagnostic>) {
    let path = opened.config.project.lock();
    match files.read(&path) {
        Ok(bytes) => {
            let (lock, found) = Lock::read(&page::decode(path, &bytes), &opened.config.site);
            (Some(lock), found)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => (None, Vec::new()),
        Err(error) => (None, vec![unreadable(&path, &error)]),
    }
}
