//! Tags of components -> the lists of pages that a page asks for: `<Catalog base="/guide/" :level="2" />`.

use super::components::{AttributeValue, ComponentTag, normal};
use super::types::Catalog;

/// The most levels that a list shows.
pub(super) const DEEPEST: u8 = 3;

/// The lists that these tags ask for, in their order.
pub(super) fn asked(tags: &[ComponentTag]) -> Vec<Catalog> {
    let is_list = |tag: &ComponentTag| matches!(normal(&tag.name).as_str(), "catalog" | "autocatalog");
    let numbered = (0..).zip(tags).filter(|(_, tag)| is_list(tag));
    numbered
        .map(|(component, tag)| Catalog {
            component,
            base: text(tag, "base").filter(|base| !base.trim().is_empty()).map(|base| base.trim().into()),
            levels: text(tag, "level").and_then(|level| level.trim().parse().ok()).unwrap_or(DEEPEST).clamp(1, DEEPEST),
        })
        .collect()
}

fn text(tag: &ComponentTag, name: &str) -> Option<String> {
    let attribute = tag.attributes.iter().find(|attribute| normal(&attribute.name) == name)?;
    match &attribute.value {
        AttributeValue::Text(text) => Some(text.to_string()),
        AttributeValue::Value(serde_yaml::Value::String(text)) => Some(text.clone()),
        AttributeValue::Value(serde_yaml::Value::Number(number)) => Some(number.to_string()),
        _ => None,
    }
}
