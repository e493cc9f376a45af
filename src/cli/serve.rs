//! `pressoir serve`: the site from memory; with `--watch`, every change is followed.

mod author;
mod faults;
mod keys;
mod problems;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use crate::compat;
use crate::report::Format;
use crate::serve::{Address, Live, Server};
use crate::vfs::Disk;
use crate::watch::Watcher;

use super::arguments::Serve;
use super::progress::Progress;
use super::settled::Settled;
use super::terminal::{counted, findings, time};
use super::{Exit, Failure, check};

use author::Author;
use problems::Editor;

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
    let root = settled.root.clone();

    let started = Instant::now();
    let engine = settled.engine();
    let mut author = Author::new(engine, settled, server.publisher(), Editor::of_environment(&root), server.url());
    let plan = {
        let _progress = Progress::new(author.terminal(), "Building the site");
        author.plan()
    };
    check::explain(author.terminal(), &plan.config)?;
    author.tell(&plan.report)?;
    if plan.report.fails(author.strict()) && watcher.is_none() {
        let found = findings(&plan.report, author.strict());
        author.terminal().say(&format!("Nothing to serve: {found}"))?;
        return Ok(super::exit_of(&plan.report, &plan.config, author.strict()));
    }
    author.publish(&plan);
    let terminal = author.terminal();
    let (pages, found) = (counted(plan.stats.pages, "page"), findings(&plan.report, author.strict()));
    terminal.say(&format!("Built {pages}: {found}, {}", time(started.elapsed())))?;
    if options.port != 0 && server.port() != options.port {
        terminal.say(&format!("Port {} is taken; {} is used", options.port, server.port()))?;
    }
    if server.is_open_to_others() {
        terminal.say("Everyone in your network can read this site now, drafts included if you build them")?;
    }
    terminal.answer(format!("{}\n", server.url()).as_bytes())?;
    let doing = if watcher.is_some() { "Serving and following changes" } else { "Serving" };
    let keys = watcher.is_some() && keys::can_be_read();
    let help = if keys { "; ? and Enter tells what you can type" } else { "" };
    terminal.say(&format!("{doing}; Ctrl-C stops{help}"))?;
    if options.open {
        author.open_browser()?;
    }

    let files = Arc::new(Disk::new(&root));
    let live = match (&watcher, options.follow) {
        (None, _) => Live::Off,
        (Some(_), false) => Live::Patch,
        (Some(_), true) => Live::Follow,
    };
    if let Some(watcher) = watcher {
        author.follow(watcher, plan, keys);
    }
    server.run(files, live).map_err(|error| Failure::Machine(format!("the site cannot be served: {error}")))?;
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
