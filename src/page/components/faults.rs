//! What is wrong with the parts of a page that are Vue's, as far as the page knows it.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::base::Span;
use crate::diag::Diagnostic;
use crate::page::markdown::Body;
use crate::page::types::Source;

/// What is found in a page: expressions that are no data, scripts, style sheets in other languages.
pub(crate) fn of(source: &Source, body: &Body) -> Vec<Diagnostic> {
    let span = |range: &Range<usize>| Span::new(source.path.clone(), range.clone());
    let mut found = Vec::new();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for (expression, range) in &body.unknown_expressions {
        if told.insert(expression) {
            found.push(unknown_expression(expression).at(span(range)));
        }
    }
    if let Some((range, is_closed)) = &body.script {
        let start = range.start..range.end.min(range.start + "<script".len());
        found.push(match is_closed {
            true => Diagnostic::info("script-removed", "this script is left out: it was written for Vue, which does not run here")
                .at(span(&start))
                .help("names that it gives plain values (`const list = [...]`) are known to the page; what else it did is gone"),
            false => Diagnostic::warning("script-removed", "this script is never closed: all that follows is left out with it")
                .at(span(&start))
                .help("put a line `</script>` where it ends, or write `&lt;script>` to show it as text"),
        });
    }
    for (language, range) in &body.foreign_styles {
        let start = range.start..range.end.min(range.start + "<style".len());
        found.push(
            Diagnostic::warning(
                "style-removed",
                format!("this style sheet is left out: it is written in `{language}`"),
            )
            .at(span(&start))
            .help("write it in CSS, whose rules may be nested as well, and take `lang` away"),
        );
    }
    found
}

/// The finding that an expression cannot be told.
pub fn unknown_expression(expression: &str) -> Diagnostic {
    Diagnostic::warning("unknown-expression", format!("`{{{{ {expression} }}}}` is shown as written: its value is not known here"))
        .help(
            "what can be filled in: the front matter (`$frontmatter.x`), what the settings say (`$site.title`), plain values; \
             to show braces on purpose, write them in code or in an element with `v-pre`",
        )
}
