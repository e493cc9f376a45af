use super::containers::MAX_CONTAINERS;
use super::*;
use crate::page::masks::Masks;
use std::collections::BTreeSet;

fn rules(exact_indent: bool) -> Rules<'static> {
    Rules {
        is_kind: &|kind| matches!(kind, "tip" | "details"),
        exact_indent,
        toc_block: Some("[[toc]]"),
        definitions: false,
        abbreviations: false,
        masks: Masks::default(),
        plain_dollars: const { &BTreeSet::new() },
        is_text: &|_| false,
    }
}

/// The rewritten text with each mark in place of its line: `<0`, `=0`, `0>`, `toc`.
fn show(body: &str, exact_indent: bool) -> String {
    let found = scan(body, 100, &rules(exact_indent));
    let mut text = found.rewritten.text.clone();
    for &(at, mark) in found.marks.iter().rev() {
        let end = at + text[at..].find('\n').expect("a marked line ends");
        let shown = match mark {
            Mark::Open(index) => format!("<{index}"),
            Mark::Title(index) => format!("={index} {}", text[at + 2..end].trim_end_matches(" #")),
            Mark::Close(index) => format!("{index}>"),
            Mark::Toc => "toc".to_owned(),
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
fn ends_are_told() {
    let ends =
        |body: &str| -> Vec<End> { scan(body, 0, &rules(false)).containers.into_iter().map(|one| one.end).collect() };
    assert_eq!(ends("::: tip\na\n:::\n"), [End::Closed]);
    assert_eq!(ends("::: tip\na\n"), [End::Never]);
    assert_eq!(ends("- ::: tip\n  a\n\nb\n"), [End::WithParent(15)]);
    assert_eq!(ends("::: tip\n::: tip\n:::\n"), [End::Closed, End::WithOuter(16..19)]);
}

#[test]
fn strays_are_told() {
    let found = scan("a\n:::\n\n::: Foo\n", 10, &rules(false));
    assert_eq!(found.strays, [Stray::Closer(12..15), Stray::Opener(17..24)]);
}

#[test]
fn titles_lead_back_to_the_source() {
    let body = "- a\n\n  ::: tip  Été *x*  \n  b\n  :::\n";
    let found = scan(body, 0, &rules(false));
    assert_eq!(&body[found.containers[0].title.clone()], "Été *x*");
    let at = found.rewritten.text.find("*x*").expect("the title was copied");
    assert_eq!(found.rewritten.source_offset(at), body.find("*x*").expect("it is there"));
}

#[test]
fn deep_nesting_is_bounded() {
    let body = "::: tip\n".repeat(10_000);
    let found = scan(&body, 0, &rules(false));
    assert_eq!(found.containers.len(), MAX_CONTAINERS);
    assert_eq!(found.strays.len(), 10_000 - MAX_CONTAINERS);
}

#[test]
fn a_line_that_is_text_opens_nothing() {
    let body = "::: tip\na\n:::\n\n[[toc]]\n";
    let found = scan(body, 5, &Rules { is_text: &|at| at == 5 || at == 20, ..rules(false) });
    assert_eq!((found.rewritten.text.as_str(), found.marks), (body, Vec::new()));
    assert_eq!(found.strays, [Stray::Text(5..12), Stray::Closer(15..18)]);
}

#[test]
fn definitions_and_abbreviations() {
    let rules = Rules { definitions: true, abbreviations: true, ..rules(false) };
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
