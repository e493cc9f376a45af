//! From the text of a page with all that it includes back to the files.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::base::{SourcePath, Span};
use crate::diag::Diagnostic;
use crate::page::Source;

/// Where each part of an expanded text came from.
#[derive(Debug, Default)]
pub(crate) struct Origins {
    /// The files, the page first.
    files: Vec<Arc<Source>>,
    numbers: BTreeMap<SourcePath, u32>,
    /// Where parts begin, ascending.
    parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug)]
struct Part {
    /// Its first byte in the expanded text.
    at: usize,
    file: u32,
    /// Its first byte in the file.
    from: usize,
    /// Whether it was copied; else it was put in for what is at `from`.
    copied: bool,
}

impl Origins {
    /// The number of `file`, by which its parts are added.
    pub fn file(&mut self, file: &Arc<Source>) -> u32 {
        *self.numbers.entry(file.path.clone()).or_insert_with(|| {
            self.files.push(Arc::clone(file));
            (self.files.len() - 1) as u32
        })
    }

    /// The files, the page first.
    pub fn files(&self) -> &[Arc<Source>] {
        &self.files
    }

    /// What is written at `at` of the expanded text was copied from `from` of the file.
    pub fn copied(&mut self, at: usize, file: u32, from: usize) {
        self.parts.push(Part { at, file, from, copied: true });
    }

    /// What is written at `at` of the expanded text stands for what is at `from` of the file.
    pub fn put_in(&mut self, at: usize, file: u32, from: usize) {
        self.parts.push(Part { at, file, from, copied: false });
    }

    /// The file and the place in it that the byte at `offset` of the expanded text came from.
    fn place(&self, offset: usize) -> Option<(u32, usize)> {
        let after = self.parts.partition_point(|part| part.at <= offset);
        let part = self.parts[..after].last()?;
        Some((part.file, if part.copied { part.from + (offset - part.at) } else { part.from }))
    }

    /// The file that the byte at `offset` of the expanded text came from.
    pub fn path(&self, offset: usize) -> Option<&SourcePath> {
        self.place(offset).map(|(file, _)| &self.files[file as usize].path)
    }

    /// Where a range of the expanded text stands in its file. One that goes on in another file ends where it leaves its own.
    pub fn span(&self, range: Range<usize>) -> Option<Span> {
        let (file, start) = self.place(range.start)?;
        let source = &self.files[file as usize];
        let end = match self.place(range.end.saturating_sub(1).max(range.start)) {
            _ if range.is_empty() => start,
            Some((other, last)) if other == file && last >= start => last + 1,
            _ => {
                let after = self.parts.partition_point(|part| part.at <= range.start);
                self.parts.get(after).map_or(start, |next| start + (next.at - range.start))
            }
        };
        let mut end = end.min(source.text.len());
        while !source.text.is_char_boundary(end) {
            end += 1;
        }
        Some(Span::new(source.path.clone(), start..end))
    }

    /// The finding with all its places in their files.
    pub fn told(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        let labels = diagnostic.labels.iter_mut().map(|label| &mut label.span);
        for span in diagnostic.span.iter_mut().chain(labels) {
            if let Some(place) = self.span(span.range()) {
                *span = place;
            }
        }
        diagnostic
    }
}
