//! Where double braces stand in text.

use std::ops::Range;

/// How long an expression may be, so that two open braces cost no reading to the end of the page.
const MAX_EXPRESSION: usize = 1000;

/// Where values stand in `text`, braces included.
pub(super) fn places(text: &str) -> Vec<Range<usize>> {
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
            let found: Vec<&str> = places(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, want, "{text}");
        }
        assert!(places(&"{{ ' ".repeat(100_000)).is_empty());
    }
}
