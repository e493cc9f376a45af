//! Tags of components: what looks like a tag and is no element of HTML.
//!
//! A page does not know which components there are. It notes each tag with its attributes, leaves a hole where it begins
//! and one where it ends, well nested, and the theme fills them; [`markup`] takes the tags out of raw HTML, [`attributes`]
//! reads them, [`names`] tells them from HTML's own.

mod attributes;
pub mod faults;
pub(crate) mod markup;
mod names;
pub(crate) mod scripts;
pub(crate) mod styles;

use serde_yaml::Value;

use super::expression::SiteValue;
use crate::base::{Span, escaped};

pub(crate) use attributes::{Named, Written, read};
pub(crate) use names::is_html;
pub use names::normal;

/// The tag of a component.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct ComponentTag {
    /// Its name as written.
    pub name: Box<str>,
    /// Its attributes, in the order written.
    pub attributes: Vec<Attribute>,
    /// The tag as written.
    pub written: Box<str>,
    /// Where it stands in the source.
    pub span: Span,
    /// What shows where there is no such component.
    pub without: Without,
    /// How it ends.
    pub end: TagEnd,
    /// Whether it stands in a paragraph, in no other inline element.
    pub in_paragraph: bool,
    /// Whether it stands where a paragraph would, which has nothing else in it.
    pub is_paragraph: bool,
}

/// How a component ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TagEnd {
    /// With its tag: it has no children.
    Whole,
    /// With its end tag.
    Closed,
    /// With the block or element that it began in: its end tag stands outside.
    Crossed,
    /// Never: it has no end tag. It ends where it begins, so that it does not take the rest of the page.
    Never,
}

/// What shows where there is no such component.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Without {
    /// What stands between its tags.
    Children,
    /// The tag, as text: it is never closed, and perhaps was meant as one (`List<String>`).
    Text,
    /// The tag, as an element: a browser may know it.
    Element,
}

/// An attribute of a component's tag.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Attribute {
    /// Its name as written, without `:` or `v-bind:`.
    pub name: Box<str>,
    /// What it says.
    pub value: AttributeValue,
    /// Where it stands in the source.
    pub span: Span,
}

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum AttributeValue {
    /// None: the attribute stands alone.
    Present,
    /// A text, as written.
    Text(Box<str>),
    /// A value that was bound to it.
    Value(Value),
    /// The address of link `n` of the page.
    Link(u32),
    /// Value `n` of the page, which only the site knows.
    Site(u32),
    /// An expression that cannot be told without running it.
    Unknown(Box<str>),
}

/// A place where a value of the site stands.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct ValueHole {
    /// The value.
    pub value: SiteValue,
    /// The braces and what is between them, as written.
    pub written: Box<str>,
    /// Where they stand in the source.
    pub span: Span,
}

impl ComponentTag {
    /// Whether nothing stands between its tags.
    pub fn is_childless(&self) -> bool {
        self.end == TagEnd::Never
    }

    /// The places of the tag and of its attributes.
    pub(crate) fn spans(&mut self) -> impl Iterator<Item = &mut Span> {
        std::iter::once(&mut self.span).chain(self.attributes.iter_mut().map(|attribute| &mut attribute.span))
    }

    /// The HTML before and after its children where there is no such component.
    pub fn shown_without(&self) -> (String, String) {
        match self.without {
            Without::Children if self.is_paragraph && self.end != TagEnd::Whole => {
                ("<p>".to_owned(), "</p>".to_owned())
            }
            Without::Children => (String::new(), String::new()),
            Without::Text => (escaped(&self.written), String::new()),
            Without::Element => {
                let tag = self
                    .written
                    .strip_suffix("/>")
                    .map_or_else(|| self.written.to_string(), |tag| format!("{}>", tag.trim_end()));
                let end = if super::elements::is_void(&self.name.to_ascii_lowercase()) {
                    String::new()
                } else {
                    format!("</{}>", self.name)
                };
                (tag, end)
            }
        }
    }
}
