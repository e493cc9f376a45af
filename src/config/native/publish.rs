//! Keys of how a site is found and what it tells others.

use serde_yaml::Value;

use super::is_url;
use crate::config::document::Step;
use crate::config::fields::Fields;
use crate::config::settled::{
    Analytics, CardsConfig, ImagesConfig, Matomo, Plausible, PublishConfig, SmallerImages, Written,
};
use crate::diag::{Diagnostic, Severity};

/// The script of Plausible where the settings name no other.
const PLAUSIBLE: &str = "https://plausible.io/js/script.js";

/// How wide a picture can be made.
const WIDTHS: std::ops::RangeInclusive<u32> = 16..=8000;

/// What the site has for programs.
pub(super) fn publish(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> PublishConfig {
    let mut config = PublishConfig::default();
    config.llms = fields.bool(&["llms"], diagnostics).unwrap_or(config.llms);
    match fields.value(&["feed"]) {
        Some((Value::Mapping(_), _)) => {
            config.feed = Some(true);
            if let Some(mut parts) = fields.fields(&["feed"], diagnostics) {
                config.feed_limit = whole(&mut parts, "limit", diagnostics).unwrap_or(config.feed_limit);
                parts.finish(Severity::Warning, diagnostics);
            }
        }
        Some(_) => config.feed = fields.bool(&["feed"], diagnostics),
        None => {}
    }
    if let Some(written) = fields.text_unless_false(&["cname"], diagnostics) {
        let host = written.trim().to_ascii_lowercase();
        match is_host(&host) {
            true => config.cname = Some(host),
            false => diagnostics.push(
                Diagnostic::warning("setting-value", format!("`{written}` is no name of a host"))
                    .at(place(fields, "cname"))
                    .help("write the name alone, `docs.example.org`, without `https://` and without a path"),
            ),
        }
    }
    config
}

/// What becomes of pictures.
pub(super) fn images(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> ImagesConfig {
    let mut config = ImagesConfig::default();
    if let Some(mut parts) = fields.fields(&["images"], diagnostics) {
        config.sizes = parts.bool(&["sizes"], diagnostics).unwrap_or(config.sizes);
        let heaviest = whole(&mut parts, "heaviest", diagnostics).and_then(|number| u32::try_from(number).ok());
        config.heaviest = heaviest.unwrap_or(config.heaviest);
        config.smaller = smaller(&mut parts, diagnostics);
        parts.finish(Severity::Warning, diagnostics);
    }
    config
}

/// The cards of pages: none, unless they are asked for.
pub(super) fn cards(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<CardsConfig> {
    if !matches!(fields.value(&["social_cards"])?, (Value::Mapping(_), _)) {
        return fields.bool(&["social_cards"], diagnostics)?.then(CardsConfig::default);
    }
    let mut parts = fields.fields(&["social_cards"], diagnostics)?;
    let mut written = |name: &str| {
        let text = parts.text(&[name], diagnostics)?;
        Some(Written { text, place: place(&parts, name) })
    };
    let config = CardsConfig { background: written("background"), color: written("color"), font: written("font") };
    parts.finish(Severity::Warning, diagnostics);
    Some(config)
}

/// The smaller files that are made of pictures: none, unless a format is named.
fn smaller(parts: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<SmallerImages> {
    let config = SmallerImages::default();
    let quality = number(parts, "quality", 1..=100, diagnostics).and_then(|number| u8::try_from(number).ok());
    let widths = widths(parts, diagnostics);
    let is_off = matches!(parts.value(&["format"]), Some((Value::Bool(false), _)));
    let is_wanted = !is_off && parts.one_of(&["format"], &["webp"], diagnostics).is_some();
    if !is_wanted {
        for name in ["quality", "widths"] {
            let Some((_, steps)) = parts.value(&[name]) else { continue };
            diagnostics.push(
                Diagnostic::info("setting-ignored", format!("`{name}` means nothing here"))
                    .at(parts.document().span(&steps))
                    .help("it says how smaller pictures are made, and none are: add `format: webp`"),
            );
        }
        return None;
    }
    Some(SmallerImages { quality: quality.unwrap_or(config.quality), widths: widths.unwrap_or(config.widths) })
}

/// How wide pictures are made: a number, or several.
fn widths(parts: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<u32>> {
    let (value, steps) = parts.value(&["widths"])?;
    let one = |value: &Value| {
        value.as_u64().and_then(|width| u32::try_from(width).ok()).filter(|width| WIDTHS.contains(width))
    };
    let widths: Option<Vec<u32>> = match value {
        Value::Sequence(several) => several.iter().map(one).collect(),
        value => one(value).map(|width| vec![width]),
    };
    let Some(mut widths) = widths.filter(|widths| !widths.is_empty()) else {
        diagnostics.push(
            Diagnostic::warning("setting-value", "`widths` should be whole numbers of pixels")
                .at(parts.document().span(&steps))
                .help("write them from 16 to 8000, `widths: [640, 1280]`; the setting is not used"),
        );
        return None;
    };
    widths.sort_unstable();
    widths.dedup();
    Some(widths)
}

/// Who counts the readers; `None`: nobody.
pub(super) fn analytics(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Analytics> {
    if let Some((Value::Bool(false), _)) = fields.value(&["analytics"]) {
        return None;
    }
    let mut parts = fields.fields(&["analytics"], diagnostics)?;
    let mut config = Analytics::default();
    if let Some((Value::Mapping(_), _)) = parts.value(&["plausible"]) {
        if let Some(mut keys) = parts.fields(&["plausible"], diagnostics) {
            let domain = keys.text(&["domain"], diagnostics);
            let script = address(&mut keys, "script", diagnostics).unwrap_or_else(|| PLAUSIBLE.to_owned());
            keys.finish(Severity::Warning, diagnostics);
            config.plausible = domain.map(|domain| Plausible { domain, script });
            if config.plausible.is_none() {
                diagnostics.push(lacking(&parts, "plausible", "domain", "docs.example.org"));
            }
        }
    } else if let Some(domain) = parts.text(&["plausible"], diagnostics) {
        config.plausible = Some(Plausible { domain, script: PLAUSIBLE.to_owned() });
    }
    if let Some(mut keys) = parts.fields(&["matomo"], diagnostics) {
        let url = address(&mut keys, "url", diagnostics);
        let site = keys.text(&["site"], diagnostics);
        keys.finish(Severity::Warning, diagnostics);
        match (url, site) {
            (Some(url), Some(site)) => {
                config.matomo = Some(Matomo { url: url.trim_end_matches('/').to_owned(), site });
            }
            (None, _) => diagnostics.push(lacking(&parts, "matomo", "url", "https://stats.example.org")),
            (_, None) => diagnostics.push(lacking(&parts, "matomo", "site", "1")),
        }
    }
    if let Some(id) = parts.text(&["google"], diagnostics) {
        match google_id(&id) {
            Some(id) => config.google = Some(id),
            None => diagnostics.push(
                Diagnostic::warning("setting-value", format!("`{id}` is no id of Google Analytics"))
                    .at(place(&parts, "google"))
                    .help("write the one that begins with `G-`; nothing is counted with this one"),
            ),
        }
    }
    parts.finish(Severity::Warning, diagnostics);
    (config != Analytics::default()).then_some(config)
}

/// An id of Google Analytics; those that begin with `UA-` count nothing since 2023.
pub fn google_id(written: &str) -> Option<String> {
    let id = written.trim();
    let is_id = id.starts_with("G-") && id.len() > 2 && id[2..].bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_id.then(|| id.to_owned())
}

/// A whole number within a range.
fn number(
    fields: &mut Fields<'_>,
    name: &str,
    range: std::ops::RangeInclusive<u64>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<u64> {
    let (value, steps) = fields.value(&[name])?;
    let number = value.as_u64().filter(|number| range.contains(number));
    if number.is_none() {
        let (least, most) = (range.start(), range.end());
        diagnostics.push(
            Diagnostic::warning("setting-value", format!("`{name}` should be a whole number from {least} to {most}"))
                .at(fields.document().span(&steps))
                .help("the setting is not used"),
        );
    }
    number
}

/// A whole number that is not 0.
fn whole(fields: &mut Fields<'_>, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<usize> {
    let (value, steps) = fields.value(&[name])?;
    let number = value.as_u64().and_then(|number| usize::try_from(number).ok()).filter(|number| *number > 0);
    if number.is_none() {
        diagnostics.push(
            Diagnostic::warning("setting-value", format!("`{name}` should be a whole number"))
                .at(fields.document().span(&steps))
                .help("write it in digits, `20`; the setting is not used"),
        );
    }
    number
}

/// An address of the net.
fn address(fields: &mut Fields<'_>, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let written = fields.text(&[name], diagnostics)?;
    if is_url(&written) {
        return Some(written);
    }
    diagnostics.push(
        Diagnostic::warning("setting-value", format!("`{written}` is no address"))
            .at(place(fields, name))
            .help("write it whole, `https://example.org`"),
    );
    None
}

fn lacking(fields: &Fields<'_>, of: &str, name: &str, example: &str) -> Diagnostic {
    Diagnostic::warning("setting-value", format!("`{of}` lacks `{name}`"))
        .at(place(fields, of))
        .help(format!("write `{name}: {example}` below it; until then nothing is counted with it"))
}

fn place(fields: &Fields<'_>, name: &str) -> crate::base::Span {
    let mut steps = fields.steps().to_vec();
    steps.push(Step::Key(name.to_owned()));
    fields.document().span(&steps)
}

/// Whether it is the name of a host.
fn is_host(name: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() < 64
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    name.contains('.') && name.len() < 254 && name.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_hosts() {
        for (name, is) in [
            ("docs.example.org", true),
            ("xn--bcher-kva.example", true),
            ("localhost", false),
            ("https://example.org", false),
            ("example.org/docs", false),
            ("-a.org", false),
            ("a..org", false),
            ("", false),
        ] {
            assert_eq!(is_host(name), is, "{name}");
        }
    }
}
