//! A script without comments and space, whose own names are short.

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions, CommentOptions, LegalComment};
use oxc_mangler::Mangler;
use oxc_parser::Parser;
use oxc_span::SourceType;

/// The script that does the same in fewer bytes; as it is where it cannot be read. Names that other scripts can see stay, and
/// so do comments that begin with `/*!`: they are licences.
pub(in crate::render) fn script(text: &str) -> String {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, SourceType::script()).parse();
    if parsed.panicked || !parsed.errors.is_empty() {
        return text.to_owned();
    }
    let short = Mangler::new().build(&parsed.program);
    let comments = CommentOptions { legal: LegalComment::Inline, ..CommentOptions::disabled() };
    Codegen::new()
        .with_options(CodegenOptions { comments, ..CodegenOptions::minify() })
        .with_source_text(text)
        .with_scoping(Some(short.scoping))
        .with_private_member_mappings(Some(short.class_private_mappings))
        .build(&parsed.program)
        .code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left() {
        let known = [
            ("// a\n((first) => {\n  // why\n  go(first); // now\n\n  stop();\n})();\n", "(e=>{go(e);stop()})();"),
            ("/*! MIT */\na();", "/*! MIT */\na();"),
            ("a(`\n  // b\n\n  ${c /* d */}  \n`);  \n  e();", "a(`\n  // b\n\n  ${c}  \n`);e();"),
            ("a(\"b  // c\", 'd\\\n   e');", "a(`b  // c`,`d   e`);"),
            ("a = /[/]\\/\\/ b/;\n   // c", "a=/[/]\\/\\/ b/;"),
            ("const known = 1, { other } = known;", "const known=1,{other}=known;"),
            ("(({ given: taken, other }) => taken.given + other)()", "(({given:e,other:t})=>e.given+t)();"),
            ("class Kept { #one = 1; two() { return this.#one; } }", "class Kept{#e=1;two(){return this.#e}}"),
            ("(((", "((("),
            ("", ""),
            ("é('«  »')  ", "é(`«  »`);"),
        ];
        let (texts, wanted): (Vec<_>, Vec<_>) = known.into_iter().unzip();
        assert_eq!(texts.into_iter().map(script).collect::<Vec<_>>(), wanted);
    }
}
