//! HTML as it is written: text, and holes for what is known later.

use super::attributes::Attributes;
use crate::page::types::Piece;

/// A part of unfinished HTML.
#[derive(Debug)]
enum Part {
    Html(String),
    Link(u32),
    LinkAttributes(u32),
    LinkTarget(u32),
    LinkMark(u32),
    NewWindowMark,
    Code(u32),
    Toc,
    Attributes(usize),
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

    /// The finished pieces; `toc` makes the table of contents, if there is one, `attributes` fills the holes of start tags.
    pub fn finish(self, toc: impl Fn() -> String, attributes: &[Attributes]) -> Vec<Piece> {
        let mut made: Option<String> = None;
        let mut pieces: Vec<Piece> = Vec::new();
        let mut html = String::new();
        for part in self.parts {
            let hole = match part {
                Part::Html(more) => {
                    html.push_str(&more);
                    continue;
                }
                Part::Toc => {
                    html.push_str(made.get_or_insert_with(&toc));
                    continue;
                }
                Part::Attributes(n) => {
                    if let Some(attributes) = attributes.get(n) {
                        attributes.write(&mut html);
                    }
                    continue;
                }
                Part::Link(n) => Piece::Link(n),
                Part::LinkAttributes(n) => Piece::LinkAttributes(n),
                Part::LinkTarget(n) => Piece::LinkTarget(n),
                Part::LinkMark(n) => Piece::LinkMark(n),
                Part::NewWindowMark => Piece::NewWindowMark,
                Part::Code(n) => Piece::Code(n),
            };
            if !html.is_empty() {
                pieces.push(Piece::Html(std::mem::take(&mut html).into()));
            }
            pieces.push(hole);
        }
        if !html.is_empty() {
            pieces.push(Piece::Html(html.into()));
        }
        pieces
    }
}
