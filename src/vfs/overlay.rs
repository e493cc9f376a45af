//! Files as they would be if some of them were moved and others had other contents.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use super::{Files, History, Listing};
use crate::base::SourcePath;

/// Files over others, which stay as they are.
#[derive(Clone)]
pub struct Overlay {
    files: Arc<dyn Files + Send + Sync>,
    /// What is at a path in place of what was: the path of another file, or nothing.
    moved: BTreeMap<SourcePath, Option<SourcePath>>,
    contents: BTreeMap<SourcePath, Vec<u8>>,
}

impl Overlay {
    /// The same files.
    pub fn new(files: Arc<dyn Files + Send + Sync>) -> Overlay {
        Overlay { files, moved: BTreeMap::new(), contents: BTreeMap::new() }
    }

    /// The same, with these files at other paths.
    pub fn moved<'p>(mut self, paths: impl Iterator<Item = (&'p SourcePath, &'p SourcePath)>) -> Overlay {
        let paths: Vec<_> = paths.filter(|(from, to)| from != to).collect();
        self.moved.extend(paths.iter().map(|(from, _)| ((*from).clone(), None)));
        self.moved.extend(paths.iter().map(|(from, to)| ((*to).clone(), Some((*from).clone()))));
        self
    }

    /// The same, with these contents at their paths.
    pub fn with(mut self, contents: BTreeMap<SourcePath, Vec<u8>>) -> Overlay {
        self.contents.extend(contents);
        self
    }
}

impl Files for Overlay {
    fn list(&self) -> io::Result<Listing> {
        let mut listing = self.files.list()?;
        listing.files.retain(|path| !self.moved.contains_key(path));
        listing.files.extend(self.moved.iter().filter(|(_, from)| from.is_some()).map(|(path, _)| path.clone()));
        listing.files.sort();
        listing.files.dedup();
        Ok(listing)
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        match (self.contents.get(path), self.moved.get(path)) {
            (Some(contents), _) => Ok(contents.clone()),
            (None, Some(Some(from))) => self.files.read(from),
            (None, Some(None)) => Err(io::ErrorKind::NotFound.into()),
            (None, None) => self.files.read(path),
        }
    }

    fn revision(&self) -> Option<String> {
        self.files.revision()
    }

    fn history_is_cut_off(&self) -> bool {
        self.files.history_is_cut_off()
    }

    fn last_contents(&self, path: &SourcePath) -> Option<Vec<u8>> {
        self.files.last_contents(path)
    }

    fn history(&self, below: &SourcePath) -> History {
        self.files.history(below)
    }
}
