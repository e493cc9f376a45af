//! What authors write between tags: text, comments, and elements that are taken over whole.

use super::stack::Owner;
use super::{Balancer, Fault, FaultKind};
use crate::base::escape;
use crate::page::elements::is_table_frame;
use crate::page::raw_html;

impl Balancer {
    /// Text between the author's tags. A `<` in it begins nothing.
    pub(super) fn raw_text(&mut self, text: &str) {
        if !text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            self.begin_text();
        }
        for (index, part) in text.split('<').enumerate() {
            self.sink.html.push_str(if index > 0 { "&lt;" } else { "" });
            self.sink.html.push_str(part);
        }
    }

    /// A comment, or what browsers take for one: `<!...>`, `<?...>`. It may be unclosed.
    pub(super) fn comment(&mut self, text: &str, at: usize) {
        if self.stack.is_raw() {
            return escape(text, &mut self.sink.html);
        }
        if let Some(data) = text.strip_prefix("<![CDATA[").filter(|_| self.stack.around().foreign.is_some()) {
            return escape(data.strip_suffix("]]>").unwrap_or(data), &mut self.sink.html);
        }
        if text.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype")) {
            return;
        }
        let Some(inner) = text.strip_prefix("<!--") else {
            // Nothing in it may end the comment.
            let inner = text
                .strip_prefix("<!")
                .unwrap_or(text.trim_start_matches('<'))
                .trim_end_matches('>')
                .replace('-', "\u{2010}");
            return self.sink.html.push_str(&format!("<!--{}-->", inner.replace('>', "&gt;")));
        };
        if matches!(text, "<!-->" | "<!--->") {
            return self.sink.html.push_str("<!---->");
        }
        let inner = match inner.strip_suffix("-->") {
            Some(inner) => inner,
            None => {
                self.faults.push(Fault { kind: FaultKind::Unclosed, name: "!--".to_owned(), at });
                inner
            }
        };
        // Browsers know more ends than one.
        let inner = match self.stack.around().noscript {
            Some(_) => inner.replace("</", "< /"),
            None => inner.to_owned(),
        };
        let inner = inner.replace("--!>", "-- !>").replace("<!--", "<! --");
        let first = if inner.starts_with(['>', '-']) { " " } else { "" };
        let last = if inner.ends_with('-') || inner.ends_with("<!") { " " } else { "" };
        self.sink.html.push_str(&format!("<!--{first}{inner}{last}-->"));
    }

    /// A whole `script` or `style` element, or its start tag.
    pub(super) fn element(&mut self, text: &str, at: usize) {
        if self.stack.is_raw() {
            return escape(text, &mut self.sink.html);
        }
        let Some(tag) = raw_html::tag_end(text) else { return self.raw_text(text) };
        let (start, rest) = text.split_at(tag);
        let name = &start[1..start[1..].find(|c: char| !c.is_ascii_alphanumeric()).map_or(start.len(), |end| end + 1)];
        let is_foreign = self.stack.around().foreign.is_some();
        let around = self.stack.around();
        if !is_foreign && around.select.is_some()
            || around.noscript.is_some() && raw_html::end_tag(rest, "noscript").is_some()
        {
            return;
        }
        if self.stack.last().is_some_and(|last| last.name == "colgroup") {
            self.end_above(self.stack.len() - 1);
        }
        if !self.stack.last().is_some_and(|last| is_table_frame(&last.name)) && !is_foreign {
            self.begin_again();
        }
        self.sink.html.push_str(start);
        if rest.is_empty() {
            // In a line of text it comes in parts.
            let lower = name.to_ascii_lowercase();
            return self.stack.push(&lower, name, Owner::Author(at), false, self.sink.at());
        }
        let (inner, is_closed) = match raw_html::end_tag(rest, name) {
            Some(end) => (&rest[..end], true),
            None => (rest, false),
        };
        if is_foreign {
            let inner =
                inner.trim().strip_prefix("<![CDATA[").and_then(|data| data.strip_suffix("]]>")).unwrap_or(inner);
            for (index, part) in inner.split('<').enumerate() {
                self.sink.html.push_str(if index > 0 { "&lt;" } else { "" });
                self.sink.html.push_str(part);
            }
        } else {
            // A script that opens a comment may not end with its end tag.
            let is_odd = name.eq_ignore_ascii_case("script") && inner.contains("<!--");
            match is_odd && inner.to_ascii_lowercase().contains("<script") {
                true => self.sink.html.push_str(&inner.replace("<!--", "<\\!--")),
                false => self.sink.html.push_str(inner),
            }
        }
        self.sink.html.push_str(&format!("</{name}>"));
        if !is_closed {
            self.faults.push(Fault { kind: FaultKind::Unclosed, name: name.to_owned(), at });
        }
    }
}
