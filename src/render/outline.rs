//! The outline of a page: its headings as a tree.

use serde::Serialize;
use serde_yaml::Value;

use crate::config::Conventions;
use crate::page::{FrontMatter, Heading};

/// A heading as templates see it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Entry {
    id: Box<str>,
    html: Box<str>,
    items: Vec<Entry>,
}

/// The first and last level that a page's outline shows; `None` if it has no outline.
pub(super) fn levels(front_matter: &FrontMatter, default: Option<(u8, u8)>) -> Option<(u8, u8)> {
    let level = |value: &Value| {
        value.as_u64().and_then(|level| u8::try_from(level).ok()).filter(|level| (1..=6).contains(level))
    };
    match front_matter.values.get("outline") {
        Some(Value::Bool(false)) => None,
        Some(Value::String(deep)) if deep == "deep" => Some((2, 6)),
        Some(Value::Sequence(pair)) if pair.len() == 2 => Some((level(&pair[0])?, level(&pair[1])?)),
        Some(value) if level(value).is_some() => level(value).map(|level| (level, level)),
        // VuePress lists the headings of the page at its side, as many levels of them as this says.
        _ => match front_matter.values.get("sidebarDepth").and_then(Value::as_u64) {
            Some(depth) => of_depth(depth.min(5) as u8),
            None => default,
        },
    }
}

/// As many levels from the second on.
pub(super) fn of_depth(depth: u8) -> Option<(u8, u8)> {
    (depth > 0).then(|| (2, depth.min(5) + 1))
}

/// The outline: a heading goes below the nearest one before it of a higher rank. Under two headings there is nothing to
/// outline.
pub(super) fn outline(headings: &[Heading], (first, last): (u8, u8), conventions: Conventions) -> Vec<Entry> {
    let shown: Vec<&Heading> = headings
        .iter()
        .filter(|heading| (first..=last).contains(&heading.level) && !heading.id.is_empty())
        .filter(|heading| !(heading.nested && conventions == Conventions::VuePress2))
        .collect();
    match shown.len() {
        0 | 1 => Vec::new(),
        _ => below(&mut &shown[..], 0),
    }
}

/// Takes the headings up to the next one of level `parent` or higher rank.
fn below(rest: &mut &[&Heading], parent: u8) -> Vec<Entry> {
    let mut entries = Vec::new();
    while let Some((heading, others)) = rest.split_first().filter(|(heading, _)| heading.level > parent) {
        *rest = others;
        let items = below(rest, heading.level);
        entries.push(Entry { id: heading.id.clone(), html: heading.html.clone(), items });
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(level: u8, id: &str) -> Heading {
        Heading { level, id: id.into(), text: id.into(), html: id.into(), nested: id.starts_with("nested") }
    }

    fn shape(entries: &[Entry]) -> String {
        entries.iter().map(|entry| format!("{}({})", entry.id, shape(&entry.items))).collect()
    }

    #[test]
    fn shapes() {
        use Conventions::*;
        for (headings, levels, conventions, want) in [
            (&[(1, "a"), (2, "b"), (3, "c"), (2, "d"), (4, "e")][..], (2, 3), VuePress1, "b(c())d()"),
            (&[(3, "x"), (2, "b"), (4, "c"), (3, "d")], (2, 4), VuePress1, "x()b(c()d())"),
            (&[(2, "b")], (2, 3), VuePress1, ""),
            (&[(2, "b"), (2, "nested"), (2, "c")], (2, 3), VuePress2, "b()c()"),
            (&[(2, "b"), (2, "nested"), (2, "")], (2, 3), VitePress1, "b()nested()"),
        ] {
            let headings: Vec<Heading> = headings.iter().map(|(level, id)| heading(*level, id)).collect();
            assert_eq!(shape(&outline(&headings, levels, conventions)), want);
        }
    }

    #[test]
    fn levels_of_front_matter() {
        for (yaml, want) in [
            ("{}", Some((2, 3))),
            ("outline: false", None),
            ("outline: deep", Some((2, 6))),
            ("outline: [1, 4]", Some((1, 4))),
            ("outline: 2", Some((2, 2))),
            ("outline: nonsense", Some((2, 3))),
        ] {
            let front_matter =
                FrontMatter { values: serde_yaml::from_str(yaml).expect("it is YAML"), ..FrontMatter::default() };
            assert_eq!(levels(&front_matter, Some((2, 3))), want, "{yaml}");
        }
    }
}
