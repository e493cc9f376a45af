//! Footnotes: written where they are defined, shown at the end of the page in the order in which they are referred to.

use std::collections::BTreeMap;

use super::out::Out;
use super::writer::Writer;
use crate::base::escape;

/// The footnotes of a page.
#[derive(Default)]
pub(super) struct Footnotes {
    /// The number of each label, in the order of their first references.
    referred: BTreeMap<String, usize>,
    /// Label and content of each definition.
    defined: Vec<(String, Out)>,
    /// The definition that is being written: its label, and what stood before it.
    open: Vec<(String, Out)>,
}

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let notes = &mut self.footnotes.referred;
        let (number, first) = match notes.get(label) {
            Some(&number) => (number, false),
            None => {
                let number = notes.len() + 1;
                notes.insert(label.to_owned(), number);
                (number, true)
            }
        };
        let id = if first { format!(" id=\"footnote-ref{number}\"") } else { String::new() };
        let html = format!("<sup class=\"footnote-ref\"><a href=\"#footnote{number}\"{id}>[{number}]</a></sup>");
        self.out.html().push_str(&html);
    }

    pub(super) fn start_footnote(&mut self, label: &str) {
        self.footnotes.open.push((label.to_owned(), std::mem::take(&mut self.out)));
    }

    pub(super) fn end_footnote(&mut self) {
        if let Some((label, before)) = self.footnotes.open.pop() {
            let content = std::mem::replace(&mut self.out, before);
            self.footnotes.defined.push((label, content));
        }
    }

    /// Writes the list of footnotes. One that nothing refers to comes last, so that no text is lost.
    pub(super) fn write_footnotes(&mut self) {
        let notes = std::mem::take(&mut self.footnotes);
        if notes.defined.is_empty() {
            return;
        }
        // A second definition of a label is one that nothing refers to.
        let mut unclaimed = notes.referred;
        let numbered = |(label, content)| (unclaimed.remove(&label).unwrap_or(usize::MAX), content);
        let mut listed: Vec<(usize, Out)> = notes.defined.into_iter().map(numbered).collect();
        listed.sort_by_key(|(number, _)| *number);
        self.out
            .html()
            .push_str("<hr class=\"footnotes-sep\">\n<section class=\"footnotes\">\n<ol class=\"footnotes-list\">\n");
        for (number, content) in listed {
            if number == usize::MAX {
                self.out.html().push_str("<li class=\"footnote-item\">");
                self.out.append(content);
            } else {
                let mut id = String::new();
                escape(&format!("footnote{number}"), &mut id);
                self.out.html().push_str(&format!("<li id=\"{id}\" class=\"footnote-item\">"));
                self.out.append(content);
                let back =
                    format!(" <a href=\"#footnote-ref{number}\" class=\"footnote-backref\">\u{21a9}\u{fe0e}</a>");
                let html = self.out.html();
                let end = if html.ends_with("</p>\n") { html.len() - "</p>\n".len() } else { html.len() };
                html.insert_str(end, &back);
            }
            self.out.html().push_str("</li>\n");
        }
        self.out.html().push_str("</ol>\n</section>\n");
    }
}
