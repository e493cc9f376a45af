//! Tables.

use std::ops::Range;

use pulldown_cmark::{Alignment, TagEnd};

use super::out::Out;
use super::writer::Writer;
use crate::config::Construct;

/// The table that is open.
#[derive(Default)]
pub(super) struct Table {
    pub alignments: Vec<Alignment>,
    pub column: usize,
    pub in_head: bool,
}

/// What the paragraph above a table begins with that is its caption.
const CAPTION: &str = "Table:";

/// The caption of the table that comes next.
#[derive(Default)]
pub(super) enum Caption {
    /// There is none.
    #[default]
    None,
    /// It is being written; this stood before it.
    Open(Out),
    /// The table has to follow.
    Ready(Out),
}

impl Writer<'_> {
    /// Begins the paragraph of this range as a caption if it is one; it has no tag of its own then.
    pub(super) fn start_caption(&mut self, range: &Range<usize>) -> bool {
        let text = &self.scanned.rewritten.text;
        let is_caption = text[range.start..].starts_with(CAPTION)
            && self.context.config.has(Construct::Captions)
            && begins_with_table(&text[range.end..]);
        if is_caption {
            self.caption = Caption::Open(std::mem::take(&mut self.out));
        }
        is_caption
    }

    /// Ends the caption that is being written, if one is.
    pub(super) fn end_caption(&mut self) -> bool {
        let Caption::Open(before) = std::mem::take(&mut self.caption) else { return false };
        self.caption = Caption::Ready(std::mem::replace(&mut self.out, before));
        true
    }

    /// Writes the caption into the table that has just begun.
    pub(super) fn put_caption(&mut self) {
        let Caption::Ready(mut text) = std::mem::take(&mut self.caption) else { return };
        let start = text.html_start();
        if let Some(rest) = start.strip_prefix(CAPTION) {
            *start = rest.trim_start().to_owned();
        }
        self.out.html().push_str("<caption>");
        self.out.append(text);
        self.out.html().push_str("</caption>\n");
    }

    /// Writes the caption as the paragraph that it is where no table follows.
    pub(super) fn put_caption_as_text(&mut self) {
        match std::mem::take(&mut self.caption) {
            Caption::Ready(text) => {
                self.out.html().push_str("<p>");
                self.out.append(text);
                self.out.html().push_str("</p>\n");
            }
            other => self.caption = other,
        }
    }

    pub(super) fn start_cell(&mut self, range: &Range<usize>) {
        let alignment = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " style=\"text-align:left\"",
            Some(Alignment::Center) => " style=\"text-align:center\"",
            Some(Alignment::Right) => " style=\"text-align:right\"",
            _ => "",
        };
        if self.table.column > 0 {
            // So that an excerpt tells one cell from the next.
            self.section_text("· ");
        }
        self.table.column += 1;
        let cell = if self.table.in_head { "<th scope=\"col\"" } else { "<td" };
        let html = self.out.html();
        html.push_str(cell);
        html.push_str(alignment);
        self.room(TagEnd::TableCell, range);
        self.out.html().push('>');
    }
}

/// Whether a table comes next: a line with bars, and one of nothing but bars and dashes.
fn begins_with_table(text: &str) -> bool {
    let mut lines = text.lines().map(|line| line.trim_matches([' ', '\t', '>'])).skip_while(|line| line.is_empty());
    let (Some(head), Some(rule)) = (lines.next(), lines.next()) else { return false };
    head.contains('|') && rule.contains("-") && rule.chars().all(|char| matches!(char, '|' | '-' | ':' | ' ' | '\t'))
}
