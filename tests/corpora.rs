//! Real sites, built by the program and compared with what their own generators made of them. They lie in
//! `../shared/corpora`, or in the folder that `PRESSOIR_SHARED` names; where it is absent every test is listed as ignored.
//!
//! Pages are compared fact by fact: `../shared/tools/facts.py` (Python, with the package selectolax) reads the facts of a
//! built site.

// Both are for other tests, too.
#[allow(dead_code)]
#[path = "support/program.rs"]
mod program;
#[path = "support/shared.rs"]
mod shared;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use libtest_mimic::{Arguments, Failed, Trial};
use program::{Ended, contents, pressoir, run};
use serde_json::Value;
use tempfile::TempDir;

/// Long enough for a slow machine.
const LIMIT: Duration = Duration::from_secs(300);

/// The sites, each with the folder to build and its layout.
const SITES: &[(&str, &str, &str)] = &[
    ("eig-link", ".", "vuepress1"),
    ("javaguide", "docs", "vuepress2"),
    ("macos-defaults-vp1", ".", "vuepress1"),
    ("test-utils", "docs", "vitepress"),
    ("vitepress-docs", "docs", "vitepress"),
    ("vue-cli", "docs", "vuepress1"),
    ("vuepress1-docs", "packages/docs/docs", "vuepress1"),
    ("vuepress2-docs", "docs", "vuepress2"),
];

/// What text and links have in `eig-link` that VuePress does not, with the reason.
const EIG_LINK_DIFFERENCES: &[(&str, &[&str])] = &[
    // Addresses in `<...>` inside tables written in HTML: VuePress takes `<https:` for an element, which no browser shows, and
    // leaves the rest as text, `//www.botfuel.io>`. Here they are links.
    ("archives/2018/outils-tableau.html", &["links", "text"]),
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let here = shared::folder("corpora").is_some();
    let mut trials = vec![
        Trial::test("eig-link::facts", eig_link),
        Trial::test("eig-link::two_builds_are_equal", two_builds_are_equal),
        Trial::test("seed::facts", seed),
        Trial::test("macos-defaults::facts", macos_defaults),
    ];
    for (site, folder, layout) in SITES {
        let name = |how: &str| format!("{site}::builds_{how}");
        trials.push(Trial::test(name("in_its_layout"), move || builds(site, folder, layout)));
        trials.push(Trial::test(name("as_a_bare_folder"), move || builds(site, ".", "bare")));
    }
    shared::run(&arguments, trials, here).exit_code()
}

/// The folder of a site.
fn corpus(name: &str) -> Result<PathBuf, Failed> {
    Ok(shared::folder("corpora").ok_or("the corpora are not here")?.join(name))
}

/// Builds a site into a folder of its own.
fn build(site: &Path, arguments: &[&str]) -> Result<(TempDir, Ended), Failed> {
    build_in_threads(site, arguments, 0)
}

/// Builds with so many threads; 0 leaves their number to the machine.
fn build_in_threads(site: &Path, arguments: &[&str], threads: usize) -> Result<(TempDir, Ended), Failed> {
    let out = tempfile::tempdir()?;
    let mut command = pressoir(out.path());
    command.arg("build").arg(site).args(["--format", "short", "-o"]).arg(out.path().join("site")).args(arguments);
    command.env("RAYON_NUM_THREADS", threads.to_string());
    let ended = run(&mut command, LIMIT);
    for word in ["panicked", "mistake in Pressoir"] {
        if ended.err.contains(word) {
            return Err(ended.err.into());
        }
    }
    Ok((out, ended))
}

/// `error[code]` or `warning[code]`, at most once each.
fn codes(ended: &Ended, severity: &str) -> Vec<String> {
    let of_line = |line: &str| Some(line.split_once(&format!(": {severity}["))?.1.split_once(']')?.0.to_owned());
    let mut codes: Vec<String> = ended.err.lines().filter_map(of_line).collect();
    codes.sort();
    codes.dedup();
    codes
}

fn wanted<T: PartialEq + std::fmt::Debug>(what: &str, got: T, want: T) -> Result<(), Failed> {
    match got == want {
        true => Ok(()),
        false => Err(format!("{what}\n  wanted {want:?}\n  got    {got:?}").into()),
    }
}

fn builds(site: &str, folder: &str, layout: &str) -> Result<(), Failed> {
    let (_out, ended) = build(&corpus(site)?.join(folder), &["--layout", layout])?;
    wanted("errors", codes(&ended, "error"), Vec::new())?;
    wanted(&ended.err, ended.code, 0)
}

/// The facts of a built site, by page.
fn facts(site: &Path) -> Result<Value, Failed> {
    let tool = shared::folder("tools").ok_or("`tools` is not beside the corpora")?.join("facts.py");
    let mut command = Command::new("python3");
    let output = command.arg(tool).arg("extract").arg(site).output();
    let output = output.map_err(|error| format!("these tests need Python, `python3`: {error}"))?;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{told}\nthese tests need Python's package selectolax: `tests/run` installs it").into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// What the real generator made of a site.
fn golden(name: &str) -> Result<PathBuf, Failed> {
    Ok(shared::folder("golden").ok_or("`golden` is not beside the corpora")?.join(name))
}

/// A fact without the spaces inside « », which French has where authors typed none.
fn unquoted(fact: &Value) -> String {
    fact.to_string().replace("« ", "«").replace(" »", "»")
}

fn eig_link() -> Result<(), Failed> {
    let (out, ended) = build(&corpus("eig-link")?, &[])?;
    wanted(&ended.err, ended.code, 0)?;
    let warnings = ["dead-anchor", "dead-link", "missing-file", "missing-image"].map(str::to_owned);
    wanted("warnings", codes(&ended, "warning"), warnings.to_vec())?;
    let got = facts(&out.path().join("site"))?;
    let want: Value = serde_json::from_slice(&fs::read(golden("eig-link.json")?)?)?;
    let pages = want.as_object().ok_or("the golden file is an object")?;
    let mut compared = 0;
    let mut differences = String::new();
    for (page, want) in pages.iter().filter(|(page, _)| *page != "404.html") {
        compared += 1;
        let listed = EIG_LINK_DIFFERENCES.iter().find(|(listed, _)| listed == page).map_or(&[][..], |(_, facts)| facts);
        for fact in ["headings", "toc", "containers", "labels", "code", "tables", "images", "text", "links"] {
            let got = &got[page][fact];
            match (unquoted(got) == unquoted(&want[fact]), listed.contains(&fact)) {
                (false, false) => differences.push_str(&format!("{page}: {fact}\n  {}\n  {got}\n", want[fact])),
                (true, true) => differences.push_str(&format!("{page}: {fact} is equal: take it off the list\n")),
                _ => {}
            }
        }
    }
    wanted("differences", differences, String::new())?;
    wanted("pages", compared, 59)?;
    // Nothing that VuePress links is lost where there is more.
    for (page, _) in EIG_LINK_DIFFERENCES {
        let links = |facts: &Value| facts[page]["links"].as_array().cloned().unwrap_or_default();
        let mut ours = links(&got).into_iter();
        let lost = links(&want).into_iter().find(|link| !ours.any(|other| other == *link));
        wanted("a link that is lost", lost, None)?;
    }
    Ok(())
}

fn two_builds_are_equal() -> Result<(), Failed> {
    let site = corpus("eig-link")?;
    let built =
        || build(&site, &[]).map(|(out, ended)| (contents(&out.path().join("site")), ended.err.lines().count()));
    let (first, second) = (built()?, built()?);
    if first.0.len() < 59 || first.1 != second.1 {
        return Err("the builds are not whole".into());
    }
    let differ = first.0.iter().find(|(path, bytes)| second.0.get(*path) != Some(bytes)).map(|(path, _)| path);
    wanted("a file that differs", differ, None)?;
    wanted("files", second.0.len(), first.0.len())
}

fn seed() -> Result<(), Failed> {
    let name = "seed-ingenierie-du-programme";
    let folder = tempfile::tempdir()?;
    fs::copy(corpus(&format!("{name}.md"))?, folder.path().join(format!("{name}.md")))?;
    let (out, ended) = build(folder.path(), &[])?;
    wanted(&ended.err, ended.code, 0)?;
    let html = fs::read_to_string(out.path().join(format!("site/{name}.html")))?;
    for part in ["<html lang=\"fr\"", "<p class=\"custom-block-title\"><strong>Conseil</strong> 💡</p>"] {
        wanted(part, html.contains(part), true)?;
    }
    let facts = facts(&out.path().join("site"))?;
    let facts = &facts[format!("{name}.html")];
    let mut boxes = vec![("tip", "Ressources 📖"); 11];
    boxes[2] = ("tip", "Conseil 💡");
    boxes[9] = ("warning", "Info 📍");
    wanted("containers", facts["containers"].clone(), serde_json::to_value(boxes)?)?;
    wanted("lines of the table of contents", facts["toc"][0].as_array().map(Vec::len), Some(21))?;
    let headings = facts["headings"].as_array().ok_or("the page has headings")?;
    for id in ["_1-appel-a-projets-1-mois", "communiquer-sur-le-programme-et-les-defis-en-construction"] {
        wanted(id, headings.iter().any(|heading| heading[1] == id), true)?;
    }
    Ok(())
}

/// A site whose settings are data: every fact of every page is equal, its menus too.
fn macos_defaults() -> Result<(), Failed> {
    let (out, ended) = build(&corpus("macos-defaults-vp1")?, &[])?;
    wanted(&ended.err, ended.code, 0)?;
    let facts = facts(&out.path().join("site"))?;
    wanted("pages", facts.as_object().map(serde_json::Map::len), Some(139))?;
    let file = out.path().join("facts.json");
    fs::write(&file, facts.to_string())?;
    let tool = shared::folder("tools").ok_or("`tools` is not beside the corpora")?.join("facts.py");
    let mut command = Command::new("python3");
    command.arg(tool).arg("compare").arg(golden("macos-defaults-vp1.json")?).arg(file).args(["--show", "3"]);
    let output = command.output()?;
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stdout).into_owned().into()),
    }
}
