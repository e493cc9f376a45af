//! Parts of a sidebar that are for no page: most often a slip in the addresses that they are for.

use std::collections::BTreeSet;

use crate::config::SidebarConfig;
use crate::diag::Diagnostic;

use super::{Ground, PageId, Section, build, place};

/// Tells of a section that is for no page, and what is wrong in it.
pub(super) fn tell(section: &Section<'_>, pages: &[PageId], ground: &Ground<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut all = (0..).map(PageId).take(ground.heads.len());
    let Some(prefix) = section.prefixes.last().filter(|_| !all.any(|page| section.holds(page, ground))) else { return };
    let told = format!("no page lies below `{prefix}`: this part of the sidebar is never shown");
    let found = Diagnostic::warning("dead-nav-link", told);
    let folders: BTreeSet<String> = ground.heads.iter().map(|head| folder(&head.relative)).collect();
    let near = folders.iter().min_by_key(|folder| strsim::osa_distance(folder, prefix));
    let found = match near.filter(|near| strsim::osa_distance(near, prefix) <= 1 + prefix.len() / 4) {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found.help("correct the beginning of the addresses that it is for, or take the part away"),
    };
    let first = match section.config {
        SidebarConfig::Items(items) => items.first(),
        _ => None,
    };
    diagnostics.push(match first.and_then(|item| place(item, ground.settings, None)) {
        Some(span) => found.at(span),
        None => found,
    });
    build(section, pages, None, ground, diagnostics);
}

/// `/guide/` of `guide/start.md`.
fn folder(relative: &str) -> String {
    format!("/{}", relative.rfind('/').map_or("", |at| &relative[..=at]))
}
