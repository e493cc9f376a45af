//! `pressoir serve`: the site from memory; with `--watch`, every change is followed.

mod author;
mod faults;
mod keys;
mod problems;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use crate::report::Format;
use crate::serve::{Address, Live, Server};
use crate::vfs::Disk;
use crate::watch::Watcher;

use super::arguments::Serve;
use super::settled::Settled;
use super::terminal::findings;
use super::{Exit, Failure};

use author::{Author, Begun};
use problems::Editor;

pub(super) fn run(options: Serve) -> Result<Exit, Failure> {
    let mut settled = Settled::new(&options.common)?;
    // Who writes does not wait for pictures.
    settled.request.originals = true;
    if settled.format != Format::Short {
        // Only people read a server's messages.
        settled.format = Format::Human;
    }
    let address = Address { host: options.host.clone(), port: options.port, strict_port: options.strict_port };
    let (server, shown) = Server::bind(&address).map_err(|error| unbound(&address, &error))?;
    // Watched before it is read, so that no change falls in between.
    let mut watcher = if options.watch { Some(watcher(&settled, options.poll)?) } else { None };
    let root = settled.root.clone();

    let started = Instant::now();
    let engine = settled.engine();
    let mut author = Author::new(engine, settled, server.publisher(), Editor::of_environment(&root), server.url());
    // Without a script that follows, what a page shows must be right the first time.
    let sketched = if watcher.is_some() { author.sketch() } else { None };
    let begun = match sketched {
        Some(config) => Begun::Sketch { started, config, shown },
        None => Begun::Plan(author.first(started)?),
    };
    if let Begun::Plan(plan) = &begun
        && watcher.is_none()
        && plan.report.fails(author.strict())
    {
        let found = findings(&plan.report, author.strict());
        author.terminal().say(&format!("Nothing to serve: {found}"))?;
        return Ok(super::exit_of(&plan.report, &plan.config, author.strict()));
    }
    if let Some(watcher) = &mut watcher {
        watcher.leave_out(&[PathBuf::from(&begun.config().project.out_dir)]);
    }
    let terminal = author.terminal();
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
        author.follow(watcher, begun, keys);
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
    let watcher = match poll {
        true => Watcher::polling(&settled.root),
        false => Watcher::new(&settled.root),
    };
    watcher.map_err(|error| Failure::Machine(format!("changes cannot be followed: {error}")))
}
