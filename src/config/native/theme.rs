//! `theme:`: the name of a theme, or its name and how it looks here.

use serde_yaml::Value;

use crate::config::fields::Fields;
use crate::config::look::look;
use crate::config::settled::ThemeConfig;
use crate::diag::{Diagnostic, Severity};

/// Puts what is written into `config`.
pub(super) fn settle(fields: &mut Fields<'_>, config: &mut ThemeConfig, diagnostics: &mut Vec<Diagnostic>) {
    match fields.value(&["theme"]) {
        Some((Value::Mapping(_), _)) => {
            let Some(mut keys) = fields.fields(&["theme"], diagnostics) else { return };
            if let Some(name) = keys.text(&["name"], diagnostics) {
                config.name = name;
            }
            config.look = look(&mut keys, diagnostics);
            keys.finish(Severity::Warning, diagnostics);
        }
        Some(_) => {
            if let Some(name) = fields.text(&["theme"], diagnostics) {
                config.name = name;
            }
        }
        None => {}
    }
}
