//! Fonts of the site -> rules of CSS: the files, and for each a font of the system of the same measures, so that nothing
//! moves when the file arrives.

mod metrics;

use crate::base::{Hash, SourcePath};
use crate::config::{FontConfig, FontFace, FontFallback, FontUse, Written};
use crate::diag::Diagnostic;
use crate::vfs::Files;

use metrics::Metrics;

/// From how many bytes on a file is one that readers wait for.
const HEAVY: usize = 300 * 1024;

/// A file for the browser.
pub(super) struct FontFile {
    /// Where it lies.
    pub file: SourcePath,
    /// The hash of its contents.
    pub hash: Hash,
    /// Whether pages ask for it before its style sheet does.
    pub preload: bool,
}

/// The rules for a font: `place` gives a file its address beside the sheet.
pub(super) fn rules(
    (used, config): (FontUse, &FontConfig),
    resolve: &dyn Fn(&Written) -> Option<SourcePath>,
    files: &dyn Files,
    place: &mut dyn FnMut(FontFile) -> String,
    diagnostics: &mut Vec<Diagnostic>,
) -> String {
    let (property, family, usual) = match used {
        FontUse::Body => ("--font", "Site body", FontFallback::SansSerif),
        FontUse::Headings => ("--font-headings", "Site headings", FontFallback::SansSerif),
        FontUse::Code => ("--font-code", "Site code", FontFallback::Monospace),
    };
    let fallback = config.fallback.unwrap_or(usual);
    let generic = FontFallback::ALL.into_iter().find(|(known, _)| *known == fallback).map_or("", |(_, name)| name);
    let Some(written) = &config.file else { return String::new() };
    let Some(upright) = read(written, resolve, files, diagnostics) else { return String::new() };
    let preload = config.preload.unwrap_or(used == FontUse::Body);
    let display = if config.optional { "optional" } else { "swap" };
    let mut css = String::new();
    let mut face = |font: Font, face: Option<FontFace>, preload: bool| {
        let bold = matches!(face, Some(FontFace::Bold | FontFace::BoldItalic));
        let italic = matches!(face, Some(FontFace::Italic | FontFace::BoldItalic));
        let weight = match font.metrics.as_ref().and_then(|metrics| metrics.weights) {
            Some((lightest, boldest)) => format!("{lightest} {boldest}"),
            None if bold => "700".to_owned(),
            None => "400".to_owned(),
        };
        let style = if italic { "italic" } else { "normal" };
        let address = place(FontFile { file: font.file, hash: font.hash, preload });
        css.push_str(&format!(
            "@font-face {{ font-family: \"{family}\"; src: url(\"{address}\") format(\"woff2\"); font-weight: {weight}; \
             font-style: {style}; font-display: {display}; }}\n"
        ));
    };
    let stand_in = upright.metrics.as_ref().and_then(|metrics| metrics.stand_in(fallback));
    face(upright, None, preload);
    for (kind, written) in &config.faces {
        if let Some(font) = read(written, resolve, files, diagnostics) {
            face(font, Some(*kind), false);
        }
    }
    let mut families = format!("\"{family}\"");
    if let Some(rules) = stand_in {
        css.push_str(&format!("@font-face {{ font-family: \"{family} fallback\"; {rules} }}\n"));
        families.push_str(&format!(", \"{family} fallback\""));
    }
    css.push_str(&format!(":root {{ {property}: {families}, {generic}; }}\n"));
    css
}

/// A font that was read.
struct Font {
    file: SourcePath,
    hash: Hash,
    metrics: Option<Metrics>,
}

/// Reads a file that the settings name; what is wrong with it is told.
fn read(
    written: &Written,
    resolve: &dyn Fn(&Written) -> Option<SourcePath>,
    files: &dyn Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Font> {
    let name = &written.text;
    let told =
        |message: String, help: &str| Diagnostic::warning("theme-font", message).at(written.place.clone()).help(help);
    if name.contains("://") || name.starts_with("//") {
        diagnostics.push(told(
            format!("the font `{name}` lies on another host, which would learn who reads the site"),
            "put the file into your project and name it; until then the system's font is used",
        ));
        return None;
    }
    let file = resolve(written);
    let Some((file, bytes)) = file.and_then(|file| files.read(&file).ok().map(|bytes| (file, bytes))) else {
        diagnostics.push(told(
            format!("there is no font `{name}`"),
            "name it as it lies below `assets/` of the theme, or, in the settings of the site, as seen from their folder",
        ));
        return None;
    };
    if !bytes.starts_with(b"wOF2") {
        diagnostics.push(told(
            format!("`{name}` is no font of the kind woff2, the one that browsers load"),
            "turn it into woff2: `woff2_compress font.ttf`; until then the system's font is used",
        ));
        return None;
    }
    if bytes.len() > HEAVY {
        let size = match bytes.len() / 1024 {
            size @ ..1024 => format!("{size} KiB"),
            size => format!("{}.{} MiB", size / 1024, size % 1024 * 10 / 1024),
        };
        diagnostics.push(told(
            format!("the font `{name}` weighs {size}: readers on a slow line wait for it"),
            "leave out the letters that the site does not need: `pyftsubset` makes a file of 20 to 100 KiB of most fonts",
        ));
    }
    let metrics = metrics::read(&bytes);
    if let Err(reason) = &metrics {
        diagnostics.push(told(
            format!("the font `{name}` cannot be measured: {reason}"),
            "it is used, but text may move when it arrives; make the file anew from its source",
        ));
    }
    let hash = Hash::of_bytes(&bytes);
    Some(Font { file, hash, metrics: metrics.ok() })
}
