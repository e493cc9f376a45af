//! What settings name by the beginning of an address, and what of them nobody but the author can write anew.

use std::collections::BTreeSet;

use super::Engine;
use super::mapping::Mapping;
use super::seen::Seen;
use crate::base::{SourcePath, line_column};
use crate::config::Format;
use crate::diag::Report;
use crate::page::decode;

/// Keys of mappings whose keys name folders: sidebars and languages by the beginning of an address, pages by their paths.
pub(super) const BY_FOLDER: [&str; 3] = ["sidebar", "locales", "rewrites"];

/// Endings of files that programs of settings are written in, or take something from.
const PROGRAMS: [&str; 8] = ["js", "ts", "mjs", "cjs", "mts", "cts", "json", "toml"];

/// A key that names the folder that moves, or one in it, as it is afterwards.
pub(super) fn key_afterwards(written: &str, mapping: &Mapping, content: &SourcePath) -> Option<String> {
    let (old, new) = (mapping.from.below(content)?, mapping.to.below(content)?);
    let start = written.len() - written.trim_start_matches(['.', '/']).len();
    let rest = written[start..].strip_prefix(old).filter(|rest| rest.is_empty() || rest.starts_with('/'))?;
    mapping.is_of_folder().then(|| format!("{}{new}{rest}", &written[..start]))
}

/// What settings that are not written anew still name of what moves, unless it is told in `found`.
pub(super) fn left(before: &Engine, seen: &Seen<'_>, mapping: &Mapping, found: &Report) -> Vec<String> {
    let Some(last) = &before.last else { return Vec::new() };
    let project = &seen.config.project;
    let Some(settings) = project.settings.as_ref().filter(|file| Format::of(file) != Some(Format::Yaml)) else {
        return Vec::new();
    };
    let content = &project.content;
    let (Some(old), Some(new)) = (mapping.from.below(content), mapping.to.below(content)) else { return Vec::new() };
    let is_program = |path: &&SourcePath| PROGRAMS.contains(&path.extension()) && !path.name().starts_with("package");
    let files: BTreeSet<&SourcePath> = last.opening.read().filter(is_program).chain([settings]).collect();
    let told: Vec<(&SourcePath, usize, &str)> = found
        .diagnostics()
        .iter()
        .filter_map(|found| Some((found.span.as_ref()?, &*found.message)))
        .filter_map(|(span, message)| {
            Some((&span.file, line_column(&text(before, &span.file)?, span.start as usize).line, message))
        })
        .collect();
    let (mut notes, mut named) = (Vec::new(), BTreeSet::new());
    for file in files {
        let Some(text) = text(before, file) else { continue };
        for (at, literal) in literals(&text, Format::of(file) == Some(Format::Toml)) {
            if !names(literal, old, mapping, &seen.config.site.base) {
                continue;
            }
            named.insert(literal.trim_matches('/').to_owned());
            let line = line_column(&text, at).line;
            // A link that is told to be dead names it, too; a key that stands for a folder is never looked at as a link.
            let is_key = text[at + literal.len() + 1..].trim_start_matches([' ', ']']).starts_with([':', '=']);
            let quoted = format!("`{literal}`");
            let is_told = |(of, on, message): &(&SourcePath, usize, &str)| {
                *of == file && *on == line && message.contains(&quoted)
            };
            if is_key || !told.iter().any(is_told) {
                notes.push(format!("`{literal}` in `{file}:{line}` is left for you: `{old}` is `{new}` now"));
            }
        }
    }
    // Languages need no slash in a program.
    for locale in &seen.config.site.locales {
        let folder = locale.prefix.trim_matches('/');
        if !folder.is_empty()
            && key_afterwards(folder, mapping, content).is_some()
            && !named.iter().any(|name| name == folder)
        {
            notes.push(format!("the language `{folder}` in `{settings}` is left for you: `{old}` is `{new}` now"));
        }
    }
    notes
}

fn text(engine: &Engine, path: &SourcePath) -> Option<std::sync::Arc<str>> {
    engine.text(path).or_else(|| Some(decode(path.clone(), &engine.files().read(path).ok()?).text.clone()))
}

/// Whether a text of a program names what moves, or something in it.
fn names(literal: &str, old: &str, mapping: &Mapping, base: &str) -> bool {
    let below = literal.strip_prefix(base).filter(|_| base.len() > 1).unwrap_or(literal);
    let path = below.trim_start_matches("./").trim_start_matches(['^', '/']);
    let has_slash = literal.contains('/');
    if mapping.is_of_folder() {
        return has_slash && path.strip_prefix(old).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    }
    let stem = |path: &str| path.strip_suffix(".md").or_else(|| path.strip_suffix(".html")).unwrap_or(path).to_owned();
    let path = path.split(['#', '?']).next().unwrap_or_default();
    (has_slash || stem(path) != path) && stem(path) == stem(old)
}

/// The quoted texts of a program on one line, and where each begins. Comments are passed over.
fn literals(text: &str, is_toml: bool) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(char) = text[at..].chars().next() {
        let rest = &text[at..];
        let line = rest.find('\n').unwrap_or(rest.len());
        at += match char {
            '/' if rest.starts_with("//") && !is_toml => line,
            '#' if is_toml => line,
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '\'' | '"' | '`' => {
                let inside = &rest[1..line.max(1)];
                let mut is_escaped = false;
                let end = inside.find(|other| {
                    let ends = other == char && !is_escaped;
                    is_escaped = other == '\\' && !is_escaped;
                    ends
                });
                match end {
                    Some(end) => {
                        found.push((at + 1, &inside[..end]));
                        end + 2
                    }
                    None => 1,
                }
            }
            char => char.len_utf8(),
        };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::literals;

    #[test]
    fn quoted_texts_are_found() {
        let text = "// it's '/x/'\n/* '/y/' */ a = { '/z/': [\"/é\\\"/\", `/t`] } 'open\n";
        let found: Vec<&str> = literals(text, false).into_iter().map(|(_, literal)| literal).collect();
        assert_eq!(found, ["/z/", "/é\\\"/", "/t"]);
        assert_eq!(literals("# it's\n[\"/a/\"]\n", true), [(9, "/a/")]);
    }
}
