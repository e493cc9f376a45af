//! `pressoir diff` of a site against the facts of its own generator's build: no page and no anchor is gone. The facts hold what a
//! site is compared by here, so a site of nothing else is made of them.

use std::fs;
use std::path::Path;
use std::time::Duration;

use libtest_mimic::Failed;
use serde_json::Value;

use crate::program::{pressoir, run};
use crate::site;

/// Long enough for a slow machine.
const LIMIT: Duration = Duration::from_secs(60);

/// A text in HTML.
fn escaped(text: &Value) -> String {
    let text = text.as_str().unwrap_or_default();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// A site of the pages and headings that these facts tell of.
fn made(facts: &Value, folder: &Path) -> Result<(), Failed> {
    for (page, facts) in facts.as_object().ok_or("the facts are an object")? {
        let heading = |heading: &Value| {
            format!("<h{0} id=\"{1}\">{2}</h{0}>\n", heading[0], escaped(&heading[1]), escaped(&heading[2]))
        };
        let headings: String = facts["headings"].as_array().ok_or("a list")?.iter().map(heading).collect();
        let html = format!("<!doctype html>\n<title>{}</title>\n<main>\n{headings}</main>\n", escaped(&facts["title"]));
        let path = folder.join(page);
        fs::create_dir_all(path.parent().ok_or("a folder")?)?;
        fs::write(path, html)?;
    }
    Ok(())
}

/// What of the old site is gone from the new one: addresses, and anchors with theirs.
fn gone(old: &Path, new: &Path) -> Result<Vec<String>, Failed> {
    let ended = run(pressoir(old).arg("diff").arg(old).arg(new).args(["--format", "json"]), LIMIT);
    let difference: Value = serde_json::from_str(&ended.out).map_err(|_| ended.err.clone())?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut gone: Vec<String> = list(&difference["gone"]).iter().map(|page| text(&page["address"])).collect();
    for page in list(&difference["changed"]) {
        let anchors = list(&page["anchors"]["gone"]);
        gone.extend(anchors.iter().map(|anchor| format!("{}#{}", text(&page["address"]), text(&anchor["id"]))));
    }
    site::wanted("the exit code", ended.code, i32::from(!gone.is_empty()))?;
    Ok(gone)
}

/// Nothing that VuePress gave eig-link an address is gone from what we build.
pub fn eig_link() -> Result<(), Failed> {
    let (out, ended) = site::build(&site::corpus("eig-link")?, &[])?;
    site::wanted(&ended.err, ended.code, 0)?;
    let facts: Value = serde_json::from_slice(&fs::read(site::golden("eig-link.json")?)?)?;
    let old = tempfile::tempdir()?;
    made(&facts, old.path())?;
    let new = out.path().join("site");
    site::wanted("gone", gone(old.path(), &new)?, Vec::new())?;
    // What is compared is seen: a page less and a heading less are gone.
    fs::remove_file(new.join("planning.html"))?;
    let page = new.join("bootcamp.html");
    let id = facts["bootcamp.html"]["headings"][1][1].as_str().ok_or("it has headings")?.to_owned();
    fs::write(&page, fs::read_to_string(&page)?.replace(&format!("id=\"{id}\""), ""))?;
    let found = gone(old.path(), &new)?;
    site::wanted("gone by hand", found, vec!["/planning.html".to_owned(), format!("/bootcamp.html#{id}")])
}
