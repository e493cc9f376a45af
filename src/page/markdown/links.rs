//! Links and images.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{LinkType, TagEnd};

use super::writer::{Element, Writer};
use crate::base::escape;
use crate::config::Construct;
use crate::page::attributes::Attributes;
use crate::page::masks;
use crate::page::types::{Link, LinkKind, PictureTag, pixels};
use crate::page::typography;

/// A link that is open.
#[derive(Clone, Copy)]
pub(super) struct OpenLink {
    number: u32,
    /// Whether it opens in a window of its own, where the author says so.
    new_window: Option<bool>,
}

/// An image whose alternative text is being read.
pub(super) struct OpenImage {
    link: u32,
    title: String,
    attributes: Attributes,
    /// Whether it stands alone in its paragraph, with a caption.
    is_figure: bool,
    pub alt: String,
}

impl Writer<'_> {
    pub(super) fn start_link(
        &mut self,
        kind: LinkType,
        target: &str,
        title: &str,
        range: Range<usize>,
        place: Option<Range<usize>>,
    ) {
        let target = if kind == LinkType::Email { format!("mailto:{target}") } else { target.to_owned() };
        if !self.images.is_empty() {
            return;
        }
        let mut attributes = self.attributes_behind(range.end);
        attributes.remove("href");
        if !title.is_empty() {
            attributes.remove("title");
        }
        self.open_link(target, title, place.unwrap_or(range), &attributes);
    }

    /// Opens a link with these attributes.
    pub(super) fn open_link(&mut self, target: String, title: &str, range: Range<usize>, attributes: &Attributes) {
        let own_window = attributes.value("target");
        // VitePress leaves the address of such a link as it is.
        let is_file = self.context.config.conventions.is_vitepress()
            && (own_window.is_some() || attributes.value("download").is_some());
        let number = self.add_link(target, if is_file { LinkKind::HtmlLink } else { LinkKind::Link }, range);
        self.open_link = Some(OpenLink { number, new_window: own_window.map(|target| target == "_blank") });
        self.out.html().push_str("<a href=\"");
        self.out.link(number);
        self.out.html().push('"');
        if own_window.is_none() && attributes.value("rel").is_some() {
            self.out.link_target(number);
        } else if own_window.is_none() {
            self.out.link_attributes(number);
        }
        let html = self.out.html();
        attributes.write(html);
        if !title.is_empty() {
            html.push_str(" title=\"");
            escape(title, html);
            html.push('"');
        }
        html.push('>');
    }

    pub(super) fn end_link(&mut self) {
        if self.images.is_empty()
            && let Some(link) = self.open_link.take()
        {
            match link.new_window {
                None => self.out.link_mark(link.number),
                Some(true) => self.out.new_window_mark(),
                Some(false) => {}
            }
            self.out.html().push_str("</a>");
        }
    }

    pub(super) fn start_image(&mut self, target: &str, title: &str, range: Range<usize>, place: Option<Range<usize>>) {
        if !self.images.is_empty() {
            let attributes = Attributes::default();
            self.images.push(OpenImage {
                link: 0,
                title: String::new(),
                attributes,
                is_figure: false,
                alt: String::new(),
            });
            return;
        }
        let mut attributes = self.attributes_behind(range.end);
        let (title, size) = masks::title_and_size(title);
        let title = &*masks::unmasked(title);
        if let Some((width, height)) = size {
            for (name, value) in [("width", width), ("height", height)] {
                if !value.is_empty() && attributes.value(name).is_none() {
                    attributes.others.push((name.to_owned(), value.to_owned()));
                }
            }
        }
        let end =
            self.skipped.last().filter(|skipped| skipped.start == range.end).map_or(range.end, |skipped| skipped.end);
        let is_alone = self.scanned.rewritten.text[end.min(self.paragraph.end)..self.paragraph.end].trim().is_empty();
        let is_figure = self.context.config.has(Construct::Figures)
            && !title.is_empty()
            && self.open.last() == Some(&Element::Tag(TagEnd::Paragraph))
            && is_alone
            && self.out.take_paragraph_start(&self.rooms.filled);
        for name in ["src", "alt"] {
            attributes.remove(name);
        }
        if !title.is_empty() {
            attributes.remove("title");
        }
        let link = self.add_link(target.to_owned(), LinkKind::Image, place.unwrap_or(range));
        self.images.push(OpenImage { link, title: title.to_owned(), attributes, is_figure, alt: String::new() });
    }

    pub(super) fn end_image(&mut self) {
        let Some(image) = self.images.pop() else { return };
        if let Some(outer) = self.images.last_mut() {
            outer.alt.push_str(&image.alt);
            return;
        }
        self.heading_image(&image.alt);
        self.out.html().push_str(if image.is_figure { "<figure>\n<img src=\"" } else { "<img src=\"" });
        self.out.link(image.link);
        let alt = match self.context.french {
            true => typography::french(&image.alt, None),
            false => Cow::Borrowed(image.alt.as_str()),
        };
        let html = self.out.html();
        html.push_str("\" alt=\"");
        escape(&alt, html);
        html.push('"');
        if !image.title.is_empty() && !image.is_figure {
            html.push_str(" title=\"");
            escape(&image.title, html);
            html.push('"');
        }
        image.attributes.write(html);
        let lazy = self.context.config.lazy_images;
        let is_said = |name: &str| image.attributes.value(name).is_some();
        if lazy == Some(true) && !is_said("loading") {
            html.push_str(" loading=\"lazy\"");
        }
        self.out.picture(PictureTag {
            link: image.link,
            sizes: !["width", "height", "style"].iter().any(|name| is_said(name)),
            loads: lazy.is_none() && !is_said("loading"),
            decodes: !is_said("decoding"),
            choices: !is_said("srcset"),
            width: image.attributes.value("width").and_then(pixels),
        });
        let html = self.out.html();
        html.push('>');
        if image.is_figure {
            html.push_str("\n<figcaption>");
            escape(&image.title, html);
            // The paragraph around it ends with nothing in it.
            html.push_str("</figcaption>\n</figure>\n<p>");
            self.section_text(&image.title);
        }
    }

    /// Where the address of a link is written that names it by a label, if it is written out.
    pub(super) fn defined(&self, kind: LinkType, name: &str, target: &str) -> Option<Range<usize>> {
        if !matches!(kind, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut) || target.is_empty() {
            return None;
        }
        let range = self.definitions.get(&label(name))?;
        let typed = self.scanned.rewritten.text.get(range.clone())?;
        let behind = typed.find("]:")? + 2;
        let start = range.start + behind + typed[behind..].find(target)?;
        Some(start..start + target.len())
    }

    /// Notes a link; `range` is where it stands in the rewritten text.
    pub(super) fn add_link(&mut self, target: String, kind: LinkKind, range: Range<usize>) -> u32 {
        let n = self.body.links.len() as u32;
        let typed = self.scanned.rewritten.text.get(range.clone()).unwrap_or("");
        // The place of a link is its target, where it is written out; `mailto:` may not be.
        let target_typed = ["mailto:", "http://"].iter().filter_map(|prefix| target.strip_prefix(prefix));
        let mut places = std::iter::once(target.as_str()).chain(target_typed).filter(|target| !target.is_empty());
        let place = match places.find_map(|target| Some((typed.rfind(target)?, target.len()))) {
            Some((at, length)) => range.start + at..range.start + at + length,
            None => range,
        };
        let source = self.scanned.rewritten.source_range(place);
        self.body.link_spans.push(source.start as u32..source.end as u32);
        self.body.links.push(Link { target: target.into(), kind, written_in: None });
        n
    }
}

/// A label as it is compared: without case, and with one space between its words.
pub(super) fn label(written: &str) -> String {
    masks::unmasked(written).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
