//! A style sheet as a tree: rules, declarations, statements.

use std::ops::Range;

/// What a style sheet holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// A selector or an at-rule, and what is in its braces.
    Rule { prelude: String, children: Vec<Node>, span: Range<usize> },
    /// `name: value`.
    Declaration { name: String, value: String, span: Range<usize> },
    /// An at-rule without braces.
    Statement { text: String, span: Range<usize> },
    /// A variable of a preprocessor.
    Variable { name: String, value: String, span: Range<usize> },
}

/// Writes the nodes as CSS. Rules may be nested, as browsers know them.
pub(super) fn write(nodes: &[Node], depth: usize, css: &mut String) {
    let indent = "  ".repeat(depth);
    for node in nodes {
        match node {
            Node::Rule { prelude, children, .. } => {
                let start = css.len();
                css.extend([&indent, prelude, " {\n"]);
                let inner = css.len();
                write(children, depth + 1, css);
                match css.len() == inner {
                    true => css.truncate(start),
                    false => css.extend([&indent, "}\n"]),
                }
            }
            Node::Declaration { name, value, .. } => css.extend([&indent, name, ": ", value, ";\n"]),
            Node::Statement { text, .. } => css.extend([&indent, text, ";\n"]),
            Node::Variable { .. } => {}
        }
    }
}

/// The text with everything in comments made blank, so that places stay. `lines`: `//` begins one, too.
pub(super) fn without_comments(text: &str, lines: bool) -> String {
    let bytes = text.as_bytes();
    let mut plain = bytes.to_vec();
    let mut at = 0;
    let mut quote = None;
    let blank = |plain: &mut [u8], range: Range<usize>| {
        plain[range].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    };
    while at < bytes.len() {
        match (quote, bytes[at]) {
            (Some(_), b'\\') => at += 1,
            // A quote that is left open ends with its line.
            (Some(open), byte) if byte == open || byte == b'\n' => quote = None,
            (Some(_), _) => {}
            (None, byte @ (b'"' | b'\'')) => quote = Some(byte),
            (None, b'/') if bytes[at + 1..].first() == Some(&b'*') => {
                let end = text[at + 2..].find("*/").map_or(bytes.len(), |end| at + 2 + end + 2);
                blank(&mut plain, at..end);
                at = end;
                continue;
            }
            // Two slashes after a colon are those of an address.
            (None, b'/') if lines && bytes[at + 1..].first() == Some(&b'/') && !text[..at].ends_with(':') => {
                let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end);
                blank(&mut plain, at..end);
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    // Whole comments were made blank, and nothing else was touched.
    String::from_utf8(plain).unwrap_or_default()
}

/// Where the first of `signs` stands in `text` outside of quotes and parentheses.
pub(super) fn find(text: &str, signs: &[u8]) -> Option<usize> {
    let (mut quote, mut depth, mut escaped) = (None, 0_usize, false);
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            _ if escaped => escaped = false,
            (_, b'\\') => escaped = true,
            (Some(open), byte) if byte == open || byte == b'\n' => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, byte) if depth == 0 && signs.contains(&byte) => return Some(at),
            (None, b'(' | b'[') => depth += 1,
            (None, b')' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// Whether what stands before a colon can be the name of a property.
pub(super) fn is_property(name: &str) -> bool {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let start = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'*' | b'_');
    name.as_bytes().first().is_some_and(start) && name.bytes().skip(1).all(part)
}
