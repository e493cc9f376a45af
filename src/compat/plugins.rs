//! Plugins that settings of VuePress name, and what there is here in their place.

mod containers;
mod options;
mod own;
mod table;

use serde_yaml::{Mapping, Value};

use crate::base::Span;
use crate::config::{Construct, Document, Fields, FolderPages, MarkdownConfig, RedirectConfig, Step, native};
use crate::diag::{Diagnostic, Severity};
use containers::OwnContainer;
use table::Fate::{Here, Instead, Read};
use table::{ALWAYS, CATALOGS, COLOURS, OPTIONS, TABLE, WRITING};

pub(super) use options::settle as settle_options;

/// What plugins say that has a use.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plugins {
    /// Where the site will be published, without its base.
    pub hostname: Option<String>,
    /// Former addresses, and where they lead.
    pub redirects: Vec<RedirectConfig>,
    /// Boxes of the site's own.
    pub containers: Vec<OwnContainer>,
    /// Pages of folders that have none.
    pub folder_pages: Option<FolderPages>,
    /// Whether a feed is wanted.
    pub feed: bool,
    /// The id under which Google counts the readers.
    pub google: Option<String>,
    /// Whether what git knows of pages is to be left out.
    pub no_history: bool,
    /// Where it says that pages have no way back to their top.
    pub no_back_to_top: Option<Span>,
}

/// Reads plugins in every spelling: names, `[name, options]`, `{name: options}`. What is not used is told.
/// Ways of writing that they bring are put into `markdown`.
pub(super) fn settle(
    fields: &mut Fields<'_>,
    names: &[&str],
    markdown: &mut MarkdownConfig,
    diagnostics: &mut Vec<Diagnostic>,
) -> Plugins {
    let mut plugins = Plugins::default();
    let document = fields.document();
    let Some((value, steps)) = fields.value(names) else { return plugins };
    match value {
        Value::Sequence(list) => {
            for (index, value) in list.iter().enumerate() {
                let mut steps = steps.clone();
                steps.push(Step::Index(index));
                if let Some(name) = own::name(value) {
                    own::tell(name, value, (document, &steps), markdown, diagnostics);
                    continue;
                }
                for (name, options) in written(value) {
                    one(&mut plugins, markdown, (document, name, options, &steps), diagnostics);
                }
                for name in turned_off(value) {
                    plugins.without(name, document.span(&steps), diagnostics);
                }
            }
        }
        Value::Mapping(_) => {
            for name in turned_off(value) {
                let mut steps = steps.clone();
                steps.push(Step::Key(name.to_owned()));
                plugins.without(name, document.span(&steps), diagnostics);
            }
            for (name, options) in written(value) {
                let mut steps = steps.clone();
                steps.push(Step::Key(name.to_owned()));
                one(&mut plugins, markdown, (document, name, options, &steps), diagnostics);
            }
        }
        _ => diagnostics.push(
            Diagnostic::warning("setting-type", "the plugins should be a list")
                .at(document.span(&steps))
                .help("they are not used"),
        ),
    }
    plugins
}

/// The plugins that an element names, with their options; those that are turned off are left out.
fn written(value: &Value) -> Vec<(&str, Option<&Mapping>)> {
    match value {
        Value::String(name) => vec![(name, None)],
        Value::Sequence(pair) => match (pair.first().and_then(Value::as_str), pair.get(1)) {
            (_, Some(Value::Bool(false))) | (None, _) => Vec::new(),
            (Some(name), options) => vec![(name, options.and_then(Value::as_mapping))],
        },
        // What a package made: its name, and the options that it was given.
        Value::Mapping(mapping) => match mapping.get("$plugin").and_then(Value::as_str) {
            Some(name) => vec![(name, mapping.get("options").and_then(Value::as_mapping))],
            None => mapping
                .iter()
                .filter(|(_, options)| options.as_bool() != Some(false))
                .filter_map(|(name, options)| Some((name.as_str()?, options.as_mapping())))
                .filter(|(name, _)| !name.starts_with('$') && *name != "name")
                .collect(),
        },
        _ => Vec::new(),
    }
}

/// The plugins that an element turns off: `[name, false]`, `{name: false}`.
fn turned_off(value: &Value) -> Vec<&str> {
    match value {
        Value::Sequence(pair) => match (pair.first().and_then(Value::as_str), pair.get(1)) {
            (Some(name), Some(Value::Bool(false))) => vec![name],
            _ => Vec::new(),
        },
        Value::Mapping(mapping) if !mapping.contains_key("$plugin") => {
            let off = mapping.iter().filter(|(_, options)| options.as_bool() == Some(false));
            off.filter_map(|(name, _)| name.as_str()).collect()
        }
        _ => Vec::new(),
    }
}

impl Plugins {
    /// Notes that a plugin is turned off, if what it gives is there without it.
    fn without(&mut self, written: &str, place: Span, diagnostics: &mut Vec<Diagnostic>) {
        match short(written).as_str() {
            "git" | "last-updated" => self.no_history = true,
            "back-to-top" => self.no_back_to_top = Some(place),
            name if ALWAYS.contains(&name) => diagnostics.push(
                Diagnostic::info("setting-ignored", format!("turning the plugin `{name}` off changes nothing here"))
                    .at(place)
                    .help("what it gives is part of every site"),
            ),
            _ => {}
        }
    }
}

fn one<'d>(
    plugins: &mut Plugins,
    markdown: &mut MarkdownConfig,
    (document, written, options, steps): (&'d Document, &str, Option<&'d Mapping>, &[Step]),
    diagnostics: &mut Vec<Diagnostic>,
) {
    let name = short(written);
    let fate = TABLE.iter().find(|(known, _)| *known == name).map(|(_, fate)| *fate);
    if matches!(name.as_str(), "markdown-math" | "katex" | "mathjax") {
        markdown.set(Construct::Math, true);
    }
    let fields = fields_of(document, options, steps);
    match fields {
        Some(fields) if CATALOGS.contains(&name.as_str()) => {
            plugins.folder_pages = Some(native::folder_pages_in(fields, Severity::Info, diagnostics));
        }
        None if CATALOGS.contains(&name.as_str()) => plugins.folder_pages = Some(FolderPages::default()),
        Some(fields) if WRITING.contains(&name.as_str()) => options::settle(fields, markdown, diagnostics),
        Some(fields) if COLOURS.contains(&name.as_str()) => options::code(fields, markdown, diagnostics),
        _ => {}
    }
    if COLOURS.contains(&name.as_str()) {
        markdown.written_languages = name == "shiki";
    }
    unread(&name, fate, options, (document, steps), diagnostics);
    let text = |key: &str| options.and_then(|options| options.get(key)).and_then(Value::as_str).map(str::to_owned);
    match fate {
        Some(Here) => {}
        Some(Read) if name.starts_with("sitemap") => plugins.hostname = text("hostname").or(plugins.hostname.take()),
        Some(Read) if name.starts_with("feed") => {
            plugins.feed = true;
            plugins.hostname = text("hostname").or_else(|| text("canonical_base")).or(plugins.hostname.take());
        }
        Some(Read) if name == "google-analytics" => {
            plugins.google = text("id").or_else(|| text("ga")).and_then(|id| native::google_id(&id));
            if plugins.google.is_none() {
                diagnostics.push(
                    Diagnostic::new(Severity::Info, "plugin-not-used", format!("the plugin `{name}` is not used"))
                        .at(document.span(steps))
                        .help("Google counts with ids that begin with `G-` only: name yours, or take the plugin out"),
                );
            }
        }
        Some(Read) if name == "redirect" => {
            let rules =
                fields_of(document, options, steps).and_then(|mut fields| fields.fields(&["config"], diagnostics));
            plugins.redirects.extend(rules.map(|rules| native::redirects(rules, diagnostics)).unwrap_or_default());
        }
        Some(Read) if name.ends_with("hint") => {
            let alerts = options.and_then(|options| options.get("alert")).and_then(Value::as_bool);
            markdown.alerts = alerts.or(markdown.alerts);
        }
        Some(Read) => plugins.containers.extend(OwnContainer::read(options)),
        Some(Instead(_)) | None => {
            let help = match fate {
                Some(Instead(help)) => help,
                _ => "what it adds is missing in the site; no plugin of VuePress is run",
            };
            diagnostics.push(
                Diagnostic::new(Severity::Info, "plugin-not-used", format!("the plugin `{name}` is not used"))
                    .at(document.span(steps))
                    .help(help),
            );
        }
    }
}

/// Tells the options of a plugin that change nothing here, where no other finding is about it.
fn unread(
    name: &str,
    fate: Option<table::Fate>,
    options: Option<&Mapping>,
    (document, steps): (&Document, &[Step]),
    diagnostics: &mut Vec<Diagnostic>,
) {
    let is_read = [CATALOGS, WRITING, COLOURS].concat().contains(&name) || name.ends_with("container");
    let (Some(Here | Read), Some(options), false) = (fate, options, is_read) else { return };
    let known = OPTIONS.iter().find(|(plugin, _)| name.starts_with(plugin) || name.ends_with(plugin));
    let known = known.map_or(&[][..], |(_, keys)| keys);
    let keys = options.keys().filter_map(Value::as_str).filter(|key| !known.contains(key) && !key.starts_with('$'));
    let keys: Vec<String> = keys.map(|key| format!("`{key}`")).collect();
    if !keys.is_empty() {
        let told = format!("options of the plugin `{name}` change nothing here: {}", keys.join(", "));
        diagnostics.push(
            Diagnostic::info("setting-ignored", told)
                .at(document.span(steps))
                .help("what the plugin gives is here as it is"),
        );
    }
}

/// The options of a plugin, key by key.
fn fields_of<'d>(document: &'d Document, options: Option<&'d Mapping>, steps: &[Step]) -> Option<Fields<'d>> {
    options.map(|options| Fields::inside(document, options, steps.to_vec()))
}

/// The name of a plugin without what packages are called: `back-to-top` for `@vuepress/plugin-back-to-top`, `copy-code` for
/// `copyCode`.
fn short(name: &str) -> String {
    let name = match name.strip_prefix('@').and_then(|scoped| scoped.split_once('/')) {
        Some((_, name)) => name,
        None => name,
    };
    let name = name.strip_prefix("vuepress-plugin-").or_else(|| name.strip_prefix("plugin-")).unwrap_or(name);
    let name = name.strip_suffix("Plugin").unwrap_or(name);
    let mut short = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !short.is_empty() {
            short.push('-');
        }
        short.extend(letter.to_lowercase());
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SourcePath;
    use crate::config::Format;

    fn read(text: &str) -> (Plugins, MarkdownConfig, Vec<String>) {
        let file = SourcePath::new("config.yml").expect("a path");
        let (document, mut diagnostics) = Document::read(&file, text, Format::Yaml);
        let mut markdown = MarkdownConfig::default();
        let plugins = settle(&mut Fields::of(&document), &["plugins"], &mut markdown, &mut diagnostics);
        (plugins, markdown, diagnostics.into_iter().map(|found| found.message).collect())
    }

    #[test]
    fn names() {
        for (written, want) in [
            ("@vuepress/back-to-top", "back-to-top"),
            ("@vuepress/plugin-back-to-top", "back-to-top"),
            ("vuepress-plugin-container", "container"),
            ("@maginapp/vuepress-plugin-katex", "katex"),
            ("copyCode", "copy-code"),
            ("sitemapPlugin", "sitemap"),
        ] {
            assert_eq!(short(written), want);
        }
    }

    #[test]
    fn every_spelling() {
        for text in [
            "plugins: ['@vuepress/nprogress', [sitemap, {hostname: 'https://e.org'}], [vuepress-plugin-container, {type: theorem, defaultTitle: Theorem}], [pwa, false]]",
            "plugins: {sitemap: {hostname: 'https://e.org'}, '@vuepress/container': {type: theorem, defaultTitle: {/: Theorem, /fr/: Théorème}}, pwa: false}",
            "plugins: [{sitemap: {hostname: 'https://e.org'}}, {$plugin: '@vuepress/plugin-markdown-container', options: {type: theorem, locales: {/: {defaultInfo: Theorem}}}}]",
        ] {
            let want = Plugins { hostname: Some("https://e.org".into()), ..Plugins::default() };
            let (mut read, _, told) = read(text);
            let mut config = MarkdownConfig::default();
            read.containers.drain(..).for_each(|container| container.add(&mut config));
            assert_eq!((read, told), (want, vec![]), "{text}");
            assert_eq!(config.containers.len(), 1, "{text}");
            assert_eq!((&*config.container_titles[0].kind, &*config.container_titles[0].title), ("theorem", "Theorem"));
        }
        let (_, markdown, _) = read("plugins: [katex, [md-enhance, {mark: true, sub: false, gfm: true}]]");
        let want = [
            (Construct::Footnotes, true),
            (Construct::TaskLists, true),
            (Construct::Mark, true),
            (Construct::Subscript, false),
            (Construct::Math, true),
            (Construct::Breaks, true),
        ];
        assert_eq!(markdown.constructs, want);
        let (_, _, told) = read("plugins: ['@vuepress/pwa', [unheard-of, {a: 1}]]");
        assert_eq!(told, ["the plugin `pwa` is not used", "the plugin `unheard-of` is not used"]);
    }

    #[test]
    fn what_is_lost_is_told() {
        for (text, want) in [
            ("plugins: [{$function: mine}]", "the plugin `mine`, which the site wrote itself, is not run"),
            ("plugins: [[{$function: ''}, {a: 1}]]", "a plugin that the site wrote itself is not run"),
            (
                "plugins: [{name: pages, extendsPage: {$function: x}}]",
                "the plugin `pages`, which the site wrote itself, is not run",
            ),
            (
                "plugins: [[sitemap, {hostname: 'https://e.org', exclude: [x]}]]",
                "options of the plugin `sitemap` change nothing here: `exclude`",
            ),
            (
                "plugins: {last-updated: {transformer: {$function: x}}}",
                "options of the plugin `last-updated` change nothing here: `transformer`",
            ),
            ("plugins: {copyCode: false}", "turning the plugin `copy-code` off changes nothing here"),
        ] {
            assert_eq!(read(text).2, [want], "{text}");
        }
        for silent in
            ["plugins: [{sitemap: {hostname: 'https://e.org'}}]", "plugins: {mediumZoom: false, nprogress: false}"]
        {
            assert_eq!(read(silent).2, [] as [String; 0], "{silent}");
        }
    }

    #[test]
    fn each_has_one_fate() {
        let mut names: Vec<&str> = TABLE.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
