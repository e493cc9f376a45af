//! The settings of VitePress, where they are data.

pub(super) mod additional;
mod theme;

use std::sync::Arc;

use serde_yaml::Value;

use super::detect::Found;
use super::{Language, folders, functions, skip_if, vuepress, with_languages};
use crate::config::{
    Config, ContainerConfig, ContainerShape, Document, Elsewhere, Fields, FrameConfig, IgnoredLinks, LocaleConfig,
    MarkdownConfig, SidebarConfig, Step, frame, is_program, native, pattern,
};
use crate::diag::{Diagnostic, Severity};

/// Settings that only VitePress's own machinery needs.
const MACHINERY: &[&str] = &[
    "vite",
    "vue",
    "cacheDir",
    "assetsDir",
    "metaChunk",
    "mpa",
    "contentProps",
    "useWebFonts",
    "router",
    "scrollOffset",
    "experimental",
    "dir",
];

/// What of Markdown only the old machinery needs, or is here in any case.
const MARKDOWN: &[&str] = &["cache", "component", "frontmatter", "headers", "sfc", "preWrapper"];

/// What the settings of a VitePress folder mean; without any, what the folder tells.
pub(super) fn settle(found: &Found, document: Option<&Document>, diagnostics: &mut Vec<Diagnostic>) -> Config {
    let mut config = vuepress::folder(found, ".vitepress");
    let project = Arc::make_mut(&mut config.project);
    let Some(document) = document else {
        project.public.extend(found.folder.join("public"));
        return config;
    };
    project.settings = Some(document.file.clone());
    Arc::make_mut(&mut config.theme).data = super::theme_data(document);
    let mut fields = Fields::of(document);
    if let Some(content) = folders::of_project(&mut fields, "srcDir", &found.folder, diagnostics) {
        project.content = content;
    }
    project.public.extend(project.content.join("public"));
    if let Some(out_dir) = folders::of_output(&mut fields, "outDir", &found.folder, diagnostics) {
        project.out_dir = out_dir;
    }
    project.exclude = fields.texts(&["srcExclude"], diagnostics).unwrap_or_default();
    // A function is asked for the path of each page once they are known.
    if super::rewriting::is_function(document) {
        fields.skip(&["rewrites"]);
    }
    let rules = fields.fields(&["rewrites"], diagnostics);
    project.rewrites = rules.map(|mut rules| rules.each_text(diagnostics)).unwrap_or_default();
    let lang = fields.lang(diagnostics).unwrap_or_else(|| "en-US".to_owned());
    config.checks = Arc::new(native::checks(&mut fields, diagnostics));
    let site = Arc::make_mut(&mut config.site);
    site.base = native::base(fields.text(&["base"], diagnostics));
    site.clean_urls = fields.bool(&["cleanUrls"], diagnostics).unwrap_or(false);
    site.ignored_links = ignored_links(&mut fields, diagnostics);
    if let Some(mut sitemap) = fields.fields(&["sitemap"], diagnostics) {
        let hostname = sitemap.text(&["hostname"], diagnostics);
        site.url = hostname.filter(|url| native::is_url(url)).map(|url| url.trim_end_matches('/').to_owned());
        sitemap.finish(Severity::Info, diagnostics);
    }
    if let Some(inner) = fields.fields(&["markdown"], diagnostics) {
        markdown(inner, &mut config, diagnostics);
    }
    let locale = LocaleConfig {
        prefix: "/".to_owned(),
        lang,
        label: None,
        listed: true,
        title: None,
        description: None,
        nav: Vec::new(),
        sidebar: SidebarConfig::Off,
    };
    let last_updated = fields.bool(&["lastUpdated"], diagnostics).unwrap_or(false);
    let frame = FrameConfig { outline: Some((2, 2)), last_updated, ..FrameConfig::default() };
    let mut root = Language { locale, frame };
    language(&mut fields, &mut root, diagnostics);
    // The first releases had what the theme says of a language among the settings of the theme.
    let mut by_language = Vec::new();
    match fields.fields(&["themeConfig"], diagnostics) {
        Some(mut theme) => {
            if let Some(mut all) = theme.fields(&["locales"], diagnostics) {
                by_language = all.each(diagnostics);
            }
            Arc::make_mut(&mut config.site).same_page = theme.bool(&["i18nRouting"], diagnostics).unwrap_or(true);
            theme::settle(&mut theme, &mut root, diagnostics);
            theme.finish(Severity::Info, diagnostics);
        }
        None => root.locale.sidebar = SidebarConfig::Folders,
    }
    let mut languages = Vec::new();
    for (name, mut one) in
        fields.fields(&["locales"], diagnostics).map(|mut all| all.each(diagnostics)).unwrap_or_default()
    {
        let mut language = root.clone();
        language.locale.prefix = if name == "root" { "/".to_owned() } else { native::base(Some(name)) };
        language.locale.label = None;
        if let Some(elsewhere) = elsewhere(&mut one, &language.locale, diagnostics) {
            one.finish(Severity::Info, diagnostics);
            Arc::make_mut(&mut config.site).elsewhere.push(elsewhere);
            continue;
        }
        self::language(&mut one, &mut language, diagnostics);
        if let Some(mut markdown) = one.fields(&["markdown"], diagnostics) {
            if let Some(mut containers) = markdown.fields(&["container"], diagnostics) {
                let settings = Arc::make_mut(&mut config.markdown);
                labels(&mut containers, &language.locale.prefix, settings, diagnostics);
                own_containers(&mut containers, &language.locale.prefix, settings, diagnostics);
                containers.finish(Severity::Info, diagnostics);
            }
            markdown.finish(Severity::Info, diagnostics);
        }
        if let Some(mut theme) = one.fields(&["themeConfig"], diagnostics) {
            // There is one menu for all languages.
            Arc::make_mut(&mut config.site).same_page &= theme.bool(&["i18nRouting"], diagnostics).unwrap_or(true);
            theme::settle(&mut theme, &mut language, diagnostics);
            theme.finish(Severity::Info, diagnostics);
        }
        let folder = language.locale.prefix.clone();
        if let Some(index) = by_language.iter().position(|(name, _)| native::base(Some(name.clone())) == folder) {
            let (_, mut theme) = by_language.remove(index);
            language.locale.label = theme.text(&["label"], diagnostics).or_else(|| language.locale.label.take());
            theme::settle(&mut theme, &mut language, diagnostics);
            theme.finish(Severity::Info, diagnostics);
        }
        one.skip(&["dir"]);
        one.finish(Severity::Info, diagnostics);
        languages.push(language);
    }
    skip_if(&mut fields, true, &["appearance"]);
    fields.without_effect(MACHINERY, diagnostics);
    fields.finish(Severity::Info, diagnostics);
    with_languages(config, languages, root)
}

/// The language, if its pages are published elsewhere.
fn elsewhere(fields: &mut Fields<'_>, locale: &LocaleConfig, diagnostics: &mut Vec<Diagnostic>) -> Option<Elsewhere> {
    let link = fields.text(&["link"], diagnostics)?;
    if !native::is_url(&link) {
        if link.trim_matches('/') != locale.prefix.trim_matches('/') {
            let steps = [fields.steps(), &[Step::Key("link".to_owned())]].concat();
            diagnostics.push(
                Diagnostic::info("setting-ignored", format!("the language menu does not lead to `{link}`"))
                    .at(fields.document().span(&steps))
                    .help("it leads to the same page in the other language, or to the nearest one above it"),
            );
        }
        return None;
    }
    Some(Elsewhere {
        prefix: locale.prefix.clone(),
        lang: fields.lang(diagnostics).unwrap_or_else(|| locale.prefix.trim_matches('/').to_owned()),
        label: fields.text(&["label"], diagnostics),
        link: link.trim_end_matches('/').to_owned(),
    })
}

/// What containers are called on the pages below `prefix`: `tipLabel`, ...
fn labels(fields: &mut Fields<'_>, prefix: &str, settings: &mut MarkdownConfig, diagnostics: &mut Vec<Diagnostic>) {
    for name in fields.names() {
        if let Some(kind) = name.strip_suffix("Label")
            && let Some(title) = fields.text(&[&name], diagnostics)
        {
            settings.set_container_title(kind, prefix, title);
        }
    }
}

/// The containers that the settings add, and what they are called on the pages below `prefix`.
fn own_containers(
    fields: &mut Fields<'_>,
    prefix: &str,
    settings: &mut MarkdownConfig,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let own = fields.fields(&["customContainers"], diagnostics);
    let titles = own.map(|mut own| own.each_text(diagnostics)).unwrap_or_default();
    titles
        .into_iter()
        .map(|(name, title)| {
            settings.set_container_title(&name, prefix, title);
            name
        })
        .collect()
}

/// What the site and each language say alike.
fn language(fields: &mut Fields<'_>, language: &mut Language, diagnostics: &mut Vec<Diagnostic>) {
    let Language { locale, frame } = language;
    if let Some(lang) = fields.lang(diagnostics) {
        locale.lang = lang;
    }
    locale.label = fields.text(&["label"], diagnostics).or_else(|| locale.label.take());
    locale.title = fields.text(&["title"], diagnostics).or_else(|| locale.title.take());
    locale.description = fields.text(&["description"], diagnostics).or_else(|| locale.description.take());
    match fields.value(&["titleTemplate"]) {
        Some((Value::Bool(false), _)) => frame.title_template = Some(String::new()),
        Some((Value::Bool(true), _)) | None => {}
        Some(_) => frame.title_template = fields.text(&["titleTemplate"], diagnostics),
    }
    frame.head.extend(frame::head(fields, diagnostics).unwrap_or_default());
}

fn markdown(mut fields: Fields<'_>, config: &mut Config, diagnostics: &mut Vec<Diagnostic>) {
    let settings = Arc::make_mut(&mut config.markdown);
    settings.line_numbers = fields.bool(&["lineNumbers"], diagnostics).unwrap_or(false);
    super::markdown::settle(&mut fields, settings, diagnostics);
    if let Some(mut attrs) = fields.fields(&["attrs"], diagnostics) {
        settings.attributes = attrs.bool(&["disable"], diagnostics).map(|disable| !disable);
        attrs.finish(Severity::Info, diagnostics);
    }
    if let Some(mut image) = fields.fields(&["image"], diagnostics) {
        settings.lazy_images = image.bool(&["lazyLoading", "lazyLoad"], diagnostics);
        image.finish(Severity::Info, diagnostics);
    }
    if let Some(mut containers) = fields.fields(&["container"], diagnostics) {
        labels(&mut containers, "", settings, diagnostics);
        for name in own_containers(&mut containers, "", settings, diagnostics) {
            settings.containers.push(ContainerConfig { name, shape: ContainerShape::Hint, class: None, html: None });
        }
        containers.finish(Severity::Info, diagnostics);
    }
    settings.alerts = fields.bool(&["gfmAlerts"], diagnostics);
    Arc::make_mut(&mut config.site).external_links = native::external_links(&mut fields, diagnostics);
    super::text::vitepress(&mut fields, settings, diagnostics);
    functions::plugins(&mut fields, "config", settings, diagnostics);
    Arc::make_mut(&mut config.site).slugs.clone_from(&config.markdown.slugs);
    fields.without_effect(MARKDOWN, diagnostics);
    fields.finish(Severity::Info, diagnostics);
}

/// Which dead links are not told. Those to the author's own machine never are.
fn ignored_links(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> IgnoredLinks {
    let Some((value, steps)) = fields.value(&["ignoreDeadLinks"]) else { return IgnoredLinks::default() };
    let list = match value {
        Value::Bool(all) => return IgnoredLinks { all: *all, like: Vec::new() },
        Value::Sequence(list) => list.as_slice(),
        value => std::slice::from_ref(value),
    };
    let mut ignored = IgnoredLinks::default();
    for value in list {
        match value {
            Value::String(link) if link == "localhostLinks" => {}
            Value::String(link) => ignored.like.push(link.clone()),
            value => match pattern(value) {
                Some(pattern) => ignored.like.push(format!("/{pattern}/")),
                None if is_program(value) => diagnostics.push(
                    Diagnostic::info("setting-ignored", "a program says which dead links are not told; it is not run")
                        .at(fields.document().span(&steps))
                        .help("write those links, or patterns of them"),
                ),
                None => {}
            },
        }
    }
    ignored
}
