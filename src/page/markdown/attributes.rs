//! Attributes that an author writes in braces, `{#id .class key=value}`: how they are read, and what they belong to.
//!
//! Behind an inline element they are that element's; at the end of a line of text that ends a block they are the block's,
//! or the list item's; alone on the last line of a paragraph they are the list's or the quote's around it; alone in a
//! paragraph after a list or table they are that one's. Braces that are none of this are text.

use std::ops::Range;

use pulldown_cmark::TagEnd;

use super::writer::{Element, Writer};
use crate::base::escape;

/// The longest text in braces that is looked at.
const LONGEST: usize = 1_000;

/// Attributes that mean something without a value.
const BOOLEAN: &[&str] = &[
    "allowfullscreen",
    "autoplay",
    "controls",
    "default",
    "disabled",
    "download",
    "hidden",
    "inert",
    "itemscope",
    "loop",
    "muted",
    "open",
    "playsinline",
    "reversed",
];

/// Attributes as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    /// The id.
    pub id: Option<String>,
    /// The classes, in the order written.
    pub classes: Vec<String>,
    /// The others.
    pub others: Vec<(String, String)>,
}

impl Attributes {
    /// The attributes at the beginning of `text`, and the byte behind their closing brace.
    pub fn at_start(text: &str) -> Option<(Attributes, usize)> {
        let mut found = Attributes::default();
        let mut rest = text.strip_prefix('{')?;
        if rest.starts_with('{') {
            return None;
        }
        let mut is_empty = true;
        loop {
            rest = rest.trim_start_matches([' ', '\t']);
            if let Some(after) = rest.strip_prefix('}') {
                return (!is_empty).then_some((found, text.len() - after.len()));
            }
            if text.len() - rest.len() > LONGEST {
                return None;
            }
            rest = found.read_one(rest)?;
            is_empty = false;
        }
    }

    /// The attributes at the end of `text`, and the byte of their opening brace.
    pub fn at_end(text: &str) -> Option<(Attributes, usize)> {
        let start = text.ends_with('}').then(|| text.rfind('{'))??;
        // `{{ x }}` is an expression.
        let is_expression = text[..start].ends_with('{');
        let (found, end) = Attributes::at_start(&text[start..]).filter(|_| !is_expression)?;
        (start + end == text.len()).then_some((found, start))
    }

    /// Reads one attribute at the beginning of `text`; what follows it.
    fn read_one<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let (name, rest) = text.split_at(text.find(|c: char| !is_of_name(c)).unwrap_or(text.len()));
        if let Some(class) = name.strip_prefix('.') {
            self.classes.push(some(class)?.to_owned());
            return Some(rest);
        }
        if let Some(id) = name.strip_prefix('#') {
            self.id = Some(some(id)?.to_owned());
            return Some(rest);
        }
        let starts_well = |c: char| c.is_ascii_alphabetic() || matches!(c, ':' | '@' | '_');
        if !name.starts_with(starts_well) {
            return None;
        }
        let Some(value) = rest.strip_prefix('=') else {
            let is_known = name.starts_with("data-") || BOOLEAN.contains(&name);
            return is_known.then(|| self.set(name, "", rest));
        };
        if let Some(quote @ ('"' | '\'')) = value.chars().next() {
            let (value, rest) = value[1..].split_once(quote)?;
            let is_plain = !value.contains(['\n', '`', '<', '[', ']', '{', '}']);
            return is_plain.then(|| self.set(name, value, rest));
        }
        let is_of_value = |c: char| !c.is_whitespace() && !"\"'`<>{}[]=".contains(c);
        let (value, rest) = value.split_at(value.find(|c: char| !is_of_value(c)).unwrap_or(value.len()));
        Some(self.set(name, some(value)?, rest))
    }

    fn set<'t>(&mut self, name: &str, value: &str, rest: &'t str) -> &'t str {
        match name {
            "id" => self.id = Some(value.to_owned()),
            "class" => self.classes.extend(value.split_ascii_whitespace().map(str::to_owned)),
            // Without Vue they would mean nothing, and HTML does not know them.
            name if name.starts_with([':', '@']) || name.starts_with("v-") => {}
            name => self.others.push((name.to_owned(), value.to_owned())),
        }
        rest
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        *self == Attributes::default()
    }

    /// Adds those of `more`.
    pub fn extend(&mut self, more: Attributes) {
        self.id = more.id.or(self.id.take());
        self.classes.extend(more.classes);
        self.others.extend(more.others);
    }

    /// The value of the attribute `name`.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.others.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// Takes the attribute `name` away.
    pub fn remove(&mut self, name: &str) {
        self.others.retain(|(other, _)| other != name);
    }

    /// Writes them into a start tag, a space before each.
    pub fn write(&self, html: &mut String) {
        let mut put = |name: &str, value: &str| {
            html.push(' ');
            html.push_str(name);
            html.push_str("=\"");
            escape(value, html);
            html.push('"');
        };
        if let Some(id) = &self.id {
            put("id", id);
        }
        if !self.classes.is_empty() {
            put("class", &self.classes.join(" "));
        }
        for (index, (name, value)) in self.others.iter().enumerate() {
            if !self.others[..index].iter().any(|(before, _)| before == name) {
                put(name, value);
            }
        }
    }
}

/// What may stand in a name, a class or an id.
fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '#' | '@' | '/')
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// An open block whose start tag has room for attributes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// How many elements were open around it.
    depth: usize,
    /// What it is.
    tag: TagEnd,
    /// The number of the hole in its start tag.
    hole: usize,
}

/// What is known of the place in the text before an event is written.
#[derive(Debug, Default)]
pub(super) struct Place {
    /// Whether the text before it is the last of its block.
    pub block_ends: bool,
    /// Whether that text begins a line, after others of its paragraph.
    pub line_start: bool,
    /// Whether that text begins its block.
    pub block_start: bool,
    /// Whether the paragraph is the first thing in a list item.
    pub first_in_item: bool,
    /// Whether the last event began a list item.
    pub item_start: bool,
    /// The emphasis that begins next, if one does.
    pub next_emphasis: Option<Range<usize>>,
}

/// The rooms of the blocks that are open, and of the one that was closed last.
#[derive(Debug, Default)]
pub(super) struct Rooms {
    open: Vec<Room>,
    /// A list or table that nothing follows yet.
    closed: Option<Room>,
    /// What was put into each hole.
    pub filled: Vec<Attributes>,
}

impl Rooms {
    /// Takes away the rooms of elements that have ended: `depth` are open.
    pub fn leave(&mut self, depth: usize) {
        while let Some(room) = self.open.pop_if(|room| room.depth >= depth) {
            if matches!(room.tag, TagEnd::List(_) | TagEnd::Table) {
                self.closed = Some(room);
            }
        }
    }
}

impl Writer<'_> {
    /// Whether braces may be attributes.
    pub(super) fn has_attributes(&self) -> bool {
        self.context.config.has_attributes()
    }

    /// Leaves room for attributes in the start tag of a block that spans `range`, if there may be any.
    pub(super) fn room(&mut self, tag: TagEnd, range: &Range<usize>) {
        if !self.has_attributes() {
            return;
        }
        let text = &self.scanned.rewritten.text;
        let first = self.braces.partition_point(|&at| at < range.start);
        let inside = self.braces.get(first).is_some_and(|&at| at < range.end);
        let behind = || text[range.end..].trim_start_matches(['\n', ' ', '>']).starts_with('{');
        if inside || matches!(tag, TagEnd::List(_) | TagEnd::Table) && behind() {
            let hole = self.rooms.filled.len();
            self.rooms.filled.push(Attributes::default());
            self.out.attributes(hole);
            self.rooms.open.push(Room { depth: self.open.len(), tag, hole });
        }
    }

    /// The attributes right behind an inline element that ends at `end` of the rewritten text. What stands there is not text.
    pub(super) fn attributes_behind(&mut self, end: usize) -> Attributes {
        let mut found = Attributes::default();
        let mut end = end;
        if self.has_attributes() && self.images.is_empty() {
            let start = end;
            while let Some((more, length)) = Attributes::at_start(&self.scanned.rewritten.text[end..]) {
                found.extend(more);
                end += length;
            }
            if end > start {
                self.skipped.push(start..end);
            }
        }
        self.anchor(&mut found, end..end);
        found
    }

    /// Takes attributes off the end of the text of a block, which stands at `place` of the rewritten text; they are put where
    /// they belong. Returns what is left of the text.
    pub(super) fn take_attributes<'t>(&mut self, text: &'t str, place: Range<usize>) -> &'t str {
        if !self.at.block_ends || !self.has_attributes() || self.title_is_open() || !self.images.is_empty() {
            return text;
        }
        let Some((mut found, start)) = Attributes::at_end(text.trim_end()) else { return text };
        let left = text[..start].trim_end();
        if let Some(heading) = &mut self.heading {
            heading.attributes.extend(found);
            return left;
        }
        let alone = left.is_empty();
        let Some(hole) = self.owner(alone) else { return text };
        self.anchor(&mut found, place);
        self.rooms.filled[hole].extend(found);
        left
    }

    /// The hole of the block that attributes at the end of this text belong to; `alone`: nothing else stands on the line.
    fn owner(&self, alone: bool) -> Option<usize> {
        let depth = self.open.len().checked_sub(1)?;
        let room = |depth: usize| self.rooms.open.iter().rfind(|room| room.depth == depth).map(|room| room.hole);
        let around = |levels: usize| depth.checked_sub(levels).map(|depth| (self.open[depth], depth));
        let (block, _) = around(0)?;
        let item = Element::Tag(TagEnd::Item);
        if alone && self.at.line_start {
            // The last line of the text: it speaks of what the text stands in.
            let (outer, outer_depth) = if block == item { (block, depth) } else { around(1).unwrap_or((block, depth)) };
            return match outer {
                Element::Tag(TagEnd::Item) => outer_depth.checked_sub(1).and_then(room),
                Element::Tag(TagEnd::BlockQuote(_)) => room(outer_depth),
                _ => room(depth),
            };
        }
        if alone && self.at.block_start {
            let before = self.rooms.closed.filter(|closed| closed.depth == depth);
            return before.map(|closed| closed.hole).or_else(|| room(depth));
        }
        match around(1) {
            Some((outer, outer_depth)) if outer == item && self.at.first_in_item => room(outer_depth),
            _ => room(depth),
        }
    }

    /// Notes an id as one that links may lead to; one that is taken is left out, and told.
    pub(super) fn anchor(&mut self, attributes: &mut Attributes, place: Range<usize>) {
        let Some(id) = &attributes.id else { return };
        if self.ids.reserve(id) {
            self.body.anchors.push(id.as_str().into());
        } else {
            self.body.taken_ids.push((id.clone(), self.scanned.rewritten.source_range(place)));
            attributes.id = None;
        }
    }

    /// What follows a block is not about the list or table before it.
    pub(super) fn forget_closed(&mut self) {
        self.rooms.closed = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(found: Option<(Attributes, usize)>) -> String {
        let Some((attributes, at)) = found else { return "text".to_owned() };
        let mut html = String::new();
        attributes.write(&mut html);
        format!("{at}{html}")
    }

    #[test]
    fn what_braces_hold() {
        for (text, want) in [
            ("{.a}", "4 class=\"a\""),
            ("{ .a .b }x", "9 class=\"a b\""),
            ("{#été .é k=v}", "16 id=\"été\" class=\"é\" k=\"v\""),
            ("{title=\"a b & <\"}", "text"),
            ("{title=\"a b & c\"}", "17 title=\"a b &amp; c\""),
            ("{title='q r' width=10}", "22 title=\"q r\" width=\"10\""),
            ("{a=1 a=2}", "9 a=\"1\""),
            ("{class=\"a b\" id=c}", "18 id=\"c\" class=\"a b\""),
            ("{download}", "10 download=\"\""),
            ("{data-x}", "8 data-x=\"\""),
            ("{.a :x=\"y\" @click=\"z\" v-if=\"q\"}", "31 class=\"a\""),
            ("{name}", "text"),
            ("{1}", "text"),
            ("{}", "text"),
            ("{ }", "text"),
            ("{.}", "text"),
            ("{#}", "text"),
            ("{k=}", "text"),
            ("{{ x }}", "text"),
            ("{.a", "text"),
            ("{.a\n.b}", "text"),
            ("{a, b}", "text"),
            ("{k=\"v}", "text"),
        ] {
            assert_eq!(shown(Attributes::at_start(text)), want, "{text}");
        }
    }

    #[test]
    fn at_the_end_of_a_text() {
        for (text, want) in [
            ("text {.a}", "5 class=\"a\""),
            ("text{.a}", "4 class=\"a\""),
            ("a {b} {.c}", "6 class=\"c\""),
            ("{{ .a }}", "text"),
            ("text {{.a}", "text"),
            ("text {.a} b", "text"),
            ("text }", "text"),
        ] {
            assert_eq!(shown(Attributes::at_end(text)), want, "{text}");
        }
    }
}
