//! Finds `:::` containers, `[[toc]]` lines and lines that ask for code from files, with the rules of the parsers that authors wrote them for.
//!
//! The Markdown parser knows neither, so the text is rewritten before it is parsed: each line that opens or closes a
//! container becomes a thematic break, which ends a paragraph, a list, a quote and a table just as the container does,
//! and a [`Mark`] says at which offset it stands and what it means. Finding those lines takes the block structure that they
//! stand in (quotes, list items, fences, HTML blocks), so lines are read here as CommonMark's appendix describes it. Nothing
//! else of the text is changed, and every offset leads back to the byte that the author typed.
//!
//! Tabs in a group of tabs, alerts (`> [!NOTE]`) and the tags of code groups are containers, too: only their first and last lines
//! look otherwise.
//!
//! [`scan`] reads the lines and keeps the blocks that are open, [`containers`] opens and closes containers, [`opener`] reads their
//! first lines, [`starts`] knows how other blocks begin and end, [`offsets`] leads back.

mod containers;
mod definitions;
mod line;
mod offsets;
mod opener;
mod scan;
mod starts;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::config::MarkdownConfig;

pub(crate) use offsets::Rewritten;

use super::masks::Masks;
use scan::Scan;

/// What the conventions of a page decide.
pub(crate) struct Rules<'r> {
    /// The settings, which say what opens a container.
    pub config: &'r MarkdownConfig,
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
    /// Whether a line that no paragraph goes on with asks for code from a file.
    pub is_snippet: &'r dyn Fn(&str) -> bool,
    /// Whether a line asks for code from a file even within a paragraph, which it ends.
    pub ends_with_snippet: &'r dyn Fn(&str) -> bool,
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
    /// Code from a file.
    Snippet(usize),
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

/// How a container is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// From `::: tip` to `:::`.
    Colons,
    /// From `@tab` to the next one or the end of the tabs.
    Tab,
    /// `> [!NOTE]`, to the end of the quote.
    Alert,
    /// From `<CodeGroup>` to `</CodeGroup>`.
    Tag,
}

/// A container, as it stands in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Container {
    /// The opening line from its first colon (or `@`, `[`, `<`).
    pub opener: Range<usize>,
    /// How it is written.
    pub form: Form,
    /// The word that says its kind.
    pub kind: String,
    /// Its title, trimmed; may be empty.
    pub title: Range<usize>,
    /// The name by which tabs are known, or a slot is; may be empty.
    pub name: String,
    /// `{…}` at the end of its line; may be empty.
    pub attributes: String,
    /// Whether it is the tab that is shown first, or the group that has one.
    pub active: bool,
    /// The group of tabs that it is one of.
    pub group: Option<usize>,
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
    /// A tab that is in no group.
    Tab(Range<usize>),
    /// `[!word]` at the beginning of a quote, of a word that is no kind of alert.
    Alert(Range<usize>),
    /// A line of full-width colons.
    FullWidth(Range<usize>),
    /// `!!! note`, as MkDocs has it.
    Admonition(Range<usize>),
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
    /// Lines that ask for code from files, as they stand in the source.
    pub snippets: Vec<Range<usize>>,
}

/// Reads `body`, which starts at byte `offset` of the source.
pub(crate) fn scan(body: &str, offset: usize, rules: &Rules<'_>) -> Scanned {
    Scan::new(body, offset, rules).read()
}

/// Where code stands in `body`, which starts at byte `offset` of the source: in fences, or indented. Ascending.
pub(crate) fn code(body: &str, offset: usize, config: &MarkdownConfig) -> Vec<Range<usize>> {
    let never = |_: &str| false;
    let rules = Rules {
        config,
        exact_indent: false,
        toc_block: None,
        definitions: false,
        abbreviations: false,
        masks: Masks::default(),
        plain_dollars: const { &BTreeSet::new() },
        is_snippet: &never,
        ends_with_snippet: &never,
        is_text: &|_| false,
    };
    Scan::new(body, offset, &rules).read_code()
}

impl Scanned {
    /// Where in the source the line stands that the mark was made for.
    pub fn origin(&self, mark: usize) -> usize {
        match self.marks[mark] {
            (_, Mark::Open(index) | Mark::Title(index) | Mark::Close(index)) => self.containers[index].opener.start,
            (_, Mark::Snippet(index)) => self.snippets[index].start,
            (at, Mark::Toc) => self.rewritten.source_offset(at),
        }
    }
}

#[cfg(test)]
mod tests;
