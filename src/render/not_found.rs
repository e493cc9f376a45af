//! `404.html`, which a server sends at any depth: its addresses are seen from the site's root.

use serde::Serialize;

use crate::base::UrlPath;
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::site::{Locale, Site};

use super::theme::Theme;

/// The way back to one language's home page.
#[derive(Serialize)]
struct Place {
    lang: String,
    dir: &'static str,
    title: String,
    text: String,
    go_home: String,
    href: String,
    /// The page that searches, which is the plan of the site, too.
    search: Option<Search>,
}

/// The way to the search.
#[derive(Serialize)]
struct Search {
    text: String,
    href: String,
}

/// The HTML of `404.html`, in the site's languages.
pub fn not_found(site: &Site, config: &Config, theme: &Theme) -> Result<String, Diagnostic> {
    let root = UrlPath::root();
    let place = |(index, locale): (usize, &'_ Locale)| {
        let own = &config.theme.frame(index).texts;
        let word = |key: &str| theme.texts.get(&locale.lang, own, key).to_owned();
        Place {
            lang: locale.lang.to_string(),
            dir: super::view::direction(&locale.lang),
            title: word("not_found_title"),
            text: word("not_found_text"),
            go_home: word("go_home"),
            href: locale.home.relative_from(&root),
            search: config.theme.frame(index).search.then(|| Search {
                text: word("search"),
                href: super::search::page(&locale.prefix).relative_from(&root),
            }),
        }
    };
    let places: Vec<Place> = site.locales.iter().enumerate().map(place).collect();
    let lang = places.first().map_or("en", |place| &place.lang);
    let relative = |urls: &[UrlPath]| urls.iter().map(|url| url.relative_from(&root)).collect::<Vec<_>>();
    let mut context = tera::Context::new();
    context.insert("page", &serde_json::json!({ "lang": lang, "dir": super::view::direction(lang) }));
    let icon = super::frame::icon(site).map(|icon| icon.relative_from(&root));
    let title = site.locales.first().map(|locale| &*locale.title);
    context.insert("site", &serde_json::json!({ "title": title, "icon": icon }));
    context.insert("assets", &serde_json::json!({ "styles": relative(&theme.styles) }));
    context.insert("base", &config.site.root());
    context.insert("places", &places);
    context.insert_value("t", theme.texts.with(lang, &config.theme.frame.texts));
    theme.templates.render("404.html", &context)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::render::testing::{config, default_theme, french, site};

    #[test]
    fn finds_its_way() {
        let (theme, mut settings) = (default_theme(), config());
        let page = |settings: &Config| not_found(&site(&["index.md"]), settings, &theme).expect("it renders");
        assert!(page(&settings).contains("<base href=\"/\">"));
        Arc::make_mut(&mut settings.site).base = "/docs/".into();
        assert!(page(&settings).contains("<base href=\"/docs/\">"));
        Arc::make_mut(&mut settings.site).url = Some("https://example.org/a/b".into());
        let html = page(&settings);
        assert!(html.contains("<base href=\"/a/b/\">"));
        assert!(html.contains(&format!("<link rel=\"stylesheet\" href=\"{}\"", &theme.styles[0].as_str()[1..])));
        for script in html.split("<script>").skip(1) {
            assert!(script.split("</script>").next().is_some_and(|script| script.len() <= 300), "{script}");
        }
    }

    #[test]
    fn speaks_every_language_of_the_site() {
        let mut site = site(&["index.md"]);
        site.locales.push(french());
        let html = not_found(&site, &config(), &default_theme()).expect("it renders");
        assert!(html.contains("<html lang=\"en-US\"") && html.contains("<h1>Page not found</h1>"), "{html}");
        assert!(html.contains("<section lang=\"fr-FR\" dir=\"ltr\">") && html.contains("Page introuvable"), "{html}");
        assert!(html.contains("href=\"fr/\">") && html.contains("href=\"fr/search.html\">Rechercher</a>"), "{html}");
    }
}
