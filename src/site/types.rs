//! What a site is: pages with addresses, navigation, and where every link leads.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;

use crate::base::{Hash, OutPath, SourcePath, UrlPath};
use crate::diag::Diagnostic;
use crate::page::Head;

/// The index of a page in [`Site::pages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u32);

/// Where a page is found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Route {
    /// Its address, `/guide/start.html`, as links show it.
    pub url: UrlPath,
    /// Its file in the output.
    pub out: OutPath,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Resolved {
    /// A page of the site.
    Page {
        /// The page's address.
        url: UrlPath,
        /// `?query#fragment`, ready for an attribute, or empty.
        suffix: Box<str>,
    },
    /// A file of the output that is no page.
    File {
        /// Its address.
        url: UrlPath,
        /// `?query#fragment`, or empty.
        suffix: Box<str>,
    },
    /// An anchor of the same page, `#id`.
    Here(Box<str>),
    /// Somewhere else; the address as written.
    External(Box<str>),
    /// Nowhere that we know; the address as it is best left.
    Broken(Box<str>),
}

/// Where the links of a page lead, with their hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    resolved: Arc<[Resolved]>,
    /// Their hash.
    pub hash: Hash,
}

impl From<Vec<Resolved>> for Links {
    fn from(links: Vec<Resolved>) -> Links {
        Links { hash: Hash::of(&links), resolved: links.into() }
    }
}

impl Deref for Links {
    type Target = [Resolved];

    fn deref(&self) -> &[Resolved] {
        &self.resolved
    }
}

/// A finding about a link: the place is known only by the page's body, so the engine fills it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The page.
    pub page: PageId,
    /// Where in the page.
    pub place: Place,
    /// The finding, without its span.
    pub diagnostic: Diagnostic,
}

/// Where in a page something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The link with this index in [`Head::links`].
    Link(u32),
    /// The former address with this index in [`Head::aliases`].
    Alias(u32),
}

/// The address of a page that is gone, and where readers are led from it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Redirect {
    /// The former address.
    pub url: UrlPath,
    /// The index of its language in [`Site::locales`].
    pub locale: usize,
    /// Where it leads.
    pub to: Resolved,
    /// What a link there says (plain text).
    pub text: Arc<str>,
    /// Anchors that it had which lead elsewhere.
    pub anchors: Vec<MovedAnchor>,
}

/// An anchor that is gone from a page, and where readers are led from it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MovedAnchor {
    /// The former anchor, without `#`.
    pub id: Arc<str>,
    /// Where it leads.
    pub to: Resolved,
    /// What a link there says (plain text).
    pub text: Arc<str>,
}

/// A page in its site.
#[derive(Clone, Debug, PartialEq)]
pub struct SitePage {
    /// What is known of it.
    pub head: Arc<Head>,
    /// Where it is found.
    pub route: Route,
    /// The index of its language in [`Site::locales`].
    pub locale: usize,
    /// Its title, or what stands in for one: never empty.
    pub title: Arc<str>,
    /// Whether it is a home page (`home: true`, `layout: home`).
    pub home: bool,
    /// Its links, resolved, in the order of [`Head::links`].
    pub links: Links,
    /// The sidebar, or `None` where it has none.
    pub sidebar: Option<Arc<NavTree>>,
    /// The page before it.
    pub prev: Option<NavLink>,
    /// The page after it.
    pub next: Option<NavLink>,
    /// Anchors that are gone from it.
    pub moved: Vec<MovedAnchor>,
    /// How many levels of headings its outline shows, from the second on, if its place in the sidebar says so.
    pub depth: Option<u8>,
    /// The same page in the other languages: index in [`Site::locales`], address, and whether it is that very page,
    /// translated (else one above it, or the page of another language that stands in for it).
    pub translations: Vec<(usize, UrlPath, bool)>,
    /// The lists of pages that it asks for, each with the index of its component.
    pub catalogs: Vec<(u32, Vec<NavItem>)>,
    /// Where its Markdown lies, if it is there for others.
    pub markdown: Option<UrlPath>,
}

impl SitePage {
    /// A page that nothing is known of but where it is found, in which language, and how it is called.
    pub fn new(head: Arc<Head>, route: Route, locale: usize, title: Arc<str>) -> SitePage {
        SitePage {
            head,
            route,
            locale,
            title,
            home: false,
            links: Vec::new().into(),
            sidebar: None,
            prev: None,
            next: None,
            moved: Vec::new(),
            depth: None,
            translations: Vec::new(),
            catalogs: Vec::new(),
            markdown: None,
        }
    }
}

/// A link of the navigation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NavLink {
    /// What it says (plain text).
    pub text: Arc<str>,
    /// The same as HTML within a line, where that is more than its text.
    pub html: Option<Arc<str>>,
    /// Where it leads.
    pub target: Resolved,
}

/// An entry of the navigation: a link, a group, or both.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NavItem {
    /// What it says (plain text).
    pub text: Arc<str>,
    /// Where it leads; `None` for a group that is no page.
    pub target: Option<Resolved>,
    /// What is in it.
    pub items: Vec<NavItem>,
    /// Whether a group is shut at first; `None`: it cannot be shut.
    pub collapsed: Option<bool>,
    /// What only few entries have.
    pub extra: NavExtra,
}

/// What only few entries of the navigation have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct NavExtra {
    /// A regular expression: the entry is the current one on pages whose address it matches.
    pub active_match: Option<Arc<str>>,
    /// The window that it opens in, as HTML names it.
    pub window: Option<Arc<str>>,
    /// What the page that it leads to is, as HTML names it.
    pub rel: Option<Arc<str>>,
    /// What it says as HTML within a line, where that is more than its text.
    pub html: Option<Arc<str>>,
    /// Whether the mark of links to other sites is left out.
    pub no_icon: bool,
    /// The page that stands for a group which is no link.
    pub page: Option<UrlPath>,
}

/// A tree of links that many pages share, with its hash.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NavTree {
    /// The entries.
    pub items: Vec<NavItem>,
    /// Their hash.
    pub hash: Hash,
}

/// One language of the site.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Locale {
    /// The addresses that belong to it: `/` or `/fr/`.
    pub prefix: UrlPath,
    /// A BCP 47 tag.
    pub lang: Arc<str>,
    /// Its name in its own language.
    pub label: Arc<str>,
    /// Whether the language menu names it.
    pub listed: bool,
    /// The site's title in it.
    pub title: Arc<str>,
    /// The site's description in it.
    pub description: Arc<str>,
    /// The links at the top.
    pub nav: Arc<NavTree>,
    /// The address of its home page.
    pub home: UrlPath,
}

/// What a site is made of besides its pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteInputs {
    /// The files of the content folder that are no pages, sorted.
    pub files: Vec<SourcePath>,
    /// The files of public folders, with their path in the output, sorted.
    pub public: Vec<(SourcePath, String)>,
    /// The Markdown files of the content folder that are not built, with the reason, sorted.
    pub left_out: Vec<(SourcePath, LeftOut)>,
}

/// Why a Markdown file is no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeftOut {
    /// It says `draft: true`.
    Draft,
    /// The settings exclude it.
    Excluded,
}

impl LeftOut {
    /// Why it is left out, and what to do.
    pub fn help(self) -> &'static str {
        match self {
            LeftOut::Draft => {
                "the page is a draft: take `draft: true` out of its front matter, or build with `--drafts`"
            }
            LeftOut::Excluded => "the file is there, but the settings exclude it from the site",
        }
    }
}

/// All pages, their addresses and their relations.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// The pages, ordered by source path.
    pub pages: Vec<SitePage>,
    /// Pages by source path.
    pub by_path: Arc<BTreeMap<SourcePath, PageId>>,
    /// The languages, at least one.
    pub locales: Vec<Locale>,
    /// Files to be copied, by output path.
    pub files: BTreeMap<OutPath, SourcePath>,
    /// Addresses of pages that are gone, by file.
    pub redirects: BTreeMap<OutPath, Redirect>,
    /// Links that name a former address: their page, and their index in [`Head::links`]. They lead on all the same.
    pub led_on: BTreeSet<(PageId, u32)>,
    /// Findings about links and former addresses.
    pub findings: Vec<Finding>,
    /// Findings about the site as a whole, and those that have their place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Site {
    /// The page with this index.
    pub fn page(&self, id: PageId) -> &SitePage {
        &self.pages[id.0 as usize]
    }

    /// The language of a page.
    pub fn locale(&self, page: &SitePage) -> &Locale {
        &self.locales[page.locale]
    }
}

impl NavTree {
    /// The tree of these entries.
    pub fn new(items: Vec<NavItem>) -> NavTree {
        NavTree { hash: Hash::of(&items), items }
    }
}
