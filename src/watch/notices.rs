//! The system's notices.

use std::io;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::event::{ModifyKind, RemoveKind};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _, WatcherKind};
use notify_debouncer_full::{DebounceEventResult, DebouncedEvent, Debouncer, NoCache, new_debouncer_opt};
use walkdir::WalkDir;

use super::ignore::Ignore;
use super::{Batch, Change};
use crate::base::SourcePath;
use crate::vfs::is_marked;

/// How long a file must be left alone before it is told. Editors write a file in several steps, a millisecond apart.
const QUIET: Duration = Duration::from_millis(5);
const TICK: Duration = Duration::from_millis(2);

/// How long a file may be empty before that is believed: most often its editor has only begun to write it.
const EMPTY: Duration = Duration::from_millis(40);

pub(super) struct Notices {
    pub ignore: Ignore,
    debouncer: Debouncer<RecommendedWatcher, NoCache>,
    events: Receiver<DebounceEventResult>,
}

impl Notices {
    pub fn new(ignore: Ignore) -> io::Result<Notices> {
        let (sender, events) = channel();
        let send = move |batch: DebounceEventResult| {
            // Nobody listens any more once the watcher is dropped, and that is no error.
            let _ = sender.send(batch);
        };
        let config = notify::Config::default().with_follow_symlinks(false);
        let debouncer = new_debouncer_opt(QUIET, Some(TICK), send, NoCache::new(), config).map_err(io_error)?;
        let mut notices = Notices { ignore, debouncer, events };
        let root = notices.ignore.root.clone();
        match one_call_watches_a_tree() {
            true => notices.debouncer.watch(&root, RecursiveMode::Recursive).map_err(io_error)?,
            false => notices.watch_folders(&root)?,
        }
        Ok(notices)
    }

    pub fn wait(&mut self) -> Option<Change> {
        loop {
            let mut batch = Batch::default();
            let first = self.events.recv().ok()?;
            // What came in during a long build is one change.
            let more: Vec<_> = self.events.try_iter().collect();
            for events in std::iter::once(first).chain(more) {
                match events {
                    Ok(events) => events.iter().for_each(|event| self.add(event, &mut batch)),
                    Err(_) => batch.everything = true,
                }
            }
            self.wait_for_contents(&batch);
            if let Some(change) = batch.change() {
                return Some(change);
            }
        }
    }

    /// Waits while a file of the batch is empty, but not for long.
    fn wait_for_contents(&self, batch: &Batch) {
        let is_empty = |path: &SourcePath| {
            std::fs::metadata(self.ignore.root.join(path.as_str()))
                .is_ok_and(|about| about.is_file() && about.len() == 0)
        };
        let step = EMPTY / 8;
        let mut waited = Duration::ZERO;
        while waited < EMPTY && batch.files.iter().any(is_empty) {
            std::thread::sleep(step);
            waited += step;
        }
    }

    fn add(&mut self, event: &DebouncedEvent, batch: &mut Batch) {
        if event.need_rescan() {
            batch.everything = true;
        }
        let moved = match event.kind {
            // Opening and reading: our own builds do it.
            EventKind::Access(_) => return,
            EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) | EventKind::Remove(_) => true,
            _ => false,
        };
        for path in &event.paths {
            let Some(source) = self.ignore.source_path(path) else { continue };
            let folder = path.is_dir();
            match (folder, moved) {
                // The files of a new folder can be older than the notices about it.
                (true, true) => {
                    batch.everything = true;
                    if !one_call_watches_a_tree() {
                        // A folder that is gone again, or that may not be read, has nothing to tell.
                        let _ = self.watch_folders(path);
                    }
                }
                (true, false) => {}
                (false, _) => {
                    batch.everything |= event.kind == EventKind::Remove(RemoveKind::Folder);
                    batch.files.insert(source);
                }
            }
        }
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
            match self.debouncer.watch(folder.path(), RecursiveMode::NonRecursive) {
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
