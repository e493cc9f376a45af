//! Who changed files and when, from the history of their git repository. No git program is needed, and nothing is run.
//!
//! One pass over history, the newest commit first, however many files there are. A merge changes what differs from all that
//! it merges, as `git log` has it. Where history is cut off (a shallow copy), what lies before is not known.
#![expect(clippy::disallowed_methods, reason = "this module is where the history of the files is read")]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use gix::revision::walk::Sorting;
use gix::{ObjectId, Repository};

use super::{Changes, History};
use crate::base::SourcePath;

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
    let mut reader = Reader { repository: &repository, folder, trees: HashMap::new(), files: BTreeMap::new() };
    for commit in walk {
        // A commit that is not there ends what can be known.
        let Ok(commit) = commit else { break };
        reader.commit(commit.id);
    }
    Some(reader.history(below))
}

struct Reader<'r> {
    repository: &'r Repository,
    /// The names that lead from the repository to the folder of the pages.
    folder: Vec<&'r str>,
    /// That folder in each commit, if it is there.
    trees: HashMap<ObjectId, Option<ObjectId>>,
    files: BTreeMap<String, File>,
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
        for old in if before.is_empty() { vec![None] } else { before } {
            let differing = self.changed(old, tree)?;
            changed = Some(match changed {
                Some(known) => known.intersection(&differing).cloned().collect(),
                None => differing,
            });
        }
        let author = commit.author().ok()?;
        let (name, address) = (author.name.to_string(), author.email.to_string().to_lowercase());
        let time = author.seconds();
        for path in changed.unwrap_or_default() {
            // The first that is met is the newest.
            let file = self.files.entry(path).or_insert_with(|| File { last: time, authors: BTreeMap::new() });
            file.authors.entry(address.clone()).or_insert_with(|| (name.clone(), 0)).1 += 1;
        }
        Some(())
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

    /// The Markdown files that are others in `new` than in `old`, by path below the folder.
    fn changed(&self, old: Option<ObjectId>, new: Option<ObjectId>) -> Option<BTreeSet<String>> {
        let mut changed = BTreeSet::new();
        let mut folders = vec![(String::new(), old, new)];
        while let Some((prefix, old, new)) = folders.pop() {
            let old = self.entries(old)?;
            for (name, (id, is_folder)) in self.entries(new)? {
                let before = old.get(&name);
                if before == Some(&(id, is_folder)) {
                    continue;
                }
                let path = format!("{prefix}{name}");
                if is_folder {
                    let before = before.filter(|(_, was_folder)| *was_folder).map(|(id, _)| *id);
                    folders.push((format!("{path}/"), before, Some(id)));
                } else if SourcePath::new(&path).is_some_and(|path| path.is_markdown()) {
                    changed.insert(path);
                }
            }
        }
        Some(changed)
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

    #[test]
    fn one_pass_tells_who_and_when() {
        let folder = tempfile::tempdir().expect("a folder");
        let repository = gix::init(folder.path()).expect("a repository");
        let commit = |author: &str, time: i64, files: &[(&str, &str)], parents: Vec<ObjectId>| {
            let (address, time) = (format!("{author}@example.org"), format!("{time} +0200"));
            let author = SignatureRef { name: author.into(), email: address.as_str().into(), time: &time };
            let tree = tree(&repository, files);
            let commit = gix::objs::Commit {
                tree,
                parents: parents.into(),
                author: author.to_owned().expect("a signature"),
                committer: author.to_owned().expect("a signature"),
                encoding: None,
                message: "x".into(),
                extra_headers: Vec::new(),
            };
            repository.write_object(commit).expect("it is written").detach()
        };
        let first = commit("Ada", 1000, &[("docs/a.md", "1"), ("docs/g/b.md", "1"), ("README.md", "1")], vec![]);
        let second = commit("Bob", 2000, &[("docs/a.md", "2"), ("docs/g/b.md", "1"), ("docs/c.txt", "1")], vec![first]);
        let side = commit("Ada", 1500, &[("docs/a.md", "1"), ("docs/g/b.md", "2"), ("README.md", "1")], vec![first]);
        let merged = [("docs/a.md", "2"), ("docs/g/b.md", "2"), ("docs/c.txt", "1")];
        let merge = commit("Bob", 3000, &merged, vec![second, side]);
        fs::write(folder.path().join(".git/HEAD"), format!("{merge}\n")).expect("it is written");
        fs::create_dir(folder.path().join("docs")).expect("a folder");

        let docs = SourcePath::new("docs").expect("a path");
        let shown = |root: &Path, below: &SourcePath| -> Vec<String> {
            let history = read(root, below).expect("a history");
            let line =
                |(path, changes): (&SourcePath, &Changes)| format!("{path} {} {:?}", changes.last, changes.authors);
            history.iter().map(line).collect()
        };
        assert_eq!(shown(folder.path(), &docs), ["docs/a.md 2000 [\"Ada\", \"Bob\"]", "docs/g/b.md 1500 [\"Ada\"]"]);
        // The project may be a folder of the repository.
        assert_eq!(
            shown(&folder.path().join("docs"), &SourcePath::root()),
            ["a.md 2000 [\"Ada\", \"Bob\"]", "g/b.md 1500 [\"Ada\"]"]
        );
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
        assert_eq!(shown(folder.path(), &docs), <[&str; 0]>::default());
    }

    #[test]
    fn a_folder_without_history_has_none() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(revision(folder.path()), None);
        assert_eq!(read(folder.path(), &SourcePath::root()), None);
    }
}
