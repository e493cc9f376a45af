//! Elements of `<head>` as settings and front matter write them.

use serde_yaml::{Mapping, Value};

use super::settled::HeadEntry;

/// The entries of `head`: `[tag, attributes, content]` each, or, as TOML has it, lists of attributes by tag. What is no
/// entry is counted.
pub fn entries(value: &Value) -> (Vec<HeadEntry>, usize) {
    let read: Vec<Option<HeadEntry>> = match value {
        Value::Sequence(entries) => entries.iter().map(entry).collect(),
        Value::Mapping(tags) => tags.iter().flat_map(|(tag, list)| of_tag(tag, list)).collect(),
        _ => vec![None],
    };
    let wrong = read.iter().filter(|entry| entry.is_none()).count();
    (read.into_iter().flatten().collect(), wrong)
}

/// `[tag, attributes, content]`, or a tag alone.
fn entry(value: &Value) -> Option<HeadEntry> {
    match value {
        Value::String(tag) => head_entry(tag, None, None),
        Value::Sequence(parts) => {
            let attributes = match parts.get(1) {
                None | Some(Value::Null) => None,
                Some(value) => Some(value.as_mapping()?),
            };
            head_entry(parts.first()?.as_str()?, attributes, parts.get(2).and_then(Value::as_str))
        }
        _ => None,
    }
}

/// The entries of one tag: `[[head.link]]` in TOML.
fn of_tag(tag: &Value, list: &Value) -> Vec<Option<HeadEntry>> {
    let one = |attributes: &Value| head_entry(tag.as_str()?, Some(attributes.as_mapping()?), None);
    match list {
        Value::Sequence(list) => list.iter().map(one).collect(),
        value => vec![one(value)],
    }
}

fn head_entry(tag: &str, attributes: Option<&Mapping>, content: Option<&str>) -> Option<HeadEntry> {
    let is_name = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(&byte))
    };
    let tag = tag.trim();
    // `base` would turn every link of the page.
    if !is_name(tag) || tag.eq_ignore_ascii_case("base") {
        return None;
    }
    let attributes = attributes.into_iter().flatten().filter_map(|(name, value)| {
        let name = name.as_str().filter(|name| is_name(name))?;
        let value = match value {
            Value::Null | Value::Bool(false) => return None,
            Value::Bool(true) => None,
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => return None,
        };
        Some((name.to_owned(), value))
    });
    let attributes = attributes.collect();
    Some(HeadEntry { tag: tag.to_ascii_lowercase(), attributes, content: content.map(str::to_owned) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings() {
        let attribute = |name: &str, value: &str| (name.to_owned(), Some(value.to_owned()));
        let link = HeadEntry { tag: "link".into(), attributes: vec![attribute("rel", "icon")], content: None };
        let script = HeadEntry {
            tag: "script".into(),
            attributes: vec![("async".into(), None), attribute("data-n", "3")],
            content: Some("x()".into()),
        };
        for (yaml, want, wrong) in [
            ("[[link, {rel: icon}], [script, {async: true, defer: false, data-n: 3}, 'x()']]", vec![&link, &script], 0),
            ("{link: [{rel: icon}]}", vec![&link], 0),
            ("[[link, {rel: icon}], 3, [base, {href: /}], ['a b'], [link, x]]", vec![&link], 4),
            ("x", vec![], 1),
        ] {
            let (entries, count) = entries(&serde_yaml::from_str(yaml).expect("YAML"));
            assert_eq!((entries.iter().collect::<Vec<_>>(), count), (want, wrong), "{yaml}");
        }
    }
}
