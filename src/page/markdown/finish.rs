//! The end of a page: all its headings are known, and so are the ids that nothing else may have.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Body;
use super::balance::{Balancer, Fault, FaultKind};
use super::footnotes;
use super::writer::Writer;
use crate::page::toc;

/// What of the author's HTML could not be taken over as it is typed.
#[derive(Debug)]
pub(crate) struct HtmlFault {
    /// What is wrong.
    pub wrong: Wrong,
    /// The name of the element, as written, or the id.
    pub name: String,
    /// Where its tag begins in the source.
    pub at: usize,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// It is never ended.
    Unclosed,
    /// Its end tag, which begins here, stands in another block than its start tag.
    Crosses(usize),
    /// An end tag without a start tag.
    Stray,
    /// It cannot stand there.
    Misplaced,
    /// A table with text outside its cells.
    OutsideCells,
    /// An id that another element has.
    TakenId,
}

impl Writer<'_> {
    /// Whether an id may be given to what is no heading; one that is given already is told of. It stands at `place` of the source.
    pub(super) fn claim(&mut self, id: &str, place: Range<usize>) -> bool {
        if self.claimed.contains_key(id) {
            self.body.taken_ids.push((id.to_owned(), place));
            return false;
        }
        self.body.anchors.push(id.into());
        self.claimed.insert(id.to_owned(), place);
        true
    }

    /// Puts the page together.
    pub(super) fn finish(mut self) -> Body {
        let of_headings: BTreeSet<String> = self.body.headings.iter().map(|heading| heading.id.to_string()).collect();
        // The address of a heading is the same whatever stands around it.
        for (id, place) in std::mem::take(&mut self.claimed) {
            if of_headings.contains(&id) {
                self.body.taken_ids.push((id, place));
            }
        }
        let mut taken = of_headings.clone();
        taken.extend(self.body.anchors.iter().map(|anchor| anchor.to_string()));
        let (headings, config, components) = (&self.body.headings, self.context.config, &self.body.components);
        let balanced = self.out.finish(
            Balancer::new(of_headings),
            || toc::html(headings, config),
            &self.rooms.filled,
            |note| footnotes::note_id(note, &taken),
            |n| components[n as usize].is_childless(),
        );
        self.body.pieces = balanced.pieces;
        for n in balanced.outside {
            self.body.components[n as usize].in_paragraph = false;
        }
        let place = |at: usize| self.scanned.rewritten.source_range(at..at + 1).start;
        let told = |fault: Fault| HtmlFault {
            wrong: match fault.kind {
                FaultKind::Unclosed => Wrong::Unclosed,
                FaultKind::EndedBefore(end) => Wrong::Crosses(place(end)),
                FaultKind::Stray => Wrong::Stray,
                FaultKind::Misplaced => Wrong::Misplaced,
                FaultKind::OutsideCells => Wrong::OutsideCells,
                FaultKind::TakenId => Wrong::TakenId,
            },
            at: place(fault.at),
            name: fault.name,
        };
        self.body.html_faults = balanced.faults.into_iter().map(told).collect();
        self.body
    }
}
