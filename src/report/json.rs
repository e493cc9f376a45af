//! One JSON document: a list with an object for each finding.

use std::io::{self, Write};

use serde::Serialize;

use super::finding::{Finding, Place};
use super::name;

#[derive(Serialize)]
struct Entry<'a> {
    code: &'a str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Where<'a>,
    help: Option<&'a str>,
    labels: Vec<Label<'a>>,
}

#[derive(Serialize)]
struct Label<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: Where<'a>,
}

/// Lines and columns count from 1, columns in characters; the end is one past the last character.
#[derive(Serialize, Default)]
struct Where<'a> {
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

impl<'a> From<&'a Place> for Where<'a> {
    fn from(place: &'a Place) -> Where<'a> {
        let (start, end) = place.lines.as_ref().map(|lines| (lines.start, lines.end)).unzip();
        Where {
            file: Some(&place.file),
            line: start.map(|start| start.line),
            column: start.map(|start| start.column),
            end_line: end.map(|end| end.line),
            end_column: end.map(|end| end.column),
        }
    }
}

pub(super) fn print(findings: &[Finding<'_>], out: &mut dyn Write) -> io::Result<()> {
    let entries: Vec<Entry<'_>> = findings
        .iter()
        .map(|finding| Entry {
            code: &finding.diagnostic.code,
            severity: name(finding.severity),
            message: &finding.diagnostic.message,
            place: finding.place.as_ref().map(Where::from).unwrap_or_default(),
            help: finding.diagnostic.help.as_deref(),
            labels: finding.labels.iter().map(|(place, message)| Label { message, place: place.into() }).collect(),
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &entries)?;
    writeln!(out)
}
