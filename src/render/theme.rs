//! A theme: templates, words, and files for the browser.
//!
//! [`chain`] finds the themes of the project that it is made of, [`parts`] reads their files, [`generated`] makes rules of what
//! their `theme.yml` and the settings say of colours, fonts and measures.

mod assets;
mod chain;
mod colour;
mod containers;
mod fonts;
mod generated;
mod manifest;
mod origin;
mod palette;
mod parts;
#[cfg(test)]
mod tests;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::artefact::Artefact;
use crate::base::{Hash, OutPath, SourcePath, Span, UrlPath};
use crate::config::{Config, Written};
use crate::diag::Diagnostic;
use crate::memo::Noting;
use crate::page::components::normal;
use crate::vfs::Files;

use super::components::{Components, FOLDER, vue};
use super::styles;
use super::templates::Templates;
use super::texts::Texts;
use assets::{Assets, is_remote};
use manifest::Manifest;
pub(super) use manifest::of_theme;
use parts::Parts;

pub use chain::overrides;
pub use generated::CardLook;
pub use origin::{Origin, ejected, origin};

/// The style sheet that is made of those of the project.
const SHEET: &str = "site.css";

/// The style sheet of the theme, to which what the settings say of its looks is added.
const OWN_SHEET: &str = "style.css";

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
    /// The style sheet of what terminals print, for pages that show it; none where a theme has all its sheets of its own.
    pub(super) terminal: Option<UrlPath>,
    /// The scripts that every page links.
    pub(super) scripts: Arc<[UrlPath]>,
    /// The fonts that every page asks for before its style sheets do.
    pub(super) fonts: Arc<[UrlPath]>,
    /// What of the theme is on, by name.
    pub(super) features: BTreeMap<String, bool>,
    /// What is fetched when somebody searches; none where nobody can.
    pub(super) search: Option<SearchFiles>,
    /// The script that has diagrams drawn; none where the settings do not ask for it.
    pub(super) diagrams: Option<UrlPath>,
    /// How wide the text is, in pixels.
    pub(super) column: u32,
    /// How cards look.
    pub card: CardLook,
    /// The hash of all that lists at the side are rendered with.
    pub(super) sidebar: Hash,
    assets: BTreeMap<OutPath, Artefact>,
    hash: Hash,
    /// The files of the project that it was made from, or would have been.
    reads: BTreeSet<SourcePath>,
}

/// The files that are fetched when somebody searches.
pub(super) struct SearchFiles {
    /// The program.
    pub script: UrlPath,
    /// Its looks.
    pub style: UrlPath,
    /// Scripts with what it says, by language.
    pub words: Vec<UrlPath>,
}

impl Theme {
    /// The theme that the settings name, from the project's files `paths` below `themes/` and the embedded ones. What is wrong
    /// with a file is reported and the embedded one stands in.
    pub fn load(files: &dyn Files, paths: &[SourcePath], config: &Config) -> (Theme, Vec<Diagnostic>) {
        let noting = Noting::new(files);
        let (theme, found) = load(&noting, paths, config);
        (Theme { reads: noting.into_read(), ..theme }, found)
    }

    /// Whether the change of a file of the project may make it another.
    pub fn concerns(&self, path: &SourcePath, config: &Config) -> bool {
        path.as_str().starts_with("themes/")
            || site_component(path, config).is_some()
            || self.reads.contains(path)
            || styles::concerns(path)
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

fn load(files: &dyn Files, paths: &[SourcePath], config: &Config) -> (Theme, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let standard = Manifest::embedded();
    let layers = chain::layers(files, paths, &config.theme.name, &mut diagnostics);
    let of_site: Vec<(String, SourcePath)> =
        paths.iter().filter_map(|path| Some((site_component(path, config)?.to_owned(), path.clone()))).collect();
    let mut parts = Parts::read(files, &layers, &of_site, &mut diagnostics);
    let vue = parts.vue(files, paths, &config.project.content);
    let generated = generated::generated(files, &layers, &config.theme, &mut parts, &mut diagnostics);
    let Parts { templates, parents, texts, mut assets, mut hashes, words, components: of_components, .. } = parts;
    let (templates, wrong_templates) = Templates::new(templates, parents);
    let mut components = Components::new(&templates);
    components.vue = vue.others;
    components.files = of_components;
    // One that was made of a component of Vue has no lines that anyone wrote.
    for wrong in wrong_templates {
        match wrong.span.clone().filter(|span| span.file.extension() == "vue") {
            Some(place) => {
                let place = Span::new(place.file, 0..0);
                let needs = vue::Needs { what: "a program".to_owned(), place };
                components.vue.insert(normal(needs.place.file.stem()), needs);
            }
            None => diagnostics.push(wrong),
        }
    }
    let (texts, wrong_texts) = Texts::new(&texts, &words);
    diagnostics.extend(wrong_texts);

    // What the nearest theme lists counts; what each adds is added.
    let nearest = |of: fn(&Manifest) -> &Option<Vec<Written>>| {
        let mut manifests = layers.iter().map(|layer| &layer.manifest).chain([&standard]);
        manifests.find_map(|manifest| of(manifest).as_deref()).unwrap_or_default()
    };
    let added = |of: fn(&Manifest) -> &Vec<Written>| layers.iter().rev().flat_map(move |layer| of(&layer.manifest));
    let own_sheet = !generated.css.is_empty() && !assets.append(OWN_SHEET, &generated.css);
    let mut styles: Vec<UrlPath> = Vec::new();
    for name in nearest(|manifest| &manifest.styles) {
        styles.extend(assets.link(name, &mut diagnostics));
        if own_sheet && styles.len() == 1 {
            let artefact = Artefact::bytes(generated.css.clone().into_bytes());
            styles.push(UrlPath::new(&format!("/assets/{}", assets.add("theme.css", artefact))));
        }
    }
    let ours = nearest(|manifest| &manifest.styles).iter().any(|name| name.text == OWN_SHEET);
    let terminal = if ours { assets.own("terminal.css") } else { None };
    styles.extend(added(|manifest| &manifest.look.css).filter_map(|name| assets.link(name, &mut diagnostics)));
    let listed = nearest(|manifest| &manifest.scripts).iter().chain(added(|manifest| &manifest.look.js));
    let mut scripts: Vec<UrlPath> = listed.filter_map(|name| assets.link(name, &mut diagnostics)).collect();
    for script in &config.theme.look.js {
        if let Some((file, hash)) = site_file(files, script, "script", &mut diagnostics) {
            let name = assets.add(file.name(), Artefact::copy(file.clone(), hash));
            scripts.push(UrlPath::new(&format!("/assets/{name}")));
        }
    }
    let frames = std::iter::once(&config.theme.frame).chain(&config.theme.others);
    let search = match frames.into_iter().any(|frame| frame.search) {
        true => search_files(&mut assets, &texts, config),
        false => None,
    };
    let diagrams = config.markdown.mermaid.as_ref().and_then(|_| assets.own("diagrams.js"));
    let sheets =
        config.theme.look.css.iter().filter_map(|sheet| site_file(files, sheet, "style sheet", &mut diagnostics));
    let sheets: Vec<SourcePath> = sheets.map(|(file, _)| file).collect();
    let sheet = styles::sheet(files, paths, &config.project.content, (&sheets, &vue.made), &mut diagnostics);
    hashes.extend(vue.made.iter().map(|made| Hash::of_bytes(made.template.as_bytes())));
    hashes.push(Hash::of(&generated.css));
    if !sheet.css.is_empty() {
        let artefact = Artefact::bytes(sheet.css.into_bytes());
        hashes.push(artefact.hash);
        styles.push(UrlPath::new(&format!("/assets/{}", assets.add(SHEET, artefact))));
    }
    for (name, file, hash) in sheet.files {
        assets.insert(&name, Artefact::copy(file, hash));
    }
    hashes.push(Hash::of(&(&styles, &terminal, &scripts, &generated.features)));
    let theme = Theme {
        sidebar: templates.hash("partials/sidebar.html"),
        templates,
        components,
        texts,
        styles: styles.into(),
        terminal,
        scripts: scripts.into(),
        fonts: generated.fonts.into(),
        features: generated.features,
        column: generated.column,
        card: generated.card,
        search,
        diagrams,
        assets: assets.into_output(),
        hash: Hash::of(&hashes),
        reads: BTreeSet::new(),
    };
    (theme, diagnostics)
}

/// What is fetched when somebody searches. What the program says is not in the pages, most of which nobody searches from.
fn search_files(assets: &mut Assets, texts: &Texts, config: &Config) -> Option<SearchFiles> {
    let (script, style) = assets.own("search.js").zip(assets.own("search.css"))?;
    let words = config.site.locales.iter().enumerate().map(|(index, locale)| {
        let own = &config.theme.frame(index).texts;
        let words = ["count", "none", "corrected", "recent", "forget"]
            .map(|key| (key, texts.get(&locale.lang, own, &format!("search_{key}"))));
        let words = serde_json::to_string(&BTreeMap::from(words)).unwrap_or_default();
        let script = Artefact::bytes(format!("document.currentScript.words = {words};\n").into_bytes());
        UrlPath::new(&format!("/assets/{}", assets.add("search-words.js", script)))
    });
    let words = words.collect();
    Some(SearchFiles { script, style, words })
}

/// A file that the settings of the site name, and the hash of what is in it.
fn site_file(
    files: &dyn Files,
    written: &Written,
    what: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(SourcePath, Hash)> {
    let name = &written.text;
    let file = assets::named(written).filter(|_| !is_remote(name));
    if let Some(found) = file.and_then(|file| Some((Hash::of_bytes(&files.read(&file).ok()?), file))) {
        return Some((found.1, found.0));
    }
    let (message, help) = match is_remote(name) {
        true => (
            format!("the {what} `{name}` lies on another host, which would learn who reads the site"),
            "copy the file into your project and name it; it is left out",
        ),
        false => (
            format!("there is no {what} `{name}`"),
            "write the path as seen from the folder of the settings; it is left out",
        ),
    };
    diagnostics.push(Diagnostic::error("theme-file", message).at(written.place.clone()).help(help));
    None
}

/// The path below a theme's folder that a component of the site would have in a theme.
fn site_component<'p>(path: &'p SourcePath, config: &Config) -> Option<&'p str> {
    // Most files are none, and a theme that is edited is read at every keystroke that is saved.
    if path.extension() != "html" || !path.as_str().contains(FOLDER) {
        return None;
    }
    let content = &config.project.content;
    let folders = [
        Some(SourcePath::root()),
        content.join(".vuepress"),
        content.join(".vitepress"),
        content.join(".vitepress/theme"),
    ];
    folders.iter().flatten().find_map(|folder| path.below(folder).filter(|below| below.starts_with(FOLDER)))
}
