//! Whatever a page is made of, raw HTML in any order among it: a browser reads its HTML as it is written, and no two elements have one
//! id. The worst inputs end within a generous time; that finds the square of a length where it is steep, and no more.

#[path = "support/strict.rs"]
mod strict;
#[path = "support/worst.rs"]
mod worst;

use std::time::{Duration, Instant};

use pressoir::config::MarkdownConfig;
use proptest::prelude::*;
use rayon::prelude::*;

use strict::{check, html, parsed};

/// What inputs are made of: all that means something to any convention.
const PARTS: &[&str] = &[
    "mot",
    "é",
    " ",
    " ",
    "\n",
    "\n",
    "\n\n",
    "    ",
    "\t",
    "*",
    "**",
    "_",
    "__",
    "`",
    "``",
    "~",
    "~~",
    "==",
    "++",
    "^",
    "^[",
    "~a~",
    "$\\frac{a<b}{2}$",
    "$\\text{<b>}",
    "```math\n",
    "«",
    "»",
    " !",
    "$",
    "$$",
    "\\",
    "|",
    "[",
    "](",
    "]",
    "![",
    "(",
    ")",
    "(<",
    "[a]: b",
    "[^1]",
    "[^1]: ",
    "&",
    "&amp;",
    "&#13;",
    "&lt;",
    ">",
    "> ",
    "> [!NOTE]\n",
    "- ",
    "1. ",
    "- [ ] ",
    "# ",
    "## ",
    "#",
    "===",
    "---",
    "***",
    "```",
    "```js",
    "~~~",
    "```js [a] {1}\n",
    "// [!code ++]",
    "// [!code word:a]\n",
    "::: tip",
    "::: details a",
    ":::",
    "::::",
    "::: code-group",
    "::: tabs",
    "@tab a",
    "\n| a | b |\n|---|:-:|\n",
    "| c |\n",
    ":smile:",
    ":)",
    "[[toc]]",
    "{{ a }}",
    "{{",
    "}}",
    "{#a}",
    "{.b}",
    "{",
    "}",
    "https://a.b/c",
    "www.a.b",
    "a@b.c",
    "*[a]: b\n",
    ": ",
    "\n: ",
    "---\na: b\n---\n",
    "\u{1b}[31m",
    "\0",
    "\u{feff}",
    "\u{a0}",
    "\r",
    "\"",
    "'",
    "...",
    "--",
    "@[code](a)",
    "<<< a",
];

/// The same with HTML.
const HTML: &[&str] = &[
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<p id=\"a\">",
    "<Foo a=\"b\">",
    "</Foo>",
    "<Badge/>",
    "<!--",
    "-->",
    "<pre>",
    "</pre>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<table>",
    "<td>",
    "<",
    "</",
    "<a href=\"b\">",
    "<img src='c'>",
    "<?",
    "?>",
    "<![CDATA[",
    "]]>",
    "<!-- @include: ./a.md -->",
    "<template v-slot:a>",
    "<br>",
    "<https://a.b>",
];

/// The elements that browsers read by rules of their own.
const ELEMENTS: &[&str] = &[
    "\n\n",
    "\n\n",
    "\n\n",
    "\n",
    "\n",
    "mot",
    "mot",
    "*",
    "> ",
    "- ",
    "::: tip\n",
    "::: details a\n",
    "\n:::\n",
    "## a\n",
    "[a](b)",
    "`a`",
    "```\n",
    "| a | b |\n|---|---|\n",
    "[^1]",
    "[^1]: ",
    "$a$",
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<span>",
    "</span>",
    "<a href=\"b\">",
    "</a>",
    "<a name=c>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<th>",
    "<tbody>",
    "<thead>",
    "</thead>",
    "<caption>",
    "<colgroup>",
    "<col>",
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<h2 id=a>",
    "</h2>",
    "</h3>",
    "<details>",
    "<summary>",
    "</summary>",
    "</details>",
    "<select>",
    "<option>",
    "</option>",
    "<optgroup>",
    "</select>",
    "<textarea>",
    "</textarea>",
    "<title>",
    "</title>",
    "<button>",
    "</button>",
    "<form>",
    "</form>",
    "<input>",
    "<svg>",
    "<path/>",
    "<title>",
    "<foreignObject>",
    "</svg>",
    "<math>",
    "<mi>",
    "</math>",
    "<![CDATA[",
    "]]>",
    "<iframe>",
    "</iframe>",
    "<xmp>",
    "<plaintext>",
    "<noscript>",
    "</noscript>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<template>",
    "</template>",
    "<ruby>",
    "<rt>",
    "<rp>",
    "<nobr>",
    "<font>",
    "<center>",
    "</center>",
    "<pre>",
    "</pre>",
    "<object>",
    "</object>",
    "<marquee>",
    "<body>",
    "</body>",
    "</html>",
    "<frameset>",
    "<image>",
    "</br>",
    "<br/>",
    "<hr>",
    "<!--",
    "-->",
    "--!>",
    "<!>",
    "<?a",
    "</ a>",
    "<a b==\"c\">",
    "<a b='\">",
    "<a b=\"'>",
    "<Foo>",
    "</Foo>",
    "<Foo/>",
    "<Table>",
    "<p id=\"a\">",
    "<kbd>",
    "</kbd>",
];

const CASES: u32 = 600;

fn inputs(parts: Vec<&'static str>) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(parts), 1..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_browser_repairs_nothing(input in inputs(PARTS.to_vec())) {
        prop_assert_eq!(check(&input), Ok(()));
    }

    #[test]
    fn a_browser_repairs_nothing_of_its_own_elements(input in inputs(ELEMENTS.to_vec())) {
        prop_assert_eq!(check(&input), Ok(()));
    }

    #[test]
    fn a_browser_repairs_nothing_where_there_is_raw_html(input in inputs([PARTS, HTML].concat())) {
        prop_assert_eq!(check(&input), Ok(()));
    }
}

/// Markdown, what becomes of it, and what its author is told.
const TYPED: &[(&str, &str, &[&str])] = &[
    ("<div align=\"center\">\n\nmot\n\n</div>", "<div align=\"center\">\n<p>mot</p>\n</div>", &[]),
    (
        "<details>\n<summary>a</summary>\n\n- b\n\n</details>",
        "<details>\n<summary>a</summary>\n<ul>\n<li>b</li>\n</ul>\n</details>",
        &[],
    ),
    (
        "<table>\n<tr><td>\n\n**a**\n\n<td>b\n</table>",
        "<table>\n<tbody><tr><td>\n<p><strong>a</strong></p>\n</td><td>b\n</td></tr></tbody></table>",
        &[],
    ),
    ("a<br>b</br><kbd>c</kbd>", "<p>a<br>b<br><kbd>c</kbd></p>", &[]),
    ("a\n\n</div></main>\n\nb", "<p>a</p>\n\n<p>b</p>", &["stray-end-tag", "stray-end-tag"]),
    ("- <div>\n\na", "<ul>\n<li><div>\n</div></li>\n</ul>\n<p>a</p>", &["unclosed-element"]),
    ("<p align=right>\n\na\n\n</p>", "<p align=right>\n</p><p>a</p>\n", &["crossing-element"]),
    ("*a <b>b* c</b>", "<p><em>a <b>b</b></em> c</p>", &["crossing-element"]),
    ("a <div>b</div> c", "<p>a </p><div>b</div><p> c</p>", &[]),
    ("<div>\n\na</div> b", "<div>\n<p>a</p></div><p> b</p>", &[]),
    (
        "<table>\n\na\n\n</table>",
        "<table>\n<tbody><tr><td><p>a</p>\n</td></tr></tbody></table>",
        &["misplaced-element"],
    ),
    ("a <td>b</td>", "<p>a b</p>", &["misplaced-element"]),
    ("a <textarea>*b*\n\nc", "<p>a <textarea>b</textarea></p>\n<p>c</p>", &["unclosed-element"]),
    ("a <select> *b*\n\nc", "<p>a <select> b</select></p>\n<p>c</p>", &["unclosed-element"]),
    ("<body>\n\na", "\n<p>a</p>", &["misplaced-element"]),
    ("<svg>\n\na", "<svg>\n</svg><p>a</p>", &["unclosed-element"]),
    ("<!-- a\n\nb", "<!-- a\n\nb-->", &["unclosed-element"]),
    ("<div\n\na", "&lt;div\n<p>a</p>", &[]),
    ("::: tip\n<div>\n:::\n\na", "<div>\n</div></div>\n<p>a</p>", &["unclosed-element"]),
    ("[a <a name=b></a> c](d.md)", "<a href=\"\">a </a><a name=b></a> c", &[]),
    ("<a id=\"a\"></a>\n\n## A", "<a></a></p>\n<h2 id=\"a\">", &[]),
    ("<b id=a>b</b> <b id=a>c</b>", "<b id=\"a\">b</b> <b>c</b>", &["duplicate-id"]),
    ("## a {#b}\n\n::: tip a {#b}\nc\n:::", "<h2 id=\"b\">", &["duplicate-id"]),
    ("## Footnote1\n\na[^b]\n\n[^b]: c", "<a href=\"#footnote1_\" id=\"footnote-ref1\"", &[]),
    // No value without a name before it, and so no quotation marks that a `>` could stand between.
    ("<details ='a>\n\nb\n\n</details>", "<details ='a>\n<p>b</p>\n</details>", &[]),
    // Where quotes become those of print, which are longer.
    ("[a](./b c=\"'d'\" e.md)", "c=&quot;'d'&quot; e.md)", &[]),
    ("[a\n: b](./c d=\"'e'\"f g.md)\n", "<dl>\n<dt>[a</dt>", &[]),
    ("## <b>a", "<h2 id=\"a\"><b>a<a class=\"header-anchor\"", &["unclosed-element"]),
];

#[test]
fn what_authors_type_is_told_and_mended() {
    let mut wrong = Vec::new();
    for (markdown, want, told) in TYPED {
        let page = parsed(markdown, &MarkdownConfig { extended: true, ..MarkdownConfig::default() });
        let html = html(&page);
        let codes: Vec<&str> = page.diagnostics.iter().map(|found| &*found.code).collect();
        if !html.contains(want) || codes != *told {
            wrong.push(format!("{markdown:?} became {html:?}, not {want:?}; told: {codes:?}"));
        }
        if let Err(found) = check(markdown) {
            wrong.push(found);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Inputs that were found by chance, each repaired by browsers once.
const MET: &[&str] = &["- [ ] \n\n- [ ]     [[toc]]", "- [ ] a [[toc]] b", "<p><button>\n\n<button>mot"];

#[test]
fn a_browser_repairs_nothing_of_what_was_met() {
    let wrong: Vec<String> = MET.iter().filter_map(|input| check(input).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// In a debug build, on a busy machine: a hundred times what is usual.
const LIMIT: Duration = Duration::from_secs(10);

const SIZE: usize = 100_000;

#[test]
fn the_worst_inputs_take_no_longer_than_others() {
    let is_slow = |(name, input): (String, String)| {
        let begun = Instant::now();
        let page = parsed(&input, &MarkdownConfig::default());
        let length = html(&page).len();
        let took = begun.elapsed();
        (took > LIMIT || length > 400 * input.len())
            .then(|| format!("{name:?}: {} bytes took {took:?} and made {length}", input.len()))
    };
    let slow: Vec<String> = worst::inputs(SIZE).into_par_iter().filter_map(is_slow).collect();
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}
