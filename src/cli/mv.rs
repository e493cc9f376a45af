//! `pressoir mv OLD NEW`: a page or a folder gets another place, and all that leads to it or from it follows.

mod places;

use std::path::{Path, absolute};
use std::sync::Arc;

use crate::base::SourcePath;
use crate::build::{self, Moving, Shared, Unmovable};
use crate::diag::Report;
use crate::sink::{self, Unchanged};
use crate::vfs::Disk;

use super::arguments::Mv;
use super::fix::difference;
use super::progress::Progress;
use super::settled::Settled;
use super::terminal::{Stream, counted};
use super::{Exit, Failure};

/// What the typed paths are seen from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    CurrentFolder,
    Project,
    Content,
    Site,
}

pub(super) fn run(options: &Mv) -> Result<Exit, Failure> {
    let settled = Settled::new(&options.common)?;
    let terminal = &settled.terminal;
    let (from, to) = asked(options, &settled)?;
    let files: Shared = Arc::new(Disk::new(&settled.root));
    if let Some(reason) = places::refused(&settled.root, &from, &to, &*files) {
        return Err(Failure::Usage(reason));
    }
    let thought = {
        let _progress = Progress::new(terminal, "Following the links");
        build::moving(&files, &settled.request, &from, &to, !options.no_redirect)
    };
    let moving = match thought {
        Ok(moving) => moving,
        Err(Unmovable::Reason(reason)) => return Err(Failure::Usage(reason)),
        Err(Unmovable::Project(report)) => {
            let text = |path: &SourcePath| Some(Arc::from(String::from_utf8_lossy(&files.read(path).ok()?)));
            terminal.report(&report, &text, settled.format, settled.strict, Stream::Messages)?;
            terminal.say("Nothing was moved: mend this first, so that every link can be followed")?;
            return Ok(Exit::Usage);
        }
    };
    let prefix = terminal.prefix();
    if options.dry_run {
        let shown: String = moving.edits.iter().map(|edit| difference(edit, prefix)).collect();
        terminal.answer(format!("{prefix}{from} -> {prefix}{to}\n{shown}").as_bytes())?;
    } else {
        sink::relocate(&settled.root, &from, &to, &moving.edits).map_err(|refusal| match refusal {
            Unchanged::Changed(_) => Failure::Machine(format!("{refusal}: nothing was moved; try again")),
            Unchanged::Io(..) => Failure::Machine(refusal.to_string()),
        })?;
    }
    tell(&moving, &settled, options.dry_run)?;
    Ok(if moving.found == Report::default() && moving.notes.is_empty() { Exit::Clean } else { Exit::Findings })
}

/// Tells what was done, or would be, and what is left to do.
fn tell(moving: &Moving, settled: &Settled, dry_run: bool) -> Result<(), Failure> {
    let terminal = &settled.terminal;
    terminal.report(&moving.found, &|path| moving.text(path), settled.format, settled.strict, Stream::Messages)?;
    for note in &moving.notes {
        terminal.say(&format!("To be seen to: {note}"))?;
    }
    let prefix = terminal.prefix();
    let (would, done) = if dry_run { ("would be ", "; nothing was changed") } else { ("", "") };
    let formers = match moving.formers.as_slice() {
        [] => String::new(),
        [one] => format!("; readers of `{one}` {would}led on"),
        many => format!(
            "; readers of {} {would}led on",
            counted(many.len(), "former address").replace("addresss", "addresses")
        ),
    };
    let pages = match moving.pages {
        0 => "1 file".to_owned(),
        pages => counted(pages, "page"),
    };
    terminal.say(&format!(
        "{pages} {would}moved from `{prefix}{}` to `{prefix}{}`; {} {would}written anew in {}{formers}{done}",
        moving.from,
        moving.to,
        counted(moving.places, "link"),
        counted(moving.files, "file"),
    ))
}

/// What is to be moved, and where to, as paths of the project.
fn asked(options: &Mv, settled: &Settled) -> Result<(SourcePath, SourcePath), Failure> {
    let root = &settled.root;
    let mut engine = settled.engine();
    let content = engine.check().config.project.content.clone();
    let typed = |path: &Path| {
        let text = path.to_str().ok_or_else(|| Failure::Usage(format!("`{}` is not UTF-8", path.display())));
        text.map(|text| text.replace('\\', "/"))
    };
    let (old, new) = (typed(&options.old)?, typed(&options.new)?);
    let exists = |path: &SourcePath| !path.as_str().is_empty() && root.join(path.as_str()).exists();
    let seen = |text: &str, from: From| match from {
        From::CurrentFolder => below(root, Path::new(text)),
        From::Project if text.starts_with('/') => None,
        From::Project => SourcePath::new(text),
        From::Content => content.join(text.trim_start_matches('/')),
        From::Site => engine.source_at(text),
    };
    let ways = [From::CurrentFolder, From::Project, From::Content, From::Site];
    let found = ways.into_iter().find_map(|way| Some((way, seen(&old, way).filter(exists)?)));
    let Some((way, from)) = found else {
        return Err(Failure::Usage(format!(
            "there is no page, file or folder `{old}`\nName it by its path, or by its address: /guide/start.html"
        )));
    };
    let is_folder = root.join(from.as_str()).is_dir();
    let to = match way {
        From::CurrentFolder => below(root, Path::new(&new)),
        From::Project => SourcePath::new(&new),
        From::Content | From::Site => content.join(new.trim_start_matches('/')),
    };
    let to = to.ok_or_else(|| Failure::Usage(format!("`{new}` lies outside of the project")))?;
    // Into a folder.
    if new.ends_with('/') && !is_folder || exists(&to) && root.join(to.as_str()).is_dir() && to != from {
        let inside = to.join(from.name());
        return inside
            .map(|to| (from, to))
            .ok_or_else(|| Failure::Usage(format!("`{new}` lies outside of the project")));
    }
    // An address stands for the file that will have it.
    let is_page = !is_folder && from.is_markdown() && !to.is_markdown();
    let stem = to.as_str().strip_suffix(".html").or((way == From::Site).then_some(to.as_str()));
    match stem.filter(|_| is_page).and_then(|stem| SourcePath::new(&format!("{stem}.md"))) {
        Some(page) => Ok((from, page)),
        None => Ok((from, to)),
    }
}

/// A path that is seen from the current folder, as the project has it.
fn below(root: &Path, path: &Path) -> Option<SourcePath> {
    let (root, path) = (absolute(root).ok()?, absolute(path).ok()?);
    // `..` is resolved by names: what is not there yet cannot be asked.
    let (mut whole, mut names) = (Vec::new(), Vec::new());
    for (path, list) in [(&root, &mut whole), (&path, &mut names)] {
        for name in path.to_str()?.split(['/', std::path::MAIN_SEPARATOR]) {
            match name {
                "" | "." => {}
                ".." => _ = list.pop(),
                name => list.push(name.to_owned()),
            }
        }
    }
    let rest = names.strip_prefix(whole.as_slice()).filter(|rest| !rest.is_empty())?;
    SourcePath::new(&rest.join("/"))
}
