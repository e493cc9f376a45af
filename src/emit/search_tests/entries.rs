//! The text of `search-tests.yml` -> its searches, or what is wrong with each, and where.

use std::ops::Range;

use serde_yaml::{Mapping, Value};

use crate::config::scalars::{Scalar, scalars};
use crate::config::{elements, fault};
use crate::search::tokens;

/// What the file is to be.
pub(super) const LIST: &str = "write a list, each entry with `query` and `expect: guide/start.md#section`";
/// The keys of an entry.
const KEYS: [&str; 4] = ["query", "expect", "within", "lang"];

/// What one search has to find.
pub(super) struct Case {
    pub query: String,
    /// A page, and the id of a section behind `#`.
    pub expect: String,
    pub within: usize,
    /// The language to search in, if it is not that of the page.
    pub lang: Option<String>,
}

/// What is wrong with a file, or with an entry of it.
pub(super) struct Wrong {
    pub message: String,
    pub help: String,
    pub place: Range<usize>,
}

/// An entry of the file.
pub(super) struct Entry<'t> {
    pub place: Place<'t>,
    pub case: Result<Case, Wrong>,
}

/// Where an entry stands, and what is in it.
pub(super) struct Place<'t> {
    text: &'t str,
    line: Range<usize>,
    scalars: Vec<Scalar>,
}

impl Place<'_> {
    /// Where a key stands, else the entry.
    fn key(&self, key: &str) -> Range<usize> {
        let is_it = |scalar: &&Scalar| scalar.is_key && &self.text[scalar.range.clone()] == key;
        self.scalars.iter().find(is_it).map_or_else(|| self.line.clone(), |scalar| scalar.range.clone())
    }

    /// Where the value of a key stands, else the key.
    pub fn value(&self, key: &str) -> Range<usize> {
        let is_it = |scalar: &&Scalar| !scalar.is_key && scalar.keys.last().is_some_and(|last| last == key);
        self.scalars.iter().find(is_it).map_or_else(|| self.key(key), |scalar| scalar.range.clone())
    }
}

/// The entries of the file.
pub(super) fn entries(text: &str) -> Result<Vec<Entry<'_>>, Wrong> {
    let values = match serde_yaml::from_str(text) {
        Ok(Value::Sequence(values)) => values,
        Ok(Value::Null) => Vec::new(),
        Ok(_) => {
            let first = text.lines().next().map_or(0, |line| line.trim_end().len());
            return Err(wrong("the file should be a list of searches", LIST, 0..first));
        }
        Err(error) => {
            let fault = fault(&error, text);
            return Err(wrong(format!("the searches cannot be read: {}", fault.message), fault.help, fault.range));
        }
    };
    let (lines, all) = (elements(text), scalars(text));
    let read = values.iter().enumerate().map(|(index, value)| {
        // What is written on one line between brackets has its place at the beginning.
        let line = lines.get(index).cloned().unwrap_or(0..0);
        let end = lines.get(index + 1).map_or(text.len(), |next| next.start);
        let from = all.partition_point(|scalar| scalar.range.start < line.start);
        let own = all[from..].iter().take_while(|scalar| line.end > 0 && scalar.range.start < end);
        let scalars = own.cloned().collect();
        let place = Place { text, line, scalars };
        let case = case(value, &place);
        Entry { place, case }
    });
    Ok(read.collect())
}

fn wrong(message: impl Into<String>, help: impl Into<String>, place: Range<usize>) -> Wrong {
    Wrong { message: message.into(), help: help.into(), place }
}

/// Reads an entry.
fn case(value: &Value, place: &Place<'_>) -> Result<Case, Wrong> {
    let Value::Mapping(keys) = value else {
        return Err(wrong("an entry should be keys and values", LIST, place.line.clone()));
    };
    if let Some(unknown) = keys.keys().find(|key| !key.as_str().is_some_and(|key| KEYS.contains(&key))) {
        let key = written(unknown);
        let near = KEYS.into_iter().min_by_key(|known| strsim::osa_distance(known, &key));
        let near = near.filter(|near| {
            near.eq_ignore_ascii_case(&key) || strsim::osa_distance(near, &key) <= key.chars().count() / 4 + 1
        });
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "it has `query`, `expect`, `within` and `lang`".to_owned(),
        };
        return Err(wrong(format!("an entry has no key `{key}`"), help, place.key(&key)));
    }
    let lang = text(keys, "lang", place)?;
    let within = match keys.get("within") {
        None => 3,
        Some(number) => number.as_u64().and_then(|number| usize::try_from(number).ok()).ok_or_else(|| {
            let message = format!("`within` should be a whole number, not `{}`", written(number));
            wrong(message, "write among how many results it is to be: `within: 3`", place.value("within"))
        })?,
    };
    let [query, expect] = ["query", "expect"].map(|key| match text(keys, key, place)? {
        None => Err(wrong(format!("the entry has no `{key}`"), example(key), place.line.clone())),
        Some(text) if text.trim().is_empty() => Err(empty(key, place)),
        Some(text) => Ok(text),
    });
    let (query, expect) = (query?, expect?);
    if tokens(&query).is_empty() {
        return Err(wrong("`query` has no word to look for", example("query"), place.value("query")));
    }
    Ok(Case { query, expect, within, lang })
}

/// The text of a key, as it was typed, which a number or a date would not be.
fn text(keys: &Mapping, key: &str, place: &Place<'_>) -> Result<Option<String>, Wrong> {
    match keys.get(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(Value::Null) => Err(empty(key, place)),
        Some(Value::Number(_) | Value::Bool(_)) => {
            Err(wrong(format!("`{key}` should be a text"), "write it between quotes", place.value(key)))
        }
        Some(_) => Err(wrong(format!("`{key}` should be one text"), example(key), place.value(key))),
    }
}

fn empty(key: &str, place: &Place<'_>) -> Wrong {
    wrong(format!("`{key}` is empty"), example(key), place.value(key))
}

/// How a key is used.
fn example(key: &str) -> &'static str {
    match key {
        "query" => "write what a reader types: `query: quiet room`",
        "expect" => "write which page is to be found, and the section: `expect: guide/start.md#section`",
        _ => "write a language of the site, or leave the key out",
    }
}

/// A value as YAML has it.
fn written(value: &Value) -> String {
    serde_yaml::to_string(value).unwrap_or_default().trim().to_owned()
}
