//! Words as search compares them: small letters without accents.

use unicode_normalization::UnicodeNormalization as _;

/// Whether words of this script are written without spaces between them, or with endings of any length.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// A mark that readers leave out when they type: accents of Latin, Greek and Cyrillic, points of Hebrew, vowels of Arabic.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}'
        | '\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Letters with nothing to take off, as they are typed on other keyboards.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        'þ' => "th",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ı' => "i",
        'ς' => "σ",
        'ى' => "ي",
        'ة' => "ه",
        _ => return None,
    })
}

/// The letters of European languages in one sign, as most of them are typed.
fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' => "a",
        'ç' | 'Ç' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' => "i",
        'ñ' | 'Ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' => "o",
        'ù' | 'ú' | 'û' | 'ü' | 'Ù' | 'Ú' | 'Û' | 'Ü' => "u",
        'ý' | 'ÿ' | 'Ý' => "y",
        'œ' | 'Œ' => "oe",
        'æ' | 'Æ' => "ae",
        'ß' => "ss",
        _ => return None,
    })
}

/// Adds a word of plain letters and those of European languages as search compares it; whether it was one.
pub(super) fn fold_plain(word: &str, folded: &mut String) -> bool {
    let start = folded.len();
    for c in word.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else if let Some(letters) = latin(c) {
            folded.push_str(letters);
        } else {
            folded.truncate(start);
            return false;
        }
    }
    true
}

/// A word as search compares it.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    if fold_plain(word, &mut folded) {
        return folded;
    }
    fold_any(word)
}

fn fold_any(word: &str) -> String {
    let lower = word.nfkc().collect::<String>().to_lowercase();
    let mut folded = String::with_capacity(lower.len());
    for c in lower.chars() {
        if is_unspaced(c) {
            folded.push(c);
            continue;
        }
        for part in std::iter::once(c).nfkd().filter(|part| !is_accent(*part)) {
            match plain(part) {
                Some(text) => folded.push_str(text),
                None => folded.push(part),
            }
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_folding_agree() {
        for c in (' '..'\u{250}').filter(|c| latin(*c).is_some() || c.is_ascii()) {
            let word = format!("a{c}b");
            assert_eq!(fold(&word), fold_any(&word), "{word}");
        }
    }
}
