//! What VuePress and VitePress settings say of text: emoji, smart punctuation, and plugins for constructs.

use serde_yaml::Value;

use crate::config::{Construct, Fields, MarkdownConfig, native};
use crate::diag::Diagnostic;

/// Plugins of markdown-it, without `markdown-it-` and hyphens, and the construct that each brings.
const PLUGINS: &[(&str, Construct)] = &[
    ("abbr", Construct::Abbreviations),
    ("deflist", Construct::DefinitionLists),
    ("footnote", Construct::Footnotes),
    ("ins", Construct::Insert),
    ("katex", Construct::Math),
    ("mark", Construct::Mark),
    ("mathjax3", Construct::Math),
    ("sub", Construct::Subscript),
    ("sup", Construct::Superscript),
    ("taskcheckbox", Construct::TaskLists),
    ("tasklists", Construct::TaskLists),
    ("texmath", Construct::Math),
];

/// The keys under `markdown` of VuePress 1 and 2.
pub(super) fn vuepress(fields: &mut Fields<'_>, config: &mut MarkdownConfig, diagnostics: &mut Vec<Diagnostic>) {
    common(fields, config, diagnostics);
    let plugins = fields.value(&["plugins"]).and_then(|(value, _)| value.as_sequence());
    for plugin in plugins.into_iter().flatten() {
        // A name, or a name with options.
        let name = plugin.as_str().or_else(|| plugin.get(0)?.as_str()).unwrap_or("");
        let name = name.rsplit('/').next().unwrap_or(name);
        let name = name.strip_prefix("markdown-it-").unwrap_or(name).replace('-', "");
        if let Some((_, construct)) = PLUGINS.iter().find(|(known, _)| *known == name) {
            config.set(*construct, true);
        }
    }
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
    // Plugins that draw diagrams have options of their own here.
    if let Some((Value::String(_), _)) = fields.value(&["mermaid"]) {
        config.mermaid = native::mermaid(fields, diagnostics);
    }
    if let Some((Value::Bool(false), _)) = fields.value(&["emoji"]) {
        config.emoji = false;
        config.emoticons = Some(false);
    }
}
