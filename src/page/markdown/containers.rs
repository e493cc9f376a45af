//! Containers: where the marks say that one begins or ends.

use super::out::Out;
use super::writer::{Element, Writer};
use crate::base::escape;
use crate::page::attributes::Attributes;
use crate::page::code::CodeBlock;
use crate::page::containers::{self, Kind};

impl Writer<'_> {
    pub(super) fn open_container(&mut self, index: usize) {
        let (scanned, context) = (self.scanned, self.context);
        let container = &scanned.containers[index];
        let word = container.kind.as_str();
        let mut attributes =
            Attributes::of_container(&container.attributes).map(|(attributes, _)| attributes).unwrap_or_default();
        let has_no_title = attributes.remove("no-title");
        let kind = containers::kind(word, context.config);
        if let Kind::Html(before, _) = kind {
            return self.open_own_html(index, before);
        }
        let class = match kind {
            Kind::Html(..) => String::new(),
            Kind::Hint(class) => format!("custom-block {word} {}", class.unwrap_or_default()),
            Kind::Details(class) if word == "details" => format!("custom-block details {}", class.unwrap_or_default()),
            Kind::Details(class) => format!("custom-block details {word} {}", class.unwrap_or_default()),
            Kind::Plain(class) => {
                if !container.name.is_empty() {
                    attributes.add("data-slot", &container.name);
                }
                class.to_owned()
            }
            Kind::Aligned(side) => {
                attributes.add("style", &format!("text-align:{side}"));
                String::new()
            }
            Kind::Tabs | Kind::CodeGroup => {
                if !container.name.is_empty() {
                    attributes.add("data-group", &container.name);
                }
                if kind == Kind::Tabs { "tabs".to_owned() } else { "tabs code-group".to_owned() }
            }
            Kind::Tab => {
                let group = container.group.map(|group| (group, scanned.containers[group].active));
                let count =
                    group.map_or(0, |(group, _)| *self.tabs.entry(group).and_modify(|count| *count += 1).or_insert(1));
                if !container.name.is_empty() {
                    attributes.add("data-tab", &container.name);
                }
                let first = count == 1 && group.is_some_and(|(_, chosen)| !chosen);
                if container.active || first { "tab active".to_owned() } else { "tab".to_owned() }
            }
        };
        self.open.push(Element::Container(index));
        attributes.id = attributes.id.filter(|id| self.claim(id, container.opener.clone()));
        if !class.is_empty() {
            attributes.classes.splice(0..0, [class.trim_end().to_owned()]);
        }
        let html = self.out.html();
        html.push_str(if matches!(kind, Kind::Details(_)) { "<details" } else { "<div" });
        attributes.write(html);
        html.push('>');
        if !matches!(kind, Kind::Hint(_) | Kind::Details(_)) {
            html.push('\n');
        }
        if container.title.is_empty() && !has_no_title {
            let title = match kind {
                Kind::Hint(_) | Kind::Details(_) => {
                    containers::default_title(word, context.relative, context.language, context.config)
                }
                // A tab that says nothing could not be chosen.
                Kind::Tab => {
                    container.group.and_then(|group| self.tabs.get(&group)).map(usize::to_string).unwrap_or_default()
                }
                _ => String::new(),
            };
            if !title.is_empty() {
                let mut out = Out::default();
                escape(&title, out.html());
                self.container_title(index, out);
            }
        }
    }

    /// Begins a container of the settings' own HTML, up to the place of its title.
    fn open_own_html(&mut self, index: usize, before: &str) {
        let container = &self.scanned.containers[index];
        self.open.push(Element::Container(index));
        let (start, end) = around_title(before).unwrap_or((before, ""));
        self.out.html().push_str(start);
        if !container.title.is_empty() {
            if end.is_empty() {
                self.out.html().push('\n');
            }
            return;
        }
        let context = self.context;
        let title = containers::default_title(&container.kind, context.relative, context.language, context.config);
        let html = self.out.html();
        // A title that has no place is left out, but for one that the author typed.
        if !end.is_empty() || around_title(before).is_some() {
            escape(&title, html);
        }
        html.extend([end, "\n"]);
    }

    pub(super) fn container_title(&mut self, index: usize, title: Out) {
        let (start, end) = match containers::kind(&self.scanned.containers[index].kind, self.context.config) {
            Kind::Hint(_) => ("<p class=\"custom-block-title\">", "</p>\n"),
            Kind::Details(_) => ("<summary>", "</summary>\n"),
            Kind::Tab => ("<p class=\"tab-title\">", "</p>\n"),
            // They have no titles, but whoever typed one wants it read.
            Kind::Html(before, _) => {
                let (start, end) = around_title(before).unwrap_or(("<p><strong>", "</strong></p>\n"));
                (if around_title(before).is_some() { "" } else { start }, end)
            }
            Kind::Plain(_) | Kind::Aligned(_) | Kind::Tabs | Kind::CodeGroup => ("<p><strong>", "</strong></p>\n"),
        };
        self.out.html().push_str(start);
        self.out.append(title);
        self.out.html().push_str(end);
    }

    pub(super) fn end_container(&mut self, index: usize) {
        let kind = containers::kind(&self.scanned.containers[index].kind, self.context.config);
        let html = self.out.html();
        match kind {
            Kind::Html(_, after) => html.extend([after, "\n"]),
            Kind::Details(_) => html.push_str("</details>\n"),
            _ => html.push_str("</div>\n"),
        }
    }

    pub(super) fn close_container(&mut self, index: usize) {
        if let Some(at) = self.open.iter().rposition(|element| *element == Element::Container(index)) {
            self.end_elements(at);
        }
    }

    pub(super) fn note_empty_groups(&mut self) {
        let config = self.context.config;
        let groups = self.scanned.containers.iter().enumerate().filter(|(index, container)| {
            let is_group = matches!(containers::kind(&container.kind, config), Kind::Tabs | Kind::CodeGroup);
            is_group && !self.tabs.contains_key(index)
        });
        self.body.empty_groups = groups.map(|(index, _)| index).collect();
    }

    /// The group of tabs of which a code block that stands here is one.
    pub(super) fn code_group(&self) -> Option<usize> {
        let Some(&Element::Container(index)) = self.open.last() else { return None };
        let word = self.scanned.containers[index].kind.as_str();
        let is_group = word == "code-tabs" || containers::kind(word, self.context.config) == Kind::CodeGroup;
        is_group.then_some(index)
    }

    /// Begins the tab of a code block in this language.
    pub(super) fn open_code_tab(&mut self, group: usize, code: &mut CodeBlock, language: &str) {
        let count = *self.tabs.entry(group).and_modify(|count| *count += 1).or_insert(1);
        let first = count == 1 && !self.scanned.containers[group].active;
        let language = if matches!(language, "" | "text") { "txt" } else { language };
        let label = code.tab.clone().unwrap_or_else(|| language.into());
        // What the tab says the block need not say again.
        code.title = code.title.take().filter(|title| *title != label);
        self.section_text(&label);
        self.section_text("\n");
        let html = self.out.html();
        html.push_str(if first { "<div class=\"tab active\">\n" } else { "<div class=\"tab\">\n" });
        html.push_str("<p class=\"tab-title\">");
        escape(&label, html);
        html.push_str("</p>\n");
    }
}

/// What stands before and after the place of the title in HTML of the settings; a place in a tag is none.
fn around_title(before: &str) -> Option<(&str, &str)> {
    let mark = ":title";
    let places = before.match_indices(mark).map(|(at, _)| at);
    let in_text = |at: &usize| before[..*at].rfind('<') <= before[..*at].rfind('>');
    let at = places.into_iter().find(in_text)?;
    Some((&before[..at], &before[at + mark.len()..]))
}
