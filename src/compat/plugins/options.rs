//! Options of plugins, and of the hope theme under `markdown`, that bring ways of writing.

use serde_yaml::Value;

use super::containers::ALIGNMENTS;
use crate::compat::functions;

use crate::config::{Construct, ContainerConfig, ContainerShape, Fields, MarkdownConfig, native};
use crate::diag::{Diagnostic, Severity};

/// Options, and the construct that each brings.
const CONSTRUCTS: &[(&str, Construct)] = &[
    ("abbr", Construct::Abbreviations),
    ("breaks", Construct::Breaks),
    ("cjkFriendly", Construct::CjkEmphasis),
    ("figure", Construct::Figures),
    ("footnote", Construct::Footnotes),
    ("imageSize", Construct::ImageSizes),
    ("imgFigure", Construct::Figures),
    ("imgSize", Construct::ImageSizes),
    ("katex", Construct::Math),
    ("mark", Construct::Mark),
    ("math", Construct::Math),
    ("mathjax", Construct::Math),
    ("size", Construct::ImageSizes),
    ("sub", Construct::Subscript),
    ("sup", Construct::Superscript),
    ("tasklist", Construct::TaskLists),
];

/// All that `gfm` brings.
const GFM: &[Construct] = &[Construct::Breaks, Construct::Footnotes, Construct::TaskLists];

/// Options whose constructs are here in any case, or show themselves where they are used.
const HERE: &[&str] = &[
    "codetabs",
    "codeTabs",
    "code",
    "component",
    "demo",
    "delay",
    "hint",
    "imageFix",
    "imageLazyload",
    "imageMark",
    "imageTitle",
    "imgLazyload",
    "imgMark",
    "lazyLoad",
    "lazyload",
    "linksCheck",
    "checkLinks",
    "locales",
    "tabs",
    "vPre",
    "useFile",
    "useFiles",
];

/// Reads them; those that are not known are told.
pub(in crate::compat) fn settle(
    mut fields: Fields<'_>,
    config: &mut MarkdownConfig,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut added = Vec::new();
    // `false`, or anything else for yes.
    let is_on = |value: &Value| value.as_bool() != Some(false);
    if let Some((value, _)) = fields.value(&["gfm"])
        && is_on(value)
    {
        GFM.iter().for_each(|construct| config.set(*construct, true));
        config.linkify = Some(true);
    }
    for (name, construct) in CONSTRUCTS {
        if let Some((value, _)) = fields.value(&[name]) {
            config.set(*construct, is_on(value));
        }
    }
    if let Some((value, _)) = fields.value(&["align"])
        && is_on(value)
    {
        for name in ALIGNMENTS.iter().filter(|name| config.containers.iter().all(|known| known.name != **name)) {
            let shape = ContainerShape::Plain;
            added.push(ContainerConfig { name: (*name).to_owned(), shape, class: None, html: None });
        }
        config.containers.append(&mut added);
    }
    if let Some((value, _)) = fields.value(&["attrs"]) {
        config.attributes = Some(is_on(value));
    }
    config.linkify = fields.bool(&["linkify"], diagnostics).or(config.linkify);
    config.alerts = fields.bool(&["alert"], diagnostics).or(config.alerts);
    if let Some((Value::Mapping(_), _)) = fields.value(&["include"])
        && let Some(mut include) = fields.fields(&["include"], diagnostics)
    {
        functions::included_paths(&mut include, "resolvePath", config, diagnostics);
        // Places of links and pictures are right in either case.
        include.skip(&["deep", "resolveImagePath", "resolveLinkPath", "useComment", "currentPath", "getPath"]);
        include.finish(Severity::Info, diagnostics);
    }
    functions::included_paths(&mut fields, "resolvePath", config, diagnostics);
    match fields.value(&["highlighter"]) {
        Some((Value::String(name), _)) => config.written_languages = name == "shiki",
        Some((Value::Mapping(options), steps)) => {
            let is_shiki = options.get("type").and_then(Value::as_str).is_none_or(|name| name == "shiki");
            config.written_languages = is_shiki;
            let options = Fields::inside(fields.document(), options, steps);
            code(options, config, diagnostics);
        }
        _ => {}
    }
    fields.skip(HERE);
    // A script draws them, which the site would have to bring.
    if let Some((Value::Bool(_), _)) = fields.value(&["mermaid"]) {
        fields.skip(&["mermaid"]);
    }
    fields.finish(Severity::Info, diagnostics);
}

/// Reads the options of what colours code: how it looks is the theme's, but not what its authors may write.
pub(in crate::compat) fn code(mut fields: Fields<'_>, config: &mut MarkdownConfig, diagnostics: &mut Vec<Diagnostic>) {
    let notations =
        ["notationDiff", "notationFocus", "notationHighlight", "notationErrorLevel", "notationWordHighlight"];
    let is_on = |value: &Value| value.as_bool() != Some(false);
    if notations.iter().any(|name| fields.value(&[name]).is_some_and(|(value, _)| is_on(value))) {
        config.set(Construct::Notations, true);
    }
    match fields.value(&["lineNumbers"]) {
        Some((Value::String(word), _)) => config.line_numbers = word != "disable",
        _ => native::line_numbers(&mut fields, config, diagnostics),
    }
    // Long code is shown whole, and coloured as the theme has it.
    fields.without_effect(&["collapsedLines", "theme", "themes", "langs", "langAlias", "defaultLang"], diagnostics);
}
