//! The files of the site besides its pages.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::Engine;
use super::findings::unreadable;
use crate::artefact::{Artefact, Output};
use crate::base::{Hash, OutPath, SourcePath};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::emit;
use crate::render::{self, Theme};
use crate::site::Site;

impl Engine {
    /// Everything besides the pages, and what is wrong with it.
    pub(super) fn others(&mut self, site: &Site, config: &Config, theme: &Theme) -> (Output, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let (files, known) = (&*self.files, &self.copies);
        let unknown: BTreeSet<&SourcePath> = site.files.values().filter(|path| !known.contains_key(path)).collect();
        let read: Vec<_> =
            unknown.into_par_iter().map(|path| (path, files.read(path).map(|bytes| Hash::of_bytes(&bytes)))).collect();
        for (path, hash) in read {
            match hash {
                Ok(hash) => _ = self.copies.insert(path.clone(), hash),
                Err(error) => diagnostics.push(unreadable(path, &error)),
            }
        }
        let copies = &self.copies;
        let mut made = theme.assets();
        for page in render::redirect_pages(site, config, theme) {
            match page {
                Ok((out, html)) => made.push((out, Artefact::bytes(html.into_bytes()))),
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
        made.extend(emit::artefacts(site, config, &|path| copies.get(path).copied()));
        for page in render::search_pages(site, config, theme) {
            match page {
                Ok((url, html)) => made.extend(url.out_path().map(|out| (out, Artefact::bytes(html.into_bytes())))),
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
        match (OutPath::new("404.html"), render::not_found(site, config, theme)) {
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
