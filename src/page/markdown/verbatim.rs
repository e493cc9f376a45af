//! Raw HTML and code: what is taken over to the byte.

use std::ops::Range;

use super::writer::Writer;
use crate::config::{Construct, Conventions};
use crate::page::code::CodeBlock;
use crate::page::expression::{self, Meaning};

/// Raw HTML or code that is being read: its text, and where its parts came from in the rewritten text.
#[derive(Default)]
pub(super) struct Verbatim {
    pub text: String,
    pub parts: Vec<(usize, usize)>,
    pub info: String,
    pub fenced: bool,
    pub range: Range<usize>,
    /// Whether it is raw HTML that was made a block.
    pub is_forced: bool,
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
        let mut block = block;
        if self.is_live(&block.info) {
            block.text = self.filled(&block);
        }
        let code = CodeBlock::new(&block.text, block.fenced.then_some(block.info.as_str()), self.context.config);
        let language = block.info.split([' ', '\t', ':', '{', '[']).next().unwrap_or_default();
        self.code_block(code, language, self.scanned.rewritten.source_range(block.range));
    }

    /// Whether braces in the fence are values: `js-vue` in VitePress, `js:no-v-pre` in VuePress 2.
    fn is_live(&self, info: &str) -> bool {
        let config = self.context.config;
        let word = info.split([' ', '\t', ':', '{', '[']).next().unwrap_or_default();
        let vitepress = config.conventions.is_vitepress() && word.ends_with("-vue");
        let vuepress = config.conventions == Conventions::VuePress2 && info.contains(":no-v-pre");
        !config.extended && (vitepress || vuepress)
    }

    /// The text of a fence with its values filled in.
    fn filled(&mut self, block: &Verbatim) -> String {
        let mut filled = String::with_capacity(block.text.len());
        let mut from = 0;
        for range in self.expressions(&block.text) {
            let written = &block.text[range.clone()];
            let inner = &written[2..written.len() - 2];
            filled.push_str(&block.text[from..range.start]);
            match expression::meaning(inner, self.context.scope) {
                Some(Meaning::Value(value)) => filled.push_str(&expression::shown(&value)),
                _ => {
                    filled.push_str(written);
                    let source = self.scanned.rewritten.source_range(block.range.clone());
                    self.body.unknown_expressions.push((inner.trim().to_owned(), source));
                }
            }
            from = range.end;
        }
        filled + &block.text[from..]
    }

    /// Code from a file.
    pub(super) fn snippet(&mut self, index: usize) {
        if let (Some(snippet), Some(range)) = (self.snippets.get(index), self.scanned.snippets.get(index)) {
            self.code_block(snippet.code.clone(), &snippet.code.language, range.clone());
        }
    }

    /// Writes a code block, which stands at `range` of the source; `typed` is its language as the author calls it.
    fn code_block(&mut self, mut code: CodeBlock, typed: &str, range: Range<usize>) {
        if let Some(language) = code.unknown_language().filter(|language| *language != "mermaid") {
            self.body.unknown_languages.push((language.to_owned(), range));
        }
        if !self.section_off.1 {
            self.section.2.push_str(&code.visible());
            self.section.2.push('\n');
        }
        let number = self.body.code.len() as u32;
        let group = self.code_group();
        if let Some(group) = group {
            self.open_code_tab(group, &mut code, typed);
        }
        if let Some(title) = &code.title {
            self.section_text(title);
            self.section_text("\n");
        }
        self.out.code(number);
        if group.is_some() {
            self.out.html().push_str("</div>\n");
        }
        self.body.code.push(code);
    }
}
