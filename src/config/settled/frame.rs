//! What the frame around the content depends on.

use serde::Serialize;

use super::accessibility::{Accessibility, Version};
use super::look::{ContainerLook, Look};
use super::publish::{Analytics, CardsConfig, ImagesConfig};

/// The theme, and what it shows around the pages of each language.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ThemeConfig {
    /// The theme's name: a folder of `themes/`, or `default`.
    pub name: String,
    /// How it looks here.
    pub look: Look,
    /// How kinds of containers look.
    pub containers: Vec<ContainerLook>,
    /// The frame of the first language.
    pub frame: FrameConfig,
    /// The frames of the other languages, in their order.
    pub others: Vec<FrameConfig>,
    /// What becomes of the pictures of pages.
    pub images: ImagesConfig,
    /// The cards of pages; `None`: none.
    pub cards: Option<CardsConfig>,
    /// Who counts the readers.
    pub analytics: Option<Analytics>,
    /// Values that pages may write between braces: `{{ $themeConfig.x }}`.
    pub data: serde_yaml::Mapping,
}

impl ThemeConfig {
    /// The frame of the language at this index.
    pub fn frame(&self, locale: usize) -> &FrameConfig {
        locale.checked_sub(1).and_then(|other| self.others.get(other)).unwrap_or(&self.frame)
    }
}

/// What surrounds the pages of one language.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct FrameConfig {
    /// Whether there is a bar at the top.
    pub navbar: bool,
    /// The picture in the bar.
    pub logo: Option<Logo>,
    /// What the bar calls the site, if it is not its title; empty: nothing.
    pub site_name: Option<String>,
    /// Where the logo leads, if it is not the home page.
    pub home_link: Option<String>,
    /// The repository's address.
    pub repo: Option<String>,
    /// What the link to the repository says, if it is not the name of its host.
    pub repo_label: Option<String>,
    /// Links to other places where the site's people are.
    pub social_links: Vec<SocialLink>,
    /// The address at which a page is edited; `:path` stands for its path below the content folder.
    pub edit_link: Option<String>,
    /// Whether a page says when it was changed last.
    pub last_updated: bool,
    /// Whether that day is written in words, with the name of its month.
    pub date_in_words: bool,
    /// Whether a page says who wrote it.
    pub contributors: bool,
    /// Whether a page that has a title, but no heading of the first level, begins with its title.
    pub page_title: bool,
    /// HTML at the foot of every page.
    pub footer: Option<String>,
    /// Levels of headings in the outline, first and last included; `None`: there is no outline.
    pub outline: Option<(u8, u8)>,
    /// Whether a page leads to the one before it.
    pub prev: bool,
    /// Whether a page leads to the one after it.
    pub next: bool,
    /// What follows the title of a page in the browser's tab, or a pattern with `:title`; empty: nothing follows. `None`:
    /// the title of the site.
    pub title_template: Option<String>,
    /// Whether pages can be searched.
    pub search: bool,
    /// Whether the key `/` opens the search, too.
    pub search_slash: bool,
    /// What stands in `<head>` besides.
    pub head: Vec<HeadEntry>,
    /// The picture that stands for pages where others show a link to them: its path in the site, or its address.
    pub image: Option<String>,
    /// HTML above every page.
    pub announcement: Option<String>,
    /// The versions of the documentation, the latest first.
    pub versions: Vec<Version>,
    /// How far everyone can read it.
    pub accessibility: Option<Accessibility>,
    /// Words of the theme, by key, that are others here.
    pub texts: Vec<(String, String)>,
}

impl Default for FrameConfig {
    fn default() -> FrameConfig {
        FrameConfig {
            navbar: true,
            logo: None,
            site_name: None,
            home_link: None,
            repo: None,
            repo_label: None,
            social_links: Vec::new(),
            edit_link: None,
            last_updated: false,
            date_in_words: true,
            contributors: false,
            page_title: false,
            footer: None,
            outline: Some((2, 3)),
            prev: true,
            next: true,
            title_template: None,
            search: true,
            search_slash: false,
            head: Vec::new(),
            image: None,
            announcement: None,
            versions: Vec::new(),
            accessibility: None,
            texts: Vec::new(),
        }
    }
}

impl FrameConfig {
    /// Sets a word of the theme.
    pub fn set_text(&mut self, key: &str, text: String) {
        match self.texts.iter_mut().find(|(known, _)| known == key) {
            Some((_, known)) => *known = text,
            None => self.texts.push((key.to_owned(), text)),
        }
    }
}

/// A picture in the bar: paths or addresses as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Logo {
    /// The picture.
    pub src: String,
    /// The picture for dark windows.
    pub dark: Option<String>,
    /// What it shows.
    pub alt: Option<String>,
    /// The byte range in the settings file that wrote it.
    #[serde(skip)]
    pub span: Option<(u32, u32)>,
}

/// A link to another place where the site's people are.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SocialLink {
    /// What it says.
    pub text: String,
    /// Where it leads.
    pub link: String,
}

/// An element of `<head>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct HeadEntry {
    /// Its name: `meta`.
    pub tag: String,
    /// Its attributes; those without a value are only named.
    pub attributes: Vec<(String, Option<String>)>,
    /// What is in it, as written.
    pub content: Option<String>,
}
