//! How the site is found and what it tells others, as YAML.

use serde_yaml::{Mapping, Value};

use super::{put, put_text};
use crate::config::settled::{Analytics, ImagesConfig, PublishConfig};

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
    if !parts.is_empty() {
        put(keys, "images", Value::Mapping(parts));
    }
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
