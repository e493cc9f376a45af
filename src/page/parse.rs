//! One source -> one page: front matter, containers, Markdown, title, and what is wrong with any of them.

use std::sync::Arc;

use super::blocks::{self, End, Rules, Scanned, Stray};
use super::markdown::{self, Body, Context};
use super::types::{FrontMatter, Head, Page, Source};
use super::{containers, frontmatter, title};
use crate::base::{Hash, Span};
use crate::config::{Conventions, MarkdownConfig};
use crate::diag::Diagnostic;

/// Parses `source`, whose path below the content folder is `relative`. Nothing it can say is an error for the parser:
/// what is wrong becomes a diagnostic, and the page shows all that can be read.
pub fn parse(source: &Source, relative: &str, config: &MarkdownConfig) -> Page {
    let split = frontmatter::split(&source.text);
    let mut diagnostics = source.diagnostics.clone();
    diagnostics.extend(split.problem.map(|problem| problem.diagnostic(&source.path)));
    let front_matter = FrontMatter { values: split.values };
    let text = &source.text[split.body_start..];

    let conventions = config.conventions;
    let rules = Rules {
        is_kind: &|word| containers::kind(word, config).is_some(),
        exact_indent: !config.extended && matches!(conventions, Conventions::VuePress2 | Conventions::VitePress2),
        toc_block: conventions != Conventions::VuePress1,
    };
    let scanned = blocks::scan(text, split.body_start, &rules);
    let language = front_matter.str("lang").unwrap_or_else(|| config.language(relative)).to_owned();
    let body = markdown::render(&scanned, &Context { config, language: &language });
    container_diagnostics(source, &scanned, &mut diagnostics);
    language_diagnostics(source, &body, &mut diagnostics);

    let title = title::page_title(conventions, &front_matter, body.first_h1.as_deref(), text);
    let mut head = Head {
        path: source.path.clone(),
        relative: relative.into(),
        title: title.filter(|title| !title.is_empty()).map(Into::into),
        headings: body.headings,
        links: body.links,
        anchors: body.anchors,
        front_matter: Arc::new(front_matter),
        hash: Hash::default(),
    };
    head.hash = Hash::of(&(
        &head.path,
        &head.relative,
        &head.title,
        &head.headings,
        &head.links,
        &head.anchors,
        &head.front_matter.values,
    ));
    Page {
        hash: Hash::of(&(head.hash, &body.pieces, &body.code, &body.sections)),
        head: Arc::new(head),
        body: body.pieces,
        code: body.code,
        sections: body.sections,
        link_spans: body.link_spans,
        reads: Vec::new(),
        diagnostics,
    }
}

/// What is wrong with the page's containers.
fn container_diagnostics(source: &Source, scanned: &Scanned, diagnostics: &mut Vec<Diagnostic>) {
    let span = |range: &std::ops::Range<usize>| Span::new(source.path.clone(), range.clone());
    for container in &scanned.containers {
        let kind = &container.kind;
        let colons = ":".repeat(source.text[container.opener.clone()].bytes().take_while(|&byte| byte == b':').count());
        let unclosed = || {
            Diagnostic::warning("unclosed-container", format!("the container `{colons} {kind}` is never closed"))
                .at(span(&container.opener))
        };
        match &container.end {
            End::Closed => {}
            End::Never => diagnostics.push(
                unclosed()
                    .help(format!("it reaches to the end of the page; put a line `{colons}` where it should end")),
            ),
            End::WithParent(at) => diagnostics.push(
                unclosed()
                    .label(span(&(*at..*at)), "it ends here, with the list item or quote that it stands in")
                    .help(format!("put a line `{colons}` where it should end, indented like its first line")),
            ),
            End::WithOuter(closer) => diagnostics.push(
                unclosed().label(span(closer), "this line closes the container around it, and so both").help(format!(
                    "give the outer container more colons than the inner one: `{colons}:` around `{colons}`"
                )),
            ),
        }
    }
    for stray in &scanned.strays {
        diagnostics.push(match stray {
            Stray::Closer(range) => Diagnostic::warning("stray-container-end", "this line closes no container")
                .at(span(range))
                .help("remove it, or put the line that opens the container, `::: tip`, before it"),
            Stray::Opener(range) => {
                let typed = source.text[range.clone()].trim_start_matches(':').trim();
                let word = typed.split([' ', '\t', '{']).next().unwrap_or("");
                let near = containers::WORDS.iter().find(|known| {
                    known.eq_ignore_ascii_case(word) || strsim::osa_distance(known, &word.to_lowercase()) <= 1
                });
                let finding = Diagnostic::warning("unknown-container", format!("`{word}` is no kind of container"))
                    .at(span(range));
                match near {
                    Some(known) if *known == word => finding.help(format!("write it like this: `::: {known} Title`")),
                    Some(known) => finding.help(format!("did you mean `::: {known}`?")),
                    None => {
                        finding.help("it is shown as text; kinds that are known are tip, warning, danger and details")
                    }
                }
            }
            Stray::TooDeep(range) => Diagnostic::warning("nested-too-deep", "this container stands in too many others")
                .at(span(range))
                .help("it is shown as text; close the containers before it"),
        });
    }
}

/// Languages that nobody knows, each once.
fn language_diagnostics(source: &Source, body: &Body, diagnostics: &mut Vec<Diagnostic>) {
    let mut told: Vec<&str> = Vec::new();
    for (language, range) in &body.unknown_languages {
        if !told.contains(&language.as_str()) {
            told.push(language);
            diagnostics.push(
                Diagnostic::info("unknown-language", format!("no highlighting is known for the language `{language}`"))
                    .at(Span::new(source.path.clone(), range.start..range.start))
                    .help("the code is shown without colours"),
            );
        }
    }
}
