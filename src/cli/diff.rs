//! `pressoir diff`: what is gone, new or changed between two built sites.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, IsTerminal as _};
use std::path::Path;

use crate::artefact::Body;
use crate::diff::{self, Built, Format};
use crate::vfs::{Disk, unzip};

use super::arguments::{Color, Common, Diff, DiffFormat};
use super::settled::Settled;
use super::terminal::Stream;
use super::{Exit, Failure, written};

/// How many lines of each kind are shown, unless all are asked for.
const MOST: usize = 20;

pub(super) fn run(options: &Diff) -> Result<Exit, Failure> {
    let old = built(&options.old)?;
    let new = match &options.new {
        Some(path) => built(path)?,
        None => match made(options)? {
            Ok(built) => built,
            Err(exit) => return Ok(exit),
        },
    };
    let difference = diff::compare(&old, &new);
    let format = match options.format {
        DiffFormat::Human => Format::Human,
        DiffFormat::Json => Format::Json,
        DiffFormat::Markdown => Format::Markdown,
    };
    let color = match options.color {
        Color::Auto => io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        Color::Always => true,
        Color::Never => false,
    };
    let most = if options.all { usize::MAX } else { MOST };
    let mut out = io::BufWriter::new(io::stdout().lock());
    written(diff::print(&difference, format, color, most, &mut out).and_then(|()| io::Write::flush(&mut out)))?;
    Ok(if difference.loses_addresses() { Exit::Findings } else { Exit::Clean })
}

/// The site in a folder or an archive.
fn built(path: &Path) -> Result<Built, Failure> {
    let shown = path.display();
    let machine = |error: io::Error| Failure::Machine(format!("`{shown}` cannot be read: {error}"));
    let built = if path.is_dir() {
        Built::read(&Disk::new(path)).map_err(machine)?
    } else if path.is_file() {
        let bytes = fs::read(path).map_err(machine)?;
        let files = unzip(&bytes, &|name| name.ends_with(".html"))
            .map_err(|error| Failure::Usage(format!("`{shown}` is no zip archive that can be read: {error}")))?;
        Built::read(&files).map_err(machine)?
    } else {
        return Err(Failure::Usage(format!("there is no folder or archive `{shown}`")));
    };
    match built.is_empty() {
        true => Err(Failure::Usage(format!(
            "`{shown}` holds no pages (files that end in `.html`): name the folder that a site was built into"
        ))),
        false => Ok(built),
    }
}

/// The site of the current folder, built in memory.
fn made(options: &Diff) -> Result<Result<Built, Exit>, Failure> {
    let settled = Settled::new(&Common { folder: ".".into(), color: options.color, ..Common::default() })?;
    let mut engine = settled.engine();
    let build = engine.build();
    if build.report.fails(false) {
        let text = |path: &_| engine.text(path);
        settled.terminal.report(&build.report, &text, settled.format, false, Stream::Messages)?;
        return Ok(Err(super::exit(&build, false)));
    }
    let mut names = BTreeSet::new();
    let mut texts = Vec::new();
    for (path, artefact) in build.output.iter() {
        names.insert(path.as_str().to_owned());
        if !Built::is_page(path.as_str()) {
            continue;
        }
        let html = match &artefact.body {
            Body::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            Body::Copy(source) => {
                let read = engine.files().read(source);
                let bytes = read.map_err(|error| Failure::Machine(format!("`{source}` cannot be read: {error}")))?;
                String::from_utf8_lossy(&bytes).into_owned()
            }
        };
        texts.push((path.as_str().to_owned(), html));
    }
    Ok(Ok(Built::new(&names, &texts)))
}
