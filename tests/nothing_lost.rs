//! Whatever lines a page is made of, in whatever order: each word of it is shown and can be found, elements close in the order in
//! which they were opened, and places lead back to what was typed.

mod support;

use std::sync::Arc;

use pressoir::base::{Hash, SourcePath};
use pressoir::config::{Conventions, MarkdownConfig};
use pressoir::page::{self, Library, Page, Piece, Reading};
use proptest::prelude::*;
use support::{Project, article};

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

/// Components, with bodies and without, and what Vue has in text.
const VUE: &[&str] = &[
    "W",
    "",
    "",
    "- W",
    "> W",
    "::: tip W",
    ":::",
    "# W",
    "<Card title=\"t\">W</Card>",
    "<Card title=\"t\">",
    "</Card>",
    "W <Badge text=\"t\"/> W",
    "<Badge>W</Badge> W",
    "<Tabs>",
    "<Tab title=\"t\">",
    "</Tab>",
    "</Tabs>",
    "<ClientOnly>W",
    "</ClientOnly>",
    "<template #a>W</template>",
    "<template v-slot:b>",
    "</template>",
    "<Foo :a=\"[1, 2]\" b>",
    "</Foo>",
    "<Foo-Bar :a=\"b\"/>W",
    "{{ W }} W",
    "{{ 'W' }}",
    "{{ $frontmatter.W }} {{ $site.W }} {{ $page.W }}",
    "W {{ 1 +",
    "}} W",
    "**{{ W }}** `{{ W }}`",
    "# {{ W }}",
    "[{{ W }}](t.md) ![{{ W }}](t.png)",
    "<span v-pre>{{ W }}</span> W",
    "::: v-pre",
    "::: raw",
    "<li v-for=\"x in y\">W {{ x.W }}</li>",
    "<p v-if=\"ok\">W {{ W }}</p>",
    "<p v-else>W</p>",
    "<p v-text=\"t\">W</p>",
    "<div v-html=\"t\">W</div>",
    "<style>b { color: red }</style>",
    "<script>var a = 1</script>",
    "<details open>",
    "<summary>W</summary>",
    "</details>",
    "<table><tr><td>W</td></tr></table>",
    "<table>",
    "<tr><td>W",
    "</table>",
    "<!-- W -->",
    "```",
];

/// Text that only some versions know.
const TEXT: &[&str] = &[
    "W",
    "",
    "",
    "W ==W== ++W++ H~W~O x^W^",
    "==W",
    "W== ++",
    "W[^1] W^[W *W* [W](t.md)] W[^W]",
    "[^1]: W, W",
    "[^note]: W, *W*",
    "    W",
    "W",
    ": W",
    ": W {.a}",
    "- [ ] W",
    "- [x] W `W`",
    "HTML W HTMLs",
    "*[HTML]: the language",
    "*[HTML]: another {{",
    "> [!NOTE]",
    "> [!CAUTION] W",
    "> W",
    "$W$ W",
    "$$ W $$",
    "$$",
    "\\$W $ W$",
    "costs $W and $W",
    "```math",
    "```mermaid",
    "```js [W]",
    "```js title=\"W\" {1}",
    "// [!code ++] W",
    "W // [!code hl]",
    "```",
    ":W: :) :smile: W",
    "W {#b .c}",
    "**W**{.a}{k=v} W",
    "# W {#b}",
    "« W » W : W ! \"W\" -- W...",
    "| W | W |",
    "|---|---|",
    "| `W|W` | W[^1] |",
    "::: tabs",
    "@tab W",
    "::: code-tabs",
    "@tab W#b",
    "::: code-group",
    ":::",
    "[[toc]]",
];

/// What becomes text of other files, between what ends and begins blocks.
const FILES: &[&str] = &[
    "W",
    "",
    "<!-- @include: ./part.md -->",
    "<!--@include: part.md{2,4}-->",
    "<!-- @include: ./part.md#two -->",
    "<!-- @include: ./loop.md -->",
    "W <!-- @include: ./part.md --> W",
    "<<< ./code.js",
    "<<< @/code.js#one{1 js}",
    "@[code](./code.js)",
    "@[code{2-3} js:line-numbers](code.js) W",
    "::: tip W",
    ":::",
    "::: code-group",
    "- W",
    "  W",
    "> W",
    "```",
    "<div>",
    "</div>",
    "| W | W |",
    "|---|---|",
    "# W",
];

/// Components of the default theme, with words in the attributes that are their text.
const THEMED: &[&str] = &[
    "W",
    "",
    "",
    "- W",
    "> W",
    "::: tip W",
    "::: tabs",
    "@tab W",
    ":::",
    "## W",
    "```",
    "<Card title=\"W\">W</Card>",
    "<Card title=\"W\" href=\"t.html\">",
    "<Card :title=\"'W'\" icon=\"book\">",
    "</Card>",
    "<CardGrid>",
    "</CardGrid>",
    "<LinkCard title=\"W\" description=\"W\" href=\"t.html\"/>",
    "W <Badge text=\"W\"/> <Badge type=\"tip\">W</Badge>",
    "<Badge text='W' />W",
    "<VPBadge>W</VPBadge>",
    "<Button href=\"t.html\" text=\"W\"/> <Button href=\"t.html\">W</Button>",
    "<Details title=\"W\">",
    "<Details summary=\"W\" open>W</Details>",
    "</Details>",
    "<Steps>",
    "</Steps>",
    "<FileTree>",
    "</FileTree>",
    "<Tabs>",
    "<Tab title=\"W\">W</Tab>",
    "<Tab title=\"W\">",
    "</Tab>",
    "</Tabs>",
    "<Since version=\"W\"/>",
    "<YouTube id=\"t\" title=\"W\"/>",
    "<RouterLink to=\"/\">W</RouterLink>",
    "<CodeGroup>",
    "<CodeGroupItem title=\"W\">",
    "</CodeGroupItem>",
    "</CodeGroup>",
    "<ClientOnly>W</ClientOnly>",
    "<VPTeamPageTitle><template #title>W</template><template #lead>W</template></VPTeamPageTitle>",
    "<VPTeamMembers :members=\"[{ name: 'W', title: 'W', links: [] }]\"/>",
    "{{ 'W' }}",
    "{{ W }}",
    "<Foo a=\"b\">W</Foo>",
    "<Foo>",
    "</Foo>",
    "<p v-if=\"ok\">W</p>",
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
        Piece::LinkAttributes(_)
        | Piece::LinkTarget(_)
        | Piece::LinkMark(_)
        | Piece::NewWindowMark
        | Piece::Picture(_) => String::new(),
        Piece::Code(n) => page.code[*n as usize].html(),
        Piece::Component(n) => page.components[*n as usize].shown_without().0,
        Piece::ComponentEnd(n) => page.components[*n as usize].shown_without().1,
        Piece::Value(n) => page.values[*n as usize].written.to_string(),
    });
    pieces.collect()
}

/// Files that pages may show: each begins and ends blocks of its own, and not all that it begins.
struct Shelf;

const PART: &str =
    "partone\n\n::: tip parttwo\n- partthree\n\n## partfour {#two}\n\n| partfive | a |\n|---|---|\n<div>\n\npartsix\n";
const LOOP: &str = "loopone\n<!-- @include: ./loop.md -->\nlooptwo\n";
const CODE: &str = "codeone\n// #region one\ncodetwo // [!code ++]\n// #endregion one\ncodethree\n";

impl Library for Shelf {
    fn read(&self, path: &SourcePath) -> Reading {
        let text = match path.as_str() {
            "part.md" => PART,
            "loop.md" => LOOP,
            "code.js" => CODE,
            _ => return Reading::Absent,
        };
        Reading::Text(Arc::new(page::decode(path.clone(), text.as_bytes())))
    }

    fn content(&self) -> SourcePath {
        SourcePath::root()
    }

    fn paths(&self) -> &[SourcePath] {
        &[]
    }

    fn paths_hash(&self) -> Hash {
        Hash::default()
    }
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

/// Whether the words of a page can be found: in its text, its code, its headings.
fn unfound(page: &Page, words: &[String]) -> Option<String> {
    let sections = page.sections.iter().flat_map(|section| [&*section.text, "\n", &*section.code, "\n"]);
    let headings = page.head.headings.iter().flat_map(|heading| [&*heading.text, "\n"]);
    let found: String = sections.chain(headings).collect();
    words.iter().find(|word| !found.contains(*word)).cloned()
}

fn check(lines: &[(&str, &str)], end: &str) -> Result<(), TestCaseError> {
    check_finding(lines, end, Found::Shown)
}

/// Who searches finds what components show of their attributes.
fn check_found(lines: &[(&str, &str)]) -> Result<(), TestCaseError> {
    let (text, words) = text(lines, "\n");
    let source = page::decode(SourcePath::new("a.md").expect("a path"), text.as_bytes());
    for conventions in ALL {
        for extended in [false, true] {
            let config = MarkdownConfig { conventions, extended, ..MarkdownConfig::default() };
            let page = page::parse(&source, "a.md", &config, &page::NoFiles);
            prop_assert_eq!(
                unfound(&page, &words),
                None,
                "{:?}, {}\n{}\n{:?}",
                conventions,
                extended,
                text,
                page.sections
            );
        }
    }
    Ok(())
}

/// What must be found by those who search.
#[derive(Clone, Copy, PartialEq)]
enum Found {
    /// All words are in the text of the page.
    All,
    /// Some stand in addresses or comments.
    Shown,
}

fn check_finding(lines: &[(&str, &str)], end: &str, finding: Found) -> Result<(), TestCaseError> {
    let (text, words) = text(lines, end);
    let path = SourcePath::new("a.md").expect("a path");
    let source = page::decode(path, text.as_bytes());
    for conventions in ALL {
        for extended in [false, true] {
            let config = MarkdownConfig { conventions, extended, ..MarkdownConfig::default() };
            // What stands behind the language of code is shown where it is a title there.
            let is_hidden = |content: &str| match content.strip_prefix("```js ") {
                Some(info) if info.starts_with('[') => true,
                Some(_) => conventions != Conventions::VuePress2,
                None => false,
            };
            if !extended && lines.iter().any(|(_, content)| is_hidden(content)) {
                continue;
            }
            let page = page::parse(&source, "a.md", &config, &page::NoFiles);
            let html = html(&page);
            let told = format!("{conventions:?}, extended: {extended}\n{text}\n---\n{html}");
            for word in &words {
                prop_assert!(html.contains(word), "{word} is lost: {told}");
            }
            if finding == Found::All {
                prop_assert_eq!(unfound(&page, &words), None, "{}", told);
            }
            prop_assert!(!html.contains("___"), "a mark is shown: {told}");
            let breaks = lines.iter().any(is_thematic_break);
            let ours = html.matches("<hr").count() - html.matches("<hr class=\"footnotes-sep\">").count();
            prop_assert!(breaks || ours == 0, "a mark became a break: {told}");
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

/// A page with the files that it asks for: what it shows of one it shows whole.
fn check_files(lines: &[(&str, &str)], end: &str) -> Result<(), TestCaseError> {
    let (text, words) = text(lines, end);
    let path = SourcePath::new("a.md").expect("a path");
    let source = page::decode(path, text.as_bytes());
    for conventions in ALL {
        for extended in [false, true] {
            let config = MarkdownConfig { conventions, extended, ..MarkdownConfig::default() };
            let page = page::parse(&source, "a.md", &config, &Shelf);
            let html = html(&page);
            let told = format!("{conventions:?}, extended: {extended}\n{text}\n---\n{html}");
            for word in &words {
                prop_assert!(html.contains(word), "{word} is lost: {told}");
            }
            let whole: [&[&str]; 4] = [
                &["partone", "parttwo", "partthree", "partfour", "partfive", "partsix"],
                &["partfour", "partfive", "partsix"],
                &["loopone", "looptwo"],
                &["codeone", "codetwo", "codethree"],
            ];
            for words in whole {
                let first = words.first().is_some_and(|word| html.contains(word));
                let lost = words.iter().find(|word| first && !html.contains(**word));
                prop_assert_eq!(lost, None, "{}", told);
            }
            let asked =
                |path: &str| page.reads.files.iter().any(|(read, hash)| read.as_str() == path && hash.is_some());
            prop_assert!(!asked("loop.md") || html.contains("loopone"), "the file is lost: {told}");
            prop_assert!(!asked("code.js") || html.contains("code"), "the code is lost: {told}");
            for span in page
                .diagnostics
                .iter()
                .flat_map(|found| found.span.iter().chain(found.labels.iter().map(|label| &label.span)))
            {
                let file = match span.file.as_str() {
                    "part.md" => PART,
                    "loop.md" => LOOP,
                    "code.js" => CODE,
                    _ => &source.text,
                };
                prop_assert!(file.get(span.start as usize..span.end as usize).is_some(), "{span:?}: {told}");
            }
        }
    }
    Ok(())
}

/// Pages of these lines, in a folder of each layout, with the default theme: what it makes of components shows their words.
fn check_themed(pages: &[Vec<(&str, &str)>]) -> Result<(), TestCaseError> {
    for (folder, settings) in [
        ("content", ("pressoir.yml", "title: t")),
        ("docs", ("docs/.vuepress/config.yml", "base: /")),
        ("docs", ("docs/.vitepress/config.yml", "base: /")),
    ] {
        let project = Project::new([settings]);
        let typed: Vec<(String, Vec<String>)> = pages.iter().map(|lines| text(lines, "\n")).collect();
        for (index, (text, _)) in typed.iter().enumerate() {
            project.write(&format!("{folder}/p{index}.md"), text);
        }
        let build = project.build();
        for (index, (text, words)) in typed.iter().enumerate() {
            let html = support::page(&build, &format!("p{index}.html"));
            let shown = html.as_deref().and_then(article).unwrap_or_default();
            let lost = words.iter().find(|word| !shown.contains(*word));
            prop_assert_eq!(lost, None, "{}\n{}\n---\n{}", settings.0, text, shown);
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

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES / 3, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_word_in_and_around_components_is_shown(lines in lines(VUE.to_vec()), end in line_end()) {
        check(&lines, end)?;
    }

    #[test]
    fn every_word_of_text_that_some_versions_know_is_shown_and_found(lines in lines(TEXT.to_vec()), end in line_end()) {
        check_finding(&lines, end, Found::All)?;
    }

    #[test]
    fn every_word_of_components_is_found(lines in lines(THEMED.to_vec())) {
        check_found(&lines)?;
    }

    #[test]
    fn every_word_of_other_files_is_shown(lines in lines(FILES.to_vec()), end in line_end()) {
        check_files(&lines, end)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_word_of_the_components_of_the_theme_is_shown(pages in prop::collection::vec(lines(THEMED.to_vec()), 40..60)) {
        check_themed(&pages)?;
    }
}
