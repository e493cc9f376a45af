//! A difference -> text for people and programs.

mod human;
mod json;
mod markdown;

use std::io::{self, Write};

use super::{Changed, Difference, Gone};

/// How a difference is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For a terminal.
    Human,
    /// One JSON document with everything.
    Json,
    /// For a comment on a pull request.
    Markdown,
}

/// Writes a difference. `most` is how many lines of each kind people see.
pub fn print(difference: &Difference, format: Format, color: bool, most: usize, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Human => human::print(difference, color, most, out),
        Format::Json => json::print(difference, out),
        Format::Markdown => markdown::print(difference, most, out),
    }
}

/// The whole in one line.
fn summary(difference: &Difference) -> String {
    let (old, new) = difference.pages;
    let pages = if old == new { counted(old, "page") } else { format!("{old} -> {}", counted(new, "page")) };
    let anchors: usize = difference.changed.iter().map(|page| page.anchors.gone.len()).sum();
    let words: usize = difference.changed.iter().map(|page| page.text.gone).sum();
    let parts = [
        (difference.gone.len(), counted_as(difference.gone.len(), "address gone", "addresses gone")),
        (anchors, counted_as(anchors, "anchor gone", "anchors gone")),
        (words, counted_as(words, "word gone", "words gone")),
        (difference.moved.len(), format!("{} redirected", difference.moved.len())),
        (difference.new.len(), format!("{} new", difference.new.len())),
        (difference.changed.len(), format!("{} changed", difference.changed.len())),
    ];
    let said: Vec<String> = parts.into_iter().filter(|(number, _)| *number > 0).map(|(_, text)| text).collect();
    match said.is_empty() {
        true => format!("{pages}: nothing differs"),
        false => format!("{pages}: {}", said.join(", ")),
    }
}

/// `1 page`, `2 pages`.
fn counted(number: usize, what: &str) -> String {
    counted_as(number, what, &format!("{what}s"))
}

fn counted_as(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The changed pages, those that lose most first.
fn ranked(difference: &Difference) -> Vec<&Changed> {
    let mut pages: Vec<&Changed> = difference.changed.iter().collect();
    pages.sort_by_key(|page| {
        (std::cmp::Reverse((page.anchors.gone.len(), page.links.gone.len(), page.text.gone)), &page.address)
    });
    pages
}

/// What is said of an address that leads nowhere.
fn became(gone: &Gone) -> String {
    gone.became.as_ref().map_or_else(String::new, |page| format!(" (now probably {page})"))
}
