//! What is served now, and what replaces it.

use std::sync::Arc;

use serde::Serialize;
use tokio::sync::watch;

use super::Content;
use crate::artefact::Output;
use crate::base::{Hash, SourcePath};

/// A finding as the browser shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The stable name of the finding.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// `file:line:column`, if it has a place.
    pub place: Option<String>,
    /// The line that it is about, with a mark below.
    pub frame: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// The address that opens the place in an editor.
    pub edit: Option<String>,
    /// Whether it is about the site: its settings, its theme.
    pub site: bool,
    /// The file that it is about.
    #[serde(skip)]
    pub file: Option<SourcePath>,
}

/// How much of a site is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// What a [`crate::build::Sketch`] knows; all of it comes next.
    Coming,
    /// The same, but nothing comes until something is mended.
    Stuck,
    /// All of it.
    Whole,
}

/// What is served now.
pub(super) struct Snapshot {
    pub content: Arc<dyn Content>,
    pub stage: Stage,
    /// The path under which old settings publish the site, `/docs/`: the site is served there too.
    pub base: String,
    /// The state of the files that are no pages: equal for equal files, in this run and the next.
    pub state: String,
    /// What the last build could not get past.
    pub problems: Vec<Problem>,
    /// What else it found.
    pub notes: Vec<Problem>,
}

impl Snapshot {
    pub fn new(content: Arc<dyn Content>, base: String) -> Snapshot {
        let state = state(content.others());
        Snapshot { content, stage: Stage::Whole, base, state, problems: Vec::new(), notes: Vec::new() }
    }
}

fn state(others: &Output) -> String {
    let hashes: Vec<_> = others.iter().map(|(path, artefact)| (path, artefact.hash)).collect();
    Hash::of(&hashes).short(16)
}

/// Replaces what a server serves.
#[derive(Clone)]
pub struct Publisher(pub(super) Arc<watch::Sender<Arc<Snapshot>>>);

impl Publisher {
    /// Serves as much of a site as is known, until all of it is.
    pub fn sketch(&self, content: Arc<dyn Content>, base: &str) {
        self.0.send_replace(Arc::new(Snapshot { stage: Stage::Coming, ..Snapshot::new(content, base.to_owned()) }));
    }

    /// Serves this site from now on. `base` is the path under which settings publish the site, `/` or `/docs/`; `problems`
    /// are those of pages that cannot be rendered.
    pub fn publish(&self, content: Arc<dyn Content>, base: &str, problems: Vec<Problem>, notes: Vec<Problem>) {
        let last = self.0.borrow().clone();
        let state = match std::ptr::eq(last.content.others(), content.others()) {
            true => last.state.clone(),
            false => state(content.others()),
        };
        let base = base.to_owned();
        self.0.send_replace(Arc::new(Snapshot { content, stage: Stage::Whole, base, state, problems, notes }));
    }

    /// Goes on with the last site, and shows what is wrong.
    pub fn fail(&self, problems: Vec<Problem>, notes: Vec<Problem>) {
        self.0.send_modify(|last| {
            let (content, base, state) = (last.content.clone(), last.base.clone(), last.state.clone());
            let stage = if last.stage == Stage::Coming { Stage::Stuck } else { last.stage };
            *last = Arc::new(Snapshot { content, stage, base, state, problems, notes });
        });
    }
}
