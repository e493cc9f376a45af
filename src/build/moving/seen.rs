//! A project that was read, and where its links lead, by file.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::Engine;
use crate::base::{SourcePath, UrlPath};
use crate::config::Config;
use crate::page::Page;
use crate::site::{PageId, Resolved, Site};

/// A project that was checked.
pub(super) struct Seen<'e> {
    pub pages: &'e [Arc<Page>],
    pub site: &'e Site,
    pub config: &'e Config,
    /// All files of the project, sorted.
    pub files: &'e [SourcePath],
    by_url: HashMap<&'e UrlPath, usize>,
    by_path: HashMap<&'e SourcePath, usize>,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    /// A page or a file, and what stands behind its address.
    File(SourcePath, Box<str>),
    /// What no move can change.
    Other,
}

impl<'e> Seen<'e> {
    /// What was checked last.
    pub fn of(engine: &'e Engine) -> Option<Seen<'e>> {
        let last = engine.last.as_ref()?;
        let (pages, site) = (last.pages(), last.site());
        let opened = &last.opening.opened;
        let by_url = site.pages.iter().enumerate().map(|(index, page)| (&page.route.url, index)).collect();
        let by_path = pages.iter().enumerate().map(|(index, page)| (&page.head.path, index)).collect();
        Some(Seen { pages, site, config: &opened.config, files: &opened.files, by_url, by_path })
    }

    /// What a link leads to.
    pub fn aim(&self, resolved: &Resolved) -> Aim {
        match resolved {
            Resolved::Page { url, suffix } => match self.by_url.get(url) {
                Some(index) => Aim::File(self.pages[*index].head.path.clone(), suffix.clone()),
                None => Aim::Other,
            },
            Resolved::File { url, suffix } => {
                let source = url.out_path().and_then(|out| self.site.files.get(&out));
                source.map_or(Aim::Other, |source| Aim::File(source.clone(), suffix.clone()))
            }
            Resolved::Here(_) | Resolved::External(_) | Resolved::Broken(_) => Aim::Other,
        }
    }

    /// Whether a link names a former address of what it leads to.
    pub fn is_led_on(&self, page: usize, link: usize) -> bool {
        self.site.led_on.contains(&(PageId(page as u32), link as u32))
    }

    /// The files of which other pages show lines by their numbers, or which they show from the first line on.
    pub fn shown_by_line(&self) -> BTreeSet<&'e SourcePath> {
        let shown = self.pages.iter().flat_map(|page| &page.shown);
        shown.filter(|shown| shown.by_line).map(|shown| &shown.file).collect()
    }

    /// The index of the page at a path.
    pub fn page(&self, path: &SourcePath) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// The address of the page at a path.
    pub fn url(&self, path: &SourcePath) -> Option<&'e UrlPath> {
        Some(&self.site.pages[self.page(path)?].route.url)
    }

    /// How links name a file: its path from the root of the site, and its address.
    pub fn named(&self, path: &SourcePath) -> Option<(String, String)> {
        let project = &self.config.project;
        let public = project.public.iter().find_map(|folder| path.below(folder));
        let below = public.or_else(|| path.below(&project.content))?.to_owned();
        let url =
            self.url(path).map_or_else(|| UrlPath::new(&below).as_str().to_owned(), |url| url.as_str().to_owned());
        Some((below, url))
    }
}
