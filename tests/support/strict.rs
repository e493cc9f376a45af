//! What holds of any page, whatever HTML its author typed: messages point at places, no two elements have one id, and a browser reads
//! its HTML as it is written.

#![allow(dead_code, reason = "each test uses its part of it")]

use std::collections::BTreeSet;
use std::ops::Range;

use pressoir::base::SourcePath;
use pressoir::config::{Conventions, MarkdownConfig, Typography};
use pressoir::page::{self, Page, Piece};
use scraper::{ElementRef, Html, Node};

pub const ALL: [Conventions; 4] =
    [Conventions::VuePress1, Conventions::VuePress2, Conventions::VitePress1, Conventions::VitePress2];

/// Elements without an end.
const VOID: [&str; 17] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "hr", "img", "input", "keygen", "link", "meta",
    "param", "source", "track", "wbr",
];

/// Elements in which all is text; in the first two, with entities.
const RAW: [&str; 9] = ["textarea", "title", "iframe", "noembed", "noframes", "noscript", "script", "style", "xmp"];

/// Checks the page that comes of this Markdown under all conventions; what is wrong is told.
pub fn check(markdown: &str) -> Result<(), String> {
    for conventions in ALL {
        for extended in [false, true] {
            // English has no typography of its own here.
            let typography = if extended { Typography::French } else { Typography::Off };
            let smart_punctuation = conventions == Conventions::VuePress1;
            let config =
                MarkdownConfig { conventions, extended, typography, smart_punctuation, ..MarkdownConfig::default() };
            let page = parsed(markdown, &config);
            let html = html(&page);
            let wrong = places(&page, markdown).or_else(|| repeated_id(&html)).or_else(|| repaired(&html));
            if let Some(wrong) = wrong {
                return Err(format!("{wrong}: {conventions:?}, extended: {extended}\n{markdown}\n---\n{html}"));
            }
        }
    }
    Ok(())
}

pub fn parsed(markdown: &str, config: &MarkdownConfig) -> Page {
    let path = SourcePath::new("a.md").expect("a path");
    page::parse(&page::decode(path, markdown.as_bytes()), "a.md", config, &page::NoFiles)
}

/// The HTML of a page, its links without addresses.
pub fn html(page: &Page) -> String {
    let pieces = page.body.iter().map(|piece| match piece {
        Piece::Html(html) => html.to_string(),
        Piece::Code(n) => page.code[*n as usize].html(),
        _ => String::new(),
    });
    pieces.collect()
}

/// A message that points between two characters or past the end.
fn places(page: &Page, markdown: &str) -> Option<String> {
    let path = SourcePath::new("a.md").expect("a path");
    let text = page::decode(path, markdown.as_bytes()).text;
    let mut spans =
        page.diagnostics.iter().flat_map(|found| found.span.iter().chain(found.labels.iter().map(|label| &label.span)));
    let is_wrong = |range: Range<u32>| text.get(range.start as usize..range.end as usize).is_none();
    spans.find(|span| is_wrong(span.start..span.end)).map(|span| format!("{span:?} is no place"))
}

/// An id that two elements have.
fn repeated_id(html: &str) -> Option<String> {
    let tree = Html::parse_fragment(html);
    let mut met = BTreeSet::new();
    let ids = tree.root_element().descendent_elements().filter_map(|element| element.value().id());
    let repeated = ids.map(str::to_owned).find(|id| !met.insert(id.clone()));
    repeated.map(|id| format!("two elements have the id `{id}`"))
}

/// What a browser reads otherwise than it was written: an element that it ends or begins by itself, a text that it moves.
fn repaired(html: &str) -> Option<String> {
    let whole =
        format!("<!DOCTYPE html><html><head></head><body><main><article>{html}</article><p></p></main></body></html>");
    // The parser drops marks of the byte order wherever it begins to read anew.
    let whole = whole.replace('\u{feff}', "");
    let tree = Html::parse_document(&whole);
    let mut read = Vec::new();
    events(tree.root_element(), &mut read);
    let written = written(whole.strip_prefix("<!DOCTYPE html>").unwrap_or_default());
    let same = written.iter().zip(&read).take_while(|(written, read)| written == read).count();
    (same < written.len().max(read.len()))
        .then(|| format!("a browser repairs it: written {:?}, read {:?}", written.get(same), read.get(same)))
}

/// The tags and texts of a tree, in order.
fn events(root: ElementRef<'_>, events: &mut Vec<String>) {
    let mut text = String::new();
    let mut next = Some((*root, true));
    while let Some((node, opens)) = next {
        match node.value() {
            Node::Text(part) if opens => text.push_str(part),
            Node::Element(element) => {
                if !text.is_empty() {
                    events.push(std::mem::take(&mut text));
                }
                match opens {
                    true => events.push(format!("<{}>", element.name().to_ascii_lowercase())),
                    false if VOID.contains(&element.name()) && element.name.ns.ends_with("xhtml") => {}
                    false => events.push(format!("</{}>", element.name().to_ascii_lowercase())),
                }
            }
            _ => {}
        }
        next = match node.first_child().filter(|_| opens) {
            Some(child) => Some((child, true)),
            None if opens => Some((node, false)),
            None if node == *root => None,
            None => node.next_sibling().map(|sibling| (sibling, true)).or(node.parent().map(|parent| (parent, false))),
        };
    }
}

/// The tags and texts of HTML as they stand there.
fn written(html: &str) -> Vec<String> {
    let mut events: Vec<String> = Vec::new();
    // Comments stand between texts that are one.
    let mut text = String::new();
    // The element whose content comes next is all text.
    let mut raw: Option<String> = None;
    // The elements that are open, and whether in each stand those of drawings and formulas.
    let mut open: Vec<(String, bool)> = Vec::new();
    // Whether a start tag comes right before.
    let mut is_first = false;
    let mut rest = html;
    while !rest.is_empty() {
        let end = match &raw {
            Some(name) => end_of_raw(rest, name),
            None => rest.find('<'),
        };
        let (before, tag) = rest.split_at(end.unwrap_or(rest.len()));
        let has_entities = raw.take().is_none_or(|name| matches!(name.as_str(), "textarea" | "title"));
        let first_line = events
            .last()
            .filter(|_| std::mem::take(&mut is_first))
            .is_some_and(|tag| matches!(tag.as_str(), "<pre>" | "<listing>" | "<textarea>"));
        // A line end right behind these is none of their text.
        let before = before.strip_prefix('\n').filter(|_| first_line).unwrap_or(before);
        text.push_str(&if has_entities { decoded(before) } else { before.to_owned() });
        if tag.starts_with("<!--") {
            let end =
                [("-->", 3), ("--!>", 4)].iter().filter_map(|(end, length)| Some(tag[4..].find(end)? + 4 + length));
            let shortest = ["<!-->", "<!--->"].iter().find(|short| tag.starts_with(**short)).map(|short| short.len());
            rest = &tag[shortest.or(end.min()).unwrap_or(tag.len())..];
            continue;
        }
        if tag.is_empty() {
            break;
        }
        if !text.is_empty() {
            events.push(std::mem::take(&mut text));
        }
        let (tag, after) = tag.split_at(end_of_tag(tag));
        rest = after;
        let closes = tag.starts_with("</");
        let name: String = tag
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(|c| !c.is_whitespace() && !"/>".contains(*c))
            .collect();
        let name = name.to_ascii_lowercase();
        events.push(format!("<{}{name}>", if closes { "/" } else { "" }));
        let is_foreign = open.last().is_some_and(|(_, is_foreign)| *is_foreign);
        let is_whole = tag.ends_with("/>") && (is_foreign || matches!(name.as_str(), "svg" | "math"));
        if closes {
            open.pop_if(|(open, _)| *open == name);
        } else if is_whole {
            events.push(format!("</{name}>"));
        } else if is_foreign || !VOID.contains(&name.as_str()) {
            is_first = !is_foreign;
            raw = Some(name.clone()).filter(|name| !is_foreign && RAW.contains(&name.as_str()));
            let in_math =
                open.iter().rfind(|(name, _)| name == "svg" || name == "math").is_some_and(|(name, _)| name == "math");
            let holds_html = match in_math {
                true => matches!(name.as_str(), "mi" | "mo" | "mn" | "ms" | "mtext"),
                false => matches!(name.as_str(), "foreignobject" | "desc" | "title"),
            };
            let foreign = if is_foreign { !holds_html } else { matches!(name.as_str(), "svg" | "math") };
            open.push((name, foreign));
        }
    }
    if !text.is_empty() {
        events.push(text);
    }
    events
}

/// Where the end tag begins of an element that holds nothing but text.
fn end_of_raw(text: &str, name: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    let ends = lower.match_indices(&format!("</{name}")).map(|(at, _)| at).collect::<Vec<_>>();
    ends.into_iter()
        .find(|at| lower[at + name.len() + 2..].starts_with(|c: char| c.is_ascii_whitespace() || "/>".contains(c)))
}

/// One past the end of the tag, which may have a `>` in a value between quotation marks. The states are those of the standard's
/// tokenizer: an equals sign begins a value only behind the name of an attribute.
fn end_of_tag(tag: &str) -> usize {
    #[derive(Clone, Copy)]
    enum State {
        TagName,
        BeforeName,
        Name,
        AfterName,
        BeforeValue,
        Value,
        Quoted(char),
    }
    let mut state = State::TagName;
    for (at, char) in tag.char_indices() {
        let space = char.is_ascii_whitespace();
        state = match (state, char) {
            (State::Quoted(open), char) if open == char => State::BeforeName,
            (State::Quoted(_), _) => state,
            (_, '>') => return at + 1,
            (State::Value, _) => {
                if space {
                    State::BeforeName
                } else {
                    State::Value
                }
            }
            (State::BeforeValue, '"' | '\'') => State::Quoted(char),
            (State::BeforeValue, _) => {
                if space {
                    State::BeforeValue
                } else {
                    State::Value
                }
            }
            // The slash of an end tag stands before its name.
            (State::TagName, '/') if at == 1 => State::TagName,
            (State::TagName | State::BeforeName | State::Name | State::AfterName, '/') => State::BeforeName,
            (State::TagName, _) => {
                if space {
                    State::BeforeName
                } else {
                    State::TagName
                }
            }
            (State::Name | State::AfterName, '=') => State::BeforeValue,
            (State::Name | State::AfterName, _) if space => State::AfterName,
            (State::BeforeName, _) if space => State::BeforeName,
            (State::BeforeName | State::Name | State::AfterName, _) => State::Name,
        };
    }
    tag.len()
}

fn decoded(text: &str) -> String {
    match text.contains(['&', '\r', '\0']) {
        // The first character of a text may be a mark of the byte order, which is none of it.
        true => Html::parse_fragment(&format!("x{text}")).root_element().text().collect::<String>().split_off(1),
        false => text.to_owned(),
    }
}
