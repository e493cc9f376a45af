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
    format: Format,
}

impl Document {
    /// Reads a settings file.
    pub fn read(file: &SourcePath, text: &str, format: Format) -> (Document, Vec<Diagnostic>) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
        let mut diagnostics = Vec::new();
        let told = |message: &str, range: Range<usize>, help: &str| {
            Diagnostic::error("settings-syntax", format!("the settings cannot be read: {message}"))
                .at(Span::new(file.clone(), range))
                .help(help)
        };
        let syntax = |message: String, at: usize| told(&message, at..at, "mend this line");
        let parsed: Result<Value, Diagnostic> = match format {
            Format::Yaml => serde_yaml::from_str(&text).map_err(|error| {
                let fault = fault(&error, &text);
                told(&fault.message, fault.range, fault.help)
            }),
            Format::Toml => toml::from_str::<Value>(&text)
                .map_err(|error| syntax(error.message().to_owned(), error.span().map_or(0, |span| span.start))),
            Format::Json => serde_json::from_str(&text).map_err(|error| {
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
        (Document { file: file.clone(), text, values, format }, diagnostics)
    }

    /// Where the value that `steps` lead to stands, as near as can be told.
    pub fn span(&self, steps: &[Step]) -> Span {
        Span::new(self.file.clone(), locate::find(&self.text, self.format, steps).unwrap_or(0..0))
    }
}

/// The length of the first line.
fn first_line(text: &str) -> usize {
    text.lines().next().map_or(0, |line| line.trim_end().len())
}
