//! What is wrong with a page's containers and code blocks, in words for who wrote it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::blocks::{Container, End, Scanned, Stray};
use super::containers;
use super::markdown::Body;
use super::types::Source;
use crate::base::Span;
use crate::config::MarkdownConfig;
use crate::diag::Diagnostic;

/// What is wrong with the page's containers.
pub(crate) fn containers(source: &Source, scanned: &Scanned, config: &MarkdownConfig) -> Vec<Diagnostic> {
    let faults = Faults { source, scanned, config };
    let mut found: Vec<Diagnostic> =
        scanned.containers.iter().filter_map(|container| faults.unclosed(container)).collect();
    // The closing line of a container that is text, or that ended before, has been explained there.
    let mut explained = faults.ends_without_closer();
    for stray in &scanned.strays {
        match stray {
            Stray::Closer(range) => match explained.iter().next().copied().filter(|&end| end <= range.start) {
                Some(end) => _ = explained.remove(&end),
                None => found.push(faults.closer(range)),
            },
            Stray::Shifted(range, index) => found.push(faults.shifted(range, &scanned.containers[*index])),
            Stray::Opener(range) => found.push(faults.unknown(range)),
            Stray::Text(range) => found.push(faults.misplaced(range)),
            Stray::TooDeep(range) => found.push(faults.too_deep(range)),
        }
    }
    found
}

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

struct Faults<'p> {
    source: &'p Source,
    scanned: &'p Scanned,
    config: &'p MarkdownConfig,
}

impl Faults<'_> {
    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.source.path.clone(), range.clone())
    }

    /// The colons that stand at a place.
    fn colons(&self, at: usize) -> &str {
        let text = &self.source.text[at..];
        &text[..text.len() - text.trim_start_matches(':').len()]
    }

    fn unclosed(&self, container: &Container) -> Option<Diagnostic> {
        let colons = self.colons(container.opener.start);
        let finding = Diagnostic::warning(
            "unclosed-container",
            format!("the container `{colons} {}` is never closed", container.kind),
        )
        .at(self.span(&container.opener));
        Some(match &container.end {
            End::Closed => return None,
            End::Never => {
                finding.help(format!("it reaches to the end of the page; put a line `{colons}` where it should end"))
            }
            End::WithParent(at) => match self.closer_in_line(*at) {
                Some(closer) => finding
                    .label(self.span(closer), "this line does not close it, as it stands outside")
                    .help("indent the closing line like the first line of the container"),
                None => finding
                    .label(self.span(&(*at..*at)), "it ends here, with the list item or quote that it stands in")
                    .help(format!("put a line `{colons}` where it should end, indented like its first line")),
            },
            End::WithOuter(closer) => {
                let finding = finding.label(self.span(closer), "this line closes the container around it, and so both");
                match self.colons(closer.start).len() > colons.len() {
                    true => finding.help(format!("put a line `{colons}` where it should end")),
                    false => finding.help(format!(
                        "give the outer container more colons than the inner one: `{colons}:` around `{colons}`"
                    )),
                }
            }
        })
    }

    /// The closing line that stands alone in the line which begins here, or in a quote of its own.
    fn closer_in_line(&self, start: usize) -> Option<&Range<usize>> {
        self.scanned.strays.iter().find_map(|stray| match stray {
            Stray::Closer(range) if range.start >= start => {
                let before = &self.source.text[start..range.start];
                before.chars().all(|char| matches!(char, ' ' | '\t' | '>')).then_some(range)
            }
            _ => None,
        })
    }

    /// Where something ended, or stands as text, whose own closing line then closes nothing.
    fn ends_without_closer(&self) -> BTreeSet<usize> {
        let ended = self.scanned.containers.iter().filter_map(|container| match &container.end {
            End::WithOuter(closer) if self.colons(closer.start) == self.colons(container.opener.start) => {
                Some(closer.end)
            }
            End::WithParent(at) => Some(*at),
            _ => None,
        });
        let texts = self.scanned.strays.iter().filter_map(|stray| match stray {
            Stray::Opener(range) | Stray::Text(range) | Stray::TooDeep(range) => Some(range.end),
            Stray::Closer(_) | Stray::Shifted(..) => None,
        });
        ended.chain(texts).collect()
    }

    fn closer(&self, range: &Range<usize>) -> Diagnostic {
        Diagnostic::warning("stray-container-end", "this line closes no container")
            .at(self.span(range))
            .help("remove it, or put the line that opens the container, `::: tip`, before it")
    }

    fn shifted(&self, range: &Range<usize>, container: &Container) -> Diagnostic {
        Diagnostic::warning("stray-container-end", "this line closes no container: it is indented otherwise")
            .at(self.span(range))
            .label(self.span(&container.opener), "the container that is open here")
            .help("indent it like the first line of the container")
    }

    fn unknown(&self, range: &Range<usize>) -> Diagnostic {
        let typed = self.source.text[range.clone()].trim_start_matches(':').trim();
        let word = typed.split(' ').next().unwrap_or("");
        // What may follow the word in other dialects.
        let name = word.split(['\t', '{', '[', '<', '#']).next().unwrap_or("").to_lowercase();
        let known = || containers::words(self.config);
        let finding = Diagnostic::warning("unknown-container", format!("`{word}` is no kind of container here"))
            .at(self.span(range));
        match known()
            .find(|known| *known == name)
            .or_else(|| known().find(|known| strsim::osa_distance(known, &name) <= 1))
        {
            Some(known) if known == name && word.to_lowercase() != name => {
                finding.help(format!("write it like this: `::: {known} Title`"))
            }
            Some(known) => finding.help(format!("did you mean `::: {known}`?")),
            None => {
                let known: Vec<&str> = known().collect();
                finding.help(format!("it is shown as text; kinds that are known: {}", known.join(", ")))
            }
        }
    }

    fn misplaced(&self, range: &Range<usize>) -> Diagnostic {
        Diagnostic::warning(
            "misplaced-container",
            "it cannot be told whether this container stands in the list item or quote before it",
        )
        .at(self.span(range))
        .help("it is shown as text; put a blank line before it, and indent it like the text that it belongs to")
    }

    fn too_deep(&self, range: &Range<usize>) -> Diagnostic {
        Diagnostic::warning("nested-too-deep", "this container stands in too many others")
            .at(self.span(range))
            .help("it is shown as text; close the containers before it")
    }
}
