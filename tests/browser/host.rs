//! A plain static host: a folder of files at some address, `404.html` for what is not there, and nothing else.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;

/// A host that lasts as long as the test program.
pub struct Host {
    /// The address of the folder, with a slash at its end.
    pub url: String,
}

impl Host {
    /// Serves a folder at a path that begins and ends with a slash. Outside of it nothing is found.
    pub fn serve(folder: &Path, at: &str) -> Host {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}{at}", listener.local_addr().expect("an address"));
        let (folder, at) = (folder.to_path_buf(), at.to_owned());
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (folder, at) = (folder.clone(), at.clone());
                // A browser that goes away is no fault of the host.
                thread::spawn(move || _ = answer(stream, &folder, &at));
            }
        });
        Host { url }
    }
}

fn answer(mut stream: TcpStream, folder: &Path, at: &str) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let path = first.split(' ').nth(1).unwrap_or("/").split(['?', '#']).next().unwrap_or("/");
    let (status, file) = match path.strip_prefix(at) {
        Some(below) => found(folder, &decoded(below)),
        None => ("404 Not Found", PathBuf::new()),
    };
    let body = if file.as_os_str().is_empty() { b"nothing lies here".to_vec() } else { fs::read(&file)? };
    let kind = match file.extension().and_then(|end| end.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css",
        "js" => "text/javascript",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "xml" => "application/xml",
        "md" | "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )?;
    if !first.starts_with("HEAD ") {
        stream.write_all(&body)?;
    }
    stream.flush()
}

/// The file at an address, as the plainest of hosts have it: no ending is left out, no folder without its slash.
fn found(folder: &Path, below: &str) -> (&'static str, PathBuf) {
    let file = if below.is_empty() || below.ends_with('/') { format!("{below}index.html") } else { below.to_owned() };
    let path = folder.join(file);
    match path.is_file() && !below.contains("..") {
        true => ("200 OK", path),
        false => ("404 Not Found", folder.join("404.html")),
    }
}

/// An address without its `%` marks.
pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = (*first == b'%').then(|| tail.get(..2)).flatten();
        match code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).expect("addresses are UTF-8")
}
