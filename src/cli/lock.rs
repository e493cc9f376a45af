//! `pressoir lock`: the list of the site's addresses is written. What it would lose is told first.

use crate::diag::codes;
use crate::diag::{Diagnostic, Report, Severity};
use crate::sink::{self, Edit, Unchanged};

use super::arguments::Lock;
use super::progress::Progress;
use super::settled::Settled;
use super::terminal::{Stream, counted};
use super::{Exit, Failure, check};

pub(super) fn run(options: &Lock) -> Result<Exit, Failure> {
    let mut settled = Settled::new(&options.common)?;
    settled.request.originals = true;
    let terminal = &settled.terminal;
    let mut engine = settled.engine();
    let build = {
        let _progress = Progress::new(terminal, "Reading the site");
        engine.check()
    };
    check::explain(terminal, &build.config)?;
    let tell = |findings: Vec<Diagnostic>| {
        terminal.report(
            &Report::new(findings),
            &|path| engine.text(path),
            settled.format,
            settled.strict,
            Stream::Messages,
        )
    };
    let is_fatal = |found: &&Diagnostic| {
        found.severity == Severity::Error && codes::find(&found.code).is_some_and(|code| code.fatal)
    };
    let fatal: Vec<Diagnostic> = build.report.diagnostics().iter().filter(is_fatal).cloned().collect();
    if !fatal.is_empty() {
        tell(fatal)?;
        terminal.say("Nothing was written: addresses may be missing as long as this is not mended")?;
        return Ok(super::exit(&build, settled.strict));
    }
    let path = build.config.project.lock();
    let shown = format!("{}{path}", terminal.prefix());
    if engine.lock().is_some_and(|lock| lock.is_newer) {
        return Err(Failure::Usage(format!("`{shown}` was written by a later version of Pressoir: use that one")));
    }
    let Some(text) = engine.new_lock() else { return Ok(Exit::Clean) };
    // However the settings weigh it: who writes the list anew wants to know what it loses.
    let lost = engine.lost().into_iter().map(|found| Diagnostic { severity: Severity::Warning, ..found });
    let lost: Vec<Diagnostic> = lost.collect();
    let is_whole = engine.lock().is_none_or(|lock| lock.is_whole);
    // A merge that is not finished is ended by what is written.
    let gives_up = !is_whole || lost.iter().any(|found| found.code != "lock-file");
    if !lost.is_empty() {
        let count = lost.iter().filter(|found| found.code != "lock-file").count();
        tell(lost)?;
        if !options.accept && gives_up {
            terminal.say(&format!(
                "Nothing was written: {} would be given up. `pressoir lock --accept` does so",
                match (count, is_whole) {
                    (0, _) => format!("what cannot be read of `{shown}`"),
                    (1, true) => "this address".to_owned(),
                    (_, true) => format!("these {count} addresses"),
                    (_, false) => format!("{} and what cannot be read of `{shown}`", addresses(count)),
                }
            ))?;
            return Ok(Exit::Findings);
        }
    }
    let before = engine.files().read(&path).ok();
    let (pages, anchors) = counts(&text);
    let counts = format!("{} and {}", counted(pages, "page"), counted(anchors, "anchor"));
    if before.as_deref() == Some(text.as_bytes()) {
        terminal.say(&format!("`{shown}` is up to date: {counts}"))?;
        return Ok(Exit::Clean);
    }
    let written = match before {
        Some(before) => sink::edit(&settled.root, &[Edit { path, before, after: text.into_bytes() }]),
        None => sink::create(&settled.root, &path, text.as_bytes()),
    };
    written.map_err(|refusal| match refusal {
        Unchanged::Changed(_) => Failure::Machine(format!("{refusal}: nothing was written; try again")),
        Unchanged::Io(..) => Failure::Machine(refusal.to_string()),
    })?;
    terminal.say(&format!("Wrote `{shown}`: {counts}. Commit it with the site"))?;
    Ok(Exit::Clean)
}

fn addresses(count: usize) -> String {
    if count == 1 { "1 address".to_owned() } else { format!("{count} addresses") }
}

/// How many pages and anchors a list has.
fn counts(text: &str) -> (usize, usize) {
    let lines = || text.lines().skip(1).filter(|line| line.starts_with('/'));
    let anchors = lines().filter(|line| line.split('\t').next().is_some_and(|address| address.contains('#'))).count();
    (lines().count() - anchors, anchors)
}
