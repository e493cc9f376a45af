//! What a function does that makes ids of headings: the rule that gives what it gave for every sample.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use serde_yaml::Value;
use unicode_normalization::UnicodeNormalization;

use crate::config::{CharFate, SlugRule};

/// Characters that headings have, each asked about between two letters.
const ASCII: std::ops::RangeInclusive<char> = ' '..='~';
const LETTERS: &str = "éÉàçñüßœæøđłżčыЖнλΩאبแ中文日あアん한ー々０²ªéĳ";
const SYMBOLS: &str =
    "\u{a0}«»¿¡·•–—―‘’‚“”„†…‹›€£©®™°→←≤×÷−✓★🦀🎉、。，：；！？（）【】《》「」\u{200b}\u{2009}\u{202f}\u{3000}";

/// Headings as sites have them: a rule that holds for all the rest must hold for these, too.
const HEADINGS: &[&str] = &[
    "Getting Started",
    "1. What's new in v2.0?",
    "  Spaces   around  ",
    "`code` & more — a dash",
    "Écrire l'œuvre : première étape (suite)",
    "Вы пришли из Vue 2?",
    "什么是 VitePress？",
    "C++ / C# / F#",
    "--flag <value>",
    "snake_case_name and kebab-case-name",
    "100% of $price @home #1",
    "a.b.c() => { }",
    "Trailing dots...",
    "(parenthesis) first",
    "🦀 Rust 🎉",
    "2024",
    "!!!",
    "A--B__C  D",
];

/// What `slugify` is asked.
pub(super) fn samples() -> Vec<String> {
    let mut samples: Vec<String> = ["ab", "aB", "a  b", "a--b", "-a", "a-", "1a", "aéb"].map(str::to_owned).into();
    samples.extend(probed().map(|char| format!("a{char}b")));
    for char in ASCII.filter(char::is_ascii_punctuation) {
        samples.extend([format!("{char}a"), format!("a{char}")]);
    }
    samples.extend(HEADINGS.iter().map(|heading| (*heading).to_owned()));
    samples
}

fn probed() -> impl Iterator<Item = char> {
    ASCII.chain(LETTERS.chars()).chain(SYMBOLS.chars())
}

/// The rule that these answers follow, if they follow one.
pub(super) fn rule(answers: &[Value]) -> Option<SlugRule> {
    let written = |answer: &Value| Some((answer.get(0)?.as_str()?.to_owned(), answer.get(1)?.as_str()?.to_owned()));
    let mut made: BTreeMap<String, String> = answers.iter().map(written).collect::<Option<_>>()?;
    let encoded = made.get("a中b")?.contains("%E4%B8%AD");
    let asked = made.clone();
    if encoded {
        for slug in made.values_mut() {
            *slug = percent_decode_str(slug).decode_utf8().ok()?.into_owned();
        }
    }
    let of = |text: &str| made.get(text).map(String::as_str);
    let plain = of("aéb") == Some("aeb");
    let separator = of("a b")?.strip_prefix('a')?.strip_suffix('b')?.to_owned();
    let mut fates: BTreeMap<char, CharFate> = BTreeMap::new();
    for char in probed() {
        let text = char.to_string();
        // It is what it is made of that counts.
        if plain && text.nfkd().ne(text.chars()) && text.nfkd().any(|part| part != char) {
            continue;
        }
        let middle = of(&format!("a{char}b"))?.strip_prefix('a')?.strip_suffix('b')?;
        let fate = match middle {
            "" => CharFate::Drop,
            // Kept, and what separates, look alike where there is one.
            middle if middle == text && text == separator && of("a--b") == Some("a--b") => CharFate::Keep,
            middle if middle == separator => CharFate::Separate,
            middle if middle == text || middle == text.to_lowercase() => CharFate::Keep,
            _ => return None,
        };
        fates.insert(char, fate);
    }
    let fate = |char: char| fates.get(&char).copied();
    let at_ends = ASCII.filter(char::is_ascii_punctuation).find(|char| fate(*char) == Some(CharFate::Separate));
    let at_ends = at_ends.unwrap_or('-');
    let letters = common(&fates, |char| !char.is_ascii() && char.is_alphanumeric())?;
    let symbols = common(&fates, |char| !char.is_ascii() && !char.is_alphanumeric())?;
    let own = |wanted: CharFate| -> String {
        let usual = |char: char| if char.is_alphanumeric() { letters } else { symbols };
        fates.iter().filter(|(char, fate)| **fate == wanted && usual(**char) != wanted).map(|(char, _)| *char).collect()
    };
    let defaults = SlugRule::default();
    let rule = SlugRule {
        lower: of("aB")? == "ab",
        plain,
        keep: own(CharFate::Keep),
        // Of control characters nobody asks: they are left out.
        drop: format!("{}{}", defaults.drop, own(CharFate::Drop)),
        separate: own(CharFate::Separate),
        letters,
        symbols,
        joined: of("a  b")? == format!("a{separator}b"),
        starts: !separator.is_empty() && of(&format!("{at_ends}a"))?.starts_with(&separator),
        ends: !separator.is_empty() && of(&format!("a{at_ends}"))?.ends_with(&separator),
        digits: of("1a")?.strip_suffix("1a")?.to_owned(),
        encoded,
        separator,
    };
    // A heading's text never begins or ends with white space.
    asked.iter().all(|(text, slug)| text.trim() != text || rule.slug(text) == *slug).then_some(rule)
}

/// What becomes of most of these characters.
fn common(fates: &BTreeMap<char, CharFate>, is: fn(char) -> bool) -> Option<CharFate> {
    let count = |wanted: CharFate| fates.iter().filter(|(char, fate)| is(**char) && **fate == wanted).count();
    CharFate::ALL.into_iter().map(|(fate, _)| fate).max_by_key(|fate| count(*fate))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The answers that a rule would give.
    fn answers(rule: &SlugRule) -> Vec<Value> {
        let answer = |text: String| Value::from(vec![Value::from(text.as_str()), Value::from(rule.slug(&text))]);
        samples().into_iter().map(answer).collect()
    }

    #[test]
    fn a_rule_is_told_by_its_answers() {
        let default = SlugRule::default();
        let kept = SlugRule { lower: false, ends: true, ..default.clone() };
        let github = SlugRule {
            plain: false,
            separate: " ".to_owned(),
            keep: "-_".to_owned(),
            symbols: CharFate::Drop,
            joined: false,
            starts: true,
            ends: true,
            digits: String::new(),
            ..default.clone()
        };
        let encoded =
            SlugRule { plain: false, symbols: CharFate::Keep, separate: " ".into(), encoded: true, ..github.clone() };
        for rule in [default, kept, github, encoded] {
            let told = self::rule(&answers(&rule)).expect("it is a rule");
            for text in samples().iter().map(|text| text.trim()) {
                assert_eq!(told.slug(text), rule.slug(text), "{text}");
            }
        }
    }

    #[test]
    fn what_follows_no_rule_is_none() {
        let none = |change: fn(&str, &str) -> String| {
            let mut answers = answers(&SlugRule::default());
            for answer in &mut answers {
                let (text, slug) =
                    (answer[0].as_str().unwrap_or("").to_owned(), answer[1].as_str().unwrap_or("").to_owned());
                answer[1] = change(&text, &slug).into();
            }
            assert_eq!(rule(&answers), None);
        };
        none(|_, slug| format!("h-{slug}"));
        none(|text, _| text.len().to_string());
        none(|text, slug| if text == "Getting Started" { "start".to_owned() } else { slug.to_owned() });
        none(|text, slug| if text.contains('&') { slug.replace("a-b", "a-and-b") } else { slug.to_owned() });
        assert_eq!(rule(&[]), None);
    }
}
