//! How long it takes from saving a file to the new text in an open tab: `cargo bench --bench live -- [PAGES..]` (100 and 10,000
//! by default). It needs Chromium. The server is a process of its own.
//!
//! What is told, beside the goal for 10,000 pages: from the start of the program to the whole of the first page; from the
//! write of a body, of a title and of a template to the text on the screen, and of that the share of the engine, as the
//! program tells it; memory before and after 1,000 edits, and the time of the processor while nobody writes.

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
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use chromium::Browser;
use support::{page, write_site};

/// How many edits of each kind are measured.
const EDITS: usize = 50;

/// How many edits there are before the memory is looked at again.
const MANY: usize = 1_000;

/// How often the program is started, to see how long it takes.
const STARTS: usize = 5;

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

/// The seconds that a process has used of the processor.
fn worked(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let times = stat.rsplit_once(") ").map_or("", |(_, rest)| rest).split(' ').skip(11).take(2);
    times.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// From the start of the program to the whole of the first page.
fn first_page(folder: &Path) -> (Server, f64) {
    let started = Instant::now();
    let server = serve(folder);
    let mut response = ureq::get(format!("{}s0/p0.html", server.url)).call().expect("it answers");
    let page = response.body_mut().read_to_string().expect("a page");
    let taken = started.elapsed();
    assert!(page.contains("Partie 3") && page.contains("sidebar"), "the page is whole");
    (server, taken.as_secs_f64() * 1000.0)
}

/// What is edited, and where it is seen.
struct Edits<'e> {
    file: &'e Path,
    text: &'e dyn Fn(&str) -> String,
    seen_in: &'e str,
}

/// Milliseconds from the write to the screen, and those of them that the engine took.
fn edit(browser: &mut Browser, server: &Server, edits: &Edits) -> (Vec<f64>, Vec<f64>) {
    let (mut seen, mut engine) = (Vec::new(), Vec::new());
    for number in 0..EDITS {
        let mark = format!("Mot-{number}.");
        let wait = format!(
            "window.waits = new Promise((done) => {{ const look = () => {{ if (document.querySelector('{}')\
             ?.textContent.includes('{mark}')) done(performance.timeOrigin + performance.now()); }}; new MutationObserver(look)\
             .observe(document.documentElement, {{subtree: true, childList: true, characterData: true}}); }}); 1",
            edits.seen_in
        );
        browser.value(&wait);
        while server.messages.try_recv().is_ok() {}
        let text = (edits.text)(&mark);
        let saved = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is later").as_secs_f64() * 1000.0;
        fs::write(edits.file, text).expect("it can be written");
        // When it was there, by the clock of the page: the answer to this question comes later.
        seen.push(browser.value("window.waits").as_f64().expect("a time") - saved);
        engine.extend(server.messages.recv_timeout(Duration::from_secs(5)).ok().as_deref().and_then(told));
        thread::sleep(Duration::from_millis(100));
    }
    (seen, engine)
}

/// A line of the table.
fn line(what: &str, measured: &str, goal: &str) {
    println!("  {what:<52} {measured:>22}   {goal}");
}

fn ms(times: Vec<f64>) -> String {
    let (median, late) = spread(times);
    format!("{median:.1} ms (95 %: {late:.1})")
}

fn bench(pages: usize, folder: &Path) {
    write_site(pages, folder);
    println!("{pages} pages");
    let starts: Vec<f64> = (0..STARTS).map(|_| first_page(folder).1).collect();
    line("start to first page", &ms(starts), "300 ms");

    let (server, _) = first_page(folder);
    let mut browser = Browser::start();
    browser.open(&format!("{}s0/p0.html", server.url));
    browser.until("document.readyState === 'complete' && document.querySelector('article')");
    // The search for pages that cannot be rendered has its time before anything is measured.
    let process = server.child.id();
    let mut before = worked(process);
    loop {
        thread::sleep(Duration::from_secs(1));
        let now = worked(process);
        if now - before < 0.02 {
            break;
        }
        before = now;
    }
    let (text, file) = (page(0, pages), folder.join("content/s0/p0.md"));

    let body = Edits { file: &file, text: &|mark| format!("{text}\n{mark}\n"), seen_in: "article" };
    let (seen, engine) = edit(&mut browser, &server, &body);
    line("body: save to new text in an open tab", &ms(seen), "15 ms (95 %: 50)");
    line("body: of that the engine", &ms(engine), "3 ms");

    let title = Edits {
        file: &file,
        text: &|mark| text.replacen("# Page 0", &format!("# Page 0 {mark}"), 1),
        seen_in: ".sidebar",
    };
    let (seen, engine) = edit(&mut browser, &server, &title);
    line("title: save to new title in the sidebar", &ms(seen), "");
    line("title: of that the engine", &ms(engine), "15 ms");

    let template = folder.join("themes/default/templates/page.html");
    fs::create_dir_all(template.parent().expect("a folder")).expect("it can be made");
    let extended = |mark: &str| {
        format!(
            "{{% extends \"default/base.html\" %}}{{% block banner %}}<p id=\"banner\">{mark}</p>{{% endblock banner %}}"
        )
    };
    fs::write(&template, extended("")).expect("it can be written");
    browser.until("document.querySelector('#banner')");
    let edits = Edits { file: &template, text: &extended, seen_in: "#banner" };
    let (seen, engine) = edit(&mut browser, &server, &edits);
    line("template: save to the screen", &ms(seen), "50 ms");
    line("template: of that the engine", &ms(engine), "");

    // What a server needs at most is a second of all that it holds, while it makes one from the other: that was so just now.
    fs::write(&file, &text).expect("it can be written");
    thread::sleep(Duration::from_secs(2));
    let memory_before = memory(process);
    for number in 0..MANY {
        fs::write(&file, format!("{text}\nMot-{number}.\n")).expect("it can be written");
        thread::sleep(Duration::from_millis(12));
    }
    browser.until(&format!("document.querySelector('article').textContent.includes('Mot-{}.')", MANY - 1));
    thread::sleep(Duration::from_secs(2));
    let memory_after = format!("{memory_before:.0} MB, {:.0} MB", memory(process));
    line(&format!("memory before and after {MANY} edits"), &memory_after, "600 MB, the same");
    let before = worked(process);
    thread::sleep(Duration::from_secs(5));
    line("processor while nobody writes", &format!("{:.1} %", (worked(process) - before) * 20.0), "0");
}

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![100, 10_000] } else { asked };
    for pages in sizes {
        let folder = tempfile::tempdir().expect("a folder");
        bench(pages, folder.path());
    }
}
