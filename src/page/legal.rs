//! The pages that the law asks of a site, made from its settings where nobody has written them: the accessibility statement, the
//! legal notice, and who counts the readers. They are sources like any other, and what a site writes at their place stands instead.

use std::sync::Arc;

use crate::base::{Hash, SourcePath};
use crate::config::{Accessibility, Analytics, Config, Conformity};
use crate::diag::Diagnostic;

use super::types::Source;

/// A page that the law asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Legal {
    /// How far everyone can read the site.
    Declaration,
    /// Who publishes it.
    Notice,
    /// Who counts the readers.
    Privacy,
}

impl Legal {
    /// All of them.
    pub const ALL: [Legal; 3] = [Legal::Declaration, Legal::Notice, Legal::Privacy];
}

/// The words of a language for them.
struct Words {
    /// Files, the declaration first.
    files: [&'static str; 3],
    texts: [&'static str; 3],
    /// What is said of who counts: of Plausible, of Matomo, of Google.
    services: [(&'static str, &'static str); 3],
    /// The states, and what follows from them.
    states: [(&'static str, &'static str); 3],
    /// What stands for an answer that the settings do not give.
    missing: &'static str,
    no_audit: &'static str,
}

static FRENCH: Words = Words {
    files: ["accessibilite.md", "mentions-legales.md", "confidentialite.md"],
    texts: [
        include_str!("legal/declaration.fr.md"),
        include_str!("legal/notice.fr.md"),
        include_str!("legal/privacy.fr.md"),
    ],
    services: [
        ("Plausible", "Il n’utilise pas de cookie et n’enregistre aucune donnée qui permette de vous reconnaître."),
        (
            "Matomo",
            "Selon la façon dont il est réglé, il enregistre un cookie dans votre navigateur et une partie de votre adresse IP.",
        ),
        (
            "Google Analytics",
            "Il enregistre des cookies dans votre navigateur et transmet à Google l’adresse de la page, votre adresse IP et des données sur votre appareil.",
        ),
    ],
    states: [
        ("non conforme", "Moins de la moitié des critères sont respectés, ou aucun audit n’a encore été fait."),
        ("partiellement conforme", "La moitié des critères au moins sont respectés, mais pas tous."),
        ("totalement conforme", "Tous les critères sont respectés."),
    ],
    missing: "[à compléter]",
    no_audit: "Aucun audit n’a encore été fait.",
};

static ENGLISH: Words = Words {
    files: ["accessibility.md", "legal-notice.md", "privacy.md"],
    texts: [
        include_str!("legal/declaration.en.md"),
        include_str!("legal/notice.en.md"),
        include_str!("legal/privacy.en.md"),
    ],
    services: [
        ("Plausible", "It sets no cookie and keeps nothing by which you could be recognised."),
        (
            "Matomo",
            "Depending on how it is set up, it stores a cookie in your browser and keeps a part of your IP address.",
        ),
        (
            "Google Analytics",
            "It stores cookies in your browser and tells Google the address of the page, your IP address and data about your device.",
        ),
    ],
    states: [
        ("not compliant", "Less than half of the criteria are met, or no audit has been made yet."),
        ("partially compliant", "At least half of the criteria are met, but not all."),
        ("fully compliant", "All criteria are met."),
    ],
    missing: "[to be completed]",
    no_audit: "No audit has been made yet.",
};

fn words(lang: &str) -> &'static Words {
    if super::typography::is_french(lang) { &FRENCH } else { &ENGLISH }
}

fn is_english(lang: &str) -> bool {
    lang.split(['-', '_']).next().is_some_and(|primary| primary.eq_ignore_ascii_case("en"))
}

/// Where the page lies in the language at this index, if the settings ask for it.
pub fn legal_path(config: &Config, locale: usize, page: Legal) -> Option<SourcePath> {
    let settled = config.site.locales.get(locale)?;
    match page {
        Legal::Privacy => _ = config.theme.analytics.as_ref()?,
        Legal::Declaration | Legal::Notice => _ = config.theme.frame(locale).accessibility.as_ref()?,
    }
    let file = words(&settled.lang).files[page as usize];
    config.project.content.join(&format!("{}{file}", settled.prefix.trim_start_matches('/')))
}

/// The pages that the settings ask for, in each language.
pub fn legal_pages(config: &Config) -> Vec<Source> {
    let mut sources = Vec::new();
    for (index, locale) in config.site.locales.iter().enumerate() {
        let words = words(&locale.lang);
        let title = locale.title.as_deref().unwrap_or(words.missing);
        for page in Legal::ALL {
            let Some(path) = legal_path(config, index, page) else { continue };
            let mut text = match (&config.theme.frame(index).accessibility, &config.theme.analytics) {
                (_, Some(analytics)) if page == Legal::Privacy => privacy(words, analytics),
                (Some(block), _) => filled(words.texts[page as usize], block, title, words),
                _ => continue,
            };
            // Its text is English also in a language that has no words here.
            if std::ptr::eq(words, &ENGLISH) && !is_english(&locale.lang) {
                text.insert_str("---\n".len(), "lang: en\n");
            }
            let hash = Hash::of_bytes(text.as_bytes());
            sources.push(Source { path, text: Arc::from(text), hash, diagnostics: Vec::new(), made: None });
        }
    }
    sources
}

/// What the settings leave open in those pages.
pub fn legal_gaps(config: &Config) -> Option<Diagnostic> {
    let block = config.theme.frame.accessibility.as_ref()?;
    let keys =
        [("entity", &block.entity), ("contact", &block.contact), ("director", &block.director), ("host", &block.host)];
    let open: Vec<String> =
        keys.iter().filter(|(_, value)| value.is_none()).map(|(key, _)| format!("`{key}`")).collect();
    (!open.is_empty()).then(|| {
        let message = format!("`accessibility` does not say {}", open.join(", "));
        Diagnostic::warning("accessibility-incomplete", message)
            .help("write them in the settings; until then the statement and the legal notice have gaps")
    })
}

/// The page that says who counts the readers.
fn privacy(words: &Words, analytics: &Analytics) -> String {
    let said = |(name, host): (&str, String)| {
        let (_, what) = words.services.iter().find(|(known, _)| *known == name)?;
        Some(format!("- **{name}** (`{host}`). {what}\n"))
    };
    let services: String = analytics.services().into_iter().filter_map(said).collect();
    words.texts[Legal::Privacy as usize].replace("{services}", services.trim_end())
}

fn filled(text: &str, block: &Accessibility, site: &str, words: &Words) -> String {
    let or_missing = |value: &Option<String>| value.clone().unwrap_or_else(|| words.missing.to_owned());
    let (state, reason) = words.states[match block.state {
        Conformity::None => 0,
        Conformity::Partial => 1,
        Conformity::Full => 2,
    }];
    let contact = block.contact.as_deref().map_or_else(|| words.missing.to_owned(), contact);
    let audit = block.audit.clone().unwrap_or_else(|| words.no_audit.to_owned());
    [
        ("{entity}", or_missing(&block.entity)),
        ("{site}", site.to_owned()),
        ("{state}", state.to_owned()),
        ("{reason}", reason.to_owned()),
        ("{audit}", audit),
        ("{contact}", contact),
        ("{director}", or_missing(&block.director)),
        ("{host}", or_missing(&block.host)),
    ]
    .iter()
    .fold(text.to_owned(), |text, (hole, value)| text.replace(hole, value))
}

/// An address as a link: a mail address, an address of the net, or a page of the site.
fn contact(written: &str) -> String {
    let written = written.trim();
    let plain = written.strip_prefix("mailto:").unwrap_or(written);
    match plain {
        _ if plain.contains("://") => format!("<{plain}>"),
        _ if plain.contains('@') && !plain.contains(char::is_whitespace) => format!("<{plain}>"),
        _ => plain.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_fill_the_pages() {
        let block = Accessibility {
            state: Conformity::Partial,
            entity: Some("La mairie".into()),
            contact: Some("mailto:a@b.fr".into()),
            ..Accessibility::default()
        };
        let text = filled(FRENCH.texts[0], &block, "Le guide", &FRENCH);
        for part in ["La mairie s’engage", "Le guide est **partiellement conforme**", "<a@b.fr>", "Aucun audit"] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
        assert!(!text.contains('{'), "{text}");
        let notice = filled(ENGLISH.texts[1], &block, "The guide", &ENGLISH);
        assert!(notice.contains("[to be completed]") && !notice.contains('{'), "{notice}");
    }
}
