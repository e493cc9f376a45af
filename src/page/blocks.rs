//! Finds `:::` containers and `[[toc]]` lines, with the rules of the parsers that authors wrote them for.
//!
//! The Markdown parser knows neither, so the text is rewritten before it is parsed: each line that opens or closes a
//! container becomes a thematic break, which ends a paragraph, a list, a quote and a table just as the container does,
//! and a [`Mark`] says at which offset it stands and what it means. Finding those lines takes the block structure that they
//! stand in (quotes, list items, fences, HTML blocks), so lines are read here as CommonMark's appendix describes it. Nothing
//! else of the text is changed, and every offset leads back to the byte that the author typed.
//!
//! [`scan`] reads the lines and keeps the blocks that are open, [`containers`] opens and closes containers, [`starts`] knows how other
//! blocks begin and end, [`offsets`] leads back.

mod containers;
mod definitions;
mod line;
mod offsets;
mod scan;
mod starts;

use std::collections::BTreeSet;
use std::ops::Range;

pub(crate) use offsets::Rewritten;

use super::masks::Masks;
use scan::Scan;

/// What the conventions of a page decide.
pub(crate) struct Rules<'r> {
    /// Whether a word opens a container.
    pub is_kind: &'r dyn Fn(&str) -> bool,
    /// Whether a closing line must be indented just as its opener, and a line indented less ends the container.
    pub exact_indent: bool,
    /// The marker of a table of contents, if it is a block; else it is left to the inline text.
    pub toc_block: Option<&'r str>,
    /// Whether `: text` below a line defines it.
    pub definitions: bool,
    /// Whether `*[a]: text` says what `a` is short for.
    pub abbreviations: bool,
    /// What is masked in lines of text.
    pub masks: Masks,
    /// Offsets in the source of dollars that are hidden from the parser: they are no part of a formula.
    pub plain_dollars: &'r BTreeSet<usize>,
    /// Whether the line whose first character is at this offset of the source is text, whatever it looks like.
    pub is_text: &'r dyn Fn(usize) -> bool,
}

/// What a line of the rewritten text stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// The opening line of a container.
    Open(usize),
    /// The title of a container, as a heading.
    Title(usize),
    /// The end of a container.
    Close(usize),
    /// A table of contents.
    Toc,
}

/// How a container ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// By a closing line of its own.
    Closed,
    /// By the closing line (in the source) of a container around it.
    WithOuter(Range<usize>),
    /// Before this offset of the source, where the quote, list item or indentation around it ended.
    WithParent(usize),
    /// Never: it reaches to the end of the file.
    Never,
}

/// A container, as it stands in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Container {
    /// The opening line from its first colon.
    pub opener: Range<usize>,
    /// The word after the colons.
    pub kind: String,
    /// The rest of the line, trimmed; may be empty.
    pub title: Range<usize>,
    /// How it ended.
    pub end: End,
}

/// A line that looks like a container's but is text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stray {
    /// Colons alone, with nothing to close.
    Closer(Range<usize>),
    /// Colons alone in container `n`, which they would close if they were indented like its first line.
    Shifted(Range<usize>, usize),
    /// A word that is no kind of container.
    Opener(Range<usize>),
    /// A container too deep to be one.
    TooDeep(Range<usize>),
    /// A container that the rules say is text.
    Text(Range<usize>),
}

/// What [`scan`] found.
#[derive(Debug, Default)]
pub(crate) struct Scanned {
    /// The text for the Markdown parser.
    pub rewritten: Rewritten,
    /// Offsets in that text and what stands there, ascending.
    pub marks: Vec<(usize, Mark)>,
    /// The containers, by opening line.
    pub containers: Vec<Container>,
    /// Lines that look like containers but are text.
    pub strays: Vec<Stray>,
    /// Abbreviations, and what they stand for.
    pub abbreviations: Vec<(String, String)>,
}

/// Reads `body`, which starts at byte `offset` of the source.
pub(crate) fn scan(body: &str, offset: usize, rules: &Rules<'_>) -> Scanned {
    Scan::new(body, offset, rules).read()
}

impl Scanned {
    /// Where in the source the line stands that the mark was made for.
    pub fn origin(&self, mark: usize) -> usize {
        match self.marks[mark] {
            (_, Mark::Open(index) | Mark::Title(index) | Mark::Close(index)) => self.containers[index].opener.start,
            (at, Mark::Toc) => self.rewritten.source_offset(at),
        }
    }
}

#[cfg(test)]
mod tests;
