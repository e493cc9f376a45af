//! The settings of VuePress 1 and 2, where they are data.

mod theme;

use std::sync::Arc;

use serde_yaml::Value;

use super::detect::Found;
use super::edit_link::Repository;
use super::plugins::Plugins;
use super::{Language, folders, functions, plugins, with_languages};
use crate::base::SourcePath;
use crate::config::{
    Analytics, Config, Construct, Conventions, Document, Fields, FolderPages, FrameConfig, Layout, LocaleConfig,
    SidebarConfig, ThemeConfig, Written, frame, native,
};
use crate::diag::{Diagnostic, Severity};
use theme::Theme;

/// Settings that only VuePress's own machinery needs.
const MACHINERY: &[&str] = &[
    "host",
    "port",
    "temp",
    "cache",
    "evergreen",
    "bundler",
    "open",
    "debug",
    "postcss",
    "stylus",
    "scss",
    "sass",
    "less",
    "configureWebpack",
    "chainWebpack",
    "shouldPrefetch",
    "shouldPreload",
    "extraWatchFiles",
    "routerBase",
    "templateDev",
    "templateBuild",
    "templateBuildRenderer",
    "alias",
    "define",
];

/// What of Markdown only the old machinery needs, or is here in any case.
const MARKDOWN: &[&str] = &["assets", "component", "frontmatter", "sfc", "vPre", "title", "headers"];

/// What the settings of a VuePress folder mean; without any, what the folder tells.
pub(super) fn settle(found: &Found, document: Option<&Document>, diagnostics: &mut Vec<Diagnostic>) -> Config {
    let mut config = folder(found, ".vuepress");
    let project = Arc::make_mut(&mut config.project);
    project.public.extend(found.folder.join(".vuepress/public"));
    let Some(document) = document else { return config };
    let first = found.layout == Layout::VuePress1;
    project.settings = Some(document.file.clone());
    // Pages of version 2 know no `$themeConfig`.
    if first {
        Arc::make_mut(&mut config.theme).data = super::theme_data(document);
    }
    let mut fields = Fields::of(document);
    if let Some(dest) = folders::of_output(&mut fields, "dest", &SourcePath::root(), diagnostics) {
        project.out_dir = dest;
    }
    if let Some(public) = folders::of_project(&mut fields, "public", &found.folder, diagnostics) {
        project.public = vec![public];
    }
    project.pages = fields.texts(&["patterns", "pagePatterns"], diagnostics).unwrap_or_default();
    config.checks = Arc::new(native::checks(&mut fields, diagnostics));
    let site = Arc::make_mut(&mut config.site);
    site.base = native::base(fields.text(&["base"], diagnostics));
    site.permalink = fields.text_unless_false(&["permalink", "permalinkPattern"], diagnostics);
    let lang = fields.lang(diagnostics).unwrap_or_else(|| "en-US".to_owned());
    let mut frame = FrameConfig::default();
    if let Some(inner) = fields.fields(&["markdown"], diagnostics) {
        markdown(inner, &mut config, &mut frame, diagnostics);
    }
    frame.head = frame::head(&mut fields, diagnostics).unwrap_or_default();
    let root_texts = (fields.text(&["title"], diagnostics), fields.text(&["description"], diagnostics));

    // Version 2 hands its theme to what makes it; version 1 and the first ones of version 2 have it in a key of its own.
    let mut made = match fields.value(&["theme"]) {
        Some((Value::Mapping(_), _)) => fields.fields(&["theme"], diagnostics),
        Some((Value::String(name), steps)) => {
            theme::named(name, document.span(&steps), diagnostics);
            None
        }
        _ => None,
    };
    let named = made.as_mut().and_then(|made| made.value(&["$theme"])).and_then(|(name, _)| name.as_str());
    let named = named.map(str::to_owned);
    let mut themes = made.as_mut().and_then(|made| made.fields(&["options"], diagnostics));
    themes = fields.fields(&["themeConfig"], diagnostics).or(themes);
    let sidebar = match (&themes, found.layout) {
        // A theme without a sidebar shows none in version 1, and the headings of the page in version 2.
        (None, _) => SidebarConfig::Folders,
        (Some(_), Layout::VuePress1) => SidebarConfig::Off,
        (Some(_), _) => SidebarConfig::Headings,
    };
    let locale = LocaleConfig {
        prefix: "/".to_owned(),
        lang,
        label: None,
        listed: true,
        title: root_texts.0,
        description: root_texts.1,
        nav: Vec::new(),
        sidebar,
    };
    // The default theme of version 2 tells both unless it is told not to.
    (frame.last_updated, frame.contributors) = (!first && themes.is_some(), !first && themes.is_some());
    let hope = named.as_deref() == Some("hope");
    frame.page_title = hope || named.as_deref() == Some("plume");
    let repository = Repository { wanted: !first, ..Repository::default() };
    let mut root = Theme { language: Language { locale, frame }, repository, first, hope };
    let (mut hostname, mut folder_pages) = (None, None);
    let (mut feed, mut google) = (false, None);
    if let Some(themes) = &mut themes {
        root.read(themes, diagnostics);
        root.containers(themes, Arc::make_mut(&mut config.markdown), diagnostics);
        hostname = themes.text(&["hostname"], diagnostics);
        let markdown = Arc::make_mut(&mut config.markdown);
        // These themes colour code as VitePress does unless they are told otherwise.
        markdown.written_languages = named.as_deref().is_some_and(|name| matches!(name, "hope" | "plume"));
        // The hope theme makes pages for folders without one unless it is told not to.
        folder_pages = (hope && !no_folder_pages(themes)).then(FolderPages::default);
        for names in [["plugins"], ["themePlugins"]] {
            let plugins = plugins::settle(themes, &names, markdown, diagnostics);
            without(&plugins, &mut root.language.frame, Arc::make_mut(&mut config.theme));
            hostname = hostname.or(plugins.hostname);
            folder_pages = plugins.folder_pages.or(folder_pages);
            (feed, google) = (feed || plugins.feed, plugins.google.or(google));
            Arc::make_mut(&mut config.site).redirects.extend(plugins.redirects);
        }
        if let Some((Value::Mapping(_), _)) = themes.value(&["markdown"])
            && let Some(options) = themes.fields(&["markdown"], diagnostics)
        {
            plugins::settle_options(options, markdown, diagnostics);
        }
    }
    let mut languages: Vec<Theme> = Vec::new();
    let mut texts = fields.fields(&["locales"], diagnostics);
    for (prefix, mut one) in texts.as_mut().map(|texts| texts.each(diagnostics)).unwrap_or_default() {
        let mut language = root.clone();
        let locale = &mut language.language.locale;
        locale.prefix = native::base(Some(prefix));
        locale.label = None;
        locale.lang = one.lang(diagnostics).unwrap_or_else(|| locale.lang.clone());
        locale.title = one.text(&["title"], diagnostics).or_else(|| locale.title.take());
        locale.description = one.text(&["description"], diagnostics).or_else(|| locale.description.take());
        // The entries of a language stand before those of the site.
        let own = frame::head(&mut one, diagnostics).unwrap_or_default();
        language.language.frame.head.splice(0..0, own);
        one.finish(Severity::Info, diagnostics);
        languages.push(language);
    }
    let mut by_language = themes.as_mut().and_then(|themes| themes.fields(&["locales"], diagnostics));
    for (prefix, mut one) in by_language.as_mut().map(|all| all.each(diagnostics)).unwrap_or_default() {
        let prefix = native::base(Some(prefix));
        let known = languages.iter().position(|language| language.language.locale.prefix == prefix);
        let index = known.unwrap_or_else(|| {
            let mut language = root.clone();
            language.language.locale.prefix = prefix;
            languages.push(language);
            languages.len() - 1
        });
        languages[index].read(&mut one, diagnostics);
        languages[index].containers(&mut one, Arc::make_mut(&mut config.markdown), diagnostics);
        one.finish(Severity::Info, diagnostics);
    }
    if let Some(themes) = themes {
        themes.finish(Severity::Info, diagnostics);
    }
    for name in ["extendMarkdown", "extendsMarkdown"] {
        functions::plugins(&mut fields, name, Arc::make_mut(&mut config.markdown), diagnostics);
    }
    let markdown = Arc::make_mut(&mut config.markdown);
    let plugins = plugins::settle(&mut fields, &["plugins"], markdown, diagnostics);
    without(&plugins, &mut root.language.frame, Arc::make_mut(&mut config.theme));
    for language in &mut languages {
        without(&plugins, &mut language.language.frame, Arc::make_mut(&mut config.theme));
    }
    plugins.containers.into_iter().for_each(|container| container.add(markdown));
    let site = Arc::make_mut(&mut config.site);
    site.folder_pages = plugins.folder_pages.or(folder_pages);
    site.redirects.extend(plugins.redirects);
    site.url = hostname.or(plugins.hostname).and_then(|hostname| published(&hostname, &site.base));
    if feed || plugins.feed {
        site.publish.feed = Some(true);
    }
    if let Some(id) = plugins.google.or(google) {
        let analytics = Analytics { google: Some(id), ..Analytics::default() };
        Arc::make_mut(&mut config.theme).analytics = Some(analytics);
    }
    fields.without_effect(MACHINERY, diagnostics);
    fields.finish(Severity::Info, diagnostics);
    let mut config = with_languages(config, languages.into_iter().map(Theme::settled).collect(), root.settled());
    // The theme looks at the languages of the site, unless it is told.
    let markdown = Arc::make_mut(&mut config.markdown);
    if hope && markdown.constructs.iter().all(|(construct, _)| *construct != Construct::CjkEmphasis) {
        let without_spaces = |lang: &str| ["zh", "ja", "ko"].contains(&lang.split('-').next().unwrap_or(lang));
        if config.site.locales.iter().any(|locale| without_spaces(&locale.lang)) {
            markdown.set(Construct::CjkEmphasis, true);
        }
    }
    config
}

/// Leaves out of a frame, and of all pages, what plugins that are turned off would have given.
fn without(plugins: &Plugins, frame: &mut FrameConfig, theme: &mut ThemeConfig) {
    if plugins.no_history {
        (frame.last_updated, frame.contributors) = (false, false);
    }
    if let Some(place) = &plugins.no_back_to_top
        && theme.look.features.is_empty()
    {
        theme.look.features.push((Written { text: "back_to_top".to_owned(), place: place.clone() }, false));
    }
}

/// Whether the theme is told to make no pages for folders: `plugins: { catalog: false }`.
fn no_folder_pages(themes: &mut Fields<'_>) -> bool {
    let plugins = themes.value(&["plugins"]).and_then(|(plugins, _)| plugins.as_mapping());
    plugins.is_some_and(|plugins| {
        ["catalog", "autoCatalog"].iter().any(|name| plugins.get(*name).and_then(Value::as_bool) == Some(false))
    })
}

/// The settings of Markdown that both versions have.
fn markdown(mut fields: Fields<'_>, config: &mut Config, frame: &mut FrameConfig, diagnostics: &mut Vec<Diagnostic>) {
    let settings = Arc::make_mut(&mut config.markdown);
    native::line_numbers(&mut fields, settings, diagnostics);
    // In the first releases of version 2 it stood with the rest of the code.
    if let Some((Value::Mapping(_), _)) = fields.value(&["code"])
        && let Some(mut code) = fields.fields(&["code"], diagnostics)
    {
        native::line_numbers(&mut code, settings, diagnostics);
        code.without_effect(&["highlightLines", "preWrapper", "vPre"], diagnostics);
        code.finish(Severity::Info, diagnostics);
    }
    super::markdown::settle(&mut fields, settings, diagnostics);
    Arc::make_mut(&mut config.site).external_links = native::external_links(&mut fields, diagnostics);
    // The headings that a page tells of are those of its outline here.
    let headings = fields.texts(&["extractHeaders"], diagnostics).unwrap_or_default();
    let levels = headings.iter().filter_map(|name| name.trim_start_matches(['h', 'H']).parse().ok());
    let levels: Vec<u8> = levels.filter(|level| (1..=6).contains(level)).collect();
    if let (Some(first), Some(last)) = (levels.iter().min(), levels.iter().max()) {
        frame.outline = Some((*first, *last));
    }
    super::text::vuepress(&mut fields, settings, diagnostics);
    functions::plugins(&mut fields, "extendMarkdown", settings, diagnostics);
    if let Some((Value::Mapping(_), _)) = fields.value(&["importCode"])
        && let Some(mut code) = fields.fields(&["importCode"], diagnostics)
    {
        functions::included_paths(&mut code, "handleImportPath", settings, diagnostics);
        code.finish(Severity::Info, diagnostics);
    }
    Arc::make_mut(&mut config.site).slugs.clone_from(&config.markdown.slugs);
    fields.without_effect(MARKDOWN, diagnostics);
    fields.finish(Severity::Info, diagnostics);
}

/// The address of the site: a host, and the path under which the site lies there.
fn published(hostname: &str, base: &str) -> Option<String> {
    let host = match hostname.contains("://") {
        true => hostname.to_owned(),
        false => format!("https://{hostname}"),
    };
    let (host, base) = (host.trim_end_matches('/'), base.trim_end_matches('/'));
    native::is_url(host).then(|| match host.ends_with(base) {
        true => host.to_owned(),
        false => format!("{host}{base}"),
    })
}

/// What a VuePress or VitePress folder tells without settings.
pub(super) fn folder(found: &Found, mark: &str) -> Config {
    let mut config = native::defaults(found.layout, "en-US");
    let project = Arc::make_mut(&mut config.project);
    project.content = found.folder.clone();
    project.copy_all = false;
    project.out_dir =
        found.folder.join(&format!("{mark}/dist")).map_or_else(|| "dist".to_owned(), |path| path.as_str().to_owned());
    let markdown = Arc::make_mut(&mut config.markdown);
    markdown.conventions = found.conventions;
    markdown.extended = false;
    // The default theme of version 2 numbers lines unless it is told not to.
    markdown.line_numbers = found.conventions == Conventions::VuePress2;
    Arc::make_mut(&mut config.site).conventions = found.conventions;
    config
}
