//! Findings whose cure is certain -> files as they should be.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Engine;
use crate::base::SourcePath;
use crate::diag::Report;
use crate::page;
use crate::sink::Edit;

/// What begins files that some editors save.
const MARK: &[u8] = &[0xef, 0xbb, 0xbf];

/// Places of a file, what is typed there, and what should be.
type Changes<'d> = BTreeMap<(u32, u32), Option<(&'d str, &'d str)>>;

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
            let change = Some((&*fix.typed, &*fix.mended));
            let changes = files.entry(&span.file).or_default();
            let known = changes.entry((span.start, span.end)).or_insert(change);
            // One place of an included file may be meant to be different things on different pages.
            if *known != change {
                *known = None;
            }
        }
        let mut mending = Mending::default();
        for (path, changes) in files {
            let changes: Vec<(Range<usize>, &str, &str)> = changes
                .into_iter()
                .filter_map(|((start, end), change)| {
                    change.map(|(typed, now)| (start as usize..end as usize, typed, now))
                })
                .collect();
            let before = self
                .files
                .read(path)
                .ok()
                .filter(|bytes| self.text(path).is_some_and(|text| page::decode(path.clone(), bytes).text == text));
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

/// The bytes with these changes, which count places in the text of the file, and how many were made: only where what is
/// typed is what the finding says. Nothing else changes, be it a mark at the begin or the end of a line.
fn spliced(bytes: &[u8], changes: &[(Range<usize>, &str, &str)]) -> Option<(Vec<u8>, usize)> {
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
