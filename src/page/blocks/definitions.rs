//! Definition lists and abbreviations: which lines define something.
//!
//! The Markdown parser takes every line that begins with a colon below a paragraph for a definition. An author who writes
//! `:tada: done` below another line means none, so here it is one only if the colon stands alone and the paragraph above, the
//! term, is one short line. The colon of all other lines is hidden from the parser.

use super::line::Line;
use super::scan::{Frame, Scan};

/// No term is longer, in characters.
const LONGEST_TERM: usize = 60;

/// No abbreviation is longer: it bounds the search for them.
const LONGEST: usize = 100;

impl Scan<'_, '_> {
    /// Whether the line is a definition: of the paragraph above it, or one more of the same term. `line` stands at the colon; it
    /// is moved to the definition's content.
    pub(super) fn definition(&self, line: &mut Line<'_>, matched: usize, lazy: bool) -> bool {
        let has_term = match self.frames.get(matched) {
            Some(Frame::Item { definition, .. }) if lazy => *definition,
            _ => !lazy && self.term == Some(self.frames.len()),
        };
        let mut content = *line;
        if !self.rules.definitions || !has_term || !line.rest().starts_with(':') {
            return false;
        }
        content.skip_bytes(1);
        let indent = content.indent();
        if indent == 0 || content.is_blank() {
            return false;
        }
        content.skip_columns(if indent > 4 { 1 } else { indent });
        *line = content;
        true
    }

    /// Whether a line of text may be a term: one that is longer was broken where it was full, perhaps before a colon.
    pub(super) fn is_term(&self, rest: &str) -> bool {
        rest.trim().chars().nth(LONGEST_TERM).is_none()
    }

    /// Notes the abbreviation that the line defines, if it does.
    pub(super) fn abbreviation(&mut self, rest: &str) -> bool {
        let Some((short, long)) = abbreviation(rest).filter(|_| self.rules.abbreviations) else { return false };
        self.found.abbreviations.push((short.to_owned(), long.to_owned()));
        true
    }
}

/// `*[short]: long`.
fn abbreviation(rest: &str) -> Option<(&str, &str)> {
    let (short, long) = rest.strip_prefix("*[")?.split_once("]:")?;
    let (short, long) = (short.trim(), long.trim());
    let is_one = !short.is_empty() && !long.is_empty() && short.len() <= LONGEST && !short.contains(['[', ']', '\\']);
    is_one.then_some((short, long))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations() {
        for (line, want) in [
            ("*[HTML]: Hyper Text", Some(("HTML", "Hyper Text"))),
            ("*[ a b ]:c  ", Some(("a b", "c"))),
            ("*[a]: ", None),
            ("*[]: b", None),
            ("*[a] b", None),
            ("* [a]: b", None),
            ("*[a*: b", None),
        ] {
            assert_eq!(abbreviation(line), want, "{line}");
        }
    }
}
