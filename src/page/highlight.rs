//! Code -> HTML with class spans, in three steps: the language's grammar (`languages`) splits each line into scopes, the
//! scopes are mapped to a dozen token classes (`classes`), and neighbours of one class are written as one span (`spans`).

mod ansi;
mod classes;
mod comments;
mod languages;
mod spans;

use std::borrow::Cow;

use syntect::parsing::{ParseState, SyntaxReference};

use classes::{Class, ClassStack};
use spans::Spans;

/// Code past this many bytes is not highlighted: nobody reads it, and a page must not wait for it.
const MOST_CODE: usize = 1 << 18;

/// A line past this many bytes is not highlighted: it is minified or data, and a grammar may take the square of its length
/// (a second for ten thousand digits in JSON).
const LONGEST_LINE: usize = 2_000;

/// Whether `language` can be highlighted or is a name for plain text.
pub fn is_known(language: &str) -> bool {
    languages::grammar(language).is_some()
}

/// `code` as HTML; neighbours of one class share a span, across lines too. It is plain if nobody knows the language.
pub fn highlight(code: &str, language: &str) -> String {
    if is_ansi(language) {
        return ansi::highlight(code);
    }
    let syntax = languages::grammar(language).flatten().filter(|_| code.len() <= MOST_CODE);
    let mut spans = Spans::with_capacity(code.len());
    match syntax {
        Some(syntax) if is_session(code, language, syntax) => write_session(code, syntax, &mut spans),
        Some(syntax) => write_tokens(code, syntax, &mut spans),
        None => spans.push(None, code),
    }
    spans.end()
}

/// `code` as readers see it: the output of a terminal has escape sequences that they do not.
pub fn visible<'c>(code: &'c str, language: &str) -> Cow<'c, str> {
    if is_ansi(language) { ansi::plain(code).into() } else { code.into() }
}

/// `code` as HTML, line by line, without line ends: no span crosses a line.
pub fn lines(code: &str, language: &str) -> Vec<String> {
    spans::split_lines(&highlight(code, language))
}

fn is_ansi(language: &str) -> bool {
    language.eq_ignore_ascii_case("ansi")
}

/// Whether only some lines are in the language: those after a prompt.
fn is_session(code: &str, language: &str, syntax: &SyntaxReference) -> bool {
    languages::is_session(language) || code.starts_with("$ ") && syntax.name.contains("(bash)")
}

/// Writes what was typed after prompts in the language, and the rest as it is.
fn write_session(code: &str, syntax: &SyntaxReference, spans: &mut Spans) {
    let prompt = |line: &str| match line.get(..2)? {
        "$ " => Some("$ "),
        "> " => Some("> "),
        // More often a comment than what root is prompted with.
        "# " => Some(""),
        _ => None,
    };
    let mut lines = code.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let Some(prompt_here) = prompt(line) else {
            spans.push(None, line);
            continue;
        };
        let mut command = line[prompt_here.len()..].to_owned();
        while command.ends_with("\\\n")
            && let Some(more) = lines.next_if(|line| prompt(line).is_none())
        {
            command.push_str(more);
        }
        spans.push(Some(Class::Comment), prompt_here);
        write_tokens(&command, syntax, spans);
    }
}

fn write_tokens(code: &str, syntax: &SyntaxReference, spans: &mut Spans) {
    let mut state = ParseState::new(syntax);
    let mut stack = ClassStack::default();
    for part in code.split_inclusive('\n').flat_map(comments::parts) {
        // A grammar that fails on a line is out of step: the line is plain, the next one is tried.
        let parsed = (part.len() <= LONGEST_LINE).then(|| state.parse_line(part, languages::set()).ok()).flatten();
        let mut done = 0;
        for (at, change) in parsed.into_iter().flatten() {
            if at > done {
                spans.push(stack.class_of(&part[done..at]), &part[done..at]);
                done = at;
            }
            stack.apply(&change);
        }
        spans.push(stack.class_of(&part[done..]), &part[done..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, code: &str, html: &str) {
        assert_eq!(highlight(code, language), html, "{language}");
    }

    /// `⟦k text⟧` stands for a span of class `t-k`.
    fn spans(short: &str) -> String {
        let mut html = String::new();
        let mut rest = short;
        while let Some((before, class_and_rest)) = rest.split_once("⟦") {
            let (token, after) = class_and_rest.split_once("⟧").expect("every ⟦ has its ⟧");
            let (class, text) = token.split_once(' ').expect("a class and a text");
            html.push_str(&format!("{before}<span class=\"t-{class}\">{text}</span>"));
            rest = after;
        }
        html + rest
    }

    #[test]
    fn tokens_of_the_languages_people_write() {
        let cases = [
            ("js", "const a = 'é' // <b>", "⟦k const⟧ a = ⟦s 'é'⟧ ⟦c // &lt;b&gt;⟧"),
            ("js", "f({ a: 1, 'b': new C() })", "⟦f f⟧({ a: ⟦n 1⟧, ⟦s 'b'⟧: ⟦k new⟧ ⟦t C⟧() })"),
            ("jsx", "return typeof f(1.5)", "⟦k return typeof⟧ ⟦f f⟧(⟦n 1.5⟧)"),
            ("ts", "let x: A = new B()", "⟦k let⟧ x: ⟦t A⟧ = ⟦k new⟧ ⟦f B⟧()"),
            ("json", "{\"a\": [1, null, \"x\\n\"]}", "{⟦a \"a\"⟧: [⟦n 1⟧, ⟦n null⟧, ⟦s \"x⟧⟦e \\n⟧⟦s \"⟧]}"),
            ("html", "<a href=\"x\">t &amp;</a>", "&lt;⟦g a⟧ ⟦a href⟧=⟦s \"x\"⟧&gt;t ⟦e &amp;amp;⟧&lt;/⟦g a⟧&gt;"),
            ("css", "p { color: red; /* c */ }", "⟦g p⟧ { ⟦a color⟧: ⟦n red⟧; ⟦c /* c */⟧ }"),
            ("yml", "a: b # c\n", "⟦g a⟧: b ⟦c # c⟧\n"),
            ("diff", "-a\n-b\n+c\n d\n", "⟦d -a\n-b⟧\n⟦i +c⟧\n d\n"),
            ("md", "# T\n\n**b**\n", "⟦h # T\n\n**b**⟧\n"),
            ("py", "def f(x):\n  return not x\n", "⟦k def⟧ ⟦f f⟧(⟦v x⟧):\n  ⟦k return not⟧ x\n"),
            ("sh", "echo \"$HOME\"", "⟦f echo⟧ ⟦s \"$HOME\"⟧"),
            ("text", "a < b\n", "a &lt; b\n"),
            ("sh", "$ ls 'a'\nl'a\n", "⟦c $⟧ ⟦f ls⟧ ⟦s 'a'⟧\nl'a\n"),
            ("console", "> ls \\\n  -l\nok: <b>\n# 'c", "⟦c &gt;⟧ ⟦f ls⟧ \\\n  ⟦v -l⟧\nok: &lt;b&gt;\n⟦c # 'c⟧"),
            ("ANSI", "\u{1b}[1Ka", "a"),
        ];
        for (language, code, short) in cases {
            check(language, code, &spans(short));
        }
    }

    #[test]
    fn code_in_a_string_is_no_string() {
        check("js", "`a${b}c`", &spans("⟦s `a⟧${b}⟦s c`⟧"));
    }

    #[test]
    fn comments_behind_expressions_come_to_an_end() {
        let code = "a = b\n/**\n * c\n */\nx /*\n*/ /* y */\n  /* z */\nlet d\n";
        let (told, ended) = std::sync::mpsc::channel();
        // A grammar that goes round in circles would hold the tests up for ever.
        std::thread::spawn(move || {
            told.send(["js", "ts", "jsx", "vue", "html"].map(|language| highlight(code, language)))
        });
        let html = ended.recv_timeout(std::time::Duration::from_secs(60)).expect("it ends");
        let end = spans("x ⟦c /*\n*/ /* y */\n  /* z */⟧\n⟦k let⟧ d\n");
        assert!(html[0].ends_with(&end), "{}", html[0]);
    }

    #[test]
    fn an_unknown_language_is_plain() {
        assert_eq!(highlight("let < x", "klingon"), "let &lt; x");
        assert_eq!(lines("a\n<", "klingon"), ["a", "&lt;"]);
        assert!(!is_known("klingon") && is_known("JS") && is_known("none"));
    }

    #[test]
    fn no_span_crosses_a_line() {
        let got = lines("/* a\n\n b */ x\n", "js");
        assert_eq!(got, [&spans("⟦c /* a⟧"), "", &spans("⟦c  b */⟧ x")]);
        assert_eq!(lines("a < b\nc", "text"), ["a &lt; b", "c"]);
        assert_eq!(lines("", "js"), [""; 0]);
    }

    #[test]
    fn long_lines_and_long_code_are_plain() {
        let long = format!("let a = \"{}\"\nlet b\n", "x".repeat(LONGEST_LINE));
        let html = highlight(&long, "js");
        assert!(html.starts_with("let a") && html.ends_with(&spans("⟦k let⟧ b\n")));
        let huge = "let a\n".repeat(MOST_CODE / 6 + 1);
        assert_eq!(highlight(&huge, "js"), huge);
    }
}
