//! Small sites for tests.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use crate::base::{Hash, SourcePath, UrlPath};
use crate::config::{Config, Layout, native};
use crate::page::{FrontMatter, Head, Heading, Link, LinkKind, Page, Piece};
use crate::site::{Locale, NavExtra, NavItem, NavTree, PageId, Resolved, Route, Site, SitePage};
use crate::vfs::{Files, Listing};

use super::Theme;

/// Files in memory.
pub(super) struct Memory(BTreeMap<String, String>);

impl Memory {
    pub(super) fn new(files: &[(&str, &str)]) -> Memory {
        Memory(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
    }

    pub(super) fn paths(&self) -> Vec<SourcePath> {
        self.0.keys().map(|path| SourcePath::new(path).expect("a path")).collect()
    }
}

impl Files for Memory {
    fn list(&self) -> io::Result<Listing> {
        Ok(Listing { files: self.paths(), ..Listing::default() })
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        self.0.get(path.as_str()).map(|text| text.clone().into_bytes()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

pub(super) fn config() -> Config {
    let mut config = native::defaults(Layout::Native, "en-US");
    Arc::make_mut(&mut config.project).content = SourcePath::new("content").expect("a path");
    config
}

pub(super) fn default_theme() -> Theme {
    let (theme, found) = Theme::load(&Memory::new(&[]), &[], &config());
    assert_eq!(found, []);
    theme
}

/// A site of pages at `content/<relative>`.
pub(super) fn site(pages: &[&str]) -> Site {
    let pages: Vec<SitePage> = pages.iter().map(|relative| page(relative, "{}")).collect();
    let by_path: BTreeMap<_, _> =
        pages.iter().zip(0..).map(|(page, index)| (page.head.path.clone(), PageId(index))).collect();
    Site {
        pages,
        by_path: Arc::new(by_path),
        locales: vec![Locale {
            prefix: UrlPath::root(),
            lang: "en-US".into(),
            label: "English".into(),
            listed: true,
            title: "Site".into(),
            description: "A site".into(),
            nav: Arc::new(tree(Vec::new())),
            home: UrlPath::root(),
        }],
        files: BTreeMap::new(),
        redirects: BTreeMap::new(),
        led_on: Default::default(),
        findings: Vec::new(),
        diagnostics: Vec::new(),
    }
}

pub(super) fn french() -> Locale {
    Locale {
        prefix: UrlPath::new("/fr/"),
        lang: "fr-FR".into(),
        label: "Français".into(),
        listed: true,
        title: "Le site".into(),
        description: "Un site".into(),
        nav: Arc::new(tree(Vec::new())),
        home: UrlPath::new("/fr/"),
    }
}

/// A page with the title `Start`.
pub(super) fn page(relative: &str, front_matter: &str) -> SitePage {
    let values: serde_yaml::Mapping = serde_yaml::from_str(front_matter).expect("it is YAML");
    let home = values.get("home").is_some() || values.get("layout").is_some_and(|layout| layout == "home");
    let address = relative.replace("index.md", "").replace("README.md", "").replace(".md", ".html");
    let url = UrlPath::new(&address);
    let path = SourcePath::new(&format!("content/{relative}")).expect("a path");
    let front_matter = FrontMatter { values, ..FrontMatter::default() };
    let head = Head { title: Some("Start".into()), ..Head::new(path, relative, front_matter, Hash::of(relative)) };
    let route = Route { out: url.out_path().expect("a file"), url };
    SitePage { home, ..SitePage::new(Arc::new(head), route, 0, "Start".into()) }
}

/// The parsed page of an entry.
pub(super) fn parsed(entry: &SitePage, body: Vec<Piece>) -> Page {
    Page { body, ..Page::new(entry.head.clone()) }
}

/// Gives the entry links and headings.
pub(super) fn with(entry: &mut SitePage, links: Vec<Resolved>, headings: &[(u8, &str)]) {
    let mut head = (*entry.head).clone();
    head.links = links.iter().map(|_| Link { target: "x".into(), kind: LinkKind::Link, written_in: None }).collect();
    let heading = |(level, id): &(u8, &str)| Heading {
        level: *level,
        id: (*id).into(),
        text: (*id).into(),
        html: format!("<code>{id}</code>").into(),
        nested: false,
    };
    head.headings = headings.iter().map(heading).collect();
    entry.head = Arc::new(head);
    entry.links = links.into();
}

pub(super) fn tree(items: Vec<NavItem>) -> NavTree {
    NavTree::new(items)
}

pub(super) fn to(url: &str) -> Resolved {
    Resolved::Page { url: UrlPath::new(url), suffix: "".into() }
}

pub(super) fn link(text: &str, url: &str) -> NavItem {
    NavItem { text: text.into(), target: Some(to(url)), items: Vec::new(), collapsed: None, extra: NavExtra::default() }
}

pub(super) fn group(text: &str, collapsed: Option<bool>, items: Vec<NavItem>) -> NavItem {
    NavItem { text: text.into(), target: None, items, collapsed, extra: NavExtra::default() }
}
