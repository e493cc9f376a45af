//! `checks:` in the front matter of a page: how much findings matter in its file.

use std::ops::Range;

use serde_yaml::{Mapping, Value};

use super::types::Source;
use crate::base::Span;
use crate::diag::Diagnostic;
use crate::diag::codes::{self, Level};

/// What the front matter, which lies at `data` of the source, says of checks, and what is wrong with it.
pub(crate) fn of_front_matter(
    values: &Mapping,
    source: &Source,
    data: &Range<usize>,
) -> (Vec<(&'static str, Level)>, Vec<Diagnostic>) {
    let (mut levels, mut found) = (Vec::new(), Vec::new());
    let Some(written) = values.get("checks").filter(|value| !value.is_null()) else { return (levels, found) };
    let place = |key: &str| {
        let text = &source.text[data.clone()];
        let block = text.find("checks").unwrap_or(0);
        let at = text[block..].find(key).map_or(data.start + block, |at| data.start + block + at);
        Span::new(source.path.clone(), at..at + key.len())
    };
    let Some(written) = written.as_mapping() else {
        let wrong = Diagnostic::warning("setting-type", "`checks` should be keys and values");
        found.push(wrong.at(place("checks")).help("write a line for each finding, such as `dead-link: off`"));
        return (levels, found);
    };
    for (code, level) in written {
        let code = code.as_str().unwrap_or_default();
        let level = match level {
            Value::Bool(false) => "off",
            level => level.as_str().unwrap_or_default(),
        };
        match codes::level(code, level) {
            Ok(known) => levels.push(known),
            Err(finding) => found.push(finding.at(place(code))),
        }
    }
    (levels, found)
}
