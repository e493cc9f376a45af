//! Links that lead elsewhere after a move, and how they are written until they do not.

use std::collections::{BTreeMap, BTreeSet};

use super::Engine;
use super::changes::Changes;
use super::mapping::Mapping;
use super::seen::{Aim, Seen};
use crate::base::{SourcePath, Span};
use crate::diag::Diagnostic;
use crate::page::{Link, Page};
use crate::site::{Aimed, spellings};

/// A place in a file before the move.
type Place = (SourcePath, u32, u32);

/// How a link is written.
struct Attempt {
    typed: String,
    ways: Vec<String>,
    at: usize,
}

/// The links that are written another way.
#[derive(Default)]
pub(super) struct Links {
    attempts: BTreeMap<Place, Attempt>,
    /// Those for which there is no way.
    stuck: BTreeSet<Place>,
}

impl Links {
    /// These changes with those of the links.
    pub fn with(&self, changes: &Changes) -> Changes {
        let mut changes = changes.clone();
        for ((path, start, end), attempt) in &self.attempts {
            if let Some(way) = attempt.ways.get(attempt.at) {
                changes.add(path, *start as usize..*end as usize, &attempt.typed, way.clone());
            }
        }
        changes
    }

    /// Compares all links; those that lead elsewhere are written another way. Whether there are any to be compared again.
    pub fn round(&mut self, seen: &Seen<'_>, now: &Seen<'_>, mapping: &Mapping) -> bool {
        // A part of several pages is written one way for all of them.
        let mut wrong: BTreeMap<Place, (usize, usize, SourcePath)> = BTreeMap::new();
        for Stray { page: index, link, target, .. } in astray(seen, now, mapping) {
            let span = &seen.pages[index].link_spans[link];
            let place = (span.file.clone(), span.start, span.end);
            if !self.stuck.contains(&place) {
                wrong.entry(place).or_insert((index, link, target));
            }
        }
        let mut again = false;
        for (place, (index, link, target)) in wrong {
            let page = &seen.pages[index];
            let written = &page.head.links[link];
            let attempt = self.attempts.entry(place.clone()).or_insert_with(|| Attempt {
                typed: written.target.to_string(),
                ways: ways(page, written, &page.link_spans[link], &target, seen, now, mapping),
                at: usize::MAX,
            });
            attempt.at = attempt.at.wrapping_add(1);
            if attempt.at >= attempt.ways.len() {
                self.attempts.remove(&place);
                self.stuck.insert(place);
            }
            again = true;
        }
        again
    }

    /// What is said of the links for which there is no way.
    pub fn left(&self, seen: &Seen<'_>, after: &Engine, mapping: &Mapping) -> Vec<Diagnostic> {
        let Some(now) = Seen::of(after) else { return Vec::new() };
        let mut left = Vec::new();
        let lost = |stray: &Stray| !stray.still_leads;
        for Stray { page: index, link, target, .. } in astray(seen, &now, mapping).into_iter().filter(lost) {
            let Some(place) = now.page(&mapping.of(&seen.pages[index].head.path)) else { continue };
            let Some(span) = now.pages[place].link_spans.get(link) else { continue };
            let written = &seen.pages[index].head.links[link].target;
            left.push(
                Diagnostic::warning("dead-link", format!("`{written}` could not be written another way"))
                    .at(span.clone())
                    .help(format!("let it lead to `{target}`")),
            );
        }
        left
    }
}

/// A link that does not lead where it led, or does so only because readers are led on.
struct Stray {
    page: usize,
    /// Its index in the page.
    link: usize,
    /// The file that it should lead to.
    target: SourcePath,
    /// Whether it named a former address before, and readers are led on as they were.
    still_leads: bool,
}

/// The links that do not lead where they led, by the address that this has.
fn astray(seen: &Seen<'_>, now: &Seen<'_>, mapping: &Mapping) -> Vec<Stray> {
    let mut found = Vec::new();
    for (index, (page, entry)) in seen.pages.iter().zip(&seen.site.pages).enumerate() {
        let Some(place) = now.page(&mapping.of(&page.head.path)).filter(|_| !page.head.stands_in) else { continue };
        for (link, resolved) in entry.links.iter().enumerate() {
            let Aim::File(before, suffix) = seen.aim(resolved) else { continue };
            let target = mapping.of(&before);
            let got = now.site.pages[place].links.get(link).map(|resolved| now.aim(resolved));
            let goes_out = || leaves(now, place, link) && !leaves(seen, index, link);
            let goes_astray = got.as_ref() != Some(&Aim::File(target.clone(), suffix)) || goes_out();
            let (was_led, is_led) = (seen.is_led_on(index, link), now.is_led_on(place, link));
            if goes_astray || is_led && (!was_led || mapping.moves(&before)) {
                found.push(Stray { page: index, link, target, still_leads: !goes_astray && was_led });
            }
        }
    }
    found
}

/// Whether a link, as a path seen from its file, leads out of the folder of the pages. It may lead to a page all the same, as
/// browsers read it, but not for those who see the files.
fn leaves(seen: &Seen<'_>, page: usize, link: usize) -> bool {
    let page = &seen.pages[page];
    let (Some(link), Some(span)) = (page.head.links.get(link), page.link_spans.get(link)) else { return false };
    let path = link.target.split(['#', '?']).next().unwrap_or_default();
    if path.is_empty() || path.starts_with(['/', '@', '~']) {
        return false;
    }
    let content = &seen.config.project.content;
    let inside = |file: SourcePath| file == *content || file.below(content).is_some();
    !span.file.folder().join(path).is_some_and(inside)
}

/// How a link may be written now; none if its address is not written out where it stands.
fn ways(
    page: &Page,
    link: &Link,
    span: &Span,
    target: &SourcePath,
    seen: &Seen<'_>,
    now: &Seen<'_>,
    mapping: &Mapping,
) -> Vec<String> {
    let content = &seen.config.project.content;
    let (Some((path, url)), true) = (now.named(target), span.len() == link.target.trim().len()) else {
        return Vec::new();
    };
    let aimed = Aimed { path: &path, url: &url, is_page: now.page(target).is_some() };
    let file = mapping.of(&span.file);
    let own = mapping.of(&page.head.path);
    let mut ways = Vec::new();
    for seen_from in [&file, &own] {
        if let Some(from) = seen_from.below(content) {
            for way in spellings(link.target.trim(), link.kind, from, aimed, &seen.config.site.base) {
                if !ways.contains(&way) {
                    ways.push(way);
                }
            }
        }
    }
    ways
}
