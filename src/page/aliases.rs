//! Former addresses of a page, as its front matter lists them: `aliases`, or `redirectFrom` as VuePress's plugin calls them.

use std::ops::Range;

use serde_yaml::{Mapping, Value};

use super::frontmatter;

/// The keys that list them. Each is known by its name here, in VuePress, and in Jekyll.
pub(crate) const KEYS: [&str; 3] = ["aliases", "redirectFrom", "redirect_from"];

/// The former addresses, as written, and where each stands in `text`; `data` is where the front matter is.
pub(crate) fn find(values: &Mapping, text: &str, data: &Range<usize>) -> Vec<(Box<str>, Range<u32>)> {
    let mut found = Vec::new();
    for key in KEYS {
        let written: Vec<&str> = match values.get(key) {
            Some(Value::String(one)) => vec![one],
            Some(Value::Sequence(list)) => list.iter().filter_map(Value::as_str).collect(),
            _ => continue,
        };
        let start = text[data.clone()].find(key).map_or(data.start, |at| data.start + at);
        let places = frontmatter::places(written.iter().copied(), text, &(start..data.end));
        found.extend(written.into_iter().map(Into::into).zip(places));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_read_where_it_stands() {
        for (text, want) in [
            ("title: /old.html\naliases: /old.html\n", &[("/old.html", 26)][..]),
            ("redirectFrom:\n- /a/\n- b.html\n", &[("/a/", 16), ("b.html", 22)]),
            ("redirect_from: [/x, /y]\naliases: /z\n", &[("/z", 33), ("/x", 16), ("/y", 20)]),
            ("aliases: {a: b}\nredirectFrom: 5\n", &[]),
        ] {
            let values: Mapping = serde_yaml::from_str(text).expect("it is YAML");
            let found = find(&values, text, &(0..text.len()));
            let shown: Vec<(&str, u32)> = found.iter().map(|(alias, place)| (&**alias, place.start)).collect();
            assert_eq!(shown, want, "{text}");
        }
    }
}
