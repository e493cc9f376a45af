//! What a site tells others of its pages: when they were published, which picture stands for them, which of them a feed names.

use std::collections::BTreeSet;

use serde_yaml::Value;

use crate::base::{Span, UrlPath, moment};
use crate::config::{Config, Layout, SiteConfig};
use crate::diag::Diagnostic;

use super::front;
use super::made::{CNAME, FEED, NOT_FOUND};
use super::types::{Site, SitePage};

/// Keys of front matter that name the picture of a page.
const PICTURES: [&str; 2] = ["image", "cover"];

/// Where a picture is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Picture {
    /// A file of the site.
    File(UrlPath),
    /// On another host.
    Elsewhere(String),
}

impl SitePage {
    /// Whether the page wants to be found: it is not the one for what is not found, and stands in for no translation, and says neither
    /// `sitemap: false` nor `noindex: true`.
    pub fn is_listed(&self) -> bool {
        let says = |key: &str, wanted: bool| self.head.front_matter.bool(key) == Some(wanted);
        let is_page = self.route.out.as_str() != NOT_FOUND && !self.head.stands_in;
        is_page && !says("sitemap", false) && !says("noindex", true)
    }

    /// When the page was published, as its `date` says: seconds since 1970.
    pub fn published(&self) -> Option<i64> {
        let scalar = match front::value(&self.head, "date")? {
            Value::Tagged(tagged) => front::scalar(&tagged.value),
            value => front::scalar(value),
        };
        moment(&scalar?)
    }

    /// What the page is about in a sentence, as its front matter says.
    pub fn summary(&self) -> Option<&str> {
        let values = &self.head.front_matter.values;
        let own = values.get("description").or_else(|| values.get("tagline"));
        let own = own.or_else(|| values.get("hero")?.get("tagline"));
        own.and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
    }
}

/// That the `date` of a page is none.
fn wrong_date(page: &SitePage) -> Option<Diagnostic> {
    let value = front::value(&page.head, "date").filter(|_| page.published().is_none() && !page.head.stands_in)?;
    let written = front::scalar(value)?;
    Some(
        Diagnostic::info("bad-date", format!("`date: {written}` is no day of the calendar"))
            .at(front::span(&page.head, "date"))
            .help("write the year first: `date: 2026-01-31`; until then the page is in no feed"),
    )
}

/// The address of the feed of each language that has one.
pub fn feeds(site: &Site, config: &SiteConfig) -> Vec<Option<UrlPath>> {
    let is_wanted = config.url.is_some() && config.publish.feed != Some(false);
    let mut feeds = vec![None; site.locales.len()];
    for page in site.pages.iter().filter(|page| is_wanted && page.is_listed() && page.published().is_some()) {
        let prefix = &site.locale(page).prefix;
        feeds[page.locale].get_or_insert_with(|| prefix.join(FEED));
    }
    feeds
}

/// The picture that stands for a page: its own, else that of its language. One that is not there is none.
pub fn picture(page: &SitePage, of_site: Option<&str>, site: &Site) -> Option<Picture> {
    let own = written(page).and_then(|(_, written)| found(written, page, site));
    own.or_else(|| found(of_site?, page, site))
}

/// The picture that the front matter of a page names.
fn written(page: &SitePage) -> Option<(&'static str, &str)> {
    let values = &page.head.front_matter.values;
    let named = PICTURES.iter().find_map(|key| Some((*key, values.get(*key)?.as_str()?.trim())));
    named.filter(|(_, text)| !text.is_empty())
}

/// The picture at an address, seen from the page's address or from its file.
fn found(written: &str, page: &SitePage, site: &Site) -> Option<Picture> {
    if written.contains("://") {
        return Some(Picture::Elsewhere(written.to_owned()));
    }
    let path = percent_encoding::percent_decode_str(written).decode_utf8_lossy();
    let from = [page.route.url.clone(), UrlPath::new(&page.head.relative)];
    let mut places = from.iter().map(|from| from.join(&path));
    let is_there = |url: &UrlPath| url.out_path().is_some_and(|out| site.files.contains_key(&out));
    places.find(is_there).map(Picture::File)
}

/// The pictures of pages, as files of the site.
pub(super) fn pictures(site: &Site) -> impl Iterator<Item = UrlPath> {
    site.pages.iter().filter_map(|page| match picture(page, None, site)? {
        Picture::File(url) => Some(url),
        Picture::Elsewhere(_) => None,
    })
}

/// Pictures of the bar that are not there, each once.
fn missing_logos(site: &Site, config: &Config) -> Vec<Diagnostic> {
    let mut told = BTreeSet::new();
    let mut missing = Vec::new();
    for (index, locale) in site.locales.iter().enumerate() {
        let Some(logo) = &config.theme.frame(index).logo else { continue };
        let is_there = |written: &str| {
            let path = percent_encoding::percent_decode_str(written).decode_utf8_lossy();
            let places = [UrlPath::root().join(&path), locale.prefix.join(&path)];
            places.iter().any(|url| url.out_path().is_some_and(|out| site.files.contains_key(&out)))
        };
        for written in [Some(&logo.src), logo.dark.as_ref()].into_iter().flatten() {
            let is_elsewhere = written.contains("://") || written.starts_with("//") || written.starts_with("data:");
            if is_elsewhere || written.is_empty() || is_there(written) || !told.insert(written) {
                continue;
            }
            let found = Diagnostic::warning("missing-image", format!("there is no picture at `{written}`, the logo"));
            let found =
                found.help("put it there, or correct its path: it is seen from the root of the site, `/logo.svg`");
            missing.push(match (&config.project.settings, logo.span) {
                (Some(file), Some((start, end))) => found.at(Span { file: file.clone(), start, end }),
                (Some(file), None) => found.at(Span::new(file.clone(), 0..0)),
                (None, _) => found,
            });
        }
    }
    missing
}

/// What is asked for and cannot be.
pub fn unpublished(site: &Site, config: &Config) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let settings = || config.project.settings.clone().map(|file| Span::new(file, 0..0));
    let mut tell = |code: &'static str, message: String, help: &str| {
        let told = Diagnostic::info(code, message).help(help);
        found.push(match settings() {
            Some(place) => told.at(place),
            None => told,
        });
    };
    let publish = &config.site.publish;
    if publish.feed == Some(true) {
        let dated = site.pages.iter().any(|page| page.is_listed() && page.published().is_some());
        match &config.site.url {
            None => tell(
                "no-address",
                "there is no feed: the address of the site is not known".to_owned(),
                "say it in the settings, `url: https://example.org`",
            ),
            Some(_) if !dated => tell(
                "setting-ignored",
                "there is no feed: no page has a date".to_owned(),
                "a feed tells of the pages with `date: 2026-01-31` in their front matter",
            ),
            Some(_) => {}
        }
    }
    if config.theme.cards.is_some() && config.site.url.is_none() {
        tell(
            "no-address",
            "there are no social cards: the address of the site is not known".to_owned(),
            "say it in the settings, `url: https://example.org`: who shows a card asks for it there",
        );
    }
    let own = site.files.iter().find(|(out, _)| out.as_str() == CNAME);
    if let (Some((_, file)), Some(host)) = (own, &publish.cname) {
        tell(
            "duplicate-output",
            format!("`{file}` and `cname: {host}` would both be `CNAME`"),
            "the file is copied; keep one of them",
        );
    }
    let mut told = BTreeSet::new();
    for index in 0..site.locales.len() {
        let Some(image) = config.theme.frame(index).image.as_deref() else { continue };
        let page = site.pages.iter().find(|page| page.locale == index);
        if page.is_some_and(|page| self::found(image, page, site).is_none()) && told.insert(image) {
            tell(
                "missing-image",
                format!("there is no picture at `{image}`, which is to stand for pages"),
                "correct `image` in the settings: it is a path from the root of the site, `/picture.png`",
            );
        }
    }
    found.extend(missing_logos(site, config));
    found.extend(site.pages.iter().filter_map(wrong_date));
    // In other folders the key may be for a theme, and mean something else.
    for page in site.pages.iter().filter(|_| config.site.layout == Layout::Native) {
        if let Some((key, image)) = written(page).filter(|(_, image)| self::found(image, page, site).is_none()) {
            found.push(
                Diagnostic::warning(
                    "missing-image",
                    format!("there is no picture at `{image}`, which is to stand for the page"),
                )
                .at(front::span(&page.head, key))
                .help("correct `image` in the front matter: a path from the page, or from the root with `/` before it"),
            );
        }
    }
    found
}
