//! `pressoir build`: the site is written.

use std::path::Path;
use std::time::Instant;

use crate::config::Layout;
use crate::sink::{self, Refusal};

use super::arguments::Common;
use super::progress::Progress;
use super::settled::Settled;
use super::terminal::{Stream, counted, findings, time};
use super::{Exit, Failure, check, summary};

pub(super) fn run(options: &Common) -> Result<Exit, Failure> {
    let started = Instant::now();
    let settled = Settled::new(options)?;
    let terminal = &settled.terminal;
    let mut engine = settled.engine();
    let build = {
        let _progress = Progress::new(terminal, "Building the site");
        engine.build()
    };
    check::explain(terminal, &build.config)?;
    terminal.report(&build.report, &|path| engine.text(path), settled.format, settled.strict, Stream::Messages)?;
    let exit = super::exit(&build, settled.strict);
    let found = findings(&build.report, settled.strict);
    let pages = counted(build.stats.pages, "page");
    summary::add(&settled, &build.report, &|path| engine.text(path), &format!("Built {pages}: {found}"))?;
    if exit != Exit::Clean {
        terminal.say(&format!("Nothing was written: {found}, {}", time(started.elapsed())))?;
        return Ok(exit);
    }
    let folder = settled.root.join(&build.config.project.out_dir);
    let content = settled.root.join(build.config.project.content.as_str());
    if holds(&folder, &content) || holds(&folder, &settled.root) {
        return Err(Failure::Usage(format!(
            "the site cannot be written to `{}`: that folder holds the pages\nName another folder with `-o`",
            folder.display()
        )));
    }
    let published = {
        let _progress = Progress::new(terminal, "Writing the site");
        sink::Disk::new(&folder).publish(&build.output, engine.files())
    };
    let published = published.map_err(|refusal| refused(&folder, &refusal))?;
    let removed = match published.removed {
        0 => String::new(),
        removed => format!(", {removed} removed"),
    };
    terminal.say(&format!(
        "Built {pages} to {}: {} written{removed}, {found}, {}",
        folder.display(),
        counted(published.written, "file"),
        time(started.elapsed()),
    ))?;
    if build.config.site.url.is_none() {
        let how = match build.config.project.layout {
            Layout::VuePress1 | Layout::VuePress2 => {
                "name it in the plugin `sitemap`, `hostname: 'https://example.org'`"
            }
            Layout::VitePress => "name it in the settings, `sitemap: { hostname: 'https://example.org' }`",
            Layout::Native | Layout::Bare => "name it in `pressoir.yml`, `url: https://example.org`",
        };
        terminal.say(&format!("The address of the site is not known, so there is no sitemap and no feed: {how}"))?;
    }
    Ok(Exit::Clean)
}

/// Whether `inner` lies in `folder` or is it, whichever links and dots lead there.
fn holds(folder: &Path, inner: &Path) -> bool {
    matches!((folder.canonicalize(), inner.canonicalize()), (Ok(folder), Ok(inner)) if inner.starts_with(&folder))
}

fn refused(folder: &Path, refusal: &Refusal) -> Failure {
    let message = format!("the site cannot be written to `{}`: {refusal}", folder.display());
    match refusal {
        Refusal::Foreign(_) => Failure::Usage(format!("{message}\nMove them away, or name another folder with `-o`")),
        Refusal::NoFolder(_) => Failure::Usage(format!("{message}\nMove it away, or name another folder with `-o`")),
        Refusal::Busy => Failure::Machine(format!("{message}\nWait until it has ended, and build again")),
        Refusal::Io(..) => Failure::Machine(message),
    }
}
