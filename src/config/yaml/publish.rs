//! How the site is found and what it tells others, as YAML.

use serde_yaml::{Mapping, Value};

use super::{put, put_text};
use crate::config::settled::{Analytics, CardsConfig, ImagesConfig, PublishConfig, SmallerImages};

/// What the site has for programs.
pub(super) fn publish(config: &PublishConfig, keys: &mut Mapping) {
    let known = PublishConfig::default();
    if config.llms != known.llms {
        put(keys, "llms", config.llms);
    }
    match config.feed {
        Some(true) if config.feed_limit != known.feed_limit => {
            let mut parts = Mapping::new();
            put(&mut parts, "limit", config.feed_limit as u64);
            put(keys, "feed", Value::Mapping(parts));
        }
        Some(wanted) => put(keys, "feed", wanted),
        None => {}
    }
    put_text(keys, "cname", config.cname.as_deref());
}

/// What becomes of pictures.
pub(super) fn images(config: &ImagesConfig, keys: &mut Mapping) {
    let known = ImagesConfig::default();
    let mut parts = Mapping::new();
    if config.sizes != known.sizes {
        put(&mut parts, "sizes", config.sizes);
    }
    if config.heaviest != known.heaviest {
        put(&mut parts, "heaviest", config.heaviest);
    }
    if let Some(smaller) = &config.smaller {
        let known = SmallerImages::default();
        put(&mut parts, "format", "webp");
        if smaller.quality != known.quality {
            put(&mut parts, "quality", u64::from(smaller.quality));
        }
        if smaller.widths != known.widths {
            put(&mut parts, "widths", smaller.widths.iter().map(|width| Value::from(*width)).collect::<Vec<_>>());
        }
    }
    if !parts.is_empty() {
        put(keys, "images", Value::Mapping(parts));
    }
}

/// The cards of pages.
pub(super) fn cards(config: &CardsConfig, keys: &mut Mapping) {
    let mut parts = Mapping::new();
    for (name, value) in [("background", &config.background), ("color", &config.color), ("font", &config.font)] {
        put_text(&mut parts, name, value.as_ref().map(|value| value.text.as_str()));
    }
    let asked = if parts.is_empty() { Value::Bool(true) } else { Value::Mapping(parts) };
    put(keys, "social_cards", asked);
}

/// Who counts the readers.
pub(super) fn analytics(config: &Analytics, keys: &mut Mapping) {
    let mut services = Mapping::new();
    if let Some(plausible) = &config.plausible {
        let mut parts = Mapping::new();
        put(&mut parts, "domain", plausible.domain.as_str());
        put(&mut parts, "script", plausible.script.as_str());
        put(&mut services, "plausible", Value::Mapping(parts));
    }
    if let Some(matomo) = &config.matomo {
        let mut parts = Mapping::new();
        put(&mut parts, "url", matomo.url.as_str());
        put(&mut parts, "site", matomo.site.as_str());
        put(&mut services, "matomo", Value::Mapping(parts));
    }
    put_text(&mut services, "google", config.google.as_deref());
    put(keys, "analytics", Value::Mapping(services));
}
