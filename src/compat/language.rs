//! The language of a folder that does not say it: a site in French should not greet its readers in English.

use crate::base::SourcePath;
use crate::vfs::Files;

/// Short words that every text of a language is full of, and the other is not.
const FRENCH: &[&str] =
    &["le", "la", "les", "des", "du", "et", "est", "une", "pour", "dans", "sur", "avec", "que", "qui", "vous"];
const ENGLISH: &[&str] =
    &["the", "and", "of", "to", "is", "in", "for", "with", "that", "you", "this", "are", "it", "be", "or"];

/// How many pages are read, and how many words of each.
const PAGES: usize = 5;
const WORDS: usize = 400;

/// `fr` if the first pages read like French, else `en-US`.
pub(super) fn guess(files: &dyn Files, paths: &[SourcePath]) -> &'static str {
    let pages = paths.iter().filter(|path| path.is_markdown() && !path.as_str().starts_with('.')).take(PAGES);
    let (mut french, mut english) = (0, 0);
    for path in pages {
        let Ok(bytes) = files.read(path) else { continue };
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for word in text.split(|char: char| !char.is_alphabetic()).filter(|word| !word.is_empty()).take(WORDS) {
            french += usize::from(FRENCH.contains(&word));
            english += usize::from(ENGLISH.contains(&word));
        }
    }
    if french > 3 && french > english { "fr" } else { "en-US" }
}
