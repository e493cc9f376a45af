//! A settings file as data, in whichever format it is written.

use serde_yaml::{Mapping, Value};

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
        let syntax = |message: String, at: usize| {
            Diagnostic::error("settings-syntax", format!("the settings cannot be read: {message}"))
                .at(Span::new(file.clone(), at..at))
                .help("mend this line; until then the settings of this file are not used")
        };
        let parsed: Result<Value, Diagnostic> = match format {
            Format::Yaml => serde_yaml::from_str(&text)
                .map_err(|error| syntax(plain(&error), error.location().map_or(0, |location| location.index()))),
            Format::Toml => toml::from_str::<Value>(&text)
                .map_err(|error| syntax(error.message().to_owned(), error.span().map_or(0, |span| span.start))),
            Format::Json => serde_json::from_str(&text).map_err(|error| {
                let line_start =
                    text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
                syntax(error.to_string(), line_start + error.column().saturating_sub(1))
            }),
        };
        let values = match parsed {
            Ok(Value::Mapping(values)) => values,
            Ok(Value::Null) => Mapping::new(),
            Ok(_) => {
                diagnostics.push(syntax("a list of `key: value` lines is expected".to_owned(), 0));
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

/// The message of a YAML error without its position, which is shown anyway.
fn plain(error: &serde_yaml::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}
