use super::*;
use crate::base::Span;
use crate::diag::Diagnostic;

const PAGE: &str = "# Été\n\n\tSee [a](x.md) and [setup](../instal.md#linux) là.\n::: tip\nno end\n";

fn path(text: &str) -> SourcePath {
    SourcePath::new(text).expect("a path inside the project")
}

/// The place of `what` in the page.
fn span(what: &str) -> Span {
    let start = PAGE.find(what).expect("it stands in the page");
    Span::new(path("guide/a b.md"), start..start + what.len())
}

fn options() -> Options {
    Options { prefix: "docs/".into(), detail: Detail::Normal, all: false, strict: false, color: false, width: 80 }
}

fn printed(diagnostics: Vec<Diagnostic>, format: Format, options: &Options) -> String {
    let texts = |file: &SourcePath| match file.as_str() {
        "guide/a b.md" => Some(Arc::from(PAGE)),
        "long.md" => Some(Arc::from(format!("{}here{}", "a ".repeat(300), " b".repeat(300)))),
        "huge.md" => Some(Arc::from("x".repeat(1 << 20))),
        _ => None,
    };
    let mut out = Vec::new();
    print(&Report::new(diagnostics), &texts, format, options, &mut out).expect("memory can be written");
    String::from_utf8(out).expect("reports are UTF-8")
}

fn findings() -> Vec<Diagnostic> {
    vec![
        Diagnostic::warning("dead-link", "no page at `../instal.md`")
            .at(span("../instal.md#linux"))
            .label(span("setup"), "the link")
            .help("did you mean `../install.md`?"),
        Diagnostic::error("unclosed-container", "`::: tip` is never closed")
            .at(span("::: tip\nno end\n"))
            .label(span("# Été"), "in this section"),
        Diagnostic::error("unreadable-file", "cannot be read: permission denied")
            .at(Span::new(path("secret.md"), 0..0)),
        Diagnostic::info("unknown-language", "no highlighting for `foo`").at(span("Été")),
        Diagnostic::warning("no-history", "the site has no home page: 100%,\nreally \u{1b}[31m"),
    ]
}

#[test]
fn human() {
    insta::assert_snapshot!(printed(findings(), Format::Human, &options()));
}

#[test]
fn short() {
    insta::assert_snapshot!(printed(findings(), Format::Short, &options()));
}

#[test]
fn json() {
    insta::assert_snapshot!(printed(findings(), Format::Json, &options()));
}

#[test]
fn github() {
    insta::assert_snapshot!(printed(findings(), Format::Github, &options()));
}

#[test]
fn sarif() {
    let text = printed(findings(), Format::Sarif, &options());
    insta::assert_snapshot!(text.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
}

#[test]
fn strict_makes_warnings_errors() {
    let strict = Options { strict: true, ..options() };
    let text = printed(findings(), Format::Short, &strict);
    assert!(text.contains("error[dead-link]") && !text.contains("warning"), "{text}");
}

#[test]
fn detail_chooses_by_severity() {
    for (detail, want) in [(Detail::Quiet, 2), (Detail::Normal, 4), (Detail::Verbose, 5)] {
        let text = printed(findings(), Format::Short, &Options { detail, ..options() });
        assert_eq!(text.lines().count(), want, "{detail:?}: {text}");
    }
}

#[test]
fn only_colour_sends_escape_codes() {
    for format in [Format::Human, Format::Short] {
        assert!(!printed(findings(), format, &options()).contains('\u{1b}'), "{format:?}");
        let coloured = printed(findings(), format, &Options { color: true, ..options() });
        assert!(coloured.contains('\u{1b}'), "{format:?}");
        assert_eq!(coloured.matches("\u{1b}[31m").count(), 0, "{format:?}: the file's own codes are not sent");
    }
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let text = printed(
        vec![Diagnostic::warning("dead-link", "no page").at(Span::new(path("long.md"), 600..604))],
        Format::Human,
        &options(),
    );
    assert!(text.contains("here") && text.contains("long.md:1:601"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn huge_lines_are_not_shown() {
    let text = printed(
        vec![Diagnostic::warning("dead-link", "no page").at(Span::new(path("huge.md"), 600..604))],
        Format::Human,
        &options(),
    );
    assert!(text.len() < 200 && text.contains("huge.md:1:601"), "{text}");
}

#[test]
fn a_huge_report_stays_readable_and_shows_its_errors() {
    let at = |file: &str, n: usize| Span::new(path(file), n..n + 1);
    let mut many: Vec<Diagnostic> = (0..9_000)
        .map(|n| Diagnostic::warning("dead-link", format!("number {}", n % 3)).at(at(&format!("{}.md", n % 100), n)))
        .collect();
    many.extend((0..1_000).map(|n| Diagnostic::warning("no-alt", "no text").at(at("a.md", n))));
    many.push(Diagnostic::error("duplicate-address", "the one that counts").at(at("z.md", 0)));
    let text = printed(many.clone(), Format::Human, &options());
    assert!(text.starts_with("error[duplicate-address]: the one that counts"), "{text}");
    for number in ["number 0", "number 1", "number 2"] {
        assert!(text.contains(number), "each message is shown: {text}");
    }
    assert!(text.contains("\nand 8995 more dead-link: 9000 warnings in 100 files\n"), "{text}");
    assert!(text.contains("\nand 995 more no-alt: 1000 warnings in 1 file\n"), "{text}");
    assert!(text.ends_with("\n10001 findings of 3 kinds; `--all` shows all of them\n"), "{text}");
    assert!(text.lines().count() < 100, "{text}");
    let all = Options { all: true, ..options() };
    assert_eq!(printed(many.clone(), Format::Human, &all).matches("warning[").count(), 10_000);
    assert_eq!(printed(many.clone(), Format::Short, &options()).lines().count(), 10_001);
    let github = printed(many.clone(), Format::Github, &options());
    assert!(github.starts_with("::error file=docs/z.md,"), "{github}");
    assert!(
        github.ends_with("\n50 of 10001 findings are shown beside their lines; `--all` shows all of them\n"),
        "{github}"
    );
    assert_eq!(github.matches("\n::").count() + 1, 50);
    assert_eq!(printed(many, Format::Github, &all).lines().count(), 10_001);
}

#[test]
fn summary() {
    let texts = |_: &SourcePath| Some(Arc::from(PAGE));
    let mut out = Vec::new();
    print_summary(&Report::new(findings()), &texts, &options(), "2 errors, 2 warnings", &mut out).expect("memory");
    insta::assert_snapshot!(String::from_utf8(out).expect("UTF-8"));
}

#[test]
fn places_outside_the_text_are_mended() {
    for (start, end) in [(9_999, 99_999), (3, 3), (PAGE.len(), PAGE.len()), (5, 3)] {
        let span = Span { file: path("guide/a b.md"), start: start as u32, end: end as u32 };
        for format in [Format::Human, Format::Json, Format::Github] {
            let text = printed(vec![Diagnostic::error("dead-link", "odd place").at(span.clone())], format, &options());
            assert!(text.contains("odd place"), "{format:?} {start}..{end}: {text}");
        }
    }
}

#[test]
fn outlines_are_of_errors_and_warnings() {
    let texts = |_: &SourcePath| Some(Arc::from(PAGE));
    let (report, found) = (Report::new(findings()), |options: &Options| {
        outline(&Report::new(findings()), &texts, options)
            .into_iter()
            .filter(|it| it.severity == Severity::Error)
            .map(|it| (it.code, it.place, it.frame))
            .collect::<Vec<_>>()
    });
    assert_eq!(found(&options()).len(), report.count(Severity::Error));
    let strict = found(&Options { strict: true, ..options() });
    let line = PAGE.lines().nth(2).expect("it has three lines");
    let dead = ("dead-link".into(), Some("docs/guide/a b.md:3:28".into()));
    let framed = strict.iter().find(|(code, place, _)| (code.clone(), place.clone()) == dead).expect("it is told");
    let frame = framed.2.as_deref().expect("it has a line");
    // The tab at its begin stands in the line of the mark, too.
    assert!(frame.starts_with(&format!("3 | {line}\n  | \t{}^", " ".repeat(26))), "{frame}");
    let all = outline(&report, &texts, &options());
    assert_eq!(all.len(), report.count(Severity::Error) + report.count(Severity::Warning));
}
