//! `search-tests.yml`: what a site's search has to find, and where it does not.
//!
//! A list of `query`, `expect` (a page, and the id of a section behind `#`), `within` (3 without it) and `lang`.

use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use serde_yaml::Value;

use super::search::{Searched, folder, is_found, search};
use crate::artefact::{Body, Output};
use crate::base::{OutPath, SourcePath, Span};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::page::{self, Page};
use crate::search::{Hit, Reader, tokens};
use crate::site::{Site, SitePage};
use crate::vfs::Files;

/// What one search has to find.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    query: String,
    expect: String,
    #[serde(default = "three")]
    within: usize,
    /// The language to search in, if it is not that of the page.
    lang: Option<String>,
}

fn three() -> usize {
    3
}

/// The file, beside the settings, if it is one of the project's.
fn file(config: &Config, paths: &[SourcePath]) -> Option<SourcePath> {
    let settings = config.project.settings.as_ref().map_or("", |settings| settings.as_str());
    let folder = settings.rsplit_once('/').map_or("", |(folder, _)| folder);
    let named = |end: &str| SourcePath::root().join(&format!("{folder}/search-tests.{end}"));
    ["yml", "yaml"].into_iter().filter_map(named).find(|file| paths.binary_search(file).is_ok())
}

/// What the file asks for and the search does not find. `paths` are the files of the project.
pub fn search_findings(
    files: &dyn Files,
    paths: &[SourcePath],
    pages: &[Arc<Page>],
    (site, config): (&Site, &Config),
    searched: &Searched,
) -> Vec<Diagnostic> {
    let Some(file) = file(config, paths) else { return Vec::new() };
    let fault = |message: String, place: Range<usize>| {
        Diagnostic::error("search-tests-file", message)
            .at(Span::new(file.clone(), place))
            .help("write a list, each entry with `query` and `expect: guide/start.md#section`")
    };
    let text = match files.read(&file) {
        Ok(bytes) => page::decode(file.clone(), &bytes).text,
        Err(error) => return vec![fault(format!("the file cannot be read: {error}"), 0..0)],
    };
    let cases: Vec<Value> = match serde_yaml::from_str::<Option<Vec<Value>>>(&text) {
        Ok(cases) => cases.unwrap_or_default(),
        Err(error) => {
            let at = error.location().map_or(0, |place| place.index().min(text.len()));
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            return vec![fault(format!("the searches cannot be read: {message}"), at..at)];
        }
    };
    let output = search(pages, site, config, searched);
    let findings = cases.into_iter().zip(places(&text)).filter_map(|(case, place)| match read(case) {
        Ok(case) => Some(finding(&case, &output, site, config)?.at(Span::new(file.clone(), place))),
        Err(message) => Some(fault(message, place)),
    });
    findings.collect()
}

/// Reads an entry.
fn read(case: Value) -> Result<Case, String> {
    let Value::Mapping(keys) = &case else { return Err("an entry should be keys and values".to_owned()) };
    if let Some(within) = keys.get("within").filter(|within| within.as_u64().is_none()) {
        let written = serde_yaml::to_string(within).unwrap_or_default();
        return Err(format!("`within` should be a whole number, not `{}`", written.trim()));
    }
    for key in ["query", "expect", "lang"] {
        match keys.get(key) {
            Some(Value::String(text)) if key == "query" && tokens(text).is_empty() => {
                return Err("`query` has no word to look for".to_owned());
            }
            // As it was typed, which a number or a date would not be.
            Some(value) if !value.is_string() => {
                return Err(format!("`{key}` should be a text: write it between quotes"));
            }
            _ => {}
        }
    }
    serde_yaml::from_value(case).map_err(|error| format!("the entry cannot be read: {error}"))
}

/// Where the entries of a list stand: the first line of each.
fn places(text: &str) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> = Vec::new();
    let (mut at, mut indent) = (0, None);
    for line in text.split_inclusive('\n') {
        let start = line.len() - line.trim_start_matches(' ').len();
        let trimmed = line.trim();
        if (trimmed.starts_with("- ") || trimmed == "-") && indent.is_none_or(|indent| indent == start) {
            indent = Some(start);
            places.push(at + start..at + line.trim_end().len());
        }
        at += line.len();
    }
    // What is written on one line between brackets has its place at the beginning.
    places.resize(places.len().max(text.len().min(1000)), 0..0);
    places
}

/// The page that is meant by one that there is not: with a slip or two, by its address, without its folder or with one too many.
fn near<'s>(page: &str, site: &'s Site) -> Option<&'s str> {
    let name = |path: &str| path.trim_end_matches(".md").trim_end_matches(".html").to_owned();
    let page = name(page);
    let known = || site.pages.iter().map(|known| &*known.head.relative);
    let slips = |known: &&str| strsim::osa_distance(&name(known), &page);
    let near = known().min_by_key(slips).filter(|known| slips(known) <= page.chars().count() / 5);
    let ends = |long: &str, short: &str| long.strip_suffix(short).is_some_and(|before| before.ends_with('/'));
    near.or_else(|| known().find(|known| ends(&page, &name(known)) || ends(&name(known), &page)))
}

fn finding(case: &Case, output: &Output, site: &Site, config: &Config) -> Option<Diagnostic> {
    let (page, id) = case.expect.split_once('#').unwrap_or((&case.expect, ""));
    let page = page.trim_start_matches('/');
    let known: Option<&SitePage> = site.pages.iter().find(|known| &*known.head.relative == page);
    let error = |message: String| Diagnostic::error("search-test", message);
    let Some(wanted) = known else {
        let help = match near(page, site) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name its file as it lies below the folder of the pages".to_owned(),
        };
        return Some(error(format!("there is no page `{page}`, which `{}` is to find", case.query)).help(help));
    };
    if !id.is_empty() && !wanted.head.headings.iter().any(|heading| &*heading.id == id) {
        let ids: Vec<&str> = wanted.head.headings.iter().map(|heading| &*heading.id).collect();
        let near = ids.iter().max_by(|a, b| strsim::jaro(a, id).total_cmp(&strsim::jaro(b, id)));
        let message = format!("`{page}` has no section `{id}`, which `{}` is to find", case.query);
        return Some(error(message).help(near.map_or_else(String::new, |near| format!("did you mean `#{near}`?"))));
    }
    if case.within == 0 {
        return Some(error(format!("`{}` cannot find anything `within: 0`", case.query)).help("write 1 or more"));
    }
    let locale = match &case.lang {
        Some(lang) => match config.site.locale_named(lang) {
            Some(locale) => locale,
            None => {
                let known: Vec<&str> = site.locales.iter().map(|locale| &*locale.lang).collect();
                let help = format!("it has {}", known.join(", "));
                return Some(error(format!("the site has no language `{lang}`")).help(help));
            }
        },
        None => wanted.locale,
    };
    if !config.theme.frame(locale).search {
        return Some(error("the settings say `search: false`, so nothing is found".to_owned()));
    }
    if !is_found(wanted) {
        let message = format!("`{page}` says `search: false`, and `{}` is to find it", case.query);
        return Some(error(message).help("take that out of the page, or the entry out of here"));
    }
    let folder = folder(&site.locales[locale]);
    let load = |name: &str| match &output.get(&OutPath::new(&format!("{folder}{name}"))?)?.body {
        Body::Bytes(bytes) => String::from_utf8(bytes.to_vec()).ok(),
        Body::Copy(_) => None,
    };
    let found = Reader::open(&load).and_then(|reader| reader.search(&case.query, case.within.max(5)));
    let hits = match found {
        Ok(found) => found.hits,
        Err(wrong) => return Some(error(wrong.to_string())),
    };
    let address = &wanted.route.url.encoded()[1..];
    // The first heading of a page is the page itself.
    let first = |hit: &Hit| hit.id.is_empty() && wanted.head.headings.first().is_some_and(|heading| &*heading.id == id);
    let right = |hit: &Hit| hit.url == address && (id.is_empty() || hit.id == id || first(hit));
    if hits.iter().take(case.within).any(right) {
        return None;
    }
    let shown: Vec<String> = (1..)
        .zip(hits.iter().take(case.within.max(3)))
        .map(|(number, hit)| {
            let id = if hit.id.is_empty() { String::new() } else { format!("#{}", hit.id) };
            format!("{number}. {}{id}", if hit.url.is_empty() { "/" } else { &hit.url })
        })
        .collect();
    let within = match case.within {
        1 => "first".to_owned(),
        within => format!("among the first {within}"),
    };
    let message = format!("`{}` does not find `{}` {within}", case.query, case.expect);
    let help = match shown.is_empty() {
        true => "it finds nothing; use its words in the section, or in its heading".to_owned(),
        false => format!("it finds {}; use its words in the heading of the section", shown.join(", ")),
    };
    Some(error(message).help(help))
}
