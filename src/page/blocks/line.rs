//! A line of Markdown, read from left to right in columns: a tab reaches to the next multiple of four.

/// A place in a line. Copying it is how a caller looks ahead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// The line without its line end.
    pub text: &'a str,
    /// The byte that comes next.
    pub at: usize,
    /// The column of that byte, from 0.
    pub column: usize,
    /// Columns of a tab at `at` that were taken already.
    taken: usize,
}

impl<'a> Line<'a> {
    pub fn new(text: &'a str) -> Line<'a> {
        Line { text, at: 0, column: 0, taken: 0 }
    }

    /// What is left of the line.
    pub fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Whether only white space is left.
    pub fn is_blank(&self) -> bool {
        self.rest().bytes().all(|byte| byte == b' ' || byte == b'\t')
    }

    /// How many columns of white space come next.
    pub fn indent(&self) -> usize {
        let mut ahead = *self;
        ahead.skip_indent();
        ahead.column - self.column
    }

    /// Takes all white space that comes next.
    pub fn skip_indent(&mut self) {
        while self.take_column() {}
    }

    /// Takes up to `columns` columns of white space; says how many there were.
    pub fn skip_columns(&mut self, columns: usize) -> usize {
        (0..columns).take_while(|_| self.take_column()).count()
    }

    /// Takes one column of white space, if one comes next.
    fn take_column(&mut self) -> bool {
        match self.text.as_bytes().get(self.at) {
            Some(b' ') => {
                self.at += 1;
                self.column += 1;
                true
            }
            Some(b'\t') => {
                let width = 4 - (self.column - self.taken) % 4;
                self.taken += 1;
                self.column += 1;
                if self.taken == width {
                    self.at += 1;
                    self.taken = 0;
                }
                true
            }
            _ => false,
        }
    }

    /// Takes `bytes` bytes of a marker (ASCII, no tabs).
    pub fn skip_bytes(&mut self, bytes: usize) {
        self.at += bytes;
        self.column += bytes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_reach_to_multiples_of_four() {
        for (text, indent) in [("x", 0), ("  x", 2), ("\tx", 4), (" \tx", 4), ("\t\tx", 8), ("   \t x", 5)] {
            assert_eq!(Line::new(text).indent(), indent, "{text:?}");
        }
    }

    #[test]
    fn a_tab_can_be_taken_in_parts() {
        let mut line = Line::new("-\tx");
        line.skip_bytes(1);
        assert_eq!(line.indent(), 3);
        assert_eq!(line.skip_columns(1), 1);
        assert_eq!((line.column, line.indent(), line.rest()), (2, 2, "\tx"));
        line.skip_indent();
        assert_eq!((line.column, line.rest()), (4, "x"));
    }
}
