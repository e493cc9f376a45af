//! HTML of ours and of authors -> HTML that a browser reads as it is written.
//!
//! What comes in: the parts of a page, ours well nested, the author's as typed. What goes out: pieces in which every element
//! ends where it must, and no element makes a browser end, begin or move another. One pass over the parts, with the stack of
//! open elements: [`ours`] and [`author`] say what each tag means, [`elements`] knows HTML's rules, [`stack`] remembers. What
//! the author's tags do to ours: those within a line of text, and the paragraph, may be ended early and begin again; all else of
//! ours (items, quotes, cells, containers, components) ends the author's elements that began in it. What is not taken over is
//! told as a [`Fault`].

mod author;
mod ours;
mod stack;
mod verbatim;

use std::collections::{BTreeMap, BTreeSet};

use super::out::{Part, RawTag};
use crate::page::elements::{has_optional_end, is_block, is_raw, is_special, is_table_frame};
use crate::page::raw_html::{self, Token};
use crate::page::types::Piece;
use ours::{Ours, OursTag};
use stack::{Owner, Stack};

/// What could not be taken over as the author typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// What it is.
    pub kind: FaultKind,
    /// The name of the element, as written.
    pub name: String,
    /// Where its tag stands in the rewritten text.
    pub at: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// An element without an end.
    Unclosed,
    /// An element that ended before its end tag, which stands at this byte of the rewritten text.
    EndedBefore(usize),
    /// An end tag that ends nothing.
    Stray,
    /// A tag where a browser would not take it.
    Misplaced,
    /// A table with text outside its cells.
    OutsideCells,
    /// An id that another element has.
    TakenId,
}

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Balanced {
    pub pieces: Vec<Piece>,
    pub faults: Vec<Fault>,
    /// The components that do not stand right in a paragraph of ours.
    pub outside: Vec<u32>,
}

/// What is written, piece by piece.
#[derive(Default)]
struct Sink {
    pieces: Vec<Piece>,
    html: String,
}

impl Sink {
    fn at(&self) -> (usize, usize) {
        (self.pieces.len(), self.html.len())
    }

    fn piece(&mut self, piece: Piece) {
        if !self.html.is_empty() {
            self.pieces.push(Piece::Html(std::mem::take(&mut self.html).into()));
        }
        self.pieces.push(piece);
    }
}

/// Balances the parts that it is given.
pub(super) struct Balancer {
    sink: Sink,
    stack: Stack,
    ours: Vec<Ours>,
    /// The tag of ours that goes on in the next part.
    tag: Option<OursTag>,
    faults: Vec<Fault>,
    /// Elements that ended without their end tags, by name: where they began, and their fault.
    cut: BTreeMap<String, Vec<(usize, Option<usize>)>>,
    /// How many start tags of a name were left out.
    left_out: BTreeMap<String, usize>,
    /// The ids of the headings, which keep them.
    headings: BTreeSet<String>,
    /// The ids that elements have.
    ids: BTreeSet<String>,
    /// The components with blocks in them.
    pub with_blocks: BTreeSet<u32>,
    outside: Vec<u32>,
    /// The tables that were told of.
    told_tables: BTreeSet<usize>,
}

/// The components that have blocks in them, in which no paragraph goes on.
pub(super) fn with_blocks(parts: &[Part]) -> BTreeSet<u32> {
    let name = |tag: &str| tag.split(|c: char| !c.is_ascii_alphanumeric()).next().is_some_and(is_block);
    let (mut found, mut open) = (BTreeSet::new(), Vec::new());
    for part in parts {
        let has_block = match part {
            Part::Component(n) => {
                open.push(*n);
                false
            }
            Part::ComponentEnd(_) => {
                open.pop();
                false
            }
            Part::Code(_) | Part::Toc => true,
            Part::RawStart(tag) => is_block(&tag.name),
            Part::Html(html) => !open.is_empty() && html.split('<').skip(1).any(name),
            _ => false,
        };
        if has_block {
            // Those around one that is known are known as well.
            found.extend(open.iter().rev().take_while(|n| !found.contains(*n)).copied().collect::<Vec<_>>());
        }
    }
    found
}

/// The HTML that an author wrote in a line of text, as it may stand in a line of a menu: without blocks, its elements ended.
pub(super) fn inline(html: &str) -> String {
    let mut balancer = Balancer::new(BTreeSet::new());
    let is_left_out = |name: &str| {
        let name = name.to_ascii_lowercase();
        is_special(&name) || is_raw(&name) || matches!(name.as_str(), "a" | "option" | "optgroup")
    };
    let mut tag: Option<RawTag> = None;
    for token in raw_html::tokens(html) {
        match token {
            Token::Start { name, at } => tag = Some(RawTag::new(name, at)),
            Token::Html(html) => tag.get_or_insert_default().html(html),
            Token::Address { value, .. } => tag.get_or_insert_default().html(value),
            Token::Started => {
                if let Some(tag) = tag.take().filter(|tag| !is_left_out(&tag.name)) {
                    balancer.raw_start(tag);
                }
            }
            Token::End { name, .. } if is_left_out(name) => {}
            Token::End { name, at } => balancer.raw_end(name, at),
            Token::Text(text) => balancer.raw_text(text),
            Token::Comment { .. }
            | Token::Element { .. }
            | Token::Autolink { .. }
            | Token::Dynamic { .. }
            | Token::Id(_)
            | Token::Anchor(_) => {}
        }
    }
    let pieces = balancer.finish().pieces.into_iter().map(|piece| match piece {
        Piece::Html(html) => html.into_string(),
        _ => String::new(),
    });
    pieces.collect()
}

impl Balancer {
    /// A balancer of a page whose headings have these ids.
    pub fn new(headings: BTreeSet<String>) -> Balancer {
        Balancer {
            sink: Sink::default(),
            stack: Stack::default(),
            ours: Vec::new(),
            tag: None,
            faults: Vec::new(),
            cut: BTreeMap::new(),
            left_out: BTreeMap::new(),
            ids: headings.clone(),
            headings,
            with_blocks: BTreeSet::new(),
            outside: Vec::new(),
            told_tables: BTreeSet::new(),
        }
    }

    /// Writes a part. Components that are `childless` end where they begin.
    pub fn part(&mut self, part: Part, childless: &impl Fn(u32) -> bool) {
        match part {
            Part::Html(html) => self.html(&html),
            Part::Attributes(_) | Part::Toc | Part::NoteId(..) => {}
            Part::Link(n) => self.hole(Piece::Link(n)),
            Part::LinkAttributes(n) => self.hole(Piece::LinkAttributes(n)),
            Part::LinkTarget(n) => self.hole(Piece::LinkTarget(n)),
            Part::NewWindowMark => self.hole(Piece::NewWindowMark),
            Part::Picture(tag) => self.hole(Piece::Picture(tag)),
            Part::LinkMark(n) => self.hole(Piece::LinkMark(n)),
            Part::Code(n) => {
                self.begin_block();
                self.sink.piece(Piece::Code(n));
            }
            Part::Component(n) if childless(n) => {
                self.begin_component(n, false);
                self.sink.piece(Piece::Component(n));
                self.sink.piece(Piece::ComponentEnd(n));
            }
            Part::Component(n) => {
                self.begin_component(n, self.with_blocks.contains(&n));
                self.sink.piece(Piece::Component(n));
                self.push_ours("", "", Owner::Component, self.sink.at());
            }
            Part::ComponentEnd(n) if childless(n) => {}
            Part::ComponentEnd(n) => {
                self.end_ours(None);
                self.sink.piece(Piece::ComponentEnd(n));
            }
            Part::Value(n) => {
                self.begin_text();
                self.sink.piece(Piece::Value(n));
            }
            Part::RawStart(tag) => self.raw_start(tag),
            Part::RawEnd { name, at } => self.raw_end(&name, at),
            Part::RawText(text) => self.raw_text(&text),
            Part::RawComment { text, at } => self.comment(&text, at),
            Part::RawElement { text, at } => self.element(&text, at),
            Part::RawId(_) => {}
            Part::Fin => self.end_all(),
        }
    }

    /// What was written, all elements ended.
    pub fn finish(mut self) -> Balanced {
        self.end_all();
        if !self.sink.html.is_empty() {
            self.sink.pieces.push(Piece::Html(self.sink.html.into()));
        }
        self.faults.sort_by_key(|fault| fault.at);
        Balanced { pieces: self.sink.pieces, faults: self.faults, outside: self.outside }
    }

    fn end_all(&mut self) {
        self.end_above(0);
    }

    /// Whether all that comes is text for browsers: in a `textarea`, or a menu, which knows little else.
    fn is_text_only(&self) -> bool {
        self.stack.is_raw() || self.stack.around().select.is_some()
    }

    /// Prepares for text that is no white space, and for what is set in it.
    fn begin_text(&mut self) {
        if self.is_text_only() {
            return;
        }
        self.need_cell();
        self.begin_again();
    }

    /// Prepares for a block.
    fn begin_block(&mut self) {
        self.end_text_only();
        self.end_foreign();
        self.need_cell();
        self.end_paragraph();
    }

    /// Prepares for component `n`: one with blocks in it stands in no paragraph.
    fn begin_component(&mut self, n: u32, has_blocks: bool) {
        self.begin_block_if(has_blocks);
        let last = self.stack.last();
        if !last.is_some_and(|last| last.name == "p" && matches!(last.owner, Owner::Ours(_))) {
            self.outside.push(n);
        }
    }

    fn begin_block_if(&mut self, is_block: bool) {
        if is_block {
            return self.begin_block();
        }
        self.end_text_only();
        self.end_foreign();
        self.begin_text();
    }

    /// Ends a `textarea` or menu that is open.
    fn end_text_only(&mut self) {
        if self.stack.is_raw() {
            self.end_above(self.stack.len() - 1);
        }
        if let Some(select) = self.stack.around().select {
            self.end_above(select);
        }
    }

    /// Ends the drawing or formula that is open.
    fn end_foreign(&mut self) {
        if let Some(foreign) = self.stack.around().foreign {
            self.end_above(foreign);
        }
    }

    /// Ends the paragraph, of which a block can be no part.
    fn end_paragraph(&mut self) {
        let around = self.stack.around();
        if let Some(p) = around.p.filter(|&p| self.may_end(p)) {
            self.end_above(p);
        }
    }

    /// Whether the element at `index` may be ended: it has no element of ours in it that stays.
    fn may_end(&self, index: usize) -> bool {
        self.stack.around().barrier.is_none_or(|barrier| barrier < index)
    }

    /// Begins a cell if a table is open and none of its cells: a browser would put what follows before the table.
    fn need_cell(&mut self) {
        loop {
            let Some(last) = self.stack.last() else { return };
            let Owner::Author(at) = last.owner else { return };
            if !is_table_frame(&last.name) || self.stack.around().foreign.is_some() {
                return;
            }
            let table = self.stack.around().table.map_or(at, |table| match self.stack.get(table).owner {
                Owner::Author(at) => at,
                _ => at,
            });
            if self.told_tables.insert(table) {
                self.faults.push(Fault { kind: FaultKind::OutsideCells, name: "table".to_owned(), at: table });
            }
            match last.name.as_str() {
                "colgroup" => self.end_above(self.stack.len() - 1),
                "table" => self.push_implied("tbody", at),
                "tr" => {
                    self.push_implied("td", at);
                    return;
                }
                _ => self.push_implied("tr", at),
            }
        }
    }

    /// Begins an element that the author left out.
    fn push_implied(&mut self, name: &str, at: usize) {
        self.sink.html.push_str(&format!("<{name}>"));
        self.stack.push(name, name, Owner::Author(at), false, self.sink.at());
    }

    /// Ends the elements from `first` on, before their end tags came.
    fn end_above(&mut self, first: usize) {
        while self.stack.len() > first {
            self.end_last(false);
        }
        self.end_ended();
    }

    /// Ends elements whose end tags came before they could end.
    fn end_ended(&mut self) {
        while self.stack.last().is_some_and(|entry| entry.ended) {
            self.end_last(true);
        }
    }

    /// Ends the innermost element; `is_told`: there is nothing to tell.
    fn end_last(&mut self, is_told: bool) {
        let Some(entry) = self.stack.pop() else { return };
        let is_empty = entry.begun == self.sink.at();
        match entry.owner {
            Owner::Author(at) => {
                self.sink.html.push_str(&format!("</{}>", entry.written));
                if !is_told && !entry.ended {
                    self.note_cut(entry.name, entry.written, at);
                }
            }
            Owner::Ours(number) => {
                let ours = &mut self.ours[number];
                ours.cut();
                // A paragraph with nothing in it is none.
                match ours.tag_length.filter(|_| is_empty) {
                    Some(length) => self.sink.html.truncate(self.sink.html.len() - length),
                    None => self.sink.html.push_str(&format!("</{}>", entry.written)),
                }
            }
            Owner::Component => {}
        }
        if let Some(ours) = self.ours.last_mut() {
            ours.lowest = ours.lowest.min(self.stack.len());
        }
    }

    /// Notes an element of the author's that ended without its end tag.
    fn note_cut(&mut self, name: String, written: String, at: usize) {
        let fault = (!has_optional_end(&name)).then(|| {
            self.faults.push(Fault { kind: FaultKind::Unclosed, name: written, at });
            self.faults.len() - 1
        });
        self.cut.entry(name).or_default().push((at, fault));
    }

    /// Notes an end tag that ends nothing.
    fn note_stray(&mut self, name: &str, written: &str, at: usize) {
        if let Some(left) = self.left_out.get_mut(name).filter(|left| **left > 0) {
            *left -= 1;
            return;
        }
        match self.cut.get_mut(name).and_then(Vec::pop) {
            Some((_, Some(fault))) => self.faults[fault].kind = FaultKind::EndedBefore(at),
            Some((begun, None)) => {
                let kind = FaultKind::EndedBefore(at);
                self.faults.push(Fault { kind, name: written.to_owned(), at: begun });
            }
            None => self.faults.push(Fault { kind: FaultKind::Stray, name: written.to_owned(), at }),
        }
    }
}
