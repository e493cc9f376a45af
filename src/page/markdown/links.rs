//! Links and images.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::writer::Writer;
use crate::base::escape;
use crate::page::types::{Link, LinkKind};

/// An image whose alternative text is being read.
pub(super) struct OpenImage {
    pub link: u32,
    pub title: String,
    pub alt: String,
}

impl Writer<'_> {
    pub(super) fn start_link(&mut self, kind: LinkType, target: &str, title: &str, range: Range<usize>) {
        let target = if kind == LinkType::Email { format!("mailto:{target}") } else { target.to_owned() };
        if !self.images.is_empty() {
            return;
        }
        let n = self.add_link(target, LinkKind::Link, range);
        self.open_link = Some(n);
        self.out.html().push_str("<a href=\"");
        self.out.link(n);
        self.out.html().push('"');
        self.out.link_attributes(n);
        if !title.is_empty() {
            let html = self.out.html();
            html.push_str(" title=\"");
            escape(title, html);
            html.push('"');
        }
        self.out.html().push('>');
    }

    pub(super) fn end_link(&mut self) {
        if self.images.is_empty()
            && let Some(n) = self.open_link.take()
        {
            self.out.link_mark(n);
            self.out.html().push_str("</a>");
        }
    }

    pub(super) fn start_image(&mut self, target: &str, title: &str, range: Range<usize>) {
        let link = if self.images.is_empty() { self.add_link(target.to_owned(), LinkKind::Image, range) } else { 0 };
        self.images.push(OpenImage { link, title: title.to_owned(), alt: String::new() });
    }

    pub(super) fn end_image(&mut self) {
        let Some(image) = self.images.pop() else { return };
        if let Some(outer) = self.images.last_mut() {
            outer.alt.push_str(&image.alt);
            return;
        }
        self.heading_image(&image.alt);
        self.out.html().push_str("<img src=\"");
        self.out.link(image.link);
        let html = self.out.html();
        html.push_str("\" alt=\"");
        escape(&image.alt, html);
        if !image.title.is_empty() {
            html.push_str("\" title=\"");
            escape(&image.title, html);
        }
        html.push_str("\">");
    }

    /// Notes a link; `range` is where it stands in the rewritten text.
    pub(super) fn add_link(&mut self, target: String, kind: LinkKind, range: Range<usize>) -> u32 {
        let n = self.body.links.len() as u32;
        let typed = &self.scanned.rewritten.text[range.clone()];
        // The place of a link is its target, where it is written out.
        let place = match typed.rfind(&target).filter(|_| !target.is_empty()) {
            Some(at) => range.start + at..range.start + at + target.len(),
            None => range,
        };
        let source = self.scanned.rewritten.source_range(place);
        self.body.link_spans.push(source.start as u32..source.end as u32);
        self.body.links.push(Link { target: target.into(), kind, written_in: None });
        n
    }
}
