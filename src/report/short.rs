//! One line a finding, as compilers write them: editors and `grep` know what to do with it.

use std::io::{self, Write};

use anstream::adapter::strip_str;

use super::finding::{Finding, Place};
use super::{Options, human, name};

pub(super) fn print(findings: &[Finding<'_>], options: &Options, out: &mut dyn Write) -> io::Result<()> {
    for finding in findings {
        if let Some(place) = &finding.place {
            write!(out, "{}: ", position(place))?;
        }
        let (on, off) = human::style(finding.severity, options);
        let message = one_line(&finding.diagnostic.message);
        writeln!(out, "{on}{}[{}]{off}: {message}", name(finding.severity), finding.diagnostic.code)?;
    }
    Ok(())
}

/// `file:line:column`, or as much of it as is known.
pub(super) fn position(place: &Place) -> String {
    match &place.lines {
        Some(lines) => format!("{}:{}:{}", place.file, lines.start.line, lines.start.column),
        None => place.file.clone(),
    }
}

/// A message quotes what stood in a file: whatever that was, it stays one line and sends no commands to the terminal.
fn one_line(message: &str) -> String {
    strip_str(message).to_string().replace(|c: char| c.is_control(), " ")
}
