//! The command from outside: exit codes, streams, help.
#![allow(clippy::disallowed_methods, reason = "these tests start the program and look at real files")]

mod support;

use std::fs;
use std::process::Stdio;

use support::command::{ended, folder, pressoir, run};

/// A site with one dead link.
fn with_dead_link() -> tempfile::TempDir {
    folder(&[("README.md", "# Home\n\nSee [setup](nowhere.md).\n")])
}

fn without_faults() -> tempfile::TempDir {
    folder(&[("README.md", "# Home\n\nSee [setup](setup.md).\n"), ("setup.md", "# Setup\n")])
}

#[test]
fn exit_codes() {
    let (clean, dead) = (without_faults(), with_dead_link());
    let broken = folder(&[("pressoir.yml", "title: [\n"), ("content/index.md", "# Home\n")]);
    for (folder, arguments, want) in [
        (&clean, &["build", "-o", "site"][..], 0),
        (&clean, &["check"], 0),
        (&clean, &["check", "--strict"], 0),
        (&clean, &["config"], 0),
        (&clean, &[], 0),
        (&clean, &["--version"], 0),
        (&dead, &["build", "-o", "site"], 0),
        (&dead, &["check"], 0),
        (&dead, &["check", "--strict"], 1),
        (&dead, &["build", "--strict", "-o", "strict"], 1),
        (&dead, &["check", "elsewhere"], 2),
        (&dead, &["check", "README.md"], 2),
        (&dead, &["build", "-o", "."], 2),
        (&dead, &["bild"], 2),
        (&dead, &["check", "--quiet", "--verbose"], 2),
        (&dead, &["serve", "--poll"], 2),
        (&broken, &["check"], 2),
        (&broken, &["config"], 2),
        (&clean, &["build", "-o", "README.md/site"], 2),
    ] {
        let (code, out, err) = run(folder.path(), arguments);
        assert_eq!(code, want, "{arguments:?}\n{out}\n{err}");
    }
    assert!(!dead.path().join("strict").exists(), "a build that fails writes nothing");
    assert!(dead.path().join("site/index.html").exists());
}

#[test]
fn saved_settings_of_any_layout_are_settings() {
    for layout in ["vuepress1", "vuepress2", "vitepress", "bare", "native"] {
        let settings = format!("title: x\ncontent: .\nlayout: {layout}\n");
        let folder = folder(&[("pressoir.yml", &settings), ("index.md", "# Home\n")]);
        for arguments in [&["check", "--strict"][..], &["lock"], &["check", "--strict"]] {
            let (code, out, err) = run(folder.path(), arguments);
            assert_eq!(code, 0, "{layout} {arguments:?}\n{out}\n{err}");
        }
        assert!(folder.path().join("pressoir.lock").is_file(), "{layout}");
    }
}

#[test]
fn a_check_answers_on_standard_output_and_a_build_on_standard_error() {
    let folder = with_dead_link();
    let (_, out, err) = run(folder.path(), &["check"]);
    assert!(out.contains("[dead-link]") && out.contains("README.md:3:"), "{out}");
    assert!(!err.contains("[dead-link]") && err.contains("1 page") && err.contains("1 warning"), "{err}");
    let (_, out, err) = run(folder.path(), &["build", "-o", "site"]);
    assert_eq!(out, "");
    assert!(err.contains("[dead-link]") && err.contains("1 page") && err.contains("written"), "{err}");
}

#[test]
fn documents_are_whole_and_alone() {
    let folder = with_dead_link();
    for command in [&["check", "--format", "json"][..], &["build", "-o", "site", "--format", "json"]] {
        let (code, out, err) = run(folder.path(), command);
        let document: serde_json::Value = serde_json::from_str(&out).expect("it is JSON");
        assert_eq!((code, &document[0]["code"], &document[0]["line"]), (0, &"dead-link".into(), &3.into()), "{err}");
    }
    let (_, out, _) = run(folder.path(), &["check", "--format", "sarif"]);
    let document: serde_json::Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!(document["runs"][0]["results"][0]["ruleId"], "dead-link");
}

#[test]
fn paths_can_be_opened_from_the_current_folder() {
    let outside = folder(&[("docs/README.md", "# Home\n\n[x](nowhere.md)\n")]);
    let (_, out, _) = run(outside.path(), &["check", "docs", "--format", "short"]);
    assert!(out.starts_with("docs/README.md:3:"), "{out}");
    let (_, out, _) = run(&outside.path().join("docs"), &["check", "--format", "short"]);
    assert!(out.starts_with("README.md:3:"), "{out}");
}

#[test]
fn little_and_much() {
    let folder = with_dead_link();
    let (code, out, err) = run(folder.path(), &["check", "--quiet"]);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""));
    let (code, out, _) = run(folder.path(), &["check", "--quiet", "--strict", "--format", "short"]);
    assert_eq!((code, out.lines().count()), (1, 1), "{out}");
    let (_, _, err) = run(folder.path(), &["check", "--verbose"]);
    assert!(err.contains("Read as a folder of Markdown"), "{err}");
}

#[test]
fn colours_only_where_they_are_wanted() {
    let folder = with_dead_link();
    for (arguments, coloured) in [
        (&["check"][..], false),
        (&["check", "--color", "always"], true),
        (&["check", "--color", "always", "--format", "json"], false),
        (&["check", "--color", "never"], false),
    ] {
        let (_, out, _) = run(folder.path(), arguments);
        assert_eq!(out.contains('\u{1b}'), coloured, "{arguments:?}: {out}");
    }
}

#[test]
fn inside_github_actions_findings_are_annotations() {
    let folder = with_dead_link();
    let on_github = |arguments| {
        ended(pressoir(folder.path(), arguments).env("GITHUB_ACTIONS", "true").output().expect("it starts")).1
    };
    let out = on_github(&["check"]);
    assert!(out.starts_with("::warning file=README.md,line=3,") && out.contains("title=dead-link::"), "{out}");
    let out = on_github(&["check", "--format", "short"]);
    assert!(out.starts_with("README.md:3:"), "what is asked for wins: {out}");
}

#[test]
fn help_is_for_everyone() {
    let folder = without_faults();
    let (_, bare, _) = run(folder.path(), &[]);
    let (_, asked, err) = run(folder.path(), &["--help"]);
    assert_eq!(bare, asked, "no command at all gives the help");
    assert_eq!(err, "");
    for command in ["build", "serve", "check", "config", "completions"] {
        assert!(asked.contains(&format!("\n  {command} ")), "{command}: {asked}");
        let (code, help, _) = run(folder.path(), &[command, "--help"]);
        assert!(code == 0 && help.contains("Usage:"), "{help}");
        // A pipe has no width; what follows is for terminals of 100 columns.
        assert!(help.lines().all(|line| line.chars().count() <= 100), "{command}: {help}");
    }
}

#[test]
fn shells_complete_every_command() {
    let folder = without_faults();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, script, err) = run(folder.path(), &["completions", shell]);
        assert_eq!((code, err.as_str()), (0, ""));
        assert!(["build", "serve", "check", "config"].iter().all(|name| script.contains(name)), "{shell}");
    }
}

#[test]
fn settings_are_yaml() {
    let folder = without_faults();
    let (_, out, err) = run(folder.path(), &["config"]);
    let settings: serde_yaml::Value = serde_yaml::from_str(&out).expect("it is YAML");
    assert!(settings.is_mapping(), "{out}");
    assert_eq!(err, "");
    // In `pressoir config > pressoir.yml` the shell makes the file, empty, before the program starts.
    let path = folder.path().join("pressoir.yml");
    let file = fs::File::create(&path).expect("a file");
    assert!(pressoir(folder.path(), &["config"]).stdout(file).status().expect("it starts").success());
    assert_eq!(fs::read_to_string(&path).expect("a text"), out);
    assert_eq!(run(folder.path(), &["check", "--strict"]).0, 0);
}

#[test]
fn a_site_is_named_from_its_repository() {
    let settings = "import fs from 'fs'\nimport pkg from '../../package.json'\nexport default { title: `${pkg.name} ${fs.readdirSync('docs/guide').length}`, outDir: '../site' }\n";
    let repository = folder(&[
        ("package.json", "{\"name\": \"Cellar\"}"),
        ("docs/.vitepress/config.mts", settings),
        ("docs/index.md", "# Home\n"),
        ("docs/guide/a.md", "# A\n"),
    ]);
    let whole = repository.path().join("docs");
    for docs in ["docs", "./docs/", whole.to_str().expect("a path")] {
        let (code, out, err) = run(repository.path(), &["build", docs]);
        assert_eq!(code, 0, "{docs}\n{out}\n{err}");
        let page = fs::read_to_string(repository.path().join("site/guide/a.html")).expect("it is built");
        assert!(page.contains("<title>A | Cellar 1</title>"), "{docs}");
        fs::remove_dir_all(repository.path().join("site")).expect("it is there");
    }
    let beside = folder(&[
        ("package.json", "{}"),
        ("vuepress.config.ts", "export default { title: 'Beside', titel: 'x' }\n"),
        ("docs/README.md", "# Home\n"),
    ]);
    let (code, _, err) = run(beside.path(), &["build", "docs"]);
    assert!(code == 0 && err.contains("did you mean `title`?"), "a slip of the pen is told\n{err}");
    assert!(beside.path().join("docs/.vuepress/dist/index.html").exists(), "{err}");
}

#[test]
fn nobody_reading_is_no_failure() {
    let folder = with_dead_link();
    // A pipe whose reader is gone before the first byte.
    let mut reader =
        pressoir(folder.path(), &["--version"]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("it starts");
    let pipe = reader.stdin.take().expect("it was asked for");
    reader.wait().expect("it ends");
    let build = ["build", "-o", "site", "--format", "short"];
    let mut child = pressoir(folder.path(), &build).stderr(pipe).spawn().expect("it starts");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    assert!(folder.path().join("site/index.html").exists(), "the work is done all the same");
}

#[test]
fn two_sites_are_compared() {
    let site = folder(&[("README.md", "# Home\n\n## Install\n\nSee [setup](setup.md).\n"), ("setup.md", "# Setup\n")]);
    assert_eq!(run(site.path(), &["build", "-q", "-o", "old"]).0, 0);
    let (code, out, err) = run(site.path(), &["diff", "old"]);
    assert_eq!((code, out.as_str()), (0, "2 pages: nothing differs\n"), "{err}");

    fs::write(site.path().join("README.md"), "# Home\n\n## Installing\n\nSee [setup](setup.md).\n").expect("a file");
    let (code, out, _) = run(site.path(), &["diff", "old"]);
    assert!(code == 1 && out.contains("  - #install (now probably #installing)\n"), "{code}: {out}");
    let (code, out, _) = run(site.path(), &["diff", "old", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&out).expect("one document");
    assert_eq!((code, &json["changed"][0]["address"]), (1, &serde_json::json!("/")));

    for (arguments, says) in [
        (&["diff", "nowhere"][..], "there is no folder or archive `nowhere`"),
        (&["diff", "README.md"], "`README.md` is no zip archive that can be read"),
        (&["diff", "old", "empty"], "`empty` holds no pages"),
    ] {
        fs::create_dir_all(site.path().join("empty")).expect("a folder");
        let (code, _, err) = run(site.path(), arguments);
        assert!(code == 2 && err.contains(says), "{arguments:?}: {code}: {err}");
    }
}
