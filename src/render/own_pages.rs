//! The pages that the theme has of its own: the one that searches, and the one for what is not found. What surrounds them is
//! what surrounds all pages.

use std::sync::Arc;

use serde_yaml::{Mapping, Value};

use crate::base::{Hash, SourcePath, UrlPath};
use crate::config::Config;
use crate::page::{FrontMatter, Head, Page};
use crate::site::{Route, Site, SitePage};

use super::frame::{Frame, PageFrame};
use super::html::context;
use super::theme::Theme;
use super::view;

/// What a page of the theme's own is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It searches. Where no scripts run it is the plan of the site, which search engines may list.
    Search,
    /// It is sent where there is no page.
    NotFound,
}

impl Kind {
    /// The class of its `<body>`.
    fn class(self) -> &'static str {
        match self {
            Kind::Search => "search-only",
            Kind::NotFound => "not-found",
        }
    }

    fn is_listed(self) -> bool {
        self == Kind::Search
    }
}

/// A page of the theme's own.
pub(super) struct OwnPage {
    pub kind: Kind,
    pub url: UrlPath,
    /// The index of its language.
    pub locale: usize,
    pub title: Arc<str>,
    pub description: Option<String>,
    /// The page in the other languages, by index.
    pub translations: Vec<(usize, UrlPath)>,
}

impl OwnPage {
    /// What its template reads, but for what is in it.
    pub fn context(self, site: &Site, config: &Config, theme: &Theme, frame: &Frame) -> tera::Context {
        let mut values = Mapping::new();
        let mut put = |key: &str, value: Value| _ = values.insert(key.into(), value);
        put("pageClass", self.kind.class().into());
        if !self.kind.is_listed() {
            put("noindex", true.into());
        }
        // It is of no file that could be edited.
        put("editLink", false.into());
        self.description.into_iter().for_each(|text| put("description", text.into()));
        let front_matter = FrontMatter { values, ..FrontMatter::default() };
        let head = Arc::new(Head::new(SourcePath::root(), "", front_matter, Hash::default()));
        let listed = self.kind.is_listed();
        let out = self.url.out_path().expect("its address is that of a file");
        let translations = self.translations.into_iter().map(|(locale, url)| (locale, url, true)).collect();
        let route = Route { url: self.url, out };
        let entry = SitePage { translations, ..SitePage::new(head.clone(), route, self.locale, self.title) };
        let page = Page::new(head);
        let view = view::of(&page, (&entry, &PageFrame::default()), site, config, frame);
        context(&if listed { view } else { view.untold() }, theme).0
    }
}
