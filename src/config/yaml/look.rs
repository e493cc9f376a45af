//! The theme and how it looks, as YAML.

use serde_yaml::{Mapping, Value};

use super::{list, put, put_text};
use crate::config::settled::{FontConfig, FontFace, FontFallback, FontUse, Look, PaletteConfig, ThemeConfig, Written};

/// The name of the theme, and what the settings say besides.
pub(super) fn theme(theme: &ThemeConfig) -> Value {
    if theme.look == Look::default() {
        return Value::from(theme.name.as_str());
    }
    let Look { palette, fonts, measure, radius, features, css, js } = &theme.look;
    let mut keys = Mapping::new();
    put(&mut keys, "name", theme.name.as_str());
    if *palette != PaletteConfig::default() {
        let mut parts = Mapping::new();
        for (name, value) in
            [("preset", &palette.preset), ("accent", &palette.accent), ("accent_dark", &palette.accent_dark)]
        {
            put_text(&mut parts, name, text(value));
        }
        put(&mut keys, "palette", Value::Mapping(parts));
    }
    if !fonts.is_empty() {
        let of_use = |(used, config): &(FontUse, FontConfig)| {
            let key = FontUse::ALL.into_iter().find(|(known, _)| known == used).map_or("", |(_, key)| key);
            (Value::from(key), font(config))
        };
        put(&mut keys, "fonts", Value::Mapping(fonts.iter().map(of_use).collect()));
    }
    put_text(&mut keys, "measure", text(measure));
    put_text(&mut keys, "radius", text(radius));
    if !features.is_empty() {
        let switches = features.iter().map(|(name, on)| (Value::from(name.text.as_str()), Value::Bool(*on)));
        put(&mut keys, "features", Value::Mapping(switches.collect()));
    }
    for (name, files) in [("css", css), ("js", js)] {
        if !files.is_empty() {
            put(&mut keys, name, list(files.iter().map(|file| file.text.as_str())));
        }
    }
    Value::Mapping(keys)
}

fn text(written: &Option<Written>) -> Option<&str> {
    written.as_ref().map(|written| written.text.as_str())
}

fn font(font: &FontConfig) -> Value {
    let Some(file) = &font.file else { return Value::from("system") };
    let mut keys = Mapping::new();
    put(&mut keys, "file", file.text.as_str());
    for (face, name) in FontFace::ALL {
        let file = font.faces.iter().find(|(known, _)| *known == face);
        put_text(&mut keys, name, file.map(|(_, file)| file.text.as_str()));
    }
    let fallback = FontFallback::ALL.into_iter().find(|(known, _)| Some(*known) == font.fallback);
    put_text(&mut keys, "fallback", fallback.map(|(_, name)| name));
    if font.optional {
        put(&mut keys, "display", "optional");
    }
    if let Some(preload) = font.preload {
        put(&mut keys, "preload", preload);
    }
    Value::Mapping(keys)
}
