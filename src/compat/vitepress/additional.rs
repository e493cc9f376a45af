//! Settings of folders: VitePress 2 takes `config.ts` of a folder, or what `additionalConfig` says of it, over the settings of
//! the site. Here they are put into the settings before these are read: into a language's where the folder is one.

use serde_yaml::{Mapping, Value};

use super::super::detect::Found;
use crate::base::SourcePath;
use crate::config::{Conventions, Document, Step, is_program};
use crate::diag::Diagnostic;

/// The key of folders' settings.
const KEY: &str = "additionalConfig";
/// The names that such a file may have.
const NAMES: &[&str] = &["config.js", "config.mjs", "config.ts", "config.mts"];

/// The files below the pages' folder that are settings of their folders, if these are looked for: each with its folder, `/fr/`.
pub(in crate::compat) fn files<'l>(
    found: &Found,
    document: &Document,
    listing: &'l [SourcePath],
) -> Vec<(String, &'l SourcePath)> {
    if found.conventions != Conventions::VitePress2 || document.values.contains_key(KEY) {
        return Vec::new();
    }
    let text = |key: &str| document.values.get(key).and_then(Value::as_str);
    let content = text("srcDir").and_then(|dir| found.folder.join(dir)).unwrap_or_else(|| found.folder.clone());
    let is_part = |below: &str| {
        !below.split('/').any(|name| name.starts_with('.') || matches!(name, "node_modules" | "public" | "dist"))
    };
    let folder = |path: &'l SourcePath| {
        let below = path.below(&content).filter(|below| is_part(below) && NAMES.contains(&path.name()))?;
        let folder = below.strip_suffix(path.name()).unwrap_or_default();
        Some((format!("/{folder}"), path))
    };
    listing.iter().filter_map(folder).collect()
}

/// Puts the settings of folders, `/fr/` each, into those of the site.
pub(in crate::compat) fn merge(
    document: &mut Document,
    mut folders: Vec<(String, Mapping)>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    match document.values.get(KEY) {
        Some(written) if is_program(written) => {
            let steps = [Step::Key(KEY.to_owned())];
            diagnostics.push(
                Diagnostic::info("setting-ignored", "a function says which settings folders have; it is not run")
                    .at(document.span(&steps))
                    .help("write them by folder: `additionalConfig: { '/fr/': { ... } }`"),
            );
        }
        Some(Value::Mapping(written)) => {
            let one = |(key, value): (&Value, &Value)| Some((key.as_str()?.to_owned(), value.as_mapping()?.clone()));
            folders.extend(written.iter().filter_map(one));
        }
        _ => {}
    }
    document.values.remove(KEY);
    folders.sort_by_key(|(folder, _)| folder.matches('/').count());
    for (folder, own) in folders {
        let name = folder.trim_matches('/');
        if name.is_empty() {
            over(&mut document.values, own);
        } else if let Some(language) = language(&document.values, name) {
            over(inner(inner(&mut document.values, "locales"), &language), own);
        } else {
            sidebar(document, &folder, own, diagnostics);
        }
    }
}

/// The language whose pages lie in the folder: one of its name, or the first, if the pages are moved up.
fn language(values: &Mapping, name: &str) -> Option<String> {
    let locales = values.get("locales")?.as_mapping()?;
    let named = |key: &&Value| key.as_str().is_some_and(|key| key.trim_matches('/') == name);
    if let Some(key) = locales.keys().find(named) {
        return key.as_str().map(str::to_owned);
    }
    let rewrites = values.get("rewrites").and_then(Value::as_mapping)?;
    let is_up = |(from, to): (&Value, &Value)| {
        let rest = from.as_str().and_then(|from| from.strip_prefix(name)?.strip_prefix('/'));
        rest.is_some() && to.as_str().is_some_and(|to| to.starts_with([':', '$', '(']))
    };
    (rewrites.iter().any(is_up) && locales.contains_key("root")).then(|| "root".to_owned())
}

/// Of a folder that is no language only its sidebar differs here.
fn sidebar(document: &mut Document, folder: &str, mut own: Mapping, diagnostics: &mut Vec<Diagnostic>) {
    let of_theme = own.get_mut("themeConfig").and_then(Value::as_mapping_mut);
    let sidebar = of_theme.and_then(|theme| theme.remove("sidebar"));
    own.retain(|key, value| key != "themeConfig" || value.as_mapping().is_none_or(|theme| !theme.is_empty()));
    let names: Vec<&str> = own.keys().filter_map(Value::as_str).collect();
    if !names.is_empty() {
        let message =
            format!("of the settings of the folder `{folder}` only the sidebar is used: not `{}`", names.join("`, `"));
        diagnostics.push(
            Diagnostic::info("setting-ignored", message)
                .at(document.span(&[]))
                .help("settings hold for the site or for a language; a page can say more in its front matter"),
        );
    }
    let Some(sidebar) = sidebar else { return };
    let first = folder.trim_matches('/').split('/').next().unwrap_or_default();
    let theme = match language(&document.values, first) {
        Some(language) => inner(inner(inner(&mut document.values, "locales"), &language), "themeConfig"),
        None => inner(&mut document.values, "themeConfig"),
    };
    if let Some(whole) = theme.get("sidebar").filter(|whole| whole.is_sequence()).cloned() {
        theme.insert("sidebar".into(), Mapping::from_iter([("/".into(), whole)]).into());
    }
    let sidebars = inner(theme, "sidebar");
    match sidebar {
        Value::Mapping(more) => sidebars.extend(more),
        one => {
            sidebars.insert(folder.into(), one);
        }
    }
}

/// The mapping under a key; made if there is none.
fn inner<'m>(values: &'m mut Mapping, key: &str) -> &'m mut Mapping {
    let value = values.entry(key.into()).or_insert_with(|| Mapping::new().into());
    if !value.is_mapping() {
        *value = Mapping::new().into();
    }
    value.as_mapping_mut().expect("it was made one")
}

/// Puts `more` over `values`, key by key; entries of `<head>` come to those that are there.
fn over(values: &mut Mapping, more: Mapping) {
    for (key, value) in more {
        match (values.get_mut(&key), value) {
            (Some(Value::Mapping(known)), Value::Mapping(value)) if key != "sidebar" => over(known, value),
            (Some(Value::Sequence(known)), Value::Sequence(value)) if key == "head" => known.extend(value),
            (_, value) => {
                values.insert(key, value);
            }
        }
    }
}
