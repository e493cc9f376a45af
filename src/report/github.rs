//! Workflow commands of GitHub Actions: each finding is shown beside its line of the pull request.

use std::io::{self, Write};

use anstream::adapter::strip_str;

use crate::diag::Severity;

use super::finding::Finding;

pub(super) fn print(findings: &[Finding<'_>], out: &mut dyn Write) -> io::Result<()> {
    for finding in findings {
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
