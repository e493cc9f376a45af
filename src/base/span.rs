//! Where something stands in a file.

use std::ops::Range;

use super::SourcePath;

/// A range of bytes in a file's text. Line and column are computed only when it is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: SourcePath,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `range` in `file`. Offsets past 4 GiB are clamped.
    pub fn new(file: SourcePath, range: Range<usize>) -> Span {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span { file, start: clamp(range.start), end: clamp(range.end.max(range.start)) }
    }

    /// How many bytes it has.
    pub fn len(&self) -> usize {
        self.range().len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.range().is_empty()
    }

    /// The range of bytes.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place as people and editors count it: both from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters (Unicode scalar values), from 1.
    pub column: usize,
}

/// The line and column of byte `offset` in `text`; past the end, the end.
pub fn line_column(text: &str, offset: usize) -> LineColumn {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    LineColumn {
        line: before.bytes().filter(|&byte| byte == b'\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "a\nété là\n";
        let offset = text.find("là").expect("it is there");
        assert_eq!(line_column(text, offset), LineColumn { line: 2, column: 5 });
        assert_eq!(line_column(text, 999), LineColumn { line: 3, column: 1 });
    }
}
