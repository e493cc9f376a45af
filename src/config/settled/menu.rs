//! Links as settings write them.

use serde::Serialize;

/// A link, or a group of links, as settings write it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct MenuItem {
    /// What it says; `None`: the title of the page that it leads to.
    pub text: Option<String>,
    /// Whether what it says is HTML.
    pub html: bool,
    /// Where it leads, as written.
    pub link: Option<String>,
    /// The links in it.
    pub items: Vec<MenuItem>,
    /// Whether a group is shut at first; `None`: it cannot be shut.
    pub collapsed: Option<bool>,
    /// The folder whose pages are listed in it, as a path from the root of the site.
    pub folder: Option<String>,
    /// What it is called before and after other pages, if that is not its text.
    pub pager_text: Option<String>,
    /// Where those before and after a group lead that is no link itself, as written; that page stands beside them, too.
    pub pager_link: Option<String>,
    /// A regular expression: the entry is the current one on pages whose address it matches.
    pub active_match: Option<String>,
    /// The window that it opens in, as HTML names it.
    pub target: Option<String>,
    /// What the page that it leads to is, as HTML names it.
    pub rel: Option<String>,
    /// Whether the mark of links to other sites is left out.
    pub no_icon: bool,
    /// How many levels of headings the outlines of the pages in a group show, from the second on.
    pub depth: Option<u8>,
    /// The byte range in the settings file that wrote it.
    #[serde(skip)]
    pub span: Option<(u32, u32)>,
}

/// The sidebar as settings write it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum SidebarConfig {
    /// Built from the folders.
    Folders,
    /// The headings of the page.
    Headings,
    /// None.
    Off,
    /// These links.
    Items(Vec<MenuItem>),
    /// By prefix of the address, in the order written; the layout decides which is tried first.
    ByPrefix(Vec<(String, SidebarConfig)>),
}
