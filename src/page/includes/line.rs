//! What stands before and after a comment in its line.

use std::ops::Range;

/// How far the ends of the line are looked for on each side.
const MAX_LENGTH: usize = 2_000;

/// The line around a comment.
pub(super) struct Line<'t> {
    before: &'t str,
    after: &'t str,
}

impl<'t> Line<'t> {
    /// The line of `text` in which `range` stands.
    pub fn around(text: &'t str, range: &Range<usize>) -> Line<'t> {
        let bytes = text.as_bytes();
        let (from, to) = (range.start.saturating_sub(MAX_LENGTH), (range.end + MAX_LENGTH).min(text.len()));
        let start = match memchr::memrchr(b'\n', &bytes[from..range.start]) {
            Some(at) => from + at + 1,
            None if from == 0 => 0,
            None => range.start,
        };
        let end = match memchr::memchr(b'\n', &bytes[range.end..to]) {
            Some(at) => range.end + at,
            None if to == text.len() => to,
            None => range.end,
        };
        Line { before: &text[start..range.start], after: &text[range.end..end] }
    }

    /// Whether more than white space follows.
    pub fn goes_on(&self) -> bool {
        !self.after.trim().is_empty()
    }

    /// Whether it stands between backticks.
    pub fn is_code_span(&self) -> bool {
        let run = |text: &str| text.bytes().take_while(|&byte| byte == b'`').count();
        let mut rest = self.before;
        while let Some(at) = rest.find('`') {
            let length = run(&rest[at..]);
            rest = &rest[at + length..];
            let mut inner = rest;
            loop {
                let Some(at) = inner.find('`') else {
                    // It is open where the comment begins.
                    let mut after = self.after;
                    while let Some(at) = after.find('`') {
                        let closing = run(&after[at..]);
                        if closing == length {
                            return true;
                        }
                        after = &after[at + closing..];
                    }
                    break;
                };
                let closing = run(&inner[at..]);
                inner = &inner[at + closing..];
                if closing == length {
                    rest = inner;
                    break;
                }
            }
        }
        false
    }

    /// What the next lines must begin with to stand in the same quotes and list items.
    pub fn prefix(&self) -> String {
        let bytes = self.before.as_bytes();
        let mut prefix = String::new();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let is_space = |at: usize| matches!(bytes.get(at), Some(b' ' | b'\t'));
            let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            match byte {
                b' ' | b'\t' | b'>' => prefix.push(char::from(byte)),
                b'-' | b'+' | b'*' if is_space(at + 1) => prefix.push(' '),
                b'0'..=b'9'
                    if digits <= 9
                        && matches!(bytes.get(at + digits), Some(b'.' | b')'))
                        && is_space(at + digits + 1) =>
                {
                    prefix.extend(std::iter::repeat_n(' ', digits + 1));
                    at += digits;
                }
                _ => break,
            }
            at += 1;
        }
        prefix
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn around_a_comment() {
        for (text, code, prefix) in [
            ("X", false, ""),
            ("a\n  X\n", false, "  "),
            ("> - X", false, ">   "),
            ("- 10. X", false, "      "),
            ("- [ ] X", false, "  "),
            ("Text X", false, ""),
            ("> Text X", false, "> "),
            ("**X", false, ""),
            ("`X`", true, ""),
            ("a `b` `` ` X `` c", true, ""),
            ("a ``b` X ` c", true, ""),
            ("`a` X `b`", false, ""),
            ("`X", false, ""),
            ("`\nX\n`", false, ""),
        ] {
            let at = text.find('X').expect("there is one");
            let line = Line::around(text, &(at..at + 1));
            assert_eq!((line.is_code_span(), line.prefix().as_str()), (code, prefix), "{text:?}");
        }
        assert!(Line::around("a X b", &(2..3)).goes_on() && !Line::around("a X \nb", &(2..3)).goes_on());
    }
}
