//! `search:` in the front matter of a page: whether it is found, how much it counts, and words that it is found by besides.

use std::ops::Range;

use serde_yaml::{Mapping, Value};

use super::types::Source;
use crate::base::Span;
use crate::diag::Diagnostic;

/// What it may hold.
const KEYS: [&str; 2] = ["boost", "words"];

/// What is wrong with it in front matter that lies at `data` of the source.
pub(crate) fn of_front_matter(values: &Mapping, source: &Source, data: &Range<usize>) -> Vec<Diagnostic> {
    let place = |key: &str| {
        let text = &source.text[data.clone()];
        let block = text.find("search").unwrap_or(0);
        let at = text[block..].find(key).map_or(data.start + block, |at| data.start + block + at);
        Span::new(source.path.clone(), at..at + key.len())
    };
    let wrong = |key: &str, should: &str, help: &str| {
        let message = format!("`{key}` should be {should}");
        Diagnostic::warning("setting-type", message).at(place(key.rsplit('.').next().unwrap_or(key))).help(help)
    };
    let entries = match values.get("search") {
        None | Some(Value::Null | Value::Bool(_)) => return Vec::new(),
        Some(Value::Mapping(entries)) => entries,
        Some(_) => {
            let help = "write `search: false` for a page that is not to be found, or `search:` with `boost` and `words` below it";
            return vec![wrong("search", "`true`, `false`, or keys and values", help)];
        }
    };
    let finding = |(key, value): (&Value, &Value)| match key.as_str().unwrap_or_default() {
        "boost" => match value.as_f64() {
            Some(boost) if (0.01..=10.0).contains(&boost) => None,
            _ => Some(wrong("search.boost", "a number from 0.01 to 10", "`2` makes the page count twice as much")),
        },
        "words" => {
            let is_word = |value: &Value| value.is_string() || value.is_number();
            let is_right = value.as_sequence().is_some_and(|words| words.iter().all(is_word)) || is_word(value);
            (!is_right).then(|| wrong("search.words", "a list of words", "write `words: [one, two]`"))
        }
        key => {
            let near = KEYS.iter().find(|known| strsim::osa_distance(known, key) <= 2);
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "there are `boost` and `words`".to_owned(),
            };
            let finding = Diagnostic::warning("unknown-setting", format!("`search` has no key `{key}`"));
            Some(finding.at(place(key)).help(help))
        }
    };
    entries.iter().filter_map(finding).collect()
}
