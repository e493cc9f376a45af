//! Tags of components that begin a block of HTML where CommonMark sees a paragraph: those that go on in the next line, and
//! those that follow a paragraph. Something is put in behind the `<` that makes the parser see a block, and taken out again
//! when it has done so.

use super::Rules;
use super::starts::{HtmlEnd, is_lone_tag};
use crate::page::components::markup::{component_tag, is_component_tag};

/// What follows `<` in a tag that is a block up to a blank line. The character is that of no page.
const UNTIL_BLANK: &str = "dir \u{10a54}";
/// What follows `<` in a tag that is a block up to the line with `>`.
const UNTIL_END: &str = "!X\u{10a54}";

/// What is put in behind the `<` of the tag that `rest`, a line, begins with, and where its block ends; `None` if the parser
/// is right about it. `more` is the text from this line on, `in_paragraph` whether a paragraph stands before it.
pub(super) fn forced(rest: &str, more: &str, in_paragraph: bool, rules: &Rules<'_>) -> Option<(&'static str, HtmlEnd)> {
    if !rest.starts_with('<') || !is_plainly_component(rest) {
        return None;
    }
    if rules.tags_alone {
        let is_start = !in_paragraph && !rest.starts_with("</") && component_tag(more).is_some();
        return is_start.then_some((UNTIL_END, HtmlEnd::Contains(">")));
    }
    let goes_on = || component_tag(more).is_some_and(|end| end > rest.len());
    let interrupts = || in_paragraph && is_lone_tag(rest) && is_component_tag(rest);
    (goes_on() || interrupts()).then_some((UNTIL_BLANK, HtmlEnd::Blank))
}

/// Whether the name has a capital letter or a hyphen: `<my url>` may be the target of a link.
fn is_plainly_component(rest: &str) -> bool {
    let name = rest.trim_start_matches(['<', '/']);
    let end = name.find(|char: char| !char.is_ascii_alphanumeric() && char != '-').unwrap_or(name.len());
    name.starts_with(|char: char| char.is_ascii_uppercase()) || name[..end].contains('-')
}

/// Takes out what was put into the first tag of `html`. `parts` says where its parts begin, and where they came from.
pub(crate) fn restore(html: &mut String, parts: &mut Vec<(usize, usize)>) {
    let Some(at) = html.find('<').map(|at| at + 1) else { return };
    let Some(insert) = [UNTIL_BLANK, UNTIL_END].into_iter().find(|insert| html[at..].starts_with(insert)) else {
        return;
    };
    let index = parts.partition_point(|(start, _)| *start <= at);
    let source = parts[..index].last().map_or(0, |(start, source)| source + (at - start));
    html.replace_range(at..at + insert.len(), "");
    for (start, _) in &mut parts[index..] {
        *start -= insert.len();
    }
    parts.insert(index, (at, source + insert.len()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_taken_out() {
        let mut html = format!("<{UNTIL_BLANK}Card\n a=\"b\">\nx\n");
        let mut parts = vec![(0, 100), (html.len() - 2, 200)];
        restore(&mut html, &mut parts);
        assert_eq!(html, "<Card\n a=\"b\">\nx\n");
        assert_eq!(parts, [(0, 100), (1, 101 + UNTIL_BLANK.len()), (html.len() - 2, 200)]);
    }
}
