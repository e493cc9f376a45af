//! Sources -> pages. A page is parsed again if its text changed, or a file that it shows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::findings::broken;
use super::opening::Opening;
use super::shelves::Shelves;
use super::{Engine, Stale, guarded};
use crate::base::{Hash, SourcePath};
use crate::compat::Opened;
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::page::{self, NoFiles, Page, Source};
use crate::site::{LeftOut, PageId, Rewrites, differ_in_words};

/// The pages of a project.
pub(super) struct Parsed {
    /// All of them, by path.
    all: Vec<Arc<Page>>,
    /// Those of the site, by path.
    pub pages: Arc<[Arc<Page>]>,
    /// Those that are left out as drafts.
    drafts: Vec<SourcePath>,
    /// The pages, as indices of `all`, that show a file, or would if it were there.
    readers: BTreeMap<SourcePath, Vec<usize>>,
    /// The pages, as indices of `pages`, in which something is found or said of findings: most edits leave them as they are.
    noted: BTreeSet<usize>,
    /// How many blocks of code there are in `all`.
    blocks: usize,
    /// What maps paths of the content folder to those of the site.
    pub rewrites: Rewrites,
    /// What is wrong with that.
    pub wrong: Vec<Diagnostic>,
}

/// What became of the pages of a site.
pub(super) enum Change {
    /// They may be others, or more, or fewer, or others may know something else of them.
    Heads,
    /// Others know other words of these, and all else as it was ([`crate::site::differ_in_words`]).
    Words(Vec<PageId>),
    /// Others know the same of them; these were so before, and are so now.
    Bodies(Vec<(Arc<Page>, Arc<Page>)>),
}

impl Parsed {
    /// What `make` makes of the sources.
    pub fn made(opened: &Opened, make: impl FnOnce(&Rewrites) -> Vec<Arc<Page>>) -> Parsed {
        let (rewrites, wrong) = Rewrites::new(&opened.config.project);
        Parsed::new(make(&rewrites), rewrites, wrong, opened)
    }

    fn new(all: Vec<Arc<Page>>, rewrites: Rewrites, wrong: Vec<Diagnostic>, opened: &Opened) -> Parsed {
        let config = &opened.config;
        let is_draft = |page: &&Arc<Page>| !config.project.drafts && page.head.front_matter.bool("draft") == Some(true);
        let (drafts, mut pages): (Vec<&Arc<Page>>, Vec<&Arc<Page>>) = all.iter().partition(is_draft);
        if !drafts.is_empty() {
            leave_out_empty_folders(&mut pages, &opened.files);
        }
        Parsed {
            noted: (0..).zip(&pages).filter(|(_, page)| is_noted(page)).map(|(index, _)| index).collect(),
            pages: pages.into_iter().cloned().collect(),
            blocks: all.iter().map(|page| page.code.len()).sum(),
            drafts: drafts.into_iter().map(|page| page.head.path.clone()).collect(),
            readers: readers(&all),
            all,
            rewrites,
            wrong,
        }
    }

    /// The pages that are left out of the site, and why, sorted.
    pub fn left_out(&self, opened: &Opened) -> Vec<(SourcePath, LeftOut)> {
        let drafts = self.drafts.iter().map(|path| (path.clone(), LeftOut::Draft));
        let excluded = opened.inputs.excluded.iter().map(|path| (path.clone(), LeftOut::Excluded));
        let mut left_out: Vec<(SourcePath, LeftOut)> = drafts.chain(excluded).collect();
        left_out.sort();
        left_out
    }

    /// The pages in which something is found, or said of findings, in the order of the site.
    pub fn noted(&self) -> impl Iterator<Item = &Arc<Page>> {
        self.noted.iter().map(|index| &self.pages[*index])
    }

    /// The files that pages show, or would if they were there.
    pub fn shown(&self) -> impl Iterator<Item = &SourcePath> {
        self.readers.keys()
    }

    /// Puts pages of the site in the places of what they were; gives those of which others know something else now.
    fn replace(&mut self, bodies: &[(Arc<Page>, Arc<Page>)]) -> Vec<PageId> {
        let mut pages = self.pages.to_vec();
        let mut told_anew = Vec::new();
        for (before, page) in bodies {
            let Ok(index) = pages.binary_search_by(|other| other.head.path.cmp(&page.head.path)) else { continue };
            pages[index] = page.clone();
            match is_noted(page) {
                true => self.noted.insert(index),
                false => self.noted.remove(&index),
            };
            if before.head.hash != page.head.hash {
                told_anew.push(PageId(index as u32));
            }
        }
        self.pages = pages.into();
        told_anew
    }

    /// The pages that are to be parsed again after changes of these files.
    fn concerned(&self, stale: &Stale) -> BTreeSet<usize> {
        let own = stale.iter().filter_map(|path| self.index(path));
        let showing = stale.iter().filter_map(|path| self.readers.get(path)).flatten().copied();
        own.chain(showing).collect()
    }

    fn index(&self, path: &SourcePath) -> Option<usize> {
        self.all.binary_search_by(|page| page.head.path.cmp(path)).ok()
    }
}

/// Whether something is found in a page, or said of findings.
fn is_noted(page: &Page) -> bool {
    !page.diagnostics.is_empty() || !page.checks.is_empty() || !page.ignores.is_empty()
}

/// Leaves out the pages that were made for folders of which all other pages are drafts.
fn leave_out_empty_folders(pages: &mut Vec<&Arc<Page>>, files: &[SourcePath]) {
    let is_made = |page: &Page| !page.head.catalogs.is_empty() && files.binary_search(&page.head.path).is_err();
    let (made, written): (Vec<&Arc<Page>>, Vec<&Arc<Page>>) = pages.iter().partition(|page| is_made(page));
    let is_empty = |made: &Page| {
        let folder = made.head.path.folder();
        !written.iter().any(|page| page.head.path.below(&folder).is_some())
    };
    let empty: BTreeSet<&SourcePath> = made.iter().filter(|made| is_empty(made)).map(|made| &made.head.path).collect();
    pages.retain(|page| !empty.contains(&page.head.path));
}

fn readers(all: &[Arc<Page>]) -> BTreeMap<SourcePath, Vec<usize>> {
    let mut readers: BTreeMap<SourcePath, Vec<usize>> = BTreeMap::new();
    for (index, page) in all.iter().enumerate() {
        for (path, _) in &page.reads.files {
            readers.entry(path.clone()).or_default().push(index);
        }
    }
    readers
}

impl Engine {
    /// All pages of the project.
    pub(super) fn parse(&mut self, opening: &Opening) -> Parsed {
        let config = &opening.opened.config;
        let sources = &self.sources;
        self.pages.retain(|path| sources.contains_key(path));
        let (shelves, settings) = (self.shelves(opening), settings(config));
        let parsed = Parsed::made(&opening.opened, |rewrites| {
            let page = |source| self.page(source, settings, config, rewrites, &shelves);
            sources.par_iter().map(|(_, source)| page(source)).collect()
        });
        self.shown.retain(|path| parsed.readers.contains_key(path));
        self.code.tidy(parsed.blocks, parsed.all.iter().flat_map(|page| &page.code));
        parsed
    }

    /// Parses again what these files change.
    pub(super) fn parse_again(&mut self, parsed: &mut Parsed, stale: &Stale, opening: &Opening) -> Change {
        let config = &opening.opened.config;
        let (shelves, settings) = (self.shelves(opening), settings(config));
        let again: Vec<usize> = parsed.concerned(stale).into_iter().collect();
        let made: Vec<(usize, Arc<Page>)> = again
            .par_iter()
            .filter_map(|index| {
                let source = self.sources.get(&parsed.all[*index].head.path)?;
                Some((*index, self.page(source, settings, config, &parsed.rewrites, &shelves)))
            })
            .collect();
        let mut bodies = Vec::new();
        let (mut same_heads, mut same_reads) = (true, true);
        for (index, page) in made {
            let before = std::mem::replace(&mut parsed.all[index], page.clone());
            same_heads &= before.head.hash == page.head.hash;
            same_reads &=
                before.reads.files.iter().map(|(path, _)| path).eq(page.reads.files.iter().map(|(path, _)| path));
            if !Arc::ptr_eq(&before, &page) {
                parsed.blocks = parsed.blocks - before.code.len() + page.code.len();
                bodies.push((before, page));
            }
        }
        if !same_reads {
            parsed.readers = readers(&parsed.all);
            self.shown.retain(|path| parsed.readers.contains_key(path));
        }
        if !bodies.is_empty() {
            self.code.tidy(parsed.blocks, parsed.all.iter().flat_map(|page| &page.code));
        }
        let of_words = |(before, page): &(Arc<Page>, Arc<Page>)| differ_in_words(&before.head, &page.head);
        if !same_heads && !bodies.iter().all(of_words) {
            let (rewrites, wrong) = Rewrites::new(&config.project);
            *parsed = Parsed::new(std::mem::take(&mut parsed.all), rewrites, wrong, &opening.opened);
            return Change::Heads;
        }
        let told_anew = if bodies.is_empty() { Vec::new() } else { parsed.replace(&bodies) };
        match told_anew.is_empty() {
            true => Change::Bodies(bodies),
            false => Change::Words(told_anew),
        }
    }

    fn shelves<'e>(&'e self, opening: &'e Opening) -> Shelves<'e> {
        Shelves::new(&*self.files, opening, &self.sources, &self.shown)
    }

    fn page(
        &self,
        source: &Arc<Source>,
        settings: Hash,
        config: &Config,
        rewrites: &Rewrites,
        shelves: &Shelves<'_>,
    ) -> Arc<Page> {
        let good = |page: &Arc<Page>| page.reads.hold(shelves);
        let make = || Arc::new(parsed(source, config, rewrites, shelves));
        self.pages.get_while(&source.path, Hash::of(&(source.hash, settings)), good, make)
    }
}

/// The page of a source; without its text if a mistake of ours keeps it from being read.
pub(super) fn parsed(source: &Source, config: &Config, rewrites: &Rewrites, shelves: &Shelves<'_>) -> Page {
    let relative = rewrites.relative(&source.path, &config.project.content);
    let page = guarded(|| page::parse(source, &relative, &config.markdown, shelves));
    page.unwrap_or_else(|said| {
        let empty = Source { text: "".into(), ..source.clone() };
        let mut page = page::parse(&empty, &relative, &config.markdown, &NoFiles);
        page.diagnostics.push(broken(&source.path, &said));
        page
    })
}

/// What a page is depends on where the content folder begins, too, and on its path in the site.
fn settings(config: &Config) -> Hash {
    Hash::of(&(config.markdown.hash(), &config.project.content, &config.project.rewrites))
}
