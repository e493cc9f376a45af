//! How much findings matter: what the author of a line, of a page and of the settings says of them.
//!
//! The nearest decides: a comment in the file, then the page's front matter, then the settings for the file, then those for
//! all. It is decided when findings are reported, so that no page is parsed again because a setting changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use globset::{GlobBuilder, GlobMatcher};

use crate::base::{SourcePath, Span};
use crate::config::{ChecksConfig, Config, Levels};
use crate::diag::codes::{self, Level};
use crate::diag::{Diagnostic, Severity};
use crate::page::{Ignore, Page};

/// What is said of findings, ready to be asked.
pub(super) struct Judge<'j> {
    checks: &'j ChecksConfig,
    content: &'j SourcePath,
    globs: Vec<(GlobMatcher, &'j Levels)>,
    pages: BTreeMap<&'j SourcePath, &'j [(&'static str, Level)]>,
    /// By file; a file that several pages include has each comment once.
    ignores: BTreeMap<&'j SourcePath, Vec<&'j Ignore>>,
    /// Whether somebody asks for what is wrong, and not for a site.
    checks_only: bool,
}

impl<'j> Judge<'j> {
    /// What these pages and the settings say.
    pub fn new(pages: impl Iterator<Item = &'j Arc<Page>>, config: &'j Config) -> Judge<'j> {
        let glob = |(pattern, levels): &'j (String, Levels)| {
            Some((GlobBuilder::new(pattern).literal_separator(true).build().ok()?.compile_matcher(), levels))
        };
        let mut judge = Judge {
            checks: &config.checks,
            content: &config.project.content,
            globs: config.checks.files.iter().filter_map(glob).collect(),
            pages: BTreeMap::new(),
            ignores: BTreeMap::new(),
            checks_only: false,
        };
        for page in pages.filter(|page| !page.head.stands_in) {
            if !page.checks.is_empty() {
                let file = page.head.template.as_ref().unwrap_or(&page.head.path);
                judge.pages.insert(file, &page.checks);
            }
            for ignore in &page.ignores {
                judge.ignores.entry(&ignore.lines.file).or_default().push(ignore);
            }
        }
        for ignores in judge.ignores.values_mut() {
            ignores.sort();
            ignores.dedup();
        }
        judge
    }

    /// The same for somebody who asks for what is wrong, and not for a site.
    pub fn checking(self) -> Judge<'j> {
        Judge { checks_only: true, ..self }
    }

    /// The findings that are told, each with the severity that it has here.
    pub fn judged(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        found.into_iter().filter(|finding| self.ignored(finding).is_none()).filter_map(|it| self.weighed(it)).collect()
    }

    /// The same of all findings of a site, with the comments that are about none of them.
    pub fn judged_whole(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut used: Vec<&Span> = Vec::new();
        let told = |finding: &Diagnostic| match self.ignored(finding) {
            Some(comment) => {
                used.push(comment);
                false
            }
            None => true,
        };
        let mut left: Vec<Diagnostic> = found.into_iter().filter(told).collect();
        used.sort();
        for (code, comment) in self.ignores.values().flatten().flat_map(|ignore| &ignore.codes) {
            let can_be_known = codes::find(code).is_some_and(|code| !code.partial);
            if can_be_known && used.binary_search(&comment).is_err() {
                let unused = Diagnostic::warning("unused-ignore", format!("there is no `{code}` to ignore here"));
                left.push(
                    unused.at(comment.clone()).help("take it out: what it was about is mended, or stands elsewhere"),
                );
            }
        }
        left.into_iter().filter_map(|finding| self.weighed(finding)).collect()
    }

    /// Where a comment names this finding.
    fn ignored(&self, finding: &Diagnostic) -> Option<&'j Span> {
        let place = finding.span.as_ref()?;
        let about = self.ignores.get(&place.file)?.iter().filter(|ignore| ignore.covers(place));
        about.flat_map(|ignore| &ignore.codes).find(|(code, _)| *code == finding.code).map(|(_, comment)| comment)
    }

    /// The finding as it is told, if it is.
    fn weighed(&self, finding: Diagnostic) -> Option<Diagnostic> {
        let severity = match self.level(&finding.code, finding.span.as_ref().map(|span| &span.file)) {
            Some(level) => level.severity()?,
            None => match codes::find(&finding.code) {
                Some(code) if code.level == Level::Off => return None,
                Some(code) if code.error_in_check && self.checks_only => Severity::Error,
                _ => finding.severity,
            },
        };
        Some(Diagnostic { severity, ..finding })
    }

    /// What is said of the kind of finding in a file.
    fn level(&self, code: &str, file: Option<&SourcePath>) -> Option<Level> {
        let of_page = || self.pages.get(file?)?.iter().find(|(name, _)| *name == code).map(|(_, level)| *level);
        let of_settings = |levels: &Levels| levels.iter().find(|(name, _)| name == code).map(|(_, level)| *level);
        let of_files = || {
            let path = file?.below(self.content).unwrap_or(file?.as_str());
            let matching = self.globs.iter().rev().filter(|(glob, _)| glob.is_match(path));
            matching.filter_map(|(_, levels)| of_settings(levels)).next()
        };
        of_page().or_else(of_files).or_else(|| of_settings(&self.checks.levels))
    }
}
