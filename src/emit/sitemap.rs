//! `sitemap.xml`: the addresses of all pages and of their translations (sitemaps.org, protocol 0.9).

use super::xml::escaped;
use crate::base::{UrlPath, iso_date};
use crate::site::made::SITEMAP;
use crate::site::{Site, SitePage};
use crate::vfs::History;

/// The most addresses that the protocol allows in one file.
const MOST: usize = 50_000;

/// The sitemap of a site published at `url`: one file, or several with an index.
pub(super) fn files(site: &Site, url: &str, history: &History) -> Vec<(String, String)> {
    split(site, url, history, MOST)
}

/// The sitemap in files of at most `most` addresses.
pub(super) fn split(site: &Site, url: &str, history: &History, most: usize) -> Vec<(String, String)> {
    let mut pages: Vec<&SitePage> = site.pages.iter().filter(|page| page.is_listed()).collect();
    pages.sort_by(|a, b| a.route.url.cmp(&b.route.url));
    if pages.len() <= most {
        return vec![(SITEMAP.to_owned(), sitemap(site, &pages, url, history))];
    }
    let parts = (1..)
        .zip(pages.chunks(most))
        .map(|(number, pages)| (format!("sitemap-{number}.xml"), sitemap(site, pages, url, history)));
    let mut files: Vec<(String, String)> = parts.collect();
    let entries: String = files
        .iter()
        .map(|(name, _)| format!("<sitemap><loc>{}</loc></sitemap>\n", escaped(&format!("{url}/{name}"))))
        .collect();
    let index = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{entries}</sitemapindex>\n"
    );
    files.push((SITEMAP.to_owned(), index));
    files
}

fn sitemap(site: &Site, pages: &[&SitePage], url: &str, history: &History) -> String {
    let address = |path: &UrlPath| escaped(&format!("{url}{}", path.encoded()));
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"",
    );
    if site.locales.len() > 1 {
        text.push_str(" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"");
    }
    text.push_str(">\n");
    for page in pages {
        let loc = address(&page.route.url);
        text.push_str(&format!("<url><loc>{loc}</loc>"));
        if let Some(changed) = super::changed(page, history) {
            text.push_str(&format!("<lastmod>{}</lastmod>", iso_date(changed)));
        }
        let own = (page.locale, &page.route.url);
        let others = page.translations.iter().filter(|(_, _, same)| *same).map(|(locale, url, _)| (*locale, url));
        let mut versions: Vec<(usize, &UrlPath)> = others.chain([own]).collect();
        // A page names itself among its versions, or the others do not count.
        if versions.len() > 1 {
            versions.sort();
            for (locale, path) in versions {
                let lang = escaped(&site.locales[locale].lang);
                text.push_str(&format!(
                    "<xhtml:link rel=\"alternate\" hreflang=\"{lang}\" href=\"{}\"/>",
                    address(path)
                ));
            }
        }
        text.push_str("</url>\n");
    }
    text.push_str("</urlset>\n");
    text
}
