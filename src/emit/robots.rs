//! `robots.txt`: everything may be read, and where the sitemap is.

use crate::site::made::SITEMAP;

/// The text of `robots.txt` for a site published at `url`.
pub(super) fn text(url: &str) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {url}/{SITEMAP}\n")
}
