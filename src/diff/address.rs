//! Addresses as readers know them: from the root of the site, without its base, readable.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

/// The address of a file of the site: `/guide/` for `guide/index.html`.
pub(super) fn of_file(file: &str) -> String {
    match file.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{file}"),
    }
}

/// Where a link leads, seen from the page at `address`: a path from the root of the site, with its fragment; other
/// schemes and hosts as they are. Two spellings of one page (`/a`, `/a.html`) are the same.
pub(super) fn target(href: &str, address: &str, base: &str) -> String {
    let href = href.trim();
    if href.starts_with("//") || has_scheme(href) {
        return href.to_owned();
    }
    let (rest, fragment) = href.split_once('#').unwrap_or((href, ""));
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let path = match path {
        "" => address.to_owned(),
        path => joined(address, &decoded(path), base),
    };
    let path = path.strip_suffix("index.html").or_else(|| path.strip_suffix(".html")).unwrap_or(&path);
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    let fragment = if fragment.is_empty() { String::new() } else { format!("#{}", decoded(fragment)) };
    format!("{path}{query}{fragment}")
}

/// `%C3%A9` as `é`.
pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn has_scheme(href: &str) -> bool {
    let scheme = href.split(['/', '?', '#']).next().unwrap_or_default().split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|it| {
        it.starts_with(|c: char| c.is_ascii_alphabetic())
            && it.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
    })
}

/// `path`, written in the page at `address`, from the root of the site.
fn joined(address: &str, path: &str, base: &str) -> String {
    let whole = match path.strip_prefix('/') {
        Some(_) => match path.strip_prefix(base) {
            Some(rest) => format!("/{rest}"),
            None => path.to_owned(),
        },
        None => format!("{}/{path}", address.rsplit_once('/').map_or("", |(folder, _)| folder)),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/').skip(1) {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    // `..` and `.` at the end name a folder.
    let folder = whole.ends_with("/..") || whole.ends_with("/.");
    if folder && parts.last().is_none_or(|last| !last.is_empty()) {
        parts.push("");
    }
    format!("/{}", parts.join("/"))
}

/// The base that a site was built for, `/` or `/docs/`: what stands before its files in the absolute links of its pages.
pub(super) fn base<'a>(hrefs: impl Iterator<Item = &'a str>, files: &BTreeSet<String>) -> String {
    let is_there = |path: &str| {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let folder = if path.is_empty() || path.ends_with('/') { path } else { "\n" };
        files.contains(path)
            || files.contains(&format!("{folder}index.html"))
            || files.contains(&format!("{path}.html"))
    };
    let mut votes: BTreeMap<String, usize> = BTreeMap::new();
    for href in hrefs {
        let Some(path) = href.strip_prefix('/').filter(|rest| !rest.starts_with('/')) else { continue };
        let path = decoded(path);
        let starts = std::iter::once(0).chain(path.match_indices('/').map(|(at, _)| at + 1)).take(4);
        if let Some(start) = starts.into_iter().find(|&start| is_there(&path[start..])) {
            *votes.entry(format!("/{}", &path[..start])).or_default() += 1;
        }
    }
    let best = votes.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
    best.map_or_else(|| "/".to_owned(), |(base, _)| base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets() {
        for (href, want) in [
            ("b.html", "/guide/b"),
            ("./b.html#caf%C3%A9", "/guide/b#café"),
            ("../", "/"),
            ("..", "/"),
            ("/docs/x/index.html", "/x/"),
            ("/other/x", "/other/x"),
            ("#here", "/guide/a#here"),
            ("", "/guide/a"),
            ("mailto:a@b.fr", "mailto:a@b.fr"),
            ("//cdn.fr/x", "//cdn.fr/x"),
            ("a:b/c", "a:b/c"),
            ("../../../x.pdf?a=1", "/x.pdf?a=1"),
        ] {
            assert_eq!(target(href, "/guide/a.html", "/docs/"), want, "{href}");
        }
        assert_eq!(of_file("index.html"), "/");
        assert_eq!(of_file("a/index.html"), "/a/");
        assert_eq!(of_file("a/myindex.html"), "/a/myindex.html");
    }

    #[test]
    fn a_base_is_found_by_what_is_there() {
        let files = BTreeSet::from(["index.html", "a/index.html", "b.html", "assets/x.css"].map(str::to_owned));
        let found = |hrefs: &[&str]| base(hrefs.iter().copied(), &files);
        assert_eq!(found(&["/docs/assets/x.css", "/docs/", "/docs/a/", "https://x.fr/"]), "/docs/");
        assert_eq!(found(&["/assets/x.css", "/a/", "/b"]), "/");
        assert_eq!(found(&["/a/b/assets/x.css", "/a/b/b.html"]), "/a/b/");
        assert_eq!(found(&["x.css"]), "/");
    }
}
