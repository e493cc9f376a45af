//! What the documentation tells to write for each host: it can be read by the host, says what the program writes, and the
//! commands in it run.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_yaml::Value;

use crate::command::{folder, run};

const LANGUAGES: [(&str, &str); 2] = [("fr", "content"), ("en", "content/en")];

/// The blocks of code of a kind on the page of a host.
fn blocks(folder: &str, host: &str, kind: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("{folder}/guide/publish/{host}.md"));
    let text = fs::read_to_string(&path).expect("a page for the host");
    let fence = format!("\n```{kind}\n");
    let blocks = text.split(&fence).skip(1).map(|rest| rest.split("\n```\n").next().expect("an end"));
    let blocks: Vec<String> = blocks.map(|block| format!("{block}\n")).collect();
    assert!(!blocks.is_empty(), "{} shows no {kind}", path.display());
    blocks
}

fn release() -> String {
    format!("https://github.com/OWNER/pressoir/releases/download/v{}", env!("CARGO_PKG_VERSION"))
}

/// Runs the commands of Pressoir in some lines.
fn commands_run(place: &str, lines: &[&str]) {
    let site = folder(&[
        ("pressoir.yml", "title: T\n"),
        ("content/index.md", "# Home\n\n[B](b.md)\n"),
        ("content/b.md", "# B\n"),
    ]);
    let commands =
        lines.iter().flat_map(|line| line.split("&&")).map(|command| command.trim().trim_start_matches("./"));
    let commands: Vec<&str> = commands.filter(|command| command.starts_with("pressoir ")).collect();
    assert!(commands.len() >= 2, "{place}: {lines:?}");
    for command in commands {
        let arguments: Vec<&str> = command.split(' ').skip(1).collect();
        let (code, out, err) = run(site.path(), &arguments);
        assert_eq!(code, 0, "{place}: {command}: {out}{err}");
    }
    assert!(site.path().join("public/index.html").is_file(), "{place}");
}

#[test]
fn the_workflows_of_github_are_those_that_are_written() {
    for (lang, content) in LANGUAGES {
        let site = folder(&[]);
        assert!(
            Command::new("git")
                .args(["init", "-q", "-b", "main"])
                .current_dir(site.path())
                .status()
                .expect("git")
                .success()
        );
        let (code, out, err) = run(site.path(), &["init", "--lang", lang, "--pull-requests"]);
        assert_eq!(code, 0, "{out}{err}");
        let told = blocks(content, "github-pages", "yaml");
        for (name, told) in ["pages.yml", "pages-preview.yml"].into_iter().zip(told) {
            let written = fs::read_to_string(site.path().join(".github/workflows").join(name)).expect("it was written");
            assert_eq!(told, written, "{content}: {name}");
        }
    }
}

#[test]
fn what_the_action_takes_and_gives_is_told() {
    let action = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml")).expect("the action");
    let action: Value = serde_yaml::from_str(&action).expect("it is YAML");
    for (_, content) in LANGUAGES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("{content}/guide/publish/github-pages.md"));
        let text = fs::read_to_string(path).expect("a page");
        for (key, input) in action["inputs"].as_mapping().expect("inputs") {
            let key = key.as_str().expect("a name");
            let row = text
                .lines()
                .find(|line| line.starts_with(&format!("| `{key}` |")))
                .unwrap_or_else(|| panic!("{content}: {key}"));
            let default = input["default"].as_str().expect("each has one");
            assert!(
                default.is_empty() || default.contains('$') || row.contains(&format!("`{default}`")),
                "{row}: {default}"
            );
        }
        for key in action["outputs"].as_mapping().expect("outputs").keys() {
            assert!(text.contains(&format!("`{}`", key.as_str().expect("a name"))), "{content}: {key:?}");
        }
    }
}

#[test]
fn gitlab_reads_its_file() {
    for (_, content) in LANGUAGES {
        let [text] = &blocks(content, "gitlab-pages", "yaml")[..] else { panic!("one file") };
        let file: Value = serde_yaml::from_str(text).expect("it is YAML");
        assert_eq!(file["variables"]["RELEASE"], release().as_str());
        assert_eq!(file["pages"]["artifacts"]["paths"][0], "public");
        assert_eq!(file["pages"]["rules"][0]["if"], "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH");
        for job in ["check", "pages"] {
            let lines =
                file[job]["script"].as_sequence().expect("lines").iter().map(|line| line.as_str().expect("a text"));
            commands_run("GitLab", &lines.collect::<Vec<_>>());
        }
        let before = file["default"]["before_script"].as_sequence().expect("lines");
        let script: Vec<&str> = before.iter().map(|line| line.as_str().expect("a text")).collect();
        is_shell(&script.join("\n"));
    }
}

#[test]
fn netlify_reads_its_file() {
    for (_, content) in LANGUAGES {
        let [text] = &blocks(content, "netlify", "toml")[..] else { panic!("one file") };
        let file: toml::Value = toml::from_str(text).expect("it is TOML");
        assert_eq!(file["build"]["publish"].as_str(), Some("public"));
        assert_eq!(file["build"]["environment"]["RELEASE"].as_str(), Some(&*release()));
        let command = file["build"]["command"].as_str().expect("a command");
        is_shell(command);
        commands_run("Netlify", &command.lines().collect::<Vec<_>>());
    }
}

#[test]
fn cloudflare_runs_its_script() {
    for (_, content) in LANGUAGES {
        let [script] = &blocks(content, "cloudflare", "bash")[..] else { panic!("one script") };
        is_shell(script);
        commands_run("Cloudflare", &script.lines().collect::<Vec<_>>());
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("{content}/guide/publish/cloudflare.md"));
        assert!(fs::read_to_string(path).expect("a page").contains(&format!("`{}`", release())));
    }
}

#[test]
fn nginx_reads_its_configuration() {
    for (_, content) in LANGUAGES {
        for block in blocks(content, "nginx", "nginx") {
            let mut depth = 0;
            for line in block.lines().map(str::trim).filter(|line| !line.is_empty()) {
                match line.chars().last() {
                    Some('{') => depth += 1,
                    Some('}') => depth -= 1,
                    end => assert_eq!(end, Some(';'), "{content}: {line}"),
                }
                assert!(depth >= 0, "{block}");
            }
            assert_eq!(depth, 0, "{block}");
        }
    }
}

#[test]
fn settings_beside_hosts_are_settings() {
    for (_, content) in LANGUAGES {
        for host in ["netlify", "cloudflare", "nginx"] {
            for block in blocks(content, host, "yaml") {
                let site = folder(&[
                    ("pressoir.yml", &format!("title: T\nredirects:\n  /old.html: index.md\n{block}")),
                    ("content/index.md", "# Home\n"),
                ]);
                let (code, out, err) = run(site.path(), &["build", "--strict"]);
                assert_eq!(code, 0, "{host}: {out}{err}");
                let file = if host == "nginx" { "redirects.map" } else { "_redirects" };
                assert!(site.path().join("public").join(file).is_file(), "{host}: {file}");
            }
        }
        let nginx = blocks(content, "nginx", "nginx").concat();
        assert!(nginx.contains("include /srv/site/redirects.map;"), "{nginx}");
    }
}

/// Whether a shell can read a script.
fn is_shell(script: &str) {
    let output = Command::new("bash").args(["-n", "-c", script]).output().expect("bash starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
