//! The path of a request -> a file of the output, as static hosts find it.

use percent_encoding::percent_decode_str;

use crate::artefact::{Artefact, Output};
use crate::base::OutPath;

/// What is found at an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found<'a> {
    File(&'a OutPath, &'a Artefact),
    /// The address lacks the slash of a folder; this is the address seen from it.
    Redirect(String),
    Nothing,
}

/// The file at `path`, still percent-encoded, in `output`, which is served at `/` and at `base`.
pub(super) fn lookup<'a>(output: &'a Output, base: &str, path: &str) -> Found<'a> {
    let Ok(decoded) = percent_decode_str(path).decode_utf8() else { return Found::Nothing };
    let below_base = decoded.strip_prefix(base).filter(|_| base.len() > 1);
    let below_root = decoded.strip_prefix('/');
    for below in below_base.into_iter().chain(below_root) {
        match file(output, below) {
            Some((path, artefact)) => return Found::File(path, artefact),
            None if is_folder(output, below) => return Found::Redirect(folder(path)),
            None => {}
        }
    }
    match base.strip_suffix('/') == Some(&*decoded) && decoded.len() > 1 {
        true => Found::Redirect(folder(path)),
        false => Found::Nothing,
    }
}

fn file<'a>(output: &'a Output, below: &str) -> Option<(&'a OutPath, &'a Artefact)> {
    let get = |name: &str| output.get_key_value(&OutPath::new(name)?);
    match below.is_empty() || below.ends_with('/') {
        true => get(&format!("{below}index.html")),
        false => get(below).or_else(|| get(&format!("{below}.html"))),
    }
}

fn is_folder(output: &Output, below: &str) -> bool {
    !below.is_empty() && OutPath::new(&format!("{below}/index.html")).is_some_and(|index| output.contains_key(&index))
}

/// The address with a slash at its end, relative, so that it leads to no other site whatever it looks like.
fn folder(path: &str) -> String {
    format!("./{}/", path.rsplit_once('/').map_or(path, |(_, last)| last))
}

#[cfg(test)]
mod tests {
    use super::*;

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
                Found::File(path, _) => path.to_string(),
                Found::Redirect(to) => format!("-> {to}"),
                Found::Nothing => "nothing".into(),
            };
            assert_eq!(found, want, "{path} below {base}");
        }
    }
}
