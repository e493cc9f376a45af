//! A settings file as data, in whichever format it is written.

use std::ops::Range;

use serde_yaml::{Mapping, Value};

use super::fault::fault;
use super::locate;
use crate::base::{SourcePath, Span};
use crate::diag::Diagnostic;

/// The format of a settings file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// YAML 1.2.
    Yaml,
    /// TOML 1.
    Toml,
    /// JSON.
    Json,
    /// JavaScript or TypeScript, which is run and not read.
    Program,
}

impl Format {
    /// The format that the file's extension tells.
    pub fn of(path: &SourcePath) -> Option<Format> {
        match path.extension() {
            "yml" | "yaml" => Some(Format::Yaml),
            "toml" => Some(Format::Toml),
            "json" => Some(Format::Json),
            _ => None,
        }
    }
}

/// A step from a value to one inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// An element of a list, from 0.
    Index(usize),
}

/// A settings file: its text and what it says.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file.
    pub file: SourcePath,
    /// Its text.
    pub text: String,
    /// What it says; empty if it says nothing, or nothing that can be read.
    pub values: Mapping,
    /// Other files that a program took what it says from, and their texts.
    pub others: Vec<(SourcePath, String)>,
    format: Format,
}

impl Document {
    /// Reads a settings file.
    pub fn read(file: &SourcePath, text: &str, format: Format) -> (Document, Vec<Diagnostic>) {
        // As it is shown: places are counted without the marks of Windows.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
        let mut diagnostics = Vec::new();
        let told = |message: &str, range: Range<usize>, help: &str| {
            Diagnostic::error("settings-syntax", format!("the settings cannot be read: {message}"))
                .at(Span::new(file.clone(), range))
                .help(help)
        };
        let syntax = |message: String, at: usize| told(&message, at..at, "mend this line");
        let parsed: Result<Value, Diagnostic> = match format {
            Format::Yaml => serde_yaml::from_str(&text).and_then(merged).map_err(|error| {
                let fault = fault(&error, &text);
                told(&fault.message, fault.range, fault.help)
            }),
            Format::Toml => toml::from_str::<Value>(&text)
                .map_err(|error| syntax(error.message().to_owned(), error.span().map_or(0, |span| span.start))),
            Format::Json | Format::Program => serde_json::from_str(&text).map_err(|error| {
                let line_start =
                    text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or_default().to_owned();
                syntax(message, line_start + error.column().saturating_sub(1))
            }),
        };
        let values = match parsed {
            Ok(Value::Mapping(values)) => values,
            Ok(Value::Null) => Mapping::new(),
            Ok(_) => {
                diagnostics.push(told(
                    "they have no `key: value`",
                    0..first_line(&text),
                    "write one setting a line: `title: My site`",
                ));
                Mapping::new()
            }
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                Mapping::new()
            }
        };
        (Document { file: file.clone(), text, values, others: Vec::new(), format }, diagnostics)
    }

    /// What a settings file that is a program gave.
    pub fn of_program(file: &SourcePath, text: &str, values: Mapping) -> Document {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
        Document { file: file.clone(), text, values, others: Vec::new(), format: Format::Program }
    }

    /// Whether it is a program.
    pub fn is_program(&self) -> bool {
        self.format == Format::Program
    }

    /// Where the value that `steps` lead to stands, as near as can be told.
    pub fn span(&self, steps: &[Step]) -> Span {
        let in_file = |text| locate::find(text, self.format, steps);
        let own = in_file(&self.text);
        if own.as_ref().is_none_or(|(_, whole)| !whole) {
            // Of what is told in part here, another file may tell all, or at least its last keys.
            for from in 0..steps.len() {
                let last = |text: &String| locate::find(text, self.format, &steps[from..]).filter(|(_, whole)| *whole);
                if let Some((file, (range, _))) = self.others.iter().find_map(|(file, text)| Some((file, last(text)?)))
                {
                    return Span::new(file.clone(), range);
                }
            }
        }
        Span::new(self.file.clone(), own.map_or(0..0, |(range, _)| range))
    }

    /// Where it stands in the file itself.
    pub fn range(&self, steps: &[Step]) -> Range<usize> {
        locate::find(&self.text, self.format, steps).map_or(0..0, |(range, _)| range)
    }
}

/// The value with what `<<` brings in.
fn merged(mut value: Value) -> Result<Value, serde_yaml::Error> {
    value.apply_merge()?;
    Ok(value)
}

/// The length of the first line.
fn first_line(text: &str) -> usize {
    text.lines().next().map_or(0, |line| line.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, format: Format) -> (Document, Vec<Diagnostic>) {
        Document::read(&SourcePath::new("pressoir.yml").expect("a path"), text, format)
    }

    #[test]
    fn keys_keep_their_order() {
        for (text, format) in [
            ("b: 1\na: {z: 1, y: 2}\n", Format::Yaml),
            ("b = 1\n[a]\nz = 1\ny = 2\n", Format::Toml),
            ("{\"b\": 1, \"a\": {\"z\": 1, \"y\": 2}}", Format::Json),
        ] {
            let (document, diagnostics) = read(text, format);
            assert_eq!(diagnostics, []);
            assert_eq!(serde_yaml::to_string(&document.values).ok().as_deref(), Some("b: 1\na:\n  z: 1\n  y: 2\n"));
        }
    }

    #[test]
    fn yaml_is_merged_and_its_errors_have_their_place() {
        let (document, diagnostics) = read("a: &x {k: 1}\nb: {<<: *x, l: 2}\n", Format::Yaml);
        assert_eq!(diagnostics, []);
        assert_eq!(document.values["b"]["k"], Value::from(1));
        for text in ["# été été été\nb: 1\n\n\tc: [x\n", "# a\r\nb: 1\r\n\r\n\tc: [x\r\n"] {
            let (document, diagnostics) = read(text, Format::Yaml);
            let span = diagnostics[0].span.as_ref().expect("it has a place");
            assert_eq!(crate::base::line_column(&document.text, span.start as usize).line, 4, "{diagnostics:?}");
        }
    }
}
