//! Headings: their ids, their text, their place in the outline.

use std::ops::Range;

use pulldown_cmark::HeadingLevel;

use super::balance;
use super::out::Out;
use super::smart;
use super::writer::Writer;
use crate::base::escape;
use crate::config::Conventions;
use crate::page::attributes::Attributes;
use crate::page::types::Heading;
use crate::page::{components, raw_html, slug};

/// A heading that is being written.
pub(super) struct Open {
    level: u8,
    /// Where it stands in the rewritten text.
    range: Range<usize>,
    /// The id, classes and other attributes that the author gave.
    pub attributes: Attributes,
    /// What its components show of their attributes: no part of its name, but to be found.
    pub aside: String,
    /// What stood before it.
    before: Out,
    nested: bool,
    /// What its id is made of.
    pub slug: String,
    /// Its text.
    pub text: String,
    /// Its text as HTML, without links.
    pub html: String,
}

/// The levels of the headings that a heading may stand under, outermost first: as written, and as they are shown.
#[derive(Default)]
pub(super) struct Levels(Vec<(u8, u8)>);

impl Levels {
    /// The level that is due to a heading: the one written, or the one right below the heading that it stands under.
    fn due(&mut self, written: u8) -> u8 {
        while self.0.pop_if(|(above, _)| *above >= written).is_some() {}
        let due = self.0.last().map_or(written, |(_, shown)| written.min(shown + 1));
        self.0.push((written, due));
        due
    }
}

impl Writer<'_> {
    pub(super) fn start_heading(&mut self, level: HeadingLevel, range: Range<usize>) {
        self.heading = Some(Open {
            level: level as u8,
            range,
            attributes: Attributes::default(),
            aside: String::new(),
            before: std::mem::take(&mut self.out),
            nested: !self.open.is_empty(),
            slug: String::new(),
            text: String::new(),
            html: String::new(),
        });
    }

    pub(super) fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        let content = std::mem::replace(&mut self.out, heading.before);
        let mut attributes = heading.attributes;
        let id = match attributes.id.take() {
            Some(id) if self.ids.reserve(&id) => id,
            Some(id) => {
                let place = self.scanned.rewritten.source_range(heading.range);
                self.body.taken_ids.push((id.clone(), place));
                self.ids.unique(id)
            }
            None => self.ids.unique(slug::of_heading(self.context.config, &heading.slug)),
        };
        let level = match heading.nested || !self.context.config.repair_headings {
            true => heading.level,
            false => self.levels.due(heading.level),
        };
        let html = self.out.html();
        html.push_str(&format!("<h{level}"));
        // Text of which no id can be made (`## !!!`) leaves none: an empty one would not be valid.
        if !id.is_empty() {
            html.push_str(" id=\"");
            escape(&id, html);
            html.push('"');
        }
        attributes.write(html);
        html.push('>');
        self.out.append(content);
        let html = self.out.html();
        if !id.is_empty() {
            // Readers of screens have the outline; for them a link in each heading is noise.
            html.push_str("<a class=\"header-anchor\" href=\"#");
            escape(&id, html);
            html.push_str("\" aria-hidden=\"true\" tabindex=\"-1\">#</a>");
        }
        html.push_str(&format!("</h{level}>\n"));
        let text = heading.text.trim();
        if level == 1 && self.body.first_h1.is_none() {
            self.body.first_h1 = Some(text.to_owned());
        }
        let outline = heading.html.trim();
        self.body.headings.push(Heading {
            level,
            id: id.into(),
            text: text.into(),
            html: if outline.contains('<') { balance::inline(outline) } else { outline.to_owned() }.into(),
            nested: heading.nested,
        });
        self.begin_section();
        self.section_text(&heading.aside);
    }

    /// Adds `text`, which came from `source`, to the text of the heading that is open.
    pub(super) fn heading_text(&mut self, text: &str, source: &str) {
        let vitepress = self.context.config.conventions.is_vitepress();
        let extended = self.context.config.extended;
        let Some(heading) = &mut self.heading else { return };
        // VitePress makes ids from entities as they are written; ours do not change with smart punctuation.
        let as_written =
            text != source && (vitepress && source.starts_with('&') || extended && smart::is_typewritten(source));
        heading.slug.push_str(if as_written { source } else { text });
        heading.text.push_str(text);
    }

    /// Adds inline HTML to what an outline shows.
    pub(super) fn heading_markup(&mut self, html: &str) {
        if let Some(heading) = &mut self.heading {
            heading.html.push_str(html);
        }
    }

    /// Adds an emoji, which no id is made of.
    pub(super) fn heading_emoji(&mut self, emoji: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(emoji);
            heading.html.push_str(emoji);
        }
    }

    /// Adds the text of an image: only VitePress 2 makes ids of it, and no outline shows it.
    pub(super) fn heading_image(&mut self, alt: &str) {
        let counts = self.context.config.conventions == Conventions::VitePress2;
        if let Some(heading) = self.heading.as_mut().filter(|_| counts) {
            heading.slug.push_str(alt);
        }
    }

    /// Adds a value that stands for an expression: an id is made of the expression, so that it stays the same.
    pub(super) fn heading_value(&mut self, value: &str, written: &str) {
        if let Some(heading) = &mut self.heading {
            heading.slug.push_str(written);
            heading.text.push_str(value);
            escape(value, &mut heading.html);
        }
    }

    /// Adds a tag; an outline has no links within its links, and no components.
    pub(super) fn heading_tag(&mut self, tag: &str) {
        if components::markup::is_component_tag(tag) {
            return;
        }
        let lower = tag.to_ascii_lowercase();
        let link =
            lower.starts_with("<a ") || lower.starts_with("<a>") || lower.starts_with("</a") || lower.contains("id=");
        if let Some(heading) = self.heading.as_mut().filter(|_| !link && !lower.starts_with("<!--")) {
            heading.html.push_str(&raw_html::static_tag(tag));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_that_are_due() {
        for (written, want) in [
            ("123", "123"),
            ("135", "123"),
            ("1334", "1223"),
            ("134424", "123323"),
            ("1464", "1232"),
            ("3234", "3234"),
            ("24231", "23231"),
        ] {
            let mut levels = Levels::default();
            let due: String = written.bytes().map(|level| char::from(levels.due(level - b'0') + b'0')).collect();
            assert_eq!(due, want, "{written}");
        }
    }
}
