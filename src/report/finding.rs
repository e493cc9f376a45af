//! A finding with its place as people count it: file, line, column.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::base::{LineColumn, SourcePath, Span};
use crate::diag::{Diagnostic, Report, Severity};

use super::{Options, Texts};

/// A diagnostic, ready to be printed.
pub(super) struct Finding<'a> {
    /// What was found.
    pub diagnostic: &'a Diagnostic,
    /// How much it matters here: strictness makes a warning an error.
    pub severity: Severity,
    /// Where it is.
    pub place: Option<Place>,
    /// What explains it.
    pub labels: Vec<(Place, &'a str)>,
}

/// A place in a file.
pub(super) struct Place {
    /// The path from the current folder.
    pub file: String,
    /// The lines; `None` if the file has no text to show.
    pub lines: Option<Lines>,
}

/// The lines that a place covers.
pub(super) struct Lines {
    file: Rc<LineIndex>,
    /// First character.
    pub start: LineColumn,
    /// One past the last character, on the line of that character.
    pub end: LineColumn,
}

impl Lines {
    /// The first line, without its end.
    pub fn first(&self) -> &str {
        self.file.line(self.start.line)
    }

    /// The first column after the place on its first line.
    pub fn first_line_end(&self) -> usize {
        match self.end.line == self.start.line {
            true => self.end.column,
            false => self.first().chars().count() + 1,
        }
    }
}

/// Where the lines of a text start, so that each finding costs no scan of the file.
struct LineIndex {
    text: Arc<str>,
    starts: Vec<usize>,
}

impl LineIndex {
    fn new(text: Arc<str>) -> LineIndex {
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        LineIndex { text, starts }
    }

    fn line(&self, number: usize) -> &str {
        let start = self.starts[number - 1];
        let end = self.starts.get(number).map_or(self.text.len(), |next| next - 1);
        self.text[start..end].trim_end_matches('\r')
    }

    /// The offset of the character that `offset` falls into.
    fn boundary(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    fn at(&self, offset: usize) -> LineColumn {
        let offset = self.boundary(offset);
        let line = self.starts.partition_point(|&start| start <= offset);
        LineColumn { line, column: self.text[self.starts[line - 1]..offset].chars().count() + 1 }
    }
}

/// The findings of a report, in its order, each with its place.
pub(super) fn locate<'a>(report: &'a Report, texts: &Texts<'_>, options: &Options) -> Vec<Finding<'a>> {
    let mut files: BTreeMap<&'a SourcePath, Option<Rc<LineIndex>>> = BTreeMap::new();
    let mut place = |span: &'a Span| {
        let file =
            files.entry(&span.file).or_insert_with(|| texts(&span.file).map(|text| Rc::new(LineIndex::new(text))));
        let lines = file.clone().map(|file| {
            let start = file.boundary(span.start as usize);
            let end = file.boundary(span.end as usize).max(start);
            // A place that takes in the end of its last line is no place on the next.
            let end = start + file.text[start..end].trim_end_matches(['\n', '\r']).len();
            Lines { start: file.at(start), end: file.at(end), file }
        });
        Place { file: format!("{}{}", options.prefix, span.file), lines }
    };
    report
        .diagnostics()
        .iter()
        .map(|diagnostic| Finding {
            diagnostic,
            severity: match diagnostic.severity {
                Severity::Warning if options.strict => Severity::Error,
                severity => severity,
            },
            place: diagnostic.span.as_ref().map(&mut place),
            labels: diagnostic.labels.iter().map(|label| (place(&label.span), label.message.as_str())).collect(),
        })
        .collect()
}
