//! One highlighting a distinct block in the whole site, kept from build to build.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::CodeBlock;
use crate::base::Hash;
use crate::memo::Slots;

/// How many blocks that no page has any more are kept: what was typed a moment ago often comes back.
const SPARE: usize = 1_000;

/// The HTML of code blocks that were highlighted.
#[derive(Debug)]
pub struct CodeMemo(Option<Slots<Hash, Arc<str>>>);

impl Default for CodeMemo {
    fn default() -> CodeMemo {
        CodeMemo(Some(Slots::new()))
    }
}

impl CodeMemo {
    /// Code without its HTML, which is most of the work: for whoever renders a page only to see whether that can be done.
    pub fn blank() -> CodeMemo {
        CodeMemo(None)
    }

    /// The HTML of a block: the kept one, if an equal block was highlighted before.
    pub fn html(&self, block: &CodeBlock) -> Arc<str> {
        match &self.0 {
            Some(slots) => slots.get(&Hash::of(block), Hash::default(), || block.html().into()),
            None => "".into(),
        }
    }

    /// Forgets what no page has, once that is worth the while; `count` is how many `blocks` there are.
    pub fn tidy<'p>(&self, count: usize, blocks: impl Iterator<Item = &'p CodeBlock>) {
        if let Some(slots) = self.0.as_ref().filter(|slots| slots.len() > count + SPARE) {
            let used: BTreeSet<Hash> = blocks.map(Hash::of).collect();
            slots.retain(|block| used.contains(block));
        }
    }
}
