//! Functions in settings, told by what they answered while the settings were run.
//!
//! [`QUESTIONS`] are put to them by [`crate::script`]; a value of the settings that was asked is
//! `{$function: name, $answers: [...]}`. [`slugs`], [`paths`] and [`plugins`] look for what the answers come to; a function that
//! follows no rule is told, with what is done instead.

mod paths;
mod plugins;
mod slugs;

use serde_yaml::Value;

use crate::config::{Fields, MarkdownConfig, SlugRule, is_program};
use crate::diag::Diagnostic;
use crate::script::{Asked, Question};

pub(super) use plugins::plugins;

/// The functions that are asked what they do.
pub(super) const QUESTIONS: &[Question] = &[
    Question { keys: &["slugify"], asked: Asked::Texts(slugs::samples) },
    Question { keys: &["include", "resolvePath"], asked: Asked::Paths },
    Question { keys: &["options", "resolvePath"], asked: Asked::Paths },
    Question { keys: &["editLink", "pattern"], asked: Asked::Page },
    Question { keys: &["handleImportPath"], asked: Asked::Paths },
    Question { keys: &["markdown", "config"], asked: Asked::MarkdownIt },
    Question { keys: &["extendMarkdown"], asked: Asked::MarkdownIt },
    Question { keys: &["extendsMarkdown"], asked: Asked::MarkdownIt },
];

/// What a function answered, if the value is one that was asked.
fn answers(value: &Value) -> Option<&[Value]> {
    value.get("$answers")?.as_sequence().map(Vec::as_slice)
}

/// How ids are made of headings: `slugify`, or `slugify` of `anchor`.
pub(super) fn slug_rule(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<SlugRule> {
    let own = fields.value(&["slugify"]);
    let mut anchor = match fields.value(&["anchor"]) {
        Some((Value::Mapping(_), _)) => fields.fields(&["anchor"], diagnostics),
        Some((Value::Bool(false), steps)) => {
            diagnostics.push(
                Diagnostic::info("setting-ignored", "headings have ids and links here, whatever `anchor` says")
                    .at(fields.document().span(&steps))
                    .help("take it out: without ids nobody can link to a part of a page"),
            );
            None
        }
        _ => None,
    };
    let of_anchor = anchor.as_mut().and_then(|anchor| anchor.value(&["slugify"]));
    if let Some(mut anchor) = anchor {
        // How the link beside a heading looks, and which headings have one, is the theme's.
        anchor.without_effect(ANCHOR, diagnostics);
        anchor.finish(crate::diag::Severity::Info, diagnostics);
    }
    let (value, steps) = of_anchor.or(own)?;
    let is_theirs = |value: &Value| {
        let name = value.get("$standIn").and_then(Value::as_str);
        name.is_some_and(|name| name.starts_with("@mdit-vue/") || name.starts_with("@vuepress/"))
    };
    if is_theirs(value) {
        return None;
    }
    let rule = answers(value).and_then(slugs::rule);
    if rule.is_none() {
        diagnostics.push(
            Diagnostic::info("setting-ignored", "how the function `slugify` makes ids of headings is not known here")
                .at(fields.document().span(&steps))
                .help(
                    "headings have the ids that they have without it; `markdown.slugs` in `pressoir.yml` can say more",
                ),
        );
    }
    rule
}

/// Where pages are edited: a pattern with `:path`, or a function that makes an address of a page.
pub(super) fn edit_pattern(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let (value, steps) = fields.value(&["pattern"])?;
    if !is_program(value) {
        return fields.text(&["pattern"], diagnostics);
    }
    let told = answers(value).and_then(|answers| answers.first()?.as_str()).filter(|told| told.contains(":path"));
    if told.is_none() {
        diagnostics.push(
            Diagnostic::info("setting-ignored", "where the function `pattern` has pages edited is not known here")
                .at(fields.document().span(&steps))
                .help("pages have no link to edit them: write the address as a text, with `:path` in it"),
        );
    }
    told.map(str::to_owned)
}

/// Settings of the links beside headings that the theme decides here.
const ANCHOR: &[&str] = &[
    "level",
    "permalink",
    "permalinkBefore",
    "permalinkSymbol",
    "permalinkClass",
    "permalinkSpace",
    "permalinkAttrs",
    "tabIndex",
    "uniqueSlugStartIndex",
    "getTokensText",
];

/// Where the files lie that pages include by paths with a beginning of the site's own.
pub(super) fn included_paths(
    fields: &mut Fields<'_>,
    name: &str,
    config: &mut MarkdownConfig,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some((value, steps)) = fields.value(&[name]) else { return };
    match answers(value).and_then(paths::rules) {
        Some(rules) => {
            for (beginning, folder) in rules {
                config.set_path(&beginning, folder);
            }
        }
        None => diagnostics.push(
            Diagnostic::info("setting-ignored", format!("which files the function `{name}` means is not known here"))
                .at(fields.document().span(&steps))
                .help("paths are read as without it; `markdown.paths` in `pressoir.yml` can say where files lie"),
        ),
    }
}

#[cfg(test)]
mod tests;
