//! What a page's HTML depends on.

use serde::Serialize;

use super::Conventions;

/// What the parsing of a page depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct MarkdownConfig {
    /// The conventions of headings, titles, containers and links.
    pub conventions: Conventions,
    /// Whether extensions that the conventions lack are on: task lists, footnotes, ... (native and bare folders).
    pub extended: bool,
    /// Whether code blocks have line numbers unless they say otherwise.
    pub line_numbers: bool,
    /// Levels of headings in `[[toc]]`, first and last included.
    pub toc_levels: (u8, u8),
    /// The language of pages, by prefix of their path below the content folder, longest first; `("", "en-US")` comes last.
    pub languages: Vec<(String, String)>,
    /// Titles of containers that have none of their own, where the settings give them.
    pub container_titles: Vec<ContainerTitle>,
    /// Kinds of containers that the settings add.
    pub containers: Vec<ContainerConfig>,
    /// Whether `> [!NOTE]` is a container; `None`: as the conventions have it.
    pub alerts: Option<bool>,
}

/// What a container says that has no title of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ContainerTitle {
    /// The kind of container.
    pub kind: String,
    /// The pages that it holds for: what their path below the content folder begins with, `fr/`; empty for all.
    pub prefix: String,
    /// The title; empty for none.
    pub title: String,
}

/// A kind of container that the settings add.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ContainerConfig {
    /// The word after the colons.
    pub name: String,
    /// What it becomes.
    pub shape: ContainerShape,
    /// Classes besides its name.
    pub class: Option<String>,
}

/// What a container becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ContainerShape {
    /// A box with a title.
    Hint,
    /// A box that opens and shuts.
    Details,
    /// A block without a frame.
    Plain,
}

impl Default for MarkdownConfig {
    fn default() -> MarkdownConfig {
        MarkdownConfig {
            conventions: Conventions::VuePress2,
            extended: true,
            line_numbers: false,
            toc_levels: (2, 3),
            languages: Vec::new(),
            container_titles: Vec::new(),
            containers: Vec::new(),
            alerts: None,
        }
    }
}

impl MarkdownConfig {
    /// The language of the page at `relative`, a path below the content folder.
    pub fn language(&self, relative: &str) -> &str {
        let found = self.languages.iter().find(|(prefix, _)| relative.starts_with(prefix.as_str()));
        found.map_or("en-US", |(_, language)| language)
    }

    /// Whether `> [!NOTE]` is a container.
    pub fn has_alerts(&self) -> bool {
        self.alerts.unwrap_or(self.extended || self.conventions.is_vitepress())
    }

    /// Puts `title` in place of what containers of this kind say on the pages below `prefix`.
    pub fn set_container_title(&mut self, kind: &str, prefix: &str, title: String) {
        let prefix = prefix.trim_start_matches('/');
        self.container_titles.retain(|one| one.kind != kind || one.prefix != prefix);
        self.container_titles.push(ContainerTitle { kind: kind.to_owned(), prefix: prefix.to_owned(), title });
    }
}
