//! What is written elsewhere: places in files, and what is there then.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Shared;
use super::mapping::Mapping;
use crate::base::SourcePath;
use crate::build::mending::spliced;
use crate::sink::Edit;

/// What is typed at a place, and what should be.
type Change = (String, String);

/// Changes by file, at the path that it has before, and by place in its text.
#[derive(Clone, Default)]
pub(super) struct Changes(BTreeMap<SourcePath, BTreeMap<(usize, usize), Change>>);

impl Changes {
    /// Adds a change, unless it overlaps another one.
    pub fn add(&mut self, path: &SourcePath, range: Range<usize>, typed: &str, mended: String) -> bool {
        let of_file = self.0.entry(path.clone()).or_default();
        let clashes =
            |(start, end): &(usize, usize)| range == (*start..*end) || range.start < *end && *start < range.end;
        let is_free = !of_file.keys().any(clashes);
        if is_free {
            of_file.insert((range.start, range.end), (typed.to_owned(), mended));
        }
        is_free
    }

    /// How many they are.
    pub fn places(&self) -> usize {
        self.0.values().map(BTreeMap::len).sum()
    }

    /// The contents that files have with them, at the paths that these have afterwards.
    pub fn contents(&self, files: &Shared, mapping: &Mapping) -> BTreeMap<SourcePath, Vec<u8>> {
        self.edits(files).into_iter().map(|edit| (mapping.of(&edit.path), edit.after)).collect()
    }

    /// The files that they change.
    pub fn edits(&self, files: &Shared) -> Vec<Edit> {
        let mut edits = Vec::new();
        for (path, changes) in &self.0 {
            let Ok(before) = files.read(path) else { continue };
            let two = before.windows(2).any(|two| two == b"\r\n");
            let lines = |text: &str| if two { text.replace('\n', "\r\n") } else { text.to_owned() };
            let both = |(typed, mended): &Change| (lines(typed), lines(mended));
            let texts: Vec<Change> = changes.values().map(both).collect();
            let changes: Vec<(Range<usize>, &str, &str)> = changes
                .iter()
                .zip(&texts)
                .map(|(((start, end), _), (typed, mended))| (*start..*end, typed.as_str(), mended.as_str()))
                .collect();
            if let Some((after, _)) = spliced(&before, &changes).filter(|(after, _)| *after != before) {
                edits.push(Edit { path: path.clone(), before, after });
            }
        }
        edits
    }
}
