//! What `markdown:` says of containers.

use crate::config::document::Step;
use crate::config::fields::Fields;
use crate::config::look::written;
use crate::config::settled::{ContainerConfig, ContainerLook, ContainerShape, MarkdownConfig};
use crate::diag::{Diagnostic, Severity};

/// The keys of how a kind of container looks, on which no page depends.
const LOOKS: [&str; 3] = ["icon", "color", "color_dark"];

/// How the kinds of containers look that say so.
pub(super) fn looks(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<ContainerLook> {
    let Some(mut containers) = fields.fields(&["containers"], diagnostics) else { return Vec::new() };
    let names = containers.names().into_iter().filter(|name| is_word(name));
    let look = |name: String| {
        let mut keys = containers.fields(&[&name], diagnostics)?;
        let [icon, color, color_dark] = LOOKS.map(|key| written(&mut keys, key, diagnostics));
        let look = ContainerLook { name, icon, color, color_dark };
        (look.icon.is_some() || look.color.is_some() || look.color_dark.is_some()).then_some(look)
    };
    names.filter_map(look).collect()
}

/// Puts kinds of containers and their titles into `config`.
pub(super) fn settle(fields: &mut Fields<'_>, config: &mut MarkdownConfig, diagnostics: &mut Vec<Diagnostic>) {
    if let Some(mut containers) = fields.fields(&["containers"], diagnostics) {
        for name in containers.names() {
            if !is_word(&name) {
                let mut steps = containers.steps().to_vec();
                steps.push(Step::Key(name.clone()));
                let message = format!("`{name}` cannot be the word of a container");
                diagnostics.push(
                    Diagnostic::warning("setting-value", message)
                        .at(fields.document().span(&steps))
                        .help("use letters, digits, `-` and `_`, and begin with a letter"),
                );
                containers.value(&[&name]);
                continue;
            }
            let mut container =
                ContainerConfig { name: name.clone(), shape: ContainerShape::Hint, class: None, html: None };
            // A name alone is a box like any other.
            if let Some(mut keys) = containers.fields(&[&name], diagnostics) {
                if let Some(shape) = shape(&mut keys, diagnostics) {
                    container.shape = shape;
                }
                keys.skip(&LOOKS);
                keys.skip(&["colorDark"]);
                container.class = keys.text(&["class"], diagnostics);
                container.html = html(&mut keys, diagnostics);
                for (prefix, title) in keys.by_locale(&["title"], diagnostics) {
                    config.set_container_title(&name, &prefix, title);
                }
                keys.finish(Severity::Warning, diagnostics);
            }
            config.containers.push(container);
        }
    }
    if let Some(mut titles) = fields.fields(&["container_titles"], diagnostics) {
        for kind in titles.names() {
            for (prefix, title) in titles.by_locale(&[&kind], diagnostics) {
                config.set_container_title(&kind, &prefix, title);
            }
        }
    }
}

/// The HTML around what is in a container.
fn html(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<(String, String)> {
    let before = fields.text(&["before"], diagnostics);
    let after = fields.text(&["after"], diagnostics);
    let (before, after) = (before?, after.unwrap_or_default());
    if is_balanced(&before, &after) {
        return Some((before, after));
    }
    let mut steps = fields.steps().to_vec();
    steps.push(Step::Key("before".to_owned()));
    diagnostics.push(
        Diagnostic::warning("setting-value", "`after` does not close what `before` opens")
            .at(fields.document().span(&steps))
            .help("give both, so that together they are whole elements: `<div class=\"x\">` and `</div>`; until then they are not used"),
    );
    None
}

/// Whether together they are whole elements, none of which ends before what is between them.
pub fn is_balanced(before: &str, after: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    for (html, is_after) in [(before, false), (after, true)] {
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            let Some(end) = rest[at..].find('>').map(|end| at + end) else { return false };
            let tag = &rest[at + 1..end];
            rest = &rest[end + 1..];
            let closes = tag.starts_with('/');
            let name = tag.trim_start_matches('/');
            let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len())];
            if name.is_empty() || matches!(name, "script" | "style" | "template" | "textarea" | "select" | "table") {
                return false;
            }
            match closes {
                true if open.pop() != Some(name) => return false,
                true => {}
                false if tag.ends_with('/') || matches!(name, "br" | "hr" | "img" | "input" | "wbr") => {}
                // What is opened behind the text must be closed there, too.
                false if is_after && !rest.contains("</") => return false,
                false => open.push(name),
            }
        }
    }
    open.is_empty()
}

fn shape(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<ContainerShape> {
    let written = fields.text(&["type"], diagnostics)?;
    let known =
        [("hint", ContainerShape::Hint), ("details", ContainerShape::Details), ("plain", ContainerShape::Plain)];
    if let Some((_, shape)) = known.into_iter().find(|(name, _)| *name == written) {
        return Some(shape);
    }
    let mut steps = fields.steps().to_vec();
    steps.push(Step::Key("type".to_owned()));
    diagnostics.push(
        Diagnostic::warning("setting-value", format!("`{written}` is no type of container"))
            .at(fields.document().span(&steps))
            .help("write `hint` (a box), `details` (a box that opens and shuts) or `plain` (no frame)"),
    );
    None
}

/// Whether authors can write it after colons, and style sheets after a dot.
fn is_word(name: &str) -> bool {
    let part = |char: char| char.is_alphanumeric() || matches!(char, '-' | '_');
    name.chars().next().is_some_and(char::is_alphabetic) && name.chars().all(part)
}
