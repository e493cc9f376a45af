//! Redirects, written into settings in YAML: nothing else of them changes.

use std::ops::Range;

use serde_yaml::{Mapping, Value};

use super::document::{Document, Format, Step};

/// What to write where in these settings so that they lead on from these addresses, too. `None`: they are written in a way that
/// cannot be added to with certainty.
pub fn with_redirects(document: &Document, added: &[(&str, &str)]) -> Option<(Range<usize>, String)> {
    if Format::of(&document.file) != Some(Format::Yaml) {
        return None;
    }
    let text = &*document.text;
    let lines = |indent: &str| -> String {
        added.iter().map(|(from, to)| format!("{indent}{}: {}\n", scalar(from), scalar(to))).collect()
    };
    let change = match document.values.get("redirects") {
        None => {
            let gap = if text.is_empty() {
                ""
            } else if text.ends_with('\n') {
                "\n"
            } else {
                "\n\n"
            };
            (text.len()..text.len(), format!("{gap}redirects:\n{}", lines("  ")))
        }
        Some(_) => {
            let key = document.range(&[Step::Key("redirects".to_owned())]);
            let end = key.start + text[key.start..].find('\n').map_or(text.len() - key.start, |at| at + 1);
            let gap = if text[..end].ends_with('\n') { "" } else { "\n" };
            let next = text[end..].lines().find(|line| !line.trim().is_empty() && !line.trim().starts_with('#'));
            let indent = next.map_or("", |line| &line[..line.len() - line.trim_start().len()]);
            let indent = if indent.is_empty() { "  " } else { indent };
            (end..end, format!("{gap}{}", lines(indent)))
        }
    };
    is_right(document, added, &change).then_some(change)
}

/// Whether the settings say the same as before, with these redirects.
fn is_right(document: &Document, added: &[(&str, &str)], (range, mended): &(Range<usize>, String)) -> bool {
    let text = &document.text;
    let after = format!("{}{mended}{}", &text[..range.start], &text[range.end..]);
    let (now, found) = Document::read(&document.file, &after, Format::Yaml);
    let others = |values: &Mapping| {
        let mut values = values.clone();
        values.remove("redirects");
        values
    };
    let rules = |values: &Mapping| values.get("redirects").and_then(Value::as_mapping).cloned().unwrap_or_default();
    let mut want = rules(&document.values);
    for (from, to) in added {
        if want.insert((*from).into(), (*to).into()).is_some() {
            return false;
        }
    }
    // The order of rules does not matter.
    let got = rules(&now.values);
    found.is_empty() && others(&now.values) == others(&document.values) && got == want
}

/// A text as a value or key of YAML.
pub fn scalar(text: &str) -> String {
    let is_plain = |char: char| char.is_alphanumeric() || "/._-~+".contains(char);
    let reads_so = || serde_yaml::from_str::<Value>(text).is_ok_and(|value| value.as_str() == Some(text));
    // A `#` begins a comment only behind a space.
    match !text.is_empty()
        && text.chars().all(|char| is_plain(char) || char == '#')
        && !text.starts_with('#')
        && reads_so()
    {
        true => text.to_owned(),
        false => serde_json::to_string(text).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SourcePath;

    #[test]
    fn redirects_are_added() {
        for (text, want) in [
            ("", Some("redirects:\n  /a.html#x: /b.html#y\n")),
            ("title: T", Some("title: T\n\nredirects:\n  /a.html#x: /b.html#y\n")),
            ("redirects:\ntitle: T\n", Some("redirects:\n  /a.html#x: /b.html#y\ntitle: T\n")),
            (
                "redirects: # why\n    # more\n    /c: /d\ntitle: T\n",
                Some("redirects: # why\n    /a.html#x: /b.html#y\n    # more\n    /c: /d\ntitle: T\n"),
            ),
            ("redirects: {/c: /d}\n", None),
            ("redirects:\n  /a.html#x: /d\n", None),
        ] {
            let file = SourcePath::new("pressoir.yml").expect("a path");
            let (document, _) = Document::read(&file, text, Format::Yaml);
            let got = with_redirects(&document, &[("/a.html#x", "/b.html#y")]);
            let got = got.map(|(range, mended)| format!("{}{mended}{}", &text[..range.start], &text[range.end..]));
            assert_eq!(got.as_deref(), want, "{text}");
        }
    }

    #[test]
    fn texts_are_quoted_where_they_must_be() {
        for (text, want) in [
            ("/a.html#x", "/a.html#x"),
            ("/été/", "/été/"),
            ("/a b", "\"/a b\""),
            ("/a: b", "\"/a: b\""),
            ("true", "\"true\""),
            ("12", "\"12\""),
            ("#x", "\"#x\""),
            ("", "\"\""),
        ] {
            assert_eq!(scalar(text), want);
        }
    }
}
