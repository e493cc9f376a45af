//! What a template may read about one page, as types.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::super::frame::Choices;
use super::super::head::Head;
use super::super::languages::{Alternate, Language, Original};
use super::super::navbar::NavEntry;
use super::super::outline;
use super::super::outward::Outward;
use super::super::redirects::Moved;
use super::super::search::SearchView;
use super::super::sharing::Meta;
use crate::page::FrontMatter;
use crate::site::{Home, PageId};

/// What a template may read about a page, besides its HTML and the theme's words. Addresses are relative to the page.
#[derive(Clone, Debug, Serialize)]
pub struct View {
    #[serde(skip)]
    pub(in crate::render) id: PageId,
    #[serde(skip)]
    pub(in crate::render) front_matter: Arc<FrontMatter>,
    #[serde(skip)]
    pub(in crate::render) outward: Outward,
    /// The values that the page writes between braces, by hole.
    #[serde(skip)]
    pub(in crate::render) values: Vec<Option<String>>,
    /// Whether months have their names.
    #[serde(skip)]
    pub(in crate::render) date_in_words: bool,
    /// The words of the theme in the language of the page's part of the site.
    #[serde(skip)]
    pub(in crate::render) words: Option<tera::Value>,
    /// How wide and how high the pictures of the page are, by link.
    #[serde(skip)]
    pub(in crate::render) sizes: BTreeMap<u32, (u32, u32)>,
    /// The files that browsers may choose from for pictures, by link.
    #[serde(skip)]
    pub(in crate::render) choices: BTreeMap<u32, Choices>,
    /// How wide the text is, in pixels.
    #[serde(skip)]
    pub(in crate::render) column: u32,
    pub(in crate::render) page: PageView,
    pub(super) site: SiteView,
    pub(super) nav: Vec<NavEntry>,
    pub(super) languages: Vec<Language>,
    /// The page of another language that is shown in place of a translation.
    pub(super) original: Option<Original>,
    pub(super) sidebar: Option<String>,
    pub(super) breadcrumb: Vec<Crumb>,
    pub(super) outline: Vec<outline::Entry>,
    pub(super) prev: Option<Adjacent>,
    pub(super) next: Option<Adjacent>,
    pub(super) edit_link: Option<String>,
    /// The day of the last change: `2026-01-31`.
    pub(in crate::render) last_updated: Option<String>,
    /// That day as readers write it.
    pub(in crate::render) last_updated_text: Option<String>,
    /// Who wrote the page.
    pub(super) contributors: Vec<Arc<str>>,
    pub(super) footer: Option<String>,
    /// Pages about the site: its accessibility statement, its legal notice.
    pub(super) legal: Vec<Neighbour>,
    /// HTML above the page.
    pub(super) announcement: Option<String>,
    /// The versions of the documentation, the latest first.
    pub(super) versions: Vec<VersionLink>,
    /// Anchors that are gone from the page, and where readers are led from them.
    pub(super) moved: Vec<Moved>,
    /// Whether the page is much longer than a window.
    pub(super) long: bool,
    pub(super) home: Option<Home>,
    pub(super) assets: Assets,
    /// The scripts of those who count readers.
    pub(super) analytics: Vec<String>,
    /// What is needed to search; none where nobody can.
    pub(super) search: Option<SearchView>,
}

/// The page itself.
#[derive(Clone, Debug, Serialize)]
pub(in crate::render) struct PageView {
    pub(super) title: Arc<str>,
    /// What a page begins with whose text has no heading of the first level.
    pub(super) heading: Option<Arc<str>>,
    pub(super) head_title: String,
    pub(in crate::render) lang: String,
    pub(super) dir: String,
    pub(super) source: Arc<str>,
    /// `doc`, `home`, or what the front matter names.
    pub(in crate::render) layout: String,
    pub(super) class: String,
    pub(super) description: Option<String>,
    pub(super) viewport: Option<String>,
    pub(super) canonical: Option<String>,
    pub(super) alternates: Vec<Alternate>,
    /// What the page says of itself to those that show links to it.
    pub(super) meta: Vec<Meta>,
    /// Whether search engines are asked not to show the page.
    pub(super) noindex: bool,
    /// The way to the page, for search engines.
    pub(super) json_ld: Option<String>,
    /// The feed of the page's language.
    pub(super) feed: Option<String>,
    /// The Markdown of the page.
    pub(super) markdown: Option<String>,
    pub(super) head: Head,
    /// Whether the page has the links at the top.
    pub(super) navbar: bool,
    /// Whether a narrow window has a menu to open.
    pub(super) menu: bool,
}

/// The site in the page's language.
#[derive(Clone, Debug, Serialize)]
pub(super) struct SiteView {
    pub(super) title: Arc<str>,
    /// What the bar calls it.
    pub(super) name: Arc<str>,
    pub(super) description: Arc<str>,
    pub(super) home: String,
    pub(super) logo: Option<String>,
    pub(super) logo_dark: Option<String>,
    pub(super) logo_alt: Option<String>,
    pub(super) icon: Option<String>,
    pub(super) repo: Option<String>,
    pub(super) repo_name: Option<String>,
    pub(super) social_links: Vec<Neighbour>,
}

/// A group that the page lies in.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Crumb {
    pub(super) text: Arc<str>,
    pub(super) href: Option<String>,
}

/// The page before or after.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Adjacent {
    pub(super) text: Arc<str>,
    /// The same as HTML, where that is more than the text.
    pub(super) html: Option<Arc<str>>,
    pub(super) href: String,
    /// The section that it is in, if that is another than this page's.
    pub(super) section: Option<Arc<str>>,
}

/// The page before or after, or another link.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Neighbour {
    pub(super) text: Arc<str>,
    pub(super) href: String,
}

/// A version of the documentation.
#[derive(Clone, Debug, Serialize)]
pub(super) struct VersionLink {
    pub(super) text: String,
    pub(super) href: String,
    pub(super) current: bool,
}

/// The files that the page links.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Assets {
    pub(super) styles: Vec<String>,
    pub(super) scripts: Vec<String>,
    /// The fonts that are asked for before the style sheets do.
    pub(super) fonts: Vec<String>,
    /// The script of the theme that has diagrams drawn, and the one that draws them, on pages that have some.
    pub(super) diagrams: Option<String>,
    pub(super) mermaid: Option<String>,
}
