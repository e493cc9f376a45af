//! Which paths of the output are taken: no two files can have one path, and none can lie where another has its folder.

use std::collections::BTreeMap;

use crate::base::{OutPath, SourcePath};

/// The paths that are taken so far.
#[derive(Default)]
pub(super) struct Taken<'a> {
    files: BTreeMap<&'a str, &'a SourcePath>,
    /// Folders, with a file that lies in each.
    folders: BTreeMap<&'a str, &'a SourcePath>,
}

/// Why a path cannot be taken, and which source is in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clash<'a> {
    /// It has that very path.
    Same(&'a SourcePath),
    /// It lies in a folder that has this path.
    Folder(&'a SourcePath),
    /// It has the path of a folder that is needed here.
    File(&'a SourcePath),
}

impl<'a> Clash<'a> {
    /// The source that is in the way.
    pub fn with(self) -> &'a SourcePath {
        match self {
            Clash::Same(source) | Clash::Folder(source) | Clash::File(source) => source,
        }
    }
}

impl<'a> Taken<'a> {
    /// Takes a path, unless it clashes with one that is taken.
    pub fn take(&mut self, out: &'a OutPath, source: &'a SourcePath) -> Result<(), Clash<'a>> {
        let out = out.as_str();
        if let Some(other) = self.files.get(out) {
            return Err(Clash::Same(other));
        }
        if let Some(other) = self.folders.get(out) {
            return Err(Clash::Folder(other));
        }
        let folders = || out.match_indices('/').map(|(at, _)| &out[..at]);
        if let Some(other) = folders().find_map(|folder| self.files.get(folder)) {
            return Err(Clash::File(other));
        }
        self.files.insert(out, source);
        for folder in folders() {
            self.folders.entry(folder).or_insert(source);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::fixture::source;

    #[test]
    fn files_and_folders() {
        let out = |path| OutPath::new(path).expect("a path");
        let (first, outs) = (source("first.md"), ["a/x.html", "a/x.html", "a", "a/x.html/b/c.html", "a/y.html", "b"]);
        let outs = outs.map(out);
        let mut taken = Taken::default();
        let found = outs.each_ref().map(|out| taken.take(out, &first).err());
        let wanted =
            [None, Some(Clash::Same(&first)), Some(Clash::Folder(&first)), Some(Clash::File(&first)), None, None];
        assert_eq!(found, wanted);
    }
}
