//! SARIF 2.1.0 (OASIS): what code scanning services and editors read.

use std::collections::BTreeSet;
use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::diag::Severity;

use super::finding::{Finding, Place};

/// All that RFC 3986 does not let stand in the path of a relative reference.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

pub(super) fn print(findings: &[Finding<'_>], out: &mut dyn Write) -> io::Result<()> {
    let codes: BTreeSet<&str> = findings.iter().map(|finding| &*finding.diagnostic.code).collect();
    let rules: Vec<Value> = codes.iter().map(|code| json!({ "id": code })).collect();
    let results: Vec<Value> = findings.iter().map(result).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "pressoir", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn result(finding: &Finding<'_>) -> Value {
    let diagnostic = finding.diagnostic;
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    };
    let text = match &diagnostic.help {
        Some(help) => format!("{}\n{help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let mut result = json!({ "ruleId": diagnostic.code, "level": level, "message": { "text": text } });
    if let Some(place) = &finding.place {
        result["locations"] = json!([location(place)]);
    }
    if !finding.labels.is_empty() {
        let related = finding.labels.iter().map(|(place, message)| {
            let mut location = location(place);
            location["message"] = json!({ "text": message });
            location
        });
        result["relatedLocations"] = related.collect();
    }
    result
}

fn location(place: &Place) -> Value {
    let uri = utf8_percent_encode(&place.file, ESCAPED).to_string();
    let mut physical = json!({ "artifactLocation": { "uri": uri } });
    if let Some(lines) = &place.lines {
        physical["region"] = json!({
            "startLine": lines.start.line,
            "startColumn": lines.start.column,
            "endLine": lines.end.line,
            "endColumn": lines.end.column,
        });
    }
    json!({ "physicalLocation": physical })
}
