//! The themes of the project that a site is shown with: the one that the settings name, the one that it extends, and so on.
//! After the last comes the one in the program.

use std::collections::BTreeMap;

use crate::base::SourcePath;
use crate::config::Written;
use crate::diag::Diagnostic;
use crate::vfs::Files;

use super::manifest::{Manifest, is_name, start};

/// The name of the theme in the program.
pub(super) const DEFAULT: &str = "default";

/// How many themes may be built on one another.
const MOST: usize = 20;

/// A theme of the project.
pub(super) struct Layer {
    /// Its name: that of its folder in `themes/`.
    pub name: String,
    /// Its files: path below its folder, and path in the project.
    pub files: Vec<(String, SourcePath)>,
    /// What its `theme.yml` says.
    pub manifest: Manifest,
}

/// The folder of a theme.
pub(super) fn folder(name: &str) -> Option<SourcePath> {
    SourcePath::new(&format!("themes/{name}")).filter(|_| is_name(name))
}

/// The themes, the nearest first.
pub(super) fn layers(
    files: &dyn Files,
    paths: &[SourcePath],
    name: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Layer> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut wanted = (name.to_owned(), None::<Written>);
    loop {
        let (name, asked) = &wanted;
        if name == DEFAULT && asked.is_some() {
            return layers;
        }
        if layers.iter().any(|layer| layer.name == *name) || layers.len() >= MOST {
            let names: Vec<String> = layers.iter().map(|layer| format!("`{}`", layer.name)).collect();
            let message = format!("the themes extend each other in a circle: {}, `{name}`", names.join(", "));
            diagnostics.push(
                at(Diagnostic::error("unknown-theme", message), asked).help(
                    "take `extends` out of one of them: the one in the program stands behind the last in any case",
                ),
            );
            return layers;
        }
        let own = own_files(paths, name);
        if own.is_empty() && name != DEFAULT {
            diagnostics.push(at(unknown(name, paths), asked));
            return layers;
        }
        let manifest = match own.iter().find(|(below, _)| below == "theme.yml") {
            Some((_, file)) => read(files, file, diagnostics),
            None => Manifest::default(),
        };
        let next = manifest.extends.clone();
        layers.push(Layer { name: name.clone(), files: own, manifest });
        match next {
            Some(written) => wanted = (written.text.clone(), Some(written)),
            None => return layers,
        }
    }
}

/// Which files of the project stand in the place of those of the program in the theme of this name, by path below it.
pub fn overrides(files: &dyn Files, paths: &[SourcePath], name: &str) -> BTreeMap<String, SourcePath> {
    let layers = layers(files, paths, name, &mut Vec::new());
    layers.into_iter().rev().flat_map(|layer| layer.files).collect()
}

fn read(files: &dyn Files, file: &SourcePath, diagnostics: &mut Vec<Diagnostic>) -> Manifest {
    match files.read(file) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Manifest::read(file, &text, diagnostics),
            // It is told where the files of the theme are read.
            Err(_) => Manifest::default(),
        },
        Err(_) => Manifest::default(),
    }
}

fn own_files(paths: &[SourcePath], name: &str) -> Vec<(String, SourcePath)> {
    let Some(folder) = folder(name) else { return Vec::new() };
    paths.iter().filter_map(|path| Some((path.below(&folder)?.to_owned(), path.clone()))).collect()
}

/// The finding that a theme does not exist, with those that do.
fn unknown(name: &str, paths: &[SourcePath]) -> Diagnostic {
    let mut known: Vec<&str> = paths
        .iter()
        .filter_map(|path| path.as_str().strip_prefix("themes/")?.split_once('/'))
        .map(|(name, _)| name)
        .collect();
    known.push(DEFAULT);
    known.sort_unstable();
    known.dedup();
    let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    let message = match is_name(name) {
        true => format!("there is no theme `{name}`: the folder `themes/{name}` has no file"),
        false => format!("there is no theme `{name}`: a theme is named after its folder in `themes/`"),
    };
    Diagnostic::error("unknown-theme", message).help(format!("make the folder, or name one of {}", known.join(", ")))
}

fn at(found: Diagnostic, written: &Option<Written>) -> Diagnostic {
    match written {
        Some(written) => found.at(written.place.clone()),
        None => found,
    }
}

/// The finding that a file of a theme cannot be read.
pub(super) fn unreadable(file: &SourcePath, error: &std::io::Error) -> Diagnostic {
    let message = format!("this file of the theme cannot be read: {error}");
    Diagnostic::error("theme-file", message).at(start(file)).help("check the permissions of the file")
}
