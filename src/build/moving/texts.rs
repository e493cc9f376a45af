//! Paths that are no links of a text: includes and code from files, what front matter and settings name.

use std::collections::{BTreeMap, BTreeSet};

use super::Engine;
use super::changes::Changes;
use super::formers::own_addresses;
use super::mapping::Mapping;
use super::seen::Seen;
use super::settings::{BY_FOLDER, key_afterwards};
use crate::base::{SourcePath, Span, UrlPath};
use crate::config::scalars::{Scalar, scalars};
use crate::config::{Format, edits};
use crate::page::frontmatter;
use crate::page::{LinkKind, Shown, decode};
use crate::site::{Aimed, spellings};

/// Keys whose values lead somewhere.
const LEADING: [&str; 13] = [
    "link",
    "path",
    "prev",
    "next",
    "logo",
    "folder",
    "expect",
    "src",
    "href",
    "icon",
    "image",
    "actionLink",
    "heroImage",
];
/// Keys of lists whose entries lead somewhere.
const LISTS: [&str; 6] = ["nav", "navbar", "sidebar", "items", "children", "expect"];

/// Changes all of them that a move concerns.
pub(super) fn change(
    seen: &Seen<'_>,
    now: &Seen<'_>,
    mapping: &Mapping,
    before: &Engine,
    changes: &mut Changes,
    notes: &mut Vec<String>,
) {
    includes(seen, mapping, before, changes, notes);
    let names = Names::new(seen, now, mapping);
    for page in
        seen.pages.iter().filter(|page| page.head.template.is_none() && !page.head.front_matter.values.is_empty())
    {
        let Some(text) = before.text(&page.head.path) else { continue };
        let split = frontmatter::split(&text);
        if split.format != Some(frontmatter::Format::Yaml) {
            continue;
        }
        let links: BTreeSet<(usize, usize)> = page
            .link_spans
            .iter()
            .chain(&page.alias_spans)
            .filter(|span| span.file == page.head.path)
            .map(|span| (span.start as usize, span.end as usize))
            .collect();
        for scalar in scalars(&text[split.data.clone()]) {
            let range = scalar.range.start + split.data.start..scalar.range.end + split.data.start;
            if leads(&scalar) && !scalar.is_key && !links.contains(&(range.start, range.end)) {
                names.change(&page.head.path, &text, range, changes);
            }
        }
        own_addresses(page, seen, mapping, &text, changes);
    }
    let project = &seen.config.project;
    let in_yaml = |file: &&SourcePath| Format::of(file) == Some(Format::Yaml);
    let searches = seen.config.search_tests();
    let others = searches
        .read
        .into_iter()
        .chain(searches.stray)
        .filter(|file| seen.files.binary_search(file).is_ok() && !mapping.moves(file));
    let files: BTreeSet<SourcePath> = project.settings.iter().filter(in_yaml).cloned().chain(others).collect();
    for file in files {
        let Ok(bytes) = before.files().read(&file) else { continue };
        let text = decode(file.clone(), &bytes).text.clone();
        for scalar in scalars(&text).into_iter().filter(leads) {
            names.change_in_settings(&file, &text, &scalar, changes);
        }
    }
}

/// Whether it names a page, a file or a folder.
fn leads(scalar: &Scalar) -> bool {
    let last = scalar.keys.last().map(String::as_str).unwrap_or_default();
    if scalar.is_key {
        return BY_FOLDER.contains(&last);
    }
    let in_list = LISTS.contains(&last) || last.starts_with('/') && scalar.keys.iter().any(|key| key == "sidebar");
    let is_rule = scalar.keys.len() >= 2 && scalar.keys[scalar.keys.len() - 2] == "redirects";
    LEADING.contains(&last) || in_list || is_rule
}

/// Paths in includes and in lines that show code.
fn includes(seen: &Seen<'_>, mapping: &Mapping, before: &Engine, changes: &mut Changes, notes: &mut Vec<String>) {
    let content = &seen.config.project.content;
    let mut known: BTreeMap<Span, Option<String>> = BTreeMap::new();
    for page in seen.pages.iter().filter(|page| !page.head.stands_in) {
        for Shown { span, file: target, .. } in &page.shown {
            let (file, now) = (mapping.of(&span.file), mapping.of(target));
            let own = mapping.of(&page.head.path);
            if file == span.file && now == *target && own == page.head.path {
                continue;
            }
            let Some(written) = text_of(before, &span.file).and_then(|text| Some(text.get(span.range())?.to_owned()))
            else {
                continue;
            };
            let Some(spelled) = shown(&written, (&span.file, &file), (&page.head.path, &own), (target, &now), content)
            else {
                let message = format!("`{written}` in `{file}` shows `{now}`: see whether it still does");
                if !notes.contains(&message) {
                    notes.push(message);
                }
                continue;
            };
            let same = known.entry(span.clone()).or_insert_with(|| Some(spelled.clone()));
            if same.as_ref() != Some(&spelled) {
                notes.push(format!(
                    "`{written}` in `{file}` is seen from several pages: see whether it still leads to `{now}`"
                ));
                *same = None;
            }
        }
    }
    for (span, spelled) in known {
        let Some(text) = text_of(before, &span.file) else { continue };
        if let (Some(spelled), Some(typed)) = (spelled, text.get(span.range()))
            && spelled != typed
        {
            changes.add(&span.file, span.range(), typed, spelled);
        }
    }
}

fn text_of(engine: &Engine, path: &SourcePath) -> Option<std::sync::Arc<str>> {
    engine.text(path).or_else(|| Some(decode(path.clone(), &engine.files().read(path).ok()?).text.clone()))
}

/// A path of an include, each of the paths before and after the move; `None` if it is not known what it is seen from.
fn shown(
    written: &str,
    file: (&SourcePath, &SourcePath),
    page: (&SourcePath, &SourcePath),
    target: (&SourcePath, &SourcePath),
    content: &SourcePath,
) -> Option<String> {
    let is_top = written.starts_with(['/', '@', '~']);
    for (was, is) in [file, page].into_iter().filter(|_| !is_top) {
        if was.folder().join(written).as_ref() == Some(target.0) {
            if is.folder().join(written).as_ref() == Some(target.1) {
                return Some(written.to_owned());
            }
            let dots = if written.starts_with("./") { "./" } else { "" };
            return Some(relative(is, target.1, dots));
        }
    }
    // `@/parts/x.md`, `/parts/x.md`: it ends with the path from the folder of the pages, or of the project.
    for top in [content, &SourcePath::root()] {
        if let (Some(was), Some(is)) = (target.0.below(top), target.1.below(top))
            && let Some(start) = written.strip_suffix(was)
            && is_top
        {
            return Some(format!("{start}{is}"));
        }
    }
    None
}

/// The path of a file seen from another one.
fn relative(from: &SourcePath, to: &SourcePath, dots: &str) -> String {
    let (from, folder) = (from.folder(), to.folder());
    let from: Vec<&str> = from.as_str().split('/').filter(|name| !name.is_empty()).collect();
    let folder: Vec<&str> = folder.as_str().split('/').filter(|name| !name.is_empty()).collect();
    let shared = from.iter().zip(&folder).take_while(|(a, b)| a == b).count();
    let down: String = folder[shared..].iter().flat_map(|name| [*name, "/"]).collect();
    let up = "../".repeat(from.len() - shared);
    format!("{}{up}{down}{}", if up.is_empty() { dots } else { "" }, to.name())
}

/// Writes a value of YAML, in the quotes that stand there.
fn write(file: &SourcePath, text: &str, range: std::ops::Range<usize>, value: String, changes: &mut Changes) {
    let value = match text[..range.start].chars().next_back() {
        Some('"') => {
            let quoted = serde_json::to_string(&value).unwrap_or_default();
            quoted.trim_matches('"').to_owned()
        }
        Some('\'') => value.replace('\'', "''"),
        _ => edits::scalar(&value),
    };
    changes.add(file, range.clone(), &text[range], value);
}

/// Pages, files and folders by the names that front matter and settings have for them.
struct Names<'s> {
    seen: &'s Seen<'s>,
    /// As it would be.
    now: &'s Seen<'s>,
    mapping: &'s Mapping,
    /// By path and by address from the root of the site, with and without ending.
    names: BTreeMap<String, &'s SourcePath>,
}

impl<'s> Names<'s> {
    fn new(seen: &'s Seen<'s>, now: &'s Seen<'s>, mapping: &'s Mapping) -> Names<'s> {
        let mut names = BTreeMap::new();
        for (page, entry) in seen.pages.iter().zip(&seen.site.pages) {
            let path = &page.head.path;
            let url = &entry.route.url.as_str()[1..];
            let file = path.below(&seen.config.project.content).unwrap_or_default();
            for name in [&*page.head.relative, file, url] {
                for ending in ["", ".md", ".html", "README.md", "readme.md", "index.md", "index.html"] {
                    if let Some(stem) = name.strip_suffix(ending) {
                        names.entry(stem.to_owned()).or_insert(path);
                    }
                }
            }
        }
        for (out, source) in &seen.site.files {
            names.entry(out.as_str().to_owned()).or_insert(source);
        }
        Names { seen, now, mapping, names }
    }

    /// What a value of the front matter of a page is after the move, if it has to change.
    fn change(&self, page: &SourcePath, text: &str, range: std::ops::Range<usize>, changes: &mut Changes) {
        let content = &self.seen.config.project.content;
        let now = self.mapping.of(page);
        let (Some(from), Some(now)) = (page.below(content), now.below(content)) else { return };
        self.respell(page, text, range, from, now, changes);
    }

    /// The same for settings, in which paths are seen from the root.
    fn change_in_settings(&self, file: &SourcePath, text: &str, scalar: &Scalar, changes: &mut Changes) {
        let written = &text[scalar.range.clone()];
        if scalar.is_key && (written.ends_with('/') || !self.names.contains_key(written.trim_start_matches('/'))) {
            // A page may move out of a folder: the others are still there.
            if let Some(key) = key_afterwards(written, self.mapping, &self.seen.config.project.content) {
                write(file, text, scalar.range.clone(), key, changes);
            }
            return;
        }
        self.respell(file, text, scalar.range.clone(), "", "", changes);
    }

    fn respell(
        &self,
        file: &SourcePath,
        text: &str,
        range: std::ops::Range<usize>,
        from: &str,
        now: &str,
        changes: &mut Changes,
    ) {
        let written = &text[range.clone()];
        if written.contains(':') || written.is_empty() {
            return;
        }
        let path = written.split(['#', '?']).next().unwrap_or_default();
        let place = |seen_from: &str| UrlPath::new(seen_from).join(path).as_str()[1..].to_owned();
        let (was, is) = (place(from), place(now));
        let spelled = match self.names.get(&was) {
            Some(target) => {
                let moved = self.mapping.of(target);
                if moved == **target && was == is {
                    return;
                }
                let Some((path, url)) = self.now.named(&moved) else { return };
                let is_page = self.seen.page(target).is_some();
                let aimed = Aimed { path: &path, url: &url, is_page };
                spellings(written, LinkKind::Link, now, aimed, &self.seen.config.site.base).into_iter().next()
            }
            // A folder without a page.
            None => {
                let content = &self.seen.config.project.content;
                let folder = |path: &'s SourcePath| path.below(content);
                match (folder(&self.mapping.from), folder(&self.mapping.to)) {
                    (Some(old), Some(new)) if was.trim_end_matches('/') == old && written.contains(old) => {
                        Some(written.replacen(old, new, 1))
                    }
                    (Some(old), Some(new)) if was.starts_with(&format!("{old}/")) && written.contains(old) => {
                        Some(written.replacen(old, new, 1))
                    }
                    _ => None,
                }
            }
        };
        if let Some(spelled) = spelled.filter(|spelled| spelled != written) {
            write(file, text, range, spelled, changes);
        }
    }
}
