//! The documentation tells what there is: every message, setting and option, in both languages, and no more.
#![allow(clippy::disallowed_methods, reason = "these tests read the project's own files and start the program")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pressoir::build::{Build, Engine};
use pressoir::compat::Request;
use pressoir::diag::Severity;
use pressoir::diag::codes::CODES;
use pressoir::vfs::Disk;

/// Where the pages of each language lie.
const LANGUAGES: [&str; 2] = ["content", "content/en"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(root().join(path)).expect("a text of the project")
}

/// The files below a folder whose names end so, sorted.
fn files(folder: &str, end: &str) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name();
    let files = walk.into_iter().map(|entry| entry.expect("a folder that can be read").into_path());
    files.filter(|path| path.is_file() && path.to_string_lossy().ends_with(end)).collect()
}

/// The string literals of Rust source up to its tests, each with the text that follows it.
fn literals(source: &str) -> Vec<(&str, &str)> {
    let source = source.split("\nmod tests {").next().unwrap_or_default();
    let mut found = Vec::new();
    for line in source.lines().filter(|line| !line.trim_start().starts_with("//")) {
        let parts: Vec<&str> = line.split('"').collect();
        found.extend((1..parts.len()).step_by(2).map(|at| (parts[at], parts.get(at + 1).copied().unwrap_or_default())));
    }
    found
}

fn is_kebab(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    text.contains('-') && text.split('-').all(is_word)
}

/// The codes of the program: words like `dead-link` that are handed on, `"dead-link",`, where diagnostics are made.
fn codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for path in files("src", ".rs").into_iter().filter(|path| !path.ends_with("tests.rs")) {
        let source = read(&path);
        if source.contains("diag::") || source.contains("Diagnostic") || source.contains("Problem") {
            let handed_on =
                literals(&source).into_iter().filter(|(text, next)| is_kebab(text) && next.starts_with(','));
            codes.extend(handed_on.map(|(text, _)| text.to_owned()));
        }
    }
    assert!(codes.len() > 20 && codes.contains("dead-link"), "the scan does not see the codes: {codes:?}");
    codes
}

#[test]
fn every_message_is_in_the_list_and_no_other() {
    let (made, listed) = (codes(), CODES.iter().map(|code| code.name.to_owned()).collect::<BTreeSet<_>>());
    let missing: Vec<_> = made.difference(&listed).collect();
    let stale: Vec<_> = listed.difference(&made).collect();
    assert!(missing.is_empty() && stale.is_empty(), "not in `src/diag/codes.rs`: {missing:?}; never made: {stale:?}");
}

#[test]
fn every_message_is_explained_and_no_other() {
    let codes: BTreeSet<String> = CODES.iter().map(|code| code.name.to_owned()).collect();
    for language in LANGUAGES {
        let page = read(format!("{language}/reference/diagnostics.md"));
        let heading = |line: &str| Some(line.strip_prefix("### `")?.strip_suffix('`')?.to_owned());
        let explained: BTreeSet<String> = page.lines().filter_map(heading).collect();
        let missing: Vec<_> = codes.difference(&explained).collect();
        let stale: Vec<_> = explained.difference(&codes).collect();
        assert!(missing.is_empty() && stale.is_empty(), "{language}: not explained {missing:?}, gone {stale:?}");
        for code in CODES {
            let severity = code.level.severity().unwrap_or(Severity::Info);
            let shown = format!("\n{}[{}]: ", format!("{severity:?}").to_lowercase(), code.name);
            assert!(page.contains(&shown), "{language}: no example of {shown}");
        }
    }
}

#[test]
fn every_setting_is_explained() {
    let mut source = read("src/config/native.rs").split("\nmod tests {").next().unwrap_or_default().to_owned();
    for file in ["frame", "notices", "publish", "site"] {
        source.push_str(&read(format!("src/config/native/{file}.rs")));
    }
    let asked = |(text, next): &(&str, &str)| {
        next.starts_with(']') && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    let mut keys: BTreeSet<&str> = literals(&source).into_iter().filter(asked).map(|(text, _)| text).collect();
    // Read by a helper, under its name.
    keys.extend(["content", "logo", "outline", "social_links", "head"]);
    assert!(keys.len() > 20 && keys.contains("clean_urls"), "the scan does not see the keys: {keys:?}");
    for language in LANGUAGES {
        let page = read(format!("{language}/reference/settings.md"));
        // A key has a heading, or a row in the table of the key that it is in.
        let rows = page.lines().filter(|line| line.starts_with("| `")).collect::<Vec<_>>().join("\n");
        let told = |key: &str| page.contains(&format!("\n### `{key}`\n")) || rows.contains(&format!("`{key}`"));
        let missing: Vec<_> = keys.iter().filter(|key| !told(key)).collect();
        assert!(missing.is_empty(), "{language}: {missing:?}");
    }
}

#[test]
fn every_option_is_explained() {
    for command in ["build", "serve", "check", "init", "config", "diff", "lock", "mv", "explain"] {
        let output = Command::new(env!("CARGO_BIN_EXE_pressoir")).args([command, "--help"]).output();
        let help = String::from_utf8(output.expect("it starts").stdout).expect("it writes UTF-8");
        let is_letter = |char: char| char.is_ascii_lowercase() || char == '-';
        let option = |line: &str| {
            let at = line.find("--").filter(|at| line[..*at].trim_start_matches([' ', ',']).len() <= 4)?;
            let rest = &line[at..];
            Some(rest[..rest.find(|char| !is_letter(char)).unwrap_or(rest.len())].to_owned())
        };
        let options: BTreeSet<String> = help.lines().filter_map(option).collect();
        assert!(options.contains("--help") && options.len() > 1, "{help}");
        for language in LANGUAGES {
            let page = read(format!("{language}/reference/commands.md"));
            assert!(page.contains(&format!("\n## {command}\n")), "{language}: {command}");
            let told = |option: &String| page.contains(&format!("`{option}`")) || page.contains(&format!("`{option} "));
            let missing: Vec<_> = options.iter().filter(|option| !told(option)).collect();
            assert!(missing.is_empty(), "{language}, {command}: {missing:?}");
        }
    }
}

#[test]
fn every_word_and_variable_of_a_theme_is_explained() {
    let words: BTreeMap<String, String> =
        serde_yaml::from_str(&read("themes/default/i18n/en.yml")).expect("it is YAML");
    let base = read("themes/default/templates/base.html");
    let blocks = base.split("{% block ").skip(1).filter_map(|rest| rest.split(' ').next());
    let sheet = read("themes/default/theme.yml");
    let keys = sheet
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(':'))
        .map(|(key, _)| key.trim());
    let names: BTreeSet<&str> = words.keys().map(String::as_str).chain(blocks).chain(keys).collect();
    assert!(names.contains("head_extra") && names.contains("styles"), "{names:?}");
    for language in LANGUAGES {
        let page = read(format!("{language}/reference/themes.md"));
        let missing: Vec<_> = names.iter().filter(|name| !page.contains(&format!("`{name}`"))).collect();
        assert!(missing.is_empty(), "{language}: {missing:?}");
    }
}

/// What a page is made of, in order: headings by level, code blocks, boxes, tables.
fn outline(page: &str) -> Vec<String> {
    let mut fence: Option<&str> = None;
    let mut parts = Vec::new();
    for line in page.lines() {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        match fence {
            Some(open) if line == open => fence = None,
            Some(_) => {}
            None if ticks.len() >= 3 => {
                fence = Some(ticks);
                parts.push(line.to_owned());
            }
            None if line.starts_with('#') => parts.push(line.split(' ').next().unwrap_or_default().to_owned()),
            None if line.starts_with(":::") || line == "[[toc]]" => {
                parts.push(line.split(' ').take(2).collect::<Vec<_>>().join(" "));
            }
            None if line.starts_with('|') => parts.push("|".repeat(line.matches(" |").count())),
            None => {}
        }
    }
    parts
}

#[test]
fn both_languages_say_the_same() {
    let english = files("content/en", ".md");
    let french: Vec<PathBuf> =
        files("content", ".md").into_iter().filter(|path| !path.starts_with(root().join("content/en"))).collect();
    let below = |paths: &[PathBuf], folder: &str| -> Vec<PathBuf> {
        let folder = root().join(folder);
        paths.iter().map(|path| path.strip_prefix(&folder).expect("it lies there").to_owned()).collect()
    };
    assert!(english.len() > 10);
    assert_eq!(below(&english, "content/en"), below(&french, "content"));
    for (english, french) in english.iter().zip(&french) {
        assert_eq!(outline(&read(english)), outline(&read(french)), "{}", french.display());
    }
}

#[test]
fn our_own_site_has_nothing_to_mend() {
    let mut engine = Engine::new(Box::new(Disk::new(root())), Request::default());
    let Build { output, report, .. } = engine.build();
    // Only a check searches.
    let checked = engine.check().report;
    for report in [report, checked] {
        let found: Vec<_> =
            report.diagnostics().iter().filter(|diagnostic| diagnostic.severity != Severity::Info).collect();
        assert_eq!(found, [] as [&pressoir::diag::Diagnostic; 0]);
    }
    for page in ["index.html", "en/index.html", "reference/diagnostics.html", "en/reference/diagnostics.html"] {
        assert!(output.keys().any(|path| path.as_str() == page), "{page}");
    }
}
