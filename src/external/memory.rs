//! What hosts answered before: a file that is made again where it is missing.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Answer;
use crate::sink::Kept;

/// The file of the answers, in the folder of what is kept.
const FILE: &str = "links.json";
const DAY: u64 = 24 * 60 * 60;

/// What is remembered of addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// By address: the answer, and when it was given, in seconds since 1970.
    answers: BTreeMap<String, (Answer, u64)>,
}

impl Memory {
    /// What is remembered in a project; nothing, if that cannot be read.
    pub fn load(root: &Path) -> Memory {
        let text = Kept::of(root).read(FILE).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// Keeps it for the next time.
    pub fn save(&self, root: &Path) -> io::Result<()> {
        Kept::of(root).write(FILE, &serde_json::to_vec_pretty(self)?)
    }

    /// What was answered at most so many days ago. What was dead or unsure is asked again: it may be there by now.
    pub(super) fn answer(&self, address: &str, now: u64, days: u64) -> Option<Answer> {
        let (answer, when) = self.answers.get(address)?;
        let is_good = matches!(answer, Answer::Alive | Answer::Moved(_));
        (is_good && *when <= now && now - when < days * DAY).then(|| answer.clone())
    }

    pub(super) fn keep(&mut self, address: &str, answer: &Answer, now: u64) {
        self.answers.insert(address.to_owned(), (answer.clone(), now));
    }

    /// Forgets what is older than so many days.
    pub fn forget(&mut self, now: u64, days: u64) {
        self.answers.retain(|_, (_, when)| *when <= now && now - *when < days * DAY);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_answers_are_good_for_some_days() {
        let mut memory = Memory::default();
        memory.keep("a", &Answer::Alive, 10 * DAY);
        memory.keep("b", &Answer::Dead("x".into()), 10 * DAY);
        assert_eq!(memory.answer("a", 12 * DAY, 3), Some(Answer::Alive));
        assert_eq!(memory.answer("a", 13 * DAY, 3), None);
        assert_eq!(memory.answer("a", 9 * DAY, 3), None, "the clock was set back");
        assert_eq!(memory.answer("b", 10 * DAY, 3), None);
        memory.forget(13 * DAY, 3);
        assert_eq!(memory, Memory::default());
    }

    #[test]
    fn answers_are_kept_in_a_folder_that_nobody_looks_at() {
        let root = tempfile::tempdir().expect("a folder");
        assert_eq!(Memory::load(root.path()), Memory::default());
        let mut memory = Memory::default();
        memory.keep("a", &Answer::Moved("b".into()), 1);
        memory.save(root.path()).expect("it can be written");
        memory.save(root.path()).expect("and again");
        assert_eq!(Memory::load(root.path()), memory);
        Kept::of(root.path()).write("links.json", b"{ damaged").expect("it can be written");
        assert_eq!(Memory::load(root.path()), Memory::default());
    }
}
