//! The path of a file of the output.

use std::fmt;
use std::sync::Arc;

/// The path of a file below the output folder: `/` between names, no empty name, no `.` or `..`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutPath(Arc<str>);

impl OutPath {
    /// `text` as an output path; `None` if it is empty, absolute, leads out of the folder, or no file system could hold it.
    pub fn new(text: &str) -> Option<OutPath> {
        let good = |name: &str| !name.is_empty() && name != "." && name != ".." && !name.contains(['\0', '\\']);
        text.split('/').all(good).then(|| OutPath(text.into()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_inside() {
        assert!(OutPath::new("guide/été.html").is_some());
        for bad in ["", "/a", "a//b", "../a", "a/../b", "a/", "a\0b", "..\\a"] {
            assert_eq!(OutPath::new(bad), None, "{bad}");
        }
    }
}
