//! Text -> tokens.
//!
//! A token is a word, words that one sign joins (`front-matter`, `themeConfig.nav`, `snake_case`), a letter with its signs
//! (`C++`, `C#`), or a run of a script that writes no spaces. Its leaves are what a reader may type of it; its joins are
//! what stands together.

use unicode_normalization::char::is_combining_mark;

use super::fold::{fold, is_unspaced};

/// No leaf is longer, in characters; the rest of a longer word does not count.
pub(super) const LONGEST: usize = 40;
/// No join is longer: hashes and addresses are no words.
const LONGEST_JOIN: usize = 60;

/// A token of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The smallest words in it, or the characters and pairs of a run: all of it is to be found by each.
    pub leaves: Vec<String>,
    /// Words of several leaves, written together.
    pub joins: Vec<String>,
    /// The whole of it, without signs.
    pub whole: String,
    /// Whether it is a run of a script without spaces.
    pub run: bool,
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c >= '\u{300}' && is_combining_mark(c)
}

fn is_joiner(c: char) -> bool {
    matches!(c, '.' | '-' | '_')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// The tokens of a text.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    scan(text, &mut |start, end, pieces| tokens.extend(token(text, start, end, pieces)));
    tokens
}

/// A folded word as it stands in one of these texts; as it is, if it stands in none.
pub fn as_written<'t>(texts: impl IntoIterator<Item = &'t str>, word: &'t str) -> &'t str {
    let found = texts.into_iter().find_map(|text| {
        let token = tokens(text).into_iter().find(|token| token.leaves == [word])?;
        Some(&text[token.start..token.end])
    });
    found.unwrap_or(word)
}

/// The token that stands there, of these pieces; a run has none.
pub(super) fn token(text: &str, start: usize, end: usize, pieces: &[&str]) -> Option<Token> {
    match pieces.is_empty() {
        true => run(text, start, end),
        false => word(pieces, start, end),
    }
}

/// Tells of each token of a text where it begins and ends, and the pieces between its signs; of a run, no pieces.
pub(super) fn scan<'t>(text: &'t str, found: &mut impl FnMut(usize, usize, &[&'t str])) {
    let bytes = text.as_bytes();
    let at = |offset: usize| match bytes.get(offset) {
        Some(byte) if byte.is_ascii() => char::from(*byte),
        Some(_) => text[offset..].chars().next().unwrap_or('\0'),
        None => '\0',
    };
    let spaced = |c: char| if c.is_ascii() { c.is_ascii_alphanumeric() } else { is_word(c) && !is_unspaced(c) };
    let (mut pieces, mut offset) = (Vec::new(), 0);
    while offset < bytes.len() {
        let first = offset;
        let c = at(offset);
        if c.is_ascii() && !c.is_ascii_alphanumeric() || !c.is_ascii() && !is_word(c) {
            offset += c.len_utf8();
            continue;
        }
        pieces.clear();
        if is_unspaced(c) {
            while is_word(at(offset)) && is_unspaced(at(offset)) {
                offset += at(offset).len_utf8();
            }
            found(first, offset, &pieces);
            continue;
        }
        let mut piece = offset;
        loop {
            while spaced(at(offset)) {
                offset += at(offset).len_utf8();
            }
            pieces.push(&text[piece..offset]);
            if !(is_joiner(at(offset)) && spaced(at(offset + 1))) {
                break;
            }
            offset += 1;
            piece = offset;
        }
        if let Some(signs) = signs_behind(text, first, offset) {
            offset += signs;
            pieces[0] = &text[first..offset];
        } else if is_elided(text, first, offset, pieces.len()) {
            continue;
        }
        found(first, offset, &pieces);
    }
}

/// How many signs behind a single letter make a name of it: `C++`, `C#`, as in `C++17`, but not in `a++b` nor `c#part`.
fn signs_behind(text: &str, start: usize, end: usize) -> Option<usize> {
    if end - start != 1 {
        return None;
    }
    let signs = ["++", "#"].into_iter().find(|signs| text[end..].starts_with(signs))?;
    let next = text[end + signs.len()..].chars().next();
    let goes_on = next.is_some_and(|c| is_word(c) && !is_unspaced(c) && !c.is_ascii_digit());
    (!goes_on).then_some(signs.len())
}

/// Whether a piece is a letter with its signs.
fn is_signed(piece: &str) -> bool {
    piece.ends_with(['+', '#'])
}

/// What is left of an article or a pronoun before an apostrophe, besides single letters: `qu'on`.
const BEFORE: &str = "qu";
/// What is left of a word behind one: `site's`, `don't`, `I'm`, `they're`.
const BEHIND: [&str; 7] = ["s", "t", "d", "m", "re", "ve", "ll"];

/// Whether it is what an apostrophe leaves of a word: `l'accès` is looked for as `accès`, `site's` as `site`.
fn is_elided(text: &str, start: usize, end: usize, pieces: usize) -> bool {
    let word = &text[start..end];
    if pieces != 1 || word.chars().nth(2).is_some() {
        return false;
    }
    let (mut before, mut after) = (text[..start].chars().rev(), text[end..].chars());
    let follows = after.next().is_some_and(is_apostrophe) && after.next().is_some_and(is_word);
    let is_letter = word.chars().nth(1).is_none();
    follows && (is_letter || word.eq_ignore_ascii_case(BEFORE))
        || BEHIND.iter().any(|left| word.eq_ignore_ascii_case(left))
            && before.next().is_some_and(is_apostrophe)
            && before.next().is_some_and(is_word)
}

/// A word of these pieces.
fn word(pieces: &[&str], start: usize, end: usize) -> Option<Token> {
    let (mut leaves, mut joins, mut whole) = (Vec::new(), Vec::new(), String::new());
    for piece in pieces {
        let parts = humps(piece).into_iter().map(cleaned).filter(|part| !part.is_empty());
        let parts: Vec<String> = parts.map(|part| without_article(&part).to_owned()).collect();
        let joined: String = parts.concat();
        whole.push_str(&joined);
        if parts.len() > 1 && pieces.len() > 1 {
            joins.push(joined);
        }
        leaves.extend(parts);
    }
    if leaves.len() > 1 {
        joins.push(whole.clone());
    }
    joins.retain(|join| join.chars().count() <= LONGEST_JOIN);
    for leaf in &mut leaves {
        cut(leaf, LONGEST);
    }
    cut(&mut whole, LONGEST_JOIN);
    (!leaves.is_empty()).then_some(Token { start, end, leaves, joins, whole, run: false })
}

/// A run of a script without spaces.
fn run(text: &str, start: usize, end: usize) -> Option<Token> {
    let mut whole = cleaned(&text[start..end]);
    let chars: Vec<char> = whole.chars().collect();
    let mut leaves: Vec<String> = chars.iter().map(char::to_string).collect();
    leaves.extend(chars.windows(2).map(|pair| pair.iter().collect::<String>()));
    cut(&mut whole, LONGEST_JOIN);
    (!leaves.is_empty()).then_some(Token { start, end, leaves, joins: Vec::new(), whole, run: true })
}

/// The folded word; what folding made of it besides letters and digits is left out.
fn cleaned(word: &str) -> String {
    let mut folded = fold(word);
    if !is_signed(word) {
        folded.retain(is_word);
    }
    folded
}

/// A word without the Arabic article, and without what is written together with it: and, in, as, so, for.
fn without_article(word: &str) -> &str {
    let rest = ["وال", "بال", "كال", "فال", "ال", "لل"].iter().find_map(|article| word.strip_prefix(article));
    rest.filter(|rest| rest.chars().nth(2).is_some()).unwrap_or(word)
}

fn cut(word: &mut String, most: usize) {
    if let Some((at, _)) = word.char_indices().nth(most) {
        word.truncate(at);
    }
}

/// Whether a letter is of a script that is written to the left.
fn is_leftward(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

/// The parts of `camelCase` and of `HTMLElement`, and of a name with an Arabic or Hebrew word before it.
fn humps(word: &str) -> Vec<&str> {
    if is_even(word) {
        return vec![word];
    }
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    let lower = |index: usize| chars.get(index).is_some_and(|(_, c)| c.is_lowercase());
    let (mut parts, mut start) = (Vec::new(), 0);
    for index in 1..chars.len() {
        let (offset, c) = chars[index];
        let before = chars[index - 1].1;
        let hump = before.is_lowercase() || before.is_uppercase() && lower(index + 1) && lower(index + 2);
        if c.is_uppercase() && hump || is_leftward(before) != is_leftward(c) {
            parts.push(&word[start..offset]);
            start = offset;
        }
    }
    parts.push(&word[start..]);
    parts
}

/// Whether no capital stands behind the first letter, nor any of another direction, so that there are no humps.
pub(super) fn is_even(word: &str) -> bool {
    match word.is_ascii() {
        true => !word.as_bytes().iter().skip(1).any(u8::is_ascii_uppercase),
        false => !word.chars().enumerate().any(|(index, c)| index > 0 && c.is_uppercase() || is_leftward(c)),
    }
}
