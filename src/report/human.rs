//! Findings for people: the line itself, what is wrong with it, and what to do.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::renderer::{DEFAULT_ERROR_STYLE, DEFAULT_INFO_STYLE, DEFAULT_WARNING_STYLE};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diag::Severity;

use super::Options;
use super::finding::{Finding, Lines, Place};
use super::groups::{self, groups};

/// How many findings are shown with their lines: a folder that comes from another tool can have thousands.
pub(super) const MOST: usize = 50;

/// How many of a kind are shown where there are more than that.
const FEW: usize = 5;

/// A longer line (bytes) was made by a machine: its place is told, and nobody would read it.
const LONGEST_LINE: usize = 64 * 1024;

pub(super) fn print(
    findings: &[Finding<'_>],
    remarks: usize,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let renderer = if options.color { Renderer::styled() } else { Renderer::plain() }.term_width(options.width);
    if options.all || findings.len() <= MOST {
        for finding in findings {
            show(finding, &renderer, out)?;
        }
    } else {
        print_many(findings, &renderer, options, out)?;
    }
    if remarks > 0 {
        writeln!(out, "and {} (`-v` shows them)", counted(remarks, "remark"))?;
    }
    Ok(())
}

/// More findings than anyone reads: the first of each kind, and how many there are.
fn print_many(findings: &[Finding<'_>], renderer: &Renderer, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let groups = groups(findings);
    // What matters most is never what is left out: a few errors are all shown.
    let mut left = MOST;
    let shares = groups.iter().map(|group| {
        let most = if group.severity == Severity::Error { MOST } else { FEW };
        let share = group.findings.len().min(most).min(left);
        left -= share;
        share
    });
    let shares: Vec<usize> = shares.collect();
    for (group, share) in groups.iter().zip(shares) {
        for finding in &group.findings[..share] {
            show(finding, renderer, out)?;
        }
        let rest = group.findings.len() - share;
        if rest > 0 {
            let (on, off) = style(group.severity, options);
            let more = if share > 0 { "and " } else { "" };
            writeln!(out, "{on}{more}{rest} more {}{off}: {}\n", group.code, groups::counted(group))?;
        }
    }
    let kinds = counted(groups.len(), "kind");
    writeln!(out, "{} of {kinds}; `--all` shows all of them", counted(findings.len(), "finding"))
}

/// A finding with its line.
fn show(finding: &Finding<'_>, renderer: &Renderer, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{}", renderer.render(&[frame(finding)]))?;
    match &finding.diagnostic.help {
        // A frame around nothing would be a bar that stands alone.
        Some(help) if is_placeless(finding) => writeln!(out, "\n  = help: {help}\n"),
        _ => writeln!(out, "\n"),
    }
}

/// `1 page`, `2 pages`.
pub(super) fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// The codes that turn the colour of a severity on and off.
pub(super) fn style(severity: Severity, options: &Options) -> (String, String) {
    let style = match severity {
        Severity::Error => DEFAULT_ERROR_STYLE,
        Severity::Warning => DEFAULT_WARNING_STYLE,
        Severity::Info => DEFAULT_INFO_STYLE,
    };
    match options.color {
        true => (style.to_string(), format!("{style:#}")),
        false => (String::new(), String::new()),
    }
}

fn frame<'a>(finding: &'a Finding<'_>) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let diagnostic = finding.diagnostic;
    let title = level.primary_title(diagnostic.message.as_str()).id(&*diagnostic.code);
    let mut group = Group::with_title(title);

    let main = finding.place.as_ref();
    let on_main_line = |place: &Place| main.is_some_and(|main| same_line(main, place));
    if let Some(place) = main {
        group = match &place.lines {
            Some(lines) if lines.first().len() <= LONGEST_LINE => {
                let mut snippet = snippet(place, lines).annotation(AnnotationKind::Primary.span(marked(lines)));
                for (place, message) in finding.labels.iter().filter(|(place, _)| on_main_line(place)) {
                    if let Some(lines) = &place.lines {
                        snippet = snippet.annotation(AnnotationKind::Context.span(marked(lines)).label(*message));
                    }
                }
                group.element(snippet)
            }
            _ => group.element(origin(place)),
        };
    }
    for (place, message) in finding.labels.iter().filter(|(place, _)| !on_main_line(place)) {
        group = match &place.lines {
            Some(lines) if lines.first().len() <= LONGEST_LINE => group
                .element(snippet(place, lines).annotation(AnnotationKind::Context.span(marked(lines)).label(*message))),
            _ => group.element(Level::NOTE.message(*message)).element(origin(place)),
        };
    }
    match &diagnostic.help {
        Some(help) if !is_placeless(finding) => group.element(Level::HELP.message(help.as_str())),
        _ => group,
    }
}

/// Whether there is no line to show.
fn is_placeless(finding: &Finding<'_>) -> bool {
    finding.place.is_none() && finding.labels.is_empty()
}

/// The line that is shown for a place.
pub(super) fn line(place: &Place) -> Option<&str> {
    place.lines.as_ref().map(Lines::first).filter(|line| line.len() <= LONGEST_LINE)
}

/// The first line of a place with its number, and a mark below what it is about.
pub(super) fn marked_line(place: &Place) -> Option<String> {
    let text = line(place)?;
    let lines = place.lines.as_ref()?;
    let (number, start) = (lines.start.line.to_string(), lines.start.column);
    // Tabs stay tabs, so that the mark stands below its text however wide they are shown.
    let before: String = text.chars().take(start - 1).map(|char| if char == '\t' { '\t' } else { ' ' }).collect();
    let mark = "^".repeat(lines.first_line_end().saturating_sub(start).max(1));
    Some(format!("{number} | {text}\n{} | {before}{mark}", " ".repeat(number.len())))
}

fn same_line(a: &Place, b: &Place) -> bool {
    let line = |place: &Place| place.lines.as_ref().map(|lines| lines.start.line);
    a.file == b.file && line(a).is_some() && line(a) == line(b)
}

/// The first line of a place. What goes on for several lines is known by how it starts.
fn snippet<'a, T: Clone>(place: &'a Place, lines: &'a Lines) -> Snippet<'a, T> {
    Snippet::source(lines.first()).line_start(lines.start.line).path(place.file.as_str())
}

fn origin(place: &Place) -> Origin<'_> {
    let origin = Origin::path(place.file.as_str());
    match &place.lines {
        Some(lines) => origin.line(lines.start.line).char_column(lines.start.column),
        None => origin,
    }
}

/// The bytes of the first line that the place covers.
fn marked(lines: &Lines) -> Range<usize> {
    let line = lines.first();
    let byte = |column: usize| line.char_indices().nth(column - 1).map_or(line.len(), |(at, _)| at);
    byte(lines.start.column)..byte(lines.first_line_end())
}
