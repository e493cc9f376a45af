//! What the real renderers make of small inputs (`../shared/conformance`, or the folder in `PRESSOIR_SHARED`) against what
//! we make of them. Where that folder is absent every test is listed as ignored.
//!
//! HTML is not compared byte for byte but fact by fact (`facts.rs`): headings, links, containers, code, text. Cases that do
//! not pass yet are listed in `not-yet.txt`; those where we differ on purpose are in `by-choice.txt`, with the reason.
//! With `PRESSOIR_UPDATE=1` the first list is written anew. A case that is listed and passes fails the test: take it off.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test program reads its vectors and says what it did not run"
)]
#![allow(clippy::disallowed_types, reason = "trials run at once and share a list")]

mod cases;
mod facts;
mod lists;
mod ours;
#[path = "../support/shared.rs"]
mod shared;
mod sidebars;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};

use cases::{Suite, Version};
use lists::Lists;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let lists = Arc::new(Lists::read());
    let vectors = shared::folder("conformance");
    let mut trials = Vec::new();
    for suite in Suite::ALL {
        for version in suite.versions() {
            let (lists, folder) = (Arc::clone(&lists), vectors.clone().unwrap_or_default());
            let name = format!("{}::{}", suite.name(), version.name());
            let trial = Trial::test(name, move || check(suite, version, &folder, &lists));
            trials.push(trial);
        }
    }
    let conclusion = shared::run(&arguments, trials, vectors.is_some());
    if vectors.is_some() && lists.updates() && !conclusion.has_failed() {
        lists.write();
    }
    conclusion.exit_code()
}

fn check(suite: Suite, version: Version, folder: &Path, lists: &Lists) -> Result<(), Failed> {
    let cases = suite.cases(version, folder)?;
    if cases.is_empty() {
        return Err("there are no cases".into());
    }
    let mut wrong = String::new();
    let prefix = format!("{} {}: ", suite.name(), version.name());
    let mut keys = BTreeSet::new();
    for case in cases {
        let key = format!("{prefix}{}", case.name);
        wrong.push_str(&lists.judge(&key, &case));
        keys.insert(key);
    }
    for key in lists.listed(&prefix).filter(|key| !keys.contains(*key)) {
        wrong.push_str(&format!("{key}\n  is listed, but there is no such case\n"));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.into()) }
}
