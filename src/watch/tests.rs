use std::fs;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use super::*;

/// Long enough for the slowest machine; nothing waits for it unless the test fails.
const PATIENCE: Duration = Duration::from_secs(20);

type Start = fn(&Path) -> io::Result<Watcher>;

const STARTS: [Start; 2] = [Watcher::new, Watcher::polling];

/// The changes of a folder with `guide/a.md` and `guide/b.md` in it.
fn watched(start: Start) -> (tempfile::TempDir, Receiver<Change>) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join("guide")).expect("a folder");
    fs::create_dir_all(folder.path().join("node_modules/x")).expect("a folder");
    for name in ["guide/a.md", "guide/b.md"] {
        fs::write(folder.path().join(name), "first").expect("a file");
    }
    let mut watcher = start(folder.path()).expect("the folder can be watched");
    watcher.leave_out(&["public".into()]);
    let (sender, changes) = channel();
    thread::spawn(move || {
        while let Some(change) = watcher.wait() {
            if sender.send(change).is_err() {
                return;
            }
        }
    });
    (folder, changes)
}

/// Waits until changes of all these files, or of everything, were told; other files are an error.
fn expect(changes: &Receiver<Change>, files: &[&str]) {
    let mut left: BTreeSet<&str> = files.iter().copied().collect();
    while !left.is_empty() {
        match changes.recv_timeout(PATIENCE).expect("a change is told") {
            Change::Everything => return,
            Change::Files(told) => {
                for file in &told {
                    assert!(files.contains(&file.as_str()), "{file} did not change");
                    left.remove(file.as_str());
                }
            }
        }
    }
}

#[test]
fn an_edit_is_told() {
    for start in STARTS {
        let (folder, changes) = watched(start);
        fs::write(folder.path().join("guide/a.md"), "second one").expect("a file");
        expect(&changes, &["guide/a.md"]);
    }
}

#[test]
fn a_rename_is_told_under_both_names() {
    for start in STARTS {
        let (folder, changes) = watched(start);
        fs::rename(folder.path().join("guide/a.md"), folder.path().join("guide/c.md")).expect("it is there");
        expect(&changes, &["guide/a.md", "guide/c.md"]);
    }
}

#[test]
fn what_does_not_matter_is_not_told() {
    for start in STARTS {
        let (folder, changes) = watched(start);
        fs::create_dir_all(folder.path().join("public/guide")).expect("a folder");
        for name in ["public/index.html", "node_modules/x/index.js", "guide/.a.md.swp", "guide/a.md~"] {
            fs::write(folder.path().join(name), "noise").expect("a file");
        }
        fs::remove_file(folder.path().join("guide/b.md")).expect("it is there");
        expect(&changes, &["guide/b.md"]);
    }
}

#[test]
fn files_of_a_new_folder_are_followed() {
    for start in STARTS {
        let (folder, changes) = watched(start);
        fs::create_dir_all(folder.path().join("new/deep")).expect("a folder");
        assert_eq!(changes.recv_timeout(PATIENCE), Ok(Change::Everything));
        fs::write(folder.path().join("new/deep/c.md"), "text").expect("a file");
        expect(&changes, &["new/deep/c.md"]);
    }
}

#[test]
fn a_folder_that_goes_changes_everything() {
    for start in STARTS {
        let (folder, changes) = watched(start);
        fs::remove_dir_all(folder.path().join("guide")).expect("it is there");
        loop {
            match changes.recv_timeout(PATIENCE).expect("a change is told") {
                Change::Everything => break,
                Change::Files(files) => assert!(files.iter().all(|file| file.as_str().starts_with("guide"))),
            }
        }
    }
}

#[test]
fn a_folder_that_is_not_there_cannot_be_watched() {
    for start in STARTS {
        assert!(start(Path::new("no/such/folder")).is_err());
    }
}
