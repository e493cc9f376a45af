//! Pages that are too large or too deep for anyone but a machine.

use std::fmt::Write as _;
use std::fs;

use crate::{build, folder};

/// The page that comes of this Markdown, whatever is told of it.
fn page(markdown: &str) -> String {
    let folder = folder([("README.md", "# Home\n"), ("page.md", markdown)]);
    let ended = build(folder.path());
    assert_eq!(ended.code, 0, "{}", ended.err);
    let html = fs::read_to_string(folder.path().join("public/page.html")).expect("it is built");
    let article = crate::support::article(&html).expect("it has an article");
    article.to_owned()
}

#[test]
fn a_page_of_megabytes_comes_out_whole() {
    let mut markdown = "# Registre\n".to_owned();
    let mut sections = 0;
    // In a release build, 50 MB of this take seven seconds.
    while markdown.len() < 4 << 20 {
        sections += 1;
        let _ = write!(
            markdown,
            "\n## Entrée {sections}\n\nUn paragraphe **important**, du `code`, un [lien](#entree-{sections}).\n\n- un\n- deux\n\n::: tip\nFin {sections}.\n:::\n"
        );
    }
    let html = page(&markdown);
    assert_eq!(html.matches("<h2 ").count(), sections);
    assert_eq!(html.matches("<strong>important</strong>").count(), sections);
    assert!(html.contains(&format!("<p>Fin {sections}.</p>")));
}

#[test]
fn one_line_of_megabytes_comes_out_whole() {
    let html = page(&format!("# T\n\n{}fin\n", "mot ".repeat(1 << 20)));
    assert_eq!(html.matches("mot ").count(), 1 << 20);
    assert!(html.contains("fin</p>"));
}

#[test]
fn what_is_nested_without_end_is_shown() {
    let deep = 10_000;
    let lines = |line: &dyn Fn(usize) -> String| (0..deep).map(line).collect::<String>();
    let descending = |depth: usize| format!("{} tip\n", ":".repeat(3 + depth));
    let ascending = |depth: usize| format!("{}\n", ":".repeat(3 + depth));
    // 10,000 lines of up to 10,000 colons are 100 MB; a tenth of the depth shows the same.
    let shallow = deep / 10;
    for (name, markdown) in [
        ("quotes", format!("{}fin\n", ">".repeat(deep))),
        ("spaced quotes", format!("{}fin\n", "> ".repeat(deep))),
        ("containers", format!("{}fin\n\n{}", "::: tip\n".repeat(deep), ":::\n".repeat(deep))),
        ("containers that never end", format!("{}fin\n", "::: tip\n".repeat(deep))),
        (
            "containers with fewer and fewer colons",
            format!(
                "{}fin\n\n{}",
                (0..shallow).rev().map(descending).collect::<String>(),
                (0..shallow).map(ascending).collect::<String>()
            ),
        ),
        ("items in one line", format!("{}fin\n", "- ".repeat(deep))),
        ("numbered items", format!("{}fin\n", "1. ".repeat(deep))),
        (
            "items in lines",
            format!("{}\nfin\n", (0..shallow).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect::<String>()),
        ),
        ("emphasis", format!("{}fin{}\n", "*a ".repeat(deep), " b*".repeat(deep))),
        ("elements", format!("{}fin\n", "<div>".repeat(deep))),
        ("closers", format!("fin\n\n{}", lines(&|_| ":::\n".to_owned()))),
    ] {
        let html = page(&format!("# T\n\n{markdown}"));
        assert!(html.contains("fin"), "{name}: the text is lost");
    }
}

#[test]
fn what_is_opened_without_end_is_text() {
    let many = 50_000;
    for open in [
        "[",
        "![",
        "<div ",
        "<",
        "<a b=\"",
        "*",
        "_a",
        "`",
        "`a``",
        "&",
        "&#1",
        "[a](",
        "<http:",
        "~~a ",
        "|",
        "(",
        "]",
        "\\",
        "{",
        "{{",
        "$",
        ":a",
        "[^a]",
        "<!--",
        "<![CDATA[",
        "<?",
        "www.a",
    ] {
        let html = page(&format!("# T\n\n{} fin\n", open.repeat(many)));
        assert!(html.contains("fin"), "{open}: the text is lost");
    }
}

#[test]
fn many_of_one_kind_are_as_fast_as_few() {
    for (name, markdown) in [
        ("headings", "## Même titre\n\n".repeat(5_000)),
        ("tables of contents", format!("{}{}", "[[toc]]\n\n".repeat(100), "## Titre\n\n".repeat(100))),
        ("dead links", "[a](rien.md)\n\n".repeat(5_000)),
        (
            "references",
            (0..5_000).map(|n| format!("[a{n}]: x{n}.md\n")).chain((0..5_000).map(|n| format!("[a{n}]\n"))).collect(),
        ),
        ("fences", "```js\nlet x = 1\n```\n\n".repeat(1_000)),
        ("lines of code", format!("```js\n{}```\n", "let x = 1;\n".repeat(20_000))),
        ("minified code", format!("```js\n{}\n```\n", "let x=1;".repeat(50_000))),
        ("footnotes", (0..2_000).map(|n| format!("a[^{n}]\n\n[^{n}]: note\n\n")).collect()),
    ] {
        let html = page(&format!("# T\n\n{markdown}\nfin\n"));
        assert!(html.contains("fin"), "{name}: the text is lost");
    }
}
