//! What was wrong with other development servers, tried on this one. Each published hole is named by its identifier.
#![allow(clippy::disallowed_methods, reason = "these tests start the program and look at real files")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(30);

/// What nobody may read.
const SECRET: &str = "a-word-that-nobody-may-read";

/// A running server of a site with secrets around it; it ends with the test.
struct Server {
    child: Child,
    address: SocketAddr,
    folder: TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A status and all that followed it.
struct Answer {
    status: u16,
    text: String,
}

impl Server {
    fn start() -> Server {
        Server::with(&["--watch"])
    }

    fn with(arguments: &[&str]) -> Server {
        let folder = tempfile::tempdir().expect("a folder");
        let site = folder.path().join("site");
        for (path, text) in [
            ("site/README.md", "# Home\n\nwords\n"),
            ("site/draft.md", "---\ndraft: true\n---\n# Draft\n"),
            ("site/guide/a.md", "# A\n"),
            ("site/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            ("site/.env", SECRET),
            ("site/.git/config", SECRET),
            ("site/.hidden/x.txt", SECRET),
            ("site/node_modules/x/x.js", SECRET),
            ("secret.txt", SECRET),
            ("outside/secret.txt", SECRET),
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
            fs::write(path, text).expect("a file");
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::symlink;
            symlink(folder.path().join("secret.txt"), site.join("link.txt")).expect("a link");
            symlink(folder.path().join("outside"), site.join("out")).expect("a link");
            symlink(".env", site.join("env.txt")).expect("a link");
            symlink(".git", site.join("git")).expect("a link");
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_pressoir"))
            .current_dir(&site)
            .args(["serve", "--port", "0"])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut url = String::new();
        BufReader::new(child.stdout.take().expect("it was asked for"))
            .read_line(&mut url)
            .expect("it says where it is");
        let address = url.trim().trim_start_matches("http://").trim_end_matches('/').parse().expect("an address");
        Server { child, address, folder }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time");
        stream
    }

    /// What is answered to a request that is written as it is, so that no library tidies it up.
    fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        // A server that refuses a request may close before all of it was sent.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let status = text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Answer { status, text }
    }

    fn get(&self, target: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = format!("GET {target} HTTP/1.1\r\n").into_bytes();
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request.extend(format!("Host: {}\r\n", self.address).bytes());
        }
        for (name, value) in headers {
            request.extend(format!("{name}: {value}\r\n").bytes());
        }
        request.extend(b"Connection: close\r\n\r\n");
        self.raw(&request)
    }
}

fn is_refused(answer: &Answer, what: &str) {
    assert!((400..500).contains(&answer.status), "{what}: {} {}", answer.status, answer.text);
    assert!(!answer.text.contains(SECRET), "{what}: {}", answer.text);
}

#[test]
fn nothing_outside_the_site_is_read() {
    let server = Server::start();
    let root = server.folder.path().display().to_string();
    let absolute = format!("{root}/secret.txt");
    let site = format!("{root}/site");
    let targets: Vec<(&str, String)> = [
        // `..` in every way of writing it.
        ("path traversal", "/../secret.txt"),
        ("path traversal", "/guide/../../secret.txt"),
        ("path traversal", "/%2e%2e/secret.txt"),
        ("path traversal", "/%2e%2e%2fsecret.txt"),
        ("path traversal", "/..%2fsecret.txt"),
        ("path traversal", "/%252e%252e%252fsecret.txt"),
        ("path traversal", "/..\\secret.txt"),
        ("path traversal", "/..%5csecret.txt"),
        ("path traversal", "/guide/..%5c..%5csecret.txt"),
        ("path traversal", "/....//secret.txt"),
        ("path traversal", "/..;/secret.txt"),
        ("path traversal", "/%c0%ae%c0%ae/secret.txt"),
        ("path traversal", "/./../secret.txt"),
        ("CVE-2025-46565: `/.` before a file that is refused", "/.env/."),
        ("CVE-2025-46565", "/./.env"),
        ("CVE-2025-46565", "/.%2fenv"),
        ("null byte", "/secret.txt%00.html"),
        ("null byte", "/%00"),
        ("absolute path", "//etc/passwd"),
        ("absolute path", "/%2fetc%2fpasswd"),
        ("UNC path", "//server/share/secret.txt"),
        ("UNC path", "/%5c%5cserver%5cshare"),
        ("drive", "/C:/Windows/win.ini"),
        ("drive", "/C:%5cWindows%5cwin.ini"),
        // Files of the project that are no part of the site.
        ("dot file", "/.env"),
        ("dot file", "/.git/config"),
        ("dot file", "/.hidden/x.txt"),
        ("dot file", "/%2eenv"),
        ("dependency", "/node_modules/x/x.js"),
        ("draft", "/draft.html"),
        ("link out of the site", "/link.txt"),
        ("link out of the site", "/out/secret.txt"),
        ("link out of the site", "/out/"),
        // Queries by which Vite was talked into reading a file as something else.
        ("CVE-2025-30208", "/.env?raw??"),
        ("CVE-2025-30208", "/.env?import&raw??"),
        ("CVE-2025-31125", "/.env?inline&import"),
        ("CVE-2025-31125", "/.env?raw?import"),
        ("CVE-2025-31486", "/.env?.svg?.wasm?init"),
        ("CVE-2025-31486", "/x/x/x/../../../.env?.svg"),
        ("CVE-2025-31486", "/.env?import&?inline=1.wasm?init"),
    ]
    .into_iter()
    .map(|(name, target)| (name, target.to_owned()))
    .chain([
        ("/@fs/", format!("/@fs{absolute}")),
        ("/@fs/", format!("/@fs/{absolute}")),
        ("CVE-2025-30208", format!("/@fs{absolute}?raw??")),
        ("CVE-2025-30208", format!("/@fs{absolute}?import&raw??")),
        ("CVE-2025-31125", format!("/@fs{absolute}?inline&import")),
        ("CVE-2025-31486", format!("/@fs{site}/logo.svg/../../secret.txt?.svg")),
        ("CVE-2025-32395: `#` in the request line", format!("/@fs{site}/#/../../secret.txt")),
        ("absolute path", absolute.clone()),
        ("file address", format!("/file://{absolute}")),
        ("/_pressoir/", format!("/_pressoir/..{absolute}")),
        ("/_pressoir/", "/_pressoir/live.js/../../secret.txt".to_owned()),
    ])
    .collect();
    for (name, target) in targets {
        is_refused(&server.get(&target, &[]), &format!("{name}: {target}"));
    }
    // CVE-2025-32395: targets that are no path at all.
    for target in ["#/../secret.txt", "*", "../secret.txt", "secret.txt"] {
        is_refused(&server.get(target, &[]), target);
    }
    assert_eq!(server.get("/", &[]).status, 200);
    assert_eq!(server.get("/logo.svg", &[]).status, 200);
}

#[test]
fn pages_of_other_sites_read_nothing() {
    let server = Server::start();
    let own = format!("http://{}", server.address);
    let everything = ["/", "/logo.svg", "/_pressoir/live.js", "/_pressoir/events?path=/"];
    for (name, headers) in [
        // CVE-2025-24010 (Vite), GHSA-67mh-4wv8-2f99 (esbuild): any site could read the answers.
        ("CVE-2025-24010", &[("Origin", "https://evil.example")][..]),
        ("GHSA-67mh-4wv8-2f99", &[("Origin", "null")]),
        ("CVE-2025-24010: another port of this machine", &[("Origin", "http://127.0.0.1:1")]),
        // CVE-2025-30360 (webpack-dev-server): an address as the origin was taken for a friend.
        ("CVE-2025-30360", &[("Origin", "http://192.168.1.1:8080")]),
        ("CVE-2025-30360", &[("Origin", "http://[::1]:1")]),
        // CVE-2025-30359 (webpack-dev-server): a script of another site's page ran what was served.
        (
            "CVE-2025-30359",
            &[("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "script")],
        ),
        ("CVE-2025-30359: another port", &[("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Mode", "no-cors")]),
        (
            "framed by another site",
            &[("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "iframe")],
        ),
        // DNS rebinding, and Vite's `allowedHosts`.
        ("DNS rebinding", &[("Host", "evil.example")]),
        ("DNS rebinding", &[("Host", "127.0.0.1.evil.example")]),
        ("DNS rebinding", &[("Host", "evil.example:8080"), ("Origin", "http://evil.example:8080")]),
        ("allowedHosts", &[("Host", "localhost.evil.example")]),
    ] {
        for target in everything {
            let answer = server.get(target, headers);
            assert_eq!(answer.status, 403, "{name}: {target}: {}", answer.text);
            assert!(!answer.text.contains("words"), "{name}: {target}: {}", answer.text);
        }
    }
    // Nothing is ever said to be for other sites.
    for headers in [&[][..], &[("Origin", own.as_str())], &[("Sec-Fetch-Site", "same-origin")]] {
        let answer = server.get("/", headers);
        assert_eq!(answer.status, 200, "{headers:?}");
        let text = answer.text.to_ascii_lowercase();
        assert!(!text.contains("access-control-allow"), "{text}");
        assert!(text.contains("cross-origin-resource-policy: same-origin"), "{text}");
        assert!(text.contains("x-content-type-options: nosniff"), "{text}");
    }
    // A link on another site may be followed.
    let followed = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")];
    assert_eq!(server.get("/", &followed).status, 200);
    // There is no WebSocket to talk to.
    let socket =
        [("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==")];
    let answer = server.get("/_pressoir/live.js", &socket);
    assert_ne!(answer.status, 101, "{}", answer.text);
}

#[test]
fn odd_requests_are_refused_and_the_server_goes_on() {
    let server = Server::start();
    let host = server.address;
    let long = format!("/{}", "a".repeat(20_000));
    assert_eq!(server.get(&long, &[]).status, 414);
    assert!((400..500).contains(&server.get(&format!("/{}", "a".repeat(1 << 20)), &[]).status));
    assert_eq!(server.get(&format!("/?{}", "q".repeat(9_000)), &[]).status, 414);
    is_refused(&server.get(&"/..".repeat(2_000), &[]), "many dots");
    let headers = (0..2_000).map(|number| format!("X-{number}: x\r\n")).collect::<String>();
    let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\n\r\n");
    is_refused(&server.raw(request.as_bytes()), "many headers");
    for (request, what) in [
        ("\0\0\0\r\n\r\n".to_owned(), "nonsense"),
        ("GET\r\n\r\n".to_owned(), "no target"),
        ("GET / HTTP/9.9\r\n\r\n".to_owned(), "no version"),
        ("GET / HTTP/1.1\r\nConnection: close\r\n\r\n".to_owned(), "no host"),
        (format!("GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n"), "two hosts"),
        (format!("POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), "post"),
        (format!("CONNECT {host} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), "connect"),
    ] {
        let answer = server.raw(request.as_bytes());
        assert!(answer.status == 0 || (400..500).contains(&answer.status), "{what}: {}", answer.text);
        assert!(!answer.text.contains("words"), "{what}: {}", answer.text);
    }
    assert_eq!(server.get("/", &[]).status, 200);
}

/// What was a file when the server started may be a link when it is asked for.
#[test]
#[cfg(unix)]
fn a_file_that_becomes_a_link_leads_nowhere() {
    use std::os::unix::fs::symlink;
    for arguments in [&[][..], &["--watch"], &["--watch", "--poll"]] {
        let server = Server::with(arguments);
        let root = server.folder.path();
        assert_eq!(server.get("/logo.svg", &[]).status, 200);
        for (link, to) in [("site/logo.svg", "secret.txt"), ("site/guide/a.md", "secret.txt")] {
            fs::remove_file(root.join(link)).expect("it is there");
            symlink(root.join(to), root.join(link)).expect("a link");
        }
        // A page that was read before it was swapped may be shown as it was; what the link leads to never is.
        for _ in 0..40 {
            for target in ["/logo.svg", "/guide/a.html", "/guide/a.md"] {
                let answer = server.get(target, &[]);
                assert!(!answer.text.contains(SECRET), "{arguments:?} {target}: {}", answer.text);
            }
            thread::sleep(Duration::from_millis(25));
        }
        is_refused(&server.get("/logo.svg", &[]), "a file that became a link");
    }
}

#[test]
#[cfg(unix)]
fn links_to_what_is_hidden_lead_nowhere() {
    let server = Server::start();
    for target in ["/env.txt", "/git/config", "/git/"] {
        is_refused(&server.get(target, &[]), target);
    }
}

#[test]
fn slow_and_half_open_connections_hold_nobody_up() {
    let server = Server::start();
    let mut idle = Vec::new();
    for number in 0..100 {
        let mut stream = server.connect();
        // Some say nothing, some begin and do not end, some never read what they asked for.
        let begun: &[u8] = match number % 3 {
            0 => b"",
            1 => b"GET / HTTP/1.1\r\nHost: loc",
            _ => b"GET /_pressoir/events?path=/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
        };
        stream.write_all(begun).expect("it listens");
        idle.push(stream);
    }
    assert_eq!(server.get("/", &[]).status, 200);
    drop(idle);
    assert_eq!(server.get("/guide/a.html", &[]).status, 200);
}

#[test]
fn two_hundred_clients_are_answered() {
    let server = Server::start();
    thread::scope(|scope| {
        let clients: Vec<_> = (0..200)
            .map(|number| {
                let server = &server;
                scope.spawn(move || {
                    let target = ["/", "/guide/a.html", "/logo.svg", "/nowhere"][number % 4];
                    (0..5).map(|_| server.get(target, &[]).status).collect::<Vec<_>>()
                })
            })
            .collect();
        for (number, client) in clients.into_iter().enumerate() {
            let want = if number % 4 == 3 { 404 } else { 200 };
            assert_eq!(client.join().expect("it ends"), [want; 5]);
        }
    });
}
