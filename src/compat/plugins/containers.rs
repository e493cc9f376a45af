//! Plugins that add a box of the site's own.

use serde_yaml::{Mapping, Value};

use crate::config::native::is_balanced;
use crate::config::{ContainerConfig, ContainerShape, MarkdownConfig};

/// Boxes that the themes have already: of them such a plugin only says another title.
const KNOWN: [&str; 4] = ["tip", "warning", "danger", "details"];

/// Boxes that everyone adds to align text.
const ALIGNMENTS: [&str; 4] = ["left", "center", "right", "justify"];

/// What a plugin adds.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::compat) struct OwnContainer {
    /// The word after the colons, and what it becomes.
    container: ContainerConfig,
    /// Its titles: what the paths of pages begin with, and the title.
    titles: Vec<(String, String)>,
}

impl OwnContainer {
    /// What the options of the plugin say, if they name a word.
    pub fn read(options: Option<&Mapping>) -> Option<OwnContainer> {
        let options = options?;
        let name = options.get("type").and_then(Value::as_str).filter(|name| !name.is_empty())?;
        let before = options.get("before");
        let shape = match before.and_then(Value::as_str) {
            Some(html) if html.contains("<details") => ContainerShape::Details,
            Some(html) if html.contains("custom-block") || html.contains("custom-container") => ContainerShape::Hint,
            None if before.is_none() && !ALIGNMENTS.contains(&name) => ContainerShape::Hint,
            _ => ContainerShape::Plain,
        };
        let text = |key: &str| options.get(key).and_then(Value::as_str).unwrap_or("");
        let html = (shape == ContainerShape::Plain && before.is_some())
            .then(|| (text("before").trim().to_owned(), text("after").trim().to_owned()))
            .filter(|(before, after)| !before.is_empty() && is_balanced(before, after));
        Some(OwnContainer {
            container: ContainerConfig { name: name.to_owned(), shape, class: None, html },
            titles: titles(options),
        })
    }

    /// Puts it into the settings.
    pub fn add(self, config: &mut MarkdownConfig) {
        let name = &self.container.name;
        for (prefix, title) in self.titles {
            config.set_container_title(name, &prefix, title);
        }
        if !KNOWN.contains(&name.as_str()) && config.containers.iter().all(|known| known.name != *name) {
            config.containers.push(self.container);
        }
    }
}

/// The titles: one, or one for each language.
fn titles(options: &Mapping) -> Vec<(String, String)> {
    let each = |titles: &Mapping, title: fn(&Value) -> Option<&str>| {
        let pair = |(prefix, value): (&Value, &Value)| Some((prefix.as_str()?.to_owned(), title(value)?.to_owned()));
        titles.iter().filter_map(pair).collect()
    };
    match (options.get("defaultTitle"), options.get("locales")) {
        (Some(Value::String(title)), _) => vec![(String::new(), title.clone())],
        (Some(Value::Mapping(titles)), _) => each(titles, Value::as_str),
        (_, Some(Value::Mapping(locales))) => each(locales, |texts| texts.get("defaultInfo")?.as_str()),
        _ => Vec::new(),
    }
}
