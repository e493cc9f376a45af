//! What pages need to be searched, and the page that searches without a dialog. Where no scripts run it is the plan of the
//! site: every page of its language.

use serde::Serialize;

use crate::base::UrlPath;
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::site::made::SEARCH_PAGE;
use crate::site::{Locale, Site};

use super::plan::plan;
use super::theme::Theme;

/// What a page needs to be searched. Addresses are relative to the page.
#[derive(Clone, Debug, Serialize)]
pub(super) struct SearchView {
    script: String,
    style: String,
    /// The site's root.
    root: String,
    /// The folder of the index, below the root.
    index: String,
    /// The page that searches without a dialog.
    page: String,
    /// The description that browsers take as a search engine.
    engine: Option<String>,
    slash: bool,
    /// The script with what the search says.
    words: String,
}

/// What all pages of a language need to be searched.
#[derive(Clone, Debug)]
pub(super) struct Search {
    script: UrlPath,
    style: UrlPath,
    prefix: UrlPath,
    engine: bool,
    slash: bool,
    words: UrlPath,
}

impl Search {
    /// For the language at this index; `None` where the settings want none.
    pub(super) fn new(index: usize, locale: &Locale, config: &Config, theme: &Theme) -> Option<Search> {
        let frame = config.theme.frame(index);
        let files = theme.search.as_ref().filter(|_| frame.search)?;
        let (script, style, words) = (files.script.clone(), files.style.clone(), files.words.get(index)?.clone());
        let (engine, prefix) = (config.site.url.is_some(), locale.prefix.clone());
        Some(Search { script, style, prefix, engine, slash: frame.search_slash, words })
    }

    /// As seen from a page.
    pub(super) fn view(&self, url: &UrlPath) -> SearchView {
        let seen = |to: &UrlPath| to.relative_from(url);
        SearchView {
            script: seen(&self.script),
            style: seen(&self.style),
            root: seen(&UrlPath::root()),
            index: format!("search{}", self.prefix.encoded()),
            page: seen(&page(&self.prefix)),
            engine: self.engine.then(|| seen(&self.prefix.join("opensearch.xml"))),
            slash: self.slash,
            words: seen(&self.words),
        }
    }
}

/// The address of the page that searches, for a language.
pub(super) fn page(prefix: &UrlPath) -> UrlPath {
    prefix.join(SEARCH_PAGE)
}

/// The addresses and the HTML of the pages that search, one for each language that can be searched.
pub fn search_pages(site: &Site, config: &Config, theme: &Theme) -> Vec<Result<(UrlPath, String), Diagnostic>> {
    let html = |(index, locale): (usize, &Locale)| {
        let search = Search::new(index, locale, config, theme)?;
        let url = page(&locale.prefix);
        let relative = |urls: &[UrlPath]| urls.iter().map(|to| to.relative_from(&url)).collect::<Vec<_>>();
        let mut context = tera::Context::new();
        let dir = super::view::direction(&locale.lang);
        context.insert("page", &serde_json::json!({ "lang": &*locale.lang, "dir": dir }));
        let icon = super::frame::icon(site).map(|icon| icon.relative_from(&url));
        let home = locale.home.relative_from(&url);
        context.insert("site", &serde_json::json!({ "title": &*locale.title, "icon": icon, "home": home }));
        let assets = serde_json::json!({ "styles": relative(&theme.styles), "scripts": relative(&theme.scripts) });
        context.insert("assets", &assets);
        context.insert("search", &search.view(&url));
        context.insert("plan", &plan(index, site, &url));
        context.insert_value("t", theme.texts.with(&locale.lang, &config.theme.frame(index).texts));
        Some(theme.templates.render("search.html", &context).map(|html| (url, html)))
    };
    site.locales.iter().enumerate().filter_map(html).collect()
}
