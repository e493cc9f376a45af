//! The project's files. Floor 1.

mod archive;
mod disk;
mod history;
mod memory;
mod overlay;
mod repository;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

pub use archive::unzip;
pub use disk::{Disk, OUTPUT_MARK, is_mark, is_marked, is_skipped};
pub use memory::Memory;
pub use overlay::Overlay;
pub use repository::{Repository, github};

use crate::base::SourcePath;

/// What a project consists of: files below one folder, read whole. Everything below floor 7 sees files only through it.
pub trait Files: Sync {
    /// The paths of all files, sorted. Hidden files are listed; `.git`, `node_modules` and links that lead out of the
    /// project or round in a circle are not. What cannot be read and what lies outside is told in `problems`.
    fn list(&self) -> io::Result<Listing>;

    /// The contents of a file.
    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>>;

    /// The contents of a file that was listed a while ago: nothing, if it has become a link that leads elsewhere.
    fn read_inside(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        self.read(path)
    }

    /// The first bytes of a file, at least so many if it has them.
    fn read_beginning(&self, path: &SourcePath, _bytes: u64) -> io::Result<Vec<u8>> {
        self.read(path)
    }

    /// How many bytes a file has.
    fn size(&self, path: &SourcePath) -> io::Result<u64> {
        self.read(path).map(|bytes| bytes.len() as u64)
    }

    /// A name of what [`Files::history`] is read from; as long as it is the same, so is the history. `None`: there is none.
    fn revision(&self) -> Option<String> {
        None
    }

    /// Whether the repository holds only the end of its history, as copies made for one build often do.
    fn history_is_cut_off(&self) -> bool {
        false
    }

    /// What a file that is gone held when the repository had it last, if that can be told.
    fn last_contents(&self, _path: &SourcePath) -> Option<Vec<u8>> {
        None
    }

    /// Who changed the Markdown files of a folder, and when. What is not in it is not known.
    fn history(&self, _below: &SourcePath) -> History {
        History::new()
    }
}

/// The past of files.
pub type History = BTreeMap<SourcePath, Changes>;

/// The past of a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Changes {
    /// When it was changed last: seconds since 1970, in UTC.
    pub last: i64,
    /// Who changed it, those who did it most often first.
    pub authors: Vec<Arc<str>>,
}

/// What [`Files::list`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The files, sorted, each once.
    pub files: Vec<SourcePath>,
    /// What could not be read, and why.
    pub problems: Vec<(SourcePath, Unread)>,
    /// Files and folders that are links: where they really lie in the project, and their names.
    pub links: Vec<(SourcePath, SourcePath)>,
}

/// Why something of a project could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unread {
    /// A link to what is not there.
    DeadLink,
    /// A link that leads out of the project.
    LinkOut,
    /// A link to something hidden in the project, such as `.git` or `.env`.
    LinkHidden,
    /// Its name is not Unicode.
    Name,
    /// What the system says.
    Other(String),
}
