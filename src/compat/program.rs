//! Settings that are a program, as the data that they give.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_yaml::Mapping;

use super::Request;
use crate::base::SourcePath;
use crate::config::Document;
use crate::diag::Diagnostic;
use crate::script::{self, Evaluated, Marker, Note, Value};
use crate::vfs::Files;

/// What the programs of a project gave when they were run last.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    settings: Option<(SourcePath, Arc<Evaluated>)>,
    /// Those that say which pages there are.
    pub(super) programs: BTreeMap<SourcePath, Arc<Evaluated>>,
    /// What the settings gave as other paths of these pages.
    pub(super) rewrites: Option<(Vec<String>, Arc<Evaluated>)>,
}

/// Runs the settings, unless they would see what they saw before. Where they fail there are none.
pub(super) fn read(
    files: &dyn Files,
    listing: &[SourcePath],
    path: &SourcePath,
    request: &Request,
    kept: &mut Kept,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Document> {
    let evaluated = match &kept.settings {
        Some((known, evaluated)) if known == path && evaluated.is_current(files, listing) => evaluated.clone(),
        _ => Arc::new(script::evaluate(files, Arc::from(listing), path, &request.environment())),
    };
    kept.settings = Some((path.clone(), evaluated.clone()));
    diagnostics.extend(evaluated.diagnostics.iter().cloned());
    diagnostics.extend(evaluated.notes.iter().filter_map(|note| told(note, path)));
    let text = String::from_utf8_lossy(&files.read(path).ok()?).into_owned();
    match data(&evaluated.value) {
        serde_yaml::Value::Mapping(values) => Some(Document::of_program(path, &text, themed(values))),
        _ => None,
    }
}

/// What happened while the settings were run, if it is worth knowing.
pub(super) fn told(note: &Note, path: &SourcePath) -> Option<Diagnostic> {
    match note {
        Note::Console(_) => None,
        Note::StandIn(name) => Some(
            Diagnostic::info(
                "settings-stand-in",
                format!("the package `{name}` is not there: it does nothing in `{path}`"),
            )
            .help("if something is missing in the site, write down what the package would give"),
        ),
        Note::Ignored(what) => Some(
            Diagnostic::info("settings-not-done", format!("`{path}` asked for `{what}`, which was not done"))
                .help("settings read the files of the project, and nothing else"),
        ),
    }
}

/// The value as settings in YAML would have it. What is no data is a key that begins with `$`.
pub(super) fn data(value: &Value) -> serde_yaml::Value {
    let marked = |key: &str, text: &str| {
        let mut mapping = Mapping::new();
        mapping.insert(key.into(), text.into());
        serde_yaml::Value::Mapping(mapping)
    };
    match value {
        Value::Null => serde_yaml::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => (*number as i64).into(),
        Value::Number(number) => (*number).into(),
        Value::Text(text) => text.as_str().into(),
        Value::List(values) => serde_yaml::Value::Sequence(values.iter().map(data).collect()),
        Value::Map(entries) => {
            serde_yaml::Value::Mapping(entries.iter().map(|(key, value)| (key.as_str().into(), data(value))).collect())
        }
        Value::Marker(Marker::Function(name)) => marked("$function", name),
        Value::Marker(Marker::Pattern(pattern)) => marked("$pattern", pattern),
        Value::Marker(Marker::StandIn(name)) => marked("$standIn", name),
        Value::Marker(Marker::Circle) => marked("$other", "an object inside itself"),
        Value::Marker(Marker::Other(name)) => marked("$other", name),
    }
}

/// The settings with the theme that the project's own one goes on from.
fn themed(mut values: Mapping) -> Mapping {
    let mut theme = values.get("theme");
    while let Some(further) = theme.and_then(|theme| theme.get("extends")) {
        theme = Some(further);
    }
    if let Some(theme) = theme.filter(|theme| theme.is_mapping()).cloned() {
        values.insert("theme".into(), theme);
    }
    values
}
