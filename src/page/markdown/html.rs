//! Raw HTML.

use super::attributes::Attributes;
use super::writer::Writer;
use crate::base::escape;
use crate::page::raw_html;

impl Writer<'_> {
    /// Notes whether the tag begins or ends a link.
    pub(super) fn note_raw_link(&mut self, tag: &str) {
        let name = tag.trim_start_matches(['<', '/']);
        let is_link = name.starts_with(['a', 'A']) && !name[1..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
        if is_link {
            self.in_raw_link = !tag.starts_with("</");
        }
    }

    /// Raw HTML, whose addresses are links like any other; `parts` says where its parts begin and where they came from.
    pub(super) fn raw_html(&mut self, html: &str, parts: &[(usize, usize)]) {
        if let Some(image) = self.images.last_mut() {
            image.alt.push_str(html);
            return;
        }
        let keeps_scripts = self.context.config.extended;
        for token in raw_html::tokens(html) {
            match token {
                raw_html::Token::Html(html) => self.out.html().push_str(html),
                raw_html::Token::Text(text) => {
                    self.out.html().push_str(text);
                    self.section_text(text);
                }
                raw_html::Token::Script(script) => {
                    if keeps_scripts {
                        self.out.html().push_str(script);
                    }
                }
                raw_html::Token::Address { value, kind, at } => {
                    let from = place_of(parts, at);
                    let n = self.add_link(raw_html::unescape(value), kind, from..from + value.len());
                    self.out.link(n);
                }
                raw_html::Token::Autolink { address, at } => {
                    let from = place_of(parts, at);
                    let place = from..from + address.len();
                    self.open_link(address.to_owned(), "", place, &Attributes::default());
                    escape(address, self.out.html());
                    self.section_text(address);
                    self.end_link();
                }
                raw_html::Token::Dynamic { attribute, at } => {
                    let from = place_of(parts, at);
                    let place = self.scanned.rewritten.source_range(from..from + 1);
                    self.body.dynamic_attributes.push((attribute.to_owned(), place));
                }
                raw_html::Token::Anchor(id) => self.body.anchors.push(raw_html::unescape(id).into()),
            }
        }
    }
}

/// Where the byte `at` of raw HTML stands in the rewritten text.
fn place_of(parts: &[(usize, usize)], at: usize) -> usize {
    let after = parts.partition_point(|(start, _)| *start <= at);
    parts[..after].last().map_or(0, |(start, source)| source + (at - start))
}
