//! A theme: templates, words, and files for the browser.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;

use crate::artefact::{Artefact, Body};
use crate::base::{Hash, OutPath, SourcePath, Span, UrlPath};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::page::components::normal;
use crate::vfs::Files;

use super::components::{Components, FOLDER, defined, vue};
use super::embedded;
use super::styles;
use super::templates::{Template, Templates, name_of};
use super::texts::{Texts, unreadable};

/// The name of the embedded theme.
const DEFAULT: &str = "default";

/// The style sheet that is made of those of the project's old generator.
const SHEET: &str = "site.css";

/// The embedded theme, with the project's files in the place of those of the same name.
pub struct Theme {
    /// The compiled templates.
    pub(super) templates: Templates,
    /// The components that pages may use.
    pub(super) components: Components,
    /// Its words, by language.
    pub(super) texts: Texts,
    /// The style sheets that every page links.
    pub(super) styles: Arc<[UrlPath]>,
    /// The scripts that every page links.
    pub(super) scripts: Arc<[UrlPath]>,
    /// What of the theme is on, by name.
    pub(super) features: BTreeMap<String, bool>,
    /// The script and the style sheet that are fetched when somebody searches; none where nobody can.
    pub(super) search: Option<(UrlPath, UrlPath)>,
    /// The script that has diagrams drawn; none where the settings do not ask for it.
    pub(super) diagrams: Option<UrlPath>,
    /// The hash of all that lists at the side are rendered with.
    pub(super) sidebar: Hash,
    assets: BTreeMap<OutPath, Artefact>,
    hash: Hash,
}

/// What `theme.yml` says. Unknown keys are refused, so that a slip of the pen is not passed over.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    styles: Option<Vec<String>>,
    scripts: Option<Vec<String>>,
    #[serde(default)]
    features: BTreeMap<String, bool>,
}

impl Theme {
    /// The theme that the settings name, from the project's files `paths` below `themes/<name>/` and the embedded ones. What
    /// is wrong with a file is reported and the embedded one stands in.
    pub fn load(files: &dyn Files, paths: &[SourcePath], config: &Config) -> (Theme, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let name = &config.theme.name;
        let folder = SourcePath::new(&format!("themes/{name}")).unwrap_or_else(SourcePath::root);
        let mut own: Vec<(&str, &SourcePath)> =
            paths.iter().filter_map(|path| Some((path.below(&folder)?, path))).collect();
        if own.is_empty() && name != DEFAULT {
            diagnostics.push(unknown(name, paths));
        }
        own.extend(paths.iter().filter_map(|path| Some((site_component(path, config)?, path))));
        let mut parts = Parts::read(files, &own, &mut diagnostics);
        let vue = parts.vue(files, paths, &config.project.content);
        let (templates, wrong_templates) = Templates::new(parts.templates);
        let mut components = Components::new(&templates);
        components.vue = vue.others;
        let (texts, wrong_texts) = Texts::new(&parts.texts);
        // One that was made of a component of Vue has no lines that anyone wrote.
        for wrong in wrong_templates {
            match wrong.span.clone().filter(|span| span.file.extension() == "vue") {
                Some(place) => {
                    let place = Span::new(place.file, 0..0);
                    components
                        .vue
                        .insert(normal(place.file.stem()), vue::Needs { what: "a program".to_owned(), place });
                }
                None => diagnostics.push(wrong),
            }
        }
        diagnostics.extend(wrong_texts);
        let mut assets = parts.assets;
        let file = folder.join("theme.yml").unwrap_or_else(SourcePath::root);
        let standard = embedded_manifest();
        let mut linked = |names: Option<Vec<String>>| -> Arc<[UrlPath]> {
            names.unwrap_or_default().iter().filter_map(|name| assets.link(name, &file, &mut diagnostics)).collect()
        };
        let mut styles = linked(parts.manifest.styles.or(standard.styles)).to_vec();
        let scripts = linked(parts.manifest.scripts.or(standard.scripts));
        let mut features = standard.features;
        for (name, on) in parts.manifest.features {
            match features.get_mut(&name) {
                Some(known) => *known = on,
                None => diagnostics.push(unknown_feature(&name, &features, &file)),
            }
        }
        let frames = std::iter::once(&config.theme.frame).chain(&config.theme.others);
        let search = match frames.into_iter().any(|frame| frame.search) {
            true => ["search.js", "search.css"].map(|name| assets.link(name, &file, &mut diagnostics)),
            false => [None, None],
        };
        let [script, style] = search;
        let diagrams =
            config.markdown.mermaid.as_ref().and_then(|_| assets.link("diagrams.js", &file, &mut diagnostics));
        let sheet = styles::sheet(files, paths, &config.project.content, &vue.made, &mut diagnostics);
        let mut hashes = parts.hashes;
        hashes.extend(vue.made.iter().map(|made| Hash::of_bytes(made.template.as_bytes())));
        if !sheet.css.is_empty() {
            let artefact = Artefact::bytes(sheet.css.into_bytes());
            hashes.push(artefact.hash);
            styles.push(UrlPath::new(&format!("/assets/{}", assets.add(SHEET, artefact))));
        }
        assets.0.extend(sheet.files.into_iter().map(|(name, file, hash)| (name, Artefact::copy(file, hash))));
        let theme = Theme {
            sidebar: templates.hash("partials/sidebar.html"),
            features,
            templates,
            components,
            texts,
            styles: styles.into(),
            scripts,
            search: script.zip(style),
            diagrams,
            assets: assets.into_output(),
            hash: Hash::of(&hashes),
        };
        (theme, diagnostics)
    }

    /// Whether a file of the project is part of the theme that the settings name, or would be.
    pub fn concerns(path: &SourcePath, config: &Config) -> bool {
        let folder = SourcePath::new(&format!("themes/{}", config.theme.name));
        path.as_str().starts_with("themes/")
            || folder.is_some_and(|folder| path.below(&folder).is_some())
            || site_component(path, config).is_some()
    }

    /// The hash of all its files.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// Its files for the browser. Those that pages link carry a piece of their hash in their name.
    pub fn assets(&self) -> Vec<(OutPath, Artefact)> {
        self.assets.iter().map(|(path, asset)| (path.clone(), asset.clone())).collect()
    }
}

/// What the project's files of a theme hold, by kind.
struct Parts {
    templates: Vec<Template>,
    texts: Vec<(String, SourcePath, String)>,
    assets: Assets,
    manifest: Manifest,
    hashes: Vec<Hash>,
}

impl Parts {
    /// Reads the files `own`: path below the theme's folder, and path in the project. Files of no known kind are passed over.
    fn read(files: &dyn Files, own: &[(&str, &SourcePath)], diagnostics: &mut Vec<Diagnostic>) -> Parts {
        let mut parts = Parts {
            templates: Vec::new(),
            texts: Vec::new(),
            assets: Assets::default(),
            manifest: Manifest::default(),
            hashes: vec![Hash::of(embedded::DEFAULT_THEME)],
        };
        for (path, file) in own {
            let known = ["assets/", "templates/", "i18n/", FOLDER].iter().any(|kind| path.starts_with(kind));
            if !known && *path != "theme.yml" {
                continue;
            }
            match files.read(file) {
                Ok(bytes) => {
                    parts.hashes.push(Hash::of(&(path, &bytes)));
                    diagnostics.extend(parts.add(path, file, bytes).err());
                }
                Err(error) => {
                    let message = format!("this file of the theme cannot be read: {error}");
                    diagnostics.push(Diagnostic::error("theme-file", message).at(Span::new((*file).clone(), 0..0)));
                }
            }
        }
        parts
    }

    /// Adds components of Vue of the project that can be some here; one that the project wrote for us stands before them.
    fn vue(&mut self, files: &dyn Files, paths: &[SourcePath], content: &SourcePath) -> vue::Found {
        let own = || self.templates.iter().filter(|template| template.name.starts_with(FOLDER));
        let own: BTreeSet<String> = own().flat_map(|template| defined(&template.text)).map(normal).collect();
        let standard = embedded::DEFAULT_THEME.iter().filter(|(path, _)| path.starts_with(FOLDER));
        let standard: BTreeMap<String, &str> =
            standard.flat_map(|(_, text)| defined(text)).map(|name| (normal(name), name)).collect();
        let mut found = vue::found(files, paths, content, &|name| standard.get(name).map(|name| (*name).to_owned()));
        let is_new = |made: &vue::Made| defined(&made.template).all(|name| !own.contains(&normal(name)));
        found.made.retain(is_new);
        for made in &found.made {
            let name = format!("{FOLDER}{}", made.file);
            self.templates.push(Template { name, file: made.file.clone(), text: made.template.clone() });
        }
        found
    }

    fn add(&mut self, path: &str, file: &SourcePath, bytes: Vec<u8>) -> Result<(), Diagnostic> {
        if let Some(asset) = path.strip_prefix("assets/") {
            let hash = Hash::of_bytes(&bytes);
            self.assets.0.insert(asset.to_owned(), Artefact::copy(file.clone(), hash));
            return Ok(());
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let offset = error.utf8_error().valid_up_to();
            Diagnostic::error("theme-file", "this file of the theme is not UTF-8")
                .at(Span::new(file.clone(), offset..offset + 1))
                .help("save it as UTF-8")
        })?;
        match name_of(path) {
            // Other pages of HTML may lie there as well.
            Some(name) if name.starts_with(FOLDER) && defined(&text).next().is_none() => {}
            // A component of the site stands before the theme's of the same name.
            Some(name) => {
                self.templates.retain(|template| template.name != name);
                self.templates.push(Template { name: name.to_owned(), file: file.clone(), text });
            }
            // Editors leave other files beside templates.
            None if path.starts_with("templates/") || path.starts_with(FOLDER) => {}
            None if path == "theme.yml" => {
                let read = serde_yaml::from_str::<Option<Manifest>>(&text);
                self.manifest = read.map_err(|error| unreadable(&error, file, &text))?.unwrap_or_default();
            }
            None => self.texts.push((path.to_owned(), file.clone(), text)),
        }
        Ok(())
    }
}

/// The path below a theme's folder that a component of the site would have in a theme.
fn site_component<'p>(path: &'p SourcePath, config: &Config) -> Option<&'p str> {
    let content = &config.project.content;
    let folders = [
        Some(SourcePath::root()),
        content.join(".vuepress"),
        content.join(".vitepress"),
        content.join(".vitepress/theme"),
    ];
    let below =
        folders.iter().flatten().find_map(|folder| path.below(folder).filter(|below| below.starts_with(FOLDER)));
    below.filter(|below| below.ends_with(".html"))
}

/// The files of `assets/`, by path below it.
struct Assets(BTreeMap<String, Artefact>);

impl Default for Assets {
    fn default() -> Assets {
        let embedded = embedded::DEFAULT_THEME.iter().filter_map(|(path, text)| {
            Some((path.strip_prefix("assets/")?.to_owned(), Artefact::bytes(text.as_bytes())))
        });
        Assets(embedded.collect())
    }
}

impl Assets {
    /// Gives the asset a name that changes with its contents, and returns its address.
    fn link(&mut self, name: &str, manifest: &SourcePath, diagnostics: &mut Vec<Diagnostic>) -> Option<UrlPath> {
        let Some(artefact) = self.0.remove(name) else {
            diagnostics.push(
                Diagnostic::error(
                    "theme-file",
                    format!("the theme links `{name}`, which is not in its folder `assets`"),
                )
                .at(Span::new(manifest.clone(), 0..0))
                .help("write the name as it stands below `assets/`, each once"),
            );
            return None;
        };
        Some(UrlPath::new(&format!("/assets/{}", self.add(name, artefact))))
    }

    /// Adds an asset under a name that changes with its contents, and returns the name.
    fn add(&mut self, name: &str, artefact: Artefact) -> String {
        let digits = artefact.hash.short(8);
        let renamed = match name.rsplit_once('.') {
            Some((stem, extension)) => format!("{stem}.{digits}.{extension}"),
            None => format!("{name}.{digits}"),
        };
        self.0.insert(renamed.clone(), artefact);
        renamed
    }

    /// The assets by their place in the output. Those of the default theme that nothing links are not written.
    fn into_output(self) -> BTreeMap<OutPath, Artefact> {
        let idle = |name: &str, artefact: &Artefact| {
            matches!(artefact.body, Body::Bytes(_)) && embedded::text(&format!("assets/{name}")).is_some()
        };
        let written = self.0.into_iter().filter(|(name, artefact)| !idle(name, artefact));
        written.filter_map(|(name, artefact)| Some((OutPath::new(&format!("assets/{name}"))?, artefact))).collect()
    }
}

fn embedded_manifest() -> Manifest {
    let text = embedded::text("theme.yml").expect("a test finds every embedded file");
    serde_yaml::from_str(text).expect("a test reads the embedded manifest")
}

/// The finding that the theme has no such feature.
fn unknown_feature(name: &str, known: &BTreeMap<String, bool>, manifest: &SourcePath) -> Diagnostic {
    let known: Vec<String> = known.keys().map(|name| format!("`{name}`")).collect();
    Diagnostic::warning("theme-setting", format!("the theme has no feature `{name}`"))
        .at(Span::new(manifest.clone(), 0..0))
        .help(format!("those that it has are {}", known.join(", ")))
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
    Diagnostic::error("unknown-theme", format!("there is no theme `{name}`: the folder `themes/{name}` has no file"))
        .help(format!("make the folder, or name one of {}", known.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::testing::{Memory, config};

    fn load(name: &str, files: &[(&str, &str)]) -> (Theme, Vec<Diagnostic>) {
        let mut config = config();
        Arc::make_mut(&mut config.theme).name = name.into();
        let files = Memory::new(files);
        Theme::load(&files, &files.paths(), &config)
    }

    fn names(theme: &Theme) -> Vec<String> {
        theme.assets().into_iter().map(|(path, _)| path.as_str().to_owned()).collect()
    }

    #[test]
    fn the_default_theme_is_whole() {
        let (theme, found) = load("default", &[]);
        assert_eq!(found, []);
        let names = names(&theme);
        assert_eq!(names.len(), 4, "{names:?}");
        assert!(names[3].starts_with("assets/style.") && names[3].len() == "assets/style.12345678.css".len());
        assert_eq!(theme.styles[0].as_str(), format!("/{}", names[3]));
    }

    #[test]
    fn files_of_the_project_come_first() {
        let (plain, _) = load("default", &[]);
        let (theme, found) = load(
            "mine",
            &[
                ("themes/mine/theme.yml", "styles: [style.css, mine.css]"),
                ("themes/mine/assets/mine.css", "a{}"),
                ("themes/mine/assets/font.woff2", "x"),
                ("themes/mine/assets/script.js", "1"),
                ("themes/other/assets/no.css", "x"),
            ],
        );
        assert_eq!(found, []);
        assert_ne!(theme.hash(), plain.hash());
        let script = Hash::of_bytes(b"1").short(8);
        let names = names(&theme);
        assert_eq!(names[0], "assets/font.woff2");
        assert!(names.contains(&format!("assets/script.{script}.js")), "{names:?}");
        assert_eq!((theme.styles.len(), names.len()), (2, 6));
    }

    #[test]
    fn faults_are_told() {
        for (name, files, want) in [
            ("mine", &[][..], "unknown-theme"),
            ("mine", &[("themes/mine/theme.yml", "style: [a]")], "theme-file"),
            ("mine", &[("themes/mine/theme.yml", "styles: [none.css]")], "theme-file"),
            ("mine", &[("themes/mine/templates/page.html", "{{")], "template-error"),
            ("default", &[("themes/default/i18n/eo.yml", "menu: x")], "theme-text-missing"),
        ] {
            let codes: Vec<_> = load(name, files).1.into_iter().map(|found| found.code).collect();
            assert_eq!(codes, [want], "{files:?}");
        }
    }
}
