//! Links to other hosts, against a server of our own: nobody else is asked.
#![allow(clippy::disallowed_methods, reason = "these tests start the program and look at real files")]
#![allow(clippy::disallowed_types, reason = "the server notes what it was asked for")]

mod support;

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use support::command::{folder, run};

/// A server that answers in all the ways that servers have.
struct Server {
    port: u16,
    /// What it was asked for: method and path, and how often.
    asked: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Server {
    fn new(robots: &'static str) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let asked: Arc<Mutex<BTreeMap<String, usize>>> = Arc::default();
        let notes = asked.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let notes = notes.clone();
                thread::spawn(move || answer(stream, robots, &notes));
            }
        });
        Server { port, asked }
    }

    fn asked(&self, what: &str) -> usize {
        self.asked.lock().expect("nobody panics while it writes").get(what).copied().unwrap_or_default()
    }

    fn all(&self) -> usize {
        self.asked.lock().expect("nobody panics while it writes").values().sum()
    }
}

fn answer(stream: TcpStream, robots: &str, notes: &Mutex<BTreeMap<String, usize>>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
    let mut first = String::new();
    if reader.read_line(&mut first).is_err() {
        return;
    }
    let mut words = first.split(' ');
    let (method, path) = (words.next().unwrap_or_default().to_owned(), words.next().unwrap_or_default().to_owned());
    let mut agent = String::new();
    for line in reader.lines().map_while(Result::ok).take_while(|line| !line.is_empty()) {
        if let Some(name) = line.to_lowercase().strip_prefix("user-agent: ") {
            agent = name.to_owned();
        }
    }
    let times = {
        let mut notes = notes.lock().expect("nobody panics while it writes");
        let times = notes.entry(format!("{method} {path}")).or_default();
        *times += 1;
        *times
    };
    let (status, header, body) = match path.as_str() {
        "/robots.txt" if robots.is_empty() => (404, String::new(), ""),
        "/robots.txt" => (200, String::new(), robots),
        "/gone" => (404, String::new(), ""),
        "/moved" => (301, "Location: ok\r\n".to_owned(), ""),
        "/elsewhere" => (302, "Location: /ok\r\n".to_owned(), ""),
        "/moved-and-gone" => (308, "Location: /gone\r\n".to_owned(), ""),
        "/circle" => (302, "Location: /circle\r\n".to_owned(), ""),
        "/refused" => (403, String::new(), ""),
        "/refused-to-programs" => (999, String::new(), ""),
        "/no-head" if method == "HEAD" => (405, String::new(), ""),
        "/wrong-head" if method == "HEAD" => (404, String::new(), ""),
        "/patience" if times == 1 => (429, "Retry-After: 0\r\n".to_owned(), ""),
        "/much-patience" => (503, "Retry-After: 3600\r\n".to_owned(), ""),
        "/fails-once" if times <= 1 => (500, String::new(), ""),
        "/fails" => (502, String::new(), ""),
        "/never" => {
            thread::sleep(std::time::Duration::from_secs(30));
            return;
        }
        "/agent" if !agent.starts_with("press-agent") => (404, String::new(), ""),
        _ => (200, String::new(), "here"),
    };
    let length = body.len();
    let body = if method == "HEAD" { "" } else { body };
    let mut stream = stream;
    let _ =
        write!(stream, "HTTP/1.1 {status} X\r\n{header}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}");
}

/// The findings about links to other hosts, without the address of the server: code, place, path, help.
fn told(server: &Server, pages: &[(&str, &str)], settings: &str) -> (Vec<String>, tempfile::TempDir) {
    let origin = format!("http://127.0.0.1:{}", server.port);
    let settings = format!(
        "title: x\nchecks:\n  external:\n    local: true\n    timeout: 2\n    user_agent: press-agent/1\n{settings}"
    );
    let pages: Vec<(String, String)> =
        pages.iter().map(|(name, text)| (format!("content/{name}"), text.replace("ORIGIN", &origin))).collect();
    let mut files = vec![("pressoir.yml", settings.as_str())];
    files.extend(pages.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let folder = folder(&files);
    (again(server, &folder), folder)
}

fn again(server: &Server, folder: &tempfile::TempDir) -> Vec<String> {
    let origin = format!("http://127.0.0.1:{}", server.port);
    let (code, out, err) = run(folder.path(), &["check", "--external", "--verbose", "--format", "short"]);
    assert_eq!(code, 0, "{err}");
    let lines = out.lines().filter(|line| line.contains("external-link]"));
    lines.map(|line| line.replace(&origin, "")).collect()
}

#[test]
fn the_dead_are_told_from_those_that_refuse_programs() {
    let server = Server::new("");
    let links = [
        "ok",
        "gone",
        "moved",
        "elsewhere",
        "moved-and-gone",
        "circle",
        "refused",
        "refused-to-programs",
        "no-head",
        "wrong-head",
        "patience",
        "much-patience",
        "fails-once",
        "fails",
        "never",
        "agent",
        "ok#fragment",
    ];
    let text: String = links.iter().map(|path| format!("[{path}](ORIGIN/{path})\n")).collect();
    let (found, _folder) = told(&server, &[("README.md", &text)], "");
    let line = |number: usize, path: &str, code: &str, message: &str| {
        let column = path.len() + 4;
        format!("content/README.md:{number}:{column}: {code}: {message}")
    };
    let unsure = |number, path: &str, why: &str| {
        line(
            number,
            path,
            "info[unsure-external-link]",
            &format!("it cannot be told whether `/{path}` is there: {why}"),
        )
    };
    let dead = |number, path: &str, why: &str| {
        line(number, path, "warning[dead-external-link]", &format!("`/{path}` is gone: {why}"))
    };
    let refused = |status| format!("its host answers {status}, perhaps to programs only");
    assert_eq!(
        found,
        [
            dead(2, "gone", "its host answers 404"),
            line(3, "moved", "info[moved-external-link]", "`/moved` has moved for good"),
            dead(5, "moved-and-gone", "its host answers 404"),
            dead(6, "circle", "it leads on and on without an end"),
            unsure(7, "refused", &refused(403)),
            unsure(8, "refused-to-programs", &refused(999)),
            unsure(12, "much-patience", "its host answers 503: it fails for now"),
            unsure(14, "fails", "its host answers 502: it fails for now"),
            unsure(15, "never", "its host does not answer in time"),
        ]
    );
    assert_eq!(
        (server.asked("HEAD /ok"), server.asked("GET /robots.txt")),
        (3, 1),
        "each address once: ok, and two that lead there"
    );
    assert_eq!(server.asked("HEAD /much-patience"), 1, "it asked for an hour");
}

#[test]
fn hosts_say_what_programs_may_look_at() {
    let server = Server::new("User-agent: press-agent\nDisallow: /private\n");
    let (found, _folder) = told(&server, &[("README.md", "[a](ORIGIN/private/x) [b](ORIGIN/public)\n")], "");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("unsure-external-link") && found[0].contains("robots.txt"), "{found:?}");
    assert_eq!((server.asked("HEAD /private/x"), server.asked("HEAD /public")), (0, 1));
}

#[test]
fn good_answers_are_kept_and_bad_ones_asked_for_again() {
    let server = Server::new("");
    let (found, folder) =
        told(&server, &[("a.md", "[a](ORIGIN/a) [gone](ORIGIN/gone)\n"), ("b.md", "[gone](ORIGIN/gone)\n")], "");
    assert_eq!(found.len(), 2, "one address, two places: {found:?}");
    assert_eq!(again(&server, &folder), found);
    assert_eq!((server.asked("HEAD /a"), server.asked("HEAD /gone")), (1, 2));
    let ignored = std::fs::read_to_string(folder.path().join(".pressoir/.gitignore")).expect("a text");
    assert_eq!(ignored, "*\n");
    // What is kept is no part of the site.
    let (_, out, _) = run(folder.path(), &["check", "--format", "short"]);
    assert!(!out.contains(".pressoir") && !out.contains("external"), "{out}");
}

#[test]
fn nobody_is_asked_without_need() {
    let server = Server::new("");
    let origin = format!("http://127.0.0.1:{}", server.port);
    let ignore = format!("    ignore: [\"{origin}/x/*\"]\n");
    let page = "[a](ORIGIN/x/a) [b](mailto:a@b.fr) <!-- pressoir:ignore dead-external-link -->\n";
    let (found, folder) = told(&server, &[("README.md", page)], &ignore);
    assert_eq!((found, server.all()), (Vec::new(), 0));
    // An ignored finding that only this check can make is not told as unused by the others.
    let (_, out, _) = run(folder.path(), &["check", "--strict", "--format", "short"]);
    assert_eq!(out, "");
    let local = support::command::folder(&[("README.md", &format!("[a]({origin}/gone)\n"))]);
    assert_eq!(again(&server, &local), [] as [String; 0]);
    assert_eq!(server.all(), 0, "this computer is asked only where the settings say so");
}
