//! Text as HTML.

/// Appends `text` to `html`, escaped for the text of an element or the value of a quoted attribute.
pub fn escape(text: &str, html: &mut String) {
    let mut rest = text;
    let is_special = |c: char| matches!(c, '<' | '>' | '&' | '"' | '\r') || is_forbidden(c);
    while let Some(at) = rest.find(is_special) {
        html.push_str(&rest[..at]);
        let special = rest[at..].chars().next().unwrap_or_default();
        html.push_str(match special {
            '<' => "&lt;",
            '>' => "&gt;",
            '&' => "&amp;",
            '"' => "&quot;",
            // A browser would read it as a line end.
            '\r' => "&#13;",
            _ => "",
        });
        rest = &rest[at + special.len_utf8()..];
    }
    html.push_str(rest);
}

/// Whether HTML has no place for the character: control characters, which nobody sees. (The parser of Markdown has replaced NUL.)
fn is_forbidden(c: char) -> bool {
    matches!(c, '\u{1}'..='\u{8}' | '\u{b}' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}')
}

/// What [`escape`] makes of `text`.
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape(text, &mut html);
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_an_attribute() {
        assert_eq!(escaped("a < \"b\" & 'é' >\r"), "a &lt; &quot;b&quot; &amp; 'é' &gt;&#13;");
        assert_eq!(escaped("a\u{7}\u{fffe}b\t\u{1}c\u{7f}"), "ab\tc");
    }
}
