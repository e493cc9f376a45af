//! The loop of whoever writes: a change, a build, what is wrong, and the page in the browser.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::base::{OutPath, SourcePath};
use crate::build::{Engine, Plan};
use crate::compat::Request;
use crate::config::Config;
use crate::diag::{Diagnostic, Report};
use crate::report::{self, Detail};
use crate::serve::{Problem, Publisher};
use crate::watch::{Change, Watcher};

use super::faults::{Faults, Search};
use super::keys::{self, Key};
use super::problems::Editor;
use crate::cli::progress::Progress;
use crate::cli::settled::Settled;
use crate::cli::terminal::{Stream, Terminal, counted, findings, time};
use crate::cli::{Exit, Failure, check};

/// How long the first page is waited for before the whole site is built.
const FIRST_PAGE: Duration = Duration::from_millis(250);

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

/// What is served when the server starts.
pub(super) enum Begun {
    /// The whole site.
    Plan(Arc<Plan>),
    /// A part of it.
    Sketch {
        /// Since when.
        started: Instant,
        config: Config,
        /// Hears when somebody was shown a page.
        shown: Receiver<()>,
    },
}

impl Begun {
    pub fn config(&self) -> &Config {
        match self {
            Begun::Plan(plan) => &plan.config,
            Begun::Sketch { config, .. } => config,
        }
    }
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

    fn plan(&mut self) -> Arc<Plan> {
        Arc::new(self.engine.plan())
    }

    /// Serves as much of the site as is known at once, if that is a site; its settings.
    pub fn sketch(&mut self) -> Option<Config> {
        let sketch = self.engine.sketch()?;
        let config = sketch.config().clone();
        self.publisher.sketch(Arc::new(sketch), &config.site.base);
        Some(config)
    }

    /// The first build: told, and served if it is a site.
    pub fn first(&mut self, started: Instant) -> Result<Arc<Plan>, Failure> {
        let plan = {
            let _progress = Progress::new(self.terminal(), "Building the site");
            self.plan()
        };
        check::explain(self.terminal(), &plan.config)?;
        self.publish(&plan);
        self.tell(&plan.report)?;
        let (pages, found) = (counted(plan.stats.pages, "page"), findings(&plan.report, self.strict()));
        self.terminal().say(&match plan.report.fails(self.strict()) {
            true => format!("The site cannot be built: {found}"),
            false => format!("Built {pages}: {found}, {}", time(started.elapsed())),
        })?;
        Ok(plan)
    }

    /// Follows changes on a thread of its own, for as long as they can be seen.
    pub fn follow(mut self, mut watcher: Watcher, begun: Begun, keys: bool) {
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
            let followed = catch_unwind(AssertUnwindSafe(|| {
                let plan = match begun {
                    Begun::Plan(plan) => Ok(plan),
                    Begun::Sketch { started, shown, .. } => {
                        // Who starts a server wants to see a page: the rest of the site, which needs the whole machine, waits.
                        let _ = shown.recv_timeout(FIRST_PAGE);
                        self.first(started)
                    }
                };
                plan.map(|plan| self.listen(&events, plan, Search::new(sender)))
            }));
            if !matches!(followed, Ok(Ok(()))) {
                // The bug has been told; a server that follows nothing would only mislead.
                process::exit(Exit::Machine as i32);
            }
        });
    }

    fn listen(&mut self, events: &Receiver<Event>, mut plan: Arc<Plan>, mut search: Search) {
        search.begin(&plan, None);
        let mut waiting = None;
        while let Some(event) = next(events, &mut waiting) {
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
        // Lists of all pages are tried again with a theme: an edit of a page is no reason to make them.
        let lists = if now.has_theme_of(plan) { Vec::new() } else { now.list_pages() };
        self.faults.retain(|out, _| now.holds(out) && !differing.contains(out) && !lists.contains(out));
        // The browser first: whoever writes looks there.
        self.publish(&now);
        let taken = started.elapsed();
        let tried: Vec<OutPath> = differing.iter().chain(lists.first()).cloned().collect();
        search.begin(&now, Some((&tried, &self.faults)));
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

/// The next event. Changes that came in during a long build are one; `waiting` is what came after them.
fn next(events: &Receiver<Event>, waiting: &mut Option<Event>) -> Option<Event> {
    let first = match waiting.take().or_else(|| events.recv().ok())? {
        Event::Change(change) => change,
        other => return Some(other),
    };
    let more = std::iter::from_fn(|| match events.try_recv().ok()? {
        Event::Change(more) => Some(more),
        other => {
            *waiting = Some(other);
            None
        }
    });
    Some(Event::Change(Change::all(std::iter::once(first).chain(more))))
}

/// `a.md`, or `a.md and 12 more files`.
fn named(files: &[SourcePath]) -> String {
    match files {
        [] => "nothing".to_owned(),
        [one] => one.to_string(),
        [first, rest @ ..] => format!("{first} and {}", counted(rest.len(), "more file")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_that_wait_are_one() {
        let files = |names: &[&str]| Change::Files(names.iter().filter_map(|name| SourcePath::new(name)).collect());
        let (sender, events) = channel();
        let sent = [
            Event::Change(files(&["b.md"])),
            Event::Change(files(&["a.md", "b.md"])),
            Event::Key(Key::Open),
            Event::Change(files(&["c.md"])),
            Event::Change(Change::Everything),
        ];
        sent.into_iter().for_each(|event| sender.send(event).expect("somebody listens"));
        drop(sender);
        let mut waiting = None;
        let mut next = || next(&events, &mut waiting);
        assert!(matches!(next(), Some(Event::Change(change)) if change == files(&["a.md", "b.md"])));
        assert!(matches!(next(), Some(Event::Key(Key::Open))));
        assert!(matches!(next(), Some(Event::Change(Change::Everything))));
        assert!(next().is_none());
    }
}
