//! How long it takes from saving a file to the new text in an open tab: `cargo bench --bench live -- [PAGES..]` (100 and 10,000
//! by default). It needs Chromium. The server is a process of its own; 50 bodies are edited, one after the other.
//!
//! What is told: from the start of the program to the first page; from the write to the text on the screen, and of that the
//! share of the engine, as the program tells it; memory before and after.

mod support;

#[allow(dead_code, reason = "a bench uses its part of it")]
#[path = "../tests/browser/chromium.rs"]
mod chromium;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use chromium::Browser;
use support::{page, write_site};

const EDITS: usize = 50;

/// A server; it ends with the bench.
struct Server {
    child: Child,
    url: String,
    /// What it tells.
    messages: Receiver<String>,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lines(stream: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = channel();
    thread::spawn(move || BufReader::new(stream).lines().map_while(Result::ok).all(|line| sender.send(line).is_ok()));
    lines
}

fn serve(folder: &Path) -> Server {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pressoir"))
        .args(["serve", "--watch", "--port", "0"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let out = lines(child.stdout.take().expect("it was asked for"));
    let messages = lines(child.stderr.take().expect("it was asked for"));
    let url = out.recv().expect("it says where it is");
    Server { child, url, messages }
}

/// The memory of a process in megabytes, where the system tells it.
fn memory(process: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0) / 1024.0
}

/// The median and the 95th percentile.
fn spread(mut times: Vec<f64>) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    let at = |part: f64| times.get(((times.len() as f64 * part) as usize).min(times.len().saturating_sub(1))).copied();
    (at(0.5).unwrap_or(0.0), at(0.95).unwrap_or(0.0))
}

/// The milliseconds of the engine in `content/a.md changed: 1 page, 1.8 ms, nothing to mend`.
fn told(message: &str) -> Option<f64> {
    let (before, _) = message.split_once(" ms,")?;
    before.rsplit(' ').next()?.parse().ok()
}

fn bench(pages: usize, folder: &Path) {
    write_site(pages, folder);
    let started = Instant::now();
    let server = serve(folder);
    let mut response = ureq::get(format!("{}s0/p0.html", server.url)).call().expect("it answers");
    response.body_mut().read_to_string().expect("a page");
    let first = started.elapsed();

    let mut browser = Browser::start();
    browser.open(&format!("{}s0/p0.html", server.url));
    browser.until("document.readyState === 'complete' && document.querySelector('article')");
    // The search for pages that cannot be rendered has its time before anything is measured.
    thread::sleep(Duration::from_secs(if pages > 1_000 { 30 } else { 2 }));
    let (before, text) = (memory(server.child.id()), page(0, pages));
    while server.messages.try_recv().is_ok() {}
    let (mut seen, mut engine) = (Vec::new(), Vec::new());
    for edit in 0..EDITS {
        let mark = format!("Mot-{edit}.");
        let wait = format!(
            "window.waits = new Promise((done) => {{ const look = () => {{ if (document.querySelector('article')\
             .textContent.includes('{mark}')) done(true); }}; new MutationObserver(look)\
             .observe(document.documentElement, {{subtree: true, childList: true, characterData: true}}); }}); 1"
        );
        browser.value(&wait);
        let saved = Instant::now();
        fs::write(folder.join("content/s0/p0.md"), format!("{text}\n{mark}\n")).expect("it can be written");
        browser.value("window.waits");
        seen.push(saved.elapsed().as_secs_f64() * 1000.0);
        engine.extend(server.messages.recv_timeout(Duration::from_secs(5)).ok().as_deref().and_then(told));
        thread::sleep(Duration::from_millis(100));
    }
    let ((seen, late), (own, own_late)) = (spread(seen), spread(engine));
    println!(
        "{pages:>7} pages  first page {first:>8.0?}  in an open tab {seen:>5.1} ms (95 %: {late:.1})  of that the engine \
         {own:>4.1} ms (95 %: {own_late:.1})  memory {before:.0} MB, after {EDITS} edits {:.0} MB",
        memory(server.child.id())
    );
}

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![100, 10_000] } else { asked };
    for pages in sizes {
        let folder = tempfile::tempdir().expect("a folder");
        bench(pages, folder.path());
    }
}
