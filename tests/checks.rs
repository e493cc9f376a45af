//! Findings from outside: explained, mended, and told to the services that gather them.
#![allow(clippy::disallowed_methods, reason = "these tests start the program and look at real files")]

mod support;

use std::fs;

use serde_json::Value;
use support::command::{ended, folder, pressoir, run};

#[test]
fn findings_are_explained() {
    let folder = folder(&[]);
    let (code, out, _) = run(folder.path(), &["explain", "dead-link"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("dead-link (warning)\n\n") && out.contains("**What to do.**"), "{out}");
    let (_, out, _) = run(folder.path(), &["explain", "warning[dead-link]", "--lang", "fr"]);
    assert!(out.contains("**Que faire.**"), "{out}");
    let french = pressoir(folder.path(), &["explain", "dead-link"]).env("LANG", "fr_FR.UTF-8").output();
    assert!(ended(french.expect("it starts")).1.contains("**Que faire.**"));
    let (code, out, _) = run(folder.path(), &["explain"]);
    assert!(code == 0 && out.lines().any(|line| line.starts_with("no-pages ") && line.contains(" error ")), "{out}");
    let (code, out, err) = run(folder.path(), &["explain", "dead-lnk"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("Did you mean `dead-link`?"), "{err}");
}

/// A folder whose links can be mended, and some that cannot.
const WRONG: &[(&str, &str)] = &[
    (
        "README.md",
        "\u{feff}# Home\r\n\r\n[case](Guide/Start.md) [moved](setup.md?x#linux) [anchor](guide/start.md#instal)\r\n\
         [gone](nowhere.md) <a href=\"setup.html\">html</a> ![picture](Press.PNG)\r\n\r\n`[code](setup.md)`\r\n",
    ),
    ("guide/start.md", "# Start\n\n## Install\n\n[same](setup.md#Linux)\n\n[two][s] [three][S]\n\n[s]: setup.md\n"),
    ("guide/deep/setup.md", "# Setup\n\n## Linux\n\n<!-- @include: ../../parts/part.md -->\n"),
    ("parts/part.md", "[from a part](../setup.md)\n"),
    ("images/press.png", "x"),
];

fn read(folder: &tempfile::TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).expect("a text")
}

#[test]
fn what_is_certain_is_mended_and_nothing_else() {
    let folder = folder(WRONG);
    let (code, out, err) = run(folder.path(), &["check", "--fix", "--yes", "--format", "short"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(
        read(&folder, "README.md"),
        "\u{feff}# Home\r\n\r\n[case](guide/start.md) [moved](guide/deep/setup.md?x#linux) [anchor](guide/start.md#install)\r\n\
         [gone](nowhere.md) <a href=\"setup.html\">html</a> ![picture](images/press.png)\r\n\r\n`[code](setup.md)`\r\n"
    );
    // A definition of several links is mended where it stands.
    assert_eq!(
        read(&folder, "guide/start.md"),
        "# Start\n\n## Install\n\n[same](deep/setup.md#Linux)\n\n[two][s] [three][S]\n\n[s]: deep/setup.md\n"
    );
    assert_eq!(read(&folder, "parts/part.md"), "[from a part](../guide/deep/setup.md)\n");
    let mut files: Vec<_> = walkdir::WalkDir::new(folder.path())
        .into_iter()
        .map(|entry| entry.expect("it can be read").into_path())
        .collect();
    files.retain(|path| path.is_file());
    assert_eq!(files.len(), WRONG.len(), "nothing is left behind: {files:?}");
    // What is left is told, as after any check.
    assert!(out.contains("nowhere.md") && out.contains("setup.html") && !out.contains("Guide/Start.md"), "{out}");
    assert!(err.contains("-[same](setup.md#Linux)\n+[same](deep/setup.md#Linux)\n"), "{err}");
}

#[test]
fn nothing_changes_unless_it_is_agreed_to() {
    let folder = folder(WRONG);
    let unchanged = |what: &str| {
        for (name, text) in WRONG {
            assert_eq!(read(&folder, name), *text, "{what}: {name}");
        }
    };
    let (_, out, err) = run(folder.path(), &["check", "--fix", "--dry-run", "--format", "short"]);
    assert!(out.contains("--- guide/start.md\n+++ guide/start.md\n@@ -5 +5 @@\n-[same]"), "{out}");
    assert!(err.contains("would be mended"), "{err}");
    unchanged("--dry-run");
    let (_, _, err) = run(folder.path(), &["check", "--fix"]);
    assert!(err.contains("`--yes`") && err.contains("Nothing was changed"), "{err}");
    unchanged("nobody can be asked");
    let (_, _, err) = run(folder.path(), &["check", "docs", "--yes"]);
    assert!(err.contains("--fix"), "{err}");
}

#[test]
fn a_run_has_a_summary() {
    let folder = folder(&[("docs/README.md", "# Home\n\n[a|b](no|where.md) ![](x.png)\n")]);
    let summary = folder.path().join("summary.md");
    fs::write(&summary, "Before.\n").expect("a file");
    let command = |arguments: &[&str]| {
        let mut command = pressoir(folder.path(), arguments);
        command.env("GITHUB_STEP_SUMMARY", &summary);
        ended(command.output().expect("it starts"))
    };
    command(&["check", "docs", "--strict"]);
    let text = fs::read_to_string(&summary).expect("a text");
    assert!(text.starts_with("Before.\n## Checked 1 page&#58; 2 errors\n"), "{text}");
    assert!(
        text.contains(
            "\n| <code>docs/README.md&#58;3&#58;7</code> | there is no page at <code>no&#124;where.md</code> |"
        ),
        "{text}"
    );
    assert!(
        text.lines().filter(|line| line.starts_with("| <code>")).all(|line| line.matches(" | ").count() == 2),
        "{text}"
    );
    command(&["build", "docs", "-o", "site"]);
    let text = fs::read_to_string(&summary).expect("a text");
    assert!(text.contains("\n## Built 1 page&#58; 2 warnings\n"), "{text}");
}

#[test]
fn services_see_files_from_the_folder_of_the_repository() {
    let outside = folder(&[("docs/README.md", "# Home\n\n[x](nowhere.md)\n")]);
    let on_github = |format: &str| {
        let mut command = pressoir(&outside.path().join("docs"), &["check", "--format", format]);
        command.env("GITHUB_ACTIONS", "true").env("GITHUB_WORKSPACE", outside.path());
        ended(command.output().expect("it starts")).1
    };
    assert!(on_github("github").starts_with("::warning file=docs/README.md,"));
    assert!(on_github("sarif").contains("\"uri\": \"docs/README.md\""));
    assert!(on_github("short").starts_with("README.md:3:"), "a path for people can be opened");
}

/// What the standard and GitHub's code scanning ask of a document, as far as ours has it.
/// Sources: SARIF 2.1.0 (OASIS), sections 3.13 to 3.55; docs.github.com, "SARIF support for code scanning".
#[test]
fn documents_of_sarif_are_what_the_standard_asks_for() {
    let folder = folder(&[
        ("pressoir.yml", "title: x\nlast_updated: true\nlocales:\n  /: {lang: en}\n  /fr/: {lang: fr}\n"),
        ("content/README.md", "# É\n\n[é](nowhere.md) [é](nowhere.md)\n\n::: tip\nnever closed\n"),
        ("content/fr/README.md", "# É\n"),
        ("content/a b/é.md", "# A\n\n[x](#y)\n\n[x](#y)\n"),
    ]);
    let (_, out, _) = run(folder.path(), &["check", "--format", "sarif", "--strict"]);
    let log: Value = serde_json::from_str(&out).expect("it is JSON");
    let keys = |value: &Value, allowed: &[&str]| {
        for key in value.as_object().expect("an object").keys() {
            assert!(allowed.contains(&key.as_str()), "{key} in {value}");
        }
    };
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    keys(&log, &["$schema", "version", "runs"]);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    keys(run, &["tool", "columnKind", "results"]);
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let driver = &run["tool"]["driver"];
    keys(driver, &["name", "semanticVersion", "rules"]);
    let rules = driver["rules"].as_array().expect("a list");
    let mut ids = Vec::new();
    for rule in rules {
        keys(rule, &["id", "defaultConfiguration", "shortDescription", "fullDescription", "help"]);
        keys(&rule["defaultConfiguration"], &["level", "enabled"]);
        assert!(["none", "note", "warning", "error"].contains(&text(&rule["defaultConfiguration"]["level"]).as_str()));
        // GitHub cuts off longer ones.
        assert!((10..1024).contains(&text(&rule["shortDescription"]["text"]).len()), "{rule}");
        assert!(text(&rule["help"]["markdown"]).len() > 10 && text(&rule["help"]["text"]).len() > 10, "{rule}");
        ids.push(text(&rule["id"]));
    }
    assert!(ids.is_sorted() && ids.len() >= 3, "{ids:?}");
    let results = run["results"].as_array().expect("a list");
    let mut known = Vec::new();
    for result in results {
        keys(
            result,
            &["ruleId", "ruleIndex", "level", "message", "partialFingerprints", "locations", "relatedLocations"],
        );
        let index = result["ruleIndex"].as_u64().expect("a number") as usize;
        assert_eq!(ids[index], text(&result["ruleId"]));
        assert!(["note", "error"].contains(&text(&result["level"]).as_str()), "warnings are errors here: {result}");
        assert!(!text(&result["message"]["text"]).is_empty());
        known.push(text(&result["partialFingerprints"]["primaryLocationLineHash"]));
        let locations = result["locations"].as_array().expect("a list");
        assert_eq!(locations.len(), 1, "{result}");
        for location in locations.iter().chain(result["relatedLocations"].as_array().into_iter().flatten()) {
            keys(location, &["physicalLocation", "message"]);
            let physical = &location["physicalLocation"];
            keys(physical, &["artifactLocation", "region"]);
            let uri = text(&physical["artifactLocation"]["uri"]);
            assert!(
                uri.is_ascii() && !uri.contains([' ', '\\']) && !uri.starts_with('/') && !uri.contains("//"),
                "{uri}"
            );
            if let Some(region) = physical["region"].as_object() {
                let at = |key: &str| region[key].as_u64().expect("a number");
                let (start, end) = ((at("startLine"), at("startColumn")), (at("endLine"), at("endColumn")));
                assert!(start.0 >= 1 && start.1 >= 1 && start <= end, "{region:?}");
            }
        }
    }
    let dead = results.iter().find(|result| result["ruleId"] == "dead-link").expect("it is told");
    assert_eq!(dead["locations"][0]["physicalLocation"]["region"]["startColumn"], 5, "letters are counted, not bytes");
    let mut once = known.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), known.len(), "each finding is another one: {known:?}");
}

#[test]
fn a_finding_is_known_again_when_lines_come_before_it() {
    let known = |text: &str| {
        let folder = folder(&[("README.md", text)]);
        let (_, out, _) = run(folder.path(), &["check", "--format", "sarif"]);
        let log: Value = serde_json::from_str(&out).expect("it is JSON");
        log["runs"][0]["results"][0]["partialFingerprints"].clone()
    };
    let before = known("# Home\n\n[x](nowhere.md)\n");
    assert_eq!(before, known("# Home\n\nMore.\n\n[x](nowhere.md)\n"));
    assert_ne!(before, known("# Home\n\n[y](nowhere.md)\n"));
}
