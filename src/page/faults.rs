//! What is wrong with a page's containers and code blocks, in words for who wrote it.

mod containers;

use std::ops::Range;

use super::markdown::Body;
use super::types::Source;
use crate::base::Span;
use crate::diag::Diagnostic;

pub(crate) use containers::containers;

/// Links that are none because of a space in their address.
pub(crate) fn spaced_links(source: &Source, body: &Body) -> Vec<Diagnostic> {
    let finding = |(target, range): &(String, Range<usize>)| {
        Diagnostic::warning("link-with-spaces", format!("`{target}` is shown as text: an address has no spaces"))
            .at(Span::new(source.path.clone(), range.clone()))
            .help(format!("write `{}`", target.replace(' ', "%20")))
    };
    body.spaced_links.iter().map(finding).collect()
}

/// Languages that nobody knows, each once.
pub(crate) fn languages(source: &Source, body: &Body) -> Vec<Diagnostic> {
    let mut told: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for (language, range) in &body.unknown_languages {
        if !told.contains(&language.as_str()) {
            told.push(language);
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
