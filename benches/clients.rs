//! What many clients do to a server: `cargo bench --bench clients -- [SECONDS]` (30 by default).
//!
//! 200 clients ask for pages, files and addresses with nothing at them, each over one connection, as fast as they are answered;
//! 100 more connect and say nothing, or begin and do not end, or listen to events that they never read. Then 10,000 files are
//! written within a second, in a site of 1,000 pages. It needs Linux for the memory.
//!
//! What is told: how many answers there were, how many were wrong, how long they took, and memory before, in the middle
//! and after; and how long it takes until a page shows what was written after the ten thousand.

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use support::{page, write_site};

const PAGES: usize = 1_000;
const CLIENTS: usize = 200;
const IDLE: usize = 100;
const EVENTS: usize = 10_000;

/// A server; it ends with the bench.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serve(folder: &Path) -> Server {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pressoir"))
        .args(["serve", "--watch", "--port", "0"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let mut url = String::new();
    BufReader::new(child.stdout.take().expect("it was asked for")).read_line(&mut url).expect("it says where it is");
    let address = url.trim().trim_start_matches("http://").trim_end_matches('/').parse().expect("an address");
    Server { child, address }
}

fn memory(process: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0) / 1024.0
}

/// One client: a connection, and one request after the other.
struct Client(BufReader<TcpStream>);

impl Client {
    fn new(address: SocketAddr) -> Client {
        let stream = TcpStream::connect(address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a time");
        Client(BufReader::new(stream))
    }

    /// The status, and the body.
    fn get(&mut self, target: &str) -> std::io::Result<(u16, String)> {
        self.0.get_mut().write_all(format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes())?;
        let (mut status, mut length) = (0, 0);
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line)?;
            let line = line.trim().to_ascii_lowercase();
            if let Some(rest) = line.strip_prefix("http/1.1 ") {
                status = rest.split(' ').next().and_then(|status| status.parse().ok()).unwrap_or(0);
            } else if let Some(rest) = line.strip_prefix("content-length: ") {
                length = rest.parse().unwrap_or(0);
            } else if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body)?;
        Ok((status, String::from_utf8_lossy(&body).into_owned()))
    }
}

/// How long each answer took, in milliseconds, and how many were wrong.
fn ask(address: SocketAddr, number: usize, until: Instant) -> (Vec<f64>, usize) {
    let (mut client, mut times, mut wrong) = (Client::new(address), Vec::new(), 0);
    let mut count = number;
    while Instant::now() < until {
        count += CLIENTS;
        let (target, want) = match count / CLIENTS % 4 {
            0 => ("/".to_owned(), 200),
            1 => ("/nowhere".to_owned(), 404),
            2 => ("/_pressoir/live.js".to_owned(), 200),
            _ => (format!("/s{}/p{}.html", count % PAGES / 100, count % PAGES), 200),
        };
        let asked = Instant::now();
        match client.get(&target) {
            Ok((status, body)) if status == want && !body.is_empty() => {}
            Ok(_) => wrong += 1,
            Err(_) => {
                wrong += 1;
                client = Client::new(address);
            }
        }
        times.push(asked.elapsed().as_secs_f64() * 1000.0);
    }
    (times, wrong)
}

fn main() {
    let asked = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let seconds = Duration::from_secs(asked.unwrap_or(30));
    let folder = tempfile::tempdir().expect("a folder");
    write_site(PAGES, folder.path());
    let server = serve(folder.path());
    let process = server.child.id();
    // Every page is rendered once before memory is looked at.
    let mut client = Client::new(server.address);
    for number in 0..PAGES {
        assert_eq!(client.get(&format!("/s{}/p{number}.html", number / 100)).expect("it answers").0, 200);
    }
    let before = memory(process);

    let idle: Vec<TcpStream> = (0..IDLE)
        .map(|number| {
            let mut stream = TcpStream::connect(server.address).expect("it listens");
            let begun: &[u8] = match number % 3 {
                0 => b"",
                1 => b"GET / HTTP/1.1\r\nHost: loc",
                _ => b"GET /_pressoir/events?path=/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
            };
            stream.write_all(begun).expect("it listens");
            stream
        })
        .collect();
    let end = Instant::now() + seconds;
    let middle = thread::spawn(move || {
        thread::sleep(seconds / 2);
        memory(process)
    });
    let address = server.address;
    let clients: Vec<_> = (0..CLIENTS).map(|number| thread::spawn(move || ask(address, number, end))).collect();
    let (mut times, mut wrong) = (Vec::new(), 0);
    for client in clients {
        let (of_client, wrong_of_client) = client.join().expect("it ends");
        times.extend(of_client);
        wrong += wrong_of_client;
    }
    drop(idle);
    times.sort_by(f64::total_cmp);
    let at = |part: f64| times[((times.len() as f64 * part) as usize).min(times.len() - 1)];
    println!(
        "{CLIENTS} clients for {} s: {} answers, {wrong} wrong; {:.1} ms (99 %: {:.1}, longest: {:.1})",
        seconds.as_secs(),
        times.len(),
        at(0.5),
        at(0.99),
        at(1.0)
    );
    let middle = middle.join().expect("it ends");
    println!("memory: {before:.0} MB before, {middle:.0} MB in the middle, {:.0} MB after", memory(process));

    // The connection of before is shut: nothing was asked on it for a while.
    let mut client = Client::new(server.address);
    let started = Instant::now();
    for number in 0..EVENTS {
        let path = folder.path().join(format!("content/s{}/noise{}.txt", number % 10, number % 500));
        fs::write(path, format!("{number}")).expect("it can be written");
    }
    let written = started.elapsed();
    fs::write(folder.path().join("content/s0/p0.md"), format!("{}\nLe dernier mot.\n", page(0, PAGES)))
        .expect("it can be written");
    let started = Instant::now();
    let shown = loop {
        if client.get("/s0/p0.html").is_ok_and(|(_, body)| body.contains("Le dernier mot.")) {
            break started.elapsed();
        }
        assert!(started.elapsed() < Duration::from_secs(60), "the last edit is never shown");
        thread::sleep(Duration::from_millis(5));
    };
    println!("{EVENTS} files written in {written:.0?}: an edit after them is shown within {shown:.0?}");
    println!("memory: {:.0} MB", memory(process));
}
