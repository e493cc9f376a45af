//! The page in the other languages: the menu of readers, and what search engines are told.

use std::sync::Arc;

use serde::Serialize;

use crate::base::UrlPath;
use crate::config::Config;
use crate::site::{Locale, Site, SitePage};

/// An entry of the language menu.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Language {
    label: Arc<str>,
    lang: Arc<str>,
    href: String,
    current: bool,
    /// Whether it leads to this very page, not to one above it.
    same: bool,
}

/// The same page in a language, for search engines: absolute.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Alternate {
    lang: Arc<str>,
    href: String,
}

/// The language menu: empty if there is one language only.
pub(super) fn languages(page: &SitePage, site: &Site) -> Vec<Language> {
    if site.locales.len() < 2 {
        return Vec::new();
    }
    let target = |index: usize, locale: &Locale| match page.translations.iter().find(|(other, ..)| *other == index) {
        Some((_, url, same)) => (url.clone(), *same),
        None if index == page.locale => (page.route.url.clone(), true),
        None => (locale.home.clone(), false),
    };
    let entry = |(index, locale): (usize, &Locale)| {
        let (url, same) = target(index, locale);
        Language {
            label: locale.label.clone(),
            lang: locale.lang.clone(),
            href: url.relative_from(&page.route.url),
            current: index == page.locale,
            same,
        }
    };
    site.locales.iter().enumerate().map(entry).collect()
}

/// The page in each language that has it.
pub(super) fn alternates(page: &SitePage, site: &Site, config: &Config) -> Vec<Alternate> {
    let own = (page.locale, &page.route.url);
    let mut all: Vec<(usize, &UrlPath)> =
        page.translations.iter().filter(|(_, _, same)| *same).map(|(locale, url, _)| (*locale, url)).collect();
    if all.iter().all(|(locale, _)| *locale == page.locale) {
        return Vec::new();
    }
    all.push(own);
    all.sort();
    all.dedup();
    let alternate = |(locale, url): (usize, &UrlPath)| {
        Some(Alternate { lang: site.locales.get(locale)?.lang.clone(), href: absolute(url, config)? })
    };
    all.into_iter().filter_map(alternate).collect()
}

/// A page's whole address, if the settings say where the site is published.
pub(super) fn absolute(url: &UrlPath, config: &Config) -> Option<String> {
    config.site.url.as_ref().map(|site| format!("{}{}", site.trim_end_matches('/'), url.encoded()))
}
