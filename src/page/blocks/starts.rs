//! How blocks begin and end, by the rules of CommonMark 0.31. Every function looks at a line from its first character
//! that is no white space.

use super::line::Line;

/// What ends an HTML block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HtmlEnd {
    /// A line that contains this, in any case.
    Contains(&'static str),
    /// A blank line.
    Blank,
}

/// An opening code fence: its character and length.
pub(super) fn fence(rest: &str) -> Option<(u8, usize)> {
    let marker = *rest.as_bytes().first().filter(|byte| matches!(byte, b'`' | b'~'))?;
    let length = rest.bytes().take_while(|&byte| byte == marker).count();
    let info_is_good = marker == b'~' || !rest[length..].contains('`');
    (length >= 3 && info_is_good).then_some((marker, length))
}

/// Whether the line closes a fence of `marker`s at least `length` long.
pub(super) fn closes_fence(rest: &str, marker: u8, length: usize) -> bool {
    let count = rest.bytes().take_while(|&byte| byte == marker).count();
    count >= length && rest[count..].trim_matches([' ', '\t']).is_empty()
}

/// Whether the line is an ATX heading.
pub(super) fn is_heading(rest: &str) -> bool {
    let level = rest.bytes().take_while(|&byte| byte == b'#').count();
    (1..=6).contains(&level) && matches!(rest.as_bytes().get(level), None | Some(b' ' | b'\t'))
}

/// Whether any block but a paragraph begins with this line.
pub(super) fn begins_block(rest: &str) -> bool {
    rest.starts_with('>')
        || is_heading(rest)
        || thematic_break(rest).is_ok()
        || fence(rest).is_some()
        || html_block(rest, true).is_some()
        || list_item(&mut Line::new(rest), true)
}

/// Whether the line makes the paragraph above it a heading.
pub(super) fn is_setext_underline(rest: &str) -> bool {
    let line = rest.trim_end_matches([' ', '\t']);
    !line.is_empty() && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

/// Whether the line is a thematic break. If not: before which byte of it none begins, so that what is nested in one line is not
/// read again for each list.
pub(super) fn thematic_break(rest: &str) -> Result<(), usize> {
    let marker = rest.bytes().next().filter(|byte| matches!(byte, b'*' | b'-' | b'_')).ok_or(0_usize)?;
    let foreign = rest.bytes().position(|byte| byte != marker && !matches!(byte, b' ' | b'\t'));
    match foreign {
        Some(at) => Err(at),
        None if rest.bytes().filter(|byte| *byte == marker).nth(2).is_some() => Ok(()),
        None => Err(rest.len()),
    }
}

/// A list marker and the white space after it. `line` stands at the marker; it is moved to the item's content.
/// `interrupts` is whether the item would interrupt a paragraph, which an empty one and one that does not start at 1 may not.
pub(super) fn list_item(line: &mut Line<'_>, interrupts: bool) -> bool {
    let rest = line.rest();
    let length = match rest.as_bytes().first() {
        Some(b'-' | b'+' | b'*') => 1,
        Some(b'0'..=b'9') => {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let delimited = matches!(rest.as_bytes().get(digits), Some(b'.' | b')'));
            if digits > 9 || !delimited || interrupts && rest[..digits].trim_start_matches('0') != "1" {
                return false;
            }
            digits + 1
        }
        _ => return false,
    };
    let mut content = *line;
    content.skip_bytes(length);
    let blank = content.is_blank();
    if !matches!(content.rest().as_bytes().first(), None | Some(b' ' | b'\t')) || blank && interrupts {
        return false;
    }
    match content.indent() {
        // An item that begins with indented code, or with nothing, has its content one column after the marker.
        indent if indent > 4 || blank => content.skip_columns(1),
        indent => content.skip_columns(indent),
    };
    *line = content;
    true
}

/// Where the character stands that makes this line a quote or a list item, if it is one, and the entity that stands for it in text.
pub(super) fn nesting_marker(rest: &str) -> Option<(usize, &'static str)> {
    if rest.starts_with('>') {
        return Some((0, "&gt;"));
    }
    if !list_item(&mut Line::new(rest), false) {
        return None;
    }
    let at = rest.bytes().take_while(u8::is_ascii_digit).count();
    let entity = match rest.as_bytes().get(at)? {
        b'-' => "&#45;",
        b'+' => "&#43;",
        b'*' => "&#42;",
        b'.' => "&#46;",
        _ => "&#41;",
    };
    Some((at, entity))
}

/// What ends the HTML block that begins with this line, if one does. `in_paragraph`: the line follows a paragraph, which
/// a lone tag of no known block cannot interrupt.
pub(super) fn html_block(rest: &str, in_paragraph: bool) -> Option<HtmlEnd> {
    let tag = rest.strip_prefix('<')?;
    for (start, end) in [("!--", "-->"), ("?", "?>"), ("![CDATA[", "]]>")] {
        if tag.starts_with(start) {
            return Some(HtmlEnd::Contains(end));
        }
    }
    if tag.starts_with('!') && tag.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) {
        return Some(HtmlEnd::Contains(">"));
    }
    let closing = tag.starts_with('/');
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let length = tag.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (name, after) = (tag[..length].to_ascii_lowercase(), tag.as_bytes().get(length));
    let verbatim = [("script", "</script>"), ("pre", "</pre>"), ("style", "</style>"), ("textarea", "</textarea>")];
    if let Some((_, end)) = verbatim.into_iter().find(|(known, _)| *known == name)
        && !closing
        && matches!(after, None | Some(b' ' | b'\t' | b'>'))
    {
        return Some(HtmlEnd::Contains(end));
    }
    let ended = matches!(after, None | Some(b' ' | b'\t' | b'>')) || tag[length..].starts_with("/>");
    if ended && BLOCK_TAGS.binary_search(&name.as_str()).is_ok() {
        return Some(HtmlEnd::Blank);
    }
    (!in_paragraph && is_lone_tag(rest)).then_some(HtmlEnd::Blank)
}

/// Whether the line is one whole tag and white space.
pub(super) fn is_lone_tag(rest: &str) -> bool {
    let bytes = rest.as_bytes();
    let space = |at: usize| at + bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let run = |at: usize, good: fn(&u8) -> bool| at + bytes[at..].iter().take_while(|byte| good(byte)).count();
    let closing = rest.starts_with("</");
    let name = if closing { 2 } else { 1 };
    if !bytes.get(name).is_some_and(u8::is_ascii_alphabetic) {
        return false;
    }
    let mut at = run(name, |byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    loop {
        let spaced = space(at);
        match bytes.get(spaced) {
            Some(b'>') => return space(spaced + 1) == bytes.len(),
            Some(b'/') if !closing => return bytes.get(spaced + 1) == Some(&b'>') && space(spaced + 2) == bytes.len(),
            Some(byte) if !closing && spaced > at && (byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':')) => {}
            _ => return false,
        }
        at = run(spaced, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'.' | b'-'));
        let equals = space(at);
        if bytes.get(equals) != Some(&b'=') {
            continue;
        }
        let value = space(equals + 1);
        at = match bytes.get(value) {
            Some(&quote @ (b'"' | b'\'')) => match bytes[value + 1..].iter().position(|&byte| byte == quote) {
                Some(length) => value + length + 2,
                None => return false,
            },
            _ => {
                let end = run(value, |byte| !byte.is_ascii_whitespace() && !b"\"'=<>`".contains(byte));
                if end == value {
                    return false;
                }
                end
            }
        };
    }
}

/// Tags that begin an HTML block wherever they stand, sorted.
const BLOCK_TAGS: &[&str] = &[
    "address",
    "article",
    "aside",
    "base",
    "basefont",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "menuitem",
    "nav",
    "noframes",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
    "ul",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences() {
        for (rest, want) in
            [("```", Some((b'`', 3))), ("~~~~ js `x`", Some((b'~', 4))), ("``", None), ("```a`b", None), ("x", None)]
        {
            assert_eq!(fence(rest), want, "{rest}");
        }
        assert!(closes_fence("````  ", b'`', 3) && !closes_fence("```js", b'`', 3) && !closes_fence("~~~", b'`', 3));
    }

    #[test]
    fn items() {
        for (text, interrupts, column) in [
            ("- a", false, Some(2)),
            ("-a", false, None),
            ("1. a", true, Some(3)),
            ("2. a", true, None),
            ("2. a", false, Some(3)),
            ("-", false, Some(1)),
            ("-", true, None),
            ("-     code", false, Some(2)),
            ("-\ta", false, Some(4)),
            ("1234567890. a", false, None),
        ] {
            let mut line = Line::new(text);
            assert_eq!(list_item(&mut line, interrupts).then_some(line.column), column, "{text:?}");
        }
    }

    #[test]
    fn html_blocks() {
        for (rest, in_paragraph, want) in [
            ("<!-- a", true, Some(HtmlEnd::Contains("-->"))),
            ("<div>", true, Some(HtmlEnd::Blank)),
            ("</div>", true, Some(HtmlEnd::Blank)),
            ("<divx", true, None),
            ("<Foo a=\"1\">", false, Some(HtmlEnd::Blank)),
            ("<Foo a=\"1\">", true, None),
            ("<b>x", false, None),
            ("<script src=x>", true, Some(HtmlEnd::Contains("</script>"))),
            ("<https://a.b>", false, None),
            ("<p/>", true, Some(HtmlEnd::Blank)),
            ("</b >", false, Some(HtmlEnd::Blank)),
        ] {
            assert_eq!(html_block(rest, in_paragraph), want, "{rest}");
        }
    }

    #[test]
    fn block_tags_are_sorted() {
        assert!(BLOCK_TAGS.is_sorted());
    }
}
