//! The keys under `markdown:`.

use crate::config::fields::Fields;
use crate::config::settled::MarkdownConfig;
use crate::diag::{Diagnostic, Severity};

/// Puts what is written under `markdown:` into `config`.
pub fn settle(fields: &mut Fields<'_>, config: &mut MarkdownConfig, diagnostics: &mut Vec<Diagnostic>) {
    config.extended = fields.bool(&["extensions"], diagnostics).unwrap_or(true);
    config.line_numbers = fields.bool(&["line_numbers"], diagnostics).unwrap_or(false);
    config.attributes = fields.bool(&["attributes"], diagnostics);
    config.linkify = fields.bool(&["linkify"], diagnostics);
    config.lazy_images = fields.bool(&["lazy_images"], diagnostics).unwrap_or(false);
    if let Some(mut toc) = fields.fields(&["toc"], diagnostics) {
        config.toc_levels = toc.levels(&["levels"], diagnostics).unwrap_or(config.toc_levels);
        let how = &mut config.toc;
        if let Some(marker) = toc.text_unless_false(&["marker"], diagnostics) {
            how.marker = marker.trim().to_owned();
        }
        how.ordered = toc.one_of(&["list"], &["ul", "ol"], diagnostics).as_deref() == Some("ol");
        how.class = toc.text(&["class"], diagnostics).unwrap_or_else(|| std::mem::take(&mut how.class));
        how.nested = toc.bool(&["nested"], diagnostics);
        how.full = toc.bool(&["full"], diagnostics).unwrap_or(false);
        toc.finish(Severity::Warning, diagnostics);
    }
    if let Some(mut titles) = fields.fields(&["container_titles"], diagnostics) {
        config.container_titles = titles.each_text(diagnostics);
    }
}
