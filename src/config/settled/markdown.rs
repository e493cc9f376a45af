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
    /// Titles of containers that have none of their own, by kind, where the settings give them.
    pub container_titles: Vec<(String, String)>,
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
        }
    }
}

impl MarkdownConfig {
    /// The language of the page at `relative`, a path below the content folder.
    pub fn language(&self, relative: &str) -> &str {
        let found = self.languages.iter().find(|(prefix, _)| relative.starts_with(prefix.as_str()));
        found.map_or("en-US", |(_, language)| language)
    }
}
