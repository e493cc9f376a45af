use std::collections::BTreeMap;

use tempfile::TempDir;

use super::*;
use crate::vfs::Memory;

fn output(files: &[(&str, &str)]) -> Output {
    let artefact = |text: &str| Artefact::bytes(text.as_bytes());
    files.iter().map(|(path, text)| (OutPath::new(path).expect("a path"), artefact(text))).collect()
}

fn publish(folder: &Path, files: &[(&str, &str)]) -> Result<Published, Refusal> {
    Disk::new(folder).publish(&output(files), &Memory::default())
}

/// What lies in the folder besides our own bookkeeping.
fn contents(folder: &Path) -> BTreeMap<String, String> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("it can be read"))
        .filter(|entry| entry.file_type().is_file() && !entry.path().to_string_lossy().contains(".pressoir-"))
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("it lies below").to_string_lossy().into_owned();
            (path, fs::read_to_string(entry.path()).expect("it is text"))
        })
        .collect()
}

fn tree(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder can be made")
}

const OLD: &[(&str, &str)] = &[("index.html", "1"), ("a.html", "1"), ("guide/b.html", "1"), ("c", "1"), ("d/e/f", "1")];
const NEW: &[(&str, &str)] =
    &[("index.html", "2"), ("a.html", "1"), ("c/index.html", "2"), ("d/e", "2"), ("g/h.html", "2")];

#[test]
fn only_what_changed_is_touched() {
    let folder = folder();
    let first = publish(folder.path(), OLD).expect("an empty folder");
    assert_eq!(first, Published { written: 5, unchanged: 0, removed: 0 });
    let again = publish(folder.path(), OLD).expect("the same");
    assert_eq!(again, Published { written: 0, unchanged: 5, removed: 0 });
    let changed = publish(folder.path(), NEW).expect("another");
    assert_eq!(changed, Published { written: 4, unchanged: 1, removed: 3 });
    assert_eq!(contents(folder.path()), tree(NEW));
    assert!(!folder.path().join("guide").exists(), "an empty folder stayed");
}

#[test]
fn a_file_in_the_place_of_the_folder_stays() {
    let folder = folder();
    fs::write(folder.path().join("notes"), "mine").expect("it can be written");
    for below in ["notes", "notes/site/deep"] {
        let refusal = publish(&folder.path().join(below), OLD).expect_err("a file is no folder");
        assert!(matches!(&refusal, Refusal::NoFolder(path) if path.ends_with("notes")), "{refusal:?}");
    }
    assert_eq!(contents(folder.path()), tree(&[("notes", "mine")]));
}

#[test]
fn an_equal_build_changes_no_file() {
    let folder = folder();
    publish(folder.path(), OLD).expect("an empty folder");
    let stamp =
        |path: &str| fs::metadata(folder.path().join(path)).and_then(|found| found.modified()).expect("it is there");
    let before = [stamp("index.html"), stamp(OUTPUT_MARK)];
    publish(folder.path(), OLD).expect("the same");
    assert_eq!(before, [stamp("index.html"), stamp(OUTPUT_MARK)]);
}

#[test]
fn what_is_not_ours_is_left_alone() {
    let folder = folder();
    fs::write(folder.path().join(".gitignore"), "*").expect("a file");
    fs::create_dir_all(folder.path().join("guide")).expect("a folder");
    fs::write(folder.path().join("guide/mine.txt"), "mine").expect("a file");
    publish(folder.path(), OLD).expect("nothing lies in the way");
    publish(folder.path(), NEW).expect("nothing lies in the way");
    let found = contents(folder.path());
    assert_eq!(found.len(), NEW.len() + 2);
    assert_eq!(found["guide/mine.txt"], "mine");
}

#[test]
fn a_file_in_the_way_stops_everything() {
    for (path, text) in [("a.html", "mine"), ("guide", "mine"), ("c/mine.txt", "mine")] {
        let folder = folder();
        let place = folder.path().join(path);
        fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        fs::write(&place, text).expect("a file");
        let refusal = publish(folder.path(), OLD).expect_err("it lies in the way");
        assert!(matches!(&refusal, Refusal::Foreign(paths) if paths.len() == 1), "{path}: {refusal}");
        assert_eq!(contents(folder.path()), tree(&[(path, text)]));
    }
}

#[test]
fn an_equal_file_of_someone_else_stays_theirs() {
    let folder = folder();
    fs::write(folder.path().join("a.html"), "1").expect("a file");
    publish(folder.path(), OLD).expect("it is equal");
    let again = publish(folder.path(), OLD).expect("it is equal");
    assert_eq!(again, Published { written: 0, unchanged: 5, removed: 0 });
    publish(folder.path(), &[]).expect("nothing lies in the way");
    assert_eq!(contents(folder.path()), tree(&[("a.html", "1")]));
    publish(folder.path(), &[("a.html", "2")]).expect_err("it is not ours");
}

#[cfg(unix)]
#[test]
fn links_in_the_output_are_not_followed() {
    use std::os::unix::fs::symlink;
    let (folder, outside) = (folder(), folder());
    publish(folder.path(), OLD).expect("an empty folder");
    fs::remove_dir_all(folder.path().join("guide")).expect("it is there");
    fs::remove_file(folder.path().join("a.html")).expect("it is there");
    fs::write(outside.path().join("b.html"), "mine").expect("a file");
    symlink(outside.path(), folder.path().join("guide")).expect("a link");
    symlink(outside.path().join("b.html"), folder.path().join("a.html")).expect("a link");
    let refusal = publish(folder.path(), OLD).expect_err("the folder is a link");
    assert!(matches!(&refusal, Refusal::Foreign(paths) if paths.len() == 1), "{refusal}");
    publish(folder.path(), &[("a.html", "2")]).expect("only the link is replaced");
    assert_eq!(contents(folder.path()), tree(&[("a.html", "2")]));
    assert_eq!(contents(outside.path()), tree(&[("b.html", "mine")]));
}

#[test]
fn names_with_line_breaks_are_one_name() {
    let folder = folder();
    fs::write(folder.path().join(".gitignore"), "*").expect("a file");
    publish(folder.path(), &[("a\n.gitignore", "1")]).expect("nothing lies in the way");
    publish(folder.path(), &[]).expect("nothing lies in the way");
    assert_eq!(contents(folder.path()), tree(&[(".gitignore", "*")]));
}

#[test]
fn what_no_disk_can_hold_stops_everything() {
    let long = format!("{}.html", "x".repeat(255));
    for impossible in [long.as_str(), "index.html/a.html"] {
        let folder = folder();
        publish(folder.path(), OLD).expect("an empty folder");
        let refusal = publish(folder.path(), &[("index.html", "2"), (impossible, "1")]).expect_err("it cannot be");
        assert!(matches!(refusal, Refusal::Io(..)), "{refusal}");
        assert_eq!(contents(folder.path()), tree(OLD));
    }
}

#[test]
fn what_was_changed_or_removed_in_the_output_is_mended() {
    let folder = folder();
    publish(folder.path(), OLD).expect("an empty folder");
    fs::write(folder.path().join("a.html"), "x").expect("a file");
    fs::remove_file(folder.path().join("c")).expect("it was there");
    assert_eq!(publish(folder.path(), OLD).expect("ours").written, 2);
    assert_eq!(contents(folder.path()), tree(OLD));
}

#[test]
fn killed_at_any_step_each_file_is_old_or_new_and_the_next_build_mends_the_rest() {
    let mut killed = 0;
    for steps in 0.. {
        let folder = folder();
        publish(folder.path(), OLD).expect("an empty folder");
        let sink = Disk { steps_left: Some(AtomicUsize::new(steps)), ..Disk::new(folder.path()) };
        let whole = sink.publish(&output(NEW), &Memory::default()).is_ok();
        let (old, new) = (tree(OLD), tree(NEW));
        for (path, text) in contents(folder.path()) {
            assert!(
                old.get(&path) == Some(&text) || new.get(&path) == Some(&text),
                "{path} after {steps} steps: {text}"
            );
        }
        // Pages that both sites have are never missing.
        for path in ["index.html", "a.html"] {
            assert!(folder.path().join(path).is_file(), "{path} is missing after {steps} steps");
        }
        // Whatever is built next, it is whole and nothing is left over.
        for next in [NEW, OLD, &[]] {
            publish(folder.path(), next).expect("nothing of ours is taken for another's");
            assert_eq!(contents(folder.path()), tree(next), "after {steps} steps");
            assert!(!folder.path().join(UNFINISHED).exists());
        }
        if whole {
            break;
        }
        killed += 1;
    }
    assert!(killed > 10, "it was killed at {killed} steps only");
}

#[test]
fn two_builds_do_not_write_at_once() {
    let folder = folder();
    let first = Disk::new(folder.path());
    let lock = first.lock(&folder.path().join(UNFINISHED)).expect("nobody else writes");
    assert!(matches!(publish(folder.path(), OLD), Err(Refusal::Busy)));
    assert_eq!(contents(folder.path()), tree(&[]));
    drop(lock);
    publish(folder.path(), OLD).expect("the other has ended");
    assert_eq!(contents(folder.path()), tree(OLD));
    assert!(!folder.path().join(UNFINISHED).exists());
}
