//! What a page's HTML depends on.

use serde::Serialize;

use super::{Construct, Conventions, Typography};

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
    /// Constructs that the settings turn on or off, sorted.
    pub constructs: Vec<(Construct, bool)>,
    /// Whether emoji can be written by name.
    pub emoji: bool,
    /// Whether emoticons, `:)`, become emoji, where the settings say.
    pub emoticons: Option<bool>,
    /// Whether quotes, dashes and dots that are typed on a typewriter's keys become those of print.
    pub smart_punctuation: bool,
    /// Whether text is set by the rules of French typography.
    pub typography: Typography,
    /// The address of the script that draws diagrams; without one they are shown as code.
    pub mermaid: Option<String>,
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
            constructs: Vec::new(),
            emoji: true,
            emoticons: None,
            smart_punctuation: false,
            typography: Typography::ByLanguage,
            mermaid: None,
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
