//! `404.html`, which a server sends at any depth: its addresses are seen from the site's root.

use serde::Serialize;

use crate::base::UrlPath;
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::site::{Locale, Site, made};

use super::frame::Frame;
use super::own_pages::{Kind, OwnPage};
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
pub fn not_found(site: &Site, config: &Config, theme: &Theme, frame: &Frame) -> Result<String, Diagnostic> {
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
    let page = OwnPage {
        kind: Kind::NotFound,
        url: UrlPath::new(made::NOT_FOUND),
        locale: 0,
        title: places.first().map_or("", |place| &place.title).into(),
        description: None,
        translations: (1..)
            .zip(site.locales.iter().skip(1))
            .map(|(index, other)| (index, other.home.clone()))
            .collect(),
    };
    let mut context = page.context(site, config, theme, frame);
    context.insert("base", &config.site.root());
    context.insert("places", &places);
    theme.templates.render("404.html", &context)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};
    use std::sync::Arc;

    use super::*;
    use crate::render::testing::{config, default_theme, french, site};

    /// How many bytes are sent for a text, without what is around it.
    fn compressed(text: &str) -> u64 {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("text", zip::write::SimpleFileOptions::default()).expect("it is begun");
        writer.write_all(text.as_bytes()).expect("it is written");
        let mut archive = zip::ZipArchive::new(writer.finish().expect("it is ended")).expect("it can be read");
        archive.by_index(0).expect("it is there").compressed_size()
    }

    #[test]
    fn finds_its_way() {
        let (theme, mut settings) = (default_theme(), config());
        let site = site(&["index.md"]);
        let page = |settings: &Config| {
            not_found(&site, settings, &theme, &Frame::new(&site, settings, &theme)).expect("it renders")
        };
        assert!(page(&settings).contains("<base href=\"/\">"));
        Arc::make_mut(&mut settings.site).base = "/docs/".into();
        assert!(page(&settings).contains("<base href=\"/docs/\">"));
        Arc::make_mut(&mut settings.site).url = Some("https://example.org/a/b".into());
        let html = page(&settings);
        assert!(html.contains("<base href=\"/a/b/\">"));
        assert!(html.contains(&format!("<link rel=\"stylesheet\" href=\"{}\"", &theme.styles[0].as_str()[1..])));
        for script in html.split("<script>").skip(1) {
            let script = script.split("</script>").next().expect("it ends");
            assert!(compressed(script) <= 300, "{script}");
        }
    }

    #[test]
    fn speaks_every_language_of_the_site() {
        let mut site = site(&["index.md"]);
        site.locales.push(french());
        let (config, theme) = (config(), default_theme());
        let html = not_found(&site, &config, &theme, &Frame::new(&site, &config, &theme)).expect("it renders");
        assert!(html.contains("<html lang=\"en-US\"") && html.contains("<h1>Page not found</h1>"), "{html}");
        assert!(html.contains("<section lang=\"fr-FR\" dir=\"ltr\">") && html.contains("Page introuvable"), "{html}");
        assert!(html.contains("href=\"fr/\">") && html.contains("href=\"fr/search.html\">Rechercher</a>"), "{html}");
    }
}
