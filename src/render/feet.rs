//! What stands at the foot of all pages, and above them: where it leads.

use crate::base::UrlPath;
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::site::{Site, is_ignored, made};

use super::address::Addresses;
use super::rooted::Rooted;

/// The addresses of `footer` and `announcement` that lead to nothing: each as it leads, and what is said of it, without its place.
pub fn dead_feet(site: &Site, config: &Config) -> Vec<(UrlPath, Diagnostic)> {
    let frames = (0..site.locales.len()).map(|index| config.theme.frame(index));
    let texts = frames.flat_map(|frame| [("footer", &frame.footer), ("announcement", &frame.announcement)]);
    let mut texts: Vec<(&str, &str)> = texts.filter_map(|(key, html)| Some((key, html.as_deref()?))).collect();
    texts.sort_unstable();
    texts.dedup();
    if texts.is_empty() {
        return Vec::new();
    }
    let addresses = Addresses::new(site, config);
    let mut found = Vec::new();
    for (key, html) in texts {
        let rooted = Rooted::new(html, &addresses, site.pages.first());
        for url in rooted.targets().filter(|url| !is_there(url, site, &addresses)) {
            if is_ignored(url.as_str(), &config.site.ignored_links) {
                continue;
            }
            let told = Diagnostic::warning(
                "dead-link",
                format!("`{key}` leads to `{url}`, and there is no such page or file"),
            )
            .help("correct the address in the settings: it is the one of a page or a file, from the root of the site");
            found.push((url.clone(), told));
        }
    }
    found
}

/// Whether a site has something at an address.
fn is_there(url: &UrlPath, site: &Site, addresses: &Addresses<'_>) -> bool {
    if addresses.is_page(url) || *url == UrlPath::root() {
        return true;
    }
    let Some(out) = url.out_path() else { return false };
    site.files.contains_key(&out)
        || site.redirects.contains_key(&out)
        || made::is_made(&out)
        || out.as_str().starts_with(made::ASSETS)
        || out.as_str().ends_with(made::SEARCH_PAGE)
        || site.pages.iter().any(|page| page.markdown.as_ref() == Some(url))
}
