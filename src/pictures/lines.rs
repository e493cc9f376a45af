//! A title -> lines that are no wider than there is room.

use super::fonts::Measures;

/// What says that something was left out.
const ELLIPSIS: char = '…';

/// Marks that never begin a line: French has a space before some of them.
const CLOSING: &str = "?!:;,.»)]}…%’”、。，．！？：；）］｝」』】〉》・ー";

/// Marks that never end a line.
const OPENING: &str = "«([{“‘（［｛「『【〈《";

/// A part of a text that stays together, and whether a space stands before it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    text: String,
    spaced: bool,
}

/// The lines of a text whose letters are as wide as parts of `room`, at most `most` of them, as even as can be; `None` if it takes more, or
/// if a word is wider than a line.
pub(super) fn lines(text: &str, room: f32, most: usize, measures: &Measures<'_>) -> Option<Vec<String>> {
    let words = words(text);
    let lines = filled(&words, room, measures)?;
    if lines.len() > most {
        return None;
    }
    // The narrowest block of as many lines.
    let (mut narrow, mut wide, mut best) = (0.0, room, lines);
    for _ in 0..8 {
        let middle = (narrow + wide) / 2.0;
        match filled(&words, middle, measures).filter(|lines| lines.len() <= best.len()) {
            Some(lines) => (wide, best) = (middle, lines),
            None => narrow = middle,
        }
    }
    Some(best)
}

/// The same, where what takes more room is shortened, with an ellipsis in its place.
pub(super) fn shortened(text: &str, room: f32, most: usize, measures: &Measures<'_>) -> Vec<String> {
    let words: Vec<Word> =
        words(text).into_iter().map(|word| Word { text: cut(&word.text, room, measures), ..word }).collect();
    let mut lines = filled(&words, room, measures).unwrap_or_default();
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            // What is cut off at a word shows that something is missing as well.
            let whole = format!("{last}{ELLIPSIS}");
            *last = if measures.width(&whole) <= room { whole } else { cut(&whole, room, measures) };
        }
    }
    lines
}

/// The beginning of a text that is as wide as there is room.
pub(super) fn cut(text: &str, room: f32, measures: &Measures<'_>) -> String {
    if measures.width(text) <= room {
        return text.to_owned();
    }
    let mut left = room - measures.advance(ELLIPSIS).unwrap_or(0.0);
    let fits = |char: &char| {
        left -= measures.advance(*char).unwrap_or(0.0);
        left >= 0.0
    };
    let kept: String = text.trim_end_matches(ELLIPSIS).chars().take_while(fits).collect();
    format!("{}{ELLIPSIS}", kept.trim_end().trim_end_matches(is_joined))
}

/// Marks that stand above or below the letter before them.
fn is_joined(char: char) -> bool {
    matches!(char, '\u{200d}' | '\u{fe0f}')
}

/// The words of a text: it may be broken at spaces but for those that forbid it, behind hyphens and slashes, and between the signs of writings without
/// spaces.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut spaced, mut may_break) = (false, true);
    for char in text.trim().chars() {
        if matches!(char, ' ' | '\t' | '\n' | '\r' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200b}' | '\u{3000}') {
            (spaced, may_break) = (true, true);
            continue;
        }
        let before = words.last().and_then(|word| word.text.chars().next_back());
        let breaks = match before {
            None => true,
            Some(before) => {
                let is_tied = CLOSING.contains(char) || OPENING.contains(before);
                !is_tied && (may_break || is_alone(char) || is_alone(before))
            }
        };
        match words.last_mut().filter(|_| !breaks) {
            Some(word) => {
                if spaced {
                    word.text.push('\u{a0}');
                }
                word.text.push(char);
            }
            None => words.push(Word { text: char.to_string(), spaced }),
        }
        spaced = false;
        may_break = matches!(char, '-' | '‐' | '–' | '—' | '/');
    }
    words
}

/// Whether a sign is of a writing without spaces: lines end before and behind it.
fn is_alone(char: char) -> bool {
    matches!(char, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Lines of words, as many words in each as fit; `None` if one does not.
fn filled(words: &[Word], room: f32, measures: &Measures<'_>) -> Option<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        let space = if word.spaced { " " } else { "" };
        if let Some(line) = lines.last_mut() {
            let longer = format!("{line}{space}{}", word.text);
            if measures.width(&longer) <= room {
                *line = longer;
                continue;
            }
        }
        if measures.width(&word.text) > room {
            return None;
        }
        lines.push(word.text.clone());
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::super::fonts::Fonts;
    use super::*;

    #[test]
    fn where_lines_may_end() {
        for (text, want) in [
            ("un deux", &["un", "deux"][..]),
            ("Pourquoi ?", &["Pourquoi\u{a0}?"]),
            ("dit « oui »", &["dit", "«\u{a0}oui\u{a0}»"]),
            ("10\u{a0}000\u{202f}€ de plus", &["10\u{a0}000\u{202f}€", "de", "plus"]),
            ("rendez-vous", &["rendez-", "vous"]),
            ("和/或「安」。", &["和", "/", "或", "「安」。"]),
        ] {
            let words: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
            assert_eq!(words, want, "{text}");
        }
    }

    #[test]
    fn lines_are_even_and_not_too_wide() {
        let fonts = Fonts::shipped();
        let measures = fonts.measures();
        let text = "Comment faire évoluer la fonction publique de l’intérieur";
        let shown = lines(text, 13.0, 4, &measures).expect("it fits");
        assert_eq!(shown, ["Comment faire", "évoluer la fonction", "publique de l’intérieur"]);
        assert_eq!(shown.join(" "), text);
        assert_eq!(lines(text, 13.0, 1, &measures), None);
        assert_eq!(lines("Anticonstitutionnellement", 3.0, 9, &measures), None);
    }

    #[test]
    fn what_is_too_long_is_cut_off() {
        let fonts = Fonts::shipped();
        let measures = fonts.measures();
        for (text, room, most) in [
            ("Anticonstitutionnellement", 5.0, 2),
            ("un deux trois quatre cinq six sept huit neuf", 4.0, 2),
            ("œœœœœœœœœœœœœœœ", 2.0, 1),
        ] {
            let shown = shortened(text, room, most, &measures);
            assert!(shown.len() <= most, "{shown:?}");
            assert!(shown.iter().all(|line| measures.width(line) <= room), "{shown:?}");
            assert!(shown.last().is_some_and(|line| line.ends_with('…')), "{shown:?}");
        }
        assert_eq!(shortened("court", 9.0, 1, &measures), ["court"]);
    }
}
