//! A site before its pages are read: of each page only how it begins is known, until it is asked for. A server shows it in
//! the second that reading ten thousand pages takes; what it sends then gives way to the [`Plan`] of the whole site.
//!
//! The stages are the same, on shorter sources. Nothing that is made here is kept for the builds that follow, but the
//! settings, the theme and highlighted code, which are what they would be.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::assembly::{addresses, site_inputs};
use super::opening::Opening;
use super::parsing::{Parsed, parsed};
use super::plan::Parts;
use super::reading::made_sources;
use super::shelves::Shelves;
use super::{Engine, Plan, Stats};
use crate::artefact::{Artefact, Output};
use crate::base::{Hash, OutPath, SourcePath};
use crate::config::Config;
use crate::diag::{Diagnostic, Report, Severity};
use crate::emit;
use crate::memo::Slots;
use crate::page::{self, CodeMemo, Page, Reading, Source};
use crate::render::{Frame, Theme};
use crate::site::{self, PageId, Site};
use crate::vfs::Files;

/// How much of a page is read to know how it begins: one page of most systems' memory.
const BEGINNING: u64 = 4096;

/// A project that was opened, for the first build.
pub(super) struct Begun {
    pub opening: Arc<Opening>,
    pub theme: Arc<Theme>,
    pub theme_found: Vec<Diagnostic>,
}

/// See the module.
pub struct Sketch {
    files: Arc<dyn Files + Send + Sync>,
    opening: Arc<Opening>,
    /// What the pages are made of that have no file of their own.
    made: BTreeMap<SourcePath, Arc<Source>>,
    shown: Slots<SourcePath, Reading>,
    beginnings: Parsed,
    outs: Arc<BTreeMap<OutPath, PageId>>,
    theme: Arc<Theme>,
    assets: Arc<Output>,
    code: Arc<CodeMemo>,
    /// The site in which the page that was asked for last is read. One is kept: each is as large as a site.
    last: Slots<(), Arc<Plan>>,
    versions: Slots<OutPath, Option<Hash>>,
    /// Threads of its own: those of the whole build are busy for as long as a sketch is looked at.
    threads: Option<ThreadPool>,
}

impl Engine {
    /// Opens the project; the site as far as it can be told then. None if it has no pages or its settings are wrong.
    pub fn sketch(&mut self) -> Option<Sketch> {
        let opening = Arc::new(Opening::new(&*self.files, &self.request, &mut self.settings));
        let opened = &opening.opened;
        let (theme, theme_found) = Theme::load(&*self.files, &opened.files, &opened.config);
        let theme = Arc::new(theme);
        let is_wrong = opened.diagnostics.iter().any(|found| found.severity == Severity::Error);
        let sketch = (!is_wrong).then(|| self.sketched(&opening, &theme));
        self.begun = Some(Begun { opening, theme, theme_found });
        sketch
    }

    fn sketched(&self, opening: &Arc<Opening>, theme: &Arc<Theme>) -> Sketch {
        let (config, inputs) = (&opening.opened.config, &opening.opened.inputs);
        let made = made_sources(&*self.files, inputs, config);
        let shown = Slots::new();
        let beginnings = Parsed::made(&opening.opened, |rewrites| {
            let shelves = Shelves::new(&*self.files, opening, &made, &shown);
            let beginning = |path: &SourcePath| {
                let source = match made.get(path) {
                    Some(source) => source.clone(),
                    None => Arc::new(page::decode(path.clone(), &self.files.read_beginning(path, BEGINNING).ok()?)),
                };
                Some(Arc::new(parsed(&page::beginning(&source), config, rewrites, &shelves)))
            };
            let paths: BTreeSet<&SourcePath> = inputs.pages.iter().chain(made.keys()).collect();
            let paths: Vec<&SourcePath> = paths.into_iter().collect();
            paths.into_par_iter().filter_map(beginning).collect()
        });
        let heads: Vec<_> = beginnings.pages.iter().map(|page| page.head.clone()).collect();
        let routes = site::addresses(&heads, &config.site);
        Sketch {
            files: self.files.clone(),
            opening: opening.clone(),
            made,
            shown,
            outs: Arc::new(addresses(routes.iter())),
            beginnings,
            assets: Arc::new(theme.assets().into_iter().collect()),
            theme: theme.clone(),
            code: self.code.clone(),
            last: Slots::new(),
            versions: Slots::new(),
            threads: ThreadPoolBuilder::new().build().ok(),
        }
    }
}

fn assembled(pages: &[Arc<Page>], parsed: &Parsed, opening: &Opening) -> Site {
    let config = &opening.opened.config;
    let heads: Vec<_> = pages.iter().map(|page| page.head.clone()).collect();
    site::assemble(&heads, &site_inputs(parsed, opening), &config.site, &config.project)
}

impl Sketch {
    /// The settings that are in force.
    pub fn config(&self) -> &Config {
        &self.opening.opened.config
    }

    /// Whether the site has this file, as far as that can be told.
    pub fn holds(&self, out: &OutPath) -> bool {
        self.outs.contains_key(out) || self.assets.contains_key(out) || self.copied(out).is_some()
    }

    /// The file that is copied there: a public one, or one that the page shows which was asked for last. What nobody shows is not
    /// published, and not served either.
    fn copied(&self, out: &OutPath) -> Option<SourcePath> {
        let public = &self.opening.opened.inputs.public;
        let public = || Some(public.iter().find(|(_, place)| place == out.as_str())?.0.clone());
        self.last.known(&()).and_then(|plan| plan.copied(out).cloned()).or_else(public)
    }

    /// A file of the site; a page is read and rendered for it. An error is a finding about that page.
    pub fn file(&self, out: &OutPath) -> Option<Result<Artefact, Diagnostic>> {
        if let Some(id) = self.outs.get(out) {
            return self.with(*id).file(out);
        }
        let copied = || Some(Artefact::bytes(self.files.read_inside(&self.copied(out)?).ok()?));
        self.assets.get(out).cloned().or_else(copied).map(Ok)
    }

    /// What changes whenever the contents of a file may.
    pub fn version(&self, out: &OutPath) -> Option<Hash> {
        match self.outs.get(out) {
            Some(id) => self.versions.get(out, Hash::default(), || self.with(*id).version(out)),
            None => self.file(out)?.ok().map(|artefact| artefact.hash),
        }
    }

    /// The files of the theme.
    pub fn assets(&self) -> &Output {
        &self.assets
    }

    /// The site in which this page is read.
    fn with(&self, id: PageId) -> Arc<Plan> {
        let path = &self.beginnings.pages[id.0 as usize].head.path;
        self.last.get(&(), Hash::of(path), || {
            Arc::new(match &self.threads {
                Some(threads) => threads.install(|| self.planned(id, path)),
                None => self.planned(id, path),
            })
        })
    }

    fn planned(&self, id: PageId, path: &SourcePath) -> Plan {
        let config = self.config();
        let mut pages = self.beginnings.pages.to_vec();
        let read = || Some(Arc::new(page::decode(path.clone(), &self.files.read_inside(path).ok()?)));
        if let Some(source) = self.made.get(path).cloned().or_else(read) {
            let shelves = Shelves::new(&*self.files, &self.opening, &self.made, &self.shown);
            pages[id.0 as usize] = Arc::new(parsed(&source, config, &self.beginnings.rewrites, &shelves));
        }
        let site = assembled(&pages, &self.beginnings, &self.opening);
        let frame = Frame::of_page(id, &site, config, &self.theme);
        let parts = Parts {
            pages: pages.into(),
            site: Arc::new(site),
            theme: self.theme.clone(),
            frame: Arc::new(frame),
            others: self.assets.clone(),
            outs: self.outs.clone(),
            html: Arc::default(),
            code: self.code.clone(),
            searched: Arc::new(emit::Searched::default()),
            search: Slots::new(),
            markdown: Slots::new(),
            lists: Slots::new(),
        };
        Plan::new(config.clone(), Report::default(), Stats::default(), parts)
    }
}
