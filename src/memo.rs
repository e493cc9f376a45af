//! Slots: one value a key, kept while the hash of its inputs stands. Floor 2.
#![expect(clippy::disallowed_types, reason = "slots are what threads share")]

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::base::{Hash, SourcePath};
use crate::vfs::{Files, History, Listing};

/// Values that were made, by key. It is shared by threads; its size is bounded by the number of keys.
#[derive(Debug)]
pub struct Slots<K, V> {
    slots: Mutex<BTreeMap<K, (Hash, V)>>,
    made: AtomicUsize,
}

impl<K: Ord + Clone, V: Clone> Slots<K, V> {
    /// Empty slots.
    pub fn new() -> Slots<K, V> {
        Slots { slots: Mutex::new(BTreeMap::new()), made: AtomicUsize::new(0) }
    }

    /// The value of `key`: the kept one, if its inputs had this hash, else what `make` makes. No lock is held meanwhile.
    pub fn get(&self, key: &K, hash: Hash, make: impl FnOnce() -> V) -> V {
        self.get_while(key, hash, |_| true, make)
    }

    /// The same, but a value is kept only while it is `good`, too. No lock is held meanwhile.
    pub fn get_while(&self, key: &K, hash: Hash, good: impl FnOnce(&V) -> bool, make: impl FnOnce() -> V) -> V {
        let kept = self.lock().get(key).filter(|(known, _)| *known == hash).map(|(_, value)| value.clone());
        if let Some(value) = kept.filter(|value| good(value)) {
            return value;
        }
        let value = make();
        self.made.fetch_add(1, Ordering::Relaxed);
        self.lock().insert(key.clone(), (hash, value.clone()));
        value
    }

    /// The value of `key`, if one was made, whatever its inputs were.
    pub fn known(&self, key: &K) -> Option<V> {
        self.lock().get(key).map(|(_, value)| value.clone())
    }

    /// Forgets the keys that `keep` does not want.
    pub fn retain(&self, keep: impl Fn(&K) -> bool) {
        self.lock().retain(|key, _| keep(key));
    }

    /// How many values are kept.
    pub fn len(&self) -> usize {
        self.lock().len()
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    /// How many values were made so far.
    pub fn made(&self) -> usize {
        self.made.load(Ordering::Relaxed)
    }

    /// A thread that panicked while it held the lock had only read or replaced a whole value.
    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<K, (Hash, V)>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Ord + Clone, V: Clone> Default for Slots<K, V> {
    fn default() -> Self {
        Slots::new()
    }
}

/// A value that is taken out to be changed, and put back. Whoever finds none makes it anew.
#[derive(Debug)]
pub struct Kept<V>(Mutex<Option<V>>);

impl<V> Kept<V> {
    /// The value, if nobody else has it.
    pub fn take(&self) -> Option<V> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Puts a value in.
    pub fn put(&self, value: V) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
    }
}

impl<V> Default for Kept<V> {
    fn default() -> Self {
        Kept(Mutex::new(None))
    }
}

/// What was made in runs before, by the hash of what it was made from. It is only ever a help: what it has lost is made again.
pub trait Store: Send + Sync {
    /// What was put under this key.
    fn get(&self, key: Hash) -> Option<Vec<u8>>;

    /// Keeps a value for the next time.
    fn put(&self, key: Hash, value: &[u8]);

    /// Forgets all but these.
    fn retain(&self, keys: &BTreeSet<Hash>);
}

/// A store that keeps nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoStore;

impl Store for NoStore {
    fn get(&self, _key: Hash) -> Option<Vec<u8>> {
        None
    }

    fn put(&self, _key: Hash, _value: &[u8]) {}

    fn retain(&self, _keys: &BTreeSet<Hash>) {}
}

/// Files, and a note of which of them were read: what was made from them is good while these stay as they are.
pub struct Noting<'f> {
    files: &'f dyn Files,
    read: Mutex<BTreeSet<SourcePath>>,
}

impl<'f> Noting<'f> {
    /// Nothing was read yet.
    pub fn new(files: &'f dyn Files) -> Noting<'f> {
        Noting { files, read: Mutex::default() }
    }

    /// What was read, or looked for where nothing is.
    pub fn into_read(self) -> BTreeSet<SourcePath> {
        self.read.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Files for Noting<'_> {
    fn list(&self) -> io::Result<Listing> {
        self.files.list()
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone());
        self.files.read(path)
    }

    fn revision(&self) -> Option<String> {
        self.files.revision()
    }

    fn history_is_cut_off(&self) -> bool {
        self.files.history_is_cut_off()
    }

    fn history(&self, below: &SourcePath) -> History {
        self.files.history(below)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_kept_while_its_inputs_stand() {
        let slots = Slots::new();
        let (one, two) = (Hash::of_bytes(b"1"), Hash::of_bytes(b"2"));
        assert_eq!(slots.get(&"a", one, || 1), 1);
        assert_eq!(slots.get(&"a", one, || 2), 1);
        assert_eq!(slots.get(&"a", two, || 3), 3);
        assert_eq!(slots.get(&"b", two, || 4), 4);
        assert_eq!(slots.get_while(&"a", two, |value| *value == 3, || 9), 3);
        assert_eq!((slots.known(&"a"), slots.known(&"c")), (Some(3), None));
        slots.retain(|key| *key == "b");
        assert_eq!(slots.get(&"a", two, || 5), 5);
        assert_eq!(slots.made(), 4);
    }
}
