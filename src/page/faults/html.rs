//! What is wrong with the HTML that an author typed.

use crate::base::Span;
use crate::diag::Diagnostic;
use crate::page::markdown::{Body, HtmlFault, Wrong};
use crate::page::types::Source;

/// What of the author's HTML could not be taken over as it is typed.
pub(crate) fn html(source: &Source, body: &Body) -> Vec<Diagnostic> {
    body.html_faults.iter().map(|fault| finding(source, fault)).collect()
}

fn finding(source: &Source, fault: &HtmlFault) -> Diagnostic {
    let name = fault.name.as_str();
    let found = match fault.wrong {
        Wrong::Unclosed if name == "!--" => {
            Diagnostic::warning("unclosed-element", "this comment is never closed: all that follows is hidden with it")
                .help("put `-->` where it ends, or write `&lt;!--` to show it as text")
        }
        Wrong::Unclosed => Diagnostic::warning(
            "unclosed-element",
            format!("`<{name}>` is never closed: it ends with the block it stands in"),
        )
        .help(format!("put `</{name}>` where it ends, or write `&lt;{name}>` to show it as text")),
        Wrong::Crosses(end) => {
            let end = Span::new(source.path.clone(), tag(source, end));
            Diagnostic::warning("crossing-element", format!("`<{name}>` and its `</{name}>` do not stand in one block"))
                .label(end, "its end tag")
                .help(match name.eq_ignore_ascii_case("p") {
                    true => "a paragraph ends where a block or another paragraph begins; put them in a `<div>`".to_owned(),
                    false => format!("put both in one line or paragraph, or both around whole blocks: `<{name}>` ends with the block it began in"),
                })
        }
        Wrong::Stray => Diagnostic::warning("stray-end-tag", format!("`</{name}>` ends nothing here, and is left out"))
            .help(format!("take it away, or put `<{name}>` before it in the same block")),
        Wrong::Misplaced => {
            Diagnostic::warning("misplaced-element", format!("`<{name}>` cannot stand here, and is left out")).help(
                "browsers would not take it: its text is shown; parts of tables stand in a `<table>`, items in a list",
            )
        }
        Wrong::OutsideCells => Diagnostic::warning(
            "misplaced-element",
            "there is text in this table outside its cells: it is put into a cell",
        )
        .help("put it between `<td>` and `</td>`; browsers would show it before the table"),
        Wrong::TakenId => Diagnostic::warning("duplicate-id", format!("the id `{name}` is taken already on this page"))
            .help("give another one: a link to it leads to the first"),
    };
    found.at(Span::new(source.path.clone(), tag(source, fault.at)))
}

/// The place of a tag that begins at `start`: its name, as far as it can be told.
fn tag(source: &Source, start: usize) -> std::ops::Range<usize> {
    let rest = source.text.get(start..).unwrap_or_default();
    let name = rest.strip_prefix("</").or_else(|| rest.strip_prefix('<'));
    let length = match name {
        Some(name) => {
            let of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '!');
            rest.len() - name.trim_start_matches(of_name).len()
        }
        None => rest.chars().next().map_or(0, char::len_utf8),
    };
    start..start + length
}
