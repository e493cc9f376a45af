//! The pages of folders that nobody has written: each lists what is in its folder. They are sources like any other.

use std::collections::BTreeSet;
use std::sync::Arc;

use regex::RegexSet;

use crate::base::{Hash, SourcePath, as_title};
use crate::config::{Config, Layout};

use super::types::Source;

/// Words that stay small within a title.
const SMALL: [&str; 14] =
    ["and", "or", "in", "on", "with", "by", "for", "at", "about", "under", "of", "to", "the", "into"];

/// The pages that the settings ask for, of folders with any of these pages in them.
pub fn folder_pages<'p>(pages: impl Iterator<Item = &'p SourcePath>, config: &Config) -> Vec<Source> {
    let Some(settings) = &config.site.folder_pages else { return Vec::new() };
    let (mut folders, mut own) = (BTreeSet::new(), BTreeSet::new());
    for relative in pages.filter_map(|page| page.below(&config.project.content)) {
        let (mut folder, name) = relative.rsplit_once('/').unwrap_or(("", relative));
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        if stem.eq_ignore_ascii_case("readme") || stem.eq_ignore_ascii_case("index") {
            own.insert(folder);
        }
        while !folder.is_empty() && folders.insert(folder) {
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }
    let excluded = RegexSet::new(&settings.exclude).unwrap_or_else(|_| RegexSet::empty());
    let of_language = |folder: &str| config.site.locales.iter().any(|locale| locale.prefix.trim_matches('/') == folder);
    let wanted = folders.difference(&own).filter(|folder| {
        !of_language(folder)
            && !excluded.is_match(&format!("/{folder}/"))
            && !folder.split('/').any(|name| name.starts_with('.'))
    });
    let level = if settings.levels < 3 { format!(" :level=\"{}\"", settings.levels) } else { String::new() };
    let options = format!("{level}{}", if settings.numbered { " index" } else { "" });
    let made = wanted.filter_map(|folder| {
        let path = config.project.content.join(&format!("{folder}/index.md"))?;
        let name = folder.rsplit('/').next().unwrap_or(folder);
        let (title, list) = match config.site.layout {
            Layout::VuePress1 | Layout::VuePress2 => (capitalised(name), format!("<Catalog{options} />")),
            // What a folder is called in the sidebar, it is called here.
            _ => (as_title(name), format!("# {}\n\n<Catalog{options} hideHeading />", as_text(&as_title(name)))),
        };
        let title = serde_json::Value::from(title);
        let text = format!("---\ntitle: {title}\neditLink: false\nsitemap: false\n---\n\n{list}\n");
        let hash = Hash::of_bytes(text.as_bytes());
        Some(Source { path, text: Arc::from(text), hash, diagnostics: Vec::new(), made: None })
    });
    made.collect()
}

/// What has no meaning in Markdown but what it says.
fn as_text(text: &str) -> String {
    let mut typed = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii_punctuation() {
            typed.push('\\');
        }
        typed.push(letter);
    }
    typed
}

/// The name of a folder as a title, as VuePress's plugin writes it: `How to Use Git` of `how-to-use-git`.
fn capitalised(name: &str) -> String {
    let mut spaced = String::with_capacity(name.len() + 4);
    let mut after_capital = false;
    for letter in name.chars() {
        match letter {
            '-' | '_' => spaced.push(' '),
            'A'..='Z' if !after_capital => spaced.extend([' ', letter.to_ascii_lowercase()]),
            _ => spaced.push(letter),
        }
        after_capital = letter.is_ascii_uppercase();
    }
    let words = spaced.split(' ').filter(|word| !word.is_empty()).enumerate().map(|(index, word)| {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if index == 0 || !SMALL.contains(&word) => first.to_uppercase().chain(letters).collect(),
            _ => word.to_owned(),
        }
    });
    words.collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{FolderPages, LocaleConfig, native};

    #[test]
    fn titles() {
        for (name, want) in [
            ("how-to-use_git", "How to Use Git"),
            ("the-basics", "The Basics"),
            ("J2EE", "J2 EE"),
            ("JVM", "JVM"),
            ("newFeatures", "New Features"),
            ("框架", "框架"),
        ] {
            assert_eq!(capitalised(name), want);
        }
    }

    #[test]
    fn folders_without_a_page() {
        let mut config = native::defaults(Layout::VuePress2, "en-US");
        let site = Arc::make_mut(&mut config.site);
        let french = LocaleConfig { prefix: "/fr/".to_owned(), ..site.locales[0].clone() };
        site.locales.push(french);
        site.folder_pages = Some(FolderPages { exclude: vec!["^/api/".to_owned()], ..FolderPages::default() });
        let paths = ["a.md", "b/c/d.md", "e/README.md", "e/f.md", "fr/g.md", "api/h/i.md", "j/Index.md"];
        let paths: Vec<SourcePath> = paths.iter().filter_map(|path| SourcePath::new(path)).collect();
        let made = folder_pages(paths.iter(), &config);
        let made: Vec<(&str, &str)> = made.iter().map(|page| (page.path.as_str(), &*page.text)).collect();
        let text =
            |title: &str| format!("---\ntitle: \"{title}\"\neditLink: false\nsitemap: false\n---\n\n<Catalog />\n");
        assert_eq!(made, [("b/index.md", &*text("B")), ("b/c/index.md", &*text("C"))]);
        Arc::make_mut(&mut config.site).layout = Layout::Native;
        let paths = [SourcePath::new("content/a_<b>/c.md").expect("a path")];
        let made = folder_pages(paths.iter(), &config);
        assert_eq!(made[1].text.lines().nth(6), Some("# A \\<b\\>"));
        Arc::make_mut(&mut config.site).folder_pages = None;
        assert!(folder_pages(paths.iter(), &config).is_empty());
    }
}
