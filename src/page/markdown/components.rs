//! Tags of components, scripts and style sheets: what is in raw HTML and is not for the browser as it stands.
//!
//! Components are kept on the stack of open elements, so they are well nested whatever the author wrote: one that is not
//! closed ends with the element that it began in.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::TagEnd as MarkdownEnd;
use serde_yaml::Value;

use super::writer::{Element, Writer};
use crate::base::Span;
use crate::page::blocks::Mark;
use crate::page::components::markup::Part;
use crate::page::components::styles::{self, Style};
use crate::page::components::{
    self, Attribute, AttributeValue, ComponentTag, Named, TagEnd, Without, Written, is_html, normal,
};
use crate::page::expression::{self, Meaning};
use crate::page::raw_html;
use crate::page::types::LinkKind;

/// How many components may be open at once. What is in more is no documentation.
const MAX_OPEN: usize = 64;

/// Attributes whose text components show, by custom: who searches finds it.
const SHOWN: &[&str] =
    &["caption", "content", "desc", "description", "label", "lead", "summary", "text", "title", "version"];
/// Besides those, the parts of lists whose text they show.
const SHOWN_OF_PARTS: &[&str] = &["name", "org"];

/// What is known of the components besides their tags.
#[derive(Default)]
pub(super) struct Components {
    /// How many of each name are open.
    open: BTreeMap<String, usize>,
    /// How many are open.
    depth: usize,
    /// How many components had begun where the last end tag of a name stood that closed none.
    strays: BTreeMap<String, usize>,
    /// Those that ended with the element around them.
    cut: Vec<usize>,
}

impl Writer<'_> {
    /// A tag that begins a component, or is one; `place` is where it stands in the rewritten text.
    pub(super) fn start_component(&mut self, tag: &str, place: Range<usize>, part: Part) {
        let name = tag_name(tag);
        let n = self.body.components.len();
        let span = self.span(place.clone());
        let attributes = components::read(tag);
        // A tag that says which slot it is for is no component, but a part of the one around it.
        let slot = attributes.iter().find_map(|attribute| match attribute.named() {
            Named::Slot(slot) if name.eq_ignore_ascii_case("template") => Some(format!("#{slot}")),
            _ => None,
        });
        let attributes: Vec<Attribute> =
            attributes.iter().filter_map(|attribute| self.attribute(attribute, place.start)).collect();
        self.attributes_section(&attributes);
        let is_whole = part == Part::Whole;
        let is_too_deep = self.components.depth >= MAX_OPEN;
        self.out.component(n as u32);
        self.body.components.push(ComponentTag {
            without: self.without(name, is_whole),
            name: slot.as_deref().unwrap_or(name).into(),
            attributes,
            written: tag.into(),
            span,
            end: if is_too_deep && !is_whole { TagEnd::Never } else { TagEnd::Whole },
            in_paragraph: self.open.last() == Some(&Element::Tag(MarkdownEnd::Paragraph)),
            is_paragraph: false,
        });
        if is_whole || is_too_deep {
            self.out.component_end(n as u32);
        } else {
            *self.components.open.entry(normal(name)).or_default() += 1;
            self.components.depth += 1;
            self.open.push(Element::Component(n));
        }
    }

    /// Adds what a component shows of its attributes to the section.
    fn attributes_section(&mut self, attributes: &[Attribute]) {
        let mut shown = String::new();
        for Attribute { name, value, .. } in attributes {
            match value {
                AttributeValue::Text(text) if SHOWN.contains(&&**name) => shown.extend([text, " "]),
                AttributeValue::Value(value) => shown_texts(value, &mut shown),
                _ => {}
            }
        }
        if let Some(heading) = &mut self.heading {
            heading.aside.push_str(&shown);
        } else if !shown.is_empty() {
            let apart = !self.section.1.is_empty() && !self.section.1.ends_with(char::is_whitespace);
            self.section_text(if apart { " " } else { "" });
            self.section_text(&shown);
        }
    }

    /// What shows if there is no component of this name.
    fn without(&self, name: &str, is_whole: bool) -> Without {
        // A name with a hyphen may be that of an element which a script defines; only native sites keep their scripts.
        let is_own = self.context.config.extended && name.contains('-') && name == name.to_ascii_lowercase();
        if is_own || is_html(name) && !name.eq_ignore_ascii_case("template") {
            Without::Element
        } else if is_whole || name.eq_ignore_ascii_case("template") {
            Without::Children
        } else {
            // Until its end tag is met.
            Without::Text
        }
    }

    /// The place in the source of a range of the rewritten text.
    pub(super) fn span(&self, place: Range<usize>) -> Span {
        Span::new(self.context.path.clone(), self.scanned.rewritten.source_range(place))
    }

    /// An end tag of a component.
    pub(super) fn close_component(&mut self, tag: &str) {
        let name = normal(tag_name(tag));
        let closed = match self.components.open.get(&name) {
            Some(1..) => self.open_component_at(&name),
            _ => None,
        };
        let Some(at) = closed else {
            self.components.strays.insert(name, self.body.components.len());
            return;
        };
        let in_paragraph = self.open[at..].contains(&Element::Tag(MarkdownEnd::Paragraph));
        self.end_elements(at + 1);
        if let Some(Element::Component(n)) = self.open.pop() {
            self.forget_open(n);
            self.out.component_end(n as u32);
            let component = &mut self.body.components[n];
            component.end = TagEnd::Closed;
            if component.without == Without::Text {
                component.without = Without::Children;
            }
        }
        if in_paragraph {
            self.out.html().push_str("<p>");
            self.open.push(Element::Tag(MarkdownEnd::Paragraph));
        }
    }

    /// The open component of this name that an end tag here closes. Blocks that Markdown ends are not closed by a tag.
    fn open_component_at(&self, name: &str) -> Option<usize> {
        for (at, element) in self.open.iter().enumerate().rev() {
            match element {
                Element::Component(n) if normal(tag_name(&self.body.components[*n].written)) == name => {
                    return Some(at);
                }
                Element::Component(_) => {}
                Element::Tag(
                    MarkdownEnd::Paragraph
                    | MarkdownEnd::Emphasis
                    | MarkdownEnd::Strong
                    | MarkdownEnd::Strikethrough
                    | MarkdownEnd::Link,
                ) => {}
                _ => return None,
            }
        }
        None
    }

    /// The element around component `n` ends, and it with it.
    pub(super) fn cut_component(&mut self, n: usize) {
        self.forget_open(n);
        self.out.component_end(n as u32);
        self.components.cut.push(n);
    }

    fn forget_open(&mut self, n: usize) {
        let name = normal(tag_name(&self.body.components[n].written));
        if let Some(open) = self.components.open.get_mut(&name) {
            *open -= 1;
            self.components.depth -= 1;
        }
    }

    /// Tells those that cross another element from those that are never closed.
    pub(super) fn end_components(&mut self) {
        for n in std::mem::take(&mut self.components.cut) {
            let component = &mut self.body.components[n];
            let name = normal(tag_name(&component.written));
            let is_closed = self.components.strays.get(&name).is_some_and(|&before| before > n);
            component.end = if is_closed { TagEnd::Crossed } else { TagEnd::Never };
            if is_closed && component.without == Without::Text {
                component.without = Without::Children;
            }
        }
    }

    /// Ends a paragraph; of one with nothing in it nothing is left, and of one with nothing but components only those, which
    /// say themselves what they are.
    pub(super) fn end_paragraph(&mut self) {
        let alone = self.out.unwrap_components(&self.rooms.filled);
        if !alone.is_empty() {
            self.out.html().push('\n');
        } else if !self.out.take_paragraph_start(&self.rooms.filled) {
            self.out.html().push_str("</p>\n");
        }
        for n in alone {
            let component = &mut self.body.components[n as usize];
            (component.is_paragraph, component.in_paragraph) = (true, false);
        }
    }

    /// Whether the block of HTML in this range was made one, which its mark says.
    pub(super) fn tag_mark(&mut self, range: &Range<usize>) -> bool {
        let next = self.scanned.marks.get(self.next_mark);
        let is_marked = matches!(next, Some((at, Mark::Tag)) if range.contains(at));
        self.next_mark += usize::from(is_marked);
        is_marked
    }

    /// An attribute of a tag that stands at `place` in the rewritten text; `None` for what only Vue can do and nobody misses.
    fn attribute(&mut self, written: &Written<'_>, place: usize) -> Option<Attribute> {
        let span = self.span(place + written.at..place + written.end);
        let value_place = place + written.value_at;
        let text = written.value.map(raw_html::unescape);
        let (name, value) = match (written.named(), text) {
            (Named::Text(name), None) => (name, AttributeValue::Present),
            (Named::Text(name), Some(text)) => (name, self.attribute_text(name, text, value_place)),
            (Named::Bound(name), text) => {
                // `:members` alone is short for `:members="members"`.
                let text = text.unwrap_or_else(|| camel(name));
                let value = match expression::meaning(&text, self.context.scope) {
                    Some(Meaning::Value(Value::String(text))) => self.attribute_text(name, text, value_place),
                    Some(Meaning::Value(value)) => AttributeValue::Value(value),
                    Some(Meaning::Site(value)) => {
                        let end = value_place + written.value.map_or(0, str::len);
                        AttributeValue::Site(self.add_value(value, &text, value_place..end))
                    }
                    Some(Meaning::Address(address)) => self.attribute_text(name, address, value_place),
                    None => AttributeValue::Unknown(text.into()),
                };
                (name, value)
            }
            (Named::Directive, text) => match written.name {
                name @ ("v-if" | "v-else" | "v-else-if" | "v-for" | "v-show" | "v-html" | "v-text") => {
                    (name, AttributeValue::Unknown(text.unwrap_or_default().into()))
                }
                _ => return None,
            },
            (Named::Slot(_), _) => return None,
        };
        Some(Attribute { name: name.into(), value, span })
    }

    /// The text of an attribute: an address becomes a link like any other.
    fn attribute_text(&mut self, name: &str, text: String, place: usize) -> AttributeValue {
        let is_path = text.starts_with(['/', '.', '#', '@', '~']) || text.contains(['.', '/', ':']);
        let kind = match name {
            _ if text.trim().is_empty() || text.contains(char::is_whitespace) => None,
            "href" => Some(LinkKind::HtmlLink),
            // `to` names an element of the page, too.
            "to" | "link" | "url" if is_path => Some(LinkKind::HtmlLink),
            "src" | "image" | "poster" if is_path => Some(LinkKind::HtmlImage),
            _ => None,
        };
        match kind {
            Some(kind) => {
                let end = (place + text.len()).min(self.scanned.rewritten.text.len());
                AttributeValue::Link(self.add_link(text, kind, place..end))
            }
            None => AttributeValue::Text(text.into()),
        }
    }

    /// A `script` element; `place` is where it stands in the rewritten text. Those of Vue's pages are for Vue.
    pub(super) fn script(&mut self, element: &str, place: Range<usize>) {
        if self.context.config.extended {
            self.out.raw_element(element, place.start);
            return;
        }
        // One in a line of text comes in parts.
        self.in_script = element.find('>') == Some(element.len() - 1);
        let is_closed = self.in_script || element.contains("</");
        if self.body.script.is_none() {
            let source = self.scanned.rewritten.source_range(place);
            self.body.script = Some((source, is_closed));
        }
    }

    /// A `style` element; `place` is where it stands in the rewritten text.
    pub(super) fn style(&mut self, element: &str, place: Range<usize>) {
        match styles::style(element) {
            Style::Kept(css) => self.out.raw_element(&css, place.start),
            Style::OtherLanguage(language) => {
                let source = self.scanned.rewritten.source_range(place);
                self.body.foreign_styles.push((language, source));
            }
        }
    }
}

/// The texts of lists and their parts that components show: the names of people, what they do.
fn shown_texts(value: &Value, shown: &mut String) {
    match value {
        Value::Sequence(list) => list.iter().for_each(|one| shown_texts(one, shown)),
        Value::Mapping(parts) => {
            for (name, value) in parts {
                let is_shown = |name: &str| SHOWN.contains(&name) || SHOWN_OF_PARTS.contains(&name);
                match value {
                    Value::String(text) if name.as_str().is_some_and(is_shown) => {
                        shown.extend([text, " "]);
                    }
                    value => shown_texts(value, shown),
                }
            }
        }
        _ => {}
    }
}

/// `my-name` as `myName`.
fn camel(name: &str) -> String {
    let mut words = name.split('-');
    let mut camel = words.next().unwrap_or("").to_owned();
    for word in words {
        let mut chars = word.chars();
        camel.extend(chars.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(chars.as_str());
    }
    camel
}

/// The name in a tag.
fn tag_name(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|char: char| char.is_ascii_whitespace() || matches!(char, '/' | '>')).unwrap_or(name.len());
    &name[..end]
}
