//! The system's notices, put together to changes.
//!
//! Nothing runs while nothing happens: the thread that waits here sleeps until a notice comes, and only then has a time.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind, RemoveKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _, WatcherKind};
use walkdir::WalkDir;

use super::ignore::Ignore;
use super::{Batch, Change};
use crate::base::SourcePath;
use crate::vfs::is_marked;

/// How long all must be quiet before a change is told. Editors write a file in several steps, a millisecond apart.
const QUIET: Duration = Duration::from_millis(5);

/// How long a change is put off at most, while notices come and come.
const LONGEST: Duration = Duration::from_millis(100);

/// How long a file may be gone, empty, or open for writing before that is believed: most often its editor is about to go on.
const PATIENCE: Duration = Duration::from_millis(250);

/// With more files than this in a change it is no editor that saves.
const FEW: usize = 8;

pub(super) struct Notices {
    pub ignore: Ignore,
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
}

/// What notices came to so far.
#[derive(Default)]
struct Gathering {
    batch: Batch,
    /// Files that are being written: their writer has not closed them, as far as the system tells.
    open: BTreeSet<PathBuf>,
    /// Files that came: what goes again was a step of several.
    came: BTreeSet<SourcePath>,
    /// Whether a name came or went: a step of several, in most editors.
    renamed: bool,
}

impl Gathering {
    fn is_empty(&self) -> bool {
        !self.batch.everything && self.batch.files.is_empty()
    }

    /// Whether nothing more belongs to it: files were written where they are, and closed.
    fn is_complete(&self) -> bool {
        !self.batch.everything && !self.renamed && self.open.is_empty()
    }
}

impl Notices {
    pub fn new(ignore: Ignore) -> io::Result<Notices> {
        let (sender, events) = channel();
        let send = move |event: notify::Result<Event>| {
            // Nobody listens any more once the watcher is dropped, and that is no error.
            let _ = sender.send(event);
        };
        let config = notify::Config::default().with_follow_symlinks(false);
        let watcher = RecommendedWatcher::new(send, config).map_err(io_error)?;
        let mut notices = Notices { ignore, watcher, events };
        let root = notices.ignore.root.clone();
        match one_call_watches_a_tree() {
            true => notices.watcher.watch(&root, RecursiveMode::Recursive).map_err(io_error)?,
            false => notices.watch_folders(&root)?,
        }
        Ok(notices)
    }

    pub fn wait(&mut self) -> Option<Change> {
        loop {
            let mut gathering = Gathering::default();
            let first = self.events.recv().ok()?;
            self.add(first, &mut gathering);
            let started = Instant::now();
            let mut last = started;
            // What came in during a long build is one change.
            while !gathering.is_empty() {
                let wait = if gathering.is_complete() { Duration::ZERO } else { QUIET };
                let until = match self.is_unfinished(&gathering) {
                    true => started + PATIENCE,
                    false => (last + wait).min(started + LONGEST),
                };
                let Ok(event) = self.events.recv_timeout(until.saturating_duration_since(Instant::now())) else {
                    break;
                };
                if self.add(event, &mut gathering) {
                    last = Instant::now();
                }
            }
            if let Some(change) = gathering.batch.change(&self.ignore.root) {
                return Some(change);
            }
        }
    }

    /// Whether somebody seems to be in the middle of saving: a file that was there is gone, or empty, or not yet closed.
    fn is_unfinished(&self, gathering: &Gathering) -> bool {
        let Gathering { batch, open, came, .. } = gathering;
        if batch.everything || batch.files.len() > FEW {
            return false;
        }
        let is_begun = |path: &SourcePath| match std::fs::metadata(self.ignore.root.join(path.as_str())) {
            Ok(about) => about.is_file() && about.len() == 0,
            Err(_) => !came.contains(path),
        };
        // Other systems do not tell when a file is closed.
        let tells_closed = RecommendedWatcher::kind() == WatcherKind::Inotify;
        tells_closed && !open.is_empty() || batch.files.iter().any(is_begun)
    }

    /// Adds what a notice says; whether it says anything.
    fn add(&mut self, event: notify::Result<Event>, gathering: &mut Gathering) -> bool {
        let Ok(event) = event else {
            gathering.batch.everything = true;
            return true;
        };
        let lost = event.need_rescan();
        gathering.batch.everything |= lost;
        let moved = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => {
                let closed = event.paths.iter().filter(|path| gathering.open.remove(*path)).count();
                return lost || closed > 0;
            }
            // Opening and reading: our own builds do it.
            EventKind::Access(_) => return lost,
            EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) | EventKind::Remove(_) => true,
            _ => false,
        };
        let mut says = lost;
        for path in &event.paths {
            let Some(source) = self.ignore.source_path(path) else { continue };
            let folder = path.is_dir();
            match (folder, moved) {
                // The files of a new folder can be older than the notices about it.
                (true, true) => {
                    gathering.batch.everything = true;
                    if !one_call_watches_a_tree() {
                        // A folder that is gone again, or that may not be read, has nothing to tell.
                        let _ = self.watch_folders(path);
                    }
                }
                (true, false) => continue,
                (false, _) => {
                    gathering.batch.everything |= event.kind == EventKind::Remove(RemoveKind::Folder);
                    if moved {
                        gathering.open.remove(path);
                    }
                    if matches!(event.kind, EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(RenameMode::To)))
                    {
                        gathering.came.insert(source.clone());
                    }
                    gathering.batch.files.insert(source);
                    if matches!(event.kind, EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Any)) {
                        gathering.open.insert(path.clone());
                    }
                }
            }
            gathering.renamed |= moved;
            says = true;
        }
        says
    }

    /// Watches a folder and those below it, each by itself, so that `node_modules` is never entered.
    fn watch_folders(&mut self, top: &Path) -> io::Result<()> {
        let Ignore { root, .. } = &self.ignore;
        let matters = |path: &Path| path == root || self.ignore.source_path(path).is_some();
        let mut below =
            WalkDir::new(top).into_iter().filter_entry(|entry| entry.file_type().is_dir() && matters(entry.path()));
        while let Some(folder) = below.next() {
            let Ok(folder) = folder else { continue };
            // An output folder or a cache is watched only for its mark.
            if folder.path() != root && is_marked(folder.path()) {
                below.skip_current_dir();
            }
            match self.watcher.watch(folder.path(), RecursiveMode::NonRecursive) {
                Err(error) if matches!(error.kind, notify::ErrorKind::PathNotFound) => {}
                watched => watched.map_err(io_error)?,
            }
        }
        Ok(())
    }
}

/// Whether the system watches a whole tree as cheaply as one folder (macOS, Windows).
fn one_call_watches_a_tree() -> bool {
    matches!(RecommendedWatcher::kind(), WatcherKind::Fsevent | WatcherKind::ReadDirectoryChangesWatcher)
}

fn io_error(error: notify::Error) -> io::Error {
    match error.kind {
        notify::ErrorKind::Io(error) => error,
        notify::ErrorKind::MaxFilesWatch => {
            io::Error::other("the system lets no more folders be watched; try `--poll`")
        }
        _ => io::Error::other(error),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn who_is_in_the_middle_of_saving_is_waited_for() {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in [("a.md", "text"), ("empty.md", "")] {
            fs::write(folder.path().join(name), text).expect("a file");
        }
        let notices = Notices::new(Ignore::new(folder.path()).expect("it is there")).expect("it can be watched");
        let path = |name: &str| SourcePath::new(name).expect("a path");
        let unfinished = |files: &[&str], came: &[&str], open: &[&str]| {
            notices.is_unfinished(&Gathering {
                batch: Batch { files: files.iter().map(|name| path(name)).collect(), everything: false },
                came: came.iter().map(|name| path(name)).collect(),
                open: open.iter().map(|name| folder.path().join(name)).collect(),
                renamed: false,
            })
        };
        assert!(!unfinished(&["a.md"], &[], &[]), "it is written");
        assert!(unfinished(&["empty.md"], &[], &[]), "it was emptied");
        assert!(unfinished(&["gone.md"], &[], &[]), "it was taken away");
        assert!(!unfinished(&["a.md", "a.md.tmp"], &["a.md.tmp"], &[]), "another was put in its place");
        let tells = RecommendedWatcher::kind() == WatcherKind::Inotify;
        assert_eq!(unfinished(&["a.md"], &[], &["a.md"]), tells, "it is not closed");
        let many: Vec<String> = (0..20).map(|number| format!("gone{number}.md")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(!unfinished(&many, &[], &[]), "it is no editor");
    }
}
