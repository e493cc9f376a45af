//! The Markdown of a page as other programs may read it: with all that it includes, without its front matter, and with holes for
//! the addresses that only the site knows.

use std::ops::Range;
use std::sync::Arc;

use super::blocks::{self, Scanned};
use super::code::CodeBlock;
use super::markdown::Body;
use super::raw_html;
use super::snippets::Snippet;
use super::types::{Link, LinkKind};
use crate::config::MarkdownConfig;

/// The Markdown of a page, with holes.
#[derive(Clone, Debug, PartialEq)]
pub struct Markdown {
    text: Arc<str>,
    start: usize,
    /// What is written anew, ascending.
    holes: Vec<(Range<u32>, Hole)>,
}

#[derive(Clone, Debug, PartialEq)]
enum Hole {
    /// The address of a link of the page.
    Link(u32),
    /// Code from a file.
    Code(Box<str>),
}

impl Default for Markdown {
    fn default() -> Markdown {
        Markdown { text: Arc::from(""), start: 0, holes: Vec::new() }
    }
}

impl Markdown {
    /// The text with the addresses that `address` gives for links by their number; where it gives none, what is written stays.
    pub fn filled(&self, address: &dyn Fn(u32) -> Option<String>) -> String {
        let mut filled = String::with_capacity(self.text.len() - self.start);
        let mut done = self.start;
        for (range, hole) in &self.holes {
            let (start, end) = (range.start as usize, range.end as usize);
            let text = match hole {
                Hole::Link(number) => address(*number),
                Hole::Code(code) => Some(code.to_string()),
            };
            if let Some(text) = text {
                filled.push_str(&self.text[done..start]);
                filled.push_str(&text);
                done = end;
            }
        }
        filled.push_str(&self.text[done..]);
        filled
    }
}

/// The Markdown of a page whose text, with all that it includes, is `text` and begins at `start`.
pub(super) fn markdown(
    text: &Arc<str>,
    start: usize,
    body: &Body,
    (scanned, snippets): (&Scanned, &[Snippet]),
    config: &MarkdownConfig,
) -> Markdown {
    let mut holes: Vec<(Range<u32>, Hole)> = Vec::new();
    let mut elsewhere: Vec<(&str, u32)> = Vec::new();
    for (number, (link, place)) in (0..).zip(body.links.iter().zip(&body.link_spans)) {
        match stands_at(text, link, place) {
            true => holes.push((place.clone(), Hole::Link(number))),
            false => elsewhere.push((&*link.target, number)),
        }
    }
    if !elsewhere.is_empty() {
        elsewhere.sort_unstable();
        for (place, target) in definitions(text, start, config) {
            let known = elsewhere.partition_point(|(other, _)| *other < target);
            if let Some((_, number)) = elsewhere.get(known).filter(|(other, _)| *other == target) {
                holes.push((place, Hole::Link(*number)));
            }
        }
    }
    if snippets.len() == scanned.snippets.len() {
        for (range, snippet) in scanned.snippets.iter().zip(snippets) {
            // One that is not there is shown as the line that asks for it.
            if *snippet.code.text != text[range.clone()] {
                let place = range.start as u32..range.end as u32;
                holes.push((place, Hole::Code(fence(&snippet.code, before(text, range.start)).into())));
            }
        }
    }
    holes.sort_by_key(|(place, _)| (place.start, place.end));
    let mut end = start as u32;
    holes.retain(|(place, _)| {
        let follows = place.start >= end;
        end = if follows { place.end } else { end };
        follows
    });
    Markdown { text: text.clone(), start, holes }
}

/// Whether the target of a link is what stands at its place, and not the whole of a link that names its target elsewhere.
fn stands_at(text: &str, link: &Link, place: &Range<u32>) -> bool {
    let range = place.start as usize..place.end as usize;
    let Some(written) = text.get(range.clone()).filter(|written| !written.is_empty()) else { return false };
    match link.kind {
        LinkKind::HtmlLink | LinkKind::HtmlImage if raw_html::unescape(written) == *link.target => true,
        _ => *written == *link.target && text[..range.start].trim_end().ends_with(['(', '<']),
    }
}

/// The lines that say where links lead, `[name]: target`: where each target stands, and the target.
fn definitions<'t>(text: &'t str, start: usize, config: &MarkdownConfig) -> Vec<(Range<u32>, &'t str)> {
    let code = blocks::code(&text[start..], start, config);
    let mut found = Vec::new();
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let line_start = at;
        at += line.len();
        let in_code = code.partition_point(|code| code.start <= line_start);
        if code[..in_code].last().is_some_and(|code| code.contains(&line_start)) {
            continue;
        }
        let Some((name, rest)) = line.trim_start_matches([' ', '>']).split_once("]:") else { continue };
        if !name.starts_with('[') || name.starts_with("[^") || name[1..].contains('[') {
            continue;
        }
        let rest = rest.trim_start();
        let target = match rest.strip_prefix('<') {
            Some(inner) => inner.split(['>', '\n']).next(),
            None => rest.split_whitespace().next(),
        };
        if let Some(target) = target.filter(|target| !target.is_empty()) {
            let place = target.as_ptr() as usize - text.as_ptr() as usize;
            found.push((place as u32..(place + target.len()) as u32, target));
        }
    }
    found
}

/// What the lines of a block begin with whose first line begins at `at`: the marks of quotes, and room for those of lists.
fn before(text: &str, at: usize) -> String {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[start..at].chars().map(|char| if matches!(char, '>' | '\t') { char } else { ' ' }).collect()
}

/// A fence around code; all lines but the first begin with `before`.
fn fence(code: &CodeBlock, before: String) -> String {
    let longest = code.text.split(|char| char != '`').map(str::len).max().unwrap_or(0);
    let marks = "`".repeat(longest.max(2) + 1);
    let title = code.title.as_ref().map(|title| format!(" [{title}]")).unwrap_or_default();
    let mut fence = format!("{marks}{}{title}\n", code.language);
    for line in code.text.split('\n') {
        let before = if line.is_empty() { before.trim_end() } else { &before };
        fence.extend([before, line, "\n"]);
    }
    fence + &before + &marks
}
