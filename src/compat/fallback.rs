//! Pages that a language lacks, shown there in the language that has them (`locales: fallback: true`).

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::Mapping;

use super::inputs::{Inputs, MadePage};
use crate::config::Config;

/// Adds the pages that stand in for missing translations. The languages are asked in the order of the settings.
pub(super) fn pages(inputs: &mut Inputs, config: &Config) {
    let locales = &config.site.locales;
    if !config.site.fallback || locales.len() < 2 {
        return;
    }
    let folders: Vec<&str> = locales.iter().map(|locale| locale.prefix.trim_start_matches('/')).collect();
    let folder_of = |relative: &str| {
        let below = folders.iter().copied().filter(|folder| relative.starts_with(folder));
        below.max_by_key(|folder| folder.len()).unwrap_or("")
    };
    let content = &config.project.content;
    // By language: what each of its pages is called in all of them, and where it lies.
    let mut known: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut pages = Vec::new();
    for page in &inputs.pages {
        let Some(relative) = page.below(content) else { continue };
        let folder = folder_of(relative);
        let rest = &relative[folder.len()..];
        known.entry(folder).or_default().insert(name(rest));
        pages.push((folder, rest, page));
    }
    let mut made = Vec::new();
    for folder in &folders {
        for original in &folders {
            for (_, rest, page) in pages.iter().filter(|(of, ..)| of == original && of != folder) {
                let is_error_page = name(rest) == "404";
                if is_error_page || !known.entry(folder).or_default().insert(name(rest)) {
                    continue;
                }
                made.extend(content.join(&format!("{folder}{rest}")).map(|path| MadePage {
                    path,
                    template: (*page).clone(),
                    stands_in: true,
                    params: Mapping::new(),
                    content: None,
                }));
            }
        }
    }
    inputs.made.extend(made);
    inputs.made.sort_by(|a, b| a.path.cmp(&b.path));
}

/// A page of a folder is the same page, whatever its file is called.
fn name(rest: &str) -> String {
    let stem = rest.rsplit_once('.').map_or(rest, |(stem, _)| stem);
    let (folder, last) = stem.rsplit_once('/').map_or(("", stem), |(folder, last)| (folder, last));
    match last.eq_ignore_ascii_case("readme") || last.eq_ignore_ascii_case("index") {
        true => format!("{folder}/"),
        false => stem.to_owned(),
    }
}
