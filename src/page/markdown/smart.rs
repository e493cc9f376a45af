//! Smart punctuation: the quotes of the page's language, and the signs that VuePress's and VitePress's typographer knows.

use std::borrow::Cow;

/// A quote of print, as the page's language has it. `typed` is what stands in the source: one that was typed as it is stays.
pub(super) fn quote<'t>(text: &'t str, typed: &str, language: &str) -> &'t str {
    if !matches!(typed, "\"" | "'") {
        return text;
    }
    let primary = language.split('-').next().unwrap_or("");
    match (primary, text) {
        ("fr", "“") => "«\u{a0}",
        ("fr", "”") => "\u{a0}»",
        ("es" | "it" | "pt" | "ru" | "uk", "“") => "«",
        ("es" | "it" | "pt" | "ru" | "uk", "”") => "»",
        ("de" | "cs" | "sk", "“") => "„",
        ("de" | "cs" | "sk", "”") => "“",
        ("de" | "cs" | "sk", "‘") => "‚",
        ("pl", "“") => "„",
        _ => text,
    }
}

/// Whether this is what print has another sign for.
pub(super) fn is_typewritten(source: &str) -> bool {
    matches!(source, "\"" | "'" | "--" | "---" | "...")
}

/// `(c)`, `(r)`, `(tm)` and `+-` as the signs that they stand for.
pub(super) fn signs(text: &str) -> Cow<'_, str> {
    if !text.contains(['(', '+']) {
        return Cow::Borrowed(text);
    }
    let mut set = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['(', '+']) {
        set.push_str(&rest[..at]);
        rest = &rest[at..];
        let sign = [("(c)", '©'), ("(r)", '®'), ("(tm)", '™'), ("+-", '±')]
            .into_iter()
            .find(|(typed, _)| rest.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed)));
        let length = match sign {
            Some((typed, sign)) => {
                set.push(sign);
                typed.len()
            }
            None => {
                set.push_str(&rest[..1]);
                1
            }
        };
        rest = &rest[length..];
    }
    set.push_str(rest);
    Cow::Owned(set)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_those_of_the_language() {
        for (text, typed, language, want) in [
            ("“", "\"", "fr-FR", "«\u{a0}"),
            ("”", "\"", "fr", "\u{a0}»"),
            ("’", "'", "fr", "’"),
            ("“", "“", "fr", "“"),
            ("“", "\"", "de", "„"),
            ("”", "\"", "de-AT", "“"),
            ("“", "\"", "en", "“"),
            ("a", "a", "fr", "a"),
        ] {
            assert_eq!(quote(text, typed, language), want, "{text} {language}");
        }
    }

    #[test]
    fn signs_of_the_typographer() {
        for (text, want) in
            [("(c) (C) (r) (TM) +-5 (x) a+b", "© © ® ™ ±5 (x) a+b"), ("été (é", "été (é"), ("(", "("), ("", "")]
        {
            assert_eq!(signs(text), want);
        }
    }
}
