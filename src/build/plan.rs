//! A site of which everything is known but the HTML of its pages, which are rendered when they are asked for.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::findings::broken;
use super::{Stats, guarded};
use crate::artefact::{Artefact, Output};
use crate::base::{Hash, OutPath, SourcePath};
use crate::config::Config;
use crate::diag::{Diagnostic, Report};
use crate::emit;
use crate::memo::Slots;
use crate::page::{CodeMemo, Page};
use crate::render::{self, Frame, Theme};
use crate::site::{PageId, Site};

/// A site whose pages are rendered when they are asked for. It never changes: the next build makes another one, which
/// shares with it what is the same.
pub struct Plan {
    /// The settings that are in force.
    pub config: Config,
    /// What was found, but for what rendering finds.
    pub report: Report,
    /// What it took.
    pub stats: Stats,
    parts: Parts,
}

/// A page's file with what of it could not be shown, or why there is none.
pub(super) type Rendered = Result<(Artefact, Arc<[Diagnostic]>), Diagnostic>;

/// What pages are rendered from.
pub(super) struct Parts {
    pub pages: Arc<[Arc<Page>]>,
    pub site: Arc<Site>,
    pub theme: Arc<Theme>,
    pub frame: Arc<Frame>,
    pub others: Arc<Output>,
    pub outs: Arc<BTreeMap<OutPath, PageId>>,
    pub html: Arc<Slots<SourcePath, Rendered>>,
    pub code: Arc<CodeMemo>,
    pub searched: Arc<emit::Searched>,
    /// The files of the search, once somebody has asked for one.
    pub search: Slots<(), Arc<Output>>,
    /// The Markdown of the pages, once somebody has asked for some.
    pub markdown: Slots<(), Arc<Output>>,
    /// The pages that list all others, and what is wrong with them, once somebody has asked for one.
    pub lists: Slots<(), Arc<Lists>>,
}

/// The pages that list all others, and what is wrong with them.
pub(super) struct Lists(Output, Vec<Diagnostic>);

impl Plan {
    pub(super) fn new(config: Config, report: Report, stats: Stats, parts: Parts) -> Plan {
        Plan { config, report, stats, parts }
    }

    /// Whether the site has this file.
    pub fn holds(&self, out: &OutPath) -> bool {
        self.parts.outs.contains_key(out) || self.other(out).is_some()
    }

    /// A file of the site; a page is rendered for it. An error is a finding about that page.
    pub fn file(&self, out: &OutPath) -> Option<Result<Artefact, Diagnostic>> {
        match self.parts.outs.get(out) {
            Some(id) => Some(self.render(*id, &self.parts.code).map(|(artefact, _)| artefact)),
            None => self.other(out).map(Ok),
        }
    }

    /// What changes whenever the contents of a file may; for a page it is known without rendering it.
    pub fn version(&self, out: &OutPath) -> Option<Hash> {
        match self.parts.outs.get(out) {
            Some(id) => Some(self.page_version(*id)),
            None => self.other(out).map(|artefact| artefact.hash),
        }
    }

    /// A file of the site that is no page.
    fn other(&self, out: &OutPath) -> Option<Artefact> {
        match self.parts.others.get(out) {
            None if out.as_str().starts_with(emit::SEARCH) => self.search().get(out).cloned(),
            None if emit::is_markdown(out) => self.markdown().get(out).cloned(),
            None if self.is_list(out) => self.lists().0.get(out).cloned(),
            known => known.cloned(),
        }
    }

    /// The files of the search. They are made of every page, and so only when they are asked for.
    fn search(&self) -> Arc<Output> {
        let Parts { pages, site, searched, search, .. } = &self.parts;
        let make = || emit::search(pages, site, &self.config, searched);
        search.get(&(), Hash::default(), make)
    }

    /// The Markdown of the pages. It is made of every page, too.
    fn markdown(&self) -> Arc<Output> {
        let Parts { pages, site, markdown, .. } = &self.parts;
        markdown.get(&(), Hash::default(), || Arc::new(emit::markdown(pages, site, &self.config)))
    }

    /// The pages that list all others: those that search.
    fn lists(&self) -> Arc<Lists> {
        let Parts { site, theme, frame, lists, .. } = &self.parts;
        lists.get(&(), Hash::default(), || {
            let (mut output, mut wrong) = (Output::new(), Vec::new());
            for page in render::search_pages(site, &self.config, theme, frame) {
                match page {
                    Ok((url, html)) => {
                        output.extend(url.out_path().map(|out| (out, Artefact::bytes(html.into_bytes()))));
                    }
                    Err(diagnostic) => wrong.push(diagnostic),
                }
            }
            Arc::new(Lists(output, wrong))
        })
    }

    /// The files of the site that are neither pages, nor lists of pages, nor of the search, nor the Markdown of pages.
    pub fn others(&self) -> &Arc<Output> {
        &self.parts.others
    }

    /// The files of the project that a page was made from: its own, and those that it shows.
    pub fn sources(&self, out: &OutPath) -> Vec<&SourcePath> {
        let page = self.parts.outs.get(out).map(|id| &self.parts.pages[id.0 as usize]);
        let read = page.into_iter().flat_map(|page| page.reads.files.iter().map(|(path, _)| path));
        let made_of = page.into_iter().filter_map(|page| page.head.template.as_ref());
        page.into_iter().map(|page| &page.head.path).chain(made_of).chain(read).collect()
    }

    /// The pages whose HTML may differ between two plans.
    pub fn differing(&self, before: &Plan) -> Vec<&OutPath> {
        // All pages may, where what they share is another.
        if !self.parts.frame.shares_common(&before.parts.frame) {
            return self.parts.outs.keys().collect();
        }
        let same_pages = Arc::ptr_eq(&self.parts.outs, &before.parts.outs);
        let differs = |(out, id): &(&OutPath, &PageId)| {
            let (page, was) = (&self.parts.pages[id.0 as usize], before.parts.pages.get(id.0 as usize));
            // Most are the very same in memory.
            let is_same = same_pages
                && was.is_some_and(|was| Arc::ptr_eq(page, was))
                && self.parts.frame.shares(&before.parts.frame, **id);
            !is_same && before.version(out) != Some(self.page_version(**id))
        };
        self.parts.outs.iter().filter(differs).map(|(out, _)| out).collect()
    }

    /// The pages that list all others.
    pub fn list_pages(&self) -> Vec<OutPath> {
        self.parts.frame.search_pages(&self.parts.site)
    }

    fn is_list(&self, out: &OutPath) -> bool {
        self.list_pages().contains(out)
    }

    /// The file of the project that is copied there, if one is.
    pub(super) fn copied(&self, out: &OutPath) -> Option<&SourcePath> {
        self.parts.site.files.get(out)
    }

    /// Whether another plan has the same theme.
    pub fn has_theme_of(&self, other: &Plan) -> bool {
        Arc::ptr_eq(&self.parts.theme, &other.parts.theme)
    }

    /// The pages of the site.
    pub fn pages(&self) -> impl Iterator<Item = &OutPath> {
        self.parts.outs.keys()
    }

    /// Renders a page, but for its code, and throws it away: what is wrong with it.
    pub fn faults(&self, out: &OutPath) -> Vec<Diagnostic> {
        if !self.parts.outs.contains_key(out) && self.is_list(out) {
            return self.lists().1.clone();
        }
        match self.parts.outs.get(out).map(|id| self.render(*id, &CodeMemo::blank())) {
            Some(Ok((_, found))) => found.to_vec(),
            Some(Err(fault)) => vec![fault],
            None => Vec::new(),
        }
    }

    /// All files of the site, what rendering found, and how many pages were rendered for it.
    pub(super) fn finish(&self) -> (Output, Vec<Diagnostic>, usize) {
        let Parts { pages, site, html, others, code, .. } = &self.parts;
        let before = html.made();
        let made: Vec<Rendered> = (0..pages.len() as u32)
            .into_par_iter()
            .map(PageId)
            .map(|id| html.get(&site.page(id).head.path, self.page_version(id), || self.render(id, code)))
            .collect();
        let (mut output, mut found) = (Output::new(), Vec::new());
        for (page, html) in site.pages.iter().zip(made) {
            match html {
                Ok((artefact, wrong)) => {
                    output.entry(page.route.out.clone()).or_insert(artefact);
                    found.extend_from_slice(&wrong);
                }
                Err(diagnostic) => found.push(diagnostic),
            }
        }
        let lists = self.lists();
        found.extend(lists.1.iter().cloned());
        for (out, artefact) in others.iter().chain(&lists.0).chain(self.search().iter()).chain(self.markdown().iter()) {
            output.entry(out.clone()).or_insert_with(|| artefact.clone());
        }
        (output, found, html.made() - before)
    }

    fn page_version(&self, id: PageId) -> Hash {
        Hash::of(&(self.parts.frame.key(id), self.parts.pages[id.0 as usize].hash))
    }

    fn render(&self, id: PageId, code: &CodeMemo) -> Rendered {
        let Parts { pages, site, theme, frame, .. } = &self.parts;
        let page = &pages[id.0 as usize];
        let made = guarded(|| {
            let view = render::view(page, id, site, &self.config, frame);
            let rendered = render::html(&view, page, site, theme, code)?;
            Ok((Artefact::bytes(rendered.html.into_bytes()), rendered.diagnostics.into()))
        });
        made.unwrap_or_else(|said| Err(broken(&page.head.path, &said)))
    }
}
