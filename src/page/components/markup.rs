//! Raw HTML -> the tags of components in it, and what is between them.

use std::collections::BTreeSet;
use std::ops::Range;

use super::names::is_html;
use crate::page::raw_html::{self, At, TagReader};

/// How long a tag may be: what is longer is no tag, so that a stray `<` costs no reading to the end of the page.
const MAX_TAG: usize = 8192;

/// What a part of raw HTML is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Text, comments, and tags of HTML's own elements.
    Html,
    /// The same, where nothing is Vue's: in an element with `v-pre`.
    Literal,
    /// A whole `script` element.
    Script,
    /// A whole `style` element.
    Style,
    /// A start tag of a component.
    Open,
    /// A tag of a component without children.
    Whole,
    /// An end tag of a component.
    Close,
}

/// Reads the raw HTML of a page, piece by piece.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    /// The element with `v-pre` that is open, and how many of its name.
    literal: Option<(String, usize)>,
}

/// A tag, as it begins.
struct Tag<'h> {
    name: &'h str,
    closes: bool,
    /// One past its `>`.
    end: usize,
}

impl Markup {
    /// Whether an element with `v-pre` is open.
    pub fn is_literal(&self) -> bool {
        self.literal.is_some()
    }

    /// The parts of `html`; put together they are the whole. `keeps_templates`: a `template` without a slot is HTML's own.
    pub fn parts(&mut self, html: &str, keeps_templates: bool) -> Vec<(Range<usize>, Part)> {
        let mut parts = Parts::default();
        let mut endless = BTreeSet::new();
        let mut at = 0;
        while let Some(found) = memchr::memchr(b'<', &html.as_bytes()[at..]).map(|offset| at + offset) {
            let rest = &html[found..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                // The shortest comments, `<!-->` and `<!--->`, end with their own dashes.
                let end = rest[2..].find("-->").map_or(comment.len() + 4, |end| end + 5);
                at = found + end;
                continue;
            }
            let Some(tag) = tag(rest) else {
                at = found + 1;
                continue;
            };
            let mut end = found + tag.end;
            let lower = tag.name.to_ascii_lowercase();
            let part = if matches!(lower.as_str(), "script" | "style") && !tag.closes {
                // One without an end has it nowhere further on, either.
                if !endless.contains(&lower) {
                    match element_end(rest, &lower) {
                        Some(length) => end = found + length,
                        None => _ = endless.insert(lower.clone()),
                    }
                }
                if lower == "script" { Part::Script } else { Part::Style }
            } else if is_component(tag.name) || lower == "template" && (!keeps_templates || is_slot(&rest[..tag.end])) {
                if tag.closes {
                    Part::Close
                } else if rest[..tag.end].ends_with("/>") {
                    Part::Whole
                } else {
                    Part::Open
                }
            } else {
                Part::Html
            };
            self.push(html, (found, end), part, &tag, &mut parts);
            at = end;
        }
        parts.end(html.len(), self.plain());
        parts.found
    }

    fn plain(&self) -> Part {
        if self.is_literal() { Part::Literal } else { Part::Html }
    }

    fn push(&mut self, html: &str, (start, end): (usize, usize), part: Part, tag: &Tag<'_>, parts: &mut Parts) {
        if let Some((name, depth)) = &mut self.literal {
            if tag.name.eq_ignore_ascii_case(name) {
                *depth = if tag.closes { *depth - 1 } else { *depth + 1 };
                if *depth == 0 {
                    self.literal = None;
                    parts.end(end, Part::Literal);
                }
            }
            return;
        }
        if part != Part::Html {
            parts.end(start, Part::Html);
            parts.end(end, part);
        } else if !tag.closes && has_attribute(&html[start..end], "v-pre") && !html[start..end].ends_with("/>") {
            parts.end(start, Part::Html);
            self.literal = Some((tag.name.to_owned(), 1));
        }
    }
}

/// The length of the tag of a component that `text` begins with.
pub(crate) fn component_tag(text: &str) -> Option<usize> {
    let tag = tag(text)?;
    is_component(tag.name).then_some(tag.end)
}

/// Whether this is the tag of a component.
pub(crate) fn is_component_tag(text: &str) -> bool {
    text.starts_with('<') && tag(text).is_some_and(|tag| is_component(tag.name))
}

/// The parts so far; each begins where the one before it ended.
#[derive(Default)]
struct Parts {
    found: Vec<(Range<usize>, Part)>,
    at: usize,
}

impl Parts {
    fn end(&mut self, end: usize, part: Part) {
        if end > self.at {
            self.found.push((self.at..end, part));
            self.at = end;
        }
    }
}

/// Whether a tag of this name may be a component's. HTML's own names may be, with a capital letter.
fn is_component(name: &str) -> bool {
    let is_capital = name.starts_with(|char: char| char.is_ascii_uppercase());
    !is_html(name)
        || is_capital
            && name.bytes().any(|byte| byte.is_ascii_lowercase())
            && !name.ends_with(|c: char| c.is_ascii_digit())
}

/// The tag that `rest` begins with.
fn tag(rest: &str) -> Option<Tag<'_>> {
    let closes = rest.starts_with("</");
    let start = if closes { 2 } else { 1 };
    let bytes = rest.as_bytes();
    if !bytes.get(start)?.is_ascii_alphabetic() {
        return None;
    }
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    let name_end = start + bytes[start..].iter().take_while(|byte| is_name(byte)).count();
    if !matches!(bytes.get(name_end)?, b'>' | b'/') && !bytes[name_end].is_ascii_whitespace() {
        return None;
    }
    let mut reader = TagReader::default();
    // Whether the line is blank so far: one that is ends what is no tag.
    let mut is_blank = false;
    for (index, &byte) in bytes.iter().enumerate().skip(name_end).take(MAX_TAG) {
        if byte == b'\n' && is_blank && !reader.is_quoted() {
            return None;
        }
        is_blank = byte == b'\n' || is_blank && matches!(byte, b' ' | b'\t');
        match reader.read(byte) {
            At::Inside => {}
            At::End => return Some(Tag { name: &rest[start..name_end], closes, end: index + 1 }),
            At::NoTag => return None,
        }
    }
    None
}

/// One past the end of the `script` or `style` element that `rest` begins with.
fn element_end(rest: &str, name: &str) -> Option<usize> {
    let end = raw_html::end_tag(rest, name)?;
    rest[end..].find('>').map(|length| end + length + 1)
}

fn has_attribute(tag: &str, name: &str) -> bool {
    tag.trim_end_matches('>').split_ascii_whitespace().skip(1).any(|attribute| attribute == name)
}

/// Whether a `template` tag says which slot it is for.
fn is_slot(tag: &str) -> bool {
    let mut words = tag.split_ascii_whitespace().skip(1);
    tag.starts_with("</") || words.any(|word| word.starts_with(['#', 'v']) || word.starts_with("slot"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(markup: &mut Markup, html: &str) -> String {
        let parts = markup.parts(html, false);
        let whole: String = parts.iter().map(|(range, _)| &html[range.clone()]).collect();
        assert_eq!(whole, html);
        let shown = parts.into_iter().map(|(range, part)| match part {
            Part::Html => html[range].to_owned(),
            part => format!("[{part:?} {}]", &html[range]),
        });
        shown.collect()
    }

    #[test]
    fn tags_of_components() {
        for (html, want) in [
            ("<b>a</b> <Badge/> c", "<b>a</b> [Whole <Badge/>] c"),
            ("<Card a='>'>x</Card>", "[Open <Card a='>'>]x[Close </Card>]"),
            ("<my-card\n  a=\"/>\"\n>", "[Open <my-card\n  a=\"/>\"\n>]"),
            ("<Foo.Bar @click=\"a > b\" #x/>", "[Whole <Foo.Bar @click=\"a > b\" #x/>]"),
            ("<!-- <Foo> --><Foo>", "<!-- <Foo> -->[Open <Foo>]"),
            ("<Foo", "<Foo"),
            ("<Foo\n \na>", "<Foo\n \na>"),
            ("<Foo a=\n'b'\n>", "[Open <Foo a=\n'b'\n>]"),
            ("<Foo <Bar>", "<Foo [Open <Bar>]"),
            ("a < b <c", "a < b <c"),
            ("<script>a < '<Foo>'</script>x", "[Script <script>a < '<Foo>'</script>]x"),
            ("<STYLE>a", "[Style <STYLE>]a"),
            ("<H1>a</H1><DIV>", "<H1>a</H1><DIV>"),
            ("<Button>", "[Open <Button>]"),
            ("<https://a.b>", "<https://a.b>"),
            ("<svg><linearGradient/></svg>", "<svg><linearGradient/></svg>"),
            ("<template #a>x</template>", "[Open <template #a>]x[Close </template>]"),
            ("<p v-pre><p>{{ a }}</p><Foo></p><Foo>", "[Literal <p v-pre><p>{{ a }}</p><Foo></p>][Open <Foo>]"),
            ("é<Foo>é</Foo>é", "é[Open <Foo>]é[Close </Foo>]é"),
        ] {
            assert_eq!(show(&mut Markup::default(), html), want);
        }
    }

    #[test]
    fn what_is_literal_goes_on() {
        let mut markup = Markup::default();
        assert_eq!(show(&mut markup, "<span v-pre>"), "[Literal <span v-pre>]");
        assert!(markup.is_literal());
        assert_eq!(show(&mut markup, "</span>"), "[Literal </span>]");
        assert!(!markup.is_literal());
    }
}
