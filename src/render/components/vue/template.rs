//! The markup of a component of Vue -> a template of ours.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::page::components::{Named, Written, is_html, normal, read};

use super::callee::Callee;
use super::expressions::{quoted, translated};
use super::markup::{Part, name};

/// Attributes of HTML that are there or not.
const SWITCHES: [&str; 17] = [
    "allowfullscreen",
    "async",
    "autoplay",
    "checked",
    "controls",
    "default",
    "defer",
    "disabled",
    "hidden",
    "inert",
    "loop",
    "multiple",
    "muted",
    "open",
    "readonly",
    "required",
    "selected",
];

/// Writes a template.
pub(super) struct Writer<'w> {
    /// What expressions may name.
    pub names: BTreeSet<String>,
    /// Slots besides the default one.
    pub slots: BTreeSet<String>,
    /// The component that a tag stands for, if there is one.
    pub component: &'w dyn Fn(&str) -> Option<Callee>,
    /// An attribute for each element, by which its own style sheet knows it.
    pub mark: Option<String>,
    /// What a template cannot say, with its place.
    pub wrong: Vec<(String, Range<usize>)>,
    pub out: String,
}

impl Writer<'_> {
    pub fn parts(&mut self, parts: &[Part<'_>]) {
        // Whether an element before this one has asked a question that `v-else` answers.
        let mut asked = false;
        for part in parts {
            match part {
                Part::Text(text, at) => {
                    if asked && !text.trim().is_empty() {
                        self.end_question(&mut asked);
                    }
                    if !asked {
                        self.text(text, *at);
                    }
                }
                Part::Element { tag, at, whole, parts } => {
                    let attributes = read(tag);
                    let of = |wanted: &[&str]| attributes.iter().find(|one| wanted.contains(&one.name));
                    let next = of(&["v-else-if", "v-else"]);
                    if next.is_none() {
                        self.end_question(&mut asked);
                    } else if !asked {
                        self.fail(tag, *at, tag.len());
                    }
                    let list = of(&["v-for"]).and_then(|one| self.list(one, *at));
                    let condition = of(&["v-if", "v-else-if", "v-show"]).map(|one| self.expression(one, *at));
                    match (next.map(|one| one.name), condition) {
                        (Some("v-else"), _) => self.out.push_str("{% else %}"),
                        (Some(_), Some(condition)) => self.out.extend(["{% elif ", &condition, " %}"]),
                        (_, Some(condition)) => self.out.extend(["{% if ", &condition, " %}"]),
                        (_, None) => {}
                    }
                    asked = asked && next.is_some() || of(&["v-if", "v-show"]).is_some();
                    self.element(tag, *at, *whole, parts, &attributes);
                    if let Some(names) = list {
                        self.out.push_str("{% endfor %}{% endif %}");
                        self.names.retain(|name| !names.contains(name));
                    }
                    if next.is_some_and(|one| one.name == "v-else") || of(&["v-show"]).is_some() {
                        self.end_question(&mut asked);
                    }
                }
            }
        }
        self.end_question(&mut asked);
    }

    fn end_question(&mut self, asked: &mut bool) {
        if std::mem::take(asked) {
            self.out.push_str("{% endif %}");
        }
    }

    fn fail(&mut self, what: &str, at: usize, length: usize) {
        self.wrong.push((what.lines().next().unwrap_or("").to_owned(), at..at + length));
    }

    /// What an attribute says as an expression of a template; what cannot be said there is noted.
    fn expression(&mut self, attribute: &Written<'_>, at: usize) -> String {
        let written = attribute.value.unwrap_or("");
        translated(written, &self.names).unwrap_or_else(|| {
            self.fail(&format!("{}=\"{written}\"", attribute.name), at + attribute.at, attribute.end - attribute.at);
            "false".to_owned()
        })
    }

    /// Begins a loop, `v-for="(item, index) in list"`, and returns the names that are known in it.
    fn list(&mut self, attribute: &Written<'_>, at: usize) -> Option<Vec<String>> {
        let written = attribute.value.unwrap_or("");
        let (names, list) = written.split_once(" in ").or_else(|| written.split_once(" of ")).unwrap_or(("", ""));
        let names: Vec<&str> = names.trim().trim_matches(['(', ')']).split(',').map(str::trim).collect();
        let is_name = |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        let is_number = |list: &String| list.starts_with(|c: char| c.is_ascii_digit());
        let list = translated(list, &self.names)
            .filter(|list| !is_number(list) && names.iter().all(is_name) && names.len() <= 2);
        let Some(list) = list.filter(|_| !names.iter().any(|name| self.names.contains(*name))) else {
            self.fail(&format!("v-for=\"{written}\""), at + attribute.at, attribute.end - attribute.at);
            return None;
        };
        self.out.extend(["{% if ", &list, " %}{% for ", names[0], " in ", &list, " %}"]);
        if let Some(index) = names.get(1) {
            self.out.extend(["{% set ", index, " = loop.index0 %}"]);
        }
        let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        self.names.extend(names.iter().cloned());
        Some(names)
    }

    fn element(&mut self, tag: &str, at: usize, whole: bool, parts: &[Part<'_>], attributes: &[Written<'_>]) {
        let element = name(tag);
        if element == "slot" {
            return self.slot(parts, attributes, at, tag);
        }
        if element == "template" {
            if attributes.iter().any(|one| matches!(one.named(), Named::Slot(_))) {
                self.fail(tag, at, tag.len());
            }
            return self.parts(parts);
        }
        if let Some(component) = (self.component)(element).filter(|_| !is_html(element)) {
            self.out.extend(["{% <", &component.name]);
            for attribute in attributes {
                self.argument(attribute, at, &component);
            }
            self.out.push_str("> %}");
            self.parts(parts);
            self.out.extend(["{% </", &component.name, "> %}"]);
            return;
        }
        if !is_html(element) {
            return self.fail(tag, at, tag.len());
        }
        self.out.extend(["<", element]);
        self.classes(attributes, at);
        for attribute in attributes {
            self.attribute(attribute, at);
        }
        if let Some(mark) = &self.mark {
            self.out.extend([" ", mark]);
        }
        self.out.push('>');
        let said = attributes.iter().find(|one| matches!(one.name, "v-text" | "v-html"));
        match said {
            Some(said) => {
                let value = self.expression(said, at);
                let safe = if said.name == "v-html" { " | safe" } else { "" };
                self.out.extend(["{{ ", &value, safe, " }}"]);
            }
            None => self.parts(parts),
        }
        let is_open = !whole
            || tag.ends_with("/>")
                && !matches!(
                    element,
                    "img"
                        | "br"
                        | "hr"
                        | "input"
                        | "source"
                        | "wbr"
                        | "col"
                        | "link"
                        | "meta"
                        | "track"
                        | "area"
                        | "embed"
                );
        if is_open {
            self.out.extend(["</", element, ">"]);
        }
    }

    fn slot(&mut self, parts: &[Part<'_>], attributes: &[Written<'_>], at: usize, tag: &str) {
        let named = attributes.iter().find(|one| one.name == "name").and_then(|one| one.value).unwrap_or("default");
        let others = attributes.iter().any(|one| one.name != "name" && !one.name.starts_with("v-"));
        let is_name = named.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if others || !is_name {
            return self.fail(tag, at, tag.len());
        }
        let variable = match named {
            "default" => "body".to_owned(),
            named => named.replace('-', "_"),
        };
        if named != "default" {
            self.slots.insert(variable.clone());
        }
        match parts.is_empty() {
            true => self.out.extend(["{{ ", &variable, " }}"]),
            false => {
                self.out.extend(["{% if ", &variable, " %}{{ ", &variable, " }}{% else %}"]);
                self.parts(parts);
                self.out.push_str("{% endif %}");
            }
        }
    }

    /// An attribute of a component. One that it does not take would be an attribute of its outermost element in Vue: nothing that is read.
    fn argument(&mut self, attribute: &Written<'_>, at: usize, component: &Callee) {
        match attribute.named() {
            Named::Text("class" | "style" | "id") | Named::Bound("key" | "class" | "style") => {}
            Named::Text(name) => {
                let Some(argument) = component.argument(name) else { return };
                let value = attribute.value.map_or_else(|| "true".to_owned(), quoted);
                self.out.extend([" ", &argument, "={", &value, "}"]);
            }
            Named::Bound(name) => {
                let Some(argument) = component.argument(name) else { return };
                let value = self.expression(attribute, at);
                self.out.extend([" ", &argument, "={", &value, "}"]);
            }
            Named::Directive if is_structure(attribute.name) => {}
            Named::Slot(_) | Named::Directive => {
                self.fail(attribute.name, at + attribute.at, attribute.end - attribute.at)
            }
        }
    }

    fn attribute(&mut self, attribute: &Written<'_>, at: usize) {
        match attribute.named() {
            Named::Text("class") | Named::Bound("class" | "key" | "ref") | Named::Text("ref" | "key") => {}
            Named::Text(name) => {
                self.out.extend([" ", name]);
                if let Some(value) = attribute.value {
                    self.out.extend(["=\"", &literal(value).replace('"', "&quot;"), "\""]);
                }
            }
            Named::Bound("style") if attribute.value.is_some_and(|value| value.trim().starts_with('{')) => {
                self.out.push_str(" style=\"");
                for (name, value) in self.object(attribute, at) {
                    self.out.extend([&kebab(&name), ": {{ ", &value, " | default(value=\"\") }};"]);
                }
                self.out.push('"');
            }
            Named::Bound(name) if SWITCHES.contains(&name) => {
                let value = self.expression(attribute, at);
                self.out.extend(["{% if ", &value, " %} ", name, "{% endif %}"]);
            }
            Named::Bound("") => self.fail(attribute.name, at + attribute.at, attribute.end - attribute.at),
            Named::Bound(name) => {
                let value = self.expression(attribute, at);
                self.out.extend(["{% if ", &value, " %} ", name, "=\"{{ ", &value, " }}\"{% endif %}"]);
            }
            Named::Directive if is_structure(attribute.name) => {}
            Named::Slot(_) | Named::Directive => {
                let written = attribute
                    .value
                    .map_or_else(|| attribute.name.to_owned(), |value| format!("{}=\"{value}\"", attribute.name));
                self.fail(&written, at + attribute.at, attribute.end - attribute.at);
            }
        }
    }

    /// The classes, plain ones and those that expressions give.
    fn classes(&mut self, attributes: &[Written<'_>], at: usize) {
        let plain = attributes.iter().find(|one| one.name == "class").and_then(|one| one.value);
        let bound = attributes.iter().find(|one| matches!(one.named(), Named::Bound("class")));
        if plain.is_none() && bound.is_none() {
            return;
        }
        self.out.push_str(" class=\"");
        self.out.push_str(&literal(plain.unwrap_or("")));
        if let Some(bound) = bound {
            let written = bound.value.unwrap_or("").trim();
            let inner = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            if written.starts_with('{') {
                for (name, value) in self.object(bound, at) {
                    self.out.extend(["{% if ", &value, " %} ", &name, "{% endif %}"]);
                }
            } else if let Some(inner) = inner.filter(|inner| !inner.contains(['{', '['])) {
                for one in inner.split(',').map(str::trim).filter(|one| !one.is_empty()) {
                    match translated(one, &self.names) {
                        Some(value) => self.out.extend([" {{ ", &value, " | default(value=\"\") }}"]),
                        None => self.fail(written, at + bound.at, bound.end - bound.at),
                    }
                }
            } else {
                let value = self.expression(bound, at);
                self.out.extend([" {{ ", &value, " | default(value=\"\") }}"]);
            }
        }
        self.out.push('"');
    }

    /// `{ a: x, 'b-c': y }`
    fn object(&mut self, attribute: &Written<'_>, at: usize) -> Vec<(String, String)> {
        let written = attribute.value.unwrap_or("").trim();
        let inner = written.trim_start_matches('{').trim_end_matches('}');
        let entry = |entry: &str| {
            let (name, value) = entry.split_once(':').unwrap_or((entry, entry));
            let name = name.trim().trim_matches(['"', '\'']);
            let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
            Some((name.to_owned(), translated(value, &self.names).filter(|_| is_name)?))
        };
        let entries: Option<Vec<_>> = inner.split(',').filter(|one| !one.trim().is_empty()).map(entry).collect();
        entries.unwrap_or_else(|| {
            self.fail(&format!("{}=\"{written}\"", attribute.name), at + attribute.at, attribute.end - attribute.at);
            Vec::new()
        })
    }

    fn text(&mut self, text: &str, at: usize) {
        let mut rest = text;
        while let Some(open) = rest.find("{{") {
            self.out.push_str(&literal(&rest[..open]));
            let Some(close) = rest[open..].find("}}").map(|close| open + close) else { break };
            let place = at + (text.len() - rest.len()) + open;
            let written = &rest[open + 2..close];
            match translated(written.trim(), &self.names) {
                Some(value) => self.out.extend(["{{ ", &value, " | default(value=\"\") }}"]),
                None => self.fail(&rest[open..close + 2], place, close + 2 - open),
            }
            rest = &rest[close + 2..];
        }
        self.out.push_str(&literal(rest));
    }
}

/// Whether a directive is dealt with where its element begins, or says nothing here.
fn is_structure(name: &str) -> bool {
    matches!(
        name,
        "v-if" | "v-else-if" | "v-else" | "v-for" | "v-show" | "v-text" | "v-html" | "v-once" | "v-cloak" | "v-memo"
    )
}

/// Text in which nothing is the language of templates.
fn literal(text: &str) -> String {
    if !text.contains("{{") && !text.ends_with('{') && !text.contains("{%") && !text.contains("{#") {
        return text.to_owned();
    }
    text.replace('{', "{{ \"{\" }}")
}

/// `fontSize` as `font-size`.
fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            kebab.push('-');
        }
        kebab.push(letter.to_ascii_lowercase());
    }
    kebab
}

/// A name that a template can define.
pub(super) fn identifier(name: &str) -> String {
    let words = normal(name);
    let mut chars = words.chars();
    chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
}
