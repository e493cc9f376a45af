//! Text -> tokens.
//!
//! A token is a word, words that one sign joins (`front-matter`, `themeConfig.nav`, `snake_case`), or a run of a script
//! that writes no spaces. Its leaves are what a reader may type of it; its joins are what stands together.

use unicode_normalization::char::is_combining_mark;

use super::fold::{fold, is_unspaced};

/// No leaf is longer, in characters; the rest of a longer word does not count.
const LONGEST: usize = 40;
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
    c.is_alphanumeric() || is_combining_mark(c)
}

fn is_joiner(c: char) -> bool {
    matches!(c, '.' | '-' | '_')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// The tokens of a text.
pub fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let at = |index: usize| chars.get(index).map_or('\0', |(_, c)| *c);
    let offset = |index: usize| chars.get(index).map_or(text.len(), |(offset, _)| *offset);
    let spaced = |index: usize| is_word(at(index)) && !is_unspaced(at(index));
    let (mut tokens, mut index) = (Vec::new(), 0);
    while index < chars.len() {
        let first = index;
        if !is_word(at(index)) {
            index += 1;
            continue;
        }
        if is_unspaced(at(index)) {
            while is_word(at(index)) && is_unspaced(at(index)) {
                index += 1;
            }
            tokens.extend(run(text, offset(first), offset(index)));
            continue;
        }
        let mut pieces: Vec<(usize, usize)> = Vec::new();
        let mut piece = index;
        loop {
            while spaced(index) {
                index += 1;
            }
            pieces.push((piece, index));
            if !(is_joiner(at(index)) && spaced(index + 1)) {
                break;
            }
            index += 1;
            piece = index;
        }
        // `l'accès` is looked for as `accès`, `site's` as `site`.
        let short = pieces.len() == 1 && index - first <= 2;
        let before = is_apostrophe(at(index)) && is_word(at(index + 1));
        let after = first >= 2 && is_apostrophe(at(first - 1)) && is_word(at(first - 2));
        if !(short && (before || after)) {
            let pieces: Vec<&str> = pieces.iter().map(|(from, to)| &text[offset(*from)..offset(*to)]).collect();
            tokens.extend(word(&pieces, offset(first), offset(index)));
        }
    }
    tokens
}

/// A word of these pieces.
fn word(pieces: &[&str], start: usize, end: usize) -> Option<Token> {
    let (mut leaves, mut joins, mut whole) = (Vec::new(), Vec::new(), String::new());
    for piece in pieces {
        let parts: Vec<String> = humps(piece).into_iter().map(cleaned).filter(|part| !part.is_empty()).collect();
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
    folded.retain(is_word);
    folded
}

fn cut(word: &mut String, most: usize) {
    if let Some((at, _)) = word.char_indices().nth(most) {
        word.truncate(at);
    }
}

/// The parts of `camelCase` and of `HTMLElement`.
fn humps(word: &str) -> Vec<&str> {
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    let lower = |index: usize| chars.get(index).is_some_and(|(_, c)| c.is_lowercase());
    let (mut parts, mut start) = (Vec::new(), 0);
    for index in 1..chars.len() {
        let (offset, c) = chars[index];
        let before = chars[index - 1].1;
        let hump = before.is_lowercase() || before.is_uppercase() && lower(index + 1) && lower(index + 2);
        if c.is_uppercase() && hump {
            parts.push(&word[start..offset]);
            start = offset;
        }
    }
    parts.push(&word[start..]);
    parts
}
