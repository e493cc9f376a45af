//! Settings of the frame that are written alike in our own settings and in those of others.

use serde_yaml::Value;

use super::fields::{Fields, is_program};
use super::head;
use super::settled::{HeadEntry, Logo, SocialLink};
use crate::diag::{Diagnostic, Severity};

/// A logo: a path, or the paths of one for light and one for dark windows, and what they show. `Some(None)`: none is wanted.
pub fn logo(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Option<Logo>> {
    let (value, steps) = fields.value(&["logo"])?;
    let place = fields.document().span(&steps);
    // What stands in another file than the settings' own has no place here.
    let span = (place.file == fields.document().file).then_some((place.start, place.end));
    match value {
        Value::Bool(false) => Some(None),
        Value::Mapping(_) if !is_program(value) => {
            let mut parts = fields.fields(&["logo"], diagnostics)?;
            let src = parts.text(&["light", "src"], diagnostics);
            let dark = parts.text(&["dark"], diagnostics);
            let alt = parts.text(&["alt"], diagnostics);
            parts.skip(&["width", "height"]);
            parts.finish(Severity::Info, diagnostics);
            let src = src.or_else(|| dark.clone())?;
            Some(Some(Logo { dark: dark.filter(|dark| *dark != src), src, alt, span }))
        }
        _ => Some(Some(Logo { src: fields.text(&["logo"], diagnostics)?, span, ..Logo::default() })),
    }
}

/// Links to other places: `link`, and `text`, `ariaLabel`, or an icon's name as what they say.
pub fn social_links(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<SocialLink>> {
    let (value, steps) = fields.value(&["social_links"])?;
    let Some(list) = value.as_sequence() else {
        diagnostics.push(
            Diagnostic::warning("setting-type", "the links to other places should be a list")
                .at(fields.document().span(&steps))
                .help("write `- text: Mastodon` and below it `link: https://…`; they are left out"),
        );
        return None;
    };
    let read = |value: &Value| {
        let text = |key: &str| value.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
        let link = text("link")?;
        let host = || link.split("//").nth(1)?.split('/').next();
        let name = text("text").or_else(|| text("ariaLabel")).map(str::to_owned);
        let name = name.or_else(|| text("icon").map(brand)).or_else(|| host().map(str::to_owned));
        Some(SocialLink { text: name?, link: link.to_owned() })
    };
    Some(list.iter().filter_map(read).collect())
}

/// The name of what an icon stands for: `GitHub` for `github`, `npm` for `npm`.
fn brand(icon: &str) -> String {
    let known = [
        ("github", "GitHub"),
        ("gitlab", "GitLab"),
        ("codeberg", "Codeberg"),
        ("youtube", "YouTube"),
        ("linkedin", "LinkedIn"),
        ("npm", "npm"),
        ("x", "X"),
        ("rss", "RSS"),
        ("stackoverflow", "Stack Overflow"),
    ];
    // `simple-icons:github` names the collection, too.
    let icon = icon.rsplit(':').next().unwrap_or(icon);
    if let Some((_, name)) = known.iter().find(|(known, _)| *known == icon) {
        return (*name).to_owned();
    }
    let mut letters = icon.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What stands in `<head>` besides.
pub fn head(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<HeadEntry>> {
    let (value, steps) = fields.value(&["head"])?;
    let (entries, wrong) = head::entries(value);
    if wrong > 0 {
        let what = if wrong == 1 { "an entry" } else { "some entries" };
        diagnostics.push(
            Diagnostic::warning("setting-type", format!("{what} of `head` cannot stand there"))
                .at(fields.document().span(&steps))
                .help("write `- [meta, {name: theme-color, content: \"#c00\"}]`; what is no such entry is left out"),
        );
    }
    Some(entries)
}

/// Levels of the outline: as [`Fields::levels`] has them, alone or as `level` or `levels`, or `false` for none.
pub fn outline(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Option<(u8, u8)>> {
    match fields.value(&["outline"])? {
        (Value::Bool(false), _) => Some(None),
        (Value::Bool(true), _) => None,
        (Value::Mapping(_), _) => {
            let mut inner = fields.fields(&["outline"], diagnostics)?;
            inner.skip(&["label"]);
            let levels = match inner.value(&["levels", "level"]) {
                Some((Value::Bool(false), _)) => Some(None),
                Some(_) => inner.levels(&["levels", "level"], diagnostics).map(Some),
                None => None,
            };
            inner.finish(Severity::Warning, diagnostics);
            levels
        }
        _ => fields.levels(&["outline"], diagnostics).map(Some),
    }
}
