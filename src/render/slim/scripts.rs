//! A script without comments, and without the space that lines begin and end with.

use oxc_allocator::Allocator;
use oxc_ast::ast::{StringLiteral, TemplateLiteral};
use oxc_ast_visit::Visit;
use oxc_parser::Parser;
use oxc_span::{SourceType, Span};

/// The script that does the same in fewer bytes; as it is where it cannot be read. Comments that begin with `/*!` stay: they
/// are licences. A line stays a line, so that a place in the one is easily found in the other.
pub(in crate::render) fn script(text: &str) -> String {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, SourceType::unambiguous()).parse();
    if parsed.panicked || !parsed.errors.is_empty() {
        return text.to_owned();
    }
    let mut kept = Kept(Vec::new());
    kept.visit_program(&parsed.program);
    let mut parts: Vec<(usize, usize, bool)> = kept.0.iter().map(|span| part(*span, true)).collect();
    let comments = parsed.program.comments.iter();
    parts.extend(comments.map(|comment| part(comment.span, text[comment.span.start as usize..].starts_with("/*!"))));
    parts.sort_unstable();

    let mut slimmed = String::with_capacity(text.len());
    let mut done = 0;
    for (start, end, stays) in parts {
        // A comment in a template literal stays with it.
        if start < done {
            continue;
        }
        trimmed(&text[done..start], &mut slimmed);
        match stays {
            true => slimmed.push_str(&text[start..end]),
            false if text[start..end].contains('\n') => trimmed("\n", &mut slimmed),
            false if text[start..end].starts_with("/*") => slimmed.push(' '),
            false => {}
        }
        done = end;
    }
    trimmed(&text[done..], &mut slimmed);
    slimmed
}

fn part(span: Span, stays: bool) -> (usize, usize, bool) {
    (span.start as usize, span.end as usize, stays)
}

/// Adds code in which space is of no meaning: no line begins or ends with some, and none is empty.
fn trimmed(code: &str, slimmed: &mut String) {
    for (number, line) in code.split('\n').enumerate() {
        let mut line = line;
        if number > 0 {
            slimmed.truncate(slimmed.trim_end().len());
            slimmed.push('\n');
        }
        if slimmed.is_empty() || slimmed.ends_with('\n') {
            slimmed.truncate(slimmed.trim_end_matches('\n').len());
            if !slimmed.is_empty() {
                slimmed.push('\n');
            }
            line = line.trim_start();
        }
        slimmed.push_str(line);
    }
}

/// Texts in which space is of a meaning: template literals, and strings that go on in the next line.
struct Kept(Vec<Span>);

impl<'a> Visit<'a> for Kept {
    fn visit_template_literal(&mut self, literal: &TemplateLiteral<'a>) {
        self.0.push(literal.span);
    }

    fn visit_string_literal(&mut self, literal: &StringLiteral<'a>) {
        self.0.push(literal.span);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left() {
        for (text, want) in [
            ("// a\n(() => {\n  // why\n  go(); // now\n\n  stop();\n})();\n", "(() => {\ngo();\nstop();\n})();\n"),
            ("/*! MIT */\na();", "/*! MIT */\na();"),
            ("a(`\n  // b\n\n  ${c /* d */}  \n`);  \n  e();", "a(`\n  // b\n\n  ${c /* d */}  \n`);\ne();"),
            ("a(\"b  // c\", 'd\\\n   e');", "a(\"b  // c\", 'd\\\n   e');"),
            ("a = /[/]\\/\\/ b/;\n   // c", "a = /[/]\\/\\/ b/;\n"),
            ("return_ /* a\n b */ (c)", "return_\n(c)"),
            ("let/**/a = 1", "let a = 1"),
            ("(((", "((("),
            ("", ""),
            ("é('«  »')  ", "é('«  »')  "),
        ] {
            assert_eq!(script(text), want, "{text}");
            assert_eq!(script(&script(text)), script(text), "{text}");
        }
    }
}
