//! Themes from the outside: the examples of the documentation, copies of the default theme's files, and changes while one looks.
#![allow(clippy::disallowed_methods, reason = "these tests read the documentation and start the program")]

mod support;

use std::fs;
use std::path::Path;

use pressoir::artefact::Body;
use pressoir::build::Build;
use pressoir::diag::Severity;
use support::program::{folder, pressoir};
use support::{Project, findings, page};

/// A part of the documentation: its heading, and the files that it shows, each with its path.
struct Part {
    heading: String,
    files: Vec<(String, String)>,
}

/// The parts of a page of the documentation that show files.
fn parts(text: &str) -> Vec<Part> {
    let mut parts = vec![Part { heading: String::new(), files: Vec::new() }];
    let mut open = false;
    for line in text.lines() {
        let part = parts.last_mut().expect("there is one");
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(info) => {
                open = true;
                let title = info.split("title=\"").nth(1).and_then(|rest| rest.strip_suffix('"'));
                part.files.push((title.expect("each file has its path").to_owned(), String::new()));
            }
            None if open => {
                let (_, text) = part.files.last_mut().expect("a file is open");
                text.push_str(line);
                text.push('\n');
            }
            None => {
                if let Some(heading) = line.strip_prefix("## ") {
                    parts.push(Part { heading: heading.to_owned(), files: Vec::new() });
                }
            }
        }
    }
    parts.retain(|part| !part.files.is_empty());
    parts
}

/// The texts of all files of the output whose names begin so, one after the other.
fn texts(build: &Build, start: &str) -> String {
    let chosen = build.output.iter().filter(|(path, _)| path.as_str().starts_with(start));
    let text = |body: &Body| match body {
        Body::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Body::Copy(path) => path.to_string(),
    };
    chosen.map(|(_, artefact)| text(&artefact.body)).collect()
}

#[test]
fn the_examples_of_make_it_yours_do_what_they_say() {
    let wanted = [
        ("assets/style.", "--accent: light-dark(#8d2f4b, "),
        ("index.html", "<img src=\"logo.svg\""),
        ("index.html", "as=\"font\" type=\"font/woff2\""),
        ("assets/site.", "border-bottom: 3px solid var(--accent)"),
        ("index.html", "<p class=\"announcement\">This site moves on 1 May.</p>"),
        ("index.html", "It costs <strong class=\"price\">12 €</strong> a month."),
        ("index.html", "Made by us.</footer>"),
    ];
    for language in ["content", "content/en"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(language).join("guide/look.md"));
        let parts = parts(&text.expect("the page is there"));
        assert_eq!(parts.len(), wanted.len(), "{language}");
        for (part, (file, text)) in parts.iter().zip(wanted) {
            let project = Project::new([("pressoir.yml", "title: Site\n"), ("content/index.md", "# Home\n")]);
            project.write("fonts/text.woff2", include_bytes!("fonts/boxes.woff2"));
            for (path, text) in &part.files {
                project.write(path, text);
            }
            // The footer is shown where there is one.
            if part.files.iter().any(|(path, _)| path.ends_with("footer.html")) {
                project.write("pressoir.yml", "theme: ours\nfooter: Foot.\n");
            }
            let mut engine = project.engine();
            let build = engine.build();
            assert_eq!(findings(&build, &engine), "", "{language}: {}", part.heading);
            let got = texts(&build, file);
            assert!(got.contains(text), "{language}, {}: {text} is not in\n{got}", part.heading);
        }
    }
}

/// Runs the program in a folder: how it ended, what it answered, what it said.
fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = pressoir(folder).args(arguments).output().expect("it starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it writes UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn copies_of_the_default_theme_build_the_same_site_and_are_never_overwritten() {
    let site =
        folder([("pressoir.yml", "title: Site\ntheme: ours\n"), ("content/index.md", "# Home\n\n## One\n\n## Two\n")]);
    let plain = Project::new([("pressoir.yml", "title: Site\n"), ("content/index.md", "# Home\n\n## One\n\n## Two\n")]);
    let (code, _, said) = run(site.path(), &["theme", "eject", "templates", "components"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("to `themes/ours`"), "{said}");
    let copy = site.path().join("themes/ours/templates/base.html");
    let first = fs::read_to_string(&copy).expect("it was copied");
    assert!(first.starts_with("{#- from pressoir ") && first.contains("{% block banner %}"));
    let (code, _, said) = run(site.path(), &["build", "--strict"]);
    assert_eq!(code, Some(0), "{said}");
    let built = fs::read_to_string(site.path().join("public/index.html")).expect("it was built");
    assert_eq!(Some(built), page(&plain.engine().build(), "index.html"));

    fs::write(&copy, format!("{}mine", first.replace("templates/base.html ", "templates/base.html 00")))
        .expect("a file");
    let (code, _, said) = run(site.path(), &["theme", "eject", "base.html"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("is there already") && fs::read_to_string(&copy).expect("it is there").ends_with("mine"));
    let (_, answer, _) = run(site.path(), &["theme", "list"]);
    let line =
        |name: &str| answer.lines().find(|line| line.starts_with(name)).expect("each file has a line").to_owned();
    assert!(line("templates/base.html").ends_with("the default theme's has changed since)"), "{answer}");
    assert!(line("templates/page.html").ends_with(&format!("(from {})", env!("CARGO_PKG_VERSION"))), "{answer}");
    assert_eq!(line("theme.yml"), "theme.yml");
    let (code, answer, _) = run(site.path(), &["check", "--format", "short"]);
    assert!(
        code == Some(0) && answer.contains("themes/ours/templates/base.html:1:5: warning[stale-theme-file]"),
        "{answer}"
    );
}

#[test]
fn a_copy_goes_to_the_default_theme_where_the_site_has_none_of_its_own() {
    let site = folder([("index.md", "# Home\n")]);
    let (code, _, said) = run(site.path(), &["theme", "eject", "pager.html"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(site.path().join("themes/default/templates/partials/pager.html").is_file());
    let (code, answer, _) = run(site.path(), &["theme", "show", "pager.html"]);
    assert!(code == Some(0) && answer.starts_with("<nav class=\"pager\""), "{answer}");
}

#[test]
fn files_that_the_default_theme_has_not_are_told() {
    let site = folder([("index.md", "# Home\n")]);
    for (arguments, want) in [
        (
            &["theme", "eject", "foter.html"][..],
            "has no file `foter.html`; did you mean `templates/partials/footer.html`?",
        ),
        (&["theme", "eject", "../../secret"], "has no file `../../secret`; `pressoir theme list` shows all"),
        (
            &["theme", "show", "search.html"],
            "several files end so: `templates/partials/search.html`, `templates/search.html`",
        ),
        (&["theme", "show", "palettes"], "`palettes` is a folder; name a file of it"),
        (&["theme", "list", "nowhere"], "there is no folder `nowhere`"),
    ] {
        let (code, _, said) = run(site.path(), arguments);
        assert!(code == Some(2) && said.contains(want), "{arguments:?}: {said}");
    }
    assert!(!site.path().join("themes").exists());
}

#[test]
fn a_site_follows_every_file_that_its_theme_is_made_of() {
    let project = Project::new([
        ("pressoir.yml", "theme:\n  name: ours\n  css: brand.css\n  js: count.js\n"),
        ("content/index.md", "# Home\n"),
        ("brand.css", "a { color: red }"),
        ("count.js", "1"),
        ("themes/ours/theme.yml", "extends: house\nfonts: {body: text.woff2}\n"),
        ("themes/house/theme.yml", "palette: {accent: '#8d2f4b'}\n"),
        ("themes/house/templates/base.html", "{% extends \"default/base.html\" %}{% block banner %}one{% endblock %}"),
    ]);
    let mut engine = project.engine();
    engine.build();
    for (path, text) in [
        ("brand.css", &b"a { color: blue }"[..]),
        ("count.js", b"2"),
        ("themes/house/theme.yml", b"palette: gouv\n"),
        ("themes/house/templates/base.html", b"{% extends \"default/base.html\" %}{% block banner %}two{% endblock %}"),
        ("themes/ours/assets/text.woff2", include_bytes!("fonts/boxes.woff2")),
        ("themes/ours/theme.yml", b"extends: default\n"),
    ] {
        let changed = project.write(path, text);
        engine.invalidate(&[changed]);
        let (warm, cold) = (engine.build(), project.engine().build());
        assert_eq!(warm.output, cold.output, "after a change of {path}");
        assert_eq!(warm.report, cold.report, "after a change of {path}");
    }
    assert_eq!(engine.build().report.count(Severity::Error), 0);
}
