//! `theme.yml`: what a theme is built on, what it links, and how it looks.

use crate::base::{SourcePath, Span};
use crate::config::look::{files, look, written};
use crate::config::{Document, Fields, Format, Look, Written};
use crate::diag::{Diagnostic, Severity};

/// What `theme.yml` says.
#[derive(Default)]
pub(super) struct Manifest {
    /// The theme whose files it has where it has none of its own.
    pub extends: Option<Written>,
    /// All style sheets of `assets/` that pages link.
    pub styles: Option<Vec<Written>>,
    /// All scripts of `assets/` that pages link.
    pub scripts: Option<Vec<Written>>,
    /// How it looks.
    pub look: Look,
}

impl Manifest {
    /// Reads the file. What is wrong is told, and the rest is used.
    pub(super) fn read(file: &SourcePath, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Manifest {
        let (document, wrong) = Document::read(file, text, Format::Yaml);
        diagnostics.extend(wrong.into_iter().map(of_theme));
        let mut fields = Fields::of(&document);
        let manifest = Manifest {
            extends: written(&mut fields, "extends", diagnostics),
            styles: files(&mut fields, "styles", diagnostics),
            scripts: files(&mut fields, "scripts", diagnostics),
            look: look(&mut fields, diagnostics),
        };
        fields.finish(Severity::Warning, diagnostics);
        manifest
    }

    /// That of the theme in the program.
    pub(super) fn embedded() -> Manifest {
        let file = SourcePath::new("theme.yml").unwrap_or_else(SourcePath::root);
        let text = super::super::embedded::text("theme.yml").expect("a test finds every embedded file");
        Manifest::read(&file, text, &mut Vec::new())
    }
}

/// What is wrong with a file of YAML, of which settings are another kind.
pub(in crate::render) fn of_theme(found: Diagnostic) -> Diagnostic {
    let message = found.message.replacen("the settings cannot", "this file of the theme cannot", 1);
    Diagnostic { code: "theme-file".into(), message, ..found }
}

/// Whether a text is the name of a theme: that of one folder.
pub(super) fn is_name(name: &str) -> bool {
    !matches!(name, "" | "." | "..") && !name.contains(['/', '\\'])
}

/// The place of a file of a theme as a whole.
pub(super) fn start(file: &SourcePath) -> Span {
    Span::new(file.clone(), 0..0)
}
