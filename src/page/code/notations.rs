//! Notations in the comments of code, `// [!code ++]` and its like -> what they say of which lines, and the code without them.
//!
//! A notation is one only in a comment. Which marks begin one depends on the language; here any of them may, so that no grammar
//! is asked while a page is parsed.

use std::ops::RangeInclusive;

use super::marks::{Mark, Marks};
use crate::config::{Construct, Conventions, MarkdownConfig};

/// Words past this number are not looked for: each is looked for in every line.
const MOST_WORDS: usize = 64;

/// How comments begin that have an end, and how they end; the longest come first.
const PAIRS: &[(&str, &str)] =
    &[("{{!--", "--}}"), ("<!--", "-->"), ("--[[", "]]"), ("/*", "*/"), ("{#", "#}"), ("{-", "-}"), ("(*", "*)")];

/// Languages in which `{/* */}` is a comment.
const JSX: &[&str] = &["jsx", "tsx", "javascriptreact", "typescriptreact", "mdx", "astro", "js", "ts", "vue"];

/// How comments begin that end with the line. `*` stands for a line within a longer comment.
const OPENERS: &[&str] = &["//", "--", ";;", "%%", "::", "REM", "#", ";", "%", "!", "\"", "'", "*"];

/// What a notation may be under the conventions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    words: bool,
    infos: bool,
    /// Whether `{/* */}` is a comment.
    jsx: bool,
    /// Whether a line that holds only the notation is the first that it counts.
    counts_own_line: bool,
}

impl Known {
    /// What the conventions know; `None` if they know no notations.
    pub(super) fn of(config: &MarkdownConfig, grammar: &str) -> Option<Known> {
        let MarkdownConfig { conventions, extended, .. } = *config;
        config.has(Construct::Notations).then_some(Known {
            words: extended,
            infos: extended || conventions == Conventions::VitePress2,
            jsx: JSX.iter().any(|name| grammar.eq_ignore_ascii_case(name)),
            counts_own_line: !extended && conventions == Conventions::VitePress1,
        })
    }
}

/// Code whose notations were taken out.
pub(super) struct Notated {
    pub(super) text: String,
    pub(super) marks: Marks,
    /// The lines that held nothing else, as the author counts them.
    vanished: Vec<u32>,
}

impl Notated {
    /// Lines as the author counts them -> as they are counted now.
    pub(super) fn renumbered(&self, lines: &RangeInclusive<u32>) -> RangeInclusive<u32> {
        let before = |number: u32| self.vanished.partition_point(|&vanished| vanished < number) as u32;
        let (start, end) = (*lines.start(), *lines.end());
        start - before(start)..=end - before(end.saturating_add(1))
    }
}

/// Takes the notations out of `code`; `None` if it has none.
pub(super) fn read(code: &str, known: Known) -> Option<Notated> {
    memchr::memmem::find(code.as_bytes(), b"!code ")?;
    let mut notated =
        Notated { text: String::with_capacity(code.len()), marks: Marks::default(), vanished: Vec::new() };
    let mut number = 1;
    for (own_number, line) in (1..).zip(code.split_inclusive('\n')) {
        let (body, end) = line.strip_suffix('\n').map_or((line, ""), |body| (body, "\n"));
        let Notated { text, marks, vanished } = &mut notated;
        let Some(Line { kept, found }) = Line::read(body, known, MOST_WORDS - marks.words.len()) else {
            text.push_str(line);
            number += 1;
            continue;
        };
        let vanishes = !found.is_empty() && kept.trim().is_empty();
        for Notation { what, count } in found {
            let own = u32::from(vanishes && known.counts_own_line);
            let last = count.map_or(u32::MAX, |count| (number - 1_u32).saturating_add(count - own));
            match what {
                _ if last < number => {}
                What::Line(mark) => marks.lines.push((number..=last, mark)),
                What::Word(word) => marks.words.push((number..=last, word.into())),
            }
        }
        if vanishes {
            vanished.push(own_number);
        } else {
            text.push_str(&kept);
            text.push_str(end);
            number += 1;
        }
    }
    Some(notated)
}

/// What a notation says.
#[derive(Debug, PartialEq, Eq)]
enum What {
    Line(Mark),
    Word(String),
}

#[derive(Debug)]
struct Notation {
    what: What,
    /// Of how many lines, its own the first; `None`: of all from here on.
    count: Option<u32>,
}

/// A line that has notations, or the escapes of some.
struct Line {
    kept: String,
    found: Vec<Notation>,
}

impl Line {
    /// Reads a line; `None` if there is nothing to change in it.
    fn read(line: &str, known: Known, mut words_left: usize) -> Option<Line> {
        let mut kept = String::new();
        let mut found = Vec::new();
        let mut comment = Comment::default();
        // A line within a longer comment.
        let starred = line.trim_start().starts_with("* ");
        // Where the mark of a comment ends that a notation was taken from and that has more in it.
        let mut emptied = None;
        let mut rest = line;
        while let Some(at) = rest.find("!code ") {
            let before = &rest[..at];
            let escaped = before.strip_suffix("[\\").or(before.strip_suffix("[!"));
            if let Some(before) = escaped {
                comment.push(&mut kept, before);
                comment.push(&mut kept, "[!code ");
                rest = &rest[at + "!code ".len()..];
                continue;
            }
            let notation = before.strip_suffix('[').and_then(|before| {
                let body = &rest[at + "!code ".len()..];
                let (notation, after) = Notation::read(body, known)?;
                Some((before, notation, after))
            });
            let Some((before, notation, after)) = notation else {
                comment.push(&mut kept, &rest[..at + "!code ".len()]);
                rest = &rest[at + "!code ".len()..];
                continue;
            };
            comment.push(&mut kept, before);
            let bare = kept.trim_end().len();
            let opener = opener(&kept[..bare], known.jsx).filter(|(mark, _)| {
                let string = quote(mark).or(quote(&kept[..bare - mark.len()]));
                string.is_none_or(|quote| !after.contains(quote))
            });
            let too_many = matches!(notation.what, What::Word(_)) && words_left == 0;
            if too_many || !(opener.is_some() || starred || comment.is_open() || emptied == Some(bare)) {
                let taken = rest.len() - before.len() - after.len();
                comment.push(&mut kept, &rest[before.len()..before.len() + taken]);
                rest = after;
                continue;
            }
            if matches!(notation.what, What::Word(_)) {
                words_left -= 1;
            }
            found.push(notation);
            kept.truncate(bare);
            rest = after;
            let follows = rest.trim_start();
            match opener {
                Some((mark, close)) if follows.starts_with(close) && (!close.is_empty() || follows.is_empty()) => {
                    rest = &follows[close.len()..];
                    kept.truncate(bare - mark.len());
                    comment.close();
                    let outer = kept.trim_end().len();
                    if emptied == Some(outer) {
                        let mark = self::opener(&kept[..outer], known.jsx).map_or(0, |(mark, _)| mark.len());
                        kept.truncate(outer - mark);
                    }
                }
                Some(_) => emptied = Some(bare),
                None => {}
            }
        }
        if found.is_empty() && kept.is_empty() {
            return None;
        }
        kept.push_str(rest);
        if !found.is_empty() {
            kept.truncate(kept.trim_end().len());
        }
        Some(Line { kept, found })
    }
}

impl Notation {
    /// The notation that `body` begins with, what follows `[!code `, and what follows it.
    fn read(body: &str, known: Known) -> Option<(Notation, &str)> {
        if let Some(word) = body.strip_prefix("word:") {
            return known.words.then(|| word_notation(word)).flatten();
        }
        let (inner, after) = body.split_once(']')?;
        let (name, count) = match inner.split_once(':') {
            Some((name, count)) => (name, lines(count)?),
            None => (inner, 1),
        };
        let mark = match name {
            "++" => Mark::Added,
            "--" => Mark::Removed,
            "hl" | "highlight" => Mark::Highlighted,
            "focus" => Mark::Focused,
            "warning" => Mark::Warning,
            "error" => Mark::Error,
            "info" if known.infos => Mark::Info,
            _ => return None,
        };
        Some((Notation { what: What::Line(mark), count: Some(count) }, after))
    }
}

/// `x]` or `x:2]`; a backslash takes the next character as it is.
fn word_notation(body: &str) -> Option<(Notation, &str)> {
    let mut word = String::new();
    let mut chars = body.char_indices();
    while let Some((at, char)) = chars.next() {
        let after = &body[at + char.len_utf8()..];
        match char {
            '\\' => word.push(chars.next()?.1),
            ']' if !word.is_empty() => return Some((Notation { what: What::Word(word), count: None }, after)),
            ':' if !word.is_empty() => {
                let (count, after) = after.split_once(']')?;
                return Some((Notation { what: What::Word(word), count: Some(lines(count)?) }, after));
            }
            ']' | ':' => return None,
            char => word.push(char),
        }
    }
    None
}

fn lines(count: &str) -> Option<u32> {
    let is_number = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| count.parse().unwrap_or(u32::MAX)).filter(|&count| count > 0)
}

/// The mark at the end of `text` that begins a comment, and what would end it (empty: the line's end).
fn opener(text: &str, jsx: bool) -> Option<(&'static str, &'static str)> {
    if jsx && text.ends_with("{/*") {
        return Some(("{/*", "*/}"));
    }
    if let Some(&pair) = PAIRS.iter().find(|(open, _)| text.ends_with(open)) {
        return Some(pair);
    }
    let mark = *OPENERS.iter().find(|mark| text.ends_with(**mark))?;
    let before = &text[..text.len() - mark.len()];
    let begins = match mark {
        "//" => true,
        "*" => before.trim().is_empty(),
        _ => before.is_empty() || before.ends_with(|char: char| char.is_whitespace()),
    };
    begins.then_some((mark, ""))
}

/// The quote at the end of `text`.
fn quote(text: &str) -> Option<char> {
    text.chars().next_back().filter(|char| matches!(char, '"' | '\'' | '`'))
}

/// Whether the text so far ends within a comment.
#[derive(Default)]
struct Comment {
    /// What ends it; empty: the line's end.
    end: Option<&'static str>,
    /// How much of the text was looked at.
    seen: usize,
}

impl Comment {
    fn is_open(&self) -> bool {
        self.end.is_some()
    }

    /// The comment was taken away.
    fn close(&mut self) {
        self.end = None;
    }

    /// Adds `more` to the text.
    fn push(&mut self, text: &mut String, more: &str) {
        // What was taken from the text in the meantime needs no second look.
        self.seen = self.seen.min(text.len());
        text.push_str(more);
        while self.end != Some("") && self.seen < text.len() {
            let rest = &text[self.seen..];
            match self.end {
                Some(end) => match rest.find(end) {
                    Some(at) => {
                        self.seen += at + end.len();
                        self.end = None;
                    }
                    None => self.seen = text.len(),
                },
                None => {
                    let pair = PAIRS.iter().find(|(open, _)| rest.starts_with(open));
                    let free = text[..self.seen].ends_with(|char: char| char.is_whitespace()) || self.seen == 0;
                    let slashes = rest.starts_with("//") && !text[..self.seen].ends_with([':', '"', '\'', '`']);
                    if let Some(&(open, close)) = pair {
                        self.seen += open.len();
                        self.end = Some(close);
                    } else if slashes || free && ["--", "#", ";", "%"].iter().any(|mark| rest.starts_with(mark)) {
                        self.end = Some("");
                    } else {
                        self.seen += rest.chars().next().map_or(1, char::len_utf8);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXTENDED: Known = Known { words: true, infos: true, jsx: false, counts_own_line: false };

    /// What is left of `code`, and its marks as `line-line mark`.
    fn seen(code: &str, known: Known) -> (String, String) {
        let Some(notated) = read(code, known) else { return (code.to_owned(), String::new()) };
        let shown = |lines: &RangeInclusive<u32>| match *lines.end() {
            u32::MAX => format!("{}-", lines.start()),
            end if end == *lines.start() => format!("{end}"),
            end => format!("{}-{end}", lines.start()),
        };
        let marks = notated.marks.lines.iter().map(|(lines, mark)| format!("{} {mark:?}", shown(lines)));
        let words = notated.marks.words.iter().map(|(lines, word)| format!("{} {word:?}", shown(lines)));
        (notated.text, marks.chain(words).collect::<Vec<_>>().join(", "))
    }

    fn check(code: &str, known: Known, kept: &str, marks: &str) {
        let (got, got_marks) = seen(code, known);
        assert_eq!((&*got, &*got_marks), (kept, marks), "{code:?}");
    }

    #[test]
    fn comments_of_any_language() {
        for (code, kept) in [
            ("a // [!code ++]", "a"),
            ("a; //[!code ++]", "a;"),
            ("a # [!code ++]", "a"),
            ("a -- [!code ++]", "a"),
            ("a ; [!code ++]", "a"),
            ("a ;; [!code ++]", "a"),
            ("a % [!code ++]", "a"),
            ("a \" [!code ++]", "a"),
            ("a ' [!code ++]", "a"),
            ("a REM [!code ++]", "a"),
            ("a /* [!code ++] */", "a"),
            ("a /* [!code ++] */ b", "a  b"),
            ("<é> <!-- [!code ++] -->", "<é>"),
            ("<a> <!-- [!code ++] --> <b>", "<a>  <b>"),
            ("a {# [!code ++] #}", "a"),
            ("a (* [!code ++] *)", "a"),
            ("a {{!-- [!code ++] --}}", "a"),
            ("a --[[ [!code ++] ]]", "a"),
            // What else the comment says stays.
            ("a // [!code ++] b", "a // b"),
            ("a // b [!code ++]", "a // b"),
            ("a /* b [!code ++] c */ d", "a /* b c */ d"),
            (" * b [!code ++]", " * b"),
            ("'a'// [!code ++]", "'a'"),
            ("a # b // [!code ++]", "a # b"),
            ("http://a.b # c [!code ++]", "http://a.b # c"),
        ] {
            check(code, EXTENDED, kept, "1 Added");
        }
    }

    #[test]
    fn outside_of_comments_it_is_text() {
        for code in [
            "[!code ++]",
            "a [!code ++]",
            "f(\"[!code ++]\")",
            "f( \"[!code ++]\" )",
            "\"// [!code ++]\"",
            "/* a */ [!code ++]",
            "http://a.b [!code ++]",
            "a // [!code",
            "a // [!code +++]",
            "a // [!code hl:x]",
            "a // [!code hl:0]",
            "a // [!code hl:]",
            "a // [!code focus:<lines>]",
            "a // [!code word:]",
            "a // [!code word:a:]",
            "a // [!code word:a",
            "a // !code ++]",
        ] {
            check(code, EXTENDED, code, "");
        }
    }

    #[test]
    fn what_they_say() {
        for (code, kept, marks) in [
            ("a // [!code --]\nb // [!code ++]\n", "a\nb\n", "1 Removed, 2 Added"),
            ("a // [!code hl:2]\nb\nc", "a\nb\nc", "1-2 Highlighted"),
            ("a // [!code highlight]", "a", "1 Highlighted"),
            ("a // [!code focus:99999999999]", "a", "1- Focused"),
            ("a // [!code warning] [!code focus]", "a", "1 Warning, 1 Focused"),
            ("a // [!code error] // [!code focus]", "a", "1 Error, 1 Focused"),
            ("a // b [!code error] // [!code focus]", "a // b", "1 Error, 1 Focused"),
            ("a // [!code info]", "a", "1 Info"),
            // Its line is gone, and the next one is meant.
            ("a\n  // [!code hl:2]\nb\nc\n", "a\nb\nc\n", "2-3 Highlighted"),
            ("a\n// [!code ++]", "a\n", "2 Added"),
            ("// [!code hl]\n", "", "1 Highlighted"),
            ("// [!code hl] b\nc", "// b\nc", "1 Highlighted"),
            ("a\n// [!code word:b c]\nb c\n", "a\nb c\n", "2- \"b c\""),
            ("a // [!code word:a:1]\n", "a\n", "1 \"a\""),
            ("a // [!code word:\\:\\]:2]\n", "a\n", "1-2 \":]\""),
            // Escapes.
            ("a // [\\!code ++]\nb // [!!code hl:2]", "a // [!code ++]\nb // [!code hl:2]", ""),
            ("a // [\\!code ++] [!code --]", "a // [!code ++]", "1 Removed"),
        ] {
            check(code, EXTENDED, kept, marks);
        }
    }

    #[test]
    fn each_version_knows_its_own() {
        let known = |conventions, extended, grammar| {
            Known::of(&MarkdownConfig { conventions, extended, ..MarkdownConfig::default() }, grammar)
        };
        assert!(known(Conventions::VuePress1, false, "js").is_none());
        assert!(known(Conventions::VuePress2, false, "js").is_none());
        let word = "a // [!code word:a]";
        let first = known(Conventions::VitePress1, false, "JS").expect("VitePress has notations");
        check(word, first, word, "");
        check("a // [!code info]", first, "a // [!code info]", "");
        check("// [!code hl]\na", first, "a", "");
        check("// [!code hl:2]\na", first, "a", "1 Highlighted");
        check("a {/* [!code ++] */}", first, "a", "1 Added");
        let second = known(Conventions::VitePress2, false, "css").expect("VitePress has notations");
        check(word, second, word, "");
        check("a // [!code info]", second, "a", "1 Info");
        check("// [!code hl]\na", second, "a", "1 Highlighted");
        check("a {/* [!code ++] */}", second, "a {}", "1 Added");
        let any = known(Conventions::VuePress1, true, "js").expect("a folder of no version has them all");
        check(word, any, "a", "1- \"a\"");
    }

    #[test]
    fn lines_keep_the_numbers_that_the_author_counts() {
        let notated = read("// [!code ++]\na\n// [!code --]\nb\nc\n", EXTENDED).expect("it has notations");
        assert_eq!(notated.renumbered(&(2..=4)), 1..=2);
        assert_eq!(notated.renumbered(&(5..=5)), 3..=3);
        assert!(notated.renumbered(&(3..=3)).is_empty());
        assert_eq!(notated.renumbered(&(1..=u32::MAX)), 1..=u32::MAX - 2);
    }

    #[test]
    fn many_words_are_not_looked_for() {
        let code = "a // [!code word:a]\n".repeat(MOST_WORDS + 1);
        let notated = read(&code, EXTENDED).expect("it has notations");
        assert_eq!(notated.marks.words.len(), MOST_WORDS);
        assert!(notated.text.ends_with("a\na // [!code word:a]\n"));
    }
}
