//! The searches that have to find something.

use super::Engine;
use super::assembly::Last;
use crate::emit::{self, Searches};

#[cfg(test)]
mod tests;

impl Engine {
    /// What became of the searches of `search-tests.yml`.
    pub(super) fn searches(&self, last: &Last) -> Searches {
        let opened = &last.opening.opened;
        let site = (last.site(), &opened.config);
        emit::searches(&*self.files, &opened.files, (last.pages(), &last.left_out()), site, &self.searched)
    }
}
