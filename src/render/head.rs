//! What settings and front matter put into `<head>`.

use serde::Serialize;
use serde_yaml::Value;

use crate::base::{UrlPath, escape};
use crate::config::{Config, HeadEntry, Layout, head};
use crate::page::FrontMatter;

use super::address::{below_base, is_absolute};

/// The entries of a page: those that have a place of their own in the template, and the HTML of the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Head {
    /// The elements, one a line.
    pub(super) html: String,
    /// Whether they name an icon, so that the site's own is not named.
    pub(super) icon: bool,
    /// What they say that the page is about.
    pub(super) description: Option<String>,
    /// How wide they say that a window is.
    pub(super) viewport: Option<String>,
    /// Where they say that the page is found.
    pub(super) canonical: Option<String>,
    /// What their `meta` elements are about: `og:title`.
    #[serde(skip)]
    names: Vec<String>,
}

/// The entries of the page at `url`. What the page says takes the place of what the site says of the same thing.
pub(super) fn head(of_site: &[HeadEntry], front_matter: &FrontMatter, url: &UrlPath, config: &Config) -> Head {
    let values = &front_matter.values;
    let mut own = values.get("head").map(|value| head::entries(value).0).unwrap_or_default();
    own.extend(values.get("meta").and_then(Value::as_sequence).into_iter().flatten().filter_map(meta));
    let mut head = Head::default();
    let mut seen: Vec<Key<'_>> = Vec::new();
    let mut kept: Vec<&HeadEntry> = Vec::new();
    // The page is asked first; in a language, its entries come before those of the site.
    for entry in own.iter().chain(of_site) {
        let key = Key::of(entry);
        if !seen.contains(&key) {
            seen.push(key);
            kept.push(entry);
        }
    }
    // Yet it has the last word in the cascade.
    let is_own = |entry: &&HeadEntry| own.iter().any(|known| std::ptr::eq(known, *entry));
    let (own, of_site): (Vec<&HeadEntry>, Vec<&HeadEntry>) = kept.into_iter().partition(is_own);
    for entry in of_site.into_iter().chain(own) {
        head.add(entry, url, config);
    }
    head
}

/// An entry of `meta`, as version 1 of VuePress has it in front matter: the attributes alone.
fn meta(value: &Value) -> Option<HeadEntry> {
    let entry = Value::Sequence(vec!["meta".into(), Value::Mapping(value.as_mapping()?.clone())]);
    head::entries(&Value::Sequence(vec![entry])).0.pop()
}

/// What an entry is about: of two that are about the same, one counts.
#[derive(PartialEq)]
enum Key<'a> {
    /// The element with this id.
    Id(&'a str, &'a str),
    /// A `meta` of this kind and name.
    Meta(&'a str, &'a str),
    Canonical,
    /// No other than itself.
    Whole(&'a HeadEntry),
}

impl<'a> Key<'a> {
    fn of(entry: &'a HeadEntry) -> Key<'a> {
        if let Some(id) = attribute(entry, "id") {
            return Key::Id(&entry.tag, id);
        }
        match entry.tag.as_str() {
            "meta" => match entry.attributes.iter().find(|(name, _)| name != "content") {
                Some((name, value)) => Key::Meta(name, value.as_deref().unwrap_or_default()),
                None => Key::Whole(entry),
            },
            "link" if attribute(entry, "rel") == Some("canonical") => Key::Canonical,
            _ => Key::Whole(entry),
        }
    }
}

fn attribute<'a>(entry: &'a HeadEntry, name: &str) -> Option<&'a str> {
    let found = entry.attributes.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.and_then(|(_, value)| value.as_deref())
}

impl Head {
    /// Whether a `meta` element is about this.
    pub(super) fn says(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    fn add(&mut self, entry: &HeadEntry, url: &UrlPath, config: &Config) {
        let content = || attribute(entry, "content").map(str::to_owned);
        match (entry.tag.as_str(), attribute(entry, "name"), attribute(entry, "rel")) {
            ("meta", Some("description"), _) => self.description = content(),
            ("meta", Some("viewport"), _) => self.viewport = content(),
            // The page says it itself.
            ("meta", _, _) if attribute(entry, "charset").is_some() => {}
            ("link", _, Some("canonical")) => self.canonical = attribute(entry, "href").map(str::to_owned),
            ("title", ..) => {}
            (tag, name, rel) => {
                if tag == "meta" {
                    self.names.extend(name.or(attribute(entry, "property")).map(str::to_ascii_lowercase));
                }
                self.icon |= rel.is_some_and(|rel| rel.split_ascii_whitespace().any(|word| word == "icon"));
                self.write(entry, url, config);
            }
        }
    }

    fn write(&mut self, entry: &HeadEntry, url: &UrlPath, config: &Config) {
        let html = &mut self.html;
        html.push('<');
        html.push_str(&entry.tag);
        for (name, value) in &entry.attributes {
            html.push(' ');
            html.push_str(name);
            let Some(value) = value else { continue };
            html.push_str("=\"");
            match name.as_str() {
                "href" | "src" => escape(&address(value, url, config), html),
                _ => escape(value, html),
            }
            html.push('"');
        }
        html.push('>');
        if !matches!(entry.tag.as_str(), "meta" | "link" | "base") {
            // Scripts and styles are written as they are.
            html.push_str(entry.content.as_deref().unwrap_or_default());
            html.push_str("</");
            html.push_str(&entry.tag);
            html.push('>');
        }
        html.push('\n');
    }
}

/// An address of the settings, seen from the page. VuePress 1 puts the base before addresses from the root, the others leave
/// that to the author: so an address without it leads out of the site.
fn address(written: &str, url: &UrlPath, config: &Config) -> String {
    let base = &config.site.base;
    let inside = match written.starts_with('/') && !is_absolute(written) {
        true => below_base(written, base),
        false => return written.to_owned(),
    };
    let has_base = base == "/" || inside != written;
    if !has_base && !matches!(config.site.layout, Layout::VuePress1 | Layout::Native | Layout::Bare) {
        return written.to_owned();
    }
    let (path, suffix) = inside.split_at(inside.find(['?', '#']).unwrap_or(inside.len()));
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    UrlPath::new(&decoded).relative_from(url) + suffix
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::render::testing::config;

    fn made(of_site: &str, front: &str, layout: Layout, base: &str) -> Head {
        let mut config = config();
        let site = Arc::make_mut(&mut config.site);
        (site.layout, site.base) = (layout, base.to_owned());
        let (entries, _) = head::entries(&serde_yaml::from_str(of_site).expect("YAML"));
        let values = serde_yaml::from_str(front).expect("YAML");
        super::head(
            &entries,
            &FrontMatter { values, ..FrontMatter::default() },
            &UrlPath::new("/guide/start.html"),
            &config,
        )
    }

    #[test]
    fn the_page_has_its_say() {
        let site =
            "[[meta, {name: theme-color, content: red}], [script, {async: true, src: 'https://e.org/?a&b'}, 'x < 1']]";
        let page = "head: [[meta, {name: theme-color, content: '\"'}]]\nmeta: [{property: og:title, content: A}]";
        let head = made(site, page, Layout::VuePress2, "/");
        assert_eq!(
            head.html,
            "<script async src=\"https://e.org/?a&amp;b\">x < 1</script>\n\
             <meta name=\"theme-color\" content=\"&quot;\">\n<meta property=\"og:title\" content=\"A\">\n"
        );
    }

    #[test]
    fn what_the_template_says_is_said_once() {
        let site = "[[meta, {name: description, content: D}], [meta, {name: viewport, content: V}], [meta, {charset: x}], \
                    [link, {rel: canonical, href: 'https://c'}], [link, {rel: shortcut icon, href: /i.ico}]]";
        let head = made(site, "{}", Layout::VuePress1, "/");
        let want = Head {
            html: "<link rel=\"shortcut icon\" href=\"../i.ico\">\n".into(),
            icon: true,
            description: Some("D".into()),
            viewport: Some("V".into()),
            canonical: Some("https://c".into()),
            names: Vec::new(),
        };
        assert_eq!(head, want);
    }

    #[test]
    fn addresses() {
        for (layout, base, written, want) in [
            (Layout::VuePress1, "/docs/", "/i.png", "../i.png"),
            (Layout::VuePress1, "/docs/", "/docs/i.png?a#b", "../i.png?a#b"),
            (Layout::VitePress, "/docs/", "/docs/i.png", "../i.png"),
            (Layout::VitePress, "/docs/", "/i.png", "/i.png"),
            (Layout::VitePress, "/", "/i.png", "../i.png"),
            (Layout::VuePress2, "/", "//e.org/i.png", "//e.org/i.png"),
            (Layout::VuePress2, "/", "i.png", "i.png"),
        ] {
            let head = made(&format!("[[link, {{href: '{written}'}}]]"), "{}", layout, base);
            assert_eq!(head.html, format!("<link href=\"{want}\">\n"), "{layout:?} {base} {written}");
        }
    }
}
