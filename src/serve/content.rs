//! What is served: a site of which each file is made when it is asked for, or files that are made already.

use crate::artefact::{Artefact, Output};
use crate::base::{Hash, OutPath, SourcePath};
use crate::build::{Plan, Sketch};
use crate::diag::Diagnostic;

/// A site, as a server sees it. It never changes; another one takes its place.
pub trait Content: Send + Sync {
    /// Whether the site has this file.
    fn holds(&self, path: &OutPath) -> bool;

    /// A file; it may have to be made first.
    fn file(&self, path: &OutPath) -> Option<Result<Artefact, Diagnostic>>;

    /// What changes whenever a file may; known without making it.
    fn version(&self, path: &OutPath) -> Option<Hash>;

    /// The files that are no pages, as far as they are told apart.
    fn others(&self) -> &Output;

    /// The files of the project that a page was made from.
    fn sources(&self, path: &OutPath) -> Vec<&SourcePath>;
}

impl Content for Plan {
    fn holds(&self, path: &OutPath) -> bool {
        Plan::holds(self, path)
    }

    fn file(&self, path: &OutPath) -> Option<Result<Artefact, Diagnostic>> {
        Plan::file(self, path)
    }

    fn version(&self, path: &OutPath) -> Option<Hash> {
        Plan::version(self, path)
    }

    fn others(&self) -> &Output {
        Plan::others(self)
    }

    fn sources(&self, path: &OutPath) -> Vec<&SourcePath> {
        Plan::sources(self, path)
    }
}

impl Content for Sketch {
    fn holds(&self, path: &OutPath) -> bool {
        Sketch::holds(self, path)
    }

    fn file(&self, path: &OutPath) -> Option<Result<Artefact, Diagnostic>> {
        Sketch::file(self, path)
    }

    fn version(&self, path: &OutPath) -> Option<Hash> {
        Sketch::version(self, path)
    }

    fn others(&self) -> &Output {
        self.assets()
    }

    fn sources(&self, _: &OutPath) -> Vec<&SourcePath> {
        Vec::new()
    }
}

impl Content for Output {
    fn holds(&self, path: &OutPath) -> bool {
        self.contains_key(path)
    }

    fn file(&self, path: &OutPath) -> Option<Result<Artefact, Diagnostic>> {
        self.get(path).cloned().map(Ok)
    }

    fn version(&self, path: &OutPath) -> Option<Hash> {
        self.get(path).map(|artefact| artefact.hash)
    }

    fn others(&self) -> &Output {
        self
    }

    fn sources(&self, _: &OutPath) -> Vec<&SourcePath> {
        Vec::new()
    }
}
