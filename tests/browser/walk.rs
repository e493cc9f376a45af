//! A walk through a built site, wherever it lies: every page is opened, and every link, image, style sheet and script of it
//! leads to something of the same site.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::chromium::Browser;
use super::host::decoded;

/// All that a page leads to, by kind, as the browser understands it.
const GATHERED: &str = "(() => { \
    const all = (selector, name) => [...document.querySelectorAll(selector)].map(it => it[name]).filter(it => typeof it === 'string'); \
    const files = [...all('link[href]:not([rel~=canonical], [rel~=alternate], [rel~=prev], [rel~=next])', 'href'), ...all('script[src]', 'src'), \
      ...all('img[src]', 'src'), ...all('source[src], video[src], audio[src], iframe[src], embed[src]', 'src'), \
      ...[...document.querySelectorAll('[srcset]')].flatMap(it => it.srcset.split(',').map(one => new URL(one.trim().split(/\\s/)[0], document.baseURI).href))]; \
    return { links: all('a[href], area[href]', 'href'), files, ids: all('[id]', 'id'), actions: all('form[action]', 'action'), \
      pictures: [...document.images].filter(it => !it.naturalWidth).map(it => it.currentSrc || it.outerHTML), \
      sheets: [...document.querySelectorAll('link[rel~=stylesheet]')].filter(it => !it.sheet && !it.disabled).map(it => it.href) }; })()";

/// A site at some place.
pub struct Place<'a> {
    /// Its address, with a slash at its end.
    pub root: String,
    /// The folder that lies there.
    pub out: &'a Path,
    /// Where links may lead outside of it.
    pub outside: &'a [&'a str],
}

/// What a page leads to.
#[derive(Default)]
struct Found {
    pages: BTreeMap<String, BTreeSet<String>>,
    parts: BTreeSet<(String, String, String)>,
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().expect("a list").iter().map(|text| text.as_str().expect("a text").to_owned()).collect()
}

impl Place<'_> {
    fn is_disk(&self) -> bool {
        self.root.starts_with("file:")
    }

    /// The address of a file of the site.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }

    /// The file at an address, without what stands behind `?` and `#`.
    fn file(&self, url: &str) -> Option<PathBuf> {
        let below = decoded(url.strip_prefix(&self.root)?);
        // No host makes a page of a folder where the site is opened as files: the theme's script leads on, when it is clicked.
        let below = match below.is_empty() || below.ends_with('/') {
            true => format!("{below}index.html"),
            false => below,
        };
        Some(self.out.join(below)).filter(|file| file.is_file())
    }

    /// Opens all pages of the output but those that lead on elsewhere, and `404.html`, which no link leads to; how many there were.
    pub fn walk(&self, browser: &mut Browser, lead_on: &[&str]) -> usize {
        let mut found = Found::default();
        let mut pages: Vec<String> = Vec::new();
        for entry in walkdir::WalkDir::new(self.out).sort_by_file_name() {
            let entry = entry.expect("the output can be read");
            let path = entry.path().strip_prefix(self.out).expect("it lies below").to_str().expect("a name").to_owned();
            if entry.file_type().is_file()
                && path.ends_with(".html")
                && path != "404.html"
                && !lead_on.contains(&&*path)
            {
                pages.push(path);
            }
        }
        // What a page of another place still asks for is not of this one.
        browser.follow("about:blank", "about:blank");
        for page in &pages {
            let url = self.at(page);
            browser.requests_and_complaints();
            browser.open(&url);
            self.look(browser, page, &mut found);
            let (requests, complaints) = browser.requests_and_complaints();
            assert_eq!(complaints, [] as [String; 0], "{url}");
            self.stay_inside(&url, &requests);
        }
        for (from, page, part) in &found.parts {
            let ids = found.pages.get(page).unwrap_or_else(|| panic!("{from} leads to {page}, which was not opened"));
            assert!(ids.contains(part), "{from} leads to {page}#{part}, which is not there");
        }
        pages.len()
    }

    /// Looks at the page that is open, whatever its address.
    pub fn look_at_open(&self, browser: &mut Browser) {
        self.look(browser, "404.html", &mut Found::default());
    }

    /// The host that it lies on.
    pub fn host(&self) -> &str {
        let end = self.root.match_indices('/').nth(2).map_or(self.root.len(), |(at, _)| at + 1);
        &self.root[..end]
    }

    /// Nothing was asked of another host, nor of another part of this one.
    pub fn stay_inside(&self, page: &str, requests: &[String]) {
        for request in requests {
            assert!(request.starts_with(&self.root), "{page} asks for {request}");
        }
    }

    fn look(&self, browser: &mut Browser, page: &str, found: &mut Found) {
        // What would be loaded further down is loaded now.
        browser.value("document.images.length && [...document.images].forEach(it => it.loading = 'eager')");
        browser.until("document.readyState === 'complete' && [...document.images].every(it => it.complete)");
        let gathered = browser.value(GATHERED);
        assert_eq!(gathered["pictures"], Value::from([] as [&str; 0]), "{page}: pictures that are not shown");
        assert_eq!(gathered["sheets"], Value::from([] as [&str; 0]), "{page}: style sheets that are not read");
        let own = page.to_owned();
        found.pages.insert(own.clone(), texts(&gathered["ids"]).into_iter().collect());
        for url in texts(&gathered["files"]).iter().chain(&texts(&gathered["actions"])) {
            let plain = url.split(['?', '#']).next().expect("a beginning");
            assert!(url.starts_with("data:") || self.file(plain).is_some(), "{page} needs {url}");
        }
        let mut asked = BTreeSet::new();
        for url in texts(&gathered["links"]) {
            if self.outside.iter().any(|start| url.starts_with(start)) || url.starts_with("mailto:") {
                continue;
            }
            let (plain, part) = url.split_once('#').unwrap_or((&url, ""));
            let plain = plain.split('?').next().expect("a beginning");
            let file = self.file(plain).unwrap_or_else(|| panic!("{page} leads to {url}, where nothing lies"));
            if !self.is_disk() {
                asked.insert(plain.to_owned());
            }
            if !part.is_empty() && file.extension().is_some_and(|end| end == "html") {
                let below = file.strip_prefix(self.out).expect("it lies below").to_str().expect("a name").to_owned();
                found.parts.insert((own.clone(), below, decoded(part)));
            }
        }
        // The host has to agree.
        if !asked.is_empty() {
            let list = serde_json::to_string(&asked).expect("a list");
            let bad = browser.value(&format!(
                "Promise.all({list}.map(url => fetch(url).then(it => it.arrayBuffer().then(() => it.ok ? '' : url)))).then(all => all.filter(Boolean))"
            ));
            assert_eq!(bad, Value::from([] as [&str; 0]), "{page}: the host finds nothing there");
        }
    }
}
