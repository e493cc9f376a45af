//! Vue's directives in raw HTML, where the data that they need is known: `v-for` is written out, `v-if` decided, `v-text`, `v-html`
//! and bound attributes are filled in.
//!
//! Comes in: raw HTML. Goes out: the same without these directives, and where its parts came from. An element whose end tag stands
//! elsewhere, and what cannot be told, is left as written; what is left of Vue's attributes is told of later.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_yaml::Value;

use super::elements::is_void;
use super::expression::{self, Meaning, Scope};
use super::raw_html::{self, Attribute, attributes};
use crate::base::escape;

/// How long the text may become that directives write, on one page.
pub(crate) const LONGEST: usize = 1_000_000;

/// What `html` becomes, and where each part of it began there; `None` if it stays as it is. `room` is how much more may be written.
pub(crate) fn filled(html: &str, scope: &Scope<'_>, room: &mut usize) -> Option<(String, Vec<(usize, usize)>)> {
    let has_some =
        ["v-for", "v-if", "v-show", "v-text", "v-html", " :", "\n:", "v-bind:"].iter().any(|part| html.contains(part));
    if !has_some {
        return None;
    }
    let mut filler = Filler { html, tags: tags(html), out: String::new(), parts: Vec::new(), is_changed: false, room };
    filler.run(0..html.len(), scope);
    filler.is_changed.then_some((filler.out, filler.parts))
}

/// A tag: one past its `>`, and, of a start tag, where its end tag begins and ends.
type Tag = (usize, Option<(usize, usize)>);

/// The tags of `html`, by where they begin.
fn tags(html: &str) -> BTreeMap<usize, Tag> {
    let mut found: BTreeMap<usize, Tag> = BTreeMap::new();
    let mut open: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    // What may be read in vain: `<` that begin no tag cost no more than the text is long, a few times over.
    let mut vain = html.len().saturating_mul(4).saturating_add(10_000);
    let mut at = 0;
    while let Some(start) = html[at..].find('<').map(|offset| at + offset) {
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            match rest.find("-->") {
                Some(end) => at = start + end + "-->".len(),
                None => return found,
            }
            continue;
        }
        let Some(end) = raw_html::tag_end(rest).map(|end| start + end) else {
            vain = vain.saturating_sub(raw_html::wasted(rest.as_bytes()));
            if vain == 0 {
                return found;
            }
            at = start + 1;
            continue;
        };
        at = end;
        let closes = rest.starts_with("</");
        let name = &rest[1 + usize::from(closes)..];
        let name = &name[..name.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(0)];
        let name = name.to_ascii_lowercase();
        let mut pair = None;
        if closes {
            if let Some(first) = open.get_mut(&name).and_then(Vec::pop)
                && let Some(tag) = found.get_mut(&first)
            {
                tag.1 = Some((start, end));
            }
        } else if html[start..end].ends_with("/>") || is_void(&name) {
            pair = Some((end, end));
        } else {
            if matches!(name.as_str(), "script" | "style") {
                // All in it is text.
                at = raw_html::end_tag(&html[end..], &name).map_or(html.len(), |length| end + length);
            }
            open.entry(name).or_default().push(start);
        }
        found.insert(start, (end, pair));
    }
    found
}

struct Filler<'h, 'r> {
    html: &'h str,
    tags: BTreeMap<usize, Tag>,
    out: String,
    /// Where parts of `out` begin, and where in `html` they came from.
    parts: Vec<(usize, usize)>,
    is_changed: bool,
    room: &'r mut usize,
}

/// An element: its tag, its attributes, what is in it, and where it ends.
struct Element {
    tag: Range<usize>,
    name_end: usize,
    attributes: Vec<Attribute>,
    content: Range<usize>,
    end: usize,
}

impl<'h> Filler<'h, '_> {
    /// Writes a part of the HTML as it is.
    fn copy(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.parts.push((self.out.len(), range.start));
            self.out.push_str(&self.html[range]);
        }
    }

    /// Writes text in place of what stands at `at`.
    fn put(&mut self, text: &str, at: usize) {
        self.parts.push((self.out.len(), at));
        self.out.push_str(text);
        *self.room = self.room.saturating_sub(text.len());
    }

    fn run(&mut self, range: Range<usize>, scope: &Scope<'_>) {
        let mut at = range.start;
        while let Some(found) = self.html[at..range.end].find('<').map(|offset| at + offset) {
            self.text(at..found, scope);
            let rest = &self.html[found..range.end];
            if rest.starts_with("<!--") {
                at = rest.find("-->").map_or(range.end, |end| found + end + 3);
                self.copy(found..at);
                continue;
            }
            at = match self.element(found, range.end) {
                Some(element) if !self.is_literal(&element) => self.fill(&element, range.end, scope),
                Some(element) => {
                    self.copy(found..element.end);
                    element.end
                }
                None => {
                    let end = self.tags.get(&found).map_or(found + 1, |(end, _)| *end).min(range.end);
                    self.copy(found..end);
                    end
                }
            };
        }
        self.text(at..range.end, scope);
    }

    /// Text: what it says of the names that stand for one value after another is filled in, the rest later.
    fn text(&mut self, range: Range<usize>, scope: &Scope<'_>) {
        if scope.locals.is_empty() {
            return self.copy(range);
        }
        let text = &self.html[range.clone()];
        let mut from = 0;
        for place in expression::places(text) {
            let written = raw_html::unescape(&text[place.start + 2..place.end - 2]);
            if let Some(Meaning::Value(value)) = expression::meaning(&written, scope) {
                self.copy(range.start + from..range.start + place.start);
                self.put(&plain(&expression::shown(&value)), range.start + place.start);
                from = place.end;
            }
        }
        self.copy(range.start + from..range.end);
    }

    /// The element whose start tag begins at `start`, if it has Vue's attributes and its end tag stands before `limit`.
    fn element(&self, start: usize, limit: usize) -> Option<Element> {
        let &(end, pair) = self.tags.get(&start).filter(|(end, _)| *end <= limit)?;
        let tag = &self.html[start..end];
        if tag.starts_with("</") {
            return None;
        }
        let name_end = start + tag.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))?;
        let name = &self.html[start + 1..name_end];
        let attributes = attributes(self.html, name_end, end - 1);
        let is_vue = |attribute: &Attribute| {
            let name = &self.html[attribute.name.clone()];
            name.starts_with(':') || name.starts_with("v-")
        };
        let is_raw = ["script", "style"].iter().any(|raw| name.eq_ignore_ascii_case(raw));
        if !is_raw && !attributes.iter().any(is_vue) {
            return None;
        }
        let needs_end = |attribute: &Attribute| {
            let name = &self.html[attribute.name.clone()];
            matches!(name, "v-for" | "v-if" | "v-else-if" | "v-else" | "v-text" | "v-html" | "v-pre")
        };
        let (content, after) = match pair.filter(|(_, after)| *after <= limit) {
            Some((content, after)) => (end..content, after),
            None if is_raw || attributes.iter().any(needs_end) => return None,
            // It goes on in another part of the page; its tag is here.
            None => (end..end, end),
        };
        Some(Element { tag: start..end, name_end, attributes, content, end: after })
    }

    fn is_literal(&self, element: &Element) -> bool {
        self.value(element, "v-pre").is_some()
            || ["script", "style"]
                .contains(&self.html[element.tag.start + 1..element.name_end].to_ascii_lowercase().as_str())
    }

    /// The value of an attribute, empty if it has none.
    fn value(&self, element: &Element, name: &str) -> Option<String> {
        let found = element.attributes.iter().find(|attribute| &self.html[attribute.name.clone()] == name)?;
        Some(found.value.clone().map_or_else(String::new, |place| raw_html::unescape(&self.html[place])))
    }

    /// Writes an element, and those after it that depend on it; says where they end.
    fn fill(&mut self, element: &Element, limit: usize, scope: &Scope<'_>) -> usize {
        if let Some(list) = self.value(element, "v-for") {
            if !self.repeat(element, &list, scope) {
                self.write(element, scope, true);
            }
            return element.end;
        }
        match self.value(element, "v-if") {
            Some(condition) => self.choose(element, &condition, limit, scope),
            None => {
                self.write(element, scope, false);
                element.end
            }
        }
    }

    /// Writes an element for each of what `v-for` names; false if that cannot be told.
    fn repeat(&mut self, element: &Element, list: &str, scope: &Scope<'_>) -> bool {
        let Some((names, list)) = list.split_once(" in ").or_else(|| list.split_once(" of ")) else { return false };
        let names: Vec<&str> =
            names.trim().trim_start_matches('(').trim_end_matches(')').split(',').map(str::trim).collect();
        let is_name =
            |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$'));
        if names.len() > 3 || !names.iter().all(is_name) {
            return false;
        }
        let items: Vec<[Value; 3]> = match expression::meaning(list, scope) {
            Some(Meaning::Value(Value::Sequence(items))) => {
                items.into_iter().enumerate().map(|(index, item)| [item, Value::from(index), Value::Null]).collect()
            }
            Some(Meaning::Value(Value::Mapping(entries))) => {
                let entries = entries.into_iter().enumerate();
                entries.map(|(index, (key, value))| [value, key, Value::from(index)]).collect()
            }
            Some(Meaning::Value(Value::Number(count))) => match count.as_u64().filter(|count| *count <= 10_000) {
                Some(count) => (1..=count).map(|n| [Value::from(n), Value::from(n - 1), Value::Null]).collect(),
                None => return false,
            },
            Some(Meaning::Value(Value::Null)) => Vec::new(),
            _ => return false,
        };
        let length = element.end - element.tag.start;
        if items.len().saturating_mul(length) > *self.room {
            return false;
        }
        *self.room -= items.len() * length;
        self.is_changed = true;
        for item in &items {
            let mut locals = scope.locals.to_vec();
            locals.extend(names.iter().copied().zip(item));
            let scope = Scope { locals: &locals, ..*scope };
            match self.value(element, "v-if").map(|condition| expression::holds(&condition, &scope)) {
                Some(Some(false)) => {}
                Some(None) => self.write(element, &scope, true),
                Some(Some(true)) | None => self.write(element, &scope, false),
            }
        }
        true
    }

    /// Writes the first of the elements with `v-if`, `v-else-if` and `v-else` whose condition holds. From the first on whose condition
    /// cannot be told, all are written.
    fn choose(&mut self, first: &Element, condition: &str, limit: usize, scope: &Scope<'_>) -> usize {
        let mut state = expression::holds(condition, scope);
        if state.is_none() {
            self.write(first, scope, true);
        } else {
            self.is_changed = true;
        }
        let mut is_chosen = state == Some(true);
        if is_chosen {
            self.write(first, scope, false);
        }
        let mut end = first.end;
        loop {
            let gap = self.html[end..limit].len() - self.html[end..limit].trim_start().len();
            if !self.html[end + gap..limit].starts_with('<') {
                return end;
            }
            let Some(next) = self.element(end + gap, limit) else { return end };
            let condition = match (self.value(&next, "v-else-if"), self.value(&next, "v-else")) {
                (Some(condition), _) => condition,
                (None, Some(_)) => "true".to_owned(),
                (None, None) => return end,
            };
            if !is_chosen && state.is_some() {
                state = expression::holds(&condition, scope);
                is_chosen = state == Some(true);
                if is_chosen {
                    self.write(&next, scope, false);
                }
            }
            if state.is_none() {
                self.copy(end..end + gap);
                self.write(&next, scope, true);
            }
            end = next.end;
        }
    }

    /// Writes an element without the directives that are done with; `as_typed`: with all of them.
    fn write(&mut self, element: &Element, scope: &Scope<'_>, as_typed: bool) {
        if as_typed {
            self.copy(element.tag.clone());
            self.run(element.content.clone(), scope);
            return self.copy(element.content.end..element.end);
        }
        let mut content: Option<(String, usize)> = None;
        let mut from = element.tag.start;
        for attribute in &element.attributes {
            let name = &self.html[attribute.name.clone()];
            let at = attribute.name.start;
            let value = attribute.value.clone().map_or_else(String::new, |place| raw_html::unescape(&self.html[place]));
            let known = || match expression::meaning(&value, scope) {
                Some(Meaning::Value(value)) => Some(value),
                _ => None,
            };
            let replaced: Option<String> = match name {
                "v-for" | "v-if" | "v-else-if" | "v-else" => Some(String::new()),
                "v-show" => expression::holds(&value, scope)
                    .map(|holds| if holds { String::new() } else { " hidden".to_owned() }),
                "v-text" => known().map(|value| {
                    content = Some((plain(&expression::shown(&value)), at));
                    String::new()
                }),
                "v-html" => known().map(|value| {
                    content = Some((expression::shown(&value).replace("{{", "&#123;{"), at));
                    String::new()
                }),
                ":key" | "v-bind:key" if !scope.locals.is_empty() => Some(String::new()),
                name => match name.strip_prefix(':').or_else(|| name.strip_prefix("v-bind:")) {
                    Some(bound) if raw_html::is_dynamic(name, Some(&value)) => {
                        known().and_then(|value| bound_attribute(bound, &value, !scope.locals.is_empty()))
                    }
                    _ => None,
                },
            };
            if let Some(replaced) = replaced {
                let before = self.html[from..at].trim_end().len();
                self.copy(from..from + before);
                self.put(&replaced, at);
                from = attribute.end;
                self.is_changed = true;
            }
        }
        let end = element.tag.end;
        self.copy(from..end);
        match content {
            Some((text, at)) => self.put(&text, at),
            None => self.run(element.content.clone(), scope),
        }
        self.copy(element.content.end..element.end);
    }
}

/// Text as HTML in which no braces are an expression.
fn plain(text: &str) -> String {
    let mut html = String::new();
    escape(text, &mut html);
    html.replace('{', "&#123;")
}

/// A bound attribute with its value, as HTML; `None` for what is more than a text. `in_loop`: its names mean nothing elsewhere.
fn bound_attribute(name: &str, value: &Value, in_loop: bool) -> Option<String> {
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':')) {
        return None;
    }
    let (sign, text) = match value {
        Value::Null | Value::Bool(false) => return Some(String::new()),
        Value::Bool(true) => return Some(format!(" {name}")),
        Value::String(_) | Value::Number(_) => ("", expression::shown(value)),
        Value::Sequence(items) if name == "class" => {
            let classes: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
            ("", classes?.join(" "))
        }
        Value::Mapping(entries) if name == "class" => {
            let chosen = entries.iter().filter(|(_, is_on)| is_on.as_bool() == Some(true));
            ("", chosen.filter_map(|(class, _)| class.as_str()).collect::<Vec<_>>().join(" "))
        }
        // For a component.
        other if in_loop => (":", expression::shown(other)),
        _ => return None,
    };
    let mut html = format!(" {sign}{name}=\"");
    escape(&text, &mut html);
    html.push('"');
    Some(html)
}
