//! What the plug-ins of VuePress add to Markdown: containers.

use serde_yaml::{Mapping, Value};

use crate::config::{ContainerConfig, ContainerShape, Document, Fields, MarkdownConfig, Step};
use crate::diag::Diagnostic;

/// Kinds of containers that the themes have already: a plug-in of that name only gives them another title.
const KNOWN: [&str; 4] = ["tip", "warning", "danger", "details"];

/// Reads `plugins`: a list of names, `[name, options]` and `{name: options}`, or a mapping.
pub(super) fn settle(fields: &mut Fields<'_>, config: &mut MarkdownConfig, diagnostics: &mut Vec<Diagnostic>) {
    let document = fields.document();
    let Some((value, steps)) = fields.value(&["plugins"]) else { return };
    let mut plugin = |name: Option<&str>, options: &Value, steps: Vec<Step>| {
        let Some(name) = name else { return };
        match options {
            Value::Mapping(options) if is_container(name) => container(options, config),
            Value::Bool(false) => {}
            _ => diagnostics.push(unused(document, name, &steps)),
        }
    };
    let inside = |step: Step| steps.iter().cloned().chain([step]).collect::<Vec<_>>();
    match value {
        Value::Mapping(plugins) => {
            for (name, options) in plugins {
                let step = Step::Key(name.as_str().unwrap_or_default().to_owned());
                plugin(name.as_str(), options, inside(step));
            }
        }
        Value::Sequence(plugins) => {
            for (index, one) in plugins.iter().enumerate() {
                let steps = inside(Step::Index(index));
                match one {
                    Value::Sequence(pair) => {
                        let options = pair.get(1).unwrap_or(&Value::Null);
                        plugin(pair.first().and_then(Value::as_str), options, steps);
                    }
                    Value::Mapping(pairs) => {
                        for (name, options) in pairs {
                            plugin(name.as_str(), options, steps.clone());
                        }
                    }
                    one => plugin(one.as_str(), &Value::Null, steps),
                }
            }
        }
        _ => {}
    }
}

/// Whether the plug-in adds a container: `container`, `vuepress-plugin-container`, `@vuepress/plugin-markdown-container`, ...
fn is_container(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    let short = last.strip_prefix("vuepress-").unwrap_or(last);
    let short = short.strip_prefix("plugin-").unwrap_or(short);
    matches!(short, "container" | "markdown-container")
}

fn container(options: &Mapping, config: &mut MarkdownConfig) {
    let Some(name) = options.get("type").and_then(Value::as_str).filter(|name| !name.is_empty()) else { return };
    match options.get("defaultTitle") {
        Some(Value::String(title)) => config.set_container_title(name, "", title.clone()),
        Some(Value::Mapping(titles)) => {
            for (prefix, title) in titles {
                if let (Some(prefix), Some(title)) = (prefix.as_str(), title.as_str()) {
                    config.set_container_title(name, prefix, title.to_owned());
                }
            }
        }
        _ => {}
    }
    for (prefix, texts) in options.get("locales").and_then(Value::as_mapping).into_iter().flatten() {
        if let (Some(prefix), Some(title)) = (prefix.as_str(), texts.get("defaultInfo").and_then(Value::as_str)) {
            config.set_container_title(name, prefix, title.to_owned());
        }
    }
    if KNOWN.contains(&name) || config.containers.iter().any(|known| known.name == name) {
        return;
    }
    let before = options.get("before");
    let shape = match before.and_then(Value::as_str) {
        Some(html) if html.contains("<details") => ContainerShape::Details,
        Some(html) if html.contains("custom-block") || html.contains("custom-container") => ContainerShape::Hint,
        None if before.is_none() && !ALIGNMENTS.contains(&name) => ContainerShape::Hint,
        _ => ContainerShape::Plain,
    };
    config.containers.push(ContainerConfig { name: name.to_owned(), shape, class: None });
}

/// Containers that everyone adds to align text.
const ALIGNMENTS: [&str; 4] = ["left", "center", "right", "justify"];

fn unused(document: &Document, name: &str, steps: &[Step]) -> Diagnostic {
    Diagnostic::info("setting-ignored", format!("the plug-in `{name}` is not used"))
        .at(document.span(steps))
        .help("the site is built without it")
}
