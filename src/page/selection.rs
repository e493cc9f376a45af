//! Which lines of a file are shown.

use std::ops::Range;

/// Some lines of a text, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lines {
    /// The first.
    pub first: u32,
    /// The last; `None`: to the end.
    pub last: Option<u32>,
}

impl Lines {
    /// `3,`, `,10`, `3,10`, `3-`, `-10`, `3-10` or `3`.
    pub fn parse(written: &str) -> Option<Lines> {
        let number = |text: &str| match text.trim() {
            "" => Some(None),
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                Some(Some(digits.parse().unwrap_or(u32::MAX)))
            }
            _ => None,
        };
        match written.split_once([',', '-']) {
            Some((first, last)) => Some(Lines { first: number(first)?.unwrap_or(1), last: number(last)? }),
            None => number(written)?.map(|line| Lines { first: line, last: Some(line) }),
        }
    }

    /// The `{3,}` at the end of a text, and what comes before it.
    pub fn at_end(text: &str) -> Option<(&str, Lines)> {
        let (before, written) = text.strip_suffix('}')?.rsplit_once('{')?;
        Some((before, Lines::parse(written)?))
    }

    /// These lines of the ranges of `text`, which consist of whole lines.
    pub fn of(self, text: &str, ranges: impl IntoIterator<Item = Range<usize>>) -> Vec<Range<usize>> {
        let mut number = 0_u32;
        let mut kept: Vec<Range<usize>> = Vec::new();
        for range in ranges {
            let mut start = range.start;
            for line in text[range.clone()].split_inclusive('\n') {
                let end = start + line.len();
                number = number.saturating_add(1);
                if number >= self.first && self.last.is_none_or(|last| number <= last) {
                    match kept.last_mut() {
                        Some(last) if last.end == start => last.end = end,
                        _ => kept.push(start..end),
                    }
                }
                start = end;
            }
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let text = "a\nb\nc\nd";
        for (written, want) in [
            ("2,", Some("b\nc\nd")),
            (",2", Some("a\nb\n")),
            ("2,3", Some("b\nc\n")),
            ("2-3", Some("b\nc\n")),
            ("-1", Some("a\n")),
            ("4", Some("d")),
            ("9,", Some("")),
            ("3,2", Some("")),
            ("0,1", Some("a\n")),
            (",", Some(text)),
            ("99999999999", Some("")),
            ("", None),
            ("a", None),
            ("1,2,3", None),
        ] {
            let got = Lines::parse(written).map(|lines| -> String {
                lines.of(text, [0..4, 4..7]).into_iter().map(|range| &text[range]).collect()
            });
            assert_eq!(got.as_deref(), want, "{written}");
        }
        assert_eq!(Lines::at_end("x{1,2}"), Some(("x", Lines { first: 1, last: Some(2) })));
        assert_eq!(Lines::at_end("x{1,2} "), None);
    }
}
