//! Whatever lines a page is made of, in whatever order: each word of it is shown, elements close in the order in which they
//! were opened, and places lead back to what was typed.

use pressoir::base::SourcePath;
use pressoir::config::{Conventions, MarkdownConfig};
use pressoir::page::{self, Page, Piece};
use proptest::prelude::*;

/// What lines begin with.
const PREFIXES: &[&str] = &[
    "", "", "", "", "", " ", "  ", "  ", "   ", "    ", "      ", "\t", " \t", "> ", "> ", ">", ">\t", "> > ", ">> ",
    "- ", "- ", "* ", "-   ", "-\t", "  - ", "    - ", "1. ", "1) ", "10. ", "- - ", "- > ", "> - ", ">   ", ">     ",
    "1. > - ", "     ", "   > ", "  > ",
];

/// What follows; `W` is a word.
const CONTENTS: &[&str] = &[
    "W",
    "W W",
    "W",
    "**W** *W*",
    "`W`",
    "",
    "",
    "",
    " ",
    "\t",
    "# W",
    "## W #",
    "#",
    "===",
    "::: tip",
    "::: tip",
    "::: tip W",
    "::: details W *W* `W`",
    ":::warning",
    ":::: tip",
    ":::: danger W | W",
    "::: info - W",
    "::: tip > W",
    "::: tip # W #",
    "::: tip 1. W",
    "::: tip ```",
    "::: tip <b>W",
    "::: tip [W](t.md)",
    "::: tip \\",
    "::: tip ###",
    "::: note W",
    "::: W",
    "::: tabs",
    "::: tabs#W W",
    ":::: code-group",
    "::: code-group-item W",
    "@tab W",
    "@tab:active W *W*",
    "@tab",
    "== W",
    "[!NOTE] W",
    "[!TIP]",
    "> [!WARNING] W",
    "<CodeGroup>",
    "</CodeGroup>",
    "<CodeGroupItem title=\"W\">",
    "::: details W {open}",
    "::: center W",
    ":::",
    ":::",
    ":::",
    ":::  ",
    "::::",
    "::: \t",
    "::: W",
    "[[toc]]",
    "<<< W.js",
    "<<< ./W{2 ts}#W [W]",
    "@[code W](t.js)",
    "@[code{2-} W](./t.js)",
    "<!-- @include: ./W.md -->",
    "W <!--@include: W#W{3,}--> W",
    "[W](t.md) W",
    "W ![W](t.png)",
    "```",
    "```",
    "```js",
    "~~~",
    "````",
    "| W | W |",
    "|---|---|",
    "|:-:|--:|",
    "| W |",
    "<div>",
    "</div>",
    "<div>W</div>",
    "<details><summary>W</summary>",
    "</details>",
    "<Foo>",
    "</Foo>",
    "<b>W</b>",
    "<!-- W",
    "W -->",
    "<!-- -->",
    "<pre>",
    "</pre>",
    "<?php",
    "?>",
    "W\\",
    "W  ",
    "*W",
    "`W",
    "W [W",
    "W* W",
    "| W | [[toc]] |",
    "*W [[toc]]",
    "***",
];

/// Attributes, bare addresses, images, and what is masked for the parser.
const INLINE: &[&str] = &[
    "W",
    "",
    "{.a}",
    "W {.a #b}",
    "{W}",
    "**W**{.a} W",
    "***W**{.a} W*{.b k=\"c *d* e\"} W",
    "*W `W`{.a}*W",
    "W ![W](t.png){width=1 .b}",
    "![W](t.png \"W\")",
    "![W](t.png \"W\"){.a}",
    "![W](t.png \"W\" =3x2) W",
    "![W](t.png =3x)",
    "(W =3x2)",
    "[W](t.md){target=_blank}{.b} W",
    "https://W.org, W",
    "*W https://W.org/*W* W",
    "https://W.org/_W_ *W",
    "W* https://W.org/**W W** W",
    "[W https://W.org W](t.md)",
    "www.W.org//W.org W@W.org",
    "**W：**W 文**「W」**文",
    "`W|W` | **W。**文",
    "| W {.a} | W |",
    "|---|---|",
    "# W {#W}",
    "# W {.a} ##",
    "===",
    "- W {.a}",
    "\\{.W} W \\{.W}",
    "::: tip W {.a}",
    ":::",
    "W\\",
    "[[toc]]",
];

/// Tags with Vue's attributes.
const TAGS: &[&str] = &[
    "W",
    "",
    "<b @click=\"go\">W</b> W",
    "W <b @click=\"a > b\" #c :title=\"'t'\">W</b>",
    "<i",
    "@click=\"go\"",
    "class=\"b\">W</i>",
    "`<b @click=\"go\">` W",
    "<p @click>",
    "</p>",
    "W <b @ #c",
    "<img :src=\"'t.png'\" @load>",
    "<Foo @click=\"go\">",
    "</Foo>",
    "<W@W.org> <https://W.org>",
    "# <b @click=\"go\">W</b>",
    "**W：**W <b @click>文**「W」**文</b>",
];

const CASES: u32 = 1500;

const ALL: [Conventions; 4] =
    [Conventions::VuePress1, Conventions::VuePress2, Conventions::VitePress1, Conventions::VitePress2];

/// A page of these lines, each of its words once.
fn text(lines: &[(&str, &str)], end: &str) -> (String, Vec<String>) {
    let (mut text, mut words) = (String::new(), Vec::new());
    for (prefix, content) in lines {
        text.push_str(prefix);
        for char in content.chars() {
            if char == 'W' {
                words.push(format!("word{}x", words.len()));
                text.push_str(&words[words.len() - 1]);
            } else {
                text.push(char);
            }
        }
        text.push_str(end);
    }
    (text, words)
}

fn html(page: &Page) -> String {
    let pieces = page.body.iter().map(|piece| match piece {
        Piece::Html(html) => html.to_string(),
        Piece::Link(_) => "address".to_owned(),
        Piece::LinkAttributes(_) | Piece::LinkTarget(_) | Piece::LinkMark(_) | Piece::NewWindowMark => String::new(),
        Piece::Code(n) => page.code[*n as usize].html(),
    });
    pieces.collect()
}

/// Whether a line is a thematic break once the marks of the blocks around it are taken off.
fn is_thematic_break((prefix, content): &(&str, &str)) -> bool {
    let line = format!("{prefix}{content}");
    line.contains("***") || line.matches('-').count() > 2 && content.is_empty()
}

/// Whether a line has raw HTML in it, which goes out as it came.
fn is_html(content: &str) -> bool {
    content.contains('<') || content.contains("->")
}

/// The first element that is closed out of order, if any is.
fn unbalanced(html: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1) {
        let (closing, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let end = tag.find(|char: char| !char.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let name = &tag[..end];
        match (closing, name) {
            (false, "hr" | "br" | "img" | "input") => {}
            (false, name) => open.push(name),
            (true, name) if open.pop() == Some(name) => {}
            (true, name) => return Some(format!("</{name}>")),
        }
    }
    open.pop().map(str::to_owned)
}

fn check(lines: &[(&str, &str)], end: &str) -> Result<(), TestCaseError> {
    let (text, words) = text(lines, end);
    let path = SourcePath::new("a.md").expect("a path");
    let source = page::decode(path, text.as_bytes());
    for conventions in ALL {
        for extended in [false, true] {
            let config = MarkdownConfig { conventions, extended, ..MarkdownConfig::default() };
            let page = page::parse(&source, "a.md", &config, &page::NoFiles);
            let html = html(&page);
            let told = format!("{conventions:?}, extended: {extended}\n{text}\n---\n{html}");
            for word in &words {
                prop_assert!(html.contains(word), "{word} is lost: {told}");
            }
            prop_assert!(!html.contains("___"), "a mark is shown: {told}");
            let breaks = lines.iter().any(is_thematic_break);
            prop_assert!(breaks || !html.contains("<hr"), "a mark became a break: {told}");
            if !lines.iter().any(|(_, content)| is_html(content)) {
                prop_assert_eq!(unbalanced(&html), None, "{}", told);
            }
            for (link, range) in page.head.links.iter().zip(&page.link_spans) {
                let typed = source.text.get(range.range());
                // `http://` and `mailto:` are not typed in text.
                let is_place = typed.is_some_and(|typed| !typed.is_empty() && link.target.ends_with(typed));
                prop_assert!(is_place, "{typed:?} is the place of {link:?}: {told}");
            }
            for span in page
                .diagnostics
                .iter()
                .flat_map(|found| found.span.iter().chain(found.labels.iter().map(|label| &label.span)))
            {
                prop_assert!(source.text.get(span.start as usize..span.end as usize).is_some(), "{span:?}: {told}");
            }
        }
    }
    Ok(())
}

fn lines(contents: Vec<&'static str>) -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
    prop::collection::vec((prop::sample::select(PREFIXES), prop::sample::select(contents)), 1..14)
}

fn line_end() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&["\n", "\r\n"][..])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_word_is_shown(lines in lines(CONTENTS.to_vec()), end in line_end()) {
        check(&lines, end)?;
    }

    #[test]
    fn every_word_is_shown_without_html(
        lines in lines(CONTENTS.iter().copied().filter(|content| !is_html(content)).collect()),
        end in line_end(),
    ) {
        check(&lines, end)?;
    }

    #[test]
    fn every_word_of_tabs_and_alerts_is_shown(
        lines in lines(vec![
            "W", "", "::: tabs", "@tab W", "@tab", ":::", "::: tip", "[!NOTE] W", "[!TIP]", "```", "::: code-group", "- W",
        ]),
        end in line_end(),
    ) {
        check(&lines, end)?;
    }

    #[test]
    fn every_word_of_inline_text_is_shown(lines in lines(INLINE.to_vec()), end in line_end()) {
        check(&lines, end)?;
    }

    #[test]
    fn every_word_between_tags_is_shown(lines in lines([TAGS, INLINE].concat()), end in line_end()) {
        check(&lines, end)?;
    }

    /// Few kinds of lines, so that they meet often.
    #[test]
    fn every_word_of_containers_is_shown(
        lines in lines(vec!["W", "", "::: tip W", "::: tip", ":::", "::::", "```", "| W | W |", "|---|---|"]),
        end in line_end(),
    ) {
        check(&lines, end)?;
    }
}
