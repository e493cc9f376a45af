//! The attributes of a tag -> the arguments of its component.

use tera::{ComponentArgType, Value};

use crate::page::components::{Attribute, AttributeValue, ComponentTag, normal};
use crate::page::expression::shown;

use super::Component;

/// What is wrong with an attribute.
pub(super) enum Fault<'t> {
    /// The component takes none of this name.
    Unknown(&'t Attribute),
    /// It should be of this type.
    WrongType(&'t Attribute, ComponentArgType),
    /// Its value is an expression that cannot be told.
    Expression(&'t Attribute, &'t str),
    /// This argument must be given.
    Missing(String),
}

/// Values that are known only where the page stands in the site.
pub(in crate::render) trait Holes {
    /// The address of link `n`.
    fn address(&self, n: u32) -> String;
    /// Value `n`, if there is one.
    fn value(&self, n: u32) -> Option<String>;
}

/// Attributes that every element may have. A component shows them if it takes arguments of any name.
fn is_global(name: &str) -> bool {
    matches!(name, "class" | "style" | "id" | "key" | "ref" | "slot" | "is" | "lang" | "dir" | "hidden")
        || name.starts_with("data-")
        || name.starts_with("aria-")
}

/// The arguments of the tag that can be used; `None` if one is missing.
pub(in crate::render) fn arguments(
    component: &Component,
    tag: &ComponentTag,
    holes: &impl Holes,
) -> Option<Vec<(String, Value)>> {
    let (arguments, faults) = read(component, tag, holes);
    (!faults.iter().any(|fault| matches!(fault, Fault::Missing(_)))).then_some(arguments)
}

/// The arguments of the tag, and what is wrong with it.
pub(super) fn read<'t>(
    component: &Component,
    tag: &'t ComponentTag,
    holes: &impl Holes,
) -> (Vec<(String, Value)>, Vec<Fault<'t>>) {
    let mut given: Vec<(String, Value)> = Vec::new();
    let mut faults = Vec::new();
    // An argument that is given wrongly is not missing besides.
    let mut tried: Vec<&str> = Vec::new();
    for attribute in &tag.attributes {
        let name = normal(&attribute.name);
        let argument = component.arguments.iter().find(|argument| normal(&argument.name) == name);
        let (name, kind) = match argument {
            Some(argument) => {
                tried.push(&argument.name);
                (argument.name.clone(), argument.kind)
            }
            None if attribute.name.starts_with("v-") => (attribute.name.to_string(), None),
            None if component.takes_any => (attribute.name.to_string(), None),
            None if is_global(&attribute.name) => continue,
            None => {
                faults.push(Fault::Unknown(attribute));
                continue;
            }
        };
        let value = match &attribute.value {
            AttributeValue::Present => present(kind),
            AttributeValue::Text(text) => of_text(text, kind),
            AttributeValue::Link(n) => of_text(&holes.address(*n), kind),
            AttributeValue::Site(n) => match holes.value(*n) {
                Some(text) => of_text(&text, kind),
                // What is not known is told where the page's other values are.
                None => continue,
            },
            AttributeValue::Value(serde_yaml::Value::Null) => continue,
            AttributeValue::Value(value) => of_value(value, kind),
            AttributeValue::Unknown(expression) => {
                faults.push(Fault::Expression(attribute, expression));
                continue;
            }
        };
        match (value, kind) {
            (Some(value), _) if given.iter().all(|(known, _)| *known != name) => given.push((name, value)),
            (None, Some(kind)) => faults.push(Fault::WrongType(attribute, kind)),
            _ => {}
        }
    }
    for argument in component.arguments.iter().filter(|argument| argument.required) {
        if given.iter().all(|(name, _)| *name != argument.name) {
            if !tried.contains(&argument.name.as_str()) {
                faults.push(Fault::Missing(argument.name.clone()));
            } else {
                // Reported already; without a value there is no component.
                faults.push(Fault::Missing(String::new()));
            }
        }
    }
    (given, faults)
}

/// An attribute that stands alone is true, as in HTML.
fn present(kind: Option<ComponentArgType>) -> Option<Value> {
    match kind {
        None | Some(ComponentArgType::Bool) => Some(Value::from(true)),
        Some(ComponentArgType::String) => Some(Value::from("")),
        Some(_) => None,
    }
}

/// The text as a value of this type.
fn of_text(text: &str, kind: Option<ComponentArgType>) -> Option<Value> {
    let Some(kind) = kind else { return Some(Value::from(text)) };
    let written = text.trim();
    match kind {
        ComponentArgType::String => Some(Value::from(text)),
        ComponentArgType::Bool => match written {
            "" | "true" => Some(Value::from(true)),
            "false" => Some(Value::from(false)),
            _ => None,
        },
        ComponentArgType::Integer => written.parse::<i64>().ok().map(Value::from),
        ComponentArgType::Float => written.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from),
        ComponentArgType::Number => {
            of_text(text, Some(ComponentArgType::Integer)).or_else(|| of_text(text, Some(ComponentArgType::Float)))
        }
        ComponentArgType::Array | ComponentArgType::Map => of_value(&serde_json::from_str(written).ok()?, Some(kind)),
        _ => None,
    }
}

/// The value, if it is of this type or can be written as one.
fn of_value(value: &serde_yaml::Value, kind: Option<ComponentArgType>) -> Option<Value> {
    use serde_yaml::Value as Plain;
    let fits = match (kind, value) {
        (Some(ComponentArgType::String), Plain::String(_) | Plain::Number(_) | Plain::Bool(_)) => {
            return Some(Value::from(shown(value)));
        }
        (Some(ComponentArgType::Float), Plain::Number(number)) => return number.as_f64().map(Value::from),
        (Some(ComponentArgType::Integer), Plain::Number(number)) => number.is_i64() || number.is_u64(),
        (None, _)
        | (Some(ComponentArgType::Number), Plain::Number(_))
        | (Some(ComponentArgType::Bool), Plain::Bool(_))
        | (Some(ComponentArgType::Array), Plain::Sequence(_))
        | (Some(ComponentArgType::Map), Plain::Mapping(_)) => true,
        _ => false,
    };
    fits.then(|| Value::try_from_serializable(value).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_by_type() {
        use ComponentArgType::*;
        let plain = |text: &str| serde_yaml::from_str::<serde_yaml::Value>(text).expect("it is YAML");
        for (found, want) in [
            (of_text("a", Some(String)), Some("a")),
            (of_text("2", Some(Integer)), Some("2")),
            (of_text("2.5", Some(Integer)), None),
            (of_text("2.5", Some(Number)), Some("2.5")),
            (of_text("x", Some(Number)), None),
            (of_text("false", Some(Bool)), Some("false")),
            (of_text("non", Some(Bool)), None),
            (of_text("[1, \"a\"]", Some(Array)), Some("[1, 'a']")),
            (of_text("[1", Some(Array)), None),
            (of_text("{\"a\": 1}", Some(Array)), None),
            (of_value(&plain("5"), Some(String)), Some("5")),
            (of_value(&plain("[a]"), Some(String)), None),
            (of_value(&plain("{a: b}"), Some(Map)), Some("{'a': 'b'}")),
            (of_value(&plain("true"), Some(Bool)), Some("true")),
            (of_value(&plain("'true'"), Some(Bool)), None),
            (present(Some(Integer)), None),
            (present(Some(Bool)), Some("true")),
            (present(None), Some("true")),
        ] {
            let found = found.map(|value| value.to_string().replace('"', "'"));
            assert_eq!(found.as_deref(), want);
        }
    }
}
