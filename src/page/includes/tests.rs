use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::{Hash, SourcePath, line_column};
use crate::config::{Conventions, MarkdownConfig};
use crate::page::{self, Library, Page, Reading, Source};

/// Files in memory.
struct Texts {
    files: BTreeMap<SourcePath, Arc<Source>>,
    paths: Vec<SourcePath>,
}

impl Texts {
    fn new<'a>(files: impl IntoIterator<Item = (&'a str, String)>) -> Texts {
        let decode = |(path, text): (&str, String)| {
            let path = SourcePath::new(path).expect("a path inside the project");
            (path.clone(), Arc::new(page::decode(path, text.as_bytes())))
        };
        let files: BTreeMap<_, _> = files.into_iter().map(decode).collect();
        Texts { paths: files.keys().cloned().collect(), files }
    }
}

impl Library for Texts {
    fn read(&self, path: &SourcePath) -> Reading {
        self.files.get(path).map_or(Reading::Absent, |source| Reading::Text(source.clone()))
    }

    fn content(&self) -> SourcePath {
        SourcePath::root()
    }

    fn paths(&self) -> &[SourcePath] {
        &self.paths
    }

    fn paths_hash(&self) -> Hash {
        Hash::of(&self.paths)
    }
}

fn parse(texts: &Texts, path: &str, config: &MarkdownConfig) -> Page {
    let source = &texts.files[&SourcePath::new(path).expect("a path")];
    page::parse(source, path, config, texts)
}

/// The text of a page with all that it includes, as its HTML shows it.
fn words(page: &Page) -> String {
    page.sections.iter().map(|section| section.text.replace('\n', " ")).collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// What was found, each with its place.
fn findings(page: &Page, texts: &Texts) -> Vec<String> {
    let told = page.diagnostics.iter().map(|diagnostic| {
        let span = diagnostic.span.as_ref().expect("every finding has a place");
        let text = &texts.files[&span.file].text;
        let at = line_column(text, span.start as usize);
        format!("{}:{}:{} {} {}", span.file, at.line, at.column, diagnostic.code, &text[span.range()])
    });
    told.collect()
}

#[test]
fn what_is_included() {
    let files = |text: &str| {
        Texts::new([
            ("a.md", text.to_owned()),
            ("x.md", "---\nt: 1\n---\nun\n\ndeux\n".to_owned()),
            ("h.md", "# A\n\na\n\n## Été {#ete}\n\nb\n\n### C\n\nc\n\n## D\n\nd\n".to_owned()),
            ("r.md", "0\n\n<!-- #region r -->\n\n1\n\n2\n<!-- #endregion r -->\n".to_owned()),
            ("empty.md", String::new()),
            ("front.md", "---\nt: 1\n---\n".to_owned()),
        ])
    };
    for (text, want) in [
        ("<!-- @include: x.md -->", "un deux"),
        // Lines are counted from the first of the file; those of the front matter are never shown.
        ("<!-- @include: x.md{,4} -->", "un"),
        ("<!-- @include: x.md{5,} -->", "deux"),
        ("<!-- @include: x.md{1,2} -->", ""),
        ("<!-- @include: h.md#ete -->", "b c"),
        ("<!-- @include: h.md#ete{2,3} -->", "b"),
        ("<!-- @include: h.md#d -->", "d"),
        ("<!-- @include: r.md#r -->", "1 2"),
        ("<!-- @include: r.md#r{4,} -->", "2"),
        ("a <!-- @include: empty.md --> b", "a b"),
        ("a <!-- @include: front.md --> b", "a b"),
        ("a <!-- @include: x.md --> b", "a un deux b"),
        // A part of a page may stand in the page again.
        ("<!-- @include: a.md#r -->\n\n<!-- #region r -->\n\ntrois\n\n<!-- #endregion -->", "trois trois"),
    ] {
        let texts = files(text);
        let page = parse(&texts, "a.md", &MarkdownConfig::default());
        assert_eq!(words(&page).split_whitespace().collect::<Vec<_>>().join(" "), want, "{text}");
        assert_eq!(findings(&page, &texts), [] as [&str; 0], "{text}");
    }
}

#[test]
fn places_are_those_of_the_files() {
    let texts = Texts::new([
        ("a.md", "---\nt: 1\n---\n\n- é <!-- @include: d/x.md -->\n\n::: faux\n".to_owned()),
        (
            "d/x.md",
            "\u{feff}---\nt: 1\n---\r\nè [l](x.png)\r\n\r\n::: nul\r\n\r\n<!-- @include: y.md -->\r\n".to_owned(),
        ),
        ("d/y.md", "> ::: tip\n> ![i](y.png)\n".to_owned()),
    ]);
    let page = parse(&texts, "a.md", &MarkdownConfig::default());
    let mut found = findings(&page, &texts);
    found.sort();
    let want = ["a.md:7:1 unknown-container ::: faux", "d/x.md:6:1 unknown-container ::: nul"];
    assert_eq!(found, [&want[..], &["d/y.md:1:3 unclosed-container ::: tip"]].concat());
    let links = page.head.links.iter().zip(&page.link_spans).map(|(link, span)| {
        let text = &texts.files[&span.file].text;
        assert_eq!(link.written_in.as_ref(), Some(&span.file));
        format!("{} {} {}", link.target, span.file, &text[span.range()])
    });
    assert_eq!(links.collect::<Vec<_>>(), ["x.png d/x.md x.png", "y.png d/y.md y.png"]);
    let reads: Vec<&str> = page.reads.files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!((reads, page.reads.paths), (vec!["d/x.md", "d/y.md"], None));
}

#[test]
fn who_includes() {
    let texts = Texts::new([("a.md", "<!-- @include: x.md -->\n".to_owned()), ("x.md", "texte\n".to_owned())]);
    for (conventions, extended, want) in [
        (Conventions::VuePress1, false, ""),
        (Conventions::VuePress1, true, "texte"),
        (Conventions::VuePress2, false, "texte"),
        (Conventions::VitePress1, false, "texte"),
        (Conventions::VitePress2, false, "texte"),
    ] {
        let config = MarkdownConfig { conventions, extended, ..MarkdownConfig::default() };
        assert_eq!(words(&parse(&texts, "a.md", &config)), want, "{conventions:?}");
    }
}

#[test]
fn growth_is_bounded() {
    let told = |texts: &Texts| {
        let page = parse(texts, "p0.md", &MarkdownConfig::default());
        let codes: Vec<String> = page.diagnostics.iter().map(|diagnostic| diagnostic.code.to_string()).collect();
        codes
    };
    let names: Vec<String> = (0..200).map(|number| format!("p{number}.md")).collect();
    // Each file includes the next one twice.
    let twice = |number: usize| format!("<!-- @include: p{0}.md -->\n<!-- @include: p{0}.md -->\n", number + 1);
    let chain = |last: &str, make: &dyn Fn(usize) -> String, count: usize| {
        let text = |number: usize| if number + 1 == count { last.to_owned() } else { make(number) };
        Texts::new((0..count).map(|number| (names[number].as_str(), text(number))))
    };
    assert_eq!(told(&chain("fin\n", &twice, 40)), ["too-many-includes"]);
    let once = |number: usize| format!("> <!-- @include: p{}.md -->\n", number + 1);
    assert_eq!(told(&chain("fin\n", &once, 200)), ["too-many-includes"]);
    assert_eq!(told(&chain("fin\n", &once, 90)), [] as [&str; 0]);
}
