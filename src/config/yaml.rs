//! The settings in force as YAML that can be saved as `pressoir.yml`.

mod checks;
mod containers;
mod frame;
mod look;
mod publish;

use serde_yaml::{Mapping, Value};

use super::settled::{
    CharFate, Config, Construct, Conventions, Elsewhere, FolderPages, FrameConfig, Layout, LocaleConfig,
    MarkdownConfig, MenuItem, RedirectFile, SidebarConfig, SlugRule, Typography,
};

impl Config {
    /// The settings as YAML. Saved as `pressoir.yml` they mean the same again.
    pub fn to_yaml(&self) -> String {
        let (project, markdown, site, theme) = (&self.project, &self.markdown, &self.site, &self.theme);
        let mut root = Mapping::new();
        let locale = &site.locales[0];
        put(&mut root, "lang", locale.lang.as_str());
        put_text(&mut root, "url", site.url.as_deref());
        put(&mut root, "base", site.base.as_str());
        put(&mut root, "clean_urls", site.clean_urls);
        put_text(&mut root, "permalink", site.permalink.as_deref());
        match (&site.ignored_links.all, &site.ignored_links.like) {
            (true, _) => put(&mut root, "ignore_dead_links", true),
            (false, like) if !like.is_empty() => {
                put(&mut root, "ignore_dead_links", list(like.iter().map(String::as_str)));
            }
            _ => {}
        }
        if let Some(pages) = &site.folder_pages {
            put(&mut root, "folder_pages", folder_pages(pages));
        }
        if !site.redirects.is_empty() {
            let rules = site.redirects.iter().map(|rule| (rule.from.as_str().into(), rule.to.as_str().into()));
            put(&mut root, "redirects", Value::Mapping(rules.collect()));
        }
        if !site.redirect_files.is_empty() {
            let name = |file| RedirectFile::ALL.iter().find(|(one, _)| *one == file).map_or("", |(_, name)| *name);
            put(&mut root, "redirect_files", list(site.redirect_files.iter().map(|file| name(*file))));
        }
        publish::publish(&site.publish, &mut root);
        publish::images(&theme.images, &mut root);
        if let Some(cards) = &theme.cards {
            publish::cards(cards, &mut root);
        }
        if let Some(analytics) = &theme.analytics {
            publish::analytics(analytics, &mut root);
        }
        if site.layout != Layout::Native {
            put(&mut root, "layout", layout(site.layout));
        }
        put(&mut root, "content", if project.content.as_str().is_empty() { "." } else { project.content.as_str() });
        if !project.public.is_empty() {
            put(&mut root, "public", list(project.public.iter().map(|folder| folder.as_str())));
        }
        put(&mut root, "copy", if project.copy_all { "all" } else { "used" });
        put(&mut root, "output", project.out_dir.as_str());
        put(&mut root, "exclude", list(project.exclude.iter().map(String::as_str)));
        if !project.pages.is_empty() {
            put(&mut root, "pages", list(project.pages.iter().map(String::as_str)));
        }
        if !project.rewrites.is_empty() {
            let rules = project.rewrites.iter().map(|(from, to)| (from.as_str().into(), to.as_str().into()));
            put(&mut root, "rewrites", Value::Mapping(rules.collect()));
        }
        put(&mut root, "drafts", project.drafts);
        put(&mut root, "conventions", conventions(markdown.conventions));
        let mut inner = Mapping::new();
        put(&mut inner, "extensions", markdown.extended);
        match markdown.line_numbers && markdown.numbered_from > 0 {
            true => put(&mut inner, "line_numbers", markdown.numbered_from),
            false => put(&mut inner, "line_numbers", markdown.line_numbers),
        }
        for (name, value) in [("attributes", markdown.attributes), ("linkify", markdown.linkify)] {
            if let Some(value) = value {
                put(&mut inner, name, value);
            }
        }
        if let Some(lazy) = markdown.lazy_images {
            put(&mut inner, "lazy_images", lazy);
        }
        if markdown.repair_headings {
            put(&mut inner, "repair_headings", true);
        }
        put(&mut inner, "toc", toc(markdown));
        if let Some(rule) = &markdown.slugs {
            put(&mut inner, "slugs", slugs(rule));
        }
        if !markdown.paths.is_empty() {
            let paths = markdown.paths.iter().map(|(start, folder)| (start.as_str().into(), folder.as_str().into()));
            put(&mut inner, "paths", Value::Mapping(paths.collect()));
        }
        if markdown.written_languages {
            put(&mut inner, "written_languages", true);
        }
        containers::put_containers(&mut inner, markdown, &theme.containers);
        text(markdown, &mut inner);
        if let Some(attributes) = &site.external_links {
            let pairs = attributes.iter().map(|(name, value)| (name.as_str().into(), value.as_str().into()));
            put(&mut inner, "external_links", Value::Mapping(pairs.collect()));
        }
        put(&mut root, "markdown", Value::Mapping(inner));
        put(&mut root, "theme", look::theme(theme));
        // A word of one language is not said in the others, so at the top stand those that all have.
        let mut top = theme.frame.clone();
        top.texts.retain(|text| theme.others.iter().all(|frame| frame.texts.contains(text)));
        frame::put(&top, &FrameConfig::default(), &mut root);
        if !theme.data.is_empty() {
            put(&mut root, "data", theme.data.clone());
        }
        let mut locales = Mapping::new();
        if let [only] = site.locales.as_slice() {
            texts(only, &mut root);
        } else {
            let own = site.locales.iter().enumerate().map(|(index, locale)| {
                let mut keys = Mapping::new();
                put(&mut keys, "lang", locale.lang.as_str());
                if !locale.listed {
                    put(&mut keys, "listed", false);
                }
                texts(locale, &mut keys);
                frame::put(theme.frame(index), &top, &mut keys);
                (Value::from(locale.prefix.as_str()), Value::Mapping(keys))
            });
            locales.extend(own);
        }
        locales.extend(site.elsewhere.iter().map(elsewhere));
        if site.fallback {
            put(&mut locales, "fallback", true);
        }
        if !site.same_page {
            put(&mut locales, "same_page", false);
        }
        if !locales.is_empty() {
            put(&mut root, "locales", Value::Mapping(locales));
        }
        checks::put_checks(&mut root, &self.checks);
        serde_yaml::to_string(&Value::Mapping(root)).unwrap_or_default()
    }
}

/// The settings of text.
fn text(markdown: &MarkdownConfig, keys: &mut Mapping) {
    for (construct, name) in Construct::ALL {
        if let Some((_, on)) = markdown.constructs.iter().find(|(one, _)| *one == construct) {
            put(keys, name, *on);
        }
    }
    put(keys, "emoji", markdown.emoji);
    if let Some(on) = markdown.emoticons {
        put(keys, "emoticons", on);
    }
    put(keys, "smart_punctuation", markdown.smart_punctuation);
    match markdown.typography {
        Typography::ByLanguage => {}
        Typography::French => put(keys, "typography", "french"),
        Typography::Off => put(keys, "typography", "none"),
    }
    put_text(keys, "mermaid", markdown.mermaid.as_deref());
}

fn put(mapping: &mut Mapping, key: &str, value: impl Into<Value>) {
    mapping.insert(key.into(), value.into());
}

fn put_text(mapping: &mut Mapping, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        put(mapping, key, value);
    }
}

fn list<'t>(texts: impl Iterator<Item = &'t str>) -> Value {
    Value::Sequence(texts.map(Value::from).collect())
}

fn folder_pages(pages: &FolderPages) -> Value {
    let mut mapping = Mapping::new();
    put(&mut mapping, "exclude", list(pages.exclude.iter().map(String::as_str)));
    put(&mut mapping, "levels", pages.levels);
    put(&mut mapping, "numbered", pages.numbered);
    Value::Mapping(mapping)
}

fn levels((first, last): (u8, u8)) -> Value {
    let mut mapping = Mapping::new();
    put(&mut mapping, "levels", Value::Sequence(vec![first.into(), last.into()]));
    Value::Mapping(mapping)
}

fn toc(markdown: &MarkdownConfig) -> Value {
    let mut mapping = Mapping::new();
    let (first, last) = markdown.toc_levels;
    put(&mut mapping, "levels", Value::Sequence(vec![first.into(), last.into()]));
    put(&mut mapping, "marker", markdown.toc.marker.as_str());
    put(&mut mapping, "list", if markdown.toc.ordered { "ol" } else { "ul" });
    put(&mut mapping, "class", markdown.toc.class.as_str());
    for (name, _, text) in markdown.toc.clone().texts() {
        put_text(&mut mapping, name, Some(text.as_str()).filter(|text| !text.is_empty()));
    }
    if let Some(nested) = markdown.toc.nested {
        put(&mut mapping, "nested", nested);
    }
    put(&mut mapping, "full", markdown.toc.full);
    Value::Mapping(mapping)
}

fn slugs(rule: &SlugRule) -> Value {
    let fate =
        |fate: CharFate| CharFate::ALL.into_iter().find(|(one, _)| *one == fate).map_or("keep", |(_, name)| name);
    let mut mapping = Mapping::new();
    put(&mut mapping, "lower", rule.lower);
    put(&mut mapping, "plain", rule.plain);
    put(&mut mapping, "separator", rule.separator.as_str());
    put(&mut mapping, "keep", rule.keep.as_str());
    put(&mut mapping, "drop", rule.drop.as_str());
    put(&mut mapping, "separate", rule.separate.as_str());
    put(&mut mapping, "letters", fate(rule.letters));
    put(&mut mapping, "symbols", fate(rule.symbols));
    put(&mut mapping, "joined", rule.joined);
    put(&mut mapping, "starts", rule.starts);
    put(&mut mapping, "ends", rule.ends);
    put(&mut mapping, "digits", rule.digits.as_str());
    put(&mut mapping, "encoded", rule.encoded);
    Value::Mapping(mapping)
}

/// A language whose pages are elsewhere, by its prefix.
fn elsewhere(language: &Elsewhere) -> (Value, Value) {
    let mut keys = Mapping::new();
    put(&mut keys, "lang", language.lang.as_str());
    put_text(&mut keys, "label", language.label.as_deref());
    put(&mut keys, "link", language.link.as_str());
    (language.prefix.as_str().into(), Value::Mapping(keys))
}

/// What one language says.
fn texts(locale: &LocaleConfig, keys: &mut Mapping) {
    put_text(keys, "label", locale.label.as_deref());
    put_text(keys, "title", locale.title.as_deref());
    put_text(keys, "description", locale.description.as_deref());
    put(keys, "nav", items(&locale.nav));
    put(keys, "sidebar", sidebar(&locale.sidebar));
}

fn items(items: &[MenuItem]) -> Value {
    let item = |item: &MenuItem| {
        if let Some(link) = &item.link
            && *item == (MenuItem { link: Some(link.clone()), span: item.span, ..MenuItem::default() })
        {
            return Value::from(link.as_str());
        }
        let mut keys = Mapping::new();
        put_text(&mut keys, "text", item.text.as_deref());
        for (name, on) in [("html", item.html), ("no_icon", item.no_icon)] {
            if on {
                put(&mut keys, name, true);
            }
        }
        // An empty link is the folder that the list belongs to.
        put_text(&mut keys, "link", item.link.as_deref().map(|link| if link.is_empty() { "./" } else { link }));
        if let Some(collapsed) = item.collapsed {
            put(&mut keys, "collapsed", collapsed);
        }
        for (name, text) in [
            ("folder", &item.folder),
            ("pager_text", &item.pager_text),
            ("pager_link", &item.pager_link),
            ("active_match", &item.active_match),
            ("target", &item.target),
            ("rel", &item.rel),
        ] {
            put_text(&mut keys, name, text.as_deref());
        }
        if let Some(depth) = item.depth {
            put(&mut keys, "outline_depth", depth);
        }
        if !item.items.is_empty() {
            put(&mut keys, "items", self::items(&item.items));
        }
        Value::Mapping(keys)
    };
    Value::Sequence(items.iter().map(item).collect())
}

fn sidebar(config: &SidebarConfig) -> Value {
    match config {
        SidebarConfig::Folders => "folders".into(),
        SidebarConfig::Headings => "headings".into(),
        SidebarConfig::Off => false.into(),
        SidebarConfig::Items(list) => items(list),
        SidebarConfig::ByPrefix(sections) => Value::Mapping(
            sections.iter().map(|(prefix, section)| (prefix.as_str().into(), sidebar(section))).collect(),
        ),
    }
}

fn layout(layout: Layout) -> &'static str {
    match layout {
        Layout::Native => "native",
        Layout::VuePress1 => "vuepress1",
        Layout::VuePress2 => "vuepress2",
        Layout::VitePress => "vitepress",
        Layout::Bare => "bare",
    }
}

fn conventions(conventions: Conventions) -> &'static str {
    match conventions {
        Conventions::VuePress1 => "vuepress1",
        Conventions::VuePress2 => "vuepress2",
        Conventions::VitePress1 => "vitepress1",
        Conventions::VitePress2 => "vitepress2",
    }
}
