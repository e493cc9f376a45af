//! Whatever a page is made of, raw HTML in any order among it: a browser reads its HTML as it is written, and no two elements have one
//! id. The worst inputs end within a generous time; that finds the square of a length where it is steep, and no more.

#[path = "support/strict.rs"]
mod strict;

use std::time::{Duration, Instant};

use pressoir::config::MarkdownConfig;
use proptest::prelude::*;

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
    "\n\n", "\n\n", "\n\n", "\n", "\n", "mot", "mot", "*", "> ", "- ", "::: tip\n", "::: details a\n", "\n:::\n", "## a\n",
    "[a](b)", "`a`", "```\n", "| a | b |\n|---|---|\n", "[^1]", "[^1]: ", "$a$", "<div>", "</div>", "<p>", "</p>", "<b>",
    "</b>", "<span>", "</span>", "<a href=\"b\">", "</a>", "<a name=c>", "<table>", "</table>", "<tr>", "</tr>", "<td>",
    "</td>", "<th>", "<tbody>", "<thead>", "</thead>", "<caption>", "<colgroup>", "<col>", "<ul>", "</ul>", "<li>", "</li>",
    "<dl>", "<dt>", "<dd>", "</dl>", "<h2 id=a>", "</h2>", "</h3>", "<details>", "<summary>", "</summary>", "</details>",
    "<select>", "<option>", "</option>", "<optgroup>", "</select>", "<textarea>", "</textarea>", "<title>", "</title>",
    "<button>", "</button>", "<form>", "</form>", "<input>", "<svg>", "<path/>", "<title>", "<foreignObject>", "</svg>",
    "<math>", "<mi>", "</math>", "<![CDATA[", "]]>", "<iframe>", "</iframe>", "<xmp>", "<plaintext>", "<noscript>",
    "</noscript>", "<script>", "</script>", "<style>", "</style>", "<template>", "</template>", "<ruby>", "<rt>", "<rp>",
    "<nobr>", "<font>", "<center>", "</center>", "<pre>", "</pre>", "<object>", "</object>", "<marquee>", "<body>",
    "</body>", "</html>", "<frameset>", "<image>", "</br>", "<br/>", "<hr>", "<!--", "-->", "--!>", "<!>", "<?a", "</ a>",
    "<a b==\"c\">", "<a b='\">", "<a b=\"'>", "<Foo>", "</Foo>", "<Foo/>", "<Table>", "<p id=\"a\">", "<kbd>", "</kbd>",
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

/// In a debug build, on a busy machine: a hundred times what is usual.
const LIMIT: Duration = Duration::from_secs(10);

const SIZE: usize = 100_000;

/// Inputs that are slow for parsers that look back or ahead for each of their parts.
const WORST: &[&str] = &[
    "[",
    "[[",
    "![",
    "[a](",
    "[a](<b",
    "[a](b \"",
    "[a][",
    "[a]",
    "[a](b)",
    "![[]()",
    "[ (](",
    "[\\\\",
    "[a]: b\n",
    "[^a]",
    "[^a]: ",
    "](",
    "*",
    "*a ",
    "*a_ ",
    "**x **",
    "a**b",
    "a**b_c",
    "_a __a ",
    "*a**a",
    "x *",
    "~a~~b ",
    "==a ",
    "a==b",
    "++a ",
    "^[a",
    "^[",
    "a^b",
    "a$,",
    "$5 `",
    "$\\frac{",
    "{{$",
    "*[a]: b\na ",
    "«",
    " !",
    "==",
    "^a ",
    "^",
    "~",
    "$a ",
    "$",
    "$$",
    "$ $",
    "` ``",
    "`\\",
    "\\",
    "\\\\\\",
    "&",
    "&#",
    "&amp",
    "&amp;a",
    "<",
    "<a ",
    "<a b=\"",
    "<a b='>",
    "<a b=\">",
    "</",
    "<!--",
    "<!-->",
    "<!-- --",
    "<?",
    "<!A ",
    "<![CDATA[",
    "<>",
    "<http:",
    "<script",
    "<script>",
    "<style>",
    "<div>\n",
    "<div>\n\n",
    "</div>\n",
    "<Foo>",
    "<Foo\n",
    "> ",
    ">",
    "> a\n",
    "- ",
    "- a\n",
    "* * ",
    "1. ",
    " 1) a\n",
    "- a\n\n",
    "-\n",
    "  - a\n\n    b\n",
    "# ",
    "# a\n",
    "a\n=\n",
    "---\n",
    "***\n",
    "```\n",
    "```js\n",
    "~~~ a\n",
    "````` a`",
    "    a\n",
    "\t",
    " ",
    "\n",
    "\u{a0}",
    "| a ",
    "|",
    "|-",
    "a|b\n-|-\n",
    "| a |\n|---|\n",
    "|a\n",
    "::: tip\n",
    ":::: tip\n::: tip\n",
    ":::\n",
    ":::",
    "::: a {",
    "::: details [\n",
    "::: code-group\n",
    "@tab a\n",
    "@",
    "{{",
    "{{ a",
    "{{ a }}",
    "}}",
    "{#a}",
    "{",
    "# a {#b\n",
    "{.a",
    "a{.b}\n",
    ":a",
    ":smile",
    ":smile:",
    ":",
    "[[toc]]\n\n",
    "[[toc]]",
    "https://a.b/",
    "www.",
    "a@b",
    "a@b.c ",
    "http://a/(",
    "*[a]: b\n",
    "a\n: b\n",
    "<<< a\n",
    "@[code](a)\n",
    "<!-- @include: a -->\n",
    "// [!code ++]",
    "// [!code word:a]",
    "\u{1b}[",
    "\"",
    "'a ",
    "( ",
    "« a : ",
    "..",
    "--",
    "é",
    "中**",
    "\0",
    "---\na: b\n",
    "- [ ] a\n",
    "> [!NOTE]\n",
    "- > ",
    "> - a\n",
];

/// Inputs whose parts differ.
fn varied() -> Vec<(&'static str, String)> {
    let lines = |count: usize, line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<String>();
    vec![
        ("backticks of rising lengths", lines(440, &|n| format!("e{}", "`".repeat(n)))),
        ("fences of falling lengths", lines(440, &|n| format!("{}\n", "`".repeat(443 - n)))),
        ("definitions of references", lines(6_000, &|n| format!("[a{n}]: b\n\n[a{n}]\n"))),
        ("one definition, used often", format!("[a]: b\n\n{}", "[a] ".repeat(SIZE / 4))),
        ("footnotes", lines(4_000, &|n| format!("[^{n}]\n\n[^{n}]: a\n\n"))),
        ("deep items", lines(400, &|n| format!("{}- a\n", "  ".repeat(n / 2)))),
        ("nested brackets", format!("{}a{}", "[".repeat(SIZE / 2), "](b)".repeat(SIZE / 8))),
        ("nested emphasis", format!("{}a{}", "*a **a ".repeat(SIZE / 14), "** a*".repeat(SIZE / 10))),
        ("headings of one name", "## a\n".repeat(SIZE / 5)),
        ("headings and tables of contents", format!("{}{}", "## a\n".repeat(2_000), "[[toc]]\n\n".repeat(50))),
        ("wide table", format!("|{}\n|{}\n{}", "a|".repeat(2_000), "-|".repeat(2_000), "|a\n".repeat(200))),
        ("tall table", format!("|a|b|\n|-|-|\n{}", "|a|b|\n".repeat(SIZE / 6))),
        ("containers in each other", format!("{}a\n", lines(300, &|n| format!("{} tip\n", ":".repeat(303 - n))))),
        (
            "code of many notations",
            format!("```js\n{}```\n", "a // [!code ++] // [!code hl:9999999]\n".repeat(SIZE / 38)),
        ),
        ("code of many words", format!("```js\n{}```\n", lines(4_000, &|n| format!("a{n} // [!code word:a{n}]\n")))),
        ("a line of many notations", format!("```js\na // {}\n```\n", "[!code hl] ".repeat(SIZE / 11))),
        ("a line of many brackets", format!("```js\na // {}\n```\n", "[!code x".repeat(SIZE / 8))),
        ("many marked lines", format!("```js{{{}}}\n{}```\n", "1-9999,".repeat(5_000), "a\n".repeat(SIZE / 4))),
        ("colours", format!("```ansi\n{}\n```\n", "\u{1b}[31ma\u{1b}[38;2;1;2;3mb".repeat(SIZE / 24))),
        ("attributes", format!("a {{{}}}\n", ".b ".repeat(SIZE / 3))),
        ("tags in quotes", format!("{}>", "<a b=\"".repeat(SIZE / 6))),
        ("tags without end", format!("{}>", "<a b=\"c\" d='".repeat(SIZE / 12))),
        ("comments without end", format!("a {}", "<!-- a -- ".repeat(SIZE / 10))),
        ("elements in each other", format!("{}a{}", "<b>".repeat(SIZE / 6), "</b>".repeat(SIZE / 8))),
    ]
}

#[test]
fn the_worst_inputs_take_no_longer_than_others() {
    let repeated = WORST.iter().flat_map(|part| {
        let whole = part.repeat(SIZE / part.len());
        // Alone, in a paragraph, and with an end that may make sense of it.
        [whole.clone(), format!("a {}\n\nfin", whole.trim_end_matches('\n')), format!("{whole}\">)]}}\n:::\n")]
    });
    let repeated = repeated.map(|input| (input.chars().take(30).collect::<String>(), input));
    let varied = varied().into_iter().map(|(name, input)| (name.to_owned(), input));
    let mut slow = Vec::new();
    for (name, input) in repeated.chain(varied) {
        let begun = Instant::now();
        let page = parsed(&input, &MarkdownConfig::default());
        let length = html(&page).len();
        let took = begun.elapsed();
        if took > LIMIT || length > 400 * input.len() {
            slow.push(format!("{name:?}: {} bytes took {took:?} and made {length}", input.len()));
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}
