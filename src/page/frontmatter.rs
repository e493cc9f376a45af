//! Cuts the front matter off a page and reads it: where it starts and ends here, what it says in `frontmatter/read.rs`.

mod read;
mod write;

use std::ops::Range;

use serde_yaml::{Mapping, Value};

use crate::base::{SourcePath, Span};
use crate::diag::{Diagnostic, Severity};

use super::FrontMatter;

pub use write::{with_aliases, with_other_aliases};

/// How front matter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `---` or `---yaml`.
    Yaml,
    /// `---json`.
    Json,
    /// `---toml`.
    Toml,
}

/// A page cut in two.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// What the front matter says; nothing if there is none or it cannot be read.
    pub values: Mapping,
    /// How it is written; `None` if the page has none.
    pub format: Option<Format>,
    /// The bytes between its two lines of dashes.
    pub data: Range<usize>,
    /// Where the text begins.
    pub body_start: usize,
    /// What is wrong with it.
    pub problem: Option<Problem>,
}

/// What is wrong with a front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its code.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Where, in bytes of the file's text.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Problem {
    fn new(code: &'static str, range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Problem {
        Problem { code, severity: Severity::Error, range, message: message.into(), help: help.into() }
    }

    fn warning(self) -> Problem {
        Problem { severity: Severity::Warning, ..self }
    }

    /// The problem as a finding in `file`.
    pub fn diagnostic(self, file: &SourcePath) -> Diagnostic {
        let span = Span::new(file.clone(), self.range);
        Diagnostic::new(self.severity, self.code, self.message).at(span).help(self.help)
    }
}

/// Cuts `text` in two. Front matter that never ends is none: a page must not vanish because a line is missing.
pub fn split(text: &str) -> Split {
    let none = |problem| Split { values: Mapping::new(), format: None, data: 0..0, body_start: 0, problem };
    let Some(opening) = opening(text) else { return none(None) };
    let Some(closing) = closing(text, opening.len) else {
        if let Some(values) = whole(text, &opening) {
            let message =
                "this front matter never ends: all of the page is read as front matter, as VuePress and VitePress do";
            let help = "end it with a line of its own that says `---`";
            let problem = Problem::new("unclosed-front-matter", 0..opening.dashes, message, help).warning();
            let data = opening.len..text.len();
            return Split { values, format: opening.format, data, body_start: text.len(), problem: Some(problem) };
        }
        let message = "this front matter never ends: the page is read as if it had none";
        let help = "end it with a line of its own that says `---`; for a line across the page write `***`";
        return none(Some(Problem::new("unclosed-front-matter", 0..opening.dashes, message, help).warning()));
    };
    let data = opening.len..closing.start;
    let found = match opening.format {
        Some(format) => read::read(format, &text[data.clone()], data.start),
        None => read::Found::nothing(Some(Problem::new(
            "invalid-front-matter",
            0..opening.dashes,
            format!("front matter cannot be written in `{}`", text[3..opening.dashes].trim()),
            "write it in YAML, between two lines that say `---`",
        ))),
    };
    if !found.is_front_matter {
        return none(found.problem);
    }
    Split {
        values: found.values,
        format: opening.format,
        data,
        body_start: closing.end,
        problem: found.problem.or(closing.problem),
    }
}

/// What a page says that has nothing but front matter, which never ends. A text that begins with a line across the page and can be
/// read as keys and values is none: it has one that only front matter has.
fn whole(text: &str, opening: &Opening) -> Option<Mapping> {
    const KEYS: [&str; 7] = ["title", "layout", "home", "hero", "heroText", "description", "permalink"];
    // What is a comment there is a heading here, and read by somebody.
    if text.lines().any(|line| line.starts_with('#')) {
        return None;
    }
    let found = read::read(opening.format.filter(|format| *format == Format::Yaml)?, &text[opening.len..], opening.len);
    let is_sound = found.is_front_matter && found.problem.is_none();
    (is_sound && KEYS.iter().any(|key| found.values.contains_key(*key))).then_some(found.values)
}

/// Where the text of a page begins: behind its front matter, which is not read for it.
pub fn end(text: &str) -> usize {
    let Some(opening) = opening(text) else { return 0 };
    match closing(text, opening.len) {
        Some(closing) => closing.end,
        None => whole(text, &opening).map_or(0, |_| text.len()),
    }
}

/// Where each of these values stands in the part `data` of `text`, in the order in which they are written as far as that can
/// be told.
pub(crate) fn places<'v>(written: impl Iterator<Item = &'v str>, text: &str, data: &Range<usize>) -> Vec<Range<u32>> {
    let mut from = data.start;
    let place = |value: &str| {
        let at = |from: usize| text[from..data.end].find(value).map(|at| from + at);
        let start = at(from).or_else(|| at(data.start)).unwrap_or(data.start);
        let end = (start + value.len()).min(data.end.max(start));
        from = end;
        start as u32..end as u32
    };
    written.map(place).collect()
}

/// Keys of front matter that the site may tell something about.
const TOLD: [&str; 8] = ["cover", "date", "image", "next", "ogImage", "permalink", "prev", "sidebar"];

/// Where the lines stand that begin with one of [`TOLD`]; `data` is where the front matter is.
pub(crate) fn key_places(text: &str, data: &Range<usize>) -> Vec<(&'static str, Range<u32>)> {
    let mut places: Vec<(&'static str, Range<u32>)> = Vec::new();
    let mut start = data.start;
    for line in text[data.clone()].split_inclusive('\n') {
        let key = TOLD.into_iter().find(|key| {
            let rest = line.strip_prefix(*key);
            rest.is_some_and(|rest| rest.trim_start().starts_with([':', '=']))
        });
        if let Some(key) = key.filter(|key| places.iter().all(|(known, _)| known != key)) {
            places.push((key, start as u32..(start + line.trim_end().len()) as u32));
        }
        start += line.len();
    }
    places
}

struct Opening {
    format: Option<Format>,
    /// The end of the line's text.
    dashes: usize,
    /// The end of the line.
    len: usize,
}

/// The line `---`, perhaps with the name of a format, at the very start of the page.
fn opening(text: &str) -> Option<Opening> {
    let line = text.split('\n').next()?;
    let name = line.strip_prefix("---").filter(|rest| !rest.starts_with('-'))?.trim();
    let format = match name {
        "" | "yaml" | "yml" => Some(Format::Yaml),
        "json" => Some(Format::Json),
        "toml" => Some(Format::Toml),
        name if name.chars().all(char::is_alphanumeric) => None,
        // `--- like this` is text.
        _ => return None,
    };
    Some(Opening { format, dashes: line.trim_end().len(), len: (line.len() + 1).min(text.len()) })
}

struct Closing {
    start: usize,
    end: usize,
    problem: Option<Problem>,
}

/// The line that ends front matter which starts at `from`: the first that starts with `---`; failing that, the first that
/// says `...`, or `---` after spaces.
fn closing(text: &str, from: usize) -> Option<Closing> {
    let mut other = None;
    let mut start = from;
    for line in text[from..].split_inclusive('\n') {
        let end = start + line.len();
        if let Some(rest) = line.strip_prefix("---") {
            // Text after the dashes belongs to the page.
            let text_follows = !rest.trim_matches(|char: char| char == '-' || char.is_whitespace()).is_empty();
            return Some(Closing { start, end: if text_follows { start + 3 } else { end }, problem: None });
        }
        if other.is_none() && matches!(line.trim(), "---" | "...") {
            other = Some(start..end);
        }
        start = end;
    }
    let Range { start, end } = other?;
    let message = "front matter must end with a line that starts with `---`";
    let help = "write `---` here, at the start of the line";
    let problem = Problem::new("unclosed-front-matter", start..end, message, help).warning();
    Some(Closing { start, end, problem: Some(problem) })
}

impl FrontMatter {
    /// Where `key` stands in the page's file; its beginning if that is not known.
    pub fn place(&self, key: &str) -> Range<usize> {
        let place = self.places.iter().find(|(known, _)| *known == key);
        place.map_or(0..0, |(_, place)| place.start as usize..place.end as usize)
    }

    /// The value of `key`, if it is there and not null.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(key).filter(|value| !value.is_null())
    }

    /// The text of `key`, if its value is a text.
    pub fn str(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// The value of `key`, if it is `true` or `false`. `yes`, `no`, `on` and `off` are texts.
    pub fn bool(&self, key: &str) -> Option<bool> {
        self.get(key)?.as_bool()
    }

    /// The value of `key` as text, if it is a text, a number, `true` or `false`.
    pub fn text(&self, key: &str) -> Option<String> {
        match self.get(key)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(match number.as_f64() {
                // `1.0` is the number 1.
                Some(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
                _ => number.to_string(),
            }),
            Value::Bool(value) => Some(value.to_string()),
            _ => None,
        }
    }

    /// Whether the value of `key` counts as true where it is only asked whether it is set, as `home: yes` does.
    pub fn is_truthy(&self, key: &str) -> bool {
        match self.get(key) {
            None => false,
            Some(Value::Bool(value)) => *value,
            Some(Value::String(text)) => !text.is_empty(),
            Some(Value::Number(number)) => number.as_f64().is_some_and(|number| number != 0.0),
            Some(_) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, values: &str, body: &str, problem: Option<(&str, &str)>) {
        let split = split(text);
        let json = serde_json::to_string(&split.values).expect("plain values");
        assert_eq!(json, values, "{text}");
        assert_eq!(&text[split.body_start..], body, "{text}");
        let found = split.problem.as_ref().map(|problem| (problem.code, &text[problem.range.clone()]));
        assert_eq!(found, problem, "{text}: {:?}", split.problem);
    }

    #[test]
    fn where_it_starts_and_ends() {
        check("---\na: 1\n---\n\n# T\n", r#"{"a":1}"#, "\n# T\n", None);
        check("---  \na: 1\n---", r#"{"a":1}"#, "", None);
        check("---\n---\ntext", "{}", "text", None);
        check("---\n# only a comment\n\n---\nx", "{}", "x", None);
        check("---\na: 1\n-----\nx", r#"{"a":1}"#, "x", None);
        check("---\na: 1\n---x", r#"{"a":1}"#, "x", None);
        for text in ["", "# T", "\n---\na: 1\n---\n", "----\na: 1\n---\n", "+++\na = 1\n+++\n", "--- a b\n---\n"] {
            check(text, "{}", text, None);
        }
    }

    #[test]
    fn nothing_vanishes_when_the_end_is_missing() {
        let text = "---\na: 1\n# T\ntext\n";
        check(text, "{}", text, Some(("unclosed-front-matter", "---")));
        check("---", "{}", "---", Some(("unclosed-front-matter", "---")));
        check("---\na: 1\n...\n\n# T\n", r#"{"a":1}"#, "\n# T\n", Some(("unclosed-front-matter", "...\n")));
        check("---\na: 1\n ---\n# T\n", r#"{"a":1}"#, "# T\n", Some(("unclosed-front-matter", " ---\n")));
    }

    #[test]
    fn formats() {
        check("---yaml\na: [b]\n---\n", r#"{"a":["b"]}"#, "", None);
        check("---json\n{ \"a\": {\"b\": null} }\n---\nx", r#"{"a":{"b":null}}"#, "x", None);
        check("---\n{\"a\": true}\n---\n", r#"{"a":true}"#, "", None);
        check("---toml\na = 2020-01-02\n[b]\nc = 1.5\n---\n", r#"{"a":"2020-01-02","b":{"c":1.5}}"#, "", None);
        check("---coffee\na = 1\n---\nx", "{}", "x", Some(("invalid-front-matter", "---coffee")));
    }

    #[test]
    fn values() {
        check(
            "---\na: yes\nb: off\nc: True\nd: 2020-01-02\ne:\n---\n",
            r#"{"a":"yes","b":"off","c":true,"d":"2020-01-02","e":null}"#,
            "",
            None,
        );
        check("---\nx: &x {a: 1}\ny:\n  <<: *x\n  b: 2\n---\n", r#"{"x":{"a":1},"y":{"b":2,"a":1}}"#, "", None);
    }

    #[test]
    fn what_cannot_be_read_is_told_where_it_stands() {
        let invalid = |at| Some(("invalid-front-matter", at));
        check("---\nété: é: b\n---\nx", "{}", "x", invalid(": b"));
        check("---\na: 1\nb: 2\na: 3\n---\nx", r#"{"a":1,"b":2}"#, "x", invalid("a: 3"));
        check("---\na: [1\n---\nx", "{}", "x", invalid("[1"));
        check("---\na:\n\tb: 1\n---\nx", r#"{"a":null,"b":1}"#, "x", Some(("tab-in-front-matter", "\t")));
        check("---\n- a\n- b\n---\nx", "{}", "x", invalid("- a"));
        check("---\ntitle:A\n---\nx", "{}", "x", invalid("title:A"));
        check("---json\n{ \"é\": x }\n---\nx", "{}", "x", invalid("x }"));
        check("---toml\na = \n---\nx", "{}", "x", invalid("a ="));
        check("---\na: @b\n---\nx", "{}", "x", invalid("@b"));
    }

    #[test]
    fn text_between_two_lines_is_text() {
        let text = "---\nSome words.\n---\nMore.\n";
        check(text, "{}", text, Some(("unclosed-front-matter", "---")));
    }

    #[test]
    fn typed_values() {
        let text = "---\ntitle: 1.0\nn: 1.10\nhome: no\nsidebar: false\nempty: ''\nnothing:\n---\n";
        let front_matter = FrontMatter { values: split(text).values, ..FrontMatter::default() };
        assert_eq!(front_matter.text("title").as_deref(), Some("1"));
        assert_eq!(front_matter.text("n").as_deref(), Some("1.1"));
        assert_eq!(front_matter.str("title"), None);
        assert_eq!(front_matter.str("home"), Some("no"));
        assert_eq!((front_matter.bool("home"), front_matter.bool("sidebar")), (None, Some(false)));
        assert!(front_matter.is_truthy("home") && !front_matter.is_truthy("sidebar"));
        assert!(!front_matter.is_truthy("empty") && !front_matter.is_truthy("absent"));
        assert_eq!(front_matter.get("nothing"), None);
    }
}
