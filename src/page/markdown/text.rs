//! Plain text, code spans and line breaks.

use std::ops::Range;

use pulldown_cmark::TagEnd;

use super::writer::{Element, Writer};
use crate::base::escape;
use crate::config::Conventions;
use crate::page::emoji::{self, TextPiece};
use crate::page::emoticons;

/// Endings of files that pages link to.
const LINKED_FILES: &[&str] = &[
    ".md", ".html", ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".odt", ".ods", ".docx", ".xlsx", ".csv",
];

/// Neighbouring texts, until something else comes: the parser splits text at characters that might have meant something.
#[derive(Default)]
pub(super) struct Pending {
    pub(super) text: String,
    /// Where parts of it begin, and the range of the rewritten text that they came from.
    pub(super) parts: Vec<(usize, Range<usize>)>,
}

impl Writer<'_> {
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        self.pending.parts.push((self.pending.text.len(), range));
        self.pending.text.push_str(text);
    }

    /// Writes the text that is pending.
    pub(super) fn flush_text(&mut self) {
        if self.pending.parts.is_empty() {
            return;
        }
        let pending = std::mem::take(&mut self.pending);
        self.note_spaced_links(&pending);
        let toc = self.inline_toc(&pending);
        let text = match toc {
            Some(at) => &pending.text[..at],
            None => pending.text.as_str(),
        };
        let text = match pending.text.rfind('{').filter(|_| text.len() == pending.text.len()) {
            Some(brace) if !self.is_escaped(&pending, brace) => {
                let place = pending.parts.last().map_or(0..0, |(_, range)| range.clone());
                self.take_attributes(text, place)
            }
            _ => text,
        };
        let mut from = 0;
        for range in self.expressions(text) {
            self.write_linked(&pending, text, from..range.start);
            let place = self.source_of(&pending, range.start)..self.source_of(&pending, range.end);
            self.write_value(&text[range.clone()], place);
            from = range.end;
        }
        self.write_linked(&pending, text, from..text.len());
        if toc.is_some() {
            // A paragraph goes on below the table of contents; the rest of this line is dropped, as it was there.
            let in_paragraph = self.open.last() == Some(&Element::Tag(TagEnd::Paragraph));
            if in_paragraph {
                let html = self.out.html();
                match html.strip_suffix("<p>").map(str::len) {
                    Some(before) => html.truncate(before),
                    None => html.push_str("</p>\n"),
                }
            }
            self.out.toc();
            if in_paragraph {
                self.out.html().push_str("<p>");
            }
            self.drops_line = true;
        }
    }

    /// Writes a range of pending text in which emoji may be typed by their names.
    pub(super) fn write_named(&mut self, pending: &Pending, range: Range<usize>) {
        let mut from = range.start;
        for piece in emoji::pieces(&pending.text[range.clone()]) {
            match piece {
                TextPiece::Text(plain) => {
                    self.write_plain(pending, from..from + plain.len());
                    from += plain.len();
                }
                TextPiece::Emoji(emoji, place) => {
                    let place = range.start + place.start..range.start + place.end;
                    from = place.end;
                    match self.is_escaped(pending, place.start) {
                        true => self.write_text(pending, place),
                        false => self.write_emoji(emoji),
                    }
                }
            }
        }
    }

    /// Notes `[text](a file.md)`: it is meant as a link, and is none, for an address has no spaces.
    fn note_spaced_links(&mut self, pending: &Pending) {
        for (at, _) in pending.text.match_indices("](") {
            let start = at + "](".len();
            // Past the first of these it is no address, and to look further each time would take the square of the length.
            let Some(end) = pending.text[start..].find([')', '(', '<', '"']) else { return };
            if !pending.text[start + end..].starts_with(')') {
                continue;
            }
            let target = pending.text[start..start + end].trim_end();
            let path = target.split('#').next().unwrap_or("").to_ascii_lowercase();
            let names_a_file = LINKED_FILES.iter().any(|extension| path.ends_with(extension));
            if path.contains(' ') && names_a_file {
                let from = self.source_of(pending, start);
                let range = self.scanned.rewritten.source_range(from..from + target.len());
                self.body.spaced_links.push((target.to_owned(), range));
            }
        }
    }

    /// Where VuePress 1 would put a table of contents in this text: its marker may stand anywhere in a paragraph, a tight
    /// list item, a cell of a table.
    fn inline_toc(&self, pending: &Pending) -> Option<usize> {
        let vuepress1 = self.context.config.conventions == Conventions::VuePress1;
        let inside = self.open.last();
        if !vuepress1 || !matches!(inside, Some(Element::Tag(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell))) {
            return None;
        }
        let marker = self.context.config.toc.marker.as_str();
        if marker.is_empty() {
            return None;
        }
        let at = pending
            .text
            .as_bytes()
            .windows(marker.len())
            .position(|window| window.eq_ignore_ascii_case(marker.as_bytes()))?;
        (!self.is_escaped(pending, at)).then_some(at)
    }

    /// Whether the character at byte `at` of pending text was typed with a backslash before it.
    fn is_escaped(&self, pending: &Pending, at: usize) -> bool {
        let source = self.source_of(pending, at);
        self.scanned.rewritten.text.as_bytes()[..source].ends_with(b"\\") && !pending.text[..at].ends_with('\\')
    }

    /// Where the byte `at` of pending text stands in the rewritten text.
    pub(super) fn source_of(&self, pending: &Pending, at: usize) -> usize {
        let after = pending.parts.partition_point(|(start, _)| *start <= at);
        pending.parts[..after].last().map_or(0, |(start, range)| (range.start + (at - start)).min(range.end))
    }

    /// Writes a range of pending text in which emoji may be typed as emoticons.
    fn write_plain(&mut self, pending: &Pending, range: Range<usize>) {
        let mut from = range.start;
        if !self.context.config.extended {
            for (place, name) in emoticons::find(&pending.text[range.clone()]) {
                let start = range.start + place.start;
                if let Some(emoji) = emoji::shortcode(name).filter(|_| !self.is_escaped(pending, start)) {
                    self.write_text(pending, from..start);
                    self.write_emoji(emoji);
                    from = range.start + place.end;
                }
            }
        }
        self.write_text(pending, from..range.end);
    }

    /// Writes a range of pending text, part by part: a heading wants to know what each was made from.
    pub(super) fn write_text(&mut self, pending: &Pending, range: Range<usize>) {
        let text = &pending.text[range.clone()];
        if text.is_empty() {
            return;
        }
        self.section_text(text);
        if let Some(image) = self.images.last_mut() {
            image.alt.push_str(text);
            return;
        }
        escape(text, self.out.html());
        if self.heading.is_none() {
            return;
        }
        let scanned = self.scanned;
        for (index, (start, source)) in pending.parts.iter().enumerate() {
            let end = pending.parts.get(index + 1).map_or(pending.text.len(), |(next, _)| *next);
            let (start, end) = ((*start).max(range.start), end.min(range.end));
            if start < end {
                self.heading_text(&pending.text[start..end], &scanned.rewritten.text[source.clone()]);
            }
        }
    }

    fn write_emoji(&mut self, emoji: &str) {
        self.section_text(emoji);
        match self.images.last_mut() {
            Some(image) => image.alt.push_str(emoji),
            None => {
                self.out.html().push_str(emoji);
                self.heading_emoji(emoji);
            }
        }
    }

    /// A code span that ends at `end` of the rewritten text.
    pub(super) fn code(&mut self, code: &str, end: usize) {
        self.section_text(code);
        if let Some(image) = self.images.last_mut() {
            image.alt.push_str(code);
            return;
        }
        let attributes = self.attributes_behind(end);
        let html = self.out.html();
        html.push_str("<code");
        attributes.write(html);
        html.push('>');
        escape(code, html);
        html.push_str("</code>");
        self.heading_text(code, code);
    }

    pub(super) fn line_break(&mut self, hard: bool) {
        self.section_text(" ");
        if std::mem::take(&mut self.drops_line) {
            return;
        }
        match self.images.last_mut() {
            Some(image) => image.alt.push(' '),
            None => {
                self.out.html().push_str(if hard { "<br>\n" } else { "\n" });
                self.heading_text(" ", " ");
            }
        }
    }
}
