//! File events, batched -> paths that changed. Floor 7.
//!
//! In: the project's folder. Out: one [`Change`] at a time. Two sources: the system's notices, or, for folders that send
//! none (network drives, some containers), looking every half second.

#![expect(clippy::disallowed_methods, reason = "watching is about real files")]

mod ignore;
mod notices;
mod poll;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::base::SourcePath;

use ignore::Ignore;
use notices::Notices;
use poll::Poll;

/// What happened since the last change was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// These files were written, added, renamed (both names) or removed. Sorted.
    Files(Vec<SourcePath>),
    /// A folder came, went or was renamed, or events were lost: anything may have changed.
    Everything,
}

impl Change {
    /// Several changes, as one.
    pub fn all(changes: impl IntoIterator<Item = Change>) -> Change {
        let mut batch = Batch::default();
        for change in changes {
            match change {
                Change::Files(files) => batch.files.extend(files),
                Change::Everything => batch.everything = true,
            }
        }
        batch.told().unwrap_or(Change::Files(Vec::new()))
    }
}

/// Watches a project's folder.
pub struct Watcher {
    source: Source,
}

enum Source {
    Notices(Notices),
    Poll(Poll),
}

impl Watcher {
    /// Follows the system's notices about `root`.
    pub fn new(root: &Path) -> io::Result<Watcher> {
        Notices::new(Ignore::new(root)?).map(|notices| Watcher { source: Source::Notices(notices) })
    }

    /// Looks at `root` again and again.
    pub fn polling(root: &Path) -> io::Result<Watcher> {
        Ok(Watcher { source: Source::Poll(Poll::new(Ignore::new(root)?)) })
    }

    /// Nothing is told of what lies in these folders.
    pub fn leave_out(&mut self, outputs: &[PathBuf]) {
        match &mut self.source {
            Source::Notices(notices) => notices.ignore.leave_out(outputs),
            Source::Poll(poll) => poll.leave_out(outputs),
        }
    }

    /// Waits for the next change; `None` once no more can come.
    pub fn wait(&mut self) -> Option<Change> {
        match &mut self.source {
            Source::Notices(notices) => notices.wait(),
            Source::Poll(poll) => Some(poll.wait()),
        }
    }
}

/// The change that a batch of events makes.
#[derive(Default)]
struct Batch {
    files: BTreeSet<SourcePath>,
    everything: bool,
}

impl Batch {
    /// The change that happened below `root`, if there is any. What a link leads to is looked at with all files: a file that has become
    /// one may lead anywhere.
    fn change(mut self, root: &Path) -> Option<Change> {
        self.everything |= self.files.iter().any(|file| root.join(file.as_str()).is_symlink());
        self.told()
    }

    fn told(self) -> Option<Change> {
        match (self.everything, self.files.is_empty()) {
            (true, _) => Some(Change::Everything),
            (false, true) => None,
            (false, false) => Some(Change::Files(self.files.into_iter().collect())),
        }
    }
}
