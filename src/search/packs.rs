//! The texts of sections, for excerpts: `[[url, title, [[id, trail, text, code]…]]…]`.

use std::fmt::Write as _;
use std::sync::Arc;

use super::chunks::{Length, Row, Written};
use super::{Indexed, Section};
use crate::base::Hash;

/// About how long a pack is.
pub(super) const PACK: Length = Length { least: 2500, most: 5000 };
/// How much of a section's text is kept, in bytes, and of its code.
const KEPT: (usize, usize) = (6000, 1500);

/// The sections of all pages, in order.
pub(super) struct Packs<'i> {
    pub pages: &'i [Arc<Indexed>],
    /// The number of the first section of each page.
    pub first: &'i [u32],
}

impl Packs<'_> {
    fn page(&self, section: u32) -> usize {
        self.first.partition_point(|first| *first <= section) - 1
    }
}

impl Row for Packs<'_> {
    fn put(&self, item: u32, before: Option<u32>, Written { data: file, .. }: &mut Written) {
        let page = self.page(item);
        let document = &self.pages[page].document;
        match before {
            Some(before) if self.page(before) == page => file.push(','),
            _ => {
                // The page before is shut.
                file.push_str(if before.is_some() { "]]," } else { "" });
                let _ = write!(file, "[{},{},[", json(&document.url), json(&document.title));
            }
        }
        let (id, trail, text, code) = row(&document.sections[(item - self.first[page]) as usize]);
        let trail: Vec<String> = trail.into_iter().map(json).collect();
        let _ = write!(file, "[{},[{}],{},{}]", json(id), trail.join(","), json(text), json(code));
    }

    fn begins(&self, item: u32) -> bool {
        let page = self.page(item);
        // Not before every page, or pages of one length would be cut in step, and all anew when one grows.
        self.first[page] == item && Hash::of_bytes(self.pages[page].document.url.as_bytes()).is_one_of(2)
    }

    fn finish(&self, file: String) -> String {
        format!("[{file}]]]")
    }
}

fn json(text: &str) -> String {
    serde_json::to_string(text).expect("a text is JSON")
}

fn row(section: &Section) -> (&str, Vec<&str>, &str, &str) {
    let mut trail: Vec<&str> = section.trail.iter().skip(1).map(String::as_str).collect();
    // One without a heading of its own is shown by those above it.
    if (section.level > 1 || !section.trail.is_empty()) && !section.heading.is_empty() {
        trail.push(&section.heading);
    }
    (&section.id, trail, cut(&section.text, KEPT.0), cut(&section.code, KEPT.1))
}

fn cut(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
