//! What is wrong with a page's containers.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::base::Span;
use crate::config::MarkdownConfig;
use crate::diag::Diagnostic;
use crate::page::blocks::{Container, End, Form, Scanned, Stray};
use crate::page::containers::{self, Kind};
use crate::page::types::Source;

/// What is wrong with the page's containers.
pub(crate) fn containers(
    source: &Source,
    scanned: &Scanned,
    empty_groups: &[usize],
    config: &MarkdownConfig,
) -> Vec<Diagnostic> {
    let faults = Faults { source, scanned, config };
    let mut found: Vec<Diagnostic> =
        scanned.containers.iter().filter_map(|container| faults.unclosed(container)).collect();
    found.extend(scanned.containers.iter().filter_map(|container| faults.tab(container)));
    found.extend(empty_groups.iter().map(|&group| faults.empty_group(&scanned.containers[group])));
    // The closing line of a container that is text, or that ended before, has been explained there.
    let mut explained = faults.ends_without_closer();
    for stray in &scanned.strays {
        match stray {
            Stray::Closer(range) => match explained.iter().next().copied().filter(|&end| end <= range.start) {
                Some(end) => _ = explained.remove(&end),
                None => found.push(faults.closer(range)),
            },
            Stray::Shifted(range, index) => found.push(faults.shifted(range, &scanned.containers[*index])),
            Stray::Opener(range) => found.push(faults.unknown(range)),
            Stray::Text(range) => found.push(faults.misplaced(range)),
            Stray::TooDeep(range) => found.push(faults.too_deep(range)),
            Stray::Tab(range) => found.push(faults.stray_tab(range)),
            Stray::Alert(range) => found.push(faults.unknown_alert(range)),
            Stray::FullWidth(range) => found.push(faults.full_width(range)),
            Stray::Admonition(range) => found.push(faults.admonition(range)),
        }
    }
    found
}

struct Faults<'p> {
    source: &'p Source,
    scanned: &'p Scanned,
    config: &'p MarkdownConfig,
}

impl Faults<'_> {
    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.source.path.clone(), range.clone())
    }

    /// The colons that stand at a place.
    fn colons(&self, at: usize) -> &str {
        let text = &self.source.text[at..];
        &text[..text.len() - text.trim_start_matches(':').len()]
    }

    fn unclosed(&self, container: &Container) -> Option<Diagnostic> {
        let typed = &self.source.text[container.opener.clone()];
        let (what, closer) = match container.form {
            Form::Colons => {
                let colons = self.colons(container.opener.start);
                (format!("the container `{colons} {}`", container.kind), colons.to_owned())
            }
            Form::Tag => {
                let name = typed[1..].split([' ', '\t', '>']).next().unwrap_or_default();
                (format!("the tag `<{name}>`"), format!("</{name}>"))
            }
            Form::Tab | Form::Alert => return None,
        };
        let finding = Diagnostic::warning("unclosed-container", format!("{what} is never closed"))
            .at(self.span(&container.opener));
        Some(match &container.end {
            End::Closed => return None,
            End::Never if typed.ends_with(":::") => finding.help(format!(
                "the colons at the end of its first line do not close it: put a line `{closer}` where it should end"
            )),
            End::Never => {
                finding.help(format!("it reaches to the end of the page; put a line `{closer}` where it should end"))
            }
            End::WithParent(at) => match self.closer_in_line(*at) {
                Some(closer) => finding
                    .label(self.span(closer), "this line does not close it, as it stands outside")
                    .help("indent the closing line like the first line of the container"),
                None => finding
                    .label(self.span(&(*at..*at)), "it ends here, with the list item or quote that it stands in")
                    .help(format!("put a line `{closer}` where it should end, indented like its first line")),
            },
            End::WithOuter(line) if self.source.text[line.clone()].starts_with(['@', '=']) => finding
                .label(self.span(line), "it ends here, where the next tab begins")
                .help(format!("put a line `{closer}` where it should end")),
            End::WithOuter(line) => {
                let finding = finding.label(self.span(line), "this line closes the container around it, and so both");
                match container.form == Form::Tag || self.colons(line.start).len() > closer.len() {
                    true => finding.help(format!("put a line `{closer}` where it should end")),
                    false => finding.help(format!(
                        "give the outer container more colons than the inner one: `{closer}:` around `{closer}`"
                    )),
                }
            }
        })
    }

    /// What is wrong with a tab: it stands alone, or nobody can choose it.
    fn tab(&self, container: &Container) -> Option<Diagnostic> {
        if containers::kind(&container.kind, self.config) != Kind::Tab {
            return None;
        }
        if container.group.is_none() {
            return Some(self.stray_tab(&container.opener));
        }
        container.title.is_empty().then(|| {
            Diagnostic::warning("tab-without-title", "this tab has no title")
                .at(self.span(&container.opener))
                .help("say what is in it: `@tab Title`; until then it has a number")
        })
    }

    fn stray_tab(&self, range: &Range<usize>) -> Diagnostic {
        Diagnostic::warning("stray-tab", "this tab stands in no group of tabs")
            .at(self.span(range))
            .help("put the line `::: tabs` before the first tab, and `:::` after the last")
    }

    fn empty_group(&self, container: &Container) -> Diagnostic {
        let help = match containers::kind(&container.kind, self.config) {
            Kind::CodeGroup => "put code blocks into it, each with a title: ```` ```js [main.js] ````",
            _ if containers::tab_markers(self.config).contains(&"@tab") => "begin each tab with a line `@tab Title`",
            _ => "begin each tab with a line `== Title`",
        };
        Diagnostic::warning("tabs-without-tab", "this group of tabs has none")
            .at(self.span(&container.opener))
            .help(help)
    }

    /// The closing line that stands alone in the line which begins here, or in a quote of its own.
    fn closer_in_line(&self, start: usize) -> Option<&Range<usize>> {
        self.scanned.strays.iter().find_map(|stray| match stray {
            Stray::Closer(range) if range.start >= start => {
                let before = &self.source.text[start..range.start];
                before.chars().all(|char| matches!(char, ' ' | '\t' | '>')).then_some(range)
            }
            _ => None,
        })
    }

    /// Where something ended, or stands as text, whose own closing line then closes nothing.
    fn ends_without_closer(&self) -> BTreeSet<usize> {
        let ended = self.scanned.containers.iter().filter_map(|container| match &container.end {
            End::WithOuter(closer) if self.colons(closer.start) == self.colons(container.opener.start) => {
                Some(closer.end)
            }
            End::WithParent(at) => Some(*at),
            _ => None,
        });
        let texts = self.scanned.strays.iter().filter_map(|stray| match stray {
            Stray::Opener(range) | Stray::Text(range) | Stray::TooDeep(range) => Some(range.end),
            Stray::FullWidth(range) => Some(range.end),
            Stray::Closer(_) | Stray::Shifted(..) | Stray::Tab(_) | Stray::Alert(_) | Stray::Admonition(_) => None,
        });
        ended.chain(texts).collect()
    }

    fn closer(&self, range: &Range<usize>) -> Diagnostic {
        Diagnostic::warning("stray-container-end", "this line closes no container")
            .at(self.span(range))
            .help("remove it, or put the line that opens the container, `::: tip`, before it")
    }

    fn shifted(&self, range: &Range<usize>, container: &Container) -> Diagnostic {
        Diagnostic::warning("stray-container-end", "this line closes no container: it is indented otherwise")
            .at(self.span(range))
            .label(self.span(&container.opener), "the container that is open here")
            .help("indent it like the first line of the container")
    }

    fn unknown(&self, range: &Range<usize>) -> Diagnostic {
        let typed = self.source.text[range.clone()].trim_start_matches(':').trim();
        let word = typed.split(' ').next().unwrap_or("");
        // What may follow the word in other dialects; Docusaurus has titles in brackets.
        let length = word.find(['\t', '{', '[', '<', '#']).unwrap_or(word.len());
        let bracketed = typed[length..].strip_prefix('[').and_then(|rest| rest.split_once(']'));
        let word = bracketed.map_or(word, |(title, _)| &typed[..length + title.len() + 2]);
        let title = bracketed.map(|(title, _)| title.trim()).filter(|title| !title.is_empty()).unwrap_or("Title");
        let name = typed[..length].to_lowercase();
        let known = || containers::words(self.config);
        let finding = Diagnostic::warning("unknown-container", format!("`{word}` is no kind of container here"))
            .at(self.span(range));
        match known()
            .find(|known| *known == name)
            .or_else(|| known().find(|known| strsim::osa_distance(known, &name) <= 1))
        {
            Some(known) if known == name && word.to_lowercase() != name => {
                finding.help(format!("write it like this: `::: {known} {title}`"))
            }
            Some(known) => finding.help(format!("did you mean `::: {known}`?")),
            None if name == "code-group" && known().any(|known| known == "code-tabs") => {
                finding.help("VuePress 2 calls it `::: code-tabs`, and begins each tab with a line `@tab Title`")
            }
            None => {
                let known: Vec<&str> = known().collect();
                finding.help(format!("it is shown as text; kinds that are known: {}", known.join(", ")))
            }
        }
    }

    fn unknown_alert(&self, range: &Range<usize>) -> Diagnostic {
        let typed = &self.source.text[range.clone()];
        let word = typed.split_once(']').map_or(typed, |(word, _)| word).trim_start_matches("[!");
        let finding = Diagnostic::warning("unknown-container", format!("`[!{word}]` is no kind of alert here"))
            .at(self.span(range));
        let kinds = ["note", "tip", "important", "warning", "caution", "info", "danger"];
        let known = || kinds.into_iter().filter(|kind| containers::is_alert(kind, self.config));
        match known().find(|known| strsim::osa_distance(known, &word.to_lowercase()) <= 1) {
            Some(known) => finding.help(format!("did you mean `[!{}]`?", known.to_uppercase())),
            None => {
                let known: Vec<String> = known().map(str::to_uppercase).collect();
                finding.help(format!("it is shown as text; kinds that are known: {}", known.join(", ")))
            }
        }
    }

    fn full_width(&self, range: &Range<usize>) -> Diagnostic {
        Diagnostic::warning("full-width-colons", "these colons are full-width, and so they begin or end no container")
            .at(self.span(range))
            .help("type them without the Chinese keyboard: `:::`")
    }

    fn admonition(&self, range: &Range<usize>) -> Diagnostic {
        let typed = &self.source.text[range.clone()];
        let word = typed.split_whitespace().nth(1).unwrap_or_default().to_lowercase();
        let word = containers::words(self.config).find(|known| *known == word).unwrap_or("tip");
        Diagnostic::info("unknown-admonition", "this looks like a box of MkDocs, and is shown as text")
            .at(self.span(range))
            .help(format!("begin it with `::: {word} Title`, do not indent what is in it, and end it with `:::`"))
    }

    fn misplaced(&self, range: &Range<usize>) -> Diagnostic {
        Diagnostic::warning(
            "misplaced-container",
            "it cannot be told whether this container stands in the list item or quote before it",
        )
        .at(self.span(range))
        .help("it is shown as text; put a blank line before it, and indent it like the text that it belongs to")
    }

    fn too_deep(&self, range: &Range<usize>) -> Diagnostic {
        Diagnostic::warning("nested-too-deep", "this container stands in too many others")
            .at(self.span(range))
            .help("it is shown as text; close the containers before it")
    }
}
