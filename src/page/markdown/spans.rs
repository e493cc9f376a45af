//! `==mark==`, `++ins++`, `~sub~`, `^sup^`, `^[note]` and `[text]{lang=en}`: what the parser leaves as text is found in its events, a line of text
//! (a paragraph, a heading, a cell) at a time.
//!
//! Comes in: the parser's events. Goes out: the same, with `<mark>` and `<ins>` as inline HTML, sub- and superscript as the
//! parser's own tags, and each note as a reference whose definition comes at the end. Delimiters pair as those of emphasis do:
//! the nearest one before, in the same element, and nothing that is opened between them is left open.

mod pairs;

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use crate::config::MarkdownConfig;
use pairs::{Kind, Means, Rules, find};

type Placed<'e> = (Event<'e>, Range<usize>);

/// The events of `inner` with the spans of `source`, the text that was parsed.
pub(super) struct Spans<'e, 's, I> {
    inner: I,
    source: &'s str,
    rules: Rules,
    /// Events that are ready.
    ready: VecDeque<Placed<'e>>,
    /// The line of text that is being collected.
    line: Vec<Placed<'e>>,
    /// Notes written in the text, each as its events.
    notes: Vec<Vec<Placed<'e>>>,
    /// Whether what comes is code.
    in_code: bool,
    ended: bool,
}

impl<'e, 's, I: Iterator<Item = Placed<'e>>> Spans<'e, 's, I> {
    pub fn new(inner: I, source: &'s str, config: &MarkdownConfig) -> Spans<'e, 's, I> {
        Spans {
            inner,
            source,
            rules: Rules::of(source, config),
            ready: VecDeque::new(),
            line: Vec::new(),
            notes: Vec::new(),
            in_code: false,
            ended: false,
        }
    }

    /// Puts the line of text that was collected among what is ready.
    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let found = find(&line, self.source, self.rules);
        if found.is_empty() {
            self.ready.extend(line);
            return;
        }
        let mut found = found.into_iter().peekable();
        // The note that is being written, and nothing else, as notes have none in them.
        let mut note: Option<Vec<Placed<'e>>> = None;
        for (index, (event, range)) in line.into_iter().enumerate() {
            let Event::Text(text) = &event else {
                self.put((event, range), &mut note);
                continue;
            };
            let mut from = 0;
            while let Some(delimiter) = found.next_if(|delimiter| delimiter.event == index) {
                let place = range.start + delimiter.at..range.start + delimiter.at + delimiter.length;
                self.put_text(text, from..delimiter.at, range.start, &mut note);
                from = delimiter.at + delimiter.length;
                match delimiter.means {
                    Means::Open(Kind::Note) => {
                        let label = label(self.notes.len());
                        self.ready.push_back((Event::FootnoteReference(label.into()), place));
                        note = Some(Vec::new());
                    }
                    Means::Close(Kind::Note) => self.notes.extend(note.take()),
                    Means::Nothing => {}
                    means => {
                        let tag = delimiter.tag.map(|tag| Event::InlineHtml(tag.into()));
                        self.put((tag.unwrap_or_else(|| event_of(means)), place), &mut note);
                    }
                }
            }
            if from == 0 {
                self.put((event, range), &mut note);
            } else {
                self.put_text(text, from..text.len(), range.start, &mut note);
            }
        }
    }

    fn put(&mut self, event: Placed<'e>, note: &mut Option<Vec<Placed<'e>>>) {
        match note {
            Some(note) => note.push(event),
            None => self.ready.push_back(event),
        }
    }

    /// Puts a part of a text that stands at `start` of the source.
    fn put_text(&mut self, text: &str, part: Range<usize>, start: usize, note: &mut Option<Vec<Placed<'e>>>) {
        if !part.is_empty() {
            let place = start + part.start..start + part.end;
            self.put((Event::Text(CowStr::from(text[part].to_owned())), place), note);
        }
    }

    /// The definitions of the notes, at the end of the page.
    fn define_notes(&mut self) {
        for (index, note) in std::mem::take(&mut self.notes).into_iter().enumerate() {
            let end = self.source.len();
            let ready = &mut self.ready;
            let mut put = |event| ready.push_back((event, end..end));
            put(Event::Start(Tag::FootnoteDefinition(label(index).into())));
            put(Event::Start(Tag::Paragraph));
            ready.extend(note);
            let mut put = |event| ready.push_back((event, end..end));
            put(Event::End(TagEnd::Paragraph));
            put(Event::End(TagEnd::FootnoteDefinition));
        }
    }
}

impl<'e, I: Iterator<Item = Placed<'e>>> Iterator for Spans<'e, '_, I> {
    type Item = Placed<'e>;

    fn next(&mut self) -> Option<Placed<'e>> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            let Some((event, range)) = self.inner.next() else {
                if std::mem::replace(&mut self.ended, true) {
                    return None;
                }
                self.end_line();
                self.define_notes();
                continue;
            };
            match &event {
                Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
                Event::End(TagEnd::CodeBlock) => self.in_code = false,
                _ => {}
            }
            // `~x~` is struck out for the parser; for all whose text this may be, two tildes are.
            let event = match event {
                Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough)
                    if !self.source[range.clone()].starts_with("~~") =>
                {
                    let at = if matches!(event, Event::Start(_)) { range.start } else { range.end - 1 };
                    self.line.push((Event::Text(CowStr::Borrowed("~")), at..at + 1));
                    continue;
                }
                event => event,
            };
            if !self.in_code && is_inline(&event) {
                self.line.push((event, range));
                continue;
            }
            self.end_line();
            self.ready.push_back((event, range));
        }
    }
}

/// The label of note `index`: no author can type one with a line break.
fn label(index: usize) -> String {
    format!("\n{index}")
}

fn event_of<'e>(means: Means) -> Event<'e> {
    match means {
        Means::Open(Kind::Mark) => Event::InlineHtml("<mark>".into()),
        Means::Close(Kind::Mark) => Event::InlineHtml("</mark>".into()),
        Means::Open(Kind::Insert) => Event::InlineHtml("<ins>".into()),
        Means::Close(Kind::Insert) => Event::InlineHtml("</ins>".into()),
        Means::Close(Kind::Span) => Event::InlineHtml("</span>".into()),
        Means::Open(Kind::Subscript) => Event::Start(Tag::Subscript),
        Means::Close(Kind::Subscript) => Event::End(TagEnd::Subscript),
        Means::Open(_) => Event::Start(Tag::Superscript),
        _ => Event::End(TagEnd::Superscript),
    }
}

/// Whether the event is part of a line of text.
pub(super) fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => super::writer::is_inline(tag.to_end()),
        Event::End(tag) => super::writer::is_inline(*tag),
        Event::Html(_) | Event::Rule | Event::TaskListMarker(_) => false,
        _ => true,
    }
}
