//! Which file holds a key: a list of the first key of each file, in one level or in two.

use serde::{Deserialize, Serialize};

/// Files in the order of their keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tree<K> {
    /// The first key of each file.
    #[serde(rename = "k")]
    pub keys: Vec<K>,
    /// The name of each file.
    #[serde(rename = "f")]
    pub files: Vec<String>,
    /// Whether the files hold such lists themselves.
    #[serde(rename = "d", default, skip_serializing_if = "std::ops::Not::not")]
    pub deep: bool,
}

/// The most files that one list names before it is made in two levels.
const MOST: usize = 192;
/// How many files a list of the second level names.
pub(super) const GROUP: usize = 64;

impl<K: Serialize + Clone> Tree<K> {
    /// The list of these files, with `add` to write a list of the second level; it returns the name of its file.
    pub(super) fn new(files: &[(K, &str)], add: &mut impl FnMut(String) -> String) -> Tree<K> {
        let flat = |files: &[(K, &str)]| Tree {
            keys: files.iter().map(|(key, _)| key.clone()).collect(),
            files: files.iter().map(|(_, name)| (*name).to_owned()).collect(),
            deep: false,
        };
        if files.len() <= MOST {
            return flat(files);
        }
        let mut tree = Tree { keys: Vec::new(), files: Vec::new(), deep: true };
        for group in files.chunks(GROUP) {
            tree.keys.push(group[0].0.clone());
            tree.files.push(add(serde_json::to_string(&flat(group)).expect("lists of texts are JSON")));
        }
        tree
    }
}

impl<K> Tree<K> {
    /// The index of the file that holds what `before` says lies not before it: the last whose first key does not come after.
    pub(super) fn place(&self, is_after: impl Fn(&K) -> bool) -> Option<usize> {
        let count = self.keys.partition_point(|key| !is_after(key));
        (!self.keys.is_empty()).then(|| count.saturating_sub(1))
    }
}
