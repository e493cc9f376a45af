//! The settings of containers as YAML.

use serde_yaml::{Mapping, Value};

use super::{put, put_text};
use crate::config::settled::{ContainerLook, ContainerShape, MarkdownConfig};

/// Adds what the settings say of containers.
pub(super) fn put_containers(keys: &mut Mapping, config: &MarkdownConfig, looks: &[ContainerLook]) {
    if let Some(alerts) = config.alerts {
        put(keys, "alerts", alerts);
    }
    if !config.containers.is_empty() {
        let containers = config.containers.iter().map(|container| {
            let mut keys = Mapping::new();
            let shape = match container.shape {
                ContainerShape::Hint => "hint",
                ContainerShape::Details => "details",
                ContainerShape::Plain => "plain",
            };
            put(&mut keys, "type", shape);
            put_text(&mut keys, "class", container.class.as_deref());
            if let Some(look) = looks.iter().find(|look| look.name == container.name) {
                for (name, value) in [("icon", &look.icon), ("color", &look.color), ("color_dark", &look.color_dark)] {
                    put_text(&mut keys, name, value.as_ref().map(|value| value.text.as_str()));
                }
            }
            let html = container.html.as_ref();
            put_text(&mut keys, "before", html.map(|(before, _)| before.as_str()));
            put_text(&mut keys, "after", html.map(|(_, after)| after.as_str()));
            (Value::from(container.name.as_str()), Value::Mapping(keys))
        });
        put(keys, "containers", Value::Mapping(containers.collect()));
    }
    let mut titles = Mapping::new();
    for title in &config.container_titles {
        let kind = titles.entry(title.kind.as_str().into()).or_insert_with(|| Value::Mapping(Mapping::new()));
        if let Value::Mapping(kind) = kind {
            put(kind, &format!("/{}", title.prefix), title.title.as_str());
        }
    }
    put(keys, "container_titles", Value::Mapping(titles));
}
