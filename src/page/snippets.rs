//! Code from files: `<<< @/file{2 ts}#region [title]` of VuePress 1 and VitePress, `@[code{3-9} ts](file)` of VuePress 2.
//!
//! [`super::blocks`] finds the lines. Here they are read, and become code blocks.

use std::borrow::Cow;

use super::blocks::Scanned;
use super::code::CodeBlock;
use super::includes::Origins;
use super::library::Shelf;
use super::regions;
use super::selection::Lines;
use super::types::{Shown, Source};
use super::wanted::{self, Asker, Place};
use crate::base::Span;
use crate::config::{Conventions, MarkdownConfig};
use crate::diag::Diagnostic;

/// Code from a file, or the line that asked for it.
#[derive(Debug)]
pub(crate) struct Snippet {
    /// The code block.
    pub code: CodeBlock,
    /// What is wrong; its places are in the text of the page.
    pub finding: Option<Diagnostic>,
    /// The file that it leads to; its path is written in the text of the page.
    pub shown: Option<Shown>,
}

/// What a line asks for.
#[derive(Debug)]
struct Import<'l> {
    asker: Asker,
    path: &'l str,
    region: Option<&'l str>,
    /// The lines that are shown.
    lines: Option<Lines>,
    /// What would follow the opening of a fence.
    info: String,
}

/// Loads the snippets of a page, whose text is `text`; in an included file, paths are seen from there.
pub(crate) fn load(
    scanned: &Scanned,
    text: &str,
    origins: Option<&Origins>,
    place: &Place<'_>,
    shelf: &mut Shelf<'_>,
) -> Vec<Snippet> {
    let mut snippets = Vec::with_capacity(scanned.snippets.len());
    for range in &scanned.snippets {
        let file = origins.and_then(|origins| origins.path(range.start)).unwrap_or(place.file);
        let (line, place) = (&text[range.clone()], Place { file, ..*place });
        let span = |part: &str| {
            let behind = line.find("](").map_or(0, |at| at + 2);
            let at = line[behind..].find(part).map(|at| behind + at).or_else(|| line.find(part)).unwrap_or(0);
            let at = range.start + at;
            Span::new(place.page.clone(), at..at + part.len())
        };
        let Some(import) = import(line, place.config) else { continue };
        snippets.push(match wanted::find(import.path, import.asker, &place, shelf) {
            Ok(source) => {
                let (code, finding) = cut(&source, &import, place.config);
                let finding = finding.map(|finding| finding.at(span(import.region.unwrap_or(import.path))));
                // A region is found by its marks, wherever it stands.
                let by_line = import.region.is_none() || finding.is_some();
                let shown = Some(Shown { span: span(import.path), file: source.path.clone(), by_line });
                Snippet { code: CodeBlock::new(&code, Some(&import.info), place.config), finding, shown }
            }
            Err(absence) => {
                let finding = absence.diagnostic("missing-snippet", import.path, span(import.path), &place, shelf);
                Snippet { code: CodeBlock::new(line, None, place.config), finding: Some(finding), shown: None }
            }
        });
    }
    snippets
}

/// The code that is shown of a file.
fn cut<'s>(source: &'s Source, import: &Import<'_>, config: &MarkdownConfig) -> (Cow<'s, str>, Option<Diagnostic>) {
    let text = &*source.text;
    let markdown = source.path.is_markdown();
    let (mut code, mut finding) = (Cow::Borrowed(text), None);
    if let Some(name) = import.region {
        let mut found = regions::find(text, name, markdown);
        if !config.extended && matches!(config.conventions, Conventions::VuePress1 | Conventions::VitePress1) {
            found.truncate(1);
        }
        finding = match found.iter().all(|region| region.ended) {
            true if found.is_empty() => Some(regions::missing(name, source)),
            true => None,
            false => Some(regions::unended(name, source)),
        };
        if !found.is_empty() {
            let lines = found.into_iter().flat_map(|region| text[region.range].split_inclusive('\n'));
            let lines: Vec<&str> = lines.filter(|line| !regions::is_mark(line, markdown)).collect();
            code = Cow::Owned(dedented(&lines));
        }
    }
    if let Some(lines) = import.lines {
        let ranges = lines.of(&code, std::iter::once(0..code.len()));
        code = Cow::Owned(ranges.into_iter().map(|range| &code[range]).collect());
    }
    (code, finding)
}

/// The lines without the indentation that they share.
fn dedented(lines: &[&str]) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let filled = lines.iter().filter(|line| !line.trim().is_empty());
    let shared = filled.map(|line| indent(line)).min().unwrap_or(0);
    lines.iter().map(|line| &line[shared.min(indent(line))..]).collect()
}

/// Whether a line asks for code as VuePress 1 and VitePress write it. Four signs are no such line: git marks conflicts so.
pub(crate) fn is_angled(line: &str) -> bool {
    line.strip_prefix("<<<").is_some_and(|rest| !rest.starts_with('<') && !rest.trim().is_empty())
}

/// Whether a line asks for code as VuePress 2 writes it.
pub(crate) fn is_code(line: &str) -> bool {
    code_import(line).is_some()
}

fn import<'l>(line: &'l str, config: &MarkdownConfig) -> Option<Import<'l>> {
    if is_angled(line) { Some(angled_import(line[3..].trim(), config)) } else { code_import(line) }
}

/// `@/file#region{2 ts} [title]`; the region may come last, too.
fn angled_import<'l>(written: &'l str, config: &MarkdownConfig) -> Import<'l> {
    let (mut path, title) = bracketed(written);
    let (mut region, mut braces) = (None, None);
    loop {
        if braces.is_none()
            && let Some((before, inner)) = path.strip_suffix('}').and_then(|path| path.rsplit_once('{'))
            && !before.is_empty()
        {
            (path, braces) = (before.trim_end(), Some(inner.trim()));
        } else if region.is_none()
            && let Some((before, name)) = named_region(path)
        {
            (path, region) = (before, Some(name));
        } else {
            break;
        }
    }
    let braces = braces.unwrap_or("");
    let list_end = braces.find(|char: char| !char.is_ascii_digit() && !matches!(char, ',' | '-' | ' '));
    let list_end = match list_end {
        // A language may begin with a digit.
        Some(end) if !braces[..end].ends_with(' ') => braces[..end].rfind(' ').map_or(0, |space| space + 1),
        Some(end) => end,
        None => braces.len(),
    };
    let highlighted: String = braces[..list_end].chars().filter(|char| *char != ' ').collect();
    let (language, flags) = braces[list_end..].split_once(' ').unwrap_or((&braces[list_end..], ""));
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    // VitePress shows titles in groups of tabs only, where the file's name is one.
    let by_name = config.conventions.is_vitepress() && !config.extended;
    let title = title.or(by_name.then_some(name));
    let mut info = match language.is_empty() || language.starts_with(':') {
        true => format!("{}{language}", extension(name)),
        false => language.to_owned(),
    };
    for (start, part, end) in
        [("{", highlighted.as_str(), "}"), (" ", flags.trim(), ""), (" [", title.unwrap_or(""), "]")]
    {
        if !part.is_empty() {
            info.push_str(&format!("{start}{part}{end}"));
        }
    }
    Import { asker: Asker::Snippet, path, region, lines: None, info }
}

/// The text before `[a title]` at the end, and the title.
fn bracketed(written: &str) -> (&str, Option<&str>) {
    let Some(inner) = written.strip_suffix(']') else { return (written, None) };
    let starts = |&(at, _): &(usize, &str)| written[..at].ends_with([' ', '}']);
    let opening = inner.match_indices('[').find(starts).or_else(|| inner.rmatch_indices('[').next());
    match opening {
        Some((at, _)) if at > 0 => (inner[..at].trim_end(), Some(inner[at + 1..].trim())),
        _ => (written, None),
    }
}

/// The path before `#region` at the end, and the region.
fn named_region(path: &str) -> Option<(&str, &str)> {
    let (before, name) = path.rsplit_once('#')?;
    let is_name = |char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.');
    (!before.is_empty() && !name.is_empty() && name.chars().all(is_name)).then_some((before.trim_end(), name))
}

fn extension(name: &str) -> String {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let good = extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if good { extension.to_ascii_lowercase() } else { String::new() }
}

/// `@[code{3-9} ts](file)`, with nothing after it.
fn code_import(line: &str) -> Option<Import<'_>> {
    let rest = line.strip_prefix("@[code")?;
    let (head, rest) = rest.split_once("](")?;
    let path = rest.trim_end().strip_suffix(')')?.trim();
    let (lines, info) = match head.strip_prefix('{') {
        Some(head) => {
            let (lines, info) = head.split_once('}')?;
            (Some(Lines::parse(lines).filter(|_| !lines.contains(','))?), info)
        }
        None => (None, head),
    };
    if path.is_empty() || path.contains([')', '(']) || head.contains(']') || !info.is_empty() && !info.starts_with(' ')
    {
        return None;
    }
    let (path, region) = named_region(path).map_or((path, None), |(path, name)| (path, Some(name)));
    let extension = extension(path.rsplit(['/', '\\']).next().unwrap_or(path));
    let info = match info.trim() {
        info if info.is_empty() || info.starts_with([':', '{']) => format!("{extension}{info}"),
        info => info.to_owned(),
    };
    Some(Import { asker: Asker::Include, path, region, lines, info })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn angled(written: &str, conventions: Conventions) -> (String, Option<String>, String) {
        let config = MarkdownConfig { conventions, extended: false, ..MarkdownConfig::default() };
        let import = angled_import(written, &config);
        (import.path.to_owned(), import.region.map(str::to_owned), import.info)
    }

    #[test]
    fn angled_spellings() {
        for (written, path, region, info) in [
            ("./a.js", "./a.js", None, "js"),
            ("@/dir/a b.TS", "@/dir/a b.TS", None, "ts"),
            ("./noext", "./noext", None, ""),
            ("./a.js#main", "./a.js", Some("main"), "js"),
            ("./a.js{1,3-4}", "./a.js", None, "js{1,3-4}"),
            ("./a.js {1, 3-4}", "./a.js", None, "js{1,3-4}"),
            ("./a.js#main{1}", "./a.js", Some("main"), "js{1}"),
            ("./a.js{1}#main", "./a.js", Some("main"), "js{1}"),
            ("./a.js{ts:line-numbers}", "./a.js", None, "ts:line-numbers"),
            ("./a.js{1 ts:line-numbers=5}", "./a.js", None, "ts:line-numbers=5{1}"),
            ("./a.js{:line-numbers}", "./a.js", None, "js:line-numbers"),
            ("./a.js{2 c# :line-numbers}", "./a.js", None, "c#{2} :line-numbers"),
            ("./a.js{}", "./a.js", None, "js"),
            ("./a.js [A title]", "./a.js", None, "js [A title]"),
            ("./a.js[A title]", "./a.js", None, "js [A title]"),
            ("./a.js#r{1} [a [b] c]", "./a.js", Some("r"), "js{1} [a [b] c]"),
            ("./[id].vue", "./[id].vue", None, "vue"),
            ("./[id].vue [x]", "./[id].vue", None, "vue [x]"),
            ("./c#/a.cs#r.1", "./c#/a.cs", Some("r.1"), "cs"),
            ("..\\a.js", "..\\a.js", None, "js"),
        ] {
            let want = (path.to_owned(), region.map(str::to_owned), info.to_owned());
            assert_eq!(angled(written, Conventions::VuePress1), want, "{written}");
        }
        assert_eq!(angled("./x/a.js", Conventions::VitePress2).2, "js [a.js]");
        assert!(is_angled("<<<a") && !is_angled("<<<<<<< HEAD") && !is_angled("<<< ") && !is_angled("<< a"));
    }

    #[test]
    fn code_spellings() {
        for (line, want) in [
            ("@[code](./a.js)", Some(("./a.js", None, "js"))),
            ("@[code ts](./a.js)", Some(("./a.js", None, "ts"))),
            ("@[code{2}](./a.js) ", Some(("./a.js", Some((2, Some(2))), "js"))),
            ("@[code{2-4} ts{1}:line-numbers](./a.js)", Some(("./a.js", Some((2, Some(4))), "ts{1}:line-numbers"))),
            ("@[code{9-}](./a.js)", Some(("./a.js", Some((9, None)), "js"))),
            ("@[code{-3} :no-line-numbers](./a.js)", Some(("./a.js", Some((1, Some(3))), "js:no-line-numbers"))),
            ("@[code js{2}](../x y.js)", Some(("../x y.js", None, "js{2}"))),
            ("@[code]()", None),
            ("@[code](./a.js) more", None),
            ("@[codex](./a.js)", None),
            ("@[code{a}](./a.js)", None),
            ("@[link](./a.js)", None),
        ] {
            let got = code_import(line);
            let got = got
                .as_ref()
                .map(|import| (import.path, import.lines.map(|lines| (lines.first, lines.last)), import.info.as_str()));
            assert_eq!(got, want, "{line}");
        }
    }

    #[test]
    fn shared_indentation_is_dropped() {
        assert_eq!(dedented(&["    a\n", "\n", "  \n", "      b\n"]), "a\n\n\n  b\n");
        assert_eq!(dedented(&["\ta\n", "b\n"]), "\ta\nb\n");
    }
}
