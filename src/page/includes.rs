//! Puts the files into a page that `<!-- @include: ./x.md -->` asks for, before its blocks are read.
//!
//! Comes in: a page, and a shelf of files. Goes out: the text with all that it includes, to any depth, and [`Origins`], which lead
//! from each byte of it back to the file that it came from. [`directive`] reads the comments, [`choose`] cuts out what one asks
//! for, [`expand`] here walks the files with a stack of its own. A comment that cannot be obeyed stays as it is.

mod choose;
mod directive;
mod line;
mod origins;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

pub(crate) use origins::Origins;

use super::blocks;
use super::library::Shelf;
use super::types::{Shown, Source};
use super::wanted::{self, Asker, Place};
use crate::base::{SourcePath, Span};
use crate::config::{Conventions, MarkdownConfig};
use crate::diag::Diagnostic;
use directive::Directive;
use line::Line;

/// How many files a page may include, each as often as it does.
const MAX_INCLUDES: usize = 5_000;

/// How many bytes they may have in all.
const MAX_BYTES: usize = 16 << 20;

/// How deep includes may stand in each other.
const MAX_DEPTH: usize = 100;

/// A page with all that it includes.
pub(crate) struct Expanded {
    /// The page; its text is the expanded one.
    pub source: Source,
    /// Where the text came from.
    pub origins: Origins,
    /// What is wrong with its includes, with places in their files.
    pub diagnostics: Vec<Diagnostic>,
    /// The files.
    pub shown: Vec<Shown>,
}

/// Puts in what `source` includes; its text begins at `body_start`. `None`: it includes nothing.
pub(crate) fn expand(
    source: &Source,
    body_start: usize,
    content: &SourcePath,
    config: &MarkdownConfig,
    shelf: &mut Shelf<'_>,
) -> Option<Expanded> {
    let known = config.extended || config.conventions != Conventions::VuePress1;
    if !known || memchr::memmem::find(&source.text.as_bytes()[body_start..], directive::NAME.as_bytes()).is_none() {
        return None;
    }
    let page = Arc::new(source.clone());
    let mut expansion = Expansion {
        page: &source.path,
        content,
        config,
        text: source.text[..body_start].to_owned(),
        origins: Origins::default(),
        diagnostics: Vec::new(),
        shown: Vec::new(),
        open: Vec::new(),
        line_start: None,
        includes: 0,
        bytes: 0,
    };
    let file = expansion.origins.file(&page);
    expansion.origins.copied(0, file, 0);
    let whole = std::iter::once(body_start..source.text.len()).collect();
    expansion.begin(Open::new(page, file, whole));
    expansion.run(shelf);
    let Expansion { text, origins, diagnostics, shown, .. } = expansion;
    Some(Expanded { source: Source { text: text.into(), ..source.clone() }, origins, diagnostics, shown })
}

/// A file that is being read.
struct Open {
    file: Arc<Source>,
    number: u32,
    /// What was asked for of it.
    asked: Vec<Range<usize>>,
    /// What is shown.
    ranges: Vec<Range<usize>>,
    /// The range that is being read, and how far.
    range: usize,
    at: usize,
    /// What each of its lines but the first begins with.
    prefix: Arc<str>,
    /// Where its code blocks are.
    code: Vec<Range<usize>>,
    /// Whether all of it stands in a code block.
    in_code: bool,
    /// The comment that asked for it.
    by: Option<Span>,
}

impl Open {
    fn new(file: Arc<Source>, number: u32, asked: Vec<Range<usize>>) -> Open {
        let (ranges, prefix) = (asked.clone(), Arc::from(""));
        Open { file, number, asked, ranges, range: 0, at: 0, prefix, code: Vec::new(), in_code: false, by: None }
    }

    /// Whether there is code at a place.
    fn has_code_at(&self, at: usize) -> bool {
        let after = self.code.partition_point(|code| code.start <= at);
        self.code[..after].last().is_some_and(|code| code.contains(&at))
    }

    /// Lets text follow in the line of its last.
    fn drop_last_line_ends(&mut self) {
        if let Some(last) = self.ranges.last_mut() {
            last.end = last.start + self.file.text[last.clone()].trim_end_matches('\n').len();
        }
    }
}

struct Expansion<'e> {
    page: &'e SourcePath,
    content: &'e SourcePath,
    config: &'e MarkdownConfig,
    text: String,
    origins: Origins,
    diagnostics: Vec<Diagnostic>,
    shown: Vec<Shown>,
    open: Vec<Open>,
    /// What the line must begin with at whose start we are.
    line_start: Option<Arc<str>>,
    includes: usize,
    bytes: usize,
}

impl Expansion<'_> {
    fn run(&mut self, shelf: &mut Shelf<'_>) {
        while let Some(open) = self.open.last_mut() {
            let Some(range) = open.ranges.get(open.range).cloned() else {
                self.open.pop();
                continue;
            };
            open.at = open.at.max(range.start);
            let (file, number, at) = (Arc::clone(&open.file), open.number, open.at);
            let Some(directive) = directive::next(&file.text, at..range.end) else {
                (open.range, open.at) = (open.range + 1, 0);
                self.copy(&file.text[at..range.end], number, at);
                continue;
            };
            open.at = directive.range.end;
            self.copy(&file.text[at..directive.range.start], number, at);
            if !self.obey(&directive, &file, shelf) {
                self.copy(&file.text[directive.range.clone()], number, directive.range.start);
            }
        }
    }

    /// Begins to read the file that the comment asks for, if it can be.
    fn obey(&mut self, directive: &Directive<'_>, file: &Arc<Source>, shelf: &mut Shelf<'_>) -> bool {
        let Some(open) = self.open.last() else { return false };
        let line = Line::around(&file.text, &directive.range);
        let in_code = open.in_code || open.has_code_at(directive.range.start);
        // In a page about includes they are shown. VitePress puts files into code blocks, too, if they are there.
        let literal = in_code && (self.config.extended || !self.config.conventions.is_vitepress());
        if literal || line.is_code_span() || self.includes > MAX_INCLUDES {
            return false;
        }
        let span = Span::new(file.path.clone(), directive.range.clone());
        let place = Place { page: self.page, file: &file.path, content: self.content, config: self.config };
        let found = match wanted::find(directive.path, Asker::Include, &place, shelf) {
            Ok(found) => found,
            Err(_) if in_code => return false,
            Err(absence) => {
                let finding = absence.diagnostic("missing-include", directive.path, span, &place, shelf);
                self.diagnostics.push(finding);
                return false;
            }
        };
        let by_line = directive.lines.is_some() && directive.region.is_none();
        self.shown.push(Shown { span: directive.path_span(file), file: found.path.clone(), by_line });
        let asked = match choose::choose(&found, directive, self.config) {
            Ok(choice) => {
                self.diagnostics.extend(choice.finding.map(|finding| finding.at(span.clone())));
                choice.ranges
            }
            Err(finding) => {
                self.diagnostics.push(finding.at(span));
                return false;
            }
        };
        if let Some(first) = self.open.iter().position(|open| open.file.path == found.path && open.asked == asked) {
            self.diagnostics.push(self.cycle(first, &found.path, span));
            return false;
        }
        let prefix = format!("{}{}", open.prefix, line.prefix());
        let lines: usize = asked.iter().map(|range| found.text[range.clone()].matches('\n').count()).sum();
        let shown: usize = asked.iter().map(Range::len).sum();
        self.includes += 1;
        // To look for a region takes time, too.
        self.bytes += (shown + lines * prefix.len()).max(found.text.len() / 16);
        if self.includes > MAX_INCLUDES || self.bytes > MAX_BYTES || self.open.len() > MAX_DEPTH {
            self.includes = MAX_INCLUDES + 1;
            self.diagnostics.push(too_many().at(span));
            return false;
        }
        let known = self.origins.files().len();
        let number = self.origins.file(&found);
        if self.origins.files().len() > known {
            self.diagnostics.extend(found.diagnostics.iter().cloned());
        }
        let mut next = Open { prefix: prefix.into(), in_code, by: Some(span), ..Open::new(found, number, asked) };
        if line.goes_on() {
            next.drop_last_line_ends();
        }
        self.begin(next);
        true
    }

    fn begin(&mut self, mut open: Open) {
        let text = &*open.file.text;
        let mut ranges = open.ranges.iter();
        let has_more = ranges
            .any(|range| memchr::memmem::find(&text.as_bytes()[range.clone()], directive::NAME.as_bytes()).is_some());
        if let Some(first) = open.ranges.first().filter(|_| has_more && !open.in_code) {
            open.code = blocks::code(&text[first.start..], first.start, self.config);
        }
        self.open.push(open);
    }

    /// Writes `piece`, which stands at `from` of a file.
    fn copy(&mut self, piece: &str, file: u32, from: usize) {
        let Some(prefix) = self.open.last().map(|open| Arc::clone(&open.prefix)) else { return };
        let mut from = from;
        // A piece without a prefix needs no look at its lines, except its first.
        let mut rest = piece;
        while !rest.is_empty() {
            if let Some(start) = self.line_start.take() {
                let start = if rest.starts_with('\n') { start.trim_end() } else { &start };
                if !start.is_empty() {
                    self.origins.put_in(self.text.len(), file, from);
                    self.text.push_str(start);
                }
            }
            let end = match prefix.is_empty() {
                true => rest.len(),
                false => memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |at| at + 1),
            };
            self.origins.copied(self.text.len(), file, from);
            self.text.push_str(&rest[..end]);
            if rest[..end].ends_with('\n') {
                self.line_start = Some(Arc::clone(&prefix));
            }
            (from, rest) = (from + end, &rest[end..]);
        }
    }

    /// What is said of a file that is being read already, as `first` of the open ones.
    fn cycle(&self, first: usize, path: &SourcePath, span: Span) -> Diagnostic {
        // Each file, and where it is included. The first in the alphabet comes first: whichever page is read, the circle is told
        // in the same words, and so once.
        let inner = self.open[first + 1..].iter().filter_map(|open| Some((&open.file.path, open.by.clone()?)));
        let mut circle: Vec<(&SourcePath, Span)> = inner.chain([(path, span)]).collect();
        let start = (0..circle.len()).min_by_key(|&at| &circle[at]).unwrap_or(0);
        circle.rotate_left(start);
        let mut files: Vec<String> = circle.iter().map(|(path, _)| format!("`{path}`")).collect();
        files.extend(files.first().cloned());
        let message = match circle.len() {
            1 => format!("`{path}` includes itself"),
            _ => format!("these files include each other: {}", files.join(" → ")),
        };
        let mut told = circle.into_iter();
        let at = told.next().map(|(_, span)| span);
        let finding = Diagnostic {
            span: at,
            ..Diagnostic::warning("include-cycle", message).help("it goes round once; take one of these includes away")
        };
        told.fold(finding, |finding, (path, span)| finding.label(span, format!("`{path}` is included here")))
    }
}

fn too_many() -> Diagnostic {
    let message = format!(
        "this page includes too much: more than {MAX_INCLUDES} files, {} MiB, or {MAX_DEPTH} files in each other",
        MAX_BYTES >> 20
    );
    Diagnostic::warning("too-many-includes", message)
        .help("this include and all that follow are left out; see whether the files include each other over and over")
}
