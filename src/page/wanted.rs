//! The file that an author means by a path in an include or a snippet, and what to say if there is none.

use std::borrow::Cow;
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use strsim::normalized_damerau_levenshtein;

use super::library::{Reading, Shelf};
use super::types::Source;
use crate::base::{SourcePath, Span};
use crate::config::{Conventions, MarkdownConfig};
use crate::diag::Diagnostic;

/// How alike two names must be for one to be meant by the other, from 0 to 1.
const ALIKE: f64 = 0.7;

/// Where a path is written.
#[derive(Clone, Copy)]
pub(crate) struct Place<'p> {
    /// The page.
    pub page: &'p SourcePath,
    /// The file in which it stands: the page, or one that the page includes.
    pub file: &'p SourcePath,
    /// The content folder.
    pub content: &'p SourcePath,
    /// The settings.
    pub config: &'p MarkdownConfig,
}

/// What asks for a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asker {
    /// `<!-- @include: -->`, and `@[code]()`.
    Include,
    /// `<<<`.
    Snippet,
}

/// Why there is no text to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Absence {
    /// There is no such file; the path that was looked for first.
    NoFile(SourcePath),
    /// It would lie outside the project.
    Outside,
    /// It is a folder.
    Folder(SourcePath),
    /// It is no text.
    Binary(SourcePath),
    /// It cannot be read, for this reason.
    Unreadable(SourcePath, Arc<str>),
}

/// The file that `written` means.
pub(crate) fn find(
    written: &str,
    asker: Asker,
    place: &Place<'_>,
    shelf: &mut Shelf<'_>,
) -> Result<Arc<Source>, Absence> {
    let mut first = None;
    for path in spellings(written).iter().flat_map(|spelling| candidates(spelling, asker, place)) {
        match shelf.read(&path) {
            Reading::Text(source) if is_binary(&source) => {
                return Err(Absence::Binary(path));
            }
            Reading::Text(source) => return Ok(source),
            Reading::Unreadable(reason) => return Err(Absence::Unreadable(path, reason)),
            Reading::Absent => first = first.or(Some(path)),
        }
    }
    let Some(first) = first else { return Err(Absence::Outside) };
    let start = shelf.paths().partition_point(|path| *path < first);
    let is_folder = shelf.paths()[start..]
        .iter()
        .take_while(|path| path.as_str().starts_with(first.as_str()))
        .any(|path| path.below(&first).is_some());
    Err(if is_folder { Absence::Folder(first) } else { Absence::NoFile(first) })
}

/// Whether the file holds what no text has.
fn is_binary(source: &Source) -> bool {
    source.diagnostics.iter().any(|diagnostic| diagnostic.code == "nul-character")
}

/// The path as written, and as Windows and browsers write it.
fn spellings(written: &str) -> Vec<Cow<'_, str>> {
    let mut spellings = vec![Cow::Borrowed(written)];
    if written.contains(['%', '\\']) {
        let decoded = percent_decode_str(written).decode_utf8().unwrap_or(Cow::Borrowed(written));
        spellings.push(decoded.replace('\\', "/").into());
    }
    spellings
}

/// Where the file may lie, the likeliest place first.
fn candidates(path: &str, asker: Asker, place: &Place<'_>) -> Vec<SourcePath> {
    let Place { page, file, content, config } = *place;
    let root = SourcePath::root();
    let mut own = config.paths.iter();
    if let Some((rest, folder)) = own.find_map(|(start, to)| Some((path.strip_prefix(start.as_str())?, to))) {
        return root.join(&format!("{folder}/{}", rest.trim_start_matches('/'))).into_iter().collect();
    }
    let in_project = asker == Asker::Snippet && config.conventions == Conventions::VuePress1;
    let tops = if in_project { [&root, content] } else { [content, &root] };
    let alias = path.strip_prefix("~@").or_else(|| path.strip_prefix('@'));
    let found: Vec<Option<SourcePath>> = if let Some(rest) = alias {
        match (rest.strip_prefix('/'), rest.split_once('/')) {
            (Some(rest), _) if is_strict(config) => vec![content.join(rest)],
            (Some(rest), _) => tops.iter().map(|top| top.join(rest)).collect(),
            // VuePress's name for the folder of the pages.
            (None, Some(("source", below))) => vec![content.join(below)],
            (None, _) => {
                let named = tops.iter().map(|top| top.join(rest));
                let here = file.folder().join(path);
                named.chain([here]).chain(rest.split_once('/').map(|(_, below)| content.join(below))).collect()
            }
        }
    } else if let Some(rest) = path.strip_prefix('/') {
        tops.iter().map(|top| top.join(rest)).collect()
    } else {
        // VitePress 1 sees paths in an included file from the page.
        let folders = match config.conventions {
            Conventions::VitePress1 if asker == Asker::Snippet && !config.extended => [page.folder(), file.folder()],
            _ => [file.folder(), page.folder()],
        };
        // An include that leads nowhere from its own file never leads anywhere; of a snippet that cannot be told.
        let here = folders.iter().take(if asker == Asker::Snippet { 2 } else { 1 }).map(|folder| folder.join(path));
        match asker == Asker::Snippet && (in_project || config.extended) {
            true if config.extended => here.chain([root.join(path)]).collect(),
            true => std::iter::once(root.join(path)).chain(here).collect(),
            false => here.collect(),
        }
    };
    let mut candidates: Vec<SourcePath> = Vec::new();
    for path in found.into_iter().flatten() {
        if !candidates.contains(&path) && !path.as_str().is_empty() {
            candidates.push(path);
        }
    }
    candidates
}

/// Whether `@/` is the content folder and nothing else.
fn is_strict(config: &MarkdownConfig) -> bool {
    config.conventions.is_vitepress() && !config.extended
}

impl Absence {
    /// The finding about `written`, which stands at `span`.
    pub fn diagnostic(
        &self,
        code: &'static str,
        written: &str,
        span: Span,
        place: &Place<'_>,
        shelf: &mut Shelf<'_>,
    ) -> Diagnostic {
        let (message, help) = match self {
            Absence::NoFile(path) => {
                let help = match path.as_str().split('/').find(|name| matches!(*name, "node_modules" | ".git")) {
                    Some(folder) => format!("files in `{folder}` cannot be shown: copy it to another folder"),
                    None => match nearest(path, shelf.paths()) {
                        Some(near) => format!("did you mean `{}`?", spelled(near, written, place)),
                        None => {
                            "put the file there, or correct the path: it is seen from this file; `@/` begins at the \
                                 folder of the pages"
                                .to_owned()
                        }
                    },
                };
                (format!("there is no file at `{path}`"), help)
            }
            Absence::Outside => (
                format!("`{written}` lies outside the project"),
                "copy the file into the project, or build from the folder that holds both".to_owned(),
            ),
            Absence::Folder(path) => (format!("`{path}` is a folder"), "name a file in it".to_owned()),
            Absence::Binary(path) => {
                (format!("`{path}` is no text"), "only texts can be shown; link to the file instead".to_owned())
            }
            Absence::Unreadable(path, reason) => {
                (format!("`{path}` cannot be read: {reason}"), "check the permissions of the file".to_owned())
            }
        };
        Diagnostic::warning(code, message).at(span).help(help)
    }
}

/// The file that was most likely meant: of the same name elsewhere, or of nearly the same in the same folder.
fn nearest<'p>(wanted: &SourcePath, paths: &'p [SourcePath]) -> Option<&'p SourcePath> {
    let folder = wanted.folder();
    let start = paths.partition_point(|path| path.as_str() < folder.as_str());
    let here = paths[start..].iter().take_while(|path| path.as_str().starts_with(folder.as_str()));
    let wanted_name = wanted.name().to_lowercase();
    let likeness = |path: &SourcePath| {
        let name = path.name().to_lowercase();
        match path.extension().eq_ignore_ascii_case(wanted.extension()) {
            true => normalized_damerau_levenshtein(&path.stem().to_lowercase(), &wanted.stem().to_lowercase()),
            false if path.stem().to_lowercase() == wanted_name => 1.0,
            false => normalized_damerau_levenshtein(&name, &wanted_name),
        }
    };
    let mut best: Option<(f64, &SourcePath)> = None;
    for path in here.filter(|path| path.folder() == folder && path.name().len() < 200) {
        let likeness = likeness(path);
        if likeness >= ALIKE && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, path));
        }
    }
    let shared = |path: &SourcePath| {
        path.as_str().split('/').zip(wanted.as_str().split('/')).take_while(|(a, b)| a == b).count()
    };
    let elsewhere = || {
        let mut best: Option<(usize, &SourcePath)> = None;
        for path in paths.iter().filter(|path| path.name() == wanted.name()) {
            if best.is_none_or(|(most, _)| shared(path) > most) {
                best = Some((shared(path), path));
            }
        }
        best.map(|(_, path)| path)
    };
    best.map(|(_, path)| path).or_else(elsewhere)
}

/// The path to be written for `path` in the file of `place`: in the way of `written`.
fn spelled(path: &SourcePath, written: &str, place: &Place<'_>) -> String {
    if written.starts_with(['@', '~'])
        && let Some(below) = path.below(place.content)
    {
        return format!("@/{below}");
    }
    let folder = place.file.folder();
    let from: Vec<&str> = folder.as_str().split('/').filter(|name| !name.is_empty()).collect();
    let to: Vec<&str> = path.as_str().split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count().min(to.len() - 1);
    let up = from.len() - shared;
    let start = if up == 0 { "./".to_owned() } else { "../".repeat(up) };
    format!("{start}{}", to[shared..].join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SourcePath {
        SourcePath::new(text).expect("a path inside the project")
    }

    fn check(conventions: Conventions, extended: bool, asker: Asker, cases: &[(&str, &[&str])]) {
        let config = MarkdownConfig { conventions, extended, ..MarkdownConfig::default() };
        let (page, file, content) = (path("docs/a/page.md"), path("docs/parts/x.md"), path("docs"));
        let place = Place { page: &page, file: &file, content: &content, config: &config };
        for (written, want) in cases {
            let got = candidates(written, asker, &place);
            let got: Vec<&str> = got.iter().map(SourcePath::as_str).collect();
            assert_eq!(got, *want, "{written} {conventions:?}");
        }
    }

    #[test]
    fn where_files_are_looked_for() {
        use Conventions::{VitePress1, VitePress2, VuePress1, VuePress2};
        for conventions in [VitePress1, VitePress2] {
            let cases: &[(&str, &[&str])] = &[
                ("./y.md", &["docs/parts/y.md"]),
                ("@/y.md", &["docs/y.md"]),
                ("@b/y.md", &["docs/b/y.md", "b/y.md", "docs/parts/@b/y.md", "docs/y.md"]),
                ("../../../y.md", &[]),
            ];
            check(conventions, false, Asker::Include, cases);
        }
        check(VitePress1, false, Asker::Snippet, &[("y.js", &["docs/a/y.js", "docs/parts/y.js"])]);
        check(VitePress2, false, Asker::Snippet, &[("y.js", &["docs/parts/y.js", "docs/a/y.js"])]);
        let cases: &[(&str, &[&str])] = &[
            ("@/docs/y.js", &["docs/y.js", "docs/docs/y.js"]),
            ("y.js", &["y.js", "docs/parts/y.js", "docs/a/y.js"]),
            ("/y.js", &["y.js", "docs/y.js"]),
            ("@source/y.js", &["docs/y.js"]),
        ];
        check(VuePress1, false, Asker::Snippet, cases);
        let cases: &[(&str, &[&str])] = &[
            ("@/y.js", &["docs/y.js", "y.js"]),
            ("~@/y.js", &["docs/y.js", "y.js"]),
            ("@src/y.js", &["docs/src/y.js", "src/y.js", "docs/parts/@src/y.js", "docs/y.js"]),
            ("/y.js", &["docs/y.js", "y.js"]),
            ("./y.js", &["docs/parts/y.js", "docs/a/y.js", "y.js"]),
        ];
        check(VuePress2, true, Asker::Snippet, cases);
    }

    #[test]
    fn what_may_be_meant() {
        let paths = ["docs/a.md", "docs/parts/intro.md", "docs/parts/usage.md", "x/deep/only.js"].map(path);
        let config = MarkdownConfig::default();
        let (file, content) = (path("docs/guide/page.md"), path("docs"));
        let place = Place { page: &file, file: &file, content: &content, config: &config };
        for (wanted, written, want) in [
            ("docs/parts/Intro.md", "../parts/Intro.md", Some("../parts/intro.md")),
            ("docs/parts/intro", "../parts/intro", Some("../parts/intro.md")),
            ("docs/parts/itro.md", "@/parts/itro.md", Some("@/parts/intro.md")),
            ("docs/guide/only.js", "./only.js", Some("../../x/deep/only.js")),
            ("docs/guide/a.md", "a.md", Some("../a.md")),
            ("docs/parts/other.md", "other.md", None),
        ] {
            let near = nearest(&path(wanted), &paths).map(|near| spelled(near, written, &place));
            assert_eq!(near.as_deref(), want, "{wanted}");
        }
    }
}
