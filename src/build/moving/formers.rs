//! Former addresses, written down where they lead on: in the front matter of the page, or in the settings.

use super::Engine;
use super::changes::Changes;
use super::mapping::Mapping;
use super::seen::Seen;
use crate::config::edits::with_redirects;
use crate::config::{Document, Format, Layout};
use crate::page::{self, Page, frontmatter};
use crate::site::lock::written_address;

/// Writes former addresses down where they lead on, if `leads_on`; what cannot be is noted. A page that is back at one of its former
/// addresses does not list it any more.
pub(super) fn lead_on(
    seen: &Seen<'_>,
    now: &Seen<'_>,
    mapping: &Mapping,
    before: &Engine,
    leads_on: bool,
    changes: &mut Changes,
    notes: &mut Vec<String>,
) -> Vec<String> {
    let shown_by_line = seen.shown_by_line();
    let mut formers = Vec::new();
    let mut rules: Vec<(String, String)> = Vec::new();
    for (page, entry) in seen.pages.iter().zip(&seen.site.pages).filter(|(page, _)| mapping.moves(&page.head.path)) {
        if page.head.stands_in {
            continue;
        }
        let Some(url) = now.url(&mapping.of(&page.head.path)).filter(|url| **url != entry.route.url) else { continue };
        // Nobody has seen a draft.
        let is_draft = page.head.front_matter.bool("draft") == Some(true);
        let is_taken = now.site.pages.iter().any(|other| other.route.out == entry.route.out);
        if is_taken && leads_on && !is_draft {
            notes.push(format!("nobody is led on from `{}`: another page will be there", entry.route.url));
        }
        let former = (leads_on && !is_draft && !is_taken).then(|| written_address(&entry.route.url));
        let added: Vec<&str> = former.as_deref().into_iter().collect();
        let is_own = |alias: &&str| written_address(url) == **alias || entry.route.url.join(alias) == *url;
        let dropped: Vec<&str> = page.head.aliases.iter().map(|alias| &**alias).filter(is_own).collect();
        // What stands above lines that other pages count would shift them.
        let has_own = page.head.template.is_none() && !shown_by_line.contains(&page.head.path);
        let text = before.text(&page.head.path).filter(|_| has_own);
        let change = text.as_ref().and_then(|text| frontmatter::with_other_aliases(text, &added, &dropped));
        let is_written = change.zip(text).is_some_and(|((range, mended), text)| {
            changes.add(&page.head.path, range.clone(), &text[range.clone()], mended)
        });
        if let Some(former) = former {
            if !is_written {
                rules.push((former.clone(), written_address(url)));
            }
            formers.push(former);
        }
    }
    if !rules.is_empty() && !in_settings(seen, before, &rules, changes) {
        for (former, url) in rules {
            formers.retain(|known| *known != former);
            notes.push(format!("nobody is led on from `{former}`: say in the settings that it leads to `{url}`"));
        }
    }
    formers
}

/// Former addresses that are seen from that of the page stay what they were.
pub(super) fn own_addresses(page: &Page, seen: &Seen<'_>, mapping: &Mapping, text: &str, changes: &mut Changes) {
    if !mapping.moves(&page.head.path) {
        return;
    }
    let Some(url) = seen.url(&page.head.path) else { return };
    for (alias, span) in page.head.aliases.iter().zip(&page.alias_spans) {
        let (path, rest) = alias.split_at(alias.find(['#', '?']).unwrap_or(alias.len()));
        if alias.starts_with('/') || path.is_empty() || text.get(span.range()) != Some(&**alias) {
            continue;
        }
        let whole = format!("{}{rest}", url.join(path));
        changes.add(&page.head.path, span.range(), alias, whole);
    }
}

/// Writes redirects into the settings; whether that can be done.
fn in_settings(seen: &Seen<'_>, before: &Engine, rules: &[(String, String)], changes: &mut Changes) -> bool {
    let project = &seen.config.project;
    let settings = project.settings.as_ref().filter(|file| Format::of(file) == Some(Format::Yaml));
    let Some(file) = settings.filter(|_| project.layout == Layout::Native) else { return false };
    let Ok(bytes) = before.files().read(file) else { return false };
    let text = page::decode(file.clone(), &bytes).text.clone();
    let (document, _) = Document::read(file, &text, Format::Yaml);
    let rules: Vec<(&str, &str)> = rules.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
    with_redirects(&document, &rules)
        .is_some_and(|(range, mended)| changes.add(file, range.clone(), &text[range.clone()], mended))
}
