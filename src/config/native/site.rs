//! Keys of addresses and links.

use serde_yaml::Value;

use crate::config::document::Step;
use crate::config::fields::Fields;
use crate::config::settled::{IgnoredLinks, Layout};
use crate::diag::Diagnostic;

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
