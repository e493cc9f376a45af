//! `<!-- @include: ./x.md#region{3,} -->`: finds such comments and reads them.

use std::ops::Range;

use memchr::memmem;

use crate::base::Span;
use crate::page::selection::Lines;
use crate::page::types::Source;

/// What every such comment has.
pub(super) const NAME: &str = "@include:";

/// A comment that asks for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Directive<'t> {
    /// The comment.
    pub range: Range<usize>,
    /// The file, as written.
    pub path: &'t str,
    /// The name of a part of it.
    pub region: Option<&'t str>,
    /// Lines of it, or of that part.
    pub lines: Option<Lines>,
}

impl Directive<'_> {
    /// Where the path stands in its file.
    pub(super) fn path_span(&self, file: &Source) -> Span {
        let comment = &file.text[self.range.clone()];
        let behind = comment.find(NAME).map_or(0, |at| at + NAME.len());
        let start = self.range.start + behind + comment[behind..].find(self.path).unwrap_or(0);
        Span::new(file.path.clone(), start..start + self.path.len())
    }
}

/// The first such comment that stands whole in `range`.
pub(super) fn next(text: &str, range: Range<usize>) -> Option<Directive<'_>> {
    let finder = memmem::Finder::new(NAME);
    let mut from = range.start;
    while let Some(found) = finder.find(&text.as_bytes()[from..range.end]) {
        let name = from + found;
        let after = name + NAME.len();
        let before = text[range.start..name].trim_end();
        if let Some(start) = before.strip_suffix("<!--").map(str::len) {
            let rest = &text[after..range.end];
            // No file has such a name, and no line is read twice.
            let rest = &rest[..memmem::find(rest.as_bytes(), NAME.as_bytes()).unwrap_or(rest.len())];
            if let Some((written, _)) = rest.split_once("-->")
                && !written.trim().is_empty()
                && !written.trim().contains('\n')
            {
                let end = after + written.len() + "-->".len();
                return Some(directive(range.start + start..end, written.trim()));
            }
        }
        from = after;
    }
    None
}

/// Reads what the comment asks for: a path, then a region and lines in either order.
fn directive(range: Range<usize>, written: &str) -> Directive<'_> {
    let (mut path, mut region, mut lines) = (written, None, None);
    loop {
        if lines.is_none()
            && let Some((before, found)) = Lines::at_end(path)
        {
            (path, lines) = (before.trim_end(), Some(found));
        } else if region.is_none()
            && let Some((before, name)) = path.rsplit_once('#')
            && !before.is_empty()
            && !name.is_empty()
            && !name.contains(['/', '\\', ' ', '{'])
        {
            (path, region) = (before.trim_end(), Some(name));
        } else {
            return Directive { range, path, region, lines };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(first: u32, last: u32) -> Option<Lines> {
        Some(Lines { first, last: Some(last).filter(|last| *last > 0) })
    }

    #[test]
    fn spellings() {
        for (text, want) in [
            ("<!-- @include: ./x.md -->", Some(("./x.md", None, None))),
            ("<!--@include:x.md-->", Some(("x.md", None, None))),
            ("<!--\n@include: ./a b.md\n-->", Some(("./a b.md", None, None))),
            ("<!-- @include: ./x.md{3,} -->", Some(("./x.md", None, lines(3, 0)))),
            ("<!-- @include: ./x.md{,10} -->", Some(("./x.md", None, lines(1, 10)))),
            ("<!-- @include: ./x.md{1,10} -->", Some(("./x.md", None, lines(1, 10)))),
            ("<!-- @include: ./x.md{2-5} -->", Some(("./x.md", None, lines(2, 5)))),
            ("<!-- @include: ./x.md{4} -->", Some(("./x.md", None, lines(4, 4)))),
            ("<!-- @include: ./x.md#part -->", Some(("./x.md", Some("part"), None))),
            ("<!-- @include: ./x.md#part{2,} -->", Some(("./x.md", Some("part"), lines(2, 0)))),
            ("<!-- @include: ./x.md{2,}#part -->", Some(("./x.md", Some("part"), lines(2, 0)))),
            ("<!-- @include: ./x.md #part {2,} -->", Some(("./x.md", Some("part"), lines(2, 0)))),
            ("<!-- @include: ./c#/x.md -->", Some(("./c#/x.md", None, None))),
            ("<!-- @include: ./x.md{a} -->", Some(("./x.md{a}", None, None))),
            ("<!-- @include: -->", None),
            ("<!-- @include: ./x.md", None),
            ("<!-- @include: ./x.md\ny -->", None),
            ("<!-- include: ./x.md -->", None),
            ("<!-- @@include: ./x.md -->", None),
            ("@include: ./x.md -->", None),
        ] {
            let got = next(text, 0..text.len());
            assert_eq!(got.map(|found| (found.path, found.region, found.lines)), want, "{text}");
        }
    }

    #[test]
    fn places() {
        let text = "a <!-- @include: b --> <!-- @include: <!--@include: c--> d";
        let first = next(text, 0..text.len()).expect("there are two");
        assert_eq!(&text[first.range.clone()], "<!-- @include: b -->");
        let second = next(text, first.range.end..text.len()).expect("there are two");
        assert_eq!(&text[second.range], "<!--@include: c-->");
        assert_eq!(next(text, 0..first.range.end - 1), None);
    }

    #[test]
    fn what_never_ends_takes_no_time() {
        let text = "<!-- @include: a".repeat(50_000);
        assert_eq!(next(&text, 0..text.len()), None);
        let text = format!("<!-- @include: a{}", "\n".repeat(500_000));
        assert_eq!(next(&text, 0..text.len()), None);
    }
}
