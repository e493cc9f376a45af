//! What nothing leads to: pages that no page and no menu links to, files that nobody uses; and pages of one title.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{SourcePath, Span, UrlPath};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::page::{Legal, legal_path};

use super::published;
use super::targets::stem;
use super::types::{NavItem, Resolved, Site, SiteInputs, SitePage};

/// Endings of files that pages show or offer: of any other kind it cannot be told who needs it.
const SHOWN: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "mp4", "webm", "mp3", "pdf", "doc", "docx", "odt", "ods",
    "odp", "xls", "xlsx", "ppt", "pptx", "zip",
];

/// What of a site nothing leads to.
pub fn unlinked(site: &Site, inputs: &SiteInputs, config: &Config) -> Vec<Diagnostic> {
    if site.pages.is_empty() {
        return Vec::new();
    }
    let mut linked: BTreeSet<&UrlPath> = BTreeSet::new();
    for page in &site.pages {
        let others = page.links.iter().filter_map(url).filter(|url| **url != page.route.url);
        linked.extend(others.chain(page.prev.iter().chain(&page.next).filter_map(|link| url(&link.target))));
    }
    let mut trees: BTreeMap<*const super::NavTree, &[NavItem]> = BTreeMap::new();
    for tree in site.pages.iter().filter_map(|page| page.sidebar.as_ref()).chain(site.locales.iter().map(|it| &it.nav))
    {
        trees.insert(std::sync::Arc::as_ptr(tree), &tree.items);
    }
    trees.into_values().for_each(|items| collect(items, &mut linked));
    linked.extend(site.locales.iter().map(|locale| &locale.home));
    let pictures: Vec<UrlPath> = published::pictures(site).collect();
    linked.extend(&pictures);
    // The foot of every page leads to those about the site.
    let about = (0..site.locales.len()).flat_map(|locale| Legal::ALL.map(|page| legal_path(config, locale, page)));
    let about = about.flatten().filter_map(|path| site.by_path.get(&path).copied());
    linked.extend(about.map(|page| &site.page(page).route.url));

    let mut found: Vec<Diagnostic> = site.pages.iter().filter(|page| is_orphan(page, &linked)).map(orphan).collect();
    found.extend(unused(inputs, &linked, config));
    found.extend(same_titles(site));
    found
}

fn url(target: &Resolved) -> Option<&UrlPath> {
    match target {
        Resolved::Page { url, .. } | Resolved::File { url, .. } => Some(url),
        Resolved::Here(_) | Resolved::External(_) | Resolved::Broken(_) => None,
    }
}

fn collect<'s>(items: &'s [NavItem], linked: &mut BTreeSet<&'s UrlPath>) {
    for item in items {
        linked.extend(item.target.as_ref().and_then(url));
        collect(&item.items, linked);
    }
}

/// Whether nobody comes to a page who does not know its address. Pages that a file is made into by the dozen are listed by
/// programs, which are not seen here.
fn is_orphan(page: &SitePage, linked: &BTreeSet<&UrlPath>) -> bool {
    page.head.template.is_none()
        && !page.home
        && stem(&page.head.relative) != "404"
        && !linked.contains(&page.route.url)
}

fn orphan(page: &SitePage) -> Diagnostic {
    Diagnostic::info("orphan-page", "no page and no menu leads to this page")
        .at(Span::new(page.head.path.clone(), 0..0))
        .help("link to it where readers look for it, or take it out")
}

/// Files for readers that no page shows or offers.
fn unused(inputs: &SiteInputs, linked: &BTreeSet<&UrlPath>, config: &Config) -> Vec<Diagnostic> {
    let content = &config.project.content;
    // The logo, icons and the like are named in the settings.
    let settings = serde_json::to_string(&*config.theme).unwrap_or_default();
    let unused = |file: &&SourcePath| {
        let name = file.name();
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        let out = file.below(content).unwrap_or(file.as_str());
        // What lies in hidden folders is for programs.
        let is_hidden = out.split('/').any(|part| part.starts_with('.'));
        !is_hidden
            && SHOWN.contains(&ending.as_str())
            && !linked.contains(&UrlPath::new(out))
            && !settings.contains(name)
    };
    let told = |file: &SourcePath| {
        Diagnostic::info("unused-file", "no page shows this file or links to it")
            .at(Span::new(file.clone(), 0..0))
            .help("take it out, or link to it")
    };
    inputs.files.iter().filter(unused).map(told).collect()
}

/// Pages that readers cannot tell apart in the search and in the tabs of their browser.
fn same_titles(site: &Site) -> Vec<Diagnostic> {
    let mut first: BTreeMap<(usize, &str), &SitePage> = BTreeMap::new();
    let mut found = Vec::new();
    for page in site.pages.iter().filter(|page| page.head.template.is_none()) {
        match first.get(&(page.locale, &*page.title)) {
            Some(other) => found.push(
                Diagnostic::info("duplicate-title", format!("`{}` is called “{}”, too", other.head.path, page.title))
                    .at(Span::new(page.head.path.clone(), 0..0))
                    .help("give each page a title of its own: it is what the search and the browser's tab show"),
            ),
            None => {
                first.insert((page.locale, &*page.title), page);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::config::Layout;
    use crate::config::native;
    use crate::page::LinkKind;
    use crate::site::fixture::Folder;

    #[test]
    fn what_nothing_leads_to() {
        let mut folder = Folder::new(
            Layout::VuePress1,
            &["README.md", "a.md", "b.md", "404.md", "used.png", "plan.PDF", "data.json", "public/x.png"],
        )
        .front("a.md", "title: Same")
        .front("b.md", "title: Same")
        .link("README.md", "a.md", LinkKind::Link)
        .link("b.md", "b.md", LinkKind::Link)
        .link("b.md", "./used.png", LinkKind::Image);
        folder.config.locales[0].sidebar = crate::config::SidebarConfig::Off;
        let mut config = native::defaults(Layout::VuePress1, "en");
        config.project = folder.project.clone().into();
        let site = folder.site();
        let told: Vec<String> = super::unlinked(&site, &folder.inputs, &config)
            .iter()
            .map(|found| format!("{} {}", found.code, found.span.as_ref().expect("a place").file))
            .collect();
        assert_eq!(told, ["orphan-page b.md", "unused-file plan.PDF", "duplicate-title b.md"]);
    }
}
