//! The files of the site besides its pages.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::Engine;
use super::findings::unreadable;
use super::pictures;
use crate::artefact::{Artefact, Output};
use crate::base::{Hash, OutPath, SourcePath};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::emit;
use crate::render::{self, Frame, Theme};
use crate::site::Site;
use crate::vfs::History;

/// A file that is copied.
#[derive(Clone, Copy, Debug)]
pub(super) struct Copied {
    pub hash: Hash,
    /// How many bytes it has.
    bytes: u64,
    /// How wide and how high it is, if it is a picture.
    size: Option<(u32, u32)>,
}

impl Engine {
    /// Reads the files that are copied, as far as they are not known, and tells those that cannot be read.
    pub(super) fn read_copies(&mut self, site: &Site) -> Vec<Diagnostic> {
        let (files, known) = (&*self.files, &self.copies);
        let unknown: BTreeSet<&SourcePath> = site.files.values().filter(|path| !known.contains_key(path)).collect();
        let read: Vec<_> = unknown
            .into_par_iter()
            .map(|path| {
                let copied = files.read(path).map(|bytes| Copied {
                    hash: Hash::of_bytes(&bytes),
                    bytes: bytes.len() as u64,
                    size: pictures::size(path.extension(), &bytes),
                });
                (path, copied)
            })
            .collect();
        let mut found = Vec::new();
        for (path, copied) in read {
            match copied {
                Ok(copied) => _ = self.copies.insert(path.clone(), copied),
                Err(error) => found.push(unreadable(path, &error)),
            }
        }
        found
    }

    /// How wide and how high the pictures of the site are.
    pub(super) fn sizes(&self, site: &Site) -> BTreeMap<OutPath, (u32, u32)> {
        let size = |(out, path): (&OutPath, &SourcePath)| Some((out.clone(), self.copies.get(path)?.size?));
        site.files.iter().filter_map(size).collect()
    }

    /// How many bytes a copied file has that was read already.
    pub(super) fn copied_bytes(&self, path: &SourcePath) -> Option<u64> {
        self.copies.get(path).map(|copied| copied.bytes)
    }

    /// Everything besides the pages, and what is wrong with it.
    pub(super) fn others(
        &self,
        site: &Site,
        config: &Config,
        (theme, frame): (&Theme, &Frame),
        history: &History,
    ) -> (Output, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let copies = &self.copies;
        let mut made = theme.assets();
        for page in render::redirect_pages(site, config, theme) {
            match page {
                Ok((out, html)) => made.push((out, Artefact::bytes(html.into_bytes()))),
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
        made.extend(emit::artefacts(site, config, history, &|path| copies.get(path).map(|copied| copied.hash)));
        match (OutPath::new("404.html"), render::not_found(site, config, theme, frame)) {
            (Some(out), Ok(html)) => made.push((out, Artefact::bytes(html.into_bytes()))),
            (_, Err(diagnostic)) => diagnostics.push(diagnostic),
            (None, _) => {}
        }
        let mut output = Output::new();
        for (out, artefact) in made {
            output.entry(out).or_insert(artefact);
        }
        (output, diagnostics)
    }
}
