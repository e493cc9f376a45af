//! The files of `assets/`, and what becomes of them in the output.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::artefact::{Artefact, Body};
use crate::base::{OutPath, SourcePath, UrlPath};
use crate::config::Written;
use crate::diag::Diagnostic;

use super::super::embedded;
use super::super::slim;

/// The files, by path below `assets/`.
pub(super) struct Assets(BTreeMap<String, Artefact>);

impl Default for Assets {
    /// Those of the theme in the program.
    fn default() -> Assets {
        let embedded = embedded::DEFAULT_THEME.iter().filter_map(|(path, text)| {
            let name = path.strip_prefix("assets/")?;
            Some((name.to_owned(), Artefact::bytes(shipped(name, text).into_owned().into_bytes())))
        });
        Assets(embedded.collect())
    }
}

impl Assets {
    /// Puts a file of the project in the place of one of its name.
    pub(super) fn insert(&mut self, name: &str, artefact: Artefact) {
        self.0.insert(name.to_owned(), artefact);
    }

    /// Adds a text behind one of the program; `false` if a file of the project is in its place.
    pub(super) fn append(&mut self, name: &str, text: &str) -> bool {
        match self.0.get_mut(name) {
            Some(artefact) if matches!(artefact.body, Body::Bytes(_)) => {
                let known = embedded::text(&format!("assets/{name}")).unwrap_or_default();
                *artefact = Artefact::bytes(format!("{}{text}", shipped(name, known)).into_bytes());
                true
            }
            _ => false,
        }
    }

    /// Gives the asset a name that changes with its contents, and returns its address.
    pub(super) fn link(&mut self, name: &Written, diagnostics: &mut Vec<Diagnostic>) -> Option<UrlPath> {
        let Some(artefact) = self.0.remove(&name.text) else {
            let told = |message: String, help: &str| {
                Diagnostic::error("theme-file", message).at(name.place.clone()).help(help)
            };
            diagnostics.push(match is_remote(&name.text) {
                true => told(
                    format!("the theme links `{}`, which lies on another host", name.text),
                    "copy the file into `assets/` of the theme: no other host need know who reads the site",
                ),
                false => told(
                    format!("the theme links `{}`, which is not in its folder `assets`", name.text),
                    "write the name as it stands below `assets/`, each once",
                ),
            });
            return None;
        };
        Some(UrlPath::new(&format!("/assets/{}", self.add(&name.text, artefact))))
    }

    /// The address of an asset of the program.
    pub(super) fn own(&mut self, name: &str) -> Option<UrlPath> {
        let artefact = self.0.remove(name)?;
        Some(UrlPath::new(&format!("/assets/{}", self.add(name, artefact))))
    }

    /// Adds an asset under a name that changes with its contents, in the place of the one of its own name; returns the name.
    pub(super) fn add(&mut self, name: &str, artefact: Artefact) -> String {
        let digits = artefact.hash.short(8);
        let renamed = match name.rsplit_once('.') {
            Some((stem, extension)) => format!("{stem}.{digits}.{extension}"),
            None => format!("{name}.{digits}"),
        };
        self.0.remove(name);
        self.0.insert(renamed.clone(), artefact);
        renamed
    }

    /// The assets by their place in the output. Those of the program that nothing links are not written.
    pub(super) fn into_output(self) -> BTreeMap<OutPath, Artefact> {
        let idle = |name: &str, artefact: &Artefact| {
            matches!(artefact.body, Body::Bytes(_)) && embedded::text(&format!("assets/{name}")).is_some()
        };
        let written = self.0.into_iter().filter(|(name, artefact)| !idle(name, artefact));
        written.filter_map(|(name, artefact)| Some((OutPath::new(&format!("assets/{name}"))?, artefact))).collect()
    }
}

/// A file of the program as readers get it: without what only authors read.
fn shipped<'t>(name: &str, text: &'t str) -> Cow<'t, str> {
    match name.rsplit_once('.') {
        Some((_, "css")) => Cow::Owned(slim::sheet(text)),
        Some((_, "js")) => Cow::Owned(slim::script(text)),
        _ => Cow::Borrowed(text),
    }
}

/// Whether it is the address of something on another host.
pub(super) fn is_remote(text: &str) -> bool {
    text.contains("://") || text.starts_with("//")
}

/// The file that a setting of the site, or of a theme, names.
pub(super) fn named(written: &Written) -> Option<SourcePath> {
    let folder = written.place.file.folder();
    match written.place.file.as_str().starts_with("themes/") {
        true => folder.join("assets")?.join(written.text.trim_start_matches('/')),
        false => folder.join(&written.text),
    }
}
