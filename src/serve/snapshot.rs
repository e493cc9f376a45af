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
    /// The file that it is about.
    #[serde(skip)]
    pub file: Option<SourcePath>,
}

/// What is served now.
pub(super) struct Snapshot {
    pub content: Arc<dyn Content>,
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
        Snapshot { content, base, state, problems: Vec::new(), notes: Vec::new() }
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
    /// Serves this site from now on. `base` is the path under which settings publish the site, `/` or `/docs/`; `problems`
    /// are those of pages that cannot be rendered.
    pub fn publish(&self, content: Arc<dyn Content>, base: &str, problems: Vec<Problem>, notes: Vec<Problem>) {
        self.0.send_replace(Arc::new(Snapshot { problems, notes, ..Snapshot::new(content, base.to_owned()) }));
    }

    /// Goes on with the last site, and shows what is wrong.
    pub fn fail(&self, problems: Vec<Problem>, notes: Vec<Problem>) {
        self.0.send_modify(|last| {
            let (content, base, state) = (last.content.clone(), last.base.clone(), last.state.clone());
            *last = Arc::new(Snapshot { content, base, state, problems, notes });
        });
    }
}
