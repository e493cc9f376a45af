//! What a reader typed -> what is looked for.

use std::collections::BTreeSet;

use super::language::Language;
use super::words::tokens;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// Words that sections should hold.
    pub leaves: Vec<String>,
    /// Words that count if a section holds them, each with the leaves that it stands for.
    pub joins: Vec<(String, Leaves)>,
    /// Its words as they stand.
    wholes: Vec<String>,
    /// Neighbours written together, each with the place of the first of the two.
    pairs: Vec<(usize, String)>,
    /// Its words with those together that stand so in the index, if there are any.
    together: Option<Vec<String>>,
}

/// Some leaves of a query: a bit for each.
pub(super) type Leaves = u32;

/// How much of a query counts, in characters.
const LONGEST: usize = 300;
/// How many of its words count.
const LEAVES: usize = 16;

impl Query {
    /// What a text asks for, in a language.
    pub(super) fn new(text: &str, language: &Language) -> Query {
        let text: String = text.chars().take(LONGEST).collect();
        let tokens = tokens(&text);
        let (mut leaves, mut joins): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for token in &tokens {
            let pairs = token.run && token.leaves.len() > 1;
            let asked = token.leaves.iter().filter(|leaf| !pairs || leaf.chars().count() == 2);
            leaves.extend(asked.cloned());
            joins.extend(token.joins.iter().cloned());
        }
        let neighbours = tokens.windows(2).enumerate().filter(|(_, pair)| !pair[0].run && !pair[1].run);
        let pairs: Vec<(usize, String)> =
            neighbours.map(|(index, pair)| (index, format!("{}{}", pair[0].whole, pair[1].whole))).collect();
        joins.extend(pairs.iter().map(|(_, join)| join.clone()));
        let wholes = tokens.iter().map(|token| token.whole.clone()).collect();
        if leaves.iter().any(|leaf| !language.is_stop(leaf)) {
            leaves.retain(|leaf| !language.is_stop(leaf));
        }
        let mut seen: Vec<String> = Vec::new();
        // What is typed last may not be finished, so it stays last.
        for leaf in leaves.into_iter().rev() {
            if !seen.contains(&leaf) {
                seen.push(leaf);
            }
        }
        seen.reverse();
        seen.drain(..seen.len().saturating_sub(LEAVES));
        joins.retain(|join| !seen.contains(join));
        let mut once: Vec<(String, Leaves)> = Vec::new();
        for join in joins {
            if once.iter().all(|(known, _)| *known != join) {
                let parts = seen.iter().enumerate().filter(|(_, leaf)| join.contains(leaf.as_str()));
                let parts = parts.fold(0, |parts, (index, _)| parts | 1 << index);
                once.push((join, parts));
            }
        }
        Query { leaves: seen, joins: once, wholes, pairs, together: None }
    }

    /// Whether it is this text, but for accents, capitals and signs.
    pub(super) fn is(&self, text: &str) -> bool {
        let own: Vec<String> = tokens(text).into_iter().map(|token| token.whole).collect();
        !own.is_empty() && (own == self.wholes || self.together.as_ref() == Some(&own))
    }

    /// Whether it is two words.
    pub(super) fn has_two_words(&self) -> bool {
        self.wholes.len() == 2
    }

    /// Whether it has words beside each other.
    pub(super) fn has_neighbours(&self) -> bool {
        self.wholes.len() > 1
    }

    /// How many of its words stand in one of these texts with the next one beside them, and how many have a next one. The last may
    /// be a beginning.
    pub(super) fn neighbours_in(&self, texts: [&str; 3]) -> (usize, usize) {
        let typed: BTreeSet<&[String]> = self.wholes.windows(2).collect();
        let last = self.wholes.windows(2).last();
        let mut found = BTreeSet::new();
        for text in texts {
            for pair in tokens(text).windows(2) {
                let [before, word] = [&pair[0].whole, &pair[1].whole];
                let same = typed.iter().find(|typed| typed[0] == *before && typed[1] == *word);
                let longer = || last.filter(|last| last[0] == *before && word.starts_with(&last[1]));
                found.extend(same.copied().or_else(longer));
            }
        }
        (found.len(), typed.len())
    }

    /// Notes which of its words are written together in the index.
    pub(super) fn join(&mut self, found: &[&str]) {
        let (mut together, mut index) = (Vec::new(), 0);
        while index < self.wholes.len() {
            let pair = self.pairs.iter().find(|(at, join)| *at == index && found.contains(&join.as_str()));
            together.push(pair.map_or(&self.wholes[index], |(_, join)| join).clone());
            index += if pair.is_some() { 2 } else { 1 };
        }
        self.together = (together != self.wholes).then_some(together);
    }

    /// The keys of headings that say just that, with words in the place of those that nobody wrote, and with words written together; and
    /// how keys begin that are not typed to their end.
    pub(super) fn keys(&self, language: &Language, corrected: &[(String, String)]) -> Vec<(String, Option<String>)> {
        let meant = |whole: &'_ String| corrected.iter().find(|(word, _)| word == whole).map(|(_, meant)| meant);
        let wholes: Vec<&str> = self.wholes.iter().map(|whole| meant(whole).unwrap_or(whole).as_str()).collect();
        let together = self.together.iter().map(|together| together.iter().map(String::as_str).collect());
        let all = std::iter::once(wholes).chain(together);
        all.filter_map(|wholes: Vec<&str>| Some((language.key(&wholes)?, beginning(&wholes, language)))).collect()
    }
}

/// How the keys of headings begin that are not typed to their end.
fn beginning(wholes: &[&str], language: &Language) -> Option<String> {
    let (last, before) = wholes.split_last()?;
    let telling: Vec<&str> = before.iter().copied().filter(|word| !language.is_stop(word)).collect();
    let before = if telling.is_empty() { String::new() } else { language.key(&telling)? };
    (last.chars().count() > 1).then(|| before + last)
}
