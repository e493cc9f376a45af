//! `pressoir config`: the settings in force, as YAML that can be saved as `pressoir.yml`.

use std::io;
use std::sync::Arc;

use crate::base::SourcePath;
use crate::compat;
use crate::config::native;
use crate::diag::{Report, Severity};
use crate::vfs::{Disk, Files, Listing};

use super::arguments::Common;
use super::settled::Settled;
use super::terminal::Stream;
use super::{Exit, Failure};

pub(super) fn run(options: &Common) -> Result<Exit, Failure> {
    let settled = Settled::new(options)?;
    let files = BeforeTheShell(Disk::new(&settled.root));
    let opened = compat::open(&files, &settled.request);
    let report = Report::new(opened.diagnostics);
    let text = |path: &SourcePath| Some(Arc::from(String::from_utf8_lossy(&files.read(path).ok()?)));
    settled.terminal.report(&report, &text, settled.format, settled.strict, Stream::Messages)?;
    settled.terminal.answer(opened.config.to_yaml().as_bytes())?;
    if let Some(folder) = &settled.request.folder {
        settled.terminal.say(&format!("Save it as `pressoir.yml` in this folder, not in `{folder}/`"))?;
    }
    match report.count(Severity::Error) {
        0 => Ok(Exit::Clean),
        _ => Ok(Exit::Usage),
    }
}

/// The files of a project as they were before the shell made an empty one for `pressoir config > pressoir.yml`.
struct BeforeTheShell(Disk);

impl Files for BeforeTheShell {
    fn list(&self) -> io::Result<Listing> {
        let mut listing = self.0.list()?;
        let is_settings = |path: &SourcePath| native::FILES.contains(&path.as_str());
        listing.files.retain(|path| !is_settings(path) || self.0.read(path).map_or(true, |bytes| !bytes.is_empty()));
        Ok(listing)
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        self.0.read(path)
    }
}
