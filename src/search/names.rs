//! Terms by number, in few pieces of memory: a large site has millions of them.

use std::hash::BuildHasher as _;

use hashbrown::HashTable;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use super::terms::order;

/// So many texts are sorted sooner than threads are woken.
const ALONE: usize = 20_000;

/// Texts by number, in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Texts {
    /// One after the other.
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
}

impl Texts {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text with a number.
    pub(super) fn get(&self, number: u32) -> &str {
        let at = number as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.text[start..self.ends[at] as usize]
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
    }

    /// Gives back the memory that more texts would have taken.
    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// Their numbers, sorted as [`order`] says.
    pub(super) fn sorted(&self) -> Vec<u32> {
        let mut keys: Vec<(u64, u32)> =
            (0..self.len() as u32).map(|number| (beginning(self.get(number)), number)).collect();
        let by = |a: &(u64, u32), b: &(u64, u32)| a.0.cmp(&b.0).then_with(|| order(self.get(a.1), self.get(b.1)));
        match keys.len() <= ALONE {
            true => keys.sort_unstable_by(by),
            false => keys.par_sort_unstable_by(by),
        }
        keys.into_iter().map(|(_, number)| number).collect()
    }
}

/// The first letters of a text as a number that is ordered as the texts are. It spares most looks at the texts themselves.
fn beginning(text: &str) -> u64 {
    let mut bytes = [0; 8];
    for (byte, of) in bytes.iter_mut().zip(text.bytes()) {
        // From here on JavaScript orders otherwise.
        if of >= 0xee {
            *byte = 0xee;
            break;
        }
        *byte = of;
    }
    u64::from_be_bytes(bytes)
}

/// Texts, each once, and their numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    texts: Texts,
    numbers: HashTable<u32>,
}

impl Names {
    /// The number of a text, a new one if it was not met before.
    pub(super) fn number(&mut self, text: &str) -> u32 {
        let Names { texts, numbers } = self;
        let hash = FxBuildHasher.hash_one(text);
        if let Some(number) = numbers.find(hash, |number| texts.get(*number) == text) {
            return *number;
        }
        let number = texts.len() as u32;
        texts.push(text);
        numbers.insert_unique(hash, number, |number| FxBuildHasher.hash_one(texts.get(*number)));
        number
    }

    /// The texts.
    pub(super) fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The texts, without what finds their numbers.
    pub(super) fn into_texts(self) -> Texts {
        self.texts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_sorted_as_javascript_sorts_them() {
        let mut names = Names::default();
        let texts =
            ["b", "a", "", "installation", "install", "installed", "\u{ff41}", "𠮷", "a𠮷", "a\u{ff41}x", "索引", "é"];
        for text in texts.iter().chain(&texts) {
            names.number(text);
        }
        let mut want = texts.to_vec();
        want.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
        let sorted: Vec<&str> = names.texts().sorted().into_iter().map(|number| names.texts().get(number)).collect();
        assert_eq!(sorted, want);
    }
}
