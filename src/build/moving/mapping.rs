//! Which file becomes which.

use std::collections::BTreeMap;

use super::seen::Seen;
use crate::base::SourcePath;

/// The paths of a project before and after a move.
pub(super) struct Mapping {
    pub from: SourcePath,
    pub to: SourcePath,
    files: BTreeMap<SourcePath, SourcePath>,
}

impl Mapping {
    /// The move of a file or of all that lies in a folder; why it makes no sense.
    pub fn new(from: &SourcePath, to: &SourcePath, seen: &Seen<'_>) -> Result<Mapping, String> {
        let content = &seen.config.project.content;
        let folder = if content.as_str().is_empty() { "this folder".to_owned() } else { format!("`{content}`") };
        if from.as_str().is_empty() || from == content {
            return Err("the folder of all pages cannot be moved".to_owned());
        }
        if let Some(name) = to.as_str().split('/').find(|name| name.chars().any(char::is_control)) {
            return Err(format!(
                "`{}` cannot be the name of a page: it has a line end or the like in it",
                name.escape_debug()
            ));
        }
        // What is published as it is may lie in a hidden folder: `.vuepress/public`.
        let public = &seen.config.project.public;
        let folder_of =
            |path: &SourcePath| public.iter().find(|folder| path == *folder || path.below(folder).is_some());
        let (was, is) = (folder_of(from), folder_of(to));
        if let Some(folder) = was.or(is).filter(|_| was != is || was == Some(from)) {
            return Err(format!(
                "what lies in `{folder}` is published as it is, and can only be moved within it: move it by hand, and see \
                 with `pressoir check` which links led to it"
            ));
        }
        let hidden_from = was.map_or(0, |folder| folder.as_str().len());
        for path in [from, to] {
            if was.is_none() && path.below(content).is_none() {
                return Err(format!("`{path}` does not lie in {folder}, where the pages are"));
            }
        }
        if from == to {
            return Err(format!("`{to}` is there already"));
        }
        if to.below(from).is_some() {
            return Err(format!("`{from}` cannot be moved into itself"));
        }
        let is_hidden = |path: &SourcePath| path.as_str()[hidden_from..].split('/').any(|name| name.starts_with('.'));
        if is_hidden(from) || is_hidden(to) {
            return Err(format!("`{}` is hidden, and no part of the site", if is_hidden(from) { from } else { to }));
        }
        let mapping = Mapping { from: from.clone(), to: to.clone(), files: BTreeMap::new() };
        let files: BTreeMap<SourcePath, SourcePath> =
            seen.files.iter().filter(|path| mapping.moves(path)).map(|path| (path.clone(), mapping.of(path))).collect();
        if files.is_empty() {
            return Err(format!("there is no file or folder `{from}`"));
        }
        if files.contains_key(from) {
            if from.is_markdown() != to.is_markdown() {
                return Err(format!("`{to}` would be {} page", if to.is_markdown() { "a" } else { "no" }));
            }
            if seen.pages.iter().any(|page| page.head.template.as_ref() == Some(from) && !page.head.stands_in) {
                return Err(format!("`{from}` makes several pages: move its folder, with what belongs to it"));
            }
        }
        let stands_there = |path: &&SourcePath| *path == to || path.below(to).is_some() || to.below(path).is_some();
        if let Some(path) = seen.files.iter().find(|path| stands_there(path) && !mapping.moves(path)) {
            return Err(format!("`{path}` is there already: nothing is overwritten"));
        }
        Ok(Mapping { files, ..mapping })
    }

    /// Whether a folder moves, with all that is in it.
    pub fn is_of_folder(&self) -> bool {
        !self.files.contains_key(&self.from)
    }

    /// Whether this file moves.
    pub fn moves(&self, path: &SourcePath) -> bool {
        *path == self.from || path.below(&self.from).is_some()
    }

    /// What a path is afterwards.
    pub fn of(&self, path: &SourcePath) -> SourcePath {
        match path.below(&self.from) {
            _ if *path == self.from => self.to.clone(),
            Some(rest) => self.to.join(rest).unwrap_or_else(|| path.clone()),
            None => path.clone(),
        }
    }

    /// The files that move, each with where to.
    pub fn files(&self) -> impl Iterator<Item = (&SourcePath, &SourcePath)> {
        self.files.iter()
    }
}
