//! Rules that each workflow keeps, whoever wrote it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_yaml::{Mapping, Value};

use crate::command::{folder, run};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("a file of the project")
}

/// The workflows of this repository and all kinds that are written into others, by name.
fn workflows() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join(".github/workflows")).expect("a folder") {
        let name = entry.expect("it can be read").file_name().into_string().expect("a name");
        found.push((name.clone(), read(&format!(".github/workflows/{name}"))));
    }
    for (lang, site) in [("fr", "."), ("en", "docs/the site")] {
        let project = folder(&[(&format!("{site}/README.md"), "# Project\n")]);
        assert!(
            Command::new("git")
                .args(["init", "-q", "-b", "trunk"])
                .current_dir(project.path())
                .status()
                .expect("git")
                .success()
        );
        let (code, out, err) = run(project.path(), &["init", site, "--lang", lang, "--pull-requests"]);
        assert_eq!(code, 0, "{out}{err}");
        for name in ["pages.yml", "pages-preview.yml"] {
            let text = fs::read_to_string(project.path().join(".github/workflows").join(name)).expect("it was written");
            found.push((format!("{name}, written in {lang} for {site}"), text));
        }
    }
    found
}

/// What YAML says, to compare with.
fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("it is YAML")
}

fn parsed(name: &str, text: &str) -> Mapping {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The jobs of a workflow, by name.
fn jobs(workflow: &Mapping) -> BTreeMap<&str, &Value> {
    let jobs = workflow["jobs"].as_mapping().expect("there are jobs");
    jobs.iter().map(|(name, job)| (name.as_str().expect("a name"), job)).collect()
}

fn steps(job: &Value) -> &[Value] {
    job["steps"].as_sequence().expect("there are steps")
}

/// The inputs that an action of others takes.
fn inputs(action: &str) -> BTreeSet<String> {
    let known: serde_json::Value = serde_json::from_str(&read("tests/workflows/actions.json")).expect("it is JSON");
    let inputs = known[action]["inputs"].as_array().unwrap_or_else(|| panic!("{action} is not in actions.json"));
    inputs.iter().map(|name| name.as_str().expect("a name").to_owned()).collect()
}

/// What holds of each step, in workflows and in the action.
fn check_step(place: &str, step: &Value) {
    let keys: Vec<&str> =
        step.as_mapping().expect("a mapping").keys().map(|key| key.as_str().expect("a key")).collect();
    for key in &keys {
        assert!(["name", "id", "if", "uses", "with", "run", "shell", "env"].contains(key), "{place}: {key}");
    }
    match (step["uses"].as_str(), step["run"].as_str()) {
        (Some(uses), None) => {
            let action = action();
            let allowed: BTreeSet<String> = if uses == "./" || uses.contains("/pressoir@") {
                action["inputs"]
                    .as_mapping()
                    .expect("inputs")
                    .keys()
                    .map(|key| key.as_str().expect("a key").into())
                    .collect()
            } else {
                assert!(uses.starts_with("actions/"), "{place}: {uses} is neither ours nor GitHub's");
                inputs(uses)
            };
            let version = uses.rsplit_once('@').map(|(_, version)| version);
            assert!(
                uses == "./" || version.is_some_and(|version| version.starts_with('v')),
                "{place}: {uses} has no version"
            );
            for key in step["with"].as_mapping().into_iter().flat_map(Mapping::keys) {
                assert!(allowed.contains(key.as_str().expect("a key")), "{place}: {uses} takes no {key:?}");
            }
            if uses.starts_with("actions/checkout@") {
                assert_eq!(step["with"]["persist-credentials"], false, "{place}: a token lies on the disk");
            }
            if uses.contains("upload-pages-artifact") {
                assert_eq!(step["with"]["include-hidden-files"], true, "{place}");
            }
        }
        (None, Some(script)) => {
            // What others wrote comes in by variables: in the script itself it would be run.
            assert!(!script.contains("${{"), "{place}: an expression in a script: {script}");
            for word in ["npx", "npm install -g", "curl | sh"] {
                assert!(!script.contains(word), "{place}: {word}");
            }
        }
        _ => panic!("{place}: a step uses an action, or runs a script"),
    }
}

fn action() -> Mapping {
    parsed("action.yml", &read("action.yml"))
}

#[test]
fn each_workflow_keeps_the_rules() {
    let workflows = workflows();
    assert!(workflows.len() >= 7);
    for (name, text) in &workflows {
        assert!(!text.contains("__"), "{name}: something was not filled in\n{text}");
        let workflow = parsed(name, text);
        let keys: BTreeSet<&str> = workflow.keys().map(|key| key.as_str().unwrap_or("on")).collect();
        let known = BTreeSet::from(["name", "on", "permissions", "concurrency", "jobs"]);
        assert!(keys.is_subset(&known) && keys.contains("permissions"), "{name}: {keys:?}");
        assert_eq!(workflow["permissions"], yaml("contents: read"), "{name}: jobs ask for more one by one");
        assert!(
            !text.contains("pull_request_target") && !text.contains("workflow_run"),
            "{name}: others' pages, our rights"
        );
        assert!(!text.contains("secrets."), "{name}");
        let jobs = jobs(&workflow);
        for (job_name, job) in &jobs {
            let place = format!("{name}, {job_name}");
            assert!(
                job["timeout-minutes"].as_u64().is_some_and(|minutes| minutes <= 90),
                "{place}: it may hang for hours"
            );
            assert!(job["runs-on"].as_str().is_some(), "{place}");
            if let Some(needed) = job["needs"].as_str() {
                assert!(jobs.contains_key(needed), "{place} needs {needed}");
            }
            steps(job).iter().for_each(|step| check_step(&place, step));
        }
    }
}

#[test]
fn what_publishes_has_the_rights_that_it_needs_and_no_more() {
    let publishing: Vec<_> = workflows().into_iter().filter(|(name, _)| name.starts_with("pages.yml")).collect();
    assert_eq!(publishing.len(), 3);
    for (name, text) in publishing {
        let workflow = parsed(&name, &text);
        let want = yaml("group: pages\ncancel-in-progress: false\n");
        assert_eq!(workflow["concurrency"], want, "{name}: publications overtake each other");
        let jobs = jobs(&workflow);
        let (build, deploy) = (jobs["build"], jobs["deploy"]);
        assert_eq!(build["permissions"], yaml("contents: read\npages: read\n"), "{name}");
        assert_eq!(deploy["permissions"], yaml("pages: write\nid-token: write\n"), "{name}");
        assert_eq!(deploy["environment"]["name"], "github-pages", "{name}");
        assert_eq!(deploy["needs"], "build", "{name}");
        assert!(
            steps(deploy)[0]["uses"].as_str().is_some_and(|uses| uses.starts_with("actions/deploy-pages@")),
            "{name}"
        );
        assert_eq!(steps(build)[0]["with"]["fetch-depth"], 0, "{name}: dates come from the whole history");
        assert_eq!(steps(build)[1]["with"]["upload"], "pages", "{name}");
        // `on` is `true` to YAML 1.1, and a text to this reader.
        let branches = &workflow["on"]["push"]["branches"][0];
        assert_eq!(branches, if name == "pages.yml" { "main" } else { "trunk" }, "{name}");
        let site = if name.contains("docs") { "docs/the site" } else { "." };
        assert!(name == "pages.yml" || steps(build)[1]["with"]["folder"] == site, "{name}");
    }
}

#[test]
fn what_checks_proposals_can_only_comment() {
    let checking: Vec<_> = workflows().into_iter().filter(|(name, _)| name.starts_with("pages-preview.yml")).collect();
    assert_eq!(checking.len(), 2);
    for (name, text) in checking {
        let workflow = parsed(&name, &text);
        assert!(
            workflow["on"].as_mapping().is_some_and(|on| on.contains_key("pull_request") && on.len() == 1),
            "{name}"
        );
        let jobs = jobs(&workflow);
        assert_eq!(jobs["check"]["permissions"], yaml("contents: read\npull-requests: write\n"), "{name}");
        assert_eq!(workflow["concurrency"]["cancel-in-progress"], true, "{name}");
        let with = &steps(jobs["check"])[1]["with"];
        assert_eq!(
            (&with["upload"], &with["compare"], &with["comment"]),
            (&"preview".into(), &"HEAD^1".into(), &true.into())
        );
        assert_eq!(steps(jobs["check"])[0]["with"]["fetch-depth"], 0, "{name}: what it is compared with is not there");
    }
}

#[test]
fn the_action_is_whole() {
    let action = action();
    assert_eq!(action["runs"]["using"], "composite");
    let steps = action["runs"]["steps"].as_sequence().expect("steps");
    let ids: BTreeSet<&str> = steps.iter().filter_map(|step| step["id"].as_str()).collect();
    let inputs: BTreeSet<&str> =
        action["inputs"].as_mapping().expect("inputs").keys().filter_map(Value::as_str).collect();
    for step in steps {
        check_step("action.yml", step);
        let Some(script) = step["run"].as_str() else { continue };
        assert_eq!(step["shell"], "bash");
        if let Some((_, file)) = script.split_once("$GITHUB_ACTION_PATH/") {
            let file = file.trim_end_matches('"');
            let text = read(file);
            // Each variable that the head of the script asks for is given.
            let head: String = text.lines().take_while(|line| line.starts_with('#')).collect();
            let asked =
                head.split("In: ").nth(1).expect("it says what it takes").split(". Out").next().expect("a part");
            let words = asked.split(|char: char| !char.is_ascii_uppercase() && char != '_');
            let asked: BTreeSet<&str> = words.filter(|word| word.len() > 2).collect();
            let given: BTreeSet<&str> =
                step["env"].as_mapping().expect("env").keys().filter_map(Value::as_str).collect();
            assert!(asked.is_subset(&given), "{file}: {asked:?} are asked for, {given:?} given");
        }
    }
    // Every expression names what there is.
    let text = read("action.yml");
    for expression in text.split("${{").skip(1).map(|rest| rest.split("}}").next().expect("an end").trim()) {
        let mut parts = expression.split('.');
        match (parts.next(), parts.next()) {
            (Some("inputs"), Some(name)) => assert!(inputs.contains(name), "{expression}"),
            (Some("steps"), Some(id)) => assert!(ids.contains(id), "{expression}"),
            (Some("github"), Some(_)) => {}
            _ => panic!("{expression}"),
        }
    }
    // Outputs of scripts are written by them.
    for (step, output) in
        [("install", "version"), ("site", "folder"), ("site", "lost"), ("site", "status"), ("site", "report")]
    {
        assert!(text.contains(&format!("steps.{step}.outputs.{output}")), "{step}.{output} is not used");
        assert!(read(&format!(".github/action/{step}.sh")).contains(&format!("echo \"{output}=")), "{step}.{output}");
    }
}

#[test]
fn what_is_written_into_other_repositories_is_as_new_as_our_own() {
    let uses = |text: &str| -> BTreeSet<String> {
        let uses = text.lines().filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("uses: "));
        uses.filter(|uses| uses.starts_with("actions/")).map(str::to_owned).collect()
    };
    let mut versions: BTreeMap<String, String> = BTreeMap::new();
    let action = ("action.yml".to_owned(), read("action.yml"));
    let pages = ["content", "content/en"].map(|folder| ("publish/github-pages", folder));
    let told = pages.map(|(name, folder)| (name.to_owned(), read(&format!("{folder}/guide/{name}.md"))));
    for (place, text) in workflows().into_iter().chain([action]).chain(told) {
        for uses in uses(&text) {
            let (name, version) = uses.split_once('@').expect("a version");
            let known = versions.entry(name.to_owned()).or_insert_with(|| version.to_owned());
            assert_eq!(known, version, "{place}: {name}");
        }
    }
    assert!(versions.len() > 5, "{versions:?}");
}
