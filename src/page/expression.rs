//! The expressions of Vue that can be read without running JavaScript: literals, arithmetic on them, and access to the
//! members of what a page knows. Comes in: the text between braces, or the value of a bound attribute. Goes out: a value, or
//! the name of one that only the site knows.

mod condition;
mod known;
mod places;
mod reader;

use std::collections::BTreeMap;
use std::ops::Range;

use serde_yaml::Value;

pub use known::SiteValue;

use crate::config::Conventions;

/// What an expression means.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Meaning {
    /// A value that is known.
    Value(Value),
    /// A value that the site knows.
    Site(SiteValue),
    /// The address of a file or page of the site, as `$withBase` is given it.
    Address(String),
}

/// What names mean on a page.
pub(crate) struct Scope<'s> {
    /// The front matter of the page.
    pub front_matter: &'s serde_yaml::Mapping,
    /// What the page was made with: `$params`.
    pub params: &'s serde_yaml::Mapping,
    /// The conventions of the page.
    pub conventions: Conventions,
    /// Whether only names with `$` are names: elsewhere braces are text like any other.
    pub native: bool,
    /// Names that the page's own script gives plain values.
    pub own: &'s BTreeMap<String, Value>,
    /// Names that stand for one value after another, the innermost last.
    pub locals: &'s [(&'s str, &'s Value)],
}

impl<'s> Scope<'s> {
    /// What a name means that is no part of the site.
    fn named(&self, name: &str) -> Option<&'s Value> {
        let local = self.locals.iter().rfind(|(local, _)| *local == name).map(|(_, value)| *value);
        local.or_else(|| self.own.get(name))
    }
}

/// What the expression `text` means; `None` if that cannot be told without running it, or if it names what is not there.
pub(crate) fn meaning(text: &str, scope: &Scope<'_>) -> Option<Meaning> {
    reader::read(text, scope)
}

/// Where values stand in `text`, braces included.
pub(crate) fn places(text: &str) -> Vec<Range<usize>> {
    places::places(text)
}

/// Whether the condition `text` holds; `None` if that cannot be told. What is not there does not hold.
pub(crate) fn holds(text: &str, scope: &Scope<'_>) -> Option<bool> {
    condition::holds(text, scope)
}

/// The values that a script gives names that never change: `const members = [...]`. Those that are no literals are left
/// out.
pub(crate) fn constants(script: &str) -> Vec<(String, Value)> {
    reader::constants(script)
}

/// The value as Vue writes it into a text.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(bool) => bool.to_string(),
        Value::Number(number) => match number.as_f64() {
            // A whole number is written as one, however it came about.
            Some(float) if float.fract() == 0.0 && float.abs() < 1e15 => format!("{float:.0}"),
            _ => number.to_string(),
        },
        other => serde_json::to_string_pretty(other).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, conventions: Conventions, native: bool, want: &str) {
        let front_matter = serde_yaml::from_str(
            "{title: T, n: 3, list: [a, {b: c}], 'a-b': d, yes: true, date: 2024-01-02, nothing: null, s: 'x\"<'}",
        )
        .expect("it is YAML");
        let own = BTreeMap::from([("own".to_owned(), Value::from("mine"))]);
        let local = Value::from("near");
        let locals = [("near", &local)];
        let scope = Scope {
            front_matter: &front_matter,
            params: &front_matter,
            conventions,
            native,
            own: &own,
            locals: &locals,
        };
        let found = match meaning(text, &scope) {
            Some(Meaning::Value(value)) => shown(&value),
            Some(Meaning::Site(value)) => format!("{value:?}"),
            Some(Meaning::Address(address)) => format!("@{address}"),
            None => "?".to_owned(),
        };
        assert_eq!(found, want, "{text}");
    }

    #[test]
    fn expressions() {
        use Conventions::*;
        for (text, want) in [
            ("$frontmatter.title", "T"),
            (" $page.frontmatter.list[0] ", "a"),
            ("$frontmatter.list[1].b", "c"),
            ("$frontmatter['a-b']", "d"),
            ("$frontmatter?.list?.[1]?.b", "c"),
            ("$frontmatter.n", "3"),
            ("$frontmatter.yes", "true"),
            ("$frontmatter.date", "2024-01-02"),
            ("$frontmatter.nothing", ""),
            ("$frontmatter.list", "[\n  \"a\",\n  {\n    \"b\": \"c\"\n  }\n]"),
            ("$frontmatter.none", "?"),
            ("$frontmatter.none.none", "?"),
            ("'{{'", "{{"),
            ("\"a\\\"b\\n\\u00e9\"", "a\"b\né"),
            ("`x`", "x"),
            ("`${x}`", "?"),
            ("1 + 1", "2"),
            ("1 + 2 * 3 - (4 - 2) / 4", "6.5"),
            ("7 % 4", "3"),
            ("0.1 + 0.2", "0.30000000000000004"),
            ("1 / 0", "?"),
            ("-1", "-1"),
            ("'a' + 1", "a1"),
            ("$frontmatter.n + 1", "4"),
            (
                "[1, 'a', true, null, { b: -2, 'c': [] }]",
                "[\n  1,\n  \"a\",\n  true,\n  null,\n  {\n    \"b\": -2,\n    \"c\": []\n  }\n]",
            ),
            ("{ a: 1, }", "{\n  \"a\": 1\n}"),
            ("$withBase('/a.png')", "@/a.png"),
            ("$page.title", "PageTitle"),
            ("$site.themeConfig.a.b", "Theme([\"a\", \"b\"])"),
            ("$themeConfig.nav[0].text", "Theme([\"nav\", \"0\", \"text\"])"),
            ("$localePath", "LocalePath"),
            ("$title", "HeadTitle"),
            ("own", "mine"),
            ("near", "near"),
            ("$page.nope", "?"),
            ("$page", "?"),
            ("", "?"),
            (" ", "?"),
            ("a b", "?"),
            ("msg", "?"),
            ("count++", "?"),
            ("f(x)", "?"),
            ("ok ? 'a' : 'b'", "?"),
            ("'a", "?"),
            ("$frontmatter.", "?"),
            ("$frontmatter[", "?"),
            ("$frontmatter.title.length", "?"),
            ("$value | humanize", "?"),
            ("1 +", "?"),
        ] {
            check(text, VuePress1, false, want);
        }
        check(&"(".repeat(10_000), VuePress1, false, "?");
        check(&"[".repeat(10_000), VuePress1, false, "?");
        check(&"-".repeat(10_000), VuePress1, false, "?");
    }

    #[test]
    fn names_without_a_sign_belong_to_vitepress() {
        use Conventions::*;
        for (text, conventions, native, want) in [
            ("frontmatter.title", VitePress1, false, "T"),
            ("frontmatter.title", VuePress2, false, "?"),
            ("frontmatter.title", VitePress1, true, "?"),
            ("site.title", VitePress2, false, "SiteTitle"),
            ("page.relativePath", VitePress2, false, "RelativePath"),
            ("theme.footer.copyright", VitePress1, false, "Theme([\"footer\", \"copyright\"])"),
            ("$frontmatter.title", VitePress1, true, "T"),
        ] {
            check(text, conventions, native, want);
        }
    }

    #[test]
    fn constants_of_scripts() {
        let script = "import a from 'b'\n// const no = 1\nconst members = [\n  { name: 'A', links: [{ icon: \"x\" }], },\n  // a remark\n  { name: 'B' }\n];\nlet x = 1\nexport const n = 2 // x\nconst f = () => 1\nconst g = ref(0)\nconst s = 'é'";
        let names: Vec<String> = constants(script)
            .into_iter()
            .map(|(name, value)| format!("{name}={}", serde_json::to_string(&value).expect("plain data")))
            .collect();
        assert_eq!(
            names,
            ["members=[{\"name\":\"A\",\"links\":[{\"icon\":\"x\"}]},{\"name\":\"B\"}]", "n=2", "s=\"é\""]
        );
    }
}
