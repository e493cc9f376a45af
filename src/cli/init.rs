//! `pressoir init`: a new site, or what a folder that is one lacks. Nothing that is there is touched.
//!
//! What is in the folder -> the files that are wanted -> what is said of them -> those that are not there are written.

mod plan;
mod seen;
mod situation;
mod words;
mod workflows;

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use crate::config::Layout;

use super::arguments::{Init, LanguageName};
use super::{Exit, Failure, explain, written};

use plan::{Wanted, branch};
use seen::Seen;
use situation::{Holds, Situation};
use words::{ENGLISH, FRENCH, Words};

pub(super) fn run(options: &Init) -> Result<Exit, Failure> {
    let words = match options.lang {
        Some(LanguageName::Fr) => &FRENCH,
        Some(LanguageName::En) => &ENGLISH,
        None if explain::speaks_french() => &FRENCH,
        None => &ENGLISH,
    };
    let action = match &options.action {
        Some(typed) => workflows::named(typed).ok_or_else(|| {
            Failure::Usage(format!(
                "`{typed}` is no action: it is written OWNER/NAME, or OWNER/NAME@VERSION, as the repository on GitHub is called"
            ))
        })?,
        None => workflows::action(),
    };
    let situation = Situation::of(&options.folder)?;
    let seen = Seen::new(&options.folder, &situation.folder);
    let (wanted, notices) = plan::plan(&situation, options, words, &action, &seen);
    let (there, missing): (Vec<_>, Vec<_>) = wanted.into_iter().partition(|file| is_there(&file.path));
    check_folders(&missing, situation.root())?;

    let folder = options.folder.display().to_string();
    let mut said = String::new();
    if !missing.is_empty() || situation.holds == Holds::Nothing {
        said.push_str(&opening(&situation, words).replace("DIR", &folder));
        said.push('\n');
    }
    let shown: Vec<(String, &str)> = missing
        .iter()
        .map(|file| (seen.path(&file.path), words.written))
        .chain(there.iter().map(|file| (seen.path(&file.path), words.is_there)))
        .collect();
    let width = shown.iter().map(|(path, _)| path.chars().count()).max().unwrap_or(0);
    for (path, state) in &shown {
        said.push_str(&format!("  {path:width$}  {state}\n"));
    }
    for notice in &notices {
        said.push_str(&format!("{notice}\n"));
    }
    if missing.is_empty() {
        said.push_str(&words.nothing.replace("DIR", &folder));
        said.push('\n');
        say(&said)?;
        return Ok(Exit::Clean);
    }
    if options.dry_run {
        say(&format!("{}\n{said}", words.would_write))?;
        return Ok(Exit::Clean);
    }
    // It is said before it is done: where something fails, the list tells what was wanted.
    say(&said)?;
    for file in &missing {
        write_new(&file.path, &file.text)
            .map_err(|error| Failure::Machine(format!("`{}` cannot be written: {error}", seen.path(&file.path))))?;
    }
    say(&next_steps(&situation, options, words, &missing, &seen))?;
    Ok(Exit::Clean)
}

/// The first line of what is said.
fn opening(situation: &Situation, words: &Words) -> String {
    let kind = match situation.holds {
        Holds::Nothing => return words.new_site.into(),
        Holds::Site(Layout::Bare) => return words.bare_site.into(),
        Holds::Site(Layout::Native) => "Pressoir",
        Holds::Site(Layout::VuePress1 | Layout::VuePress2) => "VuePress",
        Holds::Site(Layout::VitePress) => "VitePress",
    };
    words.old_site.replace("KIND", kind)
}

/// Whether something has this name, be it a link to nowhere.
fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Where a folder has to be made, no file may stand in its place: it is found out before anything is written.
/// None may be a link, either: what is written through it would lie somewhere else, perhaps outside of the repository.
fn check_folders(files: &[Wanted], root: &Path) -> Result<(), Failure> {
    let is_link = |path: &&Path| fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_symlink());
    for file in files {
        let mut below = file.path.ancestors().skip(1).take_while(|folder| *folder != root);
        if let Some(link) = below.find(is_link) {
            return Err(Failure::Usage(format!(
                "`{}` is a link to another place; nothing was written. Put a folder in its place, or write the files there yourself",
                link.display()
            )));
        }
        let there = file.path.ancestors().skip(1).find(|folder| is_there(folder));
        if let Some(there) = there.filter(|folder| !folder.is_dir()) {
            return Err(Failure::Usage(format!(
                "`{}` is a file where a folder is wanted; nothing was written. Move it away, or choose another folder",
                there.display()
            )));
        }
    }
    Ok(())
}

/// Writes a file where there is none, be it one that came in the meantime.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// What is left to do.
fn next_steps(situation: &Situation, options: &Init, words: &Words, files: &[Wanted], seen: &Seen) -> String {
    let mut steps = Vec::new();
    let is_new = situation.holds == Holds::Nothing;
    if is_new && seen.current.as_deref() != Some(&situation.folder) {
        steps.push(words.go_there.replace("DIR", &options.folder.display().to_string()));
    }
    if is_new {
        steps.push(words.look.to_owned());
    }
    let workflows: Vec<&Wanted> =
        files.iter().filter(|file| file.path.starts_with(situation.root().join(workflows::FOLDER))).collect();
    let owner = format!("uses: {}/", workflows::NOBODY);
    let at = |file: &&&Wanted| {
        let (number, _) = (1..).zip(file.text.lines()).find(|(_, line)| line.contains(&owner))?;
        Some(format!("{}:{number}", seen.path(&file.path)))
    };
    let unknown: Vec<String> = workflows.iter().filter_map(|file| at(&file)).collect();
    if !unknown.is_empty() {
        steps.push(words.owner.replace("FILE", &unknown.join(", ")));
    }
    if workflows.iter().any(|file| file.path.ends_with(workflows::PAGES)) {
        steps.push(match situation.repository {
            None => words.to_repository.to_owned(),
            Some(_) => words.to_push.replace("BRANCH", &branch(situation)),
        });
        steps.push(words.source.to_owned());
    }
    if steps.is_empty() {
        return String::new();
    }
    let steps: String = (1..).zip(&steps).map(|(number, step)| format!("  {number}. {step}\n")).collect();
    format!("\n{}\n{steps}", words.next)
}

fn say(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    written(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}
