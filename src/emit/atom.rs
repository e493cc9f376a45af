//! `atom.xml`: the pages with a date, the newest first (Atom, RFC 4287).

use serde_yaml::Value;

use crate::base::{UrlPath, moment, rfc3339};
use crate::config::SiteConfig;
use crate::site::{Locale, Site, SitePage, feeds};
use crate::vfs::History;

use super::xml::escaped;

/// Path and text of the feed of each language that has one, for a site published at `url`.
pub(super) fn files(site: &Site, config: &SiteConfig, url: &str, history: &History) -> Vec<(String, String)> {
    let feed = |(index, feed): (usize, Option<UrlPath>)| {
        let address = feed?;
        let mut dated: Vec<(i64, &SitePage)> = site
            .pages
            .iter()
            .filter(|page| page.locale == index && page.is_listed())
            .filter_map(|page| Some((page.published()?, page)))
            .collect();
        dated.sort_by(|(a, first), (b, second)| b.cmp(a).then_with(|| first.route.url.cmp(&second.route.url)));
        dated.truncate(config.publish.feed_limit);
        let path = address.out_path()?;
        Some((path.as_str().to_owned(), text(&site.locales[index], &dated, &address, url, history)))
    };
    feeds(site, config).into_iter().enumerate().filter_map(feed).collect()
}

fn text(locale: &Locale, pages: &[(i64, &SitePage)], address: &UrlPath, url: &str, history: &History) -> String {
    let absolute = |path: &UrlPath| escaped(&format!("{url}{}", path.encoded()));
    let entries: Vec<(i64, String)> = pages.iter().map(|(date, page)| entry(*date, page, &absolute, history)).collect();
    let updated = entries.iter().map(|(updated, _)| *updated).max().unwrap_or_default();
    let (title, home, own) = (escaped(&locale.title), absolute(&locale.home), absolute(address));
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <id>{home}</id>\n<title>{title}</title>\n",
        escaped(&locale.lang)
    );
    if !locale.description.is_empty() {
        xml.push_str(&format!("<subtitle>{}</subtitle>\n", escaped(&locale.description)));
    }
    xml.push_str(&format!(
        "<link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{home}\"/>\n\
         <updated>{}</updated>\n<author><name>{title}</name></author>\n<generator>Pressoir</generator>\n",
        rfc3339(updated)
    ));
    xml.extend(entries.into_iter().map(|(_, entry)| entry));
    xml.push_str("</feed>\n");
    xml
}

/// When a page was changed last, and its entry.
fn entry(published: i64, page: &SitePage, absolute: &impl Fn(&UrlPath) -> String, history: &History) -> (i64, String) {
    let updated = super::changed(page, history).unwrap_or(published).max(published);
    let address = absolute(&page.route.url);
    let mut xml = format!(
        "<entry>\n<id>{address}</id>\n<title>{}</title>\n<link rel=\"alternate\" type=\"text/html\" href=\"{address}\"/>\n\
         <published>{}</published>\n<updated>{}</updated>\n",
        escaped(&page.title),
        rfc3339(published),
        rfc3339(updated)
    );
    for name in authors(page) {
        xml.push_str(&format!("<author><name>{}</name></author>\n", escaped(&name)));
    }
    if let Some(summary) = page.summary() {
        xml.push_str(&format!("<summary>{}</summary>\n", escaped(summary)));
    }
    xml.push_str("</entry>\n");
    (updated, xml)
}

/// Who wrote a page, as its front matter says: a name, `name:`, or a list of either.
fn authors(page: &SitePage) -> Vec<String> {
    let values = &page.head.front_matter.values;
    let Some(written) = values.get("author").or_else(|| values.get("authors")) else { return Vec::new() };
    let one = |value: &Value| match value {
        Value::String(name) => Some(name.trim().to_owned()),
        Value::Mapping(keys) => keys.get("name")?.as_str().map(|name| name.trim().to_owned()),
        _ => None,
    };
    let list = written.as_sequence().map_or_else(|| std::slice::from_ref(written), Vec::as_slice);
    list.iter().filter_map(one).filter(|name| !name.is_empty()).collect()
}

/// The moment that the front matter names as that of the last change.
pub(super) fn written_change(page: &SitePage) -> Option<i64> {
    let values = &page.head.front_matter.values;
    ["lastUpdated", "updated"].iter().find_map(|key| moment(values.get(*key)?.as_str()?))
}
