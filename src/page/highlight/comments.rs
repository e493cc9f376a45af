//! Lines that end with comments, cut in parts so that the parser comes to an end.
//!
//! In the grammar of JavaScript, two rules look ahead behind an expression: one sees an operator in the slash of `x /* a`, the other
//! that nothing but comments is left of the line. Each hands the same place to the other, and the parser does that forever
//! (<https://github.com/trishume/syntect/pull/706>). A comment that a part begins with is read as one before they are asked.

use super::LONGEST_LINE;

/// The line cut before each `/*` that stands behind white space and has nothing but comments behind it.
pub(super) fn parts(line: &str) -> Vec<&str> {
    let mut parts = vec![line];
    if line.len() > LONGEST_LINE {
        return parts;
    }
    let cuts = || line.match_indices("/*").map(|(at, _)| at);
    let Some(first) = cuts().find(|at| is_spaced(&line[..*at]) && only_comments(&line[*at..])) else { return parts };
    parts.clear();
    let mut done = 0;
    for cut in cuts().filter(|at| *at >= first && is_spaced(&line[..*at])) {
        parts.push(&line[done..cut]);
        done = cut;
    }
    parts.push(&line[done..]);
    parts
}

fn is_spaced(before: &str) -> bool {
    before.ends_with([' ', '\t'])
}

/// Whether the text, which begins with `/*`, is comments and white space; the last one may be open.
fn only_comments(mut text: &str) -> bool {
    while let Some(comment) = text.strip_prefix("/*") {
        let Some((_, rest)) = comment.split_once("*/") else { return true };
        text = rest.trim_start();
    }
    text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_before_comments_that_end_them() {
        for (line, want) in [
            ("x /*\n", &["x ", "/*\n"][..]),
            ("  /** a\n", &["  ", "/** a\n"]),
            ("x /* a */ /* b\n", &["x ", "/* a */ ", "/* b\n"]),
            ("x /* a */\n", &["x ", "/* a */\n"]),
            ("/* a\n", &["/* a\n"]),
            ("x/* a\n", &["x/* a\n"]),
            ("f( /* a */ b)\n", &["f( /* a */ b)\n"]),
            ("'a/*' + 'b /*.js'", &["'a/*' + 'b ", "/*.js'"]),
            ("x\n", &["x\n"]),
            ("", &[""]),
        ] {
            assert_eq!(parts(line), want, "{line:?}");
        }
    }
}
