//! What of a file an include asks for.

use std::ops::Range;

use super::directive::Directive;
use crate::config::{Conventions, MarkdownConfig};
use crate::diag::Diagnostic;
use crate::page::{Source, frontmatter, parse, regions};

/// What of a file is shown.
#[derive(Debug, Default)]
pub(super) struct Choice {
    /// Its parts, in order.
    pub ranges: Vec<Range<usize>>,
    /// What is wrong, although there is something to show.
    pub finding: Option<Diagnostic>,
}

impl Choice {
    /// These ranges.
    pub fn new(ranges: Vec<Range<usize>>) -> Choice {
        Choice { ranges, finding: None }
    }
}

/// What `directive` asks for of a file.
pub(super) fn choose(file: &Source, directive: &Directive<'_>, config: &MarkdownConfig) -> Result<Choice, Diagnostic> {
    let text = &*file.text;
    let markdown = file.path.is_markdown();
    // The front matter of a file is not part of what it says.
    let body = if markdown { frontmatter::split(text).body_start } else { 0 };
    let whole = body..text.len();
    if directive.region.is_none() && directive.lines.is_none() {
        return Ok(Choice::new(vec![whole]));
    }
    let mut finding = None;
    // Lines of a file are counted from its first, even if that is its front matter's.
    let mut ranges: Vec<Range<usize>> = std::iter::once(0..text.len()).collect();
    if let Some(name) = directive.region {
        let mut found = regions::find(text, name, markdown);
        finding = found.iter().find(|region| !region.ended).map(|_| regions::unended(name, file));
        if !config.extended && config.conventions == Conventions::VitePress1 {
            found.truncate(1);
        }
        let section = || parse::section(&text[body..], body, name, config).filter(|_| markdown);
        ranges = match found.is_empty() {
            false => found.into_iter().map(|region| region.range).collect(),
            true => match section() {
                Some(section) => vec![section],
                // VitePress 1 shows the file then.
                None if !config.extended && config.conventions == Conventions::VitePress1 => {
                    finding = Some(regions::missing(name, file));
                    vec![whole.clone()]
                }
                None => return Err(regions::missing(name, file)),
            },
        };
    }
    if let Some(lines) = directive.lines {
        ranges = lines.of(text, ranges);
    }
    ranges.retain_mut(|range| {
        range.start = range.start.max(body);
        range.start < range.end
    });
    // The line of the comment has its own end.
    if let Some(last) = ranges.last_mut().filter(|last| text[(*last).clone()].ends_with('\n')) {
        last.end -= 1;
    }
    Ok(Choice { ranges, finding })
}
