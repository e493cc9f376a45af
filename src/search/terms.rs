//! A document -> its terms, each with the sections that hold it and how much it tells of them.

use super::fold::fold_plain;
use super::language::Language;
use super::names::{Names, Texts};
use super::words::{LONGEST, is_even, scan, token, tokens};
use super::{Document, Section};

/// The terms of a document, each once, with the sections that hold it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    terms: Texts,
    /// Where the postings of each end.
    ends: Vec<u32>,
    postings: Vec<Posting>,
}

impl Terms {
    /// Each term, with the sections that hold it, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &[Posting])> {
        (0..self.terms.len() as u32).map(|number| (self.terms.get(number), self.postings(number)))
    }

    fn postings(&self, number: u32) -> &[Posting] {
        let at = number as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.postings[start..self.ends[at] as usize]
    }
}

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
    let mut tally = Tally::default();
    for (index, section) in document.sections.iter().enumerate() {
        tally.section(section, index as u32, document.boost, language);
    }
    tally.end()
}

/// Terms while they are counted.
#[derive(Default)]
struct Tally {
    names: Names,
    /// How often each stands in the fields of the section that is read.
    counts: Vec<[u16; FIELDS.len()]>,
    /// The terms of that section.
    met: Vec<u32>,
    lengths: [f32; FIELDS.len()],
    postings: Vec<(u32, Posting)>,
    folded: String,
}

impl Tally {
    fn number(&mut self, term: &str) -> u32 {
        let number = self.names.number(term);
        self.counts.resize(self.names.texts().len(), [0; FIELDS.len()]);
        number
    }

    fn count(&mut self, term: &str, field: usize) {
        let number = self.number(term);
        let counts = &mut self.counts[number as usize];
        if counts.iter().all(|count| *count == 0) {
            self.met.push(number);
        }
        counts[field] = counts[field].saturating_add(1);
    }

    fn text(&mut self, text: &str, field: usize) {
        scan(text, &mut |start, end, pieces| {
            // Most words are plain, and take no more than this.
            if let [piece] = pieces
                && piece.len() <= LONGEST
                && is_even(piece)
            {
                let mut folded = std::mem::take(&mut self.folded);
                folded.clear();
                let plain = fold_plain(piece, &mut folded) && folded.len() <= LONGEST;
                if plain {
                    self.lengths[field] += 1.0;
                    self.count(&folded, field);
                }
                self.folded = folded;
                if plain {
                    return;
                }
            }
            let Some(token) = token(text, start, end, pieces) else { return };
            self.lengths[field] += if token.run { token.leaves.len() as f32 / 2.0 } else { token.leaves.len() as f32 };
            token.leaves.iter().chain(&token.joins).for_each(|term| self.count(term, field));
        });
    }

    fn section(&mut self, section: &Section, index: u32, boost: u32, language: &Language) {
        self.lengths = [0.0; FIELDS.len()];
        self.text(&section.heading, 0);
        section.names.iter().for_each(|text| self.text(text, 0));
        section.trail.iter().chain(&section.said).for_each(|text| self.text(text, 1));
        self.text(&section.text, 2);
        self.text(&section.code, 3);
        let boosted = |impact: u32| (impact * boost / 100).clamp(1, u32::from(MOST)) as u8;
        let mut keys: Vec<String> = Vec::new();
        for heading in std::iter::once(&section.heading).chain(&section.names) {
            let heading = tokens(heading);
            // `frontmatter` finds "Front matter".
            for pair in heading.windows(2).filter(|pair| !pair[0].run && !pair[1].run) {
                self.count(&format!("{}{}", pair[0].whole, pair[1].whole), 0);
            }
            let wholes: Vec<&str> = heading.iter().map(|token| token.whole.as_str()).collect();
            keys.extend(language.key(&wholes).filter(|key| !keys.contains(key)));
        }
        for key in keys {
            let number = self.number(&key);
            let impact = boosted(u32::from(MOST) - 5 * u32::from(section.level.clamp(1, 6)));
            self.postings.push((number, (index, impact)));
        }
        for number in self.met.drain(..) {
            let counts = std::mem::take(&mut self.counts[number as usize]);
            let mut weight = 0.0;
            for ((field, count), length) in FIELDS.iter().zip(counts).zip(self.lengths) {
                let usual = 1.0 - field.slope + field.slope * length / field.usual;
                weight += field.weight * f32::from(count) / usual;
            }
            let impact = f32::from(MOST) * weight / (SATURATION + weight);
            self.postings.push((number, (index, boosted(impact.round() as u32))));
        }
    }

    fn end(mut self) -> Terms {
        // The sort is stable, so that the sections of a term stay in order.
        self.postings.sort_by_key(|(number, _)| *number);
        let mut terms = self.names.into_texts();
        terms.shrink();
        let mut ends = vec![0; terms.len()];
        self.postings.iter().for_each(|(number, _)| ends[*number as usize] += 1);
        let mut all = 0;
        for end in &mut ends {
            all += *end;
            *end = all;
        }
        Terms { terms, ends, postings: self.postings.iter().map(|(_, posting)| *posting).collect() }
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
