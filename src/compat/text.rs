//! What VuePress and VitePress settings say of text: emoji, smart punctuation, and plugins for constructs.

use serde_yaml::Value;

use super::functions;
use crate::config::{Construct, Fields, MarkdownConfig, native};
use crate::diag::{Diagnostic, Severity};

/// Plugins of markdown-it, without `markdown-it-` and hyphens, and the construct that each brings.
const PLUGINS: &[(&str, Construct)] = &[
    ("abbr", Construct::Abbreviations),
    ("deflist", Construct::DefinitionLists),
    ("footnote", Construct::Footnotes),
    ("groupicons", Construct::CodeTitles),
    ("ins", Construct::Insert),
    ("katex", Construct::Math),
    ("mark", Construct::Mark),
    ("mathjax3", Construct::Math),
    ("mathjax", Construct::Math),
    ("sub", Construct::Subscript),
    ("sup", Construct::Superscript),
    ("taskcheckbox", Construct::TaskLists),
    ("tasklists", Construct::TaskLists),
    ("texmath", Construct::Math),
];

/// Plugins of markdown-it whose constructs are here in any case.
const HERE: &[&str] = &[
    "anchor",
    "attrs",
    "container",
    "emoji",
    "figure",
    "imgsize",
    "imglazyload",
    "include",
    "linkattributes",
    "mermaid",
    "multimdtable",
    "tab",
    "tabs",
    "tabsmarkdown",
    "toc",
    "tocdoneright",
];

/// The keys under `markdown` of VuePress 1 and 2.
pub(super) fn vuepress(fields: &mut Fields<'_>, config: &mut MarkdownConfig, diagnostics: &mut Vec<Diagnostic>) {
    common(fields, config, diagnostics);
    let Some((Value::Sequence(plugins), steps)) = fields.value(&["plugins"]) else { return };
    for plugin in plugins {
        // A name, or a name with options.
        let name = plugin.as_str().or_else(|| plugin.get(0)?.as_str()).unwrap_or("of a function");
        match construct(name) {
            Some(construct) => config.set(construct, true),
            None if is_here(name) => {}
            None => diagnostics.push(not_used(name).at(fields.document().span(&steps))),
        }
    }
}

/// That a plugin of markdown-it is not used.
pub(super) fn not_used(plugin: &str) -> Diagnostic {
    Diagnostic::info("plugin-not-used", format!("the plugin `{plugin}` of markdown-it is not used"))
        .help("what it adds is missing in the site")
}

/// The construct that a plugin of markdown-it brings: `markdown-it-mark`, `@mdit/plugin-mark.mark`, `mark`.
pub(super) fn construct(plugin: &str) -> Option<Construct> {
    let name = short(plugin);
    PLUGINS.iter().find(|(known, _)| *known == name).map(|(_, construct)| *construct)
}

/// Whether what a plugin of markdown-it brings is here in any case, or only the old machinery needed it.
pub(super) fn is_here(plugin: &str) -> bool {
    HERE.contains(&short(plugin).as_str())
}

/// A plugin's name without what packages of markdown-it are called.
fn short(plugin: &str) -> String {
    let name = plugin.rsplit('/').next().unwrap_or(plugin);
    // What stands behind the dot is taken out of the package.
    let name = name.split('.').next().unwrap_or(name);
    let name = ["markdown-it-", "vitepress-plugin-", "plugin-"]
        .iter()
        .find_map(|start| name.strip_prefix(start))
        .unwrap_or(name);
    name.replace('-', "").to_lowercase()
}

/// The keys under `markdown` of VitePress.
pub(super) fn vitepress(fields: &mut Fields<'_>, config: &mut MarkdownConfig, diagnostics: &mut Vec<Diagnostic>) {
    common(fields, config, diagnostics);
    for (names, construct) in
        [(["math"], Construct::Math), (["footnote"], Construct::Footnotes), (["tasklist"], Construct::TaskLists)]
    {
        // `true` or options, `false` against them.
        match fields.value(&names) {
            Some((Value::Bool(on), _)) => config.set(construct, *on),
            Some((Value::Mapping(_), _)) => config.set(construct, true),
            _ => {}
        }
    }
}

fn common(fields: &mut Fields<'_>, config: &mut MarkdownConfig, diagnostics: &mut Vec<Diagnostic>) {
    config.smart_punctuation = fields.bool(&["typographer"], diagnostics).unwrap_or(false);
    if let Some(on) = fields.bool(&["breaks"], diagnostics) {
        config.set(Construct::Breaks, on);
    }
    config.slugs = functions::slug_rule(fields, diagnostics);
    // Plugins that draw diagrams have options of their own here.
    if let Some((Value::String(_), _)) = fields.value(&["mermaid"]) {
        config.mermaid = native::mermaid(fields, diagnostics);
    }
    match fields.value(&["emoji"]) {
        Some((Value::Bool(false), _)) => (config.emoji, config.emoticons) = (false, Some(false)),
        // All emoji have their usual names here.
        Some((Value::Mapping(_), _)) => {
            if let Some(emoji) = fields.fields(&["emoji"], diagnostics) {
                emoji.finish(Severity::Info, diagnostics);
            }
        }
        _ => {}
    }
}
