//! Sections: the plain text below each heading, for search.

use super::writer::Writer;
use crate::page::types::Section;

/// Where a word may be parted at the end of a line: no reader types it.
pub(super) const SOFT_HYPHEN: char = '\u{ad}';

/// Elements that may stand within a word.
const WITHIN_WORDS: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "q", "rb", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr",
];

/// Whether an element of this name may stand within a word.
pub(super) fn is_within_words(tag: &str) -> bool {
    WITHIN_WORDS.iter().any(|name| tag.eq_ignore_ascii_case(name))
}

impl Writer<'_> {
    /// Adds plain text to the section, unless it is its heading's.
    pub(super) fn section_text(&mut self, text: &str) {
        if self.heading.is_none() && !self.section_off.1 {
            match text.contains(SOFT_HYPHEN) {
                false => self.section.1.push_str(text),
                true => self.section.1.extend(text.chars().filter(|char| *char != SOFT_HYPHEN)),
            }
        }
    }

    /// Parts the words before and behind a tag, unless it is one that stands within words.
    pub(super) fn part_words(&mut self, tag: &str) {
        if !is_within_words(tag) {
            self.section_text(" ");
        }
    }

    /// Notes `<!-- search:off -->` and `<!-- search:on -->`: what stands between them is not found.
    pub(super) fn note_search(&mut self, comment: &str) {
        let comment = comment.trim_start_matches("<!--").trim_end_matches("-->");
        match comment.split_once(':').map(|(what, said)| (what.trim(), said.trim())) {
            Some(("search", "off")) => self.section_off.1 = true,
            Some(("search", "on")) => self.section_off.1 = false,
            _ => {}
        }
    }

    /// Ends the section and begins the next, below the heading that was written last. What follows a heading that is not found, once
    /// search is on again, is a section all the same.
    pub(super) fn begin_section(&mut self) {
        let heading = self.body.headings.len().checked_sub(1).map(|index| index as u32);
        let (of, text, code) = std::mem::replace(&mut self.section, (heading, String::new(), String::new()));
        let silent = text.trim().is_empty() && code.is_empty();
        let left_out = std::mem::replace(&mut self.section_off.0, self.section_off.1);
        if !silent || of.is_some() && !left_out {
            let unnamed = of.is_some() && left_out;
            self.body.sections.push(Section { heading: of, unnamed, text: text.trim().into(), code: code.into() });
        }
    }
}
