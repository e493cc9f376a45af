//! A style sheet without what only its authors read: comments, and space that separates nothing.

/// The sheet that says the same in fewer bytes. Comments that begin with `/*!` stay: they are licences.
pub(in crate::render) fn sheet(css: &str) -> String {
    let mut slimmed = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(char) = rest.chars().next() {
        let taken = match char {
            '"' | '\'' => string(rest),
            '/' if rest.starts_with("/*!") => comment(rest),
            '/' if rest.starts_with("/*") => {
                rest = &rest[comment(rest)..];
                continue;
            }
            '\n' | '\r' => {
                slimmed.truncate(slimmed.trim_end().len());
                if !slimmed.is_empty() && !slimmed.ends_with(SEPARATORS) {
                    slimmed.push('\n');
                }
                rest = rest.trim_start();
                continue;
            }
            ' ' | '\t'
                if slimmed.ends_with(SEPARATORS)
                    || rest.trim_start().starts_with('>')
                    || is_before_value(&slimmed, rest) =>
            {
                rest = &rest[1..];
                continue;
            }
            '{' => {
                slimmed.truncate(slimmed.trim_end().len());
                1
            }
            '}' => {
                slimmed.truncate(slimmed.trim_end().trim_end_matches(';').len());
                1
            }
            _ => char.len_utf8(),
        };
        slimmed.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    slimmed
}

/// What space after it says nothing.
const SEPARATORS: [char; 5] = ['{', '}', ';', ',', '>'];

/// Whether the space that `rest` begins with stands between a property and its value. In selectors, none follows a colon; a custom
/// property whose value is nothing keeps the one that it has.
fn is_before_value(before: &str, rest: &str) -> bool {
    let is_name = |text: &str| text.ends_with(|last: char| last.is_ascii_alphanumeric() || last == '-');
    before.strip_suffix(':').is_some_and(is_name) && !rest.trim_start().starts_with([';', '}'])
}

/// The length of the string that the text begins with, quotes included.
fn string(text: &str) -> usize {
    let quote = text.as_bytes()[0];
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            _ if byte == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of the comment that the text begins with.
fn comment(text: &str) -> usize {
    text[2..].find("*/").map_or(text.len(), |end| end + 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left() {
        for (css, want) in [
            ("/* a\n b */\na {\n  color: red; /* why */\n\n  b: c;  \n}\n", "a{color:red;b:c}"),
            ("/*! MIT */\na{}", "/*! MIT */\na{}"),
            ("a::before { content: \"/* \\\"  */\"; }", "a::before{content:\"/* \\\"  */\"}"),
            ("a { b: url('x\\'/*'); }\r\n  c {}", "a{b:url('x\\'/*')}c{}"),
            ("a /* never shut", "a "),
            ("a { b: 'never shut\n  c", "a{b:'never shut\n  c"),
            ("", ""),
            ("a > b:has(> c)  >d{}", "a>b:has(>c)>d{}"),
            ("é /**/ :is(a) b {}", "é  :is(a) b{}"),
            (
                "@media (min-width: 2rem) { a :hover, b, c { --x: ; d: calc(1px + 2px) e, f; } }",
                "@media (min-width:2rem){a :hover,b,c{--x: ;d:calc(1px + 2px) e,f}}",
            ),
        ] {
            assert_eq!(sheet(css), want, "{css}");
            assert_eq!(sheet(&sheet(css)), sheet(css), "{css}");
        }
    }
}
