//! Heading text -> id, as each of the four renderers makes it (NFKD, marks off, separators to `-`), unique in its page.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::config::{Conventions, MarkdownConfig};

/// The id of a heading with this text: by the rule of the settings, else as the conventions have it.
pub fn of_heading(config: &MarkdownConfig, text: &str) -> String {
    config.slugs.as_ref().map_or_else(|| slugify(config.conventions, text), |rule| rule.slug(text))
}

/// The id that `conventions` make of a heading's text; empty if nothing of it can be part of an id.
pub fn slugify(conventions: Conventions, text: &str) -> String {
    let dashes = conventions == Conventions::VuePress1;
    let mut slug = String::with_capacity(text.len());
    let mut push = |char: char| {
        if is_combining(char) || char < ' ' {
            // Deleted before separators are looked for: a tab joins its neighbours.
        } else if is_separator(char) || dashes && matches!(char, '–' | '—') {
            if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        } else {
            slug.push(char);
        }
    };
    match text.is_ascii() {
        true => text.chars().for_each(&mut push),
        false => text.nfkd().for_each(&mut push),
    }
    if slug.ends_with('-') {
        slug.pop();
    }
    if slug.starts_with(|first: char| first.is_ascii_digit()) {
        slug.insert(0, '_');
    }
    // The whole text at once: the lower case of a final sigma depends on its neighbours.
    slug.to_lowercase()
}

fn is_combining(char: char) -> bool {
    matches!(char, '\u{300}'..='\u{36f}')
}

/// What becomes a `-`: JavaScript's white space and the specials that every version knows.
fn is_separator(char: char) -> bool {
    match char {
        ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' => true,
        '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}' => true,
        '“' | '”' | '‘' | '’' => true,
        // DEL is the one ASCII character that is neither.
        char => char.is_ascii_punctuation(),
    }
}

/// The ids of one page: each is given out once.
#[derive(Debug)]
pub struct Ids {
    first: u32,
    /// Each id given out, with the next number to try after it.
    used: HashMap<String, u32>,
}

impl Ids {
    /// No ids yet. VuePress 1 calls the second `foo` `foo-2`, the others `foo-1`.
    pub fn new(conventions: Conventions) -> Ids {
        Ids { first: if conventions == Conventions::VuePress1 { 2 } else { 1 }, used: HashMap::new() }
    }

    /// `slug`, or if it is taken, `slug` with the first free number. The first empty slug stays empty.
    pub fn unique(&mut self, slug: String) -> String {
        let Some(&next) = self.used.get(&slug) else {
            self.used.insert(slug.clone(), self.first);
            return slug;
        };
        // Ids are never given back, so numbers that were taken once need not be tried again.
        let mut number = next;
        let mut id = format!("{slug}-{number}");
        while self.used.contains_key(&id) {
            number += 1;
            id = format!("{slug}-{number}");
        }
        self.used.insert(slug, number + 1);
        self.used.insert(id.clone(), self.first);
        id
    }

    /// Takes an id that the author wrote; `false` if it was taken already.
    pub fn reserve(&mut self, id: &str) -> bool {
        match self.used.contains_key(id) {
            true => false,
            false => {
                self.used.insert(id.to_owned(), self.first);
                true
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Conventions::{VitePress1, VuePress1, VuePress2};

    #[test]
    fn slugs() {
        let cases = [
            ("Écrire l'œuvre", "ecrire-l-œuvre"),
            ("3. Après l’été", "_3-apres-l-ete"),
            ("  a -- b_c  ", "a-b-c"),
            ("Un\tdeux", "undeux"),
            ("Insécable\u{a0}: oui", "insecable-oui"),
            ("㎏ ³ ﬂ", "kg-3-fl"),
            ("각", "\u{1100}\u{1161}\u{11a8}"),
            ("ポ", "ホ\u{309a}"),
            ("ΟΔΟΣ", "οδος"),
            ("?!", ""),
            ("🦀 Rust\u{200b}", "🦀-rust\u{200b}"),
            ("{#id}", "id"),
            ("a\u{7f}b", "a\u{7f}b"),
        ];
        for (text, slug) in cases {
            for conventions in [VuePress1, VuePress2, VitePress1] {
                assert_eq!(slugify(conventions, text), slug, "{text}");
            }
        }
    }

    #[test]
    fn only_vuepress_1_takes_long_dashes_for_separators() {
        assert_eq!(slugify(VuePress1, "Juin – juillet—août"), "juin-juillet-aout");
        assert_eq!(slugify(VuePress2, "Juin – juillet—août"), "juin-–-juillet—aout");
    }

    #[test]
    fn ids_are_unique() {
        let check = |conventions, slugs: &[&str], expected: &[&str]| {
            let mut ids = Ids::new(conventions);
            let got: Vec<String> = slugs.iter().map(|slug| ids.unique((*slug).to_owned())).collect();
            assert_eq!(got, expected);
        };
        check(VuePress1, &["x", "x", "x", "", "", ""], &["x", "x-2", "x-3", "", "-2", "-3"]);
        check(VuePress2, &["x", "x", "x", "", "", ""], &["x", "x-1", "x-2", "", "-1", "-2"]);
        // The number is added to the slug as it was, and the count starts again for each slug.
        check(VuePress1, &["x", "x", "x-1", "x-2", "x-2", "x"], &["x", "x-2", "x-1", "x-2-2", "x-2-3", "x-3"]);
        check(VuePress2, &["x-1", "x", "x", "x-2", "x"], &["x-1", "x", "x-2", "x-2-1", "x-3"]);
    }

    #[test]
    fn an_id_of_the_author_is_taken() {
        let mut ids = Ids::new(VitePress1);
        assert!(ids.reserve("Mine"));
        assert!(!ids.reserve("Mine"));
        assert_eq!(ids.unique("Mine".to_owned()), "Mine-1");
    }
}
