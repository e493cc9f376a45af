//! HTML of the settings, shown on every page: what leads from the root of the site is written anew for each.

use crate::base::{UrlPath, escape};
use crate::site::SitePage;

use super::address::Addresses;

/// HTML with holes for addresses of this site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Rooted {
    /// HTML, and the address that follows it: the path, and its query and fragment.
    parts: Vec<(String, UrlPath, String)>,
    end: String,
}

impl Rooted {
    /// Reads `html`; `any` is a page of the site.
    pub fn new(html: &str, addresses: &Addresses<'_>, any: Option<&SitePage>) -> Rooted {
        let mut rooted = Rooted::default();
        let mut done = 0;
        while let Some((start, end)) = next_address(html, done) {
            let written = html[start..end].replace("&amp;", "&");
            let Some((url, suffix)) = any.map(|page| addresses.rooted(&written, page)) else { break };
            rooted.parts.push((html[done..start].to_owned(), url, suffix));
            done = end;
        }
        rooted.end = html[done..].to_owned();
        rooted
    }

    /// Where it leads.
    pub fn targets(&self) -> impl Iterator<Item = &UrlPath> {
        self.parts.iter().map(|(_, url, _)| url)
    }

    /// The HTML for the page at `from`.
    pub fn html(&self, from: &UrlPath) -> String {
        let mut html = String::new();
        for (before, url, suffix) in &self.parts {
            html.push_str(before);
            escape(&(url.relative_from(from) + suffix), &mut html);
        }
        html + &self.end
    }
}

/// The next address from `from` on that an attribute gives and that starts at the root.
fn next_address(html: &str, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let names = ["href=", "src="].iter();
        let (found, length) = names.filter_map(|name| Some((html[at..].find(name)?, name.len()))).min()?;
        let (name, start) = (at + found, at + found + length);
        let is_attribute = html[..name].ends_with(|c: char| c.is_ascii_whitespace());
        let quote = html[start..].chars().next().filter(|c| matches!(c, '"' | '\''));
        at = start;
        if let Some(quote) = quote.filter(|_| is_attribute)
            && let Some(length) = html[start + 1..].find(quote)
        {
            let value = &html[start + 1..start + 1 + length];
            if value.starts_with('/') && !value.starts_with("//") {
                return Some((start + 1, start + 1 + length));
            }
            at = start + 1 + length;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::testing::{config, site};

    #[test]
    fn addresses_from_the_root() {
        let (site, config) = (site(&["a/b.md"]), config());
        let addresses = Addresses::new(&site, &config);
        let html = |text: &str| {
            let rooted = Rooted::new(text, &addresses, site.pages.first());
            rooted.html(&UrlPath::new("/a/b.html"))
        };
        for (text, want) in [
            ("<a href=\"/x.html?a=1&amp;b#c\">x</a>", "<a href=\"../x.html?a=1&amp;b#c\">x</a>"),
            (
                "<a class='y' href='/'>x</a> <img src=\"/i.png\">",
                "<a class='y' href='../'>x</a> <img src=\"../i.png\">",
            ),
            ("<a href=\"//h/x\">", "<a href=\"//h/x\">"),
            ("<a href=\"https://h/x\" data-href=\"/y\">", "<a href=\"https://h/x\" data-href=\"/y\">"),
            ("a href=\"/x", "a href=\"/x"),
            ("© 2026", "© 2026"),
        ] {
            assert_eq!(html(text), want, "{text}");
        }
    }
}
