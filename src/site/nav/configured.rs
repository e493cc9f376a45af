//! Menus that settings or front matter write.

use crate::base::{SourcePath, UrlPath};
use crate::config::{Layout, MenuItem};
use crate::diag::Diagnostic;
use crate::page::InlineHtml;

use super::super::address::{self, Address};
use super::super::links::without_base;
use super::super::suggestions::Suggestion;
use super::super::targets::Target;
use super::super::types::{NavExtra, PageId, Resolved};
use super::{Entry, Ground, folders};

/// Where a menu stands.
pub(super) struct Menu<'a, 'g> {
    /// What it is made from.
    pub ground: &'a Ground<'g>,
    /// The address that its relative links are seen from.
    pub base: &'a str,
    /// Whether it is a sidebar or part of one.
    pub in_sidebar: bool,
    /// The page whose front matter writes it, if it is not the settings.
    pub written_in: Option<&'a SourcePath>,
}

/// Where an entry leads.
enum Destination {
    Known(Resolved, Option<PageId>),
    /// Nowhere, on purpose.
    None,
    /// Nowhere; the path from the site's root that was looked for.
    Dead(String),
}

impl Menu<'_, '_> {
    /// The entries of these items. Links that lead nowhere are told, and stay as text if they have a text of their own.
    pub(super) fn entries(&self, items: &[MenuItem], diagnostics: &mut Vec<Diagnostic>) -> Vec<Entry> {
        let is_vitepress = self.ground.config.layout == Layout::VitePress;
        let mut entries = Vec::with_capacity(items.len());
        for item in items {
            let mut children = self.entries(&item.items, diagnostics);
            children.extend(item.folder.as_deref().map(|folder| self.of_folder(folder)).unwrap_or_default());
            let written = item.link.as_deref().map(str::trim);
            let (target, page) = match written.map_or(Destination::None, |link| self.destination(link)) {
                Destination::Known(resolved, page) => (Some(resolved), page),
                Destination::None => (None, None),
                Destination::Dead(wanted) => {
                    diagnostics.push(self.dead(item, written.unwrap_or(""), &wanted));
                    (None, None)
                }
            };
            let read = item.text.as_deref().filter(|_| item.html).map(InlineHtml::read);
            let said = read.as_ref().map(|read| &read.text).or(item.text.as_ref());
            let text = match (said, page) {
                (Some(text), _) if !text.trim().is_empty() => text.trim().into(),
                (_, Some(page)) if self.by_address(page) => self.ground.routes[page.0 as usize].url.as_str().into(),
                (_, Some(page)) => self.ground.title(page),
                // A group without a name only gathers.
                _ if !children.is_empty() && target.is_none() => {
                    entries.extend(children);
                    continue;
                }
                _ => match (&target, written) {
                    (Some(_), Some(link)) => link.into(),
                    _ => continue,
                },
            };
            let text_of = |text: &Option<String>| text.as_deref().map(Into::into);
            let found = page.filter(|page| item.text.is_none() && self.by_address(*page));
            let pager_page = item.pager_link.as_deref().and_then(|link| match self.destination(link) {
                Destination::Known(_, page) => page,
                Destination::None | Destination::Dead(_) => None,
            });
            entries.push(Entry {
                text,
                target,
                page,
                // There, only a whole path is known for that of the page that is read.
                is_never_current: is_vitepress && written.is_some_and(|link| !link.starts_with('/')),
                items: children,
                collapsed: item.collapsed,
                depth: item.depth,
                // Those who come from another page are told what the page is about all the same.
                pager_page,
                pager_text: text_of(&item.pager_text).or_else(|| found.map(|page| self.ground.title(page))),
                extra: NavExtra {
                    active_match: text_of(&item.active_match),
                    window: text_of(&item.target),
                    rel: text_of(&item.rel),
                    html: read.and_then(|read| read.html).map(Into::into),
                    no_icon: item.no_icon,
                    page: pager_page.map(|page| self.ground.routes[page.0 as usize].url.clone()),
                },
            });
        }
        entries
    }

    /// Whether a page without a title is called by its address, as the sidebar of VuePress 1 does.
    fn by_address(&self, page: PageId) -> bool {
        self.in_sidebar && self.ground.config.layout == Layout::VuePress1 && self.ground.head(page).title.is_none()
    }

    /// The pages of a folder, which is not named again if they are all in it.
    fn of_folder(&self, folder: &str) -> Vec<Entry> {
        let place = UrlPath::new(self.base).join(folder);
        let prefix = format!("{}/", place.as_str().trim_matches('/'));
        let prefix = prefix.trim_start_matches('/');
        let pages: Vec<PageId> = (0..)
            .map(PageId)
            .zip(self.ground.heads)
            .filter(|(_, head)| head.relative.starts_with(prefix))
            .map(|(page, _)| page)
            .collect();
        let mut entries = folders::entries(&pages, self.ground);
        let depth = prefix.matches('/').count();
        for _ in 0..depth {
            match entries.as_mut_slice() {
                [only] if !only.items.is_empty() => {
                    let inner = std::mem::take(&mut only.items);
                    if only.page.is_none() {
                        entries.clear();
                    }
                    entries.extend(inner);
                }
                _ => break,
            }
        }
        entries
    }

    fn destination(&self, link: &str) -> Destination {
        if address::is_external(link) {
            return Destination::Known(Resolved::External(link.into()), None);
        }
        let is_vitepress = self.ground.config.layout == Layout::VitePress;
        if link.is_empty() && is_vitepress {
            return Destination::None;
        }
        let address = Address::new(link);
        let path = address::decoded(address.path);
        let mut places = vec![UrlPath::new(self.base).join(&path)];
        if path.starts_with('/') {
            places.extend(without_base(&path, &self.ground.config.base).map(UrlPath::new));
        } else {
            places.push(UrlPath::new(&path));
        }
        let target = places.iter().find_map(|place| self.ground.targets.linked(&place.as_str()[1..]));
        // The sidebar of VuePress 1 lists pages, not places in them.
        let drops_suffix = self.in_sidebar && self.ground.config.layout == Layout::VuePress1;
        let suffix = match drops_suffix {
            true => Box::default(),
            false => address::suffix(address.query, address.fragment),
        };
        match target {
            Some(Target::Page(page)) => {
                let url = self.ground.routes[page.0 as usize].url.clone();
                Destination::Known(Resolved::Page { url, suffix }, Some(page))
            }
            Some(Target::File(file)) => {
                let url = self.ground.targets.files[file].url();
                Destination::Known(Resolved::File { url, suffix }, None)
            }
            None => Destination::Dead(places[0].as_str()[1..].to_owned()),
        }
    }

    fn dead(&self, item: &MenuItem, written: &str, wanted: &str) -> Diagnostic {
        let menu = match (self.written_in, self.in_sidebar) {
            (Some(_), _) => "front matter",
            (None, true) => "sidebar",
            (None, false) => "navigation bar",
        };
        let found = Diagnostic::warning("dead-nav-link", format!("the {menu} leads to `{written}`, which is no page"));
        let found = match self.ground.names().nearest(wanted) {
            Some(Suggestion::Case(path) | Suggestion::Path(path)) => found.help(format!("did you mean `/{path}`?")),
            None => found.help("correct the link, or take the entry away"),
        };
        match super::place(item, self.ground.settings, self.written_in) {
            Some(span) => found.at(span),
            None => found,
        }
    }
}
