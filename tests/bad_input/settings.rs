//! Settings and templates with mistakes.

use crate::{Case, check};

const HOME: &[u8] = b"# Accueil\n";

#[test]
fn settings_that_cannot_be_read_stop_the_build() {
    for (text, told) in [
        ("title: \"X\nnav: []\n", &["settings-syntax", "pressoir.yml:1:8", "never closed"][..]),
        ("title: X\n\tlang: fr\n", &["settings-syntax", "pressoir.yml:2:1", "spaces"]),
        ("title: Guide : le début\n", &["settings-syntax", "pressoir.yml:1:14", "between quotes"]),
        ("- a\n- b\n", &["settings-syntax", "pressoir.yml:1:1", "one setting a line"]),
        ("title: A\nlang: fr\ntitle: B\n", &["settings-syntax", "pressoir.yml:3:1", "delete one"]),
        ("title: A\ncontent: ../..\n", &["outside-project", "pressoir.yml:2:1", "name a folder below"]),
    ] {
        check(&Case {
            files: &[("pressoir.yml", text.as_bytes()), ("content/README.md", HOME)],
            code: 2,
            told,
            shown: &[],
        });
    }
    for (name, text, told) in [
        ("config.yml", "title: [\n", &["settings-syntax", "docs/.vuepress/config.yml:1:1"][..]),
        ("config.toml", "title = \"X\n", &["settings-syntax", "docs/.vuepress/config.toml:1:11"]),
        ("config.json", "{\"title\": \"X\",}\n", &["settings-syntax", "docs/.vuepress/config.json:1:15"]),
    ] {
        let files = [(&*format!("docs/.vuepress/{name}"), text.as_bytes()), ("docs/README.md", HOME)];
        check(&Case { files: &files, code: 2, told, shown: &[] });
    }
}

#[test]
fn settings_that_mean_nothing_are_told_and_the_rest_is_used() {
    let text =
        "title: Le guide\nlangue: fr\nmarkdown: oui\nsidebar: 12\nurl: exemple\nexclude: 4\nlocales: fr\nfooter: [a]\n";
    let told = [
        "there is no setting `langue`",
        "pressoir.yml:2:1",
        "did you mean `lang`?",
        "`markdown` should be keys and values",
        "pressoir.yml:3:1",
        "pressoir.yml:4:1",
        "`exemple` is no address of a site",
        "pressoir.yml:5:1",
        "pressoir.yml:6:1",
        "pressoir.yml:7:1",
        "pressoir.yml:8:1",
        "7 warnings",
    ];
    let files = [("pressoir.yml", text.as_bytes()), ("content/README.md", HOME)];
    check(&Case { files: &files, code: 0, told: &told, shown: &[("index.html", "Le guide")] });
}

#[test]
fn a_menu_that_leads_nowhere_is_told_where_it_is_written() {
    let text = "nav:\n  - text: A\n    link: /rien/\nsidebar: [/absent, 3]\n";
    let told = ["dead-nav-link", "`/rien/`", "pressoir.yml:2:3", "`/absent`", "pressoir.yml:4:1"];
    let files = [("pressoir.yml", text.as_bytes()), ("content/README.md", HOME)];
    check(&Case { files: &files, code: 0, told: &told, shown: &[("index.html", "Accueil")] });
}

#[test]
fn a_template_with_a_mistake_is_told_where_it_is() {
    let page = "themes/default/templates/page.html";
    for (text, told) in [
        ("{% if x %}\n{{ y }\n", &["template-error", "themes/default/templates/page.html:2:6", "remove it"][..]),
        (
            "a\n{% include \"rien.html\" %}\n",
            &["template-error", "`rien.html`", "themes/default/templates/page.html:2:"],
        ),
        ("{% include \"page.html\" %}\n", &["template-error", "themes/default/templates/page.html:1:1"]),
    ] {
        let files = [("pressoir.yml", &b"title: X\n"[..]), ("content/README.md", HOME), (page, text.as_bytes())];
        check(&Case { files: &files, code: 1, told, shown: &[] });
    }
    let files = [("pressoir.yml", &b"theme: absent\n"[..]), ("content/README.md", HOME)];
    check(&Case { files: &files, code: 2, told: &["unknown-theme", "`absent`", "`default`"], shown: &[] });
}
