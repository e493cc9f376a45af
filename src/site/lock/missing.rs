//! A lock and a site -> which of its addresses and anchors nobody answers any more.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use super::file::{Lock, Locked};
use crate::base::{OutPath, UrlPath};
use crate::site::address::Address;
use crate::site::links::ids;
use crate::site::types::{PageId, Redirect, Resolved, Site};

/// The most ids of a page that are searched one by one.
const FEW_IDS: usize = 32;

/// What of a lock is missing from a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// Pages, by their file in the output.
    pub(super) pages: Vec<OutPath>,
    /// Anchors: the file of the page that had them, and each with the page that readers come to.
    pub(super) anchors: Vec<(OutPath, String, PageId)>,
}

impl Missing {
    /// What of this lock is missing from this site.
    pub fn new(lock: &Lock, site: &Site) -> Missing {
        let ground = Ground::new(site);
        let of_page = |(out, locked): (&OutPath, &Locked)| match ground.answer(out, locked) {
            Answer::Nobody => Missing { pages: vec![out.clone()], anchors: Vec::new() },
            Answer::Whatever => Missing::default(),
            Answer::Page(page, redirect) => {
                let known = ground.known(page, redirect, locked.anchors.len());
                let gone = locked.anchors.keys().filter(|id| !known.contains(id));
                Missing { pages: Vec::new(), anchors: gone.map(|id| (out.clone(), id.clone(), page)).collect() }
            }
        };
        let each: Vec<Missing> = lock.pages.par_iter().map(of_page).collect();
        let mut missing = Missing::default();
        for mut one in each {
            missing.pages.append(&mut one.pages);
            missing.anchors.append(&mut one.anchors);
        }
        missing
    }

    /// Whether nothing is.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty() && self.anchors.is_empty()
    }
}

/// Who answers readers who come to an address.
enum Answer<'s> {
    Nobody,
    /// A page of which anchors are asked; it may have been led on to.
    Page(PageId, Option<&'s Redirect>),
    /// Something whose anchors are not known, or do not matter.
    Whatever,
}

struct Ground<'s> {
    site: &'s Site,
    outs: HashMap<&'s OutPath, PageId>,
    urls: HashMap<&'s UrlPath, PageId>,
}

impl<'s> Ground<'s> {
    fn new(site: &'s Site) -> Ground<'s> {
        let pages = || site.pages.iter().zip((0..).map(PageId));
        let urls = if site.redirects.is_empty() {
            HashMap::new()
        } else {
            pages().map(|(page, id)| (&page.route.url, id)).collect()
        };
        Ground { site, outs: pages().map(|(page, id)| (&page.route.out, id)).collect(), urls }
    }

    fn answer(&self, out: &OutPath, locked: &Locked) -> Answer<'s> {
        let address = locked.line().map_or("", |line| line.address.split('#').next().unwrap_or_default());
        self.at(out).or_else(|| self.at(&otherwise(out, address)?)).unwrap_or(Answer::Nobody)
    }

    fn at(&self, out: &OutPath) -> Option<Answer<'s>> {
        if let Some(page) = self.outs.get(out) {
            return Some(Answer::Page(*page, None));
        }
        if self.site.files.contains_key(out) {
            return Some(Answer::Whatever);
        }
        let redirect = self.site.redirects.get(out)?;
        Some(match &redirect.to {
            // Whatever anchor is asked for, readers come to this one.
            Resolved::Page { suffix, .. } if !Address::new(suffix).fragment.is_empty() => Answer::Whatever,
            Resolved::Page { url, .. } => {
                self.urls.get(url).map_or(Answer::Whatever, |page| Answer::Page(*page, Some(redirect)))
            }
            _ => Answer::Whatever,
        })
    }

    /// The ids of a page that readers are led to from anywhere.
    fn known(&self, page: PageId, redirect: Option<&'s Redirect>, asked: usize) -> Known<'s> {
        let page = self.site.page(page);
        // The headings of the page that stands in are in another language than those of the translation will be.
        let moved = page.moved.iter().chain(redirect.into_iter().flat_map(|redirect| &redirect.anchors));
        let all = ids(&page.head).chain(moved.map(|moved| &*moved.id));
        match asked * (page.head.headings.len() + page.head.anchors.len()) > FEW_IDS * FEW_IDS {
            true => Known::Many(all.collect()),
            false => Known::Few(all.collect()),
        }
    }
}

enum Known<'s> {
    Few(Vec<&'s str>),
    Many(HashSet<&'s str>),
}

impl Known<'_> {
    fn contains(&self, id: &str) -> bool {
        match self {
            Known::Few(ids) => ids.contains(&id),
            Known::Many(ids) => ids.contains(id),
        }
    }
}

/// The file that a server may send, too, for an address without an ending: of a site that left it out, or did not.
fn otherwise(out: &OutPath, address: &str) -> Option<OutPath> {
    if address.ends_with('/') || address.ends_with(".html") {
        return None;
    }
    let text = out.as_str();
    match text.strip_suffix("/index.html") {
        Some(folder) => OutPath::new(&format!("{folder}.html")),
        None => OutPath::new(&format!("{}/index.html", text.strip_suffix(".html")?)),
    }
}

/// The anchors that a lock knows of each page that is there.
pub(super) fn locked_ids<'l>(lock: &'l Lock, site: &Site) -> BTreeMap<PageId, HashSet<&'l str>> {
    let ids = |out: &OutPath| lock.pages.get(out).map(|locked| locked.anchors.keys().map(String::as_str).collect());
    let pages = site.pages.iter().zip((0..).map(PageId));
    pages.filter_map(|(page, id)| Some((id, ids(&page.route.out)?))).collect()
}
