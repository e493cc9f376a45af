//! `pressoir serve`: the site from memory; with `--watch`, every change is followed.

use std::collections::HashSet;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use crate::build::{Build, Engine};
use crate::compat;
use crate::diag::{Diagnostic, Report};
use crate::report::{self, Detail, Format};
use crate::serve::{Address, Problem, Publisher, Server};
use crate::vfs::Disk;
use crate::watch::{Change, Watcher};

use super::arguments::Serve;
use super::progress::Progress;
use super::settled::Settled;
use super::terminal::{Stream, counted, findings, time};
use super::{Exit, Failure, check};

pub(super) fn run(options: Serve) -> Result<Exit, Failure> {
    let mut settled = Settled::new(&options.common)?;
    if settled.format != Format::Short {
        // Only people read a server's messages.
        settled.format = Format::Human;
    }
    let address = Address { host: options.host.clone(), port: options.port, strict_port: options.strict_port };
    let server = Server::bind(&address).map_err(|error| unbound(&address, &error))?;
    // Watched before it is read, so that no change falls in between.
    let watcher = if options.watch { Some(watcher(&settled, options.poll)?) } else { None };

    let engine = settled.engine();
    let mut site = Site { engine, settled, publisher: server.publisher(), told: HashSet::new() };
    let started = Instant::now();
    let build = {
        let _progress = Progress::new(&site.settled.terminal, "Building the site");
        site.engine.build()
    };
    check::explain(&site.settled.terminal, &build.config)?;
    site.report(&build)?;
    let exit = super::exit(&build, site.settled.strict);
    if exit != Exit::Clean && watcher.is_none() {
        site.settled.terminal.say(&format!("Nothing to serve: {}", findings(&build.report, site.settled.strict)))?;
        return Ok(exit);
    }
    site.publish(&build);
    let terminal = &site.settled.terminal;
    let (pages, found) = (counted(build.stats.pages, "page"), findings(&build.report, site.settled.strict));
    terminal.say(&format!("Built {pages}: {found}, {}", time(started.elapsed())))?;
    if options.port != 0 && server.port() != options.port {
        terminal.say(&format!("Port {} is taken; {} is used", options.port, server.port()))?;
    }
    terminal.answer(format!("{}\n", server.url()).as_bytes())?;
    let doing = if watcher.is_some() { "Serving and following changes" } else { "Serving" };
    terminal.say(&format!("{doing}; Ctrl-C stops"))?;
    if options.open
        && let Err(error) = open::that_detached(server.url())
    {
        terminal.say(&format!("The browser cannot be opened: {error}"))?;
    }

    let files = Arc::new(Disk::new(&site.settled.root));
    let served = match watcher {
        Some(watcher) => {
            thread::spawn(move || follow(site, watcher));
            server.run_live(files)
        }
        None => server.run(files),
    };
    served.map_err(|error| Failure::Machine(format!("the site cannot be served: {error}")))?;
    Ok(Exit::Clean)
}

fn unbound(address: &Address, error: &io::Error) -> Failure {
    let Address { host, port, .. } = address;
    match error.kind() {
        io::ErrorKind::AddrInUse => Failure::Machine(format!("port {port} is taken; choose another with `--port`")),
        io::ErrorKind::PermissionDenied => {
            Failure::Machine(format!("port {port} may not be used; choose one above 1023 with `--port`"))
        }
        _ => Failure::Machine(format!("cannot serve at `{host}`, port {port}: {error}")),
    }
}

fn watcher(settled: &Settled, poll: bool) -> Result<Watcher, Failure> {
    let config = compat::open(&Disk::new(&settled.root), &settled.request).config;
    let outputs = [PathBuf::from(&config.project.out_dir)];
    let watcher = match poll {
        true => Watcher::polling(&settled.root, &outputs),
        false => Watcher::new(&settled.root, &outputs),
    };
    watcher.map_err(|error| Failure::Machine(format!("changes cannot be followed: {error}")))
}

/// Rebuilds after each change, for as long as changes can be seen.
fn follow(mut site: Site, mut watcher: Watcher) {
    let followed = catch_unwind(AssertUnwindSafe(|| {
        while let Some(change) = watcher.wait() {
            // Where messages cannot be written any more, the browser still follows.
            let _ = site.rebuild(change);
        }
    }));
    if followed.is_err() {
        // The bug has been told; a server that follows nothing would only mislead.
        process::exit(Exit::Machine as i32);
    }
}

/// A site that is served.
struct Site {
    engine: Engine,
    settled: Settled,
    publisher: Publisher,
    /// The findings of the last build: what is known is not told again.
    told: HashSet<Diagnostic>,
}

impl Site {
    fn rebuild(&mut self, change: Change) -> Result<(), Failure> {
        let started = Instant::now();
        match change {
            Change::Files(paths) => self.engine.invalidate(&paths),
            Change::Everything => self.engine.invalidate_all(),
        }
        let build = self.engine.build();
        // The browser first: whoever writes looks there.
        self.publish(&build);
        let (rendered, taken) = (counted(build.stats.rendered, "page"), time(started.elapsed()));
        self.report(&build)?;
        self.settled.terminal.say(&match build.report.fails(self.settled.strict) {
            true => format!("The site cannot be built: {}", findings(&build.report, self.settled.strict)),
            false => format!("Rebuilt {rendered} in {taken}: {}", findings(&build.report, self.settled.strict)),
        })
    }

    /// Serves a build, or, if it failed, says so in the browser.
    fn publish(&self, build: &Build) {
        match build.report.fails(self.settled.strict) {
            true => self.publisher.fail(self.problems(&build.report)),
            false => self.publisher.publish(build.output.clone(), &build.config.site.base),
        }
    }

    fn problems(&self, report: &Report) -> Vec<Problem> {
        let options = report::Options {
            detail: Detail::Quiet,
            ..self.settled.terminal.options(self.settled.strict, Stream::Messages)
        };
        let outlines = report::outline(report, &|path| self.engine.text(path), &options);
        let problem =
            |report::Outline { code, message, place, line, help }| Problem { code, message, place, line, help };
        outlines.into_iter().map(problem).collect()
    }

    /// Tells the findings that the last build did not have.
    fn report(&mut self, build: &Build) -> Result<(), Failure> {
        let all = build.report.diagnostics();
        let new: Vec<_> = all.iter().filter(|diagnostic| !self.told.contains(diagnostic)).cloned().collect();
        self.told = all.iter().cloned().collect();
        let Settled { terminal, format, strict, .. } = &self.settled;
        terminal.report(&Report::new(new), &|path| self.engine.text(path), *format, *strict, Stream::Messages)
    }
}
