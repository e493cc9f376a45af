//! Two sites, page by page.

use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use super::page::{Page, counts};
use super::site::Built;
use super::{Anchor, Changed, Difference, Gone, Link, Sides, text};
use crate::base::Hash;

/// How alike two pages are, of 1, to be taken for one page that moved.
const ALIKE: f64 = 0.5;

/// How alike the spelling of two anchors is, of 1, to be taken for one that was renamed.
const NEAR: f64 = 0.8;

/// What became of `old` in `new`.
pub fn compare(old: &Built, new: &Built) -> Difference {
    let mut difference = Difference { pages: (old.pages.len(), new.pages.len()), ..Difference::default() };
    let added: Vec<(&String, &Page)> =
        new.pages.iter().filter(|(address, _)| !old.pages.contains_key(*address)).collect();
    let words: Vec<(&String, &Page, BTreeSet<Hash>)> =
        added.iter().map(|&(address, page)| (address, page, vocabulary(page))).collect();
    let both: Vec<(&String, &Page, &Page)> =
        old.pages.iter().filter_map(|(address, page)| Some((address, page, new.pages.get(address)?))).collect();
    difference.changed = both.par_iter().filter_map(|&(address, old, new)| changed(address, old, new)).collect();

    let lost = old.pages.iter().filter(|(address, _)| !new.pages.contains_key(*address));
    for (address, page) in lost {
        match new.redirects.get(address) {
            Some(to) => difference.moved.push((address.clone(), to.clone())),
            None => difference.gone.push(Gone { address: address.clone(), became: became(page, &words) }),
        }
    }
    for address in old.redirects.keys() {
        if !new.redirects.contains_key(address) && !new.pages.contains_key(address) {
            difference.gone.push(Gone { address: address.clone(), became: None });
        }
    }
    for address in old.downloads.difference(&new.downloads) {
        let name = address.rsplit('/').next();
        let became = new.downloads.iter().find(|other| other.rsplit('/').next() == name).cloned();
        difference.gone.push(Gone { address: address.clone(), became });
    }
    difference.gone.sort_by(|a, b| a.address.cmp(&b.address));
    let files = new.downloads.difference(&old.downloads).cloned();
    difference.new = added.into_iter().map(|(address, _)| address.clone()).chain(files).collect();
    difference.new.sort();
    difference
}

/// The page among the new ones that says what the old one said.
fn became(page: &Page, added: &[(&String, &Page, BTreeSet<Hash>)]) -> Option<String> {
    let own = vocabulary(page);
    let score = |other: &Page, words: &BTreeSet<Hash>| {
        let both = own.intersection(words).count() as f64;
        let either = (own.len() + words.len()) as f64 - both;
        let same_heading = !page.heading.is_empty() && page.heading == other.heading;
        if either == 0.0 {
            f64::from(u8::from(same_heading))
        } else {
            both / either + if same_heading { 0.5 } else { 0.0 }
        }
    };
    let scored = added.iter().map(|(address, other, words)| (score(other, words), *address));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
    best.filter(|&(score, _)| score >= ALIKE).map(|(_, address)| address.clone())
}

fn vocabulary(page: &Page) -> BTreeSet<Hash> {
    page.blocks.iter().flat_map(|block| block.split(' ')).map(|word| Hash::of_bytes(word.as_bytes())).collect()
}

fn changed(address: &str, old: &Page, new: &Page) -> Option<Changed> {
    let changed = Changed {
        address: address.to_owned(),
        title: (old.title != new.title).then(|| (old.title.clone(), new.title.clone())),
        anchors: anchors(old, new),
        links: links(&old.links, &new.links),
        text: text::compare(&old.blocks, &new.blocks),
    };
    (!changed.is_empty()).then_some(changed)
}

fn anchors(old: &Page, new: &Page) -> Sides<Anchor> {
    let only = |page: &Page, other: &Page| -> Vec<Anchor> {
        let there: BTreeSet<&str> = other.anchors.iter().map(|(id, _)| id.as_str()).collect();
        let mut seen = BTreeSet::new();
        let gone = page.anchors.iter().filter(|(id, _)| !there.contains(id.as_str()) && seen.insert(id.as_str()));
        gone.map(|(id, heading)| Anchor { id: id.clone(), heading: heading.clone(), became: None }).collect()
    };
    let (mut gone, added) = (only(old, new), only(new, old));
    for anchor in &mut gone {
        let same = added.iter().find(|other| other.heading.is_some() && other.heading == anchor.heading);
        let near = || {
            let scored = added.iter().map(|other| (strsim::jaro_winkler(&anchor.id, &other.id), other));
            scored.filter(|(score, _)| *score >= NEAR).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, other)| other)
        };
        anchor.became = same.or_else(near).map(|other| other.id.clone());
    }
    Sides { gone, new: added }
}

fn links(old: &[Link], new: &[Link]) -> Sides<Link> {
    let (old, new) = (counts(old), counts(new));
    let only = |some: &BTreeMap<Link, usize>, others: &BTreeMap<Link, usize>| {
        let left = |(link, &count): (&Link, &usize)| {
            std::iter::repeat_n(link.clone(), count.saturating_sub(others.get(link).copied().unwrap_or_default()))
        };
        some.iter().flat_map(left).collect()
    };
    Sides { gone: only(&old, &new), new: only(&new, &old) }
}
