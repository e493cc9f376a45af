//! The page in the other languages: the menu of readers, and what search engines are told.

use std::sync::Arc;

use serde::Serialize;
use serde_yaml::Value;

use crate::base::UrlPath;
use crate::config::{Config, Elsewhere, SiteConfig};
use crate::site::made::NOT_FOUND;
use crate::site::{Locale, Site, SitePage, label_elsewhere};

use super::view::direction;

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

/// The language menu: empty if there is one language only. Those of other sites come last.
pub(super) fn languages(page: &SitePage, site: &Site, config: &SiteConfig) -> Vec<Language> {
    if site.locales.iter().filter(|locale| locale.listed).count() + config.elsewhere.len() < 2 {
        return Vec::new();
    }
    let target = |index: usize, locale: &Locale| match page.translations.iter().find(|(other, ..)| *other == index) {
        Some((_, url, same)) => (url.clone(), *same),
        None if index == page.locale => (page.route.url.clone(), !page.head.stands_in),
        None => (locale.home.clone(), false),
    };
    let target = |index: usize, locale: &Locale| match config.same_page || index == page.locale {
        true => target(index, locale),
        // So it is wanted, which needs no word.
        false => (locale.home.clone(), true),
    };
    // Sites of other languages are taken to have the same paths.
    let own = page.route.url.as_str();
    let path = match page.route.out.as_str() {
        NOT_FOUND => UrlPath::root(),
        _ => UrlPath::new(own.strip_prefix(site.locale(page).prefix.as_str()).unwrap_or(own)),
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
    let elsewhere = |language: &Elsewhere| Language {
        label: label_elsewhere(language).into(),
        lang: language.lang.as_str().into(),
        href: match config.same_page {
            true => format!("{}/{}", language.link, path.encoded().trim_start_matches('/')),
            false => format!("{}/", language.link),
        },
        current: false,
        same: true,
    };
    let listed = site.locales.iter().enumerate().filter(|(_, locale)| locale.listed);
    listed.map(entry).chain(config.elsewhere.iter().map(elsewhere)).collect()
}

/// The page in each language that has it.
pub(super) fn alternates(page: &SitePage, site: &Site, config: &Config) -> Vec<Alternate> {
    // A page that stands in for a translation is none, and search engines are led to the page itself.
    if page.head.stands_in {
        return Vec::new();
    }
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

/// The page of another language that is shown where a translation is missing.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Original {
    label: Arc<str>,
    pub(super) lang: Arc<str>,
    dir: &'static str,
    href: String,
    #[serde(skip)]
    pub(super) url: UrlPath,
}

/// What is shown, if the page stands in for a translation.
pub(super) fn original(page: &SitePage, site: &Site) -> Option<Original> {
    let template = page.head.template.as_ref().filter(|_| page.head.stands_in)?;
    let original = site.page(*site.by_path.get(template)?);
    let locale = site.locale(original);
    let own = original.head.front_matter.values.get("lang").and_then(Value::as_str);
    let lang: Arc<str> = own.map_or_else(|| locale.lang.clone(), Arc::from);
    Some(Original {
        label: locale.label.clone(),
        dir: direction(&lang),
        lang,
        href: original.route.url.relative_from(&page.route.url),
        url: original.route.url.clone(),
    })
}

/// A page's whole address, if the settings say where the site is published.
pub(super) fn absolute(url: &UrlPath, config: &Config) -> Option<String> {
    config.site.url.as_ref().map(|site| format!("{}{}", site.trim_end_matches('/'), url.encoded()))
}
