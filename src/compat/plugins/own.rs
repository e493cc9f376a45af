//! Plugins that a site wrote itself: they are not run, but for what they do to the reading of Markdown.

use serde_yaml::Value;

use crate::config::{Document, Fields, MarkdownConfig, Step, is_program};
use crate::diag::Diagnostic;

/// What a plugin of VuePress may do.
const HOOKS: &[&str] = &[
    "additionalPages",
    "alias",
    "chainWebpack",
    "clientConfigFile",
    "clientDynamicModules",
    "define",
    "enhanceAppFiles",
    "extendCli",
    "extendMarkdown",
    "extendPageData",
    "extendsBundlerOptions",
    "extendsMarkdown",
    "extendsMarkdownOptions",
    "extendsPage",
    "extendsPageOptions",
    "generated",
    "globalUIComponents",
    "onGenerated",
    "onInitialized",
    "onPrepared",
    "onWatched",
    "ready",
];

/// The name of a plugin that the site wrote itself: a program, alone or with options, or an object with what it does.
pub(super) fn name(value: &Value) -> Option<&str> {
    let (value, has_options) = match value {
        Value::Sequence(pair) => (pair.first()?, true),
        value => (value, false),
    };
    let mapping = value.as_mapping()?;
    if mapping.contains_key("$plugin") || mapping.contains_key("$standIn") {
        return None;
    }
    let does = mapping.keys().filter_map(Value::as_str).any(|key| HOOKS.contains(&key));
    let name = || mapping.get("name").or_else(|| mapping.get("$function")).and_then(Value::as_str).unwrap_or_default();
    (does || has_options || is_program(value)).then(name)
}

/// Tells of a plugin that the site wrote itself, and takes what it does to the reading of Markdown.
pub(super) fn tell(
    name: &str,
    value: &Value,
    (document, steps): (&Document, &[Step]),
    markdown: &mut MarkdownConfig,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if let Some(mapping) = value.as_mapping() {
        let mut fields = Fields::inside(document, mapping, steps.to_vec());
        for hook in ["extendMarkdown", "extendsMarkdown"] {
            super::super::functions::plugins(&mut fields, hook, markdown, diagnostics);
        }
        // A plugin that does nothing else is read whole.
        let does = |key: &&str| HOOKS.contains(key) && !matches!(*key, "extendMarkdown" | "extendsMarkdown");
        let keys = || mapping.keys().filter_map(Value::as_str);
        if !keys().any(|key| does(&key) || key.starts_with('$')) {
            return;
        }
    }
    let what = match name {
        "" => "a plugin that the site wrote itself is not run".to_owned(),
        name => format!("the plugin `{name}`, which the site wrote itself, is not run"),
    };
    diagnostics.push(
        Diagnostic::info("plugin-not-used", what)
            .at(document.span(steps))
            .help("pages that it adds, and what it changes in others, are missing: write them as files"),
    );
}
