//! What was masked, as it was typed.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag};

use super::{AFTER_TITLE, MARK_START, MARKS, NAME, NOTHING, PIPE, SIZE};

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
