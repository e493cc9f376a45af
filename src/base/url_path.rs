//! The address of a page or file inside the site.

use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::OutPath;

/// What `encodeURI` leaves alone, less `?` and `#`, which would end the path.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'[')
    .add(b']')
    .add(b'%')
    .add(b'?')
    .add(b'#');

/// The path of an address inside the site, decoded, from the site's root: `/`, `/guide/`, `/guide/start.html`. The base
/// under which the site is published is no part of it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UrlPath(Arc<str>);

impl UrlPath {
    /// `text` as an address; a leading `/` is added, `.` and `..` are resolved and cannot leave the root.
    pub fn new(text: &str) -> UrlPath {
        UrlPath::root().join(text)
    }

    /// The site's root, `/`.
    pub fn root() -> UrlPath {
        UrlPath(Arc::from("/"))
    }

    /// The address as text, decoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it names a folder's index: it ends in `/`.
    pub fn is_folder(&self) -> bool {
        self.0.ends_with('/')
    }

    /// `reference` (a path, decoded) seen from this address, as a browser resolves it.
    pub fn join(&self, reference: &str) -> UrlPath {
        let folder = match reference.starts_with('/') {
            true => "",
            false => self.0.rsplit_once('/').map_or("", |(folder, _)| folder),
        };
        let mut names: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
        let mut folder_end = true;
        for name in reference.split('/') {
            folder_end = matches!(name, "" | "." | "..");
            match name {
                "" | "." => {}
                ".." => {
                    names.pop();
                }
                name => names.push(name),
            }
        }
        let mut path = String::with_capacity(folder.len() + reference.len() + 2);
        for name in &names {
            path.push('/');
            path.push_str(name);
        }
        if folder_end || path.is_empty() {
            path.push('/');
        }
        UrlPath(path.into())
    }

    /// The file that a static server sends for this address: `guide/index.html` for `/guide/`.
    pub fn out_path(&self) -> Option<OutPath> {
        let path = self.0.strip_prefix('/')?;
        match self.is_folder() {
            true => OutPath::new(&format!("{path}index.html")),
            false => OutPath::new(path),
        }
    }

    /// The address percent-encoded, ready for an `href`.
    pub fn encoded(&self) -> String {
        utf8_percent_encode(&self.0, ESCAPED).to_string()
    }

    /// This address as seen from the page at `from`, percent-encoded: the same output works wherever it lies.
    /// Folders keep their form (`../guide/`); `./` for the page's own folder.
    pub fn relative_from(&self, from: &UrlPath) -> String {
        let from: Vec<&str> = from.0[1..].split('/').collect();
        let to: Vec<&str> = self.0[1..].split('/').collect();
        // The last name of either is a file (or empty), never a folder that both could share.
        let (from, last) = (&from[..from.len() - 1], to.len() - 1);
        let shared = from.iter().zip(&to[..last]).take_while(|(a, b)| a == b).count();
        let mut relative = "../".repeat(from.len() - shared);
        relative.push_str(&to[shared..].join("/"));
        let encoded = utf8_percent_encode(&relative, ESCAPED).to_string();
        // `a:b.html` would read as a scheme, and an empty reference as the page itself.
        let first = encoded.split('/').next().unwrap_or("");
        match encoded.is_empty() || first.contains(':') {
            true => format!("./{encoded}"),
            false => encoded,
        }
    }
}

impl fmt::Display for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_as_a_browser_does() {
        let page = UrlPath::new("/guide/start.html");
        for (reference, want) in [
            ("a.html", "/guide/a.html"),
            ("./", "/guide/"),
            ("..", "/"),
            ("../../../x", "/x"),
            ("/", "/"),
            ("/a//b/", "/a/b/"),
            ("../été x.html", "/été x.html"),
        ] {
            assert_eq!(page.join(reference).as_str(), want, "{reference}");
        }
    }

    #[test]
    fn relative_addresses_lead_back() {
        for (from, to, want) in [
            ("/", "/guide/", "guide/"),
            ("/guide/", "/", "../"),
            ("/guide/a.html", "/guide/", "./"),
            ("/guide/a.html", "/guide/b c.html", "b%20c.html"),
            ("/a/b/c.html", "/a/d/e.html", "../d/e.html"),
            ("/guide/", "/guide/", "./"),
            ("/x.html", "/a:b.html", "./a:b.html"),
        ] {
            assert_eq!(UrlPath::new(to).relative_from(&UrlPath::new(from)), want, "{from} -> {to}");
        }
    }

    #[test]
    fn files() {
        assert_eq!(UrlPath::new("/guide/").out_path().expect("a file").as_str(), "guide/index.html");
        assert_eq!(UrlPath::root().out_path().expect("a file").as_str(), "index.html");
    }
}
