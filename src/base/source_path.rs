//! The path of a file of the project.

use std::fmt;
use std::sync::Arc;

/// The path of a file below the project's folder: `/` between names on every system, no `.` or `..`, no leading `/`.
/// The empty path is the project's folder itself. Ordered byte by byte.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// The path that `text` means, seen from the project's folder; `None` if it leads out of it.
    pub fn new(text: &str) -> Option<SourcePath> {
        SourcePath::root().join(text)
    }

    /// The project's folder.
    pub fn root() -> SourcePath {
        SourcePath(Arc::from(""))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `text`, seen from this folder; a leading `/` means the project's folder. `None` if it leads out of the project.
    pub fn join(&self, text: &str) -> Option<SourcePath> {
        let mut names: Vec<&str> = match text.starts_with('/') || self.0.is_empty() {
            true => Vec::new(),
            false => self.0.split('/').collect(),
        };
        for name in text.split('/') {
            match name {
                "" | "." => {}
                ".." => {
                    names.pop()?;
                }
                name => names.push(name),
            }
        }
        Some(SourcePath(names.join("/").into()))
    }

    /// The folder that the file lies in.
    pub fn folder(&self) -> SourcePath {
        SourcePath(self.0.rsplit_once('/').map_or("", |(folder, _)| folder).into())
    }

    /// The last name of the path.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The name without its extension: `start` of `guide/start.md`.
    pub fn stem(&self) -> &str {
        let name = self.name();
        match name.rsplit_once('.') {
            Some(("", _)) | None => name,
            Some((stem, _)) => stem,
        }
    }

    /// What follows the last dot of the name, as written; empty if there is none.
    pub fn extension(&self) -> &str {
        match self.name().rsplit_once('.') {
            Some(("", _)) | None => "",
            Some((_, extension)) => extension,
        }
    }

    /// Whether the file is a page: its extension is `md`, in any case.
    pub fn is_markdown(&self) -> bool {
        self.extension().eq_ignore_ascii_case("md")
    }

    /// The path seen from `folder`, or `None` if it does not lie below it.
    pub fn below(&self, folder: &SourcePath) -> Option<&str> {
        match folder.0.is_empty() {
            true => Some(&self.0),
            false => self.0.strip_prefix(&*folder.0)?.strip_prefix('/'),
        }
    }
}

impl serde::Serialize for SourcePath {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SourcePath {
        SourcePath::new(text).expect("a path inside the project")
    }

    #[test]
    fn a_path_cannot_leave_the_project() {
        assert_eq!(path("./a/../b.md").as_str(), "b.md");
        assert_eq!(SourcePath::new("a/../../b.md"), None);
        assert_eq!(path("guide").join("../../x.md"), None);
        assert_eq!(path("guide").join("/x.md"), Some(path("x.md")));
    }

    #[test]
    fn parts() {
        let start = path("guide/été x.md");
        assert_eq!((start.folder().as_str(), start.name(), start.stem()), ("guide", "été x.md", "été x"));
        assert_eq!(start.below(&path("guide")), Some("été x.md"));
        assert_eq!(start.below(&path("gui")), None);
        assert_eq!(path(".vuepress").extension(), "");
        assert!(path("A.MD").is_markdown());
    }
}
