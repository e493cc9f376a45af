//! The lists of cases that do not pass: not yet, or by choice.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Mutex;

use crate::cases::Case;

const NOT_YET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance/not-yet.txt");
const BY_CHOICE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance/by-choice.txt");

/// Both lists, and the first one as it should be.
pub struct Lists {
    not_yet: BTreeSet<String>,
    by_choice: BTreeSet<String>,
    next: Option<Mutex<BTreeSet<String>>>,
}

impl Lists {
    pub fn read() -> Lists {
        let read = |path| fs::read_to_string(path).unwrap_or_default();
        let entries = |text: &str| {
            let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with(['#', ' ']));
            lines.map(str::to_owned).collect::<BTreeSet<String>>()
        };
        let update = std::env::var_os("PRESSOIR_UPDATE").is_some();
        Lists {
            not_yet: entries(&read(NOT_YET)),
            by_choice: entries(&read(BY_CHOICE)),
            next: update.then(Mutex::default),
        }
    }

    pub fn updates(&self) -> bool {
        self.next.is_some()
    }

    /// What is wrong with a case, given the lists; empty if nothing is.
    pub fn judge(&self, key: &str, case: &Case) -> String {
        let equal = case.wanted == case.got;
        let differs_by_choice = self.by_choice.contains(key);
        if let Some(next) = self.next.as_ref().filter(|_| !equal && !differs_by_choice) {
            next.lock().expect("no trial panics while it writes").insert(key.to_owned());
            return String::new();
        }
        match (equal, differs_by_choice, self.not_yet.contains(key)) {
            (true, true, _) => format!("{key}\n  passes: take it off by-choice.txt\n"),
            (true, _, true) if !self.updates() => format!("{key}\n  passes: take it off not-yet.txt\n"),
            (false, false, false) => format!("{key}\n{}{}", indent("wanted", &case.wanted), indent("got", &case.got)),
            _ => String::new(),
        }
    }

    /// The cases on the lists that will stand, by the start of their names.
    pub fn listed<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a String> {
        let not_yet = if self.updates() { None } else { Some(&self.not_yet) };
        let all = not_yet.into_iter().flatten().chain(&self.by_choice);
        all.filter(move |key| key.starts_with(prefix))
    }

    /// Writes the first list as the run found it.
    pub fn write(&self) {
        let Some(next) = &self.next else { return };
        let next = next.lock().expect("no trial panics while it writes");
        let mut text = "# Cases that do not pass yet. The list may only shrink.\n".to_owned();
        for key in next.iter() {
            text.push_str(key);
            text.push('\n');
        }
        fs::write(NOT_YET, text).expect("the list can be written");
    }
}

fn indent(title: &str, text: &str) -> String {
    let lines: String = text.lines().map(|line| format!("    {line}\n")).collect();
    format!("  {title}:\n{lines}")
}
