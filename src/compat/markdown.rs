//! Settings of Markdown that VuePress and VitePress share.

use crate::config::{Fields, MarkdownConfig, native, pattern as expression};
use crate::diag::{Diagnostic, Severity};

/// Reads `toc` and `linkify` of the settings under `markdown`.
pub(super) fn settle(fields: &mut Fields<'_>, config: &mut MarkdownConfig, diagnostics: &mut Vec<Diagnostic>) {
    config.linkify = fields.bool(&["linkify"], diagnostics);
    if fields.value(&["toc"]).is_some_and(|(value, _)| value.as_bool() == Some(false)) {
        config.toc.marker.clear();
        return;
    }
    let Some(mut toc) = fields.fields(&["toc"], diagnostics) else { return };
    config.toc_levels = toc.levels(&["includeLevel", "level"], diagnostics).unwrap_or(config.toc_levels);
    let settings = &mut config.toc;
    let pattern = toc.value(&["markerPattern", "pattern"]);
    if let Some((value, steps)) = pattern {
        match value.as_str().or_else(|| expression(value)).and_then(marker) {
            Some(marker) => settings.marker = marker,
            None => diagnostics.push(
                Diagnostic::info("setting-ignored", "this pattern is more than a marker, and is not used")
                    .at(toc.document().span(&steps))
                    .help("write the marker itself: `[[toc]]`"),
            ),
        }
    }
    settings.ordered = toc.one_of(&["listType", "listTag"], &["ul", "ol"], diagnostics).as_deref() == Some("ol");
    settings.class = toc.text(&["containerClass"], diagnostics).unwrap_or_else(|| std::mem::take(&mut settings.class));
    native::toc_look(&mut toc, settings, |_, theirs| theirs, diagnostics);
    settings.nested = toc.bool(&["shouldAllowNested"], diagnostics);
    settings.full = toc.bool(&["forceFullToc"], diagnostics).unwrap_or(false);
    // The element around it is a `nav`, whatever it was: readers of screens find it by that. Its links are links.
    toc.value(&["containerTag"]);
    toc.value(&["linkTag"]);
    toc.finish(Severity::Info, diagnostics);
}

/// The marker that a regular expression stands for, if it stands for one: `/^\\[TOC\\]$/im` for `[TOC]`.
fn marker(pattern: &str) -> Option<String> {
    let pattern = match pattern.strip_prefix('/').and_then(|pattern| pattern.rsplit_once('/')) {
        Some((pattern, flags)) if flags.bytes().all(|flag| flag.is_ascii_lowercase()) => pattern,
        _ => pattern,
    };
    let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
    let pattern = pattern.strip_suffix('$').unwrap_or(pattern);
    if !pattern.contains('\\') && (pattern.starts_with("[[") || pattern.starts_with('[') && pattern.ends_with(']')) {
        return Some(pattern.to_owned());
    }
    let mut marker = String::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => marker.push(chars.next().filter(|c| !c.is_alphanumeric())?),
            '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '^' | '$' => return None,
            c => marker.push(c),
        }
    }
    (!marker.is_empty()).then_some(marker)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_of_patterns() {
        for (pattern, want) in [
            ("/^\\[TOC\\]/m", Some("[TOC]")),
            ("^\\[\\[toc\\]\\]$", Some("[[toc]]")),
            ("[[toc]]", Some("[[toc]]")),
            ("{:toc}", None),
            ("/\\{:toc\\}/", Some("{:toc}")),
            ("@toc", Some("@toc")),
            ("a|b", None),
            ("\\w+", None),
            ("", None),
        ] {
            assert_eq!(marker(pattern).as_deref(), want, "{pattern}");
        }
    }
}
