//! What the Markdown parser would read otherwise than the authors' own parser did: it is masked before it is parsed, and every
//! event shows it as it was typed again.
//!
//! Four things are masked: the names of Vue's attributes (`@click`, `#title`), which no tag of HTML may have; in Chinese,
//! Japanese and Korean, where words have no spaces around them, the marks of emphasis get a neighbour that lets them be marks; `|` in
//! code, which does not end the cell of a table in VuePress 1; and the size of an image, `![](a.png =200x100)`, which becomes its
//! title. A mask says what it stands for, wherever it is found. A page that has such characters itself is not masked.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag};

use crate::config::{Conventions, MarkdownConfig};

/// Stands for nothing, and is punctuation.
const NOTHING: char = '\u{10a50}';
/// Stands for `|`.
const PIPE: char = '\u{10a51}';
/// With the quotation mark beside it, stands for nothing: a title begins or ends where the author wrote none.
const SIZE: char = '\u{10a52}';
/// With the quotation mark behind it, stands for one and a space: the author's title ends here.
const AFTER_TITLE: char = '\u{10a53}';
/// What the bytes of all these begin with.
const MARKS: &str = "\u{10a50}";
const MARK_START: &[u8] = &[0xf0, 0x90, 0xa9];

/// Begins what stands for a character in the name of an attribute: its code in two digits and `-` follow.
const NAME: &str = ":-m-";

/// What is masked on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Masks {
    vue: bool,
    cjk: bool,
    pipes: bool,
    sizes: bool,
}

/// A tag that goes on in the next line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tagged {
    /// None does.
    #[default]
    No,
    /// Between two attributes.
    Between,
    /// In a value, up to this quotation mark.
    Value(u8),
}

/// A part of a line that is replaced.
pub(crate) type Mask = (Range<usize>, Cow<'static, str>);

impl Masks {
    /// What is masked in `text`, by these settings.
    pub fn of(text: &str, config: &MarkdownConfig) -> Masks {
        let has = |needle: &[u8]| memchr::memmem::find(text.as_bytes(), needle).is_some();
        if has(MARK_START) || has(NAME.as_bytes()) {
            return Masks::default();
        }
        let vuepress1 = config.conventions == Conventions::VuePress1;
        Masks {
            vue: (config.extended || !vuepress1)
                && has(b"<")
                && [" @", "\n@", "\t@", " #", ":["].iter().any(|start| has(start.as_bytes())),
            cjk: (config.extended || config.conventions == Conventions::VitePress2)
                && (has(b"*") || has(b"~"))
                && text.bytes().any(begins_cjk),
            pipes: vuepress1 && has(b"`") && has(b"|"),
            sizes: config.extended && has(b" ="),
        }
    }

    /// Whether nothing is masked.
    pub fn is_none(self) -> bool {
        self == Masks::default()
    }

    /// What is replaced in this part of a line, by place; `tagged` says what the line before left open.
    pub fn find(self, line: &str, tagged: &mut Tagged) -> Vec<Mask> {
        let mut found = Vec::new();
        if self.vue {
            names(line, tagged, &mut found);
        }
        if self.cjk && !line.is_ascii() {
            emphasis(line, &mut found);
        }
        if self.pipes {
            pipes(line, &mut found);
        }
        if self.sizes {
            sizes(line, &mut found);
        }
        found.sort_by_key(|(range, _)| (range.start, range.end));
        // Where two overlap the first wins.
        let mut end = 0;
        found.retain(|(range, _)| {
            let is_apart = range.start >= end;
            end = if is_apart { range.end } else { end };
            is_apart
        });
        found
    }

    /// The line as the parser will see it.
    pub fn masked<'l>(self, line: &'l str, mut tagged: Tagged) -> Cow<'l, str> {
        let found = if self.is_none() { Vec::new() } else { self.find(line, &mut tagged) };
        if found.is_empty() {
            return Cow::Borrowed(line);
        }
        let mut text = String::with_capacity(line.len() + 8 * found.len());
        let mut at = 0;
        for (range, mask) in found {
            text.push_str(&line[at..range.start]);
            text.push_str(&mask);
            at = range.end;
        }
        text.push_str(&line[at..]);
        Cow::Owned(text)
    }
}

/// The names of Vue's attributes in tags.
fn names(line: &str, tagged: &mut Tagged, found: &mut Vec<Mask>) {
    let bytes = line.as_bytes();
    let space = |at: usize| at + bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let mut at = 0;
    while at < bytes.len() {
        match *tagged {
            Tagged::No => {
                let Some(open) = memchr::memchr(b'<', &bytes[at..]) else { return };
                at += open + 1;
                if bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
                    let is_of_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b':');
                    at += bytes[at..].iter().take_while(is_of_name).count();
                    // `<a@b.org>` is an address.
                    let is_tag = bytes.get(at).is_none_or(|byte| byte.is_ascii_whitespace());
                    *tagged = if is_tag { Tagged::Between } else { Tagged::No };
                }
            }
            Tagged::Value(quote) => match memchr::memchr(quote, &bytes[at..]) {
                Some(length) => {
                    at += length + 1;
                    *tagged = Tagged::Between;
                }
                None => return,
            },
            Tagged::Between => {
                at = space(at);
                let Some(&byte) = bytes.get(at) else { return };
                if matches!(byte, b'/' | b'>') {
                    *tagged = if byte == b'>' { Tagged::No } else { Tagged::Between };
                    at += 1;
                    continue;
                }
                let is_of_name = |byte: &&u8| {
                    byte.is_ascii_alphanumeric()
                        || matches!(byte, b'@' | b'#' | b':' | b'.' | b'-' | b'_' | b'[' | b']' | b'$')
                };
                let end = at + bytes[at..].iter().take_while(is_of_name).count();
                let is_vue = matches!(byte, b'@' | b'#' | b':') && end > at + 1 || line[at..end].starts_with("v-");
                if end == at || !is_vue && !byte.is_ascii_alphabetic() && byte != b'_' {
                    *tagged = Tagged::No;
                    continue;
                }
                if is_vue {
                    let is_bad = |at: &usize| matches!(bytes[*at], b'@' | b'#' | b'[' | b']' | b'$');
                    let mask = |at| (at..at + 1, Cow::Owned(format!("{NAME}{:02x}-", bytes[at])));
                    found.extend((at..end).filter(is_bad).map(mask));
                }
                at = end;
                let equals = space(at);
                if bytes.get(equals) != Some(&b'=') {
                    continue;
                }
                at = space(equals + 1);
                match bytes.get(at) {
                    Some(&quote @ (b'"' | b'\'')) => {
                        at += 1;
                        *tagged = Tagged::Value(quote);
                    }
                    Some(_) => {
                        at +=
                            bytes[at..].iter().take_while(|byte| !byte.is_ascii_whitespace() && **byte != b'>').count()
                    }
                    None => {}
                }
            }
        }
    }
}

/// The marks of emphasis that stand between punctuation and a letter of a script without spaces.
fn emphasis(line: &str, found: &mut Vec<Mask>) {
    let bytes = line.as_bytes();
    let mut from = 0;
    while let Some(start) = memchr::memchr2(b'*', b'~', &bytes[from..]).map(|at| from + at) {
        let end = start + bytes[start..].iter().take_while(|byte| **byte == bytes[start]).count();
        from = end;
        let (before, after) = (line[..start].chars().next_back(), line[end..].chars().next());
        let (Some(before), Some(after)) = (before, after) else { continue };
        let is_letter = |c: char| !c.is_whitespace() && !is_punctuation(c);
        if is_punctuation(after) && is_letter(before) && (is_cjk(before) || is_cjk(after)) {
            found.push((start..start, Cow::Owned(NOTHING.to_string())));
        }
        if is_punctuation(before) && is_letter(after) && (is_cjk(before) || is_cjk(after)) {
            found.push((end..end, Cow::Owned(NOTHING.to_string())));
        }
    }
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c,
            '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}'
            | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
            | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{3030}' | '\u{30a0}' | '\u{30fb}'
            | '\u{fe30}'..='\u{fe52}' | '\u{fe54}'..='\u{fe61}'
            | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}

/// Whether a character of Chinese, Japanese or Korean may begin with this byte.
fn begins_cjk(byte: u8) -> bool {
    matches!(byte, 0xe3..=0xed | 0xef | 0xf0)
}

/// Whether it is of Chinese, Japanese or Korean, punctuation too.
fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{303f}' | '\u{3041}'..='\u{33ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}' | '\u{ff01}'..='\u{ffee}' | '\u{1b000}'..='\u{1b2ff}' | '\u{20000}'..='\u{3ffff}')
}

/// `|` between backticks on one line.
fn pipes(line: &str, found: &mut Vec<Mask>) {
    let bytes = line.as_bytes();
    let run = |at: usize| bytes[at..].iter().take_while(|byte| **byte == b'`').count();
    // How many backticks follow one another where: the ends of code are looked up in it.
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'`', &bytes[from..]).map(|at| from + at) {
        runs.push((at, run(at)));
        from = at + run(at);
    }
    let mut next = 0;
    while let Some(&(start, length)) = runs.get(next) {
        next += 1;
        if line[..start].ends_with('\\') {
            continue;
        }
        // Few runs stand on a line of a table.
        let Some(end) = (next..runs.len().min(next + 100)).find(|&other| runs[other].1 == length) else { continue };
        let inside = start + length..runs[end].0;
        let pipe = |at: usize| (inside.start + at..inside.start + at + 1, Cow::Owned(PIPE.to_string()));
        let bars = memchr::memchr_iter(b'|', &bytes[inside.clone()]);
        found.extend(bars.filter(|&at| at == 0 || bytes[inside.start + at - 1] != b'\\').map(pipe));
        next = end + 1;
    }
}

/// ` =200x100)` at the end of an image.
fn sizes(line: &str, found: &mut Vec<Mask>) {
    let Some(first) = line.find("](") else { return };
    for (at, _) in line[first..].match_indices(" =").map(|(at, found)| (first + at, found)) {
        let size = at + 1;
        let digits = |from: usize| from + line[from..].bytes().take(6).take_while(u8::is_ascii_digit).count();
        let width = digits(size + 1);
        if !line[width..].starts_with(['x', 'X']) {
            continue;
        }
        let height = digits(width + 1);
        if !line[height..].starts_with(')') || height == size + 2 {
            continue;
        }
        match line[..at].ends_with('"') {
            true => found.push((at - 1..size, Cow::Owned(format!("{AFTER_TITLE}")))),
            false => found.push((size..size, Cow::Owned(format!("\"{SIZE}")))),
        }
        found.push((height..height, Cow::Owned(format!("{SIZE}\""))));
    }
}

/// A title as the author wrote it, and the size that was put into it: width and height, which may be empty.
pub(crate) fn title_and_size(title: &str) -> (&str, Option<(&str, &str)>) {
    let Some(before) = title.strip_suffix(SIZE) else { return (title, None) };
    let Some((title, size)) = before.rsplit_once([SIZE, AFTER_TITLE]) else { return (title, None) };
    match size.strip_prefix('=').and_then(|size| size.split_once(['x', 'X'])) {
        Some(size) => (title, Some(size)),
        None => (title, None),
    }
}

/// The parts of `masked`: what each stands for, and where it stands in it.
fn parts(masked: &str) -> Vec<(Cow<'_, str>, Range<usize>)> {
    let mut parts = Vec::new();
    let mut done = 0;
    let mut from = 0;
    let bytes = masked.as_bytes();
    while let Some(at) = memchr::memchr2(MARK_START[0], NAME.as_bytes()[0], &bytes[from..]).map(|at| from + at) {
        let rest = &masked[at..];
        let (range, what) = if rest.starts_with(NOTHING) {
            (at..at + MARKS.len(), String::new())
        } else if rest.starts_with(PIPE) {
            (at..at + MARKS.len(), "|".to_owned())
        } else if rest.starts_with(AFTER_TITLE) {
            (at..at + MARKS.len(), "\" ".to_owned())
        } else if rest.starts_with(SIZE) {
            match masked[..at].ends_with('"') && at > done {
                true => (at - 1..at + MARKS.len(), String::new()),
                false => (at..at + MARKS.len() + usize::from(rest[MARKS.len()..].starts_with('"')), String::new()),
            }
        } else if let Some(code) = rest.strip_prefix(NAME).and_then(|rest| rest.get(..2))
            && let Ok(byte) = u8::from_str_radix(code, 16)
        {
            (at..at + NAME.len() + "40-".len(), char::from(byte).to_string())
        } else {
            from = at + 1;
            while !masked.is_char_boundary(from) {
                from += 1;
            }
            continue;
        };
        if done < range.start {
            parts.push((Cow::Borrowed(&masked[done..range.start]), done..range.start));
        }
        (done, from) = (range.end, range.end);
        if !what.is_empty() {
            parts.push((Cow::Owned(what), range));
        }
    }
    if done < masked.len() {
        parts.push((Cow::Borrowed(&masked[done..]), done..masked.len()));
    }
    parts
}

/// `masked` as it was typed.
pub(crate) fn unmasked(masked: &str) -> Cow<'_, str> {
    let has = |needle: &[u8]| memchr::memmem::find(masked.as_bytes(), needle).is_some();
    match has(MARK_START) || has(NAME.as_bytes()) {
        true => Cow::Owned(parts(masked).into_iter().map(|(text, _)| text).collect()),
        false => Cow::Borrowed(masked),
    }
}

/// `masked`, which stands at `source`, as it was typed, and where its parts begin in it and in the masked text.
pub(crate) fn unmasked_parts(masked: &str, source: usize) -> (String, Vec<(usize, usize)>) {
    let mut text = String::with_capacity(masked.len());
    let mut places = Vec::new();
    for (part, range) in parts(masked) {
        places.push((text.len(), source + range.start));
        text.push_str(&part);
    }
    (text, places)
}

/// The event, or the events that it is made of, as the author typed them. Tags of HTML stay masked.
pub(crate) fn unmask<'e>((event, range): (Event<'e>, Range<usize>)) -> Vec<(Event<'e>, Range<usize>)> {
    let one = |event| vec![(event, range.clone())];
    let text = |text: CowStr<'e>| match unmasked(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(typed) => typed.into(),
    };
    let split = |text: CowStr<'e>, make: fn(CowStr<'e>) -> Event<'e>| match unmasked(&text) {
        // A text of another length than its source holds no mask: it is an entity.
        Cow::Owned(_) if text.len() == range.len() => parts(&text)
            .into_iter()
            .map(|(part, at)| (make(part.into_owned().into()), range.start + at.start..range.start + at.end))
            .collect(),
        Cow::Owned(typed) => vec![(make(typed.into()), range.clone())],
        Cow::Borrowed(_) => vec![(make(text), range.clone())],
    };
    match event {
        Event::Text(plain) => split(plain, Event::Text),
        Event::Html(html) => split(html, Event::Html),
        Event::Code(code) => one(Event::Code(text(code))),
        Event::InlineMath(math) => one(Event::InlineMath(text(math))),
        Event::DisplayMath(math) => one(Event::DisplayMath(text(math))),
        Event::FootnoteReference(label) => one(Event::FootnoteReference(text(label))),
        Event::Start(Tag::FootnoteDefinition(label)) => one(Event::Start(Tag::FootnoteDefinition(text(label)))),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            one(Event::Start(Tag::Link { link_type, dest_url: text(dest_url), title: text(title), id: text(id) }))
        }
        // The title may hold a size.
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            one(Event::Start(Tag::Image { link_type, dest_url: text(dest_url), title, id: text(id) }))
        }
        event => one(event),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Masks = Masks { vue: true, cjk: true, pipes: true, sizes: true };

    /// The line with what stands for something in a form that can be read, and as it is typed again.
    fn check(line: &str, want: &str) {
        let masked = ALL.masked(line, Tagged::No);
        let shown = masked.replace(NOTHING, "•").replace(PIPE, "¦").replace(SIZE, "‹").replace(AFTER_TITLE, "›");
        assert_eq!(shown, want, "{line}");
        assert_eq!(unmasked(&masked), line);
        let (typed, places) = unmasked_parts(&masked, 0);
        assert_eq!(typed, line);
        assert!(places.iter().all(|(_, place)| masked.is_char_boundary(*place)), "{line}");
    }

    #[test]
    fn lines() {
        for (line, want) in [
            ("a @b <c d", "a @b <c d"),
            ("<a @click.prevent=\"x > @y\" :href='#z'>@t", "<a :-m-40-click.prevent=\"x > @y\" :href='#z'>@t"),
            ("<t #title v-slot:[x]=\"y\"/> #a", "<t :-m-23-title v-slot::-m-5b-x:-m-5d-=\"y\"/> #a"),
            ("a < @b", "a < @b"),
            ("<a@b.org> <https://c.org/ @d>", "<a@b.org> <https://c.org/ @d>"),
            ("<b ,@c>", "<b ,@c>"),
            ("**注意：**文字", "**注意：**•文字"),
            ("文字**「注意」**文字", "文字•**「注意」**•文字"),
            ("文字**(x)**文字", "文字•**(x)**•文字"),
            ("**été :** mot **« a »**b", "**été :** mot **« a »**b"),
            ("**文字** ~~字。~~字", "**文字** ~~字。~~•字"),
            ("x `a|b` | ``c|`|`` \\`d|e` `f\\|g`", "x `a¦b` | ``c¦`¦`` \\`d|e` `f\\|g`"),
            ("![a](b.png =20x10)", "![a](b.png \"‹=20x10‹\")"),
            ("![a](b.png \"t\" =20x)", "![a](b.png \"t›=20x‹\")"),
            ("![a](b.png =x10) a = b (a =1x)", "![a](b.png \"‹=x10‹\") a = b (a \"‹=1x‹\")"),
            ("![a](b.png =x)", "![a](b.png =x)"),
        ] {
            check(line, want);
        }
    }

    #[test]
    fn a_tag_goes_on_in_the_next_line() {
        let mut tagged = Tagged::No;
        for (line, masks, after) in [
            ("text <a", 0, Tagged::Between),
            ("@click=\"x", 1, Tagged::Value(b'"')),
            ("@y\" #z", 1, Tagged::Between),
            ("> @a", 0, Tagged::No),
        ] {
            assert_eq!(ALL.find(line, &mut tagged).len(), masks, "{line}");
            assert_eq!(tagged, after, "{line}");
        }
    }

    #[test]
    fn titles() {
        for (line, want) in [
            ("![a](b \"t\" =20x10)", ("t", Some(("20", "10")))),
            ("![a](b =20x)", ("", Some(("20", "")))),
            ("![a](b \"t\")", ("t", None)),
        ] {
            let masked = ALL.masked(line, Tagged::No).into_owned();
            let title = masked.split_once('"').and_then(|(_, title)| title.rsplit_once('"')).expect("a title").0;
            assert_eq!(title_and_size(title), want, "{line}");
        }
    }

    #[test]
    fn a_page_with_such_characters_is_not_masked() {
        let config = MarkdownConfig::default();
        assert!(!Masks::of("<a @b>", &config).is_none());
        for text in ["<a @b> \u{10a51}", "<a @b> :-m-", "<a b>", "# a < b"] {
            assert!(Masks::of(text, &config).is_none(), "{text}");
        }
    }
}
