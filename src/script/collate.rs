//! Texts in the order of dictionaries: `localeCompare` and `Intl.Collator` of programs.

use std::cmp::Ordering;

use boa_engine::{Context, JsResult, JsString, JsValue};
use unicode_normalization::UnicodeNormalization;

use super::work;

/// To take a text apart costs as much as to go over so many elements of a list, a character.
const CHARACTERS: u64 = 4;

/// `collate(one, other, numeric)`: less than, equal to or more than nothing, as a comparison for sorting says it.
pub(super) fn collate(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = |index: usize| arguments.get(index).and_then(JsValue::as_string).unwrap_or_default();
    let (one, other): (JsString, JsString) = (text(0), text(1));
    work::charge((one.len() + other.len()) as u64 / CHARACTERS + 1, context)?;
    let numeric = arguments.get(2).is_some_and(JsValue::to_boolean);
    let order = compared(&one.to_std_string_lossy(), &other.to_std_string_lossy(), numeric);
    Ok((order as i8).into())
}

/// Letters first, then accents, then capitals, the small one before the large; numbers by their value if that is wanted.
fn compared(one: &str, other: &str, numeric: bool) -> Ordering {
    let [one, other] = [one, other].map(|text| match numeric {
        true => padded(text).nfd().collect::<String>(),
        false => text.nfd().collect(),
    });
    let letters = |text: &str| small(text.chars().filter(|char| !('\u{300}'..='\u{36f}').contains(char)));
    let accents = |text: &str| small(text.chars());
    letters(&one).cmp(&letters(&other)).then_with(|| accents(&one).cmp(&accents(&other))).then_with(|| other.cmp(&one))
}

fn small(chars: impl Iterator<Item = char>) -> String {
    chars.flat_map(char::to_lowercase).collect()
}

/// Numbers with so many digits that texts compare as their values do.
fn padded(text: &str) -> String {
    const DIGITS: usize = 20;
    let mut padded = String::with_capacity(text.len() + DIGITS);
    let mut rest = text;
    while let Some(start) = rest.find(|char: char| char.is_ascii_digit()) {
        let (before, number) = rest.split_at(start);
        let end = number.find(|char: char| !char.is_ascii_digit()).unwrap_or(number.len());
        let (digits, after) = number.split_at(end);
        padded.push_str(before);
        padded.extend(std::iter::repeat_n('0', DIGITS.saturating_sub(digits.len())));
        padded.push_str(digits);
        rest = after;
    }
    padded.push_str(rest);
    padded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_dictionaries_have_it() {
        let sorted = |numeric: bool, texts: &[&str]| {
            let mut texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            texts.sort_by(|one, other| compared(one, other, numeric));
            texts.join(" ")
        };
        assert_eq!(sorted(false, &["z", "é", "e", "a", "É", "E"]), "a e E é É z");
        assert_eq!(sorted(false, &["côte", "coté", "cote", "Côté"]), "cote coté côte Côté");
        assert_eq!(sorted(true, &["10-end", "9-more", "1-begin"]), "1-begin 9-more 10-end");
        assert_eq!(sorted(false, &["10-end", "9-more", "1-begin"]), "1-begin 10-end 9-more");
        assert_eq!(compared("", "", true), Ordering::Equal);
    }
}
