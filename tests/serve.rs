//! The server from outside: a real process, real requests.
#![allow(clippy::disallowed_methods, reason = "these tests start the program and look at real files")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Long enough for the slowest machine; nothing waits for it unless the test fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server; it ends with the test.
struct Server {
    child: Child,
    url: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// `pressoir serve` in a folder, once it says where it is.
    fn start(folder: &Path, arguments: &[&str]) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pressoir"))
            .current_dir(folder)
            .arg("serve")
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let lines = lines(child.stdout.take().expect("it was asked for"));
        let url = lines.recv_timeout(PATIENCE).expect("it says where it is");
        Server { child, url }
    }

    /// Status, content type and body of what is sent for a path.
    fn get(&self, path: &str) -> (u16, String, String) {
        self.get_as(path, None)
    }

    fn get_as(&self, path: &str, host: Option<&str>) -> (u16, String, String) {
        let agent: ureq::Agent =
            ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE)).build().into();
        let mut request = agent.get(format!("{}{path}", self.url));
        if let Some(host) = host {
            request = request.header("Host", host);
        }
        let mut response = request.call().expect("it answers");
        let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or("").to_owned();
        (response.status().as_u16(), kind, response.body_mut().read_to_string().expect("it is UTF-8"))
    }

    /// What the open page at a path is told from now on.
    fn news(&self, path: &str) -> Receiver<serde_json::Value> {
        let agent: ureq::Agent = ureq::Agent::config_builder().build().into();
        let events = format!("{}_pressoir/events?state=none&path=%2F{path}", self.url);
        let response = agent.get(events).call().expect("it answers");
        let lines = lines(response.into_body().into_reader());
        let (sender, news) = channel();
        thread::spawn(move || {
            for line in lines {
                let told = line.strip_prefix("data:").map(|data| serde_json::from_str(data).expect("it is JSON"));
                if told.is_some_and(|told| sender.send(told).is_err()) {
                    return;
                }
            }
        });
        news
    }
}

/// The lines of a stream, as they come.
fn lines(stream: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = channel();
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

/// The first news for which `wanted` holds.
fn until(news: &Receiver<serde_json::Value>, wanted: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
    loop {
        let told = news.recv_timeout(PATIENCE).expect("the news come");
        if wanted(&told) {
            return told;
        }
    }
}

/// A port that nobody uses, as far as one can tell.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("it is bound").port()
}

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("guide")).expect("a folder");
    for (name, text) in [
        ("README.md", "# Home\n\nfirst words\n"),
        ("guide/README.md", "# Guide\n"),
        ("guide/start.md", "# Start\n"),
        ("logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ] {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

#[test]
fn a_site_is_served_from_memory() {
    let folder = site();
    let server = Server::start(folder.path(), &["--port", "0"]);
    for (path, status, kind, part) in [
        ("", 200, "text/html; charset=utf-8", "first words"),
        ("index.html", 200, "text/html; charset=utf-8", "first words"),
        ("guide/", 200, "text/html; charset=utf-8", "Guide"),
        ("guide", 200, "text/html; charset=utf-8", "Guide"),
        ("guide/start.html", 200, "text/html; charset=utf-8", "Start"),
        ("guide/start", 200, "text/html; charset=utf-8", "Start"),
        ("logo.svg", 200, "image/svg+xml", "<svg"),
        ("nowhere", 404, "text/html; charset=utf-8", "<html"),
        ("..%2f..%2fetc%2fpasswd", 404, "text/html; charset=utf-8", "<html"),
    ] {
        let (found, sent, body) = server.get(path);
        assert_eq!((found, sent.as_str()), (status, kind), "{path}");
        assert!(body.contains(part), "{path}: {body}");
        assert!(!body.contains("_pressoir"), "nothing is added unless changes are followed");
    }
    assert!(!folder.path().join("public").exists(), "nothing is written");
}

#[test]
fn another_name_is_not_answered() {
    let folder = site();
    let server = Server::start(folder.path(), &["--port", "0"]);
    assert_eq!(server.get_as("", Some("evil.example")).0, 403);
    assert_eq!(server.get_as("", Some("localhost")).0, 200);
}

#[test]
fn a_taken_port_gives_the_next() {
    let folder = site();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("it is bound").port().to_string();
    let server = Server::start(folder.path(), &["--port", &port]);
    assert!(!server.url.contains(&format!(":{port}/")), "{}", server.url);
    assert_eq!(server.get("").0, 200);

    let strict = Command::new(env!("CARGO_BIN_EXE_pressoir"))
        .current_dir(folder.path())
        .args(["serve", "--port", &port, "--strict-port"])
        .output()
        .expect("it starts");
    let message = String::from_utf8_lossy(&strict.stderr);
    assert!(strict.status.code() == Some(3) && message.contains(&port), "{message}");
}

#[test]
fn a_change_is_followed() {
    for poll in [&[][..], &["--poll"]] {
        let folder = site();
        let server = Server::start(folder.path(), &[&["--port", "0", "--watch"][..], poll].concat());
        let (_, _, before) = server.get("");
        assert!(before.contains("first words") && before.contains("/_pressoir/live.js"), "{before}");
        assert_eq!(server.get("_pressoir/live.js").0, 200);

        let (news, of_start) = (server.news(""), server.news("guide/start.html"));
        let first = until(&news, |_| true);
        assert_eq!(first["files"], serde_json::Value::Null, "the page knows no state of this server");
        assert!(before.contains(&format!("data-version={}", first["version"])), "{first}: {before}");
        until(&of_start, |_| true);
        fs::write(folder.path().join("README.md"), "# Home\n\nother words\n").expect("a file");
        until(&news, |told| told["version"] != first["version"]);
        assert!(server.get("").2.contains("other words"));

        // A picture is told by its name; a page that does not exist yet is followed until it does.
        let of_new = server.news("new.html");
        let missing = until(&of_new, |_| true);
        fs::write(folder.path().join("logo.svg"), "<svg/>").expect("a file");
        until(&news, |told| told["files"] == serde_json::json!(["logo.svg"]));
        fs::write(folder.path().join("new.md"), "# New\n").expect("a file");
        until(&of_new, |told| told["version"] != missing["version"]);
        assert_eq!(server.get("new.html").0, 200);
        // The page that shows its title in the list at its side is another, too.
        let told = until(&of_start, |told| told["files"] == serde_json::json!([]));
        assert_eq!(told["problems"], serde_json::json!([]));
        fs::remove_file(folder.path().join("new.md")).expect("it is there");
        until(&of_new, |told| told["version"] == missing["version"]);
        assert_eq!(server.get("new.html").0, 404);
    }
}

#[test]
fn an_error_is_shown_and_the_last_good_site_stays() {
    let folder = site();
    let server = Server::start(folder.path(), &["--port", "0", "--watch", "--strict"]);
    let news = server.news("");
    until(&news, |_| true);
    fs::write(folder.path().join("README.md"), "# Home\n\nfirst words <b>x</b> [x](nowhere.md)\n").expect("a file");
    let told = until(&news, |told| told["problems"] != serde_json::json!([]));
    let problem = &told["problems"][0];
    assert_eq!(problem["code"], "dead-link", "{told}");
    assert!(problem["place"].as_str().is_some_and(|place| place.starts_with("README.md:3:")), "{told}");
    let frame = problem["frame"].as_str().expect("it has a line");
    assert!(frame.starts_with("3 | first words <b>x</b> [x](nowhere.md)\n  | ") && frame.ends_with('^'), "{frame}");
    let edit = problem["edit"].as_str().expect("it can be opened");
    assert!(edit.starts_with("vscode://file/") && edit.contains("/README.md:3:"), "{edit}");
    assert!(!server.get("").2.contains("nowhere"), "the last good page stays");

    fs::write(folder.path().join("README.md"), "# Home\n\nlast words\n").expect("a file");
    until(&news, |told| told["problems"] == serde_json::json!([]));
    assert!(server.get("").2.contains("last words"));
}

#[test]
fn a_site_that_cannot_be_built_is_followed_until_it_can() {
    let folder = site();
    fs::write(folder.path().join("README.md"), "[x](nowhere.md)\n").expect("a file");
    let server = Server::start(folder.path(), &["--port", "0", "--watch", "--strict"]);
    let (status, _, body) = server.get("");
    assert!(status == 200 && body.contains("/_pressoir/live.js"), "it is shown as far as it is known: {body}");
    let news = server.news("");
    assert_eq!(until(&news, |_| true)["problems"][0]["code"], "dead-link");
    assert_eq!(server.get("nowhere").0, 404, "nobody waits for a site that does not come");
    fs::write(folder.path().join("README.md"), "# Home\n").expect("a file");
    until(&news, |told| told["problems"] == serde_json::json!([]));
    assert_eq!(server.get("").0, 200);
}

#[test]
fn without_following_a_site_that_cannot_be_built_is_not_served() {
    let folder = site();
    fs::write(folder.path().join("README.md"), "[x](nowhere.md)\n").expect("a file");
    let ended = Command::new(env!("CARGO_BIN_EXE_pressoir"))
        .current_dir(folder.path())
        .args(["serve", "--port", &free_port().to_string(), "--strict"])
        .output()
        .expect("it starts");
    assert_eq!(ended.status.code(), Some(1));
    assert!(ended.stdout.is_empty(), "no address of a server that is not there");
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_it_cleanly() {
    let folder = site();
    let mut server = Server::start(folder.path(), &["--port", "0", "--watch"]);
    let _open_page = server.news("");
    let interrupted = Command::new("kill").args(["-INT", &server.child.id().to_string()]).status().expect("it starts");
    assert!(interrupted.success());
    assert_eq!(server.child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn warnings_are_told_to_the_page_that_they_are_about() {
    let folder = site();
    let server = Server::start(folder.path(), &["--port", "0", "--watch"]);
    let (home, start) = (server.news(""), server.news("guide/start.html"));
    assert_eq!(until(&home, |_| true)["notes"], serde_json::json!([]));
    let before = until(&start, |_| true);
    fs::write(folder.path().join("guide/start.md"), "# Start\n\n[x](nowhere.md)\n").expect("a file");
    let told = until(&start, |told| told["version"] != before["version"]);
    assert_eq!((&told["notes"][0]["code"], &told["problems"]), (&"dead-link".into(), &serde_json::json!([])));
    fs::write(folder.path().join("README.md"), "# Home\n\nother words\n").expect("a file");
    assert_eq!(until(&home, |_| true)["notes"], serde_json::json!([]), "its own page has none");
}

#[test]
fn warnings_of_the_settings_are_told_on_every_page() {
    let folder = site();
    let server = Server::start(folder.path(), &["--port", "0", "--watch"]);
    let news = server.news("");
    until(&news, |news| news["notes"] == serde_json::json!([]));
    fs::write(folder.path().join("pressoir.yml"), "titel: Handbook\n").expect("it can be written");
    let told = until(&news, |news| news["notes"][0]["code"] == "unknown-setting");
    assert_eq!(told["notes"][0]["site"], true, "{told}");
    assert_eq!(told["notes"][0]["place"], "pressoir.yml:1:1", "{told}");
    fs::write(folder.path().join("pressoir.yml"), "title: Handbook\n").expect("it can be written");
    until(&news, |news| news["notes"] == serde_json::json!([]));
}

#[test]
fn a_template_that_cannot_be_filled_in_is_told_and_the_server_goes_on() {
    let folder = site();
    let server = Server::start(folder.path(), &["--port", "0", "--watch"]);
    let news = server.news("");
    until(&news, |_| true);
    let template = folder.path().join("themes/default/templates/page.html");
    fs::create_dir_all(template.parent().expect("a folder")).expect("it can be made");
    fs::write(&template, "{{ page.title.nothing.at_all }}").expect("a file");
    let told = until(&news, |told| told["problems"] != serde_json::json!([]));
    assert_eq!(told["problems"][0]["code"], "template-error", "{told}");
    let (status, _, body) = server.get("");
    assert!(status == 500 && body.contains("/_pressoir/live.js"), "{status} {body}");
    fs::remove_file(&template).expect("it is there");
    until(&news, |told| told["problems"] == serde_json::json!([]));
    assert_eq!(server.get("").0, 200);
}

/// Waits until a page shows a text.
fn shows(server: &Server, path: &str, text: &str, why: &str) {
    let started = Instant::now();
    while !server.get(path).2.contains(text) {
        assert!(started.elapsed() < PATIENCE, "{why}: it is never shown");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
#[cfg(unix)]
fn pages_that_are_links_are_followed() {
    let folder = site();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("real/deep")).expect("a folder");
    fs::write(path("real/deep/page.md"), "# Deep\n\ndeep first\n").expect("a file");
    std::os::unix::fs::symlink("real", path("linked")).expect("a link");
    std::os::unix::fs::symlink("README.md", path("copy.md")).expect("a link");
    fs::create_dir_all(path("v1~")).expect("a folder");
    fs::write(path("v1~/n.md"), "# N\n\nnote first\n").expect("a file");
    let server = Server::start(folder.path(), &["--port", "0", "--watch"]);
    for (page, file, title) in [
        ("copy.html", "README.md", "Home"),
        ("linked/deep/page.html", "real/deep/page.md", "Deep"),
        ("v1~/n.html", "v1~/n.md", "N"),
    ] {
        shows(&server, page, "first", "the start");
        let words = format!("second words of {title}");
        fs::write(path(file), format!("# {title}\n\n{words}\n")).expect("it can be saved");
        shows(&server, page, &words, page);
    }
}

#[test]
fn every_way_of_saving_is_followed() {
    type Save = fn(&Path, &str) -> std::io::Result<()>;
    let ways: [(&str, Save); 6] = [
        ("writing in place", |file, text| fs::write(file, text)),
        ("emptying, then writing", |file, text| {
            let mut open = fs::File::create(file)?;
            thread::sleep(Duration::from_millis(15));
            open.write_all(text.as_bytes())
        }),
        ("renaming over it (VS Code, sed)", |file, text| {
            let other = file.with_file_name("sedX1aB2");
            fs::write(&other, text)?;
            fs::rename(other, file)
        }),
        ("moving it away (Vim)", |file, text| {
            let (probe, backup) = (file.with_file_name("4913"), file.with_file_name("README.md~"));
            fs::write(&probe, "")?;
            fs::remove_file(probe)?;
            fs::rename(file, &backup)?;
            fs::write(file, text)?;
            fs::remove_file(backup)
        }),
        ("a lock beside it (Emacs)", |file, text| {
            let auto = file.with_file_name("#README.md#");
            fs::write(&auto, text)?;
            fs::write(file, text)?;
            fs::remove_file(auto)
        }),
        ("removing, then writing (JetBrains)", |file, text| {
            let safe = file.with_file_name("README.md___jb_tmp___");
            fs::write(&safe, text)?;
            fs::remove_file(file)?;
            fs::rename(safe, file)
        }),
    ];
    for poll in [&[][..], &["--poll"]] {
        let folder = site();
        let server = Server::start(folder.path(), &[&["--port", "0", "--watch"][..], poll].concat());
        shows(&server, "", "first words", "the start");
        for (number, (way, save)) in ways.iter().enumerate() {
            let words = format!("words number {number}");
            save(&folder.path().join("README.md"), &format!("# Home\n\n{words}\n")).expect("it can be saved");
            shows(&server, "", &words, way);
        }
    }
}

#[test]
fn thousands_of_changes_hold_nobody_up() {
    let folder = site();
    let server = Server::start(folder.path(), &["--port", "0", "--watch"]);
    shows(&server, "", "first words", "the start");
    for number in 0..3_000 {
        fs::write(folder.path().join(format!("guide/noise{}.txt", number % 300)), number.to_string()).expect("a file");
    }
    fs::rename(folder.path().join("guide"), folder.path().join("manual")).expect("it is there");
    fs::write(folder.path().join("README.md"), "# Home\n\nlast words\n").expect("a file");
    shows(&server, "", "last words", "an edit after them");
    shows(&server, "manual/start.html", "<h1", "a folder of another name");
    assert_eq!(server.get("guide/start.html").0, 404);
}
