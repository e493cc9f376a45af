//! Raw HTML in Markdown: its addresses become links, its ids anchors; the rest is kept as it is.

mod attributes;

use super::types::LinkKind;
use attributes::{Meaning, attributes, meaning, srcset};

/// A part of raw HTML; put together in order they are the whole.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Token<'h> {
    /// Markup, kept.
    Html(&'h str),
    /// Text between tags, kept.
    Text(&'h str),
    /// A whole `script` element.
    Script(&'h str),
    /// The value of an attribute that names a page or file: as written, at this byte of the whole.
    Address { value: &'h str, kind: LinkKind, at: usize },
    /// An address in angle brackets, which is Markdown: as written, at this byte of the whole.
    Autolink { address: &'h str, at: usize },
    /// The name of an attribute that only a program can make sense of, at this byte of the whole. It is left out.
    Dynamic { attribute: &'h str, at: usize },
    /// An `id`, or the `name` of an `a`. It adds nothing to the whole.
    Anchor(&'h str),
}

/// Elements that have no end tag.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// The parts of `html`. It may begin or end anywhere: text that is no whole tag is kept.
pub(crate) fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    // After the last `>` there is no whole tag.
    let last = html.rfind('>').map_or(0, |last| last + 1);
    let mut at = 0;
    while let Some(found) = html[at..].find('<').map(|offset| at + offset).filter(|&found| found < last) {
        if found > at {
            tokens.push(Token::Text(&html[at..found]));
        }
        let rest = &html[found..];
        at = if rest.starts_with("<!--") {
            // The shortest comments, `<!-->` and `<!--->`, end with their own dashes.
            let end = rest[2..].find("-->").map_or(rest.len(), |end| end + 5);
            tokens.push(Token::Html(&rest[..end]));
            found + end
        } else if is_element(rest, "script") || is_element(rest, "style") {
            let close = if is_element(rest, "script") { "</script" } else { "</style" };
            let end = find_ignoring_case(rest, close)
                .and_then(|close| rest[close..].find('>').map(|end| close + end + 1))
                .unwrap_or(rest.len());
            let whole = &rest[..end];
            tokens.push(if close == "</script" { Token::Script(whole) } else { Token::Html(whole) });
            found + end
        } else {
            match tag_end(rest) {
                Some(end) if is_address(&rest[1..end - 1]) => {
                    tokens.push(Token::Autolink { address: &rest[1..end - 1], at: found + 1 });
                    found + end
                }
                Some(end) => {
                    tag(html, found, found + end, &mut tokens);
                    found + end
                }
                None => {
                    tokens.push(Token::Text(&rest[..1]));
                    found + 1
                }
            }
        };
    }
    if at < html.len() {
        tokens.push(Token::Text(&html[at..]));
    }
    tokens
}

/// A tag without the attributes that are Vue's.
pub(crate) fn static_tag(tag: &str) -> String {
    let part = |token| match token {
        Token::Html(part) | Token::Text(part) | Token::Script(part) => part,
        Token::Address { value, .. } => value,
        Token::Autolink { .. } | Token::Dynamic { .. } | Token::Anchor(_) => "",
    };
    tokens(tag).into_iter().map(part).collect()
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

fn find_ignoring_case(text: &str, what: &str) -> Option<usize> {
    text.as_bytes().windows(what.len()).position(|window| window.eq_ignore_ascii_case(what.as_bytes()))
}

/// One past the `>` of the tag that `rest` begins with, if it is a whole tag.
fn tag_end(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let name = if bytes.get(1) == Some(&b'/') { 2 } else { 1 };
    if !bytes.get(name)?.is_ascii_alphabetic() && !matches!(bytes[name], b'!' | b'?') {
        return None;
    }
    let mut quote = None;
    for (index, &byte) in bytes.iter().enumerate().skip(name) {
        match (quote, byte) {
            (None, b'>') => return Some(index + 1),
            (None, b'"' | b'\'') if bytes[..index].trim_ascii_end().ends_with(b"=") => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Reads the tag at `start..end` of `html`.
fn tag<'h>(html: &'h str, start: usize, end: usize, tokens: &mut Vec<Token<'h>>) {
    let text = &html[start..end];
    let name_end = start
        + 1
        + text[1..].find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(text.len() - 1);
    let name = html[start + 1..name_end].to_ascii_lowercase();
    if text.starts_with("</") || text.starts_with("<!") || text.starts_with("<?") {
        return tokens.push(Token::Html(text));
    }
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
                continue;
            }
        };
        let known_lower = known.to_ascii_lowercase();
        let mut quote = if attribute.quoted { "" } else { "\"" };
        if fixed.is_some() {
            // The name without what made it Vue's, and the value without what made it a program.
            tokens.push(Token::Html(&html[kept..attribute.name.start]));
            tokens.push(Token::Html(known));
            tokens.push(Token::Html("="));
            quote = "\"";
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
        if known_lower == "id" || name == "a" && known_lower == "name" {
            tokens.push(Token::Anchor(value));
        }
        let Some(kind) = kind.filter(|_| !value.trim().is_empty()) else {
            if fixed.is_some() {
                tokens.extend([Token::Html("\""), Token::Html(value), Token::Html("\"")]);
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
        }
    }
    // HTML knows no `<Foo/>`: browsers would put all that follows into it.
    if is_self_closing && !VOID.contains(&name.as_str()) {
        tokens.push(Token::Html(html[kept..(end - 2).max(kept)].trim_end()));
        tokens.push(Token::Html("></"));
        tokens.push(Token::Html(&html[start + 1..name_end]));
        tokens.push(Token::Html(">"));
    } else {
        tokens.push(Token::Html(&html[kept..end]));
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
            Token::Script(_) => "SCRIPT".to_owned(),
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
            ("<h2 id=\"été\">", "{été}<h2 id=\"été\">"),
            ("<a name=x></a>", "{x}<a name=x></a>"),
            ("<Badge text=\"a\"/> b", "<Badge text=\"a\"></Badge> b"),
            ("<br/><hr />", "<br/><hr />"),
            ("<!-- <a href=\"x\"> --><b>", "<!-- <a href=\"x\"> --><b>"),
            ("<script>a < b; '<a href=\"x\">'</script>c", "SCRIPTc"),
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
            ("<h2 :id=\"'a'\">", "<h2 id={a}\"a\">"),
            ("<iframe src='b.html'></iframe>", "<iframe src='[b.html]'></iframe>"),
            ("<video poster=\"p.png\" src=\"v.mp4\"></video>", "<video poster=\"[p.png]\" src=\"[v.mp4]\"></video>"),
        ] {
            assert_eq!(show(html), want, "{html}");
        }
    }
}
