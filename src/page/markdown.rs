//! Markdown -> HTML with holes, headings, links and plain text, in one pass over the parser's events.
//!
//! Comes in: the text that [`super::blocks`] rewrote, with its marks. Goes out: a [`Body`]. The steps: [`writer`] walks the
//! events and keeps the stack of open elements; [`text`], [`addresses`], [`links`], [`html`], [`components`], [`interpolation`], [`tables`] and
//! [`verbatim`] write what is in them; [`rooms`] knows what attributes in braces belong to; [`place`] keeps track of what was read ahead;
//! [`headings`] and [`footnotes`] collect what is written elsewhere; tables of contents are filled in at the end, when all headings are known.

mod abbreviations;
mod addresses;
mod balance;
mod components;
mod containers;
mod dollars;
mod finish;
mod footnotes;
mod headings;
mod html;
mod inline;
mod interpolation;
mod links;
mod math;
mod out;
mod place;
mod rooms;
mod sections;
mod smart;
mod spans;
mod tables;
mod text;
mod verbatim;
mod writer;

pub use inline::{InlineHtml, shown_text};

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

pub(crate) use dollars::plain_dollars;
pub(crate) use finish::{HtmlFault, Wrong};

use super::blocks::Scanned;
use super::code::CodeBlock;
use super::components::{ComponentTag, ValueHole};
use super::expression::Scope;
use super::linkify;
use super::masks;
use super::snippets::Snippet;
use super::types::{Heading, Link, Piece, Section};
use crate::base::SourcePath;
use crate::config::{Construct, MarkdownConfig};

/// What the Markdown of a page says.
#[derive(Debug, Default)]
pub(crate) struct Body {
    /// The HTML.
    pub pieces: Vec<Piece>,
    /// The headings.
    pub headings: Vec<Heading>,
    /// Where the headings stand in the source.
    pub heading_ranges: Vec<Range<usize>>,
    /// The text of the first heading of level 1.
    pub first_h1: Option<String>,
    /// The links, by hole.
    pub links: Vec<Link>,
    /// Where the links stand in the source.
    pub link_spans: Vec<Range<u32>>,
    /// The code blocks, by hole.
    pub code: Vec<CodeBlock>,
    /// The tags of components, by hole.
    pub components: Vec<ComponentTag>,
    /// The values that only the site knows, by hole.
    pub values: Vec<ValueHole>,
    /// Expressions that are shown as written, and their places.
    pub unknown_expressions: Vec<(String, Range<usize>)>,
    /// Where the first script stands that was left out, and whether it is closed.
    pub script: Option<(Range<usize>, bool)>,
    /// Languages of style sheets that were left out, and their places.
    pub foreign_styles: Vec<(String, Range<usize>)>,
    /// Ids and names in raw HTML.
    pub anchors: Vec<Box<str>>,
    /// The plain text.
    pub sections: Vec<Section>,
    /// Languages of code blocks that nobody knows, with the place of the first.
    pub unknown_languages: Vec<(String, Range<usize>)>,
    /// Texts that would be the addresses of links if they had no spaces, and their places.
    pub spaced_links: Vec<(String, Range<usize>)>,
    /// Groups of tabs without tabs, as indices of containers.
    pub empty_groups: Vec<usize>,
    /// References to notes that are not defined, and their places.
    pub missing_footnotes: Vec<(String, Range<usize>)>,
    /// Why formulas cannot be read, and their places.
    pub wrong_math: Vec<(String, Range<usize>)>,
    /// Whether the parser took dollars for those of formulas that are none.
    pub has_plain_dollars: bool,
    /// What of the author's HTML could not be taken over as it is typed, with its places in the source.
    pub html_faults: Vec<HtmlFault>,
    /// Ids that authors gave to what they had given to something else before.
    pub taken_ids: Vec<(String, Range<usize>)>,
    /// Attributes that only a program can make sense of, and where they stand.
    pub dynamic_attributes: Vec<(String, Range<usize>)>,
    /// Comments that say which findings are not to be told.
    pub ignores: Vec<Range<usize>>,
    /// Marks that the parser did not meet, as indices: none, unless it and [`super::blocks`] disagree about where a block ends.
    pub lost_marks: Vec<usize>,
}

/// What the writer must know besides the text.
pub(crate) struct Context<'c> {
    /// The settings.
    pub config: &'c MarkdownConfig,
    /// The language of the page.
    pub language: &'c str,
    /// The path of the page below the content folder.
    pub relative: &'c str,
    /// Where the page lies.
    pub path: &'c SourcePath,
    /// What names mean in expressions.
    pub scope: &'c Scope<'c>,
    /// Whether its text is set by the rules of French.
    pub french: bool,
    /// Whether parts of the text are masked.
    pub masked: bool,
}

/// Renders a scanned page with its snippets.
pub(crate) fn render(scanned: &Scanned, snippets: &[Snippet], context: &Context<'_>) -> Body {
    let parser = Parser::new_ext(&scanned.rewritten.text, options(context.config));
    let definitions = parser.reference_definitions().iter();
    let definitions = definitions.map(|(label, defined)| (links::label(label), defined.span.clone())).collect();
    let events = readable_addresses(parser.into_offset_iter());
    let source = &scanned.rewritten.text;
    let writer = writer::Writer::new(scanned, snippets, definitions, context);
    match context.masked {
        true => writer.write(spans::Spans::new(events.flat_map(masks::unmask), source, context.config)),
        false => writer.write(spans::Spans::new(events, source, context.config)),
    }
}

/// The events, with the addresses between `<` and `>` as readers see them.
fn readable_addresses<'e>(
    events: impl Iterator<Item = (Event<'e>, Range<usize>)>,
) -> impl Iterator<Item = (Event<'e>, Range<usize>)> {
    let mut in_address = false;
    events.map(move |(event, range)| match event {
        Event::Start(Tag::Link { link_type: LinkType::Autolink, .. }) => {
            in_address = true;
            (event, range)
        }
        Event::Text(address) if std::mem::take(&mut in_address) => match linkify::readable(&address) {
            Cow::Owned(shown) => (Event::Text(shown.into()), range),
            Cow::Borrowed(_) => (Event::Text(address), range),
        },
        event => (event, range),
    })
}

/// The extensions that the conventions have.
fn options(config: &MarkdownConfig) -> Options {
    let mut options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (construct, option) in [
        (Construct::TaskLists, Options::ENABLE_TASKLISTS),
        (Construct::Footnotes, Options::ENABLE_FOOTNOTES),
        (Construct::DefinitionLists, Options::ENABLE_DEFINITION_LIST),
        (Construct::Math, Options::ENABLE_MATH),
    ] {
        options.set(option, config.has(construct));
    }
    options.set(Options::ENABLE_SMART_PUNCTUATION, config.smart_punctuation);
    options
}
