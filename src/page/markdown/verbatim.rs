//! Raw HTML and code: what is taken over to the byte.

use std::ops::Range;

use super::writer::Writer;
use crate::config::Construct;
use crate::page::code::CodeBlock;

/// Raw HTML or code that is being read: its text, and where its parts came from in the rewritten text.
#[derive(Default)]
pub(super) struct Verbatim {
    pub text: String,
    pub parts: Vec<(usize, usize)>,
    pub info: String,
    pub fenced: bool,
    pub range: Range<usize>,
}

impl Verbatim {
    pub fn push(&mut self, text: &str, source: usize) {
        self.parts.push((self.text.len(), source));
        self.text.push_str(text);
    }
}

impl Writer<'_> {
    pub(super) fn end_code(&mut self) {
        let Some(block) = self.verbatim.take() else { return };
        if block.info.trim() == "math" && self.context.config.has(Construct::Math) {
            self.out.html().push_str("<p>");
            self.math(&block.text, true, block.range);
            return self.out.html().push_str("</p>\n");
        }
        let code = CodeBlock::new(&block.text, block.fenced.then_some(block.info.as_str()), self.context.config);
        if let Some(language) = code.unknown_language().filter(|language| *language != "mermaid") {
            let range = self.scanned.rewritten.source_range(block.range);
            self.body.unknown_languages.push((language.to_owned(), range));
        }
        self.section.2.push_str(&code.visible());
        self.section.2.push('\n');
        self.out.code(self.body.code.len() as u32);
        self.body.code.push(code);
    }
}
