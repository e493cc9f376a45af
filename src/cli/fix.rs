//! `pressoir check --fix`: what is certain is mended. The change is shown first, and made when it is agreed to.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use anstream::adapter::strip_str;

use crate::build::{Engine, Mending};
use crate::diag::Report;
use crate::sink::{self, Edit, Unchanged};

use super::arguments::Check;
use super::settled::Settled;
use super::terminal::counted;
use super::{Failure, written};

/// Mends what can be; whether anything changed.
pub(super) fn run(options: &Check, settled: &Settled, engine: &Engine, report: &Report) -> Result<bool, Failure> {
    let terminal = &settled.terminal;
    let mending = engine.mending(report);
    for path in &mending.left {
        terminal.say(&format!("`{path}` is left alone: it was changed in the meantime, or is no UTF-8"))?;
    }
    if mending.edits.is_empty() {
        terminal.say("There is nothing that can be mended without you")?;
        return Ok(false);
    }
    let shown: String = mending.edits.iter().map(|edit| difference(edit, terminal.prefix())).collect();
    if options.dry_run {
        terminal.answer(shown.as_bytes())?;
        terminal.say(&format!("{} would be mended; nothing was changed", what(&mending)))?;
        return Ok(false);
    }
    written(io::stderr().write_all(shown.as_bytes()))?;
    if !(options.yes || agreed(&mending)?) {
        terminal.say("Nothing was changed")?;
        return Ok(false);
    }
    sink::edit(&settled.root, &mending.edits).map_err(|refusal| match refusal {
        Unchanged::Changed(_) => Failure::Machine(format!("{refusal}: nothing was changed; check again")),
        Unchanged::Io(..) => Failure::Machine(refusal.to_string()),
    })?;
    terminal.say(&format!("{} mended", what(&mending)))?;
    Ok(true)
}

fn what(mending: &Mending) -> String {
    format!("{} in {}", counted(mending.places, "place"), counted(mending.edits.len(), "file"))
}

/// Asks, if somebody is there to answer.
fn agreed(mending: &Mending) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        written(writeln!(io::stderr(), "`--yes` makes these changes where nobody can be asked"))?;
        return Ok(false);
    }
    written(write!(io::stderr(), "Mend {}? [y/N] ", what(mending)).and_then(|()| io::stderr().flush()))?;
    let mut answer = String::new();
    written(io::stdin().lock().read_line(&mut answer).map(|_| ()))?;
    Ok(["y", "yes", "o", "oui"].contains(&answer.trim().to_lowercase().as_str()))
}

/// How many new lines are looked through for an old one.
const MOST_NEW: usize = 200;

/// The lines that change, as `diff -u0` has them: some are others, and some come before others.
pub(super) fn difference(edit: &Edit, prefix: &str) -> String {
    let (before, after) = (String::from_utf8_lossy(&edit.before), String::from_utf8_lossy(&edit.after));
    let path = format!("{prefix}{}", edit.path);
    let mut shown = format!("--- {path}\n+++ {path}\n");
    let (old, new): (Vec<&str>, Vec<&str>) = (before.split('\n').collect(), after.split('\n').collect());
    let line = |text: &str| strip_str(text.trim_end_matches('\r')).to_string();
    let (mut i, mut j) = (0, 0);
    while j < new.len() {
        if old.get(i) == new.get(j) {
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let is_other = i < old.len() && old.get(i + 1) == new.get(j + 1);
        let came = match is_other {
            true => None,
            false => (1..MOST_NEW).find(|count| old.get(i) == new.get(j + count)),
        };
        match came {
            Some(count) => {
                let lines: String = new[j..j + count].iter().map(|text| format!("+{}\n", line(text))).collect();
                shown.push_str(&format!("@@ -{i},0 +{},{count} @@\n{lines}", j + 1));
                j += count;
            }
            None => {
                let gone = old.get(i).map(|text| format!("-{}\n", line(text))).unwrap_or_default();
                shown.push_str(&format!("@@ -{} +{} @@\n{gone}+{}\n", i + 1, j + 1, line(new[j])));
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SourcePath;

    #[test]
    fn only_lines_that_change_are_shown() {
        let edit = Edit {
            path: SourcePath::new("a/b.md").expect("a path"),
            before: "one\r\n[a](x.md)\r\nthree\r\n".into(),
            after: "one\r\n[a](y.md)\r\nthree\r\n".into(),
        };
        let want = "--- docs/a/b.md\n+++ docs/a/b.md\n@@ -2 +2 @@\n-[a](x.md)\n+[a](y.md)\n";
        assert_eq!(difference(&edit, "docs/"), want);
        let edit = Edit { before: "# T\n\n[a](x)\n".into(), after: "---\na: b\n---\n\n# T\n\n[a](y)\n".into(), ..edit };
        let want = "@@ -0,0 +1,4 @@\n+---\n+a: b\n+---\n+\n@@ -3 +7 @@\n-[a](x)\n+[a](y)\n";
        assert_eq!(difference(&edit, ""), format!("--- a/b.md\n+++ a/b.md\n{want}"));
    }
}
