//! Conditions: `a`, `!a`, `a === b`, and these joined by `&&` and `||`.

use serde_yaml::Value;

use super::{Meaning, Scope, meaning};

/// See [`super::holds`].
pub(super) fn holds(text: &str, scope: &Scope<'_>) -> Option<bool> {
    // Signs between quotation marks or brackets join nothing.
    if !text.contains(['"', '\'', '`', '(', '[', '{']) {
        if let Some((left, right)) = text.split_once("||") {
            return or(holds(left, scope), || holds(right, scope));
        }
        if let Some((left, right)) = text.split_once("&&") {
            return and(holds(left, scope), || holds(right, scope));
        }
    }
    let text = text.trim();
    for (sign, equal) in [("!==", false), ("===", true), ("!=", false), ("==", true)] {
        if let Some((left, right)) = text.split_once(sign) {
            return Some((value(left, scope)? == value(right, scope)?) == equal);
        }
    }
    match text.strip_prefix('!') {
        Some(rest) => holds(rest, scope).map(|holds| !holds),
        None => value(text, scope).map(|value| is_true(&value)),
    }
}

fn or(left: Option<bool>, right: impl FnOnce() -> Option<bool>) -> Option<bool> {
    match left? {
        true => Some(true),
        false => right(),
    }
}

fn and(left: Option<bool>, right: impl FnOnce() -> Option<bool>) -> Option<bool> {
    match left? {
        true => right(),
        false => Some(false),
    }
}

/// A value; nothing where a member is not there of what is known.
fn value(text: &str, scope: &Scope<'_>) -> Option<Value> {
    match meaning(text, scope) {
        Some(Meaning::Value(value)) => Some(value),
        Some(_) => None,
        None => is_absent(text, scope).then_some(Value::Null),
    }
}

/// Whether the text names a member of what the page knows that is not there.
fn is_absent(text: &str, scope: &Scope<'_>) -> bool {
    let text = text.trim();
    let is_path = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '?'));
    let path = text.replace('?', "");
    let Some((root, rest)) = path.split_once('.').filter(|_| is_path) else { return false };
    let root = match root.strip_prefix('$') {
        Some(name) => name,
        None if scope.named(root).is_some() => return true,
        None if scope.conventions.is_vitepress() && !scope.native => root,
        None => return false,
    };
    root == "frontmatter" || root == "page" && rest.starts_with("frontmatter.")
}

fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(bool) => *bool,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::config::Conventions;

    #[test]
    fn what_holds() {
        let front_matter =
            serde_yaml::from_str("{yes: true, no: false, n: 0, s: '', t: b, list: []}").expect("it is YAML");
        let scope = Scope {
            front_matter: &front_matter,
            params: &front_matter,
            conventions: Conventions::VuePress2,
            native: false,
            own: &BTreeMap::new(),
            locals: &[],
        };
        for (text, want) in [
            ("true", Some(true)),
            ("false", Some(false)),
            (" $frontmatter.yes ", Some(true)),
            ("!$frontmatter.yes", Some(false)),
            ("$frontmatter.no", Some(false)),
            ("$frontmatter.n", Some(false)),
            ("$frontmatter.s", Some(false)),
            ("$frontmatter.list", Some(true)),
            ("$frontmatter.none", Some(false)),
            ("!$page.frontmatter.none", Some(true)),
            ("$frontmatter.t === 'b'", Some(true)),
            ("$frontmatter.t !== 'b'", Some(false)),
            ("$frontmatter.n == 0", Some(true)),
            ("$frontmatter.yes && !$frontmatter.no", Some(true)),
            ("$frontmatter.no || $frontmatter.n", Some(false)),
            ("$frontmatter.yes || count", Some(true)),
            ("$frontmatter.no && count", Some(false)),
            ("$frontmatter.no || count", None),
            ("count", None),
            ("count > 1", None),
            ("f($frontmatter.yes)", None),
            ("$page.title", None),
            ("", None),
        ] {
            assert_eq!(holds(text, &scope), want, "{text}");
        }
    }
}
