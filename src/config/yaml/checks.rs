//! How much which findings matter, as YAML.

use serde_yaml::{Mapping, Value};

use super::{list, put, put_text};
use crate::config::settled::{ChecksConfig, ExternalConfig, Levels};

/// Puts what differs from the defaults.
pub(super) fn put_checks(root: &mut Mapping, checks: &ChecksConfig) {
    let mut keys = levels(&checks.levels);
    if !checks.files.is_empty() {
        let files = checks.files.iter().map(|(glob, inner)| (glob.as_str().into(), Value::Mapping(levels(inner))));
        put(&mut keys, "files", Value::Mapping(files.collect()));
    }
    let external = external(&checks.external);
    if !external.is_empty() {
        put(&mut keys, "external", Value::Mapping(external));
    }
    if !keys.is_empty() {
        put(root, "checks", Value::Mapping(keys));
    }
}

fn external(external: &ExternalConfig) -> Mapping {
    let (mut keys, default) = (Mapping::new(), ExternalConfig::default());
    if !external.ignore.is_empty() {
        put(&mut keys, "ignore", list(external.ignore.iter().map(String::as_str)));
    }
    for (name, value, default) in [
        ("timeout", external.timeout, default.timeout),
        ("concurrency", external.concurrency as u64, default.concurrency as u64),
        ("keep_days", external.keep_days, default.keep_days),
    ] {
        if value != default {
            put(&mut keys, name, value);
        }
    }
    put_text(&mut keys, "user_agent", external.user_agent.as_deref());
    if external.local {
        put(&mut keys, "local", true);
    }
    keys
}

fn levels(levels: &Levels) -> Mapping {
    levels.iter().map(|(code, level)| (code.as_str().into(), level.to_string().into())).collect()
}
