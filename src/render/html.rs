//! A page's HTML: its body with the holes filled, in the theme's template.

use crate::diag::Diagnostic;
use crate::page::{CodeMemo, Page};
use crate::site::Site;

use super::body;
use super::dates;
use super::theme::Theme;
use super::view::View;

/// A table of contents in a text.
const CONTENTS: &str = "<nav class=\"table-of-contents\">";

/// A page, rendered.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// Its HTML.
    pub html: String,
    /// What of it could not be shown.
    pub diagnostics: Vec<Diagnostic>,
}

/// The HTML of a page; its code is highlighted once for all pages that have it. Errors are those of templates that compile and cannot be filled in.
pub fn html(view: &View, page: &Page, site: &Site, theme: &Theme, code: &CodeMemo) -> Result<Rendered, Diagnostic> {
    let entry = &site.pages[view.id.0 as usize];
    let (mut context, words) = context(view, theme);
    let mark = words.as_map().and_then(|words| words.get(&"new_window".into())).and_then(tera::Value::as_str);
    let mark = mark.unwrap_or_default();
    if let Some(day) = &view.last_updated {
        let text = Some(day).filter(|_| view.date_in_words).and_then(|day| dates::in_words(day, &words));
        context.insert("last_updated_text", text.as_ref().unwrap_or(day));
    }
    let (content, diagnostics) = body::fill(page, entry, (view, mark), (theme, code), &context);
    // Where there are several ways through a page, each has its name.
    let contents = words.as_map().and_then(|words| words.get(&"contents".into())).and_then(tera::Value::as_str);
    let content = match contents.filter(|_| content.contains(CONTENTS)) {
        Some(name) => {
            let named = format!("<nav aria-label=\"{}\" class=\"table-of-contents\">", crate::base::escaped(name));
            content.replacen(CONTENTS, &named, 1)
        }
        None => content,
    };
    context.insert_value("content", tera::Value::safe_string(&content));
    let html = theme.templates.render(&template(view, theme), &context)?;
    Ok(Rendered { html, diagnostics })
}

/// What templates read of a page, but for its text; and the words of the theme that it speaks.
pub(super) fn context(view: &View, theme: &Theme) -> (tera::Context, tera::Value) {
    let words = view.words.clone().unwrap_or_else(|| theme.texts.value(&view.page.lang));
    let mut context = tera::Context::from_serialize(view).expect("a view is plain data with names for keys");
    context.insert_value("t", words.clone());
    context.insert("features", &theme.features);
    context.insert_value("front_matter", front_matter(view));
    (context, words)
}

/// The template for the page: `home.html`, the one that its front matter's `layout` names if the theme has it, or `page.html`.
fn template(view: &View, theme: &Theme) -> String {
    let named = format!("{}.html", view.page.layout);
    let frames = ["base.html", "404.html", "search.html"];
    if theme.templates.contains(&named) && !frames.contains(&named.as_str()) { named } else { "page.html".to_owned() }
}

/// The front matter as templates take it, without values that they could not (keys that are lists or mappings).
fn front_matter(view: &View) -> tera::Value {
    let entries = view.front_matter.values.iter();
    let readable = entries
        .filter_map(|(key, value)| Some((key.as_str()?.to_owned(), tera::Value::try_from_serializable(value).ok()?)));
    tera::Value::from_serializable(&readable.collect::<std::collections::BTreeMap<_, _>>())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::base::UrlPath;
    use crate::config::{Config, Conventions, Layout};
    use crate::page::Piece;
    use crate::render::testing::{self, Memory, config, default_theme, french, group, link, parsed, site, to, tree};
    use crate::render::{Frame, view};
    use crate::site::{NavLink, PageId, Resolved};
    use crate::vfs::{Changes, History};

    fn rendered(
        site: &Site,
        config: &Config,
        theme: &Theme,
        index: usize,
        body: Vec<Piece>,
    ) -> Result<String, Diagnostic> {
        let page = parsed(&site.pages[index], body);
        let frame = Frame::new(site, config, theme);
        assert_eq!(frame.diagnostics(), []);
        html(&view(&page, PageId(index as u32), site, config, &frame), &page, site, theme, &CodeMemo::default())
            .map(|rendered| rendered.html)
    }

    /// Checks that the page has each of `wanted` and none of `unwanted`.
    fn check(html: &str, wanted: &[&str], unwanted: &[&str]) {
        for part in wanted {
            assert!(html.contains(part), "{part} is missing in\n{html}");
        }
        for part in unwanted {
            assert!(!html.contains(part), "{part} is in\n{html}");
        }
    }

    /// A site of two languages with everything around its first page, `guide/start.md`.
    fn full() -> (Site, Config) {
        let (mut site, mut config) = (site(&["guide/start.md", "guide/next.md", "index.md", "fr/index.md"]), config());
        site.locales.push(french());
        site.pages[3].locale = 1;
        site.locales[0].nav =
            Arc::new(tree(vec![link("Guide", "/guide/"), group("More", None, vec![link("Next", "/guide/next.html")])]));
        let side = tree(vec![group(
            "Guide & co",
            Some(true),
            vec![link("Start", "/guide/start.html"), link("Next", "/guide/next.html")],
        )]);
        let start = &mut site.pages[0];
        start.sidebar = Some(Arc::new(side));
        start.next = Some(NavLink { text: "Next".into(), html: None, target: to("/guide/next.html") });
        start.translations = vec![(1, UrlPath::new("/fr/"), false)];
        let fragment = Resolved::Page { url: UrlPath::new("/guide/next.html"), suffix: "?a=1&b=2#c".into() };
        let links = vec![
            to("/"),
            fragment,
            Resolved::External("https://example.org/?a&b".into()),
            Resolved::External("mailto:a@b.c".into()),
        ];
        testing::with(start, links, &[(1, "start"), (2, "one"), (3, "two"), (2, "three")]);
        let theme = Arc::make_mut(&mut config.theme);
        theme.frame.edit_link = Some("https://example.org/edit/:path".into());
        theme.frame.repo = Some("https://github.com/a/b".into());
        (site, config)
    }

    #[test]
    fn links_to_other_sites_open_as_the_layout_has_it() {
        let (site, mut config) = full();
        for (layout, want) in [
            (Layout::Native, "<a href=\"https://example.org/?a&amp;b\"></a>"),
            (
                Layout::VuePress1,
                "<a href=\"https://example.org/?a&amp;b\" target=\"_blank\" rel=\"noopener noreferrer\"> \
                 <span class=\"visually-hidden\">(opens in a new window)</span></a>",
            ),
        ] {
            Arc::make_mut(&mut config.site).layout = layout;
            let body = vec![
                Piece::Html("<a href=\"".into()),
                Piece::Link(2),
                Piece::Html("\"".into()),
                Piece::LinkAttributes(2),
                Piece::Html(">".into()),
                Piece::LinkMark(2),
                Piece::Html("</a>".into()),
            ];
            let html = rendered(&site, &config, &default_theme(), 0, body).expect("it renders");
            check(&html, &[want], &[]);
        }
    }

    #[test]
    fn a_page_tells_who_changed_it_and_when() {
        let (site, mut config) = full();
        let around = &mut Arc::make_mut(&mut config.theme).frame;
        (around.last_updated, around.contributors) = (true, true);
        let changes = Changes { last: 1_709_164_800, authors: vec!["Ada".into(), "Bob & co".into()] };
        let history = History::from([(site.pages[0].head.path.clone(), changes)]);
        let theme = default_theme();
        let shown = |config: &Config, index: usize| {
            let page = parsed(&site.pages[index], Vec::new());
            let frame = Frame::new(&site, config, &theme).with_history(&site, &history);
            html(&view(&page, PageId(index as u32), &site, config, &frame), &page, &site, &theme, &CodeMemo::default())
                .expect("it renders")
                .html
        };
        let told = "<p class=\"history\">Last updated: <time datetime=\"2024-02-29\">February 29, 2024</time> \
                    <span>Contributors: Ada, Bob &amp; co</span></p>";
        check(&shown(&config, 0), &[told], &[]);
        check(&shown(&config, 1), &[], &["class=\"history\""]);
        Arc::make_mut(&mut config.theme).frame.last_updated = false;
        check(&shown(&config, 0), &["<p class=\"history\"> <span>Contributors: Ada"], &["<time"]);
    }

    #[test]
    fn an_ordinary_page() {
        let (site, config) = full();
        let hole = |number| {
            [
                Piece::Html("<a href=\"".into()),
                Piece::Link(number),
                Piece::Html("\"".into()),
                Piece::LinkAttributes(number),
                Piece::Html(">".into()),
            ]
        };
        let body = (0..4).flat_map(hole).collect();
        let html = rendered(&site, &config, &default_theme(), 0, body).expect("it renders");
        check(
            &html,
            &[
                "<html lang=\"en-US\" dir=\"ltr\">",
                "<title>Start | Site</title>",
                "<meta name=\"description\" content=\"A site\">",
                // A browser looks for no icon where the page says that there is none.
                "<link rel=\"icon\" href=\"data:,\">",
                "<article class=\"prose\" data-source=\"guide/start.md\"><a href=\"../\"><a href=\"next.html?a=1&amp;b=2#c\">\
                 <a href=\"https://example.org/?a&amp;b\"><a href=\"mailto:a@b.c\"></article>",
                "<a class=\"skip\" href=\"#ui:main\">Skip to content</a>",
                "<a href=\"./\" aria-current=\"true\">Guide</a>",
                "<summary>More</summary>",
                "<a href=\"https://github.com/a/b\">GitHub</a>",
                "<nav class=\"sidebar\" data-part=\"sidebar\" aria-label=\"Pages\"><ul><li><details open><summary>Guide &amp; co</summary><ul>\
                 <li><a href=\"start.html\" aria-current=\"page\">Start</a></li><li><a href=\"next.html\">Next</a></li></ul></details></li></ul></nav>",
                "<nav class=\"breadcrumb\" data-part=\"breadcrumb\" aria-label=\"Breadcrumb\"><ol><li>Guide &amp; co</li></ol></nav>",
                "<ul><li><a href=\"#ui:main\">Overview</a></li><li><a href=\"#one\"><code>one</code></a><ul><li><a href=\"#two\"><code>two</code></a></li></ul></li>\
                 <li><a href=\"#three\"><code>three</code></a></li></ul>",
                "<a rel=\"next\" href=\"next.html\"><span>Next</span> Next</a>",
                "<a href=\"https://example.org/edit/guide/start.md\">Edit this page</a>",
                "<a href=\"../fr/\" lang=\"fr-FR\" hreflang=\"fr-FR\">Français</a>",
                "<link rel=\"stylesheet\" href=\"../assets/style.",
            ],
            &["href=\"/", "src=\"/", "<a rel=\"prev\"", "canonical"],
        );
        let scripts: Vec<&str> =
            html.split("<script>").skip(1).filter_map(|rest| rest.split("</script>").next()).collect();
        assert!(!scripts.is_empty() && scripts.iter().all(|script| script.len() <= 300));
    }

    #[test]
    fn words_are_in_the_language_of_the_page() {
        let (site, config) = full();
        let html = rendered(&site, &config, &default_theme(), 3, Vec::new()).expect("it renders");
        check(
            &html,
            &["lang=\"fr-FR\"", "Aller au contenu", "aria-label=\"Navigation principale\""],
            &["Skip to content"],
        );
    }

    #[test]
    fn front_matter_takes_parts_away() {
        for (front_matter, conventions, unwanted) in [
            ("navbar: false", Conventions::VuePress1, &["<nav class=\"navbar\""][..]),
            ("sidebar: false", Conventions::VuePress2, &["<nav class=\"sidebar\""]),
            ("outline: false", Conventions::VitePress1, &["<nav class=\"outline\""]),
            ("editLink: false", Conventions::VuePress2, &["Edit this page"]),
            (
                "layout: page",
                Conventions::VitePress1,
                &["<nav class=\"outline\"", "<nav class=\"pager\"", "Edit this page"],
            ),
            (
                "layout: false",
                Conventions::VitePress2,
                &["<nav class=\"navbar\"", "<nav class=\"sidebar\"", "<nav class=\"pager\""],
            ),
        ] {
            let theme = default_theme();
            let (mut site, mut config) = full();
            Arc::make_mut(&mut config.site).conventions = conventions;
            let whole = rendered(&site, &config, &theme, 0, Vec::new()).expect("it renders");
            check(&whole, unwanted, &[]);
            let mut head = (*site.pages[0].head).clone();
            head.front_matter = Arc::new(crate::page::FrontMatter {
                values: serde_yaml::from_str(front_matter).expect("it is YAML"),
                ..crate::page::FrontMatter::default()
            });
            site.pages[0].head = Arc::new(head);
            let less = rendered(&site, &config, &theme, 0, Vec::new()).expect("it renders");
            check(&less, &["<article class=\"prose\" data-source=\"guide/start.md\"></article>"], unwanted);
        }
    }

    #[test]
    fn a_home_page() {
        let (mut site, config) = full();
        site.pages[2] = testing::page(
            "index.md",
            "{home: true, pageClass: mine, tagline: 'A & B', actions: [{text: Go, link: /guide/start.md}], features: [{title: F, details: D}], footer: The end}",
        );
        let html =
            rendered(&site, &config, &default_theme(), 2, vec![Piece::Html("<p>x</p>".into())]).expect("it renders");
        check(
            &html,
            &[
                "<body class=\"layout-home mine\">",
                "<h1><span class=\"hero-name\">Site</span></h1>",
                "<p class=\"tagline\">A &amp; B</p>",
                "<a class=\"action primary\" href=\"guide/start.html\">Go</a>",
                "<h2>F</h2>",
                "<article class=\"prose\" data-source=\"index.md\"><p>x</p></article>",
                "<footer class=\"footer\" data-part=\"footer\">The end</footer>",
            ],
            &["<nav class=\"sidebar\"", "<nav class=\"outline\""],
        );
    }

    #[test]
    fn absolute_addresses_need_the_address_of_the_site() {
        let (mut site, mut config) = full();
        Arc::make_mut(&mut config.site).url = Some("https://example.org/docs".into());
        site.pages[0].translations = vec![(1, UrlPath::new("/fr/guide/start.html"), true)];
        let html = rendered(&site, &config, &default_theme(), 0, Vec::new()).expect("it renders");
        check(
            &html,
            &[
                "<link rel=\"canonical\" href=\"https://example.org/docs/guide/start.html\">",
                "<link rel=\"alternate\" hreflang=\"fr-FR\" href=\"https://example.org/docs/fr/guide/start.html\">",
            ],
            &[],
        );
    }

    #[test]
    fn a_theme_changes_one_file() {
        let (site, mut config) = full();
        Arc::make_mut(&mut config.theme).name = "mine".into();
        let load = |name: &str, text: &str| {
            let path = format!("themes/mine/templates/{name}");
            let files = Memory::new(&[(&path, text)]);
            let (theme, found) = Theme::load(&files, &files.paths(), &config);
            assert_eq!(found, []);
            theme
        };
        let render = |theme: &Theme| rendered(&site, &config, theme, 0, vec![Piece::Html("<p>x</p>".into())]);

        let banner = "{% extends \"default/base.html\" %}{% block banner %}<p>{{ page.title }}!</p>{% endblock %}";
        check(&render(&load("base.html", banner)).expect("it renders"), &["<p>Start!</p>", "<p>x</p></article>"], &[]);

        let item = "{% component sidebar_item(item: map) %}<li>[{{ item.text }}]</li>{% endcomponent %}";
        check(
            &render(&load("partials/sidebar_item.html", item)).expect("it renders"),
            &["<ul><li>[Guide &amp; co]</li>"],
            &[],
        );

        let broken =
            render(&load("partials/page_foot.html", "a\n{{ page.none }}")).expect_err("it has no such variable");
        let span = broken.span.expect("a place");
        assert_eq!(
            (span.file.as_str(), span.start),
            ("themes/mine/templates/partials/page_foot.html", 10),
            "{}",
            broken.message
        );
        assert_eq!(broken.code, "template-error");
    }
}
