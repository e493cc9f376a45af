//! Where `search-tests.yml` lies: what a site's search has to find.

use std::collections::BTreeSet;

use super::settled::Config;
use crate::base::SourcePath;

/// The paths that such a file may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchTests {
    /// Those that are read, beside the settings: the first that is there.
    pub read: Vec<SourcePath>,
    /// Those where it lies by mistake: beside the pages, of whichever language, or further up.
    pub stray: BTreeSet<SourcePath>,
}

impl Config {
    /// Where the searches lie that have to find something, or are put by mistake.
    pub fn search_tests(&self) -> SearchTests {
        let project = &self.project;
        let named = |folder: &SourcePath| {
            ["yml", "yaml"]
                .into_iter()
                .filter_map(|end| folder.join(&format!("search-tests.{end}")))
                .collect::<Vec<_>>()
        };
        let read = named(&project.settings.as_ref().map_or_else(SourcePath::root, SourcePath::folder));
        let below = [".vuepress", ".vitepress"]
            .into_iter()
            .chain(self.site.locales.iter().map(|one| one.prefix.trim_matches('/')));
        let folders = below.filter_map(|folder| project.content.join(folder));
        let folders = folders.chain([SourcePath::root(), project.lock().folder(), project.content.clone()]);
        let stray = folders.flat_map(|folder| named(&folder)).filter(|path| !read.contains(path)).collect();
        SearchTests { read, stray }
    }
}
