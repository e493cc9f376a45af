//! Raw HTML in Markdown: its addresses become links, its ids anchors; the rest is kept as it is.

mod attributes;

use super::types::LinkKind;
pub(crate) use attributes::{Attribute, attributes};
use attributes::{Meaning, meaning, srcset};

/// A part of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Token<'h> {
    /// A start tag begins, at this byte of the whole; its name as written. What it says follows, up to [`Token::Started`].
    Start { name: &'h str, at: usize },
    /// Markup of a start tag, kept.
    Html(&'h str),
    /// A start tag is whole.
    Started,
    /// An end tag, at this byte of the whole.
    End { name: &'h str, at: usize },
    /// Text between tags, kept.
    Text(&'h str),
    /// A comment or what browsers take for one, at this byte of the whole.
    Comment { text: &'h str, at: usize },
    /// A whole `script` or `style` element, at this byte of the whole.
    Element { text: &'h str, at: usize },
    /// The value of an attribute that names a page or file: as written, at this byte of the whole.
    Address { value: &'h str, kind: LinkKind, at: usize },
    /// An address in angle brackets, which is Markdown: as written, at this byte of the whole.
    Autolink { address: &'h str, at: usize },
    /// The name of an attribute that only a program can make sense of, at this byte of the whole. It is left out.
    Dynamic { attribute: &'h str, at: usize },
    /// An `id`: the attribute, with its value.
    Id(&'h str),
    /// The `name` of an `a`. It adds nothing to the whole.
    Anchor(&'h str),
}

/// The parts of `html`. It may begin or end anywhere: text that is no whole tag is kept.
pub(crate) fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    // After the last `>` there is no whole tag.
    let last = html.rfind('>').map_or(0, |last| last + 1);
    // What may be read in vain: tags that are none cost no more than the text is long, many times over.
    let mut vain = html.len().saturating_mul(4).saturating_add(10_000);
    let mut at = 0;
    while let Some(found) = html[at..].find('<').map(|offset| at + offset) {
        if found > at {
            tokens.push(Token::Text(&html[at..found]));
        }
        let rest = &html[found..];
        at = found
            + if rest.starts_with("<!--") {
                // The shortest comments, `<!-->` and `<!--->`, end with their own dashes.
                let end = rest[2..].find("-->").map_or(rest.len(), |end| end + 5);
                tokens.push(Token::Comment { text: &rest[..end], at: found });
                end
            } else if found >= last {
                tokens.push(Token::Text(rest));
                rest.len()
            } else if let Some(name) = ["script", "style"].into_iter().find(|name| is_element(rest, name)) {
                let end = end_tag(rest, name)
                    .and_then(|close| rest[close..].find('>').map(|end| close + end + 1))
                    .unwrap_or(rest.len());
                tokens.push(Token::Element { text: &rest[..end], at: found });
                end
            } else if let Some(end) = bogus_comment(rest) {
                tokens.push(Token::Comment { text: &rest[..end], at: found });
                end
            } else {
                let window = &rest.as_bytes()[..rest.len().min(vain.max(MIN_TAG))];
                match tag_length(window) {
                    Some(end) if is_address(&rest[1..end - 1]) => {
                        tokens.push(Token::Autolink { address: &rest[1..end - 1], at: found + 1 });
                        end
                    }
                    Some(end) => {
                        tag(html, found, found + end, &mut tokens);
                        end
                    }
                    None => {
                        vain = vain.saturating_sub(wasted(window));
                        tokens.push(Token::Text(&rest[..1]));
                        1
                    }
                }
            };
    }
    if at < html.len() {
        tokens.push(Token::Text(&html[at..]));
    }
    tokens
}

/// How long a tag may be at least where many before it were none.
const MIN_TAG: usize = 256;

/// Whether an attribute of this name and value needs a program.
pub(crate) fn is_dynamic(name: &str, value: Option<&str>) -> bool {
    meaning(name, value) == Meaning::Dynamic
}

/// Whether the tag that `text` begins with is that of a link which opens in a new window and does not say so itself.
pub(crate) fn opens_silently(text: &str) -> bool {
    let Some(end) = tag_end(text).filter(|&end| text[..end].contains("_blank")) else { return false };
    let found = attributes(text, 2, end - 1);
    let value = |name: &str| {
        let attribute = found.iter().find(|attribute| text[attribute.name.clone()].eq_ignore_ascii_case(name))?;
        attribute.value.clone().map(|place| &text[place])
    };
    value("target").is_some_and(|target| target.eq_ignore_ascii_case("_blank"))
        && ["title", "aria-label", "aria-hidden"].iter().all(|name| value(name).is_none())
}

/// A tag without the attributes that are Vue's.
pub(crate) fn static_tag(tag: &str) -> String {
    let mut text = String::new();
    for token in tokens(tag) {
        match token {
            Token::Html(part) | Token::Text(part) => text.push_str(part),
            Token::Element { text: element, .. } => text.push_str(element),
            Token::Address { value, .. } => text.push_str(value),
            Token::End { name, .. } => text.extend(["</", name, ">"]),
            Token::Start { .. }
            | Token::Started
            | Token::Comment { .. }
            | Token::Autolink { .. }
            | Token::Dynamic { .. }
            | Token::Id(_)
            | Token::Anchor(_) => {}
        }
    }
    text
}

/// Whether this is an address of the web and no tag.
fn is_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains([' ', '<', '"'])
}

/// Whether `rest` begins with the start tag of this element.
fn is_element(rest: &str, name: &str) -> bool {
    let bytes = rest.as_bytes();
    bytes.len() > name.len()
        && bytes[1..=name.len()].eq_ignore_ascii_case(name.as_bytes())
        && bytes.get(name.len() + 1).is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
}

/// Where the end tag begins that ends an element in which all else is text.
pub(crate) fn end_tag(text: &str, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memmem::find_iter(bytes, "</").find(|&at| {
        let end = at + 2 + name.len();
        bytes.get(at + 2..end).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            && bytes.get(end).is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
    })
}

/// The length of what begins like a declaration or an end tag and is a comment for browsers.
fn bogus_comment(rest: &str) -> Option<usize> {
    let is_bogus = match rest.as_bytes().get(1)? {
        b'!' | b'?' => true,
        b'/' => !matches!(rest.as_bytes().get(2)?, b'a'..=b'z' | b'A'..=b'Z' | b'>'),
        _ => false,
    };
    let end = if rest.starts_with("<![CDATA[") { rest.find("]]>").map(|end| end + 2) } else { None };
    is_bogus.then(|| end.or_else(|| rest.find('>')).map(|end| end + 1)).flatten()
}

/// One past the `>` of the tag that `text` begins with, if it is a whole tag.
pub(crate) fn tag_end(text: &str) -> Option<usize> {
    tag_length(text.as_bytes())
}

fn tag_length(bytes: &[u8]) -> Option<usize> {
    let name = if bytes.get(1) == Some(&b'/') { 2 } else { 1 };
    if !bytes.get(name)?.is_ascii_alphabetic() {
        return None;
    }
    let mut reader = TagReader::default();
    for (index, &byte) in bytes.iter().enumerate().skip(name) {
        match reader.read(byte) {
            At::Inside => {}
            At::End => return Some(index + 1),
            At::NoTag => return None,
        }
    }
    None
}

/// How much of it was read before it was known to be no tag.
pub(crate) fn wasted(bytes: &[u8]) -> usize {
    let mut reader = TagReader::default();
    bytes.iter().skip(1).position(|&byte| reader.read(byte) != At::Inside).unwrap_or(bytes.len())
}

/// Reads a tag as browsers do, byte by byte, from its name on.
#[derive(Debug, Default)]
pub(crate) struct TagReader {
    state: State,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Name,
    BeforeAttribute,
    Attribute,
    AfterAttribute,
    BeforeValue,
    Value,
    Quoted(u8),
}

/// Where a byte of a tag stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// In the tag.
    Inside,
    /// It ends the tag.
    End,
    /// It is no tag: a `<` stands in it, where a browser would make a strange attribute of it.
    NoTag,
}

impl TagReader {
    /// Whether the next byte stands between quotation marks.
    pub fn is_quoted(&self) -> bool {
        matches!(self.state, State::Quoted(_))
    }

    pub fn read(&mut self, byte: u8) -> At {
        use State::{AfterAttribute, Attribute, BeforeAttribute, BeforeValue, Name, Quoted, Value};
        let is_space = byte.is_ascii_whitespace();
        self.state = match (self.state, byte) {
            (Quoted(open), byte) if byte == open => BeforeAttribute,
            (Quoted(open), _) => Quoted(open),
            (_, b'>') => return At::End,
            (_, b'<') => return At::NoTag,
            (Value, _) if !is_space => Value,
            (BeforeValue, b'"' | b'\'') => Quoted(byte),
            (BeforeValue, _) if is_space => BeforeValue,
            (BeforeValue, _) => Value,
            (_, b'/') => BeforeAttribute,
            (Attribute | AfterAttribute, b'=') => BeforeValue,
            (Attribute | AfterAttribute, _) if is_space => AfterAttribute,
            (_, _) if is_space => BeforeAttribute,
            (Name, _) => Name,
            (_, _) => Attribute,
        };
        At::Inside
    }
}

/// Reads the tag at `start..end` of `html`.
fn tag<'h>(html: &'h str, start: usize, end: usize, tokens: &mut Vec<Token<'h>>) {
    let text = &html[start..end];
    let first = if text.starts_with("</") { 2 } else { 1 };
    let name_end = start
        + first
        + text[first..].find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(text.len() - first);
    let written = &html[start + first..name_end];
    if first == 2 {
        return tokens.push(Token::End { name: written, at: start });
    }
    let name = written.to_ascii_lowercase();
    tokens.push(Token::Start { name: written, at: start });
    let mut kept = start;
    let is_self_closing = text.ends_with("/>");
    for attribute in attributes(html, name_end, end - 1) {
        let written = &html[attribute.name.clone()];
        let value = attribute.value.clone().map(|range| &html[range]);
        let (known, fixed) = match meaning(written, value) {
            Meaning::Plain => (written, None),
            Meaning::Fixed(known, value) => (known, Some(value)),
            silent => {
                tokens.push(Token::Html(html[kept..attribute.name.start].trim_end()));
                kept = attribute.end;
                if silent == Meaning::Dynamic {
                    tokens.push(Token::Dynamic { attribute: written, at: attribute.name.start });
                }
                space(html, kept, tokens);
                continue;
            }
        };
        let known_lower = known.to_ascii_lowercase();
        if let Some(value) = fixed.or(value).filter(|value| known_lower == "id" && !value.is_empty()) {
            tokens.push(Token::Html(html[kept..attribute.name.start].trim_end()));
            tokens.push(Token::Id(value));
            kept = attribute.end;
            space(html, kept, tokens);
            continue;
        }
        let mut quote = if attribute.quoted { "" } else { "\"" };
        if fixed.is_some() {
            // The name without what made it Vue's, and the value without what made it a program.
            tokens.push(Token::Html(&html[kept..attribute.name.start]));
            tokens.push(Token::Html(known));
            tokens.push(Token::Html("="));
            quote = if fixed.is_some_and(|value| value.contains('"')) { "'" } else { "\"" };
            kept = attribute.end;
        }
        let Some(value) = fixed.or(value) else { continue };
        // Both are parts of the whole, so their addresses tell where.
        let at = value.as_ptr().addr() - html.as_ptr().addr();
        let places = match (name.as_str(), known_lower.as_str()) {
            ("img" | "source", "srcset") => srcset(value),
            _ => std::iter::once(0..value.len()).collect(),
        };
        let kind = match (name.as_str(), known_lower.as_str()) {
            ("a" | "area", "href") | ("iframe" | "embed", "src") | ("object", "data") => Some(LinkKind::HtmlLink),
            ("img" | "source" | "video" | "audio" | "track" | "input", "src")
            | ("img" | "source", "srcset")
            | ("video", "poster")
            | ("image", "href" | "xlink:href") => Some(LinkKind::HtmlImage),
            _ => None,
        };
        if name == "a" && known_lower == "name" {
            tokens.push(Token::Anchor(value));
        }
        let Some(kind) = kind.filter(|_| !value.trim().is_empty()) else {
            if fixed.is_some() {
                tokens.extend([Token::Html(quote), Token::Html(value), Token::Html(quote)]);
                space(html, kept, tokens);
            }
            continue;
        };
        if fixed.is_none() {
            tokens.push(Token::Html(&html[kept..at]));
        }
        // What the address becomes may need quotes.
        tokens.push(Token::Html(quote));
        let mut done = 0;
        for place in places {
            tokens.push(Token::Html(&value[done..place.start]));
            tokens.push(Token::Address { value: &value[place.clone()], kind, at: at + place.start });
            done = place.end;
        }
        tokens.push(Token::Html(&value[done..]));
        tokens.push(Token::Html(quote));
        if fixed.is_none() {
            kept = at + value.len();
        } else {
            space(html, kept, tokens);
        }
    }
    // HTML knows no `<Foo/>`: browsers would put all that follows into it.
    if is_self_closing && !super::elements::is_void(&name) {
        tokens.push(Token::Html(html[kept..(end - 2).max(kept)].trim_end()));
        tokens.push(Token::Html(">"));
        tokens.push(Token::Started);
        tokens.push(Token::End { name: written, at: start });
    } else {
        tokens.push(Token::Html(&html[kept..end]));
        tokens.push(Token::Started);
    }
}

/// White space before what follows an attribute that was left out, if there is none.
fn space<'h>(html: &'h str, at: usize, tokens: &mut Vec<Token<'h>>) {
    if html[at..].starts_with(|next: char| !next.is_ascii_whitespace() && !matches!(next, '>' | '/')) {
        tokens.push(Token::Html(" "));
    }
}

/// The text that an attribute's value means: its entities are resolved.
pub(crate) fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(start) = rest.find('&') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        let name = rest[1..].find(|char: char| !char.is_ascii_alphanumeric() && char != '#').unwrap_or(0);
        let end = if rest[1 + name..].starts_with(';') { name + 2 } else { 1 };
        // Markdown resolves the same entities; nothing else in so short a text means anything to it.
        for event in pulldown_cmark::Parser::new(&rest[..end]) {
            if let pulldown_cmark::Event::Text(part) = event {
                text.push_str(&part);
            }
        }
        rest = &rest[end..];
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_in_attributes() {
        let cases = [
            ("?a=1&amp;b=2", "?a=1&b=2"),
            ("?a=1&b=2", "?a=1&b=2"),
            ("&eacute;t&#233;&#x301;&quot;&#39;", "été\u{301}\"'"),
            ("&amp;lt; & &; &nope; &#", "&lt; & &; &nope; &#"),
            ("&", "&"),
        ];
        for (value, text) in cases {
            assert_eq!(unescape(value), text);
        }
    }

    /// The whole again, with addresses in brackets and anchors in braces.
    fn show(html: &str) -> String {
        let shown = tokens(html).into_iter().map(|token| match token {
            Token::Html(html) | Token::Text(html) => html.to_owned(),
            Token::Comment { text, at } => {
                assert_eq!(&html[at..at + text.len()], text);
                text.to_owned()
            }
            Token::Element { text, at } => {
                assert_eq!(&html[at..at + text.len()], text);
                "ELEMENT".to_owned()
            }
            Token::Start { name, at } => {
                assert!(html[at..].starts_with(&format!("<{name}")));
                String::new()
            }
            Token::Started => String::new(),
            Token::End { name, .. } => format!("</{name}>"),
            Token::Id(id) => format!(" id={{{id}}}"),
            Token::Address { value, at, .. } => {
                assert_eq!(&html[at..at + value.len()], value);
                format!("[{value}]")
            }
            Token::Autolink { address, .. } => format!("<{address}>"),
            Token::Anchor(id) => format!("{{{id}}}"),
            Token::Dynamic { attribute, at } => {
                assert_eq!(&html[at..at + attribute.len()], attribute);
                String::new()
            }
        });
        shown.collect()
    }

    #[test]
    fn addresses_and_anchors() {
        for (html, want) in [
            ("<a href=\"./a.md\" class=x>t</a>", "<a href=\"[./a.md]\" class=x>t</a>"),
            ("<img alt='a > b' src='/x.png' />", "<img alt='a > b' src='[/x.png]' />"),
            ("<h2 id=\"été\"class=a>", "<h2 id={été} class=a>"),
            ("<a name=x></a>", "{x}<a name=x></a>"),
            ("<Badge text=\"a\"/> b", "<Badge text=\"a\"></Badge> b"),
            ("<br/><hr />", "<br/><hr />"),
            ("<!-- <a href=\"x\"> --><b>", "<!-- <a href=\"x\"> --><b>"),
            ("<script>a < b; '<a href=\"x\">'</script>c", "ELEMENTc"),
            ("a < b > c", "a < b > c"),
            ("<a href=\"x", "<a href=\"x"),
            ("<", "<"),
            ("<a href=>", "<a href=>"),
            ("<a href= >x", "<a href= >x"),
            ("<a href=b.md>t</a>", "<a href=\"[b.md]\">t</a>"),
            ("<img src=./a.png/>", "<img src=\"[./a.png]\"/>"),
            ("<a :href=\"x\" @click.prevent='y' class=z>t</a>", "<a class=z>t</a>"),
            ("<a @click=\"a > b\">t</a>", "<a>t</a>"),
            ("<img :src=\"$withBase('/a.png')\" alt=a>", "<img src=\"[/a.png]\" alt=a>"),
            ("<img :src=\"$withBase('/a.png')\"/>", "<img src=\"[/a.png]\"/>"),
            ("<img alt='' v-if='a' :width=\"30\" :title=\"b\">", "<img alt='' width=\"30\">"),
            ("<p v-pre>{{ x }}</p>", "<p>{{ x }}</p>"),
            ("<p v-html=\"x\"/>", "<p></p>"),
            ("<p @click/>", "<p></p>"),
            ("<img srcset=\"a.png, b.png 2x\">", "<img srcset=\"[a.png], [b.png] 2x\">"),
            ("<source srcset=a.png>", "<source srcset=\"[a.png]\">"),
            ("<object data='a.pdf'></object>", "<object data='[a.pdf]'></object>"),
            ("<h2 :id=\"'a'\">", "<h2 id={a}>"),
            ("<iframe src='b.html'></iframe>", "<iframe src='[b.html]'></iframe>"),
            ("<video poster=\"p.png\" src=\"v.mp4\"></video>", "<video poster=\"[p.png]\" src=\"[v.mp4]\"></video>"),
        ] {
            assert_eq!(show(html), want, "{html}");
        }
    }
}
