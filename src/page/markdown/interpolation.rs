//! Values between double braces.

use std::ops::Range;

use super::writer::{Element, Writer};
use crate::base::escape;
use crate::page::components::ValueHole;
use crate::page::expression::{self, Meaning, SiteValue};
use crate::page::raw_html;

/// How long an expression may be, so that two open braces cost no reading to the end of the page.
const MAX_EXPRESSION: usize = 1000;

impl Writer<'_> {
    /// Where values stand in `text`, braces included.
    pub(super) fn expressions(&self, text: &str) -> Vec<Range<usize>> {
        if !text.contains("{{") || self.is_literal() { Vec::new() } else { expressions(text) }
    }

    /// Writes the value of an expression, `written` with its braces; `place` is where it stands in the rewritten text.
    pub(super) fn write_value(&mut self, written: &str, place: Range<usize>) {
        let inner = &written[2..written.len() - 2];
        // In a native site, braces are text like any other, unless they are plainly meant so.
        let is_meant = !self.context.config.extended || inner.trim_start().starts_with('$');
        match expression::meaning(inner, self.context.scope).filter(|_| is_meant) {
            Some(Meaning::Value(value)) => self.write_known(&expression::shown(&value), written),
            Some(Meaning::Address(address)) => self.write_known(&address, written),
            Some(Meaning::Site(value)) if self.images.is_empty() => {
                let n = self.add_value(value, written, place);
                self.out.value(n);
                self.heading_value(written, written);
            }
            _ => {
                if !self.context.config.extended {
                    let source = self.scanned.rewritten.source_range(place);
                    self.body.unknown_expressions.push((inner.trim().to_owned(), source));
                }
                self.write_known(written, written);
            }
        }
    }

    /// Notes a value that only the site knows.
    pub(super) fn add_value(&mut self, value: SiteValue, written: &str, place: Range<usize>) -> u32 {
        let span = self.span(place);
        self.body.values.push(ValueHole { value, written: written.into(), span });
        self.body.values.len() as u32 - 1
    }

    fn write_known(&mut self, value: &str, written: &str) {
        self.section_text(value);
        match self.images.last_mut() {
            Some(image) => image.alt.push_str(value),
            None => {
                escape(value, self.out.html());
                self.heading_value(value, written);
            }
        }
    }

    /// Text in raw HTML, with values in it; `place` is where it stands in the rewritten text.
    pub(super) fn markup_text(&mut self, text: &str, place: usize) {
        let mut from = 0;
        for range in self.expressions(text) {
            self.plain_markup_text(&text[from..range.start]);
            let written = raw_html::unescape(&text[range.clone()]);
            self.write_value(&written, place + range.start..place + range.end);
            from = range.end;
        }
        self.plain_markup_text(&text[from..]);
    }

    fn plain_markup_text(&mut self, text: &str) {
        self.out.raw_text(text);
        self.section_text(text);
    }

    /// Whether braces are braces here.
    fn is_literal(&self) -> bool {
        let is_literal = |element: &Element| match element {
            Element::Container(index) => self.scanned.containers[*index].kind == "v-pre",
            _ => false,
        };
        self.markup.is_literal() || self.open.iter().any(is_literal)
    }
}

/// Where values stand in `text`, braces included.
fn expressions(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("{{").map(|offset| at + offset) {
        // Without this, a text of open braces would be read to its end again and again.
        let window = &text[start + 2..];
        let limit = (0..=MAX_EXPRESSION.min(window.len())).rev().find(|&end| window.is_char_boundary(end));
        let window = &window[..limit.unwrap_or(0)];
        match end_of(window).or_else(|| window.find("}}")) {
            Some(length) => {
                found.push(start..start + 2 + length + 2);
                at = start + 2 + length + 2;
            }
            None => at = start + 2,
        }
    }
    found
}

/// Where the braces close that are no part of a string.
fn end_of(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            _ if escaped => escaped = false,
            (Some(_), b'\\') => escaped = true,
            (Some(open), byte) if byte == open => quote = None,
            (None, b'"' | b'\'' | b'`') => quote = Some(byte),
            (None, b'}') if text[at..].starts_with("}}") => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces() {
        for (text, want) in [
            ("a {{ b }} c {{d}}", &["{{ b }}", "{{d}}"][..]),
            ("{{ '}}' }} {{ \"{{\" }}", &["{{ '}}' }}", "{{ \"{{\" }}"]),
            ("{{ it's }} x", &["{{ it's }}"]),
            ("{{ a", &[]),
            ("{{}}", &["{{}}"]),
            ("{{ {a: {b: 1}} }}", &["{{ {a: {b: 1}}"]),
            ("{{ é }}", &["{{ é }}"]),
        ] {
            let found: Vec<&str> = expressions(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, want, "{text}");
        }
        assert!(expressions(&"{{ ' ".repeat(100_000)).is_empty());
    }
}
