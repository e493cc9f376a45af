//! The text of a front matter -> its values, or what is wrong with it.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_yaml::{Mapping, Value};

use super::{Format, Problem};
use crate::config::fault;

/// What was read.
pub(super) struct Found {
    pub(super) values: Mapping,
    /// `false` if it is plain text between two lines of dashes.
    pub(super) is_front_matter: bool,
    pub(super) problem: Option<Problem>,
}

impl Found {
    /// Front matter that says nothing.
    pub(super) fn nothing(problem: Option<Problem>) -> Found {
        Found { values: Mapping::new(), is_front_matter: true, problem }
    }
}

/// Reads `text`, which stands at byte `offset` of its file.
pub(super) fn read(format: Format, text: &str, offset: usize) -> Found {
    match format {
        Format::Yaml => yaml(text, offset),
        Format::Json => json(text, offset),
        Format::Toml => toml(text, offset),
    }
}

fn invalid(range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Found {
    Found::nothing(Some(Problem::new("invalid-front-matter", range, message, help)))
}

fn yaml(text: &str, offset: usize) -> Found {
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Found::nothing(None);
    }
    let error = match serde_yaml::from_str::<Document>(text) {
        Ok(document) => return of_document(document, text, offset),
        Err(error) => error,
    };
    // The parser of VuePress and VitePress takes a tab at the start of a line for nothing at all.
    let tab = text.find("\n\t").map(|newline| newline + 1).or(text.starts_with('\t').then_some(0));
    if let Some(tab) = tab {
        let untabbed: Vec<&str> = text.split('\n').map(|line| line.trim_start_matches('\t')).collect();
        if let Ok(Document::Entries(entries)) = serde_yaml::from_str(&untabbed.join("\n")) {
            let message = "a tab at the start of a line of front matter counts for nothing";
            let help = "write spaces: two for each step to the right";
            let range = offset + tab..offset + tab + 1;
            let problem = Problem::new("tab-in-front-matter", range, message, help).warning();
            return Found { problem: Some(problem), ..of_entries(entries, text, offset) };
        }
    }
    of_yaml_error(&error, text, offset)
}

fn of_document(document: Document, text: &str, offset: usize) -> Found {
    let first = text.len() - text.trim_start().len();
    let line = text[first..].lines().next().unwrap_or_default().trim_end();
    let range = offset + first..offset + first + line.len();
    match document {
        Document::Entries(entries) => of_entries(entries, text, offset),
        Document::Nothing => Found::nothing(None),
        Document::List => {
            let message = "front matter is a list of `key: value`, not of values alone";
            invalid(range, message, "write a key before each value: `tags: [a, b]`")
        }
        Document::Text if is_key_without_space(line) => {
            let message = format!("a space is missing after the colon of `{line}`");
            invalid(range, message, format!("write `{}`", line.replacen(':', ": ", 1)))
        }
        Document::Text => {
            let message =
                "this looks like the start of front matter, but text follows: the page is read as if it had none";
            let help = "for a line across the page write `***`; front matter is a list of `key: value`";
            let problem = Problem::new("unclosed-front-matter", 0..3, message, help).warning();
            Found { values: Mapping::new(), is_front_matter: false, problem: Some(problem) }
        }
    }
}

fn is_key_without_space(line: &str) -> bool {
    let key = line.split_once(':').map_or("", |(key, _)| key);
    !key.is_empty() && key.chars().all(|char| char.is_alphanumeric() || char == '_' || char == '-')
}

fn of_entries(entries: Vec<(Value, Value)>, text: &str, offset: usize) -> Found {
    let mut values = Mapping::new();
    let mut twice = None;
    for (key, value) in entries {
        match values.contains_key(&key) {
            true => twice = twice.or(Some(key)),
            false => {
                values.insert(key, value);
            }
        }
    }
    let mut values = Value::Mapping(values);
    // A merge key that does not name a mapping stays a key as any other.
    let _ = values.apply_merge();
    let values = match values {
        Value::Mapping(values) => values,
        _ => Mapping::new(),
    };
    let problem = twice.map(|key| {
        let key = key.as_str().map_or_else(|| format!("{key:?}"), str::to_owned);
        let range = second_line_of(&key, text)
            .map_or(offset..offset + text.len(), |line| offset + line.start..offset + line.end);
        let message = format!("`{key}` is given twice");
        Problem::new("invalid-front-matter", range, message, "the first is used: delete one of them")
    });
    Found { values, is_front_matter: true, problem }
}

/// The second line of `text` that starts with `key:`.
fn second_line_of(key: &str, text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let range = start..start + line.trim_end().len();
        start += line.len();
        (range, line)
    });
    let given = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':'));
    lines.filter(|(_, line)| given(line)).nth(1).map(|(range, _)| range)
}

fn of_yaml_error(error: &serde_yaml::Error, text: &str, offset: usize) -> Found {
    let fault = fault(error, text);
    let message = format!("this front matter cannot be read: {}", fault.message);
    invalid(offset + fault.range.start..offset + fault.range.end, message, fault.help)
}

fn json(text: &str, offset: usize) -> Found {
    let help = "write it as in `{ \"title\": \"A title\" }`, or in YAML between two lines that say `---`";
    match serde_json::from_str::<Mapping>(text) {
        Ok(values) => Found { values, is_front_matter: true, problem: None },
        Err(error) => {
            let start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
            let mut at = (start + error.column().saturating_sub(1)).min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            let line = text[at..].lines().next().unwrap_or_default().trim_end();
            let told = error.to_string();
            let told = told.split(" at line ").next().unwrap_or_default();
            let message = format!("this front matter is no valid JSON: {told}");
            invalid(offset + at..offset + at + line.len(), message, help)
        }
    }
}

fn toml(text: &str, offset: usize) -> Found {
    match text.parse::<toml::Table>() {
        Ok(table) => Found { values: of_table(table), is_front_matter: true, problem: None },
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start).min(text.len());
            let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
            let line = text[start..].lines().next().unwrap_or_default().trim_end();
            let message = format!("this front matter is no valid TOML: {}", error.message());
            invalid(offset + start..offset + start + line.len(), message, "write it as in `title = \"A title\"`")
        }
    }
}

fn of_table(table: toml::Table) -> Mapping {
    table.into_iter().map(|(key, value)| (Value::String(key), of_toml(value))).collect()
}

fn of_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::Number(number.into()),
        toml::Value::Float(number) => Value::Number(number.into()),
        toml::Value::Boolean(value) => Value::Bool(value),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(values) => Value::Sequence(values.into_iter().map(of_toml).collect()),
        toml::Value::Table(table) => Value::Mapping(of_table(table)),
    }
}

/// A YAML document. A key may be there twice, which [`Mapping`] refuses without telling where.
enum Document {
    Entries(Vec<(Value, Value)>),
    List,
    Text,
    Nothing,
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Document, D::Error> {
        deserializer.deserialize_any(DocumentVisitor)
    }
}

struct DocumentVisitor;

impl<'de> Visitor<'de> for DocumentVisitor {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of `key: value`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Document::Entries(entries))
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Document, A::Error> {
        while seq.next_element::<serde::de::IgnoredAny>()?.is_some() {}
        Ok(Document::List)
    }

    fn visit_str<E>(self, _: &str) -> Result<Document, E> {
        Ok(Document::Text)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Document, E> {
        Ok(Document::Text)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Document, E> {
        Ok(Document::Text)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Document, E> {
        Ok(Document::Text)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Document, E> {
        Ok(Document::Text)
    }

    fn visit_unit<E>(self) -> Result<Document, E> {
        Ok(Document::Nothing)
    }
}
