//! One source -> one page: front matter, containers, Markdown, title, and what is wrong with any of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::blocks::{self, Rules, Scanned};
use super::markdown::{self, Body, Context};
use super::masks::Masks;
use super::types::{FrontMatter, Head, Page, Source};
use super::{containers, faults, frontmatter, home_links, title, typography};
use crate::base::Hash;
use crate::config::{Construct, Conventions, MarkdownConfig, Typography};

/// How often a page is read before everything that looks like a container in it is text.
const MAX_READINGS: u32 = 4;

/// Parses `source`, whose path below the content folder is `relative`. Nothing it can say is an error for the parser:
/// what is wrong becomes a diagnostic, and the page shows all that can be read.
pub fn parse(source: &Source, relative: &str, config: &MarkdownConfig) -> Page {
    let split = frontmatter::split(&source.text);
    let mut diagnostics = source.diagnostics.clone();
    diagnostics.extend(split.problem.map(|problem| problem.diagnostic(&source.path)));
    let front_matter = FrontMatter { values: split.values };
    let text = &source.text[split.body_start..];

    let conventions = config.conventions;
    let language = front_matter.str("lang").unwrap_or_else(|| config.language(relative)).to_owned();
    let french = match (front_matter.bool("typography"), config.typography) {
        (Some(false), _) | (None, Typography::Off) => false,
        (Some(true), _) | (None, Typography::French) => true,
        (None, Typography::ByLanguage) => typography::is_french(&language),
    };
    let masks = Masks::of(text, config);
    let context = Context { config, language: &language, french, masked: !masks.is_none() };
    let (scanned, mut body) = read(text, split.body_start, masks, &context);
    diagnostics.extend(faults::containers(source, &scanned, config));
    diagnostics.extend(faults::spaced_links(source, &body));
    diagnostics.extend(faults::taken_ids(source, &body));
    diagnostics.extend(faults::dynamic_attributes(source, &body));
    diagnostics.extend(faults::languages(source, &body));
    diagnostics.extend(faults::footnotes(source, &body));
    diagnostics.extend(faults::math(source, &body));

    let named = home_links::find(&front_matter.values, &source.text, &split.data);
    let (links, spans): (Vec<_>, Vec<_>) = named.into_iter().unzip();
    body.links.extend(links);
    body.link_spans.extend(spans);

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

/// Reads the Markdown, which starts at byte `offset` of the source.
///
/// Two readers tell where blocks end: [`blocks`], and the Markdown parser. In odd corners (a table whose lines stand partly
/// outside the list item that it is in) they differ, and then a container stands where the parser sees the text of a
/// paragraph or of a code block. There its line is text. In the end all is text, and no mark is lost.
///
/// The parser knows formulas, but takes `$5; set `$HOME`` for one, and the code in it for text. Such dollars are hidden from it when the
/// text is read again.
fn read(text: &str, offset: usize, masks: Masks, context: &Context<'_>) -> (Scanned, Body) {
    let Context { config, .. } = *context;
    let conventions = config.conventions;
    let (mut texts, mut plain_dollars) = (BTreeSet::new(), None);
    let mut readings = 0;
    loop {
        readings += 1;
        let rules = Rules {
            is_kind: &|word| containers::kind(word, config).is_some(),
            exact_indent: !config.extended && matches!(conventions, Conventions::VuePress2 | Conventions::VitePress2),
            toc_block: (conventions != Conventions::VuePress1 && !config.toc.marker.is_empty())
                .then_some(&config.toc.marker),
            definitions: config.has(Construct::DefinitionLists),
            abbreviations: config.has(Construct::Abbreviations),
            masks,
            plain_dollars: plain_dollars.as_ref().unwrap_or(const { &BTreeSet::new() }),
            is_text: &|at| readings > MAX_READINGS || texts.contains(&at),
        };
        let scanned = blocks::scan(text, offset, &rules);
        let body = markdown::render(&scanned, context);
        let has_plain_dollars = body.has_plain_dollars && plain_dollars.is_none();
        if body.lost_marks.is_empty() && !has_plain_dollars {
            return (scanned, body);
        }
        if has_plain_dollars {
            plain_dollars = Some(markdown::plain_dollars(&scanned, config).into_iter().collect());
        }
        texts.extend(body.lost_marks.iter().map(|&mark| scanned.origin(mark)));
    }
}
