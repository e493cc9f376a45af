//! Sidebars and neighbours, by layout.

use crate::config::{Layout, MenuItem, SidebarConfig};
use crate::site::fixture::{Folder, group, item, page};
use crate::site::types::{NavItem, NavLink, Resolved, Site};

/// A tree as text: `Title=/address`, what is in a group in brackets.
fn shown(items: &[NavItem]) -> String {
    let one = |item: &NavItem| {
        let target = item.target.as_ref().map_or(String::new(), |target| format!("={}", address(target)));
        let items = if item.items.is_empty() { String::new() } else { format!("[{}]", shown(&item.items)) };
        format!("{}{target}{items}", item.text)
    };
    items.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn address(target: &Resolved) -> String {
    match target {
        Resolved::Page { url, suffix } | Resolved::File { url, suffix } => format!("{url}{suffix}"),
        Resolved::Here(address) | Resolved::External(address) | Resolved::Broken(address) => address.to_string(),
    }
}

fn sidebar(site: &Site, file: &str) -> String {
    page(site, file).sidebar.as_ref().map_or("none".to_owned(), |tree| shown(&tree.items))
}

/// `before < > after`.
fn neighbours(site: &Site, file: &str) -> String {
    let link = |link: &Option<NavLink>| link.as_ref().map_or("-".to_owned(), |link| address(&link.target));
    let page = page(site, file);
    format!("{} < > {}", link(&page.prev), link(&page.next))
}

const FILES: &[&str] = &[
    "README.md",
    "about.md",
    "api/README.md",
    "api/cli.md",
    "guide/README.md",
    "guide/deep/README.md",
    "guide/deep/x.md",
    "guide/start.md",
];

const VITEPRESS: &[&str] = &["index.md", "about.md", "guide/index.md", "guide/start.md", "api/cli.md"];

#[test]
fn folders() {
    let files = ["README.md", "zoo.md", "Été.md", "10-last.md", "2-first.md", "404.md", "b_c/d.md", "guide/README.md"];
    let site = Folder::new(Layout::Bare, &files).front("zoo.md", "order: 1").front("README.md", "title: Home").site();
    assert_eq!(
        sidebar(&site, "zoo.md"),
        "Home=/ Zoo=/zoo.html First=/2-first.html Last=/10-last.html Été=/Été.html B c[D=/b_c/d.html] Guide=/guide/"
    );
    assert_eq!(neighbours(&site, "Été.md"), "/10-last.html < > /b_c/d.html");
    assert_eq!(neighbours(&site, "404.md"), "- < > -");
}

#[test]
fn a_cover_has_no_sidebar_and_is_in_none() {
    let site = Folder::new(Layout::Native, &["README.md", "a.md", "b.md"]).front("README.md", "home: true").site();
    assert_eq!((sidebar(&site, "README.md"), sidebar(&site, "a.md")), ("none".into(), "A=/a.html B=/b.html".into()));
    assert_eq!((neighbours(&site, "README.md"), neighbours(&site, "a.md")), ("- < > -".into(), "- < > /b.html".into()));
}

#[test]
fn the_folder_of_a_language_is_no_group() {
    let site = Folder::new(Layout::Native, &["a.md", "fr/b.md", "fr/c/d.md"]).locale("/fr/", "fr").site();
    assert_eq!(sidebar(&site, "fr/b.md"), "B=/fr/b.html C[D=/fr/c/d.html]");
    assert_eq!(sidebar(&site, "a.md"), "A=/a.html");
    let site = Folder::new(Layout::Native, &["guide/a.md", "guide/b.md"]).site();
    assert_eq!(sidebar(&site, "guide/a.md"), "Guide[A=/guide/a.html B=/guide/b.html]");
}

#[test]
fn what_lies_deeper_than_a_tree_goes_is_listed_at_its_end() {
    let folders: Vec<String> = (1..=30).map(|level| format!("d{level}")).collect();
    let files: Vec<String> = (10..=30).map(|level| format!("{}/p{level}.md", folders[..level].join("/"))).collect();
    let names: Vec<&str> = files.iter().map(String::as_str).chain(["README.md"]).collect();
    let site = Folder::new(Layout::Bare, &names).site();
    let shown = sidebar(&site, "README.md");
    assert_eq!(shown.split_once("p10").map_or(0, |(before, _)| before.matches('[').count()), 10, "{shown}");
    assert_eq!(shown.matches('[').count(), 11, "{shown}");
    assert_eq!(shown.matches(".html").count(), files.len(), "{shown}");
}

#[test]
fn a_large_site_shows_what_lies_around_a_page() {
    let files: Vec<String> =
        (0..20).flat_map(|folder| (0..20).map(move |page| format!("f{folder}/p{page}.md"))).collect();
    let mut files: Vec<&str> = files.iter().map(String::as_str).collect();
    let long: Vec<String> = (0..200).map(|page| format!("long/p{page}.md")).collect();
    files.extend(long.iter().map(String::as_str));
    let site = Folder::new(Layout::Bare, &files).site();
    let tree = |file| page(&site, file).sidebar.clone().expect("a sidebar");
    assert!(std::sync::Arc::ptr_eq(&tree("f3/p1.md"), &tree("f3/p19.md")));
    let shown = sidebar(&site, "f3/p1.md");
    assert!(
        shown.starts_with("F0=/f0/p0.html F1=/f1/p0.html F2=/f2/p0.html F3[P0=/f3/p0.html P1=/f3/p1.html"),
        "{shown}"
    );
    assert!(shown.ends_with("F19=/f19/p0.html Long=/long/p0.html"), "{shown}");
    let items = &tree("long/p120.md").items;
    let texts: Vec<&str> = items[20].items.iter().map(|item| &*item.text).collect();
    assert_eq!((texts[0], texts[1], texts[50], texts[51], texts.len()), ("… P99", "P100", "P149", "… P150", 52));
    assert_eq!(neighbours(&site, "f19/p19.md"), "/f19/p18.html < > /long/p0.html");
}

fn items(written: &[&str]) -> SidebarConfig {
    SidebarConfig::Items(written.iter().map(|written| item(written)).collect())
}

#[test]
fn vuepress_1() {
    let mixed = items(&["/", "about", "/guide/#h", "Begin|/guide/start", "/guide/deep/x.md", "E|https://e.com"]);
    let site = Folder::new(Layout::VuePress1, FILES).sidebar(mixed).site();
    assert_eq!(
        sidebar(&site, "about.md"),
        "README=/ About=/about.html Guide=/guide/ Begin=/guide/start.html X=/guide/deep/x.html E=https://e.com"
            .replace("README", "Documentation")
    );
    for (file, want) in [
        ("README.md", "- < > /about.html"),
        ("guide/README.md", "/about.html < > /guide/start.html"),
        ("guide/deep/x.md", "/guide/start.html < > https://e.com"),
        ("api/cli.md", "- < > -"),
    ] {
        assert_eq!(neighbours(&site, file), want, "{file}");
    }
}

#[test]
fn vuepress_1_groups_are_no_neighbours() {
    let groups = SidebarConfig::Items(vec![
        group("G1", None, &["/", "/about"]),
        group("G2", Some("/guide/"), &["/guide/start"]),
        item("/api/"),
    ]);
    let site = Folder::new(Layout::VuePress1, FILES).sidebar(groups).site();
    assert_eq!(neighbours(&site, "guide/start.md"), "/about.html < > /api/");
    assert_eq!(neighbours(&site, "guide/README.md"), "- < > -");
}

#[test]
fn sections_are_tried_in_order() {
    let sections = SidebarConfig::ByPrefix(vec![
        ("/guide/".into(), items(&["", "start", "deep/x"])),
        ("/api/".into(), SidebarConfig::Headings),
        ("/".into(), items(&["", "about"])),
    ]);
    let site = Folder::new(Layout::VuePress1, FILES).sidebar(sections).headings("api/cli.md", &["h"]).site();
    for (file, tree, around) in [
        (
            "guide/start.md",
            "Guide=/guide/ Start=/guide/start.html X=/guide/deep/x.html",
            "/guide/ < > /guide/deep/x.html",
        ),
        ("api/cli.md", "Cli[h=#h]", "- < > -"),
        ("about.md", "Documentation=/ About=/about.html", "/ < > -"),
    ] {
        assert_eq!((sidebar(&site, file), neighbours(&site, file)), (tree.to_owned(), around.to_owned()), "{file}");
    }
    let shared = |file| page(&site, file).sidebar.clone().expect("a sidebar");
    assert!(std::sync::Arc::ptr_eq(&shared("guide/start.md"), &shared("guide/deep/x.md")));
}

#[test]
fn a_section_for_no_page_is_told() {
    let sections = SidebarConfig::ByPrefix(vec![
        ("/guied/".into(), items(&["start", "/nowhere"])),
        ("/guide/".into(), items(&["start"])),
        ("/elsewhere/else/".into(), SidebarConfig::Off),
    ]);
    let site = Folder::new(Layout::VitePress, FILES).sidebar(sections).site();
    let mut told: Vec<(&str, &str)> = Vec::new();
    for found in &site.diagnostics {
        told.push((&found.message, found.help.as_deref().unwrap_or_default()));
    }
    told.sort_unstable();
    let never = |prefix: &str| format!("no page lies below `{prefix}`: this part of the sidebar is never shown");
    let want = [
        (never("/elsewhere/else/"), "correct the beginning of the addresses that it is for, or take the part away"),
        (never("/guied/"), "did you mean `/guide/`?"),
        ("the sidebar leads to `/nowhere`, which is no page".to_owned(), "correct the link, or take the entry away"),
        ("the sidebar leads to `start`, which is no page".to_owned(), "did you mean `/guide/start.md`?"),
    ];
    let want: Vec<(&str, &str)> = want.iter().map(|(message, help)| (message.as_str(), *help)).collect();
    assert_eq!(told, want);
}

#[test]
fn which_section_is_tried_first() {
    let of = |prefixes: &[&str]| {
        let section = |prefix: &&str| ((*prefix).to_owned(), items(&[&format!("{prefix}|https://e.com")]));
        SidebarConfig::ByPrefix(prefixes.iter().map(section).collect())
    };
    for (layout, prefixes, want) in [
        (Layout::VuePress1, &["/", "/guide/"][..], "/"),
        (Layout::VuePress2, &["/", "/guide/", "/guide/deep/"], "/guide/"),
        (Layout::Native, &["/", "/guide/"], "/guide/"),
        (Layout::VitePress, &["/", "/guide/", "/gui"], "/guide/"),
        (Layout::VitePress, &["/", "guide"], "/"),
    ] {
        let site = Folder::new(layout, &["guide/start.md"]).sidebar(of(prefixes)).site();
        assert_eq!(sidebar(&site, "guide/start.md"), format!("{want}=https://e.com"), "{layout:?} {prefixes:?}");
    }
}

#[test]
fn vuepress_2_neighbours_are_siblings() {
    let groups = SidebarConfig::Items(vec![
        group("G1", None, &["/", "/about.md"]),
        group("G2", Some("/guide/"), &["/guide/start.md", "/guide/deep/x.md"]),
        item("/api/"),
    ]);
    let site = Folder::new(Layout::VuePress2, FILES).sidebar(groups).site();
    for (file, want) in [
        ("about.md", "/ < > -"),
        ("guide/start.md", "- < > /guide/deep/x.html"),
        ("guide/README.md", "- < > /api/"),
        ("api/README.md", "/guide/ < > -"),
    ] {
        assert_eq!(neighbours(&site, file), want, "{file}");
    }
}

#[test]
fn vitepress_counts_groups_and_each_address_once() {
    let groups = SidebarConfig::Items(vec![
        group("Guide", Some("/guide/"), &["Start|/guide/start", "There|/guide/start#x"]),
        item("Loose|/about"),
        group("API", None, &["Index|", "CLI|/api/cli", "Ext|https://e.com"]),
    ]);
    let site = Folder::new(Layout::VitePress, VITEPRESS).sidebar(groups).site();
    for (file, want) in [
        ("guide/start.md", "/guide/ < > /about.html"),
        ("about.md", "/guide/start.html < > /api/cli.html"),
        ("api/cli.md", "/about.html < > https://e.com"),
        ("index.md", "- < > /guide/"),
    ] {
        assert_eq!(neighbours(&site, file), want, "{file}");
    }
    assert!(sidebar(&site, "index.md").contains("API[Index CLI="));
    assert_eq!(site.diagnostics, []);
}

#[test]
fn front_matter_has_the_last_word() {
    let folder = || Folder::new(Layout::Native, &["a.md", "b.md", "c.md"]);
    for (layout, front, want) in [
        (Layout::Native, "prev: false\nnext: a", "- < > /a.html"),
        (Layout::Native, "next: { text: Elsewhere, link: https://e.com }", "/a.html < > https://e.com"),
        (Layout::Native, "prev: null", "/a.html < > /c.html"),
        (Layout::VitePress, "next: On", "/a.html < > /c.html"),
        (Layout::VuePress1, "sidebar: false", "/a.html < > /c.html"),
        (Layout::VuePress2, "sidebar: false", "- < > -"),
    ] {
        let mut folder = folder().front("b.md", front);
        folder.config.layout = layout;
        let site = folder.site();
        assert_eq!(neighbours(&site, "b.md"), want, "{front}");
        assert_eq!(sidebar(&site, "b.md") == "none", front == "sidebar: false", "{front}");
    }
    let site = folder().front("b.md", "sidebar: [{ text: G, children: [a.md, b] }]").site();
    assert_eq!(sidebar(&site, "b.md"), "G[A=/a.html B=/b.html]");
    assert_eq!(neighbours(&site, "b.md"), "/a.html < > -");
}

#[test]
fn front_matter_writes_a_sidebar_as_settings_do() {
    let files = ["api/a.md", "api/b.md", "guide/c.md", "guide/d.md"];
    for (layout, front, want, around) in [
        (
            Layout::VuePress2,
            "sidebar: [{ text: G, prefix: /api/, children: [a.md, b] }]",
            "G[A=/api/a.html B=/api/b.html]",
            "/api/a.html < > -",
        ),
        (
            Layout::VuePress2,
            "sidebar: { /guide/: [c.md], /api/: [a.md, b.md], /: [guide/d.md] }",
            "A=/api/a.html B=/api/b.html",
            "/api/a.html < > -",
        ),
        (Layout::VuePress2, "sidebar: { /api/b: heading, /api/: [a.md] }", "B[h=#h]", "- < > -"),
        (Layout::VuePress2, "sidebar: { /guide/: [c.md] }", "none", "- < > -"),
        (Layout::VuePress2, "sidebar: { /api/: false, /: [api/b.md] }", "none", "- < > -"),
        (Layout::Native, "sidebar: { /api/: folders }", "Api[A=/api/a.html B=/api/b.html]", "/api/a.html < > -"),
        // In version 1 and in VitePress it can only hide the sidebar.
        (Layout::VuePress1, "sidebar: [/api/b]", "D=/guide/d.html B=/api/b.html", "/guide/d.html < > -"),
        (Layout::VitePress, "sidebar: { /: [api/b.md] }", "D=/guide/d.html B=/api/b.html", "/guide/d.html < > -"),
    ] {
        let folder = Folder::new(layout, &files).sidebar(items(&["/guide/d.md", "/api/b.md"]));
        let folder = if layout == Layout::VuePress1 {
            Folder::new(layout, &files).sidebar(items(&["/guide/d", "/api/b"]))
        } else {
            folder
        };
        let site = folder.front("api/b.md", &format!("title: B\n{front}")).headings("api/b.md", &["h"]).site();
        assert_eq!(
            (sidebar(&site, "api/b.md"), neighbours(&site, "api/b.md")),
            (want.to_owned(), around.to_owned()),
            "{layout:?} {front}"
        );
    }
}

#[test]
fn what_leads_nowhere_is_told() {
    let span = Some((10, 20));
    let dead = SidebarConfig::Items(vec![
        MenuItem { span, ..item("/guid/start") },
        MenuItem { span, ..item("Kept|/nowhere") },
        item("/about"),
    ]);
    let site = Folder::new(Layout::VuePress1, FILES).sidebar(dead).site();
    assert_eq!(sidebar(&site, "about.md"), "Kept About=/about.html");
    let found: Vec<_> = site
        .diagnostics
        .iter()
        .map(|found| (&*found.message, found.help.as_deref().unwrap_or(""), found.span.as_ref().map(|span| span.start)))
        .collect();
    assert_eq!(
        found,
        [
            ("the sidebar leads to `/guid/start`, which is no page", "did you mean `/guide/start.md`?", Some(10)),
            ("the sidebar leads to `/nowhere`, which is no page", "correct the link, or take the entry away", Some(10)),
        ]
    );
}

#[test]
fn the_links_at_the_top() {
    let mut folder = Folder::new(Layout::VuePress1, &["README.md", "fr/README.md", "fr/a.md", "public/x.pdf"]);
    folder.config.base = "/docs/".into();
    folder.config.locales[0].nav = vec![group("More", None, &["Home|/docs/", "File|/x.pdf?a=1"]), item("/fr/a.html#x")];
    let site = folder.site();
    assert_eq!(shown(&site.locales[0].nav.items), "More[Home=/ File=/x.pdf?a=1] A=/fr/a.html#x");
}

#[test]
fn the_sidebar_of_vuepress_1_calls_pages_without_a_title_by_their_address() {
    let menu = || SidebarConfig::Items(vec![item("/a"), item("/été"), item("Named|/b"), item("/c")]);
    let files = ["a.md", "été.md", "b.md", "c.md"];
    let folder = |layout| {
        let folder = Folder::new(layout, &files).sidebar(menu()).front("c.md", "title: C");
        files[..3].iter().fold(folder, |folder, file| folder.front(file, "x: 1")).site()
    };
    let site = folder(Layout::VuePress1);
    assert_eq!(sidebar(&site, "a.md"), "/a.html=/a.html /été.html=/été.html Named=/b.html C=/c.html");
    // Whoever comes from another page reads what the page is about.
    assert_eq!(page(&site, "été.md").prev.as_ref().map(|link| &*link.text), Some("A"));
    assert_eq!(sidebar(&folder(Layout::VuePress2), "a.md"), "A=/a.html Été=/été.html Named=/b.html C=/c.html");
}
