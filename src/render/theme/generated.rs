//! Rules of CSS for what `theme.yml` and the settings say of colours, fonts, measures and containers.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::artefact::Artefact;
use crate::base::{Hash, SourcePath, Span, UrlPath};
use crate::config::{CardsConfig, FontFace, FontUse, Look, PaletteConfig, ThemeConfig, Written};
use crate::diag::Diagnostic;
use crate::vfs::Files;

use super::super::embedded;
use super::assets::named;
use super::chain::Layer;
use super::colour::{Colour, TEXT};
use super::containers::{self, Picture, drawings};
use super::fonts::{self, FontFile};
use super::manifest::Manifest;
use super::palette::{colour, palette};
use super::parts::Parts;
use super::tokens::Tokens;
use super::{OWN_SHEET, site_file};

/// How wide the text is where no theme says otherwise, in pixels: 68 letters and what stands beside them.
const COLUMN: u32 = 640;

/// How cards look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardLook {
    /// The colour of the ground.
    pub ground: String,
    /// That of the title.
    pub text: String,
    /// That of what is less than it.
    pub quiet: String,
    /// That of edges.
    pub accent: String,
    /// The font, if the site has one, and where it is named.
    pub font: Option<(SourcePath, Span)>,
}

/// What is made of the settings.
pub(super) struct Generated {
    /// Rules, each in a layer; empty if nothing is other than in the theme's own sheet.
    pub css: String,
    /// The fonts that pages ask for at once.
    pub fonts: Vec<UrlPath>,
    /// What is on, by name.
    pub features: BTreeMap<String, bool>,
    /// How wide the text is, in pixels.
    pub column: u32,
    /// The colours of cards, and their font.
    pub card: CardLook,
}

/// What the themes, the nearest first, and the settings say; the settings count most.
pub(super) fn generated(
    files: &dyn Files,
    layers: &[Layer],
    config: &ThemeConfig,
    parts: &mut Parts,
    diagnostics: &mut Vec<Diagnostic>,
) -> Generated {
    let looks: Vec<&Look> =
        std::iter::once(&config.look).chain(layers.iter().map(|layer| &layer.manifest.look)).collect();
    let none = PaletteConfig::default();
    let colours = looks.iter().map(|look| &look.palette).find(|palette| **palette != none).unwrap_or(&none);
    let preset = colours.preset.as_ref().and_then(|name| preset(name, parts, diagnostics));
    let sheet = embedded::text(&format!("assets/{OWN_SHEET}")).unwrap_or_default();
    let palette = palette(Tokens::read(sheet), colours, preset.as_deref(), diagnostics);

    let mut theme = palette.css;
    let preload = RefCell::new(Vec::new());
    for (used, _) in FontUse::ALL {
        let of_use = |look: &&Look| look.fonts.iter().find(|(known, _)| *known == used).map(|(_, font)| font.clone());
        if let Some(font) = looks.iter().find_map(of_use) {
            let mut place = |font: FontFile| place(font, parts, &preload);
            theme.push_str(&fonts::rules((used, &font), &named, files, &mut place, diagnostics));
        }
    }
    for (property, length) in [
        ("--measure", looks.iter().find_map(|look| look.measure.as_ref())),
        ("--radius", looks.iter().find_map(|look| look.radius.as_ref())),
    ] {
        if let Some(length) = length {
            theme.push_str(&format!(":root {{ {property}: {}; }}\n", length.text));
        }
    }
    let column = looks.iter().find_map(|look| look.measure.as_ref()).and_then(|length| pixels(&length.text));
    // Unless it is set, the accent is the colour of links, whichever palette says that.
    let accent = if colours.accent.is_some() { "--accent" } else { "--link" };
    let card = card_look(&looks, (&palette.tokens, accent), config, diagnostics);
    let mut boxes = String::new();
    for look in &config.containers {
        let picture = look.icon.as_ref().and_then(|icon| picture(icon, files, parts, diagnostics));
        boxes.push_str(&containers::rules(look, picture, &palette.tokens, diagnostics));
    }
    let mut css = String::new();
    for (layer, rules) in [("theme", theme), ("components", boxes)] {
        if !rules.trim().is_empty() {
            css.push_str(&format!("@layer {layer} {{\n{rules}}}\n"));
        }
    }
    let mut fonts = preload.into_inner();
    fonts.dedup();
    Generated { css, fonts, features: features(&looks, diagnostics), column: column.unwrap_or(COLUMN), card }
}

/// How many pixels a measure of text is about, with what stands beside it: a picture is as wide.
fn pixels(measure: &str) -> Option<u32> {
    let digits = measure.trim().trim_end_matches(|char: char| char.is_ascii_alphabetic());
    let each = match measure.trim()[digits.len()..].to_ascii_lowercase().as_str() {
        "px" => 1.0,
        "rem" | "em" => 16.0,
        "ch" => 9.0,
        _ => return None,
    };
    let pixels = digits.parse::<f64>().ok()? * each + 24.0;
    (100.0..10_000.0).contains(&pixels).then_some(pixels.round() as u32)
}

/// What cards have of the look of pages: their colours in light windows, and the boldest font of headings, or of the text. What the settings say
/// of cards counts more.
fn card_look(
    looks: &[&Look],
    (tokens, accent): (&Tokens, &str),
    config: &ThemeConfig,
    diagnostics: &mut Vec<Diagnostic>,
) -> CardLook {
    let usual = |name: &str, usual: &str| tokens.get(name).map_or(usual.to_owned(), |[light, _]| light.hex());
    let font = |used: FontUse| {
        let mut fonts = looks.iter().flat_map(|look| &look.fonts);
        let (_, font) = fonts.find(|(known, font)| *known == used && font.file.is_some())?;
        let bold = font.faces.iter().find(|(face, _)| *face == FontFace::Bold).map(|(_, file)| file);
        bold.or(font.file.as_ref())
    };
    let none = CardsConfig::default();
    let cards = config.cards.as_ref().unwrap_or(&none);
    let ground = colour(cards.background.as_ref(), diagnostics).map(|(colour, _)| colour);
    let page = tokens.get("--bg").map(|[light, _]| light);
    let text = colour(cards.color.as_ref(), diagnostics).map(|(colour, _)| colour);
    // What is written can be read in any case; on a ground of the site's own the colours of pages may not be seen.
    let text = text.map(|text| ground.or(page).map_or(text, |ground| text.readable(&[ground], TEXT)));
    let text_hex = text.or_else(|| ground.map(Colour::opposite)).map(Colour::hex);
    let of_text = |name: &str, known: &str| text_hex.clone().unwrap_or_else(|| usual(name, known));
    let file = cards.font.as_ref().or_else(|| font(FontUse::Headings)).or_else(|| font(FontUse::Body));
    CardLook {
        ground: ground.map_or_else(|| usual("--bg", "#ffffff"), |ground| ground.hex()),
        text: of_text("--text", "#1f2430"),
        quiet: of_text("--text-muted", "#545b69"),
        accent: of_text(accent, "#1747a6"),
        font: file.and_then(|file| Some((named(file)?, file.place.clone()))),
    }
}

/// The text of a whole palette.
fn preset(name: &Written, parts: &Parts, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let found = parts.palettes.get(&name.text);
    if found.is_none() {
        let known: Vec<String> = parts.palettes.keys().map(|name| format!("`{name}`")).collect();
        diagnostics.push(
            Diagnostic::warning("theme-setting", format!("there is no palette `{}`", name.text))
                .at(name.place.clone())
                .help(format!("choose one of {}, or write `accent:` below `palette:`", known.join(", "))),
        );
    }
    found.cloned()
}

/// Puts a font among the assets; its address beside the sheet is returned.
fn place(font: FontFile, parts: &mut Parts, preload: &RefCell<Vec<UrlPath>>) -> String {
    let in_theme = font.file.as_str().split_once("/assets/").filter(|_| font.file.as_str().starts_with("themes/"));
    let name = in_theme.map_or(font.file.name(), |(_, name)| name).to_owned();
    let name = parts.assets.add(&name, Artefact::copy(font.file, font.hash));
    if font.preload {
        preload.borrow_mut().push(UrlPath::new(&format!("/assets/{name}")));
    }
    name
}

/// The picture that the settings give to a kind of container.
fn picture(icon: &Written, files: &dyn Files, parts: &mut Parts, diagnostics: &mut Vec<Diagnostic>) -> Option<Picture> {
    let name = &icon.text;
    if let Some((_, paths)) = drawings(parts.icons()).find(|(known, _)| known == name) {
        return Some(Picture::Lines(paths.to_owned()));
    }
    if name.ends_with(".svg") {
        let (file, hash): (SourcePath, Hash) = site_file(files, icon, "picture", diagnostics)?;
        let own = file.name().to_owned();
        return Some(Picture::File(parts.assets.add(&own, Artefact::copy(file, hash))));
    }
    let is_sign = |char: char| !char.is_ascii() || char.is_ascii_punctuation() && !matches!(char, '"' | '\\');
    if !name.is_empty() && name.chars().count() <= 8 && name.chars().all(is_sign) {
        return Some(Picture::Character(name.clone()));
    }
    let known: Vec<String> = drawings(parts.icons()).map(|(name, _)| format!("`{name}`")).collect();
    diagnostics.push(
        Diagnostic::warning("setting-value", format!("there is no icon `{name}`"))
            .at(icon.place.clone())
            .help(format!("write the path of an SVG file, a character such as `📌`, or one of {}", known.join(", "))),
    );
    None
}

/// What is on: as the program has it, then the themes from the farthest, then the settings.
fn features(looks: &[&Look], diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, bool> {
    let standard = Manifest::embedded();
    let mut features: BTreeMap<String, bool> =
        standard.look.features.into_iter().map(|(name, on)| (name.text, on)).collect();
    for (name, on) in looks.iter().rev().flat_map(|look| &look.features) {
        match features.get_mut(&name.text) {
            Some(known) => *known = *on,
            None => diagnostics.push(unknown_feature(name, &features)),
        }
    }
    features
}

/// The finding that the theme has no such feature.
fn unknown_feature(name: &Written, known: &BTreeMap<String, bool>) -> Diagnostic {
    let known: Vec<String> = known.keys().map(|name| format!("`{name}`")).collect();
    Diagnostic::warning("theme-setting", format!("the theme has no feature `{}`", name.text))
        .at(name.place.clone())
        .help(format!("those that it has are {}", known.join(", ")))
}
