//! Links as settings write them: the navbar and the sidebar, in every spelling of VuePress, VitePress and our own.

use std::borrow::Cow;

use serde_yaml::{Mapping, Value};

use super::document::{Document, Step};
use super::fields::is_program;
use super::settled::{MenuItem, SidebarConfig};
use crate::diag::Diagnostic;

/// How groups behave that do not say whether they can be shut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Groups {
    /// They are open.
    Open,
    /// They can be shut, and are at first (VuePress 1).
    Shut,
    /// They are open, and the page of their folder stands for them before and after others (the hope theme of VuePress 2).
    Pages,
}

/// Reads a list of links.
pub fn items(
    document: &Document,
    value: &Value,
    steps: &[Step],
    groups: Groups,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<MenuItem> {
    list(document, value, steps, SeenFrom::Here, groups, diagnostics)
}

/// Reads a sidebar: `false`, `auto`, `headings`, a list of links, or one of these for each prefix of an address.
pub fn sidebar(
    document: &Document,
    value: &Value,
    steps: &[Step],
    groups: Groups,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<SidebarConfig> {
    match value {
        Value::Bool(false) => Some(SidebarConfig::Off),
        Value::Bool(true) => Some(SidebarConfig::Folders),
        // `structure` and `structuring` are the words of themes of VuePress.
        Value::String(text) if matches!(text.as_str(), "folders" | "structure" | "structuring") => {
            Some(SidebarConfig::Folders)
        }
        // VuePress says `auto` for the headings of the page; so does `heading` in its second version.
        Value::String(text) if matches!(text.as_str(), "auto" | "heading" | "headings") => {
            Some(SidebarConfig::Headings)
        }
        Value::Mapping(parts) if parts.get("mode").and_then(Value::as_str) == Some("structuring") => {
            Some(SidebarConfig::Folders)
        }
        Value::Sequence(_) => Some(SidebarConfig::Items(items(document, value, steps, groups, diagnostics))),
        Value::Mapping(sections) if !is_program(value) => {
            let mut by_prefix = Vec::new();
            for (prefix, value) in sections {
                let Some(prefix) = prefix.as_str() else { continue };
                let mut inner = steps.to_vec();
                inner.push(Step::Key(prefix.to_owned()));
                let section = match value.as_mapping().and_then(|section| Some((section.get("items")?, section))) {
                    // VitePress: a section with a base of its own.
                    Some((value, section)) => {
                        let base = section.get("base").and_then(Value::as_str).map_or(SeenFrom::Here, SeenFrom::Base);
                        inner.push(Step::Key("items".to_owned()));
                        Some(SidebarConfig::Items(list(document, value, &inner, base, groups, diagnostics)))
                    }
                    None => sidebar(document, value, &inner, groups, diagnostics),
                };
                by_prefix.extend(section.map(|section| (prefix.to_owned(), section)));
            }
            Some(SidebarConfig::ByPrefix(by_prefix))
        }
        value if is_program(value) => {
            let message = "what the sidebar is made of by a program or a package is not known here";
            diagnostics.push(
                Diagnostic::warning("setting-ignored", message)
                    .at(document.span(steps))
                    .help("the sidebar is made from the folders instead; a list of links is used as it is"),
            );
            Some(SidebarConfig::Folders)
        }
        _ => {
            diagnostics.push(
                Diagnostic::warning(
                    "setting-type",
                    "the sidebar should be a list of links, `folders`, `headings` or `false`",
                )
                .at(document.span(steps))
                .help("the sidebar is made from the folders instead"),
            );
            Some(SidebarConfig::Folders)
        }
    }
}

fn list(
    document: &Document,
    value: &Value,
    steps: &[Step],
    from: SeenFrom<'_>,
    groups: Groups,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<MenuItem> {
    let Some(values) = value.as_sequence() else {
        if is_program(value) {
            diagnostics.push(given_by_program(document.span(steps)));
            return Vec::new();
        }
        diagnostics.push(
            Diagnostic::warning("setting-type", "a list of links is expected here")
                .at(document.span(steps))
                .help("write one link a line: `- text: Start` and below it `link: /start.md`"),
        );
        return Vec::new();
    };
    let mut items = Vec::new();
    // A program tells the place of a list, and not those of what is in it.
    let whole = document.is_program().then(|| document.range(steps));
    for (index, value) in values.iter().enumerate() {
        let mut inner = steps.to_vec();
        inner.push(Step::Index(index));
        let span = || document.span(&inner);
        let range = whole.clone().unwrap_or_else(|| document.range(&inner));
        let place = Some((range.start as u32, range.end as u32));
        match value {
            Value::String(link) => {
                items.push(MenuItem { link: Some(from.to(link)), span: place, ..MenuItem::default() })
            }
            Value::Sequence(pair) => match pair.first().and_then(Value::as_str) {
                Some(link) => items.push(MenuItem {
                    text: pair.get(1).and_then(words).map(Cow::into_owned),
                    link: Some(from.to(link)),
                    span: place,
                    ..MenuItem::default()
                }),
                None => diagnostics.push(unreadable(span())),
            },
            Value::Mapping(item) if !is_program(value) => {
                items.push(MenuItem { span: place, ..group(document, item, &inner, from, groups, diagnostics) });
            }
            value if is_program(value) => diagnostics.push(given_by_program(span())),
            _ => diagnostics.push(unreadable(span())),
        }
    }
    items
}

fn group(
    document: &Document,
    item: &Mapping,
    steps: &[Step],
    from: SeenFrom<'_>,
    groups: Groups,
    diagnostics: &mut Vec<Diagnostic>,
) -> MenuItem {
    let text = |names: &[&str]| names.iter().find_map(|name| words(item.get(*name)?));
    let prefix = text(&["prefix"]).map(|prefix| from.to(&prefix));
    // The link of a group is seen from where the group is; only VitePress's base counts for itself.
    let around = from;
    let base = text(&["base"]);
    let from = match (&prefix, &base) {
        (Some(prefix), _) => SeenFrom::Prefix(prefix),
        (None, Some(base)) => SeenFrom::Base(base),
        (None, None) => from,
    };
    let mut pager_link = text(&["pager_link"]).map(Cow::into_owned);
    let seen_from = if prefix.is_some() { around } else { from };
    let link = text(&["link", "path"]).filter(|link| !link.is_empty()).map(|link| seen_from.to(&link));
    unknown_keys(document, item, steps, diagnostics);
    let children = ["items", "children"].iter().find_map(|name| Some((*name, item.get(*name)?)));
    let of_folder = children.is_some_and(|(_, value)| value.as_str() == Some("structure"));
    if groups == Groups::Pages && children.is_some() && link.is_none() {
        pager_link = pager_link.or_else(|| Some(from.to("./")));
    }
    let items = children.filter(|_| !of_folder).map_or_else(Vec::new, |(name, value)| {
        let mut inner = steps.to_vec();
        inner.push(Step::Key(name.to_owned()));
        list(document, value, &inner, from, groups, diagnostics)
    });
    let folder = text(&["folder"]).map(Cow::into_owned);
    let folder = folder.or_else(|| of_folder.then(|| prefix.clone().unwrap_or_else(|| "/".to_owned())));
    let flag = |name: &str| item.get(name).and_then(Value::as_bool);
    // The hope theme says the opposite.
    let collapsed = flag("collapsed").or(flag("expanded").map(|expanded| !expanded));
    let collapsed = match (collapsed, flag("collapsible").or(flag("collapsable"))) {
        (Some(collapsed), _) => Some(collapsed),
        (None, Some(can_be_shut)) => can_be_shut.then_some(true),
        (None, None) => (groups == Groups::Shut && !items.is_empty()).then_some(true),
    };
    let owned = |names: &[&str]| text(names).map(Cow::into_owned);
    MenuItem {
        text: owned(&["text", "title"]),
        html: flag("html") == Some(true),
        no_icon: ["no_icon", "noIcon", "noExternalLinkIcon"].iter().any(|name| flag(name) == Some(true)),
        link,
        items,
        collapsed,
        folder,
        pager_text: owned(&["pager_text", "docFooterText"]),
        pager_link,
        active_match: owned(&["active_match", "activeMatch"]),
        depth: item
            .get("outline_depth")
            .or_else(|| item.get("sidebarDepth"))
            .and_then(Value::as_u64)
            .map(|depth| depth.min(5) as u8),
        target: owned(&["target"]),
        // `false` is no name: then nothing is said.
        rel: owned(&["rel"]).or_else(|| (flag("rel") == Some(false)).then(String::new)),
        span: None,
    }
}

/// How links to other sites open where a layout has it so and the settings say nothing else.
#[derive(Clone, Copy, Debug)]
pub struct Outward {
    /// Whatever window they open in, they carry this.
    pub rel: &'static str,
    /// They carry it only where they open in a new window.
    pub only_new: bool,
}

/// Puts what a layout does by itself into these links.
pub fn each_link(items: &mut [MenuItem], outward: Outward, texts_are_html: bool) {
    for item in items {
        each_link(&mut item.items, outward, texts_are_html);
        item.html |= texts_are_html && item.text.as_ref().is_some_and(|text| text.contains(['<', '&']));
        let is_web =
            |link: &String| link.starts_with("//") || link.starts_with("http://") || link.starts_with("https://");
        if item.link.as_ref().is_some_and(is_web) {
            let target = item.target.get_or_insert_with(|| "_blank".to_owned());
            if !outward.only_new || target == "_blank" {
                item.rel.get_or_insert_with(|| outward.rel.to_owned());
            }
        }
    }
}

/// Does the same with the links of a sidebar.
pub fn each_link_of_sidebar(sidebar: &mut SidebarConfig, outward: Outward, texts_are_html: bool) {
    match sidebar {
        SidebarConfig::Items(items) => each_link(items, outward, texts_are_html),
        SidebarConfig::ByPrefix(sections) => {
            sections.iter_mut().for_each(|(_, inner)| each_link_of_sidebar(inner, outward, texts_are_html));
        }
        SidebarConfig::Folders | SidebarConfig::Headings | SidebarConfig::Off => {}
    }
}

/// Keys of a link that have a use, and those that only dress it: pictures, names for what has a text.
const KEYS: &[&str] = &[
    "text",
    "title",
    "link",
    "path",
    "items",
    "children",
    "prefix",
    "base",
    "folder",
    "collapsed",
    "collapsible",
    "collapsable",
    "active_match",
    "activeMatch",
    "target",
    "rel",
    "pager_text",
    "pager_link",
    "docFooterText",
    "icon",
    "html",
    "no_icon",
    "noIcon",
    "noExternalLinkIcon",
    "ariaLabel",
    "exact",
    "expanded",
    "outline_depth",
    "sidebarDepth",
];

/// Tells the keys of a link that nobody reads.
fn unknown_keys(document: &Document, item: &Mapping, steps: &[Step], diagnostics: &mut Vec<Diagnostic>) {
    let programs = item.iter().filter(|(_, value)| is_program(value)).filter_map(|(key, _)| key.as_str());
    for key in programs.filter(|key| KEYS.contains(key) && !matches!(*key, "items" | "children")) {
        let mut steps = steps.to_vec();
        steps.push(Step::Key(key.to_owned()));
        diagnostics.push(
            Diagnostic::info(
                "setting-ignored",
                format!("the setting `{key}` of a link is a program, which is not run"),
            )
            .at(document.span(&steps))
            .help("write it as a text"),
        );
    }
    for key in item.keys().filter_map(Value::as_str).filter(|key| !KEYS.contains(key)) {
        let mut steps = steps.to_vec();
        steps.push(Step::Key(key.to_owned()));
        diagnostics.push(
            Diagnostic::info("setting-ignored", format!("the setting `{key}` of a link is not used"))
                .at(document.span(&steps))
                .help("the link is made without it"),
        );
    }
}

/// Where links are seen from.
#[derive(Clone, Copy, Debug)]
enum SeenFrom<'s> {
    /// As they are written.
    Here,
    /// VuePress's `prefix`: it is put before links that are relative.
    Prefix(&'s str),
    /// VitePress's `base`: it is put before every link into the site.
    Base(&'s str),
}

impl SeenFrom<'_> {
    /// The link as it is written here.
    fn to(self, link: &str) -> String {
        let elsewhere = link.starts_with("//") || link.contains("://") || link.starts_with("mailto:");
        match self {
            SeenFrom::Prefix(prefix) if !elsewhere && !link.starts_with('/') && !prefix.is_empty() => {
                format!("{}/{link}", prefix.trim_end_matches('/'))
            }
            // A base without a slash at its end is the beginning of a name: `/api/node-`.
            SeenFrom::Base(base) if !elsewhere => match base.strip_suffix('/') {
                Some(folder) => format!("{folder}/{}", link.strip_prefix('/').unwrap_or(link)),
                None => format!("{base}{link}"),
            },
            _ => link.to_owned(),
        }
    }
}

/// A text of a link. Years and versions are numbers for whoever writes no quotes.
fn words(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(text.as_str().into()),
        Value::Number(number) => Some(number.to_string().into()),
        _ => None,
    }
}

fn given_by_program(span: crate::base::Span) -> Diagnostic {
    Diagnostic::warning("setting-ignored", "the links that a program or a package gives here are not known")
        .at(span)
        .help("they are left out; a list of links is used as it is")
}

fn unreadable(span: crate::base::Span) -> Diagnostic {
    Diagnostic::warning("setting-type", "this is no link")
        .at(span)
        .help("write a path, `/start.md`, or `text:` and `link:`; it is left out")
}
