//! The search for pages that cannot be rendered. A server renders the pages that are looked at; the others are tried one after
//! the other while nothing else is to be done.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use super::author::Event;
use crate::base::OutPath;
use crate::build::Plan;
use crate::diag::Diagnostic;

/// How long it waits for whoever looks at a page, which is rendered first.
const PAUSE: Duration = Duration::from_millis(150);

/// What is wrong with pages, as rendering finds it.
pub(super) type Faults = BTreeMap<OutPath, Vec<Diagnostic>>;

/// The search in the pages of the newest build; one of an older build gives up.
pub(super) struct Search {
    newest: Arc<AtomicUsize>,
    /// Pages that the last search may not have come to.
    pending: Vec<OutPath>,
    events: Sender<Event>,
}

impl Search {
    pub fn new(events: Sender<Event>) -> Search {
        Search { newest: Arc::default(), pending: Vec::new(), events }
    }

    /// Whether this is the number of the newest search.
    pub fn is(&mut self, number: usize) -> bool {
        let newest = self.newest.load(Ordering::Relaxed) == number;
        if newest {
            self.pending.clear();
        }
        newest
    }

    /// Begins anew: in all pages, or in those that differ from what is known already.
    pub fn begin(&mut self, plan: &Arc<Plan>, known: Option<(&[OutPath], &Faults)>) {
        let number = self.newest.fetch_add(1, Ordering::Relaxed) + 1;
        let mut faults = Faults::new();
        match known {
            // What is wrong with one list of pages is wrong with each.
            None => self.pending = plan.pages().cloned().chain(plan.list_pages().into_iter().take(1)).collect(),
            Some((differing, known)) => {
                self.pending.extend_from_slice(differing);
                self.pending.sort();
                self.pending.dedup();
                faults = known.clone();
            }
        }
        let (newest, events) = (self.newest.clone(), self.events.clone());
        let (plan, pages) = (plan.clone(), self.pending.clone());
        thread::spawn(move || {
            thread::sleep(PAUSE);
            for page in pages {
                if newest.load(Ordering::Relaxed) != number {
                    return;
                }
                let found = plan.faults(&page);
                if !found.is_empty() {
                    faults.insert(page, found);
                }
            }
            // Nobody listens any more, and that is no error.
            let _ = events.send(Event::Faults(number, faults));
        });
    }
}
