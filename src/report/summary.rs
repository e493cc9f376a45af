//! A summary in Markdown, which GitHub shows on the page of a workflow's run.

use std::io::{self, Write};

use anstream::adapter::strip_str;

use crate::diag::Severity;
use crate::diag::manual::{self, Language};

use super::finding::Finding;
use super::groups::{counted, groups};
use super::{name, short};

/// How many findings of a kind are listed.
const LISTED: usize = 20;
/// How many findings are listed in all: the page holds a mebibyte.
const MOST: usize = 500;

pub(super) fn print(findings: &[Finding<'_>], title: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## {}\n", cell(title))?;
    let groups = groups(findings);
    let mut left = MOST;
    for group in &groups {
        let open = if group.severity == Severity::Error { " open" } else { "" };
        let summary = manual::section(group.code, Language::English).map(|section| section.summary);
        writeln!(out, "<details{open}><summary><code>{}</code>: {}</summary>\n", group.code, counted(group))?;
        writeln!(out, "{}\n", summary.unwrap_or_default())?;
        writeln!(out, "| Place | {} | What to do |\n|---|---|---|", capitalized(name(group.severity)))?;
        let shown = group.findings.len().min(LISTED).min(left);
        left -= shown;
        for finding in &group.findings[..shown] {
            let place = finding.place.as_ref().map_or_else(String::new, |place| code(&short::position(place)));
            let diagnostic = finding.diagnostic;
            let help = diagnostic.help.as_deref().unwrap_or_default();
            writeln!(out, "| {place} | {} | {} |", cell(&diagnostic.message), cell(help))?;
        }
        let rest = group.findings.len() - shown;
        if rest > 0 {
            writeln!(out, "| | and {rest} more | |")?;
        }
        writeln!(out, "\n</details>\n")?;
    }
    Ok(())
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Code in a cell of a table.
fn code(text: &str) -> String {
    format!("<code>{}</code>", cell(text))
}

/// Text in a cell of a table: nothing in it is markup but its code between backticks.
fn cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    let mut in_code = false;
    let balanced = text.matches('`').count().is_multiple_of(2);
    for char in strip_str(text).to_string().chars() {
        match char {
            '`' if balanced => {
                in_code = !in_code;
                cell.push_str(if in_code { "<code>" } else { "</code>" });
            }
            '&' => cell.push_str("&amp;"),
            '<' => cell.push_str("&lt;"),
            '>' => cell.push_str("&gt;"),
            '|' | '`' | '*' | '_' | '[' | ']' | '\\' | '~' | '#' | '@' | ':' => {
                cell.push_str(&format!("&#{};", u32::from(char)));
            }
            char if char.is_control() => cell.push(' '),
            char => cell.push(char),
        }
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_markup_of_a_message_reaches_the_page() {
        assert_eq!(
            cell("no page at `a|b.md` <img> *x*\nnext"),
            "no page at <code>a&#124;b.md</code> &lt;img&gt; &#42;x&#42; next"
        );
        assert_eq!(cell("an odd `"), "an odd &#96;");
    }
}
