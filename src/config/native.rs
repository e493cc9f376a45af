//! `pressoir.yml` -> [`Config`].

mod checks;
mod containers;
mod frame;
mod links;
mod markdown;
mod notices;
mod publish;
mod redirects;
mod site;
mod theme;

pub use checks::settle as checks;
pub use containers::is_balanced;
pub use links::external as external_links;
pub use markdown::{line_numbers, mermaid, toc_look};
pub use publish::google_id;
pub use redirects::listed as redirects;
pub use site::folder_pages_in;

use std::sync::Arc;

use serde_yaml::Value;

use super::document::{Document, Step};
use super::fields::Fields;
use super::menu::{self, Groups};
use super::settled::{
    Config, Conventions, Elsewhere, FrameConfig, IgnoredLinks, ImagesConfig, Layout, LocaleConfig, Look,
    MarkdownConfig, MenuItem, Project, PublishConfig, SidebarConfig, SiteConfig, ThemeConfig, languages,
};
use crate::base::SourcePath;
use crate::diag::{Diagnostic, Severity};

/// Names of the settings file, in the order in which they are looked for.
pub const FILES: &[&str] = &["pressoir.yml", "pressoir.yaml", "pressoir.toml", "pressoir.json"];

/// The settings of a site that has none of its own, with `lang` as its language.
pub fn defaults(layout: Layout, lang: &str) -> Config {
    let locale = LocaleConfig {
        prefix: "/".to_owned(),
        lang: lang.to_owned(),
        label: None,
        listed: true,
        title: None,
        description: None,
        nav: Vec::new(),
        sidebar: SidebarConfig::Folders,
    };
    let conventions = Conventions::VuePress2;
    Config {
        project: Arc::new(Project {
            layout,
            content: SourcePath::root(),
            public: Vec::new(),
            out_dir: "public".to_owned(),
            settings: None,
            exclude: Vec::new(),
            pages: Vec::new(),
            rewrites: Vec::new(),
            copy_all: true,
            drafts: false,
        }),
        markdown: Arc::new(MarkdownConfig {
            conventions,
            languages: languages(std::slice::from_ref(&locale)),
            ..MarkdownConfig::default()
        }),
        site: Arc::new(SiteConfig {
            layout,
            conventions,
            url: None,
            base: "/".to_owned(),
            clean_urls: false,
            permalink: None,
            slugs: None,
            ignored_links: IgnoredLinks::default(),
            external_links: None,
            folder_pages: None,
            redirects: Vec::new(),
            redirect_files: Vec::new(),
            publish: PublishConfig::default(),
            fallback: false,
            locales: vec![locale],
            same_page: true,
            elsewhere: Vec::new(),
        }),
        theme: Arc::new(ThemeConfig {
            name: "default".to_owned(),
            look: Look::default(),
            containers: Vec::new(),
            frame: FrameConfig::default(),
            others: Vec::new(),
            images: ImagesConfig::default(),
            cards: None,
            analytics: None,
            data: serde_yaml::Mapping::new(),
        }),
        checks: Arc::default(),
    }
}

/// What `pressoir.yml` means.
pub fn settle(document: &Document, diagnostics: &mut Vec<Diagnostic>) -> Config {
    let mut fields = Fields::of(document);
    let lang = fields.lang(diagnostics).unwrap_or_else(|| "en-US".to_owned());
    let Config { project, markdown, site, theme, .. } = defaults(Layout::Native, &lang);
    let (mut project, mut markdown) = (Arc::unwrap_or_clone(project), Arc::unwrap_or_clone(markdown));
    let (mut site, mut theme) = (Arc::unwrap_or_clone(site), Arc::unwrap_or_clone(theme));

    project.settings = Some(document.file.clone());
    project.content = folder(&mut fields, "content", diagnostics);
    if let Some(out_dir) = fields.text(&["output"], diagnostics) {
        project.out_dir = out_dir;
    }
    if let Some(folders) = fields.texts(&["public"], diagnostics) {
        project.public = folders.iter().filter_map(|folder| SourcePath::new(folder)).collect();
    }
    project.copy_all = copy_all(&mut fields, diagnostics).unwrap_or(true);
    project.exclude = fields.texts(&["exclude"], diagnostics).unwrap_or_default();
    project.pages = fields.texts(&["pages"], diagnostics).unwrap_or_default();
    project.rewrites = site::rewrites(&mut fields, diagnostics);
    project.drafts = fields.bool(&["drafts"], diagnostics).unwrap_or(false);
    if let Some(layout) = site::layout(&mut fields, diagnostics) {
        project.layout = layout;
        site.layout = layout;
    }

    if let Some(conventions) = conventions(&mut fields, diagnostics) {
        markdown.conventions = conventions;
        site.conventions = conventions;
    }
    if let Some(mut inner) = fields.fields(&["markdown"], diagnostics) {
        markdown::settle(&mut inner, &mut markdown, diagnostics);
        theme.containers = containers::looks(&mut inner, diagnostics);
        site.external_links = links::external(&mut inner, diagnostics);
        inner.finish(Severity::Warning, diagnostics);
    }
    site.slugs.clone_from(&markdown.slugs);

    site.url = url(&mut fields, diagnostics);
    site.base = base(fields.text(&["base"], diagnostics));
    site.clean_urls = fields.bool(&["clean_urls"], diagnostics).unwrap_or(false);
    site.permalink = fields.text_unless_false(&["permalink"], diagnostics);
    site.ignored_links = site::ignored_links(&mut fields, diagnostics);
    site.folder_pages = site::folder_pages(&mut fields, diagnostics);
    site.redirects = redirects::redirects(&mut fields, diagnostics);
    site.redirect_files = redirects::files(&mut fields, diagnostics);
    site.publish = publish::publish(&mut fields, diagnostics);
    theme.images = publish::images(&mut fields, diagnostics);
    theme.cards = publish::cards(&mut fields, diagnostics);
    theme.analytics = publish::analytics(&mut fields, diagnostics);
    let root = locale(&mut fields, "/", &lang, None, diagnostics);
    let mut frame = FrameConfig::default();
    frame::settle(&mut fields, &mut frame, diagnostics);
    let languages = locales(&mut fields, (root, frame), &mut site, diagnostics);
    let (locales, mut frames): (Vec<LocaleConfig>, Vec<FrameConfig>) = languages.into_iter().unzip();
    site.locales = locales;
    theme.frame = frames.remove(0);
    theme.others = frames;
    markdown.accessible = std::iter::once(&theme.frame).chain(&theme.others).any(|frame| frame.accessibility.is_some());
    markdown.languages = self::languages(&site.locales);

    theme::settle(&mut fields, &mut theme, diagnostics);
    if fields.fields(&["data"], diagnostics).is_some() {
        theme.data = document.values.get("data").and_then(Value::as_mapping).cloned().unwrap_or_default();
    }
    let checks = checks::settle(&mut fields, diagnostics);
    fields.finish(Severity::Warning, diagnostics);
    Config {
        project: Arc::new(project),
        markdown: Arc::new(markdown),
        site: Arc::new(site),
        theme: Arc::new(theme),
        checks: Arc::new(checks),
    }
}

/// A path under which a site is published: it begins and ends with `/`.
pub fn base(written: Option<String>) -> String {
    let names = written.unwrap_or_default();
    match names.trim_matches('/') {
        "" => "/".to_owned(),
        names => format!("/{names}/"),
    }
}

/// Whether it is the address of a site: a scheme, a host, perhaps a path.
pub fn is_url(written: &str) -> bool {
    let host = ["https://", "http://"].iter().find_map(|scheme| written.strip_prefix(scheme));
    let is_wrong = |c: char| c.is_whitespace() || matches!(c, '?' | '#' | '@' | '"' | '<' | '>' | '\\');
    host.is_some_and(|host| !host.is_empty() && !host.starts_with('/') && !host.contains(is_wrong))
}

/// The address of the site; what is none would make a sitemap that search engines refuse.
fn url(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let written = fields.text(&["url"], diagnostics)?;
    if is_url(&written) {
        return Some(written.trim_end_matches('/').to_owned());
    }
    diagnostics.push(
        Diagnostic::warning("setting-value", format!("`{written}` is no address of a site"))
            .at(fields.document().span(&[Step::Key("url".to_owned())]))
            .help("write it whole, `https://example.org`; until then there is no sitemap"),
    );
    None
}

fn folder(fields: &mut Fields<'_>, name: &str, diagnostics: &mut Vec<Diagnostic>) -> SourcePath {
    let written = fields.text(&[name], diagnostics).unwrap_or_else(|| name.to_owned());
    SourcePath::new(&written).unwrap_or_else(|| {
        diagnostics.push(
            Diagnostic::error("outside-project", format!("the folder `{written}` lies outside the project"))
                .at(fields.document().span(&[Step::Key(name.to_owned())]))
                .help("name a folder below the one that holds the settings"),
        );
        SourcePath::new(name).unwrap_or_else(SourcePath::root)
    })
}

fn conventions(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Conventions> {
    let written = fields.text(&["conventions"], diagnostics)?;
    let known = [
        ("vuepress1", Conventions::VuePress1),
        ("vuepress2", Conventions::VuePress2),
        ("vitepress1", Conventions::VitePress1),
        ("vitepress2", Conventions::VitePress2),
    ];
    let found = known.into_iter().find(|(name, _)| *name == written).map(|(_, conventions)| conventions);
    if found.is_none() {
        diagnostics.push(
            Diagnostic::warning("setting-value", format!("there are no conventions `{written}`"))
                .at(fields.document().span(&[Step::Key("conventions".to_owned())]))
                .help("choose one of `vuepress1`, `vuepress2`, `vitepress1`, `vitepress2`; `vuepress2` is used"),
        );
    }
    found
}

/// `copy: all`, or `copy: used` for only those files that pages refer to.
fn copy_all(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<bool> {
    let written = fields.text(&["copy"], diagnostics)?;
    match written.as_str() {
        "all" => Some(true),
        "used" => Some(false),
        _ => {
            diagnostics.push(
                Diagnostic::warning("setting-value", format!("files cannot be copied `{written}`"))
                    .at(fields.document().span(&[Step::Key("copy".to_owned())]))
                    .help("choose `all`, or `used` for those that pages refer to; `all` is used"),
            );
            None
        }
    }
}

/// The keys of one language, at the top of the settings or under `locales`.
fn locale(
    fields: &mut Fields<'_>,
    prefix: &str,
    lang: &str,
    sidebar: Option<&SidebarConfig>,
    diagnostics: &mut Vec<Diagnostic>,
) -> LocaleConfig {
    let document = fields.document();
    let nav: Vec<MenuItem> = fields
        .value(&["nav"])
        .map(|(value, steps)| menu::items(document, value, &steps, Groups::Open, diagnostics))
        .unwrap_or_default();
    let own = match fields.value(&["sidebar"]) {
        Some((Value::String(text), _)) if text == "auto" => Some(SidebarConfig::Folders),
        Some((value, steps)) => menu::sidebar(document, value, &steps, Groups::Open, diagnostics),
        None => None,
    };
    LocaleConfig {
        prefix: prefix.to_owned(),
        lang: lang.to_owned(),
        label: fields.text(&["label"], diagnostics),
        listed: fields.bool(&["listed"], diagnostics).unwrap_or(true),
        title: fields.text(&["title"], diagnostics),
        description: fields.text(&["description"], diagnostics),
        nav,
        sidebar: own.or_else(|| sidebar.cloned()).unwrap_or(SidebarConfig::Folders),
    }
}

/// The site that holds the pages of a language, if it is another one.
fn elsewhere(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let written = fields.text(&["link"], diagnostics)?;
    if is_url(&written) {
        return Some(written.trim_end_matches('/').to_owned());
    }
    let steps = [fields.steps(), &[Step::Key("link".to_owned())]].concat();
    diagnostics.push(
        Diagnostic::warning("setting-value", format!("`{written}` is no address of a site"))
            .at(fields.document().span(&steps))
            .help("write it whole, `https://example.org`, if the pages of the language are there; else take it away"),
    );
    None
}

/// A language and what surrounds its pages.
type Language = (LocaleConfig, FrameConfig);

/// The languages; what one does not say, the settings at the top say for all. There is at least one.
fn locales(
    fields: &mut Fields<'_>,
    root: Language,
    site: &mut SiteConfig,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Language> {
    let Some(mut written) = fields.fields(&["locales"], diagnostics) else { return vec![root] };
    site.fallback = written.bool(&["fallback"], diagnostics).unwrap_or(false);
    site.same_page = written.bool(&["same_page"], diagnostics).unwrap_or(true);
    let mut locales: Vec<Language> = Vec::new();
    let (top, top_frame) = &root;
    let is_language = |name: &str| !matches!(name, "fallback" | "same_page" | "samePage");
    for (prefix, mut inner) in written.each_of(is_language, diagnostics) {
        let prefix = base(Some(prefix));
        let lang = inner.lang(diagnostics).unwrap_or_else(|| match prefix.as_str() {
            "/" => top.lang.clone(),
            prefix => prefix.trim_matches('/').to_owned(),
        });
        if let Some(link) = elsewhere(&mut inner, diagnostics) {
            let label = inner.text(&["label"], diagnostics);
            inner.finish(Severity::Warning, diagnostics);
            site.elsewhere.push(Elsewhere { prefix, lang, label, link });
            continue;
        }
        let mut locale = locale(&mut inner, &prefix, &lang, Some(&top.sidebar), diagnostics);
        locale.title = locale.title.or_else(|| top.title.clone());
        locale.description = locale.description.or_else(|| top.description.clone());
        if locale.nav.is_empty() {
            locale.nav = top.nav.clone();
        }
        let mut frame = top_frame.clone();
        frame::settle(&mut inner, &mut frame, diagnostics);
        inner.finish(Severity::Warning, diagnostics);
        locales.push((locale, frame));
    }
    // The others stay as they are written: so the menu of languages shows them.
    let root = match locales.iter().position(|(locale, _)| locale.prefix == "/") {
        Some(index) => locales.remove(index),
        None => root,
    };
    locales.insert(0, root);
    locales
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::line_column;
    use crate::config::Format;

    fn read(text: &str) -> (Config, Vec<String>) {
        let file = SourcePath::new("pressoir.yml").expect("a path");
        let (document, mut diagnostics) = Document::read(&file, text, Format::Yaml);
        let config = settle(&document, &mut diagnostics);
        let shown = diagnostics.iter().map(|diagnostic| {
            let at = diagnostic.span.as_ref().map_or(0, |span| line_column(text, span.start as usize).line);
            format!("{at} {} {}", diagnostic.code, diagnostic.help.as_deref().unwrap_or(""))
        });
        (config, shown.collect())
    }

    #[test]
    fn settings_are_read() {
        let (config, diagnostics) = read(
            "title: Guide\nlang: fr\nurl: https://example.org/docs/\ncleanUrls: true\nnav:\n  - /a.md\n  - text: B\n    items: [b.md]\n\
             sidebar:\n  /guide/:\n    - [/guide/x.md, X]\nmarkdown:\n  toc: {levels: [2, 4]}\n",
        );
        assert_eq!(diagnostics, [] as [String; 0]);
        let locale = &config.site.locales[0];
        assert_eq!((locale.title.as_deref(), locale.lang.as_str()), (Some("Guide"), "fr"));
        assert_eq!(config.site.url.as_deref(), Some("https://example.org/docs"));
        assert!(config.site.clean_urls);
        assert_eq!(locale.nav[0].link.as_deref(), Some("/a.md"));
        assert_eq!(locale.nav[1].items[0].link.as_deref(), Some("b.md"));
        assert_eq!(config.markdown.toc_levels, (2, 4));
        assert!(matches!(&locale.sidebar, SidebarConfig::ByPrefix(sections) if sections[0].0 == "/guide/"));
    }

    #[test]
    fn languages_inherit() {
        let (config, diagnostics) =
            read("title: Site\nlang: fr\nlocales:\n  /en/: {lang: en, label: English}\n  /de/: {title: Seite}\n");
        assert_eq!(diagnostics, [] as [String; 0]);
        let shown: Vec<_> = config
            .site
            .locales
            .iter()
            .map(|one| format!("{} {} {}", one.prefix, one.lang, one.title.as_deref().unwrap_or("")))
            .collect();
        assert_eq!(shown, ["/ fr Site", "/en/ en Site", "/de/ de Seite"]);
        assert_eq!(config.markdown.language("en/a.md"), "en");
        assert_eq!(config.markdown.language("a.md"), "fr");
    }

    #[test]
    fn mistakes_are_told_and_the_rest_is_used() {
        for (text, want) in [
            ("titel: x\nlang: fr\n", "1 unknown-setting did you mean `title`?"),
            ("lang: fr\n\ntitle: [a]\n", "3 setting-type the setting is not used as it is"),
            ("lang: fr\nmarkdown:\n  line_number: true\n", "3 unknown-setting did you mean `line_numbers`?"),
            (
                "lang: fr\nurl: example.org\n",
                "2 setting-value write it whole, `https://example.org`; until then there is no sitemap",
            ),
            ("lang: fr\ncontent: ../x\n", "2 outside-project name a folder below the one that holds the settings"),
            (
                "lang: fr\nnav:\n  - 1\n",
                "3 setting-type write a path, `/start.md`, or `text:` and `link:`; it is left out",
            ),
            (
                "lang: fr\nconventions: vuepress3\n",
                "2 setting-value choose one of `vuepress1`, `vuepress2`, `vitepress1`, `vitepress2`; `vuepress2` is used",
            ),
        ] {
            let (config, diagnostics) = read(text);
            assert_eq!(diagnostics, [want], "{text}");
            assert_eq!(config.site.locales[0].lang, "fr", "{text}");
        }
        let (_, diagnostics) = read("title: x\nlang: [\n");
        assert!(
            diagnostics[0].starts_with("3 settings-syntax") || diagnostics[0].starts_with("2 settings-syntax"),
            "{diagnostics:?}"
        );
    }

    #[test]
    fn what_is_in_force_can_be_saved() {
        let text = "title: Guide\nlang: fr\nlocales:\n  /: {label: Français, nav: [/a.md]}\n  /en/: {sidebar: {/en/x/: headings, /en/: [{text: G, items: [/en/b.md], collapsed: true}]}}\n\
                    markdown: {extensions: false, line_numbers: true, container_titles: {tip: Astuce}, alerts: false,\n  containers: {a: , b: {type: plain, class: x, title: {/: B, /en/: C}}}}\nexclude: ['*.tmp']\nfooter: x\n\
                    public: [static]\ncopy: used\n";
        let (config, _) = read(text);
        let saved = config.to_yaml();
        let (again, diagnostics) = read(&saved);
        assert_eq!(diagnostics, [] as [String; 0], "{saved}");
        assert_eq!(again.to_yaml(), saved);
        let (mut before, mut after) = (config.clone(), again);
        forget_places(&mut before);
        forget_places(&mut after);
        assert_eq!(before, after, "{saved}");
    }

    #[test]
    fn what_pictures_become_can_be_saved() {
        for text in [
            "title: x\nimages:\n  format: webp\n  quality: 60\n  widths:\n  - 100\n  - 200\nsocial_cards:\n  background: '#111'\n  font: f.woff2\n",
            "title: x\nimages:\n  format: webp\nsocial_cards: true\n",
        ] {
            let saved = read(text).0.to_yaml();
            let (again, diagnostics) = read(&saved);
            assert_eq!(diagnostics, [] as [String; 0], "{saved}");
            assert_eq!(again.to_yaml(), saved);
            let wanted = text.split_once("images:").map(|(_, rest)| rest).expect("it has them");
            let wanted: Vec<&str> = wanted.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            assert!(wanted.iter().all(|line| saved.contains(line)), "{saved}");
        }
    }

    /// Places in the file differ, of course.
    fn forget_places(config: &mut Config) {
        fn items(list: &mut [MenuItem]) {
            for item in list {
                item.span = None;
                items(&mut item.items);
            }
        }
        fn sidebar(config: &mut SidebarConfig) {
            match config {
                SidebarConfig::Items(list) => items(list),
                SidebarConfig::ByPrefix(sections) => sections.iter_mut().for_each(|(_, section)| sidebar(section)),
                _ => {}
            }
        }
        let mut site = (*config.site).clone();
        for locale in &mut site.locales {
            items(&mut locale.nav);
            sidebar(&mut locale.sidebar);
        }
        config.site = Arc::new(site);
    }
}
