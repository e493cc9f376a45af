//! The script of a component of Vue -> what it can be given, and what it says itself.

use serde_yaml::Value;

use crate::page::expression;

/// An attribute that a component takes.
#[derive(Debug, PartialEq)]
pub(super) struct Prop {
    pub name: String,
    /// Its type, as templates call it.
    pub kind: Option<&'static str>,
    pub required: bool,
    pub default: Option<Value>,
}

/// What the script says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Script {
    pub props: Vec<Prop>,
    /// Names with plain values: constants of `<script setup>`, and what `data()` gives.
    pub values: Vec<(String, Value)>,
}

/// Reads a script.
pub(super) fn read(script: &str) -> Script {
    let mut found = Script { props: Vec::new(), values: expression::constants(script) };
    if let Some(at) = call(script, "defineProps") {
        let rest = &script[at..];
        if let Some(types) = rest.strip_prefix('<').and_then(|_| inside(rest, '<', '>')) {
            found.props = typed(types);
        } else if let Some(given) = inside(rest, '(', ')') {
            found.props = listed(given.trim());
        }
        if let Some(at) = call(script, "withDefaults")
            && let Some(given) = inside(&script[at..], '(', ')')
            && let Some(object) = entries(given).get(1).and_then(|(entry, _)| inside(entry.trim(), '{', '}'))
        {
            for (entry, _) in entries(object) {
                let Some((name, value)) = entry.split_once(':') else { continue };
                if let Some(prop) = found.props.iter_mut().find(|prop| prop.name == name.trim()) {
                    prop.default = literal(value);
                }
            }
        }
    } else if let Some(at) = key(script, "props") {
        found.props = listed(script[at..].trim_start());
    }
    if let Some(at) = call(script, "data")
        && let Some(body) = script[at..].find('{').map(|open| &script[at + open..])
        && let Some(given) = inside(body, '{', '}').and_then(|body| body.split_once("return"))
        && let Some(Value::Mapping(data)) = literal(given.1.trim().trim_end_matches(';'))
    {
        found.values.extend(data.into_iter().filter_map(|(name, value)| Some((name.as_str()?.to_owned(), value))));
    }
    found
}

/// Where what follows a word stands that is called: `defineProps(`, `defineProps<`, `data () {`.
fn call(script: &str, word: &str) -> Option<usize> {
    script.match_indices(word).map(|(at, _)| at).find_map(|at| {
        let is_start = !script[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.'));
        let rest = script[at + word.len()..].trim_start();
        (is_start && rest.starts_with(['(', '<'])).then(|| script.len() - rest.len())
    })
}

/// Where the value of a key stands.
fn key(script: &str, word: &str) -> Option<usize> {
    script.match_indices(word).map(|(at, _)| at).find_map(|at| {
        let is_start = script[..at].trim_end().ends_with(['{', ',']);
        let rest = script[at + word.len()..].trim_start().strip_prefix(':')?;
        is_start.then(|| script.len() - rest.len())
    })
}

/// What stands between the brackets that `text` begins with.
fn inside(text: &str, open: char, close: char) -> Option<&str> {
    let mut depth = 0;
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(quoted), c) if c == quoted => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(c),
            // The arrow of a function is no bracket.
            (None, '>') if close == '>' && text[..at].ends_with('=') => {}
            (None, c) if c == open => depth += 1,
            (None, c) if c == close => {
                depth -= 1;
                if depth == 0 {
                    return Some(&text[open.len_utf8()..at]);
                }
            }
            _ => {}
        }
        if depth == 0 {
            return None;
        }
    }
    None
}

/// The parts of a list or an object, and where each begins.
fn entries(text: &str) -> Vec<(&str, usize)> {
    let mut found = Vec::new();
    let (mut depth, mut quote, mut start) = (0_usize, None, 0);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(quoted), c) if c == quoted => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                found.push((&text[start..at], start));
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push((&text[start..], start));
    found.retain(|(entry, _)| !entry.trim().is_empty());
    found
}

/// `['a', 'b']`, or `{ a: String, b: { type: Number, default: 3 } }`.
fn listed(text: &str) -> Vec<Prop> {
    if let Some(list) = inside(text, '[', ']') {
        let name = |(entry, _): &(&str, usize)| entry.trim().trim_matches(['"', '\'', '`']).to_owned();
        let prop = |name| Prop { name, kind: None, required: false, default: None };
        return entries(list).iter().map(name).map(prop).collect();
    }
    let object = inside(text, '{', '}').map(entries).unwrap_or_default();
    let prop = |(entry, _): (&str, usize)| {
        let entry = without_comments(entry);
        let (name, value) = entry.split_once(':')?;
        let (name, value) = (name.trim().trim_matches(['"', '\'']).to_owned(), value.trim());
        let Some(options) = inside(value, '{', '}') else {
            return Some(Prop { name, kind: kind(value), required: false, default: None });
        };
        let options = entries(options);
        let option = |name: &str| {
            options.iter().find_map(|(entry, _)| {
                let (key, value) = entry.split_once(':')?;
                (key.trim() == name).then_some(value.trim())
            })
        };
        let given = option("default").map(|value| value.strip_prefix("() =>").unwrap_or(value).trim());
        let given = given.map(|value| inside(value, '(', ')').unwrap_or(value));
        Some(Prop {
            name,
            kind: option("type").and_then(kind),
            required: option("required") == Some("true"),
            default: given.and_then(literal),
        })
    };
    object.into_iter().filter_map(prop).collect()
}

/// `{ a: string; b?: number }`.
fn typed(text: &str) -> Vec<Prop> {
    let Some(members) = inside(text.trim(), '{', '}') else { return Vec::new() };
    let members = members.split([';', '\n', ',']).filter_map(|member| member.split_once(':'));
    members
        .map(|(name, kind)| {
            let kind = match kind.trim() {
                "string" => Some("String"),
                "number" => Some("Number"),
                "boolean" => Some("Bool"),
                kind if kind.ends_with("[]") || kind.starts_with("Array<") => Some("Array"),
                _ => None,
            };
            let name = name.trim();
            let required = !name.ends_with('?') && kind != Some("Bool");
            Prop { name: name.trim_end_matches('?').to_owned(), kind, required, default: None }
        })
        .collect()
}

/// The type, as templates call it.
fn kind(written: &str) -> Option<&'static str> {
    match written.split_whitespace().next()?.trim_end_matches(',') {
        "String" => Some("String"),
        "Number" => Some("Number"),
        "Boolean" => Some("Bool"),
        "Array" => Some("Array"),
        "Object" => Some("Map"),
        _ => None,
    }
}

/// A plain value.
fn literal(text: &str) -> Option<Value> {
    let constants = expression::constants(&format!("const it = {}", text.trim()));
    constants.into_iter().next().map(|(_, value)| value)
}

/// An entry without the comments before it.
fn without_comments(entry: &str) -> String {
    entry.lines().filter(|line| !line.trim_start().starts_with(['/', '*'])).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(script: &str) -> String {
        let read = read(script);
        let prop = |prop: &Prop| {
            let kind = prop.kind.unwrap_or("?");
            let default =
                prop.default.as_ref().map(|value| format!("={}", serde_json::to_string(value).expect("plain")));
            format!("{}:{kind}{}{}", prop.name, if prop.required { "!" } else { "" }, default.unwrap_or_default())
        };
        let value =
            |(name, value): &(String, Value)| format!("{name}={}", serde_json::to_string(value).expect("plain"));
        read.props.iter().map(prop).chain(read.values.iter().map(value)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn scripts() {
        for (script, want) in [
            ("export default { props: ['a', \"b\"] }", "a:? b:?"),
            (
                "export default {\n  name: 'x',\n  props: { a: String, b: [String, Number], c: { type: Number, default: 3 }, d: { type: Array, default: () => [1] }, e: { type: Boolean, required: true } }\n}",
                "a:String b:? c:Number=3 d:Array=[1] e:Bool!",
            ),
            ("defineProps(['a'])", "a:?"),
            ("const props = defineProps({ a: { type: String, default: 'x' } })", "a:String=\"x\""),
            ("defineProps<{ a: string; b?: number\n c?: boolean }>()", "a:String! b:Number c:Bool"),
            ("withDefaults(defineProps<{ a?: string }>(), { a: 'x' })", "a:String=\"x\""),
            ("export default { data () { return { msg: 'Hi', n: [1] } } }", "msg=\"Hi\" n=[1]"),
            ("const list = ['a']\nconst props = defineProps({", "list=[\"a\"]"),
            ("", ""),
        ] {
            assert_eq!(shown(script), want, "{script}");
        }
    }
}
