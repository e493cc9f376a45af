//! A text with some of its parts rewritten, and the way back from the new text to the old one.

use std::ops::Range;

/// A part of a text that is replaced. An empty range is an insertion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub range: Range<usize>,
    pub text: String,
    /// Which of several insertions at one place comes first: those that end something before those that begin something.
    pub order: u8,
}

/// A text after edits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rewritten {
    /// The new text.
    pub text: String,
    /// For each stretch of the new text, where it starts there and in the old text, and whether it was copied.
    stretches: Vec<(usize, usize, bool)>,
}

impl Rewritten {
    /// `text` after these edits, in any order. Of two that overlap the one that starts first holds, and of those the longer.
    pub fn new(text: &str, mut edits: Vec<Edit>) -> Rewritten {
        edits.sort_by(|a, b| {
            let key = |edit: &Edit| (edit.range.start, !edit.range.is_empty(), edit.order);
            key(a).cmp(&key(b)).then(b.range.end.cmp(&a.range.end))
        });
        let mut made = Rewritten { text: String::with_capacity(text.len() + 256), stretches: Vec::new() };
        let mut at = 0;
        for edit in edits {
            if edit.range.start < at {
                continue;
            }
            made.copy(text, at..edit.range.start);
            made.stretches.push((made.text.len(), edit.range.start, false));
            made.text.push_str(&edit.text);
            at = edit.range.end;
        }
        made.copy(text, at..text.len());
        made
    }

    fn copy(&mut self, text: &str, range: Range<usize>) {
        if let Some(part) = text.get(range.clone()) {
            self.stretches.push((self.text.len(), range.start, true));
            self.text.push_str(part);
        }
    }

    /// The place in the old text of a place in the new one; what was put in lies where it was put in.
    pub fn original(&self, offset: usize) -> usize {
        let after = self.stretches.partition_point(|(start, ..)| *start <= offset);
        match after.checked_sub(1).and_then(|last| self.stretches.get(last)) {
            Some((start, original, true)) => original + (offset - start),
            Some((_, original, false)) => *original,
            None => offset,
        }
    }
}

/// The byte at which a line and a column in characters stand, both from 1.
pub(super) fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let column = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
    start + column.min(rest.find('\n').unwrap_or(rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back() {
        let edit = |range, text: &str| Edit { range, text: text.to_owned(), order: 0 };
        let made =
            Rewritten::new("let a: number = 1 + b", vec![edit(16..16, "f("), edit(5..13, ""), edit(21..21, ")")]);
        assert_eq!(made.text, "let a = f(1 + b)");
        for (new, old) in [(4, 4), (6, 14), (8, 16), (10, 16), (14, 20), (15, 21)] {
            assert_eq!(made.original(new), old, "{new}");
        }
    }

    #[test]
    fn an_edit_inside_another_is_left_out() {
        let edit = |range, text: &str| Edit { range, text: text.to_owned(), order: 0 };
        let made = Rewritten::new("abcdef", vec![edit(2..3, "x"), edit(1..5, "-"), edit(5..5, "+")]);
        assert_eq!(made.text, "a-+f");
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(offset("a\nété b\nc", 2, 5), "a\nété ".len());
        assert_eq!(offset("a\nb", 2, 99), 3);
        assert_eq!(offset("a\nb", 99, 1), 3);
    }
}
