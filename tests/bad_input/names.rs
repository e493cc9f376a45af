//! Names of files that a link, an address or a file system finds hard.

use std::fs;

use crate::{Case, build, check, folder};

#[test]
fn every_name_becomes_a_page_that_links_find() {
    for (name, links) in [
        ("été à la plage.md", &["<été à la plage.md>", "%C3%A9t%C3%A9%20%C3%A0%20la%20plage.md"][..]),
        // Accents taken apart, as macOS stores them, are found by links with whole ones, and the other way round.
        ("cafe\u{301}.md", &["cafe\u{301}.md", "caf\u{e9}.md"]),
        ("th\u{e9}.md", &["th\u{e9}.md", "the\u{301}.md"]),
        ("a#b.md", &["a%23b.md"]),
        ("quoi?.md", &["quoi%3F.md"]),
        ("100%.md", &["100%25.md", "100%.md"]),
        ("🎉.md", &["🎉.md", "%F0%9F%8E%89.md"]),
        ("a&b.md", &["a&b.md"]),
        ("a:b.md", &["./a:b.md"]),
        ("\"q\".md", &["<\"q\".md>"]),
        ("-rf.md", &["-rf.md"]),
        ("a..b.md", &["a..b.md"]),
        (" devant.md", &["<%20devant.md>"]),
        ("{{x}}.md", &["<{{x}}.md>"]),
        ("<b>.md", &["%3Cb%3E.md"]),
        ("CAPITALES.MD", &["CAPITALES.MD"]),
        ("dossier.md/page.md", &["dossier.md/page.md"]),
    ] {
        let home: String = links.iter().map(|link| format!("- [x]({link})\n")).collect();
        let folder = folder([("README.md", home.as_str()), (name, "# La page\n")]);
        let ended = build(folder.path());
        assert!(ended.code == 0 && ended.err.contains("nothing to mend"), "{name}: {}", ended.err);
        let out = format!("{}.html", name.rsplit_once('.').expect("it has an extension").0);
        let page = fs::read_to_string(folder.path().join("public").join(&out))
            .unwrap_or_else(|error| panic!("{out}: {error}"));
        assert!(page.contains("La page"), "{name}");
    }
}

#[test]
fn a_link_that_has_to_be_escaped_is_told_how() {
    for (name, link, help) in
        [("a#b.md", "<a#b.md>", "did you mean `a%23b.md`?"), ("a b?.md", "<a b?.md>", "`a%20b%3F.md`")]
    {
        let home = format!("[x]({link})\n");
        let files = [("README.md", home.as_bytes()), (name, b"# Page\n")];
        check(&Case { files: &files, code: 0, told: &["dead-link", "README.md:1:6", help], shown: &[] });
    }
}

#[test]
fn capitals_tell_names_apart() {
    let root = tempfile::tempdir().expect("a folder");
    fs::write(root.path().join("Guide.md"), "# Grand\n").expect("a file");
    if root.path().join("guide.md").exists() {
        eprintln!("this file system does not tell capitals from small letters: nothing to test");
        return;
    }
    let files =
        [("README.md", &b"[a](Guide.md) [b](guide.md)\n"[..]), ("Guide.md", b"# Grand\n"), ("guide.md", b"# Petit\n")];
    check(&Case { files: &files, code: 0, told: &[], shown: &[("Guide.html", "Grand"), ("guide.html", "Petit")] });
}

#[test]
fn a_name_that_no_file_system_takes_is_an_error() {
    let name = format!("{}.md", "n".repeat(252));
    let told = ["long-name", &name, "shorten it"];
    check(&Case { files: &[(&name, b"# Page\n")], code: 1, told: &told, shown: &[] });
    let name = format!("{}/{}.md", "d".repeat(200), "n".repeat(240));
    check(&Case { files: &[(&name, b"# Page\n")], code: 0, told: &[], shown: &[] });
}

#[test]
fn folders_in_folders_in_folders() {
    let name = format!("{}/page.md", ["d"; 300].join("/"));
    let out = format!("{}/page.html", ["d"; 300].join("/"));
    check(&Case { files: &[(&name, b"# Page\n")], code: 0, told: &[], shown: &[(&out, "Page")] });
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_text_is_left_out_and_told() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = folder([("README.md", "# Home\n")]);
    let path = folder.path().join(std::ffi::OsStr::from_bytes(b"\xff\xe9.md"));
    if let Err(error) = fs::write(&path, "# Page\n") {
        eprintln!("this file system takes no such name: nothing to test ({error})");
        return;
    }
    let ended = build(folder.path());
    let case =
        Case { files: &[], code: 0, told: &["unreadable-file", "rename the file"], shown: &[("index.html", "Home")] };
    crate::verify(folder.path(), &ended, &case);
}
