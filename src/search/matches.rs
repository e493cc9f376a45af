//! What is looked for -> terms of the index that stand for it, each with how well it does, in hundredths.

use super::distance::distance;
use super::language::Language;
use super::read::Shard;
use super::shards::is_misspelt;
use super::terms::order;

/// A term of the index that stands for a word of the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub term: String,
    pub weight: u64,
}

/// The word itself.
pub(super) const EXACT: u64 = 100;
/// Another form of it.
const FORM: u64 = 85;
/// The most longer words that a beginning stands for.
const LONGER: usize = 24;
/// The most words that stand for a misspelt one.
const CORRECTIONS: usize = 4;

fn length(word: &str) -> usize {
    word.chars().count()
}

/// The terms of some shards that a word stands for: itself, its other forms, and longer words that begin with it; these in any case
/// if it is the `last` that was typed, else if there is nothing better.
pub(super) fn forms(word: &str, last: bool, shards: &[&Shard], language: &Language) -> Vec<Match> {
    let stem = language.stem(word);
    let (mut found, mut longer): (Vec<Match>, Vec<&str>) = (Vec::new(), Vec::new());
    for term in shards.iter().flat_map(|shard| shard.terms()).filter(|term| !term.contains(' ')) {
        if term == word {
            found.push(Match { term: term.to_owned(), weight: EXACT });
        } else if is_misspelt(term) && language.stem(term) == stem {
            found.push(Match { term: term.to_owned(), weight: FORM });
        } else if term.starts_with(word) {
            longer.push(term);
        }
    }
    if last || found.is_empty() {
        // Nothing is added to what is there by much: who types a whole word means it.
        let (least, more) = if found.is_empty() { (35, 50) } else { (15, 30) };
        longer.sort_by_key(|term| length(term));
        let weighed = longer.into_iter().take(LONGER).map(|term| Match {
            weight: least + more * length(word) as u64 / length(term) as u64,
            term: term.to_owned(),
        });
        found.extend(weighed);
    }
    found
}

/// How many slips are forgiven in a word.
pub(super) fn forgiven(word: &str) -> usize {
    match is_misspelt(word) {
        false => 0,
        true if length(word) >= 8 => 2,
        true => 1,
    }
}

/// The words that are nearest to a misspelt one: with the fewest slips, of these first those with the same first letter, then
/// those in more sections. The beginning of a word will do for the `last` that was typed.
pub(super) fn corrections<'t>(
    word: &str,
    last: bool,
    terms: impl Iterator<Item = (&'t str, usize)>,
) -> Vec<(usize, Match)> {
    let most = forgiven(word);
    let mut found: Vec<(usize, bool, std::cmp::Reverse<usize>, &str)> = Vec::new();
    if most == 0 {
        return Vec::new();
    }
    for (term, sections) in terms.filter(|(term, _)| is_misspelt(term) && length(term) + most >= length(word)) {
        let (whole, beginning) = distance(word, term, most);
        let slips = match last && length(word) >= 5 && beginning < whole {
            // Worse than a word that is written to its end.
            true => beginning + 1,
            false => whole,
        };
        if slips <= most || slips == 2 && beginning == 1 && last && length(word) >= 5 {
            let first = term.chars().next() != word.chars().next();
            found.push((slips, first, std::cmp::Reverse(sections), term));
        }
    }
    found.sort_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)).then_with(|| order(a.3, b.3)));
    let fewest = found.first().map_or(0, |best| best.0);
    let nearest = found.into_iter().take_while(|(slips, ..)| *slips == fewest).take(CORRECTIONS);
    nearest
        .map(|(slips, other, _, term)| {
            let weight = if slips <= 1 { 65 } else { 45 } - if other { 10 } else { 0 };
            (slips, Match { term: term.to_owned(), weight })
        })
        .collect()
}
