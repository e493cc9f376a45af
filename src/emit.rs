//! `Site` -> artefacts other than pages. Floor 5: one pure function a file.

mod atom;
mod copies;
mod entrance;
mod llms;
mod markdown;
mod opensearch;
mod redirects;
mod robots;
mod search;
mod search_tests;
mod sitemap;
#[cfg(test)]
mod tests;
mod xml;

pub use crate::site::made::SEARCH;
pub use markdown::{is_markdown, markdown};
pub use search::{Searched, search};
pub use search_tests::{Searches, searches};

use crate::artefact::Artefact;
use crate::base::{Hash, OutPath, SourcePath};
use crate::config::Config;
use crate::site::{Site, SitePage, made};
use crate::vfs::History;

/// The files of the output that are no pages and belong to no theme; `hash_of` gives the hash of a file's contents, `history` the past of
/// the pages.
/// A file of the project takes the place of one that would be made.
pub fn artefacts(
    site: &Site,
    config: &Config,
    history: &History,
    hash_of: &dyn Fn(&SourcePath) -> Option<Hash>,
) -> Vec<(OutPath, Artefact)> {
    let url = config.site.url.as_deref().map(|url| url.trim_end_matches('/')).filter(|url| !url.is_empty());
    // GitHub Pages would leave out names that start with `_` otherwise.
    let mut files = vec![(made::NO_JEKYLL.to_owned(), String::new())];
    files.extend(entrance::files(site));
    files.extend(redirects::files(site, &config.site));
    if let Some(host) = &config.site.publish.cname {
        files.push((made::CNAME.to_owned(), format!("{host}\n")));
    }
    if let Some(url) = url {
        files.extend(sitemap::files(site, url, history));
        files.extend(atom::files(site, &config.site, url, history));
        files.extend(opensearch::files(site, config, url));
        files.push((made::ROBOTS.to_owned(), robots::text(url)));
    }
    let mut artefacts = copies::artefacts(site, hash_of);
    for (name, text) in files {
        let path = OutPath::new(&name).expect("the name of a file at the root");
        if !site.files.contains_key(&path) {
            artefacts.push((path, Artefact::bytes(text.into_bytes())));
        }
    }
    artefacts
}

/// When a page was changed last: as its front matter says, else as its history does.
fn changed(page: &SitePage, history: &History) -> Option<i64> {
    let of_file = || history.get(page.head.template.as_ref().unwrap_or(&page.head.path)).map(|changes| changes.last);
    atom::written_change(page).or_else(of_file)
}
