//! The part of a frame that is of one page.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::{Hash, UrlPath};
use crate::config::Config;
use crate::site::{self, Home, NavLink, Picture, Resolved, Site, SitePage};
use crate::vfs::{Changes, History};

use super::super::address::Addresses;
use super::super::sidebar::{Fragment, groups};
use super::lists::{Trees, shown_tree};

/// The part of one page.
#[derive(Default)]
pub(in crate::render) struct PageFrame {
    /// The hash of all that is of this page alone.
    pub(in crate::render) key: Hash,
    pub(in crate::render) sidebar: Option<Arc<Fragment>>,
    pub(in crate::render) breadcrumb: Vec<(Arc<str>, Option<Resolved>)>,
    /// The sections of the pages before and after, where they are others than this page's.
    pub(in crate::render) sections: [Option<Arc<str>>; 2],
    pub(in crate::render) home: Option<Home>,
    /// The picture that stands for it.
    pub(in crate::render) picture: Option<Picture>,
    /// What that picture says, if it is a card.
    pub(in crate::render) card: Option<Arc<str>>,
    /// Who changed the page, and when.
    pub(in crate::render) changes: Option<Changes>,
}

/// What the parts of pages are made from.
pub(super) struct Maker<'m> {
    pub site: &'m Site,
    pub config: &'m Config,
    pub trees: &'m Trees<'m>,
    pub addresses: Addresses<'m>,
}

impl Maker<'_> {
    /// The part of a page.
    pub fn page(&self, page: &SitePage, sidebar: Option<Arc<Fragment>>) -> PageFrame {
        let tree = shown_tree(page).and_then(|tree| self.trees.get(&tree.hash));
        let around = |url: &UrlPath| match tree {
            Some((tree, places)) => groups(tree, places.of(url).unwrap_or_default()),
            None => Vec::new(),
        };
        let own = around(&page.route.url);
        let breadcrumb: Vec<_> = own.iter().map(|group| (group.text.clone(), group.target.clone())).collect();
        let section = |link: &Option<NavLink>| match &link.as_ref()?.target {
            Resolved::Page { url, .. } => {
                let group = around(url).pop()?;
                let same = own.last().is_some_and(|own| std::ptr::eq(*own, group));
                (!same).then(|| group.text.clone())
            }
            _ => None,
        };
        let sections = [section(&page.prev), section(&page.next)];
        let values = &page.head.front_matter.values;
        let href = |written: &str| self.addresses.href(written, page);
        let home = page.home.then(|| Home::new(values, &self.site.locales[page.locale], &href));
        let picture = site::picture(page, self.config.theme.frame(page.locale).image.as_deref(), self.site);
        let around = (&breadcrumb, &sections, &home, &picture);
        let key = key(page, sidebar.as_ref().map(|fragment| fragment.hash), &around);
        PageFrame { key, sidebar, breadcrumb, sections, home, picture, card: None, changes: None }
    }
}

impl PageFrame {
    /// Tells of the past of the page.
    pub(super) fn date(&mut self, page: &SitePage, history: &History) {
        if let Some(changes) = history.get(page.head.template.as_ref().unwrap_or(&page.head.path)) {
            self.key = Hash::of(&(self.key, changes));
            self.changes = Some(changes.clone());
        }
    }

    /// Notes that what is known of the files that the page links, pictures above all, may change it.
    pub(super) fn note<T: std::hash::Hash>(&mut self, page: &SitePage, known: &BTreeMap<UrlPath, T>) {
        let of_link = |link: &Resolved| match link {
            Resolved::File { url, .. } => known.get(url),
            _ => None,
        };
        let own: Vec<Option<&T>> = page.links.iter().map(of_link).collect();
        if own.iter().any(Option::is_some) {
            self.key = Hash::of(&(self.key, own));
        }
    }
}

/// See [`PageFrame::key`].
fn key(page: &SitePage, sidebar: Option<Hash>, around: &impl std::hash::Hash) -> Hash {
    let SitePage {
        head: _,
        route,
        locale,
        title,
        home: is_home,
        links,
        sidebar: _,
        prev,
        next,
        depth,
        moved,
        translations,
        catalogs,
        markdown,
    } = page;
    let beside = (sidebar, prev, next, depth);
    Hash::of(&(route, locale, title, is_home, links.hash, beside, (moved, translations, around, catalogs, markdown)))
}
