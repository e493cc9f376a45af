//! `==mark==`, `++ins++`, `~sub~`, `^sup^` and `^[note]`: what the parser leaves as text is found in its events, a line of text
//! (a paragraph, a heading, a cell) at a time.
//!
//! Comes in: the parser's events. Goes out: the same, with `<mark>` and `<ins>` as inline HTML, sub- and superscript as the
//! parser's own tags, and each note as a reference whose definition comes at the end. Delimiters pair as those of emphasis do:
//! the nearest one before, in the same element, and nothing that is opened between them is left open.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use crate::config::{Construct, MarkdownConfig};

/// Delimiters in more elements than this are text: it keeps the work in proportion to the text.
const MAX_DEPTH: usize = 30;

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

/// What is looked for.
#[derive(Clone, Copy)]
struct Rules {
    mark: bool,
    insert: bool,
    subscript: bool,
    superscript: bool,
    notes: bool,
    /// Whether `==` and `++` must stand at the edges of words: who does not know them writes `a==b`.
    at_words: bool,
}

/// What a delimiter can begin or end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Mark,
    Insert,
    Subscript,
    Superscript,
    Note,
}

/// A delimiter that is open.
#[derive(Clone, Copy)]
struct Opener {
    kind: Kind,
    event: usize,
    at: usize,
    /// Where it stands in the source.
    place: usize,
    /// How many elements are open around it.
    depth: usize,
    /// The bracket of a note.
    bracket: Option<(usize, usize)>,
    /// How many brackets are open in a note.
    brackets: usize,
}

/// A delimiter that means something: where it stands, and what stands for it.
struct Found {
    event: usize,
    at: usize,
    length: usize,
    means: Means,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Means {
    Open(Kind),
    Close(Kind),
    /// A part of the delimiter before it.
    Nothing,
}

impl<'e, 's, I: Iterator<Item = Placed<'e>>> Spans<'e, 's, I> {
    pub fn new(inner: I, source: &'s str, config: &MarkdownConfig) -> Spans<'e, 's, I> {
        let has = |construct, typed: &str| config.has(construct) && source.contains(typed);
        let rules = Rules {
            mark: has(Construct::Mark, "=="),
            insert: has(Construct::Insert, "++"),
            subscript: has(Construct::Subscript, "~"),
            superscript: has(Construct::Superscript, "^"),
            notes: has(Construct::Footnotes, "^["),
            at_words: config.extended,
        };
        Spans {
            inner,
            source,
            rules,
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
                    means => self.put((event_of(means), place), &mut note),
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

/// The delimiters in a line of text that mean something, in order.
fn find(line: &[Placed<'_>], source: &str, rules: Rules) -> Vec<Found> {
    let mut search = Search { source, rules, openers: Vec::new(), found: Vec::new(), depth: 0 };
    let mut images = 0_usize;
    for (index, (event, range)) in line.iter().enumerate() {
        match event {
            Event::Start(tag) => {
                images += usize::from(matches!(tag, Tag::Image { .. }));
                search.depth += 1;
            }
            Event::End(tag) => {
                images -= usize::from(*tag == TagEnd::Image);
                search.depth = search.depth.saturating_sub(1);
                search.openers.retain(|opener| opener.depth <= search.depth);
            }
            Event::SoftBreak | Event::HardBreak => search.space(),
            // Text that is not as it was typed (an entity) holds no delimiters.
            Event::Text(text) if images == 0 && text.len() == range.len() => search.text(index, text, range.start),
            Event::Text(text) if text.contains(char::is_whitespace) => search.space(),
            _ => {}
        }
    }
    let mut found = search.found;
    found.sort_by_key(|delimiter| (delimiter.event, delimiter.at));
    found
}

struct Search<'s> {
    source: &'s str,
    rules: Rules,
    /// One a kind and depth at most: the nearest.
    openers: Vec<Opener>,
    found: Vec<Found>,
    depth: usize,
}

impl Search<'_> {
    /// White space ends what may hold none.
    fn space(&mut self) {
        self.openers.retain(|opener| !matches!(opener.kind, Kind::Subscript | Kind::Superscript));
    }

    fn text(&mut self, event: usize, text: &str, start: usize) {
        if self.depth > MAX_DEPTH {
            return;
        }
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let run = bytes[at..].iter().take_while(|&&next| next == byte).count();
            if at == 0 && self.source[..start].ends_with('\\') && byte.is_ascii_punctuation() {
                at = 1;
                continue;
            }
            let place = start + at;
            match byte {
                b' ' | b'\t' => self.space(),
                b'=' if run == 2 && self.rules.mark => self.double(Kind::Mark, event, at, place),
                b'+' if run == 2 && self.rules.insert => self.double(Kind::Insert, event, at, place),
                b'^' if run == 1 && self.rules.notes && self.source[place + 1..].starts_with('[') => {
                    if self.note().is_none() {
                        self.open(Kind::Note, event, at, place);
                    }
                }
                b'^' if run == 1 && self.rules.superscript => self.single(Kind::Superscript, event, at, place),
                b'~' if run == 1 && self.rules.subscript => self.single(Kind::Subscript, event, at, place),
                b'[' | b']' if self.rules.notes => {
                    (0..run).for_each(|more| self.bracket(byte, event, at + more, place + more))
                }
                _ => {}
            }
            at += run;
        }
    }

    fn note(&mut self) -> Option<&mut Opener> {
        self.openers.iter_mut().find(|opener| opener.kind == Kind::Note)
    }

    /// A bracket: it belongs to a note, or to the text of one.
    fn bracket(&mut self, byte: u8, event: usize, at: usize, place: usize) {
        let depth = self.depth;
        let Some(note) = self.note() else { return };
        match byte {
            b'[' if note.place + 1 == place => note.bracket = Some((event, at)),
            b'[' => note.brackets += 1,
            _ if note.brackets > 0 => note.brackets -= 1,
            _ if note.depth == depth => {
                let (event_before, at_before) = note.bracket.unwrap_or((event, at));
                let means = Means::Nothing;
                if self.close(Kind::Note, event, at, 1) {
                    self.found.push(Found { event: event_before, at: at_before, length: 1, means });
                }
            }
            _ => {}
        }
    }

    /// `==` or `++`.
    fn double(&mut self, kind: Kind, event: usize, at: usize, place: usize) {
        let (before, after) = (self.source[..place].chars().next_back(), self.source[place + 2..].chars().next());
        let inside = |char: Option<char>| char.is_some_and(|char| !char.is_whitespace());
        let at_words = self.rules.at_words;
        let outside = |char: Option<char>| !at_words || !char.is_some_and(is_of_word);
        if inside(before) && outside(after) && self.close(kind, event, at, 2) {
            return;
        }
        if inside(after) && outside(before) {
            self.open(kind, event, at, place);
        }
    }

    /// `^` or `~`.
    fn single(&mut self, kind: Kind, event: usize, at: usize, place: usize) {
        let opener = self.openers.iter().rfind(|opener| opener.kind == kind && opener.depth == self.depth);
        // `^_^` is no superscript.
        let is_text = |opener: &Opener| self.source[opener.place..place].contains(char::is_alphanumeric);
        if opener.is_some_and(is_text) && self.close(kind, event, at, 1) {
            return;
        }
        // What is raised or lowered is a number, a letter, or something that is marked up itself.
        let begins =
            |char: char| char.is_alphanumeric() || matches!(char, '+' | '-' | '−' | '*' | '_' | '`' | '(' | '$');
        if self.source[place + 1..].chars().next().is_some_and(begins) {
            self.open(kind, event, at, place);
        }
    }

    fn open(&mut self, kind: Kind, event: usize, at: usize, place: usize) {
        let depth = self.depth;
        self.openers.retain(|opener| opener.kind != kind || opener.depth != depth);
        self.openers.push(Opener { kind, event, at, place, depth, bracket: None, brackets: 0 });
    }

    /// Ends the nearest span of this kind in this element, and forgets what was opened in it.
    fn close(&mut self, kind: Kind, event: usize, at: usize, length: usize) -> bool {
        let opener = self.openers.iter().rposition(|opener| opener.kind == kind && opener.depth == self.depth);
        let Some(index) = opener else { return false };
        let opener = self.openers[index];
        // Nothing is no text.
        if opener.event == event && opener.at + length == at {
            return false;
        }
        self.openers.truncate(index);
        self.found.push(Found { event: opener.event, at: opener.at, length, means: Means::Open(kind) });
        self.found.push(Found { event, at, length, means: Means::Close(kind) });
        true
    }
}

/// Whether a letter belongs to a word that has edges: Chinese and Japanese are written without spaces.
fn is_of_word(char: char) -> bool {
    char.is_alphanumeric() && char < '\u{2e80}'
}
