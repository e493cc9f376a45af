//! `opensearch.xml`: what a browser reads to search the site from its address bar (OpenSearch 1.1).

use crate::config::Config;
use crate::site::made::{OPEN_SEARCH, SEARCH_PAGE};
use crate::site::{Locale, Site};

/// Path and text of the description for each language that can be searched, for a site published at `url`.
pub(super) fn files(site: &Site, config: &Config, url: &str) -> Vec<(String, String)> {
    let searched = site.locales.iter().enumerate().filter(|(index, _)| config.theme.frame(*index).search);
    searched
        .filter_map(|(_, locale)| {
            let path = locale.prefix.join(OPEN_SEARCH).out_path()?;
            Some((path.as_str().to_owned(), text(locale, url)))
        })
        .collect()
}

fn text(locale: &Locale, url: &str) -> String {
    let escaped = crate::base::escaped;
    // The protocol allows sixteen characters.
    let name: String = locale.title.chars().take(16).collect();
    let name = if name.trim().is_empty() { locale.lang.to_string() } else { name.trim().to_owned() };
    let address = format!("{url}{}", locale.prefix.join(SEARCH_PAGE).encoded());
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>{}</ShortName>\n<Description>{}</Description>\n<Language>{}</Language>\n\
         <InputEncoding>UTF-8</InputEncoding>\n<Url type=\"text/html\" template=\"{}?q={{searchTerms}}\"/>\n\
         </OpenSearchDescription>\n",
        escaped(&name),
        escaped(&locale.title),
        escaped(&locale.lang),
        escaped(&address)
    )
}
