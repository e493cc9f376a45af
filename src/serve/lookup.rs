//! The path of a request -> a file of the output, as static hosts find it.

use percent_encoding::percent_decode_str;

use super::Content;
use crate::base::OutPath;

/// What is found at an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    File(OutPath),
    /// The address lacks the slash of a folder; this is the address seen from it.
    Redirect(String),
    Nothing,
}

/// The file at `path`, still percent-encoded, of a site that is served at `/` and at `base`.
pub(super) fn lookup(site: &dyn Content, base: &str, path: &str) -> Found {
    let Ok(decoded) = percent_decode_str(path).decode_utf8() else { return Found::Nothing };
    let below_base = decoded.strip_prefix(base).filter(|_| base.len() > 1);
    let below_root = decoded.strip_prefix('/');
    for below in below_base.into_iter().chain(below_root) {
        match file(site, below) {
            Some(path) => return Found::File(path),
            None if is_folder(site, below) => return Found::Redirect(folder(path)),
            None => {}
        }
    }
    match base.strip_suffix('/') == Some(&*decoded) && decoded.len() > 1 {
        true => Found::Redirect(folder(path)),
        false => Found::Nothing,
    }
}

fn file(site: &dyn Content, below: &str) -> Option<OutPath> {
    let get = |name: &str| OutPath::new(name).filter(|path| site.holds(path));
    match below.is_empty() || below.ends_with('/') {
        true => get(&format!("{below}index.html")),
        false => get(below).or_else(|| get(&format!("{below}.html"))),
    }
}

fn is_folder(site: &dyn Content, below: &str) -> bool {
    !below.is_empty() && OutPath::new(&format!("{below}/index.html")).is_some_and(|index| site.holds(&index))
}

/// The address with a slash at its end, relative, so that it leads to no other site whatever it looks like.
fn folder(path: &str) -> String {
    format!("./{}/", path.rsplit_once('/').map_or(path, |(_, last)| last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::artefact::{Artefact, Output};

    #[test]
    fn as_a_static_host_does() {
        let files = ["index.html", "guide/index.html", "guide/start.html", "both.html", "both/index.html", "été x.png"];
        let output: Output = files
            .into_iter()
            .map(|path| (OutPath::new(path).expect("a good path"), Artefact::bytes(path.as_bytes())))
            .collect();
        for (base, path, want) in [
            ("/", "/", "index.html"),
            ("/", "/index.html", "index.html"),
            ("/", "/guide/", "guide/index.html"),
            ("/", "/guide", "-> ./guide/"),
            ("/", "/guide/start", "guide/start.html"),
            ("/", "/guide/start.html", "guide/start.html"),
            ("/", "/guide/start/", "nothing"),
            ("/", "/both", "both.html"),
            ("/", "/both/", "both/index.html"),
            ("/", "/%C3%A9t%C3%A9%20x.png", "été x.png"),
            ("/", "/%FF", "nothing"),
            ("/", "//guide", "nothing"),
            ("/", "//guide/", "nothing"),
            ("/", "/guide/../index.html", "nothing"),
            ("/", "/guide/..%2findex.html", "nothing"),
            ("/", "/etc/passwd", "nothing"),
            ("/docs/", "/docs", "-> ./docs/"),
            ("/docs/", "/docs/", "index.html"),
            ("/docs/", "/docs/guide", "-> ./guide/"),
            ("/docs/", "/docs/guide/start.html", "guide/start.html"),
            ("/docs/", "/guide/start.html", "guide/start.html"),
        ] {
            let found = match lookup(&output, base, path) {
                Found::File(path) => path.to_string(),
                Found::Redirect(to) => format!("-> {to}"),
                Found::Nothing => "nothing".into(),
            };
            assert_eq!(found, want, "{path} below {base}");
        }
    }
}
