//! Finds `:::` containers and `[[toc]]` lines, with the rules of the parsers that authors wrote them for.
//!
//! The Markdown parser knows neither, so the text is rewritten before it is parsed: each line that opens or closes a
//! container becomes a thematic break, which ends a paragraph, a list, a quote and a table just as the container does,
//! and a [`Mark`] says at which offset it stands and what it means. Finding those lines takes the block structure that they
//! stand in (quotes, list items, fences, HTML blocks), so lines are read here as CommonMark's appendix describes it. Nothing
//! else of the text is changed, and every offset leads back to the byte that the author typed.

mod line;
mod offsets;
mod starts;

use std::ops::Range;

pub(crate) use offsets::Rewritten;

use line::Line;
use starts::HtmlEnd;

/// Deeper containers are text: no page needs them, and no browser shows them.
const MAX_CONTAINERS: usize = 100;

/// How far ahead the end of a fence is looked for.
const MAX_LOOK_AHEAD: usize = 5_000;

/// What the conventions of a page decide.
pub(crate) struct Rules<'r> {
    /// Whether a word opens a container.
    pub is_kind: &'r dyn Fn(&str) -> bool,
    /// Whether a closing line must be indented just as its opener, and a line indented less ends the container.
    pub exact_indent: bool,
    /// Whether `[[toc]]` is a block; else it is left to the inline text.
    pub toc_block: bool,
    /// Whether the line whose first character is at this offset of the source is text, whatever it looks like.
    pub is_text: &'r dyn Fn(usize) -> bool,
}

/// What a line of the rewritten text stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// The opening line of a container.
    Open(usize),
    /// The title of a container, as a heading.
    Title(usize),
    /// The end of a container.
    Close(usize),
    /// A table of contents.
    Toc,
}

/// How a container ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// By a closing line of its own.
    Closed,
    /// By the closing line (in the source) of a container around it.
    WithOuter(Range<usize>),
    /// Before this offset of the source, where the quote, list item or indentation around it ended.
    WithParent(usize),
    /// Never: it reaches to the end of the file.
    Never,
}

/// A container, as it stands in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Container {
    /// The opening line from its first colon.
    pub opener: Range<usize>,
    /// The word after the colons.
    pub kind: String,
    /// The rest of the line, trimmed; may be empty.
    pub title: Range<usize>,
    /// How it ended.
    pub end: End,
}

/// A line that looks like a container's but is text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stray {
    /// Colons alone, with nothing to close.
    Closer(Range<usize>),
    /// Colons alone in container `n`, which they would close if they were indented like its first line.
    Shifted(Range<usize>, usize),
    /// A word that is no kind of container.
    Opener(Range<usize>),
    /// A container too deep to be one.
    TooDeep(Range<usize>),
    /// A container that the rules say is text.
    Text(Range<usize>),
}

/// What [`scan`] found.
#[derive(Debug, Default)]
pub(crate) struct Scanned {
    /// The text for the Markdown parser.
    pub rewritten: Rewritten,
    /// Offsets in that text and what stands there, ascending.
    pub marks: Vec<(usize, Mark)>,
    /// The containers, by opening line.
    pub containers: Vec<Container>,
    /// Lines that look like containers but are text.
    pub strays: Vec<Stray>,
}

/// Reads `body`, which starts at byte `offset` of the source.
pub(crate) fn scan(body: &str, offset: usize, rules: &Rules<'_>) -> Scanned {
    let mut scan =
        Scan { body, offset, rules, found: Scanned::default(), frames: Vec::new(), leaf: Leaf::None, boxes: 0 };
    let mut start = 0;
    for line in body.split_inclusive('\n') {
        scan.line(line, start);
        start += line.len();
    }
    scan.found
}

/// A block that holds blocks.
#[derive(Clone, Copy, Debug)]
enum Frame {
    Quote,
    /// A list item; `width`: columns from its parent's content to its own; `empty`: nothing in it yet.
    Item {
        width: usize,
        empty: bool,
    },
    /// A container; `indent`: columns from its parent's content to its colons.
    Box {
        index: usize,
        colons: usize,
        indent: usize,
    },
}

/// The block at the end of the open ones, if the next line may go on with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leaf {
    None,
    Paragraph,
    Indented,
    Fence { marker: u8, length: usize },
    Html(HtmlEnd),
}

struct Scan<'a, 'r> {
    body: &'a str,
    offset: usize,
    rules: &'r Rules<'r>,
    found: Scanned,
    frames: Vec<Frame>,
    leaf: Leaf,
    /// How many of the frames are containers.
    boxes: usize,
}

impl Scanned {
    /// Where in the source the line stands that the mark was made for.
    pub fn origin(&self, mark: usize) -> usize {
        match self.marks[mark] {
            (_, Mark::Open(index) | Mark::Title(index) | Mark::Close(index)) => self.containers[index].opener.start,
            (at, Mark::Toc) => self.rewritten.source_offset(at),
        }
    }
}

impl<'a> Scan<'a, '_> {
    /// Reads the line `whole` (with its line end), which starts at `start` of the body.
    fn line(&mut self, whole: &'a str, start: usize) {
        let mut line = Line::new(whole.strip_suffix('\n').unwrap_or(whole));
        let next = start + whole.len();
        let mut blank = line.is_blank();
        let mut matched = 0;
        // Looked at once for all containers that the line stands in directly.
        let mut closing = None;
        while let Some(&frame) = self.frames.get(matched) {
            match frame {
                Frame::Quote => {
                    let mut ahead = line;
                    if ahead.indent() > 3 {
                        break;
                    }
                    ahead.skip_indent();
                    if !ahead.rest().starts_with('>') {
                        break;
                    }
                    ahead.skip_bytes(1);
                    ahead.skip_columns(1);
                    line = ahead;
                    blank = line.is_blank();
                    closing = None;
                }
                Frame::Item { empty: true, .. } if blank => break,
                Frame::Item { .. } if blank => {}
                Frame::Item { width, .. } => {
                    let mut ahead = line;
                    if ahead.skip_columns(width) < width {
                        break;
                    }
                    line = ahead;
                    closing = None;
                }
                Frame::Box { index, colons, indent } => {
                    if closing
                        .get_or_insert_with(|| closing_colons(&line))
                        .is_some_and(|(count, at)| count >= colons && self.is_closing_indent(at, indent))
                        && !self.in_literal(matched, &line, next)
                    {
                        let end = start + line.text.trim_end().len();
                        let closer = self.source(end - line.rest().trim().len()..end);
                        self.close(matched, closer.start, End::WithOuter(closer.clone()));
                        self.found.containers[index].end = End::Closed;
                        return;
                    }
                    if self.rules.exact_indent && !blank && line.indent() < indent {
                        let here = self.offset + start;
                        self.close(matched, here, End::WithParent(here));
                        break;
                    }
                }
            }
            matched += 1;
        }
        // A paragraph in a container cannot go on behind it, not even lazily.
        if let Some(ended) = (matched..self.frames.len()).find(|&at| matches!(self.frames[at], Frame::Box { .. })) {
            let here = self.offset + start;
            self.close(ended, here, End::WithParent(here));
            self.frames.truncate(matched);
        }
        let all_matched = matched == self.frames.len();
        if all_matched && self.continues_leaf(&line) {
            return self.copy(whole, start);
        }
        self.starts(line, whole, start, matched);
    }

    /// Whether the line, all of whose parents go on, belongs to the leaf that is open; ends the leaf if it is its last line.
    fn continues_leaf(&mut self, line: &Line<'_>) -> bool {
        match self.leaf {
            Leaf::Fence { marker, length } => {
                let mut ahead = *line;
                ahead.skip_indent();
                if line.indent() < 4 && starts::closes_fence(ahead.rest(), marker, length) {
                    self.leaf = Leaf::None;
                }
                true
            }
            Leaf::Html(HtmlEnd::Contains(end)) => {
                if contains(line.rest(), end) {
                    self.leaf = Leaf::None;
                }
                true
            }
            Leaf::Html(HtmlEnd::Blank) => {
                if line.is_blank() {
                    self.leaf = Leaf::None;
                }
                true
            }
            Leaf::Indented => line.is_blank() || line.indent() >= 4,
            Leaf::None | Leaf::Paragraph => false,
        }
    }

    /// Opens the blocks that begin on the line, after the first `matched` frames.
    fn starts(&mut self, mut line: Line<'a>, whole: &'a str, start: usize, matched: usize) {
        // A paragraph may go on without the marks of the blocks around it; anything that begins a block ends them.
        let mut lazy = matched < self.frames.len();
        let mut paragraph = self.leaf == Leaf::Paragraph;
        loop {
            if line.is_blank() {
                self.end_frames(matched, lazy, start);
                self.leaf = Leaf::None;
                return self.copy(whole, start);
            }
            let indent = line.indent();
            if indent >= 4 && paragraph {
                break;
            }
            let mut ahead = line;
            ahead.skip_indent();
            let rest = ahead.rest();
            let leaf = if indent >= 4 {
                Some(Leaf::Indented)
            } else if self.opens_box(rest) && !self.is_text(start + ahead.at) {
                self.end_frames(matched, lazy, start);
                return self.open(&ahead, start, indent);
            } else if self.rules.toc_block && is_toc(rest) && !self.is_text(start + ahead.at) {
                self.end_frames(matched, lazy, start);
                return self.mark_line(&whole[..ahead.at], start, ahead.at, Mark::Toc);
            } else if rest.starts_with('>') {
                self.end_frames(matched, lazy, start);
                ahead.skip_bytes(1);
                ahead.skip_columns(1);
                self.frames.push(Frame::Quote);
                None
            } else if starts::is_heading(rest) || paragraph && !lazy && starts::is_setext_underline(rest) {
                Some(Leaf::None)
            } else if let Some((marker, length)) = starts::fence(rest) {
                Some(Leaf::Fence { marker, length })
            } else if let Some(end) = starts::html_block(rest, paragraph) {
                let ended = matches!(end, HtmlEnd::Contains(end) if contains(rest.get(2..).unwrap_or(""), end));
                Some(if ended { Leaf::None } else { Leaf::Html(end) })
            } else if starts::is_thematic_break(rest) {
                Some(Leaf::None)
            } else if starts::list_item(&mut ahead, paragraph && !lazy) {
                self.end_frames(matched, lazy, start);
                self.frames.push(Frame::Item { width: ahead.column - line.column, empty: ahead.is_blank() });
                None
            } else {
                break;
            };
            if let Some(leaf) = leaf {
                self.end_frames(matched, lazy, start);
                self.fill_items();
                self.leaf = leaf;
                return self.copy(whole, start);
            }
            (line, lazy, paragraph) = (ahead, false, false);
            self.leaf = Leaf::None;
        }
        if !(lazy && paragraph) {
            self.end_frames(matched, lazy, start);
        }
        self.fill_items();
        self.leaf = Leaf::Paragraph;
        self.note_stray(&line, start);
        self.copy(whole, start);
    }

    /// Ends the frames that the line did not go on with.
    fn end_frames(&mut self, matched: usize, lazy: bool, start: usize) {
        if lazy {
            let here = self.offset + start;
            self.drop_frames(matched, &End::WithParent(here));
            self.leaf = Leaf::None;
        }
    }

    /// Drops all frames from `first` on; containers among them ended so.
    fn drop_frames(&mut self, first: usize, end: &End) {
        for frame in self.frames.drain(first..) {
            if let Frame::Box { index, .. } = frame {
                self.found.containers[index].end = end.clone();
                self.boxes -= 1;
            }
        }
    }

    /// The list items that are open have something in them now.
    fn fill_items(&mut self) {
        for frame in self.frames.iter_mut().rev() {
            match frame {
                Frame::Item { empty, .. } if *empty => *empty = false,
                _ => break,
            }
        }
    }

    /// Whether a closing line that is indented so far can close a container that is indented as its opener says.
    fn is_closing_indent(&self, indent: usize, opener_indent: usize) -> bool {
        if self.rules.exact_indent { indent == opener_indent } else { indent < 4 }
    }

    /// Whether the line, which would close the container at `frame`, stands in a fence or HTML block that has its own end further on:
    /// the author meant it as text there. (The real parsers cut the fence in two.)
    fn in_literal(&self, frame: usize, line: &Line<'_>, next: usize) -> bool {
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
    fn close(&mut self, frame: usize, source: usize, end: End) {
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
    fn open(&mut self, line: &Line<'a>, start: usize, indent: usize) {
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
            self.found.rewritten.copy(title, source);
            self.found.rewritten.insert(" #\n", source + title.len());
        }
    }

    /// Writes a marked line in place of one: `before` is kept, the marker stands for what is at byte `at` of the line.
    fn mark_line(&mut self, before: &str, start: usize, at: usize, mark: Mark) {
        self.fill_items();
        self.leaf = Leaf::None;
        self.found.rewritten.copy(before, self.offset + start);
        self.found.marks.push((self.found.rewritten.text.len(), mark));
        self.found.rewritten.insert("___\n", self.offset + start + at);
    }

    /// Whether a container begins here.
    fn opens_box(&self, rest: &str) -> bool {
        self.boxes < MAX_CONTAINERS && opener_kind(rest).is_some_and(|kind| (self.rules.is_kind)(kind))
    }

    fn is_text(&self, at: usize) -> bool {
        (self.rules.is_text)(self.offset + at)
    }

    /// What a line must begin with to stand in the first `count` frames.
    fn prefix(&self, count: usize) -> String {
        let mut prefix = String::new();
        for frame in &self.frames[..count] {
            match frame {
                Frame::Quote => prefix.push_str("> "),
                Frame::Item { width, .. } => prefix.extend(std::iter::repeat_n(' ', *width)),
                Frame::Box { .. } => {}
            }
        }
        prefix
    }

    /// Notes a line of text that looks like a container's.
    fn note_stray(&mut self, line: &Line<'_>, start: usize) {
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

    fn copy(&mut self, whole: &str, start: usize) {
        self.found.rewritten.copy(whole, self.offset + start);
    }

    /// A range of the body as a range of the source.
    fn source(&self, range: Range<usize>) -> Range<usize> {
        self.offset + range.start..self.offset + range.end
    }
}

/// The colons of a line that has nothing else, and its indentation.
fn closing_colons(line: &Line<'_>) -> Option<(usize, usize)> {
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

/// Whether the first word of the line is `[[toc]]`, in any case.
fn is_toc(rest: &str) -> bool {
    rest.split(' ').next().is_some_and(|word| word.trim_end().eq_ignore_ascii_case("[[toc]]"))
}

/// Whether `text` contains `end`, in any case.
fn contains(text: &str, end: &str) -> bool {
    text.as_bytes().windows(end.len()).any(|window| window.eq_ignore_ascii_case(end.as_bytes()))
}

#[cfg(test)]
mod tests;
