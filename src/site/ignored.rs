//! Dead links that the settings do not want to hear of.

use regex::Regex;

use crate::config::IgnoredLinks;
use crate::diag::Diagnostic;

use super::links::Fault;

/// Whether a dead link to a page is not to be told.
pub fn is_ignored(written: &str, config: &IgnoredLinks) -> bool {
    Ignored::new(config).0.holds(&Fault::NoPage(String::new()), written)
}

/// Which dead links are not told.
pub(super) struct Ignored<'a> {
    all: bool,
    exactly: Vec<&'a str>,
    matching: Vec<Regex>,
}

impl<'a> Ignored<'a> {
    /// As the settings have it, and what is wrong with them.
    pub(super) fn new(config: &'a IgnoredLinks) -> (Ignored<'a>, Vec<Diagnostic>) {
        let mut ignored = Ignored { all: config.all, exactly: Vec::new(), matching: Vec::new() };
        let mut diagnostics = Vec::new();
        for like in &config.like {
            let expression =
                like.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')).filter(|rest| !rest.is_empty());
            let pattern = match expression {
                Some(expression) => expression.to_owned(),
                None if like.contains('*') => {
                    format!("^{}$", like.split('*').map(regex::escape).collect::<Vec<_>>().join(".*"))
                }
                None => {
                    ignored.exactly.push(like);
                    continue;
                }
            };
            match Regex::new(&pattern) {
                Ok(regex) => ignored.matching.push(regex),
                Err(_) => diagnostics.push(
                    Diagnostic::warning(
                        "setting-value",
                        format!("`{like}` is no regular expression that is known here"),
                    )
                    .help("write the links themselves, or patterns with `*`; this one is not used"),
                ),
            }
        }
        // `/guide/` may be a link as well as an expression.
        ignored.exactly.extend(config.like.iter().map(String::as_str));
        (ignored, diagnostics)
    }

    /// Whether a link with this fault, as it is written, is not told. Pages and files are: an anchor that is gone, or a link
    /// without an address, is another matter.
    pub(super) fn holds(&self, fault: &Fault, written: &str) -> bool {
        if matches!(fault, Fault::Empty | Fault::NoAnchor(..)) {
            return false;
        }
        let path = written.split(['#', '?']).next().unwrap_or_default();
        let bare = path.strip_suffix(".html").or_else(|| path.strip_suffix(".md")).unwrap_or(path);
        let is_named = |like: &&str| [written, path, bare].contains(like);
        self.all || self.exactly.iter().any(is_named) || self.matching.iter().any(|like| like.is_match(written))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_are_not_told() {
        let config =
            IgnoredLinks { all: false, like: ["/old", "*.pdf", "/^\\/api/", "/("].map(str::to_owned).to_vec() };
        let (ignored, wrong) = Ignored::new(&config);
        assert!(wrong.is_empty(), "`/(` is a path: {wrong:?}");
        let fault = Fault::NoPage(String::new());
        for (written, want) in [
            ("/old", true),
            ("/old.html#x", true),
            ("/older", false),
            ("../a.pdf", true),
            ("/api/x", true),
            ("api", false),
        ] {
            assert_eq!(ignored.holds(&fault, written), want, "{written}");
        }
        assert!(!ignored.holds(&Fault::Empty, "/old"));
        let wrong = IgnoredLinks { all: false, like: vec!["/(/".to_owned()] };
        assert_eq!(Ignored::new(&wrong).1.len(), 1);
    }
}
