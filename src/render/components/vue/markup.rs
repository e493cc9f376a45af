//! The markup of a component of Vue as a tree.

use std::ops::Range;

use crate::page::elements::is_void;

/// How deep elements may stand in one another.
const MAX_DEPTH: usize = 64;

/// A part of the markup.
pub(super) enum Part<'t> {
    /// An element: its start tag, where that stands, and what is in it. `whole`: it has no end tag.
    Element { tag: &'t str, at: usize, whole: bool, parts: Vec<Part<'t>> },
    /// Text, as written, and where it stands.
    Text(&'t str, usize),
}

/// The name in a tag.
pub(super) fn name(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(name.len());
    &name[..end]
}

/// Reads markup; what is no tree is told with its place.
pub(super) fn read(text: &str, from: usize) -> Result<Vec<Part<'_>>, (String, Range<usize>)> {
    // The elements that are open, with what is in them so far; at the bottom, what is in none.
    let mut open: Vec<(&str, usize, Vec<Part<'_>>)> = vec![("", from, Vec::new())];
    let mut at = 0;
    let wrong = |what: &str, at: usize, length: usize| Err((format!("`{what}`"), from + at..from + at + length));
    loop {
        let next = text[at..].find('<').map_or(text.len(), |found| at + found);
        let parts = open.len() - 1;
        if next > at {
            open[parts].2.push(Part::Text(&text[at..next], from + at));
        }
        if next == text.len() {
            break;
        }
        let rest = &text[next..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(text.len(), |end| next + end + 3);
            continue;
        }
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let Some(end) = end_of_tag(rest).filter(|_| is_tag) else {
            open[parts].2.push(Part::Text("<", from + next));
            at = next + 1;
            continue;
        };
        let tag = &rest[..end];
        at = next + end;
        if tag.starts_with("</") {
            match open.pop() {
                Some((start, place, inner)) if !open.is_empty() && name(start) == name(tag) => {
                    let around = open.len() - 1;
                    open[around].2.push(Part::Element { tag: start, at: place, whole: false, parts: inner });
                }
                _ => return wrong(tag, next, tag.len()),
            }
        } else if tag.ends_with("/>") || is_void(name(tag)) {
            open[parts].2.push(Part::Element { tag, at: from + next, whole: true, parts: Vec::new() });
        } else if open.len() > MAX_DEPTH {
            return wrong(tag, next, tag.len());
        } else {
            open.push((tag, from + next, Vec::new()));
        }
    }
    match open.pop() {
        Some((_, _, parts)) if open.is_empty() => Ok(parts),
        Some((tag, place, _)) => Err((format!("`{tag}`"), place..place + tag.len())),
        None => Ok(Vec::new()),
    }
}

/// One past the end of the tag that `text` begins with; signs between quotes do not end it.
pub(super) fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(at + 1),
            _ => {}
        }
    }
    None
}
