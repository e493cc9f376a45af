//! Tables.

use pulldown_cmark::Alignment;

use super::writer::Writer;

/// The table that is open.
#[derive(Default)]
pub(super) struct Table {
    pub alignments: Vec<Alignment>,
    pub column: usize,
    pub in_head: bool,
}

impl Writer<'_> {
    pub(super) fn start_cell(&mut self) {
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
        html.push('>');
    }
}
