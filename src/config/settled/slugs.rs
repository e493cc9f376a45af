//! How ids are made of headings, where the settings say it.

use std::fmt::Write as _;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

/// What becomes of a character of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CharFate {
    /// It is part of the id.
    Keep,
    /// It is left out.
    Drop,
    /// The separator stands in its place.
    Separate,
}

impl CharFate {
    /// All of them, each with its name in the settings.
    pub const ALL: [(CharFate, &'static str); 3] =
        [(CharFate::Keep, "keep"), (CharFate::Drop, "drop"), (CharFate::Separate, "separate")];
}

/// How an id is made of a heading's text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SlugRule {
    /// Whether it is in lower case.
    pub lower: bool,
    /// Whether letters lose their accents, and what is a variant of other characters becomes these (NFKD).
    pub plain: bool,
    /// What stands between words.
    pub separator: String,
    /// Characters with a fate of their own: those that are kept, ...
    pub keep: String,
    /// ... those that are left out, ...
    pub drop: String,
    /// ... and those in whose place the separator stands.
    pub separate: String,
    /// What becomes of other letters and digits.
    pub letters: CharFate,
    /// What becomes of all else.
    pub symbols: CharFate,
    /// Whether several separators in a row become one.
    pub joined: bool,
    /// Whether an id may begin with a separator.
    pub starts: bool,
    /// Whether an id may end with a separator.
    pub ends: bool,
    /// What is put before a digit that comes first.
    pub digits: String,
    /// Whether what is no part of an address is written with `%`.
    pub encoded: bool,
}

impl Default for SlugRule {
    /// The rule of VuePress 2 and VitePress.
    fn default() -> SlugRule {
        SlugRule {
            lower: true,
            plain: true,
            separator: "-".to_owned(),
            keep: "\u{7f}".to_owned(),
            drop: ('\0'..' ').collect(),
            separate: " \u{a0}!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~“”‘’".to_owned(),
            letters: CharFate::Keep,
            symbols: CharFate::Keep,
            joined: true,
            starts: false,
            ends: false,
            digits: "_".to_owned(),
            encoded: false,
        }
    }
}

impl SlugRule {
    /// What becomes of a character.
    pub fn fate(&self, char: char) -> CharFate {
        match () {
            () if self.keep.contains(char) => CharFate::Keep,
            () if self.drop.contains(char) => CharFate::Drop,
            () if self.separate.contains(char) => CharFate::Separate,
            () if char.is_alphanumeric() => self.letters,
            () => self.symbols,
        }
    }

    /// The id of a heading with this text.
    pub fn slug(&self, text: &str) -> String {
        let mut slug = String::with_capacity(text.len());
        let mut after_separator = false;
        let mut push = |char: char| {
            if self.plain && matches!(char, '\u{300}'..='\u{36f}') {
                return;
            }
            match self.fate(char) {
                CharFate::Drop => {}
                CharFate::Keep => {
                    slug.push(char);
                    after_separator = false;
                }
                CharFate::Separate => {
                    if !(after_separator && self.joined) && (self.starts || !slug.is_empty()) {
                        slug.push_str(&self.separator);
                    }
                    after_separator = true;
                }
            }
        };
        match self.plain {
            true => text.nfkd().for_each(&mut push),
            false => text.chars().for_each(&mut push),
        }
        if !self.separator.is_empty() {
            if !self.starts {
                slug.drain(..slug.len() - slug.trim_start_matches(&self.separator).len());
            }
            if !self.ends {
                slug.truncate(slug.trim_end_matches(&self.separator).len());
            }
        }
        if slug.starts_with(|first: char| first.is_ascii_digit()) {
            slug.insert_str(0, &self.digits);
        }
        if self.lower {
            slug = slug.to_lowercase();
        }
        if self.encoded { encoded(&slug) } else { slug }
    }
}

/// What `encodeURIComponent` makes of a text.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut made, byte| {
        match byte {
            byte if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) => made.push(char::from(byte)),
            byte => {
                // Writing to a text never fails.
                let _ = write!(made, "%{byte:02X}");
            }
        }
        made
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_the_rule_of_vuepress_2() {
        for (text, want) in [
            ("Écrire l'œuvre", "ecrire-l-œuvre"),
            ("3. Après l’été", "_3-apres-l-ete"),
            ("  a -- b_c  ", "a-b-c"),
            ("Insécable\u{a0}: oui", "insecable-oui"),
            ("?!", ""),
            ("Juin – juillet", "juin-–-juillet"),
        ] {
            assert_eq!(SlugRule::default().slug(text), want, "{text}");
        }
    }

    #[test]
    fn rules_as_sites_have_them() {
        let kept = SlugRule { lower: false, starts: true, ends: true, ..SlugRule::default() };
        let github = SlugRule {
            plain: false,
            separate: " ".to_owned(),
            keep: "-_".to_owned(),
            drop: String::new(),
            symbols: CharFate::Drop,
            joined: false,
            starts: true,
            ends: true,
            digits: String::new(),
            ..SlugRule::default()
        };
        let encoded = SlugRule { symbols: CharFate::Keep, keep: String::new(), encoded: true, ..github.clone() };
        for (rule, text, want) in [
            (&kept, "Vous venez de v1?", "Vous-venez-de-v1-"),
            (&github, "Été & 2 co.", "été--2-co"),
            (&github, "2 co-op_s", "2-co-op_s"),
            (&encoded, "Été & co", "%C3%A9t%C3%A9-%26-co"),
        ] {
            assert_eq!(rule.slug(text), want);
        }
    }
}
