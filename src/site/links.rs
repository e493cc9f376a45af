//! Where the links of pages lead.
//!
//! A link is looked up seen from the page's source, as authors mean it, and then seen from its address. What is found is
//! linked by its address, however the link was written; what is not found keeps the address that the page's conventions
//! give it, and is a [`Fault`].

mod conventions;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use crate::base::{SourcePath, UrlPath};
use crate::config::{Conventions, SiteConfig};
use crate::page::{Head, Link, LinkKind};

use super::address::{self, Address};
use super::locales;
use super::targets::{Target, Targets};
use super::types::{PageId, Resolved, Route};
use conventions::{converted, names_a_file, with_underscore};

/// The most ids of a page that are searched one by one.
const FEW_IDS: usize = 32;

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
    /// It leads out of the content folder; where it would lead if the folder were the whole world.
    Outside(String),
    /// The page has no such id.
    NoAnchor(PageId, String),
    /// It leads to a former address; the page, and the id in it, that readers are led to.
    Moved(PageId, String),
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
    /// Where each page would be found by the path of its file: links are seen from there.
    sources: Vec<UrlPath>,
    /// The ids of each page with many that a link asked for.
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
        let sources = heads.iter().map(|head| UrlPath::new(&head.relative)).collect();
        let ids = std::iter::repeat_with(OnceLock::new).take(heads.len()).collect();
        Resolver { heads, routes, targets, config, content, sources, ids }
    }

    /// Where a link of page `from` leads.
    pub fn resolve(&self, from: PageId, link: &Link) -> Outcome {
        let written = link.target.trim();
        if written.is_empty() {
            return Outcome::broken("", Fault::Empty);
        }
        if address::is_external(written) {
            return Outcome::good(Resolved::External(match link.kind {
                LinkKind::Link | LinkKind::Image => address::external(written).into(),
                LinkKind::HtmlLink | LinkKind::HtmlImage => written.into(),
            }));
        }
        let address = Address::new(written);
        if address.path.is_empty() {
            return self.on_the_page(from, &address, link.kind);
        }
        let path = address::decoded(address.path);
        let picture = matches!(link.kind, LinkKind::Image | LinkKind::HtmlImage);
        let find = |place: &str| match picture {
            true => self.targets.pictured(place),
            false => self.targets.linked(place),
        };
        let (meant, otherwise) = self.meant(from, link, &path);
        let target = self.translated(from, &meant).and_then(|place| find(&place)).or_else(|| find(&meant));
        let target = target.or_else(|| otherwise.and_then(|place| find(&place)));
        let target = target.or_else(|| self.browsed(from, &path).and_then(|place| find(&place)));
        let target = target.or_else(|| self.beside(from, &path).and_then(|place| find(&place)));
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
                let below_base = below_content(&path).and_then(|_| self.browsed(from, &path));
                let wanted = below_base.unwrap_or(meant);
                let fault = match () {
                    () if self.leaves_content(from, link, &path) => Fault::Outside(wanted),
                    () if picture => Fault::NoPicture(wanted),
                    () if names_a_file(&path) => Fault::NoFile(wanted),
                    () => Fault::NoPage(wanted),
                };
                Outcome::broken(self.left(from, &address, link), fault)
            }
        }
    }

    /// The page's own address with a query or fragment.
    fn on_the_page(&self, from: PageId, address: &Address, kind: LinkKind) -> Outcome {
        if !address.query.is_empty() {
            return self.to_page(from, address, kind);
        }
        let (fragment, fault) = self.fragment(from, address, kind);
        Outcome { resolved: Resolved::Here(address::suffix("", &fragment)), file: None, fault }
    }

    fn to_page(&self, page: PageId, address: &Address, kind: LinkKind) -> Outcome {
        let (fragment, fault) = self.fragment(page, address, kind);
        let url = self.routes[page.0 as usize].url.clone();
        Outcome {
            resolved: Resolved::Page { url, suffix: address::suffix(address.query, &fragment) },
            file: None,
            fault,
        }
    }

    /// The fragment of a link to `page`, mended if the conventions do so, and what is wrong with it.
    fn fragment<'b>(&self, page: PageId, address: &Address<'b>, kind: LinkKind) -> (Cow<'b, str>, Option<Fault>) {
        let id = address.id();
        if address.fragment == "#" && self.config.conventions.is_vitepress() {
            return (Cow::Borrowed(""), None);
        }
        if id.is_empty() || id == "top" || self.has_id(page, &id) {
            return (Cow::Borrowed(address.fragment), None);
        }
        let markdown = matches!(kind, LinkKind::Link | LinkKind::Image);
        let by_conventions = match self.config.conventions {
            // A lone `#1-x` stays as it is written.
            Conventions::VuePress2 if markdown && !address.path.is_empty() => with_underscore(&id),
            Conventions::VitePress2 if markdown => Some(conventions::slug(self.config, &id)),
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
        let head = &self.heads[page];
        match head.headings.len() + head.anchors.len() <= FEW_IDS {
            true => ids(head).any(|other| other == id),
            false => self.ids[page].get_or_init(|| ids(head).collect()).contains(id),
        }
    }

    /// Where a path written in page `from` leads, as authors mean it: a path from the site's root, without leading slash. In
    /// a file that the page includes it is seen from that file or from the page; the likelier place comes first.
    fn meant(&self, from: PageId, link: &Link, path: &str) -> (String, Option<String>) {
        let place = |url: UrlPath| url.as_str()[1..].to_owned();
        if let Some(path) = below_content(path) {
            return (place(UrlPath::new(path)), None);
        }
        let of_page = place(self.sources[from.0 as usize].join(path));
        let Some(file) = &link.written_in else { return (of_page, None) };
        let of_file = match file.below(self.content) {
            Some(relative) => Some(place(UrlPath::new(relative).join(path))),
            None => file.folder().join(path).and_then(|target| {
                let end = if path.ends_with('/') { "/" } else { "" };
                Some(format!("{}{end}", target.below(self.content)?))
            }),
        };
        match of_file {
            Some(of_file) if self.base_file(link).is_some() => (of_file, Some(of_page)),
            of_file => (of_page, of_file),
        }
    }

    /// The included file from which the paths of a link are seen. VitePress 1 sees all of them from the page.
    fn base_file<'l>(&self, link: &'l Link) -> Option<&'l SourcePath> {
        link.written_in.as_ref().filter(|_| self.config.conventions != Conventions::VitePress1)
    }

    /// Where it leads for a browser: below the base of old settings, or seen from the page's address.
    fn browsed(&self, from: PageId, path: &str) -> Option<String> {
        let url = match below_content(path) {
            Some(path) => UrlPath::new(without_base(path, &self.config.base)?),
            None => self.routes[from.0 as usize].url.join(path),
        };
        Some(url.as_str()[1..].to_owned())
    }

    /// Where it leads seen from the file of a page that has another path in the site.
    fn beside(&self, from: PageId, path: &str) -> Option<String> {
        let head = &self.heads[from.0 as usize];
        let file = head.template.as_ref().unwrap_or(&head.path).below(self.content)?;
        if *file == *head.relative || below_content(path).is_some() {
            return None;
        }
        Some(UrlPath::new(file).join(path).as_str()[1..].to_owned())
    }

    /// What a place of the site is called in the reader's language, on a page that stands in for a translation.
    fn translated(&self, from: PageId, place: &str) -> Option<String> {
        let head = &self.heads[from.0 as usize];
        let original = head.template.as_ref().filter(|_| head.stands_in)?.below(self.content)?;
        let locale = |relative: &str| &self.config.locales[locales::of_page(relative, &self.config.locales)];
        let folder = |relative: &str| locale(relative).prefix.trim_start_matches('/');
        let rest = place.strip_prefix(folder(original))?;
        Some(format!("{}{rest}", folder(&head.relative)))
    }

    /// Whether `path`, seen from its file, leads out of the content folder.
    fn leaves_content(&self, from: PageId, link: &Link, path: &str) -> bool {
        if below_content(path).is_some() {
            return false;
        }
        let folder = self.base_file(link).unwrap_or(&self.heads[from.0 as usize].path).folder();
        let inside = |file: SourcePath| file == *self.content || file.below(self.content).is_some();
        !folder.join(path).is_some_and(inside)
    }

    /// The address of a link that leads nowhere, as the conventions make it, seen from the page.
    fn left(&self, from: PageId, address: &Address, link: &Link) -> String {
        let (path, fragment) = match link.kind {
            LinkKind::Link => converted(address, self.config),
            _ => (Cow::Borrowed(address.path), Cow::Borrowed(address.fragment)),
        };
        let suffix = address::suffix(address.query, &fragment);
        let from = from.0 as usize;
        let url = &self.routes[from].url;
        let target = match below_content(&path) {
            Some(path) => UrlPath::new(&address::decoded(without_base(path, &self.config.base).unwrap_or(path))),
            // An escaped slash is no slash: the path stays as it is.
            None if path.to_ascii_lowercase().contains("%2f") => return format!("{path}{suffix}"),
            None => {
                let file = self.base_file(link).and_then(|file| file.below(self.content)).map(UrlPath::new);
                file.as_ref().unwrap_or(&self.sources[from]).join(&address::decoded(&path))
            }
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
