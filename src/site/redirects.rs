//! Former addresses, from the settings and from the front matter of pages -> where each leads now.
//!
//! In come the rules as they are written; each is read ([`former`]), followed to its end, and put with the others of its page.
//! An address of a page that is gone gets a page of its own; an anchor that is gone from a living page is kept by that page.

mod former;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::{OutPath, SourcePath, Span, UrlPath};
use crate::config::SiteConfig;
use crate::diag::Diagnostic;
use crate::page::{Head, Link, LinkKind};

use super::address::{self, Address};
use super::links::{Fault, Resolver, ids};
use super::locales;
use super::suggestions::{Names, Suggestion};
use super::types::{Finding, MovedAnchor, PageId, Place, Redirect, Resolved, Route};
pub(super) use former::Former;

/// The most redirects that are followed one after the other.
const LONGEST_CHAIN: usize = 16;

/// What redirects are made from.
pub(super) struct Ground<'a> {
    pub heads: &'a [Arc<Head>],
    pub routes: &'a [Route],
    pub titles: &'a [Arc<str>],
    pub resolver: &'a Resolver<'a>,
    pub config: &'a SiteConfig,
    /// The file that the settings were read from.
    pub settings: Option<&'a SourcePath>,
}

/// A former address and where it leads, as written.
struct Rule<'a> {
    former: Former,
    /// The page that lives at that address, of which only an anchor is gone.
    page: Option<PageId>,
    to: To<'a>,
    written_at: Written,
}

/// Where a rule leads.
#[derive(Clone, Copy)]
enum To<'a> {
    /// To the page that lists it.
    Page(PageId),
    /// To this address.
    Address(&'a str),
}

/// Where a rule is written.
#[derive(Clone, Copy)]
enum Written {
    Settings(Option<(u32, u32)>),
    FrontMatter(PageId, u32),
}

/// Where a former address leads.
#[derive(Clone, Debug)]
struct End {
    to: Resolved,
    page: Option<PageId>,
    /// The anchor of that page.
    id: String,
}

/// All redirects of a site.
#[derive(Default)]
pub(super) struct Redirects {
    /// Those of pages that are gone, by file.
    pub pages: BTreeMap<OutPath, Redirect>,
    /// Anchors that are gone from living pages.
    pub moved: BTreeMap<PageId, Vec<MovedAnchor>>,
    /// What is wrong with rules that front matter writes.
    pub findings: Vec<Finding>,
    /// What is wrong with those of the settings.
    pub diagnostics: Vec<Diagnostic>,
    /// Where each former address leads, by file and anchor.
    ends: BTreeMap<(OutPath, String), End>,
}

impl Redirects {
    /// The redirects of these pages and settings.
    pub fn new(ground: &Ground<'_>) -> Redirects {
        let mut redirects = Redirects::default();
        let rules = redirects.rules(ground);
        for rule in rules.values() {
            let Some(end) = redirects.followed(rule, &rules, ground) else { continue };
            redirects.ends.insert((rule.former.out.clone(), rule.former.id.clone()), end.clone());
            redirects.put(rule, end, ground);
        }
        redirects
    }

    /// Where a link to an address that is gone leads, and what to say of it: `place` is a path from the site's root.
    pub fn led(&self, fault: &Fault, fragment: &str, ground: &Ground<'_>) -> Option<(Resolved, Option<Fault>)> {
        let (out, id) = match fault {
            Fault::NoPage(place) => {
                let former = Former::read(&format!("/{place}"), &UrlPath::root(), ground.config)?;
                (former.out, Address::new(fragment).id().into_owned())
            }
            Fault::NoAnchor(page, id) => (ground.routes[page.0 as usize].out.clone(), id.clone()),
            _ => return None,
        };
        let end = match self.ends.get(&(out.clone(), id.clone())) {
            Some(end) => end.clone(),
            // What is led on as a whole keeps the anchor that was asked for, where that is still known.
            None => match self.ends.get(&(out, String::new()))? {
                // Nor is an anchor there that was never there.
                End { page: Some(page), id: own, .. }
                    if own.is_empty() && !id.is_empty() && !has_id(&ground.heads[page.0 as usize], &id) =>
                {
                    let url = ground.routes[page.0 as usize].url.clone();
                    return Some((Resolved::Page { url, suffix: Box::default() }, Some(Fault::NoAnchor(*page, id))));
                }
                End { page: Some(page), id: own, .. } if own.is_empty() => end_of(*page, id, ground),
                end => end.clone(),
            },
        };
        Some((end.to, end.page.map(|page| Fault::Moved(page, end.id))))
    }

    /// The rules that can hold, by former address.
    fn rules<'a>(&mut self, ground: &Ground<'a>) -> BTreeMap<(OutPath, String), Rule<'a>> {
        let root = UrlPath::root();
        let settings = ground
            .config
            .redirects
            .iter()
            .map(|rule| (&*rule.from, &root, To::Address(&rule.to), Written::Settings(rule.span)));
        let pages = (0..).map(PageId).zip(ground.heads.iter().zip(ground.routes));
        let aliases = pages.filter(|(_, (head, _))| !head.stands_in).flat_map(|(page, (head, route))| {
            let numbered = (0..).zip(&head.aliases);
            numbered.map(move |(n, alias)| (&**alias, &route.url, To::Page(page), Written::FrontMatter(page, n)))
        });
        let living: BTreeMap<&OutPath, PageId> =
            ground.routes.iter().map(|route| &route.out).zip((0..).map(PageId)).collect();
        let mut rules: BTreeMap<(OutPath, String), Rule<'a>> = BTreeMap::new();
        for (written, seen_from, to, written_at) in settings.chain(aliases) {
            let Some(former) = Former::read(written, seen_from, ground.config) else {
                let found = Diagnostic::warning("bad-redirect", format!("`{written}` is no address of this site"))
                    .help("write the former address from the root of the site, `/guide/old.html` or `/guide/old.html#part`");
                self.tell(found, written_at, ground);
                continue;
            };
            let page = living.get(&former.out).copied();
            let lives =
                page.is_some_and(|page| former.id.is_empty() || has_id(&ground.heads[page.0 as usize], &former.id));
            if lives && let Some(page) = page {
                // A page may keep its own address in the list.
                if !matches!(to, To::Page(own) if own == page) {
                    let path = &ground.heads[page.0 as usize].path;
                    let found = Diagnostic::warning(
                        "redirect-over-page",
                        format!("nothing is led on from `{written}`: `{path}` is there"),
                    )
                    .help("take the redirect away, or give that page another address");
                    self.tell(found, written_at, ground);
                }
                continue;
            }
            let key = (former.out.clone(), former.id.clone());
            if rules.contains_key(&key) {
                let found = Diagnostic::warning("duplicate-redirect", format!("`{written}` is led on twice"))
                    .help("the first holds, and those of the settings come first: take one of them away");
                self.tell(found, written_at, ground);
                continue;
            }
            rules.insert(key, Rule { former, page, to, written_at });
        }
        rules
    }

    /// Follows a rule to its end, and tells what is wrong on the way.
    fn followed(
        &mut self,
        rule: &Rule<'_>,
        rules: &BTreeMap<(OutPath, String), Rule<'_>>,
        ground: &Ground<'_>,
    ) -> Option<End> {
        let (mut at, mut anchor) = (rule, String::new());
        for steps in 0..LONGEST_CHAIN {
            let written = match at.to {
                To::Page(page) => {
                    let end = end_of(page, anchor, ground);
                    self.tell_chain(rule, steps, &format!("/{}", ground.heads[page.0 as usize].relative), ground);
                    return Some(end);
                }
                To::Address(written) => written.trim(),
            };
            if address::is_external(written) && !is_web(written) {
                self.tell(dead(&Fault::Empty, written, ground), rule.written_at, ground);
                return None;
            }
            if address::is_external(written) {
                return Some(End { to: Resolved::External(address::external(written).into()), page: None, id: anchor });
            }
            let address = Address::new(written);
            if !address.fragment.is_empty() {
                anchor = address.id().into_owned();
            }
            let target = if written.starts_with('/') { written.to_owned() } else { format!("/{written}") };
            let link = Link { target: target.into(), kind: LinkKind::HtmlLink, written_in: None };
            // Links of settings are seen from the root, whatever page they are asked for.
            let found = (!ground.heads.is_empty()).then(|| ground.resolver.resolve(PageId(0), &link));
            let fault = found.as_ref().map_or(Some(Fault::Empty), |found| found.fault.clone());
            let next = fault.as_ref().and_then(|fault| {
                let former = Former::read(written, &UrlPath::root(), ground.config)?;
                let whole = |out| rules.get(&(out, String::new()));
                match fault {
                    Fault::NoAnchor(..) => rules.get(&(former.out, former.id)),
                    _ => rules.get(&(former.out.clone(), former.id)).or_else(|| whole(former.out)),
                }
            });
            if let Some(next) = next {
                at = next;
                continue;
            }
            let resolved = found.map(|found| found.resolved);
            if let Some(fault) = fault {
                self.tell(dead(&fault, written, ground), rule.written_at, ground);
                let Fault::NoAnchor(page, _) = fault else { return None };
                return Some(end_of(page, String::new(), ground));
            }
            self.tell_chain(rule, steps, written, ground);
            let to = resolved?;
            let page = match &to {
                Resolved::Page { url, .. } => ground.routes.iter().position(|route| route.url == *url),
                _ => None,
            };
            return Some(End { to, page: page.map(|page| PageId(page as u32)), id: anchor });
        }
        let found =
            Diagnostic::warning("redirect-loop", format!("`{}` leads round in a circle", rule.former.written()))
                .help("let it lead to a page; until then, nothing is found at this address");
        self.tell(found, rule.written_at, ground);
        None
    }

    /// That a rule came to `end` only after some steps.
    fn tell_chain(&mut self, rule: &Rule<'_>, steps: usize, end: &str, ground: &Ground<'_>) {
        if steps > 0 {
            let message = format!("`{}` leads to an address that is led on itself", rule.former.written());
            let found = Diagnostic::info("redirect-chain", message)
                .help(format!("let it lead to `{end}`; in the site it does so already"));
            self.tell(found, rule.written_at, ground);
        }
    }

    /// Puts a redirect with the others of its page.
    fn put(&mut self, rule: &Rule<'_>, end: End, ground: &Ground<'_>) {
        let text = text(&end, ground);
        let moved = |end: End| MovedAnchor { id: rule.former.id.as_str().into(), to: end.to, text: text.clone() };
        if let Some(page) = rule.page {
            self.moved.entry(page).or_default().push(moved(end));
            return;
        }
        let relative = &rule.former.url.as_str()[1..];
        let locale = locales::of_page(relative, &ground.config.locales);
        // Rules are in the order of their anchors: that of the page itself comes first, if there is one.
        let redirect = self.pages.entry(rule.former.out.clone()).or_insert_with(|| {
            let whole = match end.page {
                Some(page) if !rule.former.id.is_empty() => end_of(page, String::new(), ground),
                _ => end.clone(),
            };
            let text = self::text(&whole, ground);
            Redirect { url: rule.former.url.clone(), locale, to: whole.to, text, anchors: Vec::new() }
        });
        if !rule.former.id.is_empty() {
            redirect.anchors.push(moved(end));
        }
    }

    fn tell(&mut self, found: Diagnostic, at: Written, ground: &Ground<'_>) {
        match at {
            Written::FrontMatter(page, alias) => {
                self.findings.push(Finding { page, place: Place::Alias(alias), diagnostic: found });
            }
            Written::Settings(place) => {
                let span =
                    ground.settings.zip(place).map(|(file, (start, end))| Span { file: file.clone(), start, end });
                self.diagnostics.push(match span {
                    Some(span) => found.at(span),
                    None => found,
                });
            }
        }
    }
}

impl Former {
    /// As people write it.
    fn written(&self) -> String {
        match &*self.id {
            "" => self.url.as_str().to_owned(),
            id => format!("{}#{id}", self.url),
        }
    }
}

/// Whether it is an address that a browser may be led to unasked.
fn is_web(written: &str) -> bool {
    ["https://", "http://", "//"].iter().any(|start| written.to_ascii_lowercase().starts_with(start))
}

fn has_id(head: &Head, id: &str) -> bool {
    ids(head).any(|known| known == id)
}

/// A page of the site, at an anchor if that is there.
fn end_of(page: PageId, anchor: String, ground: &Ground<'_>) -> End {
    let id = if has_id(&ground.heads[page.0 as usize], &anchor) { anchor } else { String::new() };
    let fragment = if id.is_empty() { String::new() } else { format!("#{id}") };
    let url = ground.routes[page.0 as usize].url.clone();
    End { to: Resolved::Page { url, suffix: address::suffix("", &fragment) }, page: Some(page), id }
}

/// What a link to the end of a redirect says: the heading, the page, or the address.
fn text(end: &End, ground: &Ground<'_>) -> Arc<str> {
    let Some(page) = end.page else {
        return match &end.to {
            Resolved::File { url, .. } => url.as_str().into(),
            Resolved::External(address) => (&**address).into(),
            _ => "".into(),
        };
    };
    let headings = &ground.heads[page.0 as usize].headings;
    let heading = headings.iter().find(|heading| !end.id.is_empty() && *heading.id == *end.id);
    heading.map_or_else(|| ground.titles[page.0 as usize].clone(), |heading| (&*heading.text).into())
}

/// That a redirect leads nowhere.
fn dead(fault: &Fault, written: &str, ground: &Ground<'_>) -> Diagnostic {
    if let Fault::NoAnchor(page, id) = fault {
        let path = &ground.heads[page.0 as usize].path;
        return Diagnostic::warning("dead-redirect", format!("`{path}` has no heading or anchor `#{id}`"))
            .help("until this is mended, readers are led to the top of the page");
    }
    let found = Diagnostic::warning("dead-redirect", format!("readers are led to `{written}`, which is no page"));
    let wanted = address::decoded(Address::new(written).path);
    let names = Names::new(ground.heads.iter().map(|head| &*head.relative));
    found.help(match names.nearest(wanted.trim_start_matches('/')) {
        Some(Suggestion::Case(path) | Suggestion::Path(path)) => format!("did you mean `/{path}`?"),
        None => "write the path of a page, `/guide/new.md`, or the address of another site".to_owned(),
    })
}

#[cfg(test)]
mod tests;
