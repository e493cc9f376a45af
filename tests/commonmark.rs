//! The examples of CommonMark's specification through our pipeline. pulldown-cmark carries them, in `tests/suite/spec.rs` of
//! its package; that is where they are read from, so they are always those of the version that we build with.
//!
//! The layouts' conventions change what some Markdown means. Those examples are listed below, by number and reason.

#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    reason = "a test asks Cargo where the examples are, and reads them"
)]

use std::path::PathBuf;
use std::process::Command;

use percent_encoding::percent_decode_str;
use pressoir::base::SourcePath;
use pressoir::config::{Conventions, MarkdownConfig};
use pressoir::page::components::TagEnd;
use pressoir::page::{self, Piece};
use scraper::{ElementRef, Html, Node};

/// How many examples version 0.31.2 has.
const EXAMPLES: usize = 652;

/// Examples that come out otherwise, and why.
const EXCEPTIONS: &[(usize, &str)] = &[
    (98, "two lines of dashes at the start of a page are front matter"),
    (148, "an end tag of a paragraph that ended before leaves no empty one"),
    (156, "a tag that is cut off is text; it would take the page with it"),
    (157, "a tag that is cut off is text; it would take the page with it"),
    (158, "a tag that is cut off is text; it would take the page with it"),
    (170, "a script in a page is left out, as Vue does"),
    (178, "a script in a page is left out, as Vue does"),
    (187, "an element that is never closed ends with its paragraph; browsers would begin it again after it"),
    (191, "text outside the cells of a table stays where it is; browsers would show it before the table"),
    (344, "an element that is never closed ends with its paragraph; browsers would begin it again after it"),
    (476, "an element that is never closed ends with its paragraph; browsers would begin it again after it"),
    (477, "an element that is never closed ends with its paragraph; browsers would begin it again after it"),
    (494, "an element that is never closed ends with its paragraph; browsers would begin it again after it"),
    (613, "an element that is never closed ends with its paragraph; browsers would begin it again after it"),
    (614, "`<a/>` is an element of its own, as in Vue; to a browser it would be the start of one"),
    (615, "`<a/>` is an element of its own, as in Vue; to a browser it would be the start of one"),
    (616, "`<a/>` is an element of its own, as in Vue; to a browser it would be the start of one"),
    (629, "a CDATA section is one comment; browsers would show what follows the first `>` in it"),
    (630, "an element that is never closed ends with its paragraph; browsers would begin it again after it"),
    (631, "an element that is never closed ends with its paragraph; browsers would begin it again after it"),
    (642, "an element that is never closed ends with its paragraph; browsers would begin it again after it"),
    (643, "an element that is never closed ends with its paragraph; browsers would begin it again after it"),
];

struct Example {
    number: usize,
    markdown: String,
    html: String,
}

/// The file with the examples, in the package that Cargo built pulldown-cmark from.
fn suite() -> PathBuf {
    let run = |program: &str, arguments: &[&str]| {
        let output =
            Command::new(program).args(arguments).output().unwrap_or_else(|error| panic!("{program}: {error}"));
        assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let rustc = run("rustc", &["-vV"]);
    // Packages for other systems are not there, and must not be fetched.
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc tells its host");
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let arguments = ["--format-version", "1", "--offline", "--filter-platform", host, "--manifest-path", manifest];
    let metadata = run(env!("CARGO"), &[&["metadata"], &arguments[..]].concat());
    let metadata: serde_json::Value = serde_json::from_str(&metadata).expect("cargo metadata writes JSON");
    let packages = metadata["packages"].as_array().expect("packages are a list");
    let package = packages.iter().find(|package| package["name"] == "pulldown-cmark").expect("we depend on it");
    let manifest = PathBuf::from(package["manifest_path"].as_str().expect("a path"));
    manifest.with_file_name("tests").join("suite").join("spec.rs")
}

fn examples() -> Vec<Example> {
    let suite = suite();
    let source = std::fs::read_to_string(&suite).unwrap_or_else(|error| panic!("{}: {error}", suite.display()));
    let raw = |text: &str, start: &str| {
        let (_, text) = text.split_once(start)?;
        Some(text.split_once("\"##;")?.0.to_owned())
    };
    let tests = source.split("fn spec_test_").skip(1).map(|test| Example {
        number: test.split('(').next().and_then(|number| number.parse().ok()).expect("a numbered test"),
        markdown: raw(test, "let original = r##\"").expect("a raw string"),
        html: raw(test, "let expected = r##\"").expect("a raw string"),
    });
    tests.collect()
}

fn render(markdown: &str) -> String {
    let path = SourcePath::new("a.md").expect("a path inside the project");
    let config = MarkdownConfig { conventions: Conventions::VuePress2, extended: false, ..MarkdownConfig::default() };
    let page = page::parse(&page::decode(path, markdown.as_bytes()), "a.md", &config, &page::NoFiles);
    let mut html = String::new();
    for piece in &page.body {
        match piece {
            Piece::Html(part) => html.push_str(part),
            Piece::Link(number) => {
                let target = &page.head.links[*number as usize].target;
                html.push_str(&target.replace('&', "&amp;").replace('"', "&quot;"));
            }
            Piece::Code(number) => html.push_str(&page.code[*number as usize].html()),
            Piece::Component(n) => html.push_str(&page.components[*n as usize].written),
            Piece::ComponentEnd(n) => {
                let component = &page.components[*n as usize];
                if matches!(component.end, TagEnd::Closed | TagEnd::Crossed) {
                    html.push_str(&format!("</{}>", component.name));
                }
            }
            Piece::Value(n) => html.push_str(&page.values[*n as usize].written),
            Piece::LinkAttributes(_)
            | Piece::LinkTarget(_)
            | Piece::LinkMark(_)
            | Piece::NewWindowMark
            | Piece::Picture(_) => {}
        }
    }
    html
}

/// What an HTML says, whoever wrote it: tags, the attributes that readers notice, text. Frames around code, anchors of
/// headings and spans for colours are ours and left out.
fn canonical(html: &str) -> String {
    let mut out = String::new();
    write_children(Html::parse_fragment(html).root_element(), false, &mut out);
    out
}

fn write_children(element: ElementRef<'_>, in_code: bool, out: &mut String) {
    for child in element.children() {
        match child.value() {
            Node::Text(text) if in_code => out.push_str(text),
            Node::Text(text) => {
                // White space between blocks, and the way a line is broken, say nothing.
                for char in text.chars() {
                    match char {
                        '\n' | ' ' if out.ends_with(' ') || out.ends_with('>') => {}
                        '\n' => out.push(' '),
                        char => out.push(char),
                    }
                }
            }
            Node::Comment(comment) => out.push_str(&format!("<!--{}-->", &**comment)),
            Node::Element(_) => {
                if let Some(child) = ElementRef::wrap(child) {
                    write_element(child, in_code, out);
                }
            }
            _ => {}
        }
    }
}

fn write_element(element: ElementRef<'_>, in_code: bool, out: &mut String) {
    let name = element.value().name();
    let mut classes = element.value().classes();
    let ours = match name {
        "a" if classes.any(|class| class == "header-anchor") => return write_heading(element, out),
        "div" => classes.any(|class| class.starts_with("language-")),
        "span" => classes.any(|class| class.starts_with("t-")),
        _ => false,
    };
    if ours {
        return write_children(element, in_code, out);
    }
    let is_block = !matches!(name, "a" | "code" | "del" | "em" | "img" | "s" | "span" | "strong");
    if is_block {
        out.truncate(out.trim_end_matches(' ').len());
    }
    out.push_str(&format!("<{name}"));
    for attribute in ["href", "src", "alt", "title", "start"] {
        if let Some(value) = element.value().attr(attribute) {
            let decoded = percent_decode_str(value).decode_utf8_lossy();
            out.push_str(&format!(" {attribute}={decoded:?}"));
        }
    }
    out.push('>');
    write_children(element, in_code || name == "pre", out);
    if is_block && !in_code {
        out.truncate(out.trim_end_matches([' ', '\n']).len());
    }
    out.push_str(&format!("</{name}>"));
}

/// The anchor of a heading is left out; where it holds the heading, only its tag is.
fn write_heading(anchor: ElementRef<'_>, out: &mut String) {
    let text: String = anchor.text().collect();
    if !matches!(text.trim_matches(['\u{200b}', ' ']), "" | "#") {
        write_children(anchor, false, out);
    }
}

#[test]
fn the_examples_of_commonmark() {
    let examples = examples();
    assert_eq!(examples.len(), EXAMPLES);
    let mut wrong = String::new();
    for example in &examples {
        let (wanted, got) = (canonical(&example.html), canonical(&render(&example.markdown)));
        let excepted = EXCEPTIONS.iter().any(|&(number, _)| number == example.number);
        match (wanted == got, excepted) {
            (false, false) => {
                let Example { number, markdown, .. } = example;
                wrong.push_str(&format!("example {number}\n{markdown}  wanted {wanted}\n  got    {got}\n"));
            }
            (true, true) => {
                wrong.push_str(&format!("example {} comes out right: take it off the list\n", example.number))
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
