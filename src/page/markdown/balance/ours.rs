//! HTML of ours: well nested, its attributes escaped. Some of it makes way for the author's.

use super::stack::Owner;
use super::{Balancer, FaultKind};
use crate::page::elements::{again, gives_way, is_block, is_heading, is_void};
use crate::page::types::Piece;

/// How often an element may begin again, so that many that are open cost no more than they are worth.
const MAX_AGAIN: u8 = 8;

/// How many elements may begin again at once.
const MAX_WAITING: usize = 16;

/// An element of ours whose end has not come.
pub(super) struct Ours {
    name: String,
    /// Where it stands on the stack; nowhere if it was left out, or ended early.
    entry: Option<usize>,
    /// How few elements were open since it began.
    pub lowest: usize,
    /// Whether it may begin again.
    is_waiting: bool,
    times: u8,
    /// Whether what is in it is left out as well.
    is_hidden: bool,
    /// How long its start tag is, if nothing is lost with it.
    pub tag_length: Option<usize>,
}

impl Ours {
    /// It ended early.
    pub fn cut(&mut self) {
        self.entry = None;
        self.is_waiting = again(&self.name).is_some() && self.times < MAX_AGAIN;
    }
}

/// A start tag that is being read.
pub(super) struct OursTag {
    /// The tag, as far as it is pure text.
    text: String,
    /// What it is made of.
    parts: Vec<TagPart>,
}

enum TagPart {
    Html(String),
    Hole(Piece),
}

impl Balancer {
    /// HTML of ours: it may begin or end within a start tag.
    pub(super) fn html(&mut self, html: &str) {
        let mut rest = html;
        while !rest.is_empty() {
            if let Some(tag) = &mut self.tag {
                let end = rest.find('>').map_or(rest.len(), |end| end + 1);
                tag.text.push_str(&rest[..end]);
                tag.parts.push(TagPart::Html(rest[..end].to_owned()));
                if rest[..end].ends_with('>') {
                    self.start();
                }
                rest = &rest[end..];
                continue;
            }
            let (text, tag) = rest.split_at(memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len()));
            self.text(text);
            rest = match tag.strip_prefix("</") {
                Some(end) => {
                    let (name, after) = end.split_once('>').unwrap_or((end, ""));
                    self.end_ours(Some(name));
                    after
                }
                None => {
                    if !tag.is_empty() {
                        self.tag = Some(OursTag { text: String::new(), parts: Vec::new() });
                    }
                    tag
                }
            };
        }
    }

    /// What is known later: within a start tag a part of it, elsewhere text.
    pub(super) fn hole(&mut self, piece: Piece) {
        if let Some(tag) = &mut self.tag {
            tag.parts.push(TagPart::Hole(piece));
        } else if !self.is_text_only() && !self.is_hidden() {
            self.sink.piece(piece);
        }
    }

    fn is_hidden(&self) -> bool {
        self.ours.last().is_some_and(|ours| ours.is_hidden)
    }

    fn text(&mut self, text: &str) {
        if text.is_empty() || self.is_hidden() {
            return;
        }
        if !text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            self.begin_text();
        }
        self.sink.html.push_str(text);
    }

    /// A start tag of ours is whole.
    fn start(&mut self) {
        let Some(tag) = self.tag.take() else { return };
        let name = tag.text[1..].split([' ', '>', '/', '\n']).next().unwrap_or_default().to_owned();
        let (block, void) = (is_block(&name), is_void(&name) || tag.text.ends_with("/>"));
        if !block && self.is_text_only() || self.is_hidden() {
            if !void {
                self.leave_out(&name, self.is_hidden());
            }
            return;
        }
        match block {
            true => self.begin_block(),
            false => {
                self.end_foreign();
                self.begin_text();
            }
        }
        let around = self.stack.around();
        if is_heading(&name) && around.heading.is_some_and(|heading| heading + 1 == self.stack.len()) {
            self.end_above(self.stack.len() - 1);
        }
        if let Some(a) = around.a.filter(|_| name == "a") {
            if !self.may_end(a) {
                // A link to the heading itself is none of the author's words.
                return self.leave_out(&name, tag.text.contains("header-anchor"));
            }
            self.end_above(a);
            self.begin_again();
        }
        let is_heading = is_heading(&name);
        let start = self.sink.html.len();
        for part in tag.parts {
            match part {
                TagPart::Html(html) if is_heading => self.sink.html.push_str(&html),
                TagPart::Html(html) => self.with_own_id(&html),
                TagPart::Hole(piece) => self.sink.piece(piece),
            }
        }
        if !void {
            let begun = self.sink.at();
            self.push_ours(&name, &name, Owner::Ours(self.ours.len()), begun);
            if let (Some(ours), "p", Some(length)) = (self.ours.last_mut(), &*name, begun.1.checked_sub(start)) {
                ours.tag_length = Some(length);
            }
        }
    }

    /// Writes a part of a start tag, without an id that another element has.
    fn with_own_id(&mut self, html: &str) {
        let Some((before, (id, after))) =
            html.split_once(" id=\"").and_then(|(before, rest)| Some((before, rest.split_once('"')?)))
        else {
            return self.sink.html.push_str(html);
        };
        self.sink.html.push_str(before);
        if self.ids.insert(crate::page::raw_html::unescape(id)) {
            self.sink.html.push_str(&format!(" id=\"{id}\""));
        }
        self.sink.html.push_str(after);
    }

    pub(super) fn push_ours(&mut self, name: &str, written: &str, owner: Owner, begun: (usize, usize)) {
        let entry = self.stack.len();
        self.ours.push(Ours {
            name: name.to_owned(),
            entry: Some(entry),
            lowest: entry,
            is_waiting: false,
            times: 0,
            is_hidden: false,
            tag_length: None,
        });
        self.stack.push(name, written, owner, gives_way(name), begun);
    }

    /// Leaves out the tags of an element of ours.
    fn leave_out(&mut self, name: &str, is_hidden: bool) {
        self.ours.push(Ours {
            name: name.to_owned(),
            entry: None,
            lowest: self.stack.len(),
            is_waiting: false,
            times: 0,
            is_hidden,
            tag_length: None,
        });
    }

    /// An element of ours ends, and all of the author's that began in it.
    pub(super) fn end_ours(&mut self, tag: Option<&str>) {
        let Some(ours) = self.ours.last() else { return };
        let (entry, lowest) = (ours.entry, ours.lowest);
        match entry {
            Some(entry) => {
                while self.stack.len() > entry + 1 {
                    self.end_last(false);
                }
                self.stack.pop();
                if let Some(name) = tag {
                    self.sink.html.push_str(&format!("</{name}>"));
                }
            }
            None => {
                while self.stack.len() > lowest {
                    self.end_last(false);
                }
            }
        }
        let ended = self.ours.pop();
        if let (Some(ended), Some(around)) = (ended, self.ours.last_mut()) {
            around.lowest = around.lowest.min(ended.lowest).min(self.stack.len());
        }
        self.end_ended();
    }

    /// Begins those elements of ours again that were ended early, if this is their place.
    pub(super) fn begin_again(&mut self) {
        let waiting = self.ours.iter().rev().take(MAX_WAITING).take_while(|ours| ours.is_waiting).count();
        for number in self.ours.len() - waiting..self.ours.len() {
            let lowest = self.ours[number..].iter().map(|ours| ours.lowest).min().unwrap_or(0);
            // A paragraph within the author's would end that.
            let is_nested = self.ours[number].name == "p" && self.stack.around().p.is_some();
            let tag = again(&self.ours[number].name).filter(|_| lowest >= self.stack.len() && !is_nested);
            let Some(tag) = tag else { continue };
            self.sink.html.push_str(tag);
            let begun = self.sink.at();
            let ours = &mut self.ours[number];
            ours.entry = Some(self.stack.len());
            ours.is_waiting = false;
            ours.times += u8::from(ours.name != "p");
            ours.tag_length = (ours.name == "p").then_some(tag.len());
            let name = ours.name.clone();
            self.stack.push(&name, &name, Owner::Ours(number), true, begun);
        }
    }

    /// Tells of a tag that is left out.
    pub(super) fn note_misplaced(&mut self, name: &str, written: &str, at: usize) {
        *self.left_out.entry(name.to_owned()).or_default() += 1;
        self.faults.push(super::Fault { kind: FaultKind::Misplaced, name: written.to_owned(), at });
    }
}
