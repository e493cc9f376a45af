//! Where pages are found: a path below the content folder -> an address and a file of the output.

mod permalink;

use std::collections::BTreeMap;

use crate::base::{OutPath, Span, UrlPath};
use crate::config::{Layout, SiteConfig};
use crate::diag::Diagnostic;
use crate::page::Head;

use super::types::Route;

/// The route of a page whose language has this prefix, and what is wrong with its permalink.
pub(super) fn route(head: &Head, locale: &str, config: &SiteConfig) -> (Route, Option<Diagnostic>) {
    let inferred = inferred(&head.relative, config.layout);
    let (address, problem) = match permalink::permalink(head, &inferred, locale, config.layout) {
        Ok(permalink) => (permalink, None),
        Err(problem) => (None, Some(*problem)),
    };
    let route = match address {
        Some(permalink) => permalinked(&permalink),
        None => at(&inferred, config.clean_urls),
    };
    (route, problem)
}

/// The address that a file's path gives, decoded: `/guide/` or `/guide/start.html`.
pub(super) fn inferred(relative: &str, layout: Layout) -> String {
    // A name with a backslash cannot be a file on every system.
    let relative = relative.replace(['\\', '\0'], "_");
    let (folder, name) = relative
        .rsplit_once('/')
        .map_or(("", &*relative), |(_, name)| (&relative[..relative.len() - name.len()], name));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let address = match is_index(stem, layout) {
        true => format!("/{folder}"),
        false => format!("/{folder}{stem}.html"),
    };
    match layout {
        Layout::VuePress2 => address.split('/').map(sanitised).collect::<Vec<_>>().join("/"),
        _ => address,
    }
}

/// Whether a file with this stem is the page of its folder.
fn is_index(stem: &str, layout: Layout) -> bool {
    match layout {
        Layout::VuePress2 => stem.eq_ignore_ascii_case("readme") || stem == "index",
        Layout::VitePress => stem == "index",
        Layout::VuePress1 | Layout::Native | Layout::Bare => {
            stem.eq_ignore_ascii_case("readme") || stem.eq_ignore_ascii_case("index")
        }
    }
}

/// A name as VuePress 2 writes it in an address.
fn sanitised(name: &str) -> String {
    let replaced = |c: char| c.is_control() || "\"#$%&*+,:;<=>?[]^`{|}".contains(c);
    let name: String = name.chars().map(|c| if replaced(c) { '_' } else { c }).collect();
    name.trim_start_matches('_').to_owned()
}

/// The route of an address that a path gave.
fn at(address: &str, clean_urls: bool) -> Route {
    let url = UrlPath::new(address);
    let out = out_path(&url);
    match address.strip_suffix(".html") {
        Some(clean) if clean_urls => Route { url: UrlPath::new(clean), out },
        _ => Route { url, out },
    }
}

/// The route of an address that the author chose.
fn permalinked(address: &str) -> Route {
    let url = UrlPath::new(&address.replace(['\\', '\0'], "_"));
    let out = match url.is_folder() || url.as_str().ends_with(".html") {
        true => out_path(&url),
        false => out_path(&UrlPath::new(&format!("{url}.html"))),
    };
    Route { url, out }
}

fn out_path(url: &UrlPath) -> OutPath {
    url.out_path().expect("an address has no empty name, and backslashes were replaced")
}

/// An error for each page whose file another page has taken.
pub(super) fn clashes<'a>(pages: impl Iterator<Item = (&'a Head, &'a Route)>) -> Vec<Diagnostic> {
    let mut taken: BTreeMap<&OutPath, &Head> = BTreeMap::new();
    let mut found = Vec::new();
    for (head, route) in pages {
        let Some(first) = taken.get(&route.out) else {
            taken.insert(&route.out, head);
            continue;
        };
        let (first, second) = (&first.path, &head.path);
        let help = match route.url.is_folder() && first.folder() == second.folder() {
            true => format!(
                "a folder has one page of its own: keep `{}` or `{}`, and rename or remove the other",
                first.name(),
                second.name()
            ),
            false => "rename one of the files, or give one of them another `permalink`".to_owned(),
        };
        found.push(
            Diagnostic::error(
                "duplicate-address",
                format!("`{first}` and `{second}` have the same address, `{}`", route.url),
            )
            .at(Span::new(second.clone(), 0..0))
            .label(Span::new(first.clone(), 0..0), "this page has it already")
            .help(help),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::fixture::head;

    fn check(layout: Layout, cases: &[(&str, &str, &str)]) {
        for (relative, url, out) in cases {
            let route = at(&inferred(relative, layout), false);
            assert_eq!((route.url.as_str(), route.out.as_str()), (*url, *out), "{relative} in {layout:?}");
        }
    }

    #[test]
    fn folders_have_a_page() {
        for layout in [Layout::VuePress1, Layout::Native, Layout::Bare] {
            check(
                layout,
                &[
                    ("README.md", "/", "index.html"),
                    ("guide/Index.md", "/guide/", "guide/index.html"),
                    ("guide/README.fr.md", "/guide/README.fr.html", "guide/README.fr.html"),
                    ("_été/à la #1.md", "/_été/à la #1.html", "_été/à la #1.html"),
                ],
            );
        }
        check(Layout::VuePress2, &[("a/readme.md", "/a/", "a/index.html"), ("Index.md", "/Index.html", "Index.html")]);
        check(Layout::VitePress, &[("README.md", "/README.html", "README.html"), ("index.md", "/", "index.html")]);
    }

    #[test]
    fn vuepress_2_cleans_names() {
        check(
            Layout::VuePress2,
            &[
                ("_posts/__a.md", "/posts/a.html", "posts/a.html"),
                ("[draft].md", "/draft_.html", "draft_.html"),
                ("été/a+b c.md", "/été/a_b c.html", "été/a_b c.html"),
                ("tab\tname.md", "/tab_name.html", "tab_name.html"),
            ],
        );
    }

    #[test]
    fn clean_addresses_keep_their_file() {
        let route = at("/guide/start.html", true);
        assert_eq!((route.url.as_str(), route.out.as_str()), ("/guide/start", "guide/start.html"));
        assert_eq!(at("/guide/", true).url.as_str(), "/guide/");
    }

    #[test]
    fn an_impossible_name_is_mended() {
        check(Layout::Bare, &[("a\\b.md", "/a_b.html", "a_b.html")]);
    }

    #[test]
    fn two_pages_with_one_address_are_an_error() {
        let (a, b) = (head("guide/README.md", ""), head("guide/index.md", ""));
        let (route, other) = (at("/guide/", false), at("/guide/", false));
        let found = clashes([(&a, &route), (&b, &other)].into_iter());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "`guide/README.md` and `guide/index.md` have the same address, `/guide/`");
        assert_eq!(found[0].span.as_ref().map(|span| span.file.as_str()), Some("guide/index.md"));
    }
}
