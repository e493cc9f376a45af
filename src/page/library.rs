//! The files that a page shows parts of: how it asks for them, and the list of what it asked for.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::types::Source;
use crate::base::{Hash, SourcePath};

/// The project's files, as pages see them while they are parsed: the same question has the same answer.
pub trait Library: Sync {
    /// What is at a path.
    fn read(&self, path: &SourcePath) -> Reading;

    /// The content folder.
    fn content(&self) -> SourcePath;

    /// The paths of all files, sorted.
    fn paths(&self) -> &[SourcePath];

    /// The hash of those paths.
    fn paths_hash(&self) -> Hash;
}

/// What is at a path.
#[derive(Clone, Debug)]
pub enum Reading {
    /// A file.
    Text(Arc<Source>),
    /// A file that cannot be read, and what the system says.
    Unreadable(Arc<str>),
    /// Nothing.
    Absent,
}

impl Reading {
    /// The hash of the answer; `None` if nothing is there.
    pub fn hash(&self) -> Option<Hash> {
        match self {
            Reading::Text(source) => Some(source.hash),
            Reading::Unreadable(reason) => Some(Hash::of(reason)),
            Reading::Absent => None,
        }
    }
}

/// A library without files.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Library for NoFiles {
    fn read(&self, _: &SourcePath) -> Reading {
        Reading::Absent
    }

    fn content(&self) -> SourcePath {
        SourcePath::root()
    }

    fn paths(&self) -> &[SourcePath] {
        &[]
    }

    fn paths_hash(&self) -> Hash {
        Hash::default()
    }
}

/// What a page was made from besides its source: it is good only while all this holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// The files, with the hash of what was read; `None`: there was none.
    pub files: Vec<(SourcePath, Option<Hash>)>,
    /// The hash of all paths, if they were looked through: a file with another name may be what was meant.
    pub paths: Option<Hash>,
}

impl Reads {
    /// Whether the library would give the same answers again.
    pub fn hold(&self, library: &dyn Library) -> bool {
        self.paths.is_none_or(|hash| hash == library.paths_hash())
            && self.files.iter().all(|(path, hash)| library.read(path).hash() == *hash)
    }
}

/// The library, with a list of what was asked of it.
pub(crate) struct Shelf<'l> {
    library: &'l dyn Library,
    files: BTreeMap<SourcePath, Option<Hash>>,
    looked_through: bool,
}

impl<'l> Shelf<'l> {
    /// A shelf from which nothing was taken yet.
    pub fn new(library: &'l dyn Library) -> Shelf<'l> {
        Shelf { library, files: BTreeMap::new(), looked_through: false }
    }

    /// What is at a path.
    pub fn read(&mut self, path: &SourcePath) -> Reading {
        let reading = self.library.read(path);
        self.files.insert(path.clone(), reading.hash());
        reading
    }

    /// The content folder.
    pub fn content(&self) -> SourcePath {
        self.library.content()
    }

    /// The paths of all files, sorted.
    pub fn paths(&mut self) -> &'l [SourcePath] {
        self.looked_through = true;
        self.library.paths()
    }

    /// What was asked.
    pub fn into_reads(self) -> Reads {
        let paths = self.looked_through.then(|| self.library.paths_hash());
        Reads { files: self.files.into_iter().collect(), paths }
    }
}
