//! How much which findings matter, as YAML.

use serde_yaml::{Mapping, Value};

use super::put;
use crate::config::settled::{ChecksConfig, Levels};

/// Puts what differs from the defaults.
pub(super) fn put_checks(root: &mut Mapping, checks: &ChecksConfig) {
    let mut keys = levels(&checks.levels);
    if !checks.files.is_empty() {
        let files = checks.files.iter().map(|(glob, inner)| (glob.as_str().into(), Value::Mapping(levels(inner))));
        put(&mut keys, "files", Value::Mapping(files.collect()));
    }
    if !keys.is_empty() {
        put(root, "checks", Value::Mapping(keys));
    }
}

fn levels(levels: &Levels) -> Mapping {
    levels.iter().map(|(code, level)| (code.as_str().into(), level.to_string().into())).collect()
}
