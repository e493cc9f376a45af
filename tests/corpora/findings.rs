//! How many findings of each kind a site has: a change of what is told, and to whom, shows here.
//!
//! `findings/<site>-<layout>.txt` holds them, a line `severity[code] count` each. `PRESSOIR_UPDATE=1` writes them; read what changed.

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

use libtest_mimic::Failed;

use crate::site::{self, Site};

/// Builds a folder of a site and compares what was told.
pub fn compare(site: &Site, folder: &str, layout: &str) -> Result<(), Failed> {
    let (_out, ended) = site::build(&site::corpus(site.name)?.join(folder), &["--layout", layout])?;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for line in ended.err.lines() {
        let Some(found) = ["error[", "warning[", "info["].iter().find_map(|mark| line.find(mark).map(|at| &line[at..]))
        else {
            continue;
        };
        *counts.entry(&found[..found.find(']').map_or(found.len(), |at| at + 1)]).or_default() += 1;
    }
    site::wanted("errors", counts.keys().find(|found| found.starts_with("error[")), None)?;
    site::wanted(&ended.err, ended.code, 0)?;
    let told: String = counts.iter().map(|(found, count)| format!("{found} {count}\n")).collect();
    let file = format!("tests/corpora/findings/{}-{layout}.txt", site.name);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if env::var_os("PRESSOIR_UPDATE").is_some() {
        return Ok(fs::write(file, told)?);
    }
    site::wanted(&file.display().to_string(), told, fs::read_to_string(&file).unwrap_or_default())
}
