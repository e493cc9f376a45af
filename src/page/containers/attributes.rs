//! `{#id .class key=value}` at the end of the first line of a container.

use crate::base::escape;

/// What stands between the braces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attributes {
    /// The id.
    pub id: Option<String>,
    /// The classes.
    pub classes: Vec<String>,
    /// Whether it has no title line.
    pub no_title: bool,
    /// The others: each name once, and what it is.
    others: Vec<(String, String)>,
}

/// Where the attributes begin that `text` ends with. Braces with anything else in them are text.
pub(crate) fn start(text: &str) -> Option<usize> {
    let inner = text.strip_suffix('}')?;
    let at = inner.rfind('{')?;
    let apart = at == 0 || text[..at].ends_with([' ', '\t']);
    (apart && !inner[at + 1..].trim().is_empty() && words(&inner[at + 1..]).all(is_attribute)).then_some(at)
}

impl Attributes {
    /// Reads what [`start`] found.
    pub fn parse(text: &str) -> Attributes {
        let mut attributes = Attributes::default();
        let inner = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap_or_default();
        for word in words(inner) {
            if let Some(id) = word.strip_prefix('#') {
                attributes.id.get_or_insert_with(|| id.to_owned());
            } else if let Some(class) = word.strip_prefix('.') {
                attributes.classes.push(class.to_owned());
            } else if word == "no-title" {
                attributes.no_title = true;
            } else {
                let (name, value) = word.split_once('=').unwrap_or((word, ""));
                let value = value.trim_matches(['"', '\'']);
                match name {
                    "id" => _ = attributes.id.get_or_insert_with(|| value.to_owned()),
                    "class" => attributes.classes.extend(value.split_whitespace().map(str::to_owned)),
                    name if attributes.others.iter().all(|(known, _)| known != name) => {
                        attributes.others.push((name.to_owned(), value.to_owned()));
                    }
                    _ => {}
                }
            }
        }
        attributes
    }

    /// Adds one that the author did not write.
    pub fn add(&mut self, name: &str, value: &str) {
        if self.others.iter().all(|(known, _)| known != name) {
            self.others.push((name.to_owned(), value.to_owned()));
        }
    }

    /// Writes ` class="…" id="…"` and the others; `class` comes before the author's classes, the id is the caller's.
    pub fn write(&self, class: &str, id: Option<&str>, html: &mut String) {
        let classes = std::iter::once(class).chain(self.classes.iter().map(String::as_str));
        let classes: Vec<&str> = classes.filter(|class| !class.is_empty()).collect();
        let mut put = |name: &str, value: &str| {
            html.push(' ');
            html.push_str(name);
            html.push_str("=\"");
            escape(value, html);
            html.push('"');
        };
        if !classes.is_empty() {
            put("class", &classes.join(" "));
        }
        if let Some(id) = id {
            put("id", id);
        }
        for (name, value) in &self.others {
            put(name, value);
        }
    }
}

/// The words of `text`; quotes hold white space together.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut quote = None;
    let ends = move |char: char| match quote {
        Some(open) => {
            if char == open {
                quote = None;
            }
            false
        }
        None => {
            if matches!(char, '"' | '\'') {
                quote = Some(char);
            }
            char.is_whitespace()
        }
    };
    text.split(ends).filter(|word| !word.is_empty())
}

/// Whether it is an attribute. Words alone may be anything, so of them only those are attributes that do something here.
fn is_attribute(word: &str) -> bool {
    let is_name = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_'))
    };
    match word.strip_prefix(['#', '.']) {
        Some(name) => !name.is_empty() && !name.contains(['"', '\'', '<', '>', '=', '#', '`']),
        None => match word.split_once('=') {
            Some((name, value)) => is_name(name) && !value.is_empty(),
            None => matches!(word, "open" | "no-title"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_told_from_text() {
        for (text, at) in [
            ("{#a}", Some(0)),
            ("Title {#a .b c=d}", Some(6)),
            ("Titre {open}", Some(6)),
            ("Titre {a=\"b c\"}", Some(6)),
            ("Titre{open}", None),
            ("Use {curly}", None),
            ("Use {}", None),
            ("{{ open }}", None),
            ("{open} Titre", None),
            ("}", None),
            ("é {.é}", Some(3)),
        ] {
            assert_eq!(start(text), at, "{text}");
        }
    }

    #[test]
    fn attributes_are_written() {
        let written = |text: &str| {
            let attributes = Attributes::parse(text);
            let mut html = String::new();
            attributes.write("tip", attributes.id.as_deref(), &mut html);
            html
        };
        for (text, want) in [
            ("", " class=\"tip\""),
            ("{.a #b .c}", " class=\"tip a c\" id=\"b\""),
            ("{#a #b id=c}", " class=\"tip\" id=\"a\""),
            ("{class=\"x y\" title='a \"b\"' title=z}", " class=\"tip x y\" title=\"a &quot;b\""),
            ("{open}", " class=\"tip\" open=\"\""),
        ] {
            assert_eq!(written(text), want, "{text}");
        }
    }
}
