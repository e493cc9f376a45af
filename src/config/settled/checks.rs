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
    /// How other hosts are asked.
    pub external: ExternalConfig,
}

/// How links to other hosts are checked.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ExternalConfig {
    /// Addresses that nobody is asked for; `*` stands for anything.
    pub ignore: Vec<String>,
    /// How long an answer may take, in seconds.
    pub timeout: u64,
    /// How many hosts are asked at a time.
    pub concurrency: usize,
    /// For how many days an answer is good.
    pub keep_days: u64,
    /// What the program calls itself; `None`: its name and version.
    pub user_agent: Option<String>,
    /// Whether this computer, its network, and names that are kept for examples are asked, too.
    pub local: bool,
}

impl Default for ExternalConfig {
    fn default() -> ExternalConfig {
        ExternalConfig {
            ignore: Vec::new(),
            timeout: 15,
            concurrency: 16,
            keep_days: 3,
            user_agent: None,
            local: false,
        }
    }
}
