//! The colours and pictures that the settings give to kinds of containers.

use crate::config::{ContainerLook, Written};
use crate::diag::Diagnostic;

use super::colour::{Colour, TEXT};
use super::palette::{colour, declared, unreadable};
use super::tokens::Tokens;

/// What the icon of a container can be.
pub(super) enum Picture {
    /// Paths of a drawing of lines, 24 by 24.
    Lines(String),
    /// The address of a file, seen from the sheet.
    File(String),
    /// A character.
    Character(String),
}

/// The rules for a kind of container.
pub(super) fn rules(
    look: &ContainerLook,
    picture: Option<Picture>,
    tokens: &Tokens,
    diagnostics: &mut Vec<Diagnostic>,
) -> String {
    let mut own = String::new();
    let light = colour(look.color.as_ref(), diagnostics);
    let dark = colour(look.color_dark.as_ref(), diagnostics);
    if let Some((either, _)) = light.or(dark) {
        let [light, dark] = [light, dark].map(|written| written.map(|(colour, written)| (colour, Some(written))));
        let modes = [(light, 0), (dark, 1)].map(|(written, mode)| {
            let (wanted, written) = written.unwrap_or((either, None));
            readable(wanted, written, mode, tokens, diagnostics)
        });
        own.push_str(&declared("--kind", modes.map(|(kind, _)| kind)));
        own.push_str(&declared("--kind-bg", modes.map(|(_, ground)| ground)));
    }
    let name = &look.name;
    let mut after = String::new();
    match picture {
        Some(Picture::Lines(paths)) => own.push_str(&format!(
            " --icon: url(\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' \
             stroke='black' stroke-width='2.5' stroke-linecap='round' stroke-linejoin='round'><path d='{paths}'/></svg>\");"
        )),
        Some(Picture::File(address)) => own.push_str(&format!(" --icon: url(\"{address}\");")),
        Some(Picture::Character(text)) => {
            after = format!(
                "\n.custom-block.{name} > .custom-block-title::before {{ content: \"{text}\" / \"\"; top: 0; width: auto; \
                 height: auto; background: none; mask: none; }}"
            );
        }
        None => {}
    }
    let rule = if own.is_empty() { String::new() } else { format!(".custom-block.{name} {{{own} }}") };
    format!("{rule}{after}\n")
}

/// The colour of a container's title in a mode, and its ground.
fn readable(
    wanted: Colour,
    written: Option<&Written>,
    mode: usize,
    tokens: &Tokens,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Colour, Colour) {
    let known = |name: &str| tokens.get(name).map(|pair| pair[mode]);
    // As light as the grounds of the theme's own boxes, so that links can be read there as well.
    let lightness = known("--info-bg").map_or(if mode == 0 { 0.95 } else { 0.26 }, Colour::lightness);
    let ground = wanted.tint(lightness, if mode == 0 { 0.03 } else { 0.045 });
    let near = wanted.readable(&[ground], TEXT);
    if let Some(written) = written.filter(|_| near != wanted) {
        diagnostics.push(unreadable(wanted, written, near, &[("--kind-bg", ground)]));
    }
    (near, ground)
}

/// The drawings of lines that the component for icons knows, by name.
pub(super) fn drawings(component: &str) -> impl Iterator<Item = (&str, &str)> {
    component.lines().filter_map(|line| {
        let (name, paths) = line.trim().strip_prefix('"')?.split_once("\": \"")?;
        Some((name, paths.trim_end_matches(',').strip_suffix('"')?))
    })
}
