//! The keys under `markdown:`.

use super::containers;
use crate::config::fields::Fields;
use crate::config::settled::MarkdownConfig;
use crate::diag::{Diagnostic, Severity};

/// Puts what is written under `markdown:` into `config`.
pub fn settle(fields: &mut Fields<'_>, config: &mut MarkdownConfig, diagnostics: &mut Vec<Diagnostic>) {
    config.extended = fields.bool(&["extensions"], diagnostics).unwrap_or(true);
    config.line_numbers = fields.bool(&["line_numbers"], diagnostics).unwrap_or(false);
    if let Some(mut toc) = fields.fields(&["toc"], diagnostics) {
        config.toc_levels = toc.levels(&["levels"], diagnostics).unwrap_or(config.toc_levels);
        toc.finish(Severity::Warning, diagnostics);
    }
    config.alerts = fields.bool(&["alerts"], diagnostics);
    containers::settle(fields, config, diagnostics);
}
