//! Abbreviations: words that the page explains are shown with what they stand for.

use std::collections::BTreeMap;
use std::ops::Range;

/// The abbreviations of a page.
#[derive(Default)]
pub(super) struct Abbreviations<'p> {
    /// What each stands for.
    meanings: BTreeMap<&'p str, &'p str>,
    /// How long they are, the longest first.
    lengths: Vec<usize>,
}

impl<'p> Abbreviations<'p> {
    /// Those that a page defines. Of two definitions the first holds.
    pub fn new(defined: &'p [(String, String)]) -> Abbreviations<'p> {
        let mut meanings = BTreeMap::new();
        for (short, long) in defined {
            meanings.entry(short.as_str()).or_insert(long.as_str());
        }
        let mut lengths: Vec<usize> = meanings.keys().map(|short| short.len()).collect();
        lengths.sort_unstable_by(|a, b| b.cmp(a));
        lengths.dedup();
        Abbreviations { meanings, lengths }
    }

    /// Where abbreviations stand in `text`, as whole words, and what they stand for.
    pub fn find(&self, text: &str) -> Vec<(Range<usize>, &'p str)> {
        let mut found: Vec<(Range<usize>, &'p str)> = Vec::new();
        if self.lengths.is_empty() {
            return found;
        }
        let mut before = None;
        for (at, char) in text.char_indices() {
            let begins = !before.is_some_and(char::is_alphanumeric);
            before = Some(char);
            if begins && found.last().is_none_or(|(range, _)| range.end <= at) {
                found.extend(self.at(text, at));
            }
        }
        found
    }

    /// The longest abbreviation that stands at byte `at`.
    fn at(&self, text: &str, at: usize) -> Option<(Range<usize>, &'p str)> {
        self.lengths.iter().find_map(|length| {
            let end = at + length;
            let meaning = self.meanings.get(text.get(at..end)?)?;
            let whole = !text[end..].chars().next().is_some_and(char::is_alphanumeric);
            whole.then_some((at..end, *meaning))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_found() {
        let defined = ["HTML", "W3C", "HT", "C++", "État"].map(|short| (short.to_owned(), format!("{short}!")));
        for (text, want) in [
            ("HTML et XHTML, HTMLé, HTML5", &["HTML"][..]),
            ("(HTML) W3C-HT/HT", &["HTML", "W3C", "HT", "HT"]),
            ("C++ ou C+++", &["C++", "C++"]),
            ("L'État, Étatique", &["État"]),
            ("", &[]),
        ] {
            let abbreviations = Abbreviations::new(&defined);
            let found: Vec<&str> = abbreviations.find(text).into_iter().map(|(range, _)| &text[range]).collect();
            assert_eq!(found, want, "{text}");
        }
    }

    #[test]
    fn the_first_definition_holds() {
        let defined = [("A".to_owned(), "one".to_owned()), ("A".to_owned(), "two".to_owned())];
        assert_eq!(Abbreviations::new(&defined).find("A"), [(0..1, "one")]);
    }
}
