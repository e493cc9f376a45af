//! Where a file of a theme came from: `pressoir theme eject` writes it into the file's first line, and the build says when
//! the program's file has changed since.

use crate::base::{Hash, SourcePath, Span};
use crate::diag::Diagnostic;

use super::super::embedded;

/// What begins the note.
const MARK: &str = "from pressoir ";

/// How many digits of a hash stand in a note.
const DIGITS: usize = 12;

/// A file of the program with a note of its origin; `None` if it has no such file.
pub fn ejected(path: &str) -> Option<String> {
    let text = embedded::text(path)?;
    let note = format!("{MARK}{}: {path} {}", env!("CARGO_PKG_VERSION"), digits(text));
    let (open, close) = match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => ("{#- ", " -#}\n"),
        Some("css" | "js") => ("/* ", " */\n"),
        _ => ("# ", "\n"),
    };
    Some(format!("{open}{note}{close}{text}"))
}

/// What a note says.
pub struct Origin<'t> {
    /// The version of the program.
    pub version: &'t str,
    /// The path of the file in the program's theme.
    pub path: &'t str,
    /// Whether the program's file is still the same.
    pub current: bool,
    hash: &'t str,
    at: usize,
}

/// What the first line of a file says of its origin.
pub fn origin(text: &str) -> Option<Origin<'_>> {
    let line = text.lines().next()?;
    let at = line.find(MARK)?;
    let (version, rest) = line[at + MARK.len()..].split_once(": ")?;
    let mut words = rest.split_whitespace();
    let (path, hash) = (words.next()?, words.next()?);
    let current = embedded::text(path).is_some_and(|text| digits(text) == hash);
    Some(Origin { version, path, current, hash, at })
}

/// The finding that the program's file has changed since a copy was made of it.
pub(super) fn stale(file: &SourcePath, text: &str) -> Option<Diagnostic> {
    let Origin { version, path, hash, at, .. } = origin(text).filter(|origin| !origin.current)?;
    let span = Span::new(file.clone(), at..text.lines().next()?.trim_end().len());
    let (message, help) = match embedded::text(path) {
        Some(now) => (
            format!("`{path}` of the default theme has changed since this copy was made of it, in version {version}"),
            format!(
                "see what is new with `pressoir theme show {path}`, take over what you need, and write `{}` in the place of \
                 `{hash}` in the first line",
                digits(now)
            ),
        ),
        None => (
            format!("the default theme has no file `{path}` any more, of which this is a copy from version {version}"),
            "see whether something else does its work now: `pressoir theme list`; without its first line it is yours alone"
                .to_owned(),
        ),
    };
    Some(Diagnostic::warning("stale-theme-file", message).at(span).help(help))
}

fn digits(text: &str) -> String {
    Hash::of_bytes(text.as_bytes()).short(DIGITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_know_their_origin() {
        for (path, _) in embedded::DEFAULT_THEME {
            let text = ejected(path).expect("it is embedded");
            let origin = origin(&text).expect("a note");
            assert_eq!((origin.path, origin.version, origin.current), (*path, env!("CARGO_PKG_VERSION"), true));
        }
        assert!(origin("{# from elsewhere #}").is_none() && origin("").is_none());
    }

    #[test]
    fn copies_of_what_changed_are_told() {
        let file = SourcePath::new("themes/x/templates/page.html").expect("a path");
        let now = digits(embedded::text("templates/page.html").expect("it is embedded"));
        for (text, message, help) in [
            ("{#- from pressoir 0.0.1: templates/page.html 0123456789ab -#}\nx", "has changed", now.as_str()),
            ("{#- from pressoir 0.0.1: templates/old.html 0123456789ab -#}\nx", "has no file", "theme list"),
        ] {
            let found = stale(&file, text).expect("it is stale");
            assert!(found.message.contains(message) && found.help.is_some_and(|told| told.contains(help)));
            assert_eq!(found.span.map(|span| span.range()), Some(4..text.find(" -#}").expect("an end") + 4));
        }
        assert!(stale(&file, &ejected("templates/page.html").expect("it is embedded")).is_none());
    }
}
