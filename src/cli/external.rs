//! `pressoir check --external`: other hosts are asked for what is linked there.

use std::time::{Duration, SystemTime};

use crate::build::{Build, Engine};
use crate::diag::Report;
use crate::external::{self, Link, Memory};

use super::Failure;
use super::progress::Progress;
use super::settled::Settled;

/// How long is waited before something is asked again; it doubles.
const PAUSE: Duration = Duration::from_secs(1);

/// Adds what is wrong with links to other hosts.
pub(super) fn run(settled: &Settled, engine: &mut Engine, build: &mut Build) -> Result<(), Failure> {
    let links: Vec<Link> =
        engine.external_links().into_iter().map(|(address, place)| Link { address, place }).collect();
    let config = &build.config.checks.external;
    // The real time: the age of answers has nothing to do with the date that a site is built for.
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let mut memory = Memory::load(&settled.root);
    let told = {
        let _progress = Progress::new(&settled.terminal, "Asking other hosts");
        external::check(&links, config, &mut memory, now, PAUSE)
    };
    memory.forget(now, config.keep_days);
    if let Err(error) = memory.save(&settled.root) {
        settled.terminal.say(&format!("What hosts answered cannot be kept for the next time: {error}"))?;
    }
    let found = engine.placed(told.found);
    build.report = Report::new(build.report.diagnostics().iter().cloned().chain(found).collect());
    let (asked, known) = (told.asked, told.remembered);
    settled.terminal.say(&format!("Looked at {asked} links to other hosts, {known} of them known from before"))
}
