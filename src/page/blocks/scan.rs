//! Reads a page line by line and keeps the blocks that are open.

use std::ops::Range;

use super::containers::{MAX_CONTAINERS, closing_colons};
use super::forced::forced;
use super::line::Line;
use super::opener;
use super::starts::{self, HtmlEnd};
use super::{End, Mark, Rules, Scanned, Stray};
use crate::page::containers;
use crate::page::masks::{Mask, Tagged};

/// What would be nested deeper is text: the parser reads all open blocks at every line, and no page needs so many.
const MAX_DEPTH: usize = 100;

/// A block that holds blocks.
#[derive(Clone, Copy, Debug)]
pub(super) enum Frame {
    Quote,
    /// A list item, or a definition; `width`: columns from its parent's content to its own; `empty`: nothing in it yet.
    Item {
        width: usize,
        empty: bool,
        definition: bool,
    },
    /// A container; `indent`: columns from its parent's content to its colons.
    Box {
        index: usize,
        colons: usize,
        indent: usize,
        /// Whether `@tab` divides it.
        tabs: bool,
    },
}

/// The block at the end of the open ones, if the next line may go on with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaf {
    None,
    Paragraph,
    Indented,
    Fence { marker: u8, length: usize },
    Html(HtmlEnd),
}

/// The lines of a page while they are read.
pub(super) struct Scan<'a, 'r> {
    pub(super) body: &'a str,
    pub(super) offset: usize,
    pub(super) rules: &'r Rules<'r>,
    pub(super) found: Scanned,
    pub(super) frames: Vec<Frame>,
    pub(super) leaf: Leaf,
    /// How many of the frames are containers.
    pub(super) boxes: usize,
    /// Whether the last line began an alert, whose text may begin without the marks of the quote.
    pub(super) opened_alert: bool,
    /// How many frames are around the last block, if it is one line of text: it may be a term to define.
    pub(super) term: Option<usize>,
    /// The tag in the text that goes on in the next line.
    tagged: Tagged,
}

impl<'a, 'r> Scan<'a, 'r> {
    /// Nothing read yet of `body`, which starts at byte `offset` of the source.
    pub(super) fn new(body: &'a str, offset: usize, rules: &'r Rules<'r>) -> Scan<'a, 'r> {
        Scan {
            body,
            offset,
            rules,
            found: Scanned::default(),
            frames: Vec::new(),
            leaf: Leaf::None,
            boxes: 0,
            opened_alert: false,
            term: None,
            tagged: Tagged::No,
        }
    }

    /// Reads all lines.
    pub(super) fn read(mut self) -> Scanned {
        let mut start = 0;
        for line in self.body.split_inclusive('\n') {
            self.line(line, start);
            start += line.len();
        }
        self.found
    }

    /// Reads all lines; says where code is.
    pub(super) fn read_code(mut self) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut start = 0;
        for line in self.body.split_inclusive('\n') {
            let before = self.leaf;
            self.line(line, start);
            let is_code = match self.leaf {
                Leaf::Fence { .. } => self.leaf == before,
                leaf => leaf == Leaf::Indented,
            };
            let here = self.source(start..start + line.len());
            match found.last_mut() {
                Some(last) if is_code && last.end == here.start => last.end = here.end,
                _ if is_code => found.push(here),
                _ => {}
            }
            start += line.len();
        }
        found
    }

    /// Reads the line `whole` (with its line end), which starts at `start` of the body.
    fn line(&mut self, whole: &'a str, start: usize) {
        let mut line = Line::new(whole.strip_suffix('\n').unwrap_or(whole));
        let next = start + whole.len();
        let after_alert = std::mem::take(&mut self.opened_alert);
        let mut blank = line.is_blank();
        let mut matched = 0;
        // Looked at once for all containers that the line stands in directly.
        let mut closing = None;
        while let Some(&frame) = self.frames.get(matched) {
            match frame {
                Frame::Quote => {
                    let mut ahead = line;
                    if ahead.indent() > 3 {
                        break;
                    }
                    ahead.skip_indent();
                    if !ahead.rest().starts_with('>') {
                        break;
                    }
                    ahead.skip_bytes(1);
                    ahead.skip_columns(1);
                    line = ahead;
                    blank = line.is_blank();
                    closing = None;
                }
                Frame::Item { empty: true, .. } if blank => break,
                Frame::Item { .. } if blank => {}
                Frame::Item { width, .. } => {
                    let mut ahead = line;
                    if ahead.skip_columns(width) < width {
                        break;
                    }
                    line = ahead;
                    closing = None;
                }
                Frame::Box { index, colons, indent, .. } => {
                    let closes = closing
                        .get_or_insert_with(|| closing_colons(&line))
                        .is_some_and(|(count, at)| count >= colons && self.is_closing_indent(at, indent))
                        || self.is_end_tag(index, &line);
                    if closes && !self.in_literal(matched, &line, next) {
                        let end = start + line.text.trim_end().len();
                        let closer = self.source(end - line.rest().trim().len()..end);
                        self.close(matched, closer.start, End::WithOuter(closer.clone()));
                        self.found.containers[index].end = End::Closed;
                        return;
                    }
                    if self.rules.exact_indent && !blank && line.indent() < indent {
                        let here = self.offset + start;
                        self.close(matched, here, End::WithParent(here));
                        break;
                    }
                }
            }
            matched += 1;
        }
        if let Some(group) = self.tab_group(matched).filter(|_| line.indent() < 4) {
            let mut ahead = line;
            ahead.skip_indent();
            let opener = opener::tab(ahead.rest(), containers::tab_markers(self.rules.config));
            if let Some(opener) = opener.filter(|_| !self.is_text(start + ahead.at))
                && !self.in_literal(group, &line, next)
            {
                return self.open_tab(group, &ahead, start, opener);
            }
        }
        // A paragraph in a container cannot go on behind it, not even lazily.
        if let Some(ended) = (matched..self.frames.len()).find(|&at| matches!(self.frames[at], Frame::Box { .. })) {
            let here = self.offset + start;
            self.close(ended, here, End::WithParent(here));
            self.frames.truncate(matched);
        }
        let all_matched = matched == self.frames.len();
        if all_matched && self.continues_leaf(&line) {
            return self.copy(whole, start);
        }
        if after_alert && !all_matched && self.goes_on_after_alert(&line, start) {
            return;
        }
        self.starts(line, whole, start, matched);
    }

    /// Takes the line, which stands below the first of an alert and lacks the marks of its quote, into the quote if it is text.
    /// For the parser no paragraph is open there that could go on.
    fn goes_on_after_alert(&mut self, line: &Line<'a>, start: usize) -> bool {
        let rest = line.rest().trim_start();
        let is_text =
            !line.is_blank() && line.indent() < 4 && !starts::begins_block(rest) && !self.opens_box(rest, start);
        if is_text {
            let prefix = self.prefix(self.frames.len());
            self.found.rewritten.insert(&prefix, self.offset + start + line.at);
            self.leaf = Leaf::Paragraph;
            self.term = None;
            self.copy_text(line.rest(), start + line.at, 0);
            self.found.rewritten.insert("\n", self.offset + start + line.text.len());
        }
        is_text
    }

    /// Whether the line, all of whose parents go on, belongs to the leaf that is open; ends the leaf if it is its last line.
    fn continues_leaf(&mut self, line: &Line<'_>) -> bool {
        match self.leaf {
            Leaf::Fence { marker, length } => {
                let mut ahead = *line;
                ahead.skip_indent();
                if line.indent() < 4 && starts::closes_fence(ahead.rest(), marker, length) {
                    self.leaf = Leaf::None;
                }
                true
            }
            Leaf::Html(HtmlEnd::Contains(end)) => {
                if contains(line.rest(), end) {
                    self.leaf = Leaf::None;
                }
                true
            }
            Leaf::Html(HtmlEnd::Blank) => {
                if line.is_blank() {
                    self.leaf = Leaf::None;
                }
                true
            }
            Leaf::Indented => line.is_blank() || line.indent() >= 4,
            Leaf::None | Leaf::Paragraph => false,
        }
    }

    /// Opens the blocks that begin on the line, after the first `matched` frames.
    fn starts(&mut self, mut line: Line<'a>, whole: &'a str, start: usize, matched: usize) {
        // A paragraph may go on without the marks of the blocks around it; anything that begins a block ends them.
        let mut lazy = matched < self.frames.len();
        let mut paragraph = self.leaf == Leaf::Paragraph;
        let mut begins_quote = false;
        let next = start + whole.len();
        let mut no_break_before = 0;
        loop {
            if line.is_blank() {
                self.end_frames(matched, lazy, start);
                self.leaf = Leaf::None;
                return self.copy(whole, start);
            }
            let indent = line.indent();
            if indent >= 4 && paragraph {
                break;
            }
            let mut ahead = line;
            ahead.skip_indent();
            let rest = ahead.rest();
            let deepest = !lazy && self.frames.len() >= MAX_DEPTH;
            let leaf = if indent >= 4 {
                Some(Leaf::Indented)
            } else if begins_quote
                && let Some(opener) = opener::alert(rest, self.rules.config)
                && !self.is_text(start + ahead.at)
            {
                return self.open_alert(&ahead, start, opener);
            } else if self.opens_box(rest, next) && !self.is_text(start + ahead.at) {
                self.end_frames(matched, lazy, start);
                return self.open(&ahead, start, indent);
            } else if self.rules.toc_block.is_some_and(|marker| is_toc(rest, marker)) && !self.is_text(start + ahead.at)
            {
                self.end_frames(matched, lazy, start);
                return self.mark_line(&whole[..ahead.at], start, ahead.at, Mark::Toc);
            } else if self.abbreviation(rest) {
                self.end_frames(matched, lazy, start);
                return self.blank_line(&whole[..ahead.at], start, ahead.at);
            } else if self.is_snippet(rest, paragraph) && !self.is_text(start + ahead.at) {
                self.end_frames(matched, lazy, start);
                let index = self.found.snippets.len();
                self.found.snippets.push(self.source(start + ahead.at..start + ahead.at + rest.trim_end().len()));
                return self.mark_line(&whole[..ahead.at], start, ahead.at, Mark::Snippet(index));
            } else if rest.starts_with('>') && !deepest {
                self.end_frames(matched, lazy, start);
                ahead.skip_bytes(1);
                ahead.skip_columns(1);
                self.frames.push(Frame::Quote);
                (line, lazy, paragraph, begins_quote) = (ahead, false, false, true);
                self.leaf = Leaf::None;
                self.term = None;
                continue;
            } else if starts::is_heading(rest) || paragraph && !lazy && starts::is_setext_underline(rest) {
                Some(Leaf::None)
            } else if let Some((marker, length)) = starts::fence(rest) {
                Some(Leaf::Fence { marker, length })
            } else if self.boxes < MAX_CONTAINERS
                && let Some((_, opener)) = opener::tag(rest)
                && !self.is_text(start + ahead.at)
            {
                self.end_frames(matched, lazy, start);
                return self.open_tag(&ahead, start, opener);
            } else if let Some((insert, end)) = forced(rest, &self.body[start + ahead.at..], paragraph, self.rules)
                && !self.is_text(start + ahead.at)
            {
                self.end_frames(matched, lazy, start);
                self.fill_items();
                let ended = matches!(end, HtmlEnd::Contains(end) if contains(rest, end));
                self.leaf = if ended { Leaf::None } else { Leaf::Html(end) };
                let (before, tag) = whole.split_at(ahead.at + 1);
                self.copy(before, start);
                self.found.marks.push((self.found.rewritten.text.len(), Mark::Tag));
                self.found.rewritten.insert(insert, self.offset + start + ahead.at);
                return self.copy(tag, start + before.len());
            } else if let Some(end) = starts::html_block(&self.rules.masks.masked(rest, Tagged::No), paragraph) {
                let ended = matches!(end, HtmlEnd::Contains(end) if contains(rest.get(2..).unwrap_or(""), end));
                Some(if ended { Leaf::None } else { Leaf::Html(end) })
            } else if ahead.at >= no_break_before
                && starts::thematic_break(rest).map_err(|at| no_break_before = ahead.at + at).is_ok()
            {
                Some(Leaf::None)
            } else if !deepest && starts::list_item(&mut ahead, paragraph && !lazy) {
                self.end_frames(matched, lazy, start);
                let (width, empty) = (ahead.column - line.column, ahead.is_blank());
                self.frames.push(Frame::Item { width, empty, definition: false });
                None
            } else if !deepest && self.definition(&mut ahead, matched, lazy) {
                self.end_frames(matched, lazy, start);
                self.frames.push(Frame::Item { width: ahead.column - line.column, empty: false, definition: true });
                None
            } else {
                break;
            };
            if let Some(leaf) = leaf {
                self.end_frames(matched, lazy, start);
                self.fill_items();
                self.leaf = leaf;
                self.term = None;
                self.tagged = Tagged::No;
                return match leaf {
                    Leaf::Fence { .. } | Leaf::Indented => self.copy(whole, start),
                    _ => self.copy_text(whole, start, line.at),
                };
            }
            (line, lazy, paragraph, begins_quote) = (ahead, false, false, false);
            self.leaf = Leaf::None;
            self.term = None;
        }
        if !(lazy && paragraph) {
            self.end_frames(matched, lazy, start);
        }
        self.fill_items();
        if self.leaf != Leaf::Paragraph {
            self.tagged = Tagged::No;
        }
        self.leaf = Leaf::Paragraph;
        if begins_quote && self.rules.config.has_alerts() && opener::alert_word(line.rest().trim()).is_some() {
            let at = start + line.text.len() - line.rest().trim_start().len();
            self.found.strays.push(Stray::Alert(self.source(at..start + line.text.trim_end().len())));
        }
        self.term = (!paragraph && self.is_term(line.rest())).then_some(self.frames.len());
        self.note_stray(&line, start, next);
        line.skip_indent();
        let hidden = if self.rules.definitions && line.rest().starts_with(':') {
            Some((0, "&#58;"))
        } else if self.frames.len() >= MAX_DEPTH {
            starts::nesting_marker(line.rest())
        } else {
            None
        };
        let Some((at, entity)) = hidden else { return self.copy_text(whole, start, line.at) };
        let at = line.at + at;
        self.copy(&whole[..at], start);
        self.found.rewritten.insert(entity, self.offset + start + at);
        self.copy_text(&whole[at + 1..], start + at + 1, 0);
    }

    fn is_snippet(&self, rest: &str, paragraph: bool) -> bool {
        rest.starts_with(['<', '@'])
            && (!paragraph && (self.rules.is_snippet)(rest) || (self.rules.ends_with_snippet)(rest))
    }

    /// Ends the frames that the line did not go on with.
    fn end_frames(&mut self, matched: usize, lazy: bool, start: usize) {
        if lazy {
            let here = self.offset + start;
            self.drop_frames(matched, &End::WithParent(here));
            self.leaf = Leaf::None;
        }
    }

    /// Drops all frames from `first` on; containers among them ended so.
    pub(super) fn drop_frames(&mut self, first: usize, end: &End) {
        for frame in self.frames.drain(first..) {
            if let Frame::Box { index, .. } = frame {
                self.found.containers[index].end = end.clone();
                self.boxes -= 1;
            }
        }
    }

    /// The list items that are open have something in them now.
    pub(super) fn fill_items(&mut self) {
        for frame in self.frames.iter_mut().rev() {
            match frame {
                Frame::Item { empty, .. } if *empty => *empty = false,
                _ => break,
            }
        }
    }

    /// Writes a marked line in place of one: `before` is kept, the marker stands for what is at byte `at` of the line.
    pub(super) fn mark_line(&mut self, before: &str, start: usize, at: usize, mark: Mark) {
        self.fill_items();
        self.leaf = Leaf::None;
        self.term = None;
        self.found.rewritten.copy(before, self.offset + start);
        self.found.marks.push((self.found.rewritten.text.len(), mark));
        self.found.rewritten.insert("___\n", self.offset + start + at);
    }

    /// Writes a blank line in place of one: `before` is kept.
    fn blank_line(&mut self, before: &str, start: usize, at: usize) {
        self.leaf = Leaf::None;
        self.term = None;
        self.found.rewritten.copy(before, self.offset + start);
        self.found.rewritten.insert("\n", self.offset + start + at);
    }

    /// What a line must begin with to stand in the first `count` frames.
    pub(super) fn prefix(&self, count: usize) -> String {
        let mut prefix = String::new();
        for frame in &self.frames[..count] {
            match frame {
                Frame::Quote => prefix.push_str("> "),
                Frame::Item { width, .. } => prefix.extend(std::iter::repeat_n(' ', *width)),
                Frame::Box { .. } => {}
            }
        }
        prefix
    }

    fn copy(&mut self, whole: &str, start: usize) {
        let (first, mut copied) = (self.offset + start, 0);
        for dollar in self.rules.plain_dollars.range(first..first + whole.len()) {
            let at = dollar - first;
            self.found.rewritten.copy(&whole[copied..at], first + copied);
            self.found.rewritten.insert("&#36;", *dollar);
            copied = at + 1;
        }
        self.found.rewritten.copy(&whole[copied..], first + copied);
    }

    /// Copies a line of text, whose content begins at byte `at` of it, with masks.
    fn copy_text(&mut self, whole: &str, start: usize, at: usize) {
        let masks = self.rules.masks;
        let found = if masks.is_none() { Vec::new() } else { masks.find(&whole[at..], &mut self.tagged) };
        self.copy_masked(whole, start, at, found);
    }

    /// Copies `text`, which stands at `start` of the body, with these masks in what begins at byte `at` of it.
    pub(super) fn copy_masked(&mut self, text: &str, start: usize, at: usize, masks: Vec<Mask>) {
        let mut done = 0;
        for (range, mask) in masks {
            self.copy(&text[done..at + range.start], start + done);
            self.found.rewritten.insert(&mask, self.offset + start + at + range.start);
            done = at + range.end;
        }
        self.copy(&text[done..], start + done);
    }

    /// A range of the body as a range of the source.
    pub(super) fn source(&self, range: Range<usize>) -> Range<usize> {
        self.offset + range.start..self.offset + range.end
    }
}

/// Whether the line begins with the marker of a table of contents, in any case, and a space or nothing follows it.
fn is_toc(rest: &str, marker: &str) -> bool {
    let start = rest.get(..marker.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(marker))
        && (rest.trim_end().len() == marker.len() || rest[marker.len()..].starts_with(' '))
}

/// Whether `text` contains `end`, in any case.
pub(super) fn contains(text: &str, end: &str) -> bool {
    text.as_bytes().windows(end.len()).any(|window| window.eq_ignore_ascii_case(end.as_bytes()))
}
