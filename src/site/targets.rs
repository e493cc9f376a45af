//! What an address inside the site can lead to: pages and files, by every way in which authors write them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::base::{OutPath, SourcePath, UrlPath};
use crate::page::Head;

use super::types::{PageId, Route, SiteInputs};

/// A file that is no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    /// Where it lies.
    pub source: SourcePath,
    /// Its path in the output.
    pub out: OutPath,
    /// Whether it lies in a public folder, which is copied whole.
    pub public: bool,
}

impl File {
    /// Its address.
    pub fn url(&self) -> UrlPath {
        UrlPath::new(self.out.as_str())
    }
}

/// What an address leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A page.
    Page(PageId),
    /// A file: its index in [`Targets::files`].
    File(usize),
}

/// Pages and files by their names. Keys have no leading slash.
pub(super) struct Targets<'a> {
    /// The files, by path in the output, then source.
    pub files: Vec<File>,
    /// Pages by path below the content folder, extension and all.
    paths: HashMap<&'a str, PageId>,
    /// Pages by path below the content folder without extension.
    stems: HashMap<&'a str, PageId>,
    /// Pages by address, without `.html`.
    urls: HashMap<&'a str, PageId>,
    /// Pages of folders by the folder's path with a slash at its end; the content folder's is empty.
    folders: HashMap<&'a str, PageId>,
    /// Files by path in the output.
    by_out: HashMap<Arc<str>, usize>,
    /// Paths that are not in composed form, by their composed form: macOS takes accents apart.
    composed: BTreeMap<String, Target>,
}

impl<'a> Targets<'a> {
    /// The targets of these pages and of these files; `content` is the folder of the pages.
    pub fn new(heads: &'a [Arc<Head>], routes: &'a [Route], inputs: &SiteInputs, content: &SourcePath) -> Targets<'a> {
        let files = files(inputs, content);
        let mut targets = Targets {
            paths: HashMap::with_capacity(heads.len()),
            stems: HashMap::with_capacity(heads.len()),
            urls: HashMap::with_capacity(heads.len()),
            folders: HashMap::new(),
            by_out: HashMap::with_capacity(files.len()),
            composed: BTreeMap::new(),
            files,
        };
        let mut readmes = Vec::new();
        for ((head, route), id) in heads.iter().zip(routes).zip(0..) {
            let (id, relative) = (PageId(id), &*head.relative);
            let stem = stem(relative);
            targets.paths.insert(relative, id);
            // A page that has another path in the site is found by that of its file, too.
            if let Some(file) = head.path.below(content).filter(|file| *file != relative) {
                targets.paths.entry(file).or_insert(id);
            }
            targets.stems.entry(stem).or_insert(id);
            targets.urls.entry(without_html(&route.url.as_str()[1..])).or_insert(id);
            let (folder, name) = split_name(stem);
            match is_index_name(name) {
                true if route.url.is_folder() => {
                    targets.folders.entry(folder).or_insert(id);
                }
                true => readmes.push((folder, id)),
                false => {}
            }
            if is_nfc_quick(relative.chars()) != IsNormalized::Yes {
                targets.composed.insert(stem.nfc().collect(), Target::Page(id));
            }
        }
        // VitePress gives README.md no folder, yet readers find nothing else there.
        for (folder, id) in readmes {
            targets.folders.entry(folder).or_insert(id);
        }
        for (index, file) in targets.files.iter().enumerate() {
            let out = file.out.as_str();
            targets.by_out.entry(out.into()).or_insert(index);
            if is_nfc_quick(out.chars()) != IsNormalized::Yes {
                targets.composed.insert(out.nfc().collect(), Target::File(index));
            }
        }
        targets
    }

    /// What a link to `path` leads to: a decoded path from the site's root, without leading slash.
    pub fn linked(&self, path: &str) -> Option<Target> {
        self.page_exactly(path)
            .map(Target::Page)
            .or_else(|| self.file(path))
            .or_else(|| self.page_tolerantly(path).map(Target::Page))
            .or_else(|| self.composed(path))
    }

    /// The file that a picture at `path` shows.
    pub fn pictured(&self, path: &str) -> Option<Target> {
        let file = |target: &Target| matches!(target, Target::File(_));
        self.file(path).or_else(|| self.composed(path).filter(file))
    }

    /// The page that `path` means, by source path or address, with or without extension.
    pub fn page(&self, path: &str) -> Option<PageId> {
        self.page_exactly(path).or_else(|| self.page_tolerantly(path))
    }

    fn file(&self, path: &str) -> Option<Target> {
        self.by_out.get(path).copied().map(Target::File)
    }

    fn page_exactly(&self, path: &str) -> Option<PageId> {
        let page = match path.is_empty() || path.ends_with('/') {
            true => self.folders.get(path).or_else(|| self.urls.get(path)),
            false => self.paths.get(path).or_else(|| match path.ends_with(".html") {
                true => self.urls.get(without_html(path)),
                false => None,
            }),
        };
        page.copied()
    }

    fn page_tolerantly(&self, path: &str) -> Option<PageId> {
        if let Some(folder) = path.strip_suffix('/') {
            return self.stems.get(folder).copied();
        }
        let stem = stem(path);
        let (folder, name) = split_name(stem);
        let of_folder = || is_index_name(name).then(|| self.folders.get(folder)).flatten();
        let page = self.stems.get(stem).or_else(of_folder);
        let page =
            page.or_else(|| self.urls.get(stem)).or_else(|| self.stems.get(path)).or_else(|| self.urls.get(path));
        page.copied().or_else(|| self.folders.get(&*format!("{path}/")).copied())
    }

    /// What a path leads to whose accents are taken apart otherwise than in the name of the file.
    fn composed(&self, path: &str) -> Option<Target> {
        if path.is_ascii() {
            return None;
        }
        let composed: String = path.nfc().collect();
        let apart = self.composed.get(&composed).or_else(|| self.composed.get(stem(&composed))).copied();
        apart.or_else(|| match composed == path {
            true => None,
            false => self.page(&composed).map(Target::Page).or_else(|| self.file(&composed)),
        })
    }
}

/// The files that are no pages: public ones first where two have one path in the output.
fn files(inputs: &SiteInputs, content: &SourcePath) -> Vec<File> {
    let public = inputs
        .public
        .iter()
        .filter_map(|(source, out)| Some(File { source: source.clone(), out: OutPath::new(out)?, public: true }));
    let beside = inputs.files.iter().filter_map(|source| {
        Some(File { out: OutPath::new(source.below(content)?)?, source: source.clone(), public: false })
    });
    let mut files: Vec<File> = public.chain(beside).collect();
    files.sort_by(|a, b| (&a.out, !a.public, &a.source).cmp(&(&b.out, !b.public, &b.source)));
    files
}

/// A path without `.md` or `.html`.
pub(super) fn stem(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((stem, extension)) if extension.eq_ignore_ascii_case("md") || extension == "html" => stem,
        _ => path,
    }
}

fn without_html(path: &str) -> &str {
    path.strip_suffix(".html").unwrap_or(path)
}

/// A path as its folder with a slash at its end, and its name.
pub(super) fn split_name(path: &str) -> (&str, &str) {
    path.split_at(path.rfind('/').map_or(0, |slash| slash + 1))
}

/// Whether a file of this name, without extension, may be the page of its folder.
pub(super) fn is_index_name(name: &str) -> bool {
    name.eq_ignore_ascii_case("readme") || name.eq_ignore_ascii_case("index")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Layout;
    use crate::site::fixture::Folder;

    fn check(layout: Layout, files: &[&str], cases: &[(&str, Option<&str>)]) {
        let folder = Folder::new(layout, files);
        let routes = folder.routes();
        let targets = Targets::new(&folder.heads, &routes, &folder.inputs, &folder.project.content);
        for (path, want) in cases {
            let found = targets.linked(path).map(|target| match target {
                Target::Page(id) => folder.heads[id.0 as usize].path.as_str(),
                Target::File(index) => targets.files[index].source.as_str(),
            });
            assert_eq!(found, *want, "{path} in {layout:?}");
        }
    }

    #[test]
    fn every_way_to_write_a_page() {
        check(
            Layout::VuePress1,
            &["README.md", "guide/index.md", "guide/start.md", "v1.2.md", "data.csv", "LICENSE", "LICENSE.md"],
            &[
                ("", Some("README.md")),
                ("index.html", Some("README.md")),
                ("guide/", Some("guide/index.md")),
                ("guide", Some("guide/index.md")),
                ("guide/README.md", Some("guide/index.md")),
                ("guide/start", Some("guide/start.md")),
                ("guide/start/", Some("guide/start.md")),
                ("guide/start.html", Some("guide/start.md")),
                ("guide/start.md", Some("guide/start.md")),
                ("v1.2", Some("v1.2.md")),
                ("data.csv", Some("data.csv")),
                ("LICENSE", Some("LICENSE")),
                ("LICENSE.html", Some("LICENSE.md")),
                ("Guide/start", None),
                ("guide/other.md", None),
            ],
        );
    }

    #[test]
    fn addresses_that_differ_from_the_file() {
        check(
            Layout::VuePress2,
            &["_posts/a+b.md"],
            &[("posts/a_b.html", Some("_posts/a+b.md")), ("_posts/a+b.md", Some("_posts/a+b.md"))],
        );
        check(Layout::VitePress, &["a/README.md"], &[("a/", Some("a/README.md")), ("a/index.md", Some("a/README.md"))]);
    }

    #[test]
    fn accents_in_two_forms_are_one_name() {
        let apart = "e\u{301}te\u{301}.md";
        check(Layout::Bare, &[apart], &[("été.md", Some(apart)), ("ete.md", None)]);
        check(Layout::Bare, &["été.md", "thé.pdf"], &[(apart, Some("été.md")), ("the\u{301}.pdf", Some("thé.pdf"))]);
    }
}
