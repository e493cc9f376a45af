//! `search/`: an index for each language, which the browser and `pressoir search` read.
//!
//! What a page gives to it depends on that page alone, and is kept as long as the page stands; what a home page shows may be the site's
//! title and description, too.

use std::sync::Arc;

use rayon::prelude::*;
use serde_yaml::Value;

use crate::artefact::{Artefact, Body, Output};
use crate::base::{Hash, OutPath, SourcePath};
use crate::config::Config;
use crate::memo::{Kept, Slots};
use crate::page::{self, Page};
use crate::search::{self, Changes, Document, Index, Indexed, Language, Section};
use crate::site::made::{NOT_FOUND, SEARCH};
use crate::site::{Home, Locale, Site, SitePage};

/// What pages give to the search, and the indexes that were made of it last, which follow them.
#[derive(Default)]
pub struct Searched {
    pages: Slots<SourcePath, Arc<Indexed>>,
    made: Kept<Made>,
}

/// Indexes and their files.
#[derive(Default)]
struct Made {
    /// The tag of the language of each, its folder, and the index.
    indexes: Vec<(String, String, Index)>,
    output: Arc<Output>,
}

/// The files of the indexes of a site whose pages are `pages`, in the order of the site.
pub fn search(pages: &[Arc<Page>], site: &Site, config: &Config, searched: &Searched) -> Arc<Output> {
    searched.pages.retain(|path| site.by_path.contains_key(path));
    let languages: Vec<Language> = site.locales.iter().map(|locale| Language::of(&locale.lang)).collect();
    let given: Vec<(usize, Arc<Indexed>)> = pages
        .par_iter()
        .zip(&site.pages)
        .filter(|(_, of)| config.theme.frame(of.locale).search && is_found(of))
        .map(|(page, of)| {
            let (locale, home) = (site.locale(of), home_text(of, site.locale(of)));
            let key = Hash::of(&(page.hash, of.route.url.as_str(), &of.title, of.locale, &locale.lang, &home));
            let made = searched.pages.get(&page.head.path, key, || {
                let document = document(page, of, &home);
                let terms = search::terms(&document, &languages[of.locale]);
                Arc::new(Indexed { document, terms })
            });
            (of.locale, made)
        })
        .collect();
    let mut made = searched.made.take().unwrap_or_default();
    let wanted: Vec<(usize, &Locale)> =
        site.locales.iter().enumerate().filter(|(index, _)| config.theme.frame(*index).search).collect();
    let known = made.indexes.iter().map(|(lang, folder, _)| (lang.clone(), folder.clone()));
    if !known.eq(wanted.iter().map(|(_, locale)| (locale.lang.to_string(), folder(locale)))) {
        made = Made::default();
    }
    for (number, (index, locale)) in wanted.into_iter().enumerate() {
        let own = given.iter().filter(|(of, _)| *of == index).map(|(_, page)| page.clone()).collect();
        let changes = match made.indexes.get_mut(number) {
            Some((_, _, known)) => known.follow(own),
            None => {
                let new = Index::new(own, languages[index].clone());
                let came = new.files();
                made.indexes.push((locale.lang.to_string(), folder(locale), new));
                Changes { came, ..Changes::default() }
            }
        };
        made.apply(number, changes);
    }
    let output = made.output.clone();
    searched.made.put(made);
    output
}

impl Made {
    fn apply(&mut self, number: usize, changes: Changes) {
        if changes == Changes::default() {
            return;
        }
        let folder = &self.indexes[number].1;
        let out = |path: &str| OutPath::new(&format!("{folder}{path}")).expect("a prefix is a path, and so is a hash");
        let output = Arc::make_mut(&mut self.output);
        for path in changes.went {
            output.remove(&out(&path));
        }
        for (path, file) in changes.came {
            output.insert(out(&path), Artefact { body: Body::Bytes(file.contents.clone()), hash: file.hash });
        }
    }
}

/// The folder of a language's index: `search/`, `search/fr/`.
pub(super) fn folder(locale: &Locale) -> String {
    format!("{SEARCH}{}", locale.prefix.as_str().trim_start_matches('/'))
}

/// Whether a page is to be found: it is not the one for what is not found, and does not say `search: false`.
pub(super) fn is_found(page: &SitePage) -> bool {
    let says = page.head.front_matter.values.get("search").and_then(Value::as_bool);
    page.route.out.as_str() != NOT_FOUND && says != Some(false)
}

/// How much a page counts, in hundredths: `search: {boost: 2}`.
fn boost(page: &SitePage) -> u32 {
    let boost = page.head.front_matter.values.get("search").and_then(|search| search.get("boost"));
    (boost.and_then(Value::as_f64).unwrap_or(1.0).clamp(0.01, 10.0) * 100.0).round() as u32
}

/// A page as search sees it. What has no heading of its own belongs to the page; what lies below a heading without an id is
/// found at the last one that has one. What follows a heading that is not to be found is called after those above it. What a
/// home page shows above its text, `home`, is the beginning of it.
fn document(page: &Page, of: &SitePage, home: &str) -> Document {
    let title = of.title.to_string();
    let mut document = Document {
        url: of.route.url.encoded()[1..].to_owned(),
        title: title.clone(),
        boost: boost(of),
        sections: Vec::new(),
    };
    let (mut above, mut met): (Vec<(u8, String)>, usize) = Default::default();
    for section in &page.sections {
        let (text, code) = (section.text.to_string(), section.code.to_string());
        let Some(index) = section.heading.map(|index| index as usize) else {
            document.sections.push(beginning(&title, text, code));
            continue;
        };
        // One that has no section ends those above it, too.
        for passed in &page.head.headings[met..=index] {
            above.retain(|(level, _)| *level < passed.level);
        }
        met = index + 1;
        let heading = &page.head.headings[index];
        // A page is known by its title, which is most often its first heading.
        let first = heading.level == 1 && document.sections.is_empty();
        if first && section.unnamed {
            document.sections.push(beginning(&title, text, code));
            continue;
        }
        let trail = match first {
            true => Vec::new(),
            false => {
                let below = above.iter().filter(|(level, _)| *level > 1).map(|(_, text)| text.clone());
                std::iter::once(title.clone()).chain(below).collect()
            }
        };
        let id = if first { String::new() } else { heading.id.to_string() };
        let level = if first { 1 } else { heading.level.max(2) };
        if section.unnamed {
            document.sections.push(Section { id, level, trail, text, code, ..Section::default() });
            continue;
        }
        above.push((heading.level, heading.text.to_string()));
        let (mut name, mut names) = (heading.text.to_string(), Vec::new());
        if first && name != title {
            names.push(std::mem::replace(&mut name, title.clone()));
        }
        document.sections.push(Section { id, level, heading: name, names, trail, text, code, ..Section::default() });
    }
    // A page that says nothing is found by its title.
    if document.sections.first().is_none_or(|first| first.level > 1) {
        document.sections.insert(0, beginning(&title, String::new(), String::new()));
    }
    if let Some(first) = document.sections.first_mut() {
        let values = &of.head.front_matter.values;
        first.said = ["description", "keywords", "tags"].into_iter().flat_map(|key| texts(values.get(key))).collect();
        first.names.extend(texts(values.get("search").and_then(|search| search.get("words"))));
        if !home.is_empty() {
            first.text.insert_str(0, &format!("{home}\n"));
        }
    }
    document
}

/// What a home page shows above its text, a line each; empty for other pages.
fn home_text(page: &SitePage, locale: &Locale) -> String {
    if !page.home {
        return String::new();
    }
    let home = Home::new(&page.head.front_matter.values, locale, &str::to_owned);
    let lines: Vec<String> = home.texts().map(page::shown_text).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// The texts that front matter has under a key: one, or a list.
fn texts(value: Option<&Value>) -> Vec<String> {
    let list = match value {
        Some(Value::Sequence(list)) => list.as_slice(),
        one => one.map(std::slice::from_ref).unwrap_or_default(),
    };
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    list.iter().filter_map(text).collect()
}

fn beginning(title: &str, text: String, code: String) -> Section {
    Section { level: 1, heading: title.to_owned(), text, code, ..Section::default() }
}

#[cfg(test)]
mod tests;
