//! The HTML of a page, of whatever generator -> what it says.

use std::collections::BTreeMap;

use scraper::node::Element;
use scraper::{ElementRef, Html, Node, Selector};

use super::Link;
use super::address;

/// What a page says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// The title of its window.
    pub title: String,
    /// The first heading of the first rank, or else of any.
    pub heading: String,
    /// Where links can lead to, in order, each with the heading there.
    pub anchors: Vec<(String, Option<String>)>,
    /// Links and pictures, in order.
    pub links: Vec<Link>,
    /// The words of each block, in order.
    pub blocks: Vec<String>,
}

/// What a file is.
pub(super) enum Read {
    /// Something to read.
    Page(Page),
    /// The address of another page.
    Redirect(String),
}

/// Where generators put what the author wrote, the surest first: Pressoir, VuePress 2, its hope theme, VitePress, VuePress 1,
/// MkDocs, Docusaurus and Starlight, mdBook, and then what HTML has for it.
const CONTENT: &[&str] = &[
    "article.prose",
    "[vp-content]",
    ".theme-default-content",
    ".theme-hope-content",
    ".vp-doc",
    ".vt-doc",
    ".content__default",
    ".md-content__inner",
    ".theme-doc-markdown",
    ".sl-markdown-content",
    "#content main",
    "main article",
    "article",
    "main",
    "[role=main]",
];

/// What the frame puts between the author's words.
const FRAME_CLASSES: &[&str] = &[
    "line-numbers",
    "line-numbers-wrapper",
    "copy",
    "sr-only",
    "visually-hidden",
    "outbound",
    "external-link-icon",
    "external-link-icon-sr-only",
    "lang",
    "pre-blank",
    "page-edit",
    "page-nav",
    "page-meta",
];

/// Elements that show no words of the author. Formulas are left out because each generator draws them in its own way.
const SILENT: &[&str] =
    &["script", "style", "template", "noscript", "button", "svg", "math", "mjx-container", "select", "input", "dialog"];

/// Links from a heading to itself, by generator.
const HEADING_LINKS: &[&str] = &["header-anchor", "headerlink", "hash-link", "heading-anchor", "sl-anchor-link"];

/// Elements that stand within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
];

/// The links of a page that start at the root of its host.
pub(super) fn rooted(html: &Html) -> Vec<String> {
    let elements = html.tree.nodes().filter_map(|node| node.value().as_element());
    let hrefs = elements.filter_map(|element| element.attr("href").or_else(|| element.attr("src")));
    hrefs.filter(|href| href.starts_with('/')).map(str::to_owned).collect()
}

/// What the page at `address` says.
pub(super) fn read(html: &Html, address: &str, base: &str) -> Read {
    if let Some(to) = refresh(html) {
        return Read::Redirect(address::target(&to, address, base));
    }
    let mut reader = Reader { address, base, page: Page::default(), block: String::new(), in_code: false };
    reader.page.title = first(html, "title").map(|title| squash(&title.text().collect::<String>())).unwrap_or_default();
    let root = CONTENT.iter().find_map(|selector| first(html, selector)).or_else(|| first(html, "body"));
    if let Some(root) = root {
        reader.children(root);
        reader.end_block();
    }
    Read::Page(reader.page)
}

/// Where the page sends its reader without being asked, or at least those who have no scripts.
fn refresh(html: &Html) -> Option<String> {
    // What stands in `noscript` is text for a reader with scripts.
    let without_scripts =
        first(html, "head noscript").map(|element| Html::parse_fragment(&element.text().collect::<String>()));
    let meta = "meta[http-equiv=refresh i]";
    let meta = first(html, meta).or_else(|| first(without_scripts.as_ref()?, meta))?;
    let content = meta.value().attr("content")?;
    let at = content.to_ascii_lowercase().find("url=")?;
    Some(content[at + 4..].trim().trim_matches(['"', '\'']).to_owned())
}

fn first<'a>(html: &'a Html, selector: &str) -> Option<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("a selector of ours");
    html.select(&selector).next()
}

/// Text with single spaces; those that do not break are spaces too.
pub(super) fn squash(text: &str) -> String {
    let is_space = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}');
    text.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

struct Reader<'a> {
    address: &'a str,
    base: &'a str,
    page: Page,
    /// The words of the block that is being read.
    block: String,
    in_code: bool,
}

impl Reader<'_> {
    fn children(&mut self, parent: ElementRef<'_>) {
        for child in parent.children() {
            match child.value() {
                Node::Text(text) => self.block.push_str(text),
                Node::Element(_) => {
                    if let Some(element) = ElementRef::wrap(child) {
                        self.element(element);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>) {
        let value = element.value();
        let name = value.name();
        if is_frame(value) || is_heading_link(element) {
            return;
        }
        let rank =
            name.strip_prefix('h').and_then(|rank| rank.parse::<u8>().ok()).filter(|rank| (1..=6).contains(rank));
        let is_line = INLINE.contains(&name) || self.in_code && name == "div";
        let is_block = !is_line;
        if is_block {
            self.end_block();
        }
        let start = self.block.len();
        let anchor = value.attr("id").or_else(|| value.attr("name").filter(|_| name == "a"));
        let index = anchor.filter(|_| !is_tab(value)).map(|id| {
            self.page.anchors.push((address::decoded(id), None));
            self.page.anchors.len() - 1
        });
        let was_in_code = self.in_code;
        self.in_code |= name == "pre";
        self.children(element);
        self.in_code = was_in_code;
        match name {
            "a" => {
                if let Some(href) = value.attr("href") {
                    let text = squash(&self.block[start..]);
                    self.page.links.push(Link { text, target: address::target(href, self.address, self.base) });
                }
            }
            "img" => self.page.links.push(Link {
                text: squash(value.attr("alt").unwrap_or_default()),
                target: picture(value.attr("src").unwrap_or_default()),
            }),
            "br" => self.block.push(' '),
            _ => {}
        }
        if let Some(rank) = rank {
            let text = squash(&self.block[start..]);
            if rank == 1 && self.page.heading.is_empty() {
                self.page.heading.clone_from(&text);
            }
            if let Some(index) = index {
                self.page.anchors[index].1 = Some(text);
            }
        }
        if is_block {
            self.end_block();
        }
    }

    fn end_block(&mut self) {
        let text = squash(&std::mem::take(&mut self.block));
        if !text.is_empty() {
            self.page.blocks.push(text);
        }
    }
}

/// A picture by its name, without what a generator adds to it: `logo.3f2a91bc.png` is `logo.png`.
fn picture(src: &str) -> String {
    if src.starts_with("data:") {
        return "data:".to_owned();
    }
    let name = address::decoded(src.split(['?', '#']).next().unwrap_or_default());
    let name = name.rsplit('/').next().unwrap_or_default();
    let Some((stem, extension)) = name.rsplit_once('.') else { return name.to_owned() };
    let cut = stem.rfind(['.', '_', '-']).filter(|&at| is_hash(&stem[at + 1..]));
    format!("{}.{extension}", &stem[..cut.unwrap_or(stem.len())])
}

/// Whether a part of a name looks like a hash of eight letters, and not like a word.
fn is_hash(text: &str) -> bool {
    text.len() == 8
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && text.chars().any(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
}

/// Whether an element is part of the frame, or shows nothing.
fn is_frame(element: &Element) -> bool {
    let is_hidden = element.attr("hidden").is_some() || element.attr("data-chrome").is_some();
    SILENT.contains(&element.name())
        || is_hidden && element.attr("role") != Some("tabpanel")
        || element.classes().any(|class| FRAME_CLASSES.contains(&class))
}

/// Whether an element is a link of a heading to itself. One that holds the heading's words is not.
fn is_heading_link(element: ElementRef<'_>) -> bool {
    element.value().classes().any(|class| HEADING_LINKS.contains(&class))
        && matches!(squash(&element.text().collect::<String>()).as_str(), "" | "#" | "¶" | "§" | "🔗")
}

/// Whether an id is one that a set of tabs needs for itself.
fn is_tab(element: &Element) -> bool {
    matches!(element.attr("role"), Some("tab" | "tabpanel" | "tablist"))
}

/// How often each value stands there.
pub(super) fn counts<T: Ord + Clone>(values: &[T]) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for value in values {
        *counts.entry(value.clone()).or_default() += 1;
    }
    counts
}
