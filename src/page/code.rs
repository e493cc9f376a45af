//! A code block: what the author said of it, and its HTML.
//!
//! Highlighting is most of the work of a page, and only its HTML needs it. So a page keeps its code blocks as they are, and
//! whoever renders it asks for their HTML.

use std::ops::RangeInclusive;

use super::fence_info::FenceInfo;
use super::highlight;
use crate::base::escape;
use crate::config::MarkdownConfig;

/// A line longer than this needs scrolling on a phone, and what scrolls must be reachable by keyboard.
const PHONE_COLUMNS: usize = 36;

/// A code block of a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CodeBlock {
    /// Its text, without the last line end.
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
    /// The number of its first line, if its lines are numbered.
    numbers: Option<u32>,
}

impl CodeBlock {
    /// The block of this text; `info` is what follows the opening fence, `None` for indented code.
    pub(crate) fn new(text: &str, info: Option<&str>, config: &MarkdownConfig) -> CodeBlock {
        let fence = FenceInfo::parse(info.unwrap_or(""), config);
        let numbered = info.is_some() && fence.line_numbers.unwrap_or(config.line_numbers);
        let language = if fence.language.is_empty() { "text" } else { &fence.language };
        CodeBlock {
            text: text.strip_suffix('\n').unwrap_or(text).into(),
            language: language.into(),
            title: fence.title.map(Into::into),
            tab: fence.tab.map(Into::into),
            grammar: fence.grammar.into(),
            highlight: fence.highlight,
            numbers: numbered.then_some(fence.start),
        }
    }

    /// Its language, if no highlighting is known for it.
    pub(crate) fn unknown_language(&self) -> Option<&str> {
        (!highlight::is_known(&self.grammar)).then_some(&self.grammar)
    }

    /// Its HTML, highlighted.
    pub fn html(&self) -> String {
        let mut html = String::with_capacity(self.text.len() * 2 + 100);
        html.push_str("<div class=\"language-");
        escape(&self.language, &mut html);
        html.push_str(if self.numbers.is_some() { " line-numbers-mode\"" } else { "\"" });
        if let Some(start) = self.numbers.filter(|&start| start != 1) {
            html.push_str(&format!(" style=\"--start:{start}\""));
        }
        html.push_str("><pre");
        if self.text.lines().any(|line| line.len() > PHONE_COLUMNS) {
            html.push_str(" tabindex=\"0\"");
        }
        html.push_str("><code>");
        if self.numbers.is_some() || !self.highlight.is_empty() {
            for (index, line) in highlight::lines(&self.text, &self.grammar).iter().enumerate() {
                let number = index as u32 + 1;
                let marked = self.highlight.iter().any(|range| range.contains(&number));
                html.push_str(if index > 0 { "\n" } else { "" });
                html.push_str(if marked { "<span class=\"line highlighted\">" } else { "<span class=\"line\">" });
                html.push_str(line);
                html.push_str("</span>");
            }
            html.push('\n');
        } else {
            html.push_str(&highlight::highlight(&self.text, &self.grammar));
            html.push_str(if self.text.is_empty() { "" } else { "\n" });
        }
        html.push_str("</code></pre></div>\n");
        html
    }
}
