//! How well search answers what readers ask of real documentation. The questions, in `relevance/`, were written from the
//! pages alone, before there was a ranking; the even ones were looked at while it was made, the odd ones only counted.
//!
//! `PRESSOIR_SHOW=1` prints every question that is not answered first.
#![allow(clippy::disallowed_methods, reason = "this test reads real sites from the disk")]

#[path = "../support/shared.rs"]
mod shared;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::path::Path;

use libtest_mimic::{Arguments, Failed, Trial};
use pressoir::artefact::{Body, Output};
use pressoir::base::OutPath;
use pressoir::search::{Hit, Reader};
use support::Project;

/// A question and where its answers stand.
struct Question {
    site: String,
    kind: String,
    query: String,
    answers: Vec<(String, String)>,
}

/// The sites: the folder of their pages, the part of a page's path that the questions name besides, and the language.
const SITES: [(&str, &str, &str, &str); 4] = [
    ("eig-link", "eig-link", "", "fr"),
    ("vitepress-en", "vitepress-docs/docs/en", "en/", "en"),
    ("vitepress-docs", "vitepress-docs/docs/zh", "zh/", "zh"),
    ("javaguide", "javaguide/docs", "", "zh"),
];

/// The pages of a site, as a site of ours in one language.
fn project(folder: &Path, lang: &str) -> Project {
    let project = Project::new([("pressoir.yml", format!("title: T\nlang: {lang}\n").as_str())]);
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        let path = entry.path().strip_prefix(folder).expect("it lies below").to_string_lossy().into_owned();
        if path.ends_with(".md") && !path.split('/').any(|name| name.starts_with('.') || name == "node_modules") {
            project.write(&format!("content/{path}"), std::fs::read(entry.path()).expect("a page can be read"));
        }
    }
    project
}

fn questions(name: &str) -> Vec<Question> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/search/relevance/{name}.txt"));
    let text = std::fs::read_to_string(path).expect("the questions can be read");
    let question = |line: &str| {
        let mut parts: Vec<&str> = line.split(" | ").collect();
        let site = match name {
            "chinese" => parts.remove(0),
            name => name,
        };
        let [kind, query, answers] = parts[..] else { panic!("kind | query | answers: {line}") };
        let answer = |answer: &str| {
            let (page, heading) = answer.split_once(" # ").unwrap_or((answer, ""));
            (page.to_owned(), plain(heading))
        };
        let answers = answers.split(" ; ").map(answer).collect();
        Question { site: site.into(), kind: kind.into(), query: query.into(), answers }
    };
    text.lines().filter(|line| !line.starts_with('#')).map(question).collect()
}

/// A heading as it is compared: its letters and digits.
fn plain(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The address of a page of a site.
fn address(page: &str, left_out: &str) -> String {
    let page = page.strip_prefix(left_out).unwrap_or(page);
    let (folder, name) = page.rsplit_once('/').map_or(("", page), |(folder, name)| (folder, name));
    if matches!(name, "README.md" | "index.md") {
        return if folder.is_empty() { String::new() } else { format!("{folder}/") };
    }
    page.strip_suffix(".md").map_or(page.to_owned(), |page| format!("{page}.html"))
}

fn text(output: &Output, path: &str) -> Option<String> {
    match &output.get(&OutPath::new(path)?)?.body {
        Body::Bytes(bytes) => String::from_utf8(bytes.to_vec()).ok(),
        Body::Copy(_) => None,
    }
}

/// How many questions were asked, answered first, answered among the first five.
#[derive(Clone, Copy, Default)]
struct Count(usize, usize, usize);

fn ask(name: &str, corpora: &Path) -> Result<Vec<(usize, String, Option<usize>)>, Failed> {
    let mut outputs: BTreeMap<&str, std::sync::Arc<Output>> = BTreeMap::new();
    let mut ranks = Vec::new();
    for (number, question) in questions(name).iter().enumerate() {
        let (site, folder, left_out, lang) =
            SITES.iter().find(|(site, ..)| *site == question.site).ok_or("the site of a question is known")?;
        let output = outputs.entry(site).or_insert_with(|| project(&corpora.join(folder), lang).build().output);
        let load = |file: &str| text(output, &format!("search/{file}"));
        let found = Reader::open(&load).and_then(|reader| reader.search(&question.query, 10));
        let hits = found.map_err(|wrong| wrong.to_string())?.hits;
        let right = |hit: &Hit| {
            let heading = plain(hit.trail.last().unwrap_or(&hit.title));
            let url = percent_encoding::percent_decode_str(&hit.url).decode_utf8_lossy().into_owned();
            question.answers.iter().any(|(page, wanted)| {
                address(page, left_out) == url && (heading == *wanted || wanted.is_empty() && hit.id.is_empty())
            })
        };
        let rank = hits.iter().position(right);
        if rank != Some(0) && std::env::var_os("PRESSOIR_SHOW").is_some() && number % 2 == 0 {
            let shown: Vec<String> =
                hits.iter().take(5).map(|hit| format!("{} > {}", hit.url, hit.trail.join(" > "))).collect();
            eprintln!("{rank:?} {} `{}`\n      {}", question.kind, question.query, shown.join("\n      "));
        }
        ranks.push((number, question.kind.clone(), rank));
    }
    Ok(ranks)
}

/// The least that is answered first and among the first five, in hundredths, of all questions of a file.
const LEAST: [(&str, usize, usize); 3] = [("eig-link", 90, 97), ("vitepress-en", 90, 97), ("chinese", 84, 94)];

fn main() {
    let arguments = Arguments::from_args();
    let corpora = shared::folder("corpora");
    let trials = LEAST.map(|(name, first, five)| {
        let corpora = corpora.clone().unwrap_or_default();
        Trial::test(name, move || {
            let ranks = ask(name, &corpora)?;
            let mut counts: BTreeMap<(bool, String), Count> = BTreeMap::new();
            for (number, kind, rank) in ranks {
                for kind in [kind, "all".to_owned()] {
                    let count = counts.entry((number % 2 == 1, kind)).or_default();
                    count.0 += 1;
                    count.1 += usize::from(rank == Some(0));
                    count.2 += usize::from(rank.is_some_and(|rank| rank < 5));
                }
            }
            for ((reported, kind), Count(asked, one, five)) in &counts {
                let half = if *reported { "reported" } else { "looked at" };
                eprintln!("{name}, {half}, {kind}: {one} / {five} of {asked}");
            }
            let halves = [false, true].map(|half| counts[&(half, "all".to_owned())]);
            let [a, b] = halves;
            let all = Count(a.0 + b.0, a.1 + b.1, a.2 + b.2);
            let enough = all.1 * 100 >= first * all.0 && all.2 * 100 >= five * all.0;
            match enough {
                true => Ok(()),
                false => Err(format!("{} first, {} among five, of {}", all.1, all.2, all.0).into()),
            }
        })
    });
    shared::run(&arguments, trials.into(), corpora.is_some()).exit();
}
