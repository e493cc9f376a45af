//! A query and an index -> the sections that answer it, the best first.
//!
//! All numbers are whole, so that every machine and the browser agree: a logarithm is rounded to hundredths first.

use std::collections::{BTreeMap, BTreeSet};

use super::excerpt::excerpt;
use super::matches::{EXACT, FORM, Match, compounds, corrections, forgiven, forms, nearest};
use super::query::{Leaves, Query};
use super::read::{Postings, Reader, Scores, Shard, Wrong};
use super::terms::MOST;
use super::{Found, Hit};

impl Reader<'_> {
    /// The best `limit` sections for a query.
    pub fn search(&self, text: &str, limit: usize) -> Result<Found, Wrong> {
        let language = &self.manifest.language;
        let mut query = Query::new(text, language);
        let mut loaded = Loaded { reader: self, shards: BTreeMap::new() };
        let mut scores = Scores::new();
        let (mut tells, mut marked, mut corrected) = (Vec::new(), BTreeSet::new(), Vec::new());
        let last = query.leaves.len().saturating_sub(1);
        let mut places = Vec::new();
        for (index, leaf) in query.leaves.iter().enumerate() {
            places.push(self.places(leaf, index == last)?);
            loaded.load(&places[index])?;
        }
        let joined = loaded.joined(&query)?;
        query.join(&joined.iter().map(|(join, ..)| join.as_str()).collect::<Vec<_>>());
        let together = joined.iter().fold(0, |all, (_, leaves, _)| all | leaves);
        for (index, leaf) in query.leaves.iter().enumerate() {
            let near: Vec<&Shard> = places[index].iter().map(|place| &loaded.shards[place]).collect();
            let mut matches = forms(leaf, index == last, &near, language);
            // What stands only together with its neighbour is no slip.
            if matches.is_empty() && forgiven(leaf) > 0 && together & 1 << index == 0 {
                let (meant, is_slip) = self.mended(leaf, index == last, &near)?;
                matches = meant;
                let best = matches.first().filter(|_| is_slip);
                corrected.extend(best.map(|best| (leaf.clone(), best.term.clone())));
            }
            // What hardly anybody wrote may be a slip that somebody else made, too. Among others it is of less weight.
            if !matches.is_empty() && forgiven(leaf) > 0 && sections(&matches, &near) <= RARE {
                let others = near.iter().flat_map(|shard| shard.counted()).filter(|(term, _)| term != leaf);
                let others = nearest(corrections(leaf, index == last, others));
                let new = others.into_iter().filter(|found| matches.iter().all(|known| known.term != found.term));
                let new: Vec<Match> = new.collect();
                matches.extend(new);
            }
            tells.push(loaded.add(&matches, (index, query.leaves.len() > 1), &mut scores)?);
            marked.extend(matches.into_iter().map(|found| found.term));
        }
        // What a name of several words is with the slips in them mended.
        let mut mended = Vec::new();
        for (join, leaves) in &query.joins {
            let meant = corrected.iter().fold(join.clone(), |name, (leaf, meant)| name.replacen(leaf, meant, 1));
            if meant != *join {
                mended.extend(loaded.postings(&meant)?.map(|postings| (meant, *leaves, postings)));
            }
        }
        for (join, leaves, postings) in joined.into_iter().chain(mended) {
            let rarity = self.rarity(&postings);
            for (section, impact) in &postings.list {
                let known = scores.entry(*section).or_default();
                known.0 += rarity * EXACT * u64::from(*impact);
                known.1 |= leaves;
            }
            marked.insert(join);
        }
        // Who holds all of the words comes before who holds the rarest of them.
        let all: u64 = tells.iter().sum();
        for (score, leaves) in scores.values_mut().filter(|_| all > 0) {
            let held = tells.iter().enumerate().filter(|(index, _)| *leaves & 1 << index != 0);
            let held: u64 = held.map(|(_, tells)| tells).sum();
            *score = *score * held / all * held / all;
        }
        let mut keyed = BTreeSet::new();
        for key in query.keys(language, &corrected) {
            self.headings(&key, all, &mut loaded, (&mut scores, &mut keyed))?;
        }
        let mut order: Vec<(u64, u32)> = scores.iter().map(|(section, (score, _))| (*score, *section)).collect();
        order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let total = order.len();
        for (place, (score, section)) in order.iter_mut().take(LOOKED_AT).enumerate() {
            let (is_read, is_keyed) = (place < READ && query.has_neighbours(), keyed.contains(section));
            if !is_read && !is_keyed {
                continue;
            }
            let ((_, title, _), (_, trail, text, code)) = self.section(*section)?;
            let heading = trail.last().unwrap_or(&title);
            if is_read {
                let (found, typed) = query.neighbours_in([heading, &text, &code]);
                *score += *score * found as u64 / typed as u64;
            }
            // The index knows headings by the stems of their words: in the texts the words themselves are there.
            if is_keyed && query.is(heading) {
                *score += all.max(100) * EXACT * TYPED;
            }
        }
        order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        order.truncate(limit);
        let hits = order.into_iter().map(|(score, section)| {
            let ((url, title, _), (id, trail, text, code)) = self.section(section)?;
            Ok(Hit { url, id, title, trail, excerpt: excerpt(&text, &code, &marked), score })
        });
        let hits = hits.collect::<Result<_, _>>()?;
        Ok(Found { hits, total, corrected })
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
        let end = self.last_place()?;
        Ok(places.into_iter().filter(|place| *place <= end).collect())
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

    /// How rare a term is, in hundredths.
    fn rarity(&self, postings: &Postings) -> u64 {
        let (all, some) = (self.manifest.sections as f64, postings.sections as f64);
        ((1.0 + (all - some + 0.5) / (some + 0.5)).ln() * 100.0).round().max(1.0) as u64
    }

    /// Adds what headings count that say just what is asked, or begin so.
    fn headings(
        &self,
        (key, beginning): &(String, Option<String>),
        all: u64,
        loaded: &mut Loaded<'_, '_>,
        (scores, keyed): (&mut Scores, &mut BTreeSet<u32>),
    ) -> Result<(), Wrong> {
        let Some(place) = self.place(key)? else { return Ok(()) };
        loaded.load(&[place])?;
        let shard = &loaded.shards[&place];
        let mut add = |postings: Postings, part: u64, of: u64| {
            for (section, impact) in postings.list {
                scores.entry(section).or_default().0 += all.max(100) * EXACT * u64::from(impact) * part / of;
            }
        };
        if let Some(postings) = shard.postings(key) {
            keyed.extend(postings.list.iter().map(|(section, _)| *section));
            add(postings, 1, 1);
        }
        if let Some(beginning) = beginning {
            let length = beginning.chars().count() as u64;
            let keys = shard.terms().filter(|term| term.contains(' ') && *term != key && term.starts_with(beginning));
            for longer in keys.take(50) {
                if let Some(postings) = shard.postings(longer) {
                    add(postings, length, 2 * longer.chars().count() as u64);
                }
            }
        }
        Ok(())
    }
}

/// How many of the best sections have their headings compared with what was typed.
const LOOKED_AT: usize = 20;
/// How many of the best sections are read: words that stand beside each other there, too, double what a section counts. What is read
/// is loaded. With ten, 99 of 100 copied sentences are found among the first five, not 97, but a first query weighs 10 KB more.
const READ: usize = 5;

/// How much a heading counts that is typed as it stands: more than the level of another whose words are other forms of it.
const TYPED: u64 = 30;

/// In how many sections a word stands at most that may be a slip.
const RARE: usize = 2;

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

    /// Adds what the terms for one leaf count, the best of them in each section; returns how much the leaf tells. Whether it is one of
    /// `several`: then each section counts that holds it.
    fn add(&mut self, matches: &[Match], (leaf, several): (usize, bool), scores: &mut Scores) -> Result<u64, Wrong> {
        let mut found: Vec<(u64, u64, Postings)> = Vec::new();
        for one in matches {
            if let Some(mut postings) = self.postings(&one.term)? {
                if several && one.weight >= FORM {
                    self.reader.add_tail(&mut postings)?;
                }
                found.push((one.weight, self.reader.rarity(&postings), postings));
            }
        }
        let exact = found.iter().find(|(weight, ..)| *weight == EXACT).map(|(_, rarity, _)| *rarity);
        let tells = exact.or_else(|| found.iter().map(|(_, rarity, _)| *rarity).max()).unwrap_or(0);
        let mut best: BTreeMap<u32, u64> = BTreeMap::new();
        for (weight, rarity, postings) in &found {
            for (section, impact) in &postings.list {
                let score = weight * rarity.min(&tells) * u64::from((*impact).min(MOST));
                let known = best.entry(*section).or_default();
                *known = score.max(*known);
            }
        }
        for (section, score) in best {
            let known = scores.entry(section).or_default();
            known.0 += score;
            known.1 |= 1 << leaf;
        }
        Ok(tells)
    }
}
