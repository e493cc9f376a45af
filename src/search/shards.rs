//! Sorted terms with their postings, and the words read backwards, as files.
//!
//! A shard is `nsuffix:postings,…` with `n` the number of signs that a term shares with the one before, and for each
//! posting how far its section lies behind the one before, and its impact. Of a term in many sections it has
//! `nsuffix:sections!tail!postings`: in how many it is, the file that has further ones, and those that it tells most of. The others
//! are read when it is looked for among other words, where each section counts that holds them all.

use std::borrow::Cow;
use std::sync::Arc;

use super::chunks::{Length, Row, Written};
use super::digits::{put, sign};
use super::files::File;
use super::index::Table;
use super::terms::{MOST, Posting};
use crate::base::Hash;

/// About how long a shard of terms is, in bytes.
pub(super) const SHARD: Length = Length { least: 9 * 1024, most: 14 * 1024 };
/// Of how many terms one begins a file.
const BEGINS: u128 = 64;
/// The most sections that a shard keeps for a term: those that it tells most of.
const POSTINGS: usize = 2000;
/// The most further ones that its tail has. With so many, 93 of 100 queries of some frequent words among 50,000 sections have the same
/// first result as with all; without, 75 have.
const FURTHER: usize = 6000;
/// How exact impacts are there: no more is needed, and an edit seldom changes them.
const STEP: u8 = 8;

/// The terms, in order.
pub(super) struct Shards<'t>(pub &'t Table);

impl Row for Shards<'_> {
    fn put(&self, item: u32, before: Option<u32>, Written { data: file, beside, .. }: &mut Written) {
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
            let (best, further) = best(postings);
            let mut tail = String::new();
            list(&further, &mut tail);
            let tail = File::new(&quoted(&tail));
            put(postings.len() as u32, file);
            file.push('!');
            file.push_str(&tail.name);
            file.push('!');
            list(&best, file);
            beside.push(Arc::new(tail));
        } else {
            list(postings, file);
        }
    }

    fn begins(&self, item: u32) -> bool {
        Hash::of_bytes(self.0.term(item).as_bytes()).is_one_of(BEGINS)
    }

    fn is_long(&self, item: u32) -> bool {
        self.0.postings(item).len() > POSTINGS
    }

    fn finish(&self, file: String) -> String {
        quoted(&file)
    }
}

/// The postings with the greatest impacts, and those that come next; of those that are alike, the first.
fn best(postings: &[Posting]) -> (Vec<Posting>, Vec<Posting>) {
    let mut counts = [0; MOST as usize + 1];
    postings.iter().for_each(|(_, impact)| counts[usize::from(*impact)] += 1);
    let (mut first, mut next) = (Greatest::new(POSTINGS, &counts), Greatest::new(POSTINGS + FURTHER, &counts));
    let (mut best, mut further) = (Vec::with_capacity(POSTINGS), Vec::new());
    for (section, impact) in postings {
        // Both count each.
        match (first.has(*impact), next.has(*impact)) {
            (true, _) => best.push((*section, *impact)),
            (false, true) => further.push((*section, impact / STEP * STEP + STEP / 2)),
            (false, false) => {}
        }
    }
    (best, further)
}

/// Which of many postings are among the greatest: those above the least impact, and some that have it.
struct Greatest {
    least: u8,
    left: usize,
}

impl Greatest {
    /// The greatest `most` of postings, of which so many have each impact.
    fn new(most: usize, counts: &[usize]) -> Greatest {
        let (mut least, mut left) = (MOST, most);
        while least > 0 && counts[usize::from(least)] < left {
            left -= counts[usize::from(least)];
            least -= 1;
        }
        Greatest { least, left }
    }

    /// Whether the next one is.
    fn has(&mut self, impact: u8) -> bool {
        let is_last = impact == self.least && self.left > 0;
        self.left -= usize::from(is_last);
        is_last || impact > self.least
    }
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
    fn put(&self, item: u32, before: Option<u32>, Written { data: file, .. }: &mut Written) {
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
        let mut further: Vec<Posting> =
            want[POSTINGS..POSTINGS + FURTHER].iter().map(|(section, impact)| (*section, impact / 8 * 8 + 4)).collect();
        want.truncate(POSTINGS);
        want.sort_unstable();
        further.sort_unstable();
        assert_eq!(best(&postings), (want, further));
        let (first, rest) = best(&postings[..POSTINGS + 5]);
        assert_eq!((first.len(), rest.len()), (POSTINGS, 5));
    }
}
