//! Findings of one kind together: what a report of thousands is read by.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Severity;

use super::finding::Finding;

/// The findings of one kind.
pub(super) struct Group<'f, 'a> {
    pub severity: Severity,
    pub code: &'f str,
    /// The first of each message come first: the same dead link may stand on a thousand pages.
    pub findings: Vec<&'f Finding<'a>>,
    /// In how many files they are.
    pub files: usize,
}

/// The kinds, the gravest and then the most frequent first.
pub(super) fn groups<'f, 'a>(findings: &'f [Finding<'a>]) -> Vec<Group<'f, 'a>> {
    let mut kinds: BTreeMap<(Severity, &str), Vec<&'f Finding<'a>>> = BTreeMap::new();
    for finding in findings {
        kinds.entry((finding.severity, &finding.diagnostic.code)).or_default().push(finding);
    }
    let group = |((severity, code), findings): (_, Vec<&'f Finding<'a>>)| {
        let files: BTreeSet<&str> =
            findings.iter().filter_map(|finding| Some(finding.place.as_ref()?.file.as_str())).collect();
        let files = files.len();
        let mut told = BTreeSet::new();
        let (first, again): (Vec<_>, Vec<_>) =
            findings.into_iter().partition(|finding| told.insert(finding.diagnostic.message.as_str()));
        Group { severity, code, findings: first.into_iter().chain(again).collect(), files }
    };
    let mut groups: Vec<Group<'f, 'a>> = kinds.into_iter().map(group).collect();
    groups.sort_by_key(|group| (group.severity, std::cmp::Reverse(group.findings.len()), group.code));
    groups
}

/// `3 warnings in 2 files`.
pub(super) fn counted(group: &Group<'_, '_>) -> String {
    let many = group.findings.len();
    let what = match group.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "remark",
    };
    match group.files {
        0 => super::human::counted(many, what),
        files => format!("{} in {}", super::human::counted(many, what), super::human::counted(files, "file")),
    }
}
