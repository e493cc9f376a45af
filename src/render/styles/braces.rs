//! CSS and SCSS -> their tree.

use super::tree::{Node, find, is_property, without_comments};

/// How deep rules may stand in one another.
const MAX_DEPTH: usize = 32;

/// Reads CSS, and what SCSS adds to it in its form. What is never closed ends with the file.
pub(super) fn read(text: &str, is_scss: bool) -> Vec<Node> {
    let plain = without_comments(text, is_scss);
    let mut reader = Reader { text: &plain, at: usize::from(plain.starts_with('\u{feff}')) * 3 };
    let mut nodes = Vec::new();
    while reader.at < plain.len() {
        // An end too many is passed over.
        nodes.extend(reader.nodes(0));
        reader.at += 1;
    }
    nodes
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    /// The nodes up to the end of the block; its brace is left.
    fn nodes(&mut self, depth: usize) -> Vec<Node> {
        let mut nodes = Vec::new();
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == ';').len();
            let start = self.at;
            let rest = &self.text[start..];
            if rest.is_empty() || rest.starts_with('}') {
                return nodes;
            }
            let end = end_of_head(rest);
            let head = rest[..end].trim_end();
            let span = start..start + head.len().max(1);
            self.at = start + end;
            if self.text[self.at..].starts_with('{') {
                self.at += 1;
                let prelude = head.split_whitespace().collect::<Vec<_>>().join(" ");
                let children = if depth < MAX_DEPTH { self.nodes(depth + 1) } else { self.skip() };
                self.at = (self.at + 1).min(self.text.len());
                nodes.push(Node::Rule { prelude, children, span });
                continue;
            }
            match find(head, b":").map(|colon| (head[..colon].trim(), head[colon + 1..].trim())) {
                _ if head.starts_with('@') => nodes.push(Node::Statement { text: head.to_owned(), span }),
                Some((name, value)) if name.starts_with('$') => {
                    let value = value.trim_end_matches("!default").trim_end_matches("!global").trim();
                    nodes.push(Node::Variable { name: name[1..].to_owned(), value: value.to_owned(), span });
                }
                Some((name, value)) if is_property(name) => {
                    nodes.push(Node::Declaration { name: name.to_owned(), value: value.to_owned(), span });
                }
                _ => nodes.push(Node::Statement { text: head.to_owned(), span }),
            }
        }
    }

    /// Passes over a block that stands too deep.
    fn skip(&mut self) -> Vec<Node> {
        let mut depth = 0_usize;
        for (at, byte) in self.text.bytes().enumerate().skip(self.at) {
            match byte {
                b'{' => depth += 1,
                b'}' if depth == 0 => {
                    self.at = at;
                    return Vec::new();
                }
                b'}' => depth -= 1,
                _ => {}
            }
        }
        self.at = self.text.len();
        Vec::new()
    }
}

/// Where what stands before a block or an end ends; the braces of `#{...}` belong to it.
fn end_of_head(rest: &str) -> usize {
    let mut from = 0;
    loop {
        let Some(at) = find(&rest[from..], b"{};").map(|at| from + at) else { return rest.len() };
        if !(rest[at..].starts_with('{') && rest[..at].ends_with('#')) {
            return at;
        }
        match rest[at..].find('}') {
            Some(end) => from = at + end + 1,
            None => return rest.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::write;
    use super::*;

    #[test]
    fn sheets() {
        for (text, want) in [
            ("a{b:c}", "a {\n  b: c;\n}\n"),
            ("a,\nb { c: url(x;y) ; d : \"}\" }", "a, b {\n  c: url(x;y);\n  d: \"}\";\n}\n"),
            ("@import 'x';@media (a: b) { c { d: e } }", "@import 'x';\n@media (a: b) {\n  c {\n    d: e;\n  }\n}\n"),
            (".a { &:hover { b: c } }", ".a {\n  &:hover {\n    b: c;\n  }\n}\n"),
            ("/* } */ a { b: c", "a {\n  b: c;\n}\n"),
            ("} a { b: c }", "a {\n  b: c;\n}\n"),
            ("a { --x: ; b: c }", "a {\n  --x: ;\n  b: c;\n}\n"),
        ] {
            let mut css = String::new();
            write(&read(text, false), 0, &mut css);
            assert_eq!(css, want, "{text}");
        }
        assert_eq!(
            read("$a-b: #fff !default; // x: y", true),
            [Node::Variable { name: "a-b".into(), value: "#fff".into(), span: 0..19 }]
        );
        read(&"a{".repeat(100_000), false);
    }
}
