//! What the steps of the action do: each script is run as a runner would, with stubs for what asks the network.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::command::folder;

/// A runner: a workspace, a temporary folder, and programs of its own that come before the system's.
struct Runner {
    folder: TempDir,
    action: PathBuf,
}

/// How a step ended.
struct Ended {
    code: i32,
    text: String,
    outputs: BTreeMap<String, String>,
}

impl Runner {
    fn new(files: &[(&str, &str)]) -> Runner {
        let folder = folder(&[]);
        for name in ["workspace", "temp", "programs"] {
            fs::create_dir(folder.path().join(name)).expect("a folder");
        }
        let runner = Runner { folder, action: env!("CARGO_MANIFEST_DIR").into() };
        files.iter().for_each(|(name, text)| runner.write(&format!("workspace/{name}"), text));
        symlink(env!("CARGO_BIN_EXE_pressoir"), runner.at("programs/pressoir")).expect("a link");
        runner
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("it lies below")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap_or_default()
    }

    /// Puts a program in the place of the system's.
    fn stub(&self, name: &str, script: &str) {
        let text = format!("{name}.txt");
        self.write(&text, &format!("#!/usr/bin/env bash\n{script}\n"));
        // Written by a process of its own: what this one has open for writing, another test's child may still have, too,
        // and then the system does not run it.
        let mut install = Command::new("install");
        install.args(["-m", "755"]).args([self.at(&text), self.at(&format!("programs/{name}"))]);
        assert!(install.status().is_ok_and(|status| status.success()), "{name} can be run");
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let path = format!("{}:{}", self.at("programs").display(), std::env::var("PATH").expect("a path"));
        command.current_dir(self.at("workspace")).env("PATH", path);
        for name in ["LANG", "LC_ALL", "GITHUB_WORKSPACE", "SOURCE_DATE_EPOCH"] {
            command.env_remove(name);
        }
        for (name, value) in [
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_AUTHOR_NAME", "a"),
            ("GIT_AUTHOR_EMAIL", "a@example.org"),
            ("GIT_COMMITTER_NAME", "a"),
            ("GIT_COMMITTER_EMAIL", "a@example.org"),
        ] {
            command.env(name, value);
        }
        command
    }

    /// Runs a script of the action.
    fn step(&self, script: &str, variables: &[(&str, &str)]) -> Ended {
        let mut command = self.command("bash");
        command.arg(self.action.join(".github/action").join(script));
        for (name, path) in [("GITHUB_OUTPUT", "output"), ("GITHUB_PATH", "path"), ("GITHUB_STEP_SUMMARY", "summary")] {
            let _ = fs::remove_file(self.at(path));
            command.env(name, self.at(path));
        }
        command.env("GITHUB_ACTION_PATH", &self.action).env("RUNNER_TEMP", self.at("temp"));
        command.env("RUNNER_OS", "Linux").env("RUNNER_ARCH", "X64").env("GITHUB_ACTIONS", "true");
        command.env("GITHUB_REPOSITORY", "example/rooms").envs(variables.iter().copied());
        let output = command.output().expect("bash starts");
        let text = [output.stdout, output.stderr].concat();
        let written = self.read("output");
        let outputs = written.lines().filter_map(|line| line.split_once('='));
        Ended {
            code: output.status.code().expect("it was not killed"),
            text: String::from_utf8_lossy(&text).into_owned(),
            outputs: outputs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        }
    }

    fn git(&self, arguments: &[&str]) {
        let output = self.command("git").args(arguments).output().expect("git starts");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "Pages"]);
    }
}

const VERSION: &str = env!("CARGO_PKG_VERSION");
const SHA: &str = "0123456789012345678901234567890123456789";

fn wanted(runner: &Runner, variables: &[(&str, &str)]) -> (String, String, String) {
    let mut all = vec![("VERSION", ""), ("REF", ""), ("REPOSITORY", "")];
    all.extend(variables);
    let ended = runner.step("wanted.sh", &all);
    assert_eq!(ended.code, 0, "{variables:?}: {}", ended.text);
    let output = |name: &str| ended.outputs.get(name).cloned().unwrap_or_default();
    assert!(output("folder").ends_with("/temp/pressoir") && !output("key").is_empty(), "{}", ended.text);
    (output("from"), output("version"), output("target"))
}

#[test]
fn a_release_is_taken_where_the_action_is_one() {
    let runner = Runner::new(&[]);
    let tag = format!("v{VERSION}");
    let linux = "x86_64-unknown-linux-gnu".to_owned();
    let own = VERSION.to_owned();
    let theirs = ("REPOSITORY", "example/pressoir");
    // In its own repository nobody says where it is from.
    assert_eq!(wanted(&runner, &[]), ("sources".into(), own.clone(), linux.clone()));
    assert_eq!(wanted(&runner, &[theirs, ("REF", &tag)]), ("release".into(), own.clone(), linux.clone()));
    for version in ["9.8.7", "v9.8.7"] {
        let found = wanted(&runner, &[theirs, ("REF", "main"), ("VERSION", version)]);
        assert_eq!(found, ("release".into(), "9.8.7".into(), linux.clone()));
    }
    let arm = wanted(&runner, &[theirs, ("REF", &tag), ("RUNNER_OS", "macOS"), ("RUNNER_ARCH", "ARM64")]);
    assert_eq!(arm, ("release".into(), own.clone(), "aarch64-apple-darwin".into()));
    let other = wanted(&runner, &[theirs, ("REF", &tag), ("RUNNER_OS", "FreeBSD")]);
    assert_eq!(other, ("sources".into(), own.clone(), String::new()));
    // A commit, or a branch, may be that of the release.
    runner.stub("git", &format!("echo \"$@\" >>../asked; printf '{SHA}\\trefs/tags/x\\n'"));
    assert_eq!(wanted(&runner, &[theirs, ("REF", SHA)]).0, "release");
    assert!(runner.read("asked").contains(&format!("https://github.com/example/pressoir refs/heads/{tag}")));
    assert_eq!(wanted(&runner, &[theirs, ("REF", "main")]).0, "release");
    assert_eq!(wanted(&runner, &[theirs, ("REF", &SHA.replace('0', "f"))]).0, "sources");
    runner.stub("git", "exit 128");
    assert_eq!(wanted(&runner, &[theirs, ("REF", "main")]).0, "sources");
    let ended = runner.step("wanted.sh", &[("VERSION", "1.0.0; rm -rf /"), ("REF", ""), ("REPOSITORY", "")]);
    assert!(ended.code == 2 && ended.text.contains("is no version"), "{}", ended.text);
}

#[test]
fn where_github_does_not_say_what_it_used_the_path_does() {
    let mut runner = Runner::new(&[]);
    let path = format!("_actions/example/pressoir/v{VERSION}");
    for file in ["Cargo.toml", "Cargo.lock", ".github/action/wanted.sh"] {
        let text = fs::read_to_string(runner.action.join(file)).expect("a file of the project");
        runner.write(&format!("{path}/{file}"), &text);
    }
    runner.action = runner.at(&path);
    assert_eq!(wanted(&runner, &[]).0, "release");
    assert!(runner.read("output").contains("repository=example/pressoir\n"));
}

/// A runner with a host that has a release of a program that says its version.
fn with_release(sums: impl Fn(&str) -> String) -> Runner {
    let runner = Runner::new(&[]);
    runner.write("host/pressoir", "#!/bin/sh\necho pressoir 9.8.7\n");
    let set =
        "set -e; chmod +x pressoir; tar -czf pressoir-t.tar.gz pressoir; sha256sum pressoir-t.tar.gz | cut -d ' ' -f 1";
    let output = Command::new("bash").args(["-c", set]).current_dir(runner.at("host")).output().expect("bash starts");
    let sum = String::from_utf8(output.stdout).expect("a sum");
    runner.write("host/SHA256SUMS", &sums(sum.trim()));
    runner.stub(
        "curl",
        "echo \"$@\" >>../asked; for last; do :; done; file=$(basename \"$last\")\n\
         while [ $# -gt 0 ]; do [ \"$1\" = --output ] && to=$2; shift; done\n\
         if [ -n \"$ANSWER\" ]; then printf %s \"$ANSWER\"; elif [ -e \"../host/$file\" ]; then cp \"../host/$file\" \"$to\"; printf 200; \
         else printf 404; fi",
    );
    runner.stub(
        "cargo",
        "echo \"$@\" >>../built; mkdir -p \"$FOLDER/bin\"; cp ../host/pressoir \"$FOLDER/bin/pressoir\"",
    );
    runner
}

fn install(runner: &Runner, variables: &[(&str, &str)]) -> Ended {
    let folder = runner.at("temp/pressoir").display().to_string();
    let mut all = vec![
        ("FROM", "release"),
        ("VERSION", "9.8.7"),
        ("TARGET", "t"),
        ("FOLDER", &*folder),
        ("REPOSITORY", "example/pressoir"),
        ("ANSWER", ""),
    ];
    all.extend(variables);
    runner.step("install.sh", &all)
}

#[test]
fn a_release_is_fetched_and_held_against_its_sum() {
    let runner = with_release(|sum| format!("{}  other.tar.gz\n{sum}  pressoir-t.tar.gz\n", "0".repeat(64)));
    let ended = install(&runner, &[]);
    assert_eq!((ended.code, ended.outputs["version"].as_str()), (0, "9.8.7"), "{}", ended.text);
    assert!(Path::new(&ended.outputs["binary"]).is_file());
    assert_eq!(runner.read("path").trim(), runner.at("temp/pressoir/bin").display().to_string());
    let asked = runner.read("asked");
    assert!(
        asked.contains("https://github.com/example/pressoir/releases/download/v9.8.7/pressoir-t.tar.gz"),
        "{asked}"
    );
    assert_eq!(runner.read("built"), "");
    // The second time, and from a cache, it is there.
    fs::remove_file(runner.at("asked")).expect("it was written");
    let ended = install(&runner, &[("FROM", "sources")]);
    assert_eq!((ended.code, runner.read("asked"), runner.read("built")), (0, String::new(), String::new()));
}

#[test]
fn what_is_not_what_its_release_says_is_not_used() {
    for sums in ["", "0000  pressoir-t.tar.gz\n", "0000  other.tar.gz\n"] {
        let runner = with_release(|_| sums.to_owned());
        let ended = install(&runner, &[]);
        assert!(ended.code == 3 && ended.text.contains("is not what its release says"), "{}", ended.text);
        assert!(!runner.at("temp/pressoir/bin/pressoir").exists());
        assert_eq!(runner.read("built"), "", "it is not built in its place");
    }
    let runner = with_release(|sum| format!("{sum}  pressoir-t.tar.gz\n"));
    let ended = install(&runner, &[("ANSWER", "503")]);
    assert!(ended.code == 3 && ended.text.contains("the host answers 503"), "{}", ended.text);
}

#[test]
fn what_has_no_release_is_built() {
    let runner = with_release(|sum| format!("{sum}  pressoir-t.tar.gz\n"));
    let ended = install(&runner, &[("TARGET", "other")]);
    assert_eq!(ended.code, 0, "{}", ended.text);
    assert!(ended.text.contains("::notice"), "{}", ended.text);
    assert!(
        runner.read("built").contains("--git https://github.com/example/pressoir --tag v9.8.7"),
        "{}",
        runner.read("built")
    );
    let runner = with_release(|_| String::new());
    let ended = install(&runner, &[("FROM", "sources"), ("VERSION", VERSION)]);
    assert_eq!(ended.code, 0, "{}", ended.text);
    let path = format!("--path {}", runner.action.display());
    assert!(
        runner.read("built").contains(&path) && runner.read("built").contains("--locked"),
        "{}",
        runner.read("built")
    );
}

const PLAIN: &[(&str, &str)] =
    &[("FOLDER", "."), ("CHECK", "true"), ("STRICT", "false"), ("BUILD", "true"), ("UPLOAD", "none"), ("COMPARE", "")];

fn site(runner: &Runner, variables: &[(&str, &str)]) -> Ended {
    runner.step("site.sh", &[PLAIN, variables].concat())
}

#[test]
fn a_site_is_checked_and_built() {
    let runner = Runner::new(&[("docs/README.md", "# Home\n\n[B](b.md)\n"), ("docs/b.md", "# B\n")]);
    let ended = site(&runner, &[("FOLDER", "docs"), ("UPLOAD", "pages"), ("STRICT", "true")]);
    assert_eq!((ended.code, ended.outputs["status"].as_str()), (0, "0"), "{}", ended.text);
    let built = Path::new(&ended.outputs["folder"]);
    assert!(built.join("index.html").is_file() && built.join(".nojekyll").is_file());
    assert!(!runner.at("workspace/docs/public").exists(), "the repository stays as it is");
    let summary = runner.read("summary");
    assert!(summary.contains("Checked 2 pages") && !summary.contains("Built"), "it is told once: {summary}");
    let ended = site(&runner, &[("FOLDER", "docs"), ("BUILD", "false")]);
    assert_eq!((ended.code, ended.outputs["folder"].as_str()), (0, ""), "{}", ended.text);
}

#[test]
fn what_is_found_keeps_a_site_from_being_published_but_not_from_being_looked_at() {
    let runner = Runner::new(&[("README.md", "# Home\n\n[B](b.md)\n")]);
    let ended = site(&runner, &[("STRICT", "true"), ("UPLOAD", "pages")]);
    assert_eq!((ended.code, ended.outputs.get("folder")), (1, None), "{}", ended.text);
    assert!(ended.text.contains("::error file=README.md,line=3"), "{}", ended.text);
    let ended = site(&runner, &[("STRICT", "true"), ("UPLOAD", "preview")]);
    assert_eq!((ended.code, ended.outputs["status"].as_str()), (0, "1"), "{}", ended.text);
    assert!(Path::new(&ended.outputs["folder"]).join("index.html").is_file());
    assert_eq!(
        ended.text.matches("[dead-link]").count() + ended.text.matches("title=dead-link").count(),
        1,
        "{}",
        ended.text
    );
    let ended = site(&runner, &[("UPLOAD", "pages")]);
    assert_eq!((ended.code, ended.outputs["status"].as_str()), (0, "0"), "{}", ended.text);
    // Wrong settings end it, whatever is asked for.
    runner.write("workspace/pressoir.yml", "title: [\n");
    let ended = site(&runner, &[("UPLOAD", "preview")]);
    assert_eq!((ended.code, ended.outputs.get("status")), (2, None), "{}", ended.text);
    for wrong in [("STRICT", "yes"), ("UPLOAD", "page"), ("FOLDER", "nowhere")] {
        assert_eq!(site(&runner, &[wrong]).code, 2, "{wrong:?}");
    }
}

#[test]
fn a_proposal_is_compared_with_what_was_there() {
    let runner = Runner::new(&[("docs/notes.txt", "x")]);
    runner.git(&["init", "-q"]);
    runner.commit();
    runner.write("workspace/docs/README.md", "# Home\n\n[B](b.md)\n");
    runner.write("workspace/docs/b.md", "# B\n\n## Part\n");
    runner.commit();
    let compared = [("FOLDER", "docs"), ("UPLOAD", "preview"), ("COMPARE", "HEAD^1")];
    let report = |ended: &Ended| fs::read_to_string(&ended.outputs["report"]).expect("a report");
    let ended = site(&runner, &compared);
    assert_eq!((ended.code, ended.outputs["lost"].as_str()), (0, ""), "{}", ended.text);
    assert!(report(&ended).contains("no site before"), "{}", report(&ended));
    runner.write("workspace/docs/README.md", "# Home\n\nNew words.\n");
    fs::remove_file(runner.at("workspace/docs/b.md")).expect("it is there");
    runner.write("workspace/docs/c.md", "# C\n");
    runner.commit();
    for _ in 0..2 {
        let ended = site(&runner, &compared);
        assert_eq!((ended.code, ended.outputs["lost"].as_str()), (0, "true"), "{}", ended.text);
        let report = report(&ended);
        assert!(report.contains("/b.html") && report.contains("/c.html"), "{report}");
        assert!(runner.read("summary").contains(&report), "{}", runner.read("summary"));
    }
    let worktrees = runner.command("git").args(["worktree", "list"]).output().expect("git starts").stdout;
    assert_eq!(String::from_utf8_lossy(&worktrees).lines().count(), 1, "nothing is left behind");
    // What is not there is told, and nothing more.
    let ended = site(&runner, &[("FOLDER", "docs"), ("UPLOAD", "preview"), ("COMPARE", "nowhere")]);
    assert!(ended.code == 0 && ended.text.contains("Nothing to compare with"), "{}", ended.text);
}

#[test]
fn a_site_that_is_too_large_for_pages_is_told_before_it_is_sent() {
    let runner = Runner::new(&[("README.md", "# Home\n")]);
    for (size, code, word) in [(1_048_577, 1, "Too large"), (900_000, 0, "Nearly too large"), (1000, 0, "")] {
        runner.stub("du", &format!("[ \"$1\" = -sk ] && echo \"{size}\t$2\" || echo \"1\t./a\""));
        let ended = site(&runner, &[("UPLOAD", "pages")]);
        assert_eq!(ended.code, code, "{}", ended.text);
        assert!(ended.text.contains(word) && (!word.is_empty() || !ended.text.contains("too large")), "{}", ended.text);
    }
}

fn comment(runner: &Runner) -> Ended {
    let report = runner.at("temp/report.md").display().to_string();
    let mine = [
        ("GH_TOKEN", "t"),
        ("NUMBER", "7"),
        ("FOLDER", "docs"),
        ("REPORT", &report),
        ("PREVIEW", "https://example.org/a"),
    ];
    runner.step("comment.sh", &mine)
}

#[test]
fn a_comment_takes_the_place_of_the_last_one() {
    let runner = Runner::new(&[]);
    runner.write("temp/report.md", "Nothing to mend.\n");
    let stub = |known: &str| {
        format!(
            "case \"$*\" in *--jq*) printf '{known}';; *) echo \"$@\" >>../asked; cp ../temp/pressoir-comment.md ../sent;; esac"
        )
    };
    runner.stub("gh", &stub("1\\tHello\\n2\\t<!-- pressoir: other -->\\n"));
    assert_eq!(comment(&runner).code, 0);
    assert!(
        runner.read("asked").contains("--method POST repos/example/rooms/issues/7/comments"),
        "{}",
        runner.read("asked")
    );
    let sent = runner.read("sent");
    assert!(
        sent.starts_with("<!-- pressoir: docs -->\n")
            && sent.contains("Nothing to mend.")
            && sent.contains("(https://example.org/a)")
    );
    runner.stub("gh", &stub("1\\tHello\\n2\\t<!-- pressoir: docs -->\\n"));
    assert_eq!(comment(&runner).code, 0);
    assert!(
        runner.read("asked").contains("--method PATCH repos/example/rooms/issues/comments/2"),
        "{}",
        runner.read("asked")
    );
    // In a proposal from a fork the token may only read.
    runner.stub("gh", "case \"$*\" in *--jq*) ;; *) exit 1;; esac");
    let ended = comment(&runner);
    assert!(ended.code == 0 && ended.text.contains("::notice title=No comment"), "{}", ended.text);
}

#[test]
fn a_release_is_packed_and_held_against_its_tag() {
    let runner = Runner::new(&[
        ("Cargo.toml", "[package]\nname = \"pressoir\"\nversion = \"1.2.3\"\n"),
        (
            "CHANGELOG.md",
            "# Changelog\n\n## Unreleased\n\n- later\n\n## 1.2.3 - 2026-01-31\n\n- now\n\n## 1.2.2\n\n- before\n",
        ),
        ("LICENSE", "MIT\n"),
        ("README.md", "# P\n"),
        ("target/t/release/pressoir", "program"),
    ]);
    for script in ["pack.sh", "version.sh"] {
        let text =
            fs::read_to_string(runner.action.join(".github/release").join(script)).expect("a file of the project");
        runner.write(&format!("workspace/.github/release/{script}"), &text);
    }
    let script = |arguments: &[&str]| {
        let output = runner.command("bash").args(arguments).output().expect("bash starts");
        (output.status.code().expect("an end"), String::from_utf8(output.stdout).expect("a text"))
    };
    assert_eq!(script(&[".github/release/version.sh", "v1.2.3"]), (0, "\n- now\n".into()));
    assert_eq!(script(&[".github/release/version.sh", "v1.2.4"]).0, 1);
    runner.write("workspace/CHANGELOG.md", "# Changelog\n\n## Unreleased\n");
    assert_eq!(script(&[".github/release/version.sh", "v1.2.3"]).0, 1);
    assert_eq!(script(&[".github/release/pack.sh", "t", "packed"]).0, 0);
    let (code, listed) = script(&["-c", "tar -tzf packed/pressoir-t.tar.gz | sort"]);
    assert_eq!((code, listed.as_str()), (0, "LICENSE\nREADME.md\npressoir\n"));
}

#[test]
fn a_release_is_published_with_its_sums() {
    let runner = Runner::new(&[("packed/pressoir-a.tar.gz", "a"), ("packed/pressoir-b.tar.gz", "b")]);
    let text = fs::read_to_string(runner.action.join(".github/workflows/release.yml")).expect("a workflow");
    let workflow: serde_yaml::Value = serde_yaml::from_str(&text).expect("it is YAML");
    let steps = workflow["jobs"]["publish"]["steps"].as_sequence().expect("steps");
    let script =
        steps.iter().find(|step| step["name"] == "Publish").expect("it publishes")["run"].as_str().expect("a script");
    runner.write("workspace/.github/release/version.sh", "echo \"notes of $1\"\n");
    runner.stub("gh", "echo \"$@\" >../../asked");
    let output =
        runner.command("bash").args(["-eo", "pipefail", "-c", script]).env("GITHUB_REF_NAME", "v1.2.3").output();
    let output = output.expect("bash starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(runner.read("workspace/notes.md"), "notes of v1.2.3\n");
    let sums = runner.read("workspace/packed/SHA256SUMS");
    assert_eq!(
        sums.lines().map(|line| line.rsplit(' ').next().expect("a name")).collect::<Vec<_>>(),
        ["pressoir-a.tar.gz", "pressoir-b.tar.gz"]
    );
    let asked = runner.read("asked");
    assert!(asked.starts_with("release create v1.2.3 --verify-tag"), "{asked}");
    assert!(asked.ends_with("-- pressoir-a.tar.gz pressoir-b.tar.gz SHA256SUMS\n"), "{asked}");
}
