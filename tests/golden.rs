//! Small sites in `tests/golden/`, with what must come of them.
//!
//! A case is one text file. Lines before the first mark say what it is about. `-- path --` begins a file of the project; then
//! `== index.html` begins what its content element must hold, `== index.html :: .sidebar a` the elements of the page that the
//! selector finds, `== report` what must be found, `== files` the output's paths but for the style and the script of the
//! default theme.
//! With `PRESSOIR_UPDATE=1` the wanted parts are written anew: read the difference before you keep it.
#![allow(clippy::disallowed_methods, reason = "the cases are files")]

mod support;

use std::fs;
use std::path::Path;

use pressoir::diag::codes::{self, CODES};
use scraper::{Html, Selector};
use support::{Project, article, findings, page};

/// A part of a case: what it is, and its text.
struct Part<'c> {
    wanted: bool,
    name: &'c str,
    text: String,
}

fn parts(case: &str) -> (String, Vec<Part<'_>>) {
    let (mut about, mut parts) = (String::new(), Vec::<Part<'_>>::new());
    for line in case.lines() {
        let file = line.strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
        match (file, line.strip_prefix("== ")) {
            (Some(name), _) => parts.push(Part { wanted: false, name, text: String::new() }),
            (None, Some(name)) => parts.push(Part { wanted: true, name, text: String::new() }),
            (None, None) => {
                let text = parts.last_mut().map_or(&mut about, |part| &mut part.text);
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    (about, parts)
}

/// The elements of a page that a selector finds, one a line.
fn select(html: &str, selector: &str) -> String {
    let selector = Selector::parse(selector).expect("a selector");
    let document = Html::parse_document(html);
    document.select(&selector).map(|element| element.html().replace('\n', " ") + "\n").collect()
}

/// Whether it is a file of the default theme or of the search index, whose name changes with what is in it.
fn is_default_asset(out: &str) -> bool {
    ["assets/style.", "assets/script.", "assets/search.", "search/", "search.html"]
        .iter()
        .any(|start| out.starts_with(start))
        || out.ends_with("search.html")
}

/// Builds the case at `path`, with its pages as `typed` makes them, and compares.
fn run(path: &Path, typed: fn(&str) -> String, update: bool) -> Result<(), String> {
    let case = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let (about, parts) = parts(&case);
    let project = Project::new([]);
    for part in parts.iter().filter(|part| !part.wanted) {
        match part.name.ends_with(".md") {
            true => project.write(part.name, typed(&part.text)),
            false => project.write(part.name, &part.text),
        };
    }
    let mut engine = project.engine();
    let build = engine.build();
    let got = |name: &str| match name {
        "report" => findings(&build, &engine),
        "files" => {
            build.output.keys().filter(|out| !is_default_asset(out.as_str())).map(|out| format!("{out}\n")).collect()
        }
        name => {
            let (name, selector) = name.split_once(" :: ").map_or((name, None), |(name, css)| (name, Some(css)));
            match (page(&build, name), selector) {
                (Some(html), Some(selector)) => select(&html, selector),
                (Some(html), None) => format!("{}\n", article(&html).unwrap_or(&html)),
                (None, _) => "(no such file)\n".to_owned(),
            }
        }
    };
    if !parts.iter().any(|part| part.wanted) {
        return Err("the case wants nothing".to_owned());
    }
    let mut written = about;
    let mut differences = String::new();
    for part in &parts {
        if part.wanted {
            let got = got(part.name);
            written.push_str(&format!("== {}\n{got}", part.name));
            if got.trim_end() != part.text.trim_end() {
                differences.push_str(&format!("--- {} wanted\n{}--- got\n{got}", part.name, part.text));
            }
        } else {
            written.push_str(&format!("-- {} --\n{}", part.name, part.text));
        }
    }
    if update {
        fs::write(path, written).map_err(|error| error.to_string())?;
        return Ok(());
    }
    if differences.is_empty() { Ok(()) } else { Err(differences) }
}

fn run_all(typed: fn(&str) -> String, update: bool) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut cases: Vec<_> = fs::read_dir(&folder)
        .expect("the folder of cases is there")
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    cases.sort();
    assert!(cases.len() > 10, "the cases were not found");
    let failed: Vec<String> = cases
        .iter()
        .filter_map(|path| run(path, typed, update).err().map(|error| format!("{}\n{error}", path.display())))
        .collect();
    assert!(failed.is_empty(), "{} of {} cases differ:\n{}", failed.len(), cases.len(), failed.join("\n"));
}

#[test]
fn golden_sites() {
    run_all(str::to_owned, std::env::var_os("PRESSOIR_UPDATE").is_some());
}

/// Windows ends lines with two characters, and some of its editors begin files with a mark. Nothing changes, no place moves.
#[test]
fn golden_sites_as_windows_saves_them() {
    run_all(|text| format!("\u{feff}{}", text.replace('\n', "\r\n")), false);
}

/// Findings that no case can have: its files are texts in memory, and it is built. Each is tested where it comes about.
const ELSEWHERE: &[&str] = &[
    // `bad_input`: damaged files.
    "invalid-text",
    "nul-character",
    "unreadable-file",
    "unreadable-folder",
    "utf-16",
    // `external`: other hosts.
    "dead-external-link",
    "moved-external-link",
    "unsure-external-link",
    // `build/searching/tests.rs`: only a check searches.
    "search-test",
    "search-tests-file",
    "search-tests-unread",
    // `publish`, `pictures`: pictures are no text.
    "broken-image",
    "heavy-image",
    // Beside what makes them: `build/weighing.rs`, `site/redirects/tests.rs`, `render/theme/tests.rs`.
    "large-file",
    "large-site",
    "stale-theme-file",
    "theme-contrast",
    "theme-font",
    "theme-text-unknown",
    "bad-redirect",
    "duplicate-redirect",
    "redirect-chain",
    // A mistake of ours would be mended.
    "internal-error",
    // The page would fill this folder.
    "too-many-includes",
];

#[test]
fn every_finding_has_a_case() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut reports = String::new();
    for entry in fs::read_dir(&folder).expect("the folder of cases is there") {
        let case = fs::read_to_string(entry.expect("it can be read").path()).expect("a text");
        let (_, parts) = parts(&case);
        reports.extend(parts.iter().filter(|part| part.wanted && part.name == "report").map(|part| part.text.as_str()));
    }
    let is_told = |code: &str| reports.contains(&format!("[{code}]: "));
    let missing: Vec<&str> =
        CODES.iter().map(|code| code.name).filter(|code| !is_told(code) && !ELSEWHERE.contains(code)).collect();
    assert!(missing.is_empty(), "no case has {missing:?}");
    let stale: Vec<&&str> = ELSEWHERE.iter().filter(|code| is_told(code) || codes::find(code).is_none()).collect();
    assert!(stale.is_empty(), "there is a case of {stale:?}");
}
