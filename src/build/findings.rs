//! What the stages found, as diagnostics with their places.

use std::collections::BTreeSet;

use super::Engine;
use super::parsing::Parsed;
use crate::base::{SourcePath, Span, UrlPath};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::page;
use crate::render;
use crate::site::{Place, Resolved, Site};

pub(super) fn unreadable(path: &SourcePath, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error("unreadable-file", format!("`{path}` cannot be read: {error}"))
        .help("check the permissions of the file")
}

/// A mistake of Pressoir itself that a page brought to light.
pub(super) fn broken(path: &SourcePath, said: &str) -> Diagnostic {
    Diagnostic::error("internal-error", format!("Pressoir fails on this page, which is its own mistake: {said}"))
        .at(Span::new(path.clone(), 0..0))
        .help("please report it with the page; until then, take out what was written last")
}

/// All places of a finding.
pub(super) fn spans(diagnostic: &Diagnostic) -> impl Iterator<Item = &Span> {
    diagnostic.span.iter().chain(diagnostic.labels.iter().map(|label| &label.span))
}

/// What pages and site found, each with its place.
pub(super) fn of_pages(parsed: &Parsed, site: &Site) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = site.diagnostics.clone();
    // A part of other pages is read there.
    if diagnostics.iter().any(|found| found.code == "orphan-page") {
        let parts: BTreeSet<&SourcePath> = parsed.shown().collect();
        let is_part = |found: &Diagnostic| found.span.as_ref().is_some_and(|span| parts.contains(&span.file));
        diagnostics.retain(|found| found.code != "orphan-page" || !is_part(found));
    }
    for finding in &site.findings {
        let page = &parsed.pages[finding.page.0 as usize];
        let diagnostic = finding.diagnostic.clone();
        let span = match finding.place {
            Place::Link(link) => page.link_spans.get(link as usize),
            Place::Alias(alias) => page.alias_spans.get(alias as usize),
        };
        diagnostics.push(match span {
            Some(span) => diagnostic.at(span.clone()),
            None => diagnostic,
        });
    }
    // A language that nobody knows is told once, where it is met first.
    let mut languages: BTreeSet<&str> = BTreeSet::new();
    // What is wrong with the page of another language is told there.
    let own = parsed.noted().filter(|page| !page.head.stands_in);
    for diagnostic in own.flat_map(|page| &page.diagnostics) {
        if diagnostic.code != "unknown-language" || languages.insert(&diagnostic.message) {
            diagnostics.push(diagnostic.clone());
        }
    }
    diagnostics
}

impl Engine {
    /// The links of the last build or check that lead to other hosts, each with its place.
    pub fn external_links(&self) -> Vec<(String, Span)> {
        let Some(last) = &self.last else { return Vec::new() };
        let pages = last.pages().iter().zip(&last.site().pages).filter(|(page, _)| !page.head.stands_in);
        let links = pages.flat_map(|(page, entry)| page.link_spans.iter().zip(entry.links.iter()));
        let external = links.filter_map(|(span, resolved)| match resolved {
            Resolved::External(address) => Some((address.to_string(), span.clone())),
            _ => None,
        });
        external.collect()
    }

    /// The addresses around all pages that lead to nothing, each where the settings write it.
    pub(super) fn dead_feet(&self, site: &Site, config: &Config) -> Vec<Diagnostic> {
        let dead = render::dead_feet(site, config);
        let Some(file) = config.project.settings.clone().filter(|_| !dead.is_empty()) else {
            return dead.into_iter().map(|(_, told)| told).collect();
        };
        let text = self.files.read(&file).map(|bytes| page::decode(file.clone(), &bytes).text.clone());
        let text = text.unwrap_or_default();
        // A settings file may be a program, which makes the address of parts: then the file is named alone.
        let place = |url: &UrlPath| {
            let forms = [url.as_str().to_owned(), url.encoded(), url.as_str().trim_end_matches(".html").to_owned()];
            let written = forms.into_iter().find_map(|form| Some((text.find(&form)?, form.len())));
            let (start, length) = written.unwrap_or_default();
            Span::new(file.clone(), start..start + length)
        };
        dead.into_iter().map(|(url, told)| told.at(place(&url))).collect()
    }

    /// The findings, those about pages that are made of a file at their place in that file.
    pub(super) fn led_back(&self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let made = |diagnostic: &Diagnostic| {
            let files = spans(diagnostic).map(|span| &span.file);
            files.filter_map(|file| self.sources.get(file)).find(|source| source.made.is_some()).cloned()
        };
        let led = |diagnostic: Diagnostic| match made(&diagnostic) {
            Some(source) => match &source.made {
                Some(made) => made.told(&source.path, diagnostic),
                None => diagnostic,
            },
            None => diagnostic,
        };
        diagnostics.into_iter().map(led).collect()
    }
}
