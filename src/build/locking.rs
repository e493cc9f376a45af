//! The addresses that a site has had, and what became of those that are gone.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Engine;
use super::assembly::Last;
use crate::base::{Hash, SourcePath, UrlPath};
use crate::diag::Diagnostic;
use crate::page;
use crate::site::SitePage;
use crate::site::lock::{self, Gone, Lock, Missing, Texts};

/// The texts that tell what a page became.
struct Past<'e> {
    engine: &'e Engine,
    /// What the repository is at.
    revision: Hash,
    /// Files of which pages show lines by their numbers.
    shown_by_line: BTreeSet<&'e SourcePath>,
}

impl Texts for Past<'_> {
    fn now(&self, path: &SourcePath) -> Option<Arc<str>> {
        self.engine.sources.get(path).map(|source| source.text.clone())
    }

    fn is_shown_by_line(&self, path: &SourcePath) -> bool {
        self.shown_by_line.contains(path)
    }

    fn before(&self, path: &SourcePath) -> Option<Arc<str>> {
        self.engine.past.get(path, self.revision, || {
            let bytes = self.engine.files.last_contents(path)?;
            Some(page::decode(path.clone(), &bytes).text.clone())
        })
    }
}

impl Engine {
    /// The addresses and anchors that are gone.
    pub(super) fn gone(&self, last: &Last) -> Vec<Gone> {
        let Some(lock) = &last.opening.lock else { return Vec::new() };
        let Some((site_hash, _)) = &self.site else { return Vec::new() };
        let (site, config) = (last.site(), &last.opening.opened.config);
        let make = || Arc::new(Missing::new(lock, site));
        let missing = self.missing.get(&(), Hash::of(&(lock.hash, lock.path.as_str(), site_hash)), make);
        if missing.is_empty() {
            return Vec::new();
        }
        let shown = last.pages().iter().flat_map(|page| &page.shown).filter(|shown| shown.by_line);
        let shown_by_line = shown.map(|shown| &shown.file).collect();
        let past = Past { engine: self, revision: Hash::of(&self.files.revision()), shown_by_line };
        lock::gone(lock, &missing, site, config, &past)
    }

    /// The list of the addresses that the site had before the last build or check, if there is one.
    pub fn lock(&self) -> Option<&Lock> {
        self.last.as_ref()?.opening.lock.as_ref()
    }

    /// The file of the page at an address of the last build or check; for one that ends in `/`, the folder.
    pub fn source_at(&self, address: &str) -> Option<SourcePath> {
        let last = self.last.as_ref()?;
        let decoded = percent_encoding::percent_decode_str(address).decode_utf8().ok()?;
        let url = UrlPath::new(&decoded);
        if url.is_folder() {
            return last.opening.opened.config.project.content.join(url.as_str().trim_matches('/'));
        }
        let answers = |page: &&SitePage| page.route.url == url || url.out_path().as_ref() == Some(&page.route.out);
        last.site().pages.iter().find(answers).map(|page| page.head.path.clone())
    }

    /// What the list would lose if it were written anew after the last build or check, and what of it cannot be read.
    pub fn lost(&self) -> Vec<Diagnostic> {
        let Some(last) = &self.last else { return Vec::new() };
        let wrong = last.opening.lock_found.iter().cloned();
        wrong.chain(self.gone(last).into_iter().map(|gone| gone.diagnostic)).collect()
    }

    /// What the list of the addresses of the site should be after the last build or check.
    pub fn new_lock(&self) -> Option<String> {
        Some(lock::written(self.last.as_ref()?.site()))
    }
}
