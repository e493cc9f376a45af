//! From the text that was handed to the block parser back to the text that the author typed.

/// The text for the block parser, and where each part of it came from.
#[derive(Debug, Default)]
pub(crate) struct Rewritten {
    /// The text.
    pub text: String,
    /// Where parts begin: offset in `text`, offset in the source, whether the part was copied (else it was put in).
    parts: Vec<(usize, usize, bool)>,
}

impl Rewritten {
    /// Copies `piece`, which stands at `source` in the source.
    pub fn copy(&mut self, piece: &str, source: usize) {
        if piece.is_empty() {
            return;
        }
        // A part that goes on where the last one ended needs no entry of its own.
        let goes_on = matches!(self.parts.last(), Some(&(new, old, true)) if old + (self.text.len() - new) == source);
        if !goes_on {
            self.parts.push((self.text.len(), source, true));
        }
        self.text.push_str(piece);
    }

    /// Puts in `piece`, which stands for what is at `source`.
    pub fn insert(&mut self, piece: &str, source: usize) {
        self.parts.push((self.text.len(), source, false));
        self.text.push_str(piece);
    }

    /// The place in the source of the byte at `offset`.
    pub fn source_offset(&self, offset: usize) -> usize {
        let after = self.parts.partition_point(|&(new, ..)| new <= offset);
        match after.checked_sub(1).map(|index| self.parts[index]) {
            Some((new, old, true)) => old + (offset - new),
            Some((_, old, false)) => old,
            None => offset,
        }
    }

    /// The place in the source of a range that is not empty: its end is where its last byte came from.
    pub fn source_range(&self, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let start = self.source_offset(range.start);
        let end = if range.is_empty() { start } else { self.source_offset(range.end - 1) + 1 };
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_lead_back() {
        let mut rewritten = Rewritten::default();
        rewritten.copy("ab\n", 10);
        rewritten.insert("___\n", 13);
        rewritten.copy("cd", 20);
        rewritten.copy("ef", 22);
        assert_eq!(rewritten.text, "ab\n___\ncdef");
        let back: Vec<usize> = [0, 2, 3, 6, 7, 10].map(|offset| rewritten.source_offset(offset)).into();
        assert_eq!(back, [10, 12, 13, 13, 20, 23]);
        assert_eq!(rewritten.source_range(7..11), 20..24);
        assert_eq!(rewritten.parts.len(), 3);
    }
}
