//! A list of the pages of a folder as its component reads it.

use serde::Serialize;

use crate::base::UrlPath;
use crate::site::NavItem;

use super::address::href;

/// An entry as templates see it.
#[derive(Serialize)]
struct Entry<'a> {
    text: &'a str,
    href: String,
    items: Vec<Entry<'a>>,
}

/// Puts the list, with addresses as seen from `url`, among the arguments of the component.
pub(super) fn put(list: &[NavItem], url: &UrlPath, given: &mut Vec<(String, tera::Value)>) {
    given.retain(|(name, _)| !matches!(name.as_str(), "entries" | "deep"));
    given.push(("entries".to_owned(), tera::Value::from_serializable(&entries(list, url))));
    given.push(("deep".to_owned(), tera::Value::from(list.iter().any(|item| !item.items.is_empty()))));
}

fn entries<'a>(list: &'a [NavItem], url: &UrlPath) -> Vec<Entry<'a>> {
    let entry = |item: &'a NavItem| Entry {
        text: &item.text,
        href: item.target.as_ref().map_or_else(String::new, |target| href(target, url)),
        items: entries(&item.items, url),
    };
    list.iter().map(entry).collect()
}
