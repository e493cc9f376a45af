//! What a theme may rely on: blocks, parts, variables, custom properties, components. It is written down in
//! `tests/contract.txt`, so that nothing of it goes or is called otherwise by chance. With `PRESSOIR_UPDATE=1` the file is written
//! anew: what goes is told in the changelog.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use super::testing::{self, config, default_theme, french, group, link, parsed, site, to, tree};
use super::{DEFAULT_THEME, Frame, view};
use crate::base::UrlPath;
use crate::config::{Accessibility, Conformity, Logo, SocialLink, Version};
use crate::site::{NavLink, PageId, Resolved};

/// What stands between a mark and the end of a name, wherever the mark stands.
fn names<'t>(text: &'t str, mark: &str) -> Vec<&'t str> {
    let is_name = |char: char| char.is_alphanumeric() || matches!(char, '_' | '-');
    let mut found: Vec<&str> = Vec::new();
    for rest in text.split(mark).skip(1) {
        let name = &rest[..rest.find(|char| !is_name(char)).unwrap_or(rest.len())];
        if !name.is_empty() && !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// The paths of all values: `nav[].text`.
fn paths(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(values) => {
            for (key, value) in values {
                let dot = if path.is_empty() { "" } else { "." };
                paths(value, &format!("{path}{dot}{key}"), found);
            }
        }
        Value::Array(values) => {
            found.insert(format!("{path}[]"));
            values.iter().for_each(|value| paths(value, &format!("{path}[]"), found));
        }
        _ => _ = found.insert(path.to_owned()),
    }
}

/// The variables of pages that have everything.
fn variables() -> BTreeSet<String> {
    let (mut site, mut config) = (site(&["guide/start.md", "index.md", "fr/index.md"]), config());
    site.locales.push(french());
    site.pages[2].locale = 1;
    let mut inner = link("Inner", "/guide/");
    inner.extra.window = Some("_blank".into());
    site.locales[0].nav = Arc::new(tree(vec![group("More", None, vec![inner])]));
    site.pages[0].sidebar =
        Some(Arc::new(tree(vec![group("Guide", Some(true), vec![link("Start", "/guide/start.html")])])));
    site.pages[0].prev = Some(NavLink { text: "Before".into(), html: None, target: to("/") });
    site.pages[0].next = Some(NavLink { text: "After".into(), html: None, target: to("/") });
    site.pages[0].translations = vec![(1, UrlPath::new("/fr/"), true)];
    testing::with(&mut site.pages[0], vec![Resolved::External("x".into())], &[(2, "one"), (3, "two")]);
    site.pages[1] = testing::page(
        "index.md",
        "{home: true, tagline: A, heroImage: /a.svg, actions: [{text: Go, link: /}], features: [{title: F, details: D, icon: x, link: /}]}",
    );
    Arc::make_mut(&mut config.site).url = Some("https://example.org".into());
    let frame = &mut Arc::make_mut(&mut config.theme).frame;
    frame.logo = Some(Logo { src: "/a.svg".into(), dark: Some("/b.svg".into()), alt: Some("A".into()), span: None });
    frame.social_links = vec![SocialLink { text: "A".into(), link: "https://example.org".into() }];
    frame.versions = vec![Version { text: "1".into(), link: "/".into(), current: true }];
    frame.accessibility = Some(Accessibility { state: Conformity::None, ..Accessibility::default() });
    let theme = default_theme();
    let mut found: BTreeSet<String> = ["features", "front_matter", "content", "t"].map(str::to_owned).into();
    let shared = Frame::new(&site, &config, &theme);
    for (index, entry) in site.pages.iter().enumerate() {
        let page = parsed(entry, Vec::new());
        let seen = view(&page, PageId(index as u32), &site, &config, &shared);
        paths(&serde_json::to_value(&seen).expect("a view is plain data"), "", &mut found);
    }
    // What is a list or has keys on one page is nothing on another.
    let with_more: Vec<String> = found
        .iter()
        .filter(|path| {
            found.iter().any(|other| other.starts_with(&format!("{path}.")) || *other == format!("{path}[]"))
        })
        .cloned()
        .collect();
    found.retain(|path| !with_more.contains(path));
    found
}

/// The contract as text.
fn contract() -> String {
    let text = |path: &str| super::embedded::text(path).expect("it is embedded");
    let templates: Vec<&str> = DEFAULT_THEME.iter().filter_map(|(path, _)| path.strip_prefix("templates/")).collect();
    let list = |title: &str, names: Vec<String>| format!("== {title}\n{}\n", names.join("\n"));
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let parts = DEFAULT_THEME.iter().flat_map(|(_, text)| names(text, "data-part=\"")).collect::<BTreeSet<_>>();
    let sheet = text("assets/style.css");
    let root = sheet.split("@layer base").nth(1).and_then(|rest| rest.split("@media").next()).expect("a first layer");
    let root = root.split(":root {").nth(1).and_then(|rest| rest.split("\n  }").next()).expect("the variables");
    let properties = root.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'));
    let layers = sheet.lines().find(|line| line.starts_with("@layer ")).expect("the order of the layers");
    let theme = default_theme();
    let components: BTreeSet<String> = theme.components.names().map(str::to_owned).collect();
    [
        list("templates", owned(templates)),
        list("blocks of base.html", owned(names(text("templates/base.html"), "{% block "))),
        list("parts", parts.into_iter().map(str::to_owned).collect()),
        list("layers", vec![layers.to_owned()]),
        list("custom properties", properties.map(|(name, _)| format!("--{name}")).collect()),
        list("components", components.into_iter().collect()),
        list("variables", variables().into_iter().collect()),
    ]
    .concat()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "it compares the sources with what is written down of them")]
fn the_contract_with_themes_stands() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/contract.txt");
    let now = contract();
    if std::env::var_os("PRESSOIR_UPDATE").is_some() {
        std::fs::write(path, &now).expect("it can be written");
    }
    let written = std::fs::read_to_string(path).expect("it is there").replace("\r\n", "\n");
    let gone: Vec<&str> = written.lines().filter(|line| !now.lines().any(|one| one == *line)).collect();
    let new: Vec<&str> = now.lines().filter(|line| !written.lines().any(|one| one == *line)).collect();
    assert!(written == now, "tests/contract.txt says otherwise: gone {gone:?}, new {new:?}");
}
