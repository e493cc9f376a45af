//! The list of all findings: what each is called and how much it matters where nobody says otherwise.
//!
//! A finding whose code is not here cannot be made in a test. What each means is told in `reference/diagnostics.md` of the
//! documentation, which [`super::manual`] reads; a test holds the two together.

use std::fmt;

use serde::Serialize;

use super::{Diagnostic, Severity};

/// How much a kind of finding matters: the severity it is told with, or that it is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The site is not published.
    Error,
    /// A reader would meet it.
    Warning,
    /// Worth knowing.
    Info,
    /// It is not told.
    Off,
}

impl Level {
    /// All levels, with the names that settings have for them.
    pub const ALL: [(Level, &str); 4] =
        [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Info, "info"), (Level::Off, "off")];

    /// The level of this name.
    pub fn of(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|(_, known)| *known == name).map(|(level, _)| level)
    }

    /// The severity that findings are told with; `None`: they are not.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Error => Some(Severity::Error),
            Level::Warning => Some(Severity::Warning),
            Level::Info => Some(Severity::Info),
            Level::Off => None,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Level::ALL.into_iter().find(|(level, _)| level == self).map_or("", |(_, name)| name);
        f.write_str(name)
    }
}

/// A kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// Its stable name.
    pub name: &'static str,
    /// How much it matters by default. Where that depends on the case, the usual.
    pub level: Level,
    /// Whether there is no site, or not the one that was meant, as long as it stands: settings cannot make less of it.
    pub fatal: bool,
    /// Whether only some commands can find it (`check --external`, a search test, the rendering of pages): that it was not
    /// found says nothing.
    pub partial: bool,
    /// Whether it is an error wherever somebody asks for what is wrong: in `pressoir check`.
    pub error_in_check: bool,
}

const fn code(name: &'static str, level: Level) -> Code {
    Code { name, level, fatal: false, partial: false, error_in_check: false }
}

const fn fatal(name: &'static str) -> Code {
    Code { fatal: true, ..code(name, Level::Error) }
}

const fn error(name: &'static str) -> Code {
    code(name, Level::Error)
}

const fn warning(name: &'static str) -> Code {
    code(name, Level::Warning)
}

const fn remark(name: &'static str) -> Code {
    code(name, Level::Info)
}

const fn off(name: &'static str) -> Code {
    code(name, Level::Off)
}

const fn partial(code: Code) -> Code {
    Code { partial: true, ..code }
}

const fn error_in_check(code: Code) -> Code {
    Code { error_in_check: true, ..code }
}

/// All kinds of findings, by name.
pub const CODES: &[Code] = &[
    warning("accessibility-incomplete"),
    remark("bad-date"),
    warning("bad-permalink"),
    warning("bad-redirect"),
    warning("broken-image"),
    warning("card-text"),
    warning("component-attribute"),
    partial(warning("component-failed")),
    warning("crossing-element"),
    warning("dead-anchor"),
    partial(warning("dead-external-link")),
    warning("dead-link"),
    warning("dead-nav-link"),
    warning("dead-redirect"),
    remark("document-link"),
    fatal("duplicate-address"),
    warning("duplicate-id"),
    warning("duplicate-output"),
    warning("duplicate-redirect"),
    off("duplicate-title"),
    warning("dynamic-attribute"),
    warning("dynamic-route"),
    remark("empty-heading"),
    warning("full-width-colons"),
    error_in_check(warning("gone-anchor")),
    error_in_check(warning("gone-page")),
    remark("heading-jump"),
    warning("heavy-image"),
    warning("include-cycle"),
    fatal("internal-error"),
    fatal("invalid-front-matter"),
    warning("invalid-text"),
    partial(warning("large-file")),
    partial(warning("large-site")),
    remark("link-text"),
    warning("link-with-spaces"),
    error_in_check(warning("lock-file")),
    fatal("long-name"),
    warning("misplaced-container"),
    warning("misplaced-element"),
    warning("missing-file"),
    warning("missing-footnote"),
    warning("missing-image"),
    warning("missing-include"),
    warning("missing-region"),
    warning("missing-snippet"),
    remark("missing-translation"),
    partial(remark("moved-external-link")),
    remark("moved-link"),
    warning("nested-too-deep"),
    remark("no-address"),
    remark("no-alt"),
    remark("no-history"),
    fatal("no-pages"),
    warning("nul-character"),
    remark("orphan-page"),
    fatal("output-is-content"),
    fatal("outside-project"),
    fatal("page-in-output"),
    remark("plugin-not-used"),
    remark("redirect-chain"),
    warning("redirect-loop"),
    warning("redirect-over-page"),
    remark("script-removed"),
    partial(error("search-test")),
    partial(error("search-tests-file")),
    partial(warning("search-tests-unread")),
    remark("setting-ignored"),
    warning("setting-type"),
    warning("setting-value"),
    remark("settings-console"),
    warning("settings-failed"),
    warning("settings-import"),
    warning("settings-limit"),
    remark("settings-not-done"),
    remark("settings-stand-in"),
    fatal("settings-syntax"),
    fatal("several-sites"),
    warning("sites-below"),
    warning("stale-theme-file"),
    warning("stray-container-end"),
    warning("stray-end-tag"),
    warning("stray-tab"),
    warning("style-removed"),
    warning("tab-in-front-matter"),
    warning("tab-without-title"),
    warning("tabs-without-tab"),
    partial(fatal("template-error")),
    warning("theme-contrast"),
    fatal("theme-file"),
    warning("theme-font"),
    warning("theme-setting"),
    warning("theme-text-missing"),
    warning("theme-text-unknown"),
    warning("too-many-includes"),
    warning("unclosed-component"),
    warning("unclosed-container"),
    warning("unclosed-element"),
    warning("unclosed-front-matter"),
    remark("unknown-admonition"),
    warning("unknown-check"),
    warning("unknown-component"),
    warning("unknown-container"),
    warning("unknown-expression"),
    remark("unknown-language"),
    warning("unknown-setting"),
    fatal("unknown-theme"),
    fatal("unreadable-file"),
    fatal("unreadable-folder"),
    partial(remark("unsure-external-link")),
    warning("untitled-page"),
    remark("unused-file"),
    warning("unused-ignore"),
    warning("utf-16"),
    warning("wrong-math"),
];

/// The kind of finding with this name.
pub fn find(name: &str) -> Option<&'static Code> {
    CODES.binary_search_by(|code| code.name.cmp(name)).ok().map(|at| &CODES[at])
}

/// What a line like `dead-link: off` says, or what is wrong with it.
pub fn level(name: &str, written: &str) -> Result<(&'static str, Level), Diagnostic> {
    let code = find(name).ok_or_else(|| unknown(name))?;
    match Level::of(written) {
        Some(level) if code.fatal && level != Level::Error => {
            Err(cannot_be_less(code).help("there is no site as long as it stands; the line is not used"))
        }
        Some(level) => Ok((code.name, level)),
        None => Err(Diagnostic::warning("setting-value", format!("it is not clear how much `{name}` matters"))
            .help("write `error`, `warning`, `info` or `off`; the line is not used")),
    }
}

/// That there are no such findings.
pub fn unknown(name: &str) -> Diagnostic {
    Diagnostic::warning("unknown-check", format!("there is no check `{name}`")).help(match nearest(name) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`pressoir explain` lists all findings; the line is not used".to_owned(),
    })
}

/// That a finding cannot be silenced.
pub fn cannot_be_less(code: &Code) -> Diagnostic {
    Diagnostic::warning("setting-value", format!("`{}` is always an error", code.name))
        .help("there is no site as long as it stands")
}

/// The name that was most likely meant by `written`.
pub fn nearest(written: &str) -> Option<&'static str> {
    let written = written.to_lowercase().replace('_', "-");
    let near = CODES.iter().map(|code| (strsim::osa_distance(code.name, &written), code.name)).min();
    near.filter(|(slips, name)| *slips <= 1 + name.len() / 4).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_found() {
        assert!(CODES.is_sorted_by(|a, b| a.name < b.name));
        assert!(CODES.iter().all(|code| find(code.name) == Some(code)));
        assert_eq!(find("dead-links"), None);
    }

    #[test]
    fn near_names_are_suggested() {
        for (written, want) in [
            ("dead-lnk", Some("dead-link")),
            ("Dead_Link", Some("dead-link")),
            ("missing-img", Some("missing-image")),
            ("something-else", None),
        ] {
            assert_eq!(nearest(written), want, "{written}");
        }
    }
}
