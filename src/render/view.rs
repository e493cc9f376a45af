//! All that a template may read about one page. What is not in the view, a template cannot read.

mod parts;

use std::sync::Arc;

use serde_yaml::Value;

use crate::base::{UrlPath, iso_date};
use crate::config::{Config, Conventions};
use crate::page::{CodeBlock, InlineHtml, Page};
use crate::site::{Home, NavLink, PageId, Resolved, Site, SitePage};

use super::address::{href, is_absolute};
use super::analytics;
use super::dates;
use super::frame::{Frame, PageFrame};
use super::head::head;
use super::head_title::head_title;
use super::languages::{absolute, alternates, languages, original};
use super::navbar::{NavEntry, nav_entry};
use super::outline::{self, levels, outline};
use super::outward::Outward;
use super::redirects::Moved;
use super::sharing::{self, Told};
use super::values;
pub use parts::View;
use parts::{Adjacent, Assets, Crumb, Neighbour, PageView, SiteView, VersionLink};

/// Pages with more letters than this lead back to their top: they fill some three windows.
const LONG: usize = 6000;

/// The view of a page.
pub fn view(page: &Page, id: PageId, site: &Site, config: &Config, frame: &Frame) -> View {
    View { id, ..of(page, (site.page(id), &frame.pages[id.0 as usize]), site, config, frame) }
}

/// The view of a page which need not be one of the site's.
pub(super) fn of(
    page: &Page,
    (entry, shared): (&SitePage, &PageFrame),
    site: &Site,
    config: &Config,
    frame: &Frame,
) -> View {
    let locale = site.locale(entry);
    let url = &entry.route.url;
    let values = &page.head.front_matter.values;
    let is_off = |key: &str| values.get(key).and_then(Value::as_bool) == Some(false);
    let conventions = config.site.conventions;
    let around = config.theme.frame(entry.locale);

    let layout = Layout::of(entry, conventions);
    let nav: Vec<NavEntry> = locale.nav.items.iter().map(|item| nav_entry(item, url, site, &frame.matchers)).collect();
    let navbar = around.navbar && !is_off("navbar") && layout.framed;
    let sidebar = shared.sidebar.as_ref().filter(|_| layout.framed && !entry.home).map(|list| list.html(url));
    let default = entry.depth.map_or(around.outline, outline::of_depth);
    let outline = match levels(&page.head.front_matter, default) {
        Some(levels) if layout.text && !is_off("aside") => outline(&page.head.headings, levels, conventions),
        _ => Vec::new(),
    };
    let neighbour = |key: &str, shown: bool, link: &Option<NavLink>, section: &Option<Arc<str>>| {
        // What the page itself says is shown in any case.
        let own = matches!(values.get(key), Some(Value::String(_) | Value::Mapping(_)));
        let link = link.as_ref().filter(|_| layout.text && (shown || own))?;
        Some(Adjacent {
            text: link.text.clone(),
            html: link.html.clone(),
            href: href(&link.target, url),
            section: section.clone(),
        })
    };
    let [footer, announcement] = frame.feet.get(entry.locale).map_or([&None, &None], |[foot, head]| [foot, head]);
    let announcement = announcement.as_ref().filter(|_| layout.framed).map(|announcement| announcement.html(url));
    let footer = match &shared.home {
        Some(Home { footer: Some(footer), .. }) => Some(footer.clone()),
        _ => footer.as_ref().filter(|_| layout.framed && !is_off("footer")).map(|footer| footer.html(url)),
    };
    let changes = shared.changes.as_ref().filter(|_| layout.text);
    let repo = around.repo.clone();
    let asset = |asset: &UrlPath| asset.relative_from(url);
    let head = head(&around.head, &page.head.front_matter, url, config);
    let picture = |path: &String| match is_absolute(path) {
        true => path.clone(),
        false => UrlPath::new(path).relative_from(url),
    };
    let written_date = text(values.get("lastUpdated")).filter(|_| layout.text && around.last_updated);
    let original = original(entry, site);
    // What surrounds the page of another language speaks the reader's.
    let own_lang = text(values.get("lang")).filter(|_| original.is_none());
    let lang = own_lang.unwrap_or_else(|| locale.lang.to_string());
    let description = text(values.get("description"))
        .or_else(|| head.description.clone())
        .or_else(|| Some(locale.description.to_string()))
        .filter(|text| !text.is_empty());
    let canonical = text(values.get("canonicalUrl"))
        .or_else(|| head.canonical.clone())
        .or_else(|| absolute(original.as_ref().map_or(&entry.route.url, |original| &original.url), config));
    let last_updated = match &written_date {
        Some(date) => dates::day(date).map(str::to_owned),
        None => changes.filter(|_| around.last_updated && !is_off("lastUpdated")).map(|changes| iso_date(changes.last)),
    };
    let told = Told {
        canonical: canonical.as_deref(),
        lang: &lang,
        description: description.as_deref(),
        changed: last_updated.as_deref(),
    };
    let (meta, json_ld) = sharing::shared(entry, site, config, frame, (shared, &head, told));
    let sizes =
        (0..).zip(entry.links.iter()).filter(|_| config.theme.images.sizes).filter_map(|(number, link)| match link {
            Resolved::File { url, .. } => Some((number, *frame.sizes.get(url)?)),
            _ => None,
        });
    let sizes = sizes.collect();
    let choices = (0..).zip(entry.links.iter()).filter_map(|(number, link)| match link {
        Resolved::File { url, .. } => Some((number, frame.choices.get(url)?.clone())),
        _ => None,
    });
    let choices = choices.collect();
    View {
        id: PageId(u32::MAX),
        front_matter: page.head.front_matter.clone(),
        outward: Outward::of(&config.site),
        values: values::of(page, entry, site, config),
        sizes,
        choices,
        column: frame.column,
        words: frame.words.get(entry.locale).filter(|_| *lang == *locale.lang).cloned(),
        page: PageView {
            title: entry.title.clone(),
            heading: entry
                .head
                .title
                .as_ref()
                .filter(|_| around.page_title && layout.text)
                .map(|_| entry.title.clone()),
            head_title: head_title(entry, &locale.title, around.title_template.as_deref(), &config.site),
            dir: text(values.get("dir")).filter(|_| original.is_none()).unwrap_or_else(|| direction(&lang).to_owned()),
            lang,
            source: entry.head.relative.clone(),
            class: classes(entry, &layout, sidebar.is_some(), !outline.is_empty()),
            layout: layout.name,
            description,
            viewport: head.viewport.clone(),
            canonical,
            meta,
            noindex: page.head.front_matter.bool("noindex") == Some(true) && !head.says("robots"),
            json_ld,
            feed: frame.feeds.get(entry.locale).and_then(Option::as_ref).map(|feed| feed.relative_from(url)),
            markdown: entry.markdown.as_ref().map(|markdown| markdown.relative_from(url)),
            head,
            alternates: alternates(entry, site, config),
            navbar,
            menu: sidebar.is_some() || navbar && (!nav.is_empty() || repo.is_some() || !around.social_links.is_empty()),
        },
        site: SiteView {
            title: locale.title.clone(),
            description: locale.description.clone(),
            name: match &around.site_name {
                // It may be HTML there; here it is the name of a link.
                Some(name) if config.site.conventions.is_vitepress() => InlineHtml::read(name).text.into(),
                Some(name) => Arc::from(name.as_str()),
                None => locale.title.clone(),
            },
            home: frame
                .home_links
                .get(entry.locale)
                .map_or_else(|| locale.home.relative_from(url), |home| href(home, url)),
            logo: around.logo.as_ref().map(|logo| picture(&logo.src)),
            logo_dark: around.logo.as_ref().and_then(|logo| logo.dark.as_ref()).map(picture),
            logo_alt: around.logo.as_ref().and_then(|logo| logo.alt.clone()),
            icon: frame.icon.as_ref().map(asset),
            repo_name: around.repo_label.clone().or_else(|| repo.as_deref().and_then(host_name).map(str::to_owned)),
            repo,
            social_links: around
                .social_links
                .iter()
                .map(|link| Neighbour { text: link.text.as_str().into(), href: link.link.clone() })
                .collect(),
        },
        nav,
        original,
        languages: languages(entry, site, &config.site),
        sidebar,
        breadcrumb: shared
            .breadcrumb
            .iter()
            .filter(|_| layout.text)
            .map(|(text, target)| Crumb { text: text.clone(), href: target.as_ref().map(|target| href(target, url)) })
            .collect(),
        outline,
        prev: neighbour("prev", around.prev, &entry.prev, &shared.sections[0]),
        next: neighbour("next", around.next, &entry.next, &shared.sections[1]),
        edit_link: around.edit_link.as_ref().filter(|_| layout.text && !is_off("editLink")).map(|pattern| {
            let file = entry.head.template.as_ref().unwrap_or(&entry.head.path);
            let file = file.below(&config.project.content).unwrap_or(&entry.head.relative);
            let path = UrlPath::new(file).encoded();
            pattern.replace(":path", path.trim_start_matches('/'))
        }),
        last_updated,
        // What is no day is shown as it is written.
        last_updated_text: written_date,
        date_in_words: around.date_in_words,
        contributors: changes
            .filter(|_| around.contributors && !is_off("contributors"))
            .map_or_else(Vec::new, |changes| changes.authors.clone()),
        footer,
        legal: frame
            .legal
            .get(entry.locale)
            .into_iter()
            .flatten()
            .filter(|_| layout.framed)
            .map(|link| Neighbour { text: link.0.clone(), href: link.1.relative_from(url) })
            .collect(),
        announcement,
        versions: around
            .versions
            .iter()
            .map(|version| VersionLink {
                text: version.text.clone(),
                href: if version.current { locale.home.relative_from(url) } else { picture(&version.link) },
                current: version.current,
            })
            .collect(),
        moved: entry.moved.iter().map(|anchor| Moved::new(anchor, url)).collect(),
        long: layout.text
            && page.sections.iter().map(|section| section.text.len() + section.code.len()).sum::<usize>() > LONG,
        home: shared.home.clone(),
        analytics: analytics::scripts(config.theme.analytics.as_ref()),
        search: frame.searches.get(entry.locale).and_then(Option::as_ref).map(|search| search.view(url)),
        assets: Assets {
            styles: styles(frame, has_terminal(page)).map(asset).collect(),
            scripts: frame.scripts.iter().map(asset).collect(),
            fonts: frame.fonts.iter().map(asset).collect(),
            diagrams: frame.diagrams.iter().filter(|_| has_diagrams(page)).map(asset).next(),
            mermaid: config
                .markdown
                .mermaid
                .as_ref()
                .filter(|_| has_diagrams(page))
                .map(|script| UrlPath::new(&format!("/{}", script.trim_start_matches('/'))).relative_from(url)),
        },
    }
}

impl View {
    /// The same for a page that nobody is told of.
    pub(super) fn untold(mut self) -> View {
        let page = &mut self.page;
        (page.canonical, page.json_ld) = (None, None);
        (page.alternates, page.meta) = (Vec::new(), Vec::new());
        self
    }
}

fn has_terminal(page: &Page) -> bool {
    page.code.iter().any(CodeBlock::is_terminal)
}

/// The style sheets of a page: the first of the theme, one more where it shows what a terminal printed, then the others.
fn styles(frame: &Frame, terminal: bool) -> impl Iterator<Item = &UrlPath> {
    let (first, others) = frame.styles.split_at(frame.styles.len().min(1));
    first.iter().chain(frame.terminal.as_ref().filter(|_| terminal)).chain(others)
}

fn has_diagrams(page: &Page) -> bool {
    page.code.iter().any(|code| &*code.language == "mermaid")
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
pub fn direction(lang: &str) -> &'static str {
    let primary = lang.split(['-', '_']).next().unwrap_or(lang).to_ascii_lowercase();
    match primary.as_str() {
        "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "ku" | "ps" | "sd" | "ug" | "ur" | "yi" => "rtl",
        _ => "ltr",
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
