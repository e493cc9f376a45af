//! The author's tags: what a browser would end before them, and which of them it would not take.

use super::stack::Owner;
use super::{Balancer, Fault, FaultKind};
use crate::base::escape;
use crate::page::elements::{
    breaks_out, has_optional_end, is_block, is_heading, is_ignored, is_raw, is_special, is_table_frame, is_table_part,
    is_void,
};
use crate::page::markdown::out::{Part, RawTag};
use crate::page::raw_html;
use crate::page::types::Piece;

impl Balancer {
    /// A start tag of the author's.
    pub(super) fn raw_start(&mut self, tag: RawTag) {
        let name = tag.name.as_str();
        if self.stack.is_raw() {
            return self.shown(&tag.inner);
        }
        if self.stack.around().foreign.is_some() {
            if !breaks_out(name) {
                return self.write_start(tag);
            }
            self.end_foreign();
        }
        if is_ignored(name) || !self.has_room(name, tag.at) {
            return self.note_misplaced(name, &tag.written, tag.at);
        }
        self.write_start(tag);
    }

    /// Ends what a browser would end before an element of this name; false if it cannot stand here.
    fn has_room(&mut self, name: &str, at: usize) -> bool {
        self.make_room(name, at).is_some()
    }

    /// The outermost element that a browser would end before one of this name; `None` if it cannot stand here: whatever an
    /// element of ours that stays would have to end for cannot stand in it.
    fn ended_by(&self, name: &str) -> Option<Option<usize>> {
        let around = self.stack.around();
        let is_ours = |index: usize| !matches!(self.stack.get(index).owner, Owner::Author(_));
        let last = self.stack.len().checked_sub(1);
        let heading = last.filter(|&last| is_heading(name) && is_heading(&self.stack.get(last).name));
        let wanted = match name {
            "form" if around.form.is_some() => return None,
            "noscript" if around.noscript.is_some() => return None,
            "li" => around.li,
            "dd" | "dt" => around.dd,
            "button" => around.button,
            "a" => around.a,
            "nobr" => around.nobr,
            _ => heading,
        };
        let paragraph = around.p.filter(|_| is_block(name));
        let mut first = None;
        for ended in [paragraph, wanted].into_iter().flatten() {
            if !self.may_end(ended) || Some(ended) == wanted && name != "a" && is_ours(ended) {
                return None;
            }
            first = Some(first.map_or(ended, |first: usize| first.min(ended)));
        }
        Some(first)
    }

    fn make_room(&mut self, name: &str, at: usize) -> Option<()> {
        if let Some(select) = self.stack.around().select {
            match name {
                "option" => self.end_if_last(&["option"]),
                "optgroup" | "hr" => {
                    self.end_if_last(&["option"]);
                    self.end_if_last(&["optgroup"]);
                }
                "input" | "textarea" | "select" => self.end_above(select),
                _ => return None,
            }
            if matches!(name, "option" | "optgroup" | "hr") {
                return Some(());
            }
        }
        if is_table_part(name) {
            return self.make_room_in_table(name, at).then_some(());
        }
        let is_hidden_part =
            matches!(name, "template") && self.stack.last().is_some_and(|last| is_table_frame(&last.name));
        if !is_hidden_part {
            self.need_cell();
        }
        // What ends may have hidden something else that must end.
        while let Some(first) = self.ended_by(name)? {
            self.end_above(first);
        }
        match name {
            "rb" | "rtc" | "rt" | "rp" => return self.end_reading(name).then_some(()),
            "option" | "optgroup" => self.end_if_last(&["option"]),
            _ => {}
        }
        if !is_block(name) {
            self.begin_again();
        }
        Some(())
    }

    /// Ends what a part of a `ruby` ends; false if it cannot stand here.
    fn end_reading(&mut self, name: &str) -> bool {
        if self.stack.of_name("ruby").is_none_or(|ruby| !self.reaches("ruby", ruby)) {
            return true;
        }
        while let Some(last) = self.stack.last() {
            if !has_optional_end(&last.name) || last.name == "rtc" && matches!(name, "rt" | "rp") {
                break;
            }
            if !self.may_end(self.stack.len() - 1) {
                return false;
            }
            self.end_above(self.stack.len() - 1);
        }
        true
    }

    /// Ends the innermost element if it is the author's and one of these.
    fn end_if_last(&mut self, names: &[&str]) {
        let is_one =
            |last: &super::stack::Entry| matches!(last.owner, Owner::Author(_)) && names.contains(&last.name.as_str());
        while self.stack.last().is_some_and(is_one) {
            self.end_above(self.stack.len() - 1);
        }
    }

    /// The same for a part of a table: ends what is open in the table down to where the part belongs, and begins what is
    /// left out around it.
    fn make_room_in_table(&mut self, name: &str, at: usize) -> bool {
        let Some(table) = self.stack.around().table.filter(|&table| self.may_end(table)) else { return false };
        let around: &[&str] = match name {
            "td" | "th" => &["tr"],
            "tr" => &["tbody", "thead", "tfoot"],
            "col" => &["colgroup"],
            _ => &[],
        };
        let found =
            (table + 1..self.stack.len()).take(3).find(|&index| around.contains(&self.stack.get(index).name.as_str()));
        // A row stands in a body, a cell in a row in a body: none of them lies deeper.
        self.end_above(found.unwrap_or(table) + 1);
        match (name, found) {
            ("td" | "th", None) => {
                let has_body =
                    |index: usize| matches!(self.stack.get(index).name.as_str(), "tbody" | "thead" | "tfoot");
                if !(self.stack.len() > table + 1 && has_body(table + 1)) {
                    self.push_implied("tbody", at);
                }
                self.push_implied("tr", at);
            }
            ("tr", None) => self.push_implied("tbody", at),
            ("col", None) => self.push_implied("colgroup", at),
            _ => {}
        }
        true
    }

    /// Writes a start tag, which may stand here.
    fn write_start(&mut self, tag: RawTag) {
        let is_foreign = self.stack.around().foreign.is_some();
        let in_noscript = self.stack.around().noscript.is_some();
        let is_whole = matches!(tag.inner.last(), Some(Part::Html(html)) if html.ends_with("/>"));
        for part in tag.inner {
            match part {
                // Where scripts run, all in it is text up to the first end tag.
                Part::Html(html) if in_noscript => self.sink.html.push_str(&html.replace("</", "&lt;/")),
                Part::Html(html) => self.sink.html.push_str(&html),
                Part::Link(n) => self.sink.piece(Piece::Link(n)),
                Part::Picture(tag) => self.sink.piece(Piece::Picture(tag)),
                Part::RawId(id) => {
                    if self.ids.insert(raw_html::unescape(&id)) {
                        self.sink.html.push_str(&format!(" id=\"{}\"", id.replace('"', "&quot;")));
                    } else if !self.headings.contains(&raw_html::unescape(&id)) {
                        self.faults.push(Fault { kind: FaultKind::TakenId, name: id, at: tag.at });
                    }
                }
                _ => {}
            }
        }
        if is_foreign && !is_whole || !is_foreign && !is_void(&tag.name) {
            self.stack.push(&tag.name, &tag.written, Owner::Author(tag.at), false, self.sink.at());
        }
    }

    /// A tag where all is text.
    fn shown(&mut self, inner: &[Part]) {
        for part in inner {
            if let Part::Html(html) = part {
                escape(html, &mut self.sink.html);
            }
        }
    }

    /// An end tag of the author's.
    pub(super) fn raw_end(&mut self, written: &str, at: usize) {
        let name = written.to_ascii_lowercase();
        if self.stack.is_raw() && self.stack.last().is_none_or(|last| last.name != name) {
            return self.sink.html.push_str(&format!("&lt;/{written}&gt;"));
        }
        if is_void(&name) && name != "br" && self.stack.around().foreign.is_none() {
            return;
        }
        if name == "br" && self.stack.around().foreign.is_none() {
            // Often meant for `<br>`, and browsers take it so.
            self.begin_text();
            return self.sink.html.push_str("<br>");
        }
        let around = self.stack.around();
        let found = match name.as_str() {
            name if is_heading(name) => {
                self.stack.of_name(name).filter(|&at| self.reaches(name, at)).or(around.heading)
            }
            // An item ends with its list, not with a tag within a list in it.
            "li" => self.stack.of_name("li").filter(|&at| around.li == Some(at)),
            name => self.stack.of_name(name),
        };
        let Some(found) = found.filter(|&found| self.reaches(&name, found)) else {
            return self.note_stray(&name, written, at);
        };
        let is_block = is_special(&name) || is_raw(&name) || has_optional_end(&name);
        let is_free = self.may_end(found) && (is_block || around.special.is_none_or(|special| special <= found));
        if !is_free {
            // It ends as soon as what stands in the way has ended.
            let Owner::Author(begun) = self.stack.get(found).owner else { return };
            let kind = FaultKind::EndedBefore(at);
            self.faults.push(Fault { kind, name: written.to_owned(), at: begun });
            return self.stack.mark_ended(found);
        }
        while self.stack.len() > found + 1 {
            self.end_last(false);
        }
        self.end_last(true);
        self.end_ended();
    }

    /// Whether an end tag here reaches the element at `index`.
    fn reaches(&self, name: &str, index: usize) -> bool {
        let around = self.stack.around();
        let limit = match name {
            "option" | "optgroup" | "select" => None,
            _ if around.select.is_some() => around.select,
            "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" | "caption" | "colgroup" => around.table,
            _ => around.scope,
        };
        limit.is_none_or(|limit| limit <= index)
    }
}
