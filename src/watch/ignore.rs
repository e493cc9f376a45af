//! Which files of the project's folder matter.

use std::io;
use std::path::{Component, Path, PathBuf};

use crate::base::SourcePath;

/// Folders that hold nothing of the project's own, wherever they lie.
const FOLDERS: [&str; 4] = [".git", "node_modules", ".cache", ".temp"];

/// The project's folder, less what is not looked at.
#[derive(Clone)]
pub(super) struct Ignore {
    /// The folder under its real name, which is the one that events carry.
    pub root: PathBuf,
    outputs: Vec<PathBuf>,
}

impl Ignore {
    pub fn new(root: &Path) -> io::Result<Ignore> {
        Ok(Ignore { root: std::fs::canonicalize(root)?, outputs: Vec::new() })
    }

    /// Leaves out these folders.
    pub fn leave_out(&mut self, outputs: &[PathBuf]) {
        let root = &self.root;
        // An output folder that is not there yet will have the name that its parent has now.
        let real = |output: &PathBuf| {
            let output = root.join(output);
            let (parent, name) = (output.parent()?, output.file_name()?);
            std::fs::canonicalize(&output).ok().or_else(|| Some(std::fs::canonicalize(parent).ok()?.join(name)))
        };
        self.outputs = outputs.iter().filter_map(real).filter(|output| output != root).collect();
    }

    /// The path of a file that matters, as the project calls it.
    pub fn source_path(&self, path: &Path) -> Option<SourcePath> {
        let below = path.strip_prefix(&self.root).ok()?;
        if self.outputs.iter().any(|output| path.starts_with(output)) {
            return None;
        }
        let mut names = Vec::new();
        for component in below.components() {
            let Component::Normal(name) = component else { return None };
            let name = name.to_str()?;
            if FOLDERS.contains(&name) {
                return None;
            }
            names.push(name);
        }
        // A folder may be called so by chance.
        if names.last().is_some_and(|name| is_temporary(name)) && !path.is_dir() {
            return None;
        }
        SourcePath::new(&names.join("/"))
    }
}

/// Whether it is a file that editors and systems write beside the one that they edit or show.
fn is_temporary(name: &str) -> bool {
    let starts = [".#", "~$", ".goutputstream-", ".~lock.", ".sync_"];
    let ends = ["~", ".swp", ".swo", ".swx", ".swpx", ".tmp", ".crswap", "___jb_tmp___", "___jb_old___", ".kate-swp"];
    // Vim tries whether it may write in a folder with a file of this name.
    matches!(name, "4913" | ".DS_Store" | "Thumbs.db" | "desktop.ini")
        || starts.iter().any(|start| name.starts_with(start))
        || ends.iter().any(|end| name.ends_with(end))
        || name.starts_with('#') && name.ends_with('#') && name.len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matters() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut ignore = Ignore::new(folder.path()).expect("it exists");
        ignore.leave_out(&["public".into(), "docs/.vuepress/dist".into()]);
        for (path, matters) in [
            ("content/guide/été.md", true),
            ("pressoir.yml", true),
            ("docs/.vuepress/config.js", true),
            ("publicity/a.md", true),
            ("content/4913.md", true),
            ("public/index.html", false),
            ("public", false),
            ("docs/.vuepress/.cache/x.json", false),
            (".git/index.lock", false),
            ("docs/node_modules/a/README.md", false),
            ("content/a.md~", false),
            ("content/.a.md.swp", false),
            ("content/4913", false),
            ("content/#a.md#", false),
            ("content/.#a.md", false),
        ] {
            let found = ignore.source_path(&ignore.root.join(path));
            assert_eq!(found.is_some(), matters, "{path}");
            assert!(found.is_none_or(|found| found.as_str() == path));
        }
        assert_eq!(ignore.source_path(Path::new("/elsewhere/a.md")), None);
    }
}
