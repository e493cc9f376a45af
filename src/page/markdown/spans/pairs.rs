//! Which delimiters in a line of text mean something, and which stand for themselves.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Placed;
use crate::config::{Construct, MarkdownConfig};
use crate::page::attributes::Attributes;

/// Delimiters in more elements than this are text: it keeps the work in proportion to the text.
const MAX_DEPTH: usize = 30;

/// What is looked for.
#[derive(Clone, Copy)]
pub(super) struct Rules {
    mark: bool,
    insert: bool,
    subscript: bool,
    superscript: bool,
    notes: bool,
    /// `[text]{lang=en}`.
    spans: bool,
    /// Whether `==` and `++` must stand at the edges of words: who does not know them writes `a==b`.
    at_words: bool,
}

/// What a delimiter can begin or end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Mark,
    Insert,
    Subscript,
    Superscript,
    Note,
    Span,
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
pub(super) struct Found {
    pub event: usize,
    pub at: usize,
    pub length: usize,
    pub means: Means,
    /// The tag that begins a span.
    pub tag: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Means {
    Open(Kind),
    Close(Kind),
    /// A part of the delimiter before it.
    Nothing,
}

impl Rules {
    /// What the settings have of what stands in `source`.
    pub(super) fn of(source: &str, config: &MarkdownConfig) -> Rules {
        let has = |construct, typed: &str| config.has(construct) && source.contains(typed);
        Rules {
            mark: has(Construct::Mark, "=="),
            insert: has(Construct::Insert, "++"),
            subscript: has(Construct::Subscript, "~"),
            superscript: has(Construct::Superscript, "^"),
            notes: has(Construct::Footnotes, "^["),
            spans: config.extended && config.has_attributes() && source.contains("]{"),
            at_words: config.extended,
        }
    }
}

/// The delimiters in a line of text that mean something, in order.
pub(super) fn find(line: &[Placed<'_>], source: &str, rules: Rules) -> Vec<Found> {
    let mut search = Search { source, rules, openers: Vec::new(), found: Vec::new(), depth: 0, taken: 0 };
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
    /// Up to here in the source, all is part of a delimiter.
    taken: usize,
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
            if start + at < self.taken {
                let length = (self.taken - start - at).min(bytes.len() - at);
                self.found.push(Found { event, at, length, means: Means::Nothing, tag: None });
                at += length;
                continue;
            }
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
                    self.open_note(event, at, place);
                }
                b'^' if run == 1 && self.rules.superscript => self.single(Kind::Superscript, event, at, place),
                b'~' if run == 1 && self.rules.subscript => self.single(Kind::Subscript, event, at, place),
                b'[' | b']' if self.rules.notes || self.rules.spans => {
                    for more in 0..run {
                        match self.note().is_some() || !self.rules.spans {
                            true => self.bracket(byte, event, at + more, place + more),
                            false => self.span(byte, event, at + more, place + more),
                        }
                    }
                }
                _ => {}
            }
            at += run;
        }
    }

    fn note(&mut self) -> Option<&mut Opener> {
        self.openers.iter_mut().find(|opener| opener.kind == Kind::Note)
    }

    /// Opens a note, but for in another.
    fn open_note(&mut self, event: usize, at: usize, place: usize) {
        if self.note().is_none() {
            self.open(Kind::Note, event, at, place);
        }
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
                    self.found.push(Found { event: event_before, at: at_before, length: 1, means, tag: None });
                }
            }
            _ => {}
        }
    }

    /// A bracket of a text that has attributes behind it.
    fn span(&mut self, byte: u8, event: usize, at: usize, place: usize) {
        if byte == b'[' {
            return self.open(Kind::Span, event, at, place);
        }
        match Attributes::at_start(&self.source[place + 1..]) {
            // What the parser reads as more than text would not be taken away whole.
            Some((attributes, length))
                if !self.source[place + 1..place + 1 + length].contains(['&', '\\', '`', '<', '*', '[', '\n'])
                    && self.close(Kind::Span, event, at, 1) =>
            {
                let mut tag = "<span".to_owned();
                attributes.write(&mut tag);
                tag.push('>');
                let opening = self.found.len() - 2;
                self.found[opening].tag = Some(tag);
                self.taken = place + 1 + length;
            }
            _ => self.openers.retain(|opener| opener.kind != Kind::Span || opener.depth != self.depth),
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
        let (open, close) = (Means::Open(kind), Means::Close(kind));
        self.found.push(Found { event: opener.event, at: opener.at, length, means: open, tag: None });
        self.found.push(Found { event, at, length, means: close, tag: None });
        true
    }
}

/// Whether a letter belongs to a word that has edges: Chinese and Japanese are written without spaces.
fn is_of_word(char: char) -> bool {
    char.is_alphanumeric() && char < '\u{2e80}'
}
