//! Walks the parser's events and keeps the stack of open elements.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::abbreviations::Abbreviations;
use super::components::Components;
use super::footnotes::Footnotes;
use super::links::{OpenImage, OpenLink};
use super::out::Out;
use super::place::Place;
use super::rooms::Rooms;
use super::tables::{Caption, Table};
use super::text::Pending;
use super::verbatim::Verbatim;
use super::{Body, Context, headings};
use crate::page::blocks::{Form, Mark, Scanned, forced};
use crate::page::components::markup::Markup;
use crate::page::slug::Ids;
use crate::page::snippets::Snippet;
use crate::page::{directives, masks};

/// An element that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// One of the parser's.
    Tag(TagEnd),
    /// Container `n`.
    Container(usize),
    /// Component `n`.
    Component(usize),
}

pub(super) struct Writer<'w> {
    pub(super) scanned: &'w Scanned,
    pub(super) snippets: &'w [Snippet],
    pub(super) context: &'w Context<'w>,
    pub(super) body: Body,
    pub(super) out: Out,
    pub(super) open: Vec<Element>,
    /// Where `[label]: address` stands in the rewritten text, by label.
    pub(super) definitions: BTreeMap<String, Range<usize>>,
    /// The ids of the headings.
    pub(super) ids: Ids,
    /// The ids that authors gave to other things, and where.
    pub(super) claimed: BTreeMap<String, Range<usize>>,
    pub(super) heading: Option<headings::Open>,
    pub(super) levels: headings::Levels,
    pub(super) footnotes: Footnotes,
    pub(super) pending: Pending,
    pub(super) abbreviations: Abbreviations<'w>,
    /// The last character of the text so far, in this block.
    pub(super) before: Option<char>,
    /// The link that is open; there are no links in links.
    pub(super) open_link: Option<OpenLink>,
    /// The paragraph that was opened last, in the rewritten text.
    pub(super) paragraph: Range<usize>,
    pub(super) images: Vec<OpenImage>,
    /// What follows an inline table of contents is dropped, up to the end of the line.
    pub(super) drops_line: bool,
    /// How many `<mark>` and `<ins>` are open in the block: nothing that ends a paragraph may stand in them.
    pub(super) open_spans: usize,
    pub(super) verbatim: Option<Verbatim>,
    pub(super) markup: Markup,
    pub(super) components: Components,
    /// Whether a script that stands in a line of text is open.
    pub(super) in_script: bool,
    /// Where braces open, if they may be attributes.
    pub(super) braces: Vec<usize>,
    pub(super) rooms: Rooms,
    pub(super) at: Place,
    /// Parts of the rewritten text that were read ahead and are not to be written, the next one last.
    pub(super) skipped: Vec<Range<usize>>,
    /// Whether a link of raw HTML is open.
    pub(super) in_raw_link: bool,
    /// Whether it opens in a new window and its author does not say so.
    pub(super) raw_link_is_silent: bool,
    /// How much directives may still write.
    pub(super) room: usize,
    /// Whether the label of a task is open.
    open_label: bool,
    /// The next mark to be met, an index into the marks.
    pub(super) next_mark: usize,
    /// The container whose title is being written, and what stood before it.
    title: Option<(usize, Out)>,
    pub(super) table: Table,
    pub(super) caption: Caption,
    /// How many tabs each group has so far.
    pub(super) tabs: BTreeMap<usize, usize>,
    /// Of each quote that is open, whether it is an alert.
    alerts: Vec<bool>,
    pub(super) section: (Option<u32>, String, String),
    /// Whether the section began where search is switched off, and whether it is off now.
    pub(super) section_off: (bool, bool),
}

impl<'w> Writer<'w> {
    pub(super) fn new(
        scanned: &'w Scanned,
        snippets: &'w [Snippet],
        definitions: BTreeMap<String, Range<usize>>,
        context: &'w Context<'w>,
    ) -> Writer<'w> {
        Writer {
            definitions,
            scanned,
            snippets,
            context,
            body: Body::default(),
            out: Out::default(),
            open: Vec::new(),
            ids: Ids::new(context.config.conventions),
            claimed: BTreeMap::new(),
            heading: None,
            levels: headings::Levels::default(),
            footnotes: Footnotes::default(),
            pending: Pending::default(),
            abbreviations: Abbreviations::new(&scanned.abbreviations),
            before: None,
            open_link: None,
            paragraph: 0..0,
            images: Vec::new(),
            drops_line: false,
            open_spans: 0,
            verbatim: None,
            markup: Markup::default(),
            components: Components::default(),
            in_script: false,
            braces: match context.config.has_attributes() {
                true => memchr::memchr_iter(b'{', scanned.rewritten.text.as_bytes()).collect(),
                false => Vec::new(),
            },
            rooms: Rooms::default(),
            at: Place::default(),
            skipped: Vec::new(),
            in_raw_link: false,
            raw_link_is_silent: false,
            room: directives::LONGEST,
            open_label: false,
            next_mark: 0,
            title: None,
            table: Table::default(),
            caption: Caption::default(),
            tabs: BTreeMap::new(),
            alerts: Vec::new(),
            section: (None, String::new(), String::new()),
            section_off: (false, false),
        }
    }

    pub(super) fn write<'e>(mut self, events: impl Iterator<Item = (Event<'e>, Range<usize>)>) -> Body {
        for (event, range) in events {
            self.event(event, range);
        }
        self.flush_text();
        self.end_elements(0);
        self.put_caption_as_text();
        self.out.fin();
        self.write_footnotes();
        self.begin_section();
        self.body.lost_marks.extend(self.next_mark..self.scanned.marks.len());
        self.note_empty_groups();
        self.body.anchors.sort();
        self.body.anchors.dedup();
        self.end_components();
        self.finish()
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let Some((event, range)) = self.unskipped(event, range) else { return };
        if !matches!(event, Event::Start(Tag::Table(_))) {
            self.put_caption_as_text();
        }
        if !matches!(event, Event::Text(_)) {
            self.note_next(&event, &range);
        }
        self.tight_paragraph(&event);
        if let Event::Text(text) = &event {
            match &mut self.verbatim {
                Some(verbatim) => verbatim.push(text, range.start),
                None if self.drops_line || self.in_script => {}
                None => self.text(text, range),
            }
            return;
        }
        self.flush_text();
        // What was pending may have been read on into this event.
        let Some((event, range)) = self.unskipped(event, range) else { return };
        self.note_place(&event);
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Code(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) if self.drops_line => {}
            Event::Code(code) => self.code(&code, range.end),
            Event::Html(html) => match &mut self.verbatim {
                Some(verbatim) => verbatim.push(&html, range.start),
                None => self.raw_html(&html, &[(0, range.start)]),
            },
            Event::InlineHtml(html) => {
                match &*html {
                    "<mark>" | "<ins>" => self.open_spans += 1,
                    "</mark>" | "</ins>" => self.open_spans = self.open_spans.saturating_sub(1),
                    _ => {}
                }
                let (html, parts) = masks::unmasked_parts(&html, range.start);
                self.note_raw_link(&html);
                self.raw_html(&html, &parts);
                self.heading_tag(&html);
            }
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::SoftBreak => self.line_break(false),
            Event::HardBreak => self.line_break(true),
            Event::Rule => match self.mark(&range) {
                Some(mark) => self.marked(mark),
                None => self.out.html().push_str("<hr>\n"),
            },
            Event::TaskListMarker(done) => {
                let checked = if done { " checked" } else { "" };
                // The text is the name of the box.
                self.out.html().push_str(&format!("<label><input type=\"checkbox\" disabled{checked}> "));
                self.open_label = true;
            }
            Event::InlineMath(_) | Event::DisplayMath(_) if self.drops_line => {}
            Event::InlineMath(latex) => self.maybe_math(&latex, false, range),
            Event::DisplayMath(latex) => self.maybe_math(&latex, true, range),
            Event::Text(_) => {}
        }
    }

    /// Text of a tight list stands there without paragraphs, for the parser also where it stands in a container within the
    /// list. There it is a paragraph.
    fn tight_paragraph(&mut self, event: &Event<'_>) {
        let (begins, ends) = match event {
            Event::Text(_)
            | Event::Code(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => (true, false),
            Event::Start(tag) => (is_inline(tag.to_end()), !is_inline(tag.to_end())),
            Event::Rule => (false, true),
            _ => (false, false),
        };
        match self.open.last() {
            Some(Element::Container(_)) if begins => {
                self.out.html().push_str("<p>");
                self.open.push(Element::Tag(TagEnd::Paragraph));
            }
            Some(Element::Tag(TagEnd::Paragraph)) if ends => {
                self.flush_text();
                self.end_elements(self.open.len() - 1);
                self.drops_line = false;
            }
            _ if ends => {
                self.flush_text();
                self.drops_line = false;
            }
            _ => {}
        }
    }

    /// The mark that stands in this range, if one does.
    fn mark(&mut self, range: &Range<usize>) -> Option<Mark> {
        loop {
            let &(at, mark) = self.scanned.marks.get(self.next_mark)?;
            if at >= range.end {
                return None;
            }
            self.next_mark += 1;
            if at >= range.start {
                return Some(mark);
            }
            self.body.lost_marks.push(self.next_mark - 1);
        }
    }

    /// Whether the quote of this range is an alert: then its mark stands in the first line, and in no quote besides.
    fn is_alert(&self, range: &Range<usize>) -> bool {
        let next = self.scanned.marks.get(self.next_mark).filter(|(at, _)| range.contains(at));
        let Some(&(at, Mark::Open(index))) = next else { return false };
        self.scanned.containers[index].form == Form::Alert
            && self.scanned.rewritten.text[range.start..at].trim_end() == ">"
    }

    fn marked(&mut self, mark: Mark) {
        match mark {
            Mark::Open(index) => self.open_container(index),
            Mark::Close(index) => self.close_container(index),
            Mark::Toc => self.out.toc(),
            Mark::Snippet(index) => self.snippet(index),
            // A title is a heading, never a thematic break.
            Mark::Title(_) | Mark::Tag => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let end = tag.to_end();
        if !is_inline(end) {
            self.end_label();
            self.before = None;
            self.open_spans = 0;
        }
        if self.drops_line && is_inline(end) {
            return;
        }
        match tag {
            Tag::Heading { level, .. } => match self.mark(&range) {
                Some(Mark::Title(index)) => self.title = Some((index, std::mem::take(&mut self.out))),
                _ => {
                    self.body.heading_ranges.push(self.scanned.rewritten.source_range(range.clone()));
                    self.start_heading(level, range);
                }
            },
            Tag::Paragraph => {
                if !self.start_caption(&range) {
                    self.start_tag("<p", end, &range, ">");
                }
                self.paragraph = range;
            }
            Tag::BlockQuote(_) => {
                let alert = self.is_alert(&range);
                self.alerts.push(alert);
                if !alert {
                    self.start_tag("<blockquote", end, &range, ">\n");
                }
            }
            Tag::CodeBlock(kind) => {
                let (info, fenced) = match kind {
                    CodeBlockKind::Fenced(info) => (info.to_string(), true),
                    CodeBlockKind::Indented => (String::new(), false),
                };
                self.verbatim = Some(Verbatim { info, fenced, range, ..Verbatim::default() });
            }
            Tag::HtmlBlock => {
                let is_forced = self.tag_mark(&range);
                self.verbatim = Some(Verbatim { is_forced, ..Verbatim::default() });
            }
            Tag::List(None) => self.start_tag("<ul", end, &range, ">\n"),
            Tag::List(Some(1)) => self.start_tag("<ol", end, &range, ">\n"),
            Tag::List(Some(start)) => self.start_tag(&format!("<ol start=\"{start}\""), end, &range, ">\n"),
            Tag::Item => self.start_tag("<li", end, &range, ">"),
            Tag::DefinitionList => self.out.html().push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.out.html().push_str("<dt>"),
            Tag::DefinitionListDefinition => self.out.html().push_str("<dd>"),
            Tag::FootnoteDefinition(label) => self.start_footnote(&label),
            Tag::Table(alignments) => {
                self.table.alignments = alignments;
                // A table that is wider than the text scrolls in its box.
                self.out.html().push_str("<div class=\"table-box\">\n");
                self.start_tag("<table", end, &range, ">\n");
                self.put_caption();
            }
            Tag::TableHead => {
                self.table.in_head = true;
                self.table.column = 0;
                self.out.html().push_str("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.table.column = 0;
                self.out.html().push_str("<tr>");
            }
            Tag::TableCell => self.start_cell(&range),
            Tag::Emphasis => self.start_inline("em", range.end),
            Tag::Strong => self.start_inline("strong", range.end),
            Tag::Strikethrough => self.start_inline("s", range.end),
            Tag::Subscript => self.start_inline("sub", range.end),
            Tag::Superscript => self.start_inline("sup", range.end),
            Tag::Link { link_type, dest_url, title, id } => {
                let place = self.defined(link_type, &id, &dest_url);
                self.start_link(link_type, &dest_url, &title, range, place);
            }
            Tag::Image { link_type, dest_url, title, id } => {
                let place = self.defined(link_type, &id, &dest_url);
                self.start_image(&dest_url, &title, range, place);
            }
            _ => {}
        }
        self.open.push(Element::Tag(end));
    }

    /// Whether the title of a container is being written.
    pub(super) fn title_is_open(&self) -> bool {
        self.title.is_some()
    }

    /// An inline tag; there are none in an image's alternative text.
    fn out_tag(&mut self, tag: &str) {
        if self.images.is_empty() {
            self.out.html().push_str(tag);
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if self.drops_line {
            if is_inline(tag) && !self.open.contains(&Element::Tag(tag)) {
                return;
            }
            self.drops_line &= is_inline(tag);
        }
        if let Some(at) = self.open.iter().rposition(|element| *element == Element::Tag(tag)) {
            self.end_elements(at + 1);
            // Components that begin in a block of HTML stay open.
            self.open.pop();
            self.end_tag(tag);
            self.rooms.leave(at);
        }
    }

    /// Ends the elements from `first` on, innermost first: containers that the author never closed among them.
    pub(super) fn end_elements(&mut self, first: usize) {
        while self.open.len() > first {
            match self.open.pop() {
                Some(Element::Tag(tag)) => self.end_tag(tag),
                Some(Element::Container(index)) => self.end_container(index),
                Some(Element::Component(index)) => self.cut_component(index),
                None => {}
            }
            self.rooms.leave(self.open.len());
        }
    }

    /// Ends the label of a task, which is a line of text.
    pub(super) fn end_label(&mut self) {
        if std::mem::take(&mut self.open_label) {
            self.out.html().push_str("</label>");
        }
    }

    fn end_tag(&mut self, tag: TagEnd) {
        if !is_inline(tag) {
            self.end_label();
            self.before = None;
        }
        match tag {
            TagEnd::Heading(_) => match self.title.take() {
                Some((index, before)) => {
                    let title = std::mem::replace(&mut self.out, before);
                    self.container_title(index, title);
                }
                None => self.end_heading(),
            },
            TagEnd::Paragraph if self.end_caption() => {}
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::BlockQuote(_) => {
                let alert = self.alerts.pop().unwrap_or(false);
                self.out.html().push_str(if alert { "" } else { "</blockquote>\n" });
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::HtmlBlock => {
                let mut html = self.verbatim.take().unwrap_or_default();
                if html.is_forced {
                    forced::restore(&mut html.text, &mut html.parts);
                }
                self.raw_html(&html.text, &html.parts);
            }
            TagEnd::List(ordered) => self.out.html().push_str(if ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => self.out.html().push_str("</li>\n"),
            TagEnd::DefinitionList => self.out.html().push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.html().push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.html().push_str("</dd>\n"),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::Table => self.out.html().push_str("</tbody>\n</table>\n</div>\n"),
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.out.html().push_str("</tr>\n</thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.out.html().push_str("</tr>\n"),
            TagEnd::TableCell => self.out.html().push_str(if self.table.in_head { "</th>" } else { "</td>" }),
            TagEnd::Emphasis => self.out_tag("</em>"),
            TagEnd::Strong => self.out_tag("</strong>"),
            TagEnd::Strikethrough => self.out_tag("</s>"),
            TagEnd::Subscript => self.out_tag("</sub>"),
            TagEnd::Superscript => self.out_tag("</sup>"),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(),
            _ => {}
        }
        self.in_script &= is_inline(tag);
        if !is_inline(tag) && !self.section.1.ends_with('\n') && !self.section.1.is_empty() {
            self.section.1.push('\n');
        }
    }
}

/// Whether the tag stands within a line of text.
pub(super) fn is_inline(tag: TagEnd) -> bool {
    use TagEnd::{Emphasis, Image, Link, Strikethrough, Strong, Subscript, Superscript};
    matches!(tag, Emphasis | Strong | Strikethrough | Subscript | Superscript | Link | Image)
}
