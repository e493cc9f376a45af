//! The project's files, as pages see them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::opening::Opening;
use crate::base::{Hash, SourcePath};
use crate::memo::Slots;
use crate::page::{self, Library, Reading, Source};
use crate::vfs::Files;

/// The project's files. What is not listed does not exist for pages: nothing from outside gets in by a link.
pub(super) struct Shelves<'e> {
    files: &'e (dyn Files + Send + Sync),
    content: &'e SourcePath,
    paths: &'e [SourcePath],
    paths_hash: Hash,
    sources: &'e BTreeMap<SourcePath, Arc<Source>>,
    shown: &'e Slots<SourcePath, Reading>,
}

impl<'e> Shelves<'e> {
    /// The files of a project that was opened; `shown` are those that were read as they are.
    pub fn new(
        files: &'e (dyn Files + Send + Sync),
        opening: &'e Opening,
        sources: &'e BTreeMap<SourcePath, Arc<Source>>,
        shown: &'e Slots<SourcePath, Reading>,
    ) -> Shelves<'e> {
        let (content, paths) = (&opening.opened.config.project.content, &opening.opened.files[..]);
        Shelves { files, content, paths, paths_hash: opening.paths_hash, sources, shown }
    }
}

impl Library for Shelves<'_> {
    fn read(&self, path: &SourcePath) -> Reading {
        if let Some(source) = self.sources.get(path) {
            return Reading::Text(source.clone());
        }
        if self.paths.binary_search(path).is_err() {
            return Reading::Absent;
        }
        self.shown.get(path, Hash::default(), || match self.files.read(path) {
            Ok(bytes) => Reading::Text(Arc::new(page::decode(path.clone(), &bytes))),
            Err(error) => Reading::Unreadable(error.to_string().into()),
        })
    }

    fn content(&self) -> SourcePath {
        self.content.clone()
    }

    fn paths(&self) -> &[SourcePath] {
        self.paths
    }

    fn paths_hash(&self) -> Hash {
        self.paths_hash
    }
}
