//! Keys of redirects.

use crate::config::document::Step;
use crate::config::fields::Fields;
use crate::config::settled::{RedirectConfig, RedirectFile};
use crate::diag::Diagnostic;

/// Former addresses and where they lead.
pub(super) fn redirects(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<RedirectConfig> {
    let rules = fields.fields(&["redirects"], diagnostics);
    rules.map(|rules| listed(rules, diagnostics)).unwrap_or_default()
}

/// Each former address of a mapping with where it leads.
pub fn listed(mut rules: Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<RedirectConfig> {
    let document = rules.document();
    let place = |from: &str, steps: &[Step]| {
        let mut steps = steps.to_vec();
        steps.push(Step::Key(from.to_owned()));
        let range = document.range(&steps);
        Some((range.start as u32, range.end as u32))
    };
    let steps = rules.steps().to_vec();
    let rules = rules.each_text(diagnostics).into_iter();
    rules.map(|(from, to)| RedirectConfig { span: place(&from, &steps), from, to }).collect()
}

/// The files that tell servers of them.
pub(super) fn files(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<RedirectFile> {
    let Some((_, steps)) = fields.value(&["redirect_files"]) else { return Vec::new() };
    let mut files = Vec::new();
    for name in fields.texts(&["redirect_files"], diagnostics).unwrap_or_default() {
        match RedirectFile::ALL.iter().find(|(_, known)| *known == name) {
            Some((file, _)) => files.push(*file),
            None => diagnostics.push(
                Diagnostic::warning("setting-value", format!("no server called `{name}` is known here"))
                    .at(fields.document().span(&steps))
                    .help("write `netlify`, `cloudflare` or `nginx`"),
            ),
        }
    }
    files.sort_unstable();
    files.dedup();
    if let [RedirectFile::Netlify, RedirectFile::Cloudflare, ..] = *files {
        files.remove(1);
        diagnostics.push(
            Diagnostic::warning("setting-value", "Netlify and Cloudflare read the same file in two ways")
                .at(fields.document().span(&steps))
                .help("name one of them; that for Netlify is written"),
        );
    }
    files
}
