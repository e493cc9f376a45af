//! The output folder: only what changed is written, only what is ours is removed, and a build that is killed at any moment
//! leaves each file old or new.
//!
//! A list of the files that are ours lies in the folder ([`crate::vfs::OUTPUT_MARK`]). The order of the steps is what
//! makes it safe: first a list of all that was ours or will be, so that nothing written is ever taken for someone else's;
//! then each file under another name, moved into its place when it is whole; then what is no longer wanted is removed; the
//! list of what is left comes last.
#![expect(clippy::disallowed_methods, reason = "this module is where the output is written")]

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::artefact::{Artefact, Body, Output};
use crate::base::OutPath;
use crate::vfs::{Files, OUTPUT_MARK};

/// Files are written here, inside the output folder, before they are moved into their places.
const UNFINISHED: &str = ".pressoir-unfinished";

/// The longest name of a file or folder that file systems hold, in bytes.
const LONGEST_NAME: usize = 255;

/// The file in that folder that is locked while a build writes.
const LOCK: &str = "lock";

/// The first line of the list.
const HEADER: &str = "# Written by pressoir: the files of this folder that it may replace and remove.";

/// An output folder.
#[derive(Debug)]
pub struct Disk {
    folder: PathBuf,
    /// How many more changes of the disk succeed; only tests give a number.
    steps_left: Option<AtomicUsize>,
    next_name: AtomicUsize,
}

/// What publishing did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Files that were new or different.
    pub written: usize,
    /// Files that were as they should be.
    pub unchanged: usize,
    /// Files of an earlier build that are no longer wanted.
    pub removed: usize,
}

/// Why nothing, or not all, was published.
#[derive(Debug)]
pub enum Refusal {
    /// Files lie in the way that no build of ours wrote; nothing was changed.
    Foreign(Vec<OutPath>),
    /// The output folder, or one above it, is a file.
    NoFolder(PathBuf),
    /// Another build writes to the folder at this moment; nothing was changed.
    Busy,
    /// The disk failed; the next build mends what is half done.
    Io(PathBuf, io::Error),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Foreign(paths) => {
                let shown: Vec<String> = paths.iter().take(5).map(|path| format!("`{path}`")).collect();
                let more = if paths.len() > 5 { format!(" and {} more", paths.len() - 5) } else { String::new() };
                write!(f, "the output folder has files that an earlier build did not write: {}{more}", shown.join(", "))
            }
            Refusal::NoFolder(path) => write!(f, "`{}` is a file, not a folder", path.display()),
            Refusal::Busy => f.write_str("another build is writing to this folder"),
            Refusal::Io(path, error) => write!(f, "`{}`: {error}", path.display()),
        }
    }
}

impl std::error::Error for Refusal {}

/// What is to be done about a file of the output.
enum State {
    Same,
    Write(Arc<[u8]>),
    Foreign,
}

impl Disk {
    /// The folder at this path; it is made when something is published.
    pub fn new(folder: impl Into<PathBuf>) -> Disk {
        Disk { folder: folder.into(), steps_left: None, next_name: AtomicUsize::new(0) }
    }

    /// Makes the folder hold `output`; `files` is where copies come from.
    pub fn publish(&self, output: &Output, files: &dyn Files) -> Result<Published, Refusal> {
        if let Some(file) = self.folder.ancestors().find(|above| above.symlink_metadata().is_ok())
            && file.is_file()
        {
            return Err(Refusal::NoFolder(file.to_path_buf()));
        }
        self.refuse_impossible(output)?;
        let ours = self.list()?;
        let states: Vec<(&OutPath, State)> = output
            .par_iter()
            .map(|(path, artefact)| Ok((path, self.state(path, artefact, &ours, files)?)))
            .collect::<Result<_, Refusal>>()?;
        let foreign = |state: &(&OutPath, State)| matches!(state.1, State::Foreign).then(|| state.0.clone());
        let in_the_way: Vec<OutPath> = states.iter().filter_map(foreign).collect();
        if !in_the_way.is_empty() {
            return Err(Refusal::Foreign(in_the_way));
        }
        // A file that someone else put there stays theirs, even if it is just what we would write: it is never removed.
        let wanted: BTreeSet<&OutPath> = states
            .iter()
            .filter(|(path, state)| !matches!(state, State::Same) || ours.contains(path))
            .map(|(path, _)| *path)
            .collect();
        // After a kill the list may name what is a folder by now, or gone; behind a link nothing is ours.
        let is_file = |path: &OutPath| {
            self.not_a_folder_above(path).is_none()
                && self.place(path).symlink_metadata().is_ok_and(|found| !found.is_dir())
        };
        let stale: Vec<&OutPath> = ours.iter().filter(|path| !output.contains_key(path) && is_file(path)).collect();
        let to_write: Vec<(&OutPath, &Arc<[u8]>)> = states
            .iter()
            .filter_map(|(path, state)| match state {
                State::Write(contents) => Some((*path, contents)),
                _ => None,
            })
            .collect();
        let published =
            Published { written: to_write.len(), unchanged: output.len() - to_write.len(), removed: stale.len() };

        let unfinished = self.folder.join(UNFINISHED);
        let done = to_write.is_empty() && stale.is_empty() && ours.iter().eq(wanted.iter().copied());
        if done && !unfinished.exists() {
            return Ok(published);
        }
        let _lock = self.lock(&unfinished)?;
        if self.list()? != ours {
            return Err(Refusal::Busy);
        }
        if done {
            self.change(&unfinished, |path| fs::remove_dir_all(path))?;
            return Ok(published);
        }
        self.write_list(ours.iter().chain(wanted.iter().copied()).collect())?;
        // A file where a folder is wanted, or a folder of old files where a file is, must go before.
        let new_files: BTreeSet<&str> = to_write.iter().map(|(path, _)| path.as_str()).collect();
        let new_folders: BTreeSet<&str> = new_files.iter().flat_map(|path| folders_of(path)).collect();
        let blocks = |path: &OutPath| {
            new_folders.contains(path.as_str()) || folders_of(path.as_str()).any(|folder| new_files.contains(folder))
        };
        let (first, last): (Vec<&OutPath>, Vec<&OutPath>) = stale.into_iter().partition(|path| blocks(path));
        self.remove(&first)?;
        let folders: BTreeSet<PathBuf> =
            to_write.iter().filter_map(|(path, _)| Some(self.place(path).parent()?.to_path_buf())).collect();
        for folder in &folders {
            if !folder.is_dir() {
                self.change(folder, |path| fs::create_dir_all(path))?;
            }
        }
        to_write.par_iter().try_for_each(|(path, contents)| self.write(&self.place(path), contents))?;
        self.remove(&last)?;
        self.write_list(wanted)?;
        self.change(&unfinished, |path| fs::remove_dir_all(path))?;
        Ok(published)
    }

    /// Keeps other builds out of the folder for as long as what is returned lives. A build that was killed keeps nobody out.
    fn lock(&self, unfinished: &Path) -> Result<Option<fs::File>, Refusal> {
        self.change(unfinished, |path| fs::create_dir_all(path))?;
        let path = unfinished.join(LOCK);
        let file = fs::File::create(&path).map_err(|error| Refusal::Io(path, error))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Err(Refusal::Busy),
            // Some file systems have no locks.
            Err(TryLockError::Error(_)) => Ok(None),
        }
    }

    /// The files that earlier builds wrote, finished or not.
    fn list(&self) -> Result<BTreeSet<OutPath>, Refusal> {
        let path = self.folder.join(OUTPUT_MARK);
        match fs::read_to_string(&path) {
            Ok(text) => {
                // The first line says what the list is.
                let lines = text.lines().skip(1);
                Ok(lines.filter_map(|line| OutPath::new(&line.replace("\\n", "\n").replace("\\r", "\r"))).collect())
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeSet::new()),
            Err(error) => Err(Refusal::Io(path, error)),
        }
    }

    fn write_list(&self, paths: BTreeSet<&OutPath>) -> Result<(), Refusal> {
        let mut text = format!("{HEADER}\n");
        for path in paths {
            // One line each: there is no other `\` in the path of an output file.
            text.push_str(&path.as_str().replace('\n', "\\n").replace('\r', "\\r"));
            text.push('\n');
        }
        self.write(&self.folder.join(OUTPUT_MARK), text.as_bytes())
    }

    /// Compares a file of the output with what lies in its place.
    fn state(
        &self,
        path: &OutPath,
        artefact: &Artefact,
        ours: &BTreeSet<OutPath>,
        files: &dyn Files,
    ) -> Result<State, Refusal> {
        let contents = match &artefact.body {
            Body::Bytes(bytes) => bytes.clone(),
            Body::Copy(source) => {
                files.read(source).map_err(|error| Refusal::Io(PathBuf::from(source.as_str()), error))?.into()
            }
        };
        if self.not_a_folder_above(path).is_some_and(|above| !ours.contains(&above)) {
            return Ok(State::Foreign);
        }
        let place = self.place(path);
        // A link is not followed: what it leads to is not in this folder.
        match fs::symlink_metadata(&place) {
            Ok(found) if found.is_dir() && self.holds_only(&place, ours) => Ok(State::Write(contents)),
            Ok(found) if found.is_dir() => Ok(State::Foreign),
            Ok(found) => {
                let equal = found.is_file() && found.len() == contents.len() as u64;
                Ok(match equal && fs::read(&place).is_ok_and(|old| old[..] == contents[..]) {
                    true => State::Same,
                    false if ours.contains(path) => State::Write(contents),
                    false => State::Foreign,
                })
            }
            Err(_) => Ok(State::Write(contents)),
        }
    }

    /// Whether everything in the folder is ours.
    fn holds_only(&self, folder: &Path, ours: &BTreeSet<OutPath>) -> bool {
        walkdir::WalkDir::new(folder).into_iter().all(|entry| {
            let Ok(entry) = entry else { return false };
            let path = entry.path().strip_prefix(&self.folder).ok().and_then(Path::to_str);
            entry.file_type().is_dir()
                || path.and_then(|path| OutPath::new(&path.replace('\\', "/"))).is_some_and(|path| ours.contains(&path))
        })
    }

    /// What lies where a folder above `path` should be, and is none: a file, or a link, which may lead anywhere.
    fn not_a_folder_above(&self, path: &OutPath) -> Option<OutPath> {
        let is_none = |above: &OutPath| self.place(above).symlink_metadata().is_ok_and(|found| !found.is_dir());
        folders_of(path.as_str()).filter_map(OutPath::new).find(is_none)
    }

    /// Refuses, before anything is changed, what no disk can hold.
    fn refuse_impossible(&self, output: &Output) -> Result<(), Refusal> {
        for path in output.keys() {
            let too_long = path.as_str().split('/').any(|name| name.len() > LONGEST_NAME);
            let is_folder =
                || folders_of(path.as_str()).filter_map(OutPath::new).find(|above| output.contains_key(above));
            let reason = if too_long {
                format!("a name in it is longer than {LONGEST_NAME} bytes")
            } else if let Some(above) = is_folder() {
                format!("`{above}` is a file of the site, so it cannot be a folder, too")
            } else {
                continue;
            };
            return Err(Refusal::Io(self.place(path), io::Error::new(io::ErrorKind::InvalidInput, reason)));
        }
        Ok(())
    }

    fn place(&self, path: &OutPath) -> PathBuf {
        self.folder.join(path.as_str())
    }

    /// Writes a file under another name, then moves it into its place.
    fn write(&self, place: &Path, contents: &[u8]) -> Result<(), Refusal> {
        let name = self.next_name.fetch_add(1, Ordering::Relaxed).to_string();
        let unfinished = self.folder.join(UNFINISHED).join(name);
        self.change(&unfinished, |path| fs::write(path, contents))?;
        self.change(place, |place| fs::rename(&unfinished, place))
    }

    /// Removes files, and the folders that are empty then.
    fn remove(&self, paths: &[&OutPath]) -> Result<(), Refusal> {
        let mut folders: BTreeSet<&str> = BTreeSet::new();
        for path in paths {
            self.change(&self.place(path), |path| fs::remove_file(path))?;
            folders.extend(folders_of(path.as_str()));
        }
        // Deepest first. One that is not empty stays.
        for folder in folders.into_iter().rev() {
            let _ = fs::remove_dir(self.folder.join(folder));
        }
        Ok(())
    }

    /// One change of the disk.
    fn change(&self, path: &Path, make: impl FnOnce(&Path) -> io::Result<()>) -> Result<(), Refusal> {
        if let Some(left) = &self.steps_left {
            let went_on = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
            if went_on.is_err() {
                return Err(Refusal::Io(path.to_path_buf(), io::Error::other("killed")));
            }
        }
        make(path).map_err(|error| Refusal::Io(path.to_path_buf(), error))
    }
}

/// The folders that a file lies in, outermost first.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

#[cfg(test)]
mod tests;
