//! The lock of a site, as text.

use std::collections::BTreeSet;

use super::file::{LEADS, MARK, VERSION};
use crate::base::UrlPath;
use crate::site::types::{Resolved, Site, SitePage};

/// What follows the first line.
const ABOUT: &str = "# The addresses of this site, which are not to die. `pressoir lock` writes this file, `pressoir check` reads it.\n";

/// The lock of this site.
pub fn written(site: &Site) -> String {
    let mut lines: BTreeSet<(String, String)> = BTreeSet::new();
    for page in site.pages.iter().filter(|page| page.route.out.as_str() != "404.html") {
        let address = readable(page.route.url.as_str(), &['%', '#', '?']);
        let file = plain(&page.head.relative);
        lines.insert((address.clone(), format!("{file}\t{}", plain(&page.title))));
        for (id, text) in anchors(page) {
            lines.insert((with_id(&address, id), format!("{file}\t{}", plain(text))));
        }
        for moved in &page.moved {
            lines.insert((with_id(&address, &moved.id), format!("{LEADS}{}", target(&moved.to))));
        }
    }
    for redirect in site.redirects.values() {
        let address = readable(redirect.url.as_str(), &['%', '#', '?']);
        lines.insert((address.clone(), format!("{LEADS}{}", target(&redirect.to))));
        for moved in &redirect.anchors {
            lines.insert((with_id(&address, &moved.id), format!("{LEADS}{}", target(&moved.to))));
        }
    }
    let mut text = format!("{MARK}{VERSION}\n{ABOUT}");
    for (address, rest) in lines {
        text.push_str(&format!("{address}\t{rest}\n"));
    }
    text
}

/// The anchors of a page, with the text of those that are headings. What a page shows in place of a translation is no
/// promise: the translation will have headings of its own.
fn anchors(page: &SitePage) -> impl Iterator<Item = (&str, &str)> {
    let headings = page.head.headings.iter().map(|heading| (&*heading.id, &*heading.text));
    let others = page.head.anchors.iter().map(|id| (&**id, ""));
    headings.chain(others).filter(|(id, _)| !id.is_empty() && !page.head.stands_in)
}

fn with_id(address: &str, id: &str) -> String {
    format!("{address}#{}", readable(id, &['%']))
}

/// An address as the lock has it, and front matter and settings may.
pub fn written_address(url: &UrlPath) -> String {
    readable(url.as_str(), &['%', '#', '?'])
}

/// The address of an anchor.
pub(super) fn address_of(url: &UrlPath, id: &str) -> String {
    with_id(&readable(url.as_str(), &['%', '#', '?']), id)
}

fn target(to: &Resolved) -> String {
    let address =
        |url: &UrlPath, suffix: &str| format!("{}{}", readable(url.as_str(), &['%', '#', '?']), plain(suffix));
    match to {
        Resolved::Page { url, suffix } | Resolved::File { url, suffix } => address(url, suffix),
        Resolved::Here(text) | Resolved::External(text) | Resolved::Broken(text) => plain(text),
    }
}

/// A part of an address as people read it: only what would end it is escaped.
fn readable(part: &str, ends: &[char]) -> String {
    let mut text = String::with_capacity(part.len());
    for char in part.chars() {
        match char.is_control() || char.is_whitespace() && char != ' ' || ends.contains(&char) {
            true => char.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| text.push_str(&format!("%{byte:02X}"))),
            false => text.push(char),
        }
    }
    text
}

/// A text in one line, without tabs.
fn plain(text: &str) -> String {
    text.split(|char: char| char.is_control() || char.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
