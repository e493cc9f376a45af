//! Files in memory, for tests and for what is not on a disk.

use std::collections::BTreeMap;
use std::io;

use super::{Files, Listing};
use crate::base::SourcePath;

/// Files in memory.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    files: BTreeMap<SourcePath, Vec<u8>>,
}

impl Memory {
    /// Files of these paths and contents; a path that leads out of the project is left out.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Memory {
        let files =
            files.into_iter().filter_map(|(path, text)| Some((SourcePath::new(path)?, text.as_bytes().to_vec())));
        Memory { files: files.collect() }
    }

    /// Writes a file.
    pub fn insert(&mut self, path: SourcePath, contents: impl Into<Vec<u8>>) {
        self.files.insert(path, contents.into());
    }

    /// Removes a file.
    pub fn remove(&mut self, path: &SourcePath) {
        self.files.remove(path);
    }
}

impl Files for Memory {
    fn list(&self) -> io::Result<Listing> {
        Ok(Listing { files: self.files.keys().cloned().collect(), ..Listing::default() })
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        self.files.get(path).cloned().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }
}
