//! Names as people compare and sort them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `text` without case and accents.
pub(super) fn folded(text: &str) -> String {
    match text.is_ascii() {
        true => text.to_ascii_lowercase(),
        false => text.nfd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase).collect(),
    }
}

/// The letters and digits of `text`, without case and accents: what ids of one heading share under all conventions.
pub(super) fn essence(text: &str) -> String {
    folded(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A part of a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(u64),
    Text(String),
}

/// A name as it is sorted: `2` before `10`, case and accents aside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Natural(Vec<Part>, String);

/// The sorting key of a name.
pub(super) fn natural(name: &str) -> Natural {
    let folded = folded(name);
    let mut parts = Vec::new();
    let mut rest = &*folded;
    while let Some(first) = rest.chars().next() {
        let is_number = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != is_number).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        parts.push(match part.parse() {
            Ok(number) if is_number => Part::Number(number),
            _ => Part::Text(part.to_owned()),
        });
        rest = after;
    }
    Natural(parts, name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order() {
        let mut names = ["b", "Élan", "10-x", "2-x", "eau", "f", "a10", "a9"];
        names.sort_by_key(|name| natural(name));
        assert_eq!(names, ["2-x", "10-x", "a9", "a10", "b", "eau", "Élan", "f"]);
    }

    #[test]
    fn essences() {
        assert_eq!(essence("_1-appel-a-projets"), essence("#1 Appel à projets"));
    }
}
