//! How long a build takes, and what it weighs: `cargo bench --bench build -- [PAGES..]` (1,000 by default).
//!
//! `support` says what the pages are.

mod support;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use pressoir::base::SourcePath;
use pressoir::build::Engine;
use pressoir::compat::Request;
use pressoir::sink;
use pressoir::vfs::Disk;

use support::{page, write_site};

fn timed<T>(make: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let made = make();
    (made, start.elapsed())
}

fn bench(pages: usize, folder: &Path) {
    let markdown = write_site(pages, folder);
    let out = folder.join("public");
    let engine = || Engine::new(Box::new(Disk::new(folder)), Request::default());
    let publish = |engine: &Engine, build: &pressoir::build::Build| {
        sink::Disk::new(&out).publish(&build.output, engine.files()).expect("an output folder of our own")
    };

    let mut warm = engine();
    let (_, check) = timed(|| engine().check());
    let (build, cold) = timed(|| warm.build());
    let (_, written) = timed(|| publish(&warm, &build));
    let (_, unchanged) = timed(|| publish(&warm, &build));
    let path = SourcePath::new("content/s0/p0.md").expect("a path");
    fs::write(folder.join(path.as_str()), format!("{}\nUn mot.\n", page(0, pages))).expect("it can be written");
    warm.invalidate(&[path]);
    let (_, edit) = timed(|| warm.plan());
    let html: u64 = build
        .output
        .iter()
        .filter(|(path, _)| path.as_str().ends_with(".html"))
        .map(|(path, _)| fs::metadata(out.join(path.as_str())).expect("it was written").len())
        .sum();
    println!(
        "{pages:>7} pages  check {check:>8.0?}  cold {cold:>8.0?}  write {written:>8.0?}  write unchanged {unchanged:>8.0?}  \
         edit of a body {edit:>8.0?}  HTML / Markdown {:.2}",
        html as f64 / markdown as f64
    );
}

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![1_000] } else { asked };
    for pages in sizes {
        let folder = tempfile::tempdir().expect("a folder");
        bench(pages, folder.path());
    }
}
