//! A query and an index -> the sections that answer it, the best first.
//!
//! All numbers are whole, so that every machine and the browser agree: a logarithm is rounded to hundredths first.

use std::collections::{BTreeMap, BTreeSet};

use super::excerpt::excerpt;
use super::gather::Gathered;
use super::matches::EXACT;
use super::query::{Leaves, Query};
use super::read::{Postings, Reader, Wrong};
use super::{Found, Hit};

/// How many of the best sections have their headings compared with what was typed.
const LOOKED_AT: usize = 20;
/// How many of the best sections are read: words that stand beside each other there, too, double what a section counts. What is read
/// is loaded. With ten, 99 of 100 copied sentences are found among the first five, not 97, but a first query weighs 10 KB more.
const READ: usize = 5;
/// How much a heading counts that is typed as it stands: more than the level of another whose words are other forms of it.
const TYPED: u64 = 30;

impl Reader<'_> {
    /// The best `limit` sections for a query.
    pub fn search(&self, text: &str, limit: usize) -> Result<Found, Wrong> {
        let mut query = Query::new(text, &self.manifest.language);
        let gathered = self.gather(&mut query)?;
        let sums = self.sums(&gathered);
        let mut order: Vec<(u64, u32)> = sums.scores.iter().map(|(section, (score, _))| (*score, *section)).collect();
        order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let total = order.len();
        self.read_best(&mut order, &query, &sums)?;
        order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        order.truncate(limit);
        let hits = order.into_iter().map(|(score, section)| {
            let ((url, title, _), (id, trail, text, code)) = self.section(section)?;
            Ok(Hit { url, id, title, trail, excerpt: excerpt(&text, &code, &gathered.marked), score })
        });
        let hits = hits.collect::<Result<_, _>>()?;
        Ok(Found { hits, total, corrected: gathered.corrected })
    }

    /// How rare a term is, in hundredths.
    pub(super) fn rarity(&self, postings: &Postings) -> u64 {
        let (all, some) = (self.manifest.sections as f64, postings.sections as f64);
        ((1.0 + (all - some + 0.5) / (some + 0.5)).ln() * 100.0).round().max(1.0) as u64
    }

    /// Adds up what was gathered.
    fn sums(&self, gathered: &Gathered) -> Sums {
        let mut sums = Sums::default();
        for (index, leaf) in gathered.leaves.iter().enumerate() {
            let mut best: BTreeMap<u32, u64> = BTreeMap::new();
            for (weight, rarity, postings) in &leaf.terms {
                for (section, impact) in &postings.list {
                    let known = best.entry(*section).or_default();
                    *known = (*known).max(weight * rarity.min(&leaf.tells) * u64::from(*impact));
                }
            }
            best.into_iter().for_each(|(section, score)| sums.add(section, score, 1 << index));
        }
        for (leaves, postings) in &gathered.joined {
            let rarity = self.rarity(postings);
            for (section, impact) in &postings.list {
                sums.add(*section, rarity * EXACT * u64::from(*impact), *leaves);
            }
        }
        // Who holds all of the words comes before who holds the rarest of them.
        let tells = || gathered.leaves.iter().map(|leaf| leaf.tells).enumerate();
        let all: u64 = tells().map(|(_, tells)| tells).sum();
        for (score, leaves) in sums.scores.values_mut().filter(|_| all > 0) {
            let held: u64 = tells().filter(|(index, _)| *leaves & 1 << index != 0).map(|(_, tells)| tells).sum();
            *score = *score * held / all * held / all;
        }
        sums.all = all.max(100);
        for heading in &gathered.headings {
            for (section, impact) in &heading.postings.list {
                sums.add(*section, sums.all * EXACT * u64::from(*impact) * heading.part / heading.of, 0);
                if heading.part == heading.of {
                    sums.keyed.insert(*section);
                }
            }
        }
        sums
    }

    /// Adds what the texts of the best sections tell.
    fn read_best(&self, order: &mut [(u64, u32)], query: &Query, sums: &Sums) -> Result<(), Wrong> {
        for (place, (score, section)) in order.iter_mut().take(LOOKED_AT).enumerate() {
            let (is_read, is_keyed) = (place < READ && query.has_neighbours(), sums.keyed.contains(section));
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
                *score += sums.all * EXACT * TYPED;
            }
        }
        Ok(())
    }
}

/// How much sections count.
#[derive(Default)]
struct Sums {
    /// Of each section that holds something, with the leaves that it holds.
    scores: BTreeMap<u32, (u64, Leaves)>,
    /// How much all the words tell, and 100 at least.
    all: u64,
    /// The sections whose heading says just what is asked.
    keyed: BTreeSet<u32>,
}

impl Sums {
    fn add(&mut self, section: u32, score: u64, leaves: Leaves) {
        let known = self.scores.entry(section).or_default();
        known.0 += score;
        known.1 |= leaves;
    }
}
