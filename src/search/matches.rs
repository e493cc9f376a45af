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
pub(super) const FORM: u64 = 85;
/// The most longer words that a beginning stands for.
const LONGER: usize = 24;
/// No shorter word is looked for at the end of others.
const SHORTEST_HALF: usize = 5;
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
        let weighed = longer.into_iter().take(LONGER);
        found.extend(weighed.map(|term| Match { weight: extent(least, more, word, term), term: term.to_owned() }));
    }
    found
}

/// What a longer word counts for a part of it: more, the more of it that part is.
fn extent(least: u64, more: u64, word: &str, term: &str) -> u64 {
    least + more * length(word) as u64 / length(term) as u64
}

/// How many slips are forgiven in a word.
pub(super) fn forgiven(word: &str) -> usize {
    match is_misspelt(word) {
        false => 0,
        true if length(word) >= 8 => 2,
        true => 1,
    }
}

/// The terms that end with a word, as compounds do: `Handbuch` stands for `Benutzerhandbuch`.
pub(super) fn compounds<'t>(word: &str, terms: impl Iterator<Item = &'t str>) -> Vec<Match> {
    if length(word) < SHORTEST_HALF {
        return Vec::new();
    }
    let mut longer: Vec<&str> = terms.filter(|term| term.ends_with(word) && *term != word).collect();
    longer.sort_by(|a, b| length(a).cmp(&length(b)).then_with(|| order(a, b)));
    let weighed =
        longer.into_iter().take(LONGER).map(|term| Match { weight: extent(35, 50, word, term), term: term.to_owned() });
    weighed.collect()
}

/// A word that may be meant by a misspelt one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Correction {
    slips: usize,
    /// Whether it has other letters: two that changed places are the likeliest slip.
    other_letters: bool,
    /// Whether it begins with another letter.
    other_beginning: bool,
    /// In how many sections it is, as far as that is known.
    sections: usize,
    pub term: String,
}

/// The words that may be meant by a misspelt one. The beginning of a word will do for the `last` that was typed.
pub(super) fn corrections<'t>(
    word: &str,
    last: bool,
    terms: impl Iterator<Item = (&'t str, usize)>,
) -> Vec<Correction> {
    let most = forgiven(word);
    if most == 0 {
        return Vec::new();
    }
    let letters = letters(word);
    let correction = |(term, sections): (&'t str, usize)| {
        if !is_misspelt(term) || length(term) + most < length(word) {
            return None;
        }
        let (whole, beginning) = distance(word, term, most);
        let slips = match last && length(word) >= 5 && beginning < whole {
            // Worse than a word that is written to its end.
            true => beginning + 1,
            false => whole,
        };
        let is_near = slips <= most || slips == 2 && beginning == 1 && last && length(word) >= 5;
        is_near.then(|| Correction {
            slips,
            other_letters: self::letters(term) != letters,
            other_beginning: term.chars().next() != word.chars().next(),
            sections,
            term: term.to_owned(),
        })
    };
    terms.filter_map(correction).collect()
}

/// The letters of a word, in order.
fn letters(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

/// The nearest of these: with the fewest slips, of these first those with the same letters, then those with the same first letter, then
/// those in more sections.
pub(super) fn nearest(mut found: Vec<Correction>) -> Vec<Match> {
    let rank = |one: &Correction| (one.slips, one.other_letters, one.other_beginning, std::cmp::Reverse(one.sections));
    found.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| order(&a.term, &b.term)));
    let fewest = found.first().map_or(0, |best| best.slips);
    let nearest = found.into_iter().take_while(|one| one.slips == fewest).take(CORRECTIONS);
    nearest
        .map(|Correction { slips, other_beginning, term, .. }| {
            let weight = if slips <= 1 { 65 } else { 45 } - if other_beginning { 10 } else { 0 };
            Match { term, weight }
        })
        .collect()
}
