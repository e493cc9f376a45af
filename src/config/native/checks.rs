//! Keys of checks: how much which findings matter.

use std::ops::RangeInclusive;

use serde_yaml::Value;

use crate::config::document::Step;
use crate::config::fields::Fields;
use crate::config::settled::{ChecksConfig, ExternalConfig, Levels};
use crate::diag::codes;
use crate::diag::{Diagnostic, Severity};

/// The keys of the block that are no names of findings.
const OTHERS: &[&str] = &["files", "external"];

/// What the block `checks` means.
pub fn settle(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> ChecksConfig {
    let Some(mut keys) = fields.fields(&["checks"], diagnostics) else { return ChecksConfig::default() };
    let mut files = Vec::new();
    if let Some(mut globs) = keys.fields(&["files"], diagnostics) {
        for (glob, mut inner) in globs.each(diagnostics) {
            files.push((glob, levels(&mut inner, diagnostics)));
        }
    }
    let mut external = ExternalConfig::default();
    if let Some(mut inner) = keys.fields(&["external"], diagnostics) {
        put_external(&mut inner, &mut external, diagnostics);
        inner.finish(Severity::Warning, diagnostics);
    }
    let levels = levels(&mut keys, diagnostics);
    keys.finish(Severity::Warning, diagnostics);
    ChecksConfig { levels, files, external }
}

fn put_external(keys: &mut Fields<'_>, external: &mut ExternalConfig, diagnostics: &mut Vec<Diagnostic>) {
    if let Some(ignore) = keys.texts(&["ignore"], diagnostics) {
        external.ignore = ignore;
    }
    if let Some(timeout) = number(keys, "timeout", 1..=600, diagnostics) {
        external.timeout = timeout;
    }
    if let Some(concurrency) = number(keys, "concurrency", 1..=64, diagnostics) {
        external.concurrency = concurrency as usize;
    }
    if let Some(days) = number(keys, "keep_days", 0..=366, diagnostics) {
        external.keep_days = days;
    }
    external.user_agent = keys.text(&["user_agent"], diagnostics);
    if let Some(local) = keys.bool(&["local"], diagnostics) {
        external.local = local;
    }
}

/// A whole number in a range.
fn number(
    keys: &mut Fields<'_>,
    name: &str,
    range: RangeInclusive<u64>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<u64> {
    let (value, steps) = keys.value(&[name])?;
    let number = value.as_u64().filter(|number| range.contains(number));
    if number.is_none() {
        let wrong = Diagnostic::warning("setting-value", format!("`{name}` should be a whole number"));
        let help = format!("write one from {} to {}; the default is used", range.start(), range.end());
        diagnostics.push(wrong.at(keys.document().span(&steps)).help(help));
    }
    number
}

fn levels(keys: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Levels {
    let mut levels = Levels::new();
    for name in keys.names().into_iter().filter(|name| !OTHERS.contains(&name.as_str())) {
        // A key without a value is asked for, too: it is no unknown one.
        let value = keys.value(&[&name]).map_or(&Value::Null, |(value, _)| value);
        match codes::level(&name, written(value)) {
            Ok((name, level)) => levels.push((name.to_owned(), level)),
            Err(finding) => {
                let mut steps = keys.steps().to_vec();
                steps.push(Step::Key(name));
                diagnostics.push(finding.at(keys.document().span(&steps)));
            }
        }
    }
    levels
}

/// The name of a level as it is written; YAML of old reads `off` as `false`.
fn written(value: &Value) -> &str {
    match value {
        Value::String(text) => text,
        Value::Bool(false) => "off",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SourcePath;
    use crate::config::{Document, Format};
    use crate::diag::codes::Level;

    fn read(text: &str) -> (ChecksConfig, Vec<String>) {
        let file = SourcePath::new("pressoir.yml").expect("a path");
        let (document, mut diagnostics) = Document::read(&file, text, Format::Yaml);
        let mut fields = Fields::of(&document);
        let checks = settle(&mut fields, &mut diagnostics);
        fields.finish(Severity::Warning, &mut diagnostics);
        let told = |found: &Diagnostic| {
            let span = found.span.clone().expect("a place");
            format!("{}: {} {}", &text[span.range()], found.code, found.help.as_deref().unwrap_or_default())
        };
        (checks, diagnostics.iter().map(told).collect())
    }

    #[test]
    fn levels_are_read() {
        let text = "checks:\n  dead-link: error\n  no-alt: off\n  files:\n    archive/**: {dead-link: false}\n";
        let (checks, told) = read(text);
        assert_eq!(told, [] as [String; 0]);
        assert_eq!(checks.levels, [("dead-link".to_owned(), Level::Error), ("no-alt".to_owned(), Level::Off)]);
        assert_eq!(checks.files, [("archive/**".to_owned(), vec![("dead-link".to_owned(), Level::Off)])]);
    }

    #[test]
    fn other_hosts_are_asked_as_written() {
        let text = "checks:\n  external:\n    ignore: [https://a.fr/*]\n    timeout: 5\n    concurrency: 2\n    keep_days: 0\n    user_agent: me\n    local: true\n";
        let (checks, told) = read(text);
        assert_eq!(told, [] as [String; 0]);
        let want = ExternalConfig {
            ignore: vec!["https://a.fr/*".into()],
            timeout: 5,
            concurrency: 2,
            keep_days: 0,
            user_agent: Some("me".into()),
            local: true,
        };
        assert_eq!(checks.external, want);
    }

    #[test]
    fn mistakes_are_told() {
        for (text, want) in [
            (
                "checks:\n  external:\n    timeout: soon",
                "timeout: setting-value write one from 1 to 600; the default is used",
            ),
            ("checks:\n  external:\n    ignored: x", "ignored: unknown-setting did you mean `ignore`?"),
            ("checks: {dead-lnk: off}", "checks: unknown-check did you mean `dead-link`?"),
            ("checks:\n  quux: off", "quux: unknown-check `pressoir explain` lists all findings; the line is not used"),
            (
                "checks:\n  dead-link: no",
                "dead-link: setting-value write `error`, `warning`, `info` or `off`; the line is not used",
            ),
            (
                "checks:\n  files:\n    x:\n      no-pages: off",
                "no-pages: setting-value there is no site as long as it stands; the line is not used",
            ),
        ] {
            let (checks, told) = read(text);
            assert_eq!(told, [want], "{text}");
            assert!(checks.levels.is_empty(), "{text}");
        }
    }
}
