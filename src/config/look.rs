//! The keys that say how a theme looks: at the top of `theme.yml`, and under `theme:` in the settings of a site.

use serde_yaml::Value;

use super::document::Step;
use super::fields::Fields;
use super::settled::{FontConfig, FontFace, FontFallback, FontUse, Look, PaletteConfig, Written};
use crate::diag::{Diagnostic, Severity};

/// Units of lengths.
const UNITS: [&str; 5] = ["ch", "rem", "em", "px", "vw"];

/// What is written of a theme's looks.
pub fn look(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Look {
    Look {
        palette: palette(fields, diagnostics),
        fonts: fonts(fields, diagnostics),
        measure: length(fields, "measure", diagnostics),
        radius: length(fields, "radius", diagnostics),
        features: features(fields, diagnostics),
        css: files(fields, "css", diagnostics).unwrap_or_default(),
        js: files(fields, "js", diagnostics).unwrap_or_default(),
    }
}

/// A text with its place.
pub fn written(fields: &mut Fields<'_>, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Written> {
    let (_, steps) = fields.value(&[name])?;
    let text = fields.text(&[name], diagnostics)?;
    Some(Written { text, place: fields.document().span(&steps) })
}

/// A list of texts, or one text, each with its place.
pub fn files(fields: &mut Fields<'_>, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Written>> {
    let (_, steps) = fields.value(&[name])?;
    let texts = fields.texts(&[name], diagnostics)?;
    let place = |index: usize| {
        let mut steps = steps.clone();
        steps.push(Step::Index(index));
        fields.document().span(&steps)
    };
    Some(texts.into_iter().enumerate().map(|(index, text)| Written { text, place: place(index) }).collect())
}

/// `palette: gouv`, or its parts.
fn palette(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> PaletteConfig {
    match fields.value(&["palette"]) {
        Some((Value::Mapping(_), _)) => {
            let Some(mut parts) = fields.fields(&["palette"], diagnostics) else { return PaletteConfig::default() };
            let palette = PaletteConfig {
                preset: written(&mut parts, "preset", diagnostics),
                accent: written(&mut parts, "accent", diagnostics),
                accent_dark: written(&mut parts, "accent_dark", diagnostics),
            };
            parts.finish(Severity::Warning, diagnostics);
            palette
        }
        Some(_) => PaletteConfig { preset: written(fields, "palette", diagnostics), ..PaletteConfig::default() },
        None => PaletteConfig::default(),
    }
}

fn fonts(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<(FontUse, FontConfig)> {
    let Some(mut fonts) = fields.fields(&["fonts"], diagnostics) else { return Vec::new() };
    let read = |(used, key): (FontUse, &str)| font(&mut fonts, key, diagnostics).map(|font| (used, font));
    let found = FontUse::ALL.into_iter().filter_map(read).collect();
    fonts.finish(Severity::Warning, diagnostics);
    found
}

/// `system`, a file, or what there is to say of one.
fn font(fonts: &mut Fields<'_>, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<FontConfig> {
    if !matches!(fonts.value(&[key])?, (Value::Mapping(_), _)) {
        let file = written(fonts, key, diagnostics)?;
        return Some(FontConfig { file: Some(file).filter(|file| file.text != "system"), ..FontConfig::default() });
    }
    let mut parts = fonts.fields(&[key], diagnostics)?;
    let file = written(&mut parts, "file", diagnostics);
    let face = |(face, key): (FontFace, &str)| Some((face, written(&mut parts, key, diagnostics)?));
    let faces = FontFace::ALL.into_iter().filter_map(face).collect();
    let names = FontFallback::ALL.map(|(_, name)| name);
    let fallback = parts.one_of(&["fallback"], &names, diagnostics);
    let fallback = fallback.and_then(|name| FontFallback::ALL.into_iter().find(|(_, known)| *known == name));
    let display = parts.one_of(&["display"], &["swap", "optional"], diagnostics);
    let preload = parts.bool(&["preload"], diagnostics);
    if file.is_none() {
        diagnostics.push(
            Diagnostic::warning("setting-value", format!("the font of `{key}` has no file"))
                .at(fonts.document().span(parts.steps()))
                .help("name it, `file: fonts/text.woff2`; until then it is the system's"),
        );
    }
    parts.finish(Severity::Warning, diagnostics);
    Some(FontConfig {
        file,
        faces,
        fallback: fallback.map(|(fallback, _)| fallback),
        optional: display.as_deref() == Some("optional"),
        preload,
    })
}

/// A length of CSS.
fn length(fields: &mut Fields<'_>, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Written> {
    let length = written(fields, key, diagnostics)?;
    if is_length(&length.text) {
        return Some(length);
    }
    diagnostics.push(
        Diagnostic::warning("setting-value", format!("`{}` is no length", length.text))
            .at(length.place)
            .help("write a number and its unit, `68ch` or `.5rem`; until then the theme's own counts"),
    );
    None
}

fn is_length(text: &str) -> bool {
    let number = UNITS.iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text);
    let is_number = number.parse::<f64>().is_ok_and(|number| number >= 0.0 && number.is_finite());
    // Without a unit only nothing is a length.
    is_number && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && (number != text || text == "0")
}

fn features(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<(Written, bool)> {
    let Some(mut features) = fields.fields(&["features"], diagnostics) else { return Vec::new() };
    let names = features.names();
    let read = |name: String| {
        let (_, steps) = features.value(&[&name])?;
        let on = features.bool(&[&name], diagnostics)?;
        Some((Written { text: name, place: features.document().span(&steps) }, on))
    };
    names.into_iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        for text in ["68ch", ".5rem", "0", "1.25em", "0px"] {
            assert!(is_length(text), "{text}");
        }
        for text in ["", "wide", "12", "-1px", "calc(1px + 2px)", "1e3px", "px", "inf", "1 px; color: red"] {
            assert!(!is_length(text), "{text}");
        }
    }
}
