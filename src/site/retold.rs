//! The site after pages were given other words: a title, a heading. What shows a title is made again, and all else stands, so
//! that such an edit costs what it changes and not what the site holds.
//!
//! A title is one text in memory wherever it is shown ([`super::nav`] hands it on, and never a copy). That is how it is found
//! here, and told from the same words that somebody wrote into a menu. Where it is not that simple there is no such site, and
//! all of it is assembled.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::UrlPath;
use crate::page::{FrontMatter, Head};

use super::kept::Kept;
use super::links::ids;
use super::titles;
use super::types::{NavItem, NavLink, NavTree, PageId, Resolved, Site};

/// The most pages whose words change in one edit. A change of more is another kind of change.
const MOST: usize = 16;

/// Keys of front matter that are words of a page and decide nothing.
const WORDS: [&str; 2] = ["title", "description"];

/// Where titles are shown.
pub(super) struct Shown {
    /// The trees at the side, each with the pages that show it.
    trees: Vec<(Arc<NavTree>, Arc<[PageId]>)>,
    /// The pages that name a page before or after them, by its address.
    beside: BTreeMap<UrlPath, Vec<PageId>>,
    /// Whether links name ids of a page.
    named: Vec<bool>,
    /// Addresses whose titles are shown elsewhere, too: at the top, by redirects.
    elsewhere: BTreeSet<UrlPath>,
    /// Whether pages list others by their titles.
    has_catalogs: bool,
}

impl Shown {
    fn new(site: &Site, named: Vec<bool>) -> Shown {
        let mut trees: Vec<(Arc<NavTree>, Vec<PageId>)> = Vec::new();
        let mut numbers: BTreeMap<*const NavTree, usize> = BTreeMap::new();
        let mut beside: BTreeMap<UrlPath, Vec<PageId>> = BTreeMap::new();
        let mut elsewhere = BTreeSet::new();
        for (id, page) in (0..).map(PageId).zip(&site.pages) {
            if let Some(tree) = &page.sidebar {
                let number = *numbers.entry(Arc::as_ptr(tree)).or_insert_with(|| {
                    trees.push((tree.clone(), Vec::new()));
                    trees.len() - 1
                });
                trees[number].1.push(id);
            }
            for url in page.prev.iter().chain(&page.next).filter_map(|link| address(&link.target)) {
                beside.entry(url.clone()).or_default().push(id);
            }
            elsewhere.extend(page.moved.iter().filter_map(|moved| address(&moved.to)).cloned());
        }
        elsewhere.extend(site.redirects.values().filter_map(|redirect| address(&redirect.to)).cloned());
        for locale in &site.locales {
            elsewhere.insert(locale.home.clone());
            each(&locale.nav.items, &mut |item| elsewhere.extend(item.target.as_ref().and_then(address).cloned()));
        }
        let has_catalogs = site.pages.iter().any(|page| !page.catalogs.is_empty());
        let trees = trees.into_iter().map(|(tree, pages)| (tree, pages.into())).collect();
        Shown { trees, beside, named, elsewhere, has_catalogs }
    }
}

/// Whether two heads of a page are of one page with other words.
pub fn differ_in_words(was: &Head, now: &Head) -> bool {
    let Head { path, template, stands_in, relative, links, anchors, catalogs, aliases, .. } = was;
    let rest = (path, template, stands_in, relative, links, anchors, catalogs, aliases);
    rest == (
        &now.path,
        &now.template,
        &now.stands_in,
        &now.relative,
        &now.links,
        &now.anchors,
        &now.catalogs,
        &now.aliases,
    ) && same_but_words(&was.front_matter, &now.front_matter)
}

fn same_but_words(was: &FrontMatter, now: &FrontMatter) -> bool {
    let decides = |(key, _): &(&serde_yaml::Value, _)| key.as_str().is_none_or(|key| !WORDS.contains(&key));
    was.values.iter().filter(decides).eq(now.values.iter().filter(decides))
}

/// The site with these heads, which [`differ_in_words`] from those that it has, and the pages that show something else. `None`
/// where more may be another.
pub fn retold(site: &Site, heads: &[(PageId, Arc<Head>)], kept: &mut Kept) -> Option<(Site, BTreeSet<PageId>)> {
    if heads.len() > MOST || !kept.is_of(site) {
        return None;
    }
    let mut shown = match kept.shown.take() {
        Some(shown) => shown,
        None => Shown::new(site, kept.named()),
    };
    let trees = shown.trees.clone();
    let told = tell(site, heads, &mut shown);
    match &told {
        Some(_) => heads.iter().for_each(|(page, head)| kept.replace(*page, head.clone())),
        None => shown.trees = trees,
    }
    kept.shown = Some(shown);
    told
}

fn tell(site: &Site, heads: &[(PageId, Arc<Head>)], shown: &mut Shown) -> Option<(Site, BTreeSet<PageId>)> {
    // First what costs nothing: most sites that cannot be retold are known by it.
    for (id, now) in heads {
        let page = site.page(*id);
        let is_named = shown.named[id.0 as usize] && !ids(&page.head).eq(ids(now));
        let has_headings = page.sidebar.as_ref().is_some_and(|tree| any(&tree.items, &is_heading));
        // What is told of front matter has its place there.
        let is_told = site.diagnostics.iter().filter_map(|found| found.span.as_ref());
        let is_told = is_told.into_iter().any(|span| span.file == now.path && span.end > 0);
        let is_titled = titles::own(&page.head).is_some() && titles::own(now).is_some();
        let is_shown_elsewhere = page.home || shown.elsewhere.contains(&page.route.url);
        if is_named || has_headings || is_told || !is_titled || is_shown_elsewhere || shown.has_catalogs {
            return None;
        }
    }
    let mut told = site.clone();
    let mut differing = BTreeSet::new();
    for (id, now) in heads {
        let index = id.0 as usize;
        let title = titles::title(now, &site.locale(site.page(*id)).title);
        let (was, url) = (told.pages[index].title.clone(), told.pages[index].route.url.clone());
        told.pages[index].head = now.clone();
        differing.insert(*id);
        if *title == *was {
            continue;
        }
        // Two pages of one title are told as such.
        if told
            .pages
            .iter()
            .enumerate()
            .any(|(other, page)| other != index && (*page.title == *was || *page.title == *title))
        {
            return None;
        }
        let title: Arc<str> = title.into();
        told.pages[index].title = title.clone();
        let rename = Rename { was: &was, title: &title, more: format!("… {was}"), url: &url };
        for (tree, pages) in &mut shown.trees {
            let Some(renamed) = rename.tree(tree)? else { continue };
            for page in pages.iter() {
                told.pages[page.0 as usize].sidebar = Some(renamed.clone());
                differing.insert(*page);
            }
            *tree = renamed;
        }
        for page in shown.beside.get(&url).into_iter().flatten() {
            let neighbours = &mut told.pages[page.0 as usize];
            for link in neighbours.prev.iter_mut().chain(&mut neighbours.next) {
                rename.link(link);
            }
            differing.insert(*page);
        }
    }
    Some((told, differing))
}

/// A page that is called something else.
struct Rename<'r> {
    was: &'r Arc<str>,
    title: &'r Arc<str>,
    /// What leads on to it from a list that ends before it.
    more: String,
    url: &'r UrlPath,
}

impl Rename<'_> {
    fn is_title(&self, text: &Arc<str>) -> bool {
        Arc::ptr_eq(text, self.was)
    }

    /// The tree with the new title, if it has the old one. `None` where it has it in other words: a group without a page of its own
    /// may be called the same, and leads to its first page.
    fn tree(&self, tree: &NavTree) -> Option<Option<Arc<NavTree>>> {
        let is_more = |item: &NavItem| {
            *item.text == *self.more && item.target.as_ref().and_then(address).is_some_and(|url| url == self.url)
        };
        if any(&tree.items, &is_more) {
            return None;
        }
        let holds = any(&tree.items, &|item: &NavItem| self.is_title(&item.text));
        Some(holds.then(|| Arc::new(NavTree::new(self.items(&tree.items)))))
    }

    fn items(&self, items: &[NavItem]) -> Vec<NavItem> {
        let renamed = |item: &NavItem| {
            let text = if self.is_title(&item.text) { self.title } else { &item.text };
            NavItem { text: text.clone(), items: self.items(&item.items), ..item.clone() }
        };
        items.iter().map(renamed).collect()
    }

    fn link(&self, link: &mut NavLink) {
        if self.is_title(&link.text) {
            link.text = self.title.clone();
        }
    }
}

fn is_heading(item: &NavItem) -> bool {
    matches!(item.target, Some(Resolved::Here(_)))
}

fn address(target: &Resolved) -> Option<&UrlPath> {
    match target {
        Resolved::Page { url, .. } => Some(url),
        Resolved::File { .. } | Resolved::Here(_) | Resolved::External(_) | Resolved::Broken(_) => None,
    }
}

fn any(items: &[NavItem], wanted: &impl Fn(&NavItem) -> bool) -> bool {
    items.iter().any(|item| wanted(item) || any(&item.items, wanted))
}

fn each(items: &[NavItem], see: &mut impl FnMut(&NavItem)) {
    for item in items {
        see(item);
        each(&item.items, see);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Layout, MenuItem, SidebarConfig};
    use crate::page::LinkKind;
    use crate::site::assemble_again;
    use crate::site::fixture::{Folder, group, item, source};

    /// Whether a site can be retold with this front matter of a page, and back; if so, it is the one that is assembled anew.
    fn is_retold(folder: Folder, file: &str, front: &str) -> bool {
        let mut kept = Kept::default();
        let Folder { heads, inputs, config, project } = &folder;
        let before = assemble_again(heads, inputs, config, project, &mut kept);
        let id = before.by_path[&source(file)];
        let was = heads[id.0 as usize].clone();
        let edited = folder.front(file, front);
        let now = edited.heads[id.0 as usize].clone();
        if !differ_in_words(&was, &now) {
            return false;
        }
        let Some((told, differing)) = retold(&before, &[(id, now)], &mut kept) else { return false };
        assert_eq!(told, edited.site(), "{file} {front}");
        for (page, (was, now)) in (0..).map(PageId).zip(before.pages.iter().zip(&told.pages)) {
            assert!(was == now || differing.contains(&page), "{file} {front}: {page:?}");
        }
        let (back, _) = retold(&told, &[(id, was)], &mut kept).expect("it can be retold as it was");
        assert_eq!(back, before, "{file} {front}, and back");
        true
    }

    fn large(layout: Layout) -> Folder {
        let pages: Vec<String> = (0..240).map(|number| format!("s{}/p{number}.md", number / 120)).collect();
        let mut files: Vec<&str> = pages.iter().map(String::as_str).collect();
        files.extend(["README.md", "s1/README.md"]);
        let folder = Folder::new(layout, &files);
        pages
            .iter()
            .enumerate()
            .fold(folder, |folder, (number, page)| folder.front(page, &format!("title: Page {number}")))
    }

    #[test]
    fn a_site_retold_is_the_site_assembled() {
        let small = || {
            let files = ["README.md", "a.md", "b.md", "guide/README.md", "guide/c.md"];
            files.iter().skip(1).fold(Folder::new(Layout::Native, &files), |folder, file| {
                folder.front(file, &format!("title: Of {file}"))
            })
        };
        let items = |items: Vec<MenuItem>| SidebarConfig::Items(items);
        for (what, is_so, folder, file, front) in [
            ("a page", true, small(), "b.md", "title: Other"),
            ("a folder's page", true, small(), "guide/README.md", "title: Other"),
            ("a description", true, small(), "b.md", "title: Of b.md\ndescription: x"),
            ("the same title as another", false, small(), "b.md", "title: Of a.md"),
            ("what decides", false, small(), "b.md", "title: Of b.md\norder: 1"),
            (
                "the home page of a language",
                false,
                small().front("README.md", "title: Home"),
                "README.md",
                "title: Other",
            ),
            ("a page in a large site", true, large(Layout::Native), "s1/p200.md", "title: Other"),
            ("a page where a list is cut", false, large(Layout::Native), "s1/p170.md", "title: Other"),
            ("a page that stands for its folder", true, large(Layout::Native), "s0/p0.md", "title: Other"),
            (
                "a page of a menu, and its own words there",
                true,
                small().sidebar(items(vec![group("Of b.md", None, &["/b.md", "Of b.md|/b.md"]), item("/a.md")])),
                "b.md",
                "title: Other",
            ),
            (
                "a page at the top",
                false,
                {
                    let mut folder = small();
                    folder.config.locales[0].nav = vec![item("/b.md")];
                    folder
                },
                "b.md",
                "title: Other",
            ),
            (
                "headings at the side",
                false,
                small().sidebar(SidebarConfig::Headings).headings("b.md", &["x"]),
                "b.md",
                "title: Other",
            ),
            (
                "ids that others name",
                false,
                small().headings("b.md", &["x"]).link("a.md", "b.md#x", LinkKind::Link),
                "b.md",
                "title: Other",
            ),
            (
                "a former address",
                false,
                small().front("a.md", "title: Of a.md\naliases: /old.html"),
                "a.md",
                "title: Other\naliases: /old.html",
            ),
            ("VuePress 2", true, large(Layout::VuePress2), "s0/p7.md", "title: Other"),
        ] {
            assert_eq!(is_retold(folder, file, front), is_so, "{what}");
        }
    }
}
