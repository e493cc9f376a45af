//! The settled settings: what every stage reads.

mod accessibility;
mod checks;
mod constructs;
mod frame;
mod look;
mod markdown;
mod menu;
mod publish;
mod redirects;
mod slugs;

use std::sync::Arc;

use serde::Serialize;

use crate::base::{Hash, SourcePath};

pub use accessibility::{Accessibility, Conformity, Version};
pub use checks::{ChecksConfig, ExternalConfig, Levels};
pub use constructs::{Construct, Typography};
pub use frame::{FrameConfig, HeadEntry, Logo, SocialLink, ThemeConfig};
pub use look::{ContainerLook, FontConfig, FontFace, FontFallback, FontUse, Look, PaletteConfig, Written};
pub use markdown::{ContainerConfig, ContainerShape, ContainerTitle, MarkdownConfig, TocConfig};
pub use menu::{MenuItem, SidebarConfig};
pub use publish::{Analytics, CardsConfig, ImagesConfig, Matomo, Plausible, PublishConfig, SmallerImages};
pub use redirects::{RedirectConfig, RedirectFile};
pub use slugs::{CharFate, SlugRule};

/// Whose folder it is: how files, settings and addresses are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// `pressoir.yml` and `content/`.
    Native,
    /// A folder with `.vuepress/`, version 1.
    VuePress1,
    /// A folder with `.vuepress/`, version 2.
    VuePress2,
    /// A folder with `.vitepress/`.
    VitePress,
    /// Any folder with Markdown.
    Bare,
}

/// Whose way of writing it is: heading ids, titles, containers, links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Conventions {
    /// VuePress 1.9.
    VuePress1,
    /// VuePress 2.
    VuePress2,
    /// VitePress 1.
    VitePress1,
    /// VitePress 2.
    VitePress2,
}

impl Conventions {
    /// Whether it is a version of VitePress.
    pub fn is_vitepress(self) -> bool {
        matches!(self, Conventions::VitePress1 | Conventions::VitePress2)
    }
}

/// Everything a build depends on besides the files and the theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where things lie.
    pub project: Arc<Project>,
    /// What a page's HTML depends on.
    pub markdown: Arc<MarkdownConfig>,
    /// What routes, navigation and links depend on.
    pub site: Arc<SiteConfig>,
    /// What the frame around the content depends on.
    pub theme: Arc<ThemeConfig>,
    /// How much which findings matter.
    pub checks: Arc<ChecksConfig>,
}

/// Where the project's parts lie, seen from its folder.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Project {
    /// The layout.
    pub layout: Layout,
    /// The folder of the pages.
    pub content: SourcePath,
    /// Folders whose files are copied to the root of the output (`.vuepress/public`).
    pub public: Vec<SourcePath>,
    /// The output folder as written in the settings or given by the layout, seen from the project's folder.
    /// It may be absolute.
    pub out_dir: String,
    /// The file that the settings were read from.
    pub settings: Option<SourcePath>,
    /// Globs, seen from the content folder, of files that are no pages and are not copied.
    pub exclude: Vec<String>,
    /// Globs, seen from the content folder, of the Markdown files that are pages; `!` before one takes out again. None: all.
    pub pages: Vec<String>,
    /// Patterns of paths below the content folder, and the paths that such pages have in the site.
    pub rewrites: Vec<(String, String)>,
    /// Whether every file of the content folder is copied (native, bare) or only those that pages refer to.
    pub copy_all: bool,
    /// Whether pages with `draft: true` are built.
    pub drafts: bool,
}

/// The name of the file that lists the addresses of a site.
pub const LOCK: &str = "pressoir.lock";

impl Project {
    /// The file that lists the addresses of the site: beside `pressoir.yml`, `.vuepress/` or `.vitepress/`, so that it is found
    /// from whichever folder the program is started.
    pub fn lock(&self) -> SourcePath {
        let is_mark = |name: &str| matches!(name, ".vuepress" | ".vitepress");
        let folder = match self.layout {
            Layout::Native | Layout::Bare => SourcePath::root(),
            Layout::VuePress1 | Layout::VuePress2 | Layout::VitePress => {
                let settings = self.settings.as_ref().map(|file| file.folder());
                let names =
                    settings.as_ref().map_or("", SourcePath::as_str).split('/').take_while(|name| !is_mark(name));
                let folder = names.collect::<Vec<_>>().join("/");
                match settings {
                    Some(_) if folder.is_empty() => SourcePath::root(),
                    Some(_) => SourcePath::new(&folder).unwrap_or_else(|| self.content.clone()),
                    None => self.content.clone(),
                }
            }
        };
        folder.join(LOCK).unwrap_or(folder)
    }
}

/// What routes, navigation and links depend on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SiteConfig {
    /// The layout, which decides addresses.
    pub layout: Layout,
    /// The conventions, which decide links and titles.
    pub conventions: Conventions,
    /// Where the site will be published, without a trailing slash: `https://example.org/docs`.
    pub url: Option<String>,
    /// The path under which old settings publish the site; links that start with it are links inside the site.
    pub base: String,
    /// Whether links leave out `.html`.
    pub clean_urls: bool,
    /// The pattern of the addresses of pages that do not say theirs.
    pub permalink: Option<String>,
    /// How ids are made of headings, which links may name by their text; `None`: as the conventions have it.
    pub slugs: Option<SlugRule>,
    /// Which dead links are not told.
    pub ignored_links: IgnoredLinks,
    /// The attributes of links to other sites, with their names; `None`: as the layout has it.
    pub external_links: Option<Vec<(String, String)>>,
    /// Whether folders without a page of their own get one, which lists what is in them.
    pub folder_pages: Option<FolderPages>,
    /// Former addresses, and where they lead.
    pub redirects: Vec<RedirectConfig>,
    /// The files that tell servers of redirects.
    pub redirect_files: Vec<RedirectFile>,
    /// What the site has for programs besides its pages.
    pub publish: PublishConfig,
    /// Whether pages that a language lacks are shown there in the language that has them.
    pub fallback: bool,
    /// The languages. The first has the prefix `/`; prefixes start and end with `/`.
    pub locales: Vec<LocaleConfig>,
    /// Whether the language menu leads to the same page in the other language, not to its home page.
    pub same_page: bool,
    /// The languages whose pages are published elsewhere.
    pub elsewhere: Vec<Elsewhere>,
}

/// Pages of folders that nobody has written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct FolderPages {
    /// Regular expressions: a folder whose address, `/guide/`, has one of them in it gets none.
    pub exclude: Vec<String>,
    /// How many levels of folders they show, 1 to 3.
    pub levels: u8,
    /// Whether what they list is numbered.
    pub numbered: bool,
}

impl Default for FolderPages {
    fn default() -> FolderPages {
        FolderPages { exclude: Vec::new(), levels: 3, numbered: false }
    }
}

impl SiteConfig {
    /// The root of the site on its host, as far as the settings tell, with `/` at both ends: the path of `url`, else `base`.
    pub fn root(&self) -> String {
        let of_url = self.url.as_deref().and_then(|url| url.split_once("://")?.1.split_once('/').map(|(_, path)| path));
        match of_url.unwrap_or(&self.base).trim_matches('/') {
            "" => "/".to_owned(),
            path => format!("/{path}/"),
        }
    }
}

/// Which dead links are not told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct IgnoredLinks {
    /// None of them is told.
    pub all: bool,
    /// Those that are written like this: a link, a pattern with `*`, or a regular expression between slashes.
    pub like: Vec<String>,
}

/// One language of the site: texts and navigation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LocaleConfig {
    /// The addresses that belong to it: `/` or `/fr/`.
    pub prefix: String,
    /// A BCP 47 tag: `fr-FR`.
    pub lang: String,
    /// What the language menu calls it: `Français`.
    pub label: Option<String>,
    /// Whether it is a language that readers can choose. Pages that lie beside the folders of all languages belong to one that is not.
    pub listed: bool,
    /// The site's title; `None`: taken from the home page.
    pub title: Option<String>,
    /// The site's description.
    pub description: Option<String>,
    /// The links at the top.
    pub nav: Vec<MenuItem>,
    /// The links at the side.
    pub sidebar: SidebarConfig,
}

/// A language whose pages are published elsewhere: another site, of which the language menu tells.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Elsewhere {
    /// What the settings call it: `/zh/`.
    pub prefix: String,
    /// A BCP 47 tag: `zh-CN`.
    pub lang: String,
    /// What the language menu calls it.
    pub label: Option<String>,
    /// The address of that site, without a trailing slash.
    pub link: String,
}

/// The languages of pages by prefix of their path below the content folder, longest first.
pub fn languages(locales: &[LocaleConfig]) -> Vec<(String, String)> {
    let mut languages: Vec<(String, String)> =
        locales.iter().map(|locale| (locale.prefix.trim_start_matches('/').to_owned(), locale.lang.clone())).collect();
    languages.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    languages
}

/// The hash of a slice.
macro_rules! hashed {
    ($($slice:ty),*) => {$(
        impl $slice {
            /// The hash of this slice of the settings.
            pub fn hash(&self) -> Hash {
                Hash::of(self)
            }
        }
    )*};
}

hashed!(Project, MarkdownConfig, SiteConfig, ThemeConfig, ChecksConfig);
