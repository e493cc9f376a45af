//! What holds of the HTML of any page: what a page's Markdown makes is read by a browser as it was written.

use std::collections::BTreeSet;
use std::ops::Range;

use pressoir::base::SourcePath;
use pressoir::config::{Conventions, MarkdownConfig, Typography};
use pressoir::page::{self, Page, Piece};
use scraper::{ElementRef, Html, Node};

pub const ALL: [Conventions; 4] =
    [Conventions::VuePress1, Conventions::VuePress2, Conventions::VitePress1, Conventions::VitePress2];

/// Elements without an end.
const VOID: [&str; 4] = ["hr", "br", "img", "input"];

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
            // What the author typed as HTML goes out as it came.
            let ours = || if has_raw_html(markdown) { None } else { repeated_id(&html).or_else(|| repaired(&html)) };
            let wrong = places(&page, markdown).or_else(ours);
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

fn has_raw_html(markdown: &str) -> bool {
    markdown.contains('<')
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
                    true => events.push(format!("<{}>", element.name())),
                    false if VOID.contains(&element.name()) => {}
                    false => events.push(format!("</{}>", element.name())),
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
    let mut events = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let (text, tag) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        if !text.is_empty() {
            let text = text
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#13;", "\r")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
            events.push(text);
        }
        // Quotes in attributes are escaped, and `>` is, too.
        let (tag, after) = tag.split_at(tag.find('>').map_or(tag.len(), |end| end + 1));
        let name = tag.find(|char: char| char.is_whitespace() || char == '>').unwrap_or(tag.len());
        if !tag.is_empty() {
            events.push(format!("{}>", &tag[..name]));
        }
        rest = after;
    }
    events
}
