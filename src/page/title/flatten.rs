//! VuePress 1's way from the raw source of a heading to its text, step by step and quirk by quirk: sites show the result
//! in their titles and sidebars.

use crate::page::emoji;

/// More of a heading is never shown; it bounds the work on a line that is megabytes long.
const LONGEST: usize = 1000;

/// The text of a title or of a heading in the sidebar: without HTML, entities and Markdown as VuePress 1 strips them.
pub fn flatten(source: &str) -> String {
    let end = source.char_indices().nth(LONGEST).map_or(source.len(), |(at, _)| at);
    let text = without_html(&source[..end]);
    let text = unescape(&text);
    let text = emoji::replace(&text);
    let text = without_links(&text);
    let text = without_markers(&text);
    let text = without_backslashes(&text);
    text.trim().to_owned()
}

/// Drops everything from a `<` to the last `>`, with the text between tags; HTML in backticks stays.
fn without_html(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    let mut at_start = true;
    while let Some((open, close)) = html_in(rest, at_start) {
        kept.push_str(&rest[..open]);
        // The character after the `>` is part of what was matched: the next match starts after it.
        let next = rest[close..].chars().next().map_or(close, |char| close + char.len_utf8());
        kept.push_str(&rest[close..next]);
        rest = &rest[next..];
        at_start = false;
    }
    kept + rest
}

/// Where HTML starts and ends in `text`: a `<` after a character that is none of ``><`\``, up to the last `>` before
/// a character that is none of ``><` ``.
fn html_in(text: &str, at_start: bool) -> Option<(usize, usize)> {
    let open = text.match_indices('<').map(|(at, _)| at).find(|&at| match text[..at].chars().next_back() {
        None => at_start,
        Some(before) => !matches!(before, '>' | '<' | '`' | '\\'),
    })?;
    let close = text
        .rmatch_indices('>')
        .map(|(at, _)| at + 1)
        .find(|&end| text[end..].chars().next().is_none_or(|after| !matches!(after, '>' | '<' | '`')))?;
    (open + 1 < close).then_some((open, close))
}

fn unescape(text: &str) -> String {
    // No other entity is known, not even `&amp;`.
    let entities = [("&quot;", "\""), ("&#39;", "'"), ("&#x3A;", ":"), ("&lt;", "<"), ("&gt;", ">")];
    entities.into_iter().fold(text.to_owned(), |text, (entity, char)| match text.contains(entity) {
        true => text.replace(entity, char),
        false => text,
    })
}

/// `[text](url)` -> `text`, where both have two characters or more.
fn without_links(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        kept.push_str(&rest[..open]);
        rest = &rest[open..];
        match link_at_start(rest) {
            Some((label, end)) => {
                kept.push_str(label);
                rest = &rest[end..];
            }
            None => {
                kept.push('[');
                rest = &rest[1..];
            }
        }
    }
    kept + rest
}

fn link_at_start(text: &str) -> Option<(&str, usize)> {
    let (label, after) = until(&text[1..], ']')?;
    let (url, _) = until(after.strip_prefix('(')?, ')')?;
    Some((label, "[](".len() + label.len() + url.len() + ")".len()))
}

/// What stands before `end`, which may be neither the first nor the second character, and what stands after it.
fn until(text: &str, end: char) -> Option<(&str, &str)> {
    let first = text.chars().next()?.len_utf8();
    let length = first + text[first..].find(end).filter(|&length| length > 0)?;
    Some((&text[..length], &text[length + 1..]))
}

/// Drops paired `` ` ``, `*`, `**`, `***` and `_`, in words too: `a_b_c` -> `abc`.
fn without_markers(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['`', '*', '_']) {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        let markers: &[&str] = match rest.as_bytes()[0] {
            b'`' => &["`"],
            b'_' => &["_"],
            _ => &["***", "**", "*"],
        };
        match markers.iter().find_map(|marker| marked_at_start(rest, marker)) {
            Some((inner, end)) => {
                kept.push_str(inner);
                rest = &rest[end..];
            }
            None => {
                kept.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    kept + rest
}

/// The text between `marker` at the start and its next occurrence that has a character other than a backslash before it.
fn marked_at_start<'a>(text: &'a str, marker: &str) -> Option<(&'a str, usize)> {
    let inner = text.strip_prefix(marker)?;
    let first = inner.chars().next()?.len_utf8();
    let closes = |&end: &usize| inner[end..].starts_with(marker) && !inner[..end].ends_with('\\');
    let end = inner.char_indices().map(|(at, _)| at).filter(|&at| at >= first).find(closes)?;
    Some((&inner[..end], marker.len() * 2 + end))
}

/// Drops the backslash before a character that Markdown knows.
fn without_backslashes(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match chars.peek() {
            Some(&next @ ('*' | '_' | '`' | '!' | '<')) if char == '\\' => {
                kept.push(next);
                chars.next();
            }
            _ => kept.push(char),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_vuepress_1_does() {
        let cases = [
            ("plain é", "plain é"),
            ("Code `a` and **b** and *c*", "Code a and b and c"),
            ("a_b_c d__e__f", "abc d_e_f"),
            ("\\*a\\* b", "*a* b"),
            ("x <Badge/> y", "x  y"),
            ("<i>a</i> b <i>c</i>", ""),
            ("1 < 2 > 1 <x>", "1"),
            ("`<x>` y", "<x> y"),
            ("`<x/>` <Badge/>", "<x/>"),
            ("[ab](cd) [a](bc)", "ab [a](bc)"),
            ("[[ab](cd)]", "[ab]"),
            ("![ab](cd)", "!ab"),
            ("&lt;T&gt; &amp; &#x1F4A1;", "<T> &amp; &#x1F4A1;"),
            (":tada: :nope:", "🎉 :nope:"),
            ("T {#id} [^1]", "T {#id} [^1]"),
            ("***", "*"),
            ("*a", "*a"),
            ("  ", ""),
        ];
        for (source, text) in cases {
            assert_eq!(flatten(source), text, "{source}");
        }
    }

    #[test]
    fn a_very_long_heading_is_cut() {
        assert_eq!(flatten(&"é[".repeat(1 << 18)).chars().count(), LONGEST);
    }
}
