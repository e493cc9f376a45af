//! The words of two pages -> where they differ.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::{Place, Text};

/// How many places of a page are kept to be shown.
const PLACES: usize = 20;

/// How many words are shown before a place.
const BEFORE: usize = 4;

/// How many words of a place are shown.
const WORDS: usize = 24;

/// What of two passages is compared word by word; longer ones count as a whole. Comparing costs their product at worst.
const COMPARED: usize = 4_000_000;

/// How the words of blocks differ. Words that only stand in other blocks are the same words.
pub(super) fn compare(old: &[String], new: &[String]) -> Text {
    let mut text = Text::default();
    for operation in capture_diff_slices(Algorithm::Patience, old, new) {
        if operation.tag() != DiffTag::Equal {
            let before = old[..operation.old_range().start].last().map_or("", String::as_str);
            words(&mut text, before, &old[operation.old_range()], &new[operation.new_range()]);
        }
    }
    text
}

fn words(text: &mut Text, before: &str, old: &[String], new: &[String]) {
    let split = |blocks: &[String]| -> Vec<String> {
        blocks.iter().flat_map(|block| block.split(' ')).map(str::to_owned).collect()
    };
    let (old, new) = (split(old), split(new));
    if old.len().saturating_mul(new.len()) > COMPARED {
        return place(text, before, &old, &new);
    }
    for operation in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if operation.tag() == DiffTag::Equal {
            continue;
        }
        let start = operation.old_range().start;
        let near = match start {
            0 => {
                before.split(' ').rev().take(BEFORE).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join(" ")
            }
            _ => old[start.saturating_sub(BEFORE)..start].join(" "),
        };
        let (old, new) = (&old[operation.old_range()], &new[operation.new_range()]);
        // Spaces before punctuation are typography, not text.
        if old.concat() != new.concat() {
            place(text, &near, old, new);
        }
    }
}

fn place(text: &mut Text, before: &str, old: &[String], new: &[String]) {
    text.gone += old.len();
    text.new += new.len();
    if text.places.len() < PLACES {
        let shown = |words: &[String]| match words.len() > WORDS {
            true => format!("{} …", words[..WORDS].join(" ")),
            false => words.join(" "),
        };
        text.places.push(Place { before: before.to_owned(), gone: shown(old), new: shown(new) });
    }
}
