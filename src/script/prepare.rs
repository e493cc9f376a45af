//! A program as it is written -> a program that the engine runs.
//!
//! oxc parses it; what is of TypeScript only is overwritten with blanks, and what can make a long text out of a short
//! one goes through the guard. Every place in what runs leads back to the place that the author knows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use oxc_allocator::Allocator;
use oxc_ast::ast::{BindingPattern, Declaration, ImportDeclarationSpecifier, Program, Statement, StringLiteral};
use oxc_ast_visit::Visit;
use oxc_parser::{ParseOptions, Parser};
use oxc_span::{GetSpan, SourceType};

use super::strip::Stripper;
use super::text::{Edit, Rewritten};
use crate::base::{SourcePath, Span};
use crate::diag::Diagnostic;

/// A longer program is no settings file; it is not parsed, because deep nesting costs stack.
const MAX_BYTES: usize = 512 * 1024;
/// More brackets inside each other than any settings have.
const MAX_DEPTH: usize = 500;
/// The module that brings what a file knows of itself.
pub(super) const LOCALS: &str = "pressoir:locals";
/// What CommonJS gives to each file.
pub(super) const LOCAL_NAMES: &[&str] = &["exports", "require", "module", "__filename", "__dirname"];

/// A program that can be run.
#[derive(Clone, Debug, Default)]
pub(super) struct Prepared {
    /// What is run.
    pub text: Rewritten,
    /// Whether it is an ES module; otherwise it is of CommonJS.
    pub is_module: bool,
    /// What it imports, by where it comes from.
    pub imports: BTreeMap<String, Imported>,
    /// Where each name is used first, in the text as it was written.
    pub names: BTreeMap<String, usize>,
}

/// What a module imports from one place.
#[derive(Clone, Debug, Default)]
pub(super) struct Imported {
    /// The names that it asks for, and where.
    pub names: BTreeMap<String, Range<usize>>,
    /// Where the place is named first, in the text as it was written.
    pub range: Range<usize>,
}

/// How a file's text is seen everywhere: without the marks of Windows.
pub(super) fn normalised(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n").replace('\r', "\n")
}

/// What to do about an error of the parser at an offset of a text, as it is most often made.
fn advice(message: &str, text: &str, at: usize) -> Option<String> {
    if message.contains(['‘', '’', '“', '”', '«', '»']) {
        return Some("texts stand between straight quotes: `'` or `\"`".to_owned());
    }
    if message.ends_with("found `EOF`") {
        return Some("a bracket that was opened is never closed: see what `{`, `[` or `(` stands open".to_owned());
    }
    let is_separator = message.starts_with("expected `,` or `}`") || message.starts_with("expected `,` or `]`");
    if !is_separator {
        return None;
    }
    let before = text.get(..at)?;
    let end = before.trim_end();
    let line = end.matches('\n').count() + 1;
    Some(match end.chars().last() {
        Some(quote @ ('\'' | '"')) if end.len() == at => {
            let other = if quote == '"' { '\'' } else { '"' };
            format!("the text ends at the `{quote}` before: write `\\{quote}` inside it, or put it between `{other}`")
        }
        _ if before[end.len()..].contains('\n') && !text[at..].starts_with(['}', ']', ')']) => {
            format!("a comma is missing at the end of line {line}")
        }
        _ => "a comma or a closing bracket is missing before it".to_owned(),
    })
}

/// Makes a program ready to run, or says what is wrong with it.
pub(super) fn prepare(path: &SourcePath, text: &str) -> Result<Prepared, Diagnostic> {
    let syntax = |message: String| Diagnostic::error("settings-syntax", message);
    if text.len() > MAX_BYTES {
        return Err(syntax(format!("`{path}` is too long to be settings: {} KiB", text.len() / 1024))
            .at(Span::new(path.clone(), 0..0))
            .help("move large data to a `.json` file and `import` it"));
    }
    if let Some(at) = too_deep(text) {
        return Err(syntax("too many brackets stand inside each other here".to_owned())
            .at(Span::new(path.clone(), at..at + 1))
            .help("settings need a few levels at most"));
    }
    let typed = is_typed(path);
    let allocator = Allocator::default();
    let is_commonjs = matches!(path.extension(), "cjs" | "cts");
    let options = ParseOptions { allow_return_outside_function: true, ..ParseOptions::default() };
    let parsed = Parser::new(&allocator, text, source_type(path)).with_options(options).parse();
    if let Some(error) = parsed.errors.first() {
        let mut labels = error.labels.iter().flatten();
        let range = |offset: usize, length: usize| Span::new(path.clone(), offset..offset + length.max(1));
        let span = labels.next().map_or_else(|| range(0, 0), |label| range(label.offset(), label.len()));
        let message = lower_first(&error.message);
        let advice = advice(&message, text, span.range().start).or_else(|| error.help.as_deref().map(lower_first));
        let word = text.get(span.range()).unwrap_or_default();
        let message = message.replace("`Identifier`", &format!("`{word}`")).replace("`EOF`", "the end of the file");
        let mut found = syntax(format!("`{path}` cannot be read: {message}"))
            .at(span)
            .help(advice.unwrap_or_else(|| "mend this line".to_owned()));
        for label in labels {
            found = found.label(range(label.offset(), label.len()), label.label().unwrap_or("here"));
        }
        return Err(found);
    }
    let program = &parsed.program;
    let is_module = !is_commonjs && (program.source_type.is_module() || parsed.module_record.has_module_syntax);
    let mut stripper = Stripper::new(text, typed);
    stripper.visit_program(program);
    stripper.drop_unused_imports(program);
    if let Some((range, what)) = stripper.unsupported {
        return Err(syntax(format!("{what} cannot be read in settings"))
            .at(Span::new(path.clone(), range))
            .help("write it as plain JavaScript: an object, a function or a class"));
    }
    let mut edits = stripper.edits;
    if let Some(hashbang) = &program.hashbang {
        let span = hashbang.span;
        edits.push(Edit { range: span.start as usize..span.end as usize, text: String::new(), order: 0 });
    }
    if !is_module {
        edits.push(Edit { range: 0..0, text: format!("(function ({}) {{", LOCAL_NAMES.join(", ")), order: 0 });
        edits.push(Edit { range: text.len()..text.len(), text: "\n})".to_owned(), order: 9 });
    } else {
        let declared = declared(program);
        let wanted =
            LOCAL_NAMES.iter().filter(|name| stripper.names.contains_key(**name) && !declared.contains(**name));
        let wanted: Vec<&str> = wanted.copied().collect();
        // The engine does not take a list of exports for the end of a file.
        let mut end = "\n;".to_owned();
        if !wanted.is_empty() {
            // An import is bound before anything runs, wherever it stands: here it moves no line.
            write!(end, "import {{{}}} from '{LOCALS}';", wanted.join(",")).expect("a text takes all");
        }
        edits.push(Edit { range: text.len()..text.len(), text: end, order: 9 });
    }
    let names = stripper.names;
    Ok(Prepared { text: Rewritten::new(text, edits), is_module, imports: imports(program), names })
}

fn is_typed(path: &SourcePath) -> bool {
    matches!(path.extension(), "ts" | "mts" | "cts")
}

/// What the parser is told of a file.
pub(super) fn source_type(path: &SourcePath) -> SourceType {
    let plain = if is_typed(path) { SourceType::ts() } else { SourceType::unambiguous() };
    match path.extension() {
        "cjs" | "cts" => plain.with_commonjs(true),
        "mjs" | "mts" => plain.with_module(true),
        _ => plain.with_unambiguous(true),
    }
}

/// Where brackets are nested deeper than settings can be; the parser would run out of stack much later.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.bytes().position(|byte| {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MAX_DEPTH
    })
}

/// The names that a module declares at its top.
fn declared<'p>(program: &'p Program<'_>) -> BTreeSet<&'p str> {
    let mut names = BTreeSet::new();
    for statement in &program.body {
        match statement {
            Statement::ImportDeclaration(import) => {
                names.extend(import.specifiers.iter().flatten().map(|one| one.local().name.as_str()));
            }
            Statement::ExportNamedDeclaration(export) => {
                if let Some(declaration) = &export.declaration {
                    of_declaration(declaration, &mut names);
                }
            }
            statement => {
                if let Some(declaration) = statement.as_declaration() {
                    of_declaration(declaration, &mut names);
                }
            }
        }
    }
    names
}

fn of_declaration<'p>(declaration: &'p Declaration<'_>, names: &mut BTreeSet<&'p str>) {
    match declaration {
        Declaration::VariableDeclaration(variables) => {
            for one in &variables.declarations {
                of_pattern(&one.id, names);
            }
        }
        declaration => names.extend(declaration.id().map(|id| id.name.as_str())),
    }
}

fn of_pattern<'p>(pattern: &'p BindingPattern<'_>, names: &mut BTreeSet<&'p str>) {
    names.extend(pattern.get_binding_identifiers().iter().map(|id| id.name.as_str()));
}

/// What a module imports, by where it comes from.
fn imports(program: &Program<'_>) -> BTreeMap<String, Imported> {
    let mut imports: BTreeMap<String, Imported> = BTreeMap::new();
    let mut add = |source: &StringLiteral<'_>, names: Vec<(String, Range<usize>)>| {
        let new = || Imported { names: BTreeMap::new(), range: range(source) };
        imports.entry(source.value.to_string()).or_insert_with(new).names.extend(names);
    };
    for statement in &program.body {
        match statement {
            Statement::ImportDeclaration(import) => {
                let name = |one: &ImportDeclarationSpecifier<'_>| match one {
                    ImportDeclarationSpecifier::ImportSpecifier(one) => {
                        Some((one.imported.name().to_string(), range(&**one)))
                    }
                    _ => None,
                };
                add(&import.source, import.specifiers.iter().flatten().filter_map(name).collect());
            }
            Statement::ExportNamedDeclaration(export) => {
                if let Some(source) = &export.source {
                    add(
                        source,
                        export.specifiers.iter().map(|one| (one.local.name().to_string(), range(one))).collect(),
                    );
                }
            }
            Statement::ExportAllDeclaration(export) => add(&export.source, Vec::new()),
            _ => {}
        }
    }
    imports
}

/// The parser's messages start with a capital letter, ours do not.
fn lower_first(message: &str) -> String {
    let mut chars = message.trim_end_matches('.').chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => message.trim_end_matches('.').to_owned(),
    }
}

/// The bytes of a node.
pub(super) fn range(node: &impl GetSpan) -> Range<usize> {
    let span = node.span();
    span.start as usize..span.end as usize
}
