//! What a page's HTML depends on.

use serde::Serialize;

use super::{Construct, Conventions, SlugRule, Typography};

/// What the parsing of a page depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct MarkdownConfig {
    /// The conventions of headings, titles, containers and links.
    pub conventions: Conventions,
    /// Whether extensions that the conventions lack are on: task lists, footnotes, ... (native and bare folders).
    pub extended: bool,
    /// Whether code blocks have line numbers unless they say otherwise.
    pub line_numbers: bool,
    /// How many lines a block has at least that is numbered.
    pub numbered_from: u32,
    /// Whether braces after an element are its attributes; `None`: as the conventions have it.
    pub attributes: Option<bool>,
    /// Whether bare addresses are links; `None`: as the conventions have it.
    pub linkify: Option<bool>,
    /// Whether images are loaded only when they come into view.
    pub lazy_images: Option<bool>,
    /// Whether headings that skip a level move up to the level that is due.
    pub repair_headings: bool,
    /// How ids are made of headings; `None`: as the conventions have it.
    pub slugs: Option<SlugRule>,
    /// Beginnings of paths of included files, and the folders of the project that they stand for; longer ones first.
    pub paths: Vec<(String, String)>,
    /// Whether code keeps the name that its author gave its language, where VuePress 2 writes it out.
    pub written_languages: bool,
    /// Levels of headings in `[[toc]]`, first and last included.
    pub toc_levels: (u8, u8),
    /// How tables of contents are written.
    pub toc: TocConfig,
    /// The language of pages, by prefix of their path below the content folder, longest first; `("", "en-US")` comes last.
    pub languages: Vec<(String, String)>,
    /// Titles of containers that have none of their own, where the settings give them.
    pub container_titles: Vec<ContainerTitle>,
    /// Kinds of containers that the settings add.
    pub containers: Vec<ContainerConfig>,
    /// Whether `> [!NOTE]` is a container; `None`: as the conventions have it.
    pub alerts: Option<bool>,
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
    /// Whether what keeps readers out is a warning, not only a remark.
    pub accessible: bool,
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
    /// HTML before and after what is in it, in the place of an element of its own; `:title` stands for its title.
    pub html: Option<(String, String)>,
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

/// How the table of contents of a page is asked for and written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct TocConfig {
    /// What stands for it in a page, in any case; empty: nothing does.
    pub marker: String,
    /// Whether its lists are numbered.
    pub ordered: bool,
    /// The class of the element around it.
    pub class: String,
    /// The classes of its lists, of their items and of the links in them; empty for none.
    pub list_class: String,
    /// See `list_class`.
    pub item_class: String,
    /// See `list_class`.
    pub link_class: String,
    /// HTML before its list, and after it.
    pub header: String,
    /// See `header`.
    pub footer: String,
    /// Whether it has headings that stand in quotes, lists and containers; `None`: as the conventions have it.
    pub nested: Option<bool>,
    /// Whether it goes on behind a heading of a higher rank than its first, where VuePress 1 ends it.
    pub full: bool,
}

impl TocConfig {
    /// Its texts that have no default, by the key in our own settings and by the keys in others'.
    pub fn texts(&mut self) -> [(&'static str, &'static str, &mut String); 5] {
        [
            ("list_class", "listClass", &mut self.list_class),
            ("item_class", "itemClass", &mut self.item_class),
            ("link_class", "linkClass", &mut self.link_class),
            ("header", "containerHeaderHtml", &mut self.header),
            ("footer", "containerFooterHtml", &mut self.footer),
        ]
    }
}

impl Default for TocConfig {
    fn default() -> TocConfig {
        TocConfig {
            marker: "[[toc]]".to_owned(),
            ordered: false,
            class: "table-of-contents".to_owned(),
            list_class: String::new(),
            item_class: String::new(),
            link_class: String::new(),
            header: String::new(),
            footer: String::new(),
            nested: None,
            full: false,
        }
    }
}

impl Default for MarkdownConfig {
    fn default() -> MarkdownConfig {
        MarkdownConfig {
            conventions: Conventions::VuePress2,
            extended: true,
            line_numbers: false,
            numbered_from: 0,
            attributes: None,
            linkify: None,
            lazy_images: None,
            repair_headings: false,
            slugs: None,
            paths: Vec::new(),
            written_languages: false,
            toc_levels: (2, 3),
            toc: TocConfig::default(),
            languages: Vec::new(),
            container_titles: Vec::new(),
            containers: Vec::new(),
            alerts: None,
            constructs: Vec::new(),
            emoji: true,
            emoticons: None,
            smart_punctuation: false,
            typography: Typography::ByLanguage,
            mermaid: None,
            accessible: false,
        }
    }
}

impl MarkdownConfig {
    /// Whether braces after an element are its attributes: in VitePress and in native sites, unless the settings say otherwise.
    pub fn has_attributes(&self) -> bool {
        self.attributes.unwrap_or(self.extended || self.conventions.is_vitepress())
    }

    /// Whether bare addresses are links: in VitePress and in native sites, unless the settings say otherwise.
    pub fn has_linkify(&self) -> bool {
        self.linkify.unwrap_or(self.extended || self.conventions.is_vitepress())
    }

    /// The language of the page at `relative`, a path below the content folder.
    pub fn language(&self, relative: &str) -> &str {
        let found = self.languages.iter().find(|(prefix, _)| relative.starts_with(prefix.as_str()));
        found.map_or("en-US", |(_, language)| language)
    }

    /// Whether `> [!NOTE]` is a container.
    pub fn has_alerts(&self) -> bool {
        self.alerts.unwrap_or(self.extended || self.conventions.is_vitepress())
    }

    /// Lets paths of included files that begin so mean those of a folder.
    pub fn set_path(&mut self, beginning: &str, folder: String) {
        self.paths.retain(|(known, _)| known != beginning);
        self.paths.push((beginning.to_owned(), folder));
        self.paths.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
    }

    /// Puts `title` in place of what containers of this kind say on the pages below `prefix`.
    pub fn set_container_title(&mut self, kind: &str, prefix: &str, title: String) {
        let prefix = prefix.trim_start_matches('/');
        self.container_titles.retain(|one| one.kind != kind || one.prefix != prefix);
        self.container_titles.push(ContainerTitle { kind: kind.to_owned(), prefix: prefix.to_owned(), title });
    }
}
