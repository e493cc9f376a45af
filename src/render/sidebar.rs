//! The list at the side. A small tree is shown whole; of a big one a page shows the branch that it stands on, and each other
//! group as one link to its first page, so that a page weighs the same in a site of any size.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::base::{Hash, UrlPath};
use crate::site::{NavItem, NavTree, Resolved};

use super::address::href;

/// Trees with no more links than this are shown whole.
const WHOLE: usize = 150;
/// Lists of big trees are cut into parts of this many entries, of which one is shown.
const PART: usize = 50;

// Characters that no text may hold enclose the number of a hole in a rendered list.
const HOLE: char = '\u{FDD0}';
const HOLE_END: char = '\u{FDD1}';

/// Where each page stands in a tree: the indices that lead to it, from the root.
pub(super) struct Places {
    paths: BTreeMap<UrlPath, Vec<u32>>,
    whole: bool,
}

impl Places {
    pub(super) fn new(tree: &NavTree) -> Places {
        let mut paths = BTreeMap::new();
        let mut path = Vec::new();
        let links = note(&tree.items, &mut path, &mut paths);
        note_groups(&tree.items, &mut path, &mut paths);
        Places { paths, whole: links <= WHOLE }
    }

    /// The path to the page's first entry.
    pub(super) fn of(&self, url: &UrlPath) -> Option<&[u32]> {
        self.paths.get(url).map(Vec::as_slice)
    }

    /// What two pages of one folder have in common if they show the same list.
    pub(super) fn branch(&self, tree: &NavTree, url: &UrlPath) -> Option<Vec<u32>> {
        let path = self.of(url)?;
        let (last, parents) = path.split_last()?;
        let group = item_at(tree, path).is_some_and(|item| !item.items.is_empty());
        let mut branch = parents.to_vec();
        match (group, self.whole) {
            (true, _) => branch.push(*last),
            // A part of the list, told apart from an entry of it.
            (false, false) => branch.extend([u32::MAX, *last / PART as u32]),
            (false, true) => {}
        }
        Some(branch)
    }
}

/// Notes the first place of each page, and counts the links.
fn note(items: &[NavItem], path: &mut Vec<u32>, paths: &mut BTreeMap<UrlPath, Vec<u32>>) -> usize {
    let mut links = 0;
    for (item, index) in items.iter().zip(0..) {
        path.push(index);
        links += usize::from(item.target.is_some());
        if let Some(url) = page_of(item) {
            paths.entry(url.clone()).or_insert_with(|| path.clone());
        }
        links += note(&item.items, path, paths);
        path.pop();
    }
    links
}

/// Notes the groups whose pages are listed nowhere.
fn note_groups(items: &[NavItem], path: &mut Vec<u32>, paths: &mut BTreeMap<UrlPath, Vec<u32>>) {
    for (item, index) in items.iter().zip(0..) {
        path.push(index);
        // Of groups in groups with one page, the innermost: those around it are open, too.
        note_groups(&item.items, path, paths);
        if let Some(url) = &item.extra.page {
            paths.entry(url.clone()).or_insert_with(|| path.clone());
        }
        path.pop();
    }
}

/// The page that an entry leads to, if it leads to a page and not into it.
fn page_of(item: &NavItem) -> Option<&UrlPath> {
    match &item.target {
        Some(Resolved::Page { url, suffix }) if suffix.is_empty() => Some(url),
        _ => None,
    }
}

fn item_at<'a>(tree: &'a NavTree, path: &[u32]) -> Option<&'a NavItem> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(tree.items.get(*first as usize)?, |item, index| item.items.get(*index as usize))
}

/// The groups that lead to `path`, outermost first, without the entry itself.
pub(super) fn groups<'a>(tree: &'a NavTree, path: &[u32]) -> Vec<&'a NavItem> {
    (1..path.len()).filter_map(|length| item_at(tree, &path[..length])).collect()
}

/// An entry as templates see it.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    text: Arc<str>,
    html: Option<Arc<str>>,
    href: Option<String>,
    target: Option<Arc<str>>,
    rel: Option<Arc<str>>,
    no_icon: bool,
    mark: String,
    items: Vec<Entry>,
    fold: Option<&'static str>,
    folded: bool,
    more: bool,
}

/// Makes the entries that a page shows.
pub(super) struct Lister<'a> {
    /// Where pages stand in the tree.
    pub(super) places: &'a Places,
    /// A page of the folder that the list is for.
    pub(super) from: &'a UrlPath,
    /// What links to the rest of a long list say: to what comes before, and to what comes after.
    pub(super) more: (&'a str, &'a str),
    /// The pages that entries lead to, by the number of their hole.
    pub(super) pages: Vec<UrlPath>,
}

impl Lister<'_> {
    /// The entries of `items`; `path` leads from here to the page.
    pub(super) fn list(&mut self, items: &[NavItem], path: &[u32]) -> Vec<Entry> {
        let active = path.first().map(|index| *index as usize);
        let beside = items.iter().enumerate().filter(|(index, item)| active != Some(*index) && !item.items.is_empty());
        let spread = self.places.whole || beside.map(|(_, item)| always_shown(item)).sum::<usize>() <= PART;
        let cut = !self.places.whole && items.len() > PART;
        let start = if cut { active.unwrap_or(0) / PART * PART } else { 0 };
        let end = if cut { (start + PART).min(items.len()) } else { items.len() };
        let mut entries = Vec::with_capacity(end - start + 2);
        if let Some(before) = start.checked_sub(1) {
            entries.extend(self.link_to_rest(&items[before], self.more.0));
        }
        for (index, item) in items.iter().enumerate().take(end).skip(start) {
            entries.push(self.entry(item, if active == Some(index) { Some(&path[1..]) } else { None }, spread));
        }
        if let Some(after) = items.get(end) {
            entries.extend(self.link_to_rest(after, self.more.1));
        }
        entries
    }

    /// One entry; `path` leads on from it if the page is it or stands below it. `spread`: groups that cannot be shut are shown.
    fn entry(&mut self, item: &NavItem, path: Option<&[u32]>, spread: bool) -> Entry {
        let can_be_folded = !(self.places.whole || spread && item.collapsed.is_none());
        let folded = !item.items.is_empty() && path.is_none() && can_be_folded;
        let target = if folded { first_target(item) } else { item.target.as_ref() };
        let mark = match page_of(item) {
            Some(url) => self.hole(url.clone()),
            None => String::new(),
        };
        let fold = item.collapsed.map(|shut| if shut && path.is_none() { "shut" } else { "open" });
        Entry {
            text: item.text.clone(),
            html: item.extra.html.clone(),
            href: target.map(|target| href(target, self.from)),
            target: item.extra.window.clone().filter(|window| !window.is_empty()),
            rel: item.extra.rel.clone().filter(|rel| !rel.is_empty()),
            no_icon: item.extra.no_icon,
            mark,
            items: if folded { Vec::new() } else { self.list(&item.items, path.unwrap_or_default()) },
            fold,
            folded,
            more: false,
        }
    }

    fn link_to_rest(&self, item: &NavItem, text: &str) -> Option<Entry> {
        Some(Entry {
            text: text.into(),
            html: None,
            href: Some(href(first_target(item)?, self.from)),
            target: None,
            rel: None,
            no_icon: false,
            mark: String::new(),
            items: Vec::new(),
            fold: None,
            folded: false,
            more: true,
        })
    }

    fn hole(&mut self, url: UrlPath) -> String {
        self.pages.push(url);
        format!("{HOLE}{}{HOLE_END}", self.pages.len() - 1)
    }
}

/// How many links of a group its author wants to be seen at all times: those in no group that can be shut.
fn always_shown(group: &NavItem) -> usize {
    match group.collapsed {
        Some(_) => 0,
        None => group.items.iter().map(|item| if item.items.is_empty() { 1 } else { 1 + always_shown(item) }).sum(),
    }
}

/// Where an entry leads, or the first entry in it that leads somewhere.
fn first_target(item: &NavItem) -> Option<&Resolved> {
    item.target.as_ref().or_else(|| item.items.iter().find_map(first_target))
}

/// A rendered list with a hole in each link to a page, for the mark of the current page.
pub(super) struct Fragment {
    /// HTML, and the page whose mark follows it.
    parts: Vec<(Box<str>, Option<UrlPath>)>,
    /// The hash of all that it holds.
    pub(super) hash: Hash,
}

impl Fragment {
    /// Finds the holes in a rendered list; `pages` are their pages.
    pub(super) fn new(html: &str, pages: &[UrlPath]) -> Fragment {
        let mut parts = Vec::new();
        let mut rest = html;
        while let Some((before, after)) = rest.split_once(HOLE) {
            let (number, after) = after.split_once(HOLE_END).unwrap_or((after, ""));
            parts.push((before.into(), number.parse().ok().and_then(|number: usize| pages.get(number).cloned())));
            rest = after;
        }
        parts.push((rest.into(), None));
        let hash = Hash::of(&parts);
        Fragment { parts, hash }
    }

    /// The list on the page at `url`.
    pub(super) fn html(&self, url: &UrlPath) -> String {
        let mut html = String::with_capacity(self.parts.iter().map(|(part, _)| part.len()).sum::<usize>() + 32);
        for (part, page) in &self.parts {
            html.push_str(part);
            if page.as_ref() == Some(url) {
                html.push_str(" aria-current=\"page\"");
            }
        }
        html
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::testing::{group, link, tree};

    /// The entries that the page at `url` sees, one a line, indented.
    fn seen(tree: &NavTree, url: &str) -> String {
        fn print(entries: &[Entry], depth: usize, lines: &mut Vec<String>) {
            for entry in entries {
                let href = entry.href.as_deref().unwrap_or("-");
                lines.push(
                    format!("{}{} {href} {}", " ".repeat(depth), entry.text, entry.fold.unwrap_or(""))
                        .trim_end()
                        .into(),
                );
                print(&entry.items, depth + 1, lines);
            }
        }
        let places = Places::new(tree);
        let url = UrlPath::new(url);
        let path = places.of(&url).unwrap_or_default().to_vec();
        let mut lister = Lister { places: &places, from: &url, more: ("earlier", "later"), pages: Vec::new() };
        let mut lines = Vec::new();
        print(&lister.list(&tree.items, &path), 0, &mut lines);
        lines.join("\n")
    }

    #[test]
    fn a_small_tree_is_shown_whole() {
        let tree = tree(vec![
            link("Home", "/"),
            group("A", Some(true), vec![link("A1", "/a/1.html")]),
            group("B", Some(true), vec![link("B1", "/b/1.html")]),
        ]);
        assert_eq!(seen(&tree, "/b/1.html"), "Home ../\nA - shut\n A1 ../a/1.html\nB - open\n B1 1.html");
    }

    #[test]
    fn a_big_tree_shows_the_branch_of_the_page() {
        let pages = |name: &str| -> Vec<NavItem> {
            (0..120).map(|n| link(&format!("{name}{n}"), &format!("/{name}/{n}.html"))).collect()
        };
        let tree = tree(vec![group("a", None, pages("a")), group("b", None, pages("b"))]);
        let lines = seen(&tree, "/b/60.html");
        let lines: Vec<&str> = lines.lines().collect();
        assert_eq!(lines[..4], ["a ../a/0.html", "b -", " earlier 49.html", " b50 50.html"]);
        assert_eq!(lines[lines.len() - 2..], [" b99 99.html", " later 100.html"]);
        assert_eq!(lines.len(), 2 + PART + 2);

        let places = Places::new(&tree);
        let branch = |url: &str| places.branch(&tree, &UrlPath::new(url));
        assert_eq!(branch("/b/50.html"), branch("/b/99.html"));
        assert_ne!(branch("/b/49.html"), branch("/b/50.html"));
        assert_eq!(branch("/none.html"), None);
    }

    #[test]
    fn the_current_page_is_marked_in_a_shared_list() {
        let pages = [UrlPath::new("/a.html"), UrlPath::new("/b.html")];
        let fragment = Fragment::new("<a\u{FDD0}0\u{FDD1}>a</a><a\u{FDD0}1\u{FDD1}>b</a>", &pages);
        assert_eq!(fragment.html(&pages[1]), "<a>a</a><a aria-current=\"page\">b</a>");
        assert_eq!(fragment.html(&UrlPath::root()), "<a>a</a><a>b</a>");
    }
}
