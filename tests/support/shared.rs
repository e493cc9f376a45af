//! Tests that need data beside the project: `../shared`, or the folder that `PRESSOIR_SHARED` names. Where it is absent they
//! are listed as ignored.

use std::path::PathBuf;

use libtest_mimic::{Arguments, Conclusion, Trial};

/// A folder of the shared data, if it is there.
pub fn folder(name: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("PRESSOIR_SHARED").map(PathBuf::from);
    let shared = shared.unwrap_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")));
    Some(shared.join(name)).filter(|folder| folder.is_dir())
}

/// Runs these trials, or lists them as ignored where their data is not here.
pub fn run(arguments: &Arguments, trials: Vec<Trial>, is_here: bool) -> Conclusion {
    if !is_here {
        eprintln!("the shared data is not here: name its folder in PRESSOIR_SHARED; nothing below was tested");
    }
    let trials = trials.into_iter().map(|trial| trial.with_ignored_flag(!is_here)).collect();
    libtest_mimic::run(arguments, trials)
}
