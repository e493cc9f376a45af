//! What the YAML parser found wrong, in the words of people who write YAML without knowing its grammar.

use std::ops::Range;

/// A mistake in a text of YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: &'static str,
    /// Where it stands in the text, to the end of its line.
    pub range: Range<usize>,
}

/// Values that begin with a character of YAML's own.
const QUOTE: &str = "put the value between quotes: `title: \"@home\"`";
/// Lines that do not go together.
const INDENT: &str =
    "keys that belong together start in the same column; what belongs to a key stands two spaces further right";

/// What `error` says about `text`.
pub fn fault(error: &serde_yaml::Error, text: &str) -> Fault {
    let told = error.to_string();
    let (problem, context) = told.split_once(", while ").unwrap_or((&told, ""));
    let found = problem.split(" at line ").next().unwrap_or(problem);
    let found = found.split(" at position ").next().unwrap_or(found);
    let place = place(problem).or_else(|| error.location().map(|place| (place.line(), place.column())));
    let here = place.map_or(0..0, |(line, column)| range(text, line, column));
    // What is never closed is noticed much later; where it was opened is what the author looks for.
    let opened = self::place(context).map_or_else(|| here.clone(), |(line, column)| range(text, line, column));
    let line_start = text[..here.start].rfind('\n').map_or(0, |newline| newline + 1);
    let before = &text[line_start..here.start];
    let character = text[here.start..].chars().next();
    let fault = |message: &str, help, range| Fault { message: message.to_owned(), help, range };
    match found {
        _ if found.contains("mapping values are not allowed") && before.contains(": ") => {
            let help = "put the value between quotes if it has a colon in it: `title: \"One: two\"`";
            fault("a second `: ` stands in this line", help, here)
        }
        _ if found.contains("mapping values are not allowed") => {
            fault("this line does not go with the one above", INDENT, line_start..here.end)
        }
        _ if character == Some('\t') || found.contains("found a tab") => {
            fault("this line is indented with a tab", "write spaces: two for each step to the right", here)
        }
        _ if found.contains("cannot start any token") => fault("a value cannot start with this character", QUOTE, here),
        _ if context.contains("anchor") || context.contains("alias") || found.contains("unknown anchor") => {
            fault("`*` and `&` mean something else at the start of a value", QUOTE, opened)
        }
        _ if context.contains("quoted scalar") && found.contains("end of stream") => {
            fault("this quote is never closed", "write the same quote where the value ends", opened)
        }
        _ if found.contains("expected ',' or ']'") => {
            fault("a `,` or the closing `]` of this list is missing", "write it as in `[one, two]`", opened)
        }
        _ if found.contains("expected ',' or '}'") => {
            fault("a `,` or the closing `}` is missing", "write it as in `{ one: 1, two: 2 }`", opened)
        }
        _ if found.contains("expected node content") => {
            fault("a value is missing, or the closing `]` or `}`", "write it as in `[one, two]`", here)
        }
        _ if found.contains("unknown escape") => {
            let help = "write `\\\\`, or put the value between single quotes: `'C:\\docs'`";
            fault("a `\\` stands between double quotes", help, here)
        }
        _ if found.contains("expected key") && before.trim_start_matches([' ', '-']).is_empty() => {
            fault("this line does not go with those above", INDENT, here)
        }
        _ if found.contains("expected key") && before.contains(['\'', '"']) => {
            let help = "if a quote or an apostrophe belongs to the value, use the other kind around it: `\"l'été\"`";
            fault("the value ended before, with its closing quote", help, here)
        }
        _ if found.contains("expected key") => {
            fault("this does not belong here", "delete it, or see what opens it", here)
        }
        _ if found.contains("expected ':'") => {
            fault("a `:` is missing after the key in this line", "write `key: value`", opened)
        }
        _ if found.contains("duplicate entry") => {
            let key = found.split('"').nth(1).unwrap_or_default();
            let range = second_line(text, here.start, key).unwrap_or(here);
            fault(&format!("`{key}` is given twice"), "delete one of them", range)
        }
        _ if found.contains("invalid type: integer") => {
            fault("this number is too large", "put it between quotes, if it is not to be counted with", here)
        }
        _ if found.contains("recursion limit") || found.contains("repetition limit") => {
            fault("there are too many levels inside each other", "settings need a few at most", here)
        }
        _ if found.contains("control characters") => fault("this is no text", "save the file as text, in UTF-8", here),
        _ => fault(found, "see whether a quote, a bracket or a colon is missing", here),
    }
}

/// The line and column that a message of the parser ends with.
fn place(message: &str) -> Option<(usize, usize)> {
    let (_, place) = message.rsplit_once(" at line ")?;
    let (line, column) = place.split_once(" column ")?;
    Some((line.parse().ok()?, column.parse().ok()?))
}

/// From a line and column (from 1, in characters) to the end of the line's text; the last line stands for what lies behind.
fn range(text: &str, line: usize, column: usize) -> Range<usize> {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    if start == text.len() && line > 1 {
        let last = text.trim_end();
        return last.rfind('\n').map_or(0, |newline| newline + 1)..last.len();
    }
    let line = text[start..].lines().next().unwrap_or_default();
    let column = line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at);
    start + column..start + column.max(line.trim_end().len())
}

/// The second line that gives `key`, from where the keys begin among which it stands.
fn second_line(text: &str, from: usize, key: &str) -> Option<Range<usize>> {
    let lines = text[from..].split_inclusive('\n').scan(from, |start, line| {
        let range = *start..*start + line.trim_end().len();
        *start += line.len();
        Some((range, line.trim_start()))
    });
    let gives = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':'));
    lines.filter(|(_, line)| gives(line)).nth(1).map(|(range, _)| range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_told_in_plain_words_where_they_were_made() {
        for (text, message, at) in [
            ("a: 1\ntitle: \"X\nb: 1\n", "this quote is never closed", "\"X"),
            ("été: 'b\n", "this quote is never closed", "'b"),
            ("title: [a\nfoo: : :\n", "a `,` or the closing `]` of this list is missing", "[a"),
            ("a: 1\ntitle: [\n", "a value is missing, or the closing `]` or `}`", "title: ["),
            ("a: {b: c\n", "a `,` or the closing `}` is missing", "{b: c"),
            ("title: *Important*\n", "`*` and `&` mean something else at the start of a value", "*Important*"),
            ("title: *x\n", "`*` and `&` mean something else at the start of a value", "*x"),
            ("title: a\n b: c\n", "this line does not go with the one above", " b: c"),
            ("a:\n  b: 1\n c: 2\n", "this line does not go with those above", "c: 2"),
            ("a: 1\n- b\n", "this line does not go with those above", "- b"),
            ("a: b\nc\n", "a `:` is missing after the key in this line", "c"),
            ("title: @home\n", "a value cannot start with this character", "@home"),
            ("a:\n\tb: 1\n", "this line is indented with a tab", "\tb: 1"),
            ("title: x\n\tlang: fr\n", "this line is indented with a tab", "\tlang: fr"),
            ("b: 'l'été'\n", "the value ended before, with its closing quote", "été'"),
            ("a: [b, c]]\n", "this does not belong here", "]"),
            ("a: \"\\d\"\n", "a `\\` stands between double quotes", "\\d\""),
            ("title: Été : hiver\n", "a second `: ` stands in this line", ": hiver"),
            ("a: 99999999999999999999999999\n", "this number is too large", "99999999999999999999999999"),
            ("a: 1\nb: 2\na: 3\n", "`a` is given twice", "a: 3"),
            ("- k: 1\n- k: 2\n  k: 3\n", "`k` is given twice", "  k: 3"),
        ] {
            let error = serde_yaml::from_str::<serde_yaml::Value>(text).expect_err(text);
            let fault = fault(&error, text);
            assert_eq!((&*fault.message, &text[fault.range]), (message, at), "{text}: {error}");
        }
    }

    #[test]
    fn depth_has_an_end() {
        let text = format!("a: {}{}", "[".repeat(1000), "]".repeat(1000));
        let error = serde_yaml::from_str::<serde_yaml::Value>(&text).expect_err("it is too deep");
        assert_eq!(fault(&error, &text).message, "there are too many levels inside each other");
    }
}
