//! What the site reads in front matter.

use serde_yaml::Value;

use crate::base::Span;
use crate::page::Head;

/// The value of `key`, if it is written and not null.
pub(super) fn value<'a>(head: &'a Head, key: &str) -> Option<&'a Value> {
    head.front_matter.values.get(key).filter(|value| !value.is_null())
}

/// The text of `key`, trimmed; numbers are taken as they are written; `None` if it is empty or no text.
pub(super) fn text(head: &Head, key: &str) -> Option<String> {
    value(head, key).and_then(scalar)
}

/// The place of `key` in the page's file.
pub(super) fn span(head: &Head, key: &str) -> Span {
    Span::new(head.path.clone(), head.front_matter.place(key))
}

/// A text or number as text; `None` if it is empty.
pub(super) fn scalar(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Whether the page is a home page.
pub(super) fn is_home(head: &Head) -> bool {
    value(head, "home").and_then(Value::as_bool) == Some(true)
        || value(head, "layout").and_then(Value::as_str) == Some("home")
}
