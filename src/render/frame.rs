//! What the pages of a site share, made once for a site, its settings and its theme.

mod lists;
mod part;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{Hash, OutPath, UrlPath};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::page::{Legal, legal_path};
use crate::site::{self, Locale, PageId, Picture, Resolved, Site};
use crate::vfs::History;

use super::address::{Addresses, below_base, is_absolute};
use super::navbar::Matchers;
use super::rooted::Rooted;
use super::search::Search;
use super::theme::Theme;
pub use lists::Fragments;
use lists::{fragments, trees};
use part::Maker;
pub(super) use part::PageFrame;

/// What the pages of a site share, and the keys of their HTML. It stands as long as the site, the settings and the theme
/// do: the edit of a page's body leaves it as it is.
pub struct Frame {
    pub(super) pages: Vec<Arc<PageFrame>>,
    /// What all pages share, but for what is above.
    common: Arc<Common>,
    /// How wide and how high pictures are, by address.
    pub(super) sizes: Arc<BTreeMap<UrlPath, (u32, u32)>>,
    /// The files that browsers may choose from for a picture, by its address.
    pub(super) choices: BTreeMap<UrlPath, Choices>,
    /// Whether cards stand for pages.
    has_cards: bool,
    diagnostics: Vec<Diagnostic>,
}

/// What all pages of a site share.
pub struct Common {
    /// The hash of what is not of one page.
    hash: Hash,
    /// The hash of all that lists at the side are rendered with, but for what they list.
    lists: Hash,
    pub(super) styles: Arc<[UrlPath]>,
    /// The style sheet of what terminals print.
    pub(super) terminal: Option<UrlPath>,
    pub(super) scripts: Arc<[UrlPath]>,
    pub(super) fonts: Arc<[UrlPath]>,
    pub(super) diagrams: Option<UrlPath>,
    pub(super) icon: Option<UrlPath>,
    pub(super) matchers: Matchers,
    /// Where the name of the site leads, by language.
    pub(super) home_links: Vec<Resolved>,
    /// The pages about the site, by language: what links to them say, and where they are.
    pub(super) legal: Vec<Vec<(Arc<str>, UrlPath)>>,
    /// The words of the theme, by language.
    pub(super) words: Vec<tera::Value>,
    /// What is needed to search, by language.
    pub(super) searches: Vec<Option<Search>>,
    /// How wide the text is, in pixels.
    pub(super) column: u32,
    /// The feed of each language that has one.
    pub(super) feeds: Vec<Option<UrlPath>>,
    /// The HTML at the foot of pages, and the announcement above them, by language.
    pub(super) feet: Vec<[Option<Rooted>; 2]>,
}

impl Deref for Frame {
    type Target = Common;

    fn deref(&self) -> &Common {
        &self.common
    }
}

/// Files of one picture, the narrowest first: where each lies, and how wide it is.
pub type Choices = Arc<[(UrlPath, u32)]>;

impl Frame {
    /// The frame of a site.
    pub fn new(site: &Site, config: &Config, theme: &Theme) -> Frame {
        Frame::again(site, config, theme, &Fragments::default())
    }

    /// The same, where lists at the side were rendered before.
    pub fn again(site: &Site, config: &Config, theme: &Theme, kept: &Fragments) -> Frame {
        Frame::with(site, config, theme, kept, None)
    }

    /// The frame of a site as far as one page shows it: the others lack their lists at the side, which are most of the work.
    pub fn of_page(id: PageId, site: &Site, config: &Config, theme: &Theme) -> Frame {
        Frame::with(site, config, theme, &Fragments::default(), Some(id))
    }

    fn with(site: &Site, config: &Config, theme: &Theme, kept: &Fragments, only: Option<PageId>) -> Frame {
        let wanted = |id: PageId| only.is_none_or(|only| only == id);
        let ids: Vec<PageId> = (0..).map(PageId).take(site.pages.len()).collect();
        let trees = trees(ids.iter().copied().filter(|id| wanted(*id)).map(|id| site.page(id)));
        let (fragments, mut diagnostics) = fragments(&ids, wanted, (site, config, theme), &trees, Some(kept));
        let (common, wrong) = Common::new(site, config, theme);
        diagnostics.extend(wrong);
        let maker = Maker { site, config, trees: &trees, addresses: Addresses::new(site, config) };
        let pages = site.pages.par_iter().zip(fragments).map(|(page, sidebar)| Arc::new(maker.page(page, sidebar)));
        Frame {
            pages: pages.collect(),
            common: Arc::new(common),
            sizes: Arc::default(),
            choices: BTreeMap::new(),
            has_cards: false,
            diagnostics,
        }
    }

    /// The frame of a site that [`site::retold`] gave: these pages show other words. `None` where it cannot be made of this one.
    pub fn retold(
        &self,
        site: &Site,
        differing: &BTreeSet<PageId>,
        config: &Config,
        theme: &Theme,
        history: &History,
    ) -> Option<Frame> {
        // A card says the title of its page.
        if self.has_cards || !self.choices.is_empty() {
            return None;
        }
        let ids: Vec<PageId> = differing.iter().copied().collect();
        let trees = trees(ids.iter().map(|id| site.page(*id)));
        let (fragments, wrong) = fragments(&ids, |_| true, (site, config, theme), &trees, None);
        if !wrong.is_empty() || !self.diagnostics.is_empty() {
            return None;
        }
        let maker = Maker { site, config, trees: &trees, addresses: Addresses::new(site, config) };
        let mut pages = self.pages.clone();
        for (id, sidebar) in ids.into_iter().zip(fragments) {
            let mut made = maker.page(site.page(id), sidebar);
            made.date(site.page(id), history);
            made.note(site.page(id), &self.sizes);
            pages[id.0 as usize] = Arc::new(made);
        }
        Some(Frame {
            pages,
            common: self.common.clone(),
            sizes: self.sizes.clone(),
            choices: BTreeMap::new(),
            has_cards: false,
            diagnostics: Vec::new(),
        })
    }

    /// The frame of the same site with another theme: what pages have for themselves stands. `None` where lists at the side, cards
    /// or pictures may be others with it.
    pub fn rethemed(&self, site: &Site, config: &Config, theme: &Theme) -> Option<Frame> {
        if self.has_cards || !self.choices.is_empty() || !self.diagnostics.is_empty() {
            return None;
        }
        let (common, diagnostics) = Common::new(site, config, theme);
        (common.lists == self.common.lists).then(|| Frame {
            pages: self.pages.clone(),
            common: Arc::new(common),
            sizes: self.sizes.clone(),
            choices: BTreeMap::new(),
            has_cards: false,
            diagnostics,
        })
    }

    /// The same frame, with the past of the pages.
    pub fn with_history(mut self, site: &Site, history: &History) -> Frame {
        // Nobody else has them yet.
        for (page, frame) in site.pages.iter().zip(self.pages.iter_mut().filter_map(Arc::get_mut)) {
            frame.date(page, history);
        }
        self
    }

    /// The same frame, with the sizes of pictures.
    pub fn with_sizes(mut self, site: &Site, sizes: BTreeMap<OutPath, (u32, u32)>) -> Frame {
        let sizes = sizes.into_iter().map(|(out, size)| (UrlPath::new(out.as_str()), size)).collect();
        for (page, frame) in site.pages.iter().zip(self.pages.iter_mut().filter_map(Arc::get_mut)) {
            frame.note(page, &sizes);
        }
        self.sizes = Arc::new(sizes);
        self
    }

    /// The name of the part of the site that a page is in.
    pub fn section(&self, id: PageId) -> Option<&str> {
        self.pages[id.0 as usize].breadcrumb.last().map(|(text, _)| &**text)
    }

    /// The same frame, where cards of this size stand for pages: where each lies, and what it says.
    pub fn with_cards(mut self, size: (u32, u32), cards: Vec<(PageId, UrlPath, Arc<str>)>) -> Frame {
        self.has_cards |= !cards.is_empty();
        let sizes = Arc::make_mut(&mut self.sizes);
        for (id, url, says) in cards {
            let Some(page) = Arc::get_mut(&mut self.pages[id.0 as usize]) else { continue };
            page.key = Hash::of(&(page.key, &url, &says));
            sizes.insert(url.clone(), size);
            (page.picture, page.card) = (Some(Picture::File(url)), Some(says));
        }
        self
    }

    /// The same frame, with the files that browsers may choose from for pictures.
    pub fn with_choices(mut self, site: &Site, choices: BTreeMap<OutPath, Choices>) -> Frame {
        self.choices = choices.into_iter().map(|(out, files)| (UrlPath::new(out.as_str()), files)).collect();
        if self.choices.is_empty() {
            return self;
        }
        for (page, frame) in site.pages.iter().zip(self.pages.iter_mut().filter_map(Arc::get_mut)) {
            frame.note(page, &self.choices);
        }
        self
    }

    /// The hash of all that the HTML of a page depends on besides the page itself ([`crate::page::Page::hash`]): with
    /// both the same, [`super::view`] and [`super::html`] make the same.
    pub fn key(&self, id: PageId) -> Hash {
        Hash::of(&(self.common.hash, self.pages[id.0 as usize].key))
    }

    /// Whether another frame has the same for all pages, but for what is of one page alone.
    pub fn shares_common(&self, other: &Frame) -> bool {
        self.common.hash == other.common.hash
    }

    /// Whether another frame has the same part for a page alone, as far as that is known at once.
    pub fn shares(&self, other: &Frame, id: PageId) -> bool {
        let index = id.0 as usize;
        matches!((self.pages.get(index), other.pages.get(index)), (Some(a), Some(b)) if Arc::ptr_eq(a, b))
    }

    /// The files of the pages that search.
    pub fn search_pages(&self, site: &Site) -> Vec<OutPath> {
        let searched = self.searches.iter().zip(&site.locales).filter(|(search, _)| search.is_some());
        searched.filter_map(|(_, locale)| super::search::page(&locale.prefix).out_path()).collect()
    }

    /// What is wrong with the templates of the shared parts.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

impl Common {
    fn new(site: &Site, config: &Config, theme: &Theme) -> (Common, Vec<Diagnostic>) {
        let (matchers, wrong) = Matchers::new(site);
        let addresses = Addresses::new(site, config);
        let icon = icon(site);
        let home_links: Vec<Resolved> = (0..site.locales.len()).map(|locale| home_link(locale, site, config)).collect();
        let word = |(index, locale): (usize, &Locale)| theme.texts.with(&locale.lang, &config.theme.frame(index).texts);
        let words = site.locales.iter().enumerate().map(word).collect();
        let search = |(index, locale): (usize, &Locale)| Search::new(index, locale, config, theme);
        let searches: Vec<Option<Search>> = site.locales.iter().enumerate().map(search).collect();
        let legal =
            |(index, search): (usize, &Option<Search>)| legal_links(index, search.is_some(), site, config, theme);
        let legal: Vec<Vec<(Arc<str>, UrlPath)>> = searches.iter().enumerate().map(legal).collect();
        let feeds = site::feeds(site, &config.site);
        let rooted =
            |html: &Option<String>| html.as_ref().map(|html| Rooted::new(html, &addresses, site.pages.first()));
        let around = |index| config.theme.frame(index);
        let feet =
            (0..site.locales.len()).map(|index| [rooted(&around(index).footer), rooted(&around(index).announcement)]);
        let feet: Vec<[Option<Rooted>; 2]> = feet.collect();
        let hash = Hash::of(&(
            &site.locales,
            (&icon, &home_links, &legal, &feeds, &feet),
            &*config.theme,
            (&config.site.url, &config.site.base),
            (&config.site.elsewhere, config.site.same_page),
            config.site.conventions,
            config.site.layout,
            theme.hash(),
        ));
        let words_of_lists = site.locales.iter().enumerate().map(|(index, locale)| {
            let own = &config.theme.frame(index).texts;
            ["earlier_pages", "later_pages", "new_window"].map(|key| theme.texts.get(&locale.lang, own, key))
        });
        let lists = Hash::of(&(theme.sidebar, words_of_lists.collect::<Vec<_>>()));
        let common = Common {
            hash,
            lists,
            styles: theme.styles.clone(),
            terminal: theme.terminal.clone(),
            scripts: theme.scripts.clone(),
            fonts: theme.fonts.clone(),
            diagrams: theme.diagrams.clone(),
            icon,
            matchers,
            home_links,
            legal,
            words,
            searches,
            column: theme.column,
            feeds,
            feet,
        };
        (common, wrong)
    }
}

/// The icon of the site: the file that browsers look for of themselves, which they find only at the root of a host.
pub(super) fn icon(site: &Site) -> Option<UrlPath> {
    let files = ["favicon.svg", "favicon.ico", "favicon.png"];
    let found = files.iter().filter_map(|name| OutPath::new(name)).find(|out| site.files.contains_key(out));
    found.map(|out| UrlPath::new(out.as_str()))
}

/// Where the name of the site leads in a language: to its home page, unless the settings say otherwise.
fn home_link(locale: usize, site: &Site, config: &Config) -> Resolved {
    let home = &site.locales[locale].home;
    let inside = |url: UrlPath| Resolved::Page { url, suffix: Box::default() };
    match config.theme.frame(locale).home_link.as_deref().map(str::trim) {
        None | Some("") => inside(home.clone()),
        Some(link) if is_absolute(link) => Resolved::External(link.into()),
        Some(link) => {
            let path = below_base(link, &config.site.base);
            let forms = [path.clone(), format!("{path}.html"), format!("{path}/")].map(|form| UrlPath::new(&form));
            let known = forms.iter().find(|form| site.pages.iter().any(|page| page.route.url == **form));
            inside(known.unwrap_or(&forms[0]).clone())
        }
    }
}

/// The pages about the site in a language: what the law asks to be named on every page.
fn legal_links(index: usize, search: bool, site: &Site, config: &Config, theme: &Theme) -> Vec<(Arc<str>, UrlPath)> {
    let around = config.theme.frame(index);
    let Some(locale) = site.locales.get(index) else { return Vec::new() };
    let block = around.accessibility.as_ref();
    let state = block.map(|block| format!("accessibility_{}", block.state.name())).unwrap_or_default();
    let word = |key: &str| Arc::from(theme.texts.get(&locale.lang, &around.texts, key));
    let plan = (search && block.is_some()).then(|| (word("site_plan"), super::search::page(&locale.prefix)));
    let pages = [(Legal::Declaration, state.as_str()), (Legal::Notice, "legal_notice"), (Legal::Privacy, "privacy")];
    let link = |(page, key): (Legal, &str)| {
        let id = site.by_path.get(&legal_path(config, index, page)?)?;
        Some((word(key), site.page(*id).route.url.clone()))
    };
    plan.into_iter().chain(pages.into_iter().filter_map(link)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::testing::{config, default_theme, group, link, site, tree};

    #[test]
    fn pages_that_show_the_same_list_share_it() {
        let mut site = site(&["a/1.md", "a/2.md", "b/1.md"]);
        let tree = Arc::new(tree(vec![
            group("A", None, vec![link("A1", "/a/1.html"), link("A2", "/a/2.html")]),
            group("B", None, vec![link("B1", "/b/1.html")]),
        ]));
        for page in &mut site.pages {
            page.sidebar = Some(tree.clone());
        }
        let frame = Frame::new(&site, &config(), &default_theme());
        let fragment = |index: usize| frame.pages[index].sidebar.as_ref().expect("a list");
        assert!(Arc::ptr_eq(fragment(0), fragment(1)));
        assert!(!Arc::ptr_eq(fragment(0), fragment(2)));
        assert_eq!(frame.diagnostics(), []);
    }

    #[test]
    fn a_key_changes_with_what_a_page_shows_of_others_only() {
        let theme = default_theme();
        let keys = |site: &Site, config: &Config| {
            let frame = Frame::new(site, config, &theme);
            [frame.key(PageId(0)), frame.key(PageId(1))]
        };
        let (plain, settings) = (site(&["a.md", "b.md"]), config());
        let before = keys(&plain, &settings);
        assert_eq!(before, keys(&site(&["a.md", "b.md"]), &settings));

        let mut next = plain.clone();
        next.pages[0].next =
            Some(crate::site::NavLink { text: "b".into(), html: None, target: Resolved::Here("#x".into()) });
        assert_ne!(before[0], keys(&next, &settings)[0]);
        assert_eq!(before[1], keys(&next, &settings)[1]);

        let mut locale = plain.clone();
        locale.locales[0].title = "Other".into();
        assert_ne!(before[1], keys(&locale, &settings)[1]);

        let mut side = plain.clone();
        side.pages[1].sidebar = Some(Arc::new(tree(vec![link("A", "/a.html")])));
        assert_ne!(before[1], keys(&side, &settings)[1]);

        let mut with_icon = plain.clone();
        let out = OutPath::new("favicon.svg").expect("a path");
        with_icon.files.insert(out, crate::base::SourcePath::new("favicon.svg").expect("a path"));
        assert_ne!(before[0], keys(&with_icon, &settings)[0]);

        let mut footed = settings.clone();
        Arc::make_mut(&mut footed.theme).frame.footer = Some("x".into());
        assert_ne!(before[0], keys(&plain, &footed)[0]);
    }
}
