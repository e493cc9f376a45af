//! The settings of VuePress 1 and 2, where they are data.

use std::sync::Arc;

use super::detect::Found;
use super::with_locales;
use crate::base::SourcePath;
use crate::config::menu::{self, Groups};
use crate::config::{Config, Conventions, Document, Fields, Layout, LocaleConfig, SidebarConfig, native};
use crate::diag::{Diagnostic, Severity};

/// Settings that only VuePress's own machinery needs.
const MACHINERY: &[&str] = &[
    "host",
    "port",
    "temp",
    "cache",
    "evergreen",
    "bundler",
    "theme",
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
];

/// What the settings of a VuePress folder mean; without any, what the folder tells.
pub(super) fn settle(found: &Found, document: Option<&Document>, diagnostics: &mut Vec<Diagnostic>) -> Config {
    let mut config = folder(found, ".vuepress");
    let project = Arc::make_mut(&mut config.project);
    project.public.extend(found.folder.join(".vuepress/public"));
    let Some(document) = document else { return config };
    project.settings = Some(document.file.clone());
    if let Some(data) = document.values.get("themeConfig").and_then(serde_yaml::Value::as_mapping) {
        Arc::make_mut(&mut config.theme).data = data.clone();
    }
    let mut fields = Fields::of(document);
    if let Some(dest) = fields.text(&["dest"], diagnostics) {
        project.out_dir = dest;
    }
    let lang = fields.text(&["lang"], diagnostics).unwrap_or_else(|| "en-US".to_owned());
    Arc::make_mut(&mut config.site).base = native::base(fields.text(&["base"], diagnostics));
    if let Some(mut markdown) = fields.fields(&["markdown"], diagnostics) {
        let settings = Arc::make_mut(&mut config.markdown);
        settings.line_numbers = markdown.bool(&["lineNumbers"], diagnostics).unwrap_or(settings.line_numbers);
        if let Some(mut toc) = markdown.fields(&["toc"], diagnostics) {
            let levels = toc.levels(&["includeLevel", "level"], diagnostics);
            settings.toc_levels = levels.unwrap_or(settings.toc_levels);
            toc.finish(Severity::Info, diagnostics);
        }
        markdown.finish(Severity::Info, diagnostics);
    }
    let groups = if found.layout == Layout::VuePress1 { Groups::Shut } else { Groups::Open };
    let mut themes = fields.fields(&["themeConfig"], diagnostics);
    let root_texts = (fields.text(&["title"], diagnostics), fields.text(&["description"], diagnostics));
    let mut root = LocaleConfig {
        prefix: "/".to_owned(),
        lang,
        label: None,
        title: root_texts.0,
        description: root_texts.1,
        nav: Vec::new(),
        // A theme without a sidebar shows none in version 1, and the headings of the page in version 2.
        sidebar: if themes.is_none() {
            SidebarConfig::Folders
        } else if found.layout == Layout::VuePress1 {
            SidebarConfig::Off
        } else {
            SidebarConfig::Headings
        },
    };
    let mut locales: Vec<LocaleConfig> = Vec::new();
    if let Some(themes) = &mut themes {
        theme(themes, &mut config, diagnostics);
        navigation(themes, groups, &mut root, diagnostics);
    }
    let mut texts = fields.fields(&["locales"], diagnostics);
    let mut by_language = themes.as_mut().and_then(|themes| themes.fields(&["locales"], diagnostics));
    for (prefix, mut one) in texts.as_mut().map(|texts| texts.each(diagnostics)).unwrap_or_default() {
        let mut locale = LocaleConfig { prefix: native::base(Some(prefix)), label: None, ..root.clone() };
        locale.lang = one.text(&["lang"], diagnostics).unwrap_or(locale.lang);
        locale.title = one.text(&["title"], diagnostics).or(locale.title);
        locale.description = one.text(&["description"], diagnostics).or(locale.description);
        one.finish(Severity::Info, diagnostics);
        locales.push(locale);
    }
    for (prefix, mut one) in by_language.as_mut().map(|texts| texts.each(diagnostics)).unwrap_or_default() {
        let prefix = native::base(Some(prefix));
        let index = locales.iter().position(|locale| locale.prefix == prefix).unwrap_or_else(|| {
            locales.push(LocaleConfig { prefix, ..root.clone() });
            locales.len() - 1
        });
        let locale = &mut locales[index];
        locale.label = one.text(&["label", "selectLanguageName"], diagnostics);
        navigation(&mut one, groups, locale, diagnostics);
        one.finish(Severity::Info, diagnostics);
    }
    if let Some(themes) = themes {
        themes.finish(Severity::Info, diagnostics);
    }
    for name in MACHINERY {
        fields.value(&[name]);
    }
    fields.finish(Severity::Info, diagnostics);
    with_locales(config, locales, root)
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

/// The parts of the theme's settings that are the same in every language.
fn theme(fields: &mut Fields<'_>, config: &mut Config, diagnostics: &mut Vec<Diagnostic>) {
    let theme = Arc::make_mut(&mut config.theme);
    theme.logo = fields.text_unless_false(&["logo"], diagnostics);
    let repo = fields.text_unless_false(&["repo"], diagnostics);
    let docs_repo = fields.text(&["docsRepo"], diagnostics).or_else(|| repo.clone());
    let dir = fields.text(&["docsDir"], diagnostics).unwrap_or_default();
    let first = config.project.layout == Layout::VuePress1;
    let branch = fields.text(&["docsBranch"], diagnostics);
    let branch = branch.unwrap_or_else(|| if first { "master".to_owned() } else { "main".to_owned() });
    let wanted = fields.bool(&["editLinks", "editLink"], diagnostics).unwrap_or(!first);
    theme.repo = repo.as_deref().map(address);
    if wanted && let Some(repo) = docs_repo {
        theme.edit_link = Some(edit_link(&address(&repo), &dir, &branch));
    }
}

/// A repository's address: `owner/name` is one of GitHub's.
pub(super) fn address(repo: &str) -> String {
    match repo.contains("://") {
        true => repo.trim_end_matches('/').to_owned(),
        false => format!("https://github.com/{}", repo.trim_matches('/')),
    }
}

/// Where a page of a repository is edited.
fn edit_link(repo: &str, dir: &str, branch: &str) -> String {
    let path = match dir.trim_matches('/') {
        "" | "." => ":path".to_owned(),
        dir => format!("{dir}/:path"),
    };
    if repo.contains("gitlab.com") {
        format!("{repo}/-/edit/{branch}/{path}")
    } else if repo.contains("bitbucket.org") {
        format!("{repo}/src/{branch}/{path}?mode=edit&spa=0&at={branch}&fileviewer=file-view-default")
    } else {
        format!("{repo}/edit/{branch}/{path}")
    }
}

/// The links of one language.
fn navigation(fields: &mut Fields<'_>, groups: Groups, locale: &mut LocaleConfig, diagnostics: &mut Vec<Diagnostic>) {
    let document = fields.document();
    if let Some((value, steps)) = fields.value(&["nav", "navbar"])
        && value.is_sequence()
    {
        locale.nav = menu::items(document, value, &steps, Groups::Open, diagnostics);
    }
    if let Some((value, steps)) = fields.value(&["sidebar"])
        && let Some(sidebar) = menu::sidebar(document, value, &steps, groups, diagnostics)
    {
        locale.sidebar = sidebar;
    }
}

/// The folder of the pages of a VuePress or VitePress project, seen from the one that holds its settings.
pub(super) fn below(folder: &SourcePath, written: &str) -> Option<SourcePath> {
    folder.join(written.trim_start_matches('/'))
}
