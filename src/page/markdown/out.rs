//! HTML as it is written: text, and holes for what is known later.

use super::balance::{Balanced, Balancer, with_blocks};
use crate::page::attributes::Attributes;
use crate::page::types::{PictureTag, pixels};

/// How long all tables of contents of a page may be together.
const MOST_TOC: usize = 1_000_000;

/// A part of unfinished HTML.
#[derive(Debug)]
pub(super) enum Part {
    Html(String),
    Link(u32),
    LinkAttributes(u32),
    LinkTarget(u32),
    LinkMark(u32),
    NewWindowMark,
    Picture(PictureTag),
    Code(u32),
    Component(u32),
    ComponentEnd(u32),
    Value(u32),
    Toc,
    Attributes(usize),
    /// The id of a place of the notes: of the note of this number, or of the place that refers to it for the nth time.
    NoteId(NoteId),
    /// A start tag of the author's.
    RawStart(RawTag),
    /// An end tag of the author's.
    RawEnd {
        name: String,
        at: usize,
    },
    /// Text between the author's tags.
    RawText(String),
    /// A comment of the author's.
    RawComment {
        text: String,
        at: usize,
    },
    /// A whole `script` or `style` element of the author's.
    RawElement {
        text: String,
        at: usize,
    },
    /// An `id` in a start tag of the author's.
    RawId(String),
    /// Here all of the author's elements end.
    Fin,
}

/// A place that has to do with a note: the number of the note, and the how manieth reference to it, 0 for itself.
pub(super) type NoteId = (usize, usize);

/// A start tag of the author's.
#[derive(Debug, Default)]
pub(super) struct RawTag {
    /// Its name, in small letters.
    pub name: String,
    /// Its name as written.
    pub written: String,
    /// Where it stands in the rewritten text.
    pub at: usize,
    /// What it is made of: HTML, addresses, an id.
    pub inner: Vec<Part>,
}

/// Whether markup ends where the value of a `src` begins.
fn names_source(html: &str) -> bool {
    let name = html.trim_end_matches(['"', '\'']).trim_end().strip_suffix('=').map(str::trim_end);
    let start = name.and_then(|name| name.len().checked_sub(3).and_then(|at| name.get(at..)));
    start.is_some_and(|start| start.eq_ignore_ascii_case("src"))
        && name.is_some_and(|name| name[..name.len() - 3].ends_with(|char: char| char.is_ascii_whitespace()))
}

/// The value of an attribute of a tag, if it begins with a digit: up to the next quotation mark or white space.
fn number<'h>(html: &'h str, name: &str) -> Option<&'h str> {
    let mut values = html.match_indices(name).filter_map(|(at, _)| {
        let value = html[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
        html[..at].ends_with(|char: char| char.is_ascii_whitespace()).then_some(value)
    });
    let value = values.next()?.trim_start_matches(['"', '\'']);
    value.split(|char: char| char.is_ascii_whitespace() || matches!(char, '"' | '\'' | '>')).next()
}

impl RawTag {
    /// A tag of this name, with nothing in it.
    pub fn new(written: &str, at: usize) -> RawTag {
        RawTag { name: written.to_ascii_lowercase(), written: written.to_owned(), at, inner: Vec::new() }
    }

    /// Adds markup.
    pub fn html(&mut self, html: &str) {
        match self.inner.last_mut() {
            Some(Part::Html(before)) => before.push_str(html),
            _ => self.inner.push(Part::Html(html.to_owned())),
        }
    }

    /// Adds the address of link `n`.
    pub fn link(&mut self, n: u32) {
        self.inner.push(Part::Link(n));
    }

    /// Adds what the tag lacks, if it is that of a picture whose address is known.
    pub fn complete(&mut self, lazy: Option<bool>) {
        let src = self.inner.windows(2).find_map(|parts| match parts {
            [Part::Html(before), Part::Link(n)] if names_source(before) => Some(*n),
            _ => None,
        });
        let Some(link) = src.filter(|_| self.name == "img") else { return };
        let html: String = self.inner.iter().map(|part| if let Part::Html(html) = part { html } else { "" }).collect();
        let html = html.to_ascii_lowercase();
        let is_said = |name: &str| {
            let named = |(at, _): (usize, &str)| {
                html[..at].ends_with(|char: char| char.is_ascii_whitespace() || matches!(char, '"' | '\''))
            };
            html.match_indices(name).any(named)
        };
        let tag = PictureTag {
            link,
            sizes: !["width", "height", "style"].iter().any(|name| is_said(name)),
            loads: lazy.is_none() && !is_said("loading"),
            decodes: !is_said("decoding"),
            choices: !is_said("srcset"),
            width: number(&html, "width").and_then(pixels),
        };
        let Some(Part::Html(last)) = self.inner.last_mut() else { return };
        let end = last.trim_end_matches('>').trim_end_matches('/').trim_end().len();
        let end = last.split_off(end);
        self.inner.extend([Part::Picture(tag), Part::Html(end)]);
    }

    /// Adds an id, as written.
    pub fn id(&mut self, id: &str) {
        self.inner.push(Part::RawId(id.to_owned()));
    }
}

/// HTML that is being written.
#[derive(Debug, Default)]
pub(super) struct Out {
    parts: Vec<Part>,
}

impl Out {
    /// The HTML at the end, to be written to.
    pub fn html(&mut self) -> &mut String {
        if !matches!(self.parts.last(), Some(Part::Html(_))) {
            self.parts.push(Part::Html(String::new()));
        }
        match self.parts.last_mut() {
            Some(Part::Html(html)) => html,
            _ => unreachable!("a part of HTML was just put at the end"),
        }
    }

    /// The HTML at the start, to be changed.
    pub fn html_start(&mut self) -> &mut String {
        if !matches!(self.parts.first(), Some(Part::Html(_))) {
            self.parts.insert(0, Part::Html(String::new()));
        }
        match self.parts.first_mut() {
            Some(Part::Html(html)) => html,
            _ => unreachable!("a part of HTML was just put at the start"),
        }
    }

    /// The address of link `n`.
    pub fn link(&mut self, n: u32) {
        self.parts.push(Part::Link(n));
    }

    /// The attributes of link `n`.
    pub fn link_attributes(&mut self, n: u32) {
        self.parts.push(Part::LinkAttributes(n));
    }

    /// The attribute that says where link `n` opens.
    pub fn link_target(&mut self, n: u32) {
        self.parts.push(Part::LinkTarget(n));
    }

    /// The mark of a link that opens in a new window.
    pub fn new_window_mark(&mut self) {
        self.parts.push(Part::NewWindowMark);
    }

    /// What the tag of a picture lacks.
    pub fn picture(&mut self, tag: PictureTag) {
        self.parts.push(Part::Picture(tag));
    }

    /// Takes back the start tag of a paragraph that has nothing in it yet, and no attributes; false if there is none.
    pub fn take_paragraph_start(&mut self, attributes: &[Attributes]) -> bool {
        match self.parts.as_mut_slice() {
            [.., Part::Html(before), Part::Attributes(n), Part::Html(end)]
                if end == ">" && before.ends_with("<p") && attributes.get(*n).is_none_or(Attributes::is_empty) =>
            {
                before.truncate(before.len() - "<p".len());
                self.parts.truncate(self.parts.len() - 2);
                true
            }
            [.., Part::Html(html)] if html.ends_with("<p>") => {
                html.truncate(html.len() - "<p>".len());
                true
            }
            _ => false,
        }
    }

    /// The mark at the end of link `n`.
    pub fn link_mark(&mut self, n: u32) {
        self.parts.push(Part::LinkMark(n));
    }

    /// Code block `n`.
    pub fn code(&mut self, n: u32) {
        self.parts.push(Part::Code(n));
    }

    /// The begin of component `n`.
    pub fn component(&mut self, n: u32) {
        self.parts.push(Part::Component(n));
    }

    /// The end of component `n`.
    pub fn component_end(&mut self, n: u32) {
        self.parts.push(Part::ComponentEnd(n));
    }

    /// Value `n`.
    pub fn value(&mut self, n: u32) {
        self.parts.push(Part::Value(n));
    }

    /// Takes away the start of the paragraph at the end if there is nothing in it but components, which say themselves
    /// what they are; says which.
    pub fn unwrap_components(&mut self, attributes: &[Attributes]) -> Vec<u32> {
        let mut found = Vec::new();
        let mut depth = 0;
        for index in (0..self.parts.len()).rev() {
            match &mut self.parts[index] {
                Part::ComponentEnd(_) => depth += 1,
                Part::Component(n) => {
                    depth -= 1;
                    if depth <= 0 {
                        depth = 0;
                        found.push(*n);
                    }
                }
                _ if depth > 0 => {}
                Part::Html(html) if html.trim().is_empty() => {}
                _ => {
                    // What stands before is a paragraph's start, if there is nothing else in it.
                    let after = self.parts.split_off(index + 1);
                    let is_start = !found.is_empty() && self.take_paragraph_start(attributes);
                    self.parts.extend(after);
                    return if is_start { found } else { Vec::new() };
                }
            }
        }
        Vec::new()
    }

    /// A table of contents.
    pub fn toc(&mut self) {
        self.parts.push(Part::Toc);
    }

    /// The attributes of hole `n`, in a start tag.
    pub fn attributes(&mut self, n: usize) {
        self.parts.push(Part::Attributes(n));
    }

    /// Appends what another wrote.
    pub fn append(&mut self, other: Out) {
        for part in other.parts {
            match part {
                Part::Html(html) => self.html().push_str(&html),
                part => self.parts.push(part),
            }
        }
    }

    /// The id of a place of the notes.
    pub fn note_id(&mut self, id: NoteId) {
        self.parts.push(Part::NoteId(id));
    }

    /// A start tag of the author's.
    pub fn raw_start(&mut self, tag: RawTag) {
        self.parts.push(Part::RawStart(tag));
    }

    /// An end tag of the author's, which stands at byte `at` of the rewritten text.
    pub fn raw_end(&mut self, name: &str, at: usize) {
        self.parts.push(Part::RawEnd { name: name.to_owned(), at });
    }

    /// Text between the author's tags.
    pub fn raw_text(&mut self, text: &str) {
        self.parts.push(Part::RawText(text.to_owned()));
    }

    /// A comment of the author's, which stands at byte `at` of the rewritten text.
    pub fn raw_comment(&mut self, text: &str, at: usize) {
        self.parts.push(Part::RawComment { text: text.to_owned(), at });
    }

    /// A whole element of the author's, which stands at byte `at` of the rewritten text.
    pub fn raw_element(&mut self, text: &str, at: usize) {
        self.parts.push(Part::RawElement { text: text.to_owned(), at });
    }

    /// Ends all elements of the author's.
    pub fn fin(&mut self) {
        self.parts.push(Part::Fin);
    }

    /// The finished HTML: `toc` makes the table of contents, if there is one, `attributes` fills the holes of start tags,
    /// `note_id` says which ids the notes have. Components that are `childless` end where they begin.
    pub fn finish(
        self,
        mut balancer: Balancer,
        toc: impl Fn() -> String,
        attributes: &[Attributes],
        note_id: impl Fn(NoteId) -> String,
        childless: impl Fn(u32) -> bool,
    ) -> Balanced {
        let mut made: Option<String> = None;
        let mut shown = 0;
        balancer.with_blocks = with_blocks(&self.parts);
        for part in self.parts {
            let html = match part {
                Part::Toc => {
                    let html = made.get_or_insert_with(&toc);
                    shown += html.len();
                    // The first is always shown; many of many headings would be no page any more.
                    if shown > html.len() && shown > MOST_TOC { String::new() } else { html.clone() }
                }
                Part::Attributes(n) => {
                    let mut html = String::new();
                    if let Some(attributes) = attributes.get(n) {
                        attributes.write(&mut html);
                    }
                    html
                }
                Part::NoteId(id) => note_id(id),
                part => {
                    balancer.part(part, &childless);
                    continue;
                }
            };
            balancer.part(Part::Html(html), &childless);
        }
        balancer.finish()
    }
}
