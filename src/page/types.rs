//! What a page is: its source, what others may know of it, and its HTML with holes.

use std::ops::Range;
use std::sync::Arc;

use serde_yaml::Mapping;

use super::code::CodeBlock;
use super::components::{ComponentTag, ValueHole};
use super::ignores::Ignore;
use super::library::Reads;
use super::resolved::Markdown;
use crate::base::{Hash, SourcePath, Span};
use crate::diag::Diagnostic;
use crate::diag::codes::Level;

/// The text of a Markdown file: UTF-8, line ends `\n`, no BOM, no NUL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where it lies.
    pub path: SourcePath,
    /// Its text. Offsets in [`crate::base::Span`] count bytes of it.
    pub text: Arc<str>,
    /// The hash of the file's bytes.
    pub hash: Hash,
    /// What had to be mended to read it.
    pub diagnostics: Vec<Diagnostic>,
    /// What it was made of, if it is no file.
    pub made: Option<Arc<Made>>,
}

/// How a page came about that is made of a file for many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The file.
    pub template: SourcePath,
    /// Whether the file is a page of another language, shown where a translation is missing.
    pub stands_in: bool,
    /// What the page may show as `$params`.
    pub params: serde_yaml::Mapping,
    /// Where text was put in: at which byte, in place of how many bytes, and how many it has.
    pub inserted: Option<(u32, u32, u32)>,
}

/// The front matter of a page, as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    /// The keys and values, in the order written.
    pub values: Mapping,
    /// Where keys stand that the site may tell something about, in bytes of the page's file.
    pub places: Vec<(&'static str, Range<u32>)>,
}

/// A heading with an id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its id, unique in the page; empty if no id can be made of its text.
    pub id: Box<str>,
    /// Its text, without markup.
    pub text: Box<str>,
    /// Its text as inline HTML, without links: what an outline shows.
    pub html: Box<str>,
    /// Whether it stands in a quote, a list or a container.
    pub nested: bool,
}

/// What a reference is for: it decides how it is resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// A Markdown link.
    Link,
    /// A Markdown image.
    Image,
    /// An `href` in raw HTML, or a link in the front matter of a home page.
    HtmlLink,
    /// A `src` (`poster`, ...) in raw HTML, or a picture in the front matter of a home page.
    HtmlImage,
}

/// A reference to something else, as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// The target as written, entities and backslash escapes resolved, percent escapes not.
    pub target: Box<str>,
    /// What it is for.
    pub kind: LinkKind,
    /// The file in which it is written, if that is not the page's own but one that the page includes.
    pub written_in: Option<SourcePath>,
}

/// A list of the pages of a folder, `<Catalog />`, which the site fills in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Catalog {
    /// The index of its tag in [`Page::components`].
    pub component: u32,
    /// The address of the folder, as written; `None`: the folder of the page.
    pub base: Option<Box<str>>,
    /// How many levels of folders it shows, 1 to 3.
    pub levels: u8,
}

/// All that another page may know of a page. Its hash is the wall that stops the edit of a body from spreading.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// Where it lies in the project.
    pub path: SourcePath,
    /// The file that it is made of, if it is none itself.
    pub template: Option<SourcePath>,
    /// Whether that file is a page of another language, shown where a translation is missing.
    pub stands_in: bool,
    /// Its path below the content folder: `guide/start.md`.
    pub relative: Arc<str>,
    /// Its title, if it has one.
    pub title: Option<Box<str>>,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// Its links, in the order of the holes in its body; those of its front matter, which have none, come last.
    pub links: Vec<Link>,
    /// Ids and names in its raw HTML, sorted: anchors that links may lead to.
    pub anchors: Vec<Box<str>>,
    /// The lists of pages that it asks for.
    pub catalogs: Vec<Catalog>,
    /// Its former addresses, as its front matter lists them.
    pub aliases: Vec<Box<str>>,
    /// Its front matter.
    pub front_matter: Arc<FrontMatter>,
    /// The hash of all the above.
    pub hash: Hash,
}

impl Head {
    /// What is known of a page before it is read: where it lies, and its front matter.
    pub fn new(path: SourcePath, relative: &str, front_matter: FrontMatter, hash: Hash) -> Head {
        Head {
            path,
            template: None,
            stands_in: false,
            relative: relative.into(),
            title: None,
            headings: Vec::new(),
            links: Vec::new(),
            anchors: Vec::new(),
            catalogs: Vec::new(),
            aliases: Vec::new(),
            front_matter: Arc::new(front_matter),
            hash,
        }
    }
}

/// What the tag of a picture lacks, as its author wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PictureTag {
    /// The number of its address among the links of the page.
    pub link: u32,
    /// How wide and how high it is.
    pub sizes: bool,
    /// When it is fetched.
    pub loads: bool,
    /// When it is decoded.
    pub decodes: bool,
    /// Which smaller files there are of it.
    pub choices: bool,
    /// How wide its author has it shown, in pixels, if that is told.
    pub width: Option<u32>,
}

/// A number of pixels, as an attribute tells it.
pub(super) fn pixels(written: &str) -> Option<u32> {
    written.trim().trim_end_matches("px").parse().ok().filter(|pixels| *pixels > 0)
}

/// A part of a page's HTML.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    /// HTML as it is.
    Html(Box<str>),
    /// The address of link `n` of the page, HTML-escaped, to be put between the quotes of an attribute.
    Link(u32),
    /// What is added to the tag of link `n` once it is known where it leads: ` target="_blank" rel="noopener noreferrer"`
    /// for another site, nothing for this one.
    LinkAttributes(u32),
    /// Of these only where it opens: the author says the rest.
    LinkTarget(u32),
    /// What stands at the end of the text of a link of which the author says that it opens in a new window.
    NewWindowMark,
    /// What stands at the end of the text of link `n`: for another site, a text that says so to readers of screens.
    LinkMark(u32),
    /// What is added to the tag of a picture once it is known what it shows: its size, and when it is fetched.
    Picture(PictureTag),
    /// Code block `n` of the page.
    Code(u32),
    /// Component `n` of the page begins; what follows, up to its end, are its children.
    Component(u32),
    /// Component `n` ends. Components are well nested.
    ComponentEnd(u32),
    /// Value `n` of the page, as text.
    Value(u32),
}

/// The plain text below one heading, for search.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Section {
    /// The index of its heading in [`Head::headings`]; `None` before the first.
    pub heading: Option<u32>,
    /// Whether that heading stands where search is switched off: it is neither searched nor shown.
    pub unnamed: bool,
    /// Its text, blocks separated by a newline.
    pub text: Box<str>,
    /// The text of its code blocks.
    pub code: Box<str>,
}

/// A file that a page shows: an include, or code from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Where its path is written.
    pub span: Span,
    /// The file that was found.
    pub file: SourcePath,
    /// Whether lines of the file are named by their numbers, or all of it is shown as it is: nothing may be written above them.
    pub by_line: bool,
}

/// A parsed page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// What others may know of it.
    pub head: Arc<Head>,
    /// Its HTML, with holes where the site is needed.
    pub body: Vec<Piece>,
    /// Its code blocks, by hole.
    pub code: Vec<CodeBlock>,
    /// Its components, by hole.
    pub components: Vec<ComponentTag>,
    /// The values that only the site knows, by hole.
    pub values: Vec<ValueHole>,
    /// Its Markdown, for other programs.
    pub markdown: Markdown,
    /// Its text by section.
    pub sections: Vec<Section>,
    /// Where each link of [`Head::links`] stands.
    pub link_spans: Vec<Span>,
    /// Where each of [`Head::aliases`] stands.
    pub alias_spans: Vec<Span>,
    /// The hash of head and body: equal hashes render to equal HTML.
    pub hash: Hash,
    /// What it was made from besides its source.
    pub reads: Reads,
    /// The files that it shows.
    pub shown: Vec<Shown>,
    /// How much findings matter in its file, as its front matter says.
    pub checks: Vec<(&'static str, Level)>,
    /// Findings that are not to be told, as comments say.
    pub ignores: Vec<Ignore>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Page {
    /// A page that says nothing yet.
    pub fn new(head: Arc<Head>) -> Page {
        Page {
            head,
            body: Vec::new(),
            code: Vec::new(),
            components: Vec::new(),
            values: Vec::new(),
            markdown: Markdown::default(),
            sections: Vec::new(),
            link_spans: Vec::new(),
            alias_spans: Vec::new(),
            hash: Hash::default(),
            reads: Reads::default(),
            shown: Vec::new(),
            checks: Vec::new(),
            ignores: Vec::new(),
            diagnostics: Vec::new(),
        }
    }
}
