//! The bytes of a Markdown file -> its text: UTF-8, line ends `\n`, no BOM, no NUL. Nothing is refused; what had to be
//! mended is told.

use std::sync::Arc;

use crate::base::{Hash, SourcePath, Span};
use crate::diag::Diagnostic;

use super::Source;

/// The text of the file at `path`.
pub fn decode(path: SourcePath, bytes: &[u8]) -> Source {
    let hash = Hash::of_bytes(bytes);
    let mut diagnostics = Vec::new();
    let text: Arc<str> = match bytes {
        [0xff, 0xfe, rest @ ..] => utf_16(&path, rest, u16::from_le_bytes, &mut diagnostics),
        [0xfe, 0xff, rest @ ..] => utf_16(&path, rest, u16::from_be_bytes, &mut diagnostics),
        [0xef, 0xbb, 0xbf, rest @ ..] | rest => utf_8(&path, rest, &mut diagnostics),
    };
    Source { path, text, hash, diagnostics, made: None }
}

fn utf_8(path: &SourcePath, bytes: &[u8], diagnostics: &mut Vec<Diagnostic>) -> Arc<str> {
    if memchr::memchr2(b'\r', 0, bytes).is_none()
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return text.into();
    }
    let mut mended = Mended::default();
    for chunk in bytes.utf8_chunks() {
        mended.push(chunk.valid());
        if !chunk.invalid().is_empty() {
            mended.push_invalid();
        }
    }
    mended.end(path, "it is shown as `\u{fffd}`: save the file as UTF-8 and write the letter again", diagnostics)
}

fn utf_16(path: &SourcePath, bytes: &[u8], unit: fn([u8; 2]) -> u16, diagnostics: &mut Vec<Diagnostic>) -> Arc<str> {
    let diagnostic = Diagnostic::warning("utf-16", "this file is written in UTF-16")
        .at(Span::new(path.clone(), 0..0))
        .help("save it as UTF-8: many tools, git among them, take UTF-16 for binary data");
    diagnostics.push(diagnostic);
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut mended = Mended::default();
    for char in char::decode_utf16(units) {
        match char {
            Ok(char) => mended.push(char.encode_utf8(&mut [0; 4])),
            Err(_) => mended.push_invalid(),
        }
    }
    if bytes.len() % 2 == 1 {
        mended.push_invalid();
    }
    mended.end(path, "it is shown as `\u{fffd}`: save the file as UTF-8 and write the letter again", diagnostics)
}

/// The text so far, with what was mended in it.
#[derive(Default)]
struct Mended {
    text: String,
    /// Whether the last character was a carriage return: the line feed of the pair is already written.
    after_return: bool,
    invalid: Marks,
    nul: Marks,
}

/// Where something was found first, and how often.
#[derive(Default)]
struct Marks {
    first: usize,
    count: usize,
}

impl Marks {
    fn add(&mut self, offset: usize) {
        if self.count == 0 {
            self.first = offset;
        }
        self.count += 1;
    }

    /// `one` or, with its number, `many`.
    fn told(&self, one: &str, many: &str) -> String {
        match self.count {
            1 => format!("{one} here"),
            count => format!("{count} {many}, the first here"),
        }
    }
}

impl Mended {
    fn push(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let plain = memchr::memchr3(b'\r', b'\n', 0, rest.as_bytes()).unwrap_or(rest.len());
            self.text.push_str(&rest[..plain]);
            let after_return = self.after_return && plain == 0;
            self.after_return = false;
            match rest.as_bytes().get(plain) {
                Some(b'\r') => {
                    self.text.push('\n');
                    self.after_return = true;
                }
                Some(b'\n') if after_return => {}
                Some(b'\n') => self.text.push('\n'),
                Some(_) => {
                    self.nul.add(self.text.len());
                    self.text.push(char::REPLACEMENT_CHARACTER);
                }
                None => {}
            }
            rest = &rest[(plain + 1).min(rest.len())..];
        }
    }

    fn push_invalid(&mut self) {
        self.after_return = false;
        self.invalid.add(self.text.len());
        self.text.push(char::REPLACEMENT_CHARACTER);
    }

    fn end(self, path: &SourcePath, help: &str, diagnostics: &mut Vec<Diagnostic>) -> Arc<str> {
        let at = |offset: usize| Span::new(path.clone(), offset..offset + char::REPLACEMENT_CHARACTER.len_utf8());
        if self.invalid.count > 0 {
            let message = self.invalid.told("this is no valid text", "places are no valid text");
            diagnostics.push(Diagnostic::warning("invalid-text", message).at(at(self.invalid.first)).help(help));
        }
        if self.nul.count > 0 {
            let message = self.nul.told("a NUL character stands", "NUL characters stand in this file");
            let help = "a text has none: delete it, or see whether this is a text at all";
            diagnostics.push(Diagnostic::warning("nul-character", message).at(at(self.nul.first)).help(help));
        }
        self.text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::line_column;

    fn check(bytes: &[u8], text: &str, found: &[(&str, usize, usize)]) {
        let source = decode(SourcePath::new("a.md").expect("a path"), bytes);
        assert_eq!(&*source.text, text);
        let places: Vec<_> = source
            .diagnostics
            .iter()
            .map(|diagnostic| {
                let span = diagnostic.span.as_ref().expect("every finding has a place");
                let place = line_column(&source.text, span.start as usize);
                (&*diagnostic.code, place.line, place.column)
            })
            .collect();
        assert_eq!(places, found);
    }

    #[test]
    fn good_text_is_kept() {
        check("été\n".as_bytes(), "été\n", &[]);
        check(b"", "", &[]);
        check(b"\xef\xbb\xbf# T", "# T", &[]);
    }

    #[test]
    fn line_ends() {
        check(b"a\r\nb\rc\n\r\n\r\r\nd\n\n", "a\nb\nc\n\n\n\nd\n\n", &[]);
    }

    #[test]
    fn what_is_no_text_is_told() {
        check(b"a\r\nb\xe9\xe9t\xff", "a\nb\u{fffd}\u{fffd}t\u{fffd}", &[("invalid-text", 2, 2)]);
        check(b"a\n\xc3\xa9\0\0", "a\né\u{fffd}\u{fffd}", &[("nul-character", 2, 2)]);
        check(b"\xff", "\u{fffd}", &[("invalid-text", 1, 1)]);
    }

    #[test]
    fn utf_16_is_read() {
        check(b"\xff\xfe\xe9\0\r\0\n\0a\0", "é\na", &[("utf-16", 1, 1)]);
        check(b"\xfe\xff\0\xe9\xd8\0\0a\0", "é\u{fffd}a\u{fffd}", &[("utf-16", 1, 1), ("invalid-text", 1, 2)]);
    }
}
