//! The program from outside, in folders of its own; it ends in time or the test fails.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How a run ended.
pub struct Ended {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// A folder with these files.
pub fn folder<'a, T: AsRef<[u8]>>(files: impl IntoIterator<Item = (&'a str, T)>) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (name, contents) in files {
        write(folder.path(), name, contents);
    }
    folder
}

/// Writes a file below a folder.
pub fn write(folder: &Path, name: &str, contents: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("it lies below the folder")).expect("a folder can be made");
    fs::write(path, contents).expect("a file can be written");
}

/// The program in a folder, with nothing of this machine's settings.
pub fn pressoir(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pressoir"));
    command.current_dir(folder).stdin(Stdio::null());
    // What of these settings it would read.
    for name in include_str!("machine.txt").lines() {
        command.env_remove(name);
    }
    command
}

/// Runs a command to its end, which has to come before `limit`.
pub fn run(command: &mut Command, limit: Duration) -> Ended {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let (out, err) = (thread::spawn(move || read(out)), thread::spawn(move || read(err)));
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            break status;
        }
        if started.elapsed() > limit {
            child.kill().expect("it is still there");
        }
        assert!(started.elapsed() <= limit, "it ran for more than {limit:?}: {command:?}");
        thread::sleep(Duration::from_millis(2));
    };
    let [out, err] = [out, err].map(|stream| stream.join().expect("streams can be read"));
    Ended { code: status.code().expect("it was not killed"), out, err }
}

fn read(stream: Option<impl Read>) -> String {
    let mut bytes = Vec::new();
    stream.expect("it was asked for").read_to_end(&mut bytes).expect("a pipe can be read");
    String::from_utf8(bytes).expect("it writes UTF-8")
}

/// Every file below a folder, by path; links are not followed.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("the folder can be read"));
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("it lies below").to_string_lossy().into_owned();
            (path, fs::read(entry.path()).expect("a file can be read"))
        })
        .collect()
}
