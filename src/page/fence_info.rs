//! What stands after the opening of a fence -> the language, the lines to highlight, line numbers and titles, as each
//! version reads it. Folders that follow no version's rules to the letter (`extended`) may write all of them.

use std::ops::RangeInclusive;

use crate::config::{Construct, Conventions, MarkdownConfig};

/// What a fence says of its code.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FenceInfo {
    /// What follows `language-` in the class of the block; may be empty.
    pub language: String,
    /// The language as readers see it; may be empty.
    pub label: String,
    /// The language as [`super::highlight`] looks it up: what the author meant, even where the version would have missed it.
    pub grammar: String,
    /// The lines to highlight, counted from 1, as written: none is empty, they may overlap or lie past the end.
    pub highlight: Vec<RangeInclusive<u32>>,
    /// Whether it has line numbers; `None`: as the settings say.
    pub line_numbers: Option<bool>,
    /// The number of its first line.
    pub start: u32,
    /// The title above it.
    pub title: Option<String>,
    /// The name of its tab where it stands in a group of tabs.
    pub tab: Option<String>,
}

impl FenceInfo {
    /// Reads `info`, escapes and entities resolved.
    pub fn parse(info: &str, config: &MarkdownConfig) -> FenceInfo {
        let MarkdownConfig { conventions, extended, .. } = *config;
        let info = info.trim();
        let language = match language(info, conventions) {
            known if config.written_languages && conventions == Conventions::VuePress2 => match first_word(info) {
                "" => known,
                written => written.to_owned(),
            },
            known => known,
        };
        let flags = extended || conventions != Conventions::VuePress1;
        let (line_numbers, start) = if flags { line_numbers(info) } else { (None, 1) };
        let quoted = (extended || conventions == Conventions::VuePress2).then(|| quoted_title(info)).flatten();
        let bracketed = (extended || conventions.is_vitepress()).then(|| bracketed(info)).flatten();
        FenceInfo {
            label: match conventions {
                Conventions::VitePress2 => language.replace('_', " "),
                _ => language.clone(),
            },
            grammar: grammar(info),
            highlight: match language.is_empty() && conventions.is_vitepress() && !extended {
                true => Vec::new(),
                false => highlighted(info, conventions, extended),
            },
            line_numbers,
            start,
            // VitePress shows it in groups of tabs only.
            title: if config.has(Construct::CodeTitles) { quoted.or(bracketed) } else { quoted }.map(str::to_owned),
            tab: bracketed.or(quoted).map(str::to_owned),
            language,
        }
    }
}

/// The first word, up to anything that starts a flag.
fn first_word(info: &str) -> &str {
    info.split(|char: char| char.is_whitespace() || matches!(char, ':' | '{' | '[')).next().unwrap_or_default()
}

fn grammar(info: &str) -> String {
    let word = first_word(info);
    match info.split_whitespace().nth(1) {
        // `js diff`, `bash session`
        Some("diff") if !word.is_empty() => "diff",
        Some("session") if !word.is_empty() => "shell-session",
        _ => word.strip_suffix("-vue").unwrap_or(word),
    }
    .to_owned()
}

fn language(info: &str, conventions: Conventions) -> String {
    match conventions {
        // Its class is all of the info, of which the first word is the language.
        Conventions::VuePress1 => first_word(info).to_owned(),
        Conventions::VuePress2 => match first_word(info) {
            "" => "text",
            "bash" | "sh" | "shell" | "zsh" => "bash",
            "cs" => "csharp",
            "dockerfile" => "docker",
            "fs" => "fsharp",
            "js" => "javascript",
            "kt" => "kotlin",
            "md" => "markdown",
            "py" => "python",
            "rb" => "ruby",
            "rs" => "rust",
            "styl" => "stylus",
            "ts" => "typescript",
            "yml" => "yaml",
            other => other,
        }
        .to_owned(),
        Conventions::VitePress1 => {
            let rest = info.split('[').next().unwrap_or_default();
            let rest = rest.split(['{', ' ', '\t']).next().unwrap_or_default();
            let rest = [":line-numbers", ":no-line-numbers"]
                .iter()
                .find_map(|flag| rest.split_once(flag))
                .map_or(rest, |(name, _)| name);
            in_vue(rest)
        }
        Conventions::VitePress2 => {
            let part = |char: char| char.is_ascii_alphanumeric() || char == '-' || char == '_';
            in_vue(&info[..info.find(|char| !part(char)).unwrap_or(info.len())])
        }
    }
}

/// VitePress's names for code that Vue reads.
fn in_vue(name: &str) -> String {
    match name {
        "vue-html" => "template",
        "ansi" => "",
        name => name.split_once("-vue").map_or(name, |(name, _)| name),
    }
    .to_owned()
}

fn line_numbers(info: &str) -> (Option<bool>, u32) {
    if info.contains(":no-line-numbers") {
        return (Some(false), 1);
    }
    let Some((_, rest)) = info.split_once(":line-numbers") else { return (None, 1) };
    let digits = rest.strip_prefix('=').unwrap_or_default();
    let digits = &digits[..digits.find(|char: char| !char.is_ascii_digit()).unwrap_or(digits.len())];
    (Some(true), digits.parse().unwrap_or(1))
}

/// `title="a b"` or `title='a b'`.
fn quoted_title(info: &str) -> Option<&str> {
    let (_, rest) = info.split_once("title=")?;
    let quote = rest.chars().next().filter(|&quote| quote == '"' || quote == '\'')?;
    let (title, _) = rest[1..].split_once(quote)?;
    (!title.is_empty()).then_some(title)
}

/// `[a b]`.
fn bracketed(info: &str) -> Option<&str> {
    let (_, rest) = info.split_once('[')?;
    let title = rest.rsplit_once(']').map(|(title, _)| title)?;
    (!title.is_empty()).then_some(title)
}

/// The lines of `{1,3-5}`.
fn highlighted(info: &str, conventions: Conventions, extended: bool) -> Vec<RangeInclusive<u32>> {
    let mut braces = info.match_indices('{').filter_map(|(at, _)| Some(info[at + 1..].split_once('}')?.0));
    let is_list = |list: &&str| {
        let known = |char: char| char.is_ascii_digit() || matches!(char, ',' | '-') || extended && char == ' ';
        !list.is_empty() && list.chars().all(known)
    };
    let list = match conventions {
        Conventions::VitePress1 if !extended => braces.next_back().and_then(|list| list.split(' ').next()),
        _ => braces.find(is_list),
    };
    // Two of the four take `2-` for the line 2, the other two for nothing.
    let open_is_one_line = extended || matches!(conventions, Conventions::VuePress1 | Conventions::VitePress1);
    let range = |part: &str| {
        let part = part.trim();
        let (start, end) = part.split_once('-').map_or((part, part), |(start, end)| (start.trim(), end.trim()));
        let start: u32 = start.parse().ok().filter(|&start| start > 0)?;
        let end = match end.parse() {
            Ok(end) => end,
            Err(_) if open_is_one_line => start,
            Err(_) => return None,
        };
        (start <= end).then_some(start..=end)
    };
    list.unwrap_or_default().split(',').filter_map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Conventions::{VitePress1, VitePress2, VuePress1, VuePress2};

    const ALL: [Conventions; 4] = [VuePress1, VuePress2, VitePress1, VitePress2];

    fn parse(info: &str, conventions: Conventions, extended: bool) -> FenceInfo {
        FenceInfo::parse(info, &MarkdownConfig { conventions, extended, ..MarkdownConfig::default() })
    }

    #[test]
    fn languages() {
        // As VuePress 1, VuePress 2, VitePress 1 and VitePress 2 name them, and what is highlighted.
        let cases = [
            ("", ["", "text", "", ""], ""),
            ("py", ["py", "python", "py", "py"], "py"),
            ("PY{2}", ["PY", "PY", "PY", "PY"], "PY"),
            ("py:line-numbers {1}", ["py", "python", "py", "py"], "py"),
            ("py diff", ["py", "python", "py", "py"], "diff"),
            ("sh session {1}", ["sh", "bash", "sh", "sh"], "shell-session"),
            ("py [a.py]", ["py", "python", "py", "py"], "py"),
            ("f#", ["f#", "f#", "f#", "f"], "f#"),
            ("a_b", ["a_b", "a_b", "a_b", "a_b"], "a_b"),
            ("ts-vue{1}", ["ts-vue", "ts-vue", "ts", "ts"], "ts"),
            ("vue-html", ["vue-html", "vue-html", "template", "template"], "vue-html"),
        ];
        for (info, languages, grammar) in cases {
            for (conventions, language) in ALL.into_iter().zip(languages) {
                let parsed = parse(info, conventions, false);
                assert_eq!((&*parsed.language, &*parsed.grammar), (language, grammar), "{info} {conventions:?}");
            }
        }
        assert_eq!(parse("a_b", VitePress2, false).label, "a b");
    }

    #[test]
    fn highlighted_lines() {
        // As VuePress 1, VuePress 2, VitePress 1, VitePress 2 and folders of no version read them.
        let cases: &[(&str, [&[RangeInclusive<u32>]; 5])] = &[
            ("js{2,4-6}", [&[2..=2, 4..=6]; 5]),
            ("js {3}", [&[3..=3]; 5]),
            ("js{2, 3}", [&[], &[], &[2..=2], &[], &[2..=2, 3..=3]]),
            ("js{2-}", [&[2..=2], &[], &[2..=2], &[], &[2..=2]]),
            ("js{0,3-1}", [&[]; 5]),
            ("js{a}{2}{3}", [&[2..=2], &[2..=2], &[3..=3], &[2..=2], &[2..=2]]),
            ("{2}", [&[2..=2], &[2..=2], &[], &[], &[2..=2]]),
            ("js{99999999999}", [&[]; 5]),
            ("js{", [&[]; 5]),
        ];
        for (info, lines) in cases {
            for (conventions, lines) in ALL.into_iter().zip(lines) {
                assert_eq!(parse(info, conventions, false).highlight, *lines, "{info} {conventions:?}");
            }
            assert_eq!(parse(info, VuePress2, true).highlight, lines[4], "{info} extended");
        }
    }

    #[test]
    fn numbers_and_titles() {
        type Facts<'a> = (Option<bool>, u32, Option<&'a str>, Option<&'a str>);
        let check = |info: &str, conventions, extended, facts: Facts<'_>| {
            let parsed = parse(info, conventions, extended);
            let got = (parsed.line_numbers, parsed.start, parsed.title.as_deref(), parsed.tab.as_deref());
            assert_eq!(got, facts, "{info} {conventions:?}");
        };
        let info = "js:line-numbers=7 title='a b' [c d]{1}";
        check(info, VuePress1, false, (None, 1, None, None));
        check(info, VuePress2, false, (Some(true), 7, Some("a b"), Some("a b")));
        check(info, VitePress1, false, (Some(true), 7, None, Some("c d")));
        check(info, VuePress1, true, (Some(true), 7, Some("a b"), Some("c d")));
        check("js :no-line-numbers [x]", VitePress2, false, (Some(false), 1, None, Some("x")));
        check("js :line-numbers [x", VitePress2, true, (Some(true), 1, None, None));
        check("js title=\"\"", VuePress2, false, (None, 1, None, None));
    }
}
