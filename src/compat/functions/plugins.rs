//! What a function does to markdown-it: plugins that bring a way of writing, and options.

use serde_yaml::Value;

use super::answers;
use crate::compat::text;
use crate::config::{Construct, Fields, MarkdownConfig};
use crate::diag::Diagnostic;

/// What markdown-it's own options mean here; others are as they are.
const OPTIONS: &[&str] = &["html", "linkify", "typographer", "breaks"];

/// Reads what the function under `name` does; what has no meaning here is told.
pub(in crate::compat) fn plugins(
    fields: &mut Fields<'_>,
    name: &str,
    config: &mut MarkdownConfig,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some((value, steps)) = fields.value(&[name]) else { return };
    let span = fields.document().span(&steps);
    let Some(done) = answers(value) else {
        let message = format!("the setting `{name}` is not used");
        diagnostics.push(Diagnostic::info("setting-ignored", message).at(span).help("the site is built without it"));
        return;
    };
    let mut changed: Vec<&str> = Vec::new();
    for step in done {
        let text = |index: usize| step.get(index).and_then(Value::as_str);
        match (text(0), text(1).unwrap_or_default()) {
            (Some("plugin"), plugin) => match text::construct(plugin) {
                Some(construct) => config.set(construct, true),
                None if text::is_here(plugin) => {}
                None => {
                    let plugin = if plugin.is_empty() { "of a function" } else { plugin };
                    diagnostics.push(text::not_used(plugin).at(span.clone()));
                }
            },
            (Some("option"), option) if OPTIONS.contains(&option) => {
                let on = step.get(2).and_then(Value::as_bool).unwrap_or(false);
                match option {
                    "linkify" => config.linkify = Some(on),
                    "typographer" => config.smart_punctuation = on,
                    "breaks" => config.set(Construct::Breaks, on),
                    _ => {}
                }
            }
            (_, part) if !changed.contains(&part) => changed.push(part),
            _ => {}
        }
    }
    if !changed.is_empty() {
        let parts: Vec<String> = changed.iter().map(|part| format!("`{part}`")).collect();
        let message = format!("what `{name}` changes of markdown-it is not used: {}", parts.join(", "));
        let finding = Diagnostic::info("setting-ignored", message).at(span);
        diagnostics.push(finding.help("the site is built without it"));
    }
}
