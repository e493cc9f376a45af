//! SARIF 2.1.0 (OASIS): what code scanning services and editors read.
//!
//! GitHub's code scanning asks for more than the standard does: a place for each result, a help for each rule, and something
//! by which a finding is known again when lines were put before it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::base::Hash;
use crate::diag::Severity;
use crate::diag::codes::{self, Level};
use crate::diag::manual::{self, Language};

use super::finding::{Finding, Place};

/// All that RFC 3986 does not let stand in the path of a relative reference.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

pub(super) fn print(findings: &[Finding<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        numbers.insert(&finding.diagnostic.code, 0);
    }
    numbers.values_mut().zip(0..).for_each(|(number, index)| *number = index);
    let rules: Vec<Value> = numbers.keys().map(|code| rule(code)).collect();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let results: Vec<Value> = findings
        .iter()
        .map(|finding| {
            let known = fingerprint(finding);
            let again = seen.entry(known.clone()).or_default();
            *again += 1;
            result(finding, numbers[&*finding.diagnostic.code], &format!("{known}:{again}"))
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "pressoir", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// What is said of a kind of finding.
fn rule(code: &str) -> Value {
    let default = codes::find(code).and_then(|code| code.level.severity()).map_or("none", level);
    let enabled = codes::find(code).is_some_and(|code| code.level != Level::Off);
    let mut rule = json!({ "id": code, "defaultConfiguration": { "level": default, "enabled": enabled } });
    if let Some(section) = manual::section(code, Language::English) {
        rule["shortDescription"] = json!({ "text": section.summary });
        rule["fullDescription"] = json!({ "text": section.summary });
        rule["help"] = json!({ "text": section.text, "markdown": section.text });
    }
    rule
}

/// What a finding is known by again: its kind, its file and the text of its line, wherever that stands.
fn fingerprint(finding: &Finding<'_>) -> String {
    let place = finding.place.as_ref();
    let line = place.and_then(|place| place.lines.as_ref()).map_or("", |lines| lines.first().trim());
    let file = place.map_or("", |place| &place.file);
    Hash::of(&(&*finding.diagnostic.code, file, line)).short(16)
}

fn result(finding: &Finding<'_>, rule: usize, known: &str) -> Value {
    let diagnostic = finding.diagnostic;
    let text = match &diagnostic.help {
        Some(help) => format!("{}\n{help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let mut result = json!({
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": level(finding.severity),
        "message": { "text": text },
        "partialFingerprints": { "primaryLocationLineHash": known },
    });
    // What is said of the whole site has the place of its folder.
    let whole = json!({ "physicalLocation": { "artifactLocation": { "uri": "." } } });
    result["locations"] = json!([finding.place.as_ref().map_or(whole, location)]);
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
    let path = utf8_percent_encode(&place.file, ESCAPED).to_string();
    let uri = if path.starts_with('/') { format!("file://{path}") } else { path };
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
