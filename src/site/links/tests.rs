//! Where links lead, by conventions.

use super::*;
use crate::config::Layout;
use crate::site::fixture::Folder;

/// Resolves each link of `guide/a.md`, and shows where it leads and what is wrong.
fn check(folder: &Folder, kind: LinkKind, cases: &[(&str, &str)]) {
    let routes = folder.routes();
    let content = &folder.project.content;
    let targets = Targets::new(&folder.heads, &routes, &folder.inputs, content);
    let resolver = Resolver::new(&folder.heads, &routes, &targets, &folder.config, content);
    let from = folder.heads.iter().position(|head| &*head.relative == "guide/a.md").expect("the page");
    for (target, want) in cases {
        let link = Link { target: (*target).into(), kind, written_in: None };
        let outcome = resolver.resolve(PageId(u32::try_from(from).expect("few pages")), &link);
        let found = match &outcome.resolved {
            Resolved::Page { url, suffix } => format!("page {url}{suffix}"),
            Resolved::File { url, suffix } => format!("file {url}{suffix}"),
            Resolved::Here(fragment) => format!("here {fragment}"),
            Resolved::External(address) => format!("external {address}"),
            Resolved::Broken(address) => format!("broken {address}"),
        };
        let found = match &outcome.fault {
            None => found,
            Some(Fault::NoAnchor(_, id)) => format!("{found} !{id}"),
            Some(Fault::NoPage(wanted)) => format!("{found} !page {wanted}"),
            Some(Fault::NoFile(wanted)) => format!("{found} !file {wanted}"),
            Some(Fault::NoPicture(wanted)) => format!("{found} !picture {wanted}"),
            Some(Fault::Outside(wanted)) => format!("{found} !outside {wanted}"),
            Some(Fault::Empty) => format!("{found} !empty"),
            Some(Fault::Moved(..)) => format!("{found} !moved"),
        };
        assert_eq!(found, *want, "{target} by {:?}", folder.config.conventions);
    }
}

fn folder(layout: Layout) -> Folder {
    let files = ["README.md", "index.md"];
    let home = files[usize::from(layout == Layout::VitePress)];
    let guide = ["guide/README.md", "guide/index.md"][usize::from(layout == Layout::VitePress)];
    Folder::new(
        layout,
        &[home, guide, "guide/a.md", "guide/b.md", "guide/with été.md", "guide/i.png", "public/logo.svg", "doc.pdf"],
    )
    .headings("guide/b.md", &["intro", "_1-intro", "ete"])
    .headings("guide/a.md", &["here"])
}

#[test]
fn pages_are_found_however_they_are_written() {
    for layout in [Layout::VuePress1, Layout::VuePress2, Layout::VitePress, Layout::Native] {
        check(
            &folder(layout),
            LinkKind::Link,
            &[
                ("./b.md", "page /guide/b.html"),
                ("b", "page /guide/b.html"),
                ("b.html?x=1#intro", "page /guide/b.html?x=1#intro"),
                ("/guide/b", "page /guide/b.html"),
                ("../../guide/b.md", "page /guide/b.html"),
                ("../", "page /"),
                (".", "page /guide/"),
                ("./README.md", "page /guide/"),
                ("index.html", "page /guide/"),
                ("with%20%C3%A9t%C3%A9.md", "page /guide/with été.html"),
                ("with été.md", "page /guide/with été.html"),
                ("@/guide/b.md", "page /guide/b.html"),
                ("#here", "here #here"),
                ("#top", "here #top"),
                ("?x#here", "page /guide/a.html?x#here"),
                ("/doc.pdf#page=2", "file /doc.pdf#page=2"),
                ("mailto:a@b.c", "external mailto:a@b.c"),
                ("http://localhost:8080/x.md", "external http://localhost:8080/x.md"),
                ("b.md#gone", "page /guide/b.html#gone !gone"),
                ("", "broken  !empty"),
                ("../../src/main.rs", "broken ../src/main.rs !outside src/main.rs"),
                ("gone.pdf", "broken gone.pdf !file guide/gone.pdf"),
            ],
        );
    }
}

#[test]
fn pictures() {
    for kind in [LinkKind::Image, LinkKind::HtmlImage] {
        check(
            &folder(Layout::VuePress1),
            kind,
            &[
                ("i.png", "file /guide/i.png"),
                ("./i.png", "file /guide/i.png"),
                ("~@/guide/i.png", "file /guide/i.png"),
                ("/logo.svg?v=2", "file /logo.svg?v=2"),
                ("data:image/png;base64,AA", "external data:image/png;base64,AA"),
                ("./j.png", "broken j.png !picture guide/j.png"),
                ("/j.png", "broken ../j.png !picture j.png"),
                ("b.md", "broken b.md !picture guide/b.md"),
            ],
        );
    }
}

#[test]
fn what_leads_nowhere_keeps_the_address_of_its_conventions() {
    check(
        &folder(Layout::VuePress1),
        LinkKind::Link,
        &[
            ("./x.md#1-a", "broken x.html#1-a !page guide/x.md"),
            ("./x", "broken x !page guide/x"),
            ("/x/README.md", "broken ../x/ !page x/README.md"),
            ("x.md?a=1", "broken x.md?a=1 !page guide/x.md"),
            ("./x%2Fy.md", "broken ./x%2Fy.html !page guide/x/y.md"),
        ],
    );
    check(
        &folder(Layout::VuePress2),
        LinkKind::Link,
        &[("./x.md#1-a", "broken x.html#_1-a !page guide/x.md"), ("x.md?a=1", "broken x.html?a=1 !page guide/x.md")],
    );
    check(
        &folder(Layout::VitePress),
        LinkKind::Link,
        &[
            ("./x#1-a", "broken x.html#1-a !page guide/x"),
            ("x.vue", "broken x.vue.html !page guide/x.vue"),
            ("x.MD", "broken x.MD.html !page guide/x.MD"),
            ("/x/", "broken ../x/ !page x/"),
        ],
    );
    check(&folder(Layout::VuePress1), LinkKind::HtmlLink, &[("x.md", "broken x.md !page guide/x.md")]);
    check(&folder(Layout::VuePress1), LinkKind::HtmlLink, &[("b.md", "page /guide/b.html")]);
}

#[test]
fn fragments_by_conventions() {
    check(
        &folder(Layout::VuePress1),
        LinkKind::Link,
        &[
            ("b.md#1-intro", "page /guide/b.html#1-intro !1-intro"),
            ("b.md#%5F1-intro", "page /guide/b.html#%5F1-intro"),
        ],
    );
    check(&folder(Layout::VuePress2), LinkKind::Link, &[("b.md#1-intro", "page /guide/b.html#_1-intro")]);
    let mut vitepress = folder(Layout::VitePress);
    vitepress.config.conventions = Conventions::VitePress2;
    check(
        &vitepress,
        LinkKind::Link,
        &[
            ("b.md#Été", "page /guide/b.html#ete"),
            ("#Here", "here #here"),
            ("x.md#1 É", "broken x.html#_1-e !page guide/x.md"),
        ],
    );
}

#[test]
fn the_base_of_old_settings_is_left_out() {
    let mut folder = folder(Layout::VuePress2);
    folder.config.base = "/base/".into();
    check(
        &folder,
        LinkKind::Link,
        &[
            ("/base/guide/b.html", "page /guide/b.html"),
            ("/guide/b.md", "page /guide/b.html"),
            ("/base/x.html", "broken ../x.html !page x.html"),
        ],
    );
}
