//! A former address as people write it -> the file that stands for it, and the anchor in it.

use crate::base::{OutPath, UrlPath};
use crate::config::SiteConfig;

use super::super::address::{self, Address};
use super::super::links::without_base;
use super::super::made::is_made;
use super::super::routes;

/// A former address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::site) struct Former {
    /// The address of the page.
    pub url: UrlPath,
    /// Its file.
    pub out: OutPath,
    /// The anchor in it; empty for the page itself.
    pub id: String,
}

impl Former {
    /// The address that `written` means, seen from `from`; `None` if it is none of this site.
    pub fn read(written: &str, from: &UrlPath, config: &SiteConfig) -> Option<Former> {
        let written = written.trim();
        let address = Address::new(written);
        if address::is_external(written) || address.path.is_empty() || !address.query.is_empty() {
            return None;
        }
        let path = address::decoded(address.path);
        let path = path.replace(['\\', '\0'], "_");
        let path = match path.strip_prefix('/').and_then(|path| without_base(path, &config.base)) {
            Some(below) => UrlPath::new(below),
            None => from.join(&path),
        };
        let (url, out) = route(&path, config)?;
        // A star would be a pattern in the files that tell servers of redirects, and no name on some systems.
        if path.as_str().contains('*') || is_made(&out) {
            return None;
        }
        Some(Former { url, out, id: address.id().into_owned() })
    }
}

/// The address that readers used, and the file that a server sends for it.
fn route(path: &UrlPath, config: &SiteConfig) -> Option<(UrlPath, OutPath)> {
    let text = path.as_str();
    if let Some(markdown) = text.strip_prefix('/').filter(|_| text.ends_with(".md")) {
        return route(&UrlPath::new(&routes::inferred(markdown, config.layout)), config);
    }
    if let Some(folder) = text.strip_suffix("index.html").filter(|folder| folder.ends_with('/')) {
        return route(&UrlPath::new(folder), config);
    }
    let url = match text.strip_suffix(".html") {
        Some(clean) if config.clean_urls => UrlPath::new(clean),
        Some(_) => path.clone(),
        None if path.is_folder() || config.clean_urls => path.clone(),
        // Every server leads to the folder from here.
        None => UrlPath::new(&format!("{text}/")),
    };
    let file = match url.is_folder() || url.as_str().ends_with(".html") {
        true => url.clone(),
        false => UrlPath::new(&format!("{url}.html")),
    };
    Some((url, file.out_path()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Layout;
    use crate::site::fixture::Folder;

    #[test]
    fn every_way_to_write_a_former_address() {
        let mut config = Folder::new(Layout::Native, &[]).config;
        config.base = "/docs/".into();
        let read = |written: &str, config: &SiteConfig| {
            let former = Former::read(written, &UrlPath::new("/guide/start.html"), config);
            former.map(|former| format!("{} {} #{}", former.url, former.out.as_str(), former.id))
        };
        for (written, want) in [
            ("/old.html", Some("/old.html old.html #")),
            ("/old/#caf%C3%A9", Some("/old/ old/index.html #café")),
            ("/old/index.html", Some("/old/ old/index.html #")),
            ("old.md", Some("/guide/old.html guide/old.html #")),
            ("/été 1.md", Some("/été 1.html été 1.html #")),
            ("../README.md", Some("/ index.html #")),
            ("/old", Some("/old/ old/index.html #")),
            ("/docs/a.html", Some("/a.html a.html #")),
            ("/v1.2", Some("/v1.2/ v1.2/index.html #")),
            ("https://example.org/a", None),
            ("/old.html?a=1", None),
            ("/old/*", None),
            ("/robots.txt", None),
            ("/404.html", None),
            ("#here", None),
            ("", None),
        ] {
            assert_eq!(read(written, &config).as_deref(), want, "{written}");
        }
        config.clean_urls = true;
        assert_eq!(read("/old", &config).as_deref(), Some("/old old.html #"));
        assert_eq!(read("/old.html", &config).as_deref(), Some("/old old.html #"));
    }
}
