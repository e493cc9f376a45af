//! Stylus and the old form of Sass, whose blocks are told by how far their lines are indented -> their tree.

use std::ops::Range;

use super::braces;
use super::tree::{Node, find, is_property, without_comments};

/// How deep rules may stand in one another.
const MAX_DEPTH: usize = 32;

/// A line that is not blank.
struct Line<'t> {
    indent: usize,
    text: &'t str,
    span: Range<usize>,
}

/// Reads a style sheet that may have braces, colons and semicolons, or do without.
pub(super) fn read(text: &str) -> Vec<Node> {
    let plain = without_comments(text, true);
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut start = 0;
    for line in plain.split_inclusive('\n') {
        let trimmed = line.trim_start_matches('\u{feff}').trim();
        let trimmed = trimmed.trim_end_matches(';').trim_end();
        let at = start + (line.len() - line.trim_start_matches('\u{feff}').trim_start().len());
        start += line.len();
        if trimmed.is_empty() || trimmed.bytes().all(|byte| byte == b'}') {
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        lines.push(Line { indent, text: trimmed, span: at..at + trimmed.len() });
    }
    if has_braces(&lines) {
        return in_braces(&plain);
    }
    let mut at = 0;
    nodes(&lines, &mut at, 0, 0)
}

/// Whether it is braces that tell blocks: then the lines need not be indented.
fn has_braces(lines: &[Line<'_>]) -> bool {
    let opens = |line: &Line<'_>| line.text.ends_with('{');
    let pairs = lines.windows(2).filter(|pair| pair[1].indent > pair[0].indent && !pair[0].text.ends_with(','));
    lines.iter().any(opens) && pairs.into_iter().all(|pair| opens(&pair[0]) || pair[0].text.contains('{'))
}

/// Reads a style sheet with braces, in which the end of a line ends a declaration.
fn in_braces(plain: &str) -> Vec<Node> {
    let mut text = String::with_capacity(plain.len());
    for line in plain.split_inclusive('\n') {
        match line.strip_suffix('\n') {
            Some(inner) if !inner.trim_end().ends_with(['{', '}', ';', ',']) && !inner.trim().is_empty() => {
                text.extend([inner, ";"]);
            }
            _ => text.push_str(line),
        }
    }
    typed(braces::read(&text, true))
}

/// The nodes, with declarations and variables told from other statements.
fn typed(nodes: Vec<Node>) -> Vec<Node> {
    let one = |node| match node {
        Node::Rule { prelude, children, span } => Node::Rule { prelude, children: typed(children), span },
        Node::Statement { text, span } if !text.starts_with('@') => variable(&text, &span)
            .or_else(|| declaration(&text, span.clone()))
            .unwrap_or(Node::Statement { text, span }),
        node => node,
    };
    nodes.into_iter().map(one).collect()
}

/// The nodes of the lines from `at` on that are indented by `indent` or more.
fn nodes(lines: &[Line<'_>], at: &mut usize, indent: usize, depth: usize) -> Vec<Node> {
    let mut found = Vec::new();
    let mut before: Vec<&str> = Vec::new();
    while let Some(line) = lines.get(*at).filter(|line| line.indent >= indent) {
        *at += 1;
        let next = lines.get(*at).map_or(0, |next| next.indent);
        let opens = line.text.ends_with('{');
        let text = line.text.trim_end_matches('{').trim_end();
        let span = line.span.clone();
        if next > line.indent || opens {
            before.push(text);
            let prelude = joined(&before);
            before.clear();
            // Braces need no indentation.
            let inner = if next > line.indent { next } else { usize::MAX };
            let children = nodes(lines, at, inner, depth + 1);
            if depth < MAX_DEPTH {
                found.push(Node::Rule { prelude, children, span });
            }
        } else if let Some(open) = find(text, b"{").filter(|open| !text[..*open].ends_with('#')) {
            // A whole rule in one line.
            before.push(text[..open].trim_end());
            let inner = text[open + 1..].trim_end_matches('}');
            let children = inner.split(';').filter_map(|part| declaration(part.trim(), span.clone())).collect();
            found.push(Node::Rule { prelude: joined(&before), children, span });
            before.clear();
        } else if let Some(variable) = variable(text, &span) {
            found.push(variable);
        } else if text.ends_with(',')
            || is_selector(text)
            || depth == 0 && !text.starts_with('@') && is_shared(lines, *at, line.indent)
        {
            before.push(text);
        } else if text.starts_with('@') {
            found.push(Node::Statement { text: text.to_owned(), span });
        } else {
            let statement = || Node::Statement { text: text.to_owned(), span: span.clone() };
            found.push(declaration(text, span.clone()).unwrap_or_else(statement));
        }
    }
    found
}

/// Selectors, one a line, as one.
fn joined(selectors: &[&str]) -> String {
    selectors.iter().map(|selector| selector.trim_end_matches(',').trim_end()).collect::<Vec<_>>().join(", ")
}

/// Whether a line that has no block of its own shares that of the next lines.
fn is_shared(lines: &[Line<'_>], mut at: usize, indent: usize) -> bool {
    while let Some(line) = lines.get(at).filter(|line| line.indent == indent) {
        at += 1;
        if lines.get(at).is_some_and(|next| next.indent > indent) || line.text.ends_with('{') {
            return true;
        }
        if variable(line.text, &line.span).is_some() || line.text.starts_with('@') {
            return false;
        }
    }
    false
}

/// Whether a line can be nothing but a selector.
fn is_selector(text: &str) -> bool {
    text.starts_with(['.', '#', '&', '>', '[', ':', '~']) && !text.starts_with("#{")
}

/// `name = value`, `$name: value`.
fn variable(text: &str, span: &Range<usize>) -> Option<Node> {
    let sign = find(text, b"=").filter(|at| !text[..*at].ends_with(['?', '!', '<', '>', ':', '+', '-', '*', '/']));
    let optional = text.find("?=").or_else(|| text.find(":="));
    let (name, value) = match (optional, sign) {
        (Some(at), _) => (&text[..at], &text[at + 2..]),
        (None, Some(at)) if !text[at + 1..].starts_with('=') => (&text[..at], &text[at + 1..]),
        _ if text.starts_with('$') => text.split_once(':')?,
        _ => return None,
    };
    let name = name.trim();
    let is_name = is_property(name.trim_start_matches('$'));
    let value = value.trim().trim_end_matches("!default").trim().to_owned();
    is_name.then(|| Node::Variable { name: name.trim_start_matches('$').to_owned(), value, span: span.clone() })
}

/// `name: value`, or `name value`.
fn declaration(text: &str, span: Range<usize>) -> Option<Node> {
    let end = text.find(|c: char| c == ':' || c.is_whitespace())?;
    let (name, value) = (text[..end].trim(), text[end..].trim_start().trim_start_matches(':').trim());
    (is_property(name) && !value.is_empty()).then(|| Node::Declaration {
        name: name.to_owned(),
        value: value.to_owned(),
        span,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tree::write;
    use super::*;

    #[test]
    fn sheets() {
        for (text, want) in [
            ("a\n  b c\n", "a {\n  b: c;\n}\n"),
            (
                ".a\n.b,\n.c\n  d: e f;\n  &:hover\n    g h !important\ni\n  j k",
                ".a, .b, .c {\n  d: e f;\n  &:hover {\n    g: h !important;\n  }\n}\ni {\n  j: k;\n}\n",
            ),
            (
                ".a {\n  b: c;\n  .d {\n    e f\n  }\n}\n.g { h: i; j: k }\n",
                ".a {\n  b: c;\n  .d {\n    e: f;\n  }\n}\n.g {\n  h: i;\n  j: k;\n}\n",
            ),
            ("h1\nh2\n  a b // no\n", "h1, h2 {\n  a: b;\n}\n"),
            ("@media (max-width: 10px)\n  a\n    b c\n", "@media (max-width: 10px) {\n  a {\n    b: c;\n  }\n}\n"),
            ("$x = 1px\na {\nb c\nd: e\n}\nf { g: h }", "a {\n  b: c;\n  d: e;\n}\nf {\n  g: h;\n}\n"),
        ] {
            let mut css = String::new();
            write(&read(text), 0, &mut css);
            assert_eq!(css, want, "{text}");
        }
    }

    #[test]
    fn variables() {
        for (text, want) in [
            ("$accentColor = #3eaf7c", Some(("accentColor", "#3eaf7c"))),
            ("accent ?= red", Some(("accent", "red"))),
            ("$a: 1px", Some(("a", "1px"))),
            ("a: b", None),
            ("a[b=c]", None),
        ] {
            let found = match variable(text, &(0..0)) {
                Some(Node::Variable { name, value, .. }) => Some((name, value)),
                _ => None,
            };
            assert_eq!(found.as_ref().map(|(name, value)| (name.as_str(), value.as_str())), want, "{text}");
        }
    }
}
