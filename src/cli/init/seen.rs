//! How paths are shown: as they would be typed.

use std::path::{Path, PathBuf};

/// Where paths are seen from.
pub(super) struct Seen {
    /// The folder of the site as it was typed.
    typed: PathBuf,
    /// The same from the root of the disk.
    folder: PathBuf,
    /// The current folder.
    pub current: Option<PathBuf>,
}

impl Seen {
    pub fn new(typed: &Path, folder: &Path) -> Seen {
        let current = std::env::current_dir().and_then(|folder| folder.canonicalize()).ok();
        Seen { typed: typed.into(), folder: folder.into(), current }
    }

    /// A path as it is shown.
    pub fn path(&self, path: &Path) -> String {
        let below = |folder: &Path| path.strip_prefix(folder).ok();
        if let Some(below) = self.current.as_deref().and_then(below) {
            return below.display().to_string().replace('\\', "/");
        }
        match below(&self.folder) {
            Some(below) => self.typed.join(below).display().to_string(),
            None => path.display().to_string(),
        }
    }
}
