//! The settings of VitePress, where they are data.

use std::sync::Arc;

use super::detect::Found;
use super::{vuepress, with_locales};
use crate::config::menu::{self, Groups};
use crate::config::{Config, Document, Fields, LocaleConfig, SidebarConfig, native};
use crate::diag::{Diagnostic, Severity};

/// Settings that only VitePress's own machinery needs.
const MACHINERY: &[&str] =
    &["vite", "vue", "cacheDir", "assetsDir", "metaChunk", "mpa", "contentProps", "useWebFonts", "router"];

/// What the settings of a VitePress folder mean; without any, what the folder tells.
pub(super) fn settle(found: &Found, document: Option<&Document>, diagnostics: &mut Vec<Diagnostic>) -> Config {
    let mut config = vuepress::folder(found, ".vitepress");
    let project = Arc::make_mut(&mut config.project);
    let Some(document) = document else {
        project.public.extend(found.folder.join("public"));
        return config;
    };
    project.settings = Some(document.file.clone());
    if let Some(data) = document.values.get("themeConfig").and_then(serde_yaml::Value::as_mapping) {
        Arc::make_mut(&mut config.theme).data = data.clone();
    }
    let mut fields = Fields::of(document);
    if let Some(content) = fields.text(&["srcDir"], diagnostics).and_then(|dir| vuepress::below(&found.folder, &dir)) {
        project.content = content;
    }
    project.public.extend(project.content.join("public"));
    if let Some(out_dir) = fields.text(&["outDir"], diagnostics).and_then(|dir| vuepress::below(&found.folder, &dir)) {
        project.out_dir = out_dir.as_str().to_owned();
    }
    project.exclude = fields.texts(&["srcExclude"], diagnostics).unwrap_or_default();
    let lang = fields.text(&["lang"], diagnostics).unwrap_or_else(|| "en-US".to_owned());
    let site = Arc::make_mut(&mut config.site);
    site.base = native::base(fields.text(&["base"], diagnostics));
    site.clean_urls = fields.bool(&["cleanUrls"], diagnostics).unwrap_or(false);
    if let Some(mut markdown) = fields.fields(&["markdown"], diagnostics) {
        let settings = Arc::make_mut(&mut config.markdown);
        settings.line_numbers = markdown.bool(&["lineNumbers"], diagnostics).unwrap_or(false);
        if let Some(mut toc) = markdown.fields(&["toc"], diagnostics) {
            settings.toc_levels = toc.levels(&["level"], diagnostics).unwrap_or(settings.toc_levels);
            toc.finish(Severity::Info, diagnostics);
        }
        if let Some(mut containers) = markdown.fields(&["container"], diagnostics) {
            let labels = containers.each_text(diagnostics);
            let kind = |(name, text): (String, String)| Some((name.strip_suffix("Label")?.to_owned(), text));
            settings.container_titles = labels.into_iter().filter_map(kind).collect();
        }
        markdown.finish(Severity::Info, diagnostics);
    }
    let mut root = LocaleConfig {
        prefix: "/".to_owned(),
        lang,
        label: None,
        title: fields.text(&["title"], diagnostics),
        description: fields.text(&["description"], diagnostics),
        nav: Vec::new(),
        sidebar: SidebarConfig::Off,
    };
    match fields.fields(&["themeConfig"], diagnostics) {
        Some(mut theme) => {
            self::theme(&mut theme, &mut config, diagnostics);
            navigation(&mut theme, &mut root, diagnostics);
            theme.finish(Severity::Info, diagnostics);
        }
        None => root.sidebar = SidebarConfig::Folders,
    }
    let mut locales = Vec::new();
    for (name, mut one) in
        fields.fields(&["locales"], diagnostics).map(|mut all| all.each(diagnostics)).unwrap_or_default()
    {
        let prefix = if name == "root" { "/".to_owned() } else { native::base(Some(name)) };
        let mut locale = LocaleConfig { prefix, ..root.clone() };
        locale.lang = one.text(&["lang"], diagnostics).unwrap_or(locale.lang);
        locale.label = one.text(&["label"], diagnostics);
        locale.title = one.text(&["title"], diagnostics).or(locale.title);
        locale.description = one.text(&["description"], diagnostics).or(locale.description);
        if let Some(mut theme) = one.fields(&["themeConfig"], diagnostics) {
            navigation(&mut theme, &mut locale, diagnostics);
            theme.finish(Severity::Info, diagnostics);
        }
        one.value(&["link"]);
        one.finish(Severity::Info, diagnostics);
        locales.push(locale);
    }
    for name in MACHINERY {
        fields.value(&[name]);
    }
    fields.finish(Severity::Info, diagnostics);
    with_locales(config, locales, root)
}

/// The parts of the theme's settings that are the same in every language.
fn theme(fields: &mut Fields<'_>, config: &mut Config, diagnostics: &mut Vec<Diagnostic>) {
    let theme = Arc::make_mut(&mut config.theme);
    if let Some((value, _)) = fields.value(&["logo"]) {
        let picture = value.as_str().or_else(|| ["src", "light"].iter().find_map(|name| value.get(*name)?.as_str()));
        theme.logo = picture.map(str::to_owned);
    }
    if let Some(mut edit) = fields.fields(&["editLink"], diagnostics) {
        theme.edit_link = edit.text(&["pattern"], diagnostics);
        edit.value(&["text"]);
        edit.finish(Severity::Info, diagnostics);
    }
    if let Some(mut footer) = fields.fields(&["footer"], diagnostics) {
        let parts = [footer.text(&["message"], diagnostics), footer.text(&["copyright"], diagnostics)];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        theme.footer = (!parts.is_empty()).then(|| parts.join("<br>"));
        footer.finish(Severity::Info, diagnostics);
    }
    // `outline` may be levels, or levels and a label.
    theme.outline_levels = match fields.value(&["outline"]) {
        Some((value, _)) if value.is_mapping() => {
            let mut outline = fields.fields(&["outline"], diagnostics);
            outline.as_mut().and_then(|outline| outline.levels(&["level"], diagnostics)).unwrap_or((2, 2))
        }
        Some(_) => fields.levels(&["outline"], diagnostics).unwrap_or((2, 2)),
        None => (2, 2),
    };
}

/// The links of one language.
fn navigation(fields: &mut Fields<'_>, locale: &mut LocaleConfig, diagnostics: &mut Vec<Diagnostic>) {
    let document = fields.document();
    if let Some((value, steps)) = fields.value(&["nav"]) {
        locale.nav = menu::items(document, value, &steps, Groups::Open, diagnostics);
    }
    if let Some((value, steps)) = fields.value(&["sidebar"])
        && let Some(sidebar) = menu::sidebar(document, value, &steps, Groups::Open, diagnostics)
    {
        locale.sidebar = sidebar;
    }
}
