//! The lists at the side of pages: each is rendered once for all pages that show it alike.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::Hash;
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::memo::Slots;
use crate::site::{NavTree, PageId, Site, SitePage};

use super::super::sidebar::{Fragment, Lister, Places};
use super::super::theme::Theme;

/// Trees by their hash, each with the places of its pages.
pub(super) type Trees<'t> = BTreeMap<Hash, (&'t NavTree, Places)>;

/// The trees that pages show.
pub(super) fn trees<'t>(pages: impl Iterator<Item = &'t SitePage>) -> Trees<'t> {
    let distinct: BTreeMap<Hash, &NavTree> = pages.filter_map(shown_tree).map(|tree| (tree.hash, tree)).collect();
    let trees: Vec<(Hash, &NavTree)> = distinct.into_iter().collect();
    let trees: Vec<(Hash, (&NavTree, Places))> =
        trees.into_par_iter().map(|(hash, tree)| (hash, (tree, Places::new(tree)))).collect();
    trees.into_iter().collect()
}

/// The tree that the page shows at its side.
pub(super) fn shown_tree(page: &SitePage) -> Option<&NavTree> {
    let off = page.head.front_matter.values.get("sidebar").and_then(serde_yaml::Value::as_bool) == Some(false);
    page.sidebar.as_deref().filter(|tree| !off && !tree.items.is_empty())
}

/// Lists at the side that were rendered, kept as long as a page shows them.
#[derive(Default)]
pub struct Fragments(Slots<Hash, Result<Arc<Fragment>, Diagnostic>>);

/// The list at the side of each of these pages that is wanted. Pages of one folder that show the same entries share it.
pub(super) fn fragments(
    ids: &[PageId],
    is_wanted: impl Fn(PageId) -> bool,
    (site, config, theme): (&Site, &Config, &Theme),
    trees: &Trees<'_>,
    kept: Option<&Fragments>,
) -> (Vec<Option<Arc<Fragment>>>, Vec<Diagnostic>) {
    let mut numbers = BTreeMap::new();
    let mut wanted = Vec::new();
    let mut of_pages: Vec<Option<usize>> = Vec::with_capacity(ids.len());
    for id in ids {
        let page = site.page(*id);
        let tree = shown_tree(page).filter(|_| is_wanted(*id));
        let known = tree.and_then(|tree| Some((tree, &trees.get(&tree.hash)?.1)));
        of_pages.push(known.map(|(tree, places)| {
            let url = &page.route.url;
            let folder = url.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
            let group = (tree.hash, page.locale, folder, places.branch(tree, url));
            *numbers.entry(group).or_insert_with(|| {
                wanted.push((tree, places, page, folder));
                wanted.len() - 1
            })
        }));
    }
    let rendered: Vec<(Hash, Result<Arc<Fragment>, Diagnostic>)> = wanted
        .par_iter()
        .map(|(tree, places, page, folder)| {
            let (lang, own) = (&site.locales[page.locale].lang, &config.theme.frame(page.locale).texts);
            let more = (theme.texts.get(lang, own, "earlier_pages"), theme.texts.get(lang, own, "later_pages"));
            let new_window = theme.texts.get(lang, own, "new_window");
            let key =
                Hash::of(&(theme.sidebar, tree.hash, more, new_window, folder, places.branch(tree, &page.route.url)));
            let make = || {
                let mut lister = Lister { places, from: &page.route.url, more, pages: Vec::new() };
                let items = lister.list(&tree.items, places.of(&page.route.url).unwrap_or_default());
                let mut context = tera::Context::new();
                context.insert("items", &items);
                context.insert("new_window", new_window);
                let html = theme.templates.render("partials/sidebar.html", &context)?;
                Ok(Arc::new(Fragment::new(&html, &lister.pages)))
            };
            let fragment = match kept {
                Some(kept) => kept.0.get(&key, Hash::default(), make),
                None => make(),
            };
            (key, fragment)
        })
        .collect();
    // What is wrong is found anew: its place may be another.
    if let Some(kept) = kept {
        let shown: BTreeSet<Hash> = rendered.iter().filter(|(_, made)| made.is_ok()).map(|(key, _)| *key).collect();
        kept.0.retain(|key| shown.contains(key));
    }
    let rendered: Vec<Result<Arc<Fragment>, Diagnostic>> = rendered.into_iter().map(|(_, fragment)| fragment).collect();
    let diagnostics: Vec<Diagnostic> = rendered.iter().filter_map(|fragment| fragment.clone().err()).collect();
    let of_pages = of_pages.into_iter().map(|number| rendered[number?].clone().ok()).collect();
    (of_pages, diagnostics)
}
