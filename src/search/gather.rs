//! A query and an index -> what of the index answers it.

use std::collections::{BTreeMap, BTreeSet};

use super::matches::{EXACT, FORM, Match, compounds, corrections, forgiven, forms, nearest};
use super::query::{Leaves, Query};
use super::read::{Postings, Reader, Shard, Wrong};

/// What a query looks for, read.
#[derive(Default)]
pub(super) struct Gathered {
    /// Of each of its leaves, what stands for it.
    pub leaves: Vec<Leaf>,
    /// What is written together, with the leaves that it stands for.
    pub joined: Vec<(Leaves, Postings)>,
    /// Headings that say what is asked, or begin so.
    pub headings: Vec<Heading>,
    /// The terms that were found.
    pub marked: BTreeSet<String>,
    /// Words that nobody wrote, each with what stands for it.
    pub corrected: Vec<(String, String)>,
}

/// The terms that stand for a leaf.
pub(super) struct Leaf {
    /// How much it tells.
    pub tells: u64,
    /// Of each term how well it stands for the leaf, in hundredths, how rare it is, and where it is.
    pub terms: Vec<(u64, u64, Postings)>,
}

/// The sections of a heading, and how much of it was typed: `part` of `of`.
pub(super) struct Heading {
    pub postings: Postings,
    pub part: u64,
    pub of: u64,
}

/// In how many sections a word stands at most that may be a slip.
const RARE: usize = 2;
/// The most headings that a beginning stands for.
const LONGER: usize = 50;

impl Reader<'_> {
    /// Reads what a query looks for, and notes in it what is written together.
    pub(super) fn gather(&self, query: &mut Query) -> Result<Gathered, Wrong> {
        let mut loaded = Loaded { reader: self, shards: BTreeMap::new() };
        let mut gathered = Gathered::default();
        let last = query.leaves.len().saturating_sub(1);
        let mut places = Vec::new();
        for (index, leaf) in query.leaves.iter().enumerate() {
            places.push(self.places(leaf, index == last)?);
            loaded.load(&places[index])?;
        }
        let joined = loaded.joined(query)?;
        query.join(&joined.iter().map(|(join, ..)| join.as_str()).collect::<Vec<_>>());
        let together = joined.iter().fold(0, |all, (_, leaves, _)| all | leaves);
        for (index, leaf) in query.leaves.iter().enumerate() {
            let near: Vec<&Shard> = places[index].iter().map(|place| &loaded.shards[place]).collect();
            // What stands only together with its neighbour is no slip.
            let is_mended = together & 1 << index == 0;
            let (matches, is_slip) = self.matches(leaf, index == last, &near, is_mended)?;
            let best = matches.first().filter(|_| is_slip);
            gathered.corrected.extend(best.map(|best| (leaf.clone(), best.term.clone())));
            gathered.leaves.push(loaded.leaf(&matches, last > 0)?);
            gathered.marked.extend(matches.into_iter().map(|found| found.term));
        }
        let mended = loaded.mended_joins(query, &gathered.corrected)?;
        for (join, leaves, postings) in joined.into_iter().chain(mended) {
            gathered.joined.push((leaves, postings));
            gathered.marked.insert(join);
        }
        for (key, beginning) in query.keys(&self.manifest.language, &gathered.corrected) {
            gathered.headings.extend(loaded.headings(&key, beginning.as_deref())?);
        }
        Ok(gathered)
    }

    /// The terms that stand for a leaf, and whether they do for a slip in it. If there is none, it is mended if it may be.
    fn matches(&self, leaf: &str, last: bool, near: &[&Shard], is_mended: bool) -> Result<(Vec<Match>, bool), Wrong> {
        let mut matches = forms(leaf, last, near, &self.manifest.language);
        if forgiven(leaf) == 0 {
            return Ok((matches, false));
        }
        if matches.is_empty() {
            return if is_mended { self.mended(leaf, last, near) } else { Ok((matches, false)) };
        }
        // What hardly anybody wrote may be a slip that somebody else made, too. Among others it is of less weight.
        if sections(&matches, near) <= RARE {
            let others = near.iter().flat_map(|shard| shard.counted()).filter(|(term, _)| *term != leaf);
            let others = nearest(corrections(leaf, last, others));
            let new = others.into_iter().filter(|found| matches.iter().all(|known| known.term != found.term));
            let new: Vec<Match> = new.collect();
            matches.extend(new);
        }
        Ok((matches, false))
    }

    /// Where the forms of a word are: in the shard that it belongs to, in that of its stem, and, while it is typed, in the next.
    fn places(&self, leaf: &str, last: bool) -> Result<Vec<usize>, Wrong> {
        let stem = self.manifest.language.stem(leaf);
        let shared: String = stem.chars().zip(leaf.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect();
        let Some(at) = self.place(leaf)? else { return Ok(Vec::new()) };
        let mut places = BTreeSet::from([at]);
        if shared.chars().count() >= 3 {
            places.extend(self.place(&shared)?.map(|first| first.max(at.saturating_sub(1))));
        }
        if last && leaf.chars().count() >= 3 {
            places.extend(self.place(&format!("{leaf}\u{ffff}"))?.map(|end| end.min(at + 1)));
        }
        Ok(places.into_iter().collect())
    }

    /// The words that are meant by one that nobody wrote; and whether it is a slip, not a part of them.
    fn mended(&self, leaf: &str, last: bool, near: &[&Shard]) -> Result<(Vec<Match>, bool), Wrong> {
        // A slip at the beginning leads to another shard, but the end of the word is as it should be.
        let words = self.words_ending_as(leaf)?;
        if self.manifest.language.compounds {
            let compounds = compounds(leaf, words.iter().map(String::as_str));
            if !compounds.is_empty() {
                return Ok((compounds, false));
            }
        }
        let mut found = corrections(leaf, last, near.iter().flat_map(|shard| shard.counted()));
        let others = corrections(leaf, last, words.iter().map(|word| (word.as_str(), 0)));
        let new: Vec<_> = others.into_iter().filter(|new| found.iter().all(|known| known.term != new.term)).collect();
        found.extend(new);
        Ok((nearest(found), true))
    }
}

/// In how many sections words stand, all together.
fn sections(matches: &[Match], shards: &[&Shard]) -> usize {
    let of = |found: &Match| shards.iter().find_map(|shard| shard.postings(&found.term));
    matches.iter().filter_map(of).map(|postings| postings.sections).sum()
}

/// The shards that a query needs.
struct Loaded<'r, 'f> {
    reader: &'r Reader<'f>,
    shards: BTreeMap<usize, Shard>,
}

impl Loaded<'_, '_> {
    /// Reads these shards.
    fn load(&mut self, places: &[usize]) -> Result<(), Wrong> {
        for place in places {
            if !self.shards.contains_key(place) {
                self.shards.insert(*place, self.reader.shard(*place)?);
            }
        }
        Ok(())
    }

    fn postings(&mut self, term: &str) -> Result<Option<Postings>, Wrong> {
        let Some(place) = self.reader.place(term)? else { return Ok(None) };
        self.load(&[place])?;
        Ok(self.shards[&place].postings(term))
    }

    /// What is written together in the shards that were read, with the leaves that it stands for. With one of two words left out, nothing
    /// else leads to the shard.
    fn joined(&mut self, query: &Query) -> Result<Vec<(String, Leaves, Postings)>, Wrong> {
        let read: BTreeSet<usize> = self.shards.keys().copied().collect();
        let mut found = Vec::new();
        for (join, leaves) in &query.joins {
            if query.has_two_words() || self.reader.place(join)?.is_some_and(|place| read.contains(&place)) {
                found.extend(self.postings(join)?.map(|postings| (join.clone(), *leaves, postings)));
            }
        }
        Ok(found)
    }

    /// What names of several words are with the slips in them mended.
    fn mended_joins(
        &mut self,
        query: &Query,
        corrected: &[(String, String)],
    ) -> Result<Vec<(String, Leaves, Postings)>, Wrong> {
        let mut found = Vec::new();
        for (join, leaves) in &query.joins {
            let meant = corrected.iter().fold(join.clone(), |name, (leaf, meant)| name.replacen(leaf, meant, 1));
            if meant != *join {
                found.extend(self.postings(&meant)?.map(|postings| (meant, *leaves, postings)));
            }
        }
        Ok(found)
    }

    /// Reads the terms for a leaf. If it is one of `several`, each section counts that holds it.
    fn leaf(&mut self, matches: &[Match], several: bool) -> Result<Leaf, Wrong> {
        let mut terms: Vec<(u64, u64, Postings)> = Vec::new();
        for one in matches {
            if let Some(mut postings) = self.postings(&one.term)? {
                if several && one.weight >= FORM {
                    self.reader.add_tail(&mut postings)?;
                }
                terms.push((one.weight, self.reader.rarity(&postings), postings));
            }
        }
        let exact = terms.iter().find(|(weight, ..)| *weight == EXACT).map(|(_, rarity, _)| *rarity);
        let tells = exact.or_else(|| terms.iter().map(|(_, rarity, _)| *rarity).max()).unwrap_or(0);
        Ok(Leaf { tells, terms })
    }

    /// The headings with this key, and those whose keys begin so.
    fn headings(&mut self, key: &str, beginning: Option<&str>) -> Result<Vec<Heading>, Wrong> {
        let Some(place) = self.reader.place(key)? else { return Ok(Vec::new()) };
        self.load(&[place])?;
        let shard = &self.shards[&place];
        let mut found: Vec<Heading> =
            shard.postings(key).map(|postings| Heading { postings, part: 1, of: 1 }).into_iter().collect();
        if let Some(beginning) = beginning {
            let part = beginning.chars().count() as u64;
            let keys = shard.terms().filter(|term| term.contains(' ') && *term != key && term.starts_with(beginning));
            found.extend(keys.take(LONGER).filter_map(|longer| {
                Some(Heading { postings: shard.postings(longer)?, part, of: 2 * longer.chars().count() as u64 })
            }));
        }
        Ok(found)
    }
}
