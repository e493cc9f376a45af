//! Settings that are a program -> what they say. Floor 2.
//!
//! The program runs in an engine of its own, on a thread of its own that sees no file, no clock and no network: what it
//! reads it asks of the thread that waits for it. [`prepare`] makes JavaScript of TypeScript, [`engine`] runs it,
//! [`questions`] asks the functions in its settings what they do, [`host`] and the files in `script/js/` are what Node gives to a program, [`value`] is what comes out.

mod collate;
mod engine;
mod enums;
mod faults;
mod guard;
mod host;
mod literals;
mod modules;
mod packages;
mod prepare;
mod questions;
mod resolve;
mod strip;
mod text;
mod value;
mod work;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::base::{Hash, SourcePath, Span};
use crate::diag::Diagnostic;
use crate::vfs::Files;

pub use questions::{Asked, Question};
pub use value::{Marker, Value};

/// The engine and the parser call themselves for what is nested; only what is used of the stack takes memory.
const STACK: usize = 1 << 30;
/// How the project's folder is called for its programs.
pub const ROOT: &str = "/project";

/// What a program may know of the world.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// The time, in milliseconds since 1970.
    pub now: u64,
    /// The nearest `package.json` above the project, which its settings may ask for.
    pub package: Option<String>,
    /// The variables of the environment.
    pub variables: BTreeMap<String, String>,
    /// What a program may cost.
    pub limits: Limits,
    /// Which functions in its settings are asked what they do.
    pub questions: &'static [Question],
}

/// What a program may cost. All but the last are counted, so that the same program always ends in the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Instructions of the engine.
    pub instructions: usize,
    /// Rounds of all loops.
    pub rounds: u64,
    /// Elements of lists that built-in functions may go over, and what takes as long as that.
    pub work: u64,
    /// What promises may have to do.
    pub jobs: u64,
    /// Calls inside each other.
    pub calls: usize,
    /// Bytes that texts, lists and objects may take when they are made of others.
    pub bytes: u64,
    /// How long nothing may happen that is counted, give or take as long again. It ends what cannot be counted: a regular
    /// expression that tries for ever.
    pub silence: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            instructions: 20_000_000,
            rounds: 1_000_000,
            work: 3_000_000,
            jobs: 50_000,
            calls: 1000,
            bytes: 1 << 29,
            silence: Duration::from_secs(2),
        }
    }
}

/// Something that happened while a program ran.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// It wrote a line.
    Console(String),
    /// It used a package that is not there.
    StandIn(String),
    /// It asked for something that settings cannot do, and nothing was done.
    Ignored(String),
}

/// Something that a program saw of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// A file with this hash, or that there is none.
    File(SourcePath, Option<Hash>),
    /// A folder whose names have this hash.
    Folder(SourcePath, Hash),
}

/// What a program gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluated {
    /// The settings; if there was an error, what of them is written out.
    pub value: Value,
    /// What happened meanwhile, in order, each once.
    pub notes: Vec<Note>,
    /// All that it saw of the project.
    pub reads: Vec<Read>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Evaluated {
    /// Whether the program would see now what it saw then. `listing` has the project's files, sorted.
    pub fn is_current(&self, files: &dyn Files, listing: &[SourcePath]) -> bool {
        self.reads.iter().all(|read| match read {
            Read::File(path, hash) => {
                let there = listing.binary_search(path).is_ok();
                let now = there.then(|| files.read(path).ok()).flatten().map(|bytes| Hash::of_bytes(&bytes));
                now == *hash
            }
            Read::Folder(path, hash) => host::folder_hash(listing, path) == *hash,
        })
    }
}

/// What the engine's thread says.
enum Said {
    /// It needs this file.
    Wants(SourcePath),
    /// It is done.
    Done(Box<Evaluated>),
}

/// Runs a settings file. `listing` has the project's files, sorted; nothing else can be read.
pub fn evaluate(
    files: &dyn Files,
    listing: Arc<[SourcePath]>,
    entry: &SourcePath,
    environment: &Environment,
) -> Evaluated {
    run(files, listing, entry, None, environment)
}

/// A member of what a program exports, which is wanted in place of all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// If it is a function: the texts that it is called with one after the other, to give a list; `None`: it is called once.
    pub each: Option<Vec<String>>,
}

/// Runs a file for one member of what it exports.
pub fn evaluate_member(
    files: &dyn Files,
    listing: Arc<[SourcePath]>,
    entry: &SourcePath,
    member: Member,
    environment: &Environment,
) -> Evaluated {
    run(files, listing, entry, Some(member), environment)
}

fn run(
    files: &dyn Files,
    listing: Arc<[SourcePath]>,
    entry: &SourcePath,
    member: Option<Member>,
    environment: &Environment,
) -> Evaluated {
    let (say, said) = mpsc::channel();
    let (answer, answers) = mpsc::channel();
    let alive = Arc::new(AtomicU64::new(0));
    let task = engine::Task {
        entry: entry.clone(),
        member,
        environment: environment.clone(),
        listing,
        say,
        answers,
        alive: alive.clone(),
    };
    let mut last_seen = 0;
    let failed = |reads, message: &str, help: &str| Evaluated {
        reads,
        diagnostics: vec![
            Diagnostic::warning("settings-limit", format!("`{entry}` was not read to its end: {message}"))
                .at(Span::new(entry.clone(), 0..0))
                .help(help),
        ],
        ..Evaluated::default()
    };
    let mut seen: BTreeMap<SourcePath, Option<Hash>> = BTreeMap::new();
    let thread = thread::Builder::new().name("settings".to_owned()).stack_size(STACK).spawn(move || engine::run(task));
    if let Err(error) = thread {
        return failed(Vec::new(), &format!("no thread can be started for it ({error})"), "see what the system allows");
    }
    loop {
        let reads = |seen: BTreeMap<SourcePath, Option<Hash>>| {
            seen.into_iter().map(|(path, hash)| Read::File(path, hash)).collect()
        };
        match said.recv_timeout(environment.limits.silence) {
            Ok(Said::Wants(path)) => {
                let bytes = files.read(&path).ok();
                seen.insert(path, bytes.as_deref().map(Hash::of_bytes));
                // If nobody listens any more, the next message says why.
                let _ = answer.send(bytes);
            }
            Ok(Said::Done(evaluated)) => return *evaluated,
            Err(RecvTimeoutError::Timeout) if alive.load(Ordering::Relaxed) != last_seen => {
                last_seen = alive.load(Ordering::Relaxed);
            }
            // The thread cannot be stopped: it is left alone, and ends with the program.
            Err(RecvTimeoutError::Timeout) => {
                return failed(
                    reads(seen),
                    "it was busy for seconds with one step",
                    "look for a regular expression that tries for ever, such as `(a+)+`",
                );
            }
            Err(RecvTimeoutError::Disconnected) => {
                return failed(reads(seen), "the engine failed", "please report it with the file: it is our mistake");
            }
        }
    }
}
