//! What is emitted for a small site.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::artefact::Body;
use crate::base::{Hash, SourcePath};
use crate::config::{Config, Layout, LocaleConfig, native};
use crate::page::{FrontMatter, Head};
use crate::site::{Site, SiteInputs, assemble};
use crate::vfs::History;

fn path(text: &str) -> SourcePath {
    SourcePath::new(text).expect("a path inside the project")
}

fn config(url: Option<&str>) -> Config {
    let mut config = native::defaults(Layout::Native, "en-US");
    let site = Arc::make_mut(&mut config.site);
    site.url = url.map(str::to_owned);
    let french = LocaleConfig { prefix: "/fr/".into(), lang: "fr-FR".into(), ..site.locales[0].clone() };
    site.locales.push(french);
    config
}

/// The site of these pages, each with its front matter, and of these files.
fn site(pages: &[(&str, &str)], files: &[&str], config: &Config) -> Site {
    let head = |(relative, front): &(&str, &str)| {
        let values = serde_yaml::from_str(if front.is_empty() { "{}" } else { front }).expect("front matter");
        let front_matter = FrontMatter { values, ..FrontMatter::default() };
        Arc::new(Head::new(path(relative), relative, front_matter, Hash::of(&(relative, front))))
    };
    let heads: Vec<Arc<Head>> = pages.iter().map(head).collect();
    let inputs = SiteInputs { files: files.iter().map(|file| path(file)).collect(), ..SiteInputs::default() };
    assemble(&heads, &inputs, &config.site, &config.project)
}

/// The artefacts by path: text, or `copy of` a file.
fn emitted(site: &Site, config: &Config) -> BTreeMap<String, String> {
    let readable = |path: &SourcePath| (path.name() != "unreadable.bin").then(|| Hash::of(path));
    let shown = |body: Body| match body {
        Body::Bytes(bytes) => String::from_utf8(bytes.to_vec()).expect("text"),
        Body::Copy(path) => format!("copy of {path}"),
    };
    let artefacts = super::artefacts(site, config, &History::new(), &readable);
    artefacts.into_iter().map(|(path, artefact)| (path.to_string(), shown(artefact.body))).collect()
}

#[test]
fn without_an_address_nothing_is_absolute() {
    let config = config(None);
    let site = site(&[("README.md", "")], &["a.png", "unreadable.bin"], &config);
    let emitted = emitted(&site, &config);
    let names: Vec<&str> = emitted.keys().map(String::as_str).collect();
    assert_eq!(names, [".nojekyll", "a.png"]);
    assert_eq!(emitted["a.png"], "copy of a.png");
}

#[test]
fn sitemap_and_robots() {
    let config = config(Some("https://example.org/docs/"));
    let pages =
        [("404.md", ""), ("README.md", ""), ("a & b.md", ""), ("fr/README.md", ""), ("hidden.md", "sitemap: false")];
    let emitted = emitted(&site(&pages, &[], &config), &config);
    assert_eq!(emitted["robots.txt"], "User-agent: *\nAllow: /\n\nSitemap: https://example.org/docs/sitemap.xml\n");
    assert_eq!(
        emitted["sitemap.xml"].lines().skip(2).collect::<Vec<_>>(),
        [
            "<url><loc>https://example.org/docs/</loc>\
             <xhtml:link rel=\"alternate\" hreflang=\"en-US\" href=\"https://example.org/docs/\"/>\
             <xhtml:link rel=\"alternate\" hreflang=\"fr-FR\" href=\"https://example.org/docs/fr/\"/></url>",
            "<url><loc>https://example.org/docs/a%20&amp;%20b.html</loc></url>",
            "<url><loc>https://example.org/docs/fr/</loc>\
             <xhtml:link rel=\"alternate\" hreflang=\"en-US\" href=\"https://example.org/docs/\"/>\
             <xhtml:link rel=\"alternate\" hreflang=\"fr-FR\" href=\"https://example.org/docs/fr/\"/></url>",
            "</urlset>",
        ]
    );
}

#[test]
fn a_file_of_the_project_wins() {
    let config = config(Some("https://example.org"));
    let site = site(&[("README.md", "")], &["robots.txt"], &config);
    assert_eq!(emitted(&site, &config)["robots.txt"], "copy of robots.txt");
}

#[test]
fn a_long_sitemap_is_split() {
    let config = config(Some("https://example.org"));
    let site = site(&[("a.md", ""), ("b.md", ""), ("c.md", "")], &[], &config);
    let files = super::sitemap::split(&site, "https://example.org", &History::new(), 2);
    let names: Vec<&str> = files.iter().map(|(name, _)| &**name).collect();
    assert_eq!(names, ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]);
    assert!(files[2].1.contains("<loc>https://example.org/sitemap-2.xml</loc>"), "{}", files[2].1);
}
