use super::*;
use crate::vfs::Memory;

fn built(files: &[(&str, &str)]) -> Built {
    Built::read(&Memory::new(files.iter().copied())).expect("files in memory")
}

fn text(format: Format, difference: &Difference) -> String {
    let mut out = Vec::new();
    print(difference, format, false, 20, &mut out).expect("written to memory");
    String::from_utf8(out).expect("text")
}

#[test]
fn the_same_words_in_other_html_are_the_same() {
    let old = built(&[(
        "guide/a.html",
        r##"<title>A</title><link href="/docs/guide/a.html"><nav>Menu</nav><div class="theme-default-content"><h1 id="a"><a class="header-anchor" href="#a">#</a> A</h1>
        <p>One <em>two</em>&nbsp;! <a href="/docs/guide/a.html#a">here</a></p><div class="language-sh"><div class="line-numbers-wrapper">1</div><pre><code>ls -l
</code></pre></div></div>"##,
    )]);
    let new = built(&[(
        "guide/a.html",
        r##"<title>A</title><main><article class="prose"><h1 id="a">A <a class="header-anchor" href="#a">¶</a></h1>
        <p>One two! <a href="a.html#a">here</a><pre>ls -l</pre><button>Copy</button></article></main><footer>x</footer>"##,
    )]);
    let difference = compare(&old, &new);
    assert!(difference.is_empty(), "{difference:#?}");
    assert!(!difference.loses_addresses());
    assert_eq!(text(Format::Human, &difference), "1 page: nothing differs\n");
}

#[test]
fn what_is_gone_new_and_changed() {
    let long = "Words that stand on this page only, many enough to know it again wherever it went after that.";
    let page = |body: &str| format!("<title>T</title><main>{body}</main>");
    let old = built(&[
        (
            "index.html",
            &page(
                "<h1 id=h>Home</h1><h2 id=install>Install</h2><h2 id=usage>Usage</h2><p>Old words here <a href=old.html>go</a>",
            ),
        ),
        ("old.html", &page(&format!("<h1>Moved</h1><p>{long}"))),
        ("left.html", &page("<h1>Left</h1><p>Nothing like it.")),
        ("away.html", &page("<h1>Away</h1>")),
        ("files/form.pdf", ""),
        ("404.html", &page("Not found")),
    ]);
    let new = built(&[
        (
            "index.html",
            &page(
                "<h1 id=h>Home</h1><h2 id=installing>Install</h2><h2 id=usages>How to use it</h2><p>New words here <a href=new/>go</a>",
            ),
        ),
        ("new/index.html", &page(&format!("<h1>Moved</h1><p>{long}"))),
        ("away.html", r#"<meta http-equiv="Refresh" content="0; URL=new/#x">"#),
        ("docs/form.pdf", ""),
    ]);
    let difference = compare(&old, &new);
    let gone =
        |address: &str, became: Option<&str>| Gone { address: address.into(), became: became.map(str::to_owned) };
    assert_eq!(
        difference.gone,
        [gone("/files/form.pdf", Some("/docs/form.pdf")), gone("/left.html", None), gone("/old.html", Some("/new/"))]
    );
    assert_eq!(difference.moved, [("/away.html".to_owned(), "/new/#x".to_owned())]);
    assert_eq!(difference.new, ["/docs/form.pdf", "/new/"]);
    let [home] = difference.changed.as_slice() else { panic!("{difference:#?}") };
    let anchors: Vec<_> = home.anchors.gone.iter().map(|it| (it.id.as_str(), it.became.as_deref())).collect();
    assert_eq!(anchors, [("install", Some("installing")), ("usage", Some("usages"))]);
    assert_eq!(home.links.gone, [Link { text: "go".into(), target: "/old".into() }]);
    assert_eq!(home.links.new, [Link { text: "go".into(), target: "/new/".into() }]);
    assert_eq!((home.text.gone, home.text.new), (2, 5));
    assert!(difference.loses_addresses());

    let human = text(Format::Human, &difference);
    for line in [
        "  - /old.html (now probably /new/)",
        "  > /away.html -> /new/#x",
        "  - #install (now probably #installing)",
        "  - link: [go](/old)",
        "4 -> 2 pages: 3 addresses gone, 2 anchors gone, 2 words gone, 1 redirected, 2 new, 1 changed",
    ] {
        assert!(human.lines().any(|it| it == line), "{line} is not in:\n{human}");
    }
    let markdown = text(Format::Markdown, &difference);
    assert!(
        markdown.contains("| `/old.html` | `/new/` |") && markdown.contains("| `/` | `#install` | `#installing` |"),
        "{markdown}"
    );
    let json: serde_json::Value = serde_json::from_str(&text(Format::Json, &difference)).expect("JSON");
    assert_eq!(json["changed"][0]["anchors"]["gone"][0]["became"], "installing");
    assert_eq!(json["pages"], serde_json::json!({ "old": 4, "new": 2 }));
}

#[test]
fn a_folder_around_everything_is_no_address() {
    let page = "<title>T</title><main><p>Text</main>";
    let old = built(&[("site-main/index.html", page), ("site-main/a/index.html", page)]);
    assert!(compare(&old, &built(&[("index.html", page), ("a/index.html", page)])).is_empty());
    assert!(built(&[("style.css", "")]).is_empty());
}
