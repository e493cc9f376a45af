//! The tree of a style sheet -> one that browsers read: variables are filled in, what only a preprocessor can do is left out
//! and told.

use std::collections::BTreeMap;
use std::ops::Range;

use super::names;
use super::tree::Node;

/// At-rules of CSS. Others are a preprocessor's.
const AT_RULES: [&str; 14] = [
    "charset",
    "container",
    "counter-style",
    "font-face",
    "font-feature-values",
    "import",
    "keyframes",
    "-webkit-keyframes",
    "layer",
    "media",
    "namespace",
    "page",
    "property",
    "supports",
];

/// Functions of preprocessors that CSS has not.
const FUNCTIONS: [&str; 12] = [
    "darken",
    "lighten",
    "fade",
    "fadein",
    "fadeout",
    "saturate",
    "desaturate",
    "mix",
    "alpha",
    "transparentize",
    "unquote",
    "percentage",
];

/// What is filled in, and what was left out.
#[derive(Default)]
pub(super) struct Plain {
    /// The variables, by name without `$`.
    pub variables: BTreeMap<String, String>,
    /// What was left out, with its place.
    pub left_out: Vec<(String, Range<usize>)>,
}

impl Plain {
    /// The nodes as CSS.
    pub fn nodes(&mut self, nodes: Vec<Node>) -> Vec<Node> {
        nodes.into_iter().flat_map(|node| self.node(node)).collect()
    }

    fn node(&mut self, node: Node) -> Vec<Node> {
        match node {
            Node::Variable { name, value, span } => {
                let value = self.filled(&value).map_or(value, |value| unquoted(&value).to_owned());
                self.variables.insert(name.clone(), value.clone());
                vec![Node::Variable { name, value, span }]
            }
            Node::Statement { text, span } => match text.starts_with('@') && self.is_known(&text) {
                true => vec![Node::Statement { text, span }],
                false => self.leave_out(&text, span),
            },
            Node::Declaration { name, value, span } => match self.value(&value) {
                Some(value) => declared(name, value, span),
                None => self.leave_out(&format!("{name}: {value}"), span),
            },
            Node::Rule { prelude, children, span } => {
                let joins = prelude
                    .split('&')
                    .skip(1)
                    .any(|rest| rest.starts_with(['-', '_']) || rest.starts_with(char::is_alphanumeric));
                match self.filled(&prelude).filter(|prelude| self.is_known(prelude) && !joins && !is_call(prelude)) {
                    Some(prelude) => {
                        let children = self.nodes(children);
                        dark(prelude, children, span)
                    }
                    None => self.leave_out(&prelude, span),
                }
            }
        }
    }

    fn leave_out(&mut self, text: &str, span: Range<usize>) -> Vec<Node> {
        self.left_out.push((text.lines().next().unwrap_or("").to_owned(), span));
        Vec::new()
    }

    /// Whether an at-rule, if it is one, is of CSS.
    fn is_known(&self, text: &str) -> bool {
        match text.strip_prefix('@') {
            Some(rule) => {
                let end = rule.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rule.len());
                AT_RULES.contains(&&rule[..end])
            }
            None => true,
        }
    }

    /// A value of CSS; `None` if only a preprocessor can tell it.
    fn value(&self, value: &str) -> Option<String> {
        let filled = self.filled(value)?;
        let was_filled = filled != value;
        let is_sum = was_filled && [" * ", " + ", " - ", " / "].iter().any(|sign| find_sign(&filled, sign));
        let calls = |name: &&str| has_call(&filled, name);
        (!is_sum && !FUNCTIONS.iter().any(calls)).then_some(filled)
    }

    /// The text with variables filled in; `None` if one is not known.
    fn filled(&self, text: &str) -> Option<String> {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('$') {
            let is_attribute = rest[at + 1..].starts_with(['=', '"', '\'']);
            let end = rest[at + 1..].find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'));
            let end = end.map_or(rest.len(), |end| at + 1 + end);
            if is_attribute {
                filled.push_str(&rest[..end.max(at + 1)]);
                rest = &rest[end.max(at + 1)..];
                continue;
            }
            let value = self.variable(&rest[at + 1..end])?;
            // `#{$x}` is the value, too.
            let (before, after) =
                match (rest[..at].trim_end().strip_suffix("#{"), rest[end..].trim_start().strip_prefix('}')) {
                    (Some(before), Some(after)) => (before, after),
                    _ => (&rest[..at], &rest[end..]),
                };
            filled.push_str(before);
            filled.push_str(value);
            rest = after;
        }
        filled.push_str(rest);
        match self.variables.get(filled.trim()).filter(|_| !text.contains('$')) {
            // Variables of Stylus need no sign.
            Some(value) => Some(value.clone()),
            None => (!filled.contains("#{")).then_some(filled),
        }
    }

    fn variable(&self, name: &str) -> Option<&str> {
        match self.variables.get(name) {
            Some(value) => Some(value),
            None => names::given(name),
        }
    }
}

/// The declaration, and ours of the same meaning if its property is one of their themes.
fn declared(name: String, value: String, span: Range<usize>) -> Vec<Node> {
    let known = names::translated(&value);
    let is_theirs = known.contains("var(--vp-") || known.contains("var(--c-");
    let ours = names::property(&name)
        .filter(|ours| !is_theirs && !known.is_empty() && !known.contains(&format!("var({ours})")));
    // Letters that cannot be seen show what is behind them, so they come with it.
    let ours = ours.filter(|ours| *ours != "--hero" || known != "transparent");
    let seen_through = (ours == Some("--hero-bg")).then(|| ("--hero", "transparent".to_owned()));
    let added = ours.map(|ours| (ours, known)).into_iter().chain(seen_through);
    let added: Vec<Node> =
        added.map(|(name, value)| Node::Declaration { name: name.to_owned(), value, span: span.clone() }).collect();
    std::iter::once(Node::Declaration { name, value, span }).chain(added).collect()
}

/// A rule for dark windows: their themes name a class or an attribute for it, which is here only where the reader has
/// chosen; otherwise the window says it.
fn dark(prelude: String, children: Vec<Node>, span: Range<usize>) -> Vec<Node> {
    const DARK: [&str; 4] = [".dark", "[data-theme=\"dark\"]", "[data-theme='dark']", "[data-theme=dark]"];
    const CHOSEN: &str = "[data-theme=\"dark\"]";
    let of = |prelude: &str, dark: &str, light: &str| {
        let mut prelude = prelude.to_owned();
        for name in DARK {
            prelude = prelude.replace(&format!(":not({name})"), "\u{1}");
            // A longer name is another one.
            let mut rest = std::mem::take(&mut prelude);
            while let Some(at) = rest.find(name) {
                let end = at + name.len();
                let is_whole = !rest[end..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_'));
                prelude.push_str(&rest[..at]);
                prelude.push_str(if is_whole { "\u{2}" } else { name });
                rest = rest[end..].to_owned();
            }
            prelude.push_str(&rest);
        }
        prelude.replace('\u{1}', light).replace('\u{2}', dark)
    };
    let chosen = of(&prelude, CHOSEN, "[data-theme=\"light\"]");
    let rule = |prelude: String, children: Vec<Node>| Node::Rule { prelude, children, span: span.clone() };
    if prelude.starts_with('@') || chosen == prelude && !prelude.contains(CHOSEN) {
        return vec![rule(prelude, children)];
    }
    let (media, by_window) = match prelude.contains(":not(") && !of(&prelude, "\u{2}", "").contains('\u{2}') {
        true => ("light", of(&prelude, "", ":not([data-theme=\"dark\"])")),
        false => ("dark", of(&prelude, ":root:not([data-theme=\"light\"])", "")),
    };
    let by_window = by_window.replace("html:root", "html").replace(":root:root", ":root");
    let inner = rule(by_window, children.clone());
    vec![rule(chosen, children), rule(format!("@media (prefers-color-scheme: {media})"), vec![inner])]
}

/// Whether the text is a call: `button-style()`.
fn is_call(text: &str) -> bool {
    let name = text.split('(').next().unwrap_or("");
    text.ends_with(')')
        && !name.is_empty()
        && name.len() < text.len()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// Whether a function of this name is called, and not one whose name ends so.
fn has_call(value: &str, name: &str) -> bool {
    let call = format!("{name}(");
    value
        .match_indices(&call)
        .any(|(at, _)| !value[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_')))
}

/// Whether a sign of arithmetic stands outside of functions, where CSS reckons nothing.
fn find_sign(value: &str, sign: &str) -> bool {
    value.match_indices(sign).any(|(at, _)| {
        let mut open = Vec::new();
        for (place, byte) in value[..at].bytes().enumerate() {
            match byte {
                b'(' => open.push(place),
                b')' => drop(open.pop()),
                _ => {}
            }
        }
        open.last().is_none_or(|&place| !value[..place].ends_with(|c: char| c.is_alphanumeric() || c == '-'))
    })
}

/// The text of a string.
fn unquoted(value: &str) -> &str {
    let inner = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote).filter(|inner| !inner.contains(quote));
    inner('\'').or_else(|| inner('"')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::super::{braces, tree};
    use super::*;

    fn css(text: &str) -> (String, Vec<String>) {
        let mut plain = Plain::default();
        let nodes = plain.nodes(braces::read(text, true));
        let mut css = String::new();
        tree::write(&nodes, 0, &mut css);
        let css = css.split_whitespace().collect::<Vec<_>>().join(" ");
        (css, plain.left_out.into_iter().map(|(text, _)| text).collect())
    }

    #[test]
    fn what_browsers_read() {
        for (text, want) in [
            ("$a: red; b { c: $a; d: 1px solid $a }", "b { c: red; d: 1px solid red; }"),
            ("a { b: $accentColor }", "a { b: var(--link); }"),
            ("@media (max-width: $MQMobile) { a { b: c } }", "@media (max-width: 719px) { a { b: c; } }"),
            (".a { &:hover { b: c } .d & { e: f } }", ".a { &:hover { b: c; } .d & { e: f; } }"),
            (":root { --vp-c-brand-1: red }", ":root { --vp-c-brand-1: red; --link: red; }"),
            (
                ":root { --vp-button-brand-bg: var(--vp-c-text-1) }",
                ":root { --vp-button-brand-bg: var(--vp-c-text-1); --button: var(--text); }",
            ),
            (":root { --vp-home-hero-name-color: transparent; }", ":root { --vp-home-hero-name-color: transparent; }"),
            (":root { --vp-home-hero-name-color: red; }", ":root { --vp-home-hero-name-color: red; --hero: red; }"),
            (
                ":root { --vp-home-hero-name-background: linear-gradient(red, var(--vp-c-brand-1)) }",
                ":root { --vp-home-hero-name-background: linear-gradient(red, var(--vp-c-brand-1)); \
                 --hero-bg: linear-gradient(red, var(--link)); --hero: transparent; }",
            ),
            (":root { --vp-c-brand-1: var(--vp-c-indigo-1) }", ":root { --vp-c-brand-1: var(--vp-c-indigo-1); }"),
            ("a[href$=\".pdf\"] { b: c }", "a[href$=\".pdf\"] { b: c; }"),
            (
                ".dark .x { a: b }",
                "[data-theme=\"dark\"] .x { a: b; } @media (prefers-color-scheme: dark) { :root:not([data-theme=\"light\"]) .x { a: b; } }",
            ),
            (
                "html:not(.dark) .x { a: b }",
                "html[data-theme=\"light\"] .x { a: b; } @media (prefers-color-scheme: light) { html:not([data-theme=\"dark\"]) .x { a: b; } }",
            ),
            (".darker { a: b }", ".darker { a: b; }"),
            ("a { b: calc(1px + 2px); c: rgba(1, 2, 3, .5) }", "a { b: calc(1px + 2px); c: rgba(1, 2, 3, .5); }"),
        ] {
            assert_eq!(css(text), (want.to_owned(), vec![]), "{text}");
        }
    }

    #[test]
    fn what_needs_a_preprocessor() {
        for (text, css_left, want) in [
            ("a { @include b; c: d }", "a { c: d; }", "@include b"),
            ("@mixin a { b: c }", "", "@mixin a"),
            ("a { b: darken(red, 10%) }", "", "b: darken(red, 10%)"),
            ("a { b: $none }", "", "b: $none"),
            (".a { &-b { c: d } }", "", "&-b"),
            ("$a: 2px; b { c: $a * 2 }", "", "c: $a * 2"),
            ("$a: 2px; b { c: d; e: ($a * 2) }", "b { c: d; }", "e: ($a * 2)"),
            ("@use 'sass:math';", "", "@use 'sass:math'"),
        ] {
            assert_eq!(css(text), (css_left.to_owned(), vec![want.to_owned()]), "{text}");
        }
    }
}
