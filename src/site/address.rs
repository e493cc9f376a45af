//! A reference as authors write it, taken apart.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// What cannot stand in a query or fragment.
const ESCAPED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'`');

/// What Markdown encodes in an address.
const NO_ADDRESS: &AsciiSet = &ESCAPED.add(b'[').add(b']').add(b'^').add(b'{').add(b'|').add(b'}');

/// A reference inside the site: `path?query#fragment`, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Address<'a> {
    /// The path.
    pub path: &'a str,
    /// The query with its `?`, or empty.
    pub query: &'a str,
    /// The fragment with its `#`, or empty.
    pub fragment: &'a str,
}

impl<'a> Address<'a> {
    /// Takes `reference` apart.
    pub fn new(reference: &'a str) -> Address<'a> {
        let (before, fragment) = reference.split_at(reference.find('#').unwrap_or(reference.len()));
        let (path, query) = before.split_at(before.find('?').unwrap_or(before.len()));
        Address { path, query, fragment }
    }

    /// The id that the fragment names, decoded; empty if there is none.
    pub fn id(&self) -> Cow<'a, str> {
        let fragment = self.fragment.strip_prefix('#').unwrap_or("");
        // A text directive is for the browser.
        decoded(fragment.split(":~:").next().unwrap_or(""))
    }
}

/// Whether a reference leads to another site: it has a scheme, or starts with `//`.
pub(super) fn is_external(reference: &str) -> bool {
    let scheme = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte))
    };
    reference.starts_with("//") || reference.split_once(':').is_some_and(|(start, _)| scheme(start))
}

/// The address of another site as Markdown encodes it; the name of its machine stays readable, since it has its own code.
pub(super) fn external(reference: &str) -> String {
    let host = reference.find("//").map_or(0, |slashes| slashes + 2);
    let path = reference[host..].find(['/', '?', '#']).map_or(reference.len(), |end| host + end);
    let start = if host == 0 { 0 } else { path };
    let mut address = reference[..start].to_owned();
    let mut rest = &reference[start..];
    // An escape stays as it is; a percent sign that begins none is escaped itself.
    while let Some(percent) = rest.find('%') {
        let (before, after) = rest.split_at(percent);
        let is_escape = after.len() > 2 && after.as_bytes()[1..3].iter().all(u8::is_ascii_hexdigit);
        address.extend(utf8_percent_encode(before, NO_ADDRESS));
        address.push_str(if is_escape { "%" } else { "%25" });
        rest = &after[1..];
    }
    address.extend(utf8_percent_encode(rest, NO_ADDRESS));
    address
}

/// `text` without its percent escapes; as it is if they give no UTF-8.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    match text.contains('%') {
        true => percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text)),
        false => Cow::Borrowed(text),
    }
}

/// A query and fragment as an attribute holds them: what cannot stand there is percent-encoded, all else is as written.
pub(super) fn suffix(query: &str, fragment: &str) -> Box<str> {
    let encoded = |text| utf8_percent_encode(text, ESCAPED);
    match query.is_empty() && fragment.is_empty() {
        true => Box::default(),
        false if fragment.is_ascii() => format!("{}{}", encoded(query), encoded(fragment)).into(),
        // Letters beyond ASCII may stay: browsers encode them, and people read them.
        false => format!("{}{}", encoded(query), readable(fragment)).into(),
    }
}

fn readable(fragment: &str) -> String {
    let mut text = String::with_capacity(fragment.len());
    for c in fragment.chars() {
        match c.is_ascii() || c.is_control() || c.is_whitespace() {
            true => text.extend(utf8_percent_encode(c.encode_utf8(&mut [0; 4]), ESCAPED)),
            false => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        for (reference, path, query, fragment) in [
            ("./b.md?x=1#h?y", "./b.md", "?x=1", "#h?y"),
            ("#x", "", "", "#x"),
            ("a", "a", "", ""),
            ("?q", "", "?q", ""),
        ] {
            assert_eq!(Address::new(reference), Address { path, query, fragment });
        }
        assert_eq!(Address::new("a#%C3%A9t%C3%A9:~:text=x").id(), "été");
    }

    #[test]
    fn other_sites() {
        for reference in ["https://x.org", "mailto:a@b.c", "//x.org/y", "webcal://x", "DATA:image/png;base64,A"] {
            assert!(is_external(reference), "{reference}");
        }
        for reference in ["a/b:c.md", "./a:b.md", "/x", "été:x", ":x", "", "12:30.md"] {
            assert!(!is_external(reference), "{reference}");
        }
    }

    #[test]
    fn addresses_of_other_sites_are_encoded() {
        for (reference, want) in [
            ("https://été.org/été?a=[b]#%C3%A9", "https://été.org/%C3%A9t%C3%A9?a=%5Bb%5D#%C3%A9"),
            ("https://x.org/a.html][b", "https://x.org/a.html%5D%5Bb"),
            ("https://x.org/100%/50%2/%zz/%2F/a b", "https://x.org/100%25/50%252/%25zz/%2F/a%20b"),
            ("https://x.org/;/?:@&=+$,-_.!~*'()#x", "https://x.org/;/?:@&=+$,-_.!~*'()#x"),
            ("mailto:a@b.c", "mailto:a@b.c"),
            ("//x.org", "//x.org"),
        ] {
            assert_eq!(external(reference), want);
        }
    }

    #[test]
    fn suffixes() {
        for (query, fragment, want) in
            [("", "", ""), ("?a=1&b", "#x y", "?a=1&b#x%20y"), ("", "#été \"", "#été%20%22"), ("", "#%20", "#%20")]
        {
            assert_eq!(&*suffix(query, fragment), want);
        }
    }
}
