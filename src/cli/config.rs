//! `pressoir config`: the settings in force, as YAML that can be saved as `pressoir.yml`.

use std::sync::Arc;

use crate::base::SourcePath;
use crate::compat;
use crate::diag::{Report, Severity};
use crate::vfs::{Disk, Files as _};

use super::arguments::Common;
use super::settled::Settled;
use super::terminal::Stream;
use super::{Exit, Failure};

pub(super) fn run(options: &Common) -> Result<Exit, Failure> {
    let settled = Settled::new(options)?;
    let files = Disk::new(&settled.root);
    let opened = compat::open(&files, &settled.request);
    let report = Report::new(opened.diagnostics);
    let text = |path: &SourcePath| Some(Arc::from(String::from_utf8_lossy(&files.read(path).ok()?)));
    settled.terminal.report(&report, &text, settled.format, settled.strict, Stream::Messages)?;
    settled.terminal.answer(opened.config.to_yaml().as_bytes())?;
    match report.count(Severity::Error) {
        0 => Ok(Exit::Clean),
        _ => Ok(Exit::Usage),
    }
}
