//! The texts of pages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::findings::unreadable;
use super::opening::Fresh;
use super::{Engine, Stale};
use crate::base::SourcePath;
use crate::compat::{Inputs, MadePage};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::page::{self, Source};
use crate::vfs::Files;

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
    pub(super) fn read_sources(&mut self, inputs: &Inputs, config: &Config) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let made = inputs.made.iter().map(|page| &page.path);
        let listed: BTreeSet<&SourcePath> = inputs.pages.iter().chain(made).collect();
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
        self.make_sources(inputs, &mut found);
        // The pages that the law asks for, where nobody has written them.
        for source in page::legal_pages(config) {
            self.sources.entry(source.path.clone()).or_insert_with(|| Arc::new(source));
        }
        // Those of folders that have none.
        for source in page::folder_pages(self.sources.keys(), config) {
            self.sources.insert(source.path.clone(), Arc::new(source));
        }
        found
    }

    /// The pages that have no file of their own.
    fn make_sources(&mut self, inputs: &Inputs, found: &mut Vec<Diagnostic>) {
        let mut templates: BTreeMap<&SourcePath, Option<Source>> = BTreeMap::new();
        for page in &inputs.made {
            let template = templates.entry(&page.template).or_insert_with(|| match self.files.read(&page.template) {
                Ok(bytes) => Some(page::decode(page.template.clone(), &bytes)),
                Err(error) => {
                    found.push(unreadable(&page.template, &error));
                    None
                }
            });
            match template {
                Some(template) => self.sources.insert(page.path.clone(), Arc::new(made(template, page))),
                None => self.sources.remove(&page.path),
            };
        }
    }

    /// Takes the new texts of pages that changed; gives the pages without a file of their own that are made of them.
    pub(super) fn take_sources(&mut self, fresh: &Fresh, inputs: &Inputs) -> Vec<SourcePath> {
        for (path, bytes) in fresh {
            if inputs.pages.binary_search(path).is_ok() {
                self.sources.insert(path.clone(), Arc::new(page::decode(path.clone(), bytes)));
            }
        }
        let mut remade = Vec::new();
        for page in &inputs.made {
            if let Some(bytes) = fresh.get(&page.template) {
                let template = page::decode(page.template.clone(), bytes);
                self.sources.insert(page.path.clone(), Arc::new(made(&template, page)));
                remade.push(page.path.clone());
            }
        }
        remade
    }
}

/// The sources of the pages that have no file of their own; what cannot be read is left out.
pub(super) fn made_sources(files: &dyn Files, inputs: &Inputs, config: &Config) -> BTreeMap<SourcePath, Arc<Source>> {
    let mut templates: BTreeMap<&SourcePath, Option<Source>> = BTreeMap::new();
    let mut sources = BTreeMap::new();
    for page in &inputs.made {
        let read = || Some(page::decode(page.template.clone(), &files.read(&page.template).ok()?));
        if let Some(template) = templates.entry(&page.template).or_insert_with(read) {
            sources.insert(page.path.clone(), Arc::new(made(template, page)));
        }
    }
    for source in
        page::legal_pages(config).into_iter().filter(|source| inputs.pages.binary_search(&source.path).is_err())
    {
        sources.entry(source.path.clone()).or_insert_with(|| Arc::new(source));
    }
    sources
}

/// The source of a page that has no file of its own.
fn made(template: &Source, page: &MadePage) -> Source {
    match page.stands_in {
        true => page::stand_in(template, page.path.clone()),
        false => page::made(template, page.path.clone(), page.params.clone(), page.content.as_deref()),
    }
}
