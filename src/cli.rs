//! Arguments -> a settled request -> what was asked for. Floor 8.
//!
//! In: arguments and environment, which are read nowhere else. Out: an exit code. Standard output carries what was asked
//! for, standard error the messages. One small file a command.
#![expect(
    clippy::disallowed_methods,
    reason = "here the program meets its user: arguments, environment, clock, streams"
)]

mod arguments;
mod build;
mod check;
mod completions;
mod config;
mod diff;
mod explain;
mod external;
mod fix;
mod init;
mod lock;
mod mv;
mod progress;
mod search;
mod serve;
mod settled;
mod summary;
mod terminal;
mod theme;

use std::io::{self, Write as _};
use std::panic::{self, PanicHookInfo};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use crate::build::Build;
use crate::config::Config;
use crate::diag::{Diagnostic, Report, Severity};

use arguments::{Arguments, Command};

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// Nothing to complain about.
    Clean = 0,
    /// There are errors, or warnings where they count.
    Findings = 1,
    /// The command or the settings are wrong.
    Usage = 2,
    /// Files, network, or a bug.
    Machine = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
enum Failure {
    /// The command is wrong.
    Usage(String),
    /// The machine does not do what it should.
    Machine(String),
}

/// What became of words for standard output or error. That nobody reads on (`pressoir check | head`) is no failure, and no
/// reason to leave work undone.
fn written(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::Machine(format!("the terminal cannot be written to: {error}")))
        }
        _ => Ok(()),
    }
}

/// The whole program.
pub fn run() -> ExitCode {
    panic::set_hook(Box::new(tell_bug));
    panic::catch_unwind(command).unwrap_or(Exit::Machine).into()
}

fn command() -> Exit {
    let ended = match Arguments::try_parse() {
        Ok(arguments) => dispatch(arguments),
        Err(error) => written(error.print()).map(|()| match error.exit_code() {
            0 => Exit::Clean,
            _ => Exit::Usage,
        }),
    };
    let (exit, message) = match ended {
        Ok(exit) => return exit,
        Err(Failure::Usage(message)) => (Exit::Usage, message),
        Err(Failure::Machine(message)) => (Exit::Machine, message),
    };
    // Where the last words cannot be written, the exit code has to do.
    let _ = writeln!(io::stderr(), "pressoir: {message}");
    exit
}

fn dispatch(arguments: Arguments) -> Result<Exit, Failure> {
    match arguments.command {
        Some(Command::Build(options)) => build::run(&options),
        Some(Command::Serve(options)) => serve::run(options),
        Some(Command::Check(options)) => check::run(&options),
        Some(Command::Init(options)) => init::run(&options),
        Some(Command::Search(options)) => search::run(&options),
        Some(Command::Config(options)) => config::run(&options),
        Some(Command::Diff(options)) => diff::run(&options),
        Some(Command::Lock(options)) => lock::run(&options),
        Some(Command::Mv(options)) => mv::run(&options),
        Some(Command::Explain(options)) => explain::run(&options),
        Some(Command::Theme { action }) => theme::run(&action),
        Some(Command::Completions { shell }) => completions::run(shell),
        None => {
            written(Arguments::command().print_help())?;
            Ok(Exit::Clean)
        }
    }
}

/// What the findings of a build mean for whoever started it.
fn exit(build: &Build, strict: bool) -> Exit {
    exit_of(&build.report, &build.config, strict)
}

/// What findings mean under these settings.
fn exit_of(report: &Report, config: &Config, strict: bool) -> Exit {
    // Some mistakes of the settings are known only by what comes of them, not by a line.
    let settings = ["unknown-theme", "output-is-content", "page-in-output", "several-sites", "outside-project"];
    let in_settings = |error: &Diagnostic| {
        let file = error.span.as_ref().map(|span| &span.file);
        settings.contains(&&*error.code) || file.is_some() && file == config.project.settings.as_ref()
    };
    let diagnostics = report.diagnostics();
    let mut errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    match report.fails(strict) {
        false => Exit::Clean,
        true if errors.any(in_settings) => Exit::Usage,
        true => Exit::Findings,
    }
}

/// A panic is our mistake: it is told as one.
fn tell_bug(info: &PanicHookInfo<'_>) {
    let payload = info.payload();
    let message =
        payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let message = message.unwrap_or("no message");
    let place = info.location().map_or_else(String::new, |place| format!(" ({place})"));
    // There is nowhere left to tell that this cannot be told.
    let _ = writeln!(
        io::stderr(),
        "pressoir: this is a mistake in Pressoir, not in your files; please report it with these lines:\n\
         pressoir {}, {} {}: {message}{place}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
    );
}
