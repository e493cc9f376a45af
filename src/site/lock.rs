//! `pressoir.lock`: the addresses and anchors that a site has had -> those that are gone, and what became of them.
//!
//! [`file`] reads the lock, [`Missing`] compares it with a site, [`became`] thinks about what is missing; [`written`] makes the
//! lock of a site. An address is not gone while somebody is led on from it.

mod became;
mod cures;
mod file;
mod missing;
#[cfg(test)]
mod tests;
mod written;

use std::sync::Arc;

use crate::base::SourcePath;
use crate::config::Config;
use crate::diag::Diagnostic;

use super::types::Site;

pub use file::{Lock, VERSION};
pub use missing::Missing;
pub use written::{written, written_address};

/// What is gone, told, with what `check --fix` can do about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Gone {
    /// What is told, at its line of the lock.
    pub diagnostic: Diagnostic,
    /// What makes the address lead on, if what it became is certain.
    pub cure: Option<Cure>,
}

/// What makes a former address lead on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cure {
    /// The page lists its former address in its front matter.
    Alias {
        /// The page.
        page: SourcePath,
        /// The former address.
        former: String,
    },
    /// The settings lead on from it.
    Redirect {
        /// The former address.
        from: String,
        /// Where it leads.
        to: String,
    },
}

/// Texts of files that tell what a page became.
pub trait Texts {
    /// The text of a page of the site.
    fn now(&self, path: &SourcePath) -> Option<Arc<str>>;

    /// Whether other pages show lines of the file by their numbers: nothing may be written above them.
    fn is_shown_by_line(&self, path: &SourcePath) -> bool;

    /// The text that a file which is gone had when it was there last.
    fn before(&self, path: &SourcePath) -> Option<Arc<str>>;
}

/// What is told of addresses and anchors that are gone from a site.
pub fn gone(lock: &Lock, missing: &Missing, site: &Site, config: &Config, texts: &dyn Texts) -> Vec<Gone> {
    if missing.is_empty() {
        return Vec::new();
    }
    became::told(lock, missing, site, config, texts)
}
