//! Workflow commands of GitHub Actions: each finding is shown beside its line of the pull request.

use std::io::{self, Write};

use anstream::adapter::strip_str;

use crate::diag::Severity;

use super::Options;
use super::finding::Finding;
use super::groups::{self, groups};

/// How many findings are shown beside their lines. GitHub itself shows ten errors and ten warnings of a step; the rest would
/// only fill its log.
const MOST: usize = 50;

pub(super) fn print(findings: &[Finding<'_>], options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let most = if options.all { usize::MAX } else { MOST };
    let mut shown: Vec<&Finding<'_>> = findings.iter().collect();
    shown.sort_by_key(|finding| finding.severity);
    for finding in shown.iter().take(most) {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        write!(out, "::{command} ")?;
        if let Some(place) = &finding.place {
            write!(out, "file={},", property(&place.file))?;
            if let Some(lines) = &place.lines {
                write!(out, "line={},endLine={},", lines.start.line, lines.end.line)?;
                // GitHub refuses columns of a place that covers several lines.
                if lines.start.line == lines.end.line {
                    let end = lines.end.column.max(lines.start.column);
                    write!(out, "col={},endColumn={end},", lines.start.column)?;
                }
            }
        }
        let diagnostic = finding.diagnostic;
        let help = diagnostic.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
        let text = data(&format!("{}{help}", diagnostic.message));
        writeln!(out, "title={}::{text}", property(&diagnostic.code))?;
    }
    if findings.len() > most {
        for group in groups(findings) {
            writeln!(out, "{}: {}", group.code, groups::counted(&group))?;
        }
        writeln!(out, "{most} of {} findings are shown beside their lines; `--all` shows all of them", findings.len())?;
    }
    Ok(())
}

/// Text after `::`.
fn data(text: &str) -> String {
    strip_str(text).to_string().replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which ends at a comma and whose command ends at a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
