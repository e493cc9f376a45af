//! The colours of a theme: those of its sheet, of a whole palette, and what one accent makes of them.
//!
//! An accent is what the settings want links and what is chosen to have. Where it could not be read, the nearest colour that
//! can stands in for text, and the finding says so: what is published can be read in any case.

use crate::config::{PaletteConfig, Written};
use crate::diag::Diagnostic;

use super::colour::{Colour, MORE, TEXT};
use super::tokens::{Pair, Tokens};

/// Grounds on which links stand; the first is the page's.
const GROUNDS: [&str; 7] =
    ["--bg", "--bg-alt", "--tip-bg", "--info-bg", "--warning-bg", "--danger-bg", "--important-bg"];

/// Colours of a theme, and the rules that set those that are others than its own sheet has.
pub(super) struct Palette {
    /// All colours.
    pub tokens: Tokens,
    /// Rules for the layer `theme`.
    pub css: String,
}

/// The palette of a theme whose sheet sets `tokens`; `preset` is the text of the palette that `config` names.
pub(super) fn palette(
    mut tokens: Tokens,
    config: &PaletteConfig,
    preset: Option<&str>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Palette {
    let mut css = preset.unwrap_or_default().to_owned();
    tokens.add(&css);
    let light = colour(config.accent.as_ref(), diagnostics);
    let dark = colour(config.accent_dark.as_ref(), diagnostics);
    if let Some((either, _)) = light.or(dark) {
        let written = [light, dark];
        let [light, dark] = [0, 1].map(|mode| Accent::new(either, written[mode], mode, &tokens, diagnostics));
        let pairs = [
            ("--accent", [light.shown, dark.shown]),
            ("--link", [light.link, dark.link]),
            ("--bg-hover", [light.hover, dark.hover]),
        ];
        for (name, pair) in pairs {
            tokens.set(name, pair);
        }
        let own: String = pairs.iter().map(|(name, pair)| declared(name, *pair)).collect();
        let more = declared("--link", [light.more, dark.more]);
        css.push_str(&format!(
            ":root {{{own} }}\n@media (prefers-contrast: more) {{\n  :root {{{more} --bg-hover: var(--bg); }}\n}}\n"
        ));
    }
    Palette { tokens, css }
}

/// What one mode makes of an accent.
struct Accent {
    /// As it is written, for edges.
    shown: Colour,
    /// For text.
    link: Colour,
    /// For the ground of what is chosen.
    hover: Colour,
    /// For text, where readers ask for more contrast.
    more: Colour,
}

impl Accent {
    fn new(
        either: Colour,
        written: Option<(Colour, &Written)>,
        mode: usize,
        tokens: &Tokens,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Accent {
        let known = |name: &'static str| Some((name, tokens.get(name)?[mode]));
        let grounds: Vec<(&str, Colour)> = GROUNDS.into_iter().filter_map(known).collect();
        let colours: Vec<Colour> = grounds.iter().map(|(_, colour)| *colour).collect();
        let wanted = written.map_or(either, |(colour, _)| colour);
        let link = wanted.readable(&colours, TEXT);
        if let Some((_, written)) = written.filter(|_| link != wanted) {
            diagnostics.push(unreadable(wanted, written, link, &grounds));
        }
        let more = link.readable(&colours[..colours.len().min(1)], MORE);
        let shown = written.map_or(link, |(colour, _)| colour);
        Accent { shown, link, hover: hover(link, mode, tokens), more }
    }
}

/// A ground of the hue of `link` for what is chosen: as light as the theme's own, or as near the page's as `link` needs.
fn hover(link: Colour, mode: usize, tokens: &Tokens) -> Colour {
    let ground = |name: &str| tokens.get(name).map_or(link, |pair| pair[mode]);
    let (own, page) = (ground("--bg-hover").lightness(), ground("--bg").lightness());
    let most = if mode == 0 { 0.02 } else { 0.035 };
    let steps = (0..=10).map(|step| own + (page - own) * step as f32 / 10.0);
    let mut tints = steps.map(|lightness| link.tint(lightness, most));
    tints.find(|tint| link.contrast(*tint) >= TEXT).unwrap_or_else(|| ground("--bg"))
}

/// The colour that is written, if it is one.
pub(super) fn colour<'w>(
    written: Option<&'w Written>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Colour, &'w Written)> {
    let written = written?;
    let colour = Colour::parse(&written.text);
    if colour.is_none() {
        diagnostics.push(
            Diagnostic::warning("setting-value", format!("`{}` is no colour that can be used here", written.text))
                .at(written.place.clone())
                .help("write it as `\"#8d2f4b\"`, `rgb(141 47 75)` or `hsl(342 50% 37%)`; YAML takes `#` for a comment without quotes"),
        );
    }
    Some((colour?, written))
}

/// The finding that a colour cannot be read, and the nearest that can.
pub(super) fn unreadable(colour: Colour, written: &Written, near: Colour, grounds: &[(&str, Colour)]) -> Diagnostic {
    let colours: Vec<Colour> = grounds.iter().map(|(_, colour)| *colour).collect();
    let (worst, contrast) = colour.worst(&colours);
    let (name, ground) = grounds.get(worst).map_or(("", String::new()), |(name, ground)| (*name, ground.hex()));
    let name = match name {
        "--bg" => "the ground of pages",
        "--bg-alt" => "the ground of code and cards",
        _ => "the ground of a box",
    };
    // Rounded down: 4.49 is not 4.5.
    let contrast = (contrast * 10.0).floor() / 10.0;
    let message = format!(
        "not everyone can read text in `{}`: its contrast is {contrast:.1} to 1 on `{ground}`, {name}, and {TEXT} is needed",
        written.text
    );
    Diagnostic::warning("theme-contrast", message)
        .at(written.place.clone())
        .help(format!("write `\"{}\"`, the nearest colour that passes; until then text has it", near.hex()))
}

/// A declaration.
pub(super) fn declared(name: &str, [light, dark]: Pair) -> String {
    format!(" {name}: light-dark({}, {});", light.hex(), dark.hex())
}
