//! Documents and their terms -> the files of an index.

use serde::Serialize;

use super::digits::{put, sign};
use super::language::Language;
use super::terms::{Posting, Terms, order};
use super::tree::Tree;
use super::{Document, Section};
use crate::base::Hash;

/// What a file of the index begins with: the function that its data is handed to.
pub(super) const OPENING: &str = "pressoirSearch(";
/// What it ends with.
pub(super) const CLOSING: &str = ")\n";

/// About how long a shard of terms is, in bytes.
const SHARD: usize = 12 * 1024;
/// About how long a pack of texts is.
const PACK: usize = 4 * 1024;
/// How much of a section's text is kept for excerpts, in bytes, and of its code.
const KEPT: (usize, usize) = (6000, 1500);
/// The most sections that are kept for a term: those that it tells most of.
const POSTINGS: usize = 2000;
/// With more files than that, they lie in folders.
const ONE_FOLDER: usize = 4000;

/// A file of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path below the index's folder.
    pub name: String,
    /// Its contents.
    pub contents: String,
}

/// What leads to all else.
#[derive(Serialize)]
struct Manifest<'l> {
    sections: usize,
    language: &'l Language,
    terms: Tree<String>,
    /// The words read backwards: where a slip of the finger is at the beginning, the end is right.
    endings: Tree<String>,
    texts: Tree<u32>,
}

/// The files that are named after their contents.
struct Files {
    files: Vec<File>,
    folders: bool,
}

impl Files {
    fn add(&mut self, data: &str) -> String {
        let contents = format!("{OPENING}{data}{CLOSING}");
        let hash = Hash::of_bytes(contents.as_bytes()).short(12);
        let name = if self.folders { format!("{}/{}", &hash[..2], &hash[2..]) } else { hash };
        self.files.push(File { name: format!("{name}.js"), contents });
        name
    }
}

/// The files of an index of documents, each with its terms, in a language. `index.js` leads to the others.
pub fn write(documents: &[(&Document, &Terms)], language: &Language) -> Vec<File> {
    let packs = packs(documents);
    let (shards, endings) = (shards(documents), endings(documents));
    let folders = packs.len() + shards.len() + endings.len() > ONE_FOLDER;
    let mut files = Files { files: Vec::new(), folders };
    let terms = tree(shards, &mut files);
    let endings = tree(endings, &mut files);
    let texts = tree(packs, &mut files);
    let sections = documents.iter().map(|(document, _)| document.sections.len()).sum();
    let manifest = Manifest { sections, language, terms, endings, texts };
    let manifest = serde_json::to_string(&manifest).expect("texts and numbers are JSON");
    let contents = format!("{OPENING}{manifest}{CLOSING}");
    let mut files = files.files;
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files.dedup();
    files.push(File { name: "index.js".to_owned(), contents });
    files
}

fn tree<K: Serialize + Clone>(made: Vec<(K, String)>, files: &mut Files) -> Tree<K> {
    let named = made.into_iter().map(|(key, data)| (key, files.add(&data))).collect();
    Tree::new(named, &mut |data| files.add(&data))
}

/// The shards: `nsuffix:postings,…` with `n` the number of signs that a term shares with the one before, and for each
/// posting how far its section lies behind the one before, and its impact.
fn shards(documents: &[(&Document, &Terms)]) -> Vec<(String, String)> {
    let mut first = Vec::with_capacity(documents.len());
    let mut sections = 0;
    for (document, _) in documents {
        first.push(sections);
        sections += document.sections.len() as u32;
    }
    let mut all: Vec<(&str, u32, &[Posting])> = Vec::new();
    for ((_, terms), first) in documents.iter().zip(&first) {
        all.extend(terms.0.iter().map(|(term, postings)| (&**term, *first, postings.as_slice())));
    }
    // Documents come in order, and so do the postings of a term.
    rayon::slice::ParallelSliceMut::par_sort_by(&mut all[..], |a, b| order(a.0, b.0));
    let (mut shards, mut shard, mut start, mut last) = (Vec::new(), String::new(), "", "");
    for same in all.chunk_by(|a, b| a.0 == b.0) {
        let term = same[0].0;
        let postings: Vec<(u32, u8)> = same
            .iter()
            .flat_map(|(_, first, list)| list.iter().map(move |(at, impact)| (first + at, *impact)))
            .collect();
        let entry = entry(term, &postings, if shard.is_empty() { "" } else { last });
        if !shard.is_empty() && shard.len() + entry.len() > SHARD {
            shards.push((start.to_owned(), quoted(&std::mem::take(&mut shard))));
            shard = self::entry(term, &postings, "");
            start = term;
        } else {
            if shard.is_empty() {
                start = term;
            } else {
                shard.push(',');
            }
            shard.push_str(&entry);
        }
        last = term;
    }
    if !shard.is_empty() {
        shards.push((start.to_owned(), quoted(&shard)));
    }
    shards
}

fn entry(term: &str, postings: &[(u32, u8)], before: &str) -> String {
    let mut entry = shared(term, before);
    entry.push(':');
    let mut kept = postings.to_vec();
    if kept.len() > POSTINGS {
        put(kept.len() as u32, &mut entry);
        entry.push('!');
        kept.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        kept.truncate(POSTINGS);
        kept.sort_unstable();
    }
    let mut last = 0;
    for (section, impact) in kept {
        put(section - last, &mut entry);
        entry.push(sign(impact));
        last = section;
    }
    entry
}

/// A term as what follows the beginning that it shares with the one before, counted as JavaScript counts.
fn shared(term: &str, before: &str) -> String {
    let same = term.chars().zip(before.chars()).take_while(|(a, b)| a == b && u32::from(*a) < 0x10000).count().min(63);
    let rest = term.char_indices().nth(same).map_or(term.len(), |(at, _)| at);
    format!("{}{}", sign(same as u8), &term[rest..])
}

/// The words read backwards, in files as long as shards.
fn endings(documents: &[(&Document, &Terms)]) -> Vec<(String, String)> {
    let terms = documents.iter().flat_map(|(_, terms)| &terms.0).map(|(term, _)| &**term);
    let mut words: Vec<&str> = terms.filter(|term| is_misspelt(term)).collect();
    words.sort_unstable();
    words.dedup();
    let mut backwards: Vec<String> = words.into_iter().map(|word| word.chars().rev().collect()).collect();
    backwards.sort_unstable_by(|a, b| order(a, b));
    let (mut files, mut file, mut start, mut last) = (Vec::new(), String::new(), "", "");
    for word in &backwards {
        if file.len() > SHARD {
            files.push((start.to_owned(), quoted(&std::mem::take(&mut file))));
        }
        if file.is_empty() {
            (start, last) = (word, "");
        } else {
            file.push(',');
        }
        file.push_str(&shared(word, last));
        last = word;
    }
    if !file.is_empty() {
        files.push((start.to_owned(), quoted(&file)));
    }
    files
}

/// Whether it is a word in which slips of the finger are looked for.
pub(super) fn is_misspelt(term: &str) -> bool {
    let mut letters = 0;
    term.chars().all(|c| {
        letters += 1;
        c.is_alphabetic() && !super::fold::is_unspaced(c)
    }) && (4..=24).contains(&letters)
}

/// The texts: `[[url, title, [[id, trail, text, code]…]]…]`.
fn packs(documents: &[(&Document, &Terms)]) -> Vec<(u32, String)> {
    type Row<'d> = (&'d str, Vec<&'d str>, &'d str, &'d str);
    type Page<'d> = (&'d str, &'d str, Vec<Row<'d>>);
    let (mut packs, mut pack, mut length, mut first, mut next) = (Vec::new(), Vec::<Page<'_>>::new(), 0, 0, 0);
    for (document, _) in documents {
        let mut begun = false;
        for section in &document.sections {
            let row = row(section);
            let long = row.2.len() + row.3.len() + 40;
            if length > 0 && length + long > PACK {
                packs.push((first, serde_json::to_string(&pack).expect("texts are JSON")));
                pack.clear();
                (length, first, begun) = (0, next, false);
            }
            if !begun {
                pack.push((&document.url, &document.title, Vec::new()));
                begun = true;
            }
            length += long;
            next += 1;
            if let Some((_, _, rows)) = pack.last_mut() {
                rows.push(row);
            }
        }
    }
    if !pack.is_empty() {
        packs.push((first, serde_json::to_string(&pack).expect("texts are JSON")));
    }
    packs
}

fn row(section: &Section) -> (&str, Vec<&str>, &str, &str) {
    let mut trail: Vec<&str> = section.trail.iter().skip(1).map(String::as_str).collect();
    if section.level > 1 || !section.trail.is_empty() {
        trail.push(&section.heading);
    }
    (&section.id, trail, cut(&section.text, KEPT.0), cut(&section.code, KEPT.1))
}

fn cut(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text is JSON")
}
