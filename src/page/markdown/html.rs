//! Raw HTML.

use std::ops::Range;

use super::out::RawTag;
use super::writer::Writer;
use crate::base::escape;
use crate::page::attributes::Attributes;
use crate::page::components::markup::Part;
use crate::page::{directives, ignores, linkify, raw_html};

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
        let filled = match self.is_literal() {
            true => None,
            false => directives::filled(html, self.context.scope, &mut self.room),
        };
        let filled = filled.map(|(text, places)| (text, through(&places, parts)));
        let (html, parts) = filled.as_ref().map_or((html, parts), |(text, parts)| (text.as_str(), parts.as_slice()));
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
        let mut tag: Option<RawTag> = None;
        let from = |at: usize| place_of(parts, start + at);
        for token in raw_html::tokens(html) {
            match token {
                raw_html::Token::Start { name, at } => {
                    self.part_words(name);
                    if name.eq_ignore_ascii_case("a") {
                        self.raw_link_is_silent = raw_html::opens_silently(&html[at..]);
                    }
                    tag = Some(RawTag::new(name, from(at)));
                }
                raw_html::Token::Html(html) => tag.get_or_insert_default().html(html),
                raw_html::Token::Started => {
                    let mut tag = tag.take().unwrap_or_default();
                    tag.complete(self.context.config.lazy_images);
                    self.out.raw_start(tag);
                }
                raw_html::Token::End { name, at } => {
                    self.part_words(name);
                    if name.eq_ignore_ascii_case("a") && std::mem::take(&mut self.raw_link_is_silent) {
                        self.out.new_window_mark();
                    }
                    self.out.raw_end(name, from(at));
                }
                raw_html::Token::Text(text) if part == Part::Html => {
                    let at = text.as_ptr() as usize - html.as_ptr() as usize;
                    self.markup_text(text, from(at));
                }
                raw_html::Token::Text(text) => {
                    self.out.raw_text(text);
                    self.section_text(text);
                }
                raw_html::Token::Comment { text, at } => {
                    self.note_search(text);
                    if ignores::is_ignore(text) {
                        let place = from(at)..from(at) + text.len();
                        self.body.ignores.push(self.scanned.rewritten.source_range(place));
                    } else {
                        self.out.raw_comment(text, from(at));
                    }
                }
                raw_html::Token::Element { text, at } => self.out.raw_element(text, from(at)),
                raw_html::Token::Address { value, kind, at } => {
                    let from = from(at);
                    let n = self.add_link(raw_html::unescape(value), kind, from..from + value.len());
                    tag.get_or_insert_default().link(n);
                }
                // There are no links in links.
                raw_html::Token::Autolink { address, .. } if self.open_link.is_some() => {
                    escape(address, self.out.html());
                    self.section_text(address);
                }
                raw_html::Token::Autolink { address, at } => {
                    let place = from(at)..from(at) + address.len();
                    self.open_link(address.to_owned(), "", place, &Attributes::default());
                    let shown = linkify::readable(address);
                    escape(&shown, self.out.html());
                    self.section_text(&shown);
                    self.end_link();
                }
                raw_html::Token::Dynamic { attribute, at } => {
                    let place = self.scanned.rewritten.source_range(from(at)..from(at) + 1);
                    self.body.dynamic_attributes.push((attribute.to_owned(), place));
                }
                raw_html::Token::Id(id) => {
                    tag.get_or_insert_default().id(id);
                    self.body.anchors.push(raw_html::unescape(id).into());
                }
                raw_html::Token::Anchor(id) => self.body.anchors.push(raw_html::unescape(id).into()),
            }
        }
    }
}

/// Where parts of a text begin in the rewritten one: `places` says where they began in a text between, `parts` where the parts of that one
/// stand.
fn through(places: &[(usize, usize)], parts: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (index, &(start, at)) in places.iter().enumerate() {
        found.push((start, place_of(parts, at)));
        let length = places.get(index + 1).map_or(usize::MAX, |(next, _)| next - start);
        let inside = &parts[parts.partition_point(|(part, _)| *part <= at)..];
        let inside = inside.iter().take_while(|(part, _)| part - at < length);
        found.extend(inside.map(|(part, source)| (start + part - at, *source)));
    }
    found
}

/// Where the byte `at` of raw HTML stands in the rewritten text.
fn place_of(parts: &[(usize, usize)], at: usize) -> usize {
    let after = parts.partition_point(|(start, _)| *start <= at);
    parts[..after].last().map_or(0, |(start, source)| source + (at - start))
}
