//! Former addresses, written into the front matter of a page: nothing else of it changes.

use std::ops::Range;

use serde_yaml::Value;

use super::{Format, Split, split};
use crate::config::edits::scalar;
use crate::page::aliases;

/// What to write where in a page so that it lists these former addresses, too. `None`: its front matter is written in a way
/// that cannot be added to with certainty.
pub fn with_aliases(text: &str, added: &[&str]) -> Option<(Range<usize>, String)> {
    let before = split(text);
    if before.problem.is_some() {
        return None;
    }
    let known = listed(text, &before);
    let added: Vec<&str> = added.iter().copied().filter(|one| !known.iter().any(|known| known == one)).collect();
    if added.is_empty() {
        return Some((0..0, String::new()));
    }
    let change = match before.format {
        None if before.body_start == 0 => (0..0, format!("---\n{}---\n\n", block(&added))),
        None => return None,
        Some(Format::Yaml) => in_yaml(text, &before, &added)?,
        Some(Format::Json) => {
            let brace = before.data.start + text[before.data.clone()].find('{')? + 1;
            let comma = if before.values.is_empty() { "" } else { "," };
            (brace..brace, format!("\n  \"aliases\": {}{comma}", serde_json::to_string(&added).ok()?))
        }
        Some(Format::Toml) => {
            (before.data.start..before.data.start, format!("aliases = {}\n", serde_json::to_string(&added).ok()?))
        }
    };
    let mut want = known;
    want.extend(added.iter().map(|one| (*one).to_owned()));
    let after = format!("{}{}{}", &text[..change.0.start], change.1, &text[change.0.end..]);
    is_right(text, &before, want, &after).then_some(change)
}

/// The same, for a page that does not list some former addresses any more. Those stay that are written in a way in which nothing
/// can be taken away with certainty: they do no harm.
pub fn with_other_aliases(text: &str, added: &[&str], dropped: &[&str]) -> Option<(Range<usize>, String)> {
    let (range, mended) = with_aliases(text, added)?;
    let after = format!("{}{mended}{}", &text[..range.start], &text[range.end..]);
    let without = dropped.iter().try_fold(after.clone(), |text, one| without(&text, one));
    match without.filter(|without| *without != after) {
        Some(after) => Some(difference(text, &after)),
        None => Some((range, mended)),
    }
}

/// The page without one of its former addresses; front matter that says nothing any more goes with it.
fn without(text: &str, alias: &str) -> Option<String> {
    let before = split(text);
    let mut want = listed(text, &before);
    if !want.iter().any(|known| known == alias) {
        return Some(text.to_owned());
    }
    want.retain(|known| known != alias);
    if before.format != Some(Format::Yaml) {
        return None;
    }
    let values = |key: &str| match before.values.get(key) {
        Some(Value::Sequence(list)) => list.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(one)) => vec![one.as_str()],
        _ => Vec::new(),
    };
    let key = aliases::KEYS.into_iter().find(|key| values(key).contains(&alias))?;
    let kept: Vec<&str> = values(key).into_iter().filter(|one| *one != alias).collect();
    let mut lines: Vec<&str> = text[before.data.clone()].split_inclusive('\n').collect();
    let at = lines.iter().position(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')))?;
    let list = format!("{key}: [{}]\n", kept.iter().map(|one| scalar(one)).collect::<Vec<_>>().join(", "));
    let is_block = lines[at][key.len() + 1..].trim().is_empty();
    let of_item = |line: &&str| line.trim_start().strip_prefix("- ").map(str::to_owned);
    let items = lines[at + 1..].iter().map_while(of_item).count();
    match (is_block, kept.is_empty()) {
        (true, true) => _ = lines.drain(at..=at + items),
        (false, true) => _ = lines.remove(at),
        (true, false) => {
            let says =
                |item: String| serde_yaml::from_str::<Value>(&item).is_ok_and(|item| item.as_str() == Some(alias));
            let item = lines[at + 1..].iter().take(items).position(|line| of_item(line).is_some_and(says))?;
            lines.remove(at + 1 + item);
        }
        (false, false) => lines[at] = &list,
    }
    let data = lines.concat();
    let after = match data.trim().is_empty() {
        true => text[before.body_start..].trim_start_matches('\n').to_owned(),
        false => format!("{}{data}{}", &text[..before.data.start], &text[before.data.end..]),
    };
    is_right(text, &before, want, &after).then_some(after)
}

/// The one place in which two texts differ.
fn difference(text: &str, after: &str) -> (Range<usize>, String) {
    let same = text.char_indices().zip(after.chars()).find(|((_, a), b)| a != b).map(|((at, _), _)| at);
    let start = same.unwrap_or(text.len().min(after.len()));
    let ends = text[start..].chars().rev().zip(after[start..].chars().rev());
    let end: usize = ends.take_while(|(a, b)| a == b).map(|(char, _)| char.len_utf8()).sum();
    (start..text.len() - end, after[start..after.len() - end].to_owned())
}

fn listed(text: &str, split: &Split) -> Vec<String> {
    aliases::find(&split.values, text, &split.data).into_iter().map(|(alias, _)| alias.into()).collect()
}

/// The lines of a list of its own.
fn block(added: &[&str]) -> String {
    let items: String = added.iter().map(|one| format!("  - {}\n", scalar(one))).collect();
    format!("aliases:\n{items}")
}

fn in_yaml(text: &str, before: &Split, added: &[&str]) -> Option<(Range<usize>, String)> {
    let end = before.data.end;
    let key = aliases::KEYS.into_iter().find(|key| before.values.contains_key(*key));
    let Some(key) = key else { return Some((end..end, block(added))) };
    let mut lines = Vec::new();
    let mut start = before.data.start;
    for line in text[before.data.clone()].split_inclusive('\n') {
        lines.push((start, line));
        start += line.len();
    }
    let at = lines.iter().position(|(_, line)| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')))?;
    let (start, line) = lines[at];
    let written = line[key.len() + 1..].trim();
    let list: String =
        added.iter().map(|one| format!(", {}", serde_json::to_string(one).unwrap_or_default())).collect();
    if written.is_empty() {
        // A list, an item a line.
        let (place, first) = *lines.get(at + 1)?;
        let indent = &first[..first.len() - first.trim_start().len()];
        let items: String = added.iter().map(|one| format!("{indent}- {}\n", scalar(one))).collect();
        return first.trim_start().starts_with("- ").then_some((place..place, items));
    }
    let value = start + line.find(written)?;
    if written.starts_with('[') {
        let close = value + written.rfind(']')?;
        let is_empty = text[value + 1..close].trim().is_empty();
        return Some((close..close, if is_empty { list[2..].to_owned() } else { list }));
    }
    // One, without a list.
    Some((value..value + written.len(), format!("[{written}{list}]")))
}

/// Whether the page says the same as before, with these former addresses.
fn is_right(text: &str, before: &Split, mut want: Vec<String>, after: &str) -> bool {
    let now = split(after);
    want.sort();
    let mut got = listed(after, &now);
    got.sort();
    let others = |split: &Split| {
        let mut values = split.values.clone();
        aliases::KEYS.iter().for_each(|key| _ = values.remove(*key));
        Value::Mapping(values)
    };
    let same_text =
        after[now.body_start..].trim_start_matches('\n') == text[before.body_start..].trim_start_matches('\n');
    now.problem.is_none() && got == want && others(&now) == others(before) && same_text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, added: &[&str]) -> Option<String> {
        let (range, mended) = with_aliases(text, added)?;
        Some(format!("{}{mended}{}", &text[..range.start], &text[range.end..]))
    }

    #[test]
    fn addresses_are_taken_away() {
        for (text, want) in [
            ("---\naliases:\n  - /old.html\n---\n\n# T\n", "# T\n"),
            ("---\ntitle: A\naliases: /old.html\n---\n# T\n", "---\ntitle: A\n---\n# T\n"),
            ("---\naliases:\n- /a\n- \"/old.html\" # why\n- /b\n---\n", "---\naliases:\n- /a\n- /b\n---\n"),
            ("---\naliases: [/a, /old.html]\n---\n", "---\naliases: [/a]\n---\n"),
            ("---\naliases: [\n/a, /old.html]\n---\n", "---\naliases: [\n/a, /old.html]\n---\n"),
            ("# T\n", "# T\n"),
        ] {
            let (range, mended) = with_other_aliases(text, &[], &["/old.html"]).expect("it can be written");
            assert_eq!(format!("{}{mended}{}", &text[..range.start], &text[range.end..]), want, "{text}");
        }
        let text = "---\naliases:\n  - /old.html\n---\n";
        let (range, mended) = with_other_aliases(text, &["/new.html"], &["/old.html"]).expect("it can be written");
        let got = format!("{}{mended}{}", &text[..range.start], &text[range.end..]);
        assert_eq!(got, "---\naliases:\n  - /new.html\n---\n");
    }

    #[test]
    fn every_way_to_write_front_matter() {
        for (text, want) in [
            ("# T\n", Some("---\naliases:\n  - /old.html\n---\n\n# T\n")),
            ("---\ntitle: A\n---\n# T\n", Some("---\ntitle: A\naliases:\n  - /old.html\n---\n# T\n")),
            ("---\n---\n# T\n", Some("---\naliases:\n  - /old.html\n---\n# T\n")),
            ("---\naliases: /a\ntitle: A\n---\n", Some("---\naliases: [/a, \"/old.html\"]\ntitle: A\n---\n")),
            ("---\naliases: [/a, /b]\n---\n", Some("---\naliases: [/a, /b, \"/old.html\"]\n---\n")),
            ("---\naliases: []\n---\n", Some("---\naliases: [\"/old.html\"]\n---\n")),
            ("---\nredirectFrom:\n- /a\nb: 1\n---\n", Some("---\nredirectFrom:\n- /old.html\n- /a\nb: 1\n---\n")),
            ("---\naliases:\n    - /a # why\n---\n", Some("---\naliases:\n    - /old.html\n    - /a # why\n---\n")),
            ("---\naliases: /a # why\n---\n", None),
            ("---\n{title: A}\n---\n", None),
            ("---\ntitle: [\n---\n", None),
            (
                "---json\n{\"title\": \"A\"}\n---\n",
                Some("---json\n{\n  \"aliases\": [\"/old.html\"],\"title\": \"A\"}\n---\n"),
            ),
            ("---toml\ntitle = \"A\"\n---\n", Some("---toml\naliases = [\"/old.html\"]\ntitle = \"A\"\n---\n")),
            ("---\naliases: /old.html\n---\n", Some("---\naliases: /old.html\n---\n")),
        ] {
            assert_eq!(written(text, &["/old.html"]).as_deref(), want, "{text}");
        }
        assert_eq!(
            written("", &["/à la #1.html", "/b: c/"]).as_deref(),
            Some("---\naliases:\n  - \"/à la #1.html\"\n  - \"/b: c/\"\n---\n\n")
        );
    }
}
