//! What settings say of the search: whether there is one. Whatever searches there, our own search takes its place, so the rest is told.

use serde_yaml::Value;

use crate::config::{Fields, FrameConfig};
use crate::diag::{Diagnostic, Severity};

/// Reads `search` and `algolia`.
pub(super) fn settle(fields: &mut Fields<'_>, frame: &mut FrameConfig, diagnostics: &mut Vec<Diagnostic>) {
    match fields.value(&["search"]) {
        Some((Value::Bool(shown), _)) => frame.search = *shown,
        Some((Value::Mapping(_), _)) => {
            if let Some(mut search) = fields.fields(&["search"], diagnostics) {
                search.skip(&["provider"]);
                if let Some(mut options) = search.fields(&["options"], diagnostics) {
                    if let Some(text) = button_text(&mut options, diagnostics) {
                        frame.set_text("search", text);
                    }
                    let others: Vec<String> =
                        options.names().into_iter().filter(|name| name != "translations").collect();
                    let others: Vec<&str> = others.iter().map(String::as_str).collect();
                    options.without_effect(&others, diagnostics);
                }
                search.finish(Severity::Info, diagnostics);
            }
        }
        _ => {}
    }
    fields.without_effect(&["algolia"], diagnostics);
}

/// What the button of the search says. The window of ours says other things than theirs, and says them in each language.
fn button_text(options: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let mut texts = options.fields(&["translations"], diagnostics)?;
    texts.without_effect(&["modal"], diagnostics);
    let mut button = texts.fields(&["button"], diagnostics)?;
    button.without_effect(&["buttonAriaLabel"], diagnostics);
    button.text(&["buttonText"], diagnostics)
}
