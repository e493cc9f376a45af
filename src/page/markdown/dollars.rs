//! Which dollars are those of formulas.
//!
//! The parser takes `$5; set ` and what follows up to the next dollar for a formula, with all that is in it. Where it met such
//! dollars, the text is read again without formulas, so that code, addresses and tags are told from text; the dollars in text are paired here,
//! and those without a partner are hidden from the parser.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::spans::is_inline;
use crate::config::MarkdownConfig;
use crate::page::blocks::Scanned;

/// How far back an address is looked for.
const LONGEST_ADDRESS: usize = 200;

/// Whether the dollars around `latex`, which stand at `range` with it, are those of a formula: neither touches a letter or a
/// digit outside (`US$5, A$7`), and they are no part of an address. Double ones that do not begin their line touch the formula.
pub(super) fn is_formula(text: &str, range: &Range<usize>, latex: &str, display: bool) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let touches = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
    if touches(before.chars().next_back()) || touches(after.chars().next()) || ends_in_address(before) {
        return false;
    }
    latex.trim().len() == latex.len() || display && begins_line(before)
}

/// Whether nothing but marks of blocks stands before it in its line.
fn begins_line(before: &str) -> bool {
    let near = before.chars().rev().take(LONGEST_ADDRESS).take_while(|&char| char != '\n');
    !near.into_iter().any(char::is_alphanumeric)
}

/// Whether the text ends within an address, `https://example.org/`.
fn ends_in_address(text: &str) -> bool {
    let near = &text.as_bytes()[text.len().saturating_sub(LONGEST_ADDRESS)..];
    let word = near.rsplit(u8::is_ascii_whitespace).next().unwrap_or(near);
    word.windows(3).any(|window| window == b"://")
}

/// The offsets in the source of dollars in text that are no part of a formula.
pub(crate) fn plain_dollars(scanned: &Scanned, config: &MarkdownConfig) -> Vec<usize> {
    let text = &scanned.rewritten.text;
    let options = super::options(config) - Options::ENABLE_MATH;
    let (mut plain, mut line, mut in_code) = (Vec::new(), Vec::new(), false);
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match &event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(part) if !in_code && part.len() == range.len() => line.extend(runs(text, range)),
            _ => {}
        }
        if !is_inline(&event) {
            unpaired(text, &std::mem::take(&mut line), &mut plain);
        }
    }
    unpaired(text, &line, &mut plain);
    plain.into_iter().map(|at| scanned.rewritten.source_offset(at)).collect()
}

/// The dollars that stand together at `range`, but for one behind a backslash.
fn runs(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in memchr::memchr_iter(b'$', &text.as_bytes()[range.clone()]).map(|at| range.start + at) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ if at == range.start && text[..at].ends_with('\\') => {}
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// Adds the dollars of a line of text that have no partner.
fn unpaired(text: &str, runs: &[Range<usize>], plain: &mut Vec<usize>) {
    let mut rest = runs;
    while let [first, after @ ..] = rest {
        let pairs = |second: &&Range<usize>| {
            let latex = &text[first.end..second.start];
            first.len() == second.len()
                && first.len() <= 2
                && is_formula(text, &(first.start..second.end), latex, first.len() == 2)
        };
        match after.first().filter(pairs) {
            Some(_) => rest = &after[1..],
            None => {
                plain.extend(first.clone());
                rest = after;
            }
        }
    }
}
