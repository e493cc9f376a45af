//! What attributes in braces belong to.
//!
//! Behind an inline element they are that element's; at the end of a line of text that ends a block they are the block's,
//! or the list item's; alone on the last line of a paragraph they are the list's or the quote's around it; alone in a
//! paragraph after a list or table they are that one's. Braces that are none of this are text.

use std::ops::Range;

use pulldown_cmark::TagEnd;

use super::writer::{Element, Writer};
use crate::page::attributes::Attributes;

/// How many bytes behind a list or table its attributes are looked for.
const FARTHEST: usize = 200;

/// An open block whose start tag has room for attributes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// How many elements were open around it.
    depth: usize,
    /// What it is.
    tag: TagEnd,
    /// The number of the hole in its start tag.
    hole: usize,
}

/// The rooms of the blocks that are open, and of the one that was closed last.
#[derive(Debug, Default)]
pub(super) struct Rooms {
    open: Vec<Room>,
    /// A list or table that nothing follows yet.
    closed: Option<Room>,
    /// What was put into each hole.
    pub filled: Vec<Attributes>,
}

impl Rooms {
    /// Takes away the rooms of elements that have ended: `depth` are open.
    pub fn leave(&mut self, depth: usize) {
        while let Some(room) = self.open.pop_if(|room| room.depth >= depth) {
            if matches!(room.tag, TagEnd::List(_) | TagEnd::Table) {
                self.closed = Some(room);
            }
        }
    }
}

impl Writer<'_> {
    /// Whether braces may be attributes.
    pub(super) fn has_attributes(&self) -> bool {
        self.context.config.has_attributes()
    }

    /// The start tag of a block that spans `range`, with room for attributes before its `end`.
    pub(super) fn start_tag(&mut self, start: &str, tag: TagEnd, range: &Range<usize>, end: &str) {
        self.out.html().push_str(start);
        self.room(tag, range);
        self.out.html().push_str(end);
    }

    /// The start tag of an inline element that ends at `end` of the rewritten text.
    pub(super) fn start_inline(&mut self, name: &str, end: usize) {
        let attributes = self.attributes_behind(end);
        if self.images.is_empty() {
            let html = self.out.html();
            html.push('<');
            html.push_str(name);
            attributes.write(html);
            html.push('>');
        }
    }

    /// Leaves room for attributes in the start tag of a block that spans `range`, if there may be any.
    pub(super) fn room(&mut self, tag: TagEnd, range: &Range<usize>) {
        if !self.has_attributes() {
            return;
        }
        let text = &self.scanned.rewritten.text;
        let first = self.braces.partition_point(|&at| at < range.start);
        let inside = self.braces.get(first).is_some_and(|&at| at < range.end);
        // Lists in each other end together: none of them looks far.
        let mut after = text.as_bytes()[range.end..].iter().take(FARTHEST);
        let mut behind = || after.find(|byte| !matches!(byte, b'\n' | b' ' | b'>')) == Some(&b'{');
        if inside || matches!(tag, TagEnd::List(_) | TagEnd::Table) && behind() {
            let hole = self.rooms.filled.len();
            self.rooms.filled.push(Attributes::default());
            self.out.attributes(hole);
            self.rooms.open.push(Room { depth: self.open.len(), tag, hole });
        }
    }

    /// The attributes right behind an inline element that ends at `end` of the rewritten text. What stands there is not text.
    pub(super) fn attributes_behind(&mut self, end: usize) -> Attributes {
        let mut found = Attributes::default();
        let mut end = end;
        if self.has_attributes() && self.images.is_empty() {
            let start = end;
            while let Some((more, length)) = Attributes::at_start(&self.scanned.rewritten.text[end..]) {
                found.extend(more);
                end += length;
            }
            if end > start {
                self.skipped.push(start..end);
            }
        }
        self.anchor(&mut found, end..end);
        found
    }

    /// Takes attributes off the end of the text of a block, which stands at `place` of the rewritten text; they are put where
    /// they belong. Returns what is left of the text.
    pub(super) fn take_attributes<'t>(&mut self, text: &'t str, place: Range<usize>) -> &'t str {
        if !self.at.block_ends || !self.has_attributes() || self.title_is_open() || !self.images.is_empty() {
            return text;
        }
        let Some((mut found, start)) = Attributes::at_end(text.trim_end()) else { return text };
        let left = text[..start].trim_end();
        if let Some(heading) = &mut self.heading {
            heading.attributes.extend(found);
            return left;
        }
        let alone = left.is_empty();
        let Some(hole) = self.owner(alone) else { return text };
        self.anchor(&mut found, place);
        self.rooms.filled[hole].extend(found);
        left
    }

    /// The hole of the block that attributes at the end of this text belong to; `alone`: nothing else stands on the line.
    fn owner(&self, alone: bool) -> Option<usize> {
        let depth = self.open.len().checked_sub(1)?;
        let room = |depth: usize| self.rooms.open.iter().rfind(|room| room.depth == depth).map(|room| room.hole);
        let around = |levels: usize| depth.checked_sub(levels).map(|depth| (self.open[depth], depth));
        let (block, _) = around(0)?;
        let item = Element::Tag(TagEnd::Item);
        if alone && self.at.line_start {
            // The last line of the text: it speaks of what the text stands in.
            let (outer, outer_depth) = if block == item { (block, depth) } else { around(1).unwrap_or((block, depth)) };
            return match outer {
                Element::Tag(TagEnd::Item) => outer_depth.checked_sub(1).and_then(room),
                Element::Tag(TagEnd::BlockQuote(_)) => room(outer_depth),
                _ => room(depth),
            };
        }
        if alone && self.at.block_start {
            let before = self.rooms.closed.filter(|closed| closed.depth == depth);
            return before.map(|closed| closed.hole).or_else(|| room(depth));
        }
        match around(1) {
            Some((outer, outer_depth)) if outer == item && self.at.first_in_item => room(outer_depth),
            _ => room(depth),
        }
    }

    /// Notes an id as one that links may lead to; one that is taken is left out, and told.
    pub(super) fn anchor(&mut self, attributes: &mut Attributes, place: Range<usize>) {
        let Some(id) = &attributes.id else { return };
        if !self.claim(id, self.scanned.rewritten.source_range(place)) {
            attributes.id = None;
        }
    }

    /// What follows a block is not about the list or table before it.
    pub(super) fn forget_closed(&mut self) {
        self.rooms.closed = None;
    }
}
