//! Looking again and again, where the system sends no notices. notify's own poller is not used: it keeps times by the
//! second and overlooks the second of two quick edits.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

use crate::base::SourcePath;

use super::ignore::Ignore;
use super::{Batch, Change};

/// How long to wait between two looks.
const INTERVAL: Duration = Duration::from_millis(500);

/// What a file looked like: time of the last change, size, and whether it is a folder.
type Look = (Option<SystemTime>, u64, bool);

pub(super) struct Poll {
    ignore: Ignore,
    seen: BTreeMap<SourcePath, Look>,
}

impl Poll {
    pub fn new(ignore: Ignore) -> Poll {
        Poll { seen: look(&ignore), ignore }
    }

    pub fn leave_out(&mut self, outputs: &[PathBuf]) {
        self.ignore.leave_out(outputs);
        let Poll { ignore, seen } = self;
        seen.retain(|path, _| ignore.source_path(&ignore.root.join(path.as_str())).is_some());
    }

    pub fn wait(&mut self) -> Change {
        loop {
            std::thread::sleep(INTERVAL);
            let now = look(&self.ignore);
            let before = std::mem::replace(&mut self.seen, now);
            if let Some(change) = difference(&before, &self.seen).change(&self.ignore.root) {
                return change;
            }
        }
    }
}

fn look(ignore: &Ignore) -> BTreeMap<SourcePath, Look> {
    let entries = WalkDir::new(&ignore.root).min_depth(1).into_iter();
    entries
        .filter_entry(|entry| ignore.source_path(entry.path()).is_some())
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let path = ignore.source_path(entry.path())?;
            // A folder's own time and size change with its files, which are looked at themselves.
            let look = match entry.file_type().is_dir() {
                true => (None, 0, true),
                false => entry.metadata().map_or((None, 0, false), |about| (about.modified().ok(), about.len(), false)),
            };
            Some((path, look))
        })
        .collect()
}

fn difference(before: &BTreeMap<SourcePath, Look>, now: &BTreeMap<SourcePath, Look>) -> Batch {
    let mut batch = Batch::default();
    let gone = before.iter().filter(|(path, _)| !now.contains_key(*path));
    let new = now.iter().filter(|(path, look)| before.get(*path) != Some(look));
    for (path, (.., folder)) in gone.chain(new) {
        match folder {
            true => batch.everything = true,
            false => _ = batch.files.insert(path.clone()),
        }
    }
    batch
}
