//! Sorted terms with their postings, and the words read backwards, as files.
//!
//! A shard is `nsuffix:postings,…` with `n` the number of signs that a term shares with the one before, and for each
//! posting how far its section lies behind the one before, and its impact.

use std::borrow::Cow;

use super::chunks::{Length, Row};
use super::digits::{put, sign};
use super::index::Table;
use super::terms::{MOST, Posting};
use crate::base::Hash;

/// About how long a shard of terms is, in bytes.
pub(super) const SHARD: Length = Length { least: 9 * 1024, most: 14 * 1024 };
/// Of how many terms one begins a file.
const BEGINS: u128 = 64;
/// The most sections that are kept for a term: those that it tells most of.
const POSTINGS: usize = 2000;

/// The terms, in order.
pub(super) struct Shards<'t>(pub &'t Table);

impl Row for Shards<'_> {
    fn put(&self, item: u32, before: Option<u32>, file: &mut String) {
        let before = match before {
            Some(before) => {
                file.push(',');
                self.0.term(before)
            }
            None => "",
        };
        shared(self.0.term(item), before, file);
        file.push(':');
        let postings = self.0.postings(item);
        if postings.len() > POSTINGS {
            put(postings.len() as u32, file);
            file.push('!');
            list(&best(postings), file);
        } else {
            list(postings, file);
        }
    }

    fn begins(&self, item: u32) -> bool {
        Hash::of_bytes(self.0.term(item).as_bytes()).is_one_of(BEGINS)
    }

    fn finish(&self, file: String) -> String {
        quoted(&file)
    }
}

/// The postings with the greatest impacts; of those that are alike, the first.
fn best(postings: &[Posting]) -> Vec<Posting> {
    let mut counts = [0; MOST as usize + 1];
    postings.iter().for_each(|(_, impact)| counts[usize::from(*impact)] += 1);
    let (mut least, mut left) = (MOST, POSTINGS);
    while counts[usize::from(least)] < left {
        left -= counts[usize::from(least)];
        least -= 1;
    }
    let mut is_kept = |(_, impact): &&Posting| {
        let last = *impact == least && left > 0;
        left -= usize::from(last);
        last || *impact > least
    };
    postings.iter().filter(|posting| is_kept(posting)).copied().collect()
}

fn list(postings: &[Posting], file: &mut String) {
    let mut last = 0;
    for (section, impact) in postings {
        put(section - last, file);
        file.push(sign(*impact));
        last = *section;
    }
}

/// The words in which slips are looked for, read backwards, in order.
pub(super) struct Endings<'t>(pub &'t Table);

impl Endings<'_> {
    fn backwards(&self, item: u32) -> Cow<'_, str> {
        backwards(self.0.term(item))
    }
}

impl Row for Endings<'_> {
    fn put(&self, item: u32, before: Option<u32>, file: &mut String) {
        let word = self.backwards(item);
        match before {
            Some(before) => {
                file.push(',');
                shared(&word, &self.backwards(before), file);
            }
            None => shared(&word, "", file),
        }
    }

    fn begins(&self, item: u32) -> bool {
        Hash::of_bytes(self.0.term(item).as_bytes()).is_one_of(BEGINS)
    }

    fn finish(&self, file: String) -> String {
        quoted(&file)
    }
}

/// A word read backwards.
pub(super) fn backwards(word: &str) -> Cow<'_, str> {
    Cow::Owned(word.chars().rev().collect())
}

/// Whether it is a word in which slips of the finger are looked for.
pub(super) fn is_misspelt(term: &str) -> bool {
    let mut letters = 0;
    term.chars().all(|c| {
        letters += 1;
        c.is_ascii_alphabetic() || !c.is_ascii() && c.is_alphabetic() && !super::fold::is_unspaced(c)
    }) && (4..=24).contains(&letters)
}

/// Adds a term as what follows the beginning that it shares with the one before, counted as JavaScript counts.
fn shared(term: &str, before: &str, file: &mut String) {
    let same = term.chars().zip(before.chars()).take_while(|(a, b)| a == b && u32::from(*a) < 0x10000).take(63);
    let (mut count, mut length) = (0, 0);
    for (c, _) in same {
        count += 1;
        length += c.len_utf8();
    }
    file.push(sign(count));
    file.push_str(&term[length..]);
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text is JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_postings_are_kept() {
        let postings: Vec<Posting> = (0..9000u32).map(|section| (section, (section * 37 % 61 + 1) as u8)).collect();
        let mut want = postings.clone();
        want.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        want.truncate(POSTINGS);
        want.sort_unstable();
        assert_eq!(best(&postings), want);
    }
}
