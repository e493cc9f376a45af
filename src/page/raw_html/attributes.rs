//! The attributes of a start tag, Vue's among them.

use std::ops::Range;

/// An attribute, as places in the whole HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attribute {
    /// Its name.
    pub name: Range<usize>,
    /// Its value, without quotation marks; `None` if it has none.
    pub value: Option<Range<usize>>,
    /// Where it ends, its closing quotation mark too.
    pub end: usize,
    /// Whether the value stands between quotation marks.
    pub quoted: bool,
}

/// The attributes between `start`, the end of the tag's name, and `end`, its `>`.
pub(crate) fn attributes(html: &str, start: usize, end: usize) -> Vec<Attribute> {
    let bytes = html.as_bytes();
    let mut found = Vec::new();
    let mut at = start;
    while at < end {
        if bytes[at].is_ascii_whitespace() || bytes[at] == b'/' {
            at += 1;
            continue;
        }
        let length = html[at..end].find(|c: char| c.is_ascii_whitespace() || c == '=').unwrap_or(end - at);
        let name = at..at + length.max(1);
        // A self-closing tag may end right behind a name.
        let name = match html[name.clone()].strip_suffix('/').filter(|_| name.end == end) {
            Some(name_only) => name.start..name.start + name_only.len(),
            None => name,
        };
        at = name.end;
        let spaces = |from: usize| from + bytes[from..end].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let equals = spaces(at);
        if equals >= end || bytes[equals] != b'=' {
            found.push(Attribute { end: name.end, name, value: None, quoted: false });
            continue;
        }
        let value = spaces(equals + 1);
        let quoted = value < end && matches!(bytes[value], b'"' | b'\'');
        let range = if quoted {
            let length = html[value + 1..end].find(char::from(bytes[value])).unwrap_or(end - value - 1);
            value + 1..value + 1 + length
        } else {
            let length = html[value..end].find(|c: char| c.is_ascii_whitespace()).unwrap_or(end - value);
            let closes = html[value..value + length].ends_with('/') && value + length == end;
            value..value + length - usize::from(closes)
        };
        at = (range.end + usize::from(quoted)).min(end);
        found.push(Attribute { name, value: Some(range), end: at, quoted });
    }
    found
}

/// What Vue makes of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning<'h> {
    /// An attribute of HTML.
    Plain,
    /// An attribute of this name whose value is the text at this place of the written one.
    Fixed(&'h str, &'h str),
    /// It tells Vue how to render, and means nothing in the page.
    Silent,
    /// What only a program can do.
    Dynamic,
}

/// What an attribute of this name and value means to Vue.
pub(crate) fn meaning<'h>(name: &'h str, value: Option<&'h str>) -> Meaning<'h> {
    let bound = name.strip_prefix(':').or_else(|| name.strip_prefix("v-bind:"));
    if let Some(bound) = bound {
        let is_name = |name: &str| {
            name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'))
        };
        return match value.and_then(fixed) {
            Some(value) if is_name(bound) && bound != "key" && bound != "ref" => Meaning::Fixed(bound, value),
            _ if matches!(bound, "key" | "ref" | "is") => Meaning::Silent,
            _ => Meaning::Dynamic,
        };
    }
    match name {
        "v-pre" | "v-once" | "v-cloak" | "v-slot" => Meaning::Silent,
        name if name.starts_with('#') || name.starts_with("v-slot:") || name.starts_with("v-memo") => Meaning::Silent,
        name if name.starts_with('@') || name.starts_with("v-") => Meaning::Dynamic,
        _ => Meaning::Plain,
    }
}

/// The text that an expression always is: `'a'`, `5`, `$withBase('/a.png')`, `require('./a.png')`.
fn fixed(expression: &str) -> Option<&str> {
    let expression = expression.trim();
    let call = ["$withBase(", "withBase(", "require("].into_iter().find_map(|call| expression.strip_prefix(call));
    if let Some(argument) = call {
        return text(argument.strip_suffix(')')?.trim());
    }
    let is_number = !expression.is_empty() && expression.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_number { Some(expression) } else { text(expression) }
}

/// The text of a literal of JavaScript without escapes.
fn text(literal: &str) -> Option<&str> {
    let quote = literal.chars().next().filter(|c| matches!(c, '\'' | '"' | '`'))?;
    let text = literal[1..].strip_suffix(quote)?;
    let is_computed = text.contains([quote, '\\', '\n']) || quote == '`' && text.contains("${");
    (!is_computed).then_some(text)
}

/// The addresses in the value of `srcset`, as places in it.
pub(crate) fn srcset(value: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let rest = &value[at..];
        at += rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',').len();
        let length = value[at..].find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len() - at);
        if length == 0 {
            return found;
        }
        let written = &value[at..at + length];
        let address = written.trim_end_matches(',');
        found.push(at..at + address.len());
        at += length;
        if address.len() == written.len() {
            // How wide it is, or for which screens, up to the next comma.
            at += value[at..].find(',').unwrap_or(value.len() - at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_vue_makes_of_attributes() {
        for (name, value, want) in [
            ("href", "x", Meaning::Plain),
            (":href", "x", Meaning::Dynamic),
            (":href", "'./a.md'", Meaning::Fixed("href", "./a.md")),
            ("v-bind:src", "$withBase('/a.png')", Meaning::Fixed("src", "/a.png")),
            (":src", " withBase( \"/a.png\" ) ", Meaning::Fixed("src", "/a.png")),
            (":src", "require('./a.png')", Meaning::Fixed("src", "./a.png")),
            (":src", "$withBase('/' + a)", Meaning::Dynamic),
            (":src", "`/a/${b}.png`", Meaning::Dynamic),
            (":src", "`/a.png`", Meaning::Fixed("src", "/a.png")),
            (":width", "300", Meaning::Fixed("width", "300")),
            (":key", "'a'", Meaning::Silent),
            (":[name]", "'a'", Meaning::Dynamic),
            (":class", "{ a: true }", Meaning::Dynamic),
            (":title", "'a' + 'b'", Meaning::Dynamic),
            ("@click.prevent", "go", Meaning::Dynamic),
            ("v-if", "a", Meaning::Dynamic),
            ("v-pre", "", Meaning::Silent),
            ("#default", "{ x }", Meaning::Silent),
        ] {
            assert_eq!(meaning(name, Some(value)), want, "{name}={value}");
        }
    }

    #[test]
    fn candidates() {
        for (value, want) in [
            ("a.png", &["a.png"][..]),
            ("a.png 1x, b.png 2x", &["a.png", "b.png"]),
            (" a.png,b.png 100w ,, c.png", &["a.png,b.png", "c.png"]),
            ("a.png, b.png", &["a.png", "b.png"]),
            ("data:image/png;base64,AA 1x, b.png 2x", &["data:image/png;base64,AA", "b.png"]),
            ("", &[]),
        ] {
            let found: Vec<&str> = srcset(value).into_iter().map(|range| &value[range]).collect();
            assert_eq!(found, want, "{value}");
        }
    }
}
