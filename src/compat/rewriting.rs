//! The settings of VitePress whose `rewrites` is a function, as rules of the pages that it gives other paths.

use std::sync::Arc;

use serde_yaml::Value;

use super::inputs::Inputs;
use super::{Opening, program};
use crate::config::{Config, Document, is_program};
use crate::diag::Diagnostic;
use crate::script::{self, Member};

/// Whether the settings have a function there.
pub(super) fn is_function(document: &Document) -> bool {
    document.values.get("rewrites").is_some_and(is_program)
}

/// Asks the function for the path of each page.
pub(super) fn by_function(config: &mut Config, inputs: &Inputs, opening: &mut Opening<'_>) {
    let Some(settings) = config.project.settings.clone() else { return };
    let content = config.project.content.clone();
    let paths = inputs.pages.iter().chain(inputs.made.iter().map(|page| &page.path));
    let paths: Vec<String> = paths.filter_map(|path| Some(path.below(&content)?.to_owned())).collect();
    let evaluated = match &opening.kept.rewrites {
        Some((known, evaluated)) if *known == paths && evaluated.is_current(opening.files, opening.listing) => {
            evaluated.clone()
        }
        _ => {
            let member = Member { name: "rewrites", each: Some(paths.clone()) };
            let (listing, environment) = (Arc::from(opening.listing), opening.request.environment());
            Arc::new(script::evaluate_member(opening.files, listing, &settings, member, &environment))
        }
    };
    opening.kept.rewrites = Some((paths.clone(), evaluated.clone()));
    // What else the program says was told when its settings were read.
    opening.diagnostics.extend(evaluated.diagnostics.iter().cloned());
    let Value::Sequence(results) = program::data(&evaluated.value) else { return };
    let mut wrong = 0;
    let mut rules = Vec::new();
    for (from, to) in paths.into_iter().zip(results) {
        match to {
            Value::String(to) if to == from => {}
            Value::String(to) => rules.push((literal(&from), literal(&to))),
            _ => wrong += 1,
        }
    }
    if wrong > 0 {
        let pages = if wrong == 1 { "one page".to_owned() } else { format!("{wrong} pages") };
        let message = format!("the function `rewrites` in `{settings}` gives no path for {pages}");
        let found = Diagnostic::warning("setting-value", message);
        opening.diagnostics.push(found.help("let it return a path for each page; those without one keep theirs"));
    }
    Arc::make_mut(&mut config.project).rewrites = rules;
}

/// A path as a pattern that only it fits.
fn literal(path: &str) -> String {
    let mut pattern = String::with_capacity(path.len());
    for char in path.chars() {
        if matches!(char, '\\' | ':' | '(' | ')' | '{' | '}' | '*' | '+' | '?') {
            pattern.push('\\');
        }
        pattern.push(char);
    }
    pattern
}
