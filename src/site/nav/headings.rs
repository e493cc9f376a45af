//! A sidebar of the headings of one page.

use std::sync::Arc;

use crate::page::Heading;

use super::super::types::{NavTree, PageId, Resolved};
use super::{Entry, Ground};

/// The headings of level 2 and 3 below the title of the page; `None` if it has none.
pub(super) fn tree(page: PageId, ground: &Ground<'_>) -> Option<Arc<NavTree>> {
    let mut items: Vec<Entry> = Vec::new();
    for heading in ground.head(page).headings.iter().filter(|heading| !heading.id.is_empty()) {
        match (heading.level, items.last_mut()) {
            (2, _) => items.push(entry(heading)),
            (3, Some(above)) => above.items.push(entry(heading)),
            _ => {}
        }
    }
    if items.is_empty() {
        return None;
    }
    let title = Entry { text: ground.title(page), items, ..Entry::default() };
    super::tree(&[title])
}

fn entry(heading: &Heading) -> Entry {
    let target = Resolved::Here(format!("#{}", heading.id).into());
    Entry { text: (&*heading.text).into(), target: Some(target), ..Entry::default() }
}
