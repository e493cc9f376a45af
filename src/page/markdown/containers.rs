//! Containers: where the marks say that one begins or ends.

use super::out::Out;
use super::writer::{Element, Writer};
use crate::base::escape;
use crate::page::containers::{self, Kind};

impl Writer<'_> {
    pub(super) fn open_container(&mut self, index: usize) {
        let container = &self.scanned.containers[index];
        let word = container.kind.as_str();
        self.open.push(Element::Container(index));
        let html = self.out.html();
        match containers::kind(word, self.context.config) {
            Some(Kind::Plain(class)) => {
                html.push_str(&format!("<div class=\"{class}\">\n"));
                return;
            }
            Some(Kind::Details) => html.push_str("<details class=\"custom-block details\">"),
            _ => html.push_str(&format!("<div class=\"custom-block {word}\">")),
        }
        if container.title.is_empty() {
            let title = containers::default_title(word, self.context.language, self.context.config);
            let mut out = Out::default();
            escape(&title, out.html());
            self.container_title(index, out);
        }
    }

    pub(super) fn container_title(&mut self, index: usize, title: Out) {
        let kind = containers::kind(&self.scanned.containers[index].kind, self.context.config);
        let (start, end) = match kind {
            Some(Kind::Details) => ("<summary>", "</summary>\n"),
            Some(Kind::Plain(_)) => return,
            _ => ("<p class=\"custom-block-title\">", "</p>\n"),
        };
        self.out.html().push_str(start);
        self.out.append(title);
        self.out.html().push_str(end);
    }

    pub(super) fn end_container(&mut self, index: usize) {
        let kind = containers::kind(&self.scanned.containers[index].kind, self.context.config);
        self.out.html().push_str(if kind == Some(Kind::Details) { "</details>\n" } else { "</div>\n" });
    }

    pub(super) fn close_container(&mut self, index: usize) {
        if let Some(at) = self.open.iter().rposition(|element| *element == Element::Container(index)) {
            self.end_elements(at);
        }
    }
}
