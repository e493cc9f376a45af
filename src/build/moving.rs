//! A page or a folder at another place -> what has to be written elsewhere so that all leads where it led.
//!
//! Nothing is guessed: the project is read as it is and as it would be, and each link of the one is compared with the same link of
//! the other. One that leads elsewhere is written another way, and compared again; what finds no way is told.
//!
//! 1. [`Seen`]: the project as it is. 2. [`texts`]: includes, front matter and settings, by their places. 3. links, round by round.
//! 4. former addresses, and what is wrong now that was not before.

mod changes;
mod formers;
mod links;
mod mapping;
mod seen;
mod settings;
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Engine;
use crate::base::{SourcePath, Span};
use crate::compat::Request;
use crate::diag::codes;
use crate::diag::{Diagnostic, Report, Severity};
use crate::sink::Edit;
use crate::vfs::{Files, Overlay};

use changes::Changes;
use links::Links;
use mapping::Mapping;
use seen::Seen;

/// How often links are written another way.
const MAX_ROUNDS: usize = 40;

/// The project's files, as several engines share them.
pub type Shared = Arc<dyn Files + Send + Sync>;

/// A move, thought out.
pub struct Moving {
    /// What is moved: a file or a folder.
    pub from: SourcePath,
    /// Where to.
    pub to: SourcePath,
    /// The files that change, at the paths that they have before.
    pub edits: Vec<Edit>,
    /// How many pages are moved.
    pub pages: usize,
    /// How many links and other paths are written another way.
    pub places: usize,
    /// In how many files.
    pub files: usize,
    /// Former addresses that readers are led on from.
    pub formers: Vec<String>,
    /// What will be wrong that is not now: what could not be written another way, above all.
    pub found: Report,
    /// Other things to know.
    pub notes: Vec<String>,
    after: Engine,
}

/// Why nothing can be moved.
#[derive(Debug)]
pub enum Unmovable {
    /// The project cannot be read as a whole, for these reasons.
    Project(Report),
    /// The move makes no sense, for this reason.
    Reason(String),
}

impl Moving {
    /// The text of a file as it will be.
    pub fn text(&self, path: &SourcePath) -> Option<Arc<str>> {
        self.after.text(path)
    }
}

/// Thinks out a move. `leads_on`: whether readers of the former addresses are led on.
pub fn moving(
    files: &Shared,
    request: &Request,
    from: &SourcePath,
    to: &SourcePath,
    leads_on: bool,
) -> Result<Moving, Unmovable> {
    // What lies in drafts moves, too.
    let request = Request { drafts: true, ..request.clone() };
    let engine = |overlay: Overlay| Engine::new(Box::new(overlay), request.clone());
    let mut before = engine(Overlay::new(files.clone()));
    let report = before.check().report;
    let is_fatal = |found: &&Diagnostic| {
        found.severity == Severity::Error && codes::find(&found.code).is_some_and(|code| code.fatal)
    };
    let fatal: Vec<Diagnostic> = report.diagnostics().iter().filter(is_fatal).cloned().collect();
    if !fatal.is_empty() {
        return Err(Unmovable::Project(Report::new(fatal)));
    }
    let Some(seen) = Seen::of(&before) else { return Err(Unmovable::Reason("there is no site here".to_owned())) };
    let mapping = Mapping::new(from, to, &seen).map_err(Unmovable::Reason)?;
    let overlay = || Overlay::new(files.clone()).moved(mapping.files());
    let after_with = |changes: &Changes| {
        let mut after = engine(overlay().with(changes.contents(files, &mapping)));
        let report = after.check().report;
        (after, report)
    };

    let mut changes = Changes::default();
    let mut notes = Vec::new();
    let (after, _) = after_with(&changes);
    if let Some(now) = Seen::of(&after) {
        if let Some(path) = lost_page(&seen, &now, &mapping) {
            let reason = format!("`{path}` would be no page of the site: the settings leave it out, by its path");
            return Err(Unmovable::Reason(reason));
        }
        texts::change(&seen, &now, &mapping, &before, &mut changes, &mut notes);
    }
    let mut links = Links::default();
    for _ in 0..MAX_ROUNDS {
        let (after, _) = after_with(&links.with(&changes));
        let Some(now) = Seen::of(&after) else { break };
        if !links.round(&seen, &now, &mapping) {
            break;
        }
    }
    let mut changes = links.with(&changes);
    let places = changes.places();
    let written = changes.edits(files).len();

    let (after, _) = after_with(&changes);
    let mut formers = Vec::new();
    if let Some(now) = Seen::of(&after) {
        notes.extend(new_pages(&seen, &now, &mapping));
        notes.extend(hidden_files(&seen, &now, &mapping));
        formers = formers::lead_on(&seen, &now, &mapping, &before, leads_on, &mut changes, &mut notes);
    }
    let (after, report_after) = after_with(&changes);
    let found = new_findings(&report, &report_after, &mapping, links.left(&seen, &after, &mapping));
    notes.extend(settings::left(&before, &seen, &mapping, &found));
    Ok(Moving {
        from: from.clone(),
        to: to.clone(),
        edits: changes.edits(files),
        pages: seen.pages.iter().filter(|page| mapping.moves(&page.head.path)).count(),
        places,
        files: written,
        formers,
        found,
        notes,
        after,
    })
}

/// The pages that are none any more, because settings choose pages by their paths.
fn lost_page(seen: &Seen<'_>, now: &Seen<'_>, mapping: &Mapping) -> Option<SourcePath> {
    let mut moved = seen.pages.iter().map(|page| &page.head.path).filter(|path| mapping.moves(path));
    moved.find(|path| now.page(&mapping.of(path)).is_none()).map(|path| mapping.of(path))
}

/// The pages that are one only now, for the same reason.
fn new_pages(seen: &Seen<'_>, now: &Seen<'_>, mapping: &Mapping) -> Vec<String> {
    let was: BTreeSet<SourcePath> = seen.pages.iter().map(|page| mapping.of(&page.head.path)).collect();
    let is: BTreeSet<SourcePath> = now.pages.iter().map(|page| page.head.path.clone()).collect();
    let lost = was.difference(&is).map(|path| format!("`{path}` will be no page of the site any more"));
    let new = is.difference(&was).map(|path| format!("`{path}` will be a page of the site, which it is not now"));
    lost.chain(new).collect()
}

/// Files that pages do not show any more.
fn hidden_files(seen: &Seen<'_>, now: &Seen<'_>, mapping: &Mapping) -> Vec<String> {
    let mut notes = BTreeSet::new();
    for page in seen.pages.iter().filter(|page| !page.head.stands_in) {
        let own = mapping.of(&page.head.path);
        let Some(place) = now.page(&own) else { continue };
        let shown: BTreeSet<&SourcePath> = now.pages[place].shown.iter().map(|shown| &shown.file).collect();
        let lost = page.shown.iter().map(|shown| mapping.of(&shown.file)).filter(|file| !shown.contains(file));
        notes.extend(
            lost.map(|file| format!("`{own}` does not show `{file}` any more, whose name cannot be written there")),
        );
    }
    notes.into_iter().collect()
}

/// What is wrong after and was not before, and the links that could not be written another way.
fn new_findings(before: &Report, after: &Report, mapping: &Mapping, left: Vec<Diagnostic>) -> Report {
    // What was wrong before is so still, at whatever line and with whatever path.
    let key = |found: &Diagnostic, path: Option<SourcePath>| (found.code.to_string(), path);
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    for found in before.diagnostics() {
        let path = found.span.as_ref().map(|span| mapping.of(&span.file));
        *known.entry(key(found, path)).or_default() += 1;
    }
    let mut by_kind: BTreeMap<_, Vec<&Diagnostic>> = BTreeMap::new();
    for found in after.diagnostics().iter().filter(|found| found.severity != Severity::Info) {
        by_kind.entry(key(found, found.span.as_ref().map(|span| span.file.clone()))).or_default().push(found);
    }
    let messages: BTreeSet<&str> = before.diagnostics().iter().map(|found| &*found.message).collect();
    let places: BTreeSet<Span> = left.iter().filter_map(|found| found.span.clone()).collect();
    let mut new = left;
    for (kind, found) in by_kind {
        let more = found.len().saturating_sub(known.get(&kind).copied().unwrap_or_default());
        let unknown = found.into_iter().filter(|found| !messages.contains(&*found.message));
        new.extend(
            unknown.filter(|found| found.span.as_ref().is_none_or(|span| !places.contains(span))).take(more).cloned(),
        );
    }
    Report::new(new)
}
