//! What `markdown:` says of containers.

use crate::config::document::Step;
use crate::config::fields::Fields;
use crate::config::settled::{ContainerConfig, ContainerShape, MarkdownConfig};
use crate::diag::{Diagnostic, Severity};

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
            let mut container = ContainerConfig { name: name.clone(), shape: ContainerShape::Hint, class: None };
            // A name alone is a box like any other.
            if let Some(mut keys) = containers.fields(&[&name], diagnostics) {
                if let Some(shape) = shape(&mut keys, diagnostics) {
                    container.shape = shape;
                }
                container.class = keys.text(&["class"], diagnostics);
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
