//! Opens and closes containers.

use super::line::Line;
use super::opener::{self, Opener};
use super::scan::{Frame, Leaf, Scan, contains};
use super::starts::{self, HtmlEnd};
use super::{Container, End, Form, Mark, Stray};
use crate::page::containers::{self, Kind};
use crate::page::masks::Tagged;

/// Deeper containers are text: no page needs them, and no browser shows them.
pub(super) const MAX_CONTAINERS: usize = 100;

/// How far ahead the end of a fence is looked for.
const MAX_LOOK_AHEAD: usize = 5_000;

/// How many blank lines may stand before a line that decides whether a container begins.
const MAX_BLANK_LINES: usize = 20;

/// Kinds of boxes in MkDocs.
const ADMONITIONS: [&str; 14] = [
    "abstract",
    "attention",
    "caution",
    "danger",
    "example",
    "failure",
    "hint",
    "important",
    "info",
    "note",
    "question",
    "success",
    "tip",
    "warning",
];

impl<'a> Scan<'a, '_> {
    /// Whether a closing line that is indented so far can close a container that is indented as its opener says.
    pub(super) fn is_closing_indent(&self, indent: usize, opener_indent: usize) -> bool {
        if self.rules.exact_indent { indent == opener_indent } else { indent < 4 }
    }

    /// Whether the line, which would close the container at `frame`, stands in a fence or HTML block that has its own end further on:
    /// the author meant it as text there. (The real parsers cut the fence in two.)
    pub(super) fn in_literal(&self, frame: usize, line: &Line<'_>, next: usize) -> bool {
        let ends: &dyn Fn(&str) -> Option<bool> = match self.leaf {
            Leaf::Fence { marker, length } => &move |rest| match starts::closes_fence(rest, marker, length) {
                true => Some(true),
                // Another fence begins: this one was never closed.
                false => starts::fence(rest).filter(|other| other.0 == marker && other.1 >= length).map(|_| false),
            },
            Leaf::Html(HtmlEnd::Contains(end)) => &move |rest| contains(rest, end).then_some(true),
            _ => return false,
        };
        let mut indent = line.indent();
        for inner in &self.frames[frame + 1..] {
            match inner {
                Frame::Box { .. } => {}
                Frame::Item { width, .. } if indent >= *width => indent -= width,
                _ => return false,
            }
        }
        let lines = self.body[next..].lines().take(MAX_LOOK_AHEAD);
        lines.map(|line| line.trim_start_matches([' ', '\t', '>'])).find_map(ends).unwrap_or(false)
    }

    /// Ends the block of code or HTML that is open, if it stands directly in frame `frame`: a thematic break, which ends everything
    /// else, would be text in it.
    fn end_leaf(&mut self, frame: usize, source: usize) {
        let directly = self.frames[frame..].iter().all(|frame| matches!(frame, Frame::Box { .. }));
        let prefix = self.prefix(frame);
        match self.leaf {
            Leaf::Fence { marker, length } if directly => {
                let fence = char::from(marker).to_string().repeat(length);
                self.found.rewritten.insert(&format!("{prefix}{fence}\n"), source);
            }
            Leaf::Html(HtmlEnd::Contains(text)) if directly => {
                self.found.rewritten.insert(&format!("{prefix}{text}\n"), source);
            }
            Leaf::Html(HtmlEnd::Blank) if directly => {
                self.found.rewritten.insert(&format!("{}\n", prefix.trim_end()), source);
            }
            _ => {}
        }
        self.leaf = Leaf::None;
    }

    /// Closes the container at `frame` and all that is in it; `source` is where in the source.
    pub(super) fn close(&mut self, frame: usize, source: usize, end: End) {
        let Frame::Box { index, .. } = self.frames[frame] else { return };
        let prefix = self.prefix(frame);
        self.end_leaf(frame, source);
        self.found.rewritten.insert(&prefix, source);
        self.found.marks.push((self.found.rewritten.text.len(), Mark::Close(index)));
        self.found.rewritten.insert("___\n", source);
        self.drop_frames(frame, &end);
        self.leaf = Leaf::None;
    }

    /// Opens the container at `line`, which begins with colons.
    pub(super) fn open(&mut self, line: &Line<'a>, start: usize, indent: usize) {
        let opener = opener::colons(line.rest(), self.rules.config);
        let index = self.add(line, start, Form::Colons, opener);
        self.enter(index, opener::colons_at(line.rest()), indent);
    }

    /// Opens the container at `line`, which is a tag.
    pub(super) fn open_tag(&mut self, line: &Line<'a>, start: usize, opener: Opener) {
        let index = self.add(line, start, Form::Tag, opener);
        self.enter(index, usize::MAX, 0);
    }

    /// Opens the alert at `line`. It needs no frame: it is the quote that it stands in.
    pub(super) fn open_alert(&mut self, line: &Line<'a>, start: usize, opener: Opener) {
        let index = self.add(line, start, Form::Alert, opener);
        self.found.containers[index].end = End::Closed;
        self.opened_alert = true;
    }

    /// Begins the next tab of the group at frame `group`.
    pub(super) fn open_tab(&mut self, group: usize, line: &Line<'a>, start: usize, opener: Opener) {
        let here = self.source(start + line.at..start + line.text.trim_end().len());
        match self.frames.get(group + 1) {
            Some(&Frame::Box { index, .. }) if self.found.containers[index].form == Form::Tab => {
                self.close(group + 1, here.start, End::WithOuter(here));
                self.found.containers[index].end = End::Closed;
            }
            _ => {
                self.end_leaf(group + 1, here.start);
                self.drop_frames(group + 1, &End::WithOuter(here));
            }
        }
        let index = self.add(line, start, Form::Tab, opener);
        self.enter(index, usize::MAX, 0);
    }

    /// The group of tabs that a line could divide which stands in the first `matched` frames.
    pub(super) fn tab_group(&self, matched: usize) -> Option<usize> {
        let mut inside = self.frames[..matched].iter().enumerate().rev();
        inside
            .by_ref()
            .take_while(|(_, frame)| matches!(frame, Frame::Box { .. }))
            .find_map(|(at, frame)| matches!(frame, Frame::Box { tabs: true, .. }).then_some(at))
    }

    /// Whether the line ends container `index`, which is written as tags.
    pub(super) fn is_end_tag(&self, index: usize, line: &Line<'_>) -> bool {
        let container = &self.found.containers[index];
        if container.form != Form::Tag || !line.rest().trim_start().starts_with("</") {
            return false;
        }
        let tag = &self.body[container.opener.start + 1 - self.offset..];
        let name = &tag[..tag.find([' ', '\t', '>']).unwrap_or(tag.len())];
        opener::is_end_tag(line.rest().trim_start(), name)
    }

    /// Notes a container and writes its marks; says which it is.
    fn add(&mut self, line: &Line<'a>, start: usize, form: Form, opener: Opener) -> usize {
        let rest = line.rest();
        let (at, end) = (start + line.at, start + line.text.trim_end().len());
        let title = opener.title;
        let title_place = match title.is_empty() {
            true => self.source(end..end),
            false => self.source(at + title.start..at + title.end),
        };
        let is_tab = containers::kind(&opener.kind, self.rules.config) == Kind::Tab;
        let group = match self.frames.last() {
            Some(&Frame::Box { index, .. }) if is_tab && self.is_group(index) => Some(index),
            _ => None,
        };
        // Only one tab of a group can be shown first.
        let active = opener.active && !group.is_some_and(|group| self.found.containers[group].active);
        if let Some(group) = group {
            self.found.containers[group].active |= active;
        }
        let index = self.found.containers.len();
        self.found.containers.push(Container {
            opener: self.source(at..end),
            form,
            title: title_place,
            name: rest[opener.name].to_owned(),
            attributes: rest[opener.attributes].to_owned(),
            active,
            kind: opener.kind,
            group,
            end: End::Never,
        });
        self.mark_line(&line.text[..line.at], start, line.at, Mark::Open(index));
        if !title.is_empty() {
            let source = self.offset + at + title.start;
            let prefix = self.prefix(self.frames.len());
            self.found.rewritten.insert(&prefix, source);
            self.found.marks.push((self.found.rewritten.text.len(), Mark::Title(index)));
            self.found.rewritten.insert("# ", source);
            let shown = &rest[title.clone()];
            let masks = self.rules.masks.find(shown, &mut Tagged::No);
            self.copy_masked(shown, at + title.start, 0, masks);
            self.found.rewritten.insert(" #\n", source + title.len());
        }
        index
    }

    /// What follows stands in container `index`.
    fn enter(&mut self, index: usize, colons: usize, indent: usize) {
        let kind = containers::kind(&self.found.containers[index].kind, self.rules.config);
        self.frames.push(Frame::Box { index, colons, indent, tabs: kind == Kind::Tabs });
        self.boxes += 1;
    }

    /// Whether container `index` is a group of tabs.
    fn is_group(&self, index: usize) -> bool {
        let kind = containers::kind(&self.found.containers[index].kind, self.rules.config);
        matches!(kind, Kind::Tabs | Kind::CodeGroup)
    }

    /// Whether a container begins here, in the line that ends before `next`.
    pub(super) fn opens_box(&self, rest: &str, next: usize) -> bool {
        self.boxes < MAX_CONTAINERS && self.is_opener(rest, next)
    }

    fn is_opener(&self, rest: &str, next: usize) -> bool {
        opener::opens(rest, self.rules.config, || {
            let mut lines = self.body[next.min(self.body.len())..].lines().take(MAX_BLANK_LINES);
            lines
                .by_ref()
                .map(|line| line.trim_start_matches([' ', '\t', '>']))
                .find(|line| !line.is_empty())
                .unwrap_or("")
        })
    }

    pub(super) fn is_text(&self, at: usize) -> bool {
        (self.rules.is_text)(self.offset + at)
    }

    /// Notes a line of text, which ends before `next`, that looks like a container's.
    pub(super) fn note_stray(&mut self, line: &Line<'_>, start: usize, next: usize) {
        let mut line = *line;
        line.skip_indent();
        let rest = line.rest().trim_end();
        let range = self.source(start + line.at..start + line.at + rest.len());
        let colons = opener::colons_at(rest);
        if colons < 3 {
            let stray = match rest.as_bytes().first() {
                Some(b'@')
                    if self.knows_tabs() && opener::tab(rest, &["@tab"]).is_some_and(|tab| !tab.title.is_empty()) =>
                {
                    Stray::Tab
                }
                Some(b'!' | b'?') if self.is_admonition(rest, next) => Stray::Admonition,
                Some(b':' | 0xef) if is_full_width(rest) => Stray::FullWidth,
                _ => return,
            };
            self.found.strays.push(stray(range));
        } else if colons == rest.len() {
            let open = self.frames.iter().rev().find_map(|frame| match frame {
                Frame::Box { index, colons: opened, .. } if *opened <= colons => Some(*index),
                _ => None,
            });
            self.found.strays.push(match open {
                Some(index) => Stray::Shifted(range, index),
                None => Stray::Closer(range),
            });
        } else if self.is_opener(rest, next) {
            let stray = if (self.rules.is_text)(range.start) { Stray::Text } else { Stray::TooDeep };
            self.found.strays.push(stray(range));
        } else {
            self.found.strays.push(Stray::Opener(range));
        }
    }

    fn knows_tabs(&self) -> bool {
        containers::tab_markers(self.rules.config).contains(&"@tab")
    }

    /// Whether this begins a box as MkDocs writes them: `!!! note`, and below it lines that are indented by four.
    fn is_admonition(&self, rest: &str, next: usize) -> bool {
        let after = ["!!! ", "???+ ", "??? "].iter().find_map(|start| rest.strip_prefix(start));
        let word = after.and_then(|after| after.split_whitespace().next()).unwrap_or_default();
        ADMONITIONS.contains(&word.to_ascii_lowercase().as_str()) && self.body[next..].starts_with("    ")
    }
}

/// Whether the line begins with three colons or more of which some are full-width, as Chinese keyboards type them.
fn is_full_width(rest: &str) -> bool {
    let colons = || rest.chars().take_while(|char| matches!(char, ':' | '：'));
    let width: usize = colons().map(char::len_utf8).sum();
    colons().count() >= 3
        && colons().any(|char| char == '：')
        && rest[width..].trim_start().chars().next().is_none_or(|char| char.is_ascii_alphabetic())
}

/// The colons of a line that has nothing else, and its indentation.
pub(super) fn closing_colons(line: &Line<'_>) -> Option<(usize, usize)> {
    let indent = line.indent();
    let mut ahead = *line;
    ahead.skip_indent();
    let count = opener::colons_at(ahead.rest());
    (count > 0 && ahead.rest()[count..].trim_matches([' ', '\t']).is_empty()).then_some((count, indent))
}
