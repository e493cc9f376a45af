//! Keys of checks: how much which findings matter.

use serde_yaml::Value;

use crate::config::document::Step;
use crate::config::fields::Fields;
use crate::config::settled::{ChecksConfig, Levels};
use crate::diag::codes;
use crate::diag::{Diagnostic, Severity};

/// The keys of the block that are no names of findings.
const OTHERS: &[&str] = &["files"];

/// What the block `checks` means.
pub fn settle(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> ChecksConfig {
    let Some(mut keys) = fields.fields(&["checks"], diagnostics) else { return ChecksConfig::default() };
    let mut files = Vec::new();
    if let Some(mut globs) = keys.fields(&["files"], diagnostics) {
        for (glob, mut inner) in globs.each(diagnostics) {
            files.push((glob, levels(&mut inner, diagnostics)));
        }
    }
    let levels = levels(&mut keys, diagnostics);
    keys.finish(Severity::Warning, diagnostics);
    ChecksConfig { levels, files }
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
    fn mistakes_are_told() {
        for (text, want) in [
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
