//! A code block: what the author said of it, and its HTML.
//!
//! Highlighting is most of the work of a page, and only its HTML needs it. So a page keeps its code blocks as they are, and
//! whoever renders it asks for their HTML.

mod html;
mod marks;
mod memo;
mod notations;
mod words;

use std::borrow::Cow;
use std::ops::RangeInclusive;

use self::marks::Marks;
pub use self::memo::CodeMemo;
use super::fence_info::FenceInfo;
use super::highlight;
use crate::config::MarkdownConfig;

/// A code block of a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CodeBlock {
    /// Its text, without the last line end and without notations.
    pub text: Box<str>,
    /// Its language as its class names it.
    pub language: Box<str>,
    /// The title above it.
    pub title: Option<Box<str>>,
    /// The name of its tab where it stands in a group of tabs.
    pub tab: Option<Box<str>>,
    /// The name under which its grammar is looked up.
    grammar: Box<str>,
    /// The lines that stand out, from 1.
    highlight: Vec<RangeInclusive<u32>>,
    /// What notations in its comments said.
    marks: Marks,
    /// The number of its first line, if its lines are numbered.
    numbers: Option<u32>,
}

impl CodeBlock {
    /// Whether it shows what a terminal printed, in its colours.
    pub fn is_terminal(&self) -> bool {
        self.grammar.eq_ignore_ascii_case("ansi")
    }

    /// The block of this text; `info` is what follows the opening fence, `None` for indented code.
    pub(crate) fn new(text: &str, info: Option<&str>, config: &MarkdownConfig) -> CodeBlock {
        let fence = FenceInfo::parse(info.unwrap_or(""), config);
        let is_long = || text.lines().count() >= config.numbered_from as usize;
        let numbered = info.is_some() && fence.line_numbers.unwrap_or(config.line_numbers && is_long());
        let language = if fence.language.is_empty() { "text" } else { &fence.language };
        let known = info.and_then(|_| notations::Known::of(config, &fence.grammar));
        let notated = known.and_then(|known| notations::read(text, known));
        let highlight = match &notated {
            Some(notated) => fence.highlight.iter().map(|lines| notated.renumbered(lines)).collect(),
            None => fence.highlight,
        };
        let (text, marks) = match notated {
            Some(notated) => (Cow::Owned(notated.text), notated.marks),
            None => (Cow::Borrowed(text), Marks::default()),
        };
        CodeBlock {
            text: text.strip_suffix('\n').unwrap_or(&text).into(),
            language: language.into(),
            title: fence.title.map(Into::into),
            tab: fence.tab.map(Into::into),
            grammar: fence.grammar.into(),
            highlight,
            marks,
            numbers: numbered.then_some(fence.start),
        }
    }

    /// Its language, if no highlighting is known for it.
    pub(crate) fn unknown_language(&self) -> Option<&str> {
        (!highlight::is_known(&self.grammar)).then_some(&self.grammar)
    }

    /// Its text as readers see it: the output of a terminal without its escape sequences.
    pub(crate) fn visible(&self) -> Cow<'_, str> {
        highlight::visible(&self.text, &self.grammar)
    }
}
