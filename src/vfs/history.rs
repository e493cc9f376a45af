//! Who changed files and when, from the history of their git repository. No git program is needed, and nothing is run.
//!
//! One pass over history, the newest commit first, however many files there are. A merge changes what differs from all that
//! it merges, as `git log` has it. A file that was moved without a change of its text keeps its past. Where history is cut off (a shallow
//! copy), what lies before is not known.
#![expect(clippy::disallowed_methods, reason = "this module is where the history of the files is read")]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use gix::revision::walk::Sorting;
use gix::{ObjectId, Repository};

use super::{Changes, History};
use crate::base::SourcePath;

/// In how many of the last commits a file is looked for that is gone.
const RECENT: usize = 500;

/// The repository that a folder lies in. Only its own settings are read: no one's environment, no hooks.
fn open(root: &Path) -> Option<Repository> {
    gix::discover_opts(root, Default::default(), gix::open::Options::isolated()).ok()
}

/// The commit that the folder is at.
pub(super) fn revision(root: &Path) -> Option<String> {
    Some(open(root)?.head_id().ok()?.to_string())
}

/// Whether the repository holds only the end of its history.
pub(super) fn is_cut_off(root: &Path) -> bool {
    open(root).is_some_and(|repository| repository.is_shallow().unwrap_or(false))
}

/// The history of the Markdown files in `below`, a folder of the project at `root`.
pub(super) fn read(root: &Path, below: &SourcePath) -> Option<History> {
    // Seen from `.`, the repository would lie at an empty path.
    let root = fs::canonicalize(root).ok()?;
    let repository = open(&root)?;
    let workdir = fs::canonicalize(repository.workdir()?).ok()?;
    let mut folder: Vec<&str> = Vec::new();
    for part in root.strip_prefix(&workdir).ok()?.components() {
        folder.push(part.as_os_str().to_str()?);
    }
    folder.extend(below.as_str().split('/').filter(|name| !name.is_empty()));
    let head = repository.head_id().ok()?.detach();
    let sorting = Sorting::ByCommitTime(Default::default());
    let walk = repository.rev_walk([head]).sorting(sorting).all().ok()?;
    let (trees, names) = (HashMap::new(), HashMap::new());
    let mut reader = Reader { repository: &repository, folder, trees, names, files: BTreeMap::new() };
    for commit in walk {
        // A commit that is not there ends what can be known.
        let Ok(commit) = commit else { break };
        reader.commit(commit.id);
    }
    Some(reader.history(below))
}

/// What a file of the project at `root` held in the newest commit that has it. Only the last commits are looked at.
pub(super) fn last_contents(root: &Path, path: &SourcePath) -> Option<Vec<u8>> {
    let root = fs::canonicalize(root).ok()?;
    let repository = open(&root)?;
    let workdir = fs::canonicalize(repository.workdir()?).ok()?;
    let whole = root.strip_prefix(&workdir).ok()?.join(path.as_str());
    let head = repository.head_id().ok()?.detach();
    let sorting = Sorting::ByCommitTime(Default::default());
    let walk = repository.rev_walk([head]).sorting(sorting).all().ok()?;
    for commit in walk.take(RECENT) {
        let tree = commit.ok()?.object().ok()?.tree().ok()?;
        if let Some(entry) = tree.lookup_entry_by_path(&whole).ok()?.filter(|entry| entry.mode().is_blob()) {
            return Some(entry.object().ok()?.detach().data);
        }
    }
    None
}

struct Reader<'r> {
    repository: &'r Repository,
    /// The names that lead from the repository to the folder of the pages.
    folder: Vec<&'r str>,
    /// That folder in each commit, if it is there.
    trees: HashMap<ObjectId, Option<ObjectId>>,
    /// What files are called now that were called otherwise in the commits that are still to come.
    names: HashMap<String, String>,
    files: BTreeMap<String, File>,
}

/// What a commit did to the Markdown files.
#[derive(Default)]
struct Difference {
    /// Those that are new or others.
    changed: BTreeSet<String>,
    /// Those that are new, by what they say.
    added: BTreeMap<ObjectId, String>,
    /// Those that are gone, by what they said.
    removed: BTreeMap<ObjectId, String>,
}

/// What is known of a file.
struct File {
    last: i64,
    /// By address: the name, and how many commits.
    authors: BTreeMap<String, (String, usize)>,
}

impl Reader<'_> {
    /// Notes what a commit changed; `None` if it cannot be told.
    fn commit(&mut self, id: ObjectId) -> Option<()> {
        let commit = self.repository.find_commit(id).ok()?;
        let tree = self.tree(id)?;
        let parents: Vec<ObjectId> = commit.parent_ids().map(|parent| parent.detach()).collect();
        let mut before = Vec::with_capacity(parents.len());
        for parent in parents {
            before.push(self.tree(parent)?);
        }
        if before.contains(&tree) {
            return Some(());
        }
        let mut changed: Option<BTreeSet<String>> = None;
        let mut moved = Vec::new();
        let is_merge = before.len() > 1;
        for old in if before.is_empty() { vec![None] } else { before } {
            let mut difference = self.difference(old, tree)?;
            if !is_merge {
                let new_name = |(id, old)| Some((old, difference.added.get(&id)?.clone()));
                moved.extend(std::mem::take(&mut difference.removed).into_iter().filter_map(new_name));
            }
            changed = Some(match changed {
                Some(known) => known.intersection(&difference.changed).cloned().collect(),
                None => difference.changed,
            });
        }
        let author = commit.author().ok()?;
        let (name, address) = (author.name.to_string(), author.email.to_string().to_lowercase());
        let time = author.seconds();
        for path in changed.unwrap_or_default() {
            // The first that is met is the newest.
            let path = self.name(path);
            let file = self.files.entry(path).or_insert_with(|| File { last: time, authors: BTreeMap::new() });
            file.authors.entry(address.clone()).or_insert_with(|| (name.clone(), 0)).1 += 1;
        }
        for (old, new) in moved {
            let new = self.name(new);
            self.names.insert(old, new);
        }
        Some(())
    }

    /// What a file of a commit is called now.
    fn name(&self, path: String) -> String {
        self.names.get(&path).cloned().unwrap_or(path)
    }

    /// The folder of the pages in a commit; `None` if the commit is not there.
    fn tree(&mut self, commit: ObjectId) -> Option<Option<ObjectId>> {
        if let Some(known) = self.trees.get(&commit) {
            return Some(*known);
        }
        let mut tree = Some(self.repository.find_commit(commit).ok()?.tree_id().ok()?.detach());
        for name in &self.folder {
            let Some(id) = tree else { break };
            let entries = self.entries(Some(id))?;
            tree = entries.get(*name).filter(|(_, is_folder)| *is_folder).map(|(id, _)| *id);
        }
        self.trees.insert(commit, tree);
        Some(tree)
    }

    /// What is in a folder: names with what they are, and whether it is a folder again.
    fn entries(&self, tree: Option<ObjectId>) -> Option<BTreeMap<String, (ObjectId, bool)>> {
        let Some(tree) = tree else { return Some(BTreeMap::new()) };
        let tree = self.repository.find_tree(tree).ok()?;
        let entries = tree.decode().ok()?.entries;
        let entry = |entry: &gix::objs::tree::EntryRef<'_>| {
            (entry.filename.to_string(), (entry.oid.to_owned(), entry.mode.is_tree()))
        };
        Some(entries.iter().map(entry).collect())
    }

    /// What became of the Markdown files between two folders, by path below them.
    fn difference(&self, old: Option<ObjectId>, new: Option<ObjectId>) -> Option<Difference> {
        let mut found = Difference::default();
        let mut folders = vec![(String::new(), old, new)];
        while let Some((prefix, old, new)) = folders.pop() {
            let (old, new) = (self.entries(old)?, self.entries(new)?);
            let is_page = |path: &str| SourcePath::new(path).is_some_and(|path| path.is_markdown());
            for name in old.keys().chain(new.keys().filter(|name| !old.contains_key(*name))) {
                let (before, after) = (old.get(name), new.get(name));
                if before == after {
                    continue;
                }
                let path = format!("{prefix}{name}");
                let folder =
                    |entry: Option<&(ObjectId, bool)>| entry.filter(|(_, is_folder)| *is_folder).map(|(id, _)| *id);
                let file =
                    |entry: Option<&(ObjectId, bool)>| entry.filter(|(_, is_folder)| !is_folder).map(|(id, _)| *id);
                if folder(before).is_some() || folder(after).is_some() {
                    folders.push((format!("{path}/"), folder(before), folder(after)));
                }
                match (file(before), file(after)) {
                    _ if !is_page(&path) => {}
                    (_, None) => found.removed.extend(file(before).map(|id| (id, path))),
                    (before, Some(id)) => {
                        if before.is_none() {
                            found.added.insert(id, path.clone());
                        }
                        found.changed.insert(path);
                    }
                }
            }
        }
        Some(found)
    }

    fn history(self, below: &SourcePath) -> History {
        let changes = |file: File| {
            let mut authors: Vec<(String, usize)> = file.authors.into_values().collect();
            authors.sort_by(|(a, commits), (b, others)| others.cmp(commits).then_with(|| a.cmp(b)));
            let authors = authors.into_iter().map(|(name, _)| Arc::from(name)).collect();
            Changes { last: file.last, authors }
        };
        self.files.into_iter().filter_map(|(path, file)| Some((below.join(&path)?, changes(file)))).collect()
    }
}

#[cfg(test)]
mod tests {
    use gix::actor::SignatureRef;
    use gix::objs::tree::{Entry, EntryKind};

    use super::*;

    /// A tree of these files, whose folders are at most one deep.
    fn tree(repository: &Repository, files: &[(&str, &str)]) -> ObjectId {
        let entry =
            |kind: EntryKind, name: &str, oid: ObjectId| Entry { mode: kind.into(), filename: name.into(), oid };
        let mut folders: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
        let mut entries = Vec::new();
        for (path, text) in files {
            match path.split_once('/') {
                Some((folder, rest)) => folders.entry(folder).or_default().push((rest, text)),
                None => {
                    let blob = repository.write_blob(text.as_bytes()).expect("it is written").detach();
                    entries.push(entry(EntryKind::Blob, path, blob));
                }
            }
        }
        for (name, files) in folders {
            entries.push(entry(EntryKind::Tree, name, tree(repository, &files)));
        }
        entries.sort();
        repository.write_object(gix::objs::Tree { entries }).expect("it is written").detach()
    }

    /// A commit of these files.
    fn commit(
        repository: &Repository,
        author: &str,
        time: i64,
        files: &[(&str, &str)],
        parents: &[ObjectId],
    ) -> ObjectId {
        let (address, time) = (format!("{author}@example.org"), format!("{time} +0200"));
        let author = SignatureRef { name: author.into(), email: address.as_str().into(), time: &time };
        let commit = gix::objs::Commit {
            tree: tree(repository, files),
            parents: parents.to_vec().into(),
            author: author.to_owned().expect("a signature"),
            committer: author.to_owned().expect("a signature"),
            encoding: None,
            message: "x".into(),
            extra_headers: Vec::new(),
        };
        repository.write_object(commit).expect("it is written").detach()
    }

    /// The history of `docs`, a line a file.
    fn shown(root: &Path, below: &str) -> Vec<String> {
        let below = SourcePath::new(below).expect("a path");
        let history = read(root, &below).expect("a history");
        let line = |(path, changes): (&SourcePath, &Changes)| format!("{path} {} {:?}", changes.last, changes.authors);
        history.iter().map(line).collect()
    }

    #[test]
    fn what_is_moved_keeps_its_past() {
        let folder = tempfile::tempdir().expect("a folder");
        let repository = gix::init(folder.path()).expect("a repository");
        let commit = |author, time, files: &[(&str, &str)], parents: &[ObjectId]| {
            commit(&repository, author, time, files, parents)
        };
        let first = commit("Ada", 1000, &[("docs/a.md", "1"), ("docs/b.md", "b"), ("old/c.md", "c")], &[]);
        let second = commit("Bob", 2000, &[("docs/a.md", "2"), ("docs/b.md", "b"), ("old/c.md", "c")], &[first]);
        // A file, and all of a folder; and another file takes the name of the first.
        let third = commit("Cyd", 3000, &[("docs/new.md", "2"), ("docs/b.md", "b"), ("docs/c.md", "c")], &[second]);
        let last = commit(
            "Dan",
            4000,
            &[("docs/new.md", "3"), ("docs/a.md", "x"), ("docs/b.md", "b"), ("docs/c.md", "c")],
            &[third],
        );
        fs::write(folder.path().join(".git/HEAD"), format!("{last}\n")).expect("it is written");
        assert_eq!(
            shown(folder.path(), ""),
            [
                "docs/a.md 4000 [\"Dan\"]",
                "docs/b.md 1000 [\"Ada\"]",
                "docs/c.md 3000 [\"Ada\", \"Cyd\"]",
                "docs/new.md 4000 [\"Ada\", \"Bob\", \"Cyd\", \"Dan\"]",
            ]
        );
    }

    #[test]
    fn a_second_folder_of_a_repository_and_a_module_have_a_history() {
        let folder = tempfile::tempdir().expect("a folder");
        let (main, other) = (folder.path().join("main"), folder.path().join("other"));
        let repository = gix::init(&main).expect("a repository");
        let first = commit(&repository, "Ada", 1000, &[("docs/a.md", "1")], &[]);
        let second = commit(&repository, "Bob", 2000, &[("docs/a.md", "2")], &[first]);
        fs::write(main.join(".git/HEAD"), format!("{first}\n")).expect("it is written");
        // As `git worktree add` leaves it: a file that says where the repository is, and what is checked out there.
        let own = main.join(".git/worktrees/other");
        fs::create_dir_all(&own).expect("a folder");
        fs::create_dir_all(other.join("docs")).expect("a folder");
        fs::write(other.join(".git"), format!("gitdir: {}\n", own.display())).expect("it is written");
        fs::write(own.join("HEAD"), format!("{second}\n")).expect("it is written");
        fs::write(own.join("commondir"), "../..\n").expect("it is written");
        fs::write(own.join("gitdir"), format!("{}\n", other.join(".git").display())).expect("it is written");
        assert_eq!(shown(&other, "docs"), ["docs/a.md 2000 [\"Ada\", \"Bob\"]"]);
        assert_eq!(shown(&main, "docs"), ["docs/a.md 1000 [\"Ada\"]"]);
        assert_eq!(revision(&other), Some(second.to_string()));
        // A submodule has its repository inside that of the project around it.
        let module = main.join("module");
        fs::create_dir_all(main.join(".git/modules")).expect("a folder");
        let inner = gix::init(&module).expect("a repository");
        let own = commit(&inner, "Eve", 3000, &[("a.md", "1")], &[]);
        fs::write(module.join(".git/HEAD"), format!("{own}\n")).expect("it is written");
        fs::rename(module.join(".git"), main.join(".git/modules/module")).expect("it is moved");
        fs::write(module.join(".git"), "gitdir: ../.git/modules/module\n").expect("it is written");
        assert_eq!(shown(&module, ""), ["a.md 3000 [\"Eve\"]"]);
    }

    #[test]
    fn a_file_that_is_gone_is_remembered() {
        let folder = tempfile::tempdir().expect("a folder");
        let repository = gix::init(folder.path()).expect("a repository");
        let first = commit(&repository, "Ada", 1000, &[("docs/a.md", "1"), ("b.md", "b")], &[]);
        let second = commit(&repository, "Ada", 2000, &[("docs/a.md", "2"), ("b.md", "b")], &[first]);
        let third = commit(&repository, "Ada", 3000, &[("docs/c.md", "2"), ("b.md", "b")], &[second]);
        fs::write(folder.path().join(".git/HEAD"), format!("{third}\n")).expect("it is written");
        fs::create_dir(folder.path().join("docs")).expect("a folder");
        let remembered =
            |root: &str, path: &str| last_contents(&folder.path().join(root), &SourcePath::new(path).expect("a path"));
        assert_eq!(remembered("", "docs/a.md"), Some(b"2".to_vec()));
        assert_eq!(remembered("docs", "a.md"), Some(b"2".to_vec()));
        assert_eq!(remembered("", "docs"), None);
        assert_eq!(remembered("", "docs/never.md"), None);
    }

    #[test]
    fn a_repository_that_is_broken_has_no_history() {
        let folder = tempfile::tempdir().expect("a folder");
        let repository = gix::init(folder.path()).expect("a repository");
        // Nothing is committed yet.
        assert_eq!((revision(folder.path()), read(folder.path(), &SourcePath::root())), (None, None));
        let first = commit(&repository, "Ada", 1000, &[("a.md", "1")], &[]);
        for head in ["ref: refs/heads/gone\n", "nonsense\n", "0123456789012345678901234567890123456789\n", ""] {
            fs::write(folder.path().join(".git/HEAD"), head).expect("it is written");
            assert_eq!(read(folder.path(), &SourcePath::root()).unwrap_or_default(), History::default(), "{head}");
        }
        fs::write(folder.path().join(".git/HEAD"), format!("{first}\n")).expect("it is written");
        assert_eq!(shown(folder.path(), ""), ["a.md 1000 [\"Ada\"]"]);
        fs::remove_dir_all(folder.path().join(".git")).expect("it is removed");
        fs::write(folder.path().join(".git"), "gitdir: /nowhere\n").expect("it is written");
        assert_eq!(read(folder.path(), &SourcePath::root()), None);
    }

    #[test]
    fn one_pass_tells_who_and_when() {
        let folder = tempfile::tempdir().expect("a folder");
        let repository = gix::init(folder.path()).expect("a repository");
        let commit = |author, time, files: &[(&str, &str)], parents: Vec<ObjectId>| {
            commit(&repository, author, time, files, &parents)
        };
        let first = commit("Ada", 1000, &[("docs/a.md", "1"), ("docs/g/b.md", "1"), ("README.md", "1")], vec![]);
        let second = commit("Bob", 2000, &[("docs/a.md", "2"), ("docs/g/b.md", "1"), ("docs/c.txt", "1")], vec![first]);
        let side = commit("Ada", 1500, &[("docs/a.md", "1"), ("docs/g/b.md", "2"), ("README.md", "1")], vec![first]);
        let merged = [("docs/a.md", "2"), ("docs/g/b.md", "2"), ("docs/c.txt", "1")];
        let merge = commit("Bob", 3000, &merged, vec![second, side]);
        fs::write(folder.path().join(".git/HEAD"), format!("{merge}\n")).expect("it is written");
        fs::create_dir(folder.path().join("docs")).expect("a folder");

        assert_eq!(shown(folder.path(), "docs"), ["docs/a.md 2000 [\"Ada\", \"Bob\"]", "docs/g/b.md 1500 [\"Ada\"]"]);
        // The project may be a folder of the repository.
        assert_eq!(shown(&folder.path().join("docs"), ""), ["a.md 2000 [\"Ada\", \"Bob\"]", "g/b.md 1500 [\"Ada\"]"]);
        assert_eq!(revision(folder.path()), Some(merge.to_string()));
        assert!(!is_cut_off(folder.path()));

        // A copy that begins with the last commit: what it changed cannot be told from what was there before.
        for commit in [first, second, side] {
            let name = commit.to_string();
            fs::remove_file(folder.path().join(format!(".git/objects/{}/{}", &name[..2], &name[2..])))
                .expect("it is there");
        }
        fs::write(folder.path().join(".git/shallow"), format!("{merge}\n")).expect("it is written");
        assert!(is_cut_off(folder.path()));
        assert_eq!(shown(folder.path(), "docs"), <[&str; 0]>::default());
    }

    #[test]
    fn a_folder_without_history_has_none() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(revision(folder.path()), None);
        assert_eq!(read(folder.path(), &SourcePath::root()), None);
    }
}
