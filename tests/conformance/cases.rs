//! The vectors, read into cases: what is wanted and what we make, both as text.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use percent_encoding::percent_decode_str;
use pressoir::config::Conventions;
use pressoir::page::slug::slugify;
use serde_json::Value;

use crate::facts::{self, Code};
use crate::ours::{self, Input};
use crate::sidebars;

/// One case.
pub struct Case {
    pub name: String,
    pub wanted: String,
    pub got: String,
}

/// Whose output it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Version {
    VuePress1,
    VuePress2,
    VitePress1,
    VitePress2,
    /// VuePress 1 with line numbers.
    VuePress1Numbers,
    /// VuePress 2 without line numbers.
    VuePress2NoNumbers,
}

impl Version {
    const PLAIN: [Version; 4] = [Version::VuePress1, Version::VuePress2, Version::VitePress1, Version::VitePress2];

    pub fn name(self) -> &'static str {
        match self {
            Version::VuePress1 => "v1",
            Version::VuePress2 => "v2",
            Version::VitePress1 => "vitepress1",
            Version::VitePress2 => "vitepress2",
            Version::VuePress1Numbers => "v1_lineNumbers",
            Version::VuePress2NoNumbers => "v2_prism_lineNumbers_false",
        }
    }

    /// Its column in fences.json, which has several for VuePress 2.
    fn fence_column(self) -> &'static str {
        if self == Version::VuePress2 { "v2_prism_default" } else { self.name() }
    }

    pub fn conventions(self) -> Conventions {
        match self {
            Version::VuePress1 | Version::VuePress1Numbers => Conventions::VuePress1,
            Version::VuePress2 | Version::VuePress2NoNumbers => Conventions::VuePress2,
            Version::VitePress1 => Conventions::VitePress1,
            Version::VitePress2 => Conventions::VitePress2,
        }
    }

    /// Whether its settings turn line numbers on: those of VuePress 2 do.
    pub fn line_numbers(self) -> bool {
        matches!(self, Version::VuePress1Numbers | Version::VuePress2)
    }
}

/// A file of vectors, or a part of one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Suite {
    Slugs,
    HeadingIds,
    Duplicates,
    HeadingHtml,
    Titles,
    Routes,
    Permalinks,
    Sidebars,
    /// A file whose cases are Markdown and HTML.
    Html(&'static str),
}

impl Suite {
    pub const ALL: [Suite; 13] = [
        Suite::Slugs,
        Suite::HeadingIds,
        Suite::Duplicates,
        Suite::HeadingHtml,
        Suite::Titles,
        Suite::Routes,
        Suite::Permalinks,
        Suite::Sidebars,
        Suite::Html("containers"),
        Suite::Html("fences"),
        Suite::Html("inline"),
        Suite::Html("links"),
        Suite::Html("toc"),
    ];

    pub fn name(self) -> &'static str {
        match self {
            Suite::Slugs => "slugs",
            Suite::HeadingIds => "heading-ids",
            Suite::Duplicates => "duplicate-ids",
            Suite::HeadingHtml => "heading-html",
            Suite::Titles => "titles",
            Suite::Routes => "routes",
            Suite::Permalinks => "permalinks",
            Suite::Sidebars => "sidebars",
            Suite::Html(file) => file,
        }
    }

    /// The versions that it has outputs of.
    pub fn versions(self) -> Vec<Version> {
        match self {
            Suite::Slugs => vec![Version::VuePress1, Version::VuePress2],
            Suite::Permalinks => vec![Version::VuePress1],
            Suite::Sidebars => vec![Version::VuePress1, Version::VuePress2, Version::VitePress1],
            Suite::Html("fences") => {
                [&Version::PLAIN[..], &[Version::VuePress1Numbers, Version::VuePress2NoNumbers]].concat()
            }
            _ => Version::PLAIN.to_vec(),
        }
    }

    pub fn cases(self, version: Version, folder: &Path) -> Result<Vec<Case>, String> {
        if self == Suite::Sidebars {
            return sidebars::cases(version, folder);
        }
        let (file, list) = match self {
            Suite::Slugs => ("slugify", "pure_function"),
            Suite::HeadingIds => ("slugify", "headings"),
            Suite::Duplicates => ("slugify", "duplicates"),
            Suite::HeadingHtml => ("slugify", "heading_html"),
            Suite::Titles => ("titles", "cases"),
            Suite::Routes => ("routing", "files"),
            Suite::Permalinks => ("routing", "v1_permalinks"),
            Suite::Sidebars => ("sidebar", version.name()),
            Suite::Html(file) => (file, "cases"),
        };
        let path = folder.join(file).with_extension("json");
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let vectors: Value = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        let list = vectors[list].as_array().ok_or("the file has no such list")?;
        let mut met = BTreeMap::new();
        Ok(list.iter().filter_map(|vector| self.case(vector, version, folder, &mut met)).collect())
    }

    /// The case of one vector, if it has an output of this version.
    fn case(self, vector: &Value, version: Version, folder: &Path, met: &mut BTreeMap<String, u32>) -> Option<Case> {
        let input = Input::of(vector, version, folder);
        if self == Suite::Routes {
            return routes(vector, version, &input);
        }
        if self == Suite::Permalinks {
            return permalinks(vector);
        }
        let column = if self == Suite::Html("fences") { version.fence_column() } else { version.name() };
        let output = vector.get(column)?;
        let (wanted, got) = match self {
            Suite::Slugs => {
                let text = vector["input"].as_str()?;
                (output.as_str()?.to_owned(), slugify(version.conventions(), text))
            }
            Suite::HeadingIds => {
                let page = input.page();
                let heading = page.head.headings.first();
                let id = output["id"].as_str()?;
                match output["headerTitle"].as_str() {
                    Some(text) => (
                        format!("{id}\n{text}"),
                        heading.map_or("none".to_owned(), |heading| format!("{}\n{}", heading.id, heading.text)),
                    ),
                    None => (id.to_owned(), heading.map_or("none".to_owned(), |heading| heading.id.to_string())),
                }
            }
            Suite::Duplicates => {
                // Theirs may be empty, which is not valid; ours is none then. Nothing can lead to either.
                let ids = output.as_array()?.iter().filter_map(Value::as_str);
                let wanted: Vec<&str> = ids.filter(|id| !id.is_empty()).collect();
                (wanted.join("\n"), facts::heading_ids(&input.html()).join("\n"))
            }
            Suite::Routes | Suite::Permalinks | Suite::Sidebars => return None,
            Suite::Titles => (titles_wanted(output, version), input.title_facts()),
            // Where they end the build, we tell it and go on.
            Suite::Html(_) if output.as_str()?.starts_with("ERROR: ") => {
                let told = |told: bool| if told { "refused" } else { "accepted" }.to_owned();
                (told(true), told(input.lacks_a_file()))
            }
            Suite::HeadingHtml | Suite::Html(_) => {
                let no_plugin = version == Version::VuePress2 && self != Suite::Html("fences");
                let code = if no_plugin { Code::Text } else { Code::All };
                let facts = |html: &str| facts::of(html, &input.relative, &input.base, code);
                (facts(output.as_str()?), facts(&input.html()))
            }
        };
        let mut name = name(vector);
        let count = met.entry(name.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            name.push_str(&format!(" ({count})"));
        }
        Some(Case { name, wanted, got })
    }
}

/// What names a case: its name, or its input, with what else it depends on.
fn name(vector: &Value) -> String {
    let mut name = match &vector["name"] {
        Value::String(name) => name.clone(),
        _ => match &vector["input"] {
            Value::Null => vector["markdown"].to_string(),
            input => input.to_string(),
        },
    };
    for key in ["relativePath", "base", "cleanUrls"] {
        match &vector[key] {
            Value::Null => {}
            Value::String(value) if matches!((key, &**value), ("base", "/") | ("relativePath", "guide/a.md")) => {}
            value => name.push_str(&format!(" {key}={value}")),
        }
    }
    name
}

/// Where a file's page lies.
fn routes(vector: &Value, version: Version, input: &Input) -> Option<Case> {
    let (url, out) = match version.conventions() {
        Conventions::VuePress1 => ("v1_path", "v1_outFile"),
        Conventions::VuePress2 => ("v2_path", "v2_outFile"),
        Conventions::VitePress1 | Conventions::VitePress2 => ("vitepress_url", "vitepress_outFile"),
    };
    let url = vector[url].as_str()?;
    // VitePress's are not encoded.
    let url = match version.conventions().is_vitepress() {
        true => url.into(),
        false => percent_decode_str(url).decode_utf8_lossy(),
    };
    let wanted = ours::route_lines(&url, vector[out].as_str()?);
    Some(Case { name: vector["file"].to_string(), wanted, got: input.route() })
}

/// The address that a pattern gives. The vectors name the slug: it is the name of the file here.
fn permalinks(vector: &Value) -> Option<Case> {
    let text = |key: &str| vector[key].as_str().unwrap_or_default();
    let (pattern, regular) = (text("pattern"), text("regularPath").trim_start_matches('/'));
    let (folder, name) = regular.rsplit_once('/').map_or(("", regular), |(folder, name)| (folder, name));
    let stem = if pattern.contains(":slug") { text("slug") } else { name.trim_end_matches(".html") };
    let locale = text("localePath");
    let path = format!("{}{folder}/{stem}.md", locale.trim_start_matches('/'));
    let date = vector["date"].as_str().map_or(String::new(), |date| format!("date: {date}\n"));
    let markdown = format!("---\npermalink: {pattern:?}\n{date}---\n");
    let got = ours::address_below(path.trim_start_matches('/'), &markdown, locale);
    Some(Case { name: format!("{pattern} {}", text("slug")), wanted: decoded(text("v1")), got })
}

/// An address without its escapes.
pub fn decoded(address: &str) -> String {
    percent_decode_str(address).decode_utf8_lossy().into_owned()
}

/// Title and front matter, one a line.
fn titles_wanted(output: &Value, version: Version) -> String {
    if output.get("ERROR").is_some() {
        return "refused".to_owned();
    }
    let title = output["title"].as_str().unwrap_or_default();
    // VitePress writes the title into the page as it is, where a browser reads its entities.
    let title = if version.conventions().is_vitepress() { facts::text_of(title) } else { title.to_owned() };
    // A date is a date to JavaScript, and a text to us.
    let front_matter = output["frontmatter"].to_string().replace("T00:00:00.000Z", "");
    ours::title_lines(&title, &front_matter)
}
