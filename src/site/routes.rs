//! Where pages are found: a path below the content folder -> an address and a file of the output.

mod permalink;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::{OutPath, Span, UrlPath};
use crate::config::{Layout, SiteConfig};
use crate::diag::Diagnostic;
use crate::page::Head;

use super::taken::{Clash, Taken};
use super::types::Route;

/// The most bytes of a file's name, on every common file system.
const LONGEST_NAME: usize = 255;

/// The route of a page whose language has this prefix, and what is wrong with its permalink.
pub(super) fn route(head: &Head, locale: &str, config: &SiteConfig) -> (Route, Option<Diagnostic>) {
    let inferred = inferred(&head.relative, config.layout);
    let (address, problem) = match permalink::permalink(head, &inferred, locale, config) {
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
    address(relative, layout, |stem| is_index(stem, layout))
}

fn address(relative: &str, layout: Layout, is_index: impl Fn(&str) -> bool) -> String {
    // A name with a backslash cannot be a file on every system.
    let relative = relative.replace(['\\', '\0'], "_");
    let (folder, name) = relative
        .rsplit_once('/')
        .map_or(("", &*relative), |(_, name)| (&relative[..relative.len() - name.len()], name));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let address = match is_index(stem) {
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
    // Names at the root of the output that the sink keeps for itself.
    let url = match url.as_str().strip_prefix("/.pressoir-") {
        Some(rest) => UrlPath::new(&format!("_pressoir-{rest}")),
        None => url,
    };
    let out = match url.is_folder() || url.as_str().ends_with(".html") {
        true => out_path(&url),
        false => out_path(&UrlPath::new(&format!("{url}.html"))),
    };
    Route { url, out }
}

fn out_path(url: &UrlPath) -> OutPath {
    url.out_path().expect("an address has no empty name, and backslashes were replaced")
}

/// Where a folder has an index and a README, the index is the page of the folder, and the README gets an address of its own.
/// VuePress builds such a folder, and shows one of them at random.
pub(super) fn beside_indexes(heads: &[Arc<Head>], routes: &mut [Route], config: &SiteConfig) -> Vec<Diagnostic> {
    let layout = config.layout;
    let mut found = Vec::new();
    // A page whose address the author chose has given up its folder's.
    let of_folder = |head: &Head, route: &Route| *route == at(&inferred(&head.relative, layout), config.clean_urls);
    let named = |head: &Head, name: &str| head.path.stem().eq_ignore_ascii_case(name) && is_index(name, layout);
    let indexes: BTreeMap<OutPath, &Head> = heads
        .iter()
        .zip(&*routes)
        .filter(|(head, route)| named(head, "index") && route.url.is_folder() && of_folder(head, route))
        .map(|(head, route)| (route.out.clone(), &**head))
        .collect();
    for (head, route) in heads.iter().zip(routes) {
        let Some(index) = indexes.get(&route.out).filter(|_| named(head, "readme") && of_folder(head, route)) else {
            continue;
        };
        let own = at(&address(&head.relative, layout, |_| false), config.clean_urls);
        found.push(
            Diagnostic::warning(
                "duplicate-address",
                format!("`{}` and `{}` are both the page of the folder `{}`", head.path, index.path, route.url),
            )
            .at(Span::new(head.path.clone(), 0..0))
            .label(Span::new(index.path.clone(), 0..0), "this one is shown there")
            .help(format!("the page is found at `{}` instead: rename it, or remove one of the two", own.url)),
        );
        *route = own;
    }
    found
}

/// Takes the file of each page; an error for each whose file cannot be made because of another page.
pub(super) fn take<'a>(taken: &mut Taken<'a>, pages: impl Iterator<Item = (&'a Head, &'a Route)>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (head, route) in pages {
        if route.out.as_str().split('/').any(|name| name.len() > LONGEST_NAME) {
            found.push(
                Diagnostic::error("long-name", format!("the name of `{}` is too long for a file", head.path))
                    .at(Span::new(head.path.clone(), 0..0))
                    .help(format!("no system takes more than {LONGEST_NAME} bytes, and `.html` is added: shorten it")),
            );
        }
        let Err(clash) = taken.take(&route.out, &head.path) else { continue };
        let (first, second) = (clash.with(), &head.path);
        let message = match clash {
            Clash::Same(_) => format!("`{first}` and `{second}` have the same address, `{}`", route.url),
            Clash::Folder(_) => format!("`{second}` cannot be `{}`: that is the folder of `{first}`", route.url),
            Clash::File(_) => {
                format!("`{second}` cannot be `{}`: a part of it is the page `{first}`, and no folder", route.url)
            }
        };
        let help = match clash {
            Clash::Same(_) if route.url.is_folder() && first.folder() == second.folder() => format!(
                "a folder has one page of its own: keep `{}` or `{}`, and rename or remove the other",
                first.name(),
                second.name()
            ),
            _ => "rename one of the files, or give one of them another `permalink`".to_owned(),
        };
        found.push(
            Diagnostic::error("duplicate-address", message)
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
    use crate::site::fixture::{Folder, head};

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
        assert_eq!(permalinked("/.pressoir-unfinished/0.html").out.as_str(), "_pressoir-unfinished/0.html");
        assert_eq!(permalinked("/../../x").out.as_str(), "x.html");
    }

    /// The messages about these pages, and where they are found then.
    fn settled(layout: Layout, pages: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
        let mut folder = Folder::new(layout, &[]);
        folder.heads = pages.iter().map(|(path, front)| Arc::new(head(path, front))).collect();
        let mut routes = folder.routes();
        let mut found = beside_indexes(&folder.heads, &mut routes, &folder.config);
        found.extend(take(&mut Taken::default(), folder.heads.iter().map(|head| &**head).zip(&routes)));
        let told = |found: &Diagnostic| {
            let place = found.span.as_ref().map_or("", |span| span.file.as_str());
            format!("{:?} at {place}: {}", found.severity, found.message)
        };
        (found.iter().map(told).collect(), routes.iter().map(|route| route.out.as_str().to_owned()).collect())
    }

    #[test]
    fn an_index_keeps_its_folder_and_the_readme_stands_beside_it() {
        for layout in [Layout::VuePress1, Layout::VuePress2, Layout::Native, Layout::Bare] {
            let (found, outs) = settled(layout, &[("g/README.md", ""), ("g/index.md", ""), ("h/readme.md", "")]);
            let message =
                "Warning at g/README.md: `g/README.md` and `g/index.md` are both the page of the folder `/g/`";
            assert_eq!(found, [message], "{layout:?}");
            assert_eq!(outs, ["g/README.html", "g/index.html", "h/index.html"], "{layout:?}");
        }
        let (found, outs) = settled(Layout::VitePress, &[("g/README.md", ""), ("g/index.md", "")]);
        assert!(found.is_empty() && outs == ["g/README.html", "g/index.html"], "{found:?} {outs:?}");
        let (found, outs) = settled(Layout::VuePress1, &[("README.md", ""), ("index.md", "permalink: /start.html")]);
        assert!(found.is_empty() && outs == ["index.html", "start.html"], "{found:?} {outs:?}");
    }

    #[test]
    fn a_name_has_its_limit() {
        let long = format!("guide/{}.md", "é".repeat(126));
        let found = settled(Layout::Bare, &[(&long, "")]).0;
        assert_eq!(found, [format!("Error at {long}: the name of `{long}` is too long for a file")]);
        assert!(settled(Layout::Bare, &[(&format!("{}.md", "é".repeat(125)), "")]).0.is_empty());
    }

    #[test]
    fn two_pages_with_one_address_are_an_error() {
        for (pages, want) in [
            (
                [("g/README.md", ""), ("g/readme.md", "")],
                "Error at g/readme.md: `g/README.md` and `g/readme.md` have the same address, `/g/`",
            ),
            (
                [("a.md", "permalink: /b.html"), ("b.md", "")],
                "Error at b.md: `a.md` and `b.md` have the same address, `/b.html`",
            ),
            (
                [("a.md", "permalink: /x.html"), ("b.md", "permalink: /x.html/y/")],
                "Error at b.md: `b.md` cannot be `/x.html/y/`: a part of it is the page `a.md`, and no folder",
            ),
            (
                [("a.md", "permalink: /x.html/y/"), ("b.md", "permalink: /x.html")],
                "Error at b.md: `b.md` cannot be `/x.html`: that is the folder of `a.md`",
            ),
        ] {
            assert_eq!(settled(Layout::Bare, &pages).0, [want]);
        }
    }
}
