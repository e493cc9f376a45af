//! Findings whose cure is certain -> files as they should be.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::Engine;
use crate::base::SourcePath;
use crate::config::edits::with_redirects;
use crate::config::{Document, Format};
use crate::diag::{Diagnostic, Report};
use crate::page;
use crate::sink::Edit;
use crate::site::lock::{Cure, Gone};

/// What begins files that some editors save.
const MARK: &[u8] = &[0xef, 0xbb, 0xbf];

/// Places of a file, what is typed there, and what should be.
type Changes<'d> = BTreeMap<(u32, u32), Option<(Cow<'d, str>, Cow<'d, str>)>>;

/// What can be mended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mending {
    /// The files, by path.
    pub edits: Vec<Edit>,
    /// How many places in them.
    pub places: usize,
    /// Files that are not what they were when they were checked, or are no UTF-8: they are left alone.
    pub left: Vec<SourcePath>,
}

impl Engine {
    /// What can be mended of these findings, which are those of the last check.
    pub fn mending(&self, report: &Report) -> Mending {
        let mut files: BTreeMap<&SourcePath, Changes<'_>> = BTreeMap::new();
        for (span, fix) in report.diagnostics().iter().filter_map(|found| found.span.as_ref().zip(found.fix.as_ref())) {
            let change = Some((Cow::Borrowed(&*fix.typed), Cow::Borrowed(&*fix.mended)));
            let changes = files.entry(&span.file).or_default();
            let known = changes.entry((span.start, span.end)).or_insert_with(|| change.clone());
            // One place of an included file may be meant to be different things on different pages.
            if *known != change {
                *known = None;
            }
        }
        let mut mending = Mending::default();
        let recorded = self.recorded(report);
        for (path, (range, mended)) in &recorded {
            let Some(typed) = self.read_text(path).and_then(|text| Some(text.get(range.clone())?.to_owned())) else {
                continue;
            };
            let mended = match self.files.read(path).is_ok_and(|bytes| bytes.windows(2).any(|two| two == b"\r\n")) {
                true => Cow::Owned(mended.replace('\n', "\r\n")),
                false => Cow::Borrowed(&**mended),
            };
            let change = Some((Cow::Owned(typed), mended));
            files.entry(path).or_default().insert((range.start as u32, range.end as u32), change);
        }
        for (path, changes) in files {
            let changes: Vec<(Range<usize>, &str, &str)> = changes
                .iter()
                .filter_map(|((start, end), change)| {
                    change.as_ref().map(|(typed, now)| (*start as usize..*end as usize, &**typed, &**now))
                })
                .collect();
            let before = self.files.read(path).ok().filter(|bytes| {
                self.read_text(path).is_some_and(|text| page::decode(path.clone(), bytes).text == text)
            });
            match before.and_then(|before| Some((spliced(&before, &changes)?, before))) {
                Some(((after, places), before)) if places > 0 => {
                    mending.places += places;
                    mending.edits.push(Edit { path: path.clone(), before, after });
                }
                Some(_) => {}
                None => mending.left.push(path.clone()),
            }
        }
        mending
    }
}

impl Engine {
    /// The text that findings were made from; of a file that none of them is about, as it is.
    fn read_text(&self, path: &SourcePath) -> Option<Arc<str>> {
        self.text(path).or_else(|| Some(page::decode(path.clone(), &self.files.read(path).ok()?).text.clone()))
    }

    /// What makes addresses lead on that are gone, where these findings tell of them: what to write where in which file.
    fn recorded(&self, report: &Report) -> BTreeMap<SourcePath, (Range<usize>, String)> {
        let Some(last) = &self.last else { return BTreeMap::new() };
        let is_told = |gone: &Gone| {
            let same = |found: &Diagnostic| found.span == gone.diagnostic.span && found.code == gone.diagnostic.code;
            report.diagnostics().iter().any(same)
        };
        let (mut aliases, mut rules) = (BTreeMap::<SourcePath, Vec<String>>::new(), Vec::new());
        for cure in self.gone(last).into_iter().filter(is_told).filter_map(|gone| gone.cure) {
            match cure {
                Cure::Alias { page, former } => aliases.entry(page).or_default().push(former),
                Cure::Redirect { from, to } => rules.push((from, to)),
            }
        }
        let mut recorded = BTreeMap::new();
        for (page, formers) in aliases {
            let formers: Vec<&str> = formers.iter().map(String::as_str).collect();
            let change = self.read_text(&page).and_then(|text| page::frontmatter::with_aliases(&text, &formers));
            recorded.extend(change.map(|change| (page, change)));
        }
        let settings = last.opening.opened.config.project.settings.as_ref().filter(|_| !rules.is_empty());
        if let Some((settings, text)) = settings.and_then(|path| Some((path, self.read_text(path)?))) {
            let (document, _) = Document::read(settings, &text, Format::Yaml);
            let rules: Vec<(&str, &str)> = rules.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
            recorded.extend(with_redirects(&document, &rules).map(|change| (settings.clone(), change)));
        }
        recorded
    }
}

/// The bytes with these changes, which count places in the text of the file, and how many were made: only where what is
/// typed is what the finding says. Nothing else changes, be it a mark at the begin or the end of a line.
pub(super) fn spliced(bytes: &[u8], changes: &[(Range<usize>, &str, &str)]) -> Option<(Vec<u8>, usize)> {
    let text = bytes.strip_prefix(MARK).unwrap_or(bytes);
    std::str::from_utf8(text).ok()?;
    let places = places(text);
    let mut after = bytes[..bytes.len() - text.len()].to_vec();
    let (mut from, mut made) = (0, 0);
    for (range, typed, mended) in changes {
        let (Some(&start), Some(&end)) = (places.get(range.start), places.get(range.end)) else { continue };
        if start >= from && text.get(start..end) == Some(typed.as_bytes()) {
            after.extend_from_slice(&text[from..start]);
            after.extend_from_slice(mended.as_bytes());
            from = end;
            made += 1;
        }
    }
    after.extend_from_slice(&text[from..]);
    Some((after, made))
}

/// Where each byte of the text stands in the file: line ends are one byte in the text, NUL is three.
fn places(file: &[u8]) -> Vec<usize> {
    let mut places = Vec::with_capacity(file.len() + 1);
    for (at, byte) in file.iter().enumerate() {
        match byte {
            b'\n' if at > 0 && file[at - 1] == b'\r' => {}
            0 => places.extend([at; char::REPLACEMENT_CHARACTER.len_utf8()]),
            _ => places.push(at),
        }
    }
    places.push(file.len());
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SourcePath;

    #[test]
    fn only_what_is_typed_wrong_changes() {
        let file = "\u{feff}é\0\r\n[a](x.md) [b](x.md)\r[c](y.md)\r\n".as_bytes();
        let path = SourcePath::new("a.md").expect("a path");
        let text = page::decode(path, file).text;
        let at = |what: &str| text.find(what).map(|at| at..at + what.len()).expect("it is there");
        let second = at("[b](x.md)").start + 4..at("[b](x.md)").end - 1;
        let changes = [(at("x.md"), "x.md", "new/x.md"), (second, "z.md", "no.md"), (at("y.md"), "y.md", "é.md")];
        let (after, made) = spliced(file, &changes).expect("it is UTF-8");
        assert_eq!(made, 2);
        assert_eq!(String::from_utf8(after).expect("UTF-8"), "\u{feff}é\0\r\n[a](new/x.md) [b](x.md)\r[c](é.md)\r\n");
        assert_eq!(spliced(b"\xff", &[]), None);
    }
}
