//! Values between double braces.

use std::ops::Range;

use super::writer::{Element, Writer};
use crate::base::escape;
use crate::config::Conventions;
use crate::page::components::ValueHole;
use crate::page::expression::{self, Meaning, SiteValue};
use crate::page::raw_html;

/// A part of code in a line of text.
pub(super) enum CodePart {
    /// Text as it is, values that are known among it.
    Text(String),
    /// A value that only the site knows; `place` is where it stands in the rewritten text.
    Value { value: SiteValue, written: String, place: Range<usize> },
}

impl CodePart {
    /// What it says, as far as that is known.
    pub(super) fn text(&self) -> &str {
        match self {
            CodePart::Text(text) => text,
            CodePart::Value { written, .. } => written,
        }
    }
}

impl Writer<'_> {
    /// The parts of code in a line that ends at `end` of the rewritten text. VuePress 1 and VitePress fill in what they know there
    /// (sections 7.8 and 10 of the conventions); what is no value is code.
    pub(super) fn code_parts(&self, code: &str, end: usize) -> Vec<CodePart> {
        let config = self.context.config;
        let fills = !config.extended && config.conventions != Conventions::VuePress2 && self.images.is_empty();
        let mut parts = Vec::new();
        let mut from = 0;
        let text = |parts: &mut Vec<CodePart>, more: &str| match parts.last_mut() {
            Some(CodePart::Text(text)) => text.push_str(more),
            _ => parts.push(CodePart::Text(more.to_owned())),
        };
        for range in if fills { self.expressions(code) } else { Vec::new() } {
            let written = &code[range.clone()];
            let inner = written[2..written.len() - 2].trim_start();
            // A sum in code is an example, and nobody's value.
            let is_named = inner.starts_with(|c: char| c == '$' || c == '_' || c.is_alphabetic());
            let meaning = is_named.then(|| expression::meaning(inner, self.context.scope));
            let Some(meaning) = meaning.flatten() else { continue };
            text(&mut parts, &code[from..range.start]);
            from = range.end;
            match meaning {
                Meaning::Value(value) => text(&mut parts, &expression::shown(&value)),
                Meaning::Address(address) => text(&mut parts, &address),
                Meaning::Site(value) => {
                    let start = self.scanned.rewritten.text[..end].rfind(written).unwrap_or(end);
                    let place = start..(start + written.len()).min(end);
                    parts.push(CodePart::Value { value, written: written.to_owned(), place });
                }
            }
        }
        text(&mut parts, &code[from..]);
        parts
    }

    /// Where values stand in `text`, braces included.
    pub(super) fn expressions(&self, text: &str) -> Vec<Range<usize>> {
        if !text.contains("{{") || self.is_literal() { Vec::new() } else { expression::places(text) }
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
        self.section_text(&raw_html::unescape(text));
    }

    /// Whether braces are braces here.
    pub(super) fn is_literal(&self) -> bool {
        let is_literal = |element: &Element| match element {
            Element::Container(index) => self.scanned.containers[*index].kind == "v-pre",
            _ => false,
        };
        self.markup.is_literal() || self.open.iter().any(is_literal)
    }
}
