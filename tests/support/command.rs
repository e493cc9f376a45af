//! The program as it is typed.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A folder with these files.
pub fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it is below the folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

/// The program in a folder, with nothing of this machine's settings.
pub fn pressoir(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pressoir"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    // What of these settings it would read.
    for name in include_str!("machine.txt").lines() {
        command.env_remove(name);
    }
    command
}

/// Exit code, standard output, standard error.
pub fn ended(output: Output) -> (i32, String, String) {
    let text = |bytes| String::from_utf8(bytes).expect("it writes UTF-8");
    (output.status.code().expect("it was not killed"), text(output.stdout), text(output.stderr))
}

/// Exit code, standard output, standard error of a command.
pub fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    ended(pressoir(folder, arguments).output().expect("it starts"))
}
