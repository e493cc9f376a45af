//! `Report` -> text for people and programs. Floor 7.
//!
//! In: the findings, the texts that they point into, a format. Out: bytes. Steps: choose the findings that this reader
//! asked for, give each its line and column, print them. One model, several printers.

mod finding;
mod github;
mod groups;
mod human;
mod json;
mod sarif;
mod short;
mod summary;

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
    /// Whether people are shown all findings, however many there are.
    pub all: bool,
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
        Format::Github => github::print(&asked, options, out),
        _ => human::print(&asked, remarks(&hidden, options), options, out),
    }
}

/// Writes errors and warnings as Markdown below a title, for the page of a workflow's run.
pub fn print_summary(
    report: &Report,
    texts: &Texts<'_>,
    options: &Options,
    title: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut findings = finding::locate(report, texts, options);
    findings.retain(|finding| finding.severity <= Severity::Warning);
    summary::print(&findings, title, out)
}

/// A finding in parts, for a panel that has a design of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// The stable name of the finding.
    pub code: String,
    /// How much it matters here.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The file that it is about.
    pub file: Option<SourcePath>,
    /// `file:line:column`, if it has a place.
    pub place: Option<String>,
    /// Line and column, from 1.
    pub at: Option<(usize, usize)>,
    /// The line that it is about, with a mark below.
    pub frame: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

/// The errors and warnings of a report in parts; of each kind as many as somebody reads.
pub fn outline(report: &Report, texts: &Texts<'_>, options: &Options) -> Vec<Outline> {
    let (mut errors, mut warnings) = (0, 0);
    let findings = finding::locate(report, texts, options).into_iter().filter(|finding| match finding.severity {
        Severity::Error => {
            errors += 1;
            errors <= human::MOST
        }
        Severity::Warning => {
            warnings += 1;
            warnings <= MOST_WARNINGS
        }
        Severity::Info => false,
    });
    let outline = |finding: Finding<'_>| Outline {
        code: finding.diagnostic.code.to_string(),
        severity: finding.severity,
        message: finding.diagnostic.message.clone(),
        file: finding.diagnostic.span.as_ref().map(|span| span.file.clone()),
        at: finding
            .place
            .as_ref()
            .and_then(|place| place.lines.as_ref())
            .map(|lines| (lines.start.line, lines.start.column)),
        frame: finding.place.as_ref().and_then(human::marked_line),
        place: finding.place.as_ref().map(short::position),
        help: finding.diagnostic.help.clone(),
    };
    findings.map(outline).collect()
}

/// Past this many warnings nobody mends them one by one.
const MOST_WARNINGS: usize = 2_000;

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
