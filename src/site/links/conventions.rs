//! The addresses that each renderer's conventions make of links.

use std::borrow::Cow;

use crate::config::{Conventions, SiteConfig};
use crate::page::slug::slugify;

use super::super::address::{self, Address};
use super::super::targets::{is_index_name, split_name, stem};

/// Whether a path names something that is no page: it has an extension, and no page's.
pub(super) fn names_a_file(path: &str) -> bool {
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
pub(super) fn with_underscore(id: &str) -> Option<String> {
    id.starts_with(|c: char| c.is_ascii_digit()).then(|| format!("_{id}"))
}

/// The id of a heading that a link names by its text.
pub(super) fn slug(config: &SiteConfig, text: &str) -> String {
    config.slugs.as_ref().map_or_else(|| slugify(config.conventions, text), |rule| rule.slug(text))
}

/// Path and fragment of a Markdown link as the conventions write them, encoded as they were.
pub(super) fn converted<'a>(address: &Address<'a>, config: &SiteConfig) -> (Cow<'a, str>, Cow<'a, str>) {
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
            let fragment = match fragment.strip_prefix('#') {
                Some("") => Cow::Borrowed(""),
                Some(id) if config.conventions == Conventions::VitePress2 => {
                    format!("#{}", slug(config, &address::decoded(id))).into()
                }
                _ => Cow::Borrowed(fragment),
            };
            (path, fragment)
        }
    }
}
