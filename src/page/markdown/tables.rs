//! Tables.

use std::ops::Range;

use pulldown_cmark::{Alignment, TagEnd};

use super::writer::Writer;

/// The table that is open.
#[derive(Default)]
pub(super) struct Table {
    pub alignments: Vec<Alignment>,
    pub column: usize,
    pub in_head: bool,
}

impl Writer<'_> {
    pub(super) fn start_cell(&mut self, range: &Range<usize>) {
        let alignment = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " style=\"text-align:left\"",
            Some(Alignment::Center) => " style=\"text-align:center\"",
            Some(Alignment::Right) => " style=\"text-align:right\"",
            _ => "",
        };
        self.table.column += 1;
        let cell = if self.table.in_head { "<th scope=\"col\"" } else { "<td" };
        let html = self.out.html();
        html.push_str(cell);
        html.push_str(alignment);
        self.room(TagEnd::TableCell, range);
        self.out.html().push('>');
    }
}
