//! How well search answers what readers ask of real documentation. The questions, in `relevance/`, were written from the
//! pages alone, before there was a ranking; the even ones were looked at while it was made, the odd ones only counted. Those of
//! `blind.txt` came later, and were counted before anybody had seen what is found. Headings are typed, and sentences copied, by the test
//! itself.
//!
//! `PRESSOIR_SHOW=1` prints every question that is not answered first.
#![allow(clippy::disallowed_methods, reason = "this test reads real sites from the disk")]

#[path = "../support/shared.rs"]
mod shared;
#[path = "../support/mod.rs"]
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use libtest_mimic::{Arguments, Failed, Trial};
use pressoir::artefact::{Body, Output};
use pressoir::base::OutPath;
use pressoir::search::{Hit, Reader, fold};
use support::Project;

/// A question and where its answers stand.
struct Question {
    site: String,
    kind: String,
    query: String,
    answers: Vec<(String, String)>,
}

/// The sites: the folder of their pages, the part of a page's path that the questions name besides, and the language.
const SITES: [(&str, &str, &str, &str); 8] = [
    ("eig-link", "eig-link", "", "fr"),
    ("vitepress-en", "vitepress-docs/docs/en", "en/", "en"),
    ("vitepress-docs", "vitepress-docs/docs/zh", "zh/", "zh"),
    ("javaguide", "javaguide/docs", "", "zh"),
    ("test-utils-fr", "test-utils/docs/fr", "", "fr"),
    ("macos-fr", "macos-defaults-vp1/docs/fr", "", "fr"),
    ("vue-cli-en", "vue-cli/docs", "", "en"),
    ("vuepress1-zh", "vuepress1-docs/packages/docs/docs/zh", "", "zh"),
];

/// Folders of other languages.
const OTHERS: [&str; 3] = ["ru/", "zh/", "fr/"];

/// The pages of a site, as a site of ours in one language.
fn project(folder: &Path, lang: &str) -> Project {
    let project = Project::new([("pressoir.yml", format!("title: T\nlang: {lang}\n").as_str())]);
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        let path = entry.path().strip_prefix(folder).expect("it lies below").to_string_lossy().into_owned();
        if path.ends_with(".md")
            && !path.split('/').any(|name| name.starts_with('.') || name == "node_modules")
            && !OTHERS.iter().any(|other| path.starts_with(other))
        {
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
            "chinese" | "blind" => parts.remove(0),
            name => name,
        };
        let [kind, query, answers] = parts[..] else { panic!("kind | query | answers: {line}") };
        let answer = |answer: &str| {
            let (page, heading) = answer.split_once(" #").unwrap_or((answer, ""));
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

/// An index that can be asked.
struct Index(std::sync::Arc<Output>);

impl Index {
    fn of(name: &str, corpora: &Path) -> Result<Index, Failed> {
        let (_, folder, _, lang) =
            SITES.iter().find(|(site, ..)| *site == name).ok_or("the site of a question is known")?;
        Ok(Index(project(&corpora.join(folder), lang).build().output))
    }

    fn search(&self, query: &str) -> Result<Vec<Hit>, Failed> {
        let load = |file: &str| text(&self.0, &format!("search/{file}"));
        let found = Reader::open(&load).and_then(|reader| reader.search(query, 10));
        Ok(found.map_err(|wrong| wrong.to_string())?.hits)
    }

    /// The sections of the site, as its index has them.
    fn sections(&self) -> Vec<Indexed> {
        let mut sections = Vec::new();
        for path in self.0.keys().filter(|path| path.as_str().starts_with("search/")) {
            let file = text(&self.0, path.as_str()).unwrap_or_default();
            let data = file.trim_end().trim_start_matches("pressoirSearch(").trim_end_matches(')');
            type Row = (String, Vec<String>, String, String);
            let pages: Vec<(String, String, Vec<Row>)> = serde_json::from_str(data).unwrap_or_default();
            for (url, title, rows) in pages {
                sections.extend(rows.into_iter().map(|(id, mut trail, text, _)| Indexed {
                    url: url.clone(),
                    id,
                    heading: trail.pop().unwrap_or(title.clone()),
                    text,
                }));
            }
        }
        sections
    }
}

/// A section that can be found.
struct Indexed {
    url: String,
    id: String,
    heading: String,
    text: String,
}

/// How many questions were asked, answered first, answered among the first five.
#[derive(Clone, Copy, Default)]
struct Count(usize, usize, usize);

impl Count {
    fn add(&mut self, rank: Option<usize>) {
        self.0 += 1;
        self.1 += usize::from(rank == Some(0));
        self.2 += usize::from(rank.is_some_and(|rank| rank < 5));
    }

    /// Whether so many hundredths are answered first, and among the first five.
    fn is_enough(self, first: usize, five: usize) -> bool {
        self.1 * 100 >= first * self.0 && self.2 * 100 >= five * self.0
    }
}

fn show(rank: Option<usize>, kind: &str, query: &str, hits: &[Hit]) {
    if rank != Some(0) && std::env::var_os("PRESSOIR_SHOW").is_some() {
        let shown: Vec<String> =
            hits.iter().take(5).map(|hit| format!("{} > {}", hit.url, hit.trail.join(" > "))).collect();
        eprintln!("{rank:?} {kind} `{query}`\n      {}", shown.join("\n      "));
    }
}

fn ask(name: &str, corpora: &Path) -> Result<Vec<(usize, String, Option<usize>)>, Failed> {
    let mut indexes: BTreeMap<String, Index> = BTreeMap::new();
    let mut ranks = Vec::new();
    for (number, question) in questions(name).iter().enumerate() {
        let site = &question.site;
        if !indexes.contains_key(site) {
            indexes.insert(site.clone(), Index::of(site, corpora)?);
        }
        let hits = indexes[site].search(&question.query)?;
        let left_out = SITES.iter().find(|(known, ..)| known == site).map_or("", |(_, _, left_out, _)| left_out);
        let right = |hit: &Hit| {
            let heading = plain(hit.trail.last().unwrap_or(&hit.title));
            let url = percent_encoding::percent_decode_str(&hit.url).decode_utf8_lossy().into_owned();
            question.answers.iter().any(|(page, wanted)| {
                address(page, left_out) == url && (heading == *wanted || wanted.is_empty() && hit.id.is_empty())
            })
        };
        let rank = hits.iter().position(right);
        if number % 2 == 0 {
            show(rank, &question.kind, &question.query, &hits);
        }
        ranks.push((number, question.kind.clone(), rank));
    }
    Ok(ranks)
}

/// The least that is answered first and among the first five, in hundredths, of all questions of a file.
const LEAST: [(&str, usize, usize); 4] =
    [("eig-link", 92, 98), ("vitepress-en", 92, 97), ("chinese", 90, 98), ("blind", 93, 97)];

fn written(name: &str, (first, five): (usize, usize), corpora: &Path) -> Result<(), Failed> {
    let mut counts: BTreeMap<(bool, String), Count> = BTreeMap::new();
    let mut all = Count::default();
    for (number, kind, rank) in ask(name, corpora)? {
        all.add(rank);
        for kind in [kind, "all".to_owned()] {
            counts.entry((number % 2 == 1, kind)).or_default().add(rank);
        }
    }
    for ((reported, kind), Count(asked, one, five)) in &counts {
        let half = if *reported { "reported" } else { "looked at" };
        eprintln!("{name}, {half}, {kind}: {one} / {five} of {asked}");
    }
    match all.is_enough(first, five) {
        true => Ok(()),
        false => Err(format!("{} first, {} among five, of {}", all.1, all.2, all.0).into()),
    }
}

/// The sites whose headings are typed, and how many of each.
const TYPED: [&str; 5] = ["eig-link", "vitepress-en", "test-utils-fr", "vue-cli-en", "vuepress1-zh"];
const HEADINGS: usize = 60;
/// The ways in which a heading is typed, and the least that finds it first and among the first five, in hundredths.
const WAYS: [(&str, usize, usize); 4] = [
    ("exactly", 96, 99),
    ("with one slip", 93, 96),
    ("without accents", 93, 97),
    ("without its last two letters", 90, 95),
];

/// A heading as it is typed in one of the ways; `None` where that is no other way.
fn typed(heading: &str, way: &str, number: usize) -> Option<String> {
    let letters: Vec<char> = heading.chars().collect();
    let made: String = match way {
        "exactly" => heading.to_owned(),
        "with one slip" => {
            // In its longest word, behind the first letter: two letters swapped, one left out, one twice, one wrong.
            let word = heading.split(|c: char| !c.is_alphabetic()).max_by_key(|word| word.chars().count())?;
            let mut slip: Vec<char> = word.chars().collect();
            if slip.len() < 5 || !word.chars().all(|c| c.is_lowercase() || c.is_uppercase()) {
                return None;
            }
            let at = 1 + number * 7 % (slip.len() - 2);
            match number % 4 {
                0 => slip.swap(at, at + 1),
                1 => drop(slip.remove(at)),
                2 => slip.insert(at, slip[at]),
                _ => slip[at] = if slip[at] == 'z' { 'x' } else { 'z' },
            }
            heading.replacen(word, &slip.into_iter().collect::<String>(), 1)
        }
        "without accents" => fold(heading),
        _ => {
            let last = heading.split(|c: char| !c.is_alphanumeric()).next_back()?;
            let long = last.chars().count() >= 6 && last.is_ascii();
            long.then(|| letters[..letters.len() - 2].iter().collect())?
        }
    };
    (way == "exactly" || made.to_lowercase() != heading.to_lowercase()).then_some(made)
}

fn machine_made(corpora: &Path) -> Result<(), Failed> {
    let mut counts = WAYS.map(|_| Count::default());
    for site in TYPED {
        let index = Index::of(site, corpora)?;
        let headings: BTreeSet<String> = index.sections().into_iter().map(|section| section.heading).collect();
        let headings: Vec<String> = headings.into_iter().filter(|heading| plain(heading).chars().count() > 2).collect();
        let step = headings.len().div_ceil(HEADINGS);
        for (number, heading) in headings.iter().step_by(step).enumerate() {
            for ((way, ..), count) in WAYS.iter().zip(&mut counts) {
                let Some(query) = typed(heading, way, number) else { continue };
                let hits = index.search(&query)?;
                let right = |hit: &Hit| plain(hit.trail.last().unwrap_or(&hit.title)) == plain(heading);
                let rank = hits.iter().position(right);
                show(rank, way, &query, &hits);
                count.add(rank);
            }
        }
    }
    let mut wrong = Vec::new();
    for ((way, first, five), count) in WAYS.iter().zip(counts) {
        let Count(asked, one, among) = count;
        eprintln!("headings typed {way}: {one} / {among} of {asked}");
        if !count.is_enough(*first, *five) || asked < 40 {
            wrong.push(format!("headings typed {way}: {one} first, {among} among five, of {asked}"));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// The sites whose sentences are copied, how many of each, and how many words of them.
const COPIED: [&str; 4] = ["eig-link", "vitepress-en", "test-utils-fr", "vue-cli-en"];
const COPIES: usize = 60;
const WORDS: usize = 6;

/// Some words of a page, typed as they stand, find a section that has them.
fn copied(corpora: &Path) -> Result<(), Failed> {
    let mut count = Count::default();
    for site in COPIED {
        let index = Index::of(site, corpora)?;
        let sections = index.sections();
        let texts: Vec<String> =
            sections.iter().map(|section| section.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        let long: Vec<Vec<&str>> = texts
            .iter()
            .map(|text| text.split(' ').collect::<Vec<_>>())
            .filter(|words| words.len() >= 2 * WORDS)
            .collect();
        for (number, words) in long.iter().step_by(long.len().div_ceil(COPIES)).enumerate() {
            let query = words[number * 7 % (words.len() - WORDS)..][..WORDS].join(" ");
            let hits = index.search(&query)?;
            let right = |hit: &Hit| {
                let of = sections.iter().zip(&texts).filter(|(it, _)| it.url == hit.url && it.id == hit.id);
                of.into_iter().any(|(_, text)| text.contains(&query))
            };
            let rank = hits.iter().position(right);
            show(rank, "copied", &query, &hits);
            count.add(rank);
        }
    }
    let Count(asked, one, among) = count;
    eprintln!("words copied: {one} / {among} of {asked}");
    match count.is_enough(90, 95) && asked > 150 {
        true => Ok(()),
        false => Err(format!("{one} first, {among} among five, of {asked}").into()),
    }
}

fn main() {
    let arguments = Arguments::from_args();
    let corpora = shared::folder("corpora");
    let folder = corpora.clone().unwrap_or_default();
    let mut trials: Vec<Trial> = Vec::new();
    for (name, first, five) in LEAST {
        let corpora = folder.clone();
        trials.push(Trial::test(name, move || written(name, (first, five), &corpora)));
    }
    let same = folder.clone();
    trials.push(Trial::test("headings", move || machine_made(&same)));
    trials.push(Trial::test("copied words", move || copied(&folder)));
    shared::run(&arguments, trials, corpora.is_some()).exit();
}
