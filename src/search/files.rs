//! The files of an index, named after their contents, and `index.js`, which leads to them.

use std::sync::Arc;

use serde::Serialize;

use super::chunks::Chunk;
use super::language::Language;
use super::tree::Tree;
use crate::base::Hash;

/// What a file of the index begins with: the function that its data is handed to.
pub(super) const OPENING: &str = "pressoirSearch(";
/// What it ends with.
pub(super) const CLOSING: &str = ")\n";
/// The file that leads to the others.
pub(super) const INDEX: &str = "index";

/// A file of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// What it is known by in lists: `index`, or the beginning of its hash.
    pub(super) name: Box<str>,
    /// Its contents.
    pub contents: Arc<[u8]>,
    /// Their hash.
    pub hash: Hash,
}

impl File {
    /// A file that hands over some data.
    pub(super) fn new(data: &str) -> File {
        let contents = format!("{OPENING}{data}{CLOSING}").into_bytes();
        let hash = Hash::of_bytes(&contents);
        File { name: hash.short(12).into(), contents: contents.into(), hash }
    }
}

/// The path of the file with a name, below the index's folder. Where there are many, they lie in folders.
pub(super) fn path(name: &str, folders: bool) -> String {
    match folders && name != INDEX {
        true => format!("{}/{}.js", &name[..2], &name[2..]),
        false => format!("{name}.js"),
    }
}

/// What leads to all else.
#[derive(Serialize)]
struct Manifest<'l> {
    sections: usize,
    folders: bool,
    language: &'l Language,
    terms: Tree<&'l str>,
    /// The words read backwards: where a slip of the finger is at the beginning, the end is right.
    endings: Tree<String>,
    texts: Tree<u32>,
}

/// The files of an index with the first key of each.
pub(super) struct Lists<'i> {
    pub sections: usize,
    pub folders: bool,
    pub language: &'i Language,
    pub terms: Vec<(&'i str, &'i Chunk)>,
    pub endings: Vec<(String, &'i Chunk)>,
    pub texts: Vec<(u32, &'i Chunk)>,
}

impl Lists<'_> {
    /// `index.js`, and lists that it leads to where it would be too long.
    pub(super) fn files(self) -> Vec<Arc<File>> {
        let Lists { sections, folders, language, terms, endings, texts } = self;
        let mut files = Vec::new();
        let mut add = |data: String| {
            let file = File::new(&data);
            let name = file.name.to_string();
            files.push(Arc::new(file));
            name
        };
        let terms = Tree::new(&named(terms), &mut add);
        let endings = Tree::new(&named(endings), &mut add);
        let texts = Tree::new(&named(texts), &mut add);
        let manifest = Manifest { sections, folders, language, terms, endings, texts };
        let index = File::new(&serde_json::to_string(&manifest).expect("texts and numbers are JSON"));
        files.push(Arc::new(File { name: INDEX.into(), ..index }));
        files
    }
}

fn named<K>(chunks: Vec<(K, &Chunk)>) -> Vec<(K, &str)> {
    chunks.into_iter().map(|(key, chunk)| (key, &*chunk.file.name)).collect()
}
