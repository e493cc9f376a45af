//! A page's body with its holes filled: links, code, values, components.

use std::collections::BTreeMap;

use crate::base::escape;
use crate::diag::Diagnostic;
use crate::page::components::{ComponentTag, Without, normal};
use crate::page::elements::is_block;
use crate::page::{CodeMemo, Page, PictureTag, Piece};
use crate::site::{Resolved, SitePage};

use super::address::href;
use super::catalog;
use super::components::{Component, Holes, arguments};
use super::frame::Choices;
use super::outward::Outward;
use super::theme::Theme;
use super::view::View;

/// What fills the holes of a page.
struct Filler<'f> {
    page: &'f Page,
    entry: &'f SitePage,
    values: &'f [Option<String>],
    outward: &'f Outward,
    /// What tells readers of screens that a link opens in a new window.
    mark: &'f str,
    theme: &'f Theme,
    code: &'f CodeMemo,
    html: String,
    open: Vec<Open<'f>>,
    /// Whether a paragraph was begun again after a component that cannot stand in one.
    reopened: bool,
    /// How wide and how high pictures are, by link.
    sizes: &'f BTreeMap<u32, (u32, u32)>,
    /// The files that browsers may choose from for pictures, by link.
    choices: &'f BTreeMap<u32, Choices>,
    /// How wide the text is, in pixels.
    column: u32,
    /// Whether there was a picture before.
    pictured: bool,
    /// Components that could not be shown.
    wrong: Vec<Diagnostic>,
}

/// A component that is open.
struct Open<'f> {
    tag: &'f ComponentTag,
    /// The component, and its arguments, if the theme has one and they are right.
    component: Option<(&'f Component, Vec<(String, tera::Value)>)>,
    /// What stood before it.
    before: String,
}

impl Holes for Filler<'_> {
    fn address(&self, n: u32) -> String {
        self.entry.links.get(n as usize).map_or_else(String::new, |target| href(target, &self.entry.route.url))
    }

    fn value(&self, n: u32) -> Option<String> {
        self.values.get(n as usize).cloned().flatten()
    }
}

/// The HTML of the page's body, and what could not be shown. `context` is what components may read of the page and the theme.
pub(super) fn fill(
    page: &Page,
    entry: &SitePage,
    (view, mark): (&View, &str),
    (theme, code): (&Theme, &CodeMemo),
    context: &tera::Context,
) -> (String, Vec<Diagnostic>) {
    let length = page.body.iter().map(|piece| if let Piece::Html(html) = piece { html.len() } else { 32 }).sum();
    let mut filler = Filler {
        page,
        entry,
        values: &view.values,
        outward: &view.outward,
        mark,
        theme,
        code,
        html: String::with_capacity(length),
        open: Vec::new(),
        reopened: false,
        sizes: &view.sizes,
        choices: &view.choices,
        column: view.column,
        pictured: false,
        wrong: Vec::new(),
    };
    for piece in &page.body {
        filler.piece(piece, context);
    }
    (filler.html, filler.wrong)
}

impl<'f> Filler<'f> {
    fn piece(&mut self, piece: &'f Piece, context: &tera::Context) {
        let reopened = std::mem::take(&mut self.reopened);
        match piece {
            Piece::Html(part) => match part.strip_prefix("</p>").filter(|_| reopened) {
                Some(rest) => {
                    self.html.truncate(self.html.len() - "<p>".len());
                    self.html.push_str(rest);
                }
                None => self.html.push_str(part),
            },
            Piece::Code(number) => {
                if let Some(code) = self.page.code.get(*number as usize) {
                    self.html.push_str(&self.code.html(code));
                }
            }
            Piece::Link(number) => escape(&self.address(*number), &mut self.html),
            Piece::LinkAttributes(number) => {
                if let Some(Resolved::External(address)) = self.entry.links.get(*number as usize) {
                    self.html.push_str(self.outward.attributes(address));
                }
            }
            Piece::LinkMark(number) => {
                if let Some(Resolved::External(address)) = self.entry.links.get(*number as usize)
                    && self.outward.opens_window(address)
                {
                    self.new_window();
                }
            }
            Piece::LinkTarget(number) => {
                if let Some(Resolved::External(address)) = self.entry.links.get(*number as usize) {
                    self.html.push_str(self.outward.target(address));
                }
            }
            Piece::NewWindowMark => self.new_window(),
            Piece::Picture(tag) => self.picture(*tag),
            Piece::Value(number) => {
                let hole = self.page.values.get(*number as usize);
                let text = self.value(*number).or_else(|| hole.map(|hole| hole.written.to_string()));
                escape(&text.unwrap_or_default(), &mut self.html);
            }
            Piece::Component(number) => {
                if let Some(tag) = self.page.components.get(*number as usize) {
                    self.open(*number, tag);
                }
            }
            Piece::ComponentEnd(_) => self.close(context),
        }
    }

    /// What the author does not say in the tag of a picture. The first of a page is likely to be seen at once, the others are fetched when they
    /// come into view.
    fn picture(&mut self, tag: PictureTag) {
        if let Some(files) = self.choices.get(&tag.link).filter(|_| tag.choices) {
            self.choose(files, tag.width);
        }
        if let Some((width, height)) = self.sizes.get(&tag.link).filter(|_| tag.sizes) {
            self.html.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        if std::mem::replace(&mut self.pictured, true) && tag.loads {
            self.html.push_str(" loading=\"lazy\"");
        }
        if tag.decodes {
            self.html.push_str(" decoding=\"async\"");
        }
    }

    /// The files of a picture, and how wide it is shown: as wide as its author says, or as it is, and no wider than the text.
    fn choose(&mut self, files: &Choices, width: Option<u32>) {
        let from = &self.entry.route.url;
        let listed: Vec<String> =
            files.iter().map(|(url, width)| format!("{} {width}w", url.relative_from(from))).collect();
        let widest = files.last().map_or(self.column, |(_, width)| *width);
        let shown = width.unwrap_or(widest).min(self.column);
        self.html.push_str(" srcset=\"");
        escape(&listed.join(", "), &mut self.html);
        self.html.push_str(&format!("\" sizes=\"(max-width: {shown}px) 100vw, {shown}px\""));
    }

    fn new_window(&mut self) {
        // The white space is VuePress's too: its icon stands there.
        self.html.push_str(" <span class=\"visually-hidden\">");
        escape(self.mark, &mut self.html);
        self.html.push_str("</span>");
    }

    fn open(&mut self, number: u32, tag: &'f ComponentTag) {
        let component = self.theme.components.of(tag, self);
        let mut component = component.and_then(|component| Some((component, arguments(component, tag, self)?)));
        if let Some((_, given)) = &mut component
            && let Some((_, list)) = self.entry.catalogs.iter().find(|(component, _)| *component == number)
        {
            catalog::put(list, &self.entry.route.url, given);
        }
        let before = std::mem::take(&mut self.html);
        self.open.push(Open { tag, component, before });
    }

    fn close(&mut self, context: &tera::Context) {
        let Some(open) = self.open.pop() else { return };
        let body = std::mem::replace(&mut self.html, open.before);
        let body = body.trim();
        if let Some(slot) = open.tag.name.strip_prefix('#') {
            return self.slot(slot, body);
        }
        let Some((component, given)) = &open.component else {
            // A paragraph with nothing in it is none.
            if !body.is_empty() || open.tag.without != Without::Children {
                let (before, after) = open.tag.shown_without();
                self.html.extend([&before, body, &after]);
            }
            return;
        };
        match component.html(&self.theme.templates, given, body, context) {
            Ok(html) => self.write(html.trim(), open.tag.in_paragraph),
            // The page is not lost with it: what stands between its tags is shown.
            Err(wrong) => {
                let name = &component.name;
                let message = format!("`{name}` cannot be shown as it is used here: {}", wrong.message);
                let used = open.tag.span.clone();
                let finding = Diagnostic::warning("component-failed", message);
                let finding = match wrong.span.filter(|span| span.file.extension() != "vue") {
                    Some(span) => finding.at(span).label(used, "here it is used"),
                    None => finding.at(used),
                };
                self.wrong.push(
                    finding.help("what stands between its tags is shown; mend the component, or what it is given"),
                );
                self.html.push_str(body);
            }
        }
    }

    /// What a `template` says that is meant for a place in the component around it: an argument of that name, if it has one.
    fn slot(&mut self, name: &str, body: &str) {
        let around = self.open.last_mut().and_then(|open| open.component.as_mut());
        let argument = around.and_then(|(component, given)| {
            let argument = component.arguments.iter().find(|argument| normal(&argument.name) == normal(name))?;
            Some((argument.name.clone(), given))
        });
        match argument {
            Some((argument, given)) => {
                given.retain(|(known, _)| *known != argument);
                given.push((argument, tera::Value::safe_string(body)));
            }
            None => self.html.push_str(body),
        }
    }

    /// Writes the HTML of a component: one that cannot stand in a paragraph ends it.
    fn write(&mut self, html: &str, in_paragraph: bool) {
        let name =
            html.strip_prefix('<').and_then(|rest| rest.split(|char: char| !char.is_ascii_alphanumeric()).next());
        if !in_paragraph || !name.is_some_and(is_block) {
            return self.html.push_str(html);
        }
        match self.html.trim_end().strip_suffix("<p>").map(str::len) {
            Some(before) => self.html.truncate(before),
            None => self.html.push_str("</p>\n"),
        }
        self.html.push_str(html);
        self.html.push_str("\n<p>");
        self.reopened = true;
    }
}
