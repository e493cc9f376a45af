//! `search-tests.yml`: what a site's search has to find, and where it does not.
//!
//! A list of `query`, `expect` (a page, and the id of a section behind `#`), `within` (3 without it) and `lang`.

mod entries;

use std::sync::Arc;

use super::search::{Searched, folder, is_found, search};
use crate::artefact::{Body, Output};
use crate::base::{OutPath, SourcePath, Span};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::page::{self, Page};
use crate::search::{Hit, Reader};
use crate::site::{LeftOut, Site, SitePage};
use crate::vfs::Files;

use entries::{Case, Entry, LIST, entries};

/// What became of the searches that have to find something.
#[derive(Debug, Default)]
pub struct Searches {
    /// How many there are.
    pub run: usize,
    /// How many find what they should.
    pub right: usize,
    /// What the others do not find, and what is wrong with the file.
    pub findings: Vec<Diagnostic>,
}

/// The pages of a site, in its order, and those that it leaves out.
type Pages<'p> = (&'p [Arc<Page>], &'p [(SourcePath, LeftOut)]);

/// Runs the searches of the file, if there is one. `paths` are the files of the project.
pub fn searches(
    files: &dyn Files,
    paths: &[SourcePath],
    pages: Pages<'_>,
    (site, config): (&Site, &Config),
    searched: &Searched,
) -> Searches {
    let (file, findings) = file(config, paths);
    let mut searches = Searches { findings, ..Searches::default() };
    let Some(file) = file else { return searches };
    let told = |diagnostic: Diagnostic, place| diagnostic.at(Span::new(file.clone(), place));
    let fault = |message: String| Diagnostic::error("search-tests-file", message);
    let source = match files.read(&file) {
        Ok(bytes) => page::decode(file.clone(), &bytes),
        Err(error) => {
            let help = "check the permissions of the file";
            searches.findings.push(told(fault(format!("the file cannot be read: {error}")).help(help), 0..0));
            return searches;
        }
    };
    searches.findings.extend(source.diagnostics.iter().cloned());
    let entries = match entries(&source.text) {
        Ok(entries) => entries,
        Err(wrong) => {
            searches.findings.push(told(fault(wrong.message).help(wrong.help), wrong.place));
            return searches;
        }
    };
    if entries.is_empty() {
        let empty = Diagnostic::warning("search-tests-file", "no search is written here");
        searches.findings.push(told(empty.help(LIST), 0..0));
        return searches;
    }
    searches.run = entries.len();
    let output = search(pages.0, site, config, searched);
    for Entry { place, case } in entries {
        match case.map(|case| finding(&case, pages, &output, (site, config))) {
            Ok(None) => searches.right += 1,
            Ok(Some((key, finding))) => searches.findings.push(told(finding, place.value(key))),
            Err(wrong) => searches.findings.push(told(fault(wrong.message).help(wrong.help), wrong.place)),
        }
    }
    searches
}

/// The file that is read, and what is said of others of its name.
fn file(config: &Config, paths: &[SourcePath]) -> (Option<SourcePath>, Vec<Diagnostic>) {
    let known = config.search_tests();
    let is_there = |path: &&SourcePath| paths.binary_search(path).is_ok();
    let mut right = known.read.iter().filter(is_there);
    let read = right.next();
    let unread = right.chain(known.stray.iter().filter(is_there)).map(|path| {
        let (message, help) = match read {
            Some(read) => (
                format!("these searches are not run, only those of `{read}`"),
                format!("write them into `{read}`, and delete this file"),
            ),
            None => (
                "these searches are not run: the file should lie beside the settings".to_owned(),
                format!("move it to `{}`", known.read.first().unwrap_or(path)),
            ),
        };
        Diagnostic::warning("search-tests-unread", message).at(Span::new(path.clone(), 0..0)).help(help)
    });
    (read.cloned(), unread.collect())
}

/// What is wrong with a search, and the key that it is about.
fn finding(
    case: &Case,
    (pages, left_out): Pages<'_>,
    output: &Output,
    (site, config): (&Site, &Config),
) -> Option<(&'static str, Diagnostic)> {
    let (path, id) = case.expect.split_once('#').unwrap_or((&case.expect, ""));
    let path = path.trim_start_matches('/');
    let error = |message: String| Diagnostic::error("search-test", message);
    let of_page = |message: String, help: String| Some(("expect", error(message).help(help)));
    let Some(index) = site.pages.iter().position(|known| &*known.head.relative == path) else {
        let left_out = left_out.iter().find(|(left_out, _)| left_out.below(&config.project.content) == Some(path));
        if let Some((_, reason)) = left_out {
            let message = format!("`{path}` is not in the site, and `{}` is to find it", case.query);
            return of_page(message, reason.help().to_owned());
        }
        let help = match site.nearest(path) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name its file as it lies below the folder of the pages".to_owned(),
        };
        return of_page(format!("there is no page `{path}`, which `{}` is to find", case.query), help);
    };
    let wanted: &SitePage = &site.pages[index];
    let heading = wanted.head.headings.iter().zip(0..).find(|(heading, _)| &*heading.id == id);
    if !id.is_empty() && heading.is_none() {
        let help = match wanted.nearest(id) {
            Some(near) => format!("did you mean `#{near}`?"),
            None => "write the id of one of its headings, or the page alone".to_owned(),
        };
        return of_page(format!("`{path}` has no section `{id}`, which `{}` is to find", case.query), help);
    }
    if case.within == 0 {
        let message = format!("`{}` cannot find anything `within: 0`", case.query);
        return Some(("within", error(message).help("write 1 or more")));
    }
    let locale = match &case.lang {
        Some(lang) => match config.site.locale_named(lang) {
            Some(locale) => locale,
            None => {
                let known: Vec<&str> = site.locales.iter().map(|locale| &*locale.lang).collect();
                let help = format!("it has {}", known.join(", "));
                return Some(("lang", error(format!("the site has no language `{lang}`")).help(help)));
            }
        },
        None => wanted.locale,
    };
    if !config.theme.frame(locale).search {
        return Some(("query", error("the settings say `search: false`, so nothing is found".to_owned())));
    }
    if !is_found(wanted) {
        let message = format!("`{path}` says `search: false`, and `{}` is to find it", case.query);
        return of_page(message, "take that out of the page, or the entry out of here".to_owned());
    }
    let is_left_out = |number: u32| !pages[index].sections.iter().any(|section| section.heading == Some(number));
    if heading.is_some_and(|(_, number)| is_left_out(number)) {
        let message =
            format!("`{}` stands behind `<!-- search:off -->`, and `{}` is to find it", case.expect, case.query);
        return of_page(message, "take that out of the page, or the entry out of here".to_owned());
    }
    let folder = folder(&site.locales[locale]);
    let load = |name: &str| match &output.get(&OutPath::new(&format!("{folder}{name}"))?)?.body {
        Body::Bytes(bytes) => String::from_utf8(bytes.to_vec()).ok(),
        Body::Copy(_) => None,
    };
    let found = Reader::open(&load).and_then(|reader| reader.search(&case.query, case.within.max(5)));
    let hits = match found {
        Ok(found) => found.hits,
        Err(wrong) => return Some(("query", error(wrong.to_string()))),
    };
    let address = &wanted.route.url.encoded()[1..];
    // The first heading of a page is the page itself.
    let first = |hit: &Hit| hit.id.is_empty() && wanted.head.headings.first().is_some_and(|heading| &*heading.id == id);
    let right = |hit: &Hit| hit.url == address && (id.is_empty() || hit.id == id || first(hit));
    match hits.iter().take(case.within).any(right) {
        true => None,
        false => Some(("query", missed(case, &hits))),
    }
}

/// That a search finds something else.
fn missed(case: &Case, hits: &[Hit]) -> Diagnostic {
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
    let help = match shown.is_empty() {
        true => "it finds nothing; use its words in the section, or in its heading".to_owned(),
        false => format!("it finds {}; use its words in the heading of the section", shown.join(", ")),
    };
    Diagnostic::error("search-test", format!("`{}` does not find `{}` {within}", case.query, case.expect)).help(help)
}
