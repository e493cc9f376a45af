//! The vectors of `sidebar.json`: settings and a page, and what stands at its side, before and after it.

use std::fs;
use std::path::Path;

use pressoir::config::Layout;
use pressoir::site::{NavItem, NavLink, Resolved};
use pressoir::vfs::Memory;
use serde_yaml::{Mapping, Value};

use crate::cases::{Case, Version, decoded};
use crate::ours;

/// The cases of a version. The file is read as YAML, which keeps the order of keys.
pub fn cases(version: Version, folder: &Path) -> Result<Vec<Case>, String> {
    let path = folder.join("sidebar.json");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let vectors: Value = serde_yaml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let list = if version == Version::VitePress1 { "vitepress" } else { version.name() };
    let cases = vectors[list].as_sequence().ok_or("the file has no such list")?;
    let pages = vectors["pages"].as_sequence().ok_or("the file has no pages")?;
    Ok(cases.iter().filter_map(|vector| case(vector, pages, version)).collect())
}

fn case(vector: &Value, pages: &[Value], version: Version) -> Option<Case> {
    let page = decoded(vector["page"].as_str()?);
    let theme = theme(vector);
    let mut files = vec![(settings_file(version).to_owned(), settings(theme, vector, version))];
    for known in pages {
        let regular = decoded(known["regularPath"].as_str()?);
        let (title, path) = (known["title"].as_str()?, decoded(known["path"].as_str()?));
        let permalink = if path == regular { String::new() } else { format!("permalink: {path}\n") };
        let text = format!("---\ntitle: {title}\n{permalink}---\n## {title} h2\n\n### {title} h3\n");
        files.push((source(&regular, version), text));
    }
    if version == Version::VitePress1 {
        files.extend(["a.md", "b.md"].map(|name| (name.to_owned(), "# One of two\n".to_owned())));
    }
    let layout = match version {
        Version::VuePress1 => Layout::VuePress1,
        Version::VuePress2 => Layout::VuePress2,
        _ => Layout::VitePress,
    };
    let memory = Memory::new(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let site = ours::whole_site(&memory, layout);
    let file = if version == Version::VitePress1 { page.clone() } else { source(&page, version) };
    let ours = site.pages.iter().find(|found| *found.head.relative == *file)?;
    let mut got = String::new();
    for item in ours.sidebar.iter().flat_map(|tree| &tree.items) {
        write_item(item, 0, &mut got);
    }
    for (name, link) in [("prev", &ours.prev), ("next", &ours.next)] {
        got.push_str(&neighbour(name, link.as_ref().map(|NavLink { text, target, .. }| (&**text, address(target)))));
    }
    let mut wanted = String::new();
    for item in vector["items"].as_sequence()? {
        write_wanted(item, 0, &mut wanted);
    }
    for name in ["prev", "next"] {
        wanted.push_str(&neighbour(name, vector[name].as_mapping().map(|link| (text(link), link_of(link)))));
    }
    Some(Case { name: format!("{} on {page}", vector["name"].as_str()?), wanted, got })
}

fn settings_file(version: Version) -> &'static str {
    match version {
        Version::VitePress1 => ".vitepress/config.yml",
        _ => ".vuepress/config.yml",
    }
}

/// What the vector puts under `themeConfig`.
fn theme(vector: &Value) -> Mapping {
    let mut theme = Mapping::new();
    theme.insert("sidebar".into(), vector["sidebar"].clone());
    if let Some(more) = vector["options"]["themeConfig"].as_mapping() {
        theme.extend(more.clone());
    }
    theme
}

fn settings(theme: Mapping, vector: &Value, version: Version) -> String {
    let mut settings = Mapping::new();
    settings.insert("themeConfig".into(), theme.into());
    if let Some(locale) = vector["options"]["locale"].as_str() {
        let locales = ["/", locale].map(|prefix| (Value::from(prefix), Value::from(Mapping::new())));
        settings.insert("locales".into(), Value::Mapping(locales.into_iter().collect()));
    }
    if version == Version::VitePress1 {
        settings.insert("title".into(), "x".into());
    }
    serde_yaml::to_string(&settings).expect("the settings are plain values")
}

/// The file whose address is `regular`.
fn source(regular: &str, version: Version) -> String {
    let index = if version == Version::VitePress1 { "index.md" } else { "README.md" };
    let path = regular.trim_start_matches('/');
    match path.strip_suffix(".html") {
        Some(stem) => format!("{stem}.md"),
        None => format!("{path}{index}"),
    }
}

fn write_item(item: &NavItem, depth: usize, lines: &mut String) {
    let link = item.target.as_ref().map(address);
    line(depth, &item.text, link.as_deref(), lines);
    for inner in &item.items {
        write_item(inner, depth + 1, lines);
    }
}

fn write_wanted(item: &Value, depth: usize, lines: &mut String) {
    let Some(keys) = item.as_mapping() else { return };
    let link = link_of(keys);
    line(depth, text(keys), (!link.is_empty()).then_some(&*link), lines);
    for inner in ["children", "items"].iter().filter_map(|name| keys.get(*name)?.as_sequence()).flatten() {
        // The headings of the current page are in the outline, not below its entry.
        if link.is_empty() || link.starts_with('#') || inner["link"].as_str().is_none_or(|link| !link.starts_with('#'))
        {
            write_wanted(inner, depth + 1, lines);
        }
    }
}

/// The text of an item of any version; that of an address without a text is the address.
fn text(item: &Mapping) -> &str {
    ["text", "title", "path"].iter().find_map(|name| item.get(*name)?.as_str()).unwrap_or("")
}

/// Where an item of any version leads: without what the versions write differently for one page.
fn link_of(item: &Mapping) -> String {
    if item.contains_key("slug") {
        return "#".to_owned();
    }
    let link = ["link", "path"].iter().find_map(|name| item.get(*name)?.as_str()).unwrap_or("");
    // The headings of VuePress 1 name their page.
    let link = match item.get("basePath").and_then(Value::as_str) {
        Some(page) => link.strip_prefix(page).unwrap_or(link),
        None => link,
    };
    plain(&decoded(link))
}

fn address(target: &Resolved) -> String {
    match target {
        Resolved::Page { url, suffix } | Resolved::File { url, suffix } => plain(&format!("{url}{suffix}")),
        Resolved::Here(address) | Resolved::External(address) | Resolved::Broken(address) => plain(address),
    }
}

/// An address without its extension. The ids of headings are the vectors' own: other tests compare ids.
fn plain(link: &str) -> String {
    if link.starts_with('#') {
        return "#".to_owned();
    }
    let (path, hash) = link.split_at(link.find('#').unwrap_or(link.len()));
    let path = path.strip_suffix(".html").or_else(|| path.strip_suffix(".md")).unwrap_or(path);
    format!("{path}{hash}")
}

fn line(depth: usize, text: &str, link: Option<&str>, lines: &mut String) {
    lines.push_str(&format!("{}{text} -> {}\n", "  ".repeat(depth), link.unwrap_or("nothing")));
}

fn neighbour(name: &str, link: Option<(&str, String)>) -> String {
    match link {
        Some((text, link)) => format!("{name} {text} -> {link}\n"),
        None => format!("{name} none\n"),
    }
}
