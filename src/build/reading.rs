//! The texts of pages.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::findings::unreadable;
use super::opening::Fresh;
use super::{Engine, Stale};
use crate::base::SourcePath;
use crate::compat::Inputs;
use crate::diag::Diagnostic;
use crate::page;

impl Engine {
    /// Forgets what was read of files that may have changed.
    pub(super) fn forget(&mut self, stale: &Stale) {
        for path in stale {
            self.sources.remove(path);
            self.copies.remove(path);
        }
        self.shown.retain(|path| !stale.contains(path));
    }

    /// Reads the pages that are new or may have changed, and forgets those that are gone. What cannot be read is told.
    pub(super) fn read_sources(&mut self, inputs: &Inputs) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let listed: BTreeSet<&SourcePath> = inputs.pages.iter().collect();
        self.sources.retain(|path, _| listed.contains(path));
        let wanted: Vec<&SourcePath> = inputs.pages.iter().filter(|path| !self.sources.contains_key(path)).collect();
        let files = &*self.files;
        let read: Vec<_> = wanted.into_par_iter().map(|path| (path, files.read(path))).collect();
        for (path, bytes) in read {
            match bytes {
                Ok(bytes) => {
                    self.sources.insert(path.clone(), Arc::new(page::decode(path.clone(), &bytes)));
                }
                Err(error) => found.push(unreadable(path, &error)),
            }
        }
        found
    }

    /// Takes the new texts of pages that changed.
    pub(super) fn take_sources(&mut self, fresh: &Fresh, inputs: &Inputs) {
        for (path, bytes) in fresh {
            if inputs.pages.binary_search(path).is_ok() {
                self.sources.insert(path.clone(), Arc::new(page::decode(path.clone(), bytes)));
            }
        }
    }
}
