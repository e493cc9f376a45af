//! One highlighting a distinct block in the whole site, kept from build to build.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::CodeBlock;
use crate::base::Hash;
use crate::memo::Slots;

/// How many blocks that no page has any more are kept: what was typed a moment ago often comes back.
const SPARE: usize = 1_000;

/// The HTML of code blocks that were highlighted.
#[derive(Debug, Default)]
pub struct CodeMemo(Slots<Hash, Arc<str>>);

impl CodeMemo {
    /// The HTML of a block: the kept one, if an equal block was highlighted before.
    pub fn html(&self, block: &CodeBlock) -> Arc<str> {
        self.0.get(&Hash::of(block), Hash::default(), || block.html().into())
    }

    /// Forgets what no page has, once that is worth the while.
    pub fn tidy<'p>(&self, blocks: impl Iterator<Item = &'p CodeBlock> + Clone) {
        if self.0.len() > blocks.clone().count() + SPARE {
            let used: BTreeSet<Hash> = blocks.map(Hash::of).collect();
            self.0.retain(|block| used.contains(block));
        }
    }
}
