//! One source -> one page: front matter, includes, containers, Markdown, title, and what is wrong with any of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::blocks::{self, Rules, Scanned};
use super::components::{self, ComponentTag, scripts};
use super::expression::Scope;
use super::ignores::Ignore;
use super::includes::{self, Expanded};
use super::library::{Library, Shelf};
use super::markdown::{self, Body, Context};
use super::masks::Masks;
use super::snippets::{self, Snippet};
use super::types::{FrontMatter, Head, Page, Source};
use super::wanted::Place;
use super::{
    aliases, catalog, checks, faults, frontmatter, home_links, ignores, resolved, search_keys, title, typography,
};
use crate::base::{Hash, SourcePath, Span};
use crate::config::{Construct, Conventions, MarkdownConfig, Typography};

/// How often a page is read before everything that looks like a container in it is text.
const MAX_READINGS: u32 = 4;

/// Parses `source`, whose path below the content folder is `relative`; other files are read from `library`. Nothing it can
/// say is an error for the parser: what is wrong becomes a diagnostic, and the page shows all that can be read.
pub fn parse(source: &Source, relative: &str, config: &MarkdownConfig, library: &dyn Library) -> Page {
    let own_path = source.path.clone();
    // What a page refers to is seen from the file that it is made of, and what is wrong with it is told there.
    let of_file = source.made.as_ref().map(|made| Source { path: made.template.clone(), ..source.clone() });
    let source = of_file.as_ref().unwrap_or(source);
    let split = frontmatter::split(&source.text);
    // A page that is made of another file has no lines that anyone wrote there.
    let places = if source.made.is_none() { frontmatter::key_places(&source.text, &split.data) } else { Vec::new() };
    let front_matter = FrontMatter { values: split.values, places };
    let mut shelf = Shelf::new(library);
    let content = shelf.content();
    let expanded = includes::expand(source, split.body_start, &content, config, &mut shelf);
    // From here on the page is the text with all that it includes; places are led back to the files at the end.
    let page = expanded.as_ref().map_or(source, |expanded| &expanded.source);
    let text = &page.text[split.body_start..];

    let conventions = config.conventions;
    // A page that stands in for a translation speaks the language of its own folder.
    let original = source.made.as_ref().filter(|made| made.stands_in).and_then(|made| made.template.below(&content));
    let spoken = original.unwrap_or(relative);
    let language = front_matter.str("lang").unwrap_or_else(|| config.language(spoken)).to_owned();
    let french = match (front_matter.bool("typography"), config.typography) {
        (Some(false), _) | (None, Typography::Off) => false,
        (Some(true), _) | (None, Typography::French) => true,
        (None, Typography::ByLanguage) => typography::is_french(&language),
    };
    let mut own = BTreeMap::new();
    for (name, value) in scripts::constants(text) {
        own.entry(name).or_insert(value);
    }
    let no_params = serde_yaml::Mapping::new();
    let params = source.made.as_ref().map_or(&no_params, |made| &made.params);
    let scope = Scope {
        front_matter: &front_matter.values,
        params,
        conventions,
        native: config.extended,
        own: &own,
        locals: &[],
    };
    let masks = Masks::of(text, config);
    let context = Context {
        config,
        language: &language,
        relative,
        french,
        masked: !masks.is_none(),
        scope: &scope,
        path: &page.path,
    };
    let origins = expanded.as_ref().map(|expanded| &expanded.origins);
    let place = Place { page: &page.path, file: &page.path, content: &content, config };
    let (scanned, snippets, mut body) = read(text, split.body_start, masks, &context, |scanned| {
        snippets::load(scanned, &page.text, origins, &place, &mut shelf)
    });
    let written = resolved::markdown(&page.text, split.body_start, &body, (&scanned, &snippets), config);
    let mut diagnostics = faults::containers(page, &scanned, &body.empty_groups, config);
    diagnostics.extend(faults::spaced_links(page, &body));
    diagnostics.extend(faults::taken_ids(page, &body));
    diagnostics.extend(faults::html(page, &body));
    diagnostics.extend(faults::dynamic_attributes(page, &body));
    diagnostics.extend(faults::languages(page, &body));
    diagnostics.extend(components::faults::of(page, &body));
    diagnostics.extend(faults::footnotes(page, &body));
    diagnostics.extend(faults::math(page, &body));
    diagnostics.extend(faults::access(page, &body, config));
    let mut shown = Vec::new();
    for snippet in snippets {
        diagnostics.extend(snippet.finding);
        shown.extend(snippet.shown);
    }
    diagnostics.extend(split.problem.map(|problem| problem.diagnostic(&page.path)));

    let named = home_links::find(&front_matter.values, &page.text, &split.data);
    let (links, spans): (Vec<_>, Vec<_>) = named.into_iter().unzip();
    body.links.extend(links);
    body.link_spans.extend(spans);
    let (aliases, places): (Vec<_>, Vec<_>) =
        aliases::find(&front_matter.values, &page.text, &split.data).into_iter().unzip();
    let span = |range: Range<u32>| Span { file: page.path.clone(), start: range.start, end: range.end };
    let mut link_spans: Vec<Span> = body.link_spans.into_iter().map(span).collect();
    let alias_spans: Vec<Span> = places.into_iter().map(span).collect();

    let (checks, found) = checks::of_front_matter(&front_matter.values, source, &split.data);
    diagnostics.extend(found);
    diagnostics.extend(search_keys::of_front_matter(&front_matter.values, source, &split.data));
    let (mut ignores, mut told) = ignores::ignores(page, &body.ignores, origins);

    let title = title::page_title(conventions, &front_matter, body.first_h1.as_deref(), text);
    if let Some(Expanded { origins, diagnostics: found, shown: included, .. }) = &expanded {
        for one in &mut shown {
            if let Some(place) = origins.span(one.span.range()) {
                one.span = place;
            }
        }
        shown.extend_from_slice(included);
        diagnostics = diagnostics.into_iter().map(|diagnostic| origins.told(diagnostic)).collect();
        diagnostics.extend_from_slice(found);
        for (span, link) in link_spans.iter_mut().zip(&mut body.links) {
            if let Some(place) = origins.span(span.range()) {
                link.written_in = Some(place.file.clone()).filter(|file| *file != source.path);
                *span = place;
            }
        }
        let in_tags = body.components.iter_mut().flat_map(ComponentTag::spans);
        for span in in_tags.chain(body.values.iter_mut().map(|hole| &mut hole.span)) {
            if let Some(place) = origins.span(span.range()) {
                *span = place;
            }
        }
    }
    if let Some(made) = source.made.as_ref().filter(|made| made.inserted.is_some()) {
        diagnostics = diagnostics.into_iter().map(|diagnostic| made.told(&source.path, diagnostic)).collect();
        told = told.into_iter().map(|diagnostic| made.told(&source.path, diagnostic)).collect();
        for span in ignores.iter_mut().flat_map(Ignore::spans).filter(|span| span.file == source.path) {
            *span = made.place(span);
        }
        let in_tags = body.components.iter_mut().flat_map(ComponentTag::spans);
        let values = body.values.iter_mut().map(|hole| &mut hole.span);
        for span in in_tags.chain(values).chain(&mut link_spans).filter(|span| span.file == source.path) {
            *span = made.place(span);
        }
    }
    diagnostics.extend(told);
    diagnostics.extend_from_slice(&source.diagnostics);
    let mut head = Head {
        path: own_path,
        stands_in: source.made.as_ref().is_some_and(|made| made.stands_in),
        template: source.made.as_ref().map(|made| made.template.clone()),
        relative: relative.into(),
        title: title.filter(|title| !title.is_empty()).map(Into::into),
        headings: body.headings,
        links: body.links,
        anchors: body.anchors,
        catalogs: catalog::asked(&body.components),
        aliases,
        front_matter: Arc::new(front_matter),
        hash: Hash::default(),
    };
    head.hash = Hash::of(&(
        &head.path,
        (&head.template, head.stands_in),
        &head.relative,
        &head.title,
        &head.headings,
        &head.links,
        &head.anchors,
        &head.catalogs,
        (&head.front_matter.values, &head.front_matter.places),
    ));
    Page {
        hash: Hash::of(&(head.hash, &body.pieces, &body.code, &body.components, &body.values, &body.sections)),
        head: Arc::new(head),
        body: body.pieces,
        code: body.code,
        components: body.components,
        values: body.values,
        markdown: written,
        sections: body.sections,
        link_spans,
        alias_spans,
        reads: shelf.into_reads(),
        shown,
        checks,
        ignores,
        diagnostics,
    }
}

/// The section of a Markdown text below the heading with this id, up to the next heading of its level. The text starts at
/// byte `offset` of its file.
pub(crate) fn section(text: &str, offset: usize, id: &str, config: &MarkdownConfig) -> Option<Range<usize>> {
    let masks = Masks::of(text, config);
    let (front_matter, path) = (serde_yaml::Mapping::new(), SourcePath::root());
    let scope = Scope {
        front_matter: &front_matter,
        params: &front_matter,
        conventions: config.conventions,
        native: config.extended,
        own: &BTreeMap::new(),
        locals: &[],
    };
    let context = Context {
        config,
        language: "",
        relative: "",
        french: false,
        masked: !masks.is_none(),
        path: &path,
        scope: &scope,
    };
    let (_, _, body) = read(text, offset, masks, &context, |_| Vec::new());
    let at = body.headings.iter().position(|heading| &*heading.id == id)?;
    let level = body.headings[at].level;
    let next = body.headings[at + 1..].iter().position(|heading| heading.level <= level);
    let end = next.map_or(offset + text.len(), |next| body.heading_ranges[at + 1 + next].start);
    let start = body.heading_ranges[at].end;
    // The line of a heading ends with its line end.
    let line_end = text[..start - offset].ends_with('\n') || !text[start - offset..].starts_with('\n');
    let start = if line_end { start } else { start + 1 };
    (start <= end).then_some(start..end)
}

/// Reads the Markdown, which starts at byte `offset` of the source; `load` makes code of the lines that ask for it.
///
/// Two readers tell where blocks end: [`blocks`], and the Markdown parser. In odd corners (a table whose lines stand partly
/// outside the list item that it is in) they differ, and then a container stands where the parser sees the text of a
/// paragraph or of a code block. There its line is text. In the end all is text, and no mark is lost.
///
/// The parser knows formulas, but takes `$5; set `$HOME`` for one, and the code in it for text. Such dollars are hidden from it when the
/// text is read again.
fn read(
    text: &str,
    offset: usize,
    masks: Masks,
    context: &Context<'_>,
    mut load: impl FnMut(&Scanned) -> Vec<Snippet>,
) -> (Scanned, Vec<Snippet>, Body) {
    let Context { config, .. } = *context;
    let conventions = config.conventions;
    let angled = config.extended || conventions != Conventions::VuePress2;
    let code = config.extended || conventions == Conventions::VuePress2;
    let (mut texts, mut plain_dollars) = (BTreeSet::new(), None);
    let mut readings = 0;
    loop {
        readings += 1;
        let rules = Rules {
            config,
            exact_indent: !config.extended && matches!(conventions, Conventions::VuePress2 | Conventions::VitePress2),
            toc_block: (conventions != Conventions::VuePress1 && !config.toc.marker.is_empty())
                .then_some(&config.toc.marker),
            definitions: config.has(Construct::DefinitionLists),
            abbreviations: config.has(Construct::Abbreviations),
            masks,
            tags_alone: !config.extended && conventions == Conventions::VuePress1,
            plain_dollars: plain_dollars.as_ref().unwrap_or(const { &BTreeSet::new() }),
            is_snippet: &|line| angled && snippets::is_angled(line),
            ends_with_snippet: &|line| code && snippets::is_code(line),
            is_text: &|at| readings > MAX_READINGS || texts.contains(&at),
        };
        let scanned = blocks::scan(text, offset, &rules);
        let snippets = load(&scanned);
        let body = markdown::render(&scanned, &snippets, context);
        let has_plain_dollars = body.has_plain_dollars && plain_dollars.is_none();
        if body.lost_marks.is_empty() && !has_plain_dollars {
            return (scanned, snippets, body);
        }
        if has_plain_dollars {
            plain_dollars = Some(markdown::plain_dollars(&scanned, config).into_iter().collect());
        }
        texts.extend(body.lost_marks.iter().map(|&mark| scanned.origin(mark)));
    }
}
