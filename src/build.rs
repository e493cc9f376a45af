//! The engine: the only place that knows the order of the stages. Floor 6.
//!
//! `files -> Source -> Page -> Site -> View -> Artefact`. What a stage made is kept in slots, by the hash of what it was
//! made from; a warm build gives byte for byte what a cold one gives.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::artefact::{Artefact, Output};
use crate::base::{Hash, OutPath, SourcePath, Span};
use crate::compat::{self, Inputs, Request};
use crate::config::{Config, Layout};
use crate::diag::{Diagnostic, Report};
use crate::emit;
use crate::memo::Slots;
use crate::page::{self, Head, Library, Page, Reading, Source};
use crate::render::{self, Frame, Theme};
use crate::site::{self, LeftOut, PageId, Rewrites, Site, SiteInputs};
use crate::vfs::{Files, History};

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
}

/// Builds a project, again and again.
pub struct Engine {
    files: Box<dyn Files + Send + Sync>,
    request: Request,
    sources: BTreeMap<SourcePath, Arc<Source>>,
    /// The hashes of files that are copied.
    copies: BTreeMap<SourcePath, Hash>,
    /// Texts of files that are no pages, for code frames.
    texts: BTreeMap<SourcePath, Arc<str>>,
    stale: BTreeSet<SourcePath>,
    /// Files that pages show parts of.
    shown: Slots<SourcePath, Reading>,
    pages: Slots<SourcePath, Arc<Page>>,
    html: Slots<SourcePath, Rendered>,
    indexed: emit::Indexed,
    site: Option<(Hash, Arc<Site>)>,
    /// What settings that are a program gave.
    settings: compat::Kept,
    /// The past of the pages, with what it was read from.
    history: Option<((String, SourcePath), Arc<History>)>,
}

impl Engine {
    /// An engine that has built nothing yet.
    pub fn new(files: Box<dyn Files + Send + Sync>, request: Request) -> Engine {
        Engine {
            files,
            request,
            sources: BTreeMap::new(),
            copies: BTreeMap::new(),
            texts: BTreeMap::new(),
            stale: BTreeSet::new(),
            shown: Slots::new(),
            pages: Slots::new(),
            html: Slots::new(),
            indexed: Slots::new(),
            site: None,
            settings: compat::Kept::default(),
            history: None,
        }
    }

    /// The project's files.
    pub fn files(&self) -> &dyn Files {
        &*self.files
    }

    /// These files may have changed, come or gone.
    pub fn invalidate(&mut self, paths: &[SourcePath]) {
        self.stale.extend(paths.iter().cloned());
    }

    /// Every file may have changed.
    pub fn invalidate_all(&mut self) {
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
        self.run(true)
    }

    /// Finds all that a build would find, but renders nothing.
    pub fn check(&mut self) -> Build {
        self.run(false)
    }

    fn run(&mut self, render: bool) -> Build {
        let mut stats = Stats::default();
        let opened = compat::open_again(&*self.files, &self.request, &mut self.settings);
        let (config, mut diagnostics) = (opened.config, opened.diagnostics);
        let inputs = opened.inputs;

        self.read_sources(&inputs, &mut diagnostics);
        let (rewrites, wrong) = Rewrites::new(&config.project);
        diagnostics.extend(wrong);
        let (pages, drafts) = self.parse(&config, &rewrites, &opened.files, &mut stats);
        let site = self.assemble(&pages, drafts, inputs, &config);
        diagnostics.extend(page_diagnostics(&pages, &site));

        let (theme, theme_diagnostics) = Theme::load(&*self.files, &opened.files, &config);
        diagnostics.extend(theme_diagnostics);
        diagnostics.extend(self.without_history(&config));
        diagnostics.extend(render::findings(&pages, &site, &config, &theme));
        if !render {
            let found = (&*site, &config);
            diagnostics.extend(emit::search_findings(&*self.files, &opened.files, &pages, found, &self.indexed));
        }
        let mut output = Output::new();
        if render {
            let history = self.history(&config);
            let stage = Stage { pages: &pages, site: &site, config: &config, theme: &theme, history: &history };
            stats.rendered = self.render(&stage, &mut output, &mut diagnostics);
            self.add_files(&stage, &mut output, &mut diagnostics);
        }
        stats.pages = pages.len();
        let diagnostics = self.led_back(diagnostics);
        self.keep_texts(&diagnostics);
        Build { output: Arc::new(output), report: Report::new(diagnostics), stats, config }
    }

    /// Reads the pages that are new or may have changed, and forgets those that are gone.
    fn read_sources(&mut self, inputs: &Inputs, diagnostics: &mut Vec<Diagnostic>) {
        let stale = std::mem::take(&mut self.stale);
        for path in &stale {
            self.sources.remove(path);
            self.copies.remove(path);
        }
        self.shown.retain(|path| !stale.contains(path));
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
                Err(error) => diagnostics.push(unreadable(path, &error)),
            }
        }
        self.make_sources(inputs, diagnostics);
    }

    /// The pages that have no file of their own.
    fn make_sources(&mut self, inputs: &Inputs, diagnostics: &mut Vec<Diagnostic>) {
        let mut templates: BTreeMap<&SourcePath, Option<Source>> = BTreeMap::new();
        for page in &inputs.made {
            let template = templates.entry(&page.template).or_insert_with(|| match self.files.read(&page.template) {
                Ok(bytes) => Some(page::decode(page.template.clone(), &bytes)),
                Err(error) => {
                    diagnostics.push(unreadable(&page.template, &error));
                    None
                }
            });
            let source = template.as_ref().map(|template| {
                Arc::new(match page.stands_in {
                    true => page::stand_in(template, page.path.clone()),
                    false => page::made(template, page.path.clone(), page.params.clone(), page.content.as_deref()),
                })
            });
            match source {
                Some(source) => self.sources.insert(page.path.clone(), source),
                None => self.sources.remove(&page.path),
            };
        }
    }

    /// The findings, those about pages that are made of a file at their place in that file.
    fn led_back(&self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let made = |diagnostic: &Diagnostic| {
            let files = spans(diagnostic).map(|span| &span.file);
            files.filter_map(|file| self.sources.get(file)).find(|source| source.made.is_some()).cloned()
        };
        let led = |diagnostic: Diagnostic| match made(&diagnostic) {
            Some(source) => match &source.made {
                Some(made) => made.told(&source.path, diagnostic),
                None => diagnostic,
            },
            None => diagnostic,
        };
        diagnostics.into_iter().map(led).collect()
    }

    /// The pages, in the order of their paths, and the drafts that are left out.
    fn parse(
        &mut self,
        config: &Config,
        rewrites: &Rewrites,
        files: &[SourcePath],
        stats: &mut Stats,
    ) -> (Vec<Arc<Page>>, Vec<SourcePath>) {
        let sources = &self.sources;
        self.pages.retain(|path| sources.contains_key(path));
        let before = self.pages.made();
        // What a page is depends on where the content folder begins, too, and on its path in the site.
        let settings = Hash::of(&(config.markdown.hash(), &config.project.content, &config.project.rewrites));
        let slots = &self.pages;
        let shelves = Shelves {
            files: &*self.files,
            content: &config.project.content,
            paths: files,
            paths_hash: Hash::of(files),
            sources,
            shown: &self.shown,
        };
        let pages: Vec<Arc<Page>> = sources
            .par_iter()
            .map(|(path, source)| {
                let good = |page: &Arc<Page>| page.reads.hold(&shelves);
                slots.get_while(path, Hash::of(&(source.hash, settings)), good, || {
                    let relative = rewrites.relative(path, &config.project.content);
                    Arc::new(page::parse(source, &relative, &config.markdown, &shelves))
                })
            })
            .collect();
        let read: BTreeSet<&SourcePath> =
            pages.iter().flat_map(|page| &page.reads.files).map(|(path, _)| path).collect();
        self.shown.retain(|path| read.contains(path));
        stats.parsed = self.pages.made() - before;
        let is_draft = |page: &Arc<Page>| !config.project.drafts && page.head.front_matter.bool("draft") == Some(true);
        let (drafts, pages): (Vec<_>, Vec<_>) = pages.into_iter().partition(is_draft);
        (pages, drafts.iter().map(|page| page.head.path.clone()).collect())
    }

    /// The site: the last one, if nothing that it is made of has changed.
    fn assemble(&mut self, pages: &[Arc<Page>], drafts: Vec<SourcePath>, inputs: Inputs, config: &Config) -> Arc<Site> {
        let mut left_out: Vec<(SourcePath, LeftOut)> = drafts.into_iter().map(|path| (path, LeftOut::Draft)).collect();
        left_out.extend(inputs.excluded.into_iter().map(|path| (path, LeftOut::Excluded)));
        left_out.sort();
        let inputs = SiteInputs { files: inputs.files, public: inputs.public, left_out };
        let hashes: Vec<Hash> = pages.iter().map(|page| page.head.hash).collect();
        let hash = Hash::of(&(
            hashes,
            &inputs.files,
            &inputs.public,
            &inputs.left_out,
            config.site.hash(),
            config.project.hash(),
        ));
        match &self.site {
            Some((known, site)) if *known == hash => site.clone(),
            _ => {
                let heads: Vec<Arc<Head>> = pages.iter().map(|page| page.head.clone()).collect();
                let site = Arc::new(site::assemble(&heads, &inputs, &config.site, &config.project));
                self.site = Some((hash, site.clone()));
                site
            }
        }
    }

    /// That the pages are to tell of their past, and have none. VuePress 2 tells of it where it can, without being asked.
    fn without_history(&self, config: &Config) -> Option<Diagnostic> {
        if !tells_history(config) {
            return None;
        }
        let (message, help) = match self.files.revision() {
            Some(_) if self.files.history_is_cut_off() => (
                "it is not known when all pages were changed: this copy of the git repository holds only the end of its history",
                "pages changed before are shown without it; fetch the whole history: `git fetch --unshallow`, or in GitHub Actions \
                 `fetch-depth: 0` for `actions/checkout`",
            ),
            None if config.site.layout != Layout::VuePress2 => (
                "it is not known when pages were changed: there is no git repository",
                "pages are shown without it; in a copy of the whole repository it is there",
            ),
            _ => return None,
        };
        // VuePress 2 tells of the past where it can, without being asked.
        let asked = self.files.revision().is_some() && config.site.layout != Layout::VuePress2;
        let found =
            if asked { Diagnostic::warning("no-history", message) } else { Diagnostic::info("no-history", message) };
        Some(found.help(help))
    }

    /// The past of the pages, if they are to tell of it: the one that is known, as long as it is the same.
    fn history(&mut self, config: &Config) -> Arc<History> {
        let revision = if tells_history(config) { self.files.revision() } else { None };
        let Some(revision) = revision else { return Arc::default() };
        let key = (revision, config.project.content.clone());
        match &self.history {
            Some((known, history)) if *known == key => history.clone(),
            _ => {
                let history = Arc::new(self.files.history(&config.project.content));
                self.history = Some((key, history.clone()));
                history
            }
        }
    }

    /// Renders the pages that have changed; says how many.
    fn render(&mut self, stage: &Stage<'_>, output: &mut Output, diagnostics: &mut Vec<Diagnostic>) -> usize {
        let Stage { pages, site, config, theme, .. } = *stage;
        self.html.retain(|path| site.by_path.contains_key(path));
        let (before, slots) = (self.html.made(), &self.html);
        let frame = Frame::new(site, config, theme).with_history(site, stage.history);
        diagnostics.extend_from_slice(frame.diagnostics());
        let made: Vec<(OutPath, Rendered)> = pages
            .par_iter()
            .enumerate()
            .map(|(index, page)| {
                let id = PageId(index as u32);
                let html = slots.get(&page.head.path, Hash::of(&(frame.key(id), page.hash)), || {
                    let view = render::view(page, id, site, config, &frame);
                    let rendered = render::html(&view, page, site, theme)?;
                    Ok((Artefact::bytes(rendered.html.into_bytes()), rendered.diagnostics.into()))
                });
                (site.pages[index].route.out.clone(), html)
            })
            .collect();
        for (out, html) in made {
            match html {
                // Two pages with one address are a diagnostic of the site already; the first is kept.
                Ok((artefact, wrong)) => {
                    output.entry(out).or_insert(artefact);
                    diagnostics.extend_from_slice(&wrong);
                }
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
        self.html.made() - before
    }

    /// Everything besides the pages.
    fn add_files(&mut self, stage: &Stage<'_>, output: &mut Output, diagnostics: &mut Vec<Diagnostic>) {
        let Stage { site, config, theme, .. } = *stage;
        let (files, known) = (&*self.files, &self.copies);
        let unknown: BTreeSet<&SourcePath> = site.files.values().filter(|path| !known.contains_key(path)).collect();
        let read: Vec<_> = unknown.into_par_iter().map(|path| (path, files.read(path))).collect();
        for (path, bytes) in read {
            match bytes {
                Ok(bytes) => {
                    self.copies.insert(path.clone(), Hash::of_bytes(&bytes));
                }
                Err(error) => diagnostics.push(unreadable(path, &error)),
            }
        }
        let copies = &self.copies;
        let mut made = theme.assets();
        made.extend(emit::artefacts(site, config, &|path| copies.get(path).copied()));
        made.extend(emit::search(stage.pages, site, config, &self.indexed));
        for page in render::search_pages(site, config, theme) {
            match page {
                Ok((url, html)) => made.extend(url.out_path().map(|out| (out, Artefact::bytes(html.into_bytes())))),
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
        match (OutPath::new("404.html"), render::not_found(site, config, theme)) {
            (Some(out), Ok(html)) => made.push((out, Artefact::bytes(html.into_bytes()))),
            (_, Err(diagnostic)) => diagnostics.push(diagnostic),
            (None, _) => {}
        }
        for (out, artefact) in made {
            output.entry(out).or_insert(artefact);
        }
    }

    /// Keeps the texts of files that findings point into and that are no pages.
    fn keep_texts(&mut self, diagnostics: &[Diagnostic]) {
        self.texts.clear();
        for span in diagnostics.iter().flat_map(spans) {
            if !self.sources.contains_key(&span.file)
                && !self.texts.contains_key(&span.file)
                && let Ok(bytes) = self.files.read(&span.file)
            {
                self.texts.insert(span.file.clone(), page::decode(span.file.clone(), &bytes).text.clone());
            }
        }
    }
}

/// Whether pages tell who changed them, or when.
fn tells_history(config: &Config) -> bool {
    let frames = std::iter::once(&config.theme.frame).chain(&config.theme.others);
    frames.into_iter().any(|frame| frame.last_updated || frame.contributors)
}

/// The project's files, as pages see them. What is not listed does not exist for them: nothing from outside gets in by a link.
struct Shelves<'e> {
    files: &'e (dyn Files + Send + Sync),
    content: &'e SourcePath,
    paths: &'e [SourcePath],
    paths_hash: Hash,
    sources: &'e BTreeMap<SourcePath, Arc<Source>>,
    shown: &'e Slots<SourcePath, Reading>,
}

impl Library for Shelves<'_> {
    fn read(&self, path: &SourcePath) -> Reading {
        if let Some(source) = self.sources.get(path) {
            return Reading::Text(source.clone());
        }
        if self.paths.binary_search(path).is_err() {
            return Reading::Absent;
        }
        self.shown.get(path, Hash::default(), || match self.files.read(path) {
            Ok(bytes) => Reading::Text(Arc::new(page::decode(path.clone(), &bytes))),
            Err(error) => Reading::Unreadable(error.to_string().into()),
        })
    }

    fn content(&self) -> SourcePath {
        self.content.clone()
    }

    fn paths(&self) -> &[SourcePath] {
        self.paths
    }

    fn paths_hash(&self) -> Hash {
        self.paths_hash
    }
}

/// A page's file with what could not be shown of it, or why there is none.
type Rendered = Result<(Artefact, Arc<[Diagnostic]>), Diagnostic>;

/// What rendering needs of the stages before it.
struct Stage<'s> {
    pages: &'s [Arc<Page>],
    site: &'s Site,
    config: &'s Config,
    theme: &'s Theme,
    history: &'s History,
}

fn unreadable(path: &SourcePath, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error("unreadable-file", format!("`{path}` cannot be read: {error}"))
        .help("check the permissions of the file")
}

/// All places of a finding.
fn spans(diagnostic: &Diagnostic) -> impl Iterator<Item = &Span> {
    diagnostic.span.iter().chain(diagnostic.labels.iter().map(|label| &label.span))
}

/// What pages and site found, each with its place.
fn page_diagnostics(pages: &[Arc<Page>], site: &Site) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = site.diagnostics.clone();
    for finding in &site.findings {
        let page = &pages[finding.page.0 as usize];
        let diagnostic = finding.diagnostic.clone();
        diagnostics.push(match page.link_spans.get(finding.link as usize) {
            Some(span) => diagnostic.at(span.clone()),
            None => diagnostic,
        });
    }
    // A language that nobody knows is told once, where it is met first.
    let mut languages: BTreeSet<&str> = BTreeSet::new();
    // What is wrong with the page of another language is told there.
    let own = pages.iter().filter(|page| !page.head.stands_in);
    for diagnostic in own.flat_map(|page| &page.diagnostics) {
        if diagnostic.code != "unknown-language" || languages.insert(&diagnostic.message) {
            diagnostics.push(diagnostic.clone());
        }
    }
    diagnostics
}
