//! The smaller files of the pictures that pages show.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::assembly::Last;
use super::{Engine, guarded};
use crate::artefact::Artefact;
use crate::base::{Hash, OutPath, SourcePath, Span, UrlPath};
use crate::config::SmallerImages;
use crate::diag::Diagnostic;
use crate::memo::{Slots, Store};
use crate::page::{PictureTag, Piece};
use crate::pictures::{Fault, Variant, Wanted, smaller};
use crate::render::Choices;
use crate::site::{Resolved, Site};
use crate::vfs::Files;

/// It changes whenever the same picture gives other files than before.
const VERSION: u32 = 1;

/// Endings of pictures of which smaller ones can be made.
const ENDINGS: [&str; 4] = ["jpg", "jpeg", "png", "webp"];

/// What was made of a picture.
#[derive(Clone, Debug)]
pub(super) struct Shrunk {
    files: Result<Arc<[Variant]>, Fault>,
    /// What it was asked for in the store.
    keys: Arc<[Hash]>,
}

/// The pictures of a site that were made smaller, by their files.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    made: BTreeMap<SourcePath, Shrunk>,
    slots: Slots<SourcePath, Option<Shrunk>>,
}

impl Pictures {
    /// Makes the smaller files of the pictures that pages show, as far as they are not known.
    pub fn shrink(
        &mut self,
        last: &Last,
        files: &dyn Files,
        store: &dyn Store,
        hash: &dyn Fn(&SourcePath) -> Option<Hash>,
    ) {
        self.made.clear();
        let Some(wanted) = &last.opening.opened.config.theme.images.smaller else { return };
        let shown: BTreeSet<&SourcePath> = shown(last).map(|(path, _)| path).filter(|path| has_pixels(path)).collect();
        // A file that was not read yet is read for its hash.
        let known: Vec<(&SourcePath, Option<Hash>)> = shown.iter().map(|path| (*path, hash(path))).collect();
        let slots = &self.slots;
        let made: Vec<Option<Shrunk>> = known
            .par_iter()
            .map(|(path, hash)| {
                let bytes = if hash.is_some() { None } else { Some(files.read(path).ok()?) };
                let hash = hash.or_else(|| bytes.as_deref().map(Hash::of_bytes))?;
                slots.get(path, Hash::of(&(hash, wanted)), || {
                    let bytes = bytes.map_or_else(|| files.read(path), Ok).ok()?;
                    Some(shrunk(&bytes, hash, wanted, store))
                })
            })
            .collect();
        self.made = shown.iter().zip(made).filter_map(|(path, made)| Some(((*path).clone(), made?))).collect();
        self.slots.retain(|path| self.made.contains_key(path));
    }

    /// What changes whenever the files do.
    pub fn hash(&self) -> Hash {
        let made = self.made.iter().map(|(path, made)| (path, &made.keys, made.files.is_ok()));
        Hash::of(&made.collect::<Vec<_>>())
    }

    /// What was asked for in the store.
    pub fn keys(&self) -> impl Iterator<Item = Hash> + '_ {
        self.made.values().flat_map(|made| made.keys.iter().copied())
    }

    /// How many bytes a reader of a picture gets at most, if smaller files were made of it.
    pub fn heaviest(&self, path: &SourcePath) -> Option<u64> {
        let files = self.made.get(path)?.files.as_ref().ok()?;
        files.iter().map(|file| Some(file.webp.as_ref()?.len() as u64)).max()?
    }

    /// The files that browsers may choose from, by picture, and those of them that are new.
    pub fn files(&self, site: &Site) -> (BTreeMap<OutPath, Choices>, Vec<(OutPath, Artefact)>) {
        let (mut choices, mut new) = (BTreeMap::new(), Vec::new());
        for (out, path) in &site.files {
            let Some(Shrunk { files: Ok(files), .. }) = self.made.get(path) else { continue };
            let file = |variant: &Variant| match &variant.webp {
                None => Some((UrlPath::new(out.as_str()), variant.width)),
                Some(bytes) => {
                    let artefact = Artefact::bytes(bytes.clone());
                    let name = format!("assets/img/{}-{}.{}.webp", path.stem(), variant.width, artefact.hash.short(8));
                    let name = OutPath::new(&name)?;
                    let url = UrlPath::new(name.as_str());
                    new.push((name, artefact));
                    Some((url, variant.width))
                }
            };
            let files: Choices = files.iter().filter_map(file).collect();
            if !files.is_empty() {
                choices.insert(out.clone(), files);
            }
        }
        (choices, new)
    }

    /// The pictures that could not be made smaller, each where the first page shows it.
    pub fn findings(&self, last: &Last) -> Vec<Diagnostic> {
        if self.made.values().all(|made| made.files.is_ok()) {
            return Vec::new();
        }
        let mut told = BTreeSet::new();
        let places = shown(last).filter_map(|(path, place)| Some((path, place?)));
        let faults = places.filter_map(|(path, place)| {
            let fault = self.made.get(path)?.files.as_ref().err()?;
            told.insert(path).then(|| broken(path, fault).at(place.clone()))
        });
        faults.collect()
    }
}

impl Engine {
    /// Makes the smaller files of pictures.
    pub(super) fn shrink(&mut self, last: &Last) {
        let copies = &self.copies;
        let hash = |path: &SourcePath| copies.get(path).map(|copied| copied.hash);
        self.pictures.shrink(last, &*self.files, &*self.store, &hash);
    }
}

/// The files that pages show in tags that browsers may be offered others in, and where, each page that is no other's in its place.
fn shown(last: &Last) -> impl Iterator<Item = (&SourcePath, Option<&Span>)> {
    let site = last.site();
    last.pages().iter().zip(&site.pages).flat_map(move |(page, entry)| {
        page.body.iter().filter_map(move |piece| {
            let Piece::Picture(PictureTag { link, choices: true, .. }) = piece else { return None };
            let Resolved::File { url, .. } = entry.links.get(*link as usize)? else { return None };
            let path = site.files.get(&url.out_path()?)?;
            Some((path, page.link_spans.get(*link as usize).filter(|_| !page.head.stands_in)))
        })
    })
}

fn has_pixels(path: &SourcePath) -> bool {
    ENDINGS.contains(&path.extension().to_ascii_lowercase().as_str())
}

fn shrunk(bytes: &[u8], hash: Hash, wanted: &SmallerImages, store: &dyn Store) -> Shrunk {
    let key = |width: u32| Hash::of(&("picture", VERSION, hash, wanted, width));
    let keys = std::cell::RefCell::new(Vec::new());
    let known = |width: u32| {
        keys.borrow_mut().push(key(width));
        store.get(key(width))
    };
    let keep = |width: u32, file: &[u8]| store.put(key(width), file);
    let wanted = Wanted { quality: wanted.quality, widths: &wanted.widths };
    // A decoder that breaks down is a fault of the picture.
    let made = guarded(|| smaller(bytes, wanted, &known, &keep)).unwrap_or_else(|said| Err(Fault::Damaged(said)));
    Shrunk { files: made.map(Into::into), keys: keys.into_inner().into() }
}

fn broken(path: &SourcePath, fault: &Fault) -> Diagnostic {
    match fault {
        Fault::Damaged(reason) => {
            Diagnostic::warning("broken-image", format!("`{path}` cannot be read as a picture: {reason}"))
                .help("it is published as it is: look at it in a browser, and save it anew")
        }
        Fault::TooLarge(width, height) => Diagnostic::warning(
            "broken-image",
            format!("`{path}` is too large to be made smaller: {width} × {height} pixels"),
        )
        .help("it is published as it is: save it with 50 million pixels at most, and no side longer than 16383"),
    }
}
