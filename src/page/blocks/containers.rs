//! Opens and closes containers.

use super::line::Line;
use super::scan::{Frame, Leaf, Scan, contains};
use super::starts::{self, HtmlEnd};
use super::{Container, End, Mark, Stray};
use crate::page::masks::Tagged;

/// Deeper containers are text: no page needs them, and no browser shows them.
pub(super) const MAX_CONTAINERS: usize = 100;

/// How far ahead the end of a fence is looked for.
const MAX_LOOK_AHEAD: usize = 5_000;

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

    /// Closes the container at `frame` and all that is in it; `source` is where in the source.
    pub(super) fn close(&mut self, frame: usize, source: usize, end: End) {
        let Frame::Box { index, .. } = self.frames[frame] else { return };
        let prefix = self.prefix(frame);
        let directly = self.frames[frame..].iter().all(|frame| matches!(frame, Frame::Box { .. }));
        // A thematic break ends everything but these.
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
        self.found.rewritten.insert(&prefix, source);
        self.found.marks.push((self.found.rewritten.text.len(), Mark::Close(index)));
        self.found.rewritten.insert("___\n", source);
        self.drop_frames(frame, &end);
        self.leaf = Leaf::None;
    }

    /// Opens the container at `line`.
    pub(super) fn open(&mut self, line: &Line<'a>, start: usize, indent: usize) {
        let colons = colons_at(line.rest());
        let info = line.rest()[colons..].trim();
        let kind = info.split(' ').next().unwrap_or("");
        let title = info[kind.len()..].trim();
        // Both are parts of the body, so their addresses tell where.
        let title_start =
            if title.is_empty() { line.text.len() } else { title.as_ptr().addr() - line.text.as_ptr().addr() };
        let index = self.found.containers.len();
        self.found.containers.push(Container {
            opener: self.source(start + line.at..start + line.text.trim_end().len()),
            kind: kind.to_owned(),
            title: self.source(start + title_start..start + title_start + title.len()),
            end: End::Never,
        });
        self.fill_items();
        self.frames.push(Frame::Box { index, colons, indent });
        self.boxes += 1;
        self.leaf = Leaf::None;
        self.mark_line(&line.text[..line.at], start, line.at, Mark::Open(index));
        if !title.is_empty() {
            let source = self.offset + start + title_start;
            let prefix = self.prefix(self.frames.len());
            self.found.rewritten.insert(&prefix, source);
            self.found.marks.push((self.found.rewritten.text.len(), Mark::Title(index)));
            self.found.rewritten.insert("# ", source);
            let masks = self.rules.masks.find(title, &mut Tagged::No);
            self.copy_masked(title, start + title_start, 0, masks);
            self.found.rewritten.insert(" #\n", source + title.len());
        }
    }

    /// Whether a container begins here.
    pub(super) fn opens_box(&self, rest: &str) -> bool {
        self.boxes < MAX_CONTAINERS && opener_kind(rest).is_some_and(|kind| (self.rules.is_kind)(kind))
    }

    pub(super) fn is_text(&self, at: usize) -> bool {
        (self.rules.is_text)(self.offset + at)
    }

    /// Notes a line of text that looks like a container's.
    pub(super) fn note_stray(&mut self, line: &Line<'_>, start: usize) {
        let mut line = *line;
        line.skip_indent();
        let rest = line.rest().trim_end();
        let colons = colons_at(rest);
        if colons < 3 {
            return;
        }
        let range = self.source(start + line.at..start + line.at + rest.len());
        if colons == rest.len() {
            let open = self.frames.iter().rev().find_map(|frame| match frame {
                Frame::Box { index, colons: opened, .. } if *opened <= colons => Some(*index),
                _ => None,
            });
            self.found.strays.push(match open {
                Some(index) => Stray::Shifted(range, index),
                None => Stray::Closer(range),
            });
        } else if opener_kind(rest).is_some_and(|kind| (self.rules.is_kind)(kind)) {
            let stray = if (self.rules.is_text)(range.start) { Stray::Text } else { Stray::TooDeep };
            self.found.strays.push(stray(range));
        } else {
            self.found.strays.push(Stray::Opener(range));
        }
    }
}

/// The colons of a line that has nothing else, and its indentation.
pub(super) fn closing_colons(line: &Line<'_>) -> Option<(usize, usize)> {
    let indent = line.indent();
    let mut ahead = *line;
    ahead.skip_indent();
    let count = colons_at(ahead.rest());
    (count > 0 && ahead.rest()[count..].trim_matches([' ', '\t']).is_empty()).then_some((count, indent))
}

/// How many colons `text` begins with.
fn colons_at(text: &str) -> usize {
    text.bytes().take_while(|&byte| byte == b':').count()
}

/// The word after three or more colons, if there is one. Only the space ends it.
fn opener_kind(rest: &str) -> Option<&str> {
    let colons = colons_at(rest);
    let kind = rest[colons..].trim().split(' ').next()?;
    (colons >= 3 && !kind.is_empty()).then_some(kind)
}
