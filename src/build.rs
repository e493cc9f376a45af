//! The engine: the only place that knows the order of the stages. Floor 6.
//!
//! `files -> Source -> Page -> Site -> View -> Artefact`. What a stage made is kept as long as nothing that it was made
//! from has changed; a warm build gives byte for byte what a cold one gives.
//!
//! 1. [`opening`]: what the project is: its settings, its files. They stand until a file that they were read from changes.
//! 2. [`reading`] and [`parsing`]: the pages; those that changed, or show a file that did, are parsed again.
//! 3. [`assembly`]: the site, the theme, what pages share, and what is wrong with any of it.
//! 4. [`Sketch`]: the site before its pages are read, for whoever cannot wait.
//! 5. [`Plan`]: all that is known before the first page is rendered. Pages are rendered when they are asked for:
//!    [`Engine::build`] asks for all of them, a server for those that are looked at.

mod assembly;
mod cards;
mod findings;
mod judging;
mod locking;
mod mending;
mod moving;
mod opening;
mod others;
mod parsing;
mod pictures;
mod plan;
mod reading;
mod searching;
mod shelves;
mod shrinking;
mod sketch;
mod weighing;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::artefact::Output;
use crate::base::{Hash, SourcePath};
use crate::compat::{self, Request};
use crate::config::Config;
use crate::diag::{Diagnostic, Report};
use crate::emit;
use crate::memo::{NoStore, Slots, Store};
use crate::page::{CodeMemo, Page, Reading, Source};
use crate::render;
use crate::site::lock::Missing;
use crate::site::{self, Site};
use crate::vfs::{Files, History};

pub use mending::Mending;
pub use moving::{Moving, Shared, Unmovable, moving};
pub use plan::Plan;
pub use sketch::Sketch;

/// What a build made.
#[derive(Clone, Debug)]
pub struct Build {
    /// The files of the site; empty after a check.
    pub output: Arc<Output>,
    /// What was found.
    pub report: Report,
    /// What it took.
    pub stats: Stats,
    /// The settings that were in force.
    pub config: Config,
}

/// How much work a build was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Pages of the site.
    pub pages: usize,
    /// Pages that were parsed, not taken from their slot.
    pub parsed: usize,
    /// Pages that were rendered, not taken from their slot.
    pub rendered: usize,
    /// How often the project's folder was listed and its settings were looked at.
    pub opened: usize,
    /// How often the site was put together.
    pub assembled: usize,
    /// Searches that have to find something.
    pub searches: usize,
    /// Those of them that find it.
    pub searches_right: usize,
}

/// Files that may have changed, come or gone.
type Stale = BTreeSet<SourcePath>;

/// Builds a project, again and again.
pub struct Engine {
    files: Arc<dyn Files + Send + Sync>,
    /// What earlier runs made.
    store: Box<dyn Store>,
    request: Request,
    /// Files that may have changed, come or gone since the last build.
    stale: Stale,
    /// What is read already for the first build.
    begun: Option<sketch::Begun>,
    /// What the last build was made from, as long as some of it may still stand.
    last: Option<assembly::Last>,
    /// What settings that are a program gave.
    settings: compat::Kept,
    sources: BTreeMap<SourcePath, Arc<Source>>,
    /// Files that pages show parts of.
    shown: Slots<SourcePath, Reading>,
    pages: Slots<SourcePath, Arc<Page>>,
    site: Option<(Hash, Arc<Site>)>,
    /// What of the addresses that it has had is missing from the site.
    missing: Slots<(), Arc<Missing>>,
    /// What files that are gone said when they were there last, as long as the repository is the same.
    past: Slots<SourcePath, Option<Arc<str>>>,
    /// Where the links of the last site lead.
    links: site::Kept,
    /// The lists at the side of pages.
    fragments: render::Fragments,
    /// The files that are copied.
    copies: BTreeMap<SourcePath, others::Copied>,
    /// The cards that were drawn.
    cards: cards::Cards,
    /// The pictures that were made smaller.
    pictures: shrinking::Pictures,
    html: Arc<Slots<SourcePath, plan::Rendered>>,
    code: Arc<CodeMemo>,
    /// What pages give to the search.
    searched: Arc<emit::Searched>,
    /// The past of the pages, with what it was read from.
    history: Option<((String, SourcePath), Arc<History>)>,
    /// Texts of files that are no pages, for code frames.
    texts: BTreeMap<SourcePath, Arc<str>>,
}

impl Engine {
    /// An engine that has built nothing yet.
    pub fn new(files: Box<dyn Files + Send + Sync>, request: Request) -> Engine {
        Engine {
            files: files.into(),
            store: Box::new(NoStore),
            request,
            stale: Stale::new(),
            begun: None,
            last: None,
            settings: compat::Kept::default(),
            sources: BTreeMap::new(),
            shown: Slots::new(),
            pages: Slots::new(),
            site: None,
            missing: Slots::new(),
            past: Slots::new(),
            links: site::Kept::default(),
            fragments: render::Fragments::default(),
            copies: BTreeMap::new(),
            cards: cards::Cards::default(),
            pictures: shrinking::Pictures::default(),
            html: Arc::default(),
            code: Arc::default(),
            searched: Arc::default(),
            history: None,
            texts: BTreeMap::new(),
        }
    }

    /// The same engine, with what earlier runs made.
    pub fn keeping(self, store: Box<dyn Store>) -> Engine {
        Engine { store, ..self }
    }

    /// The project's files.
    pub fn files(&self) -> &dyn Files {
        &*self.files
    }

    /// What is asked of the project.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// Asks for something else from now on.
    pub fn ask(&mut self, request: Request) {
        self.request = request;
        self.begun = None;
        self.last = None;
    }

    /// These files may have changed, come or gone.
    pub fn invalidate(&mut self, paths: &[SourcePath]) {
        self.stale.extend(paths.iter().cloned());
        // A file is told where it lies; pages may know it by a link.
        let links = self.last.iter().flat_map(|last| &last.opening.opened.links);
        let called = links.flat_map(|(real, name)| paths.iter().filter_map(|path| renamed(path, real, name)));
        let called: Vec<SourcePath> = called.collect();
        self.stale.extend(called);
    }

    /// Every file may have changed.
    pub fn invalidate_all(&mut self) {
        self.begun = None;
        self.last = None;
        self.sources.clear();
        self.copies.clear();
        self.shown.retain(|_| false);
    }

    /// The text of a file that a diagnostic names, as offsets in spans count it.
    pub fn text(&self, path: &SourcePath) -> Option<Arc<str>> {
        match self.sources.get(path) {
            Some(source) => Some(source.text.clone()),
            None => self.texts.get(path).cloned(),
        }
    }

    /// Builds the whole site.
    pub fn build(&mut self) -> Build {
        let plan = self.plan();
        let (output, mut found, rendered) = plan.finish();
        self.store.retain(&self.pictures.keys().chain(self.cards.keys()).collect());
        found.extend(self.too_large(&output));
        let found = self.placed(found);
        let diagnostics = plan.report.diagnostics().iter().cloned().chain(found).collect();
        let stats = Stats { rendered, ..plan.stats };
        Build { output: Arc::new(output), report: Report::new(diagnostics), stats, config: plan.config.clone() }
    }

    /// Finds all that a build would find, but renders nothing.
    pub fn check(&mut self) -> Build {
        let (last, stats) = self.assembled();
        self.shrink(&last);
        self.prepare_cards(&last);
        let mut found = self.findings_so_far(&last);
        let searches = self.searches(&last);
        let stats = Stats { searches: searches.run, searches_right: searches.right, ..stats };
        found.extend(searches.findings);
        let report = Report::new(self.judged_for_check(&last, found));
        self.tell_texts(&report);
        let config = last.opening.opened.config.clone();
        self.last = Some(last);
        Build { output: Arc::default(), report, stats, config }
    }

    /// All of the site but its pages, which are rendered when they are asked for.
    pub fn plan(&mut self) -> Plan {
        let (mut last, stats) = self.assembled();
        self.shrink(&last);
        self.prepare_cards(&last);
        let history = self.history(&last.opening.opened.config);
        self.surround(&mut last, &history);
        let plan = self.planned(&last, stats);
        self.tell_texts(&plan.report);
        self.last = Some(last);
        plan
    }

    /// Keeps the texts of files that the findings point into, and no others.
    fn tell_texts(&mut self, report: &Report) {
        self.texts.clear();
        self.keep_texts(report.diagnostics());
    }

    /// Findings of rendering, as the report has them: each at its place, in a file whose text is known.
    pub fn placed(&mut self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut found = self.led_back(found);
        if let Some(last) = &self.last {
            found = last.judge().judged(found);
        }
        self.keep_texts(&found);
        found
    }

    /// Keeps the texts of files that findings point into and that are no pages.
    fn keep_texts(&mut self, diagnostics: &[Diagnostic]) {
        for span in diagnostics.iter().flat_map(findings::spans) {
            if !self.sources.contains_key(&span.file)
                && !self.texts.contains_key(&span.file)
                && (span.end > 0 || is_text(&*self.files, &span.file))
                && let Ok(bytes) = self.files.read(&span.file)
            {
                self.texts.insert(span.file.clone(), crate::page::decode(span.file.clone(), &bytes).text.clone());
            }
        }
    }
}

/// A path of which `real` is the beginning, by the `name` that is a link to that.
fn renamed(path: &SourcePath, real: &SourcePath, name: &SourcePath) -> Option<SourcePath> {
    if path == real {
        return Some(name.clone());
    }
    name.join(path.below(real)?)
}

/// Whether a file begins as text does: pictures and documents, which findings may be about, have no lines to show.
fn is_text(files: &dyn Files, path: &SourcePath) -> bool {
    files.read_beginning(path, 1024).is_ok_and(|beginning| match std::str::from_utf8(&beginning) {
        Ok(text) => !text.contains('\0'),
        // A letter that is cut off is none that is wrong.
        Err(error) => error.error_len().is_none(),
    })
}

/// What `make` makes, or what it said when it panicked: a mistake of ours in one page is a finding about that page.
fn guarded<T>(make: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(make)).map_err(|payload| {
        let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
    })
}
