//! How much which findings matter.

use serde::Serialize;

use crate::diag::codes::Level;

/// Kinds of findings, by name, and how much they matter.
pub type Levels = Vec<(String, Level)>;

/// How much which findings matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct ChecksConfig {
    /// In all files, in the order written.
    pub levels: Levels,
    /// In files whose paths below the content folder a glob matches; of several the last decides.
    pub files: Vec<(String, Levels)>,
}
