//! `<!-- pressoir:ignore dead-link: a reason -->`: findings that an author knows of and does not want to be told.
//!
//! A comment that stands alone in its line is about the next line that is not empty, any other about its own.

use std::ops::Range;

use super::includes::Origins;
use super::types::Source;
use crate::base::Span;
use crate::diag::Diagnostic;
use crate::diag::codes;

/// What such a comment begins with.
const MARK: &str = "pressoir:ignore";

/// Findings that are not told about some lines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ignore {
    /// The lines.
    pub lines: Span,
    /// The kinds of findings, and where the comment names them.
    pub codes: Vec<(&'static str, Span)>,
}

impl Ignore {
    /// Whether something at this place is in these lines, or is about the whole file.
    pub fn covers(&self, place: &Span) -> bool {
        let lines = &self.lines;
        let is_whole = place.start == 0 && place.end == 0;
        lines.file == place.file && (is_whole || (lines.start..lines.end.max(lines.start + 1)).contains(&place.start))
    }

    /// All its places.
    pub(crate) fn spans(&mut self) -> impl Iterator<Item = &mut Span> {
        std::iter::once(&mut self.lines).chain(self.codes.iter_mut().map(|(_, span)| span))
    }
}

/// Whether a comment is one.
pub(crate) fn is_ignore(comment: &str) -> bool {
    let inner = comment.strip_prefix("<!--").unwrap_or(comment).trim_start();
    inner
        .strip_prefix(MARK)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == '-'))
}

/// What the comments at these places say, and what is wrong with them; `page` is the text with all that it includes.
pub(crate) fn ignores(
    page: &Source,
    comments: &[Range<usize>],
    origins: Option<&Origins>,
) -> (Vec<Ignore>, Vec<Diagnostic>) {
    let (mut ignores, mut found) = (Vec::new(), Vec::new());
    for comment in comments {
        let place = origins.and_then(|origins| origins.span(comment.clone()));
        let place = place.unwrap_or_else(|| Span::new(page.path.clone(), comment.clone()));
        let files = origins.map_or(&[][..], |origins| origins.files());
        let text = files.iter().find(|file| file.path == place.file).map_or(&*page.text, |file| &*file.text);
        let Some(written) = text.get(place.range()) else { continue };
        let codes = codes(written, &place, &mut found);
        if !codes.is_empty() {
            let lines = Span::new(place.file.clone(), lines(text, &place.range()));
            ignores.push(Ignore { lines, codes });
        }
    }
    (ignores, found)
}

/// The kinds of findings that a comment names.
fn codes(comment: &str, place: &Span, found: &mut Vec<Diagnostic>) -> Vec<(&'static str, Span)> {
    let start = comment.find(MARK).map_or(0, |at| at + MARK.len());
    let inner = &comment[start..comment.len() - if comment.ends_with("-->") { 3 } else { 0 }];
    // What follows a colon says why.
    let named = inner.split(':').next().unwrap_or_default();
    let at = |word: &str| {
        let at = place.start as usize + (word.as_ptr() as usize - comment.as_ptr() as usize);
        Span::new(place.file.clone(), at..at + word.len())
    };
    let words = named.split(|char: char| char.is_whitespace() || char == ',').filter(|word| !word.is_empty());
    let mut codes = Vec::new();
    for word in words {
        match codes::find(word) {
            Some(code) if code.fatal => found.push(codes::cannot_be_less(code).at(at(word))),
            Some(code) => codes.push((code.name, at(word))),
            None => found.push(codes::unknown(word).at(at(word))),
        }
    }
    if named.trim().is_empty() {
        let nothing = Diagnostic::warning("unknown-check", "this comment does not say what is to be ignored");
        found.push(nothing.at(place.clone()).help("name the findings: `<!-- pressoir:ignore dead-link -->`"));
    }
    codes
}

/// The lines that a comment at `place` is about.
fn lines(text: &str, place: &Range<usize>) -> Range<usize> {
    let start = text[..place.start].rfind('\n').map_or(0, |end| end + 1);
    let line_end = |from: usize| text[from..].find('\n').map_or(text.len(), |at| from + at + 1);
    let end = line_end(place.end);
    // What begins lists and quotes may stand before it.
    let before = text[start..place.start].trim_matches(|char: char| char.is_whitespace() || ">-*+".contains(char));
    if !before.is_empty() || !text[place.end..end].trim().is_empty() {
        return start..end;
    }
    let mut next = end;
    while next < text.len() && text[next..line_end(next)].trim().is_empty() {
        next = line_end(next);
    }
    start..line_end(next.min(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SourcePath;

    #[test]
    fn comments_are_about_lines() {
        for (text, want) in [
            ("a <!-- pressoir:ignore x --> b\nc", "a <!-- pressoir:ignore x --> b\n"),
            ("<!-- pressoir:ignore x -->\n\nc\nd", "<!-- pressoir:ignore x -->\n\nc\n"),
            ("> - <!-- pressoir:ignore x -->\n> c", "> - <!-- pressoir:ignore x -->\n> c"),
            ("<!-- pressoir:ignore x -->", "<!-- pressoir:ignore x -->"),
            ("a\n<!-- pressoir:ignore x -->\n\n", "<!-- pressoir:ignore x -->\n\n"),
        ] {
            let start = text.find("<!--").expect("a comment");
            let end = text.find("-->").expect("it ends") + 3;
            assert_eq!(&text[lines(text, &(start..end))], want, "{text}");
        }
    }

    #[test]
    fn comments_name_findings() {
        let named = |comment: &str| {
            let place = Span::new(SourcePath::root(), 0..comment.len());
            let mut found = Vec::new();
            let codes = codes(comment, &place, &mut found);
            let codes: Vec<String> =
                codes.into_iter().map(|(code, span)| format!("{code}={}", &comment[span.range()])).collect();
            (codes.join(" "), found.into_iter().map(|found| found.message).collect::<Vec<_>>().join(" "))
        };
        for (comment, want, wrong) in [
            ("<!-- pressoir:ignore dead-link -->", "dead-link=dead-link", ""),
            ("<!--pressoir:ignore dead-link, no-alt: soon: x-->", "dead-link=dead-link no-alt=no-alt", ""),
            ("<!-- pressoir:ignore dead-lnk -->", "", "there is no check `dead-lnk`"),
            ("<!-- pressoir:ignore no-pages -->", "", "`no-pages` is always an error"),
            ("<!-- pressoir:ignore -->", "", "this comment does not say what is to be ignored"),
        ] {
            assert!(is_ignore(comment), "{comment}");
            assert_eq!(named(comment), (want.to_owned(), wrong.to_owned()), "{comment}");
        }
        assert!(!is_ignore("<!-- pressoir:ignored x -->") && !is_ignore("<!-- a pressoir:ignore x -->"));
    }
}
