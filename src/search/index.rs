//! Pages and their terms -> the files of an index.
//!
//! An index is kept and follows its pages: when some change and the sections of the site stay where they are, only the files
//! that hold something of them are made anew. The files are the same as if it had been made at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Indexed;
use super::chunks::{Changed, Chunk, cut};
use super::files::{File, Lists, path};
use super::language::Language;
use super::names::{Names, Texts};
use super::packs::{PACK, Packs};
use super::shards::{Endings, SHARD, Shards, backwards, is_misspelt};
use super::terms::{Posting, order};

/// With more pages changed than one in so many, all is made anew.
const FEW: usize = 8;
/// With more sections than that, files lie in folders.
const ONE_FOLDER: usize = 5000;

/// The index of a language.
#[derive(Debug)]
pub struct Index {
    language: Language,
    table: Table,
    /// The terms in order, by number.
    sorted: Vec<u32>,
    /// The words in which slips are looked for, in the order of the words read backwards.
    backwards: Vec<u32>,
    shards: Vec<Chunk>,
    endings: Vec<Chunk>,
    packs: Vec<Chunk>,
    /// The files that lead to these.
    lists: Vec<Arc<File>>,
    /// How many of all those are one and the same file.
    used: FxHashMap<Box<str>, u32>,
}

/// How the files of an index changed, by their paths below its folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Those that are no more.
    pub went: Vec<String>,
    /// Those that are new.
    pub came: Vec<(String, Arc<File>)>,
}

/// Which sections hold which terms.
#[derive(Debug, Default)]
pub(super) struct Table {
    names: Names,
    pages: Vec<Arc<Indexed>>,
    /// The number of the first section of each page.
    first: Vec<u32>,
    /// How many sections there are.
    sections: usize,
    /// Of each term, the sections that hold it, in order.
    postings: Vec<Vec<Posting>>,
}

impl Table {
    fn new(pages: Vec<Arc<Indexed>>) -> Table {
        let mut table = Table { first: starts(&pages), sections: sections(&pages), ..Table::default() };
        for (page, first) in pages.iter().zip(table.first.clone()) {
            for (term, postings) in page.terms.iter() {
                let name = table.number(term);
                let list = &mut table.postings[name as usize];
                list.extend(postings.iter().map(|(section, impact)| (first + section, *impact)));
            }
        }
        table.pages = pages;
        table
    }

    fn number(&mut self, term: &str) -> u32 {
        let name = self.names.number(term);
        self.postings.resize_with(self.names.texts().len(), Vec::new);
        name
    }

    /// The term with a number.
    pub(super) fn term(&self, name: u32) -> &str {
        self.names.texts().get(name)
    }

    /// The sections that hold a term, in order, with its impacts.
    pub(super) fn postings(&self, name: u32) -> &[Posting] {
        &self.postings[name as usize]
    }

    /// Puts a page into the place of another that has as many sections; the terms that are not as they were.
    fn replace(&mut self, page: usize, new: &Arc<Indexed>) -> Vec<u32> {
        let first = self.first[page];
        let own = first..first + new.document.sections.len() as u32;
        let old = std::mem::replace(&mut self.pages[page], new.clone());
        let mut before: FxHashMap<u32, &[Posting]> = FxHashMap::default();
        for (term, postings) in old.terms.iter() {
            before.insert(self.number(term), postings);
        }
        let mut changed = Vec::new();
        for (term, postings) in new.terms.iter() {
            let name = self.number(term);
            if before.remove(&name) == Some(postings) {
                continue;
            }
            changed.push(name);
            let list = &mut self.postings[name as usize];
            let at = place(list, &own);
            list.splice(at, postings.iter().map(|(section, impact)| (first + section, *impact)));
        }
        for (term, _) in old.terms.iter() {
            let name = self.number(term);
            if before.contains_key(&name) {
                let list = &mut self.postings[name as usize];
                list.drain(place(list, &own));
                changed.push(name);
            }
        }
        changed
    }
}

/// Where the postings of these sections stand in a list.
fn place(list: &[Posting], sections: &std::ops::Range<u32>) -> std::ops::Range<usize> {
    let before = |end: u32| list.partition_point(|(section, _)| *section < end);
    before(sections.start)..before(sections.end)
}

fn sections(pages: &[Arc<Indexed>]) -> usize {
    pages.iter().map(|page| page.document.sections.len()).sum()
}

/// The number of the first section of each page.
fn starts(pages: &[Arc<Indexed>]) -> Vec<u32> {
    let mut next = 0;
    let start = |page: &Arc<Indexed>| {
        let first = next;
        next += page.document.sections.len() as u32;
        first
    };
    pages.iter().map(start).collect()
}

impl Index {
    /// The index of pages in a language.
    pub fn new(pages: Vec<Arc<Indexed>>, language: Language) -> Index {
        let table = Table::new(pages);
        let sorted = table.names.texts().sorted();
        let (mut words, mut read) = (Vec::new(), Texts::default());
        for name in (0..sorted.len() as u32).filter(|name| is_misspelt(table.term(*name))) {
            words.push(name);
            read.push(&backwards(table.term(name)));
        }
        let backwards = read.sorted().into_iter().map(|number| words[number as usize]).collect();
        let (shards, endings, packs) = Default::default();
        let (lists, used) = Default::default();
        let mut index = Index { language, table, sorted, backwards, shards, endings, packs, lists, used };
        index.cut(&Changed::All, &Changed::All, &Changed::All);
        index
    }

    /// Follows its pages: from now on it is the index of these. How its files changed.
    pub fn follow(&mut self, pages: Vec<Arc<Indexed>>) -> Changes {
        let differ = |(was, is): &(&Arc<Indexed>, &Arc<Indexed>)| !Arc::ptr_eq(was, is) && was != is;
        let pairs = self.table.pages.iter().zip(&pages);
        let changed: Vec<usize> = (0..).zip(pairs).filter(|(_, pair)| differ(pair)).map(|(page, _)| page).collect();
        if self.table.first != starts(&pages)
            || self.table.sections != sections(&pages)
            || changed.len() > pages.len() / FEW + 1
        {
            let went = self.files().into_iter().map(|(path, _)| path).collect();
            *self = Index::new(pages, std::mem::take(&mut self.language));
            return Changes { went, came: self.files() };
        }
        if changed.is_empty() {
            return Changes::default();
        }
        let (mut names, mut texts) = (BTreeSet::new(), BTreeSet::new());
        for page in changed {
            names.extend(self.table.replace(page, &pages[page]));
            let first = self.table.first[page] as usize;
            texts.extend(first..first + pages[page].document.sections.len());
        }
        let (terms, endings) = self.sort(&names);
        self.cut(&terms, &endings, &Changed::Only(texts))
    }

    /// Puts terms that came into their places and takes out those that went; the places of what changed.
    fn sort(&mut self, names: &BTreeSet<u32>) -> (Changed, Changed) {
        let Index { table, sorted, backwards: words, .. } = self;
        let place = |sorted: &[u32], name: u32| {
            let text = table.term(name);
            sorted.binary_search_by(|other| order(table.term(*other), text))
        };
        let word_place = |words: &[u32], name: u32| {
            let text = backwards(table.term(name));
            words.binary_search_by(|other| order(&backwards(table.term(*other)), &text))
        };
        let mut moved = Vec::new();
        for name in names {
            let is_there = !table.postings(*name).is_empty();
            match place(sorted, *name) {
                Ok(at) if !is_there => drop(sorted.remove(at)),
                Err(at) if is_there => sorted.insert(at, *name),
                _ => continue,
            }
            if is_misspelt(table.term(*name)) {
                match word_place(words, *name) {
                    Ok(at) => drop(words.remove(at)),
                    Err(at) => words.insert(at, *name),
                }
                moved.push(*name);
            }
        }
        let at = |place: Result<usize, usize>| place.unwrap_or_else(|next| next);
        let terms = names.iter().map(|name| at(place(sorted, *name))).collect();
        let endings = moved.into_iter().map(|name| at(word_place(words, name))).collect();
        (Changed::Only(terms), Changed::Only(endings))
    }

    fn cut(&mut self, terms: &Changed, endings: &Changed, sections: &Changed) -> Changes {
        let Index { table, sorted, backwards, shards, endings: ends, packs, .. } = self;
        let numbers: Vec<u32> = (0..table.sections as u32).collect();
        let texts = Packs { pages: &table.pages, first: &table.first };
        let made = [
            cut(sorted, &Shards(table), SHARD, shards, terms),
            cut(backwards, &Endings(table), SHARD, ends, endings),
            cut(&numbers, &texts, PACK, packs, sections),
        ];
        let lists = self.lists();
        let before = std::mem::replace(&mut self.lists, lists.clone());
        self.changes(made.into_iter().chain([[lists, before]]))
    }

    /// What files that came and went mean for the output: two of them may be one there.
    fn changes(&mut self, made: impl Iterator<Item = [Vec<Arc<File>>; 2]>) -> Changes {
        let (mut came, mut went) = (Vec::new(), Vec::new());
        for [new, old] in made {
            for file in &new {
                *self.used.entry(file.name.clone()).or_default() += 1;
            }
            came.extend(new);
            went.extend(old);
        }
        went.retain(|file| {
            let used = self.used.get_mut(&file.name);
            let left = used.map_or(0, |used| {
                *used -= 1;
                *used
            });
            if left == 0 {
                self.used.remove(&file.name);
            }
            left == 0
        });
        let path = |file: &Arc<File>| path(&file.name, self.folders());
        Changes {
            went: went.iter().map(path).collect(),
            came: came.into_iter().map(|file| (path(&file), file)).collect(),
        }
    }

    fn folders(&self) -> bool {
        self.table.sections > ONE_FOLDER
    }

    /// The files that lead to the others.
    fn lists(&self) -> Vec<Arc<File>> {
        let term = |chunk: &Chunk| self.table.term(chunk.start);
        let lists = Lists {
            sections: self.table.sections,
            folders: self.folders(),
            language: &self.language,
            terms: self.shards.iter().map(|chunk| (term(chunk), chunk)).collect(),
            endings: self.endings.iter().map(|chunk| (backwards(term(chunk)).into_owned(), chunk)).collect(),
            texts: self.packs.iter().map(|chunk| (chunk.start, chunk)).collect(),
        };
        lists.files()
    }

    /// Its files, each with its path below the index's folder; `index.js` leads to the others.
    pub fn files(&self) -> Vec<(String, Arc<File>)> {
        let chunks = self.shards.iter().chain(&self.endings).chain(&self.packs).flat_map(Chunk::files);
        let named = |file: &Arc<File>| (path(&file.name, self.folders()), file.clone());
        chunks.chain(&self.lists).map(named).collect()
    }
}
