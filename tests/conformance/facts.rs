//! HTML, of whichever renderer -> what it says: one fact a line, in the order of the page.

use std::fmt::Write;

use percent_encoding::percent_decode_str;
use scraper::{ElementRef, Html, Node};

/// Kinds of containers, as class names say them.
const KINDS: &[&str] = &["tip", "warning", "danger", "caution", "details", "info", "note", "important"];

/// Classes of what a page shows around its content: anchors of headings, copy buttons, labels and numbers of code.
const CHROME: &[&str] =
    &["line-numbers-wrapper", "line-numbers", "lang", "copy", "highlight-lines", "code-block-title-bar"];

/// What is told of code blocks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// Language, highlighted lines, numbers, title and text.
    All,
    /// Their text: some vectors were made without the plug-in that renders code.
    Text,
}

/// The facts of a page that lies at `relative`, of a site that is published under `base`.
pub fn of(html: &str, relative: &str, base: &str, code: Code) -> String {
    let page = Html::parse_fragment(html);
    let mut facts = Facts { relative, base, code, lines: String::new(), text: String::new() };
    facts.children(page.root_element());
    facts.end_text();
    facts.lines
}

/// The ids of all headings that have one, those in raw HTML too.
pub fn heading_ids(html: &str) -> Vec<String> {
    let page = Html::parse_fragment(html);
    let is_heading =
        |element: &ElementRef<'_>| matches!(element.value().name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    let headings = page.root_element().descendent_elements().filter(is_heading);
    headings.filter_map(|heading| heading.value().attr("id").map(str::to_owned)).collect()
}

/// The text that a browser shows for `html`.
pub fn text_of(html: &str) -> String {
    Html::parse_fragment(html).root_element().text().collect()
}

struct Facts<'a> {
    relative: &'a str,
    base: &'a str,
    code: Code,
    lines: String,
    /// Text that was met and not yet written: without white space, so that its way of breaking lines does not count.
    text: String,
}

impl Facts<'_> {
    fn children(&mut self, element: ElementRef<'_>) {
        // What is in a template stands in a fragment of its own.
        let fragment = element.first_child().filter(|child| matches!(child.value(), Node::Fragment));
        for child in fragment.map_or_else(|| element.children(), |fragment| fragment.children()) {
            match child.value() {
                Node::Text(text) => self.text.extend(text.chars().filter(|char| !is_blank(*char))),
                Node::Element(_) => {
                    if let Some(child) = ElementRef::wrap(child) {
                        self.element(child);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>) {
        let name = element.value().name();
        let has = |class: &str| element.value().classes().any(|one| one == class);
        match name {
            "tabs" => self.tabs_of_vuepress2(element),
            "template" if slot(element).is_some() => self.titled("slot", slot(element).unwrap_or_default(), element),
            "script" | "style" | "template" | "button" | "outboundlink" => {}
            _ if CHROME.iter().any(|class| has(class)) || is_anchor(element) => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let text = squashed(&visible(element));
                let id = attribute(element, "id");
                self.line(&format!("heading {} #{id} {text}", &name[1..]));
            }
            "a" | "routerlink" | "routelink" | "router-link" if !has("header-anchor") => self.link(element),
            "img" => {
                let image = format!("image {} {}", self.target(&attribute(element, "src")), attribute(element, "alt"));
                self.line(image.trim_end());
            }
            "pre" => self.code(element),
            "input" => {
                self.line(if element.value().attr("checked").is_some() { "checkbox on" } else { "checkbox off" })
            }
            "hr" => self.line("rule"),
            "li" => self.block("item", element),
            "td" | "th" => self.block("cell", element),
            "blockquote" => self.block("quote", element),
            _ if has("vp-code-group") => self.tabs_of_vitepress(element),
            "code-block" | "codeblock" | "codegroupitem" => {
                self.titled("tab", element.value().attr("title").unwrap_or_default(), element);
            }
            _ if has("tab") => self.container("tab", element),
            _ if has("slot") => self.titled("slot", element.value().attr("data-slot").unwrap_or_default(), element),
            _ if has("table-of-contents") => self.contents(element),
            _ => match kind(element) {
                Some(kind) => self.container(kind, element),
                None => self.children(element),
            },
        }
    }

    fn line(&mut self, line: &str) {
        self.end_text();
        self.lines.push_str(line);
        self.lines.push('\n');
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            let _ = writeln!(self.lines, "text {text}");
        }
    }

    fn block(&mut self, name: &str, element: ElementRef<'_>) {
        self.line(&format!("{name} {{"));
        self.children(element);
        self.line("}");
    }

    fn link(&mut self, element: ElementRef<'_>) {
        let Some(href) = element.value().attr("href").or(element.value().attr("to")) else {
            return self.children(element);
        };
        let target = self.target(href);
        self.line(&format!("link {target} {{"));
        self.children(element);
        self.line("}");
    }

    /// A block with a title that stands elsewhere.
    fn titled(&mut self, name: &str, title: &str, element: ElementRef<'_>) {
        self.line(format!("{name} {title} {{").replace("  ", " ").as_str());
        self.children(element);
        self.line("}");
    }

    /// VitePress has the titles first, then the blocks.
    fn tabs_of_vitepress(&mut self, element: ElementRef<'_>) {
        let labels = element.descendent_elements().filter(|one| one.value().name() == "label");
        let blocks = element.child_elements().filter(|one| one.value().classes().any(|class| class == "blocks"));
        for (label, block) in labels.zip(blocks.flat_map(|blocks| blocks.child_elements())) {
            self.line(&format!("tab {} {{", squashed(&visible(label))));
            self.element(block);
            self.line("}");
        }
    }

    /// VuePress 2 has them in slots of a component.
    fn tabs_of_vuepress2(&mut self, element: ElementRef<'_>) {
        let templates = || element.child_elements().filter(|one| one.value().name() == "template");
        let slots =
            |start: &'static str| templates().filter(move |one| slot(*one).is_some_and(|name| name.starts_with(start)));
        for (title, tab) in slots("title").zip(slots("tab")) {
            let title = squashed(&title.text().collect::<String>());
            self.titled("tab", &title, tab);
        }
    }

    fn container(&mut self, kind: &str, element: ElementRef<'_>) {
        let is_title = |child: &ElementRef<'_>| {
            child.value().name() == "summary" || child.value().classes().any(|class| class.ends_with("-title"))
        };
        let title = element.child_elements().find(is_title);
        let text = title.map_or(String::new(), |title| squashed(&visible(title)));
        self.line(format!("{kind} {text} {{").replace("  ", " ").as_str());
        for child in element.children() {
            match ElementRef::wrap(child) {
                Some(child) if Some(child) == title => {}
                Some(child) => self.element(child),
                None => {
                    if let Node::Text(text) = child.value() {
                        self.text.extend(text.chars().filter(|char| !is_blank(*char)));
                    }
                }
            }
        }
        self.line("}");
    }

    fn contents(&mut self, element: ElementRef<'_>) {
        self.line("contents {");
        for link in element.descendent_elements() {
            if let Some(href) = link.value().attr("href").or(link.value().attr("to")) {
                let is_list = |parent: &ElementRef<'_>| matches!(parent.value().name(), "ul" | "ol");
                // Lists around the table of contents are no part of it.
                let inside = link.ancestors().take_while(|node| node.id() != element.id());
                let depth = inside.filter_map(ElementRef::wrap).filter(is_list).count();
                let (target, text) = (self.target(href), squashed(&visible(link)));
                self.line(&format!("{}{target} {text}", "  ".repeat(depth)));
            }
        }
        self.line("}");
    }

    fn code(&mut self, pre: ElementRef<'_>) {
        let around: Vec<ElementRef<'_>> = pre.ancestors().filter_map(ElementRef::wrap).take(2).collect();
        let wrapper = around
            .first()
            .copied()
            .filter(|wrapper| wrapper.value().classes().any(|class| class.starts_with("language-")));
        let fact = match self.code {
            Code::All => code_fact(&around, wrapper, pre),
            Code::Text => "code".to_owned(),
        };
        self.line(&fact);
        let text: String = pre.text().collect();
        for line in text.trim_end().lines() {
            let _ = writeln!(self.lines, "  | {}", line.trim_end());
        }
    }

    /// Where `href` leads, seen from the page, decoded.
    fn target(&self, href: &str) -> String {
        let decoded = percent_decode_str(href).decode_utf8_lossy();
        let scheme =
            decoded.split_once(':').is_some_and(|(scheme, _)| scheme.chars().all(|char| char.is_ascii_alphanumeric()));
        if scheme || decoded.starts_with("//") {
            return decoded.into_owned();
        }
        let (path, rest) = decoded.split_at(decoded.find(['?', '#']).unwrap_or(decoded.len()));
        if path.is_empty() {
            return rest.to_owned();
        }
        let url = pressoir::base::UrlPath::new(&format!("/{}", self.relative)).join(path);
        let url = url.as_str().strip_suffix("index.html").unwrap_or(url.as_str());
        // Some versions write the base into their links, others leave it to the router.
        let below_base = url.strip_prefix(self.base.trim_end_matches('/')).filter(|below| below.starts_with('/'));
        let url = below_base.unwrap_or(url);
        format!("{url}{}", if rest == "#" { "" } else { rest })
    }
}

/// What a block says of its code, besides the code.
fn code_fact(around: &[ElementRef<'_>], wrapper: Option<ElementRef<'_>>, pre: ElementRef<'_>) -> String {
    let mut fact = "code".to_owned();
    if let Some(wrapper) = wrapper {
        let classes = attribute(wrapper, "class");
        let after = classes.split_once("language-").map_or("", |(_, rest)| rest);
        let language = after.split([' ', ':', '{', '[']).next().unwrap_or_default().to_lowercase();
        if !matches!(&*language, "" | "text" | "txt" | "plain" | "plaintext") {
            let _ = write!(fact, " {language}");
        }
        let marked = marked_lines(wrapper, pre);
        if !marked.is_empty() {
            let _ = write!(fact, " marked {marked:?}");
        }
        if wrapper.value().classes().any(|class| class == "line-numbers-mode") {
            let _ = write!(fact, " numbered from {}", first_number(wrapper));
        }
    }
    let mut beside = around.iter().flat_map(|element| element.child_elements());
    if let Some(title) = beside.find_map(|child| child.value().attr("data-title")) {
        let _ = write!(fact, " titled {title}");
    }
    fact
}

/// The name of the slot that a template of Vue fills.
fn slot<'e>(element: ElementRef<'e>) -> Option<&'e str> {
    element.value().attrs().find_map(|(name, _)| name.strip_prefix('#'))
}

fn attribute(element: ElementRef<'_>, name: &str) -> String {
    element.value().attr(name).unwrap_or_default().to_owned()
}

/// Whether it is the `#` beside a heading. VuePress 2 puts the whole heading into it, which is no chrome.
fn is_anchor(element: ElementRef<'_>) -> bool {
    let text: String = element.text().collect();
    element.value().classes().any(|class| class == "header-anchor") && matches!(text.trim_matches(is_blank), "" | "#")
}

fn kind(element: ElementRef<'_>) -> Option<&'static str> {
    let classes = || element.value().classes();
    classes().find(|class| matches!(*class, "custom-block" | "hint-container" | "custom-container"))?;
    let kind = classes().find_map(|class| KINDS.iter().find(|kind| **kind == class))?;
    // VuePress 2 calls a danger a caution.
    Some(if *kind == "caution" { "danger" } else { kind })
}

/// The lines that are highlighted, from 1.
fn marked_lines(wrapper: ElementRef<'_>, pre: ElementRef<'_>) -> Vec<usize> {
    let has = |element: &ElementRef<'_>, class: &str| element.value().classes().any(|one| one == class);
    // VuePress 1 draws them behind the code: a `br` for each line that is not highlighted.
    let behind = wrapper.child_elements().find(|child| has(child, "highlight-lines"));
    let lines: Vec<ElementRef<'_>> = match behind {
        Some(behind) => behind.child_elements().collect(),
        None => pre.descendent_elements().filter(|element| has(element, "line")).collect(),
    };
    let numbered = lines.iter().enumerate();
    numbered.filter(|(_, line)| has(line, "highlighted")).map(|(index, _)| index + 1).collect()
}

/// The number of the first line: in a style, or as the text beside it.
fn first_number(wrapper: ElementRef<'_>) -> usize {
    let mut styles = wrapper.descendent_elements().chain([wrapper]).filter_map(|element| element.value().attr("style"));
    if let Some(before) = styles.find_map(|style| style.split_once("counter-reset:line-number ")) {
        return before.1.trim().parse::<usize>().map_or(1, |before| before + 1);
    }
    let mut styles = wrapper.descendent_elements().chain([wrapper]).filter_map(|element| element.value().attr("style"));
    if let Some((_, first)) = styles.find_map(|style| style.split_once("--start:")) {
        return first.parse().unwrap_or(1);
    }
    let numbers =
        wrapper.descendent_elements().find(|element| element.value().classes().any(|class| class == "line-number"));
    numbers.and_then(|number| number.text().collect::<String>().trim().parse().ok()).unwrap_or(1)
}

/// The text of an element without its chrome.
fn visible(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for child in element.children() {
        match child.value() {
            Node::Text(part) => text.push_str(part),
            Node::Element(_) => {
                if let Some(child) = ElementRef::wrap(child).filter(|child| !is_anchor(*child)) {
                    text.push_str(&visible(child));
                }
            }
            _ => {}
        }
    }
    text
}

fn squashed(text: &str) -> String {
    text.split(is_blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn is_blank(char: char) -> bool {
    char.is_whitespace() || matches!(char, '\u{200b}' | '\u{feff}')
}
