//! The files of an index, read as the browser reads them.

use std::fmt;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::digits::{take, value};
use super::files::{CLOSING, INDEX, OPENING, path};
use super::language::Language;
use super::terms::order;
use super::tree::Tree;

/// Why an index cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// This file is missing.
    Missing(String),
    /// This file does not hold what it should.
    Damaged(String),
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wrong::Missing(file) => write!(f, "the file `{file}` of the search index is missing"),
            Wrong::Damaged(file) => write!(f, "the file `{file}` of the search index is damaged"),
        }
    }
}

/// What leads to all else.
#[derive(Deserialize)]
pub(super) struct Manifest {
    pub sections: usize,
    folders: bool,
    pub language: Language,
    pub terms: Tree<String>,
    pub endings: Tree<String>,
    pub texts: Tree<u32>,
}

/// A section as a pack holds it: id, trail, text, code.
pub(super) type Row = (String, Vec<String>, String, String);
/// A page as a pack holds it: address, title, sections.
pub(super) type Page = (String, String, Vec<Row>);

/// Postings of a term: in how many sections it is, those that it tells most of, each with its impact, and the file of further ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Postings {
    pub sections: usize,
    pub list: Vec<(u32, u8)>,
    pub tail: Option<String>,
}

/// Terms with their postings, as they are written.
#[derive(Debug)]
pub(super) struct Shard(Vec<(String, String)>);

impl Shard {
    fn read(text: &str) -> Option<Shard> {
        let mut terms: Vec<(String, String)> = Vec::new();
        for entry in text.split(',') {
            let (term, postings) = entry.split_once(':')?;
            let before = terms.last().map_or("", |(term, _)| term.as_str());
            terms.push((whole(term, before)?, postings.to_owned()));
        }
        Some(Shard(terms))
    }

    pub(super) fn terms(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(term, _)| term.as_str())
    }

    /// The terms, each with the number of its sections.
    pub(super) fn counted(&self) -> impl Iterator<Item = (&str, usize)> {
        self.0.iter().map(|(term, postings)| (term.as_str(), postings_of(postings).map_or(0, |found| found.sections)))
    }

    pub(super) fn postings(&self, term: &str) -> Option<Postings> {
        let at = self.0.binary_search_by(|(known, _)| order(known, term)).ok()?;
        postings_of(&self.0[at].1)
    }
}

fn postings_of(text: &str) -> Option<Postings> {
    let mut fields = text.rsplit('!');
    let list = list_of(fields.next()?)?;
    let tail = fields.next().map(str::to_owned);
    let sections = match fields.next() {
        Some(count) => take(count.as_bytes(), &mut 0)? as usize,
        None => list.len(),
    };
    Some(Postings { sections, list, tail })
}

fn list_of(text: &str) -> Option<Vec<(u32, u8)>> {
    let (bytes, mut at, mut section, mut list) = (text.as_bytes(), 0, 0u32, Vec::new());
    while at < bytes.len() {
        section = section.checked_add(take(bytes, &mut at)?)?;
        list.push((section, value(*bytes.get(at)?)? as u8));
        at += 1;
    }
    Some(list)
}

/// The term that a number of shared signs and the rest stand for.
fn whole(written: &str, before: &str) -> Option<String> {
    let shared = value(*written.as_bytes().first()?)? as usize;
    let mut term: String = before.chars().take(shared).collect();
    term.push_str(&written[1..]);
    Some(term)
}

/// Reads an index.
pub struct Reader<'f> {
    load: &'f dyn Fn(&str) -> Option<String>,
    pub(super) manifest: Manifest,
}

impl<'f> Reader<'f> {
    /// Reads the index whose files `load` gives by their path below its folder.
    pub fn open(load: &'f dyn Fn(&str) -> Option<String>) -> Result<Reader<'f>, Wrong> {
        let manifest = data(load, INDEX, false)?;
        Ok(Reader { load, manifest })
    }

    fn data<T: DeserializeOwned>(&self, name: &str) -> Result<T, Wrong> {
        data(self.load, name, self.manifest.folders)
    }

    /// The shard with this number.
    pub(super) fn shard(&self, place: usize) -> Result<Shard, Wrong> {
        let name = self.name(&self.manifest.terms, place)?;
        let text: String = self.data(&name)?;
        Shard::read(&text).ok_or(Wrong::Damaged(name))
    }

    /// Adds the sections that a tail has.
    pub(super) fn add_tail(&self, postings: &mut Postings) -> Result<(), Wrong> {
        let Some(name) = postings.tail.take() else { return Ok(()) };
        let text: String = self.data(&name)?;
        postings.list.extend(list_of(&text).ok_or(Wrong::Damaged(name))?);
        Ok(())
    }

    /// The number of the shard that holds a term, if it is there.
    pub(super) fn place(&self, term: &str) -> Result<Option<usize>, Wrong> {
        self.find(&self.manifest.terms, &|key: &String| order(key, term).is_gt())
    }

    /// The words whose ends are like that of a word.
    pub(super) fn words_ending_as(&self, word: &str) -> Result<Vec<String>, Wrong> {
        let backwards: String = word.chars().rev().collect();
        let near: String = backwards.chars().take(3).collect();
        let tree = &self.manifest.endings;
        let place = |word: &str| self.find(tree, &|key: &String| order(key, word).is_gt());
        let mut words = Vec::new();
        let (Some(first), Some(last)) = (place(&near)?, place(&backwards)?) else { return Ok(words) };
        for place in first.max(last.saturating_sub(1))..=last {
            let name = self.name(tree, place)?;
            let text: String = self.data(&name)?;
            let mut before = String::new();
            for written in text.split(',') {
                before = whole(written, &before).ok_or_else(|| Wrong::Damaged(name.clone()))?;
                words.push(before.chars().rev().collect());
            }
        }
        Ok(words)
    }

    /// A section, with its page.
    pub(super) fn section(&self, number: u32) -> Result<(Page, Row), Wrong> {
        let tree = &self.manifest.texts;
        let after = |key: &u32| *key > number;
        let place = self.find(tree, &after)?.ok_or_else(|| Wrong::Damaged("index.js".into()))?;
        let (name, first) = self.entry(tree, place)?;
        let pages: Vec<Page> = self.data(&name)?;
        let mut at = number.wrapping_sub(first) as usize;
        for (url, title, rows) in pages {
            match rows.get(at) {
                Some(row) => return Ok(((url, title, Vec::new()), row.clone())),
                None => at -= rows.len(),
            }
        }
        Err(Wrong::Damaged(name))
    }

    /// The number of the file of a tree after which all come, counted through both levels.
    fn find<K>(&self, tree: &Tree<K>, is_after: &dyn Fn(&K) -> bool) -> Result<Option<usize>, Wrong>
    where
        K: DeserializeOwned,
    {
        let Some(place) = tree.place(is_after) else { return Ok(None) };
        let Some(group) = tree.group else { return Ok(Some(place)) };
        let below: Tree<K> = self.data(&tree.files[place])?;
        Ok(below.place(is_after).map(|inner| place * group.get() + inner))
    }

    fn name<K: DeserializeOwned + Clone>(&self, tree: &Tree<K>, place: usize) -> Result<String, Wrong> {
        self.entry(tree, place).map(|(name, _)| name)
    }

    /// The name and the first key of a file of a tree.
    fn entry<K: DeserializeOwned + Clone>(&self, tree: &Tree<K>, place: usize) -> Result<(String, K), Wrong> {
        let damaged = || Wrong::Damaged("index.js".into());
        let Some(group) = tree.group else {
            return tree.files.get(place).cloned().zip(tree.keys.get(place).cloned()).ok_or_else(damaged);
        };
        let name = tree.files.get(place / group).ok_or_else(damaged)?;
        let below: Tree<K> = self.data(name)?;
        let inner = place % group;
        below.files.get(inner).cloned().zip(below.keys.get(inner).cloned()).ok_or_else(damaged)
    }
}

fn data<T: DeserializeOwned>(load: &dyn Fn(&str) -> Option<String>, name: &str, folders: bool) -> Result<T, Wrong> {
    let file = path(name, folders);
    let text = load(&file).ok_or_else(|| Wrong::Missing(file.clone()))?;
    let data = text.strip_prefix(OPENING).and_then(|text| text.strip_suffix(CLOSING));
    data.and_then(|data| serde_json::from_str(data).ok()).ok_or(Wrong::Damaged(file))
}
