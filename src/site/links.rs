//! Where the links of pages lead.
//!
//! A link is looked up seen from the page's source, as authors mean it, and then seen from its address. What is found is
//! linked by its address, however the link was written; what is not found keeps the address that the page's conventions
//! give it, and is a [`Fault`].

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use crate::base::{SourcePath, UrlPath};
use crate::config::{Conventions, SiteConfig};
use crate::page::{Head, Link, LinkKind};

use super::address::{self, Address};
use super::fold;
use super::targets::{Target, Targets, is_index_name, split_name, stem};
use super::types::{PageId, Resolved, Route};

/// What is wrong with a link.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    /// It has no address.
    Empty,
    /// There is no such page; its path from the site's root.
    NoPage(String),
    /// There is no such file.
    NoFile(String),
    /// There is no such picture.
    NoPicture(String),
    /// It leads out of the content folder.
    Outside,
    /// The page has no such id.
    NoAnchor(PageId, String),
}

/// What became of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    /// Where it leads.
    pub resolved: Resolved,
    /// The file that it leads to: its index in [`Targets::files`].
    pub file: Option<usize>,
    /// What is wrong with it.
    pub fault: Option<Fault>,
}

impl Outcome {
    fn good(resolved: Resolved) -> Outcome {
        Outcome { resolved, file: None, fault: None }
    }

    fn broken(address: impl Into<Box<str>>, fault: Fault) -> Outcome {
        Outcome { resolved: Resolved::Broken(address.into()), file: None, fault: Some(fault) }
    }
}

/// All that links are resolved against.
pub(super) struct Resolver<'a> {
    heads: &'a [Arc<Head>],
    routes: &'a [Route],
    targets: &'a Targets<'a>,
    config: &'a SiteConfig,
    content: &'a SourcePath,
    /// The ids of each page that a link asked for.
    ids: Vec<OnceLock<HashSet<&'a str>>>,
}

impl<'a> Resolver<'a> {
    /// A resolver for these pages and targets.
    pub fn new(
        heads: &'a [Arc<Head>],
        routes: &'a [Route],
        targets: &'a Targets<'a>,
        config: &'a SiteConfig,
        content: &'a SourcePath,
    ) -> Resolver<'a> {
        let ids = std::iter::repeat_with(OnceLock::new).take(heads.len()).collect();
        Resolver { heads, routes, targets, config, content, ids }
    }

    /// Where a link of page `from` leads.
    pub fn resolve(&self, from: PageId, link: &Link) -> Outcome {
        let written = link.target.trim();
        if written.is_empty() {
            return Outcome::broken("", Fault::Empty);
        }
        if address::is_external(written) {
            return Outcome::good(Resolved::External(written.into()));
        }
        let address = Address::new(written);
        if address.path.is_empty() {
            return self.on_the_page(from, &address, link.kind);
        }
        let path = address::decoded(address.path);
        let picture = matches!(link.kind, LinkKind::Image | LinkKind::HtmlImage);
        let places = self.places(from, &path);
        let target = places.iter().find_map(|place| match picture {
            true => self.targets.pictured(place),
            false => self.targets.linked(place),
        });
        match target {
            Some(Target::Page(page)) => self.to_page(page, &address, link.kind),
            Some(Target::File(index)) => Outcome {
                resolved: Resolved::File {
                    url: self.targets.files[index].url(),
                    suffix: address::suffix(address.query, address.fragment),
                },
                file: Some(index),
                fault: None,
            },
            None => {
                // A path from the root is meant below the base, one of the page is meant from its file.
                let wanted = match below_content(&path) {
                    Some(_) => places.into_iter().next_back(),
                    None => places.into_iter().next(),
                };
                let wanted = wanted.unwrap_or_default();
                let fault = match () {
                    () if self.leaves_content(from, &path) => Fault::Outside,
                    () if picture => Fault::NoPicture(wanted),
                    () if names_a_file(&path) => Fault::NoFile(wanted),
                    () => Fault::NoPage(wanted),
                };
                Outcome::broken(self.left(from, &address, link.kind), fault)
            }
        }
    }

    /// The page's own address with a query or fragment.
    fn on_the_page(&self, from: PageId, address: &Address, kind: LinkKind) -> Outcome {
        if !address.query.is_empty() {
            return self.to_page(from, address, kind);
        }
        let (fragment, fault) = self.fragment(from, address, kind, Conventions::is_vitepress(self.config.conventions));
        Outcome { resolved: Resolved::Here(address::suffix("", &fragment)), file: None, fault }
    }

    fn to_page(&self, page: PageId, address: &Address, kind: LinkKind) -> Outcome {
        let (fragment, fault) = self.fragment(page, address, kind, true);
        let url = self.routes[page.0 as usize].url.clone();
        Outcome {
            resolved: Resolved::Page { url, suffix: address::suffix(address.query, &fragment) },
            file: None,
            fault,
        }
    }

    /// The fragment of a link to `page`, mended if the conventions do so, and what is wrong with it.
    fn fragment<'b>(
        &self,
        page: PageId,
        address: &Address<'b>,
        kind: LinkKind,
        mended: bool,
    ) -> (Cow<'b, str>, Option<Fault>) {
        let id = address.id();
        if id.is_empty() || id == "top" || self.has_id(page, &id) {
            return (Cow::Borrowed(address.fragment), None);
        }
        let markdown = matches!(kind, LinkKind::Link | LinkKind::Image);
        let by_conventions = match self.config.conventions {
            Conventions::VuePress2 if mended && markdown => with_underscore(&id),
            Conventions::VitePress2 if mended && markdown => self.id_like(page, &id).map(str::to_owned),
            _ => None,
        };
        match by_conventions {
            Some(mended) if self.has_id(page, &mended) => (Cow::Owned(format!("#{mended}")), None),
            Some(mended) => (Cow::Owned(format!("#{mended}")), Some(Fault::NoAnchor(page, mended))),
            None => (Cow::Borrowed(address.fragment), Some(Fault::NoAnchor(page, id.into_owned()))),
        }
    }

    fn has_id(&self, page: PageId, id: &str) -> bool {
        let page = page.0 as usize;
        let ids = self.ids[page].get_or_init(|| ids(&self.heads[page]).collect());
        ids.contains(id)
    }

    /// The id of `page` that says the same as `id`.
    fn id_like(&self, page: PageId, id: &str) -> Option<&str> {
        let wanted = fold::essence(id);
        ids(&self.heads[page.0 as usize]).find(|id| fold::essence(id) == wanted)
    }

    /// Where a path written in page `from` may lead, best first: paths from the site's root, without leading slash.
    fn places(&self, from: PageId, path: &str) -> Vec<String> {
        let from = from.0 as usize;
        let mut places = Vec::with_capacity(2);
        let mut add = |url: UrlPath| {
            let place = url.as_str()[1..].to_owned();
            if !places.contains(&place) {
                places.push(place);
            }
        };
        if let Some(path) = below_content(path) {
            add(UrlPath::new(path));
            if let Some(path) = without_base(path, &self.config.base) {
                add(UrlPath::new(path));
            }
        } else {
            add(UrlPath::new(&self.heads[from].relative).join(path));
            add(self.routes[from].url.join(path));
        }
        places
    }

    /// Whether `path`, seen from the page's file, leads out of the content folder.
    fn leaves_content(&self, from: PageId, path: &str) -> bool {
        if below_content(path).is_some() {
            return false;
        }
        let folder = self.heads[from.0 as usize].path.folder();
        let inside = |file: SourcePath| file == *self.content || file.below(self.content).is_some();
        !folder.join(path).is_some_and(inside)
    }

    /// The address of a link that leads nowhere, as the conventions make it, seen from the page.
    fn left(&self, from: PageId, address: &Address, kind: LinkKind) -> String {
        let (path, fragment) = match kind {
            LinkKind::Link => converted(address, self.config),
            _ => (Cow::Borrowed(address.path), Cow::Borrowed(address.fragment)),
        };
        let suffix = address::suffix(address.query, &fragment);
        let from = from.0 as usize;
        let url = &self.routes[from].url;
        let source = UrlPath::new(&self.heads[from].relative);
        let target = match below_content(&path) {
            Some(path) => UrlPath::new(&address::decoded(without_base(path, &self.config.base).unwrap_or(path))),
            // An escaped slash is no slash: the path stays as it is.
            None if path.to_ascii_lowercase().contains("%2f") => return format!("{path}{suffix}"),
            None => source.join(&address::decoded(&path)),
        };
        format!("{}{suffix}", target.relative_from(url))
    }
}

/// The ids that links to a page may name.
pub(super) fn ids(head: &Head) -> impl Iterator<Item = &str> {
    let headings = head.headings.iter().map(|heading| &*heading.id);
    headings.chain(head.anchors.iter().map(|anchor| &**anchor)).filter(|id| !id.is_empty())
}

/// The path from the content folder, if `path` starts there: at `/`, or at one of the names that VuePress has for it.
fn below_content(path: &str) -> Option<&str> {
    let aliased = path.strip_prefix('~').unwrap_or(path);
    let aliased = aliased.strip_prefix("@source/").or_else(|| aliased.strip_prefix("@/"));
    aliased.or_else(|| path.strip_prefix("~/")).or_else(|| path.strip_prefix('/'))
}

/// A path from the site's root without the base under which old settings publish the site.
pub(super) fn without_base<'a>(path: &'a str, base: &str) -> Option<&'a str> {
    let base = base.trim_matches('/');
    match base.is_empty() {
        true => None,
        false => path.trim_start_matches('/').strip_prefix(base)?.strip_prefix('/'),
    }
}

/// Whether a path names something that is no page: it has an extension, and no page's.
fn names_a_file(path: &str) -> bool {
    let (_, name) = split_name(path);
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && stem != "." => {
            let page = ["md", "html", "htm", "vue"].iter().any(|page| extension.eq_ignore_ascii_case(page));
            // `v1.2` is a page; `song.mp3` is not.
            !page && extension.starts_with(|c: char| c.is_ascii_alphabetic()) && extension.len() <= 8
        }
        _ => false,
    }
}

/// The id with an underscore before the digit that it starts with.
fn with_underscore(id: &str) -> Option<String> {
    id.starts_with(|c: char| c.is_ascii_digit()).then(|| format!("_{id}"))
}

/// Path and fragment of a Markdown link as the conventions write them, encoded as they were.
fn converted<'a>(address: &Address<'a>, config: &SiteConfig) -> (Cow<'a, str>, Cow<'a, str>) {
    let Address { path, query, fragment } = *address;
    let unchanged = (Cow::Borrowed(path), Cow::Borrowed(fragment));
    let (folder, name) = split_name(path);
    let is_markdown = name.ends_with(".md");
    let is_index = is_markdown && is_index_name(stem(name));
    let page = path.ends_with('/') || is_markdown || name.ends_with(".html");
    match config.conventions {
        Conventions::VuePress1 if !page || !query.is_empty() => unchanged,
        Conventions::VuePress1 if is_index => (Cow::Borrowed(folder), Cow::Borrowed(fragment)),
        Conventions::VuePress1 if is_markdown => (format!("{}.html", stem(path)).into(), Cow::Borrowed(fragment)),
        Conventions::VuePress1 => unchanged,
        Conventions::VuePress2 if !page => unchanged,
        Conventions::VuePress2 => {
            let stem = stem(name);
            let path = match stem.eq_ignore_ascii_case("readme") && is_markdown || stem == "index" {
                true => Cow::Borrowed(folder),
                false if is_markdown => format!("{folder}{stem}.html").into(),
                false => Cow::Borrowed(path),
            };
            let fragment = match fragment.strip_prefix('#').and_then(with_underscore) {
                Some(mended) => format!("#{mended}").into(),
                None => Cow::Borrowed(fragment),
            };
            (path, fragment)
        }
        Conventions::VitePress1 | Conventions::VitePress2 => {
            let stem = stem(name);
            let path = match () {
                () if stem.eq_ignore_ascii_case("index") && is_markdown => Cow::Borrowed(folder),
                () if matches!(name, "" | "." | "..") || name.ends_with(".html") => Cow::Borrowed(path),
                () if names_a_file(path) && !name.ends_with(".mdx") && !name.ends_with(".MD") => Cow::Borrowed(path),
                () if config.clean_urls => format!("{folder}{stem}").into(),
                () if is_markdown => format!("{folder}{stem}.html").into(),
                () => format!("{path}.html").into(),
            };
            (path, Cow::Borrowed(fragment))
        }
    }
}

#[cfg(test)]
mod tests {
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
            let link = Link { target: (*target).into(), kind };
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
                Some(fault) => format!("{found} !{fault:?}"),
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
            &[
                home,
                guide,
                "guide/a.md",
                "guide/b.md",
                "guide/with été.md",
                "guide/i.png",
                "public/logo.svg",
                "doc.pdf",
            ],
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
                    ("", "broken  !Empty"),
                    ("../../src/main.rs", "broken ../src/main.rs !Outside"),
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
            &[
                ("./x.md#1-a", "broken x.html#_1-a !page guide/x.md"),
                ("x.md?a=1", "broken x.html?a=1 !page guide/x.md"),
            ],
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
        check(&vitepress, LinkKind::Link, &[("b.md#Été", "page /guide/b.html#ete"), ("#Here", "here #here")]);
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
}
