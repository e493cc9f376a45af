//! The loop of whoever writes: a change, a build, what is wrong, and the page in the browser.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Instant;

use crate::base::{OutPath, SourcePath};
use crate::build::{Engine, Plan};
use crate::compat::Request;
use crate::diag::{Diagnostic, Report};
use crate::report::{self, Detail};
use crate::serve::{Problem, Publisher};
use crate::watch::{Change, Watcher};

use super::faults::{Faults, Search};
use super::keys::{self, Key};
use super::problems::Editor;
use crate::cli::settled::Settled;
use crate::cli::terminal::{Stream, Terminal, counted, findings};
use crate::cli::{Exit, Failure};

/// What the loop hears of.
pub(super) enum Event {
    /// Files changed.
    Change(Change),
    /// A key was typed.
    Key(Key),
    /// The search for faults in the pages of a build, by its number, has ended.
    Faults(usize, Faults),
    /// No change can be seen any more.
    End,
}

/// Someone who writes, and the site that is served meanwhile.
pub(super) struct Author {
    engine: Engine,
    settled: Settled,
    publisher: Publisher,
    editor: Editor,
    url: String,
    /// What is known: it is not told again.
    told: HashSet<Diagnostic>,
    /// What rendering found in pages.
    faults: Faults,
}

impl Author {
    pub fn new(engine: Engine, settled: Settled, publisher: Publisher, editor: Editor, url: String) -> Author {
        Author { engine, settled, publisher, editor, url, told: HashSet::new(), faults: Faults::new() }
    }

    pub fn terminal(&self) -> &Terminal {
        &self.settled.terminal
    }

    pub fn strict(&self) -> bool {
        self.settled.strict
    }

    pub fn plan(&mut self) -> Arc<Plan> {
        Arc::new(self.engine.plan())
    }

    /// Follows changes on a thread of its own, for as long as they can be seen.
    pub fn follow(mut self, mut watcher: Watcher, plan: Arc<Plan>, keys: bool) {
        let (sender, events) = channel();
        let changes = sender.clone();
        thread::spawn(move || {
            while let Some(change) = watcher.wait() {
                if changes.send(Event::Change(change)).is_err() {
                    return;
                }
            }
            // Nobody listens any more, and that is no error.
            let _ = changes.send(Event::End);
        });
        if keys {
            keys::listen(sender.clone());
        }
        thread::spawn(move || {
            let followed = catch_unwind(AssertUnwindSafe(|| self.listen(&events, plan, Search::new(sender))));
            if followed.is_err() {
                // The bug has been told; a server that follows nothing would only mislead.
                process::exit(Exit::Machine as i32);
            }
        });
    }

    fn listen(&mut self, events: &Receiver<Event>, mut plan: Arc<Plan>, mut search: Search) {
        search.begin(&plan, None);
        while let Ok(event) = events.recv() {
            // Where messages cannot be written any more, the browser still follows.
            let _ = match event {
                Event::Change(change) => {
                    let name = match &change {
                        Change::Files(files) => named(files),
                        Change::Everything => "the folder".to_owned(),
                    };
                    match change {
                        Change::Files(files) => self.engine.invalidate(&files),
                        Change::Everything => self.engine.invalidate_all(),
                    }
                    self.rebuild(&name, &mut plan, &mut search)
                }
                Event::Faults(number, faults) if search.is(number) => {
                    self.faults = faults.into_iter().map(|(page, found)| (page, self.engine.placed(found))).collect();
                    self.publish(&plan);
                    self.tell(&plan.report)
                }
                Event::Faults(..) => Ok(()),
                Event::Key(Key::Quit) => process::exit(Exit::Clean as i32),
                Event::Key(Key::Open) => self.open_browser(),
                Event::Key(Key::Help) => self.terminal().say(keys::HELP),
                Event::Key(Key::Rebuild) => {
                    self.engine.invalidate_all();
                    self.rebuild("the folder", &mut plan, &mut search)
                }
                Event::Key(Key::Drafts) => {
                    let drafts = !self.engine.request().drafts;
                    self.engine.ask(Request { drafts, ..self.engine.request().clone() });
                    let told = if drafts { "Drafts are shown" } else { "Drafts are hidden" };
                    self.terminal().say(told).and_then(|()| self.rebuild("drafts", &mut plan, &mut search))
                }
                Event::End => return,
            };
        }
    }

    fn rebuild(&mut self, changed: &str, plan: &mut Arc<Plan>, search: &mut Search) -> Result<(), Failure> {
        let started = Instant::now();
        let now = self.plan();
        let differing: Vec<OutPath> = now.differing(plan).into_iter().cloned().collect();
        self.faults.retain(|out, _| now.holds(out) && !differing.contains(out));
        // The browser first: whoever writes looks there.
        self.publish(&now);
        let taken = started.elapsed();
        search.begin(&now, Some((&differing, &self.faults)));
        *plan = now;
        self.tell(&plan.report)?;
        let (pages, found) = (counted(differing.len(), "page"), findings(&plan.report, self.strict()));
        self.terminal().say(&match plan.report.fails(self.strict()) {
            true => format!("{changed} changed: the site cannot be built: {found}"),
            false => format!("{changed} changed: {pages}, {:.1} ms, {found}", taken.as_secs_f64() * 1000.0),
        })
    }

    /// Serves a build, or, if it failed, says so in the browser.
    pub fn publish(&self, plan: &Arc<Plan>) {
        let report = self.with_faults(&plan.report);
        let (problems, notes) = self.problems(&report);
        // A page that cannot be rendered stays as it was where it is open; the others are served.
        match plan.report.fails(self.strict()) {
            false => self.publisher.publish(plan.clone(), &plan.config.site.base, problems, notes),
            true => self.publisher.fail(problems, notes),
        }
    }

    fn with_faults(&self, report: &Report) -> Report {
        Report::new(report.diagnostics().iter().chain(self.faults.values().flatten()).cloned().collect())
    }

    /// What is wrong, and what else is worth mending.
    fn problems(&self, report: &Report) -> (Vec<Problem>, Vec<Problem>) {
        let options = report::Options {
            detail: Detail::Quiet,
            ..self.settled.terminal.options(self.settled.strict, Stream::Messages)
        };
        let outlines = report::outline(report, &|path| self.engine.text(path), &options);
        let (errors, warnings): (Vec<_>, Vec<_>) =
            outlines.into_iter().partition(|outline| outline.severity == crate::diag::Severity::Error);
        let problem = |outline| self.editor.problem(outline);
        (errors.into_iter().map(problem).collect(), warnings.into_iter().map(problem).collect())
    }

    /// Tells the findings that are new.
    pub fn tell(&mut self, report: &Report) -> Result<(), Failure> {
        let all = self.with_faults(report);
        let new: Vec<_> = all.diagnostics().iter().filter(|found| !self.told.contains(found)).cloned().collect();
        self.told = all.diagnostics().iter().cloned().collect();
        let Settled { terminal, format, strict, .. } = &self.settled;
        terminal.report(&Report::new(new), &|path| self.engine.text(path), *format, *strict, Stream::Messages)
    }

    pub fn open_browser(&self) -> Result<(), Failure> {
        match open::that_detached(&self.url) {
            Ok(()) => Ok(()),
            Err(error) => self.terminal().say(&format!("The browser cannot be opened: {error}")),
        }
    }
}

/// `a.md`, or `a.md and 12 more files`.
fn named(files: &[SourcePath]) -> String {
    match files {
        [] => "nothing".to_owned(),
        [one] => one.to_string(),
        [first, rest @ ..] => format!("{first} and {}", counted(rest.len(), "more file")),
    }
}
