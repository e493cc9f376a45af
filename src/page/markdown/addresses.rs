//! Addresses in plain text, which are links without being written as such.

use std::ops::Range;

use super::text::Pending;
use super::writer::Writer;
use crate::base::escape;
use crate::page::attributes::Attributes;
use crate::page::linkify::{self, Found};
use crate::page::masks;

impl Writer<'_> {
    /// Writes a range of `text`, the beginning of pending text, with links for the addresses in it.
    pub(super) fn write_linked(&mut self, pending: &Pending, text: &str, range: Range<usize>) {
        let config = self.context.config;
        let may = config.has_linkify() && self.open_link.is_none() && self.images.is_empty() && !self.in_raw_link;
        let mut from = range.start;
        let text = &text[..range.end];
        if may {
            // VitePress alone leaves out those without a scheme.
            let fuzzy = config.extended || !config.conventions.is_vitepress();
            for mut found in linkify::find(&text[range.start..], fuzzy) {
                found.range = range.start + found.range.start..range.start + found.range.end;
                self.write_named(pending, from..found.range.start);
                from = found.range.end;
                self.write_address(pending, text, found);
            }
        }
        self.write_named(pending, from..text.len());
    }

    fn write_address(&mut self, pending: &Pending, text: &str, found: Found) {
        let start = self.source_of(pending, found.range.start);
        let end = pending.parts.last().map_or(start, |(_, range)| range.end);
        if found.range.end == text.len()
            && let Some(emphasis) = self.at.next_emphasis.take().filter(|emphasis| emphasis.start == end)
            && self.write_long_address(start, &emphasis)
        {
            return;
        }
        let shown = &text[found.range.clone()];
        let source = start..start.max(self.source_of(pending, found.range.end.saturating_sub(1)) + 1);
        let source = if self.scanned.rewritten.text.get(source.clone()).is_some() { source } else { start..start };
        self.open_link(format!("{}{shown}", found.prefix), "", source, &Attributes::default());
        self.write_text(pending, found.range);
        self.end_link();
    }

    /// Writes an address that goes on behind what the parser took for the beginning of emphasis; false if it does not.
    fn write_long_address(&mut self, start: usize, emphasis: &Range<usize>) -> bool {
        let source = &self.scanned.rewritten.text;
        let Some(line) = source.get(start..) else { return false };
        let line = &line[..line.find('\n').unwrap_or(line.len())];
        let Some(length) = linkify::at_start(line) else { return false };
        let whole = start + length;
        let address = line[..length].trim_end_matches(['*', '~']);
        let end = start + address.len();
        if end <= emphasis.start {
            return false;
        }
        let address = masks::unmasked(address).into_owned();
        self.open_link(address.clone(), "", start..end, &Attributes::default());
        self.plain(&address);
        self.end_link();
        // The marks behind it that would have ended the emphasis are text.
        let skipped_to = if emphasis.end <= whole { end.max(emphasis.end) } else { end };
        let marks = masks::unmasked(&self.scanned.rewritten.text[end..skipped_to]).into_owned();
        self.plain(&marks);
        self.skipped.push(emphasis.start..skipped_to);
        true
    }

    /// Writes text that is what it is.
    fn plain(&mut self, text: &str) {
        self.section_text(text);
        escape(text, self.out.html());
        self.heading_text(text, text);
    }
}
