//! Style sheets that a project of VuePress or VitePress has besides its pages -> one style sheet of the site.
//!
//! [`found`] names the files, [`braces`] and [`indented`] read them, [`plain`] makes CSS of them, [`names`] gives their
//! themes' colours and fonts to ours. They come after the theme's own sheets, and win.

mod braces;
mod found;
mod indented;
mod names;
mod plain;
mod scope;
mod tree;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::base::{Hash, SourcePath, Span};
use crate::diag::Diagnostic;
use crate::vfs::Files;

use super::components::vue::Made;
use plain::Plain;
use tree::Node;

/// The style sheet of a project.
#[derive(Default)]
pub(super) struct Sheet {
    /// Its text; empty if there is none.
    pub css: String,
    /// Files that it shows, with the names that it gives them beside it.
    pub files: Vec<(String, SourcePath, Hash)>,
}

/// Whether a file can be a style sheet of the project, or name some.
pub(super) fn concerns(path: &SourcePath) -> bool {
    found::EXTENSIONS.contains(&path.extension()) || matches!(path.extension(), "js" | "ts" | "mjs" | "mts" | "vue")
}

/// How many sheets may name one another.
const MAX_SHEETS: usize = 200;

/// Reads the style sheets of the project whose pages are in `content`, and then those that the settings name; `paths` are all
/// of its files, sorted.
pub(super) fn sheet(
    files: &dyn Files,
    paths: &[SourcePath],
    content: &SourcePath,
    (named, components): (&[SourcePath], &[Made]),
    diagnostics: &mut Vec<Diagnostic>,
) -> Sheet {
    let mut reading = Reading {
        files,
        paths,
        diagnostics,
        plain: Plain::default(),
        read: BTreeSet::new(),
        sheet: Sheet::default(),
        first: String::new(),
    };
    for path in found::sheets(files, paths, content).iter().chain(named) {
        reading.file(path);
    }
    for made in components {
        for (language, text, mark) in &made.styles {
            reading.component(&made.file, language, text, mark.as_deref());
        }
    }
    let Reading { mut sheet, first, .. } = reading;
    sheet.css.insert_str(0, &first);
    sheet
}

struct Reading<'r> {
    files: &'r dyn Files,
    paths: &'r [SourcePath],
    diagnostics: &'r mut Vec<Diagnostic>,
    plain: Plain,
    read: BTreeSet<SourcePath>,
    sheet: Sheet,
    /// Sheets of other hosts, which must be named first.
    first: String,
}

impl Reading<'_> {
    fn file(&mut self, path: &SourcePath) {
        if self.read.len() >= MAX_SHEETS || !self.read.insert(path.clone()) {
            return;
        }
        let text = match self.files.read(path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).replace("\r\n", "\n"),
            Err(error) => {
                let message = format!("`{path}` cannot be read: {error}");
                self.diagnostics
                    .push(Diagnostic::warning("unreadable-file", message).help("check the permissions of the file"));
                return;
            }
        };
        self.text(path, path.extension(), &text, None);
    }

    /// The style sheet of a component of Vue; `mark` is an attribute of its elements, if it is for them alone.
    fn component(&mut self, path: &SourcePath, language: &str, text: &str, mark: Option<&str>) {
        let found = std::mem::take(self.diagnostics);
        self.text(path, language, text, mark);
        // What is left out of it stands somewhere in the file, whose other parts are not counted here.
        let at = |found: Diagnostic| Diagnostic { span: Some(Span::new(path.clone(), 0..0)), ..found };
        let told: Vec<Diagnostic> = std::mem::replace(self.diagnostics, found);
        self.diagnostics.extend(told.into_iter().map(at));
    }

    fn text(&mut self, path: &SourcePath, language: &str, text: &str, mark: Option<&str>) {
        let nodes = match language {
            "css" | "postcss" => braces::read(text, false),
            "scss" => braces::read(text, true),
            "styl" | "stylus" | "sass" => indented::read(text),
            other => {
                self.left_out(path, &[(format!("a sheet in `{other}`"), 0..0)]);
                return;
            }
        };
        let nodes = self.with_imports(nodes, path);
        let mut nodes = self.plain.nodes(nodes);
        let left_out = std::mem::take(&mut self.plain.left_out);
        self.left_out(path, &left_out);
        nodes.extend(palette(&nodes));
        if let Some(mark) = mark {
            scope::scoped(&mut nodes, mark);
        }
        self.addresses(&mut nodes, path);
        tree::write(&nodes, 0, &mut self.sheet.css);
    }

    /// The nodes without those that name another sheet, which is read in its place, before them.
    fn with_imports(&mut self, nodes: Vec<Node>, path: &SourcePath) -> Vec<Node> {
        let mut kept = Vec::new();
        for node in nodes {
            let name = match &node {
                Node::Statement { text, .. } => imported(text).map(str::to_owned),
                _ => None,
            };
            let Some(name) = name else {
                kept.push(node);
                continue;
            };
            if let Some(file) = found::import(&name, path, self.paths) {
                self.file(&file);
            } else if let Node::Statement { text, .. } = &node
                && (name.starts_with("//") || name.contains("://"))
            {
                self.first.extend([text, ";\n"]);
            } else if let Node::Statement { text, span } = node {
                self.plain.left_out.push((text, span));
            }
        }
        kept
    }

    fn left_out(&mut self, path: &SourcePath, left_out: &[(String, Range<usize>)]) {
        for (text, span) in left_out {
            self.diagnostics.push(
                Diagnostic::warning("style-removed", format!("this is left out of the style sheet: {}", shown(text)))
                    .at(Span::new(path.clone(), span.clone()))
                    .help("browsers do not know it, and no preprocessor is run: write it in CSS, which knows nested rules and variables (`--x`)"),
            );
        }
    }

    /// Leads the addresses in the nodes to where the files will be.
    fn addresses(&mut self, nodes: &mut [Node], path: &SourcePath) {
        for node in nodes {
            match node {
                Node::Rule { children, .. } => self.addresses(children, path),
                Node::Declaration { value, .. } if value.contains("url(") => *value = self.address(value, path),
                _ => {}
            }
        }
    }

    fn address(&mut self, value: &str, path: &SourcePath) -> String {
        let mut led = String::new();
        let mut rest = value;
        while let Some(at) = rest.find("url(").map(|at| at + "url(".len()) {
            let end = rest[at..].find(')').map_or(rest.len(), |end| at + end);
            let written = rest[at..end].trim().trim_matches(['"', '\'']);
            led.push_str(&rest[..at]);
            let file = written.split(['?', '#']).next().unwrap_or("");
            // The sheet lies in a folder of the site's root.
            let address = if written.starts_with('/') && !written.starts_with("//") {
                format!("\"..{written}\"")
            } else {
                match found::import(file, path, self.paths).and_then(|file| self.shown_file(&file)) {
                    Some(name) => format!("\"{name}{}\"", &written[file.len()..]),
                    None => rest[at..end].to_owned(),
                }
            };
            led.push_str(&address);
            rest = &rest[end..];
        }
        led + rest
    }

    /// The name that a file gets beside the sheet.
    fn shown_file(&mut self, file: &SourcePath) -> Option<String> {
        if let Some((name, ..)) = self.sheet.files.iter().find(|(_, known, _)| known == file) {
            return Some(name.clone());
        }
        let hash = Hash::of_bytes(&self.files.read(file).ok()?);
        let own = file.as_str().rsplit('/').next().unwrap_or("");
        let name = match own.rsplit_once('.') {
            Some((stem, extension)) => format!("{stem}.{}.{extension}", hash.short(8)),
            None => format!("{own}.{}", hash.short(8)),
        };
        self.sheet.files.push((name.clone(), file.clone(), hash));
        Some(name)
    }
}

/// What the variables of a palette set of ours. A palette knows no dark windows: there, links are lighter, and the rest is ours.
fn palette(nodes: &[Node]) -> Option<Node> {
    let set = nodes.iter().filter_map(|node| match node {
        Node::Variable { name, value, span } if !value.is_empty() => {
            let ours = names::palette(name).filter(|ours| !value.contains(&format!("var({ours})")))?;
            let value = match ours {
                "--link" => format!("light-dark({value}, color-mix(in oklab, {value} 65%, white))"),
                "--text" => format!("light-dark({value}, #e4e7ee)"),
                "--line" => format!("light-dark({value}, #313744)"),
                _ => value.clone(),
            };
            Some(Node::Declaration { name: ours.to_owned(), value, span: span.clone() })
        }
        _ => None,
    });
    let children: Vec<Node> = set.collect();
    (!children.is_empty()).then(|| Node::Rule { prelude: ":root".to_owned(), children, span: 0..0 })
}

/// The sheet that a statement names: `@import "x"`, `@import url(x)`, `@use "x"`.
fn imported(statement: &str) -> Option<&str> {
    let (rule, rest) = statement.strip_prefix('@')?.split_once(char::is_whitespace)?;
    let rest = rest.trim();
    let rest = rest.strip_prefix("url(").unwrap_or(rest);
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let name = match quote {
        Some(quote) => rest[1..].split(quote).next()?,
        None => rest.split(|c: char| c.is_whitespace() || c == ')').next()?,
    };
    matches!(rule, "import" | "require" | "use" | "forward").then_some(name)
}

/// What was left out, as messages show it.
fn shown(text: &str) -> String {
    match text.starts_with("a sheet in") {
        true => text.to_owned(),
        false => format!("`{text}`"),
    }
}
