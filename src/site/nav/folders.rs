//! A sidebar of the folders: each folder is a group, and its own page is the group's link.
//!
//! A large site does not repeat all of its pages on each of them: beyond [`WHOLE`] entries, a page shows the folders that
//! it lies in, opened, with what lies beside them, and long lists are cut into stretches of [`STRETCH`].

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::{as_title, leading_number};

use super::super::fold::{self, Natural};
use super::super::front;
use super::super::targets::{is_index_name, split_name, stem};
use super::super::types::{NavTree, PageId};
use super::{Entry, Ground};

/// The most entries that every page shows.
const WHOLE: usize = 150;
/// How many entries of a long list are shown together.
const STRETCH: usize = 50;
/// The most entries of a site whose folders are open at first.
const OPEN: usize = 40;

/// A folder with pages.
#[derive(Default)]
struct Folder<'a> {
    own: Option<PageId>,
    pages: Vec<(&'a str, PageId)>,
    folders: BTreeMap<&'a str, Folder<'a>>,
}

/// The entries of these pages, all of them. The page for what is not found, home pages that are only a cover, and pages that
/// say `index: false` are left out.
pub(super) fn entries(pages: &[PageId], ground: &Ground<'_>) -> Vec<Entry> {
    let mut root = Folder::default();
    for &page in pages {
        let head = ground.head(page);
        let unlisted = front::value(head, "index").and_then(serde_yaml::Value::as_bool) == Some(false);
        if unlisted || ground.is_not_found(page) || front::is_home(head) {
            continue;
        }
        let (path, name) = split_name(stem(&head.relative));
        let folder = path.split_terminator('/').fold(&mut root, |folder, name| folder.folders.entry(name).or_default());
        let is_own = is_index_name(name) && ground.routes[page.0 as usize].url.is_folder();
        match folder.own {
            None if is_own => folder.own = Some(page),
            _ => folder.pages.push((name, page)),
        }
    }
    let mut depth = 0;
    // The folders that all pages lie in, `fr/` for a language, are no group.
    let mut top = &root;
    while top.own.is_none() && top.pages.is_empty() && top.folders.len() == 1 && depth < 8 {
        let Some(only) = top.folders.values().next() else { break };
        if is_section(only, ground) {
            break;
        }
        (top, depth) = (only, depth + 1);
    }
    let mut entries = level(top, ground);
    if let Some(own) = top.own {
        entries.insert(0, leaf(own, ground));
    }
    let shut = count(&entries) > OPEN;
    for entry in &mut entries {
        collapse(entry, shut);
    }
    entries
}

/// Whether the only folder is more than the folder of a language.
fn is_section(folder: &Folder<'_>, ground: &Ground<'_>) -> bool {
    let Some(page) = any(folder) else { return false };
    let relative = &*ground.head(page).relative;
    let prefix = &ground.config.locales[ground.locales[page.0 as usize]].prefix;
    let depth = prefix.split('/').filter(|name| !name.is_empty()).count();
    depth == 0 || !relative.starts_with(prefix.trim_start_matches('/'))
}

fn any(folder: &Folder<'_>) -> Option<PageId> {
    let here = folder.own.or_else(|| folder.pages.first().map(|(_, page)| *page));
    here.or_else(|| folder.folders.values().find_map(any))
}

/// What is sorted by: the order that front matter gives, numbers in names, files before folders, names.
struct Place {
    order: f64,
    number: u64,
    is_folder: bool,
    name: Natural,
}

impl Place {
    fn new(name: &str, page: Option<PageId>, is_folder: bool, ground: &Ground<'_>) -> Place {
        let order = page.and_then(|page| {
            let head = ground.head(page);
            let order = ["order", "nav_order"].iter().find_map(|key| front::value(head, key));
            order.and_then(serde_yaml::Value::as_f64)
        });
        let number = leading_number(name).unwrap_or(u64::MAX);
        Place { order: order.unwrap_or(f64::INFINITY), number, is_folder, name: fold::natural(name) }
    }

    fn compare(&self, other: &Place) -> Ordering {
        let by_order = self.order.total_cmp(&other.order);
        by_order.then_with(|| {
            let numbers = (self.number, self.is_folder, &self.name);
            numbers.cmp(&(other.number, other.is_folder, &other.name))
        })
    }
}

/// The entries of a folder, in order, without its own page.
fn level(folder: &Folder<'_>, ground: &Ground<'_>) -> Vec<Entry> {
    let pages =
        folder.pages.iter().map(|(name, page)| (Place::new(name, Some(*page), false, ground), leaf(*page, ground)));
    let folders = folder.folders.iter().filter_map(|(name, folder)| {
        let entry = group(name, folder, ground)?;
        Some((Place::new(name, folder.own, true, ground), entry))
    });
    let mut placed: Vec<(Place, Entry)> = pages.chain(folders).collect();
    placed.sort_by(|(a, _), (b, _)| a.compare(b));
    placed.into_iter().map(|(_, entry)| entry).collect()
}

fn leaf(page: PageId, ground: &Ground<'_>) -> Entry {
    Entry { text: ground.title(page), target: Some(ground.to_page(page)), page: Some(page), ..Entry::default() }
}

fn group(name: &str, folder: &Folder<'_>, ground: &Ground<'_>) -> Option<Entry> {
    let items = level(folder, ground);
    match folder.own {
        Some(own) => Some(Entry { items, ..leaf(own, ground) }),
        None if items.is_empty() => None,
        None => Some(Entry { text: as_title(name).into(), items, ..Entry::default() }),
    }
}

fn collapse(entry: &mut Entry, shut: bool) {
    if !entry.items.is_empty() {
        entry.collapsed = Some(shut);
        entry.items.iter_mut().for_each(|entry| collapse(entry, true));
    }
}

fn count(entries: &[Entry]) -> usize {
    entries.iter().map(|entry| 1 + count(&entry.items)).sum()
}

/// The first page of some entries.
pub(super) fn first(entries: &[Entry]) -> Option<PageId> {
    entries.iter().find_map(|entry| entry.page.or_else(|| first(&entry.items)))
}

/// One tree for all pages, if they are few enough.
pub(super) fn whole(entries: &[Entry]) -> Option<Option<Arc<NavTree>>> {
    (count(entries) <= WHOLE).then(|| super::tree(entries))
}

/// A tree for each page of a large site; pages that lie side by side share theirs.
pub(super) fn windows(entries: &[Entry]) -> BTreeMap<PageId, Arc<NavTree>> {
    let mut trees = BTreeMap::new();
    Windows { root: entries, trees: &mut trees }.below(entries, &mut Vec::new(), None);
    trees
}

struct Windows<'a> {
    root: &'a [Entry],
    trees: &'a mut BTreeMap<PageId, Arc<NavTree>>,
}

impl Windows<'_> {
    /// Makes the trees of the pages in one folder, which is reached by `way`, and in the folders below.
    fn below(&mut self, entries: &[Entry], way: &mut Vec<usize>, own: Option<PageId>) {
        for (index, stretch) in entries.chunks(STRETCH).enumerate() {
            let mut pages: Vec<PageId> =
                stretch.iter().filter(|entry| entry.items.is_empty()).filter_map(|entry| entry.page).collect();
            pages.extend(own.filter(|_| index == 0));
            if !pages.is_empty() {
                way.push(index * STRETCH);
                let items = shown(self.root, way);
                way.pop();
                if let Some(tree) = super::tree(&items) {
                    self.trees.extend(pages.into_iter().map(|page| (page, tree.clone())));
                }
            }
        }
        for (index, entry) in entries.iter().enumerate().filter(|(_, entry)| !entry.items.is_empty()) {
            way.push(index);
            self.below(&entry.items, way, entry.page);
            way.pop();
        }
    }
}

/// The entries around the first step of `way`, with those below it in their place.
fn shown(entries: &[Entry], way: &[usize]) -> Vec<Entry> {
    let Some((&active, rest)) = way.split_first() else { return Vec::new() };
    // A stretch more or less is not worth a cut.
    let (start, end) = match entries.len() <= 2 * STRETCH {
        true => (0, entries.len()),
        false => (active / STRETCH * STRETCH, entries.len().min((active / STRETCH + 1) * STRETCH)),
    };
    let mut items = Vec::with_capacity(end - start + 2);
    items.extend(start.checked_sub(1).map(|before| more(&entries[before])));
    for (index, entry) in entries.iter().enumerate().take(end).skip(start) {
        items.push(match index == active && !rest.is_empty() {
            true => Entry {
                items: shown(&entry.items, rest),
                collapsed: Some(false),
                target: entry.target.clone(),
                ..closed(entry)
            },
            false => closed(entry),
        });
    }
    items.extend(entries.get(end).map(more));
    items
}

/// An entry without what is in it; a group that is no page leads to its first.
fn closed(entry: &Entry) -> Entry {
    let target = entry.target.clone().or_else(|| first_target(&entry.items));
    Entry { text: entry.text.clone(), target, page: entry.page, ..Entry::default() }
}

/// A way on to what is cut off.
fn more(entry: &Entry) -> Entry {
    Entry { text: format!("… {}", entry.text).into(), ..closed(entry) }
}

fn first_target(entries: &[Entry]) -> Option<super::Resolved> {
    entries.iter().find_map(|entry| entry.target.clone().or_else(|| first_target(&entry.items)))
}
