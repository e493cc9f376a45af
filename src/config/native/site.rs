//! Keys of addresses and links.

use regex::Regex;
use serde_yaml::Value;

use crate::config::document::Step;
use crate::config::fields::{Fields, pattern};
use crate::config::settled::{FolderPages, IgnoredLinks, Layout};
use crate::diag::{Diagnostic, Severity};

/// Whose rules addresses, sidebars and the pages before and after follow.
pub fn layout(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Layout> {
    let written = fields.text(&["layout"], diagnostics)?;
    match written.as_str() {
        "native" => Some(Layout::Native),
        "vuepress1" => Some(Layout::VuePress1),
        "vuepress2" => Some(Layout::VuePress2),
        "vitepress" => Some(Layout::VitePress),
        "bare" => Some(Layout::Bare),
        _ => {
            diagnostics.push(
                Diagnostic::warning("setting-value", format!("there is no layout `{written}`"))
                    .at(fields.document().span(&[Step::Key("layout".to_owned())]))
                    .help("choose one of `native`, `vuepress1`, `vuepress2`, `vitepress`, `bare`; `native` is used"),
            );
            None
        }
    }
}

/// Patterns of paths, and the paths that stand for them.
pub fn rewrites(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<(String, String)> {
    let rules = fields.fields(&["rewrites"], diagnostics);
    rules.map(|mut rules| rules.each_text(diagnostics)).unwrap_or_default()
}

/// Which dead links are not told: `true`, or how they are written.
pub fn ignored_links(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> IgnoredLinks {
    match fields.value(&["ignore_dead_links"]) {
        Some((Value::Bool(all), _)) => IgnoredLinks { all: *all, like: Vec::new() },
        Some(_) => {
            let like = fields.texts(&["ignore_dead_links"], diagnostics).unwrap_or_default();
            IgnoredLinks { all: false, like }
        }
        None => IgnoredLinks::default(),
    }
}

/// Pages of folders that nobody has written: `true`, or how they are.
pub fn folder_pages(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<FolderPages> {
    match fields.value(&["folder_pages"])? {
        (Value::Mapping(_), _) => {
            let inner = fields.fields(&["folder_pages"], diagnostics)?;
            Some(folder_pages_in(inner, Severity::Warning, diagnostics))
        }
        _ => fields.bool(&["folder_pages"], diagnostics).filter(|wanted| *wanted).map(|_| FolderPages::default()),
    }
}

/// How such pages are, in our words and in those of VuePress's plugin. Of keys that nobody reads there is a finding.
pub fn folder_pages_in(mut fields: Fields<'_>, unknown: Severity, diagnostics: &mut Vec<Diagnostic>) -> FolderPages {
    let mut pages = FolderPages::default();
    if let Some((value, steps)) = fields.value(&["exclude"]) {
        let written: Vec<&Value> = value.as_sequence().map_or_else(|| vec![value], |list| list.iter().collect());
        for (index, value) in written.into_iter().enumerate() {
            let expression = pattern(value).or_else(|| value.as_str()).unwrap_or_default();
            match Regex::new(expression) {
                Ok(_) if !expression.is_empty() => pages.exclude.push(expression.to_owned()),
                _ => {
                    let mut steps = steps.clone();
                    steps.push(Step::Index(index));
                    let message = format!("`{expression}` is no regular expression that is known here");
                    diagnostics.push(
                        Diagnostic::warning("setting-value", message)
                            .at(fields.document().span(&steps))
                            .help("write a part of the addresses of folders, `/guide/`; this one is not used"),
                    );
                }
            }
        }
    }
    if let Some((_, levels)) = fields.levels(&["levels", "level"], diagnostics) {
        pages.levels = levels.min(3);
    }
    pages.numbered = fields.bool(&["numbered", "index"], diagnostics).unwrap_or(false);
    fields.finish(unknown, diagnostics);
    pages
}
