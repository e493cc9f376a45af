//! The plan of a site: every page of a language, as the navigation has them, and the others by folder.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::base::{Hash, UrlPath};
use crate::site::{NavItem, Resolved, Site, SitePage};

/// An entry of the plan: a page, a group, or both.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    text: String,
    href: Option<String>,
    items: Vec<Entry>,
}

/// The pages of a language, each once, as seen from the page at `from`.
pub(super) fn plan(locale: usize, site: &Site, from: &UrlPath) -> Vec<Entry> {
    let pages = site.pages.iter().filter(|page| page.locale == locale && page.route.out.as_str() != "404.html");
    let mut left: BTreeMap<&UrlPath, &SitePage> = pages.map(|page| (&page.route.url, page)).collect();
    let mut planned = Planned { left: &mut left, from };
    let here = &site.locales[locale];
    let mut entries: Vec<Entry> = planned.page(&here.home, None).into_iter().collect();
    // First the sides that the top leads to, in its order.
    let mut known: BTreeSet<Hash> = BTreeSet::new();
    let mut addresses = Vec::new();
    targets(&here.nav.items, &mut addresses);
    let mut first: Vec<&SitePage> = addresses.iter().filter_map(|url| planned.left.get(*url).copied()).collect();
    first.extend(planned.left.values().copied());
    for tree in first.into_iter().filter_map(|page| page.sidebar.as_deref()) {
        if known.insert(tree.hash) {
            entries.extend(tree.items.iter().filter_map(|item| planned.item(item)));
        }
    }
    let rest: Vec<&UrlPath> = planned.left.keys().copied().collect();
    let mut folders: BTreeMap<UrlPath, Vec<Entry>> = BTreeMap::new();
    let mut names: BTreeMap<UrlPath, String> = BTreeMap::new();
    for url in rest {
        let folder = url.join("./");
        if *url == folder {
            names.extend(planned.left.get(url).map(|page| (folder.clone(), page.title.to_string())));
        }
        folders.entry(folder).or_default().extend(planned.page(url, None));
    }
    for (path, pages) in folders {
        if path == here.prefix {
            entries.extend(pages);
            continue;
        }
        let name = || path.as_str().trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
        entries.push(Entry { text: names.remove(&path).unwrap_or_else(name), href: None, items: pages });
    }
    entries
}

/// Makes entries, of each page one.
struct Planned<'p, 's> {
    /// The pages that have none yet.
    left: &'p mut BTreeMap<&'s UrlPath, &'s SitePage>,
    from: &'p UrlPath,
}

impl Planned<'_, '_> {
    fn page(&mut self, url: &UrlPath, text: Option<&str>) -> Option<Entry> {
        let page = self.left.remove(url)?;
        let text = text.unwrap_or(&page.title).to_owned();
        Some(Entry { text, href: Some(page.route.url.relative_from(self.from)), items: Vec::new() })
    }

    /// An entry of the navigation; `None` if it leads to no page that has none yet.
    fn item(&mut self, item: &NavItem) -> Option<Entry> {
        let page = match &item.target {
            Some(Resolved::Page { url, .. }) => self.page(url, Some(&item.text)),
            _ => None,
        };
        let items: Vec<Entry> = item.items.iter().filter_map(|item| self.item(item)).collect();
        match page {
            Some(page) => Some(Entry { items, ..page }),
            None => (!items.is_empty()).then(|| Entry { text: item.text.to_string(), href: None, items }),
        }
    }
}

/// The pages that entries lead to, in their order.
fn targets<'n>(items: &'n [NavItem], found: &mut Vec<&'n UrlPath>) {
    for item in items {
        if let Some(Resolved::Page { url, .. }) = &item.target {
            found.push(url);
        }
        targets(&item.items, found);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::render::testing::{group, link, site, tree};

    fn shape(entries: &[Entry]) -> String {
        let one = |entry: &Entry| {
            let inner = if entry.items.is_empty() { String::new() } else { format!("({})", shape(&entry.items)) };
            format!("{}={}{inner}", entry.text, entry.href.as_deref().unwrap_or("-"))
        };
        entries.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn follows_the_navigation_and_loses_no_page() {
        let mut site = site(&["index.md", "a/1.md", "a/2.md", "b/1.md", "b/2.md", "c/index.md", "c/1.md", "alone.md"]);
        let first = Arc::new(tree(vec![group("A", None, vec![link("One", "/a/1.html"), link("Top", "/")])]));
        let second = Arc::new(tree(vec![
            link("B1", "/b/1.html"),
            link("Again", "/b/1.html"),
            link("Elsewhere", "https://example.org"),
            group("Empty", None, vec![link("Gone", "/gone.html")]),
        ]));
        (site.pages[1].sidebar, site.pages[3].sidebar) = (Some(first), Some(second));
        site.locales[0].nav = Arc::new(tree(vec![link("B", "/b/1.html")]));
        assert_eq!(
            shape(&plan(0, &site, &UrlPath::new("/search.html"))),
            "Start=./ B1=b/1.html A=-(One=a/1.html) Start=alone.html a=-(Start=a/2.html) b=-(Start=b/2.html) \
             Start=-(Start=c/ Start=c/1.html)"
        );
    }
}
