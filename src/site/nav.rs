//! Sidebars, the links at the top, and the pages before and after each page.
//!
//! A sidebar is made once for all pages that show it. [`sidebars`] gives each page its tree and its neighbours.

mod configured;
mod folders;
mod headings;
mod neighbours;
mod never_shown;
#[cfg(test)]
mod tests;

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde_yaml::{Mapping, Value};

use crate::base::{SourcePath, Span, UrlPath};
use crate::config::menu::{self, Groups};
use crate::config::{Document, Layout, LocaleConfig, MenuItem, SidebarConfig, SiteConfig, Step};
use crate::diag::Diagnostic;
use crate::page::{Head, InlineHtml};

use super::front;
use super::suggestions::Names;
use super::targets::Targets;
use super::types::{NavExtra, NavItem, NavLink, NavTree, PageId, Resolved, Route};
use configured::Menu;
use neighbours::Neighbours;

/// What navigation is made from.
pub(super) struct Ground<'a> {
    pub heads: &'a [Arc<Head>],
    pub routes: &'a [Route],
    pub titles: &'a [Arc<str>],
    pub locales: &'a [usize],
    pub targets: &'a Targets<'a>,
    /// Names for suggestions, made when the first is asked for.
    pub names: OnceCell<Names<'a>>,
    pub config: &'a SiteConfig,
    pub settings: Option<&'a SourcePath>,
}

impl<'a> Ground<'a> {
    fn names(&self) -> &Names<'a> {
        self.names.get_or_init(|| Names::new(self.heads.iter().map(|head| &*head.relative)))
    }

    /// A link to a page.
    pub(super) fn to_page(&self, page: PageId) -> Resolved {
        Resolved::Page { url: self.routes[page.0 as usize].url.clone(), suffix: Box::default() }
    }

    /// The title of a page, as one text in memory: by that [`super::retold`] finds where it is shown.
    fn title(&self, page: PageId) -> Arc<str> {
        self.titles[page.0 as usize].clone()
    }

    pub(super) fn head(&self, page: PageId) -> &Head {
        &self.heads[page.0 as usize]
    }

    /// Whether the page stands for pages that are not there.
    pub(super) fn is_not_found(&self, page: PageId) -> bool {
        self.routes[page.0 as usize].out.as_str() == "404.html"
    }
}

/// An entry in the making: what [`NavItem`] holds, and which page it leads to.
#[derive(Clone, Debug, Default)]
struct Entry {
    text: Arc<str>,
    target: Option<Resolved>,
    page: Option<PageId>,
    items: Vec<Entry>,
    collapsed: Option<bool>,
    /// How many levels of headings the outlines of the pages in it show.
    depth: Option<u8>,
    /// What it is called before and after other pages, if that is not its text.
    pager_text: Option<Arc<str>>,
    /// The page that stands for a group before and after others.
    pager_page: Option<PageId>,
    /// Whether the layout does not know it for the entry of the page that it leads to.
    is_never_current: bool,
    extra: NavExtra,
}

impl Entry {
    fn link(&self) -> Option<NavLink> {
        let text = self.pager_text.as_ref().unwrap_or(&self.text);
        let html = self.extra.html.clone().filter(|_| self.pager_text.is_none());
        self.target.clone().map(|target| NavLink { text: text.clone(), html, target })
    }
}

/// The tree of some entries; `None` if there are none.
fn tree(entries: &[Entry]) -> Option<Arc<NavTree>> {
    (!entries.is_empty()).then(|| Arc::new(NavTree::new(nav_items(entries, 1))))
}

/// The most levels of a tree: templates end somewhere, and readers long before.
const DEEPEST: usize = 12;

/// The entries at this level of a tree. What lies deeper than the last level is listed in it.
fn nav_items(entries: &[Entry], level: usize) -> Vec<NavItem> {
    let mut items = Vec::with_capacity(entries.len());
    for entry in entries {
        let mut inner = nav_items(&entry.items, level + 1);
        let (text, target, extra) = (entry.text.clone(), entry.target.clone(), entry.extra.clone());
        match level < DEEPEST || inner.is_empty() {
            true => items.push(NavItem { text, target, items: inner, collapsed: entry.collapsed, extra }),
            false => {
                if target.is_some() {
                    items.push(NavItem { text, target, items: Vec::new(), collapsed: None, extra });
                }
                items.append(&mut inner);
            }
        }
    }
    items
}

/// What a page has of the navigation.
#[derive(Clone, Debug, Default)]
pub(super) struct Around {
    pub sidebar: Option<Arc<NavTree>>,
    pub prev: Option<NavLink>,
    pub next: Option<NavLink>,
    /// How many levels of headings its outline shows, if its group says so.
    pub depth: Option<u8>,
}

/// How many levels of headings the outlines of pages show whose groups say so. The first place of a page counts.
fn depths(entries: &[Entry], depth: Option<u8>, found: &mut BTreeMap<PageId, u8>) {
    for entry in entries {
        if let (Some(page), Some(depth)) = (entry.page, depth) {
            found.entry(page).or_insert(depth);
        }
        depths(&entry.items, entry.depth.or(depth), found);
    }
}

/// The links at the top of a language's pages.
pub(super) fn navbar(locale: &LocaleConfig, ground: &Ground<'_>, diagnostics: &mut Vec<Diagnostic>) -> Arc<NavTree> {
    let menu = Menu { ground, base: &locale.prefix, in_sidebar: false, written_in: None };
    let entries = menu.entries(&locale.nav, diagnostics);
    Arc::new(NavTree::new(nav_items(&entries, 1)))
}

/// A sidebar of a language: for pages below these prefixes, with links seen from `base`.
struct Section<'a> {
    prefixes: Vec<&'a str>,
    base: &'a str,
    config: &'a SidebarConfig,
}

/// The sections of a sidebar, in the order in which they are tried.
fn sections<'a>(
    config: &'a SidebarConfig,
    prefixes: &[&'a str],
    base: &'a str,
    layout: Layout,
    found: &mut Vec<Section<'a>>,
) {
    match config {
        SidebarConfig::ByPrefix(choices) => {
            let mut choices: Vec<&(String, SidebarConfig)> = choices.iter().collect();
            match layout {
                Layout::VuePress1 => {}
                Layout::VitePress => choices.sort_by_key(|(prefix, _)| Reverse(prefix.matches('/').count())),
                Layout::VuePress2 | Layout::Native | Layout::Bare => {
                    choices.sort_by_key(|(prefix, _)| Reverse(prefix.chars().count()));
                }
            }
            for (prefix, config) in choices {
                let prefixes: Vec<&str> = prefixes.iter().copied().chain([prefix.as_str()]).collect();
                sections(config, &prefixes, prefix, layout, found);
            }
        }
        config => found.push(Section { prefixes: prefixes.to_vec(), base, config }),
    }
}

/// A sidebar that is made: a tree, or one for each of its pages, and who is whose neighbour.
#[derive(Default)]
struct Built {
    tree: Option<Arc<NavTree>>,
    by_page: BTreeMap<PageId, Arc<NavTree>>,
    neighbours: Neighbours,
    depths: BTreeMap<PageId, u8>,
}

impl Built {
    /// What a page has of it.
    fn around(&self, page: PageId) -> Around {
        let (prev, next) = self.neighbours.of(page);
        let sidebar = self.by_page.get(&page).or(self.tree.as_ref()).cloned();
        Around { sidebar, prev, next, depth: self.depths.get(&page).copied() }
    }
}

/// What the pages of a language have of its sidebars.
pub(super) fn sidebars(
    locale: usize,
    pages: &[PageId],
    homes: &[bool],
    ground: &Ground<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(PageId, Around)> {
    let config = &ground.config.locales[locale];
    let mut found = Vec::new();
    // VuePress 1 sees the links of a plain list from the root, whatever the language.
    let base = if ground.config.layout == Layout::VuePress1 { "/" } else { &config.prefix };
    sections(&config.sidebar, &[], base, ground.config.layout, &mut found);
    let mut built: Vec<Option<Built>> = found.iter().map(|_| None).collect();
    let mut around = Vec::with_capacity(pages.len());
    for &page in pages {
        let section = found.iter().position(|section| section.holds(page, ground));
        let built = section.map(|index| {
            let section = &found[index];
            built[index].get_or_insert_with(|| build(section, pages, None, ground, diagnostics))
        });
        let config = section.map(|index| found[index].config);
        let given = (config, built.as_deref());
        let mut page_around = of_page(page, homes[page.0 as usize], given, pages, ground, diagnostics);
        written(page, &mut page_around, ground, diagnostics);
        around.push((page, page_around));
    }
    // What one language says for all is told once.
    if locale == 0 || config.sidebar != ground.config.locales[0].sidebar {
        let unused = found.iter().zip(&built).filter(|(_, built)| built.is_none()).map(|(section, _)| section);
        for section in unused {
            never_shown::tell(section, pages, ground, diagnostics);
        }
    }
    around
}

impl Section<'_> {
    /// Whether the page belongs to it, by the address that its path gives or by its path.
    fn holds(&self, page: PageId, ground: &Ground<'_>) -> bool {
        if self.prefixes.is_empty() {
            return true;
        }
        let head = ground.head(page);
        let address = super::routes::inferred(&head.relative, ground.config.layout);
        self.prefixes.iter().all(|prefix| {
            let prefix = prefix.trim_start_matches('/');
            address[1..].starts_with(prefix) || head.relative.starts_with(prefix)
        })
    }
}

fn build(
    section: &Section<'_>,
    pages: &[PageId],
    written_in: Option<&SourcePath>,
    ground: &Ground<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Built {
    match section.config {
        SidebarConfig::Folders => {
            let pages: Vec<PageId> = pages.iter().copied().filter(|page| section.holds(*page, ground)).collect();
            let entries = folders::entries(&pages, ground);
            let neighbours = Neighbours::in_order(&entries);
            match folders::whole(&entries) {
                Some(tree) => Built { tree, neighbours, ..Built::default() },
                None => Built { by_page: folders::windows(&entries), neighbours, ..Built::default() },
            }
        }
        SidebarConfig::Items(items) => {
            let menu = Menu { ground, base: section.base, in_sidebar: true, written_in };
            let entries = menu.entries(items, diagnostics);
            let neighbours = Neighbours::of_layout(&entries, ground.config.layout, ground);
            let mut depths = BTreeMap::new();
            self::depths(&entries, None, &mut depths);
            Built { tree: tree(&entries), neighbours, depths, ..Built::default() }
        }
        SidebarConfig::Headings | SidebarConfig::Off | SidebarConfig::ByPrefix(_) => Built::default(),
    }
}

/// The sidebar and neighbours of a page, by its front matter and the section that it belongs to.
fn of_page(
    page: PageId,
    is_home: bool,
    (config, built): (Option<&SidebarConfig>, Option<&Built>),
    pages: &[PageId],
    ground: &Ground<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Around {
    if is_home {
        return Around::default();
    }
    let given = match built {
        Some(built) if ground.is_not_found(page) => Around { prev: None, next: None, ..built.around(page) },
        Some(built) => built.around(page),
        None => Around::default(),
    };
    let own_headings = || Around { sidebar: headings::tree(page, ground), ..Around::default() };
    match front::value(ground.head(page), "sidebar") {
        Some(Value::Bool(false)) => match ground.config.layout {
            // The front matter of VuePress 2 replaces the sidebar; that of the others hides it.
            Layout::VuePress2 => Around::default(),
            _ => Around { sidebar: None, ..given },
        },
        // VitePress knows no such word.
        Some(Value::String(word))
            if matches!(word.as_str(), "auto" | "heading" | "headings")
                && ground.config.layout != Layout::VitePress =>
        {
            own_headings()
        }
        Some(value @ (Value::Sequence(_) | Value::Mapping(_)))
            if matches!(ground.config.layout, Layout::VuePress2 | Layout::Native) =>
        {
            of_front_matter(page, value, pages, ground, diagnostics)
        }
        _ if matches!(config, Some(SidebarConfig::Headings)) => own_headings(),
        _ => given,
    }
}

/// The sidebar that front matter writes: a list, or one for each beginning of an address.
fn of_front_matter(
    page: PageId,
    value: &Value,
    pages: &[PageId],
    ground: &Ground<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Around {
    let head = ground.head(page);
    let document = Document::of_program(&head.path, "", Mapping::new());
    let steps = [Step::Key("sidebar".to_owned())];
    let Some(config) = menu::sidebar(&document, value, &steps, Groups::Open, diagnostics) else {
        return Around::default();
    };
    let own = UrlPath::new(&head.relative);
    let base = match ground.config.layout {
        Layout::Native => own.as_str(),
        _ => ground.config.locales[ground.locales[page.0 as usize]].prefix.as_str(),
    };
    let mut found = Vec::new();
    sections(&config, &[], base, ground.config.layout, &mut found);
    let Some(section) = found.iter().find(|section| section.holds(page, ground)) else { return Around::default() };
    match section.config {
        SidebarConfig::Headings => Around { sidebar: headings::tree(page, ground), ..Around::default() },
        _ => build(section, pages, Some(&head.path), ground, diagnostics).around(page),
    }
}

/// Puts what front matter says of the pages before and after in place of what the sidebar gave.
fn written(page: PageId, around: &mut Around, ground: &Ground<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let head = ground.head(page);
    for (key, link) in [("prev", &mut around.prev), ("next", &mut around.next)] {
        match front::value(head, key) {
            Some(Value::Bool(false)) => *link = None,
            Some(value) => {
                let place = head.front_matter.place(key);
                if let Some(written) = written_link((value, place), page, link.as_ref(), ground, diagnostics) {
                    *link = Some(written);
                }
            }
            None => {}
        }
    }
}

fn written_link(
    (value, place): (&Value, Range<usize>),
    page: PageId,
    given: Option<&NavLink>,
    ground: &Ground<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<NavLink> {
    let text = value.get("text").and_then(front::scalar);
    let item = match front::scalar(value) {
        // A text alone is the label in VitePress, and the page everywhere else.
        Some(label) if ground.config.layout == Layout::VitePress => {
            return given.map(|given| in_html(&label, given.target.clone()));
        }
        Some(link) => MenuItem { link: Some(link), ..MenuItem::default() },
        None => match value.get("link").and_then(front::scalar) {
            Some(link) => {
                let html = ground.config.layout == Layout::VitePress;
                MenuItem { text, html, link: Some(link), ..MenuItem::default() }
            }
            None if ground.config.layout == Layout::VitePress => {
                return given.and_then(|given| Some(in_html(&text?, given.target.clone())));
            }
            None => {
                let target = given?.target.clone();
                return Some(NavLink { text: text?.into(), html: None, target });
            }
        },
    };
    let item = MenuItem { span: Some((place.start as u32, place.end as u32)), ..item };
    let base = ground.routes[page.0 as usize].url.clone();
    let menu = Menu { ground, base: base.as_str(), in_sidebar: true, written_in: Some(&ground.head(page).path) };
    menu.entries(&[item], diagnostics).first().and_then(Entry::link)
}

/// A link whose text is HTML, as VitePress has it.
fn in_html(text: &str, target: Resolved) -> NavLink {
    let InlineHtml { text, html } = InlineHtml::read(text);
    NavLink { text: text.into(), html: html.map(Into::into), target }
}

/// The place of an entry: in the settings, or the front matter of a page.
fn place(item: &MenuItem, settings: Option<&SourcePath>, written_in: Option<&SourcePath>) -> Option<Span> {
    match written_in {
        Some(page) => Some(match item.span {
            Some((start, end)) => Span { file: page.clone(), start, end },
            None => Span::new(page.clone(), 0..0),
        }),
        None => {
            let (start, end) = item.span?;
            Some(Span { file: settings?.clone(), start, end })
        }
    }
}

/// The first page of a language's sidebar, or else its first page.
pub(super) fn first(locale: usize, pages: &[PageId], ground: &Ground<'_>) -> Option<PageId> {
    let pages: Vec<PageId> = pages
        .iter()
        .copied()
        .filter(|page| ground.locales[page.0 as usize] == locale && !ground.is_not_found(*page))
        .collect();
    folders::first(&folders::entries(&pages, ground)).or_else(|| pages.first().copied())
}
