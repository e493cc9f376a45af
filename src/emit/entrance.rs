//! `index.html` where a language has no home page: who opens the site is led to its first page.

use crate::base::escaped;
use crate::site::{Locale, Site};

/// Path and HTML of each entrance that is missing.
pub(super) fn files(site: &Site) -> Vec<(String, String)> {
    let missing = site
        .locales
        .iter()
        .filter(|locale| locale.home != locale.prefix && site.pages.iter().any(|page| page.route.url == locale.home));
    missing.filter_map(|locale| Some((locale.prefix.out_path()?.as_str().to_owned(), html(locale)))).collect()
}

fn html(locale: &Locale) -> String {
    let href = escaped(&locale.home.relative_from(&locale.prefix));
    let (lang, title) = (escaped(&locale.lang), escaped(&locale.title));
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta http-equiv=\"refresh\" content=\"0; url={href}\">\n<link rel=\"canonical\" href=\"{href}\">\n</head>\n\
         <body>\n<p><a href=\"{href}\">{title}</a></p>\n</body>\n</html>\n"
    )
}
