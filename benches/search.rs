//! What search weighs and costs, against its goals: `cargo bench --bench search -- [PAGES..]` (50, 1,000 and 10,000 by default;
//! 100,000 takes some minutes and 6 GB). It needs Chromium and gzip.
//!
//! The text is made up, but its words are spread as those of a language are: the n-th most frequent word is n times rarer than
//! the first (Zipf's law), and a longer text has more different words. The browser loads the index as readers' browsers do; what
//! it asked for is compressed and weighed, and it is timed with its processor slowed six times.

#[allow(dead_code, reason = "a bench uses its part of it")]
#[path = "../tests/browser/chromium.rs"]
mod chromium;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chromium::Browser;
use pressoir::artefact::Body;
use pressoir::build::Engine;
use pressoir::compat::Request;
use pressoir::search::{Document, Index, Indexed, Language, Section, terms};
use pressoir::vfs::Disk;
use serde_json::json;

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    /// A word: rank r with a chance of about 1/r, up to five million words.
    fn word(&mut self) -> String {
        let chance = self.below(1_000_000) as f64 / 1_000_000.0;
        spelt((5_000_000f64.powf(chance)) as usize)
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|_| self.word()).collect();
        words.join(" ")
    }
}

/// The word of a rank: frequent words are short.
fn spelt(mut rank: usize) -> String {
    const SYLLABLES: [&str; 30] = [
        "le", "con", "ti", "par", "ra", "des", "mo", "ser", "vi", "ces", "pro", "jet", "ma", "tion", "ent", "lu", "bi",
        "gra", "no", "pou", "fac", "tu", "re", "an", "qui", "dé", "sal", "on", "cle", "eur",
    ];
    let mut word = String::new();
    loop {
        word.push_str(SYLLABLES[rank % 30]);
        rank /= 30;
        if rank == 0 {
            return word;
        }
    }
}

fn document(number: usize, numbers: &mut Numbers) -> Document {
    let title = numbers.words(3);
    let mut sections =
        vec![Section { level: 1, heading: title.clone(), text: numbers.words(60), ..Section::default() }];
    for index in 0..4 {
        sections.push(Section {
            id: format!("part-{index}"),
            level: 2,
            heading: numbers.words(3),
            trail: vec![title.clone()],
            text: numbers.words(120),
            code: numbers.words(15),
            ..Section::default()
        });
    }
    Document { url: format!("guide/page-{number}.html"), title, boost: 100, sections }
}

/// The time that this process took of all processors so far, where the system tells it; else that of the clock.
fn spent(begun: Instant) -> Duration {
    let told = fs::read_to_string("/proc/self/stat").ok().and_then(|stat| {
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
        let ticks = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
        Some(Duration::from_millis(ticks * 10))
    });
    told.unwrap_or_else(|| begun.elapsed())
}

/// The most memory that this process had so far, in megabytes, where the system tells it.
fn memory() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap_or(0) / 1024
}

/// The median and the 95th percentile.
fn spread(mut numbers: Vec<f64>) -> (f64, f64) {
    numbers.sort_by(f64::total_cmp);
    let at = |part: usize| numbers.get((numbers.len() * part / 100).min(numbers.len().saturating_sub(1))).copied();
    (at(50).unwrap_or(0.0), at(95).unwrap_or(0.0))
}

/// How long a file is as hosts send it.
fn compressed(path: &Path) -> usize {
    Command::new("gzip").arg("-9c").arg(path).output().expect("gzip runs").stdout.len()
}

/// Writes the search's program as readers get it, `search.js`, into a folder; how much is loaded with it, its texts and its sheet
/// among it.
fn program(folder: &Path) -> usize {
    let site = tempfile::tempdir().expect("a folder");
    fs::write(site.path().join("index.md"), "# Accueil\n").expect("it can be written");
    let output = Engine::new(Box::new(Disk::new(site.path())), Request::default()).build().output;
    let mut weight = 0;
    for (path, artefact) in output.iter().filter(|(path, _)| path.as_str().starts_with("assets/search")) {
        let Body::Bytes(bytes) = &artefact.body else { continue };
        let is_program = path.as_str().starts_with("assets/search.") && path.as_str().ends_with(".js");
        let file = folder.join(if is_program { "search.js" } else { "other" });
        fs::write(&file, bytes).expect("it can be written");
        weight += compressed(&file);
    }
    assert!(folder.join("search.js").is_file(), "there is a program");
    weight
}

/// One line of the table.
fn line(pages: usize, what: &str, measured: &str, goal: &str) {
    println!("| {pages} | {what} | {measured} | {goal} |");
}

/// An index with edits of single pages; its files lie in the folder `search` of `folder`.
fn index(pages: usize, numbers: &mut Numbers, folder: &Path) {
    let documents: Vec<Document> = (0..pages).map(|number| document(number, numbers)).collect();
    let language = Language::of("fr");
    let begun = Instant::now();
    let started = spent(begun);
    let mut made: Vec<Arc<Indexed>> = documents
        .into_iter()
        .map(|document| Arc::new(Indexed { terms: terms(&document, &language), document }))
        .collect();
    let reading = spent(begun) - started;
    let mut index = Index::new(made.clone(), language.clone());
    let all = spent(begun) - started;
    let each = |time: Duration| time.as_secs_f64() * 1000.0 / pages as f64;
    let told = format!("{:.2} ms ({:.2} words, {:.2} files)", each(all), each(reading), each(all - reading));
    line(pages, "processor a page", &told, "0.5 ms");
    line(pages, "memory, pages and all", &format!("{} MB", memory()), if pages > 10_000 { "" } else { "600 MB" });
    let (mut times, mut changed) = (Vec::new(), Vec::new());
    let started = spent(begun);
    for _ in 0..50 {
        let at = numbers.below(pages);
        let mut document = made[at].document.clone();
        document.sections[1].text.push_str(&numbers.words(10));
        let started = Instant::now();
        made[at] = Arc::new(Indexed { terms: terms(&document, &language), document });
        changed.push(index.follow(made.clone()).came.len() as f64);
        times.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    let busy = (spent(begun) - started).as_secs_f64() * 1000.0 / 50.0;
    let ((median, most), (files, _)) = (spread(times), spread(changed));
    let told = format!("{median:.1} ms, p95 {most:.1} ms ({busy:.1} ms of the processor); {files} files");
    line(pages, "update of a page with ten more words", &told, "20 ms");
    for (path, file) in index.files() {
        let path = folder.join("search").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        fs::write(path, &file.contents).expect("it can be written");
    }
}

/// A browser with an empty index of the folder, and how much its script weighs.
fn opened(browser: &mut Browser, folder: &Path) {
    browser.open(&format!("file://{}/index.html", folder.display()));
    browser.until("document.querySelector('script')?.search");
    browser.requests_and_complaints();
    browser.value(
        "(async () => { index = await new (document.querySelector('script').search.Index)('search/').open(); })()",
    );
}

/// The files that were loaded since the last time.
fn loaded(browser: &mut Browser) -> BTreeSet<PathBuf> {
    let (requests, _) = browser.requests_and_complaints();
    requests.iter().filter_map(|request| request.strip_prefix("file://").map(PathBuf::from)).collect()
}

fn kilobytes(bytes: f64) -> String {
    format!("{:.1} KB", bytes / 1000.0)
}

fn measure(pages: usize) {
    let mut numbers = Numbers(11);
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    index(pages, &mut numbers, folder);
    let own = program(folder);
    fs::write(folder.join("index.html"), "<!doctype html><meta charset=\"utf-8\"><script src=\"search.js\"></script>")
        .expect("it can be written");
    let mut browser = Browser::start();
    let weight = |files: &BTreeSet<PathBuf>| files.iter().map(|file| compressed(file)).sum::<usize>() as f64;
    let (mut first, mut further) = (Vec::new(), Vec::new());
    for query in 0..30 {
        opened(&mut browser, folder);
        browser.value(&format!("index.search({}, 5)", json!(numbers.words(1 + query % 3))));
        first.push(weight(&loaded(&mut browser)) + own as f64);
        browser.value(&format!("index.rank({}, 5)", json!(numbers.word())));
        further.push(weight(&loaded(&mut browser)));
    }
    let (median, most) = spread(first);
    let goal = [(50, "40 KB"), (1_000, "45 KB"), (10_000, "55 KB"), (100_000, "80 KB")];
    let goal = goal.iter().find(|(most, _)| pages <= *most).map_or("", |(_, goal)| goal);
    let told = format!(
        "{}, p95 {}; of that {} program, texts and sheet",
        kilobytes(median),
        kilobytes(most),
        kilobytes(own as f64)
    );
    line(pages, "a first query with five excerpts", &told, goal);
    let (median, most) = spread(further);
    line(pages, "a further word", &format!("{}, p95 {}", kilobytes(median), kilobytes(most)), "15 KB");

    let queries: Vec<String> = (0..200).map(|query| numbers.words(1 + query % 3)).collect();
    opened(&mut browser, folder);
    browser.value(
        "ask = async (queries) => { const times = []; for (const query of queries) { const start = performance.now(); \
         await index.search(query, 10); times.push(performance.now() - start); } return times; }; 0",
    );
    let ask = |browser: &mut Browser| -> Vec<f64> {
        let asked = queries.chunks(10).map(|some| browser.value(&format!("ask({})", json!(some))));
        asked.flat_map(|times| times.as_array().cloned().unwrap_or_default()).filter_map(|time| time.as_f64()).collect()
    };
    ask(&mut browser);
    for (rate, goal) in [(1, "2 ms, p95 8 ms"), (6, "")] {
        browser.call("Emulation.setCPUThrottlingRate", json!({"rate": rate}));
        let (median, most) = spread(ask(&mut browser));
        let what = if rate == 1 { "a warm query" } else { "a warm query, the processor slowed six times" };
        line(pages, what, &format!("{median:.1} ms, p95 {most:.1} ms"), goal);
    }
}

fn main() {
    let arguments = std::env::args().skip(1);
    let pages: Vec<usize> = arguments.filter_map(|argument| argument.parse().ok()).collect();
    let pages = if pages.is_empty() { vec![50, 1_000, 10_000] } else { pages };
    println!("| pages | what | measured | goal |\n|---|---|---|---|");
    pages.into_iter().for_each(measure);
}
