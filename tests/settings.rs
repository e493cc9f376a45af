//! Settings that are programs, in `tests/settings/`, and what they say.
//!
//! A file holds several cases. `# name` begins one, lines after it up to the first mark say what it is about. `-- path --`
//! begins a file of its project; the first whose name is `config` or that lies in a folder `config` is the one that is run.
//! `== settings` begins what it gives, a key a line, `== notes` what it used that is not there, `== report` what is wrong.
//! A part that is not there wants nothing. With `PRESSOIR_UPDATE=1` the wanted parts are written anew: read the difference.
#![allow(clippy::disallowed_methods, reason = "the cases are files")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use pressoir::base::{SourcePath, line_column};
use pressoir::script::{Environment, Evaluated, Limits, Marker, Note, Value, evaluate};
use pressoir::vfs::{Files, Memory};

/// 2024-05-06 07:08:09 UTC.
const NOW: u64 = 1_714_979_289_000;

/// One case of a file.
#[derive(Default)]
struct Case {
    name: String,
    about: String,
    files: Vec<(String, String)>,
    wanted: Vec<(String, String)>,
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("# ") {
            cases.push(Case { name: name.to_owned(), ..Case::default() });
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        let part = if let Some(path) = line.strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --")) {
            case.files.push((path.to_owned(), String::new()));
            continue;
        } else if let Some(name) = line.strip_prefix("== ") {
            case.wanted.push((name.to_owned(), String::new()));
            continue;
        } else if let Some((_, text)) = case.wanted.last_mut() {
            text
        } else if let Some((_, text)) = case.files.last_mut() {
            text
        } else {
            &mut case.about
        };
        part.push_str(line);
        part.push('\n');
    }
    cases
}

/// A value, a key or an element a line.
fn shown(value: &Value, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    match value {
        Value::Null => " null\n".to_owned(),
        Value::Bool(value) => format!(" {value}\n"),
        Value::Number(value) => format!(" {value}\n"),
        Value::Text(text) => format!(" {text:?}\n"),
        Value::Marker(marker) => match marker {
            Marker::Function { name, .. } => format!(" <function {name}>\n"),
            Marker::Pattern(text) => format!(" <pattern {text}>\n"),
            Marker::StandIn(name) => format!(" <stand-in {name}>\n"),
            Marker::Circle => " <circle>\n".to_owned(),
            Marker::Other(name) => format!(" <{name}>\n"),
        },
        Value::List(values) if values.is_empty() => " []\n".to_owned(),
        Value::Map(entries) if entries.is_empty() => " {}\n".to_owned(),
        Value::List(values) => {
            values.iter().fold("\n".to_owned(), |all, value| format!("{all}{indent}-{}", shown(value, depth + 1)))
        }
        Value::Map(entries) => entries
            .iter()
            .fold("\n".to_owned(), |all, (key, value)| format!("{all}{indent}{key}:{}", shown(value, depth + 1))),
    }
}

fn is_entry(path: &str) -> bool {
    let path = SourcePath::new(path).expect("a path");
    path.stem() == "config" || path.stem() == "index" && path.folder().name() == "config"
}

fn run(files: &Memory, entry: &str, limits: Limits) -> Evaluated {
    let listing: Arc<[SourcePath]> = files.list().expect("it is in memory").files.into();
    let package = Some("{\"name\": \"above\", \"version\": \"9.8.7\"}".to_owned());
    let environment = Environment { now: NOW, package, limits, ..Environment::default() };
    evaluate(files, listing, &SourcePath::new(entry).expect("a path"), &environment)
}

/// Settings that are small, run by a program that is not made to be fast.
fn limits() -> Limits {
    Limits {
        instructions: 3_000_000,
        rounds: 20_000,
        work: 150_000,
        bytes: 1 << 24,
        jobs: 5_000,
        silence: Duration::from_secs(120),
        ..Limits::default()
    }
}

fn report(evaluated: &Evaluated, files: &Memory) -> String {
    let mut report = String::new();
    for found in &evaluated.diagnostics {
        let place = found.span.as_ref().map(|span| {
            let text = String::from_utf8(files.read(&span.file).expect("it is there")).expect("it is text");
            let place = line_column(&text, span.start as usize);
            let marked = text.get(span.range()).unwrap_or("?").lines().next().unwrap_or_default();
            format!("{}:{}:{} {marked}", span.file, place.line, place.column)
        });
        let help = found.help.as_deref().unwrap_or_default();
        let place = place.unwrap_or_default();
        writeln!(report, "{} {:?}\n{place}\n{}\n{help}", found.code, found.severity, found.message).expect("a text");
    }
    report
}

fn notes(evaluated: &Evaluated) -> String {
    evaluated.notes.iter().fold(String::new(), |all, note| match note {
        Note::Console(text) => format!("{all}console {text}\n"),
        Note::StandIn(name) => format!("{all}stand-in {name}\n"),
        Note::Ignored(what) => format!("{all}ignored {what}\n"),
    })
}

/// Runs a case; gives it as it should be written, and how it differs.
fn check(case: &Case) -> (String, String) {
    let files = Memory::new(case.files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let entry = case.files.iter().map(|(path, _)| path.as_str()).find(|path| is_entry(path)).expect("settings");
    let evaluated = run(&files, entry, limits());
    let got = [
        ("settings", shown(&evaluated.value, 0).trim_start_matches('\n').trim_start().to_owned()),
        ("notes", notes(&evaluated)),
        ("report", report(&evaluated, &files)),
    ];
    let mut written = format!("# {}\n{}", case.name, case.about);
    for (path, text) in &case.files {
        write!(written, "-- {path} --\n{text}").expect("a text");
    }
    let mut differences = String::new();
    for (name, got) in got {
        let wanted = case.wanted.iter().find(|(wanted, _)| wanted == name).map_or("", |(_, text)| text.as_str());
        let is_nothing = got.is_empty() || name == "settings" && got == "null\n";
        if !is_nothing {
            write!(written, "== {name}\n{}\n", got.trim_end()).expect("a text");
        }
        let got = if is_nothing { "" } else { got.trim_end() };
        if got != wanted.trim_end() {
            write!(differences, "--- {name} wanted\n{}\n--- got\n{got}\n", wanted.trim_end()).expect("a text");
        }
    }
    (written, differences)
}

#[test]
fn settings_say_what_they_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/settings");
    let update = std::env::var_os("PRESSOIR_UPDATE").is_some();
    let mut paths: Vec<_> =
        fs::read_dir(&folder).expect("the cases are there").map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    let (mut count, mut failed) = (0, String::new());
    for path in paths {
        let text = fs::read_to_string(&path).expect("it is text");
        let mut written = Vec::new();
        for case in cases(&text) {
            let (now, differences) = check(&case);
            written.push(now);
            count += 1;
            if !differences.is_empty() {
                write!(failed, "\n{}: {}\n{differences}", path.display(), case.name).expect("a text");
            }
        }
        if update {
            fs::write(&path, written.join("\n")).expect("it can be written");
        }
    }
    assert!(count >= 60, "only {count} cases were found");
    assert!(update || failed.is_empty(), "{failed}");
}

/// What the program saw is all that it depends on.
#[test]
fn it_is_run_again_only_when_something_that_it_saw_has_changed() {
    let config = "const fs = require('fs');\nmodule.exports = { title: require('./name.json').name,\n\
                  sidebar: fs.readdirSync('guide'), old: fs.existsSync('old.md') }";
    let entry = ".vuepress/config.js";
    let mut files = Memory::new([
        (entry, config),
        (".vuepress/name.json", "{\"name\": \"One\"}"),
        ("guide/a.md", "# A"),
        ("README.md", "# Home"),
    ]);
    let evaluated = run(&files, entry, limits());
    assert_eq!(evaluated.value.get("title").and_then(Value::as_text), Some("One"));
    let path = |text| SourcePath::new(text).expect("a path");
    let is_current = |files: &Memory| evaluated.is_current(files, &files.list().expect("in memory").files);
    assert!(is_current(&files));
    for (name, text, current) in [
        ("guide/a.md", "# Other", true),
        ("README.md", "# Other", true),
        ("guide/b.md", "# B", false),
        ("old.md", "", false),
        (".vuepress/name.json", "{\"name\": \"Two\"}", false),
        (entry, "module.exports = {}", false),
    ] {
        let before = files.clone();
        files.insert(path(name), text);
        assert_eq!(is_current(&files), current, "{name}");
        files = before;
    }
    files.remove(&path(".vuepress/name.json"));
    assert!(!is_current(&files));
}

/// A regular expression that tries for ever cannot be counted; it is given up after a while.
#[test]
fn an_endless_regular_expression_is_given_up() {
    let config = "module.exports = { title: /^(a+)+$/.test('a'.repeat(40) + 'b') ? 'x' : 'y' }";
    let files = Memory::new([(".vuepress/config.js", config)]);
    let limits = Limits { silence: Duration::from_millis(500), ..limits() };
    let evaluated = run(&files, ".vuepress/config.js", limits);
    assert_eq!(evaluated.value, Value::Null);
    assert_eq!(evaluated.diagnostics[0].code, "settings-limit");
}

/// What is nested too deep ends with a message, not with the process.
#[test]
fn deep_nesting_does_not_run_out_of_stack() {
    let deep = 20_000;
    for program in [
        format!("module.exports = {}{}", "[".repeat(deep), "]".repeat(deep)),
        format!("module.exports = {{ a: {}1 }}", "!".repeat(deep)),
        format!("module.exports = {{ a: 1{} }}", " + 1".repeat(deep)),
        format!("module.exports = {{ a: {}1 }}", "a => ".repeat(deep)),
        format!("module.exports = {{ a: {}1 }}", "a ? 1 : ".repeat(deep)),
        format!("if (1) {{}} {}", "else if (1) {} ".repeat(deep)),
        format!("let a = {{}}; for (let i = 0; i < {deep}; i++) a = {{ a }}; module.exports = a"),
    ] {
        let files = Memory::new([(".vuepress/config.js", program.as_str())]);
        let evaluated = run(&files, ".vuepress/config.js", limits());
        assert_eq!(evaluated.diagnostics.len(), 1, "{}", &program[..40]);
        assert_eq!(evaluated.value, Value::Null, "{}", &program[..40]);
    }
    let joined = "let a = []; for (let i = 0; i < 20000; i++) a = [a]; module.exports = { a: String(a) }";
    let files = Memory::new([(".vuepress/config.js", joined)]);
    assert!(run(&files, ".vuepress/config.js", limits()).diagnostics.len() <= 1);
}

/// No program, however it is cut off, takes the process down.
#[test]
fn a_program_that_is_cut_off_is_a_finding() {
    let program = "import { defineConfig } from 'vitepress'\nconst a: Record<string, number> = { b: 1 }\n\
                   export default defineConfig({ title: `é ${a!.b}`, themeConfig: { nav: [...[{ text: 'A' }]] } })\n";
    for at in (0..program.len()).filter(|at| program.is_char_boundary(*at)) {
        let files = Memory::new([(".vitepress/config.ts", &program[..at])]);
        let evaluated = run(&files, ".vitepress/config.ts", limits());
        assert!(evaluated.diagnostics.len() <= 1, "{at}");
    }
}
