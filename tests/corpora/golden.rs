//! A built site against what its own generator made of it, fact by fact.
//!
//! `<site>.txt` beside this file lists the differences: a line `page: fact fact` each, and below a group of them, indented, the
//! reason. What is not listed must be equal, and what is listed must differ.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use libtest_mimic::Failed;
use serde_json::Value;

use crate::site::{self, Site};

/// What is compared of every page: all that its author wrote.
const FACTS: [&str; 9] = ["headings", "toc", "containers", "labels", "code", "links", "images", "tables", "text"];

/// What is compared besides where the settings of the site are known.
const MENUS: [&str; 4] = ["title", "sidebar", "prev", "next"];

/// How many pages of a hundred must be equal, for each fact.
const EQUAL: usize = 99;

/// Compares a site with its golden facts.
pub fn compare(site: &Site, pages: usize) -> Result<(), Failed> {
    let (out, ended) = site::build(&site.copy()?.0, &[])?;
    site::wanted(&ended.err, ended.code, 0)?;
    let got = site::facts(&out.path().join("site"))?;
    let want: Value = serde_json::from_slice(&fs::read(site::golden(&format!("{}.json", site.name))?)?)?;
    let golden = want.as_object().ok_or("the golden file is an object")?;
    let listed = listed(site.name)?;
    let mut told = String::new();
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut differ: BTreeMap<&str, usize> = BTreeMap::new();
    let compared = golden.iter().filter(|(page, _)| *page != "404.html");
    for (page, want) in compared.clone() {
        let menus = MENUS.into_iter().filter(|_| site.menus);
        for fact in FACTS.into_iter().chain(menus).filter(|&fact| !equal(fact, &want[fact], &got[page][fact])) {
            found.entry(page).or_default().insert(fact);
            *differ.entry(fact).or_default() += 1;
            if !listed.get(page).is_some_and(|facts| facts.contains(fact)) {
                told.push_str(&format!("{page}: {fact}\n  {}\n", difference(&want[fact], &got[page][fact])));
            }
        }
    }
    for (page, facts) in &listed {
        for fact in
            facts.iter().filter(|fact| !found.get(page.as_str()).is_some_and(|facts| facts.contains(fact.as_str())))
        {
            told.push_str(&format!("{page}: {fact} is equal: take it off the list\n"));
        }
    }
    site::wanted("differences", told, String::new())?;
    let count = compared.count();
    site::wanted("pages", count, pages)?;
    for (fact, differ) in differ.into_iter().filter(|(fact, _)| !site.reasoned.contains(fact)) {
        if (count - differ) * 100 < EQUAL * count {
            return Err(format!("{fact}: {differ} of {count} pages differ").into());
        }
    }
    Ok(())
}

/// Whether a fact is as it should be. A fact that is not known holds in any case, and a sidebar must have all that it should,
/// in that order: VuePress leaves shut groups out of its HTML.
fn equal(fact: &str, want: &Value, got: &Value) -> bool {
    match (fact, want, got) {
        // There is none on pages without: that is known, too.
        ("prev" | "next", want, got) => want == got,
        (_, Value::Null, _) => true,
        ("sidebar", Value::Array(want), Value::Array(got)) => {
            let mut rest = got.iter();
            want.iter().all(|one| rest.any(|other| other == one))
        }
        (_, want, got) => want == got,
    }
}

/// Where two facts part.
fn difference(want: &Value, got: &Value) -> String {
    match (want, got) {
        (Value::Array(want), Value::Array(got)) => {
            let lost: Vec<String> =
                want.iter().filter(|one| !got.contains(one)).take(3).map(Value::to_string).collect();
            let more: Vec<String> =
                got.iter().filter(|one| !want.contains(one)).take(3).map(Value::to_string).collect();
            format!("wanted {}\n  got    {}", lost.join(" "), more.join(" "))
        }
        (Value::String(want), Value::String(got)) => {
            let same = want.chars().zip(got.chars()).take_while(|(a, b)| a == b).count();
            let part = |text: &str| text.chars().skip(same.saturating_sub(30)).take(90).collect::<String>();
            format!("wanted {}\n  got    {}", part(want), part(got))
        }
        _ => format!("wanted {want}\n  got    {got}"),
    }
}

/// The differences that are listed, each with a reason.
fn listed(site: &str) -> Result<BTreeMap<String, BTreeSet<String>>, Failed> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora").join(format!("{site}.txt"));
    let text = if file.exists() { fs::read_to_string(&file)? } else { String::new() };
    let mut listed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut unexplained = None;
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        if line.starts_with(' ') {
            unexplained = None;
            continue;
        }
        let (page, facts) = line.split_once(": ").ok_or_else(|| format!("{}: `{line}`", file.display()))?;
        listed.entry(page.to_owned()).or_default().extend(facts.split(' ').map(str::to_owned));
        unexplained = Some(page.to_owned());
    }
    site::wanted("a difference without a reason", unexplained, None)?;
    Ok(listed)
}
