//! What a workflow of GitHub shows on the page of its run: it gives a file to write to.

use std::env;
use std::fs::OpenOptions;
use std::io::Write as _;

use crate::report::{self, Texts};

use super::Failure;
use super::settled::Settled;
use super::terminal::Stream;
use crate::diag::Report;

/// Adds the findings to the file that `GITHUB_STEP_SUMMARY` names, if it names one.
pub(super) fn add(settled: &Settled, report: &Report, texts: &Texts<'_>, title: &str) -> Result<(), Failure> {
    let Some(path) = env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else { return Ok(()) };
    let options = settled.terminal.options(settled.strict, Stream::Messages);
    let mut text = Vec::new();
    let written = report::print_summary(report, texts, &options, title, &mut text)
        .and_then(|()| OpenOptions::new().append(true).create(true).open(&path)?.write_all(&text));
    written.map_err(|error| Failure::Machine(format!("the summary cannot be written to `{}`: {error}", path.display())))
}
