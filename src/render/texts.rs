//! The theme's own words, by language.

use std::collections::{BTreeMap, BTreeSet};

use tera::Value;

use crate::base::{SourcePath, Span};
use crate::config::{Document, Fields, Format, Step};
use crate::diag::Diagnostic;

use super::embedded;
use super::theme::of_theme;

/// The language that completes all others.
const FALLBACK: &str = "en";

/// The words of a theme.
pub(super) struct Texts {
    languages: BTreeMap<String, Words>,
}

/// The words of one language, complete.
struct Words {
    words: BTreeMap<String, String>,
    /// The same, as templates take them.
    value: Value,
}

impl Texts {
    /// The default theme's words, with those of the project's `i18n/<lang>.yml` files on top. `used` are words that the
    /// project's templates print: they may be others than those of the default theme.
    pub(super) fn new(project: &[(String, SourcePath, String)], used: &BTreeSet<String>) -> (Texts, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut written: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for (path, text) in embedded::DEFAULT_THEME {
            if let Some(language) = language_of(path) {
                let words = serde_yaml::from_str(text).expect("a test parses the embedded texts");
                written.insert(language, words);
            }
        }
        let standard = written.get(FALLBACK).cloned().unwrap_or_default();
        let mut last = BTreeMap::new();
        for (path, file, text) in project {
            let Some(language) = language_of(path) else { continue };
            let Some(words) = words(file, text, &mut diagnostics) else { continue };
            for (word, _, place) in &words {
                if !standard.contains_key(word) && !used.contains(word) {
                    diagnostics.push(unknown(word, &standard, place));
                }
            }
            let known = words.into_iter().map(|(word, text, _)| (word, text));
            written.entry(language.clone()).or_default().extend(known);
            last.insert(language, file);
        }
        let english = written.get(FALLBACK).cloned().unwrap_or_default();
        for (language, file) in last {
            diagnostics.extend(written.get(&language).and_then(|known| missing(&english, known, file)));
        }
        let complete = |words: BTreeMap<String, String>| {
            let mut all = english.clone();
            all.extend(words);
            Words { value: Value::from_serializable(&all), words: all }
        };
        let languages = written.into_iter().map(|(language, words)| (language, complete(words))).collect();
        (Texts { languages }, diagnostics)
    }

    /// The words for a BCP 47 tag, as templates take them: those of the tag itself, else of its language, else English.
    pub(super) fn value(&self, lang: &str) -> Value {
        self.words(lang).map_or_else(Value::none, |words| words.value.clone())
    }

    /// The words for a tag, those of the settings in the place of the theme's.
    pub(super) fn with(&self, lang: &str, own: &[(String, String)]) -> Value {
        match (own, self.words(lang)) {
            ([], _) | (_, None) => self.value(lang),
            (own, Some(words)) => {
                let mut all = words.words.clone();
                all.extend(own.iter().cloned());
                Value::from_serializable(&all)
            }
        }
    }

    /// One word; `own` are those of the settings.
    pub(super) fn get<'t>(&'t self, lang: &str, own: &'t [(String, String)], key: &str) -> &'t str {
        if let Some((_, text)) = own.iter().find(|(known, _)| known == key) {
            return text;
        }
        self.words(lang).and_then(|words| words.words.get(key)).map_or("", String::as_str)
    }

    fn words(&self, lang: &str) -> Option<&Words> {
        let lang = lang.to_ascii_lowercase();
        let primary = lang.split(['-', '_']).next().unwrap_or(&lang);
        [lang.as_str(), primary, FALLBACK].into_iter().find_map(|lang| self.languages.get(lang))
    }
}

/// `fr` of `i18n/fr.yml`.
fn language_of(path: &str) -> Option<String> {
    let name = path.strip_prefix("i18n/")?;
    let language = name.strip_suffix(".yml").or_else(|| name.strip_suffix(".yaml"))?;
    Some(language.to_ascii_lowercase())
}

/// The words of a file, each with its place.
fn words(file: &SourcePath, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<(String, String, Span)>> {
    let (document, wrong) = Document::read(file, text, Format::Yaml);
    let is_read = wrong.is_empty();
    diagnostics.extend(wrong.into_iter().map(of_theme));
    let mut fields = Fields::of(&document);
    let places = |word: &str| document.span(&[Step::Key(word.to_owned())]);
    let words = fields.each_text(diagnostics);
    is_read.then(|| words.into_iter().map(|(word, text)| (word.clone(), text, places(&word))).collect())
}

/// The finding that nothing prints a word.
fn unknown(word: &str, known: &BTreeMap<String, String>, place: &Span) -> Diagnostic {
    let near = known.keys().min_by_key(|known| strsim::osa_distance(known, word));
    let near = near.filter(|near| strsim::osa_distance(near, word) <= word.len() / 3 + 1);
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("take it out, or print it in a template of yours: `{{{{ t.{word} }}}}`"),
    };
    Diagnostic::warning("theme-text-unknown", format!("no template prints the word `{word}`"))
        .at(place.clone())
        .help(help)
}

/// What a language does not say.
fn missing(
    english: &BTreeMap<String, String>,
    known: &BTreeMap<String, String>,
    file: &SourcePath,
) -> Option<Diagnostic> {
    let keys: Vec<String> =
        english.keys().filter(|key| !known.contains_key(*key)).map(|key| format!("`{key}`")).collect();
    (!keys.is_empty()).then(|| {
        Diagnostic::warning("theme-text-missing", format!("these words are missing: {}", keys.join(", ")))
            .at(Span::new(file.clone(), 0..0))
            .help("add them to the file; until then they stand in English")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(path: &str, text: &str) -> (Texts, Vec<Diagnostic>) {
        let file = SourcePath::new(&format!("themes/x/{path}")).expect("a path");
        Texts::new(&[(path.to_owned(), file, text.to_owned())], &BTreeSet::from(["signature".to_owned()]))
    }

    #[test]
    fn every_language_says_all_that_english_says() {
        let words = |text: &str| serde_yaml::from_str::<BTreeMap<String, String>>(text).expect("it is YAML");
        let english = words(embedded::text("i18n/en.yml").expect("it is embedded"));
        let mut languages = Vec::new();
        for (path, text) in embedded::DEFAULT_THEME {
            let Some(language) = language_of(path) else { continue };
            let words = words(text);
            assert_eq!(words.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{language}");
            for (key, word) in &words {
                assert!(!word.trim().is_empty(), "{language} says nothing for {key}");
            }
            languages.push(language);
        }
        let wanted = ["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr", "uk", "vi", "zh"];
        assert_eq!(languages, wanted);
    }

    #[test]
    fn every_word_of_the_templates_is_there() {
        let english: BTreeMap<String, String> =
            serde_yaml::from_str(embedded::text("i18n/en.yml").expect("it is embedded")).expect("it is YAML");
        for (path, text) in embedded::DEFAULT_THEME.iter().filter(|(path, _)| path.ends_with(".html")) {
            for (start, opening) in text.match_indices("{{ t.") {
                let key: String =
                    text[start + opening.len()..].chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                assert!(english.contains_key(&key), "{path} says `t.{key}`");
            }
        }
    }

    #[test]
    fn languages_fall_back() {
        let (texts, _) = texts("i18n/eo.yml", "menu: Menuo");
        assert_eq!(texts.get("fr-FR", &[], "next"), "Suivant");
        assert_eq!(texts.get("eo", &[], "menu"), "Menuo");
        assert_eq!(texts.get("de-AT", &[], "next"), "Weiter");
        assert_eq!(texts.get("tlh", &[], "next"), "Next");
    }

    #[test]
    fn faults_are_told() {
        let codes = |text: &str| texts("i18n/eo.yml", text).1.into_iter().map(|found| found.code).collect::<Vec<_>>();
        assert_eq!(codes("menu: Menuo"), ["theme-text-missing"]);
        assert_eq!(codes("menu: [a"), ["theme-file"]);
        let of_french = |text: &str| {
            texts("i18n/fr.yml", text).1.into_iter().map(|found| (found.code, found.help)).collect::<Vec<_>>()
        };
        assert_eq!(of_french("signature: Nous"), []);
        assert_eq!(of_french("nxet: Après"), [("theme-text-unknown".into(), Some("did you mean `next`?".to_owned()))]);
        assert!(texts("i18n/fr.yml", "next: Après").1.is_empty());
    }
}
