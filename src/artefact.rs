//! What a build makes, as data. Floor 1.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::{Hash, OutPath, SourcePath};

/// The contents of an output file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// These bytes.
    Bytes(Arc<[u8]>),
    /// A file of the project, byte for byte.
    Copy(SourcePath),
}

/// One file of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artefact {
    /// Its contents.
    pub body: Body,
    /// The hash of its contents.
    pub hash: Hash,
}

impl Artefact {
    /// A file with these contents.
    pub fn bytes(contents: impl Into<Arc<[u8]>>) -> Artefact {
        let contents = contents.into();
        Artefact { hash: Hash::of_bytes(&contents), body: Body::Bytes(contents) }
    }

    /// A copy of a file whose contents have this hash.
    pub fn copy(path: SourcePath, hash: Hash) -> Artefact {
        Artefact { body: Body::Copy(path), hash }
    }
}

/// All files of a site, by path.
pub type Output = BTreeMap<OutPath, Artefact>;
