//! Attributes that an author writes in braces, `{#id .class key=value}`, behind an element or at the end of the first line of a
//! container.

use crate::base::escape;

/// The longest text in braces that is looked at.
const LONGEST: usize = 1_000;

/// Attributes that mean something without a value.
const BOOLEAN: &[&str] = &[
    "allowfullscreen",
    "autoplay",
    "controls",
    "default",
    "disabled",
    "download",
    "hidden",
    "inert",
    "itemscope",
    "loop",
    "muted",
    "open",
    "playsinline",
    "reversed",
];

/// The words without a value that mean something to a container. Its title may end with any others.
const OF_CONTAINERS: &[&str] = &["open", "no-title"];

/// Attributes as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attributes {
    /// The id.
    pub id: Option<String>,
    /// The classes, in the order written.
    pub classes: Vec<String>,
    /// The others.
    pub others: Vec<(String, String)>,
}

impl Attributes {
    /// The attributes at the beginning of `text`, and the byte behind their closing brace.
    pub fn at_start(text: &str) -> Option<(Attributes, usize)> {
        Attributes::read(text, BOOLEAN)
    }

    /// Those of a container, at the end of its title and apart from it, and the byte of their opening brace.
    pub fn of_container(title: &str) -> Option<(Attributes, usize)> {
        let start = title.ends_with('}').then(|| title.rfind('{'))??;
        let apart = start == 0 || title[..start].ends_with([' ', '\t']);
        let (found, end) = Attributes::read(&title[start..], OF_CONTAINERS).filter(|_| apart)?;
        (start + end == title.len()).then_some((found, start))
    }

    /// Reads the braces that `text` begins with; `words` are those that mean something without a value.
    fn read(text: &str, words: &[&str]) -> Option<(Attributes, usize)> {
        let mut found = Attributes::default();
        let mut rest = text.strip_prefix('{')?;
        if rest.starts_with('{') {
            return None;
        }
        let mut is_empty = true;
        loop {
            rest = rest.trim_start_matches([' ', '\t']);
            if let Some(after) = rest.strip_prefix('}') {
                return (!is_empty).then_some((found, text.len() - after.len()));
            }
            if text.len() - rest.len() > LONGEST {
                return None;
            }
            rest = found.read_one(rest, words)?;
            is_empty = false;
        }
    }

    /// The attributes at the end of `text`, and the byte of their opening brace.
    pub fn at_end(text: &str) -> Option<(Attributes, usize)> {
        let start = text.ends_with('}').then(|| text.rfind('{'))??;
        // `{{ x }}` is an expression.
        let is_expression = text[..start].ends_with('{');
        let (found, end) = Attributes::at_start(&text[start..]).filter(|_| !is_expression)?;
        (start + end == text.len()).then_some((found, start))
    }

    /// Reads one attribute at the beginning of `text`; what follows it.
    fn read_one<'t>(&mut self, text: &'t str, words: &[&str]) -> Option<&'t str> {
        let (name, rest) = text.split_at(text.find(|c: char| !is_of_name(c)).unwrap_or(text.len()));
        if let Some(class) = name.strip_prefix('.') {
            self.classes.push(some(class)?.to_owned());
            return Some(rest);
        }
        if let Some(id) = name.strip_prefix('#') {
            let id = some(id)?;
            self.id.get_or_insert_with(|| id.to_owned());
            return Some(rest);
        }
        let starts_well = |c: char| c.is_ascii_alphabetic() || matches!(c, ':' | '@' | '_');
        if !name.starts_with(starts_well) {
            return None;
        }
        let Some(value) = rest.strip_prefix('=') else {
            let is_known = name.starts_with("data-") || words.contains(&name);
            return is_known.then(|| self.set(name, "", rest));
        };
        if let Some(quote @ ('"' | '\'')) = value.chars().next() {
            let (value, rest) = value[1..].split_once(quote)?;
            let is_plain = !value.contains(['\n', '`', '<', '[', ']', '{', '}']);
            return is_plain.then(|| self.set(name, value, rest));
        }
        let is_of_value = |c: char| !c.is_whitespace() && !"\"'`<>{}[]=".contains(c);
        let (value, rest) = value.split_at(value.find(|c: char| !is_of_value(c)).unwrap_or(value.len()));
        Some(self.set(name, some(value)?, rest))
    }

    fn set<'t>(&mut self, name: &str, value: &str, rest: &'t str) -> &'t str {
        match name {
            "id" => _ = self.id.get_or_insert_with(|| value.to_owned()),
            "class" => self.classes.extend(value.split_ascii_whitespace().map(str::to_owned)),
            // Without Vue they would mean nothing, and HTML does not know them.
            name if name.starts_with([':', '@']) || name.starts_with("v-") => {}
            name => self.others.push((name.to_owned(), value.to_owned())),
        }
        rest
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        *self == Attributes::default()
    }

    /// Adds those of `more`. Of two ids the first holds.
    pub fn extend(&mut self, more: Attributes) {
        self.id = self.id.take().or(more.id);
        self.classes.extend(more.classes);
        self.others.extend(more.others);
    }

    /// The value of the attribute `name`.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.others.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// Takes the attribute `name` away; says whether it was there.
    pub fn remove(&mut self, name: &str) -> bool {
        let before = self.others.len();
        self.others.retain(|(other, _)| other != name);
        self.others.len() < before
    }

    /// Adds one that the author did not write.
    pub fn add(&mut self, name: &str, value: &str) {
        if self.value(name).is_none() {
            self.others.push((name.to_owned(), value.to_owned()));
        }
    }

    /// Writes them into a start tag, a space before each.
    pub fn write(&self, html: &mut String) {
        let mut put = |name: &str, value: &str| {
            html.push(' ');
            html.push_str(name);
            html.push_str("=\"");
            escape(value, html);
            html.push('"');
        };
        if let Some(id) = &self.id {
            put("id", id);
        }
        if !self.classes.is_empty() {
            put("class", &self.classes.join(" "));
        }
        for (index, (name, value)) in self.others.iter().enumerate() {
            if !self.others[..index].iter().any(|(before, _)| before == name) {
                put(name, value);
            }
        }
    }
}

/// What may stand in a name, a class or an id.
fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '#' | '@' | '/')
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(found: Option<(Attributes, usize)>) -> String {
        let Some((attributes, at)) = found else { return "text".to_owned() };
        let mut html = String::new();
        attributes.write(&mut html);
        format!("{at}{html}")
    }

    #[test]
    fn what_braces_hold() {
        for (text, want) in [
            ("{.a}", "4 class=\"a\""),
            ("{ .a .b }x", "9 class=\"a b\""),
            ("{#été .é k=v}", "16 id=\"été\" class=\"é\" k=\"v\""),
            ("{title=\"a b & <\"}", "text"),
            ("{title=\"a b & c\"}", "17 title=\"a b &amp; c\""),
            ("{title='q r' width=10}", "22 title=\"q r\" width=\"10\""),
            ("{a=1 a=2}", "9 a=\"1\""),
            ("{class=\"a b\" id=c}", "18 id=\"c\" class=\"a b\""),
            ("{download}", "10 download=\"\""),
            ("{data-x}", "8 data-x=\"\""),
            ("{.a :x=\"y\" @click=\"z\" v-if=\"q\"}", "31 class=\"a\""),
            ("{name}", "text"),
            ("{1}", "text"),
            ("{}", "text"),
            ("{ }", "text"),
            ("{.}", "text"),
            ("{#}", "text"),
            ("{k=}", "text"),
            ("{{ x }}", "text"),
            ("{.a", "text"),
            ("{.a\n.b}", "text"),
            ("{a, b}", "text"),
            ("{#a #b id=c}", "12 id=\"a\""),
            ("{open}", "6 open=\"\""),
            ("{no-title}", "text"),
            ("{k=\"v}", "text"),
        ] {
            assert_eq!(shown(Attributes::at_start(text)), want, "{text}");
        }
    }

    #[test]
    fn at_the_end_of_a_text() {
        for (text, want) in [
            ("text {.a}", "5 class=\"a\""),
            ("text{.a}", "4 class=\"a\""),
            ("a {b} {.c}", "6 class=\"c\""),
            ("{{ .a }}", "text"),
            ("text {{.a}", "text"),
            ("text {.a} b", "text"),
            ("text }", "text"),
        ] {
            assert_eq!(shown(Attributes::at_end(text)), want, "{text}");
        }
    }

    #[test]
    fn at_the_end_of_the_title_of_a_container() {
        for (text, want) in [
            ("{#a}", "0 id=\"a\""),
            ("Title {#a .b c=d}", "6 id=\"a\" class=\"b\" c=\"d\""),
            ("Titre {open}", "6 open=\"\""),
            ("Titre {no-title}", "6 no-title=\"\""),
            ("Titre {a=\"b c\"}", "6 a=\"b c\""),
            ("é {.é}", "3 class=\"é\""),
            ("Titre{open}", "text"),
            ("Use {curly}", "text"),
            ("Use {default}", "text"),
            ("Use {}", "text"),
            ("{{ open }}", "text"),
            ("{open} Titre", "text"),
            ("}", "text"),
        ] {
            assert_eq!(shown(Attributes::of_container(text)), want, "{text}");
        }
    }
}
