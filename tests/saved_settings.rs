//! `pressoir config` saves settings that build the same site: for every site of `golden/`, and for the real sites of
//! `../shared/corpora`, which are left out where that folder is absent.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test program reads its sites and says what it did not run"
)]

// A part of it is for other tests.
#[allow(dead_code)]
#[path = "support/shared.rs"]
mod shared;
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use pressoir::artefact::{Artefact, Body};
use pressoir::compat::Request;
use pressoir::config::Layout;
use support::Project;

/// Names of settings that would be read before those that are saved.
const SETTINGS: [&str; 4] = ["pressoir.yml", "pressoir.yaml", "pressoir.toml", "pressoir.json"];

/// The real sites, each with its folder and what its program tells.
const SITES: &[(&str, &str, Layout)] = &[
    ("eig-link", "", Layout::VuePress1),
    ("macos-defaults-vp1", "", Layout::VuePress1),
    ("test-utils", "docs", Layout::VitePress),
    ("vitepress-docs", "docs", Layout::VitePress),
    ("vue-cli", "docs", Layout::VuePress1),
    ("vuepress2-docs", "docs", Layout::VuePress2),
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut cases: Vec<PathBuf> = fs::read_dir(golden)
        .expect("the folder of cases is there")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    cases.sort();
    assert!(cases.len() > 10, "the cases were not found");
    let mut trials: Vec<Trial> = cases
        .into_iter()
        .map(|path| {
            let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
            Trial::test(format!("golden::{name}"), move || same_again(&of_case(&path)?, None))
        })
        .collect();
    let corpora = shared::folder("corpora");
    for (site, folder, layout) in SITES {
        let root = corpora.clone().unwrap_or_default().join(site).join(folder);
        let trial = Trial::test(format!("corpora::{site}"), move || same_again(&of_folder(&root), Some(*layout)));
        trials.push(trial.with_ignored_flag(corpora.is_none()));
    }
    if corpora.is_none() {
        eprintln!("the shared data is not here: name its folder in PRESSOIR_SHARED; no real site was tested");
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The files of a case of `golden/`.
fn of_case(path: &Path) -> Result<Project, Failed> {
    let text = fs::read_to_string(path)?;
    let project = Project::new([]);
    let mut file: Option<(&str, String)> = None;
    for line in text.lines().chain(["== end"]) {
        let name = line.strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
        if name.is_some() || line.starts_with("== ") {
            if let Some((name, text)) = file.take() {
                project.write(name, text);
            }
            file = name.map(|name| (name, String::new()));
        } else if let Some((_, text)) = &mut file {
            text.push_str(line);
            text.push('\n');
        }
    }
    Ok(project)
}

fn of_folder(root: &Path) -> Project {
    let project = Project::new([]);
    let walk = walkdir::WalkDir::new(root).into_iter().filter_map(Result::ok);
    for entry in walk.filter(|entry| entry.file_type().is_file()) {
        let path = entry.path().strip_prefix(root).ok().and_then(Path::to_str);
        if let (Some(path), Ok(bytes)) = (path, fs::read(entry.path())) {
            project.write(path, bytes);
        }
    }
    project
}

/// Builds the project, saves the settings in force, builds it again.
fn same_again(project: &Project, layout: Option<Layout>) -> Result<(), Failed> {
    let first = project.engine_for(Request { layout, ..Request::default() }).build();
    if first.config.project.settings.is_none() && first.output.is_empty() {
        return Ok(());
    }
    let saved = first.config.to_yaml();
    for name in SETTINGS {
        project.remove(name);
    }
    project.write("pressoir.yml", &saved);
    let again = project.build();
    let (before, after): (Vec<_>, Vec<_>) = (first.output.keys().collect(), again.output.keys().collect());
    if before != after {
        return Err(format!("the files differ:\n{before:?}\n{after:?}\nsaved:\n{saved}").into());
    }
    if let Some((path, artefact)) = first.output.iter().find(|(path, artefact)| again.output[*path] != **artefact) {
        let lines = |artefact: &Artefact| match &artefact.body {
            Body::Bytes(bytes) => String::from_utf8_lossy(bytes).lines().map(str::to_owned).collect(),
            Body::Copy(path) => vec![path.to_string()],
        };
        let (before, after): (Vec<String>, Vec<String>) = (lines(artefact), lines(&again.output[path]));
        let differs = before.iter().zip(&after).find(|(before, after)| before != after);
        return Err(format!("{path} differs: {differs:?}\nsaved:\n{saved}").into());
    }
    let settings = |config: &pressoir::config::Config| config.to_yaml();
    if settings(&again.config) != saved {
        return Err(format!("saved:\n{saved}\nsaved again:\n{}", settings(&again.config)).into());
    }
    Ok(())
}
