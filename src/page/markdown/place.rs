//! The place that the writer has come to: what was read ahead, and what stands around the text that comes next.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::writer::{Writer, is_inline};

/// What is known of the place in the text before an event is written.
#[derive(Debug, Default)]
pub(super) struct Place {
    /// Whether the text before it is the last of its block.
    pub block_ends: bool,
    /// Whether that text begins a line, after others of its paragraph.
    pub line_start: bool,
    /// Whether that text begins its block.
    pub block_start: bool,
    /// Whether the paragraph is the first thing in a list item.
    pub first_in_item: bool,
    /// Whether the last event began a list item.
    pub item_start: bool,
    /// The emphasis that begins next, if one does.
    pub next_emphasis: Option<Range<usize>>,
}

impl Writer<'_> {
    /// The event without what was read ahead of it, if anything is left of it.
    pub(super) fn unskipped<'e>(&mut self, event: Event<'e>, range: Range<usize>) -> Option<(Event<'e>, Range<usize>)> {
        while self.skipped.last().is_some_and(|skipped| range.start >= skipped.end) {
            self.skipped.pop();
        }
        let Some(skipped) = self.skipped.last().filter(|skipped| range.start >= skipped.start) else {
            return Some((event, range));
        };
        match &event {
            // A block is never a part of a line that was read ahead.
            Event::Start(tag) if !is_inline(tag.to_end()) => Some((event, range)),
            Event::End(tag) if !is_inline(*tag) => Some((event, range)),
            Event::Text(text) if text.len() == range.len() => {
                let rest = text.get(skipped.end - range.start..).filter(|rest| !rest.is_empty())?;
                Some((Event::Text(rest.to_owned().into()), skipped.end..range.end))
            }
            _ => None,
        }
    }

    /// Notes what the text that comes next stands behind.
    pub(super) fn note_place(&mut self, event: &Event<'_>) {
        let at = &mut self.at;
        at.line_start = matches!(event, Event::SoftBreak | Event::HardBreak);
        at.block_start =
            matches!(event, Event::Start(Tag::Paragraph | Tag::Item | Tag::TableCell | Tag::Heading { .. }));
        if matches!(event, Event::Start(Tag::Paragraph)) {
            at.first_in_item = at.item_start;
        }
        at.item_start = matches!(event, Event::Start(Tag::Item));
        match event {
            Event::Start(Tag::Paragraph) => {}
            Event::Start(tag) if is_inline(tag.to_end()) => {}
            Event::Start(_) | Event::Rule => self.forget_closed(),
            _ => {}
        }
        if ends_text(event) {
            self.in_raw_link = false;
        }
    }

    /// Notes what comes next, before the text that is pending is written.
    pub(super) fn note_next(&mut self, event: &Event<'_>, range: &Range<usize>) {
        self.at.block_ends = ends_text(event);
        self.at.next_emphasis = matches!(event, Event::Start(tag) if is_emphasis(tag.to_end())).then(|| range.clone());
    }
}

/// Whether the text before this event is the last of its block.
fn ends_text(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => !is_inline(tag.to_end()),
        Event::End(tag) => !is_inline(*tag),
        Event::Rule => true,
        _ => false,
    }
}

fn is_emphasis(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
}
