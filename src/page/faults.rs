//! What is wrong with a page's containers and code blocks, in words for who wrote it.

mod access;
mod containers;
mod html;

use std::collections::BTreeSet;
use std::ops::Range;

use super::markdown::Body;
use super::types::Source;
use crate::base::Span;
use crate::diag::Diagnostic;

pub(crate) use access::access;
pub(crate) use containers::containers;
pub(crate) use html::html;

/// Links that are none because of a space in their address.
pub(crate) fn spaced_links(source: &Source, body: &Body) -> Vec<Diagnostic> {
    let finding = |(target, range): &(String, Range<usize>)| {
        Diagnostic::warning("link-with-spaces", format!("`{target}` is shown as text: an address has no spaces"))
            .at(Span::new(source.path.clone(), range.clone()))
            .help(format!("write `{}`", target.replace(' ', "%20")))
    };
    body.spaced_links.iter().map(finding).collect()
}

/// Ids that the author gave twice.
pub(crate) fn taken_ids(source: &Source, body: &Body) -> Vec<Diagnostic> {
    let finding = |(id, range): &(String, Range<usize>)| {
        Diagnostic::warning("duplicate-id", format!("the id `{id}` is taken already on this page"))
            .at(Span::new(source.path.clone(), range.clone()))
            .help("give another one: a link to it leads to the first")
    };
    body.taken_ids.iter().map(finding).collect()
}

/// Attributes that only a program can make sense of, each name once.
pub(crate) fn dynamic_attributes(source: &Source, body: &Body) -> Vec<Diagnostic> {
    let mut told = BTreeSet::new();
    let first = body.dynamic_attributes.iter().filter(|(name, _)| told.insert(name.as_str()));
    let finding = |(name, range): &(String, Range<usize>)| {
        let help = match name.strip_prefix(':').or_else(|| name.strip_prefix("v-bind:")) {
            Some(plain) if !plain.starts_with('[') => format!("write its value itself: `{plain}=\"...\"`"),
            _ => "write the page without it".to_owned(),
        };
        Diagnostic::warning(
            "dynamic-attribute",
            format!("`{name}` is for Vue, and is left out: no program runs in this page"),
        )
        .at(Span::new(source.path.clone(), range.start..range.start + name.len()))
        .help(help)
    };
    first.map(finding).collect()
}

/// Languages that nobody knows, each once.
pub(crate) fn languages(source: &Source, body: &Body) -> Vec<Diagnostic> {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for (language, range) in &body.unknown_languages {
        if told.insert(language) {
            let line = source.text[range.clone()].lines().next().unwrap_or("");
            let range = match line.find(language.as_str()) {
                Some(at) => range.start + at..range.start + at + language.len(),
                None => range.start..range.start,
            };
            found.push(
                Diagnostic::info("unknown-language", format!("no highlighting is known for the language `{language}`"))
                    .at(Span::new(source.path.clone(), range))
                    .help("the code is shown without colours"),
            );
        }
    }
    found
}

/// References to notes that are not there.
pub(crate) fn footnotes(source: &Source, body: &Body) -> Vec<Diagnostic> {
    let finding = |(reference, range): &(String, Range<usize>)| {
        Diagnostic::warning("missing-footnote", format!("there is no note `{reference}`"))
            .at(Span::new(source.path.clone(), range.clone()))
            .help(format!(
                "write it on a line of its own, `{reference}: text`; for brackets that are text write `\\{reference}`"
            ))
    };
    body.missing_footnotes.iter().map(finding).collect()
}

/// Formulas that cannot be read.
pub(crate) fn math(source: &Source, body: &Body) -> Vec<Diagnostic> {
    let finding = |(reason, range): &(String, Range<usize>)| {
        Diagnostic::warning("wrong-math", format!("this formula cannot be read: {reason}"))
            .at(Span::new(source.path.clone(), range.clone()))
            .help("it is shown as it is typed; write `\\$` for a dollar that begins no formula")
    };
    body.wrong_math.iter().map(finding).collect()
}
