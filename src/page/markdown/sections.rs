//! Sections: the plain text below each heading, for search.

use super::writer::Writer;
use crate::page::types::Section;

impl Writer<'_> {
    /// Adds plain text to the section, unless it is its heading's.
    pub(super) fn section_text(&mut self, text: &str) {
        if self.heading.is_none() {
            self.section.1.push_str(text);
        }
    }

    /// Ends the section and begins the next, below the heading that was written last.
    pub(super) fn begin_section(&mut self) {
        let heading = self.body.headings.len().checked_sub(1).map(|index| index as u32);
        let (of, text, code) = std::mem::replace(&mut self.section, (heading, String::new(), String::new()));
        if of.is_some() || !text.trim().is_empty() || !code.is_empty() {
            self.body.sections.push(Section { heading: of, text: text.trim().into(), code: code.into() });
        }
    }
}
