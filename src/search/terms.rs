//! A document -> its terms, each with the sections that hold it and how much it tells of them.

use super::language::Language;
use super::words::{Token, tokens};
use super::{Document, Section};

/// The terms of a document, sorted as [`order`] says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms(pub(super) Vec<(Box<str>, Vec<Posting>)>);

/// A section that holds a term, and how much the term tells of it.
pub(super) type Posting = (u32, u8);

/// How much an occurrence counts in a field, how much the length of the field takes away, and the length that takes nothing.
struct Field {
    weight: f32,
    slope: f32,
    usual: f32,
}

const FIELDS: [Field; 4] = [
    // The section's own heading.
    Field { weight: 5.0, slope: 0.5, usual: 4.0 },
    // The headings above it.
    Field { weight: 1.2, slope: 0.3, usual: 6.0 },
    // Its text.
    Field { weight: 1.0, slope: 0.6, usual: 80.0 },
    // Its code.
    Field { weight: 0.6, slope: 0.5, usual: 50.0 },
];
/// How soon further occurrences count less.
const SATURATION: f32 = 1.6;
/// The greatest impact.
pub(super) const MOST: u8 = 63;

/// The order of terms: that of JavaScript's strings.
pub(super) fn order(a: &str, b: &str) -> std::cmp::Ordering {
    // Only signs beyond the first plane are ordered otherwise than their bytes, and only against those from U+E000 on.
    match a.bytes().zip(b.bytes()).find(|(a, b)| a != b) {
        None => a.len().cmp(&b.len()),
        Some((a, b)) if a < 0xee || b < 0xee => a.cmp(&b),
        Some(_) => a.encode_utf16().cmp(b.encode_utf16()),
    }
}

/// The terms of a document in a language.
pub fn terms(document: &Document, language: &Language) -> Terms {
    let mut found: Vec<(String, u32, u8)> = Vec::new();
    for (index, section) in document.sections.iter().enumerate() {
        section_terms(section, index as u32, document.boost, language, &mut found);
    }
    found.sort_unstable_by(|a, b| order(&a.0, &b.0).then(a.1.cmp(&b.1)));
    let mut terms: Vec<(Box<str>, Vec<Posting>)> = Vec::new();
    for (term, section, impact) in found {
        match terms.last_mut() {
            Some((last, postings)) if **last == *term => postings.push((section, impact)),
            _ => terms.push((term.into_boxed_str(), vec![(section, impact)])),
        }
    }
    Terms(terms)
}

fn section_terms(section: &Section, index: u32, boost: u32, language: &Language, found: &mut Vec<(String, u32, u8)>) {
    let heading = tokens(&section.heading);
    let wholes: Vec<&str> = heading.iter().map(|token| token.whole.as_str()).collect();
    let mut occurrences: Vec<(String, usize)> = Vec::new();
    let mut lengths = [0.0f32; FIELDS.len()];
    let mut add = |tokens: &[Token], field: usize| {
        for token in tokens {
            lengths[field] += if token.run { token.leaves.len() as f32 / 2.0 } else { token.leaves.len() as f32 };
            occurrences.extend(token.leaves.iter().chain(&token.joins).map(|term| (term.clone(), field)));
        }
    };
    add(&heading, 0);
    section.trail.iter().for_each(|text| add(&tokens(text), 1));
    add(&tokens(&section.text), 2);
    add(&tokens(&section.code), 3);
    // `frontmatter` finds "Front matter".
    for pair in heading.windows(2).filter(|pair| !pair[0].run && !pair[1].run) {
        occurrences.push((format!("{}{}", pair[0].whole, pair[1].whole), 0));
    }
    let boosted = |impact: u32| (impact * boost / 100).clamp(1, u32::from(MOST)) as u8;
    if let Some(key) = language.key(&wholes) {
        found.push((key, index, boosted(u32::from(MOST) - 5 * u32::from(section.level.clamp(1, 6)))));
    }
    occurrences.sort_unstable();
    for same in occurrences.chunk_by(|a, b| a.0 == b.0) {
        let mut weight = 0.0;
        for (number, field) in FIELDS.iter().enumerate() {
            let count = same.iter().filter(|(_, of)| *of == number).count() as f32;
            weight += field.weight * count / (1.0 - field.slope + field.slope * lengths[number] / field.usual);
        }
        let impact = f32::from(MOST) * weight / (SATURATION + weight);
        found.push((same[0].0.clone(), index, boosted(impact.round() as u32)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_ordered_as_javascript_orders_strings() {
        let texts =
            ["", "a", "ab", "b", "é", "索", "\u{e000}", "\u{ff41}", "𠮷", "𠮸", "a𠮷", "a\u{ff41}", "\u{e001}x"];
        for a in texts {
            for b in texts {
                assert_eq!(order(a, b), a.encode_utf16().cmp(b.encode_utf16()), "{a} {b}");
            }
        }
    }
}
