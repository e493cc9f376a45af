//! What is kept between runs: files that are made again where they are missing, in a folder that git and Pressoir itself do not look at.
#![expect(clippy::disallowed_methods, reason = "this module is where what was made is kept")]

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::base::Hash;
use crate::memo::Store;

/// The folder of what is kept, beside the settings.
const FOLDER: &str = ".pressoir";
/// The folder in it of what a build made.
const MADE: &str = "made";
/// By this a folder is known as a cache (<https://bford.info/cachedir/>).
const CACHE_MARK: (&str, &str) = (
    "CACHEDIR.TAG",
    "Signature: 8a477f597d28d172789f06886806bc55\n# What pressoir keeps to be faster. It can be deleted at any time.\n",
);
const IGNORE: (&str, &str) = (".gitignore", "*\n");

/// The folder of what is kept for a project.
#[derive(Clone, Debug)]
pub struct Kept {
    folder: PathBuf,
}

impl Kept {
    /// That of the project in this folder.
    pub fn of(root: &Path) -> Kept {
        Kept { folder: root.join(FOLDER) }
    }

    /// The contents of a file in it.
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.folder.join(name)).ok()
    }

    /// Writes a file in it: it is there whole, or as it was.
    pub fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.mark()?;
        let unfinished = self.folder.join(format!("{name}.unfinished"));
        fs::write(&unfinished, bytes)?;
        fs::rename(unfinished, self.folder.join(name))
    }

    /// Says in the folder what it is.
    fn mark(&self) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        for (name, text) in [CACHE_MARK, IGNORE] {
            if fs::read(self.folder.join(name)).ok().as_deref() != Some(text.as_bytes()) {
                fs::write(self.folder.join(name), text)?;
            }
        }
        Ok(())
    }
}

/// Each value lies in a file named after its key, behind the hash of its bytes. A disk that is full or may not be written to is no fault: the
/// value is made again.
impl Store for Kept {
    fn get(&self, key: Hash) -> Option<Vec<u8>> {
        let mut file = self.read(&format!("{MADE}/{}", key.hex()))?;
        let value = file.split_off(32.min(file.len()));
        let hash = Hash::from_hex(std::str::from_utf8(&file).ok()?)?;
        (hash == Hash::of_bytes(&value)).then_some(value)
    }

    fn put(&self, key: Hash, value: &[u8]) {
        if self.mark().and_then(|()| fs::create_dir_all(self.folder.join(MADE))).is_ok() {
            let file = [Hash::of_bytes(value).hex().as_bytes(), value].concat();
            _ = self.write(&format!("{MADE}/{}", key.hex()), &file);
        }
    }

    fn retain(&self, keys: &BTreeSet<Hash>) {
        let Ok(entries) = fs::read_dir(self.folder.join(MADE)) else { return };
        for entry in entries.flatten() {
            let key = entry.file_name().to_str().and_then(Hash::from_hex);
            if !key.is_some_and(|key| keys.contains(&key)) {
                _ = fs::remove_file(entry.path());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_whole_or_not_there() {
        let root = tempfile::tempdir().expect("a folder");
        let kept = Kept::of(root.path());
        let (one, two) = (Hash::of_bytes(b"1"), Hash::of_bytes(b"2"));
        assert_eq!(kept.get(one), None);
        kept.put(one, b"value");
        kept.put(two, b"");
        assert_eq!((kept.get(one).as_deref(), kept.get(two).as_deref()), (Some(&b"value"[..]), Some(&b""[..])));
        assert_eq!(fs::read_to_string(root.path().join(".pressoir/.gitignore")).expect("a text"), "*\n");

        let file = root.path().join(".pressoir/made").join(one.hex());
        for damaged in [&b""[..], b"value", &[0xff; 40]] {
            fs::write(&file, damaged).expect("it can be written");
            assert_eq!(kept.get(one), None);
        }
        kept.put(one, b"value");
        kept.retain(&BTreeSet::from([two]));
        assert_eq!((kept.get(one), kept.get(two).as_deref()), (None, Some(&b""[..])));
    }

    #[test]
    fn a_folder_that_cannot_be_written_to_is_no_fault() {
        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join(".pressoir"), "a file in its place").expect("it can be written");
        let kept = Kept::of(root.path());
        kept.put(Hash::of_bytes(b"1"), b"value");
        assert_eq!(kept.get(Hash::of_bytes(b"1")), None);
        kept.retain(&BTreeSet::new());
    }
}
