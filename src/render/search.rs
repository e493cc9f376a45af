//! What pages need to be searched, and the page that searches without a dialog. Where no scripts run it is the plan of the
//! site: every page of its language.

use serde::Serialize;

use crate::base::UrlPath;
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::site::made::SEARCH_PAGE;
use crate::site::{Locale, Site};

use super::frame::Frame;
use super::own_pages::{Kind, OwnPage};
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
pub fn search_pages(
    site: &Site,
    config: &Config,
    theme: &Theme,
    frame: &Frame,
) -> Vec<Result<(UrlPath, String), Diagnostic>> {
    let searched = |index: &usize| frame.searches.get(*index).is_some_and(Option::is_some);
    let languages: Vec<usize> = (0..site.locales.len()).filter(searched).collect();
    let html = |index: &usize| {
        let (locale, own) = (&site.locales[*index], &config.theme.frame(*index).texts);
        let url = page(&locale.prefix);
        let plan = plan(*index, site, &url);
        let others = languages.iter().filter(|other| *other != index);
        let found = OwnPage {
            kind: Kind::Search,
            url: url.clone(),
            locale: *index,
            title: theme.texts.get(&locale.lang, own, "search").into(),
            description: Some(theme.texts.get(&locale.lang, own, "search_placeholder").to_owned()),
            translations: others.map(|other| (*other, page(&site.locales[*other].prefix))).collect(),
        };
        let mut context = found.context(site, config, theme, frame);
        context.insert("plan", &plan);
        theme.templates.render("search.html", &context).map(|html| (url, html))
    };
    languages.iter().map(html).collect()
}
