//! Links and pictures that the front matter of a home page names: they are checked, and files copied, like those of its text.

use std::ops::Range;

use serde_yaml::{Mapping, Value};

use super::frontmatter;
use super::types::{Link, LinkKind};

/// The links of a home page's front matter, and where each stands in `text`; `data` is where the front matter is.
pub(crate) fn find(values: &Mapping, text: &str, data: &Range<usize>) -> Vec<(Link, Range<u32>)> {
    let mut written: Vec<(&str, LinkKind)> = Vec::new();
    if values.get("home").is_some_and(|home| home.as_bool() == Some(true)) {
        link(values.get("actionLink"), &mut written);
        links(values.get("actions"), &mut written);
        links(values.get("features"), &mut written);
        for name in ["heroImage", "heroImageDark"] {
            picture(values.get(name), &mut written);
        }
    } else if values.get("layout").and_then(Value::as_str) == Some("home") {
        let hero = values.get("hero").and_then(Value::as_mapping);
        if let Some(hero) = hero {
            links(hero.get("actions"), &mut written);
            picture(hero.get("image"), &mut written);
        }
        links(values.get("features"), &mut written);
    }
    let places = frontmatter::places(written.iter().map(|(target, _)| *target), text, data);
    let links = written.into_iter().map(|(target, kind)| Link { target: target.into(), kind, written_in: None });
    links.zip(places).collect()
}

/// The `link` of each entry of a list.
fn links<'v>(list: Option<&'v Value>, written: &mut Vec<(&'v str, LinkKind)>) {
    for entry in list.and_then(Value::as_sequence).into_iter().flatten() {
        link(entry.get("link"), written);
        // A text is a sign or HTML.
        picture(entry.get("icon").filter(|icon| icon.is_mapping()), written);
    }
}

fn link<'v>(value: Option<&'v Value>, written: &mut Vec<(&'v str, LinkKind)>) {
    let target = value.and_then(Value::as_str).filter(|target| !target.is_empty());
    written.extend(target.map(|target| (target, LinkKind::HtmlLink)));
}

/// A picture: its address, or one for light and one for dark windows.
fn picture<'v>(value: Option<&'v Value>, written: &mut Vec<(&'v str, LinkKind)>) {
    let Some(value) = value else { return };
    let named = ["src", "light", "dark"].into_iter().filter_map(|name| value.get(name)?.as_str());
    let targets = value.as_str().into_iter().chain(named).filter(|target| !target.is_empty());
    written.extend(targets.map(|target| (target, LinkKind::HtmlImage)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dialect_is_read() {
        for (text, want) in [
            ("home: true\nheroImage: /a.png\nactionLink: b.md\n", &["b.md", "/a.png"][..]),
            ("home: true\nactions:\n- {text: T, link: /x/}\nfeatures:\n- link: y.md\n", &["/x/", "y.md"]),
            (
                "layout: home\nhero:\n  image: {light: l.png, dark: d.png}\n  actions:\n  - link: /g\nfeatures:\n- link: /f\n  icon: {src: /i.svg}\n- icon: 🍷\n",
                &["/g", "l.png", "d.png", "/f", "/i.svg"],
            ),
            ("actionLink: b.md\n", &[]),
        ] {
            let values: Mapping = serde_yaml::from_str(text).expect("it is YAML");
            let found = find(&values, text, &(0..text.len()));
            let shown: Vec<&str> =
                found.iter().map(|(_, place)| &text[place.start as usize..place.end as usize]).collect();
            assert_eq!(shown, want, "{text}");
        }
    }
}
