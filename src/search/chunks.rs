//! A long row of items, cut into files of about one length.
//!
//! Where it is cut is told by the items themselves, so that a change moves no cut far from it: what was written of the
//! others stands. However it came to be, the same row is cut alike.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::files::File;

/// Some items that stand in one file.
#[derive(Debug)]
pub(super) struct Chunk {
    /// The first of them.
    pub start: u32,
    /// How many they are.
    count: usize,
    pub file: Arc<File>,
    /// What some of them have in files of their own.
    pub beside: Vec<Arc<File>>,
}

impl Chunk {
    /// Its files.
    pub(super) fn files(&self) -> impl Iterator<Item = &Arc<File>> {
        self.beside.iter().chain([&self.file])
    }
}

/// How long a file is, in bytes: from `least` on it ends before the next item that is told to begin one, and it is not longer
/// than `most` unless a single item is. It ends before a long item in any case.
#[derive(Clone, Copy)]
pub(super) struct Length {
    pub least: usize,
    pub most: usize,
}

/// What the files are made of.
pub(super) trait Row: Sync {
    /// Adds an item to a file; `before` is the one before it there.
    fn put(&self, item: u32, before: Option<u32>, file: &mut Written);
    /// Whether a file that is long enough ends before this item.
    fn begins(&self, item: u32) -> bool;
    /// Whether a file ends before this item however short it is: what is long itself, so that who wants one long item does not load two.
    fn is_long(&self, _: u32) -> bool {
        false
    }
    /// The data of the whole file, of what was put into it.
    fn finish(&self, file: String) -> String;
}

/// A file before it is finished.
#[derive(Default)]
pub(super) struct Written {
    count: usize,
    pub data: String,
    /// What some items have in files of their own.
    pub beside: Vec<Arc<File>>,
}

/// So many files are made by one thread.
const ALONE: usize = 400;

/// Which items differ from those that were cut before.
pub(super) enum Changed {
    All,
    /// Those at these places in the row; where items went, the place of the next.
    Only(BTreeSet<usize>),
}

/// Cuts a row of items again; of `chunks`, those that hold the same stay. The files that came, and those that went.
pub(super) fn cut(
    items: &[u32],
    row: &impl Row,
    length: Length,
    chunks: &mut Vec<Chunk>,
    changed: &Changed,
) -> [Vec<Arc<File>>; 2] {
    let mut old: Vec<Option<Chunk>> = std::mem::take(chunks).into_iter().map(Some).collect();
    let starts: FxHashMap<u32, usize> =
        old.iter().flatten().zip(0..).map(|(chunk, index)| (chunk.start, index)).collect();
    let (mut known, mut new, mut at) = (Vec::new(), Vec::new(), 0);
    while at < items.len() {
        let place = known.len() + new.len();
        let same =
            starts.get(&items[at]).and_then(|index| old[*index].take_if(|known| changed.spares(at, known.count)));
        match same {
            Some(chunk) => {
                at += chunk.count;
                known.push((place, chunk));
            }
            None => {
                let written = written(&items[at..], row, length);
                new.push((place, items[at], written));
                at += new[new.len() - 1].2.count;
            }
        }
    }
    let finished = |(place, start, Written { count, data, beside }): (usize, u32, Written)| {
        let file = Arc::new(File::new(&row.finish(data)));
        (place, Chunk { start, count, file, beside })
    };
    // A few files are made sooner than threads are woken.
    let new: Vec<(usize, Chunk)> = match new.len() <= ALONE {
        true => new.into_iter().map(finished).collect(),
        false => new.into_par_iter().map(finished).collect(),
    };
    let came = new.iter().flat_map(|(_, chunk)| chunk.files().cloned()).collect();
    known.extend(new);
    known.sort_unstable_by_key(|(place, _)| *place);
    chunks.extend(known.into_iter().map(|(_, chunk)| chunk));
    [came, old.iter().flatten().flat_map(|chunk| chunk.files().cloned()).collect()]
}

impl Changed {
    /// Whether the items of a file are as they were. The one behind it counts too: it may have ended the file.
    fn spares(&self, at: usize, count: usize) -> bool {
        match self {
            Changed::All => false,
            Changed::Only(places) => places.range(at..=at + count).next().is_none(),
        }
    }
}

/// The first file of some items.
fn written(items: &[u32], row: &impl Row, length: Length) -> Written {
    let (mut file, mut before) = (Written::default(), None);
    for item in items {
        let (end, files) = (file.data.len(), file.beside.len());
        if end >= length.least && row.begins(*item) || before.is_some() && row.is_long(*item) {
            break;
        }
        row.put(*item, before, &mut file);
        if before.is_some() && file.data.len() > length.most {
            file.data.truncate(end);
            file.beside.truncate(files);
            break;
        }
        file.count += 1;
        before = Some(*item);
    }
    file
}
