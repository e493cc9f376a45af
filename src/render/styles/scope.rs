//! Rules that hold for the elements of one component: their selectors ask for its mark.

use super::tree::{Node, find};

/// Adds the attribute `mark` to the last part of each selector.
pub(super) fn scoped(nodes: &mut [Node], mark: &str) {
    for node in nodes {
        if let Node::Rule { prelude, children, .. } = node {
            match prelude.strip_prefix('@') {
                // What stands in others is no selector.
                Some(rule)
                    if rule.starts_with("media") || rule.starts_with("supports") || rule.starts_with("layer") =>
                {
                    scoped(children, mark);
                }
                Some(_) => {}
                // Rules that stand in this one are bound by it.
                None => *prelude = selectors(prelude, mark),
            }
        }
    }
}

fn selectors(prelude: &str, mark: &str) -> String {
    let mut found = Vec::new();
    let mut rest = prelude;
    while let Some(comma) = find(rest, b",") {
        found.push(selector(rest[..comma].trim(), mark));
        rest = &rest[comma + 1..];
    }
    found.push(selector(rest.trim(), mark));
    found.join(", ")
}

fn selector(written: &str, mark: &str) -> String {
    for name in [":global(", "::v-global("] {
        if let Some(inner) = written.strip_prefix(name).and_then(|rest| rest.strip_suffix(')')) {
            return inner.to_owned();
        }
    }
    // What comes after these is in other components.
    for name in [":deep(", "::v-deep(", ":slotted(", "::v-slotted("] {
        if let Some((before, inner)) = written.split_once(name) {
            let (inner, after) = inner.rsplit_once(')').unwrap_or((inner, ""));
            let before = before.trim_end();
            let bound = if before.is_empty() { format!("[{mark}]") } else { marked(before, mark) };
            return format!("{bound} {inner}{after}");
        }
    }
    for name in ["::v-deep", "/deep/", ">>>"] {
        if let Some((before, after)) = written.split_once(name) {
            let before = before.trim_end();
            let bound = if before.is_empty() { format!("[{mark}]") } else { marked(before, mark) };
            return format!("{bound} {}", after.trim_start());
        }
    }
    marked(written, mark)
}

/// The selector with the mark behind its last name, before what is said of its state.
fn marked(selector: &str, mark: &str) -> String {
    let start = selector.rfind([' ', '>', '+', '~']).map_or(0, |at| at + 1);
    let last = &selector[start..];
    let at = match find(last, b":").filter(|_| selector.matches('(').count() == selector.matches(')').count()) {
        Some(at) => start + at,
        None => selector.len(),
    };
    format!("{}[{mark}]{}", &selector[..at], &selector[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_ask_for_the_mark() {
        for (text, want) in [
            ("a", "a[m]"),
            (".a .b, c > d:hover", ".a .b[m], c > d[m]:hover"),
            ("a::before", "a[m]::before"),
            (".a :deep(.b) c", ".a[m] .b c"),
            ("::v-deep .b", "[m] .b"),
            (":global(.x)", ".x"),
        ] {
            assert_eq!(selectors(text, "m"), want, "{text}");
        }
    }
}
