//! What the project's files of a theme hold, by kind.

use std::collections::{BTreeMap, BTreeSet};

use crate::artefact::Artefact;
use crate::base::{Hash, SourcePath, Span};
use crate::diag::Diagnostic;
use crate::page::components::normal;
use crate::vfs::Files;

use super::super::components::{ComponentFile, FOLDER, defined, vue};
use super::super::embedded;
use super::super::templates::{Template, name_of};
use super::assets::Assets;
use super::chain::{self, Layer};
use super::origin;

/// What the files hold.
pub(super) struct Parts {
    /// Templates of the nearest theme, and of the site.
    pub templates: Vec<Template>,
    /// Those of the themes that it extends, the nearest first, with their names.
    pub parents: Vec<(String, Vec<Template>)>,
    /// Words, those that count more behind.
    pub texts: Vec<(String, SourcePath, String)>,
    /// The words that templates of the project use, besides those of the program.
    pub words: BTreeSet<String>,
    /// Whole palettes, by name.
    pub palettes: BTreeMap<String, String>,
    /// Files for the browser.
    pub assets: Assets,
    /// The files for components, by name in its normal form.
    pub components: BTreeMap<String, ComponentFile>,
    /// The hashes of all.
    pub hashes: Vec<Hash>,
}

/// The folders of a theme.
const KINDS: [&str; 5] = ["assets/", "templates/", "i18n/", "palettes/", FOLDER];

impl Parts {
    /// Reads the files of the themes, the nearest first, and those of the site. Files of no known kind are passed over.
    pub(super) fn read(
        files: &dyn Files,
        layers: &[Layer],
        of_site: &[(String, SourcePath)],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Parts {
        let palettes = embedded::DEFAULT_THEME.iter().filter_map(|(path, text)| Some((palette(path)?, *text)));
        let mut parts = Parts {
            templates: Vec::new(),
            parents: Vec::new(),
            texts: Vec::new(),
            words: BTreeSet::new(),
            palettes: palettes.map(|(name, text)| (name.to_owned(), text.to_owned())).collect(),
            assets: Assets::default(),
            components: BTreeMap::new(),
            hashes: vec![Hash::of(embedded::DEFAULT_THEME)],
        };
        for (distance, layer) in layers.iter().enumerate().rev() {
            parts.hashes.push(Hash::of(&layer.name));
            for (path, file) in &layer.files {
                parts.file(files, path, file, diagnostics);
            }
            if distance > 0 {
                let templates = std::mem::take(&mut parts.templates);
                parts.parents.insert(0, (layer.name.clone(), templates));
            }
        }
        for (path, file) in of_site {
            parts.file(files, path, file, diagnostics);
        }
        let all = parts.templates.iter().chain(parts.parents.iter().flat_map(|(_, templates)| templates));
        let used: BTreeSet<String> = all.flat_map(|template| words(&template.text)).map(str::to_owned).collect();
        parts.words = used;
        parts
    }

    fn file(&mut self, files: &dyn Files, path: &str, file: &SourcePath, diagnostics: &mut Vec<Diagnostic>) {
        if !KINDS.iter().any(|kind| path.starts_with(kind)) && path != "theme.yml" {
            return;
        }
        match files.read(file) {
            Ok(bytes) => {
                self.hashes.push(Hash::of(&(path, &bytes)));
                match self.add(path, file, bytes) {
                    Ok(stale) => diagnostics.extend(stale),
                    Err(wrong) => diagnostics.push(wrong),
                }
            }
            Err(error) => diagnostics.push(chain::unreadable(file, &error)),
        }
    }

    fn add(&mut self, path: &str, file: &SourcePath, bytes: Vec<u8>) -> Result<Option<Diagnostic>, Diagnostic> {
        if let Some(asset) = path.strip_prefix("assets/") {
            let stale = std::str::from_utf8(&bytes).ok().and_then(|text| origin::stale(file, text));
            // A copy that nobody changed is the program's own.
            if embedded::text(path).is_none_or(|text| text.as_bytes() != bytes) {
                self.assets.insert(asset, Artefact::copy(file.clone(), Hash::of_bytes(&bytes)));
            }
            return Ok(stale);
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let offset = error.utf8_error().valid_up_to();
            Diagnostic::error("theme-file", "this file of the theme is not UTF-8")
                .at(Span::new(file.clone(), offset..offset + 1))
                .help("save it as UTF-8")
        })?;
        let stale = origin::stale(file, &text);
        if path.starts_with(FOLDER) && file.extension() == "html" {
            let defines = defined(&text).map(str::to_owned).collect();
            self.components.insert(normal(file.stem()), ComponentFile { path: file.clone(), defines });
        }
        match name_of(path) {
            // Other pages of HTML may lie there as well.
            Some(name) if name.starts_with(FOLDER) && defined(&text).next().is_none() => {}
            // A component of the site stands before the theme's of the same name.
            Some(name) => {
                self.templates.retain(|template| template.name != name);
                self.templates.push(Template { name: name.to_owned(), file: file.clone(), text });
            }
            // Editors leave other files beside templates. What the manifest says is read with the chain.
            None if path.starts_with("templates/") || path.starts_with(FOLDER) || path == "theme.yml" => {}
            None => match palette(path) {
                Some(name) => _ = self.palettes.insert(name.to_owned(), text),
                None => self.texts.push((path.to_owned(), file.clone(), text)),
            },
        }
        Ok(stale)
    }

    /// Adds components of Vue of the project that can be some here; one that the project wrote for us stands before them.
    pub(super) fn vue(&mut self, files: &dyn Files, paths: &[SourcePath], content: &SourcePath) -> vue::Found {
        let own = self.templates.iter().chain(self.parents.iter().flat_map(|(_, templates)| templates));
        let own = own.filter(|template| template.name.starts_with(FOLDER));
        let own: BTreeSet<String> = own.flat_map(|template| defined(&template.text)).map(normal).collect();
        let standard = embedded::DEFAULT_THEME.iter().filter(|(path, _)| path.starts_with(FOLDER));
        let standard: BTreeMap<String, vue::Callee> =
            standard.flat_map(|(_, text)| vue::callees(text)).map(|callee| (normal(&callee.name), callee)).collect();
        let mut found = vue::found(files, paths, content, &|name| standard.get(name).cloned());
        let is_new = |made: &vue::Made| defined(&made.template).all(|name| !own.contains(&normal(name)));
        found.made.retain(is_new);
        for made in &found.made {
            let name = format!("{FOLDER}{}", made.file);
            self.templates.push(Template { name, file: made.file.clone(), text: made.template.clone() });
        }
        found
    }

    /// The text of the component for icons.
    pub(super) fn icons(&self) -> &str {
        let own = self.templates.iter().chain(self.parents.iter().flat_map(|(_, templates)| templates));
        let name = format!("{FOLDER}icon.html");
        let mut own = own.filter(|template| template.name == name).map(|template| template.text.as_str());
        own.next().or_else(|| embedded::text(&name)).unwrap_or_default()
    }
}

/// `gouv` of `palettes/gouv.css`.
fn palette(path: &str) -> Option<&str> {
    path.strip_prefix("palettes/")?.strip_suffix(".css")
}

/// The words of the theme that a template prints: `menu` of `t.menu`.
fn words(template: &str) -> impl Iterator<Item = &str> {
    template.match_indices("t.").filter_map(|(at, _)| {
        let before = template[..at].chars().next_back();
        let rest = &template[at + 2..];
        let end = rest.find(|char: char| !char.is_alphanumeric() && char != '_').unwrap_or(rest.len());
        let is_name = before.is_none_or(|char| !char.is_alphanumeric() && !matches!(char, '_' | '.'));
        (is_name && end > 0).then_some(&rest[..end])
    })
}
