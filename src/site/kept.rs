//! Where links lead, kept from one site to the next: most edits leave nearly all links as they are.

use std::sync::Arc;

use crate::base::Hash;
use crate::config::{Project, SiteConfig};
use crate::page::Head;

use super::links::{Fault, Resolver, ids};
use super::retold::Shown;
use super::types::{Links, PageId, Route, Site, SiteInputs};

/// The links of a page, resolved.
pub(super) struct PageLinks {
    /// Where they lead.
    pub links: Links,
    /// What is wrong with them, by the index of the link.
    pub faults: Box<[(u32, Fault)]>,
    /// The files that they lead to: indices in [`super::targets::Targets::files`].
    pub files: Box<[usize]>,
    /// The pages whose ids they name.
    anchored: Box<[PageId]>,
}

impl PageLinks {
    fn new(page: PageId, head: &Head, resolver: &Resolver<'_>) -> PageLinks {
        let (mut links, mut faults) = (Vec::with_capacity(head.links.len()), Vec::new());
        let (mut files, mut anchored) = (Vec::new(), Vec::new());
        for (link, index) in head.links.iter().zip(0..) {
            let outcome = resolver.resolve(page, link);
            links.push(outcome.resolved);
            faults.extend(outcome.fault.map(|fault| (index, fault)));
            files.extend(outcome.file);
            anchored.extend(outcome.anchored);
        }
        anchored.sort_unstable();
        anchored.dedup();
        PageLinks { links: links.into(), faults: faults.into(), files: files.into(), anchored: anchored.into() }
    }
}

/// The links of the last site.
#[derive(Default)]
pub struct Kept {
    /// The hash of all that a link may lead to, but for ids.
    ground: Hash,
    heads: Vec<Arc<Head>>,
    links: Vec<Arc<PageLinks>>,
    /// Where titles are shown, once somebody has asked.
    pub(super) shown: Option<Shown>,
}

impl Kept {
    /// Whether it is of this site.
    pub(super) fn is_of(&self, site: &Site) -> bool {
        self.heads.len() == site.pages.len()
            && self.heads.iter().zip(&site.pages).all(|(head, page)| Arc::ptr_eq(head, &page.head))
    }

    /// Puts a head with the same links in the place of one.
    pub(super) fn replace(&mut self, page: PageId, head: Arc<Head>) {
        self.heads[page.0 as usize] = head;
    }

    /// Whether links name ids of a page, by page.
    pub(super) fn named(&self) -> Vec<bool> {
        let mut named = vec![false; self.heads.len()];
        for page in self.links.iter().flat_map(|links| &links.anchored) {
            named[page.0 as usize] = true;
        }
        named
    }

    /// The links of all pages: those that stand, and the others resolved.
    pub(super) fn links(&mut self, heads: &[Arc<Head>], ground: Hash, resolver: &Resolver<'_>) -> Vec<Arc<PageLinks>> {
        use rayon::prelude::*;
        let stands = self.standing(heads, ground);
        let count = u32::try_from(heads.len()).expect("a site has fewer than four billion pages");
        let of_page = |(page, (head, stands)): (u32, (&Arc<Head>, Option<Arc<PageLinks>>))| {
            stands.unwrap_or_else(|| Arc::new(PageLinks::new(PageId(page), head, resolver)))
        };
        self.links = (0..count).into_par_iter().zip(heads.par_iter().zip(stands)).map(of_page).collect();
        (self.ground, self.heads, self.shown) = (ground, heads.to_vec(), None);
        self.links.clone()
    }

    /// What stands of the links, by page: those of pages that have the same ones, if the ids that they name are the same.
    fn standing(&self, heads: &[Arc<Head>], ground: Hash) -> Vec<Option<Arc<PageLinks>>> {
        if self.ground != ground || self.heads.len() != heads.len() {
            return vec![None; heads.len()];
        }
        let pairs = || heads.iter().zip(&self.heads);
        let same_ids: Vec<bool> = pairs().map(|(now, was)| Arc::ptr_eq(now, was) || ids(now).eq(ids(was))).collect();
        let stands = |((now, was), links): ((&Arc<Head>, &Arc<Head>), &Arc<PageLinks>)| {
            let same = (Arc::ptr_eq(now, was) || now.links == was.links)
                && links.anchored.iter().all(|page| same_ids[page.0 as usize]);
            same.then(|| links.clone())
        };
        pairs().zip(&self.links).map(stands).collect()
    }
}

/// The hash of all that links may lead to, but for ids, and of all that is said about it.
pub(super) fn ground(
    heads: &[Arc<Head>],
    routes: &[Route],
    inputs: &SiteInputs,
    config: &SiteConfig,
    project: &Project,
) -> Hash {
    let page = |(head, route): (&Arc<Head>, &Route)| {
        Hash::of(&(&head.path, &head.template, head.stands_in, &head.relative, route))
    };
    let pages: Vec<Hash> = heads.iter().zip(routes).map(page).collect();
    Hash::of(&(pages, &inputs.files, &inputs.public, config.hash(), project.hash()))
}
