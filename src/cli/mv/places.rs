//! Places that nothing is moved from or to, as the disk has them.

use std::collections::BTreeMap;
use std::path::Path;

use crate::base::SourcePath;
use crate::vfs::{Files, is_skipped};

/// Why nothing can be moved from or to these places of `root`.
pub(super) fn refused(root: &Path, from: &SourcePath, to: &SourcePath, files: &dyn Files) -> Option<String> {
    let disk = |path: &SourcePath| root.join(path.as_str());
    for path in [from, to] {
        if let Some(link) = whole(path).find(|part| disk(part).is_symlink()) {
            return Some(format!(
                "`{link}` is a link to another place of the disk: name what it leads to, or move it by hand"
            ));
        }
    }
    let is_file = disk(from).is_file();
    if let Some(folder) = whole(to).find(|part| !(is_file && part == to) && is_skipped(&disk(part))) {
        return Some(format!("`{folder}` is no part of the site: no page is read there"));
    }
    let real = disk(from).canonicalize().ok();
    let mut known: BTreeMap<SourcePath, bool> = BTreeMap::new();
    let mut is_link = |path: &SourcePath| match known.get(path) {
        Some(is_link) => *is_link,
        None => *known.entry(path.clone()).or_insert_with(|| disk(path).is_symlink()),
    };
    for file in files.list().ok()?.files {
        let Some(link) = whole(&file).find(&mut is_link) else { continue };
        if link.below(from).is_some() {
            return Some(format!(
                "`{link}` is a link to another place of the disk, and may lead nowhere then: move it by hand first"
            ));
        }
        if real.as_ref().zip(disk(&link).canonicalize().ok()).is_some_and(|(real, leads)| leads.starts_with(real)) {
            return Some(format!(
                "`{link}` is a link to what would be moved, and would lead nowhere: move it by hand first"
            ));
        }
    }
    None
}

/// A path and the folders that it lies in, from the outermost.
fn whole(path: &SourcePath) -> impl Iterator<Item = SourcePath> {
    let text = path.as_str();
    let ends = text.match_indices('/').map(|(at, _)| at).chain([text.len()]);
    ends.filter_map(|end| SourcePath::new(&text[..end])).filter(|path| !path.as_str().is_empty())
}
