//! From saving a file to the new text over HTTP, beside other programs on the same pages, in one run: `cargo bench --bench peers --
//! [PAGES..]` (100 and 1,000 by default).
//!
//! Measured are those of hugo, zola, mdbook and vitepress that are on the PATH; the others are named. Each serves with the
//! smallest templates that show a page, with highlighting where it has it, and is asked every two milliseconds. No program is
//! told to do less than it does for its users. VitePress is asked for the page as the module that its browser would load.

mod support;

use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use support::page;

/// How many edits are measured.
const EDITS: usize = 10;

/// How long a program may take to start, and to show an edit.
const PATIENCE: Duration = Duration::from_secs(300);

/// A program and how it is used.
struct Tool {
    name: &'static str,
    program: &'static str,
    /// What it is started with; `PORT` stands for the port.
    arguments: &'static [&'static str],
    /// The folder of the pages.
    content: &'static str,
    /// What stands before the text of a page.
    before: &'static str,
    /// What it needs besides the pages.
    files: &'static [(&'static str, &'static str)],
    /// The address of the first page.
    address: &'static str,
}

const TOOLS: [Tool; 5] = [
    Tool {
        name: "pressoir",
        program: env!("CARGO_BIN_EXE_pressoir"),
        arguments: &["serve", "--watch", "--port", "PORT"],
        content: "content",
        before: "",
        files: &[("pressoir.yml", "title: Mesure\nlang: fr\n")],
        address: "s0/p0.html",
    },
    Tool {
        name: "hugo",
        program: "hugo",
        arguments: &["server", "--port", "PORT", "--bind", "127.0.0.1"],
        content: "content",
        before: "---\ntitle: Page\n---\n",
        files: &[
            ("hugo.toml", "title = \"Mesure\"\nbaseURL = \"http://127.0.0.1/\"\n"),
            ("layouts/_default/single.html", "<!doctype html><body>{{ .Content }}</body>\n"),
            ("layouts/_default/list.html", "<!doctype html><body>{{ .Title }}</body>\n"),
        ],
        address: "s0/p0/",
    },
    Tool {
        name: "zola",
        program: "zola",
        arguments: &["serve", "--port", "PORT", "--interface", "127.0.0.1"],
        content: "content",
        before: "+++\ntitle = \"Page\"\n+++\n",
        files: &[
            ("config.toml", "base_url = \"http://127.0.0.1\"\n[markdown]\nhighlight_code = true\n"),
            ("templates/index.html", "<!doctype html><body>{{ section.title }}</body>\n"),
            ("templates/section.html", "<!doctype html><body>{{ section.title }}</body>\n"),
            ("templates/page.html", "<!doctype html><body>{{ page.content | safe }}</body>\n"),
        ],
        address: "s0/p0/",
    },
    Tool {
        name: "mdbook",
        program: "mdbook",
        arguments: &["serve", "--port", "PORT", "--hostname", "127.0.0.1"],
        content: "src",
        before: "",
        files: &[("book.toml", "[book]\ntitle = \"Mesure\"\n")],
        address: "s0/p0.html",
    },
    Tool {
        name: "vitepress",
        program: "vitepress",
        arguments: &["dev", ".", "--port", "PORT", "--host", "127.0.0.1"],
        content: ".",
        before: "",
        files: &[
            ("package.json", "{\"type\": \"module\"}\n"),
            (".vitepress/config.js", "export default { title: 'Mesure', ignoreDeadLinks: true }\n"),
        ],
        address: "s0/p0.md?import",
    },
];

/// A running program; it ends with the bench.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
    fs::write(path, text).expect("it can be written");
}

fn write_site(tool: &Tool, pages: usize, folder: &Path) {
    let mut summary = String::from("# Summary\n\n");
    for number in 0..pages {
        let path = format!("s{}/p{number}.md", number / 100);
        write(&folder.join(tool.content).join(&path), &format!("{}{}", tool.before, page(number, pages)));
        summary.push_str(&format!("- [Page {number}]({path})\n"));
    }
    for (path, text) in tool.files {
        write(&folder.join(path), text);
    }
    if tool.name == "mdbook" {
        write(&folder.join("src/SUMMARY.md"), &summary);
    }
}

/// Whether a page shows a text.
fn shows(address: &str, text: &str) -> bool {
    let page = ureq::get(address).call().and_then(|mut response| response.body_mut().read_to_string());
    page.is_ok_and(|page| page.contains(text))
}

/// How long it takes until a page shows a text.
fn until(address: &str, text: &str) -> Option<Duration> {
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        if shows(address, text) {
            return Some(started.elapsed());
        }
        thread::sleep(Duration::from_millis(2));
    }
    None
}

/// Milliseconds to the first page, and from saves to the new text.
fn measure(tool: &Tool, pages: usize) -> Option<(f64, Vec<f64>)> {
    let folder = tempfile::tempdir().expect("a folder");
    write_site(tool, pages, folder.path());
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port();
    let arguments = tool.arguments.iter().map(|argument| argument.replace("PORT", &port.to_string()));
    let mut command = Command::new(tool.program);
    command.args(arguments).current_dir(folder.path());
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
    let _running = Running(child);
    let address = format!("http://127.0.0.1:{port}/{}", tool.address);
    let first = until(&address, "Partie 3")?;
    // What it does in the background has its time.
    thread::sleep(Duration::from_secs(5));
    let (file, mut times) = (folder.path().join(tool.content).join("s0/p0.md"), Vec::new());
    for edit in 0..EDITS {
        let mark = format!("Mot-{edit}.");
        fs::write(&file, format!("{}{}\n{mark}\n", tool.before, page(0, pages))).expect("it can be written");
        times.push(until(&address, &mark)?.as_secs_f64() * 1000.0);
        // Some programs wait between two builds.
        thread::sleep(Duration::from_millis(1_500));
    }
    times.sort_by(f64::total_cmp);
    Some((first.as_secs_f64() * 1000.0, times))
}

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    for pages in if asked.is_empty() { vec![100, 1_000] } else { asked } {
        println!("{pages} pages{:>29}{:>34}", "start to page", "save to new text over HTTP");
        for tool in &TOOLS {
            print!("  {:<12}", tool.name);
            let _ = std::io::stdout().flush();
            match measure(tool, pages) {
                Some((first, times)) => {
                    let (median, longest) = (times[times.len() / 2], times[times.len() - 1]);
                    println!("{first:>20.0} ms{median:>18.1} ms (longest {longest:.1})");
                }
                None => println!("{:>23}", "not here, or it fails"),
            }
        }
    }
}
