//! What search weighs and costs: `cargo bench --bench search -- [PAGES..]` (50, 1,000 and 10,000 by default).
//!
//! The text is made up, but its words are spread as those of a language are: the n-th most frequent word is n times rarer than
//! the first (Zipf's law), and a longer text has more different words. `--write FOLDER` writes the indexes there, and a list
//! of what each query loaded, so that they can be compressed and weighed as a host sends them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use std::sync::Arc;

use pressoir::search::{Document, Index, Indexed, Language, Reader, Section, terms};

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

fn measure(pages: usize, folder: Option<&Path>) {
    let mut numbers = Numbers(11);
    let documents: Vec<Document> = (0..pages).map(|number| document(number, &mut numbers)).collect();
    let language = Language::of("fr");
    let begun = Instant::now();
    let started = spent(begun);
    let made: Vec<Arc<Indexed>> = documents
        .into_iter()
        .map(|document| Arc::new(Indexed { terms: terms(&document, &language), document }))
        .collect();
    let reading = spent(begun) - started;
    let started = spent(begun);
    let mut index = Index::new(made.clone(), language.clone());
    let files = index.files();
    let writing = spent(begun) - started;
    let mut updates = Vec::new();
    for edit in 0..20 {
        let mut pages = made.clone();
        let at = numbers.below(pages.len());
        let mut document = made[at].document.clone();
        document.sections[1].text.push_str(" zebra");
        let started = Instant::now();
        pages[at] = Arc::new(Indexed { terms: terms(&document, &language), document });
        let count = index.follow(pages).came.len();
        updates.push(started.elapsed());
        let _ = (count, edit);
    }
    updates.sort();
    println!("update {:.1} ms median", updates[10].as_secs_f64() * 1000.0);
    let bytes: usize = files.iter().map(|(_, file)| file.contents.len()).sum();
    let by_name: BTreeMap<&str, &str> = files
        .iter()
        .map(|(path, file)| (path.as_str(), std::str::from_utf8(&file.contents).unwrap_or_default()))
        .collect();

    let (mut times, mut first, mut lists) = (Vec::new(), Vec::new(), String::new());
    for query in 0..200 {
        let text = numbers.words(1 + query % 3);
        let loaded: RefCell<BTreeMap<String, usize>> = RefCell::default();
        let load = |name: &str| {
            let contents = by_name.get(name)?;
            loaded.borrow_mut().insert(name.to_owned(), contents.len());
            Some((*contents).to_owned())
        };
        let reader = Reader::open(&load).unwrap_or_else(|wrong| unreachable!("{wrong}"));
        let started = Instant::now();
        reader.search(&text, 5).unwrap_or_else(|wrong| unreachable!("{wrong}"));
        times.push(started.elapsed());
        let loaded = loaded.into_inner();
        first.push(loaded.values().sum::<usize>());
        lists.push_str(&format!("{text}\t{}\n", loaded.into_keys().collect::<Vec<_>>().join(" ")));
    }
    times.sort();
    first.sort_unstable();
    let each = |time: Duration| time.as_secs_f64() * 1000.0 / pages as f64;
    println!(
        "{pages} pages: {} files, {} KB ({} KB for index.js); build {:.3} ms a page ({:.3} words, {:.3} files); first query of 1-3 \
         words, cold: {} KB median, {} KB p95, {:.1} ms median, {:.1} ms p95",
        files.len(),
        bytes / 1024,
        by_name["index.js"].len() / 1024,
        each(reading) + each(writing),
        each(reading),
        each(writing),
        first[100] / 1024,
        first[190] / 1024,
        times[100].as_secs_f64() * 1000.0,
        times[190].as_secs_f64() * 1000.0,
    );
    if let Some(folder) = folder {
        let folder = folder.join(pages.to_string());
        for (path, file) in &files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap_or(&folder)).expect("a folder can be made");
            fs::write(path, &file.contents).expect("a file can be written");
        }
        fs::write(folder.join("queries.txt"), lists).expect("a file can be written");
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let folder = arguments.iter().position(|argument| argument == "--write").and_then(|at| arguments.get(at + 1));
    let pages: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let pages = if pages.is_empty() { vec![50, 1_000, 10_000] } else { pages };
    for pages in pages {
        measure(pages, folder.map(Path::new));
    }
}
