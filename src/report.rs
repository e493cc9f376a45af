//! `Report` -> text for people and programs. Floor 7.
//!
//! In: the findings, the texts that they point into, a format. Out: bytes. Steps: choose the findings that this reader
//! asked for, give each its line and column, print them. One model, several printers.

mod finding;
mod github;
mod human;
mod json;
mod sarif;
mod short;

use std::io::{self, Write};
use std::sync::Arc;

use crate::base::SourcePath;
use crate::diag::{Report, Severity};

use finding::Finding;

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The line itself, what is wrong with it, and what to do.
    Human,
    /// One line a finding.
    Short,
    /// One JSON document with every finding.
    Json,
    /// Workflow commands that GitHub shows beside the lines of a pull request.
    Github,
    /// SARIF 2.1.0, with every finding.
    Sarif,
}

/// How much people want to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Errors only.
    Quiet,
    /// Errors and warnings.
    Normal,
    /// Remarks too.
    Verbose,
}

/// What the printers need to know besides the findings.
#[derive(Clone, Debug)]
pub struct Options {
    /// What stands before the path of a file of the project to make it a path from the current folder: `docs/`, or nothing.
    pub prefix: String,
    /// How much to show. Documents for programs (`json`, `sarif`) always hold everything.
    pub detail: Detail,
    /// Whether warnings count as errors, and are shown as such.
    pub strict: bool,
    /// Whether `human` and `short` are coloured.
    pub color: bool,
    /// The width of the terminal, in columns.
    pub width: usize,
}

/// The text of a file that a finding points into, if there is one.
pub type Texts<'a> = dyn Fn(&SourcePath) -> Option<Arc<str>> + 'a;

/// Writes the findings of `report` to `out`.
pub fn print(
    report: &Report,
    texts: &Texts<'_>,
    format: Format,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let all = finding::locate(report, texts, options);
    match format {
        Format::Json => return json::print(&all, out),
        Format::Sarif => return sarif::print(&all, out),
        Format::Human | Format::Short | Format::Github => {}
    }
    let weakest = match options.detail {
        Detail::Quiet => Severity::Error,
        Detail::Normal => Severity::Warning,
        Detail::Verbose => Severity::Info,
    };
    let (asked, hidden): (Vec<_>, Vec<_>) = all.into_iter().partition(|finding| finding.severity <= weakest);
    match format {
        Format::Short => short::print(&asked, options, out),
        Format::Github => github::print(&asked, out),
        _ => human::print(&asked, remarks(&hidden, options), options, out),
    }
}

/// How many remarks are worth a line saying that they exist.
fn remarks(hidden: &[Finding<'_>], options: &Options) -> usize {
    match options.detail {
        Detail::Normal => hidden.len(),
        Detail::Quiet | Detail::Verbose => 0,
    }
}

/// What a severity is called.
fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

#[cfg(test)]
mod tests;
