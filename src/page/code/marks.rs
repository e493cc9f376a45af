//! What notations say of the lines of a block.

use std::ops::RangeInclusive;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Mark {
    Highlighted,
    Focused,
    Added,
    Removed,
    Info,
    Warning,
    Error,
}

/// Marks of lines, counted from 1. Ranges may overlap, be empty, or lie past the end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Marks {
    /// What lines are.
    pub lines: Vec<(RangeInclusive<u32>, Mark)>,
    /// Words that stand out in lines; 64 at most.
    pub words: Vec<(RangeInclusive<u32>, Box<str>)>,
}

/// The marks of one line.
#[derive(Clone, Copy)]
pub(super) struct LineMarks(u64);

impl LineMarks {
    pub(super) fn has(self, mark: Mark) -> bool {
        self.0 & (1 << mark as u32) != 0
    }
}

impl Marks {
    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.words.is_empty()
    }

    /// Whether any line has this mark.
    pub(super) fn any(&self, mark: Mark) -> bool {
        self.lines.iter().any(|(_, one)| *one == mark)
    }

    /// The marks of each of `count` lines; `highlighted` are marked, too.
    pub(super) fn of_lines(&self, highlighted: &[RangeInclusive<u32>], count: usize) -> Vec<LineMarks> {
        let highlighted = highlighted.iter().map(|range| (range, Mark::Highlighted as u32));
        let marks = self.lines.iter().map(|(range, mark)| (range, *mark as u32));
        bits(marks.chain(highlighted), count).into_iter().map(LineMarks).collect()
    }

    /// For each of `count` lines, a bit for each of [`Marks::words`] that is looked for in it.
    pub(super) fn words_of_lines(&self, count: usize) -> Vec<u64> {
        bits(self.words.iter().zip(0..).map(|((range, _), bit)| (range, bit)), count)
    }
}

/// For each of `count` lines the bits of the ranges that hold it; takes no longer where ranges overlap.
fn bits<'r>(ranges: impl Iterator<Item = (&'r RangeInclusive<u32>, u32)>, count: usize) -> Vec<u64> {
    let mut changes: Vec<(u32, u32, i32)> = Vec::new();
    for (range, bit) in ranges.filter(|(range, _)| !range.is_empty()) {
        changes.push((*range.start(), bit, 1));
        changes.push((range.end().saturating_add(1), bit, -1));
    }
    changes.sort_unstable();
    let mut changes = changes.into_iter().peekable();
    let mut open = [0_i32; 64];
    let mut now = 0_u64;
    let mut of_lines = Vec::with_capacity(count);
    for line in 1..=count as u32 {
        while let Some((_, bit, change)) = changes.next_if(|(at, ..)| *at <= line) {
            let open = &mut open[bit as usize];
            *open += change;
            now = if *open > 0 { now | 1 << bit } else { now & !(1 << bit) };
        }
        of_lines.push(now);
    }
    of_lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::reversed_empty_ranges, reason = "settings and notations may give them")]
    fn ranges_overlap_and_lie_past_the_end() {
        let marks = Marks {
            lines: vec![
                (2..=4, Mark::Added),
                (3..=u32::MAX, Mark::Added),
                (4..=3, Mark::Error),
                (3..=3, Mark::Focused),
            ],
            words: Vec::new(),
        };
        let of_lines = marks.of_lines(&[1..=1, 1..=2], 4);
        let shown = |mark| of_lines.iter().map(|line| line.has(mark)).collect::<Vec<_>>();
        assert_eq!(shown(Mark::Added), [false, true, true, true]);
        assert_eq!(shown(Mark::Highlighted), [true, true, false, false]);
        assert_eq!(shown(Mark::Focused), [false, false, true, false]);
        assert_eq!(shown(Mark::Error), [false; 4]);
        assert!(marks.of_lines(&[], 0).is_empty());
    }
}
