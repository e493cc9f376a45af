//! What an error of a program means to its author.

use boa_engine::error::{EngineError, RuntimeLimitError};
use boa_engine::{Context, JsError, js_string};

use super::host::Host;
use super::{ROOT, modules, resolve, text};
use crate::base::{SourcePath, Span};
use crate::diag::Diagnostic;

/// The message of a promise that is never kept.
pub(super) const NEVER: &str = "a promise is never kept";

/// A finding about `error`, at its place in the author's own file.
pub(super) fn diagnostic(error: &JsError, entry: &SourcePath, host: &Host, context: &mut Context) -> Diagnostic {
    if let Some(known) = host.fault.borrow().clone() {
        return known;
    }
    let trace = trace(error, context);
    let message = message(error, context);
    let missing = message.strip_suffix(" is not defined").and_then(|words| words.rsplit(' ').next());
    let place = trace.lines().find_map(|line| place(line, missing, host));
    let span = place.unwrap_or_else(|| Span::new(entry.clone(), 0..0));
    let limit = |message: &str, help: &str| {
        Diagnostic::warning("settings-limit", format!("`{entry}` was not read to its end: {message}"))
            .at(span.clone())
            .help(help)
    };
    match error.as_engine() {
        _ if host.is_too_large.get() => {
            return limit("it takes too much memory", "see what grows here, and whether it ever stops");
        }
        Some(EngineError::NoInstructionsRemain | EngineError::RuntimeLimit(RuntimeLimitError::LoopIteration)) => {
            return limit("it goes on and on", "see whether a loop has an end");
        }
        Some(EngineError::RuntimeLimit(RuntimeLimitError::Recursion)) => {
            return limit("a function calls itself without end", "see when it should stop calling itself");
        }
        Some(EngineError::RuntimeLimit(RuntimeLimitError::StackSize)) => {
            return limit("it takes too much memory", "see whether a call has very many arguments");
        }
        _ => {}
    }
    if host.jobs.get() > host.limits.jobs {
        return limit("its promises go on and on", "see what calls itself again, and when it should stop");
    }
    if message.ends_with(NEVER) {
        return limit(
            "it waits for a promise that is never kept",
            "what it waits for may be the network or a program, which settings cannot reach",
        );
    }
    if let Some((_, name)) = message.split_once("Cannot find module '") {
        let range = span.range();
        return modules::missing_file(&span.file, name.trim_end_matches('\''), range);
    }
    if let Some(found) = message.split('`').nth(1).filter(|_| message.contains("could not find export")) {
        return no_export(found, host).unwrap_or_else(|| failed(entry, &message, span));
    }
    failed(entry, &message, span)
}

/// Tells an error of the function that gives the value of a key; the rest of the settings is used.
pub(super) fn key(name: &str, error: &JsError, context: &mut Context) {
    let host = Host::of(context);
    let (trace, message) = (trace(error, context), message(error, context));
    let mut found = Diagnostic::warning("settings-failed", format!("`{name}` cannot be read: {message}"))
        .help("the rest of the settings is used: mend the error");
    found.span = trace.lines().find_map(|line| place(line, None, &host));
    host.tell(found);
}

fn failed(entry: &SourcePath, message: &str, span: Span) -> Diagnostic {
    Diagnostic::warning("settings-failed", format!("`{entry}` stopped with an error: {message}"))
        .at(span)
        .help("only what is written out in the settings is used: mend the error, or write them as plain data")
}

/// An import of a name that the other file does not export.
fn no_export(name: &str, host: &Host) -> Option<Diagnostic> {
    let programs = host.programs.borrow();
    let (path, from, range) = programs.iter().find_map(|(path, program)| {
        let mut imports = program.prepared.imports.iter();
        imports.find_map(|(from, imported)| Some((path, from, imported.names.get(name)?.clone())))
    })?;
    let message = format!("`{name}` is imported here, and `{from}` exports nothing of that name");
    let found = Diagnostic::error("settings-import", message).at(Span::new(path.clone(), range));
    Some(found.help("check the name in both files"))
}

/// What was thrown, in a line.
fn message(error: &JsError, context: &mut Context) -> String {
    if let Some(native) = error.as_native() {
        return native.to_string().split(" (").next().unwrap_or_default().to_owned();
    }
    let Ok(value) = error.clone().into_opaque(context) else { return "the engine failed".to_owned() };
    let Some(object) = value.as_object() else { return value.display().to_string() };
    let mut text = |name| {
        let value = object.get(js_string!(name), context).ok()?;
        value.as_string().map(|text| text.to_std_string_lossy()).filter(|text| !text.is_empty())
    };
    let line = match (text("name"), text("message")) {
        (Some(name), Some(message)) => format!("{name}: {message}"),
        (_, Some(message)) => message,
        (Some(name), None) => name,
        (None, None) => "something that is no error was thrown".to_owned(),
    };
    line.lines().next().unwrap_or_default().to_owned()
}

/// The calls that led to an error, innermost first, a line each.
fn trace(error: &JsError, context: &mut Context) -> String {
    let shown = error.to_string();
    let mut lines: String = shown
        .lines()
        .filter(|line| line.trim_start().starts_with("at "))
        .fold(String::new(), |all, line| all + line + "\n");
    // What was thrown and caught on the way keeps its own.
    if let Ok(value) = error.clone().into_opaque(context)
        && let Some(object) = value.as_object()
        && let Ok(stack) = object.get(js_string!("stack"), context)
        && let Some(stack) = stack.as_string()
    {
        lines.insert_str(0, &stack.to_std_string_lossy());
    }
    lines
}

/// The place in the project of a line of a trace: `at name (/project/config.js:1:2)`. The engine does not say where a name
/// stands that is not defined: that is where `missing` is used first.
fn place(line: &str, missing: Option<&str>, host: &Host) -> Option<Span> {
    let from = line.find(&format!("({ROOT}/"))? + 1;
    let inner = line.get(from..)?.trim_end().strip_suffix(')')?;
    let (rest, column) = inner.rsplit_once(':')?;
    let (path, row) = rest.rsplit_once(':')?;
    let path = resolve::below_root(path)?;
    let programs = host.programs.borrow();
    let program = programs.get(&path)?;
    let rewritten = &program.prepared.text;
    let used = missing.and_then(|name| program.prepared.names.get(name).copied());
    let at = match (row.parse(), column.parse()) {
        (Ok(row), Ok(column)) => {
            let told = rewritten.original(text::offset(&rewritten.text, row, column));
            let stands =
                missing.is_some_and(|name| program.text.get(told..).is_some_and(|rest| rest.starts_with(name)));
            // It tells the beginning of the statement, where the name stands further on.
            used.filter(|used| !stands && *used > told).unwrap_or(told)
        }
        _ => used?,
    };
    let at = at.min(program.text.len());
    // What was put in stands after the bracket that opens a loop; what the loop does is further on.
    let blank = program.text.get(at..).map_or(0, |rest| rest.len() - rest.trim_start().len());
    let at = at + blank;
    let (before, rest) = (program.text.get(..at).unwrap_or_default(), program.text.get(at..).unwrap_or_default());
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let word = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
    // A call is placed at its bracket; what is called stands before it.
    let called = match rest.starts_with('(') {
        true => before.len() - before.trim_end_matches(|c: char| is_word(c) || c == '.').len(),
        false => 0,
    };
    let length = if called > 0 { 0 } else { word.max(rest.chars().next().map_or(0, char::len_utf8)) };
    Some(Span::new(path, at - called..at + length))
}

/// A message of the engine without the place that it ends with.
pub(super) fn placeless(message: &str) -> &str {
    message.split(" at line ").next().unwrap_or(message)
}

/// The line and column that a message of the engine's parser tells: `at line 1, col 2`.
pub(super) fn last_place(message: &str) -> Option<(usize, usize)> {
    let (_, place) = message.rsplit_once("line ")?;
    let (line, rest) = place.split_once(", col ")?;
    let column: String = rest.chars().take_while(char::is_ascii_digit).collect();
    Some((line.parse().ok()?, column.parse().ok()?))
}
