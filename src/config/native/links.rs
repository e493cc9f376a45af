//! `external_links`: the attributes of links to other sites, in every layout's settings.

use serde_yaml::Value;

use crate::config::document::Step;
use crate::config::fields::Fields;
use crate::diag::{Diagnostic, Severity};

/// What links to other sites carry: a mapping of names to values, or `false` for nothing. `None` where the settings are silent.
pub fn external(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<(String, String)>> {
    if let (Value::Bool(false), _) = fields.value(&["external_links"])? {
        return Some(Vec::new());
    }
    let mut given = fields.fields(&["external_links"], diagnostics)?;
    let mut attributes = Vec::new();
    for name in given.names() {
        let good = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'))
            && !["class", "href", "id", "style"].contains(&name.as_str());
        if good {
            let value = match given.value(&[&name]) {
                None | Some((Value::Bool(false), _)) => continue,
                Some((Value::Bool(true), _)) => Some(String::new()),
                Some(_) => given.text(&[&name], diagnostics),
            };
            attributes.extend(value.map(|value| (name, value)));
            continue;
        }
        given.value(&[&name]);
        let mut steps = given.steps().to_vec();
        steps.push(Step::Key(name.clone()));
        diagnostics.push(
            Diagnostic::warning("setting-value", format!("links to other sites cannot have the attribute `{name}`"))
                .at(given.document().span(&steps))
                .help("write attributes such as `target: _blank` and `rel: noopener`"),
        );
    }
    given.finish(Severity::Warning, diagnostics);
    Some(attributes)
}
