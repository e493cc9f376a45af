//! All `Head`s -> one `Site`. Floor 4: it never sees a body.
//!
//! In come the heads of all pages, the other files and the settings; out comes a [`Site`]. The steps: routes, targets
//! (what an address can lead to), titles and languages, links, navigation, files.

mod address;
mod beside;
mod catalogs;
mod findings;
#[cfg(test)]
mod fixture;
mod fold;
mod front;
mod home;
mod ignored;
mod kept;
mod links;
mod locales;
pub mod lock;
pub mod made;
mod nav;
mod published;
mod redirects;
mod respelling;
mod retold;
mod rewrites;
mod routes;
mod suggestions;
mod taken;
mod targets;
mod titles;
mod types;
mod unlinked;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{OutPath, SourcePath, Span, UrlPath};
use crate::config::{Project, SiteConfig};
use crate::diag::Diagnostic;
use crate::page::Head;

use findings::Faulty;
pub use home::Home;
use ignored::Ignored;
pub use ignored::is_ignored;
pub use kept::Kept;
use kept::PageLinks;
use links::{Fault, Resolver};
pub use locales::label_elsewhere;
use nav::{Around, Ground};
pub use published::{Picture, feeds, picture, unpublished};
use redirects::Redirects;
pub use respelling::{Aimed, spellings};
pub use retold::{differ_in_words, retold};
pub use rewrites::Rewrites;
use taken::{Clash, Taken};
use targets::{File, Targets};
pub use types::{
    Finding, LeftOut, Links, Locale, MovedAnchor, NavExtra, NavItem, NavLink, NavTree, PageId, Place, Redirect,
    Resolved, Route, Site, SiteInputs, SitePage,
};

pub use unlinked::unlinked;

/// Where pages are found. It is known long before the rest of a site is.
pub fn addresses(heads: &[Arc<Head>], config: &SiteConfig) -> Vec<Route> {
    let locale_of: Vec<usize> = heads.iter().map(|head| locales::of_page(&head.relative, &config.locales)).collect();
    routes(heads, &locale_of, config, &mut Vec::new())
}

/// The site of these pages, which are sorted by path. `config.locales` has at least one language.
pub fn assemble(heads: &[Arc<Head>], inputs: &SiteInputs, config: &SiteConfig, project: &Project) -> Site {
    assemble_again(heads, inputs, config, project, &mut Kept::default())
}

/// The same, where there was a site before: what stands of it is not made again.
pub fn assemble_again(
    heads: &[Arc<Head>],
    inputs: &SiteInputs,
    config: &SiteConfig,
    project: &Project,
    kept: &mut Kept,
) -> Site {
    let mut diagnostics = Vec::new();
    let ids: Vec<PageId> = (0..).take(heads.len()).map(PageId).collect();
    let locale_of: Vec<usize> = heads.iter().map(|head| locales::of_page(&head.relative, &config.locales)).collect();
    let routes = routes(heads, &locale_of, config, &mut diagnostics);

    let targets = Targets::new(heads, &routes, inputs, &project.content);
    let resolver = Resolver::new(heads, &routes, &targets, config, &project.content);
    let kept_links = kept.links(heads, kept::ground(heads, &routes, inputs, config, project), &resolver);

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
    let mut led_on = BTreeSet::new();
    let (links, faulty) = faulty(&kept_links, &redirects, &former, &mut led_on, &mut diagnostics);
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

    let catalogs = catalogs::of_pages(&ground);

    diagnostics.extend(titles::untitled(heads, &titles, config));
    diagnostics.extend(locales::missing(heads, &locale_of, &config.locales, &targets));
    let files = files(heads, &routes, &targets, &kept_links, project.copy_all, &mut diagnostics);
    redirects.pages.retain(|out, _| !files.contains_key(out));
    let markdown = match config.publish.llms {
        true => beside::markdown(heads, &routes, &files, &redirects.pages, &mut diagnostics),
        false => vec![None; heads.len()],
    };
    let translations =
        |head: &Head, locale| locales::translations(&head.relative, heads, locale, config, &homes, &targets, &routes);
    let translations: Vec<_> =
        heads.par_iter().zip(&locale_of).map(|(head, locale)| translations(head, *locale)).collect();

    let by_path = Arc::new(heads.iter().zip(&ids).map(|(head, id)| (head.path.clone(), *id)).collect());
    let mut pages = Vec::with_capacity(heads.len());
    let parts = heads.iter().zip(&routes).zip(locale_of.iter().zip(titles.iter().zip(&is_home)));
    let made =
        links.into_iter().zip(around.into_iter().zip(translations.into_iter().zip(catalogs.into_iter().zip(markdown))));
    for (((head, route), (locale, (title, home))), (links, (around, (translations, (catalogs, markdown))))) in
        parts.zip(made)
    {
        pages.push(SitePage {
            head: head.clone(),
            route: route.clone(),
            locale: *locale,
            title: title.clone(),
            home: *home,
            links,
            sidebar: around.sidebar,
            prev: around.prev,
            next: around.next,
            moved: redirects.moved.remove(&PageId(pages.len() as u32)).unwrap_or_default(),
            depth: around.depth,
            translations,
            catalogs,
            markdown,
        });
    }
    Site { pages, by_path, locales: languages, files, redirects: redirects.pages, led_on, findings, diagnostics }
}

fn routes(
    heads: &[Arc<Head>],
    locale_of: &[usize],
    config: &SiteConfig,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Route> {
    let route = |(head, locale): (&Arc<Head>, &usize)| {
        let prefix = config.locales.get(*locale).map_or("/", |locale| &locale.prefix);
        routes::route(head, prefix, config)
    };
    let made: Vec<(Route, Option<Diagnostic>)> = heads.par_iter().zip(locale_of).map(route).collect();
    let (mut routes, problems): (Vec<Route>, Vec<Option<Diagnostic>>) = made.into_iter().unzip();
    diagnostics.extend(problems.into_iter().flatten());
    diagnostics.extend(routes::beside_indexes(heads, &mut routes, config));
    routes
}

/// Where the links of pages lead, and those with a fault that is to be told. Those that lead to a former address are led on.
fn faulty(
    kept: &[Arc<PageLinks>],
    redirects: &Redirects,
    ground: &redirects::Ground<'_>,
    named: &mut BTreeSet<(PageId, u32)>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Links>, Vec<Faulty>) {
    let (mut all, mut faulty) = (Vec::with_capacity(kept.len()), Vec::new());
    let (ignored, wrong) = Ignored::new(&ground.config.ignored_links);
    diagnostics.extend(wrong);
    for (page, kept) in (0..).map(PageId).zip(kept) {
        let head = &ground.heads[page.0 as usize];
        let mut led_on: Option<Vec<Resolved>> = None;
        for (link, fault) in &kept.faults {
            let written = &head.links[*link as usize].target;
            let fragment = written.find('#').map_or("", |at| &written[at..]);
            let fault = match redirects.led(fault, fragment, ground) {
                Some((resolved, moved)) => {
                    led_on.get_or_insert_with(|| kept.links.to_vec())[*link as usize] = resolved;
                    if !matches!(fault, Fault::NoAnchor(..)) {
                        named.insert((page, *link));
                    }
                    moved
                }
                None => Some(fault.clone()),
            };
            // What is wrong with the page of another language is told there.
            let told = fault.filter(|fault| !head.stands_in && !ignored.holds(fault, written));
            faulty.extend(told.map(|fault| Faulty { page, link: *link, fault }));
        }
        all.push(led_on.map_or_else(|| kept.links.clone(), Links::from));
    }
    (all, faulty)
}

/// The files to be copied: public ones, and of the others all or those that pages refer to. Pages come first where a
/// file would take the place of one.
fn files(
    heads: &[Arc<Head>],
    routes: &[Route],
    targets: &Targets<'_>,
    links: &[Arc<PageLinks>],
    copy_all: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<OutPath, SourcePath> {
    let mut wanted: Vec<bool> = targets.files.iter().map(|file| file.public || copy_all).collect();
    for file in links.iter().flat_map(|links| &links.files) {
        wanted[*file] = true;
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
