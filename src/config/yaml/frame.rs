//! What surrounds the pages, as YAML.

use serde_yaml::{Mapping, Value};

use super::{levels, put_text};
use crate::config::settled::{Accessibility, FrameConfig, HeadEntry};

/// What surrounds the pages, as far as it is not as in `known`.
pub(super) fn put(frame: &FrameConfig, known: &FrameConfig, keys: &mut Mapping) {
    let texts = [
        ("site_name", &frame.site_name, &known.site_name),
        ("home_link", &frame.home_link, &known.home_link),
        ("repo", &frame.repo, &known.repo),
        ("repo_label", &frame.repo_label, &known.repo_label),
        ("edit_link", &frame.edit_link, &known.edit_link),
        ("footer", &frame.footer, &known.footer),
        ("announcement", &frame.announcement, &known.announcement),
        ("image", &frame.image, &known.image),
        ("title_template", &frame.title_template, &known.title_template),
    ];
    for (name, text, _) in texts.into_iter().filter(|(_, text, known)| text != known) {
        super::put(keys, name, text.as_deref().map_or(Value::Bool(false), Value::from));
    }
    let switches = [
        ("navbar", frame.navbar, known.navbar),
        ("prev", frame.prev, known.prev),
        ("next", frame.next, known.next),
        ("last_updated", frame.last_updated, known.last_updated),
        ("contributors", frame.contributors, known.contributors),
        ("page_title", frame.page_title, known.page_title),
    ];
    for (name, value, _) in switches.into_iter().filter(|(_, value, known)| value != known) {
        super::put(keys, name, value);
    }
    if frame.date_in_words != known.date_in_words {
        super::put(keys, "date_style", if frame.date_in_words { "words" } else { "numbers" });
    }
    if frame.logo != known.logo {
        let logo = frame.logo.as_ref().map_or(Value::Bool(false), |logo| {
            if logo.dark.is_none() && logo.alt.is_none() {
                return Value::from(logo.src.as_str());
            }
            let mut parts = Mapping::new();
            super::put(&mut parts, "light", logo.src.as_str());
            put_text(&mut parts, "dark", logo.dark.as_deref());
            put_text(&mut parts, "alt", logo.alt.as_deref());
            Value::Mapping(parts)
        });
        super::put(keys, "logo", logo);
    }
    if frame.outline != known.outline {
        super::put(keys, "outline", frame.outline.map_or(Value::Bool(false), levels));
    }
    if frame.social_links != known.social_links {
        let links = frame.social_links.iter().map(|link| {
            let mut parts = Mapping::new();
            super::put(&mut parts, "text", link.text.as_str());
            super::put(&mut parts, "link", link.link.as_str());
            Value::Mapping(parts)
        });
        super::put(keys, "social_links", Value::Sequence(links.collect()));
    }
    if frame.versions != known.versions {
        let versions = frame.versions.iter().map(|version| {
            let mut parts = Mapping::new();
            super::put(&mut parts, "text", version.text.as_str());
            super::put(&mut parts, "link", version.link.as_str());
            if version.current {
                super::put(&mut parts, "current", true);
            }
            Value::Mapping(parts)
        });
        super::put(keys, "versions", Value::Sequence(versions.collect()));
    }
    if frame.accessibility != known.accessibility {
        super::put(keys, "accessibility", frame.accessibility.as_ref().map_or(Value::Bool(false), accessibility));
    }
    if frame.search_slash != known.search_slash {
        let mut parts = Mapping::new();
        super::put(&mut parts, "slash", frame.search_slash);
        super::put(keys, "search", Value::Mapping(parts));
    }
    if frame.search != known.search || !frame.search && frame.search_slash != known.search_slash {
        super::put(keys, "search", frame.search);
    }
    if frame.head != known.head {
        super::put(keys, "head", Value::Sequence(frame.head.iter().map(head_entry).collect()));
    }
    if frame.texts != known.texts {
        let changed = frame.texts.iter().filter(|text| !known.texts.contains(text));
        let texts = changed.map(|(key, text)| (key.as_str().into(), text.as_str().into()));
        super::put(keys, "texts", Value::Mapping(texts.collect()));
    }
}

fn accessibility(block: &Accessibility) -> Value {
    let mut keys = Mapping::new();
    super::put(&mut keys, "state", block.state.name());
    for (name, text) in [
        ("entity", &block.entity),
        ("contact", &block.contact),
        ("audit", &block.audit),
        ("director", &block.director),
        ("host", &block.host),
    ] {
        put_text(&mut keys, name, text.as_deref());
    }
    Value::Mapping(keys)
}

fn head_entry(entry: &HeadEntry) -> Value {
    let attribute = |(name, value): &(String, Option<String>)| {
        (Value::from(name.as_str()), value.as_deref().map_or(Value::Bool(true), Value::from))
    };
    let mut parts = vec![Value::from(entry.tag.as_str())];
    if !entry.attributes.is_empty() || entry.content.is_some() {
        parts.push(Value::Mapping(entry.attributes.iter().map(attribute).collect()));
    }
    parts.extend(entry.content.as_deref().map(Value::from));
    Value::Sequence(parts)
}
