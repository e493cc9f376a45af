//! Regions of a file: what stands between a comment `#region name` and its `#endregion`, in the comments of any language.

use std::ops::Range;

use super::types::Source;
use crate::diag::Diagnostic;

/// Deeper regions are not looked at.
const MAX_DEPTH: usize = 1_000;

/// How comments begin and end. The longer of two that begin alike comes first.
const COMMENTS: &[(&str, &str)] = &[
    ("<!--", "-->"),
    ("{/*", "*/}"),
    ("/*", "*/"),
    ("(*", "*)"),
    ("//", ""),
    ("--", ""),
    ("::", ""),
    ("@rem ", ""),
    ("rem ", ""),
    ("#pragma ", ""),
    ("#", ""),
    (";", ""),
    ("%", ""),
];

/// A part of a file that has a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    /// Its lines, without those that begin and end it.
    pub range: Range<usize>,
    /// Whether it has an end; else it reaches to the end of the file.
    pub ended: bool,
}

/// A line that begins or ends a region.
#[derive(Debug, PartialEq, Eq)]
struct Mark<'l> {
    begins: bool,
    name: &'l str,
}

/// The regions called `name`, in order. In Markdown only HTML comments count: `# region` is a heading there.
pub(crate) fn find(text: &str, name: &str, markdown: bool) -> Vec<Region> {
    let mut open: Vec<(&str, usize)> = Vec::new();
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        match mark(line, markdown) {
            Some(mark) if mark.begins && open.len() == MAX_DEPTH => {}
            Some(mark) if mark.begins => open.push((mark.name, end)),
            Some(mark) => {
                let ended = match mark.name {
                    "" => open.len().checked_sub(1),
                    name => open.iter().rposition(|(open, _)| *open == name),
                };
                if let Some((ended, from)) = ended.map(|at| open.remove(at)) {
                    // A region of the same name around it has it all.
                    if ended == name && !open.iter().any(|(open, _)| *open == name) {
                        found.push(Region { range: from..start, ended: true });
                    }
                }
            }
            None => {}
        }
        start = end;
    }
    if let Some((_, from)) = open.iter().find(|(open, _)| *open == name) {
        found.push(Region { range: *from..text.len(), ended: false });
    }
    found
}

/// The names of all regions.
fn names(text: &str, markdown: bool) -> impl Iterator<Item = &str> {
    let begins = move |line| mark(line, markdown).filter(|mark| mark.begins && !mark.name.is_empty());
    text.lines().filter_map(begins).map(|mark| mark.name)
}

/// What is said of a file that has no region of this name.
pub(crate) fn missing(name: &str, file: &Source) -> Diagnostic {
    let markdown = file.path.is_markdown();
    let kind = if markdown { "region or heading" } else { "region" };
    let mut names: Vec<&str> = names(&file.text, markdown).take(9).collect();
    names.dedup();
    let help = match names.is_empty() {
        true => format!("put its lines between two comments, `#region {name}` and `#endregion {name}`"),
        false => {
            let more = if names.len() > 8 { ", ..." } else { "" };
            let names: Vec<String> = names.iter().take(8).map(|name| format!("`#{name}`")).collect();
            format!("it has {}{more}", names.join(", "))
        }
    };
    Diagnostic::warning("missing-region", format!("`{}` has no {kind} `#{name}`", file.path)).help(help)
}

/// What is said of a region without an end.
pub(crate) fn unended(name: &str, file: &Source) -> Diagnostic {
    let message = format!("the region `#{name}` of `{}` never ends", file.path);
    Diagnostic::warning("missing-region", message)
        .help(format!("after its last line, put a comment like that of its first, `#endregion {name}`"))
}

/// Whether the line begins or ends a region.
pub(crate) fn is_mark(line: &str, markdown: bool) -> bool {
    mark(line, markdown).is_some()
}

fn mark(line: &str, markdown: bool) -> Option<Mark<'_>> {
    let line = line.trim();
    let comments = if markdown { &COMMENTS[..1] } else { COMMENTS };
    let starts = |start: &str| line.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
    let (start, end) = comments.iter().find(|(start, _)| starts(start))?;
    let inner = line[start.len()..].strip_suffix(end)?.trim();
    let hashed = inner.strip_prefix('#').map(str::trim_start);
    let certain = hashed.is_some() || start.starts_with('#') && !line[1..].starts_with([' ', '\t']);
    let inner = hashed.unwrap_or(inner);
    let keyword = |word: &str| {
        let rest =
            inner.get(..word.len()).filter(|begin| begin.eq_ignore_ascii_case(word)).map(|_| &inner[word.len()..]);
        rest.filter(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace)).map(str::trim)
    };
    let (begins, name) = match keyword("region") {
        Some(name) => (true, name),
        None => (false, keyword("endregion").or_else(|| keyword("end region"))?),
    };
    let name = name.trim_matches('"');
    // `// region` may begin a sentence; then more than a name follows.
    let is_name = |char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.');
    (certain || name.chars().all(is_name) && !(begins && name.is_empty())).then_some(Mark { begins, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_of_every_language() {
        for (line, want) in [
            ("// #region main", Some((true, "main"))),
            ("  //#region main  ", Some((true, "main"))),
            ("// region main", Some((true, "main"))),
            ("// Region of interest", None),
            ("// region", None),
            ("// #endregion main", Some((false, "main"))),
            ("//#endregion", Some((false, ""))),
            ("/* #region a-b */", Some((true, "a-b"))),
            ("/* #endregion */", Some((false, ""))),
            ("{/* #region jsx */}", Some((true, "jsx"))),
            ("<!-- #region x.y -->", Some((true, "x.y"))),
            ("<!-- region x -->", Some((true, "x"))),
            ("#pragma region c", Some((true, "c"))),
            ("#pragma endregion", Some((false, ""))),
            ("#region py", Some((true, "py"))),
            ("# region py", Some((true, "py"))),
            ("# #region py", Some((true, "py"))),
            ("# endregion", Some((false, ""))),
            ("#Region \"vb\"", Some((true, "vb"))),
            ("#End Region", Some((false, ""))),
            ("-- #region sql", Some((true, "sql"))),
            ("::#region bat", Some((true, "bat"))),
            ("REM #region bat", Some((true, "bat"))),
            ("(* #region ml *)", Some((true, "ml"))),
            ("; #region ini", Some((true, "ini"))),
            ("% #region tex", Some((true, "tex"))),
            ("#regional", None),
            ("region main", None),
            ("é", None),
        ] {
            let got = mark(line, false);
            assert_eq!(got, want.map(|(begins, name)| Mark { begins, name }), "{line}");
        }
        assert_eq!(mark("# region x", true), None);
        assert!(is_mark("<!-- #region x -->", true));
    }

    #[test]
    fn regions_in_regions() {
        let found = |text: &str| -> Vec<(String, bool)> {
            let regions = find(text, "a", false);
            regions.into_iter().map(|region| (text[region.range].to_owned(), region.ended)).collect()
        };
        let whole = |text: &str| (text.to_owned(), true);
        assert_eq!(found("1\n//#region a\n2\n//#endregion a\n3\n"), [whole("2\n")]);
        // An end without a name ends what began last.
        let text = "//#region a\n1\n//#region b\n2\n//#endregion\n3\n//#endregion\n4\n";
        assert_eq!(found(text), [whole("1\n//#region b\n2\n//#endregion\n3\n")]);
        let text = "//#region a\n//#region b\n1\n//#endregion a\n2\n//#endregion b\n";
        assert_eq!(found(text), [whole("//#region b\n1\n")]);
        let text = "//#region a\n//#region a\n1\n//#endregion a\n2\n//#endregion a\n";
        assert_eq!(found(text), [whole("//#region a\n1\n//#endregion a\n2\n")]);
        assert_eq!(found("#region a\n1\n#endregion\n0\n#region a\n2\n#endregion\n"), [whole("1\n"), whole("2\n")]);
        assert_eq!(found("//#region a\n1"), [("1".to_owned(), false)]);
        assert_eq!(found("//#endregion a\n"), []);
        assert_eq!(names("//#region b\n//#endregion b\n//#region c\n", false).collect::<Vec<_>>(), ["b", "c"]);
    }
}
