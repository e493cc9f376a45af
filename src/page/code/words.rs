//! Words in a line of code that stand out.

/// `html`, the HTML of the line `text`, with each of `words` in it in a span of its own.
pub(super) fn mark<'w>(html: &str, text: &str, words: impl Iterator<Item = &'w str>) -> String {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for word in words {
        found.extend(text.match_indices(word).map(|(at, _)| (at, at + word.len())));
    }
    found.sort_unstable();
    // Those that touch are one.
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (start, end) in found {
        match places.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => places.push((start, end)),
        }
    }
    if places.is_empty() { html.to_owned() } else { write(html, &places) }
}

/// Writes `html` with spans around `places`, offsets in its text. The spans of tokens are ended and begun again where one begins
/// or ends within them.
fn write(html: &str, places: &[(usize, usize)]) -> String {
    let mut out = String::with_capacity(html.len() + places.len() * 40);
    let mut places = places.iter().copied().peekable();
    // The tag of the token around, and where the place ends that is open.
    let (mut token, mut open) = ("", None);
    let mut at = 0;
    let mut rest = html;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("</span>") {
            (token, rest) = ("", after);
            out.push_str("</span>");
            continue;
        }
        if open == Some(at) {
            between(&mut out, token, "</span>");
            open = None;
        }
        if open.is_none()
            && let Some((_, end)) = places.next_if(|(start, _)| *start == at)
        {
            between(&mut out, token, "<span class=\"highlighted-word\">");
            open = Some(end);
        }
        let length = match rest.as_bytes()[0] {
            b'<' => rest.find('>').map_or(rest.len(), |end| end + 1),
            b'&' => rest.find(';').map_or(1, |end| end + 1),
            _ => rest.chars().next().map_or(1, char::len_utf8),
        };
        let (piece, after) = rest.split_at(length);
        out.push_str(piece);
        match piece.as_bytes()[0] {
            b'<' => token = piece,
            b'&' => at += 1,
            _ => at += length,
        }
        rest = after;
    }
    if open.is_some() {
        out.push_str("</span>");
    }
    out
}

/// Writes a tag of a word's span between two parts of a token.
fn between(out: &mut String, token: &str, tag: &str) {
    if token.is_empty() {
        out.push_str(tag);
    } else {
        out.push_str("</span>");
        out.push_str(tag);
        out.push_str(token);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_tokens_nest() {
        // `[` and `]` stand for the tags of a word's span, `(` and `)` for those of a token's.
        let check = |html: &str, words: &[&str], marked: &str| {
            let html = html.replace('(', "<span class=\"t-k\">").replace(')', "</span>");
            let text = html.replace("<span class=\"t-k\">", "").replace("</span>", "").replace("&lt;", "<");
            let got = mark(&html, &text, words.iter().copied());
            let got = got.replace("<span class=\"highlighted-word\">", "[").replace("<span class=\"t-k\">", "(");
            // Both end with the same tag: it closes what was opened last.
            let mut open = Vec::new();
            let mut short = String::new();
            for part in got.split_inclusive("</span>") {
                let text = part.strip_suffix("</span>");
                for char in text.unwrap_or(part).chars() {
                    short.push(char);
                    if let '[' | '(' = char {
                        open.push(if char == '[' { ']' } else { ')' });
                    }
                }
                short.extend(text.and_then(|_| open.pop()));
            }
            assert_eq!(short, marked, "{html} {words:?}");
            assert!(open.is_empty(), "{got}");
        };
        check("a b c", &["b"], "a [b] c");
        check("(a) b", &["a"], "[(a)] b");
        check("(a) b", &["a b"], "[(a) b]");
        check("(abc)", &["b"], "(a)[(b)](c)");
        check("(ab)c", &["bc"], "(a)[(b)c]");
        check("a(bc)", &["ab"], "[a(b)](c)");
        check("a(b)", &["b"], "a[(b)]");
        check("&lt;é&lt;é", &["é"], "&lt;[é]&lt;[é]");
        check("a &lt; b", &["<"], "a [&lt;] b");
        check("(aaa)", &["a"], "[(aaa)]");
        check("abcd", &["abc", "bcd", "x"], "[abcd]");
        check("", &["a"], "");
    }
}
