//! Settings that are a program, as the data that they give.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde_yaml::Mapping;

use super::Request;
use super::functions::QUESTIONS;
use crate::base::{SourcePath, Span};
use crate::config::{Document, Format};
use crate::diag::{Diagnostic, Severity};
use crate::script::{self, Environment, Evaluated, Marker, Note, Read, Value};
use crate::vfs::Files;

/// What the programs of a project gave when they were run last.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    settings: BTreeMap<SourcePath, Arc<Evaluated>>,
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
    kept.settings.retain(|known, _| listing.binary_search(known).is_ok());
    let evaluated = evaluated(files, listing, path, request, kept);
    diagnostics.extend(evaluated.diagnostics.iter().cloned());
    diagnostics.extend(evaluated.notes.iter().filter(|note| !is_given(note)).map(|note| told(note, path)));
    if let Value::Marker(Marker::StandIn(name)) = &evaluated.value {
        let message = format!("the settings are what `{name}` makes of them, and that is not there");
        diagnostics.push(
            Diagnostic::warning("settings-stand-in", message)
                .at(Span::new(path.clone(), 0..0))
                .help("the site is built as if there were no settings: export them without that function"),
        );
    }
    let text = text(files, path)?;
    let values = match data(&evaluated.value) {
        serde_yaml::Value::Mapping(values) if values.keys().all(|key| !is_marker(key)) => values,
        given => {
            let is_told =
                !evaluated.diagnostics.is_empty() || matches!(evaluated.value, Value::Marker(Marker::StandIn(_)));
            if !is_told {
                diagnostics.push(no_settings(path, &given));
            }
            return None;
        }
    };
    let mut document = Document::of_program(path, &text, themed(extended(values)));
    let programs = evaluated.reads.iter().filter_map(|read| match read {
        Read::File(other, Some(_)) if other != path && Format::of(other).is_none() => Some(other),
        _ => None,
    });
    document.others = programs.filter_map(|other| Some((other.clone(), self::text(files, other)?))).collect();
    Some(document)
}

/// Runs the settings of a folder, and gives them with the text of their file. What cannot be run is none.
pub(super) fn of_folder(
    files: &dyn Files,
    listing: &[SourcePath],
    path: &SourcePath,
    request: &Request,
    kept: &mut Kept,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Mapping, String)> {
    let evaluated = evaluated(files, listing, path, request, kept);
    diagnostics.extend(evaluated.diagnostics.iter().cloned().map(|mut found| {
        // The site is built without it, and it may be a file of another kind.
        found.severity = found.severity.min(Severity::Warning);
        found
    }));
    diagnostics.extend(evaluated.notes.iter().filter(|note| !is_given(note)).map(|note| told(note, path)));
    match data(&evaluated.value) {
        serde_yaml::Value::Mapping(values) => Some((values, text(files, path)?)),
        _ => None,
    }
}

/// Runs these settings side by side, those that would see something new.
pub(super) fn run_all<'p>(
    files: &dyn Files,
    listing: &[SourcePath],
    paths: impl Iterator<Item = &'p SourcePath>,
    request: &Request,
    kept: &mut Kept,
) {
    let is_kept = |path: &&SourcePath| kept.settings.get(*path).is_some_and(|known| known.is_current(files, listing));
    let new: Vec<&SourcePath> = paths.filter(|path| !is_kept(path)).collect();
    let shared: Arc<[SourcePath]> = Arc::from(listing);
    let environment = Environment { questions: QUESTIONS, ..request.environment() };
    let run = |path: &&SourcePath| Arc::new(script::evaluate(files, shared.clone(), path, &environment));
    let made: Vec<Arc<Evaluated>> = new.par_iter().map(run).collect();
    kept.settings.extend(new.into_iter().cloned().zip(made));
}

fn text(files: &dyn Files, path: &SourcePath) -> Option<String> {
    Some(String::from_utf8_lossy(&files.read(path).ok()?).into_owned())
}

fn evaluated(
    files: &dyn Files,
    listing: &[SourcePath],
    path: &SourcePath,
    request: &Request,
    kept: &mut Kept,
) -> Arc<Evaluated> {
    if let Some(known) = kept.settings.get(path).filter(|known| known.is_current(files, listing)) {
        return known.clone();
    }
    let environment = Environment { questions: QUESTIONS, ..request.environment() };
    let evaluated = Arc::new(script::evaluate(files, Arc::from(listing), path, &environment));
    kept.settings.insert(path.clone(), evaluated.clone());
    evaluated
}

/// Whether it is about a plugin of markdown-it whose constructs are here without it.
fn is_given(note: &Note) -> bool {
    matches!(note, Note::StandIn(name) if super::text::construct(name).is_some() || super::text::is_here(name))
}

/// What happened while the settings were run.
pub(super) fn told(note: &Note, path: &SourcePath) -> Diagnostic {
    match note {
        Note::Console(line) => Diagnostic::info("settings-console", format!("`{path}` says: {line}"))
            .help("the program of the settings writes this with `console`"),
        Note::StandIn(name) => Diagnostic::info(
            "settings-stand-in",
            format!("the package `{name}` is not there: it does nothing in `{path}`"),
        )
        .help("if something is missing in the site, write down what the package would give"),
        Note::Ignored(what) => {
            Diagnostic::info("settings-not-done", format!("`{path}` asked for what was not done: {what}"))
                .help("settings read the files of the project, and nothing else")
        }
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
        Value::Marker(Marker::Function { name, answers }) => {
            let mut function = marked("$function", name);
            if let (Some(answers), serde_yaml::Value::Mapping(mapping)) = (answers, &mut function) {
                mapping.insert("$answers".into(), serde_yaml::Value::Sequence(answers.iter().map(data).collect()));
            }
            function
        }
        Value::Marker(Marker::Pattern(pattern)) => marked("$pattern", pattern),
        Value::Marker(Marker::StandIn(name)) => marked("$standIn", name),
        Value::Marker(Marker::Circle) => marked("$other", "an object inside itself"),
        Value::Marker(Marker::Other(name)) => marked("$other", name),
    }
}

fn is_marker(key: &serde_yaml::Value) -> bool {
    key.as_str().is_some_and(|key| key.starts_with('$'))
}

/// That a program gives something else than settings.
fn no_settings(path: &SourcePath, given: &serde_yaml::Value) -> Diagnostic {
    let given = match given {
        serde_yaml::Value::Null => "nothing",
        serde_yaml::Value::Sequence(_) => "a list",
        serde_yaml::Value::Mapping(_) => "a function, or what a package makes",
        _ => "a text or a number",
    };
    Diagnostic::warning("setting-type", format!("`{path}` gives no settings: it gives {given}"))
        .at(Span::new(path.clone(), 0..0))
        .help(
            "export an object, `export default { title: … }` or `module.exports = { title: … }`; a function gives one with \
             parentheses around it, `() => ({ title: … })`. Until then the site is built as if there were no settings",
        )
}

/// The settings with those that they go on from (`extends` of VitePress): lists are put together, and what both say is said last.
fn extended(mut values: Mapping) -> Mapping {
    match values.remove("extends") {
        Some(serde_yaml::Value::Mapping(base)) if !base.keys().any(is_marker) => {
            let mut all = extended(base);
            merge(&mut all, values);
            all
        }
        Some(other) => {
            values.insert("extends".into(), other);
            values
        }
        None => values,
    }
}

fn merge(into: &mut Mapping, values: Mapping) {
    use serde_yaml::Value;
    for (key, value) in values {
        match (into.get_mut(&key), value) {
            (_, Value::Null) => {}
            (Some(Value::Mapping(known)), Value::Mapping(value)) if !value.keys().any(is_marker) => merge(known, value),
            (Some(Value::Sequence(known)), Value::Sequence(value)) => known.extend(value),
            (Some(known), value) => *known = value,
            (None, value) => _ = into.insert(key, value),
        }
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
