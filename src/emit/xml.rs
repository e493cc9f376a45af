//! Text in XML.

/// Text as that of an element or an attribute of XML, without the characters that it cannot have.
pub(super) fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\'' => xml.push_str("&apos;"),
            '\t' | '\n' | '\r' => xml.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            char => xml.push(char),
        }
    }
    xml
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_xml_cannot_have_is_left_out() {
        assert_eq!(super::escaped("a\n<b> & \"c\"\u{8}'"), "a &lt;b&gt; &amp; &quot;c&quot;&apos;");
    }
}
