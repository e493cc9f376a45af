//! `llms.txt`: what a site has for language models, page by page, each with the address of its Markdown (llmstxt.org). One file a
//! language.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Hash, UrlPath};
use crate::site::made::{LLMS, LLMS_FULL};
use crate::site::{Locale, NavItem, Resolved, Site, SitePage};

/// What a list is called whose pages are in no group.
const UNGROUPED: &str = "Documentation";

/// Path and text of the file of each language that has pages for it.
pub(super) fn files(site: &Site, url: Option<&str>) -> Vec<(String, String)> {
    let has_pages = |index: usize| site.pages.iter().any(|page| page.locale == index && page.markdown.is_some());
    let locales = site.locales.iter().enumerate().filter(|(index, _)| has_pages(*index));
    let file = |(index, locale): (usize, &Locale)| {
        let path = locale.prefix.join(LLMS).out_path()?;
        Some((path.as_str().to_owned(), text(index, locale, site, url, &has_pages)))
    };
    locales.filter_map(file).collect()
}

fn text(index: usize, locale: &Locale, site: &Site, url: Option<&str>, has_pages: &dyn Fn(usize) -> bool) -> String {
    let here = locale.prefix.join(LLMS);
    let address = |path: &UrlPath| match url {
        Some(url) => format!("{url}{}", path.encoded()),
        None => path.relative_from(&here),
    };
    let mut text = format!("# {}\n", line(&locale.title));
    if !locale.description.is_empty() {
        text.push_str(&format!("\n> {}\n", line(&locale.description)));
    }
    for (title, pages) in sections(index, locale, site) {
        text.push_str(&format!("\n## {}\n\n", line(&title)));
        for page in pages {
            let Some(markdown) = &page.markdown else { continue };
            text.push_str(&format!("- [{}]({})", bracketed(&page.title), address(markdown)));
            text.push_str(&page.summary().map(|summary| format!(": {}", line(summary))).unwrap_or_default());
            text.push('\n');
        }
    }
    // What can be left out where there is little room.
    text.push_str("\n## Optional\n\n");
    let full = locale.prefix.join(LLMS_FULL);
    text.push_str(&format!("- [{}]({})\n", "All pages in one file", address(&full)));
    for (_, language) in site.locales.iter().enumerate().filter(|(other, _)| *other != index && has_pages(*other)) {
        let file = language.prefix.join(LLMS);
        text.push_str(&format!("- [{}]({})\n", bracketed(&language.label), address(&file)));
    }
    text
}

/// The pages of a language under the groups of its menus, each once. Those that no menu leads to come last.
pub(super) fn sections<'s>(index: usize, locale: &Locale, site: &'s Site) -> Vec<(String, Vec<&'s SitePage>)> {
    let own = site.pages.iter().filter(|page| page.locale == index && page.markdown.is_some());
    let mut left: BTreeMap<&UrlPath, &SitePage> = own.map(|page| (&page.route.url, page)).collect();
    let mut sections: Vec<(String, Vec<&SitePage>)> = vec![(UNGROUPED.to_owned(), Vec::new())];
    sections[0].1.extend(left.remove(&locale.home));
    // First the sides of pages that the top leads to, in its order.
    let mut first = Vec::new();
    targets(&locale.nav.items, &mut first);
    let mut pages: Vec<&SitePage> = first.iter().filter_map(|url| left.get(*url).copied()).collect();
    pages.extend(left.values().copied());
    let mut known: BTreeSet<Hash> = BTreeSet::new();
    for tree in pages.into_iter().filter_map(|page| page.sidebar.as_deref()) {
        if !known.insert(tree.hash) {
            continue;
        }
        for item in &tree.items {
            let mut found = Vec::new();
            targets(std::slice::from_ref(item), &mut found);
            let found: Vec<&SitePage> = found.into_iter().filter_map(|url| left.remove(url)).collect();
            match item.items.is_empty() {
                true => sections[0].1.extend(found),
                false => sections.push((item.text.to_string(), found)),
            }
        }
    }
    sections[0].1.extend(left.into_values());
    sections.retain(|(_, pages)| !pages.is_empty());
    sections
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

/// A text on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text that stands between brackets.
fn bracketed(text: &str) -> String {
    line(text).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}
