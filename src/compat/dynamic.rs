//! Pages that VitePress makes of one file: `packages/[name].md`, with `packages/[name].paths.js` beside it that says which.
//!
//! The program is run as settings are. What it gives are parameters: each of them makes a page, at the path that they put in
//! place of the names in brackets.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use regex::Regex;
use serde_yaml::{Mapping, Value};

use super::inputs::{Inputs, MadePage};
use super::{Opening, program};
use crate::base::{SourcePath, Span};
use crate::config::{Config, Layout};
use crate::diag::Diagnostic;
use crate::script::{self, Member};

/// The endings of the files that say which pages there are, in the order in which VitePress looks for them.
const ENDINGS: [&str; 5] = ["js", "ts", "mjs", "mts", "cjs"];
/// The most pages that are made of one file.
const MOST: usize = 20_000;

/// Puts the pages that are made in place of the files that they are made of.
pub(super) fn routes(inputs: &mut Inputs, config: &Config, opening: &mut Opening<'_>) {
    if config.project.layout != Layout::VitePress {
        return;
    }
    let name = Regex::new(r"\[(\w+)\]").expect("it is written here");
    let content = &config.project.content;
    let templates: Vec<SourcePath> = inputs
        .pages
        .iter()
        .filter(|path| path.below(content).is_some_and(|relative| name.is_match(relative)))
        .cloned()
        .collect();
    let mut taken: BTreeSet<SourcePath> = inputs.pages.iter().cloned().collect();
    let mut programs = BTreeMap::new();
    for template in templates {
        let stem = template.as_str().strip_suffix(".md").unwrap_or(template.as_str());
        let beside = ENDINGS.iter().filter_map(|ending| SourcePath::new(&format!("{stem}.paths.{ending}")));
        let Some(paths) = beside.into_iter().find(|path| opening.listing.binary_search(path).is_ok()) else {
            let found = Diagnostic::warning(
                "dynamic-route",
                format!("there is no `{stem}.paths.js`, which would say what pages are made of this file"),
            );
            opening.diagnostics.push(
                found
                    .at(Span::new(template.clone(), 0..0))
                    .help("it is a page like any other now: write that file, or name this one without brackets"),
            );
            continue;
        };
        let routes = evaluated(&paths, opening, &mut programs);
        inputs.pages.retain(|path| *path != template);
        taken.remove(&template);
        let wrong = |message: String| {
            Diagnostic::warning("dynamic-route", message)
                .at(Span::new(paths.clone(), 0..0))
                .help("`paths` gives a list of `{ params: { name: 'value' }, content: 'text' }`; this one is left out")
        };
        if routes.len() > MOST {
            opening.diagnostics.push(wrong(format!("`{paths}` gives more than {MOST} pages")));
        }
        for route in routes.into_iter().take(MOST) {
            let made = match made(&route, &template, content, &name) {
                Ok(made) => made,
                Err(message) => {
                    opening.diagnostics.push(wrong(message));
                    continue;
                }
            };
            if taken.insert(made.path.clone()) {
                inputs.made.push(made);
            } else {
                let message = format!("`{paths}` gives the page `{}`, which is there already", made.path);
                opening.diagnostics.push(wrong(message));
            }
        }
    }
    inputs.made.sort_by(|a, b| a.path.cmp(&b.path));
    opening.kept.programs = programs;
}

/// The pages that a program gives, in its order.
fn evaluated(
    paths: &SourcePath,
    opening: &mut Opening<'_>,
    programs: &mut BTreeMap<SourcePath, Arc<script::Evaluated>>,
) -> Vec<Value> {
    let known = opening.kept.programs.get(paths).filter(|known| known.is_current(opening.files, opening.listing));
    let evaluated = known.cloned().unwrap_or_else(|| {
        let environment = opening.request.environment();
        let listing = Arc::from(opening.listing);
        let member = Member { name: "paths", each: None };
        Arc::new(script::evaluate_member(opening.files, listing, paths, member, &environment))
    });
    programs.insert(paths.clone(), evaluated.clone());
    opening.diagnostics.extend(evaluated.diagnostics.iter().cloned().map(|found| match &*found.code {
        "settings-failed" => found.help("no page is made by it: mend the error"),
        _ => found,
    }));
    opening.diagnostics.extend(evaluated.notes.iter().filter_map(|note| program::told(note, paths)));
    match program::data(&evaluated.value) {
        Value::Sequence(routes) => routes,
        // Then it was told why.
        _ if !evaluated.diagnostics.is_empty() => Vec::new(),
        _ => {
            opening.diagnostics.push(
                Diagnostic::warning("dynamic-route", format!("`{paths}` gives no list of pages"))
                    .at(Span::new(paths.clone(), 0..0))
                    .help("write `export default { paths() { return [{ params: { name: 'value' } }] } }`"),
            );
            Vec::new()
        }
    }
}

/// The page of these parameters.
fn made(route: &Value, template: &SourcePath, content: &SourcePath, name: &Regex) -> Result<MadePage, String> {
    let params = match route.get("params") {
        Some(Value::Mapping(params)) => params.clone(),
        _ => Mapping::new(),
    };
    let relative = template.below(content).unwrap_or(template.as_str());
    let mut missing = None;
    let path = name.replace_all(relative, |found: &regex::Captures<'_>| match params.get(&found[1]) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => {
            missing.get_or_insert(found[1].to_owned());
            String::new()
        }
    });
    if let Some(missing) = missing {
        return Err(format!("a page of `{template}` has no parameter `{missing}`"));
    }
    let page = SourcePath::new(&path).and_then(|path| content.join(path.as_str()));
    let page = page.filter(|page| page.is_markdown() && page.below(content).is_some());
    let path = page.ok_or_else(|| format!("`{path}` is no path of a page"))?;
    let content = route.get("content").and_then(Value::as_str).map(str::to_owned);
    Ok(MadePage { path, template: template.clone(), stands_in: false, params, content })
}
