//! The entries before and after each page, by the rules of the layouts.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::config::Layout;

use super::super::types::{NavLink, PageId, Resolved};
use super::{Entry, Ground};

/// The entries before and after a page.
type Pair = (Option<NavLink>, Option<NavLink>);

/// Who stands before and after whom in a sidebar.
#[derive(Default)]
pub(super) struct Neighbours {
    of_pages: HashMap<PageId, Pair>,
    /// For pages that the sidebar does not list.
    of_others: Pair,
}

impl Neighbours {
    /// The neighbours of a page.
    pub(super) fn of(&self, page: PageId) -> Pair {
        self.of_pages.get(&page).unwrap_or(&self.of_others).clone()
    }

    /// As the layout has it.
    pub(super) fn of_layout(entries: &[Entry], layout: Layout, ground: &Ground<'_>) -> Neighbours {
        match layout {
            Layout::VuePress2 if has_pager_pages(entries) => Neighbours::of_groups(entries, ground),
            Layout::VuePress1 => Neighbours::of_leaves(entries),
            Layout::VuePress2 => Neighbours::of_siblings(entries),
            Layout::VitePress => Neighbours::of_links(entries),
            Layout::Native | Layout::Bare => Neighbours::in_order(entries),
        }
    }

    /// All links in the order in which they are read, each page once.
    pub(super) fn in_order(entries: &[Entry]) -> Neighbours {
        let mut links = Vec::new();
        let mut seen = HashSet::new();
        each(entries, &mut |entry| {
            if entry.target.is_some() && entry.page.is_none_or(|page| seen.insert(page)) {
                links.push(entry);
            }
        });
        Neighbours { of_pages: in_line(&links), of_others: (None, None) }
    }

    /// VuePress 1: all links that are no groups.
    fn of_leaves(entries: &[Entry]) -> Neighbours {
        let mut links = Vec::new();
        each(entries, &mut |entry| {
            if entry.target.is_some() && entry.items.is_empty() {
                links.push(entry);
            }
        });
        Neighbours { of_pages: in_line(&links), of_others: (None, None) }
    }

    /// VuePress 2: the entries beside a page in its group.
    fn of_siblings(entries: &[Entry]) -> Neighbours {
        let mut of_pages = HashMap::new();
        beside(entries, &mut of_pages);
        Neighbours { of_pages, of_others: (None, None) }
    }

    /// The hope theme: the entries beside a page in its group; where one of them is a group, the page of its folder. That page
    /// stands beside the group's neighbours, if it is not listed.
    fn of_groups(entries: &[Entry], ground: &Ground<'_>) -> Neighbours {
        let mut groups = Groups { ground, sides: [BTreeMap::new(), BTreeMap::new()], above: HashMap::new() };
        groups.level(entries);
        let [mut before, after] = groups.sides;
        let mut of_pages: HashMap<PageId, Pair> = HashMap::new();
        for (page, next) in after {
            of_pages.insert(page, (before.remove(&page), Some(next)));
        }
        of_pages.extend(before.into_iter().map(|(page, prev)| (page, (Some(prev), None))));
        Neighbours { of_pages, of_others: (None, None) }
    }

    /// VitePress: all links, groups among them, each address once; a page that is not listed is followed by the first.
    fn of_links(entries: &[Entry]) -> Neighbours {
        let mut links = Vec::new();
        let mut seen = HashSet::new();
        each(entries, &mut |entry| {
            let Some(target) = &entry.target else { return };
            if !entry.text.is_empty() && seen.insert(without_suffix(target)) {
                links.push(entry);
            }
        });
        let first = links.first().and_then(|entry| entry.link());
        Neighbours { of_pages: in_line(&links), of_others: (None, first) }
    }
}

/// Calls `with` for all entries, groups before what is in them.
fn each<'a>(entries: &'a [Entry], with: &mut impl FnMut(&'a Entry)) {
    for entry in entries {
        with(entry);
        each(&entry.items, with);
    }
}

/// The neighbours in a list; where a page is listed twice, the first place counts.
fn in_line(links: &[&Entry]) -> HashMap<PageId, Pair> {
    let mut of_pages = HashMap::new();
    for (index, entry) in links.iter().enumerate() {
        let Some(page) = entry.page.filter(|_| !entry.is_never_current) else { continue };
        of_pages.entry(page).or_insert_with(|| {
            let prev = index.checked_sub(1).and_then(|before| links[before].link());
            (prev, links.get(index + 1).and_then(|after| after.link()))
        });
    }
    of_pages
}

fn beside(entries: &[Entry], of_pages: &mut HashMap<PageId, Pair>) {
    for (index, entry) in entries.iter().enumerate() {
        let Some(page) = entry.page.filter(|_| !has_suffix(entry)) else { continue };
        of_pages.entry(page).or_insert_with(|| {
            let prev = index.checked_sub(1).and_then(|before| entries[before].link());
            (prev, entries.get(index + 1).and_then(Entry::link))
        });
    }
    for entry in entries {
        beside(&entry.items, of_pages);
    }
}

fn has_pager_pages(entries: &[Entry]) -> bool {
    entries.iter().any(|entry| entry.pager_page.is_some() || has_pager_pages(&entry.items))
}

/// Who stands beside whom in groups that pages stand for.
struct Groups<'g, 'a> {
    ground: &'g Ground<'a>,
    /// What stands before, and what after a page.
    sides: [BTreeMap<PageId, NavLink>; 2],
    /// How often a page is listed in the groups around.
    above: HashMap<PageId, usize>,
}

impl Groups<'_, '_> {
    fn level(&mut self, entries: &[Entry]) {
        let mut here = BTreeSet::new();
        for (index, entry) in entries.iter().enumerate() {
            if let Some(page) = entry.page.filter(|page| !has_suffix(entry) && here.insert(*page)) {
                self.beside(page, index, entries);
            }
        }
        for page in &here {
            *self.above.entry(*page).or_default() += 1;
        }
        entries.iter().for_each(|entry| self.level(&entry.items));
        for page in &here {
            self.above.entry(*page).and_modify(|count| *count -= 1);
        }
        for (index, entry) in entries.iter().enumerate() {
            if let Some(page) = entry.pager_page.filter(|page| here.insert(*page)) {
                self.beside(page, index, entries);
            }
        }
    }

    /// Notes the neighbours of a page that stands at `index`, if none were found before.
    fn beside(&mut self, page: PageId, index: usize, entries: &[Entry]) {
        if self.above.get(&page).is_some_and(|count| *count > 0) {
            return;
        }
        let neighbours = [index.checked_sub(1), Some(index + 1)];
        for (side, neighbour) in self.sides.iter_mut().zip(neighbours) {
            let neighbour = neighbour.and_then(|index| entries.get(index));
            let link = neighbour.and_then(|entry| {
                let of_group = || {
                    let (text, html) = (entry.text.clone(), entry.extra.html.clone());
                    Some(NavLink { text, html, target: self.ground.to_page(entry.pager_page?) })
                };
                entry.link().or_else(of_group)
            });
            if let Some(link) = link {
                side.entry(page).or_insert(link);
            }
        }
    }
}

fn has_suffix(entry: &Entry) -> bool {
    matches!(&entry.target, Some(Resolved::Page { suffix, .. }) if !suffix.is_empty())
}

/// An address without query and fragment.
fn without_suffix(target: &Resolved) -> String {
    match target {
        Resolved::Page { url, .. } | Resolved::File { url, .. } => url.to_string(),
        Resolved::Here(address) | Resolved::External(address) | Resolved::Broken(address) => {
            address.split('#').next().unwrap_or("").to_owned()
        }
    }
}
