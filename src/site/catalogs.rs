//! Lists of the pages of a folder, which pages ask for by `<Catalog />`: the order and the depth are those of VuePress's plugin.

use std::cmp::Ordering;
use std::sync::Arc;

use serde_yaml::Value;

use crate::config::Layout;
use crate::page::Head;

use super::fold::folded;
use super::front;
use super::nav::Ground;
use super::types::{NavExtra, NavItem, PageId};

/// A page that lists may show.
struct Entry<'a> {
    page: PageId,
    url: &'a str,
    /// How many names its address has.
    depth: usize,
    order: Option<f64>,
    title: Collated<'a>,
}

/// The lists of each page.
pub(super) fn of_pages(ground: &Ground<'_>) -> Vec<Vec<(u32, Vec<NavItem>)>> {
    if ground.heads.iter().all(|head| head.catalogs.is_empty()) {
        return ground.heads.iter().map(|_| Vec::new()).collect();
    }
    let mut entries: Vec<Entry<'_>> =
        (0..).map(PageId).zip(ground.heads).filter_map(|(page, _)| entry(page, ground)).collect();
    entries.sort_by(compare);
    let of_page = |(page, head): (u32, &Arc<Head>)| {
        let lists = head.catalogs.iter().map(|catalog| {
            let base = match &catalog.base {
                Some(base) => match base.trim_matches('/') {
                    "" => "/".to_owned(),
                    base => format!("/{base}/"),
                },
                None => {
                    let url = ground.routes[page as usize].url.as_str();
                    url[..url.rfind('/').map_or(0, |end| end + 1)].to_owned()
                }
            };
            (catalog.component, list(&base, usize::from(catalog.levels), PageId(page), &entries, ground))
        });
        lists.collect()
    };
    (0..).zip(ground.heads).map(of_page).collect()
}

/// A page as lists show it; none for the page of what is not found, and those that do not want to be listed.
fn entry<'a>(page: PageId, ground: &'a Ground<'_>) -> Option<Entry<'a>> {
    let head = ground.head(page);
    let url = ground.routes[page.0 as usize].url.as_str();
    // The page of a folder says it of the folder there.
    let of_folder = url.ends_with('/') && ground.config.layout == Layout::VuePress2;
    let said = |key: &str| match of_folder {
        true => front::value(head, "dir").and_then(|folder| folder.get(key)),
        false => front::value(head, key),
    };
    if ground.is_not_found(page) || said("index").and_then(Value::as_bool) == Some(false) {
        return None;
    }
    let depth = url.split('/').filter(|name| !name.is_empty()).count();
    let order = said("order").and_then(Value::as_f64);
    Some(Entry { page, url, depth, order, title: Collated::of(&ground.titles[page.0 as usize]) })
}

/// The pages below `base`, `levels` folders deep.
fn list(base: &str, levels: usize, own: PageId, entries: &[Entry<'_>], ground: &Ground<'_>) -> Vec<NavItem> {
    let depth = base.split('/').filter(|name| !name.is_empty()).count();
    let locale = ground.locales[own.0 as usize];
    // A list of the whole site has the pages of one language.
    let is_listed = |entry: &&Entry<'_>| {
        entry.page != own
            && entry.url.starts_with(base)
            && entry.url != base
            && (base != "/" || ground.locales[entry.page.0 as usize] == locale)
    };
    let below: Vec<&Entry<'_>> = entries.iter().filter(is_listed).collect();
    inside(base, depth, levels, &below, ground)
}

fn inside(base: &str, depth: usize, levels: usize, below: &[&Entry<'_>], ground: &Ground<'_>) -> Vec<NavItem> {
    if levels == 0 {
        return Vec::new();
    }
    let here = below.iter().filter(|entry| entry.depth == depth + 1 && entry.url.starts_with(base));
    here.map(|entry| NavItem {
        text: ground.titles[entry.page.0 as usize].clone(),
        target: Some(ground.to_page(entry.page)),
        items: match entry.url.ends_with('/') {
            true => inside(entry.url, depth + 1, levels - 1, below, ground),
            false => Vec::new(),
        },
        collapsed: None,
        extra: NavExtra::default(),
    })
    .collect()
}

/// Numbers above none come first, those below none last, and between them what has none, by title.
fn compare(a: &Entry<'_>, b: &Entry<'_>) -> Ordering {
    let place = |entry: &Entry<'_>| match entry.order {
        Some(order) if order > 0.0 => (0, order),
        Some(order) if order < 0.0 => (2, order),
        _ => (1, 0.0),
    };
    let ((group_a, order_a), (group_b, order_b)) = (place(a), place(b));
    group_a
        .cmp(&group_b)
        .then(order_a.total_cmp(&order_b))
        .then_with(|| a.title.cmp(&b.title))
        .then(a.page.cmp(&b.page))
}

/// A title as it is sorted by people: spaces, then marks, digits, letters; case and accents count last.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Collated<'a>(Vec<(u8, char)>, &'a str);

impl Collated<'_> {
    fn of(title: &str) -> Collated<'_> {
        let class = |letter: char| match letter {
            _ if letter.is_whitespace() => 0,
            _ if letter.is_numeric() => 2,
            _ if letter.is_alphabetic() => 3,
            _ => 1,
        };
        Collated(folded(title).chars().map(|letter| (class(letter), letter)).collect(), title)
    }
}
