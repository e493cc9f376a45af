//! All `Head`s -> one `Site`. Floor 4: it never sees a body.
//!
//! In come the heads of all pages, the other files and the settings; out comes a [`Site`]. The steps: routes, targets
//! (what an address can lead to), titles and languages, links, navigation, files.

mod address;
mod findings;
#[cfg(test)]
mod fixture;
mod fold;
mod front;
mod ignored;
mod links;
mod locales;
mod nav;
mod redirects;
mod rewrites;
mod routes;
mod suggestions;
mod taken;
mod targets;
mod titles;
mod types;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{OutPath, SourcePath, Span, UrlPath};
use crate::config::{Project, SiteConfig};
use crate::diag::Diagnostic;
use crate::page::Head;

use findings::Faulty;
use ignored::Ignored;
use links::{Outcome, Resolver};
pub use locales::label_elsewhere;
use nav::{Around, Ground};
use redirects::Redirects;
pub use rewrites::Rewrites;
use taken::{Clash, Taken};
use targets::{File, Targets};
pub use types::{
    Finding, LeftOut, Locale, MovedAnchor, NavExtra, NavItem, NavLink, NavTree, PageId, Place, Redirect, Resolved,
    Route, Site, SiteInputs, SitePage,
};

/// The site of these pages, which are sorted by path. `config.locales` has at least one language.
pub fn assemble(heads: &[Arc<Head>], inputs: &SiteInputs, config: &SiteConfig, project: &Project) -> Site {
    let mut diagnostics = Vec::new();
    let ids: Vec<PageId> = (0..).take(heads.len()).map(PageId).collect();
    let locale_of: Vec<usize> = heads.iter().map(|head| locales::of_page(&head.relative, &config.locales)).collect();
    let routes = routes(heads, &locale_of, config, &mut diagnostics);

    let targets = Targets::new(heads, &routes, inputs, &project.content);
    let resolver = Resolver::new(heads, &routes, &targets, config, &project.content);
    let mut outcomes = links(heads, &resolver);

    let homes: Vec<Option<PageId>> = config.locales.iter().map(|locale| locales::home(locale, &targets)).collect();
    let head_of = |page: PageId| &*heads[page.0 as usize];
    let names: Vec<String> = config
        .locales
        .iter()
        .zip(&homes)
        .map(|(locale, home)| locales::title(locale, config, home.map(head_of)))
        .collect();
    let titles: Vec<Arc<str>> =
        heads.iter().zip(&locale_of).map(|(head, locale)| titles::title(head, &names[*locale]).into()).collect();

    let (settings, content) = (project.settings.as_ref(), &project.content);
    let former = redirects::Ground { heads, routes: &routes, titles: &titles, resolver: &resolver, config, settings };
    let mut redirects = Redirects::new(&former);
    diagnostics.append(&mut redirects.diagnostics);
    let faulty = faulty(&mut outcomes, &redirects, &former, &mut diagnostics);
    let mut findings = findings::findings(faulty, heads, &targets, inputs, content);
    findings.append(&mut redirects.findings);

    let is_home: Vec<bool> = heads.iter().map(|head| front::is_home(head)).collect();
    let ground = Ground {
        heads,
        routes: &routes,
        titles: &titles,
        locales: &locale_of,
        targets: &targets,
        names: OnceCell::new(),
        config,
        settings,
    };
    let mut around: Vec<Around> = heads.iter().map(|_| Around::default()).collect();
    let mut languages = Vec::with_capacity(config.locales.len());
    for (index, (locale, name)) in config.locales.iter().zip(names).enumerate() {
        let own: Vec<PageId> = ids.iter().copied().filter(|id| locale_of[id.0 as usize] == index).collect();
        for (page, of_page) in nav::sidebars(index, &own, &is_home, &ground, &mut diagnostics) {
            around[page.0 as usize] = of_page;
        }
        let home = homes[index].or_else(|| nav::first(index, &own, &ground));
        let home = home.map_or_else(|| UrlPath::new(&locale.prefix), |home| routes[home.0 as usize].url.clone());
        let navbar = nav::navbar(locale, &ground, &mut diagnostics);
        languages.push(locales::locale(locale, config, name, navbar, home));
    }

    diagnostics.extend(titles::untitled(heads, &titles, config));
    diagnostics.extend(locales::missing(heads, &locale_of, &config.locales, &targets));
    let files = files(heads, &routes, &targets, &outcomes, project.copy_all, &mut diagnostics);
    redirects.pages.retain(|out, _| !files.contains_key(out));
    let translations =
        |head: &Head, locale| locales::translations(&head.relative, heads, locale, config, &homes, &targets, &routes);
    let translations: Vec<_> =
        heads.par_iter().zip(&locale_of).map(|(head, locale)| translations(head, *locale)).collect();

    let by_path = heads.iter().zip(&ids).map(|(head, id)| (head.path.clone(), *id)).collect();
    let mut pages = Vec::with_capacity(heads.len());
    let parts = heads.iter().zip(&routes).zip(locale_of.iter().zip(titles.iter().zip(&is_home)));
    let made = outcomes.into_iter().zip(around.into_iter().zip(translations));
    for (((head, route), (locale, (title, home))), (outcomes, (around, translations))) in parts.zip(made) {
        pages.push(SitePage {
            head: head.clone(),
            route: route.clone(),
            locale: *locale,
            title: title.clone(),
            home: *home,
            links: outcomes.into_iter().map(|outcome| outcome.resolved).collect(),
            sidebar: around.sidebar,
            prev: around.prev,
            next: around.next,
            moved: redirects.moved.remove(&PageId(pages.len() as u32)).unwrap_or_default(),
            depth: around.depth,
            translations,
        });
    }
    Site { pages, by_path, locales: languages, files, redirects: redirects.pages, findings, diagnostics }
}

fn routes(
    heads: &[Arc<Head>],
    locale_of: &[usize],
    config: &SiteConfig,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Route> {
    let mut routes = Vec::with_capacity(heads.len());
    for (head, locale) in heads.iter().zip(locale_of) {
        let prefix = config.locales.get(*locale).map_or("/", |locale| &locale.prefix);
        let (route, problem) = routes::route(head, prefix, config);
        routes.push(route);
        diagnostics.extend(problem);
    }
    diagnostics.extend(routes::beside_indexes(heads, &mut routes, config));
    routes
}

/// Where each link of each page leads.
fn links(heads: &[Arc<Head>], resolver: &Resolver<'_>) -> Vec<Vec<Outcome>> {
    let of_page = |(page, head): (u32, &Arc<Head>)| -> Vec<Outcome> {
        head.links.iter().map(|link| resolver.resolve(PageId(page), link)).collect()
    };
    let count = u32::try_from(heads.len()).expect("a site has fewer than four billion pages");
    (0..count).into_par_iter().zip(heads).map(of_page).collect()
}

/// The links with a fault that is to be told. Those that lead to a former address are led on.
fn faulty(
    outcomes: &mut [Vec<Outcome>],
    redirects: &Redirects,
    ground: &redirects::Ground<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Faulty> {
    let mut faulty = Vec::new();
    let (ignored, wrong) = Ignored::new(&ground.config.ignored_links);
    diagnostics.extend(wrong);
    for (page, outcomes) in (0..).map(PageId).zip(outcomes) {
        let head = &ground.heads[page.0 as usize];
        for (link, outcome) in (0..).zip(outcomes) {
            let written = &head.links[link as usize].target;
            let led = |fault| redirects.led(fault, written.find('#').map_or("", |at| &written[at..]), ground);
            if let Some((resolved, fault)) = outcome.fault.as_ref().and_then(led) {
                (outcome.resolved, outcome.fault) = (resolved, fault);
            }
            // What is wrong with the page of another language is told there.
            let told = outcome.fault.clone().filter(|fault| !head.stands_in && !ignored.holds(fault, written));
            faulty.extend(told.map(|fault| Faulty { page, link, fault }));
        }
    }
    faulty
}

/// The files to be copied: public ones, and of the others all or those that pages refer to. Pages come first where a
/// file would take the place of one.
fn files(
    heads: &[Arc<Head>],
    routes: &[Route],
    targets: &Targets<'_>,
    outcomes: &[Vec<Outcome>],
    copy_all: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<OutPath, SourcePath> {
    let mut wanted: Vec<bool> = targets.files.iter().map(|file| file.public || copy_all).collect();
    for file in outcomes.iter().flatten().filter_map(|outcome| outcome.file) {
        wanted[file] = true;
    }
    let mut taken = Taken::default();
    diagnostics.extend(routes::take(&mut taken, heads.iter().map(|head| &**head).zip(routes)));
    let mut files: BTreeMap<OutPath, SourcePath> = BTreeMap::new();
    for (File { source, out, .. }, _) in targets.files.iter().zip(&wanted).filter(|(_, wanted)| **wanted) {
        let found = match taken.take(out, source) {
            Ok(()) => {
                files.insert(out.clone(), source.clone());
                continue;
            }
            Err(Clash::Same(first)) if files.contains_key(out) => {
                Diagnostic::info("duplicate-output", format!("`{source}` and `{first}` would both be `{out}`"))
                    .help(format!("`{first}` is copied and the other is left out: rename or remove one of them"))
            }
            Err(Clash::Same(page)) => {
                Diagnostic::warning("duplicate-output", format!("`{source}` would be `{out}`, as the page `{page}` is"))
                    .help("the page is kept and the file is left out: rename one of them")
            }
            Err(Clash::Folder(other) | Clash::File(other)) => Diagnostic::warning(
                "duplicate-output",
                format!("`{source}` cannot be `{out}`: because of `{other}`, that would be a file and a folder"),
            )
            .help("the file is left out: rename one of them"),
        };
        diagnostics.push(found.at(Span::new(source.clone(), 0..0)));
    }
    files
}

#[cfg(test)]
mod tests {
    use crate::config::Layout;
    use crate::diag::Severity;
    use crate::page::LinkKind;

    use super::fixture::Folder;
    use super::{Site, SiteInputs};

    fn files(site: &Site) -> Vec<(&str, &str)> {
        site.files.iter().map(|(out, source)| (out.as_str(), source.as_str())).collect()
    }

    #[test]
    fn files_that_pages_refer_to_are_copied() {
        let folder = || {
            Folder::new(Layout::VuePress1, &["a/b.md", "a/i.png", "a/unused.png", "public/x/y.ico"]).link(
                "a/b.md",
                "./i.png",
                LinkKind::Image,
            )
        };
        assert_eq!(files(&folder().site()), [("a/i.png", "a/i.png"), ("x/y.ico", "public/x/y.ico")]);
        let mut all = folder();
        all.project.copy_all = true;
        assert_eq!(all.site().files.len(), 3);
    }

    #[test]
    fn a_file_cannot_take_the_place_of_a_page_or_of_another_file() {
        let mut folder = Folder::new(Layout::Native, &["a.md", "a.html", "i.png", "public/i.png"]);
        folder.project.copy_all = true;
        let site = folder.site();
        assert_eq!(files(&site), [("i.png", "public/i.png")]);
        let found: Vec<_> = site.diagnostics.iter().map(|found| (found.severity, &*found.message)).collect();
        assert_eq!(
            found,
            [
                (Severity::Warning, "`a.html` would be `a.html`, as the page `a.md` is"),
                (Severity::Info, "`i.png` and `public/i.png` would both be `i.png`"),
            ]
        );
    }

    #[test]
    fn a_site_without_pages_stands() {
        let mut folder = Folder::new(Layout::Bare, &[]);
        folder.inputs = SiteInputs::default();
        let site = folder.site();
        assert_eq!(
            (site.pages.len(), site.locales[0].home.as_str(), &*site.locales[0].title),
            (0, "/", "Documentation")
        );
    }
}
