//! What went wrong, as data. Floor 1. Printing is `report`'s work.

pub mod codes;
pub mod manual;

use std::borrow::Cow;

use crate::base::Span;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site cannot be published.
    Error,
    /// A reader would meet it.
    Warning,
    /// Worth knowing.
    Info,
}

/// A second place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there.
    pub message: String,
}

/// A cure that is certain: what is typed at the place of a finding, and what should be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fix {
    /// What is typed there.
    pub typed: Box<str>,
    /// What should be.
    pub mended: Box<str>,
}

/// One finding: what, where, and what to do. Messages are lower case and quote what was found in backticks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// A stable name in kebab case, as settings and documentation use it: `dead-link`.
    pub code: Cow<'static, str>,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where; `None` for findings about the whole site.
    pub span: Option<Span>,
    /// Other places that explain it.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// What `check --fix` does.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding with no place and no help yet. Its code is one of [`codes::CODES`].
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Diagnostic {
        debug_assert!(codes::find(code).is_some(), "`{code}` is not in `diag/codes.rs`");
        Diagnostic {
            code: Cow::Borrowed(code),
            severity,
            message: message.into(),
            span: None,
            labels: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// An error.
    pub fn error(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Error, code, message)
    }

    /// A warning.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Warning, code, message)
    }

    /// A remark.
    pub fn info(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Info, code, message)
    }

    /// The same finding at a place.
    pub fn at(mut self, span: Span) -> Diagnostic {
        self.span = Some(span);
        self
    }

    /// The same finding with a second place.
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// The same finding with what to do.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// The same finding with a cure that is certain.
    pub fn fix(mut self, typed: &str, mended: &str) -> Diagnostic {
        self.fix = Some(Fix { typed: typed.into(), mended: mended.into() });
        self
    }

    /// Findings are shown by file, then place, then weight; those of the whole site come first.
    fn order(&self) -> (&Option<Span>, Severity, &str, &str) {
        (&self.span, self.severity, &self.code, &self.message)
    }
}

/// The findings of a build: sorted, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// The report of some findings, in any order.
    pub fn new(mut diagnostics: Vec<Diagnostic>) -> Report {
        diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
        diagnostics.dedup();
        Report { diagnostics }
    }

    /// The findings, in order.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Whether nothing may be published: there is an error, or, if `strict`, a warning.
    pub fn fails(&self, strict: bool) -> bool {
        self.count(Severity::Error) > 0 || strict && self.count(Severity::Warning) > 0
    }
}
