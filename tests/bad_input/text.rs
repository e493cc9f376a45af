//! Bytes that are no text, and front matter that is none.

use crate::{Case, check};

#[test]
fn what_is_no_text_is_shown_as_such_and_told() {
    for (bytes, told, shown) in [
        (
            &b"# T\n\nd\xe9j\xe0 vu, fin\n"[..],
            &["invalid-text", "page.md:3:2", "UTF-8"][..],
            "d\u{fffd}j\u{fffd} vu, fin",
        ),
        (b"# T\n\na\0b\0, fin\n", &["nul-character", "page.md:3:2", "delete it"], "a\u{fffd}b\u{fffd}, fin"),
        (
            b"\xff\xfe#\0 \0\xc9\0t\0\xe9\0\n\0\n\0f\0i\0n\0",
            &["utf-16", "page.md:1:1", "save it as UTF-8"],
            "<p>fin</p>",
        ),
        (b"\xfe\xff\0#\0 \0T\0\n\0\n\0f\0i\0n", &["utf-16", "page.md:1:1"], "<p>fin</p>"),
        (b"\xff\xff\xff\xff", &["invalid-text", "page.md:1:1"], "\u{fffd}\u{fffd}"),
    ] {
        check(&Case { files: &[("page.md", bytes)], code: 0, told, shown: &[("page.html", shown)] });
    }
}

#[test]
fn what_editors_add_counts_for_nothing() {
    let windows = b"---\r\ntitle: Titre\r\n---\r\n\r\n# Page\r\n\r\n::: tip Astuce\r\nun\r\n:::\r\n\r\n| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n\r\n```js\r\nx\r\n```\r\n";
    for part in ["<td>2</td>", "custom-block tip", "Astuce", "language-javascript"] {
        check(&Case { files: &[("page.md", windows)], code: 0, told: &[], shown: &[("page.html", part)] });
    }
    let marked = b"\xef\xbb\xbf---\ntitle: Titre\n---\n\n# Page\n";
    check(&Case { files: &[("page.md", marked)], code: 0, told: &[], shown: &[("page.html", "Titre")] });
    check(&Case { files: &[("page.md", b"")], code: 0, told: &[], shown: &[("page.html", "<article")] });
    check(&Case { files: &[("page.md", b"\xef\xbb\xbf")], code: 0, told: &[], shown: &[("page.html", "<article")] });
    // Places are told as the author's editor counts them.
    let dead = b"# T\r\n\r\nun\r\n[d](rien.md)\r\n";
    check(&Case {
        files: &[("page.md", dead)],
        code: 0,
        told: &["dead-link", "page.md:4:5"],
        shown: &[("page.html", "un")],
    });
}

#[test]
fn front_matter_that_never_ends_is_text() {
    for (text, told) in [
        ("---\ntitle: X\n\n# T\n\nfin\n", &["unclosed-front-matter", "page.md:1:1", "---"][..]),
        ("---\ntitle: X\n...\n\n# T\n\nfin\n", &["unclosed-front-matter", "page.md:3:1"]),
        ("---\ntitle: X\n ---\n\n# T\n\nfin\n", &["unclosed-front-matter", "page.md:3:1"]),
    ] {
        check(&Case { files: &[("page.md", text.as_bytes())], code: 0, told, shown: &[("page.html", "fin")] });
    }
}

#[test]
fn front_matter_that_cannot_be_read_is_an_error_where_it_stands() {
    for (text, told) in [
        ("title: Guide : le début\n", &["invalid-front-matter", "page.md:2:14", "between quotes"][..]),
        ("title: [a\nfoo: 1\n", &["invalid-front-matter", "page.md:2:8", "`]`"]),
        ("été: \"x\nb: 1\n", &["invalid-front-matter", "page.md:2:6", "never closed"]),
        ("- a\n- b\n", &["invalid-front-matter", "page.md:2:1", "a key before each value"]),
        ("title:X\n", &["invalid-front-matter", "page.md:2:1", "write `title: X`"]),
        ("title: a\ntitle: b\n", &["invalid-front-matter", "page.md:3:1", "delete one"]),
        ("title: @accueil\n", &["invalid-front-matter", "page.md:2:8", "between quotes"]),
        ("order: 99999999999999999999999999\n", &["invalid-front-matter", "page.md:2:8", "too large"]),
    ] {
        let page = format!("---\n{text}---\n\n# T\n");
        check(&Case { files: &[("page.md", page.as_bytes())], code: 1, told, shown: &[] });
    }
}

#[test]
fn front_matter_of_another_shape_is_bad_luck_for_nobody() {
    let odd = b"---\ntitle: {a: b}\nhome: [1]\nhero: 3\nfeatures: 12\nactions: x\nsidebar: {x: 1}\nnext: [a]\nlayout: 3\n---\n\n# Titre\n\nfin\n";
    let folder = crate::folder([("README.md", &b"# Home\n"[..]), ("page.md", odd)]);
    let ended = crate::build(folder.path());
    assert_eq!(ended.code, 0, "{}", ended.err);
    let page = std::fs::read_to_string(folder.path().join("public/page.html")).expect("it is built");
    assert!(page.contains("fin"), "{page}");
}

#[test]
fn bombs_do_not_go_off() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (outer, inner) in ["b", "c", "d", "e", "f", "g", "h"].into_iter().zip(["a", "b", "c", "d", "e", "f", "g"]) {
        let aliases = vec![format!("*{inner}"); 10].join(", ");
        bomb.push_str(&format!("{outer}: &{outer} [{aliases}]\n"));
    }
    let deep = format!("a: {}{}\n", "[".repeat(5_000), "]".repeat(5_000));
    for text in [bomb, deep] {
        let page = format!("---\n{text}---\n\n# T\n");
        let told = ["invalid-front-matter", "page.md:", "too many levels"];
        check(&Case { files: &[("page.md", page.as_bytes())], code: 1, told: &told[..2], shown: &[] });
        let files = [("pressoir.yml", text.as_bytes()), ("content/README.md", b"# Home\n")];
        check(&Case { files: &files, code: 2, told: &["settings-syntax", "pressoir.yml:"], shown: &[] });
    }
}
