//! What a site says of itself on every page: an announcement, its versions, how far everyone can read it.

use serde_yaml::Value;

use crate::config::document::Step;
use crate::config::fields::Fields;
use crate::config::settled::{Accessibility, Conformity, FrameConfig, Version};
use crate::diag::{Diagnostic, Severity};

/// Puts what is written into `config`.
pub(super) fn settle(fields: &mut Fields<'_>, config: &mut FrameConfig, diagnostics: &mut Vec<Diagnostic>) {
    if let Some((Value::Bool(false), _)) = fields.value(&["announcement"]) {
        config.announcement = None;
    } else if let Some(text) = fields.text(&["announcement"], diagnostics) {
        config.announcement = Some(text);
    }
    if let Some(versions) = versions(fields, diagnostics) {
        config.versions = versions;
    }
    if let Some((Value::Bool(false), _)) = fields.value(&["accessibility"]) {
        config.accessibility = None;
    } else if let Some(mut keys) = fields.fields(&["accessibility"], diagnostics) {
        let mut settled = config.accessibility.take().unwrap_or_default();
        let names = Conformity::ALL.map(|(_, name)| name);
        if let Some(state) = keys.one_of(&["state"], &names, diagnostics) {
            let known = Conformity::ALL.iter().find(|(_, name)| *name == state);
            settled.state = known.map_or(Conformity::None, |(state, _)| *state);
        }
        for (name, text) in texts(&mut settled) {
            if let Some(written) = keys.text(&[name], diagnostics) {
                *text = Some(written);
            }
        }
        keys.finish(Severity::Warning, diagnostics);
        config.accessibility = Some(settled);
    }
}

/// The texts of the block, by key.
fn texts(settled: &mut Accessibility) -> [(&'static str, &mut Option<String>); 5] {
    let Accessibility { entity, contact, audit, director, host, .. } = settled;
    [("entity", entity), ("contact", contact), ("audit", audit), ("director", director), ("host", host)]
}

/// The versions of the documentation, the latest first.
fn versions(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Version>> {
    let (value, steps) = fields.value(&["versions"])?;
    let read = |value: &Value| {
        let text = |key: &str| match value.get(key)? {
            Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let current = value.get("current").and_then(Value::as_bool).unwrap_or(false);
        Some(Version { text: text("text")?, link: text("link").or_else(|| current.then(String::new))?, current })
    };
    let list = value.as_sequence().map(Vec::as_slice).unwrap_or_default();
    let mut versions = Vec::new();
    for (index, entry) in list.iter().enumerate() {
        match read(entry) {
            Some(version) => versions.push(version),
            None => {
                let mut steps = steps.clone();
                steps.push(Step::Index(index));
                diagnostics.push(wrong("this version has no name or no address", fields, &steps));
            }
        }
    }
    if !value.is_sequence() {
        diagnostics.push(wrong("the versions should be a list", fields, &steps));
    } else if !versions.is_empty() && versions.iter().filter(|version| version.current).count() != 1 {
        diagnostics.push(wrong("it is not clear which version this site shows", fields, &steps));
        return None;
    }
    Some(versions)
}

fn wrong(message: &str, fields: &Fields<'_>, steps: &[Step]) -> Diagnostic {
    Diagnostic::warning("setting-value", message).at(fields.document().span(steps)).help(
        "write `- {text: \"2.0\", link: https://example.org/2.0/}` for each, the latest first, and `current: true` for one",
    )
}
