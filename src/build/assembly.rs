//! The order of the stages up to the site, and what of the last build still stands.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::findings::of_pages;
use super::judging::Judge;
use super::opening::{Fresh, Opening};
use super::parsing::{Change, Parsed};
use super::{Engine, Plan, Stale, Stats, plan};
use crate::artefact::Output;
use crate::base::{Hash, OutPath, SourcePath};
use crate::config::{Config, Layout};
use crate::diag::{Diagnostic, Report};
use crate::memo::Slots;
use crate::page::{self, Head, Page};
use crate::pictures::CARD;
use crate::render::{self, Frame, Theme};
use crate::site::{self, LeftOut, PageId, Route, Site, SiteInputs};
use crate::vfs::History;

/// What a build was made from.
pub(super) struct Last {
    pub opening: Arc<Opening>,
    /// Pages that could not be read.
    unread: Vec<Diagnostic>,
    parsed: Parsed,
    site: Arc<Site>,
    theme: Arc<Theme>,
    theme_found: Vec<Diagnostic>,
    /// What is wrong with the components that pages use.
    components: Vec<Diagnostic>,
    /// What is wrong with the addresses around all pages.
    feet: Vec<Diagnostic>,
    around: Option<Around>,
}

impl Last {
    /// Its pages, in the order of the site.
    pub(super) fn pages(&self) -> &[Arc<Page>] {
        &self.parsed.pages
    }

    /// Pages that are left out of it, and why.
    pub(super) fn left_out(&self) -> Vec<(SourcePath, LeftOut)> {
        self.parsed.left_out(&self.opening.opened)
    }

    /// Its theme.
    pub(super) fn theme(&self) -> &Theme {
        &self.theme
    }

    /// Its site.
    pub(super) fn site(&self) -> &Site {
        &self.site
    }

    /// What is said of its findings.
    pub(super) fn judge(&self) -> Judge<'_> {
        Judge::new(self.parsed.noted(), &self.opening.opened.config)
    }
}

/// What pages share, and what the site has besides pages.
struct Around {
    history: Arc<History>,
    /// The hash of the pictures that were made smaller.
    pictures: Hash,
    theme: Arc<Theme>,
    /// The pictures that weigh more than the settings want.
    heavy: BTreeMap<SourcePath, u64>,
    frame: Arc<Frame>,
    others: Arc<Output>,
    outs: Arc<BTreeMap<OutPath, PageId>>,
    found: Vec<Diagnostic>,
}

impl Engine {
    /// All stages up to the site.
    pub(super) fn assembled(&mut self) -> (Last, Stats) {
        let stale = std::mem::take(&mut self.stale);
        let mut stats = Stats::default();
        let before = self.pages.made();
        let last = self.last.take().map(|last| {
            let fresh = last.opening.stands(&stale, &*self.files).filter(|_| last.unread.is_empty());
            (last, fresh)
        });
        let last = match last {
            Some((last, Some(fresh))) => self.refreshed(last, &stale, &fresh, &mut stats),
            Some((last, None)) => self.reopened(Some(last), &stale, &mut stats),
            None => self.reopened(None, &stale, &mut stats),
        };
        stats.pages = last.parsed.pages.len();
        stats.parsed = self.pages.made() - before;
        (last, stats)
    }

    /// The project, opened again.
    fn reopened(&mut self, last: Option<Last>, stale: &Stale, stats: &mut Stats) -> Last {
        self.forget(stale);
        stats.opened += 1;
        let (opening, theme) = match self.begun.take().filter(|_| stale.is_empty()) {
            Some(begun) => (begun.opening, Some((begun.theme, begun.theme_found))),
            None => (Arc::new(Opening::new(&*self.files, &self.request, &mut self.settings)), None),
        };
        let config = &opening.opened.config;
        let unread = self.read_sources(&opening.opened.inputs, config);
        let parsed = self.parse(&opening);
        let site = self.assemble(&parsed, &opening, stats);
        let same_settings = last.as_ref().is_some_and(|last| last.opening.opened.config == *config);
        let (theme, theme_found, around) = match last {
            Some(last) if same_settings && !stale.iter().any(|path| last.theme.concerns(path, config)) => {
                // Files are copied, so any that changed may be one of them.
                let stands = Arc::ptr_eq(&last.site, &site) && stale.is_empty();
                (last.theme, last.theme_found, last.around.filter(|_| stands))
            }
            _ => {
                let load = || Theme::load(&*self.files, &opening.opened.files, config);
                let (theme, found) = theme.unwrap_or_else(|| {
                    let (theme, found) = load();
                    (Arc::new(theme), found)
                });
                (theme, found, None)
            }
        };
        let components = render::findings(&parsed.pages, &site, config, &theme);
        let feet = self.dead_feet(&site, config);
        Last { opening, unread, parsed, site, theme, theme_found, components, feet, around }
    }

    /// The last build with these changes; its settings and the list of its files stand.
    fn refreshed(&mut self, mut last: Last, stale: &Stale, fresh: &Fresh, stats: &mut Stats) -> Last {
        if stale.is_empty() {
            return last;
        }
        let copied = stale.iter().any(|path| self.copies.contains_key(path));
        self.forget(stale);
        let mut changed = stale.clone();
        changed.extend(self.take_sources(fresh, &last.opening.opened.inputs));
        let opening = last.opening.clone();
        let config = &opening.opened.config;
        let mut components_stand = match self.parse_again(&mut last.parsed, &changed, &last.opening) {
            Change::Bodies(bodies) => {
                let has_holes = |page: &Page| !page.components.is_empty() || !page.values.is_empty();
                !bodies.iter().any(|(before, now)| has_holes(before) || has_holes(now))
            }
            Change::Heads => {
                self.reassemble(&mut last, stats);
                // Their tags and values may be others even so.
                false
            }
            Change::Words(pages) => {
                if !self.retell(&mut last, &pages) {
                    self.reassemble(&mut last, stats);
                }
                false
            }
        };
        if stale.iter().any(|path| last.theme.concerns(path, config)) {
            let (theme, found) = Theme::load(&*self.files, &last.opening.opened.files, config);
            (last.theme, last.theme_found) = (Arc::new(theme), found);
            components_stand = false;
        }
        let unread = |around: &Around| around.found.iter().any(|found| found.code == "unreadable-file");
        last.around = last.around.filter(|around| !copied && !unread(around));
        if !components_stand {
            last.components = render::findings(&last.parsed.pages, &last.site, config, &last.theme);
        }
        last
    }

    /// The site of a build whose pages have changed, and what stands around it.
    fn reassemble(&mut self, last: &mut Last, stats: &mut Stats) {
        let site = self.assemble(&last.parsed, &last.opening, stats);
        let same = Arc::ptr_eq(&site, &last.site);
        if !same {
            last.feet = self.dead_feet(&site, &last.opening.opened.config);
        }
        last.site = site;
        last.around = last.around.take().filter(|_| same);
    }

    /// The same where only words of these pages have changed; `false` where it takes more than that.
    fn retell(&mut self, last: &mut Last, pages: &[PageId]) -> bool {
        let heads: Vec<(PageId, Arc<Head>)> =
            pages.iter().map(|id| (*id, last.parsed.pages[id.0 as usize].head.clone())).collect();
        let Some((site, differing)) = site::retold(&last.site, &heads, &mut self.links) else { return false };
        let config = &last.opening.opened.config;
        let site = Arc::new(site);
        self.site = Some((site_hash(&last.parsed, &site_inputs(&last.parsed, &last.opening), config), site.clone()));
        last.around = last.around.take().and_then(|around| {
            let history = if tells_history(config) { &*around.history } else { &History::new() };
            let frame = around.frame.retold(&site, &differing, config, &last.theme, history)?;
            Some(Around { frame: Arc::new(frame), ..around })
        });
        last.site = site;
        true
    }

    /// The site: the last one, if nothing that it is made of has changed.
    fn assemble(&mut self, parsed: &Parsed, opening: &Opening, stats: &mut Stats) -> Arc<Site> {
        let config = &opening.opened.config;
        let inputs = site_inputs(parsed, opening);
        let hash = site_hash(parsed, &inputs, config);
        match &self.site {
            Some((known, site)) if *known == hash => site.clone(),
            _ => {
                stats.assembled += 1;
                let heads: Vec<Arc<Head>> = parsed.pages.iter().map(|page| page.head.clone()).collect();
                let mut site = site::assemble_again(&heads, &inputs, &config.site, &config.project, &mut self.links);
                let unlinked = site::unlinked(&site, &inputs, config);
                site.diagnostics.extend(unlinked);
                let unpublished = site::unpublished(&site, config);
                site.diagnostics.extend(unpublished);
                let site = Arc::new(site);
                self.site = Some((hash, site.clone()));
                site
            }
        }
    }

    /// What was found so far.
    pub(super) fn findings_so_far(&self, last: &Last) -> Vec<Diagnostic> {
        let mut found = last.opening.opened.diagnostics.clone();
        found.extend(last.unread.iter().chain(&last.parsed.wrong).cloned());
        found.extend(of_pages(&last.parsed, &last.site));
        found.extend(last.theme_found.iter().cloned());
        found.extend(page::legal_gaps(&last.opening.opened.config));
        found.extend(self.without_history(&last.opening.opened.config));
        found.extend(last.components.iter().cloned());
        found.extend(last.opening.lock_found.iter().cloned());
        found.extend(self.gone(last).into_iter().map(|gone| gone.diagnostic));
        found.extend(last.feet.iter().cloned());
        found.extend(match &last.around {
            Some(around) => self.shown_heavy(last, &around.heavy),
            None => self.shown_heavy(last, &self.heavy(last)),
        });
        found.extend(self.pictures.findings(last));
        found.extend(self.cards.findings(last));
        found
    }

    /// All findings of a site that are told, each at its place.
    pub(super) fn judged_whole(&self, last: &Last, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        last.judge().judged_whole(self.led_back(found))
    }

    /// The same for somebody who asks for them, and not for a site.
    pub(super) fn judged_for_check(&self, last: &Last, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        last.judge().checking().judged_whole(self.led_back(found))
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
    pub(super) fn history(&mut self, config: &Config) -> Arc<History> {
        let revision = if wants_history(config) { self.files.revision() } else { None };
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

    /// Makes what pages share and what the site has besides them, unless it stands.
    pub(super) fn surround(&mut self, last: &mut Last, history: &Arc<History>) {
        let pictures = self.pictures.hash();
        let same = |around: &Around| {
            (Arc::ptr_eq(&around.history, history) || around.history == *history) && around.pictures == pictures
        };
        let (site, theme, config) = (&last.site, &last.theme, &last.opening.opened.config);
        if let Some(around) = last.around.take().filter(same) {
            if Arc::ptr_eq(&around.theme, theme) {
                last.around = Some(around);
                return;
            }
            if let Some(frame) = around.frame.rethemed(site, config, theme) {
                let mut found = frame.diagnostics().to_vec();
                let (others, wrong) = self.others(site, config, (theme, &frame), history);
                found.extend(wrong);
                let (theme, frame, others) = (theme.clone(), Arc::new(frame), Arc::new(others));
                last.around = Some(Around { theme, frame, others, found, ..around });
                return;
            }
        }
        let unread = self.read_copies(site);
        // Where it is not shown it is of no use to pages.
        let none = History::new();
        let shown = if tells_history(config) { history } else { &none };
        let frame = Frame::again(site, config, theme, &self.fragments)
            .with_history(site, shown)
            .with_sizes(site, self.sizes(site));
        let (choices, smaller) = self.pictures.files(site);
        let frame = frame.with_choices(site, choices);
        let (cards, drawn, undrawn) = self.cards.draw(site, config, &frame, &*self.store);
        let frame = frame.with_cards(CARD, cards);
        let mut found = frame.diagnostics().to_vec();
        let (mut others, wrong) = self.others(site, config, (theme, &frame), history);
        for (out, artefact) in smaller.into_iter().chain(drawn) {
            others.entry(out).or_insert(artefact);
        }
        found.extend(wrong);
        found.extend(unread);
        found.extend(undrawn);
        let outs = addresses(site.pages.iter().map(|page| &page.route));
        let (history, heavy) = (history.clone(), self.heavy(last));
        last.around = Some(Around {
            history,
            pictures,
            theme: last.theme.clone(),
            heavy,
            frame: Arc::new(frame),
            others: Arc::new(others),
            outs: Arc::new(outs),
            found,
        });
        self.html.retain(|path| last.site.by_path.contains_key(path));
    }

    /// The plan of a build that is surrounded.
    pub(super) fn planned(&self, last: &Last, stats: Stats) -> Plan {
        let around = last.around.as_ref().expect("`surround` made it");
        let mut found = self.findings_so_far(last);
        found.extend(around.found.iter().cloned());
        let found = self.judged_whole(last, found);
        let parts = plan::Parts {
            pages: last.parsed.pages.clone(),
            site: last.site.clone(),
            theme: last.theme.clone(),
            frame: around.frame.clone(),
            others: around.others.clone(),
            outs: around.outs.clone(),
            html: self.html.clone(),
            code: self.code.clone(),
            searched: self.searched.clone(),
            search: Slots::new(),
            markdown: Slots::new(),
            lists: Slots::new(),
        };
        Plan::new(last.opening.opened.config.clone(), Report::new(found), stats, parts)
    }
}

/// The hash of all that a site is made of.
fn site_hash(parsed: &Parsed, inputs: &SiteInputs, config: &Config) -> Hash {
    let hashes: Vec<Hash> = parsed.pages.iter().map(|page| page.head.hash).collect();
    Hash::of(&(
        hashes,
        &inputs.files,
        &inputs.public,
        &inputs.left_out,
        config.site.hash(),
        config.project.hash(),
        config.theme.hash(),
    ))
}

/// What the site is made of besides its pages.
pub(super) fn site_inputs(parsed: &Parsed, opening: &Opening) -> SiteInputs {
    let inputs = &opening.opened.inputs;
    let left_out = parsed.left_out(&opening.opened);
    SiteInputs { files: inputs.files.clone(), public: inputs.public.clone(), left_out }
}

/// The pages by their files in the output.
pub(super) fn addresses<'r>(routes: impl Iterator<Item = &'r Route>) -> BTreeMap<OutPath, PageId> {
    let mut outs = BTreeMap::new();
    for (route, id) in routes.zip((0..).map(PageId)) {
        // Two pages with one address are a diagnostic of the site already; the first is kept.
        outs.entry(route.out.clone()).or_insert(id);
    }
    outs
}

/// Whether pages tell who changed them, or when.
fn tells_history(config: &Config) -> bool {
    let frames = std::iter::once(&config.theme.frame).chain(&config.theme.others);
    frames.into_iter().any(|frame| frame.last_updated || frame.contributors)
}

/// Whether somebody is told when pages were changed: readers, or search engines.
fn wants_history(config: &Config) -> bool {
    config.site.url.is_some() || tells_history(config)
}
