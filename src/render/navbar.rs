//! The links at the top, as a page shows them.

use std::collections::BTreeMap;
use std::sync::Arc;

use regex::Regex;
use serde::Serialize;

use crate::base::UrlPath;
use crate::diag::Diagnostic;
use crate::site::{NavItem, Resolved, Site};

use super::address::href;

/// An entry of the navbar.
#[derive(Clone, Debug, Serialize)]
pub(super) struct NavEntry {
    text: Arc<str>,
    /// The same as HTML, where that is more than the text.
    html: Option<Arc<str>>,
    href: Option<String>,
    external: bool,
    /// `page` on the page that it leads to, `true` on those that it stands for.
    current: Option<&'static str>,
    /// The window that it opens in.
    target: Option<Arc<str>>,
    rel: Option<Arc<str>>,
    /// Whether the mark of links to other sites is left out.
    no_icon: bool,
    items: Vec<NavEntry>,
}

/// The regular expressions that say where entries are current.
#[derive(Default)]
pub(super) struct Matchers(BTreeMap<Arc<str>, Regex>);

impl Matchers {
    /// Those of a site, and what is wrong with them.
    pub(super) fn new(site: &Site) -> (Matchers, Vec<Diagnostic>) {
        let (mut matchers, mut diagnostics) = (Matchers::default(), Vec::new());
        for item in site.locales.iter().flat_map(|locale| &locale.nav.items) {
            matchers.add(item, &mut diagnostics);
        }
        (matchers, diagnostics)
    }

    fn add(&mut self, item: &NavItem, diagnostics: &mut Vec<Diagnostic>) {
        if let Some(pattern) = &item.extra.active_match
            && !self.0.contains_key(pattern)
        {
            match Regex::new(pattern) {
                Ok(regex) => {
                    self.0.insert(pattern.clone(), regex);
                }
                Err(_) => diagnostics.push(
                    Diagnostic::warning(
                        "setting-value",
                        format!("`{pattern}` is no regular expression that is known here"),
                    )
                    .help("write it simpler: `^/guide/`; until then its entry is current on its own page only"),
                ),
            }
        }
        for inner in &item.items {
            self.add(inner, diagnostics);
        }
    }

    /// Whether the entry says that it is current at this address, written with `.html` or without; `None` if it does not
    /// say.
    fn current(&self, item: &NavItem, url: &UrlPath) -> Option<bool> {
        let regex = self.0.get(item.extra.active_match.as_ref()?)?;
        let whole = url.as_str();
        Some(regex.is_match(whole) || regex.is_match(whole.strip_suffix(".html").unwrap_or(whole)))
    }
}

/// An entry as the page at `url` shows it.
pub(super) fn nav_entry(item: &NavItem, url: &UrlPath, site: &Site, matchers: &Matchers) -> NavEntry {
    let items: Vec<NavEntry> = item.items.iter().map(|item| nav_entry(item, url, site, matchers)).collect();
    let current = match &item.target {
        Some(Resolved::Page { url: target, .. }) if target == url => Some("page"),
        target => {
            let is_below = || match target {
                // The home page is above every page, and would always be lit.
                Some(Resolved::Page { url: target, .. }) => {
                    target.is_folder()
                        && url.as_str().starts_with(target.as_str())
                        && site.locales.iter().all(|locale| locale.home != *target)
                }
                _ => false,
            };
            matchers.current(item, url).unwrap_or_else(is_below).then_some("true")
        }
    };
    NavEntry {
        text: item.text.clone(),
        html: item.extra.html.clone(),
        no_icon: item.extra.no_icon,
        href: item.target.as_ref().map(|target| href(target, url)),
        external: matches!(item.target, Some(Resolved::External(_))),
        current,
        target: item.extra.window.clone().filter(|window| !window.is_empty()),
        rel: item.extra.rel.clone().filter(|rel| !rel.is_empty()),
        items,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::testing::{link, site, tree};

    #[test]
    fn current_entries() {
        let mut site = site(&["guide/start.md", "guide/index.md", "index.md"]);
        let mut matched = link("API", "/api/");
        matched.extra.active_match = Some("^/guide/st".into());
        let mut wrong = link("Wrong", "/x.html");
        wrong.extra.active_match = Some("(?=x)".into());
        site.locales[0].nav = Arc::new(tree(vec![
            link("Home", "/"),
            link("Guide", "/guide/"),
            link("Start", "/guide/start.html"),
            matched,
            wrong,
        ]));
        let (matchers, found) = Matchers::new(&site);
        assert_eq!(found.len(), 1);
        let current = |url: &str| -> Vec<&str> {
            let url = UrlPath::new(url);
            let items = site.locales[0].nav.items.iter();
            items.map(|item| nav_entry(item, &url, &site, &matchers).current.unwrap_or("-")).collect()
        };
        assert_eq!(current("/guide/start.html"), ["-", "true", "page", "true", "-"]);
        assert_eq!(current("/guide/other.html"), ["-", "true", "-", "-", "-"]);
        assert_eq!(current("/"), ["page", "-", "-", "-", "-"]);
    }
}
