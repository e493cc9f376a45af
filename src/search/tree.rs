//! Which file holds a key: a list of the first key of each file, in one level or in two.

use std::num::NonZeroUsize;

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
    /// How many files each of these leads to, if they hold such lists themselves.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub group: Option<NonZeroUsize>,
}

/// The most files that one list names before it is made in two levels.
const MOST: usize = 192;
/// How many files a list of the second level names, unless the first would name more than `GROUPS` lists: then twice as many, and so on.
/// A query reads the first list whole, and of the others a few.
const GROUP: usize = 64;
const GROUPS: usize = 800;

impl<K: Serialize + Clone> Tree<K> {
    /// The list of these files, with `add` to write a list of the second level; it returns the name of its file.
    pub(super) fn new(files: &[(K, &str)], add: &mut impl FnMut(String) -> String) -> Tree<K> {
        let flat = |files: &[(K, &str)]| Tree {
            keys: files.iter().map(|(key, _)| key.clone()).collect(),
            files: files.iter().map(|(_, name)| (*name).to_owned()).collect(),
            group: None,
        };
        if files.len() <= MOST {
            return flat(files);
        }
        let mut group = GROUP;
        while files.len() > group * GROUPS {
            group *= 2;
        }
        let mut tree = Tree { keys: Vec::new(), files: Vec::new(), group: NonZeroUsize::new(group) };
        for group in files.chunks(group) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_list_stays_short() {
        for (files, group, lists) in
            [(192, None, 192), (193, Some(64), 4), (51_200, Some(64), 800), (51_201, Some(128), 401)]
        {
            let named: Vec<(usize, &str)> = (0..files).map(|number| (number, "name")).collect();
            let mut written = 0;
            let tree = Tree::new(&named, &mut |_| {
                written += 1;
                written.to_string()
            });
            assert_eq!((tree.group.map(NonZeroUsize::get), tree.files.len()), (group, lists), "{files}");
            assert_eq!(written, if group.is_some() { lists } else { 0 });
        }
    }
}
