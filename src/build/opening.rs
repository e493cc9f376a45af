//! What a project is: its settings and its files, and whether they still are what they were.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Hash, SourcePath};
use crate::compat::{self, Kept, Opened, Request};
use crate::memo::Noting;
use crate::vfs::{Files, is_mark};

/// A project that was opened, and what was read to open it.
pub(super) struct Opening {
    pub opened: Opened,
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
        Opening { paths_hash: Hash::of(&opened.files[..]), opened, read: noting.into_read() }
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
