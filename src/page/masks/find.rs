//! Where a line needs masks.

use std::borrow::Cow;

use super::{AFTER_TITLE, Mask, NAME, NOTHING, PIPE, SIZE, Tagged};

/// The names of Vue's attributes in tags.
pub(super) fn names(line: &str, tagged: &mut Tagged, found: &mut Vec<Mask>) {
    let bytes = line.as_bytes();
    let space = |at: usize| at + bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let mut at = 0;
    while at < bytes.len() {
        match *tagged {
            Tagged::No => {
                let Some(open) = memchr::memchr(b'<', &bytes[at..]) else { return };
                at += open + 1;
                if bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
                    let is_of_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b':');
                    at += bytes[at..].iter().take_while(is_of_name).count();
                    // `<a@b.org>` is an address.
                    let is_tag = bytes.get(at).is_none_or(|byte| byte.is_ascii_whitespace());
                    *tagged = if is_tag { Tagged::Between } else { Tagged::No };
                }
            }
            Tagged::Value(quote) => match memchr::memchr(quote, &bytes[at..]) {
                Some(length) => {
                    at += length + 1;
                    *tagged = Tagged::Between;
                }
                None => return,
            },
            Tagged::Between => {
                at = space(at);
                let Some(&byte) = bytes.get(at) else { return };
                if matches!(byte, b'/' | b'>') {
                    *tagged = if byte == b'>' { Tagged::No } else { Tagged::Between };
                    at += 1;
                    continue;
                }
                let is_of_name = |byte: &&u8| {
                    byte.is_ascii_alphanumeric()
                        || matches!(byte, b'@' | b'#' | b':' | b'.' | b'-' | b'_' | b'[' | b']' | b'$')
                };
                let end = at + bytes[at..].iter().take_while(is_of_name).count();
                let is_vue = matches!(byte, b'@' | b'#' | b':') && end > at + 1 || line[at..end].starts_with("v-");
                if end == at || !is_vue && !byte.is_ascii_alphabetic() && byte != b'_' {
                    *tagged = Tagged::No;
                    continue;
                }
                if is_vue {
                    let is_bad = |at: &usize| matches!(bytes[*at], b'@' | b'#' | b'[' | b']' | b'$');
                    let mask = |at| (at..at + 1, Cow::Owned(format!("{NAME}{:02x}-", bytes[at])));
                    found.extend((at..end).filter(is_bad).map(mask));
                }
                at = end;
                let equals = space(at);
                if bytes.get(equals) != Some(&b'=') {
                    continue;
                }
                at = space(equals + 1);
                match bytes.get(at) {
                    Some(&quote @ (b'"' | b'\'')) => {
                        at += 1;
                        *tagged = Tagged::Value(quote);
                    }
                    Some(_) => {
                        at +=
                            bytes[at..].iter().take_while(|byte| !byte.is_ascii_whitespace() && **byte != b'>').count()
                    }
                    None => {}
                }
            }
        }
    }
}

/// The marks of emphasis that stand between punctuation and a letter of a script without spaces.
pub(super) fn emphasis(line: &str, found: &mut Vec<Mask>) {
    let bytes = line.as_bytes();
    let mut from = 0;
    while let Some(start) = memchr::memchr2(b'*', b'~', &bytes[from..]).map(|at| from + at) {
        let end = start + bytes[start..].iter().take_while(|byte| **byte == bytes[start]).count();
        from = end;
        let (before, after) = (line[..start].chars().next_back(), line[end..].chars().next());
        let (Some(before), Some(after)) = (before, after) else { continue };
        let is_letter = |c: char| !c.is_whitespace() && !is_punctuation(c);
        if is_punctuation(after) && is_letter(before) && (is_cjk(before) || is_cjk(after)) {
            found.push((start..start, Cow::Owned(NOTHING.to_string())));
        }
        if is_punctuation(before) && is_letter(after) && (is_cjk(before) || is_cjk(after)) {
            found.push((end..end, Cow::Owned(NOTHING.to_string())));
        }
    }
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c,
            '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}'
            | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
            | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{3030}' | '\u{30a0}' | '\u{30fb}'
            | '\u{fe30}'..='\u{fe52}' | '\u{fe54}'..='\u{fe61}'
            | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}

/// Whether a character of Chinese, Japanese or Korean may begin with this byte.
pub(super) fn begins_cjk(byte: u8) -> bool {
    matches!(byte, 0xe3..=0xed | 0xef | 0xf0)
}

/// Whether it is of Chinese, Japanese or Korean, punctuation too.
fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{303f}' | '\u{3041}'..='\u{33ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}' | '\u{ff01}'..='\u{ffee}' | '\u{1b000}'..='\u{1b2ff}' | '\u{20000}'..='\u{3ffff}')
}

/// `|` between backticks on one line.
pub(super) fn pipes(line: &str, found: &mut Vec<Mask>) {
    let bytes = line.as_bytes();
    let run = |at: usize| bytes[at..].iter().take_while(|byte| **byte == b'`').count();
    // How many backticks follow one another where: the ends of code are looked up in it.
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'`', &bytes[from..]).map(|at| from + at) {
        runs.push((at, run(at)));
        from = at + run(at);
    }
    let mut next = 0;
    while let Some(&(start, length)) = runs.get(next) {
        next += 1;
        if line[..start].ends_with('\\') {
            continue;
        }
        // Few runs stand on a line of a table.
        let Some(end) = (next..runs.len().min(next + 100)).find(|&other| runs[other].1 == length) else { continue };
        let inside = start + length..runs[end].0;
        let pipe = |at: usize| (inside.start + at..inside.start + at + 1, Cow::Owned(PIPE.to_string()));
        let bars = memchr::memchr_iter(b'|', &bytes[inside.clone()]);
        found.extend(bars.filter(|&at| at == 0 || bytes[inside.start + at - 1] != b'\\').map(pipe));
        next = end + 1;
    }
}

/// ` =200x100)` at the end of an image.
pub(super) fn sizes(line: &str, found: &mut Vec<Mask>) {
    let Some(first) = line.find("](") else { return };
    for (at, _) in line[first..].match_indices(" =").map(|(at, found)| (first + at, found)) {
        let size = at + 1;
        let digits = |from: usize| from + line[from..].bytes().take(6).take_while(u8::is_ascii_digit).count();
        let width = digits(size + 1);
        if !line[width..].starts_with(['x', 'X']) {
            continue;
        }
        let height = digits(width + 1);
        if !line[height..].starts_with(')') || height == size + 2 {
            continue;
        }
        match line[..at].ends_with('"') {
            true => found.push((at - 1..size, Cow::Owned(format!("{AFTER_TITLE}")))),
            false => found.push((size..size, Cow::Owned(format!("\"{SIZE}")))),
        }
        found.push((height..height, Cow::Owned(format!("{SIZE}\""))));
    }
}
