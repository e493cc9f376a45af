//! Text as HTML.

/// Appends `text` to `html`, escaped for the text of an element or the value of a quoted attribute.
pub fn escape(text: &str, html: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['<', '>', '&', '"', '\r']) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            // A browser would read it as a line end.
            b'\r' => "&#13;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
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
    }
}
