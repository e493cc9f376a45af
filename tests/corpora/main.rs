//! Real sites, built by the program and compared with what their own generators made of them. They lie in
//! `../shared/corpora`, or in the folder that `PRESSOIR_SHARED` names; where it is absent every test is listed as ignored.
//!
//! Pages are compared fact by fact: `../shared/tools/facts.py` (Python, with the package selectolax) reads the facts of a
//! built site.

// Both are for other tests, too.
#[allow(dead_code)]
#[path = "../support/program.rs"]
mod program;
#[path = "../support/shared.rs"]
mod shared;

mod addresses;
mod findings;
mod golden;
mod site;

use std::fs;
use std::process::{Command, ExitCode};

use libtest_mimic::{Arguments, Failed, Trial};
use program::contents;
use site::{SITES, build, corpus, facts, wanted};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let here = shared::folder("corpora").is_some();
    let mut trials = vec![
        Trial::test("eig-link::two_builds_are_equal", two_builds_are_equal),
        Trial::test("eig-link::no_address_is_gone", addresses::eig_link),
        Trial::test("seed::facts", seed),
        Trial::test("macos-defaults::menus", macos_defaults),
    ];
    for site in SITES {
        let name = |what: &str| format!("{}::{what}", site.name);
        trials.push(Trial::test(name("facts"), || golden::compare(site)));
        trials.push(Trial::test(name("findings"), || findings::compare(site, site.folder, site.layout)));
        trials.push(Trial::test(name("findings_as_a_bare_folder"), || findings::compare(site, ".", "bare")));
    }
    shared::run(&arguments, trials, here).exit_code()
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
    command.arg(tool).arg("compare").arg(site::golden("macos-defaults-vp1.json")?).arg(file).args(["--show", "3"]);
    let output = command.output()?;
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stdout).into_owned().into()),
    }
}
