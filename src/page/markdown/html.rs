//! Raw HTML.

use std::ops::Range;

use super::attributes::Attributes;
use super::writer::Writer;
use crate::base::escape;
use crate::page::components::markup::Part;
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

    /// Raw HTML; `parts` says where its parts begin and where they came from.
    pub(super) fn raw_html(&mut self, html: &str, parts: &[(usize, usize)]) {
        if let Some(image) = self.images.last_mut() {
            image.alt.push_str(html);
            return;
        }
        for (range, part) in self.markup.parts(html, self.context.config.extended) {
            let from = place_of(parts, range.start)..place_of(parts, range.end - 1) + 1;
            match part {
                Part::Html | Part::Literal => self.plain_html(html, range, part, parts),
                Part::Script => self.script(&html[range], from),
                Part::Style => self.style(&html[range], from),
                Part::Open | Part::Whole => self.start_component(&html[range], from, part),
                Part::Close => self.close_component(&html[range]),
            }
        }
    }

    /// Raw HTML without components, whose addresses are links like any other.
    fn plain_html(&mut self, whole: &str, range: Range<usize>, part: Part, parts: &[(usize, usize)]) {
        let (html, start) = (&whole[range.clone()], range.start);
        if html.get(.."</script".len()).is_some_and(|start| start.eq_ignore_ascii_case("</script")) && self.in_script {
            self.in_script = false;
            return;
        }
        for token in raw_html::tokens(html) {
            match token {
                raw_html::Token::Html(html) => {
                    self.note_search(html);
                    self.out.html().push_str(html);
                }
                raw_html::Token::Text(text) if part == Part::Html => {
                    let at = text.as_ptr() as usize - html.as_ptr() as usize;
                    self.markup_text(text, place_of(parts, start + at));
                }
                raw_html::Token::Text(text) => {
                    self.out.html().push_str(text);
                    self.section_text(text);
                }
                raw_html::Token::Script(script) => self.out.html().push_str(script),
                raw_html::Token::Address { value, kind, at } => {
                    let from = place_of(parts, start + at);
                    let n = self.add_link(raw_html::unescape(value), kind, from..from + value.len());
                    self.out.link(n);
                }
                raw_html::Token::Autolink { address, at } => {
                    let from = place_of(parts, start + at);
                    let place = from..from + address.len();
                    self.open_link(address.to_owned(), "", place, &Attributes::default());
                    escape(address, self.out.html());
                    self.section_text(address);
                    self.end_link();
                }
                raw_html::Token::Dynamic { attribute, at } => {
                    let from = place_of(parts, start + at);
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
