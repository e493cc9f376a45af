//! Plain text, code spans and line breaks.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::TagEnd;

use super::interpolation::CodePart;
use super::smart;
use super::writer::{Element, Writer};
use crate::base::escape;
use crate::config::{Construct, Conventions};
use crate::page::emoji::{self, TextPiece};
use crate::page::{emoticons, typography};

/// Endings of files that pages link to.
const LINKED_FILES: &[&str] = &[
    ".md", ".html", ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".odt", ".ods", ".docx", ".xlsx", ".csv",
];

/// No label of a note is longer, with room to spare.
const LONGEST_LABEL: usize = 100;

/// Neighbouring texts, until something else comes: the parser splits text at characters that might have meant something.
#[derive(Default)]
pub(super) struct Pending {
    pub(super) text: String,
    /// Where parts of it begin, and the range of the rewritten text that they came from.
    pub(super) parts: Vec<(usize, Range<usize>)>,
}

impl Writer<'_> {
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        let text = match self.context.config.smart_punctuation {
            true => smart::quote(text, &self.scanned.rewritten.text[range.clone()], self.context.language),
            false => text,
        };
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
        self.note_missing_footnotes(&pending);
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
            self.end_label();
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
        let text = &pending.text[range.clone()];
        let pieces = if self.context.config.emoji { emoji::pieces(text) } else { vec![TextPiece::Text(text)] };
        for piece in pieces {
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
                // Quotes and dots of print are longer than what was typed, so the end is looked for by itself.
                let from = self.source_of(pending, start);
                let last = target.char_indices().next_back().map_or(0, |(at, _)| at);
                let last = self.source_of(pending, start + last);
                let typed = self.scanned.rewritten.text.get(last..).and_then(|rest| rest.chars().next());
                let to = last + typed.map_or(0, char::len_utf8);
                let range = self.scanned.rewritten.source_range(from..to.max(from));
                self.body.spaced_links.push((target.to_owned(), range));
            }
        }
    }

    /// Notes `[^1]` where no such note is defined.
    fn note_missing_footnotes(&mut self, pending: &Pending) {
        if !self.context.config.has(Construct::Footnotes) {
            return;
        }
        for (at, _) in pending.text.match_indices("[^") {
            let mut near = pending.text.as_bytes()[at..].iter().take(LONGEST_LABEL);
            let Some(length) = near.position(|byte| matches!(byte, b']' | b' ' | b'\n')) else { continue };
            let typed = &pending.text[at..at + length];
            if pending.text[at + length..].starts_with(']') && length > 2 && !self.is_escaped(pending, at) {
                let typed_at = self.source_of(pending, at)..self.source_of(pending, at + length) + 1;
                let range = self.scanned.rewritten.source_range(typed_at);
                self.body.missing_footnotes.push((format!("{typed}]"), range));
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
        if marker.is_empty() || self.open_spans > 0 {
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
        if self.context.config.has_emoticons() {
            for (place, name) in emoticons::find(&pending.text[range.clone()]) {
                let start = range.start + place.start;
                if let Some(emoji) = emoji::shortcode(name).filter(|_| !self.is_escaped(pending, start)) {
                    self.write_words(pending, from..start);
                    self.write_emoji(emoji);
                    from = range.start + place.end;
                }
            }
        }
        self.write_words(pending, from..range.end);
    }

    /// Writes a range of pending text in which abbreviations may stand.
    fn write_words(&mut self, pending: &Pending, range: Range<usize>) {
        let mut from = range.start;
        let found = match self.images.is_empty() {
            true => self.abbreviations.find(&pending.text[range.clone()]),
            false => Vec::new(),
        };
        for (place, meaning) in found {
            let (start, end) = (range.start + place.start, range.start + place.end);
            self.write_text(pending, from..start);
            let html = self.out.html();
            html.push_str("<abbr title=\"");
            escape(meaning, html);
            html.push_str("\">");
            self.write_text(pending, start..end);
            self.out.html().push_str("</abbr>");
            from = end;
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
        let config = self.context.config;
        let signs = if config.smart_punctuation && !config.extended { smart::signs(text) } else { text.into() };
        let set = self.set(&signs);
        escape(&set, self.out.html());
        if self.heading.is_none() {
            return;
        }
        let mut html = String::new();
        escape(&set, &mut html);
        self.heading_markup(&html);
        let scanned = self.scanned;
        for (index, (start, source)) in pending.parts.iter().enumerate() {
            let end = pending.parts.get(index + 1).map_or(pending.text.len(), |(next, _)| *next);
            let (start, end) = ((*start).max(range.start), end.min(range.end));
            if start < end {
                self.heading_text(&pending.text[start..end], &scanned.rewritten.text[source.clone()]);
            }
        }
    }

    /// Text as it is set in the page's language; search finds it as it was typed.
    fn set<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let before = std::mem::replace(&mut self.before, text.chars().next_back());
        if !self.context.french {
            return Cow::Borrowed(text);
        }
        // No line begins with a colon, even if it was typed in one of its own.
        if before == Some('\n')
            && let Some(space) = typography::space_before(text)
            && self.out.html().ends_with('\n')
        {
            self.out.html().pop();
            self.out.html().push(space);
        }
        typography::french(text, before)
    }

    fn write_emoji(&mut self, emoji: &str) {
        self.section_text(emoji);
        match self.images.last_mut() {
            Some(image) => image.alt.push_str(emoji),
            None => {
                self.out.html().push_str(emoji);
                self.heading_emoji(emoji);
                self.before = Some('x');
            }
        }
    }

    /// A code span that ends at `end` of the rewritten text.
    pub(super) fn code(&mut self, code: &str, end: usize) {
        let parts = self.code_parts(code, end);
        let text: String = parts.iter().map(CodePart::text).collect();
        self.section_text(&text);
        if let Some(image) = self.images.last_mut() {
            image.alt.push_str(&text);
            return;
        }
        let attributes = self.attributes_behind(end);
        let mut markup = String::new();
        escape(&text, &mut markup);
        self.heading_markup(&markup);
        let html = self.out.html();
        html.push_str("<code");
        attributes.write(html);
        html.push('>');
        for part in parts {
            match part {
                CodePart::Text(text) => escape(&text, self.out.html()),
                CodePart::Value { value, written, place } => {
                    let n = self.add_value(value, &written, place);
                    self.out.value(n);
                }
            }
        }
        self.out.html().push_str("</code>");
        self.heading_text(&text, code);
        self.before = Some('x');
    }

    pub(super) fn line_break(&mut self, hard: bool) {
        let hard = hard || self.context.config.has(Construct::Breaks) && self.images.is_empty();
        self.section_text(" ");
        if std::mem::take(&mut self.drops_line) {
            return;
        }
        match self.images.last_mut() {
            Some(image) => image.alt.push(' '),
            None => {
                let quoted = !hard && self.context.french && self.before == Some('«');
                let space = if quoted { "\u{a0}" } else { "\n" };
                self.out.html().push_str(if hard { "<br>\n" } else { space });
                self.heading_text(" ", " ");
                self.heading_markup(" ");
                self.before = Some(if hard { ' ' } else { '\n' });
            }
        }
    }
}
