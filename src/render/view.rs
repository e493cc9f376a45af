//! All that a template may read about one page. What is not in the view, a template cannot read.

use std::sync::Arc;

use serde::Serialize;
use serde_yaml::Value;

use crate::base::UrlPath;
use crate::config::{Config, Conventions};
use crate::page::{FrontMatter, Page};
use crate::site::{Locale, NavItem, NavLink, PageId, Resolved, Site, SitePage};

use super::address::{href, is_absolute};
use super::frame::Frame;
use super::head_title::head_title;
use super::home::Home;
use super::outline::{self, levels, outline};
use super::outward::Outward;
use super::values;

/// What a template may read about a page, besides its HTML and the theme's words. Addresses are relative to the page.
#[derive(Clone, Debug, Serialize)]
pub struct View {
    #[serde(skip)]
    pub(super) id: PageId,
    #[serde(skip)]
    pub(super) front_matter: Arc<FrontMatter>,
    #[serde(skip)]
    pub(super) outward: Outward,
    /// The values that the page writes between braces, by hole.
    #[serde(skip)]
    pub(super) values: Vec<Option<String>>,
    pub(super) page: PageView,
    site: SiteView,
    nav: Vec<NavEntry>,
    languages: Vec<Language>,
    sidebar: Option<String>,
    breadcrumb: Vec<Crumb>,
    outline: Vec<outline::Entry>,
    prev: Option<Neighbour>,
    next: Option<Neighbour>,
    edit_link: Option<String>,
    footer: Option<String>,
    home: Option<Home>,
    assets: Assets,
}

/// The page itself.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PageView {
    title: Arc<str>,
    head_title: String,
    pub(super) lang: String,
    dir: String,
    source: Arc<str>,
    /// `doc`, `home`, or what the front matter names.
    pub(super) layout: String,
    class: String,
    description: Option<String>,
    canonical: Option<String>,
    alternates: Vec<Alternate>,
    /// Whether the page has the links at the top.
    navbar: bool,
    /// Whether a narrow window has a menu to open.
    menu: bool,
}

/// The same page in a language, for search engines: absolute.
#[derive(Clone, Debug, Serialize)]
struct Alternate {
    lang: Arc<str>,
    href: String,
}

/// The site in the page's language.
#[derive(Clone, Debug, Serialize)]
struct SiteView {
    title: Arc<str>,
    description: Arc<str>,
    home: String,
    logo: Option<String>,
    icon: Option<String>,
    repo: Option<String>,
    repo_name: Option<&'static str>,
}

/// An entry of the navbar.
#[derive(Clone, Debug, Serialize)]
struct NavEntry {
    text: Arc<str>,
    href: Option<String>,
    external: bool,
    /// `page` on the page that it leads to, `true` on those below it.
    current: Option<&'static str>,
    items: Vec<NavEntry>,
}

/// An entry of the language menu.
#[derive(Clone, Debug, Serialize)]
struct Language {
    label: Arc<str>,
    lang: Arc<str>,
    href: String,
    current: bool,
}

/// A group that the page lies in.
#[derive(Clone, Debug, Serialize)]
struct Crumb {
    text: Arc<str>,
    href: Option<String>,
}

/// The page before or after.
#[derive(Clone, Debug, Serialize)]
struct Neighbour {
    text: Arc<str>,
    href: String,
}

/// The files that the page links.
#[derive(Clone, Debug, Serialize)]
struct Assets {
    styles: Vec<String>,
    scripts: Vec<String>,
}

/// The view of a page.
pub fn view(page: &Page, id: PageId, site: &Site, config: &Config, frame: &Frame) -> View {
    let entry = site.page(id);
    let shared = &frame.pages[id.0 as usize];
    let locale = site.locale(entry);
    let url = &entry.route.url;
    let values = &page.head.front_matter.values;
    let is_off = |key: &str| values.get(key).and_then(Value::as_bool) == Some(false);
    let conventions = config.site.conventions;

    let layout = Layout::of(entry, conventions);
    let nav: Vec<NavEntry> = locale.nav.items.iter().map(|item| nav_entry(item, url, site)).collect();
    let navbar = !is_off("navbar") && layout.framed;
    let sidebar = shared.sidebar.as_ref().filter(|_| layout.framed && !entry.home).map(|list| list.html(url));
    let outline = match levels(&page.head.front_matter, config.theme.outline_levels) {
        Some(levels) if layout.text && !is_off("aside") => outline(&page.head.headings, levels, conventions),
        _ => Vec::new(),
    };
    let neighbour = |link: &Option<NavLink>| {
        let link = link.as_ref().filter(|_| layout.text)?;
        Some(Neighbour { text: link.text.clone(), href: href(&link.target, url) })
    };
    let footer = match &shared.home {
        Some(Home { footer: Some(footer), .. }) => Some(footer.clone()),
        _ => config.theme.footer.clone().filter(|_| layout.framed && !is_off("footer")),
    };
    let repo = config.theme.repo.clone();
    let asset = |asset: &UrlPath| asset.relative_from(url);
    View {
        id,
        front_matter: page.head.front_matter.clone(),
        outward: Outward::of(config.site.layout),
        values: values::of(page, entry, site, config),
        page: PageView {
            title: entry.title.clone(),
            head_title: head_title(entry, &locale.title, conventions),
            lang: text(values.get("lang")).unwrap_or_else(|| locale.lang.to_string()),
            dir: text(values.get("dir")).unwrap_or_else(|| direction(&locale.lang).to_owned()),
            source: entry.head.relative.clone(),
            class: classes(entry, &layout, sidebar.is_some(), !outline.is_empty()),
            layout: layout.name,
            description: text(values.get("description"))
                .or_else(|| Some(locale.description.to_string()))
                .filter(|text| !text.is_empty()),
            canonical: canonical(entry, config),
            alternates: alternates(entry, site, config),
            navbar,
            menu: sidebar.is_some() || navbar && (!nav.is_empty() || repo.is_some()),
        },
        site: SiteView {
            title: locale.title.clone(),
            description: locale.description.clone(),
            home: locale.home.relative_from(url),
            logo: config.theme.logo.as_ref().map(|logo| match is_absolute(logo) {
                true => logo.clone(),
                false => UrlPath::new(logo).relative_from(url),
            }),
            icon: frame.icon.as_ref().map(asset),
            repo_name: repo.as_deref().and_then(host_name),
            repo,
        },
        nav,
        languages: languages(entry, site),
        sidebar,
        breadcrumb: shared
            .breadcrumb
            .iter()
            .filter(|_| layout.text)
            .map(|(text, target)| Crumb { text: text.clone(), href: target.as_ref().map(|target| href(target, url)) })
            .collect(),
        outline,
        prev: neighbour(&entry.prev),
        next: neighbour(&entry.next),
        edit_link: config.theme.edit_link.as_ref().filter(|_| layout.text && !is_off("editLink")).map(|pattern| {
            let path = UrlPath::new(&entry.head.relative).encoded();
            pattern.replace(":path", path.trim_start_matches('/'))
        }),
        footer,
        home: shared.home.clone(),
        assets: Assets {
            styles: frame.styles.iter().map(asset).collect(),
            scripts: frame.scripts.iter().map(asset).collect(),
        },
    }
}

/// What surrounds the text.
struct Layout {
    name: String,
    /// Whether there is anything around it at all (`layout: false`).
    framed: bool,
    /// Whether it is a text among others: with outline, neighbours, a link to edit it.
    text: bool,
}

impl Layout {
    fn of(page: &SitePage, conventions: Conventions) -> Layout {
        let named = page.head.front_matter.values.get("layout");
        let bare = conventions.is_vitepress() && named.and_then(Value::as_bool) == Some(false);
        let name = match named.and_then(Value::as_str) {
            _ if page.home => "home",
            Some(name) => name,
            None if bare => "bare",
            None => "doc",
        };
        let blank = conventions.is_vitepress() && name == "page";
        Layout { name: name.to_owned(), framed: !bare, text: !page.home && !bare && !blank }
    }
}

/// The classes of `<body>`: those that style sheets tell pages apart by, and `pageClass`.
fn classes(page: &SitePage, layout: &Layout, sidebar: bool, outline: bool) -> String {
    let mut classes = Vec::new();
    if layout.name != "doc" && layout.name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
        classes.push(format!("layout-{}", layout.name));
    }
    if sidebar {
        classes.push("with-sidebar".to_owned());
    }
    if outline {
        classes.push("with-outline".to_owned());
    }
    classes.extend(text(page.head.front_matter.values.get("pageClass")));
    classes.join(" ")
}

fn text(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The direction in which a language is written.
pub(super) fn direction(lang: &str) -> &'static str {
    let primary = lang.split(['-', '_']).next().unwrap_or(lang).to_ascii_lowercase();
    match primary.as_str() {
        "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "ku" | "ps" | "sd" | "ug" | "ur" | "yi" => "rtl",
        _ => "ltr",
    }
}

fn absolute(url: &UrlPath, config: &Config) -> Option<String> {
    config.site.url.as_ref().map(|site| format!("{}{}", site.trim_end_matches('/'), url.encoded()))
}

fn canonical(page: &SitePage, config: &Config) -> Option<String> {
    text(page.head.front_matter.values.get("canonicalUrl")).or_else(|| absolute(&page.route.url, config))
}

/// The page in each language that has it.
fn alternates(page: &SitePage, site: &Site, config: &Config) -> Vec<Alternate> {
    let own = (page.locale, &page.route.url);
    let mut all: Vec<(usize, &UrlPath)> =
        page.translations.iter().filter(|(_, _, same)| *same).map(|(locale, url, _)| (*locale, url)).collect();
    if all.iter().all(|(locale, _)| *locale == page.locale) {
        return Vec::new();
    }
    all.push(own);
    all.sort();
    all.dedup();
    let alternate = |(locale, url): (usize, &UrlPath)| {
        Some(Alternate { lang: site.locales.get(locale)?.lang.clone(), href: absolute(url, config)? })
    };
    all.into_iter().filter_map(alternate).collect()
}

/// The language menu: empty if there is one language only.
fn languages(page: &SitePage, site: &Site) -> Vec<Language> {
    if site.locales.len() < 2 {
        return Vec::new();
    }
    let target = |index: usize, locale: &Locale| match page.translations.iter().find(|(other, ..)| *other == index) {
        Some((_, url, _)) => url.clone(),
        None if index == page.locale => page.route.url.clone(),
        None => locale.home.clone(),
    };
    let entry = |(index, locale): (usize, &Locale)| Language {
        label: locale.label.clone(),
        lang: locale.lang.clone(),
        href: target(index, locale).relative_from(&page.route.url),
        current: index == page.locale,
    };
    site.locales.iter().enumerate().map(entry).collect()
}

fn nav_entry(item: &NavItem, url: &UrlPath, site: &Site) -> NavEntry {
    let items: Vec<NavEntry> = item.items.iter().map(|item| nav_entry(item, url, site)).collect();
    let current = match &item.target {
        Some(Resolved::Page { url: target, .. }) if target == url => Some("page"),
        // The home page is above every page, and would always be lit.
        Some(Resolved::Page { url: target, .. })
            if target.is_folder()
                && url.as_str().starts_with(target.as_str())
                && site.locales.iter().all(|locale| locale.home != *target) =>
        {
            Some("true")
        }
        _ => None,
    };
    NavEntry {
        text: item.text.clone(),
        href: item.target.as_ref().map(|target| href(target, url)),
        external: matches!(item.target, Some(Resolved::External(_))),
        current,
        items,
    }
}

/// What a repository's host is called.
fn host_name(repo: &str) -> Option<&'static str> {
    let host = repo.split("//").nth(1)?.split('/').next()?;
    [("github", "GitHub"), ("gitlab", "GitLab"), ("bitbucket", "Bitbucket"), ("codeberg", "Codeberg")]
        .into_iter()
        .find(|(part, _)| host.contains(part))
        .map(|(_, name)| name)
}
