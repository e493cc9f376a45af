//! For a comment on a pull request: what is gone stands open, the rest is folded.

use std::io::{self, Write};

use super::super::{Changed, Difference};
use super::{ranked, summary};

pub(super) fn print(difference: &Difference, most: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "**{}**", summary(difference))?;
    if !difference.gone.is_empty() {
        writeln!(out, "\n| Gone | Now probably |\n|---|---|")?;
        for gone in difference.gone.iter().take(most) {
            let became = gone.became.as_deref().map(code).unwrap_or_default();
            writeln!(out, "| {} | {became} |", code(&gone.address))?;
        }
        rest(difference.gone.len(), most, out)?;
    }
    let pages = ranked(difference);
    let losing: Vec<&&Changed> = pages.iter().filter(|page| !page.anchors.gone.is_empty()).collect();
    if !losing.is_empty() {
        writeln!(out, "\n| Page | Anchor gone | Now probably |\n|---|---|---|")?;
        let anchors: Vec<_> =
            losing.iter().flat_map(|page| page.anchors.gone.iter().map(|anchor| (&page.address, anchor))).collect();
        for (address, anchor) in anchors.iter().take(most) {
            let became = anchor.became.as_ref().map(|id| code(&format!("#{id}"))).unwrap_or_default();
            writeln!(out, "| {} | {} | {became} |", code(address), code(&format!("#{}", anchor.id)))?;
        }
        rest(anchors.len(), most, out)?;
    }
    let moved: Vec<String> =
        difference.moved.iter().map(|(from, to)| format!("{} → {}", code(from), code(to))).collect();
    folded("Redirected", &moved, most, out)?;
    folded("New", &difference.new.iter().map(|address| code(address)).collect::<Vec<_>>(), most, out)?;
    folded("Changed", &pages.iter().map(|page| line(page)).collect::<Vec<_>>(), most, out)
}

/// A changed page in a line.
fn line(page: &Changed) -> String {
    let mut parts = Vec::new();
    if let Some((old, new)) = &page.title {
        parts.push(format!("title {} → {}", code(old), code(new)));
    }
    for (number, what) in [
        (page.anchors.gone.len(), "anchors gone"),
        (page.anchors.new.len(), "anchors new"),
        (page.links.gone.len(), "links gone"),
        (page.links.new.len(), "links new"),
        (page.text.gone, "words gone"),
        (page.text.new, "words new"),
    ] {
        if number > 0 {
            parts.push(format!("{what}: {number}"));
        }
    }
    format!("{}: {}", code(&page.address), parts.join(", "))
}

fn folded(title: &str, lines: &[String], most: usize, out: &mut dyn Write) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n<details><summary>{title} ({})</summary>\n", lines.len())?;
    for line in lines.iter().take(most) {
        writeln!(out, "- {line}")?;
    }
    rest(lines.len(), most, out)?;
    writeln!(out, "\n</details>")
}

fn rest(number: usize, most: usize, out: &mut dyn Write) -> io::Result<()> {
    match number.saturating_sub(most) {
        0 => Ok(()),
        rest => writeln!(out, "\n… and {rest} more"),
    }
}

/// Text as code, whatever it holds.
fn code(text: &str) -> String {
    let text = text.replace('|', "\\|").replace(['\n', '\r'], " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}
