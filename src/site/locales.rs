//! The languages of a site, and which page belongs to which.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::UrlPath;
use crate::config::{Elsewhere, LocaleConfig, SiteConfig};
use crate::diag::Diagnostic;
use crate::page::Head;

use super::targets::{Targets, is_index_name, stem};
use super::titles;
use super::types::{Locale, NavTree, PageId, Route};

/// The index in the settings of the language that a path below the content folder belongs to: the longest prefix wins.
pub(super) fn of_page(relative: &str, locales: &[LocaleConfig]) -> usize {
    let below = |prefix: &str| relative.starts_with(prefix.trim_start_matches('/'));
    let matching = locales.iter().enumerate().filter(|(_, locale)| below(&locale.prefix));
    // The first of equals, hence `rev`.
    matching.rev().max_by_key(|(_, locale)| locale.prefix.len()).map_or(0, |(index, _)| index)
}

/// The home page of a language.
pub(super) fn home(locale: &LocaleConfig, targets: &Targets<'_>) -> Option<PageId> {
    targets.page(locale.prefix.trim_start_matches('/'))
}

/// What the site is called in a language, by the settings or by the home page.
pub(super) fn title(locale: &LocaleConfig, config: &SiteConfig, home: Option<&Head>) -> String {
    let written = |locale: &LocaleConfig| locale.title.clone().filter(|title| !title.trim().is_empty());
    let first = || config.locales.first().and_then(written);
    written(locale).or_else(first).unwrap_or_else(|| titles::site(home))
}

/// A language with its navigation.
pub(super) fn locale(
    locale: &LocaleConfig,
    config: &SiteConfig,
    title: String,
    nav: Arc<NavTree>,
    home: UrlPath,
) -> Locale {
    let description = locale.description.as_ref().or_else(|| config.locales.first()?.description.as_ref());
    Locale {
        prefix: UrlPath::new(&locale.prefix),
        lang: locale.lang.as_str().into(),
        label: label(locale).into(),
        listed: locale.listed,
        title: title.into(),
        description: description.map_or("", String::as_str).into(),
        nav,
        home,
    }
}

/// What the language menu calls a language.
fn label(locale: &LocaleConfig) -> &str {
    called(locale.label.as_deref(), &locale.lang, &locale.prefix)
}

/// What the language menu calls a language whose pages are elsewhere.
pub fn label_elsewhere(language: &Elsewhere) -> &str {
    called(language.label.as_deref(), &language.lang, &language.prefix)
}

fn called<'l>(label: Option<&'l str>, lang: &'l str, prefix: &'l str) -> &'l str {
    let written = label.filter(|label| !label.trim().is_empty());
    written.or_else(|| own_name(lang)).unwrap_or(match lang {
        "" => prefix,
        lang => lang,
    })
}

/// The name of a language in that language.
fn own_name(tag: &str) -> Option<&'static str> {
    let tag = tag.replace('_', "-").to_ascii_lowercase();
    let name = match tag.as_str() {
        "zh-cn" | "zh-hans" | "zh-sg" => "简体中文",
        "zh-tw" | "zh-hk" | "zh-hant" => "繁體中文",
        "pt-br" => "Português (Brasil)",
        _ => match tag.split('-').next()? {
            "ar" => "العربية",
            "bg" => "Български",
            "br" => "Brezhoneg",
            "ca" => "Català",
            "co" => "Corsu",
            "cs" => "Čeština",
            "da" => "Dansk",
            "de" => "Deutsch",
            "el" => "Ελληνικά",
            "en" => "English",
            "es" => "Español",
            "et" => "Eesti",
            "eu" => "Euskara",
            "fa" => "فارسی",
            "fi" => "Suomi",
            "fr" => "Français",
            "ga" => "Gaeilge",
            "he" => "עברית",
            "hi" => "हिन्दी",
            "hr" => "Hrvatski",
            "hu" => "Magyar",
            "id" => "Bahasa Indonesia",
            "it" => "Italiano",
            "ja" => "日本語",
            "ko" => "한국어",
            "lt" => "Lietuvių",
            "lv" => "Latviešu",
            "nb" | "no" => "Norsk",
            "nl" => "Nederlands",
            "oc" => "Occitan",
            "pl" => "Polski",
            "pt" => "Português",
            "ro" => "Română",
            "ru" => "Русский",
            "sk" => "Slovenčina",
            "sl" => "Slovenščina",
            "sv" => "Svenska",
            "th" => "ไทย",
            "tr" => "Türkçe",
            "uk" => "Українська",
            "vi" => "Tiếng Việt",
            "zh" => "中文",
            _ => return None,
        },
    };
    Some(name)
}

/// The page at `relative` in the other languages; in a language that lacks it, the page of the nearest folder above it
/// there. Languages without even a home page are left out.
pub(super) fn translations(
    relative: &str,
    heads: &[Arc<Head>],
    own: usize,
    config: &SiteConfig,
    homes: &[Option<PageId>],
    targets: &Targets<'_>,
    routes: &[Route],
) -> Vec<(usize, UrlPath, bool)> {
    let locales = &config.locales;
    let rest = relative.strip_prefix(locales[own].prefix.trim_start_matches('/')).unwrap_or(relative);
    let url = |page: PageId| routes[page.0 as usize].url.clone();
    let others = locales.iter().enumerate().filter(|(index, locale)| *index != own && locale.listed);
    let found = others.filter_map(|(index, locale)| {
        let path = format!("{}{rest}", locale.prefix.trim_start_matches('/'));
        match targets.page(&path) {
            Some(page) => Some((index, url(page), !heads[page.0 as usize].stands_in)),
            None => {
                let above = folders_above(rest)
                    .find_map(|folder| targets.page(&format!("{}{folder}", locale.prefix.trim_start_matches('/'))));
                above.or(homes[index]).map(|page| (index, url(page), false))
            }
        }
    });
    found.collect()
}

/// The folders that a path lies in, the nearest first, each with a slash at its end; the last is empty.
fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    let slashes = path.rmatch_indices('/').map(|(slash, _)| &path[..=slash]);
    // The page of a folder stands for itself: the next one above it is asked.
    let own = slashes.clone().next().filter(|folder| is_index_name(stem(&path[folder.len()..])));
    slashes.skip(usize::from(own.is_some())).chain([""])
}

/// The most pages that are named of those that a language lacks.
const NAMED: usize = 8;

/// Pages that are there in another language and not in this one: one finding for each language.
pub(super) fn missing(
    heads: &[Arc<Head>],
    locale_of: &[usize],
    locales: &[LocaleConfig],
    targets: &Targets<'_>,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if locales.len() < 2 {
        return found;
    }
    let is_listed = |page: &usize| locales[locale_of[*page]].listed;
    let own = |page: usize| {
        let prefix = locales[locale_of[page]].prefix.trim_start_matches('/');
        heads[page].relative.strip_prefix(prefix).unwrap_or(&heads[page].relative)
    };
    let written = |page: &usize| !heads[*page].stands_in;
    let all: BTreeSet<&str> =
        (0..heads.len()).filter(written).filter(is_listed).map(own).filter(|path| stem(path) != "404").collect();
    let is_there = |path: &str| targets.page(path).is_some_and(|page| !heads[page.0 as usize].stands_in);
    let stand_ins = heads.iter().any(|head| head.stands_in);
    for locale in locales.iter().filter(|locale| locale.listed) {
        let folder = locale.prefix.trim_start_matches('/');
        let missing: Vec<&str> = all.iter().copied().filter(|path| !is_there(&format!("{folder}{path}"))).collect();
        // A language that has nothing yet lacks everything, which its author knows.
        if missing.is_empty() || missing.len() == all.len() {
            continue;
        }
        let mut names: Vec<String> = missing.iter().take(NAMED).map(|path| format!("`{folder}{path}`")).collect();
        let rest = missing.len().saturating_sub(NAMED);
        if rest > 0 {
            names.push(format!("{rest} more"));
        }
        let (count, label) = (missing.len(), label(locale));
        let pages = if count == 1 { "page is" } else { "pages are" };
        found.push(
            Diagnostic::info(
                "missing-translation",
                format!("{count} {pages} not there in {label}: {}", names.join(", ")),
            )
            .help(match stand_ins {
                true => "readers who choose the language are shown the page in another one",
                false => "readers who choose the language are led to the nearest page above",
            }),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::config::Layout;
    use crate::site::fixture::{Folder, page};

    #[test]
    fn pages_belong_to_the_longest_prefix() {
        let files = ["README.md", "french.md", "fr/README.md", "fr/ca/a.md"];
        let site = Folder::new(Layout::Native, &files).locale("/fr/", "fr-FR").locale("/fr/ca/", "fr-CA").site();
        let locales = files.map(|file| page(&site, file).locale);
        assert_eq!(locales, [0, 0, 1, 2]);
    }

    #[test]
    fn titles_and_labels() {
        let folder = Folder::new(Layout::Native, &["README.md", "fr/README.md", "xx/a.md"])
            .front("README.md", "title: Tool")
            .front("fr/README.md", "title: Outil")
            .locale("/fr/", "fr-FR")
            .locale("/xx/", "xx");
        let site = folder.site();
        let found: Vec<_> =
            site.locales.iter().map(|locale| (&*locale.title, &*locale.label, locale.home.as_str())).collect();
        assert_eq!(
            found,
            [("Tool", "English", "/"), ("Outil", "Français", "/fr/"), ("Documentation", "xx", "/xx/a.html")]
        );
    }

    #[test]
    fn the_same_page_in_other_languages() {
        let files =
            ["README.md", "a.md", "b.md", "fr/README.md", "fr/a.md", "fr/g/README.md", "g/h/x.md", "g/h/README.md"];
        let site = Folder::new(Layout::Native, &files).locale("/fr/", "fr").locale("/de/", "de").site();
        let told: Vec<&str> = site.diagnostics.iter().map(|found| &*found.message).collect();
        assert_eq!(
            told,
            [
                "1 page is not there in English: `g/README.md`",
                "3 pages are not there in Français: `fr/b.md`, `fr/g/h/README.md`, `fr/g/h/x.md`"
            ]
        );
        for (file, want) in [
            ("a.md", vec![(1, "/fr/a.html", true)]),
            ("b.md", vec![(1, "/fr/", false)]),
            ("fr/README.md", vec![(0, "/", true)]),
            ("g/h/x.md", vec![(1, "/fr/g/", false)]),
            ("g/h/README.md", vec![(1, "/fr/g/", false)]),
            ("fr/g/README.md", vec![(0, "/", false)]),
        ] {
            let page = page(&site, file);
            let found: Vec<_> =
                page.translations.iter().map(|(index, url, same)| (*index, url.as_str(), *same)).collect();
            assert_eq!(found, want, "{file}");
        }
    }
}
