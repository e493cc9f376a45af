//! Where links lead, as a page's HTML writes it.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use crate::base::UrlPath;
use crate::config::Config;
use crate::site::{PageId, Resolved, Site, SitePage};

/// The address for an `href` of the page at `from`, not yet HTML-escaped.
pub(super) fn href(target: &Resolved, from: &UrlPath) -> String {
    match target {
        Resolved::Page { url, suffix } | Resolved::File { url, suffix } => {
            let mut address = url.relative_from(from);
            address.push_str(suffix);
            address
        }
        Resolved::Here(address) | Resolved::External(address) | Resolved::Broken(address) => address.to_string(),
    }
}

/// Whether an address names its scheme or its host: it leads out of the site.
pub(super) fn is_absolute(address: &str) -> bool {
    if address.starts_with("//") {
        return true;
    }
    let Some((scheme, _)) = address.split_once(':') else { return false };
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|character| character.is_ascii_alphanumeric() || matches!(character, '+' | '-' | '.'))
}

/// The pages of a site by address.
pub(super) struct Addresses<'a> {
    site: &'a Site,
    config: &'a Config,
    pages: BTreeMap<&'a UrlPath, PageId>,
}

impl<'a> Addresses<'a> {
    pub(super) fn new(site: &'a Site, config: &'a Config) -> Addresses<'a> {
        let pages = site.pages.iter().zip(0..).map(|(page, index)| (&page.route.url, PageId(index))).collect();
        Addresses { site, config, pages }
    }

    /// An address that front matter or settings write, as an `href` of `page`: `/guide/`, `./start.md`, `/logo.png`,
    /// `https://...`. What leads to no page is taken for a file.
    pub(super) fn href(&self, written: &str, page: &SitePage) -> String {
        let written = written.trim();
        if is_absolute(written) || written.starts_with('#') {
            return written.to_owned();
        }
        let (path, suffix) = written.split_at(written.find(['?', '#']).unwrap_or(written.len()));
        let decoded = percent_decode_str(path).decode_utf8_lossy();
        let inside = below_base(&decoded, &self.config.site.base);
        let url = self.page_of_file(&inside, page).or_else(|| self.page_at(&inside, page));
        let mut address = match url {
            Some(url) => url.relative_from(&page.route.url),
            None => page.route.url.join(&inside).relative_from(&page.route.url),
        };
        address.push_str(suffix);
        address
    }

    /// Whether a page has this address.
    pub(super) fn is_page(&self, url: &UrlPath) -> bool {
        self.pages.contains_key(url)
    }

    /// The path of the site that an address means which starts at the root, and its query and fragment.
    pub(super) fn rooted(&self, written: &str, any: &SitePage) -> (UrlPath, String) {
        let (path, suffix) = written.split_at(written.find(['?', '#']).unwrap_or(written.len()));
        let decoded = percent_decode_str(path).decode_utf8_lossy();
        let inside = below_base(&decoded, &self.config.site.base);
        let url = self.page_of_file(&inside, any).or_else(|| self.page_at(&inside, any)).cloned();
        (url.unwrap_or_else(|| UrlPath::new(&inside)), suffix.to_owned())
    }

    /// The page made from the Markdown file `path`.
    fn page_of_file(&self, path: &str, page: &SitePage) -> Option<&UrlPath> {
        if !path.to_ascii_lowercase().ends_with(".md") {
            return None;
        }
        let file = match path.strip_prefix('/') {
            Some(path) => self.config.project.content.join(path)?,
            None => page.head.path.folder().join(path)?,
        };
        Some(&self.site.pages.get(self.site.by_path.get(&file)?.0 as usize)?.route.url)
    }

    /// The page at the address `path`, or at what `path` is short for.
    fn page_at(&self, path: &str, page: &SitePage) -> Option<&UrlPath> {
        let url = page.route.url.join(path);
        let text = url.as_str();
        let candidates = [
            text.to_owned(),
            format!("{text}.html"),
            format!("{text}/"),
            text.trim_end_matches("index.html").to_owned(),
            text.trim_end_matches(".html").to_owned(),
        ];
        let id = candidates.iter().find_map(|candidate| self.pages.get(&UrlPath::new(candidate)))?;
        Some(&self.site.pages.get(id.0 as usize)?.route.url)
    }
}

/// `path` without the base that old settings publish the site under.
pub(super) fn below_base(path: &str, base: &str) -> String {
    let base = base.trim_end_matches('/');
    match path.strip_prefix(base) {
        Some(rest) if !base.is_empty() && (rest.is_empty() || rest.starts_with('/')) => {
            format!("/{}", rest.trim_start_matches('/'))
        }
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::testing::{config, site};

    #[test]
    fn addresses_of_settings() {
        let (site, mut config) = (site(&["index.md", "guide/start.md", "guide/README.md"]), config());
        std::sync::Arc::make_mut(&mut config.site).base = "/docs/".into();
        let addresses = Addresses::new(&site, &config);
        let start = site.pages.iter().find(|page| &*page.head.relative == "guide/start.md").expect("it is there");
        for (written, want) in [
            ("/guide/", "./"),
            ("/guide/start#a", "start.html#a"),
            ("/guide/start.md", "start.html"),
            ("../index.md?x=1", "../?x=1"),
            ("/docs/guide/start.html", "start.html"),
            ("/logo é.png", "../logo%20%C3%A9.png"),
            ("https://example.org/a", "https://example.org/a"),
            ("mailto:a@example.org", "mailto:a@example.org"),
            ("#top", "#top"),
        ] {
            assert_eq!(addresses.href(written, start), want, "{written}");
        }
    }

    #[test]
    fn absolute_addresses() {
        for (address, want) in [("https://a", true), ("//a/b", true), ("a/b:c", false), ("/a", false), ("tel:1", true)]
        {
            assert_eq!(is_absolute(address), want, "{address}");
        }
    }
}
