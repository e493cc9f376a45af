use super::containers::MAX_CONTAINERS;
use super::*;
use crate::page::masks::Masks;
use std::collections::BTreeSet;

fn rules(config: &MarkdownConfig) -> Rules<'_> {
    Rules {
        config,
        exact_indent: false,
        toc_block: Some("[[toc]]"),
        definitions: false,
        abbreviations: false,
        masks: Masks::default(),
        plain_dollars: const { &BTreeSet::new() },
        is_snippet: &|line| line.starts_with("<<<"),
        ends_with_snippet: &|line| line.starts_with("@[code"),
        is_text: &|_| false,
    }
}

fn shift(range: &Range<usize>) -> Range<usize> {
    range.start - 100..range.end - 100
}

/// The rewritten text with each mark in place of its line: `<0`, `=0`, `0>`, `toc`.
fn show(body: &str, exact_indent: bool) -> String {
    let found = scan(body, 100, &Rules { exact_indent, ..rules(&MarkdownConfig::default()) });
    let mut text = found.rewritten.text.clone();
    for &(at, mark) in found.marks.iter().rev() {
        let end = at + text[at..].find('\n').expect("a marked line ends");
        let shown = match mark {
            Mark::Open(index) => format!("<{index}"),
            Mark::Title(index) => format!("={index} {}", text[at + 2..end].trim_end_matches(" #")),
            Mark::Close(index) => format!("{index}>"),
            Mark::Toc => "toc".to_owned(),
            Mark::Snippet(index) => body[shift(&found.snippets[index])].to_uppercase(),
        };
        text.replace_range(at..end, &shown);
    }
    text
}

#[test]
fn containers_are_marked() {
    for (body, want) in [
        ("::: tip\na\n:::\nb\n", "<0\na\n0>\nb\n"),
        ("a\n::: tip My *title* \nb\n:::  \n", "a\n<0\n=0 My *title*\nb\n0>\n"),
        (":::tip\na\n:::::\n", "<0\na\n0>\n"),
        (":::: tip\n::: details\na\n:::\n::::\n", "<0\n<1\na\n1>\n0>\n"),
        // The first closing line that is long enough closes the outermost.
        ("::: tip\n::: details\na\n:::\nb\n:::\n", "<0\n<1\na\n0>\nb\n:::\n"),
        ("::: tip\n- a\n  - b\n:::\nc\n", "<0\n- a\n  - b\n0>\nc\n"),
        ("- ::: tip T\n  a\n  :::\n- b\n", "- <0\n  =0 T\n  a\n  0>\n- b\n"),
        ("> ::: tip T\n> a\n> :::\nb\n", "> <0\n> =0 T\n> a\n> 0>\nb\n"),
        // No paragraph goes on out of its container.
        ("- a\n\n  ::: tip\n  b\n:::\n", "- a\n\n  <0\n  b\n  0>\n:::\n"),
        ("> ::: tip\n> - a\nb\n", "> <0\n> - a\n> 0>\nb\n"),
        ("- a\n  > b\nc\n::: tip\n", "- a\n  > b\nc\n<0\n"),
        ("```\n::: tip\n```\n", "```\n::: tip\n```\n"),
        ("    ::: tip\n", "    ::: tip\n"),
        ("::: foo\na\n:::\n", "::: foo\na\n:::\n"),
        ("<div>\n::: tip\n</div>\n", "<div>\n::: tip\n</div>\n"),
        // A fence that is closed further on keeps its colons; one that is not ends with the container.
        ("::: tip\n```\n:::\n```\n:::\n", "<0\n```\n:::\n```\n0>\n"),
        ("::: tip\n```js\na\n:::\nb\n", "<0\n```js\na\n```\n0>\nb\n"),
        ("::: tip\n```js\n:::\n\n```js\na\n```\n", "<0\n```js\n```\n0>\n\n```js\na\n```\n"),
        ("::: tip\n<div>\na\n</div>\n:::\nb\n", "<0\n<div>\na\n</div>\n\n0>\nb\n"),
        ("> a\n::: tip\nb\n:::\n", "> a\n<0\nb\n0>\n"),
        ("| a |\n|---|\n| b |\n::: tip\n:::\n", "| a |\n|---|\n| b |\n<0\n0>\n"),
    ] {
        assert_eq!(show(body, false), want, "{body}");
    }
}

#[test]
fn an_exact_closer_stands_below_its_opener() {
    for (body, want) in [
        ("::: tip\na\n   :::\nb\n", "<0\na\n   :::\nb\n"),
        ("  ::: tip\na\n  :::\n", "  <0\n0>\na\n  :::\n"),
        ("  ::: tip\n  a\n  :::\nb\n", "  <0\n  a\n0>\nb\n"),
    ] {
        assert_eq!(show(body, true), want, "{body}");
    }
}

#[test]
fn table_of_contents_lines() {
    for (body, want) in [
        ("[[toc]]\n", "toc\n"),
        ("a\n[[TOC]] more\nb\n", "a\ntoc\nb\n"),
        ("- [[toc]]\n", "- toc\n"),
        ("[[ toc ]]\n", "[[ toc ]]\n"),
        ("See [[toc]]\n", "See [[toc]]\n"),
        ("    [[toc]]\n", "    [[toc]]\n"),
    ] {
        assert_eq!(show(body, false), want, "{body}");
    }
}

#[test]
fn snippet_lines() {
    for (body, want) in [
        ("<<< a \n", "<<< A\n"),
        ("- <<< a\n  <<< b\n> <<< c\n", "- <<< A\n  <<< B\n> <<< C\n"),
        ("::: tip\n<<< a\n:::\n", "<0\n<<< A\n0>\n"),
        ("a\n<<< a\n", "a\n<<< a\n"),
        ("> a\n<<< a\n", "> a\n<<< a\n"),
        ("    <<< a\n", "    <<< a\n"),
        ("```\n<<< a\n```\n", "```\n<<< a\n```\n"),
        ("<div>\n<<< a\n</div>\n", "<div>\n<<< a\n</div>\n"),
        ("a\n@[code](a)\nb\n", "a\n@[CODE](A)\nb\n"),
    ] {
        assert_eq!(show(body, false), want, "{body}");
    }
}

#[test]
fn where_code_is() {
    for (body, want) in [
        ("a\n```\nX\n```\nb\n", "X\n"),
        ("a\n\n    X\nb\n", "    X\n"),
        ("- a\n  ~~~\n  X\n\nb\n", "  X\n\n"),
        ("> ```\n> X\nb\n", "> X\n"),
        ("::: tip\n```\nX\n:::\nb\n", "X\n"),
        ("- a\n\n      b\n", "      b\n"),
        ("- a\n\n    b\n", ""),
        ("a\n    b\n", ""),
        ("```\nX\n", "X\n"),
    ] {
        let found = code(body, 100, &MarkdownConfig::default());
        let found: String = found.iter().map(|range| &body[shift(range)]).collect();
        assert_eq!(found, want, "{body}");
    }
}

#[test]
fn ends_are_told() {
    let ends = |body: &str| -> Vec<End> {
        scan(body, 0, &rules(&MarkdownConfig::default())).containers.into_iter().map(|one| one.end).collect()
    };
    assert_eq!(ends("::: tip\na\n:::\n"), [End::Closed]);
    assert_eq!(ends("::: tip\na\n"), [End::Never]);
    assert_eq!(ends("- ::: tip\n  a\n\nb\n"), [End::WithParent(15)]);
    assert_eq!(ends("::: tip\n::: tip\n:::\n"), [End::Closed, End::WithOuter(16..19)]);
}

#[test]
fn strays_are_told() {
    let found = scan("a\n:::\n\n::: Foo\n", 10, &rules(&MarkdownConfig::default()));
    assert_eq!(found.strays, [Stray::Closer(12..15), Stray::Opener(17..24)]);
}

#[test]
fn titles_lead_back_to_the_source() {
    let body = "- a\n\n  ::: tip  Été *x*  \n  b\n  :::\n";
    let found = scan(body, 0, &rules(&MarkdownConfig::default()));
    assert_eq!(&body[found.containers[0].title.clone()], "Été *x*");
    let at = found.rewritten.text.find("*x*").expect("the title was copied");
    assert_eq!(found.rewritten.source_offset(at), body.find("*x*").expect("it is there"));
}

#[test]
fn deep_nesting_is_bounded() {
    let body = "::: tip\n".repeat(10_000);
    let found = scan(&body, 0, &rules(&MarkdownConfig::default()));
    assert_eq!(found.containers.len(), MAX_CONTAINERS);
    assert_eq!(found.strays.len(), 10_000 - MAX_CONTAINERS);
}

#[test]
fn a_line_that_is_text_opens_nothing() {
    let body = "::: tip\na\n:::\n\n[[toc]]\n";
    let found = scan(body, 5, &Rules { is_text: &|at| at == 5 || at == 20, ..rules(&MarkdownConfig::default()) });
    assert_eq!((found.rewritten.text.as_str(), found.marks), (body, Vec::new()));
    assert_eq!(found.strays, [Stray::Text(5..12), Stray::Closer(15..18)]);
}

#[test]
fn tabs_alerts_and_tags_are_marked() {
    for (body, want) in [
        ("::: tabs\n@tab A\na\n@tab B\nb\n:::\nc\n", "<0\n<1\n=1 A\na\n1>\n<2\n=2 B\nb\n0>\nc\n"),
        // What is open in a tab ends with it: lists, quotes, code without an end.
        ("::: tabs\n@tab A\n- a\n@tab B\n:::\n", "<0\n<1\n=1 A\n- a\n1>\n<2\n=2 B\n0>\n"),
        ("::: tabs\n```\na\n@tab B\n:::\n", "<0\n```\na\n```\n<1\n=1 B\n0>\n"),
        ("::: tabs\n@tab A\n```\n@tab B\n```\n:::\n", "<0\n<1\n=1 A\n```\n@tab B\n```\n0>\n"),
        ("::: tabs\n@tab A\n::: tip\n@tab B\n:::\n", "<0\n<1\n=1 A\n<2\n1>\n<3\n=3 B\n0>\n"),
        // The innermost group takes the tab.
        (
            ":::: tabs\n@tab A\n::: tabs\n@tab B\n:::\n@tab C\n::::\n",
            "<0\n<1\n=1 A\n<2\n<3\n=3 B\n2>\n1>\n<4\n=4 C\n0>\n",
        ),
        ("- ::: tabs\n  @tab A\n@tab B\n", "- <0\n  <1\n  =1 A\n  0>\n@tab B\n"),
        ("::: tabs key:os\n== A\na\n== B\n:::\n", "<0\n<1\n=1 A\na\n1>\n<2\n=2 B\n0>\n"),
        ("@tab A\n", "@tab A\n"),
        ("> [!NOTE] A\n> a\nb\n\nc\n", "> <0\n> =0 A\n> a\nb\n\nc\n"),
        ("> [!NOTE]\na\n", "> <0\n> a\n"),
        ("> [!NOTE]\n- a\n", "> <0\n- a\n"),
        ("- > [!TIP]\n  a\n", "- > <0\n  > a\n"),
        ("> a\n> [!NOTE]\n", "> a\n> [!NOTE]\n"),
        ("[!NOTE]\n", "[!NOTE]\n"),
        ("<CodeGroup>\n<CodeGroupItem title=\"A\">\na\n</CodeGroupItem>\n</CodeGroup>\n", "<0\n<1\n=1 A\na\n1>\n0>\n"),
        ("<CodeGroup>\n```\n</CodeGroup>\n```\n</CodeGroup>\n", "<0\n```\n</CodeGroup>\n```\n0>\n"),
        ("a\n<CodeGroup>\n</CodeGroup>\n", "a\n<CodeGroup>\n</CodeGroup>\n"),
    ] {
        assert_eq!(show(body, false), want, "{body}");
    }
}

#[test]
fn definitions_and_abbreviations() {
    let config = MarkdownConfig::default();
    let rules = Rules { definitions: true, abbreviations: true, ..rules(&config) };
    for (body, want, short) in [
        ("Term\n: one\n  more\n: two\n", "Term\n: one\n  more\n: two\n", &[][..]),
        ("Term\n\n: one\n", "Term\n\n: one\n", &[]),
        ("- Term\n  : one\n", "- Term\n  : one\n", &[]),
        // No term, no space, two lines, another item.
        ("# T\n: a\n", "# T\n&#58; a\n", &[]),
        ("a\n:tada:\n", "a\n&#58;tada:\n", &[]),
        ("a\nb\n: c\n", "a\nb\n&#58; c\n", &[]),
        ("- a\n- : b\n", "- a\n- &#58; b\n", &[]),
        ("> a\n: b\n", "> a\n&#58; b\n", &[]),
        ("*[A]: b\nc\n> *[D]: e\n", "\nc\n> \n", &["A", "D"]),
        ("```\n*[A]: b\na\n: b\n```\n", "```\n*[A]: b\na\n: b\n```\n", &[]),
    ] {
        let found = scan(body, 0, &rules);
        assert_eq!(found.rewritten.text, want, "{body}");
        let shorts: Vec<&str> = found.abbreviations.iter().map(|(short, _)| short.as_str()).collect();
        assert_eq!(shorts, short, "{body}");
    }
}
