//! The files of a built site -> its pages and downloads, by address.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use rayon::iter::{IntoParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _};
use scraper::Html;

use super::address;
use super::page::{self, Page};
use crate::base::SourcePath;
use crate::vfs::Files;

/// The page that a host shows where there is none: it has no address of its own.
const NOT_FOUND: &str = "404.html";

/// How the page begins that searches: it says nothing of its own.
const SEARCH: &str = "<body class=\"search-only\">";

/// What readers open or keep as a file: its address is as good as a page's. Pictures, scripts and styles are not among them,
/// since generators name those anew at each build.
const DOWNLOADS: &[&str] = &[
    "pdf", "zip", "gz", "csv", "ods", "odt", "odp", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "epub", "ics", "json5",
];

/// A built site.
#[derive(Debug, Default)]
pub struct Built {
    /// The pages, by address.
    pub(super) pages: BTreeMap<String, Page>,
    /// Where old addresses lead on to.
    pub(super) redirects: BTreeMap<String, String>,
    /// The addresses of files to download.
    pub(super) downloads: BTreeSet<String>,
}

impl Built {
    /// What `files`, a folder or an archive, hold.
    pub fn read(files: &dyn Files) -> io::Result<Built> {
        let listed = files.list()?.files;
        let folder = only_folder(&listed);
        let mut names = BTreeSet::new();
        let mut paths = Vec::new();
        for path in listed {
            let name = path.as_str()[folder.len()..].to_owned();
            if Built::is_page(&name) {
                paths.push((name.clone(), path));
            }
            names.insert(name);
        }
        let texts: Vec<(String, String)> = paths
            .into_par_iter()
            .map(|(name, path)| Ok((name, String::from_utf8_lossy(&files.read(&path)?).into_owned())))
            .collect::<io::Result<_>>()?;
        Ok(Built::new(&names, &texts))
    }

    /// The site of these files: all names, and the texts of the pages.
    pub fn new(names: &BTreeSet<String>, texts: &[(String, String)]) -> Built {
        let hrefs: Vec<Vec<String>> =
            texts.par_iter().map(|(_, html)| page::rooted(&Html::parse_document(html))).collect();
        let base = address::base(hrefs.iter().flatten().map(String::as_str), names);
        let read: Vec<(String, page::Read)> = texts
            .par_iter()
            .filter(|(_, html)| !html.contains(SEARCH))
            .map(|(name, html)| {
                let address = address::of_file(name);
                let read = page::read(&Html::parse_document(html), &address, &base);
                (address, read)
            })
            .collect();
        let mut built = Built::default();
        for (address, read) in read {
            match read {
                page::Read::Page(page) => drop(built.pages.insert(address, page)),
                page::Read::Redirect(to) => drop(built.redirects.insert(address, to)),
            }
        }
        let is_download = |name: &&String| {
            name.rsplit_once('.').is_some_and(|(_, extension)| DOWNLOADS.contains(&extension.to_lowercase().as_str()))
        };
        built.downloads = names.iter().filter(is_download).map(|name| format!("/{name}")).collect();
        built
    }

    /// Whether the file of this name is a page with an address of its own.
    pub fn is_page(name: &str) -> bool {
        name.ends_with(".html") && name != NOT_FOUND
    }

    /// Whether there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty() && self.redirects.is_empty()
    }
}

/// The one folder that everything lies in, with its slash: archives often have one. Nothing if there is a page beside it.
fn only_folder(paths: &[SourcePath]) -> String {
    let mut folder: Option<&str> = None;
    for path in paths {
        let Some((first, _)) = path.as_str().split_once('/') else { return String::new() };
        match folder {
            Some(folder) if folder != first => return String::new(),
            _ => folder = Some(first),
        }
    }
    folder.map_or_else(String::new, |folder| format!("{folder}/"))
}
