//! `pressoir check`: all that a build would find; nothing is written.

use std::time::Instant;

use crate::build::Stats;
use crate::config::{Config, Layout};

use super::arguments::Check;
use super::progress::Progress;
use super::settled::Settled;
use super::terminal::{Stream, Terminal, counted, findings, time};
use super::{Exit, Failure, external, fix, summary};

pub(super) fn run(options: &Check) -> Result<Exit, Failure> {
    let started = Instant::now();
    let settled = Settled::new(&options.common)?;
    let terminal = &settled.terminal;
    let mut engine = settled.engine();
    let mut build = {
        let _progress = Progress::new(terminal, "Checking the site");
        engine.check()
    };
    if options.fix && fix::run(options, &settled, &engine, &build.report)? {
        engine.invalidate_all();
        build = engine.check();
    }
    if options.external {
        external::run(&settled, &mut engine, &mut build)?;
    }
    explain(terminal, &build.config)?;
    terminal.report(&build.report, &|path| engine.text(path), settled.format, settled.strict, Stream::Output)?;
    let (pages, found) = (counted(build.stats.pages, "page"), findings(&build.report, settled.strict));
    let checked = format!("Checked {pages}: {found}{}", searched(&build.stats));
    summary::add(&settled, &build.report, &|path| engine.text(path), &checked)?;
    terminal.say(&format!("{checked}, {}", time(started.elapsed())))?;
    Ok(super::exit(&build, settled.strict))
}

/// How many searches find what they should, so that it is seen that they ran.
fn searched(stats: &Stats) -> String {
    match (stats.searches_right, stats.searches) {
        (_, 0) => String::new(),
        (1, 1) => "; 1 search finds what it should".to_owned(),
        (right, all) if right == all => format!("; {all} searches find what they should"),
        (right, all) => format!("; {right} of {all} searches find what they should"),
    }
}

/// Tells how the folder was understood.
pub(super) fn explain(terminal: &Terminal, config: &Config) -> Result<(), Failure> {
    let project = &config.project;
    terminal.explain(|| {
        let settings = project.settings.as_ref().map_or("none".to_owned(), |file| format!("`{file}`"));
        let content = if project.content.as_str().is_empty() { "." } else { project.content.as_str() };
        let layout = match project.layout {
            Layout::Native => "a Pressoir site",
            Layout::VuePress1 => "a VuePress 1 site",
            Layout::VuePress2 => "a VuePress 2 site",
            Layout::VitePress => "a VitePress site",
            Layout::Bare => "a folder of Markdown",
        };
        format!("Read as {layout}; settings: {settings}; pages in `{content}`")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searches_are_counted() {
        for (searches_right, searches, want) in [
            (0, 0, ""),
            (1, 1, "; 1 search finds what it should"),
            (25, 25, "; 25 searches find what they should"),
            (0, 1, "; 0 of 1 searches find what they should"),
            (23, 25, "; 23 of 25 searches find what they should"),
        ] {
            assert_eq!(searched(&Stats { searches, searches_right, ..Stats::default() }), want);
        }
    }
}
