//! Which of a site's languages somebody means who names one.

use std::cmp::Reverse;

use super::settled::{LocaleConfig, SiteConfig};

impl SiteConfig {
    /// The index of the language of this tag (`en`, `en-US`) or of this folder (`en`, `/en/`; nothing for the one at the root). Where none is
    /// called so, the one whose tag begins most alike: `en` is found by `en-US`, and the other way round.
    pub fn locale_named(&self, name: &str) -> Option<usize> {
        let wanted = subtags(name);
        let tags: Vec<Vec<String>> = self.locales.iter().map(|locale| subtags(&locale.lang)).collect();
        let folder = |locale: &LocaleConfig| subtags(locale.prefix.trim_matches('/'));
        let of_folder = subtags(name.trim().trim_matches('/'));
        let whole = tags.iter().position(|tag| *tag == wanted);
        whole.or_else(|| self.locales.iter().position(|locale| folder(locale) == of_folder)).or_else(|| {
            let shared = |tag: &[String]| tag.iter().zip(&wanted).take_while(|(a, b)| a == b).count();
            let alike = tags.iter().enumerate().filter(|(_, tag)| shared(tag) > 0);
            alike.min_by_key(|(_, tag)| (Reverse(shared(tag)), tag.len())).map(|(index, _)| index)
        })
    }
}

/// The parts of a language's tag, in small letters.
fn subtags(tag: &str) -> Vec<String> {
    tag.trim().to_ascii_lowercase().split(['-', '_']).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use crate::config::{Layout, native};

    #[test]
    fn languages_are_known_by_tag_and_folder() {
        let mut site = (*native::defaults(Layout::Native, "fr").site).clone();
        let root = site.locales[0].clone();
        for (prefix, lang) in [("/en/", "en"), ("/br/", "pt-BR"), ("/pt/", "pt-PT"), ("/英/", "zh-Hant-TW")] {
            let (prefix, lang) = (prefix.to_owned(), lang.to_owned());
            site.locales.push(super::LocaleConfig { prefix, lang, ..root.clone() });
        }
        for (name, want) in [
            ("fr", Some("/")),
            ("", Some("/")),
            ("/", Some("/")),
            ("en", Some("/en/")),
            ("EN", Some("/en/")),
            ("/en/", Some("/en/")),
            ("en-US", Some("/en/")),
            ("en_GB", Some("/en/")),
            ("fr-CA", Some("/")),
            ("pt", Some("/pt/")),
            ("br", Some("/br/")),
            ("pt-PT", Some("/pt/")),
            ("pt-AO", Some("/br/")),
            ("zh-Hant", Some("/英/")),
            ("de", None),
            ("f", None),
        ] {
            let found = site.locale_named(name).map(|index| site.locales[index].prefix.as_str());
            assert_eq!(found, want, "{name}");
        }
    }
}
