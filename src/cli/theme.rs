//! `pressoir theme`: the files of the default theme, to look at and to change.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use crate::base::SourcePath;
use crate::compat;
use crate::render::{DEFAULT_THEME, ejected, origin, overrides};
use crate::vfs::{Disk, Files};

use super::arguments::{Common, ThemeAction};
use super::settled::Settled;
use super::terminal::counted;
use super::{Exit, Failure};

pub(super) fn run(action: &ThemeAction) -> Result<Exit, Failure> {
    match action {
        ThemeAction::List { folder } => list(folder),
        ThemeAction::Show { file } => show(file),
        ThemeAction::Eject { files, folder } => eject(files, folder),
    }
}

/// A site and its theme.
struct Site {
    settled: Settled,
    /// The folder of its theme.
    theme: SourcePath,
    /// Which files of the project stand in the place of the default theme's, by path below the theme.
    own: BTreeMap<String, SourcePath>,
}

impl Site {
    fn new(folder: &Path) -> Result<Site, Failure> {
        let settled = Settled::new(&Common { folder: folder.into(), ..Common::default() })?;
        let files = Disk::new(&settled.root);
        let opened = compat::open(&files, &settled.request);
        let name = &opened.config.theme.name;
        let theme = SourcePath::new("themes").and_then(|themes| themes.join(name));
        let theme = theme.filter(|theme| theme.as_str().starts_with("themes/")).ok_or_else(|| {
            Failure::Usage(format!("`{name}` cannot be the name of a theme: it is that of a folder in `themes/`"))
        })?;
        Ok(Site { own: overrides(&files, &opened.files, name), theme, settled })
    }
}

/// Prints the files of the default theme, and where the site has others in their place.
fn list(folder: &Path) -> Result<Exit, Failure> {
    let site = Site::new(folder)?;
    let files = Disk::new(&site.settled.root);
    let width = DEFAULT_THEME.iter().map(|(path, _)| path.len()).max().unwrap_or(0);
    let mut lines = String::new();
    for (path, _) in DEFAULT_THEME {
        let Some(own) = site.own.get(*path) else {
            lines.push_str(&format!("{path}\n"));
            continue;
        };
        let bytes = files.read(own).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let of = match origin(&text) {
            Some(origin) if origin.current => format!(" (from {})", origin.version),
            Some(origin) => format!(" (from {}; the default theme's has changed since)", origin.version),
            None => String::new(),
        };
        lines.push_str(&format!("{path:width$}  {own}{of}\n"));
    }
    site.settled.terminal.answer(lines.as_bytes())?;
    Ok(Exit::Clean)
}

/// Prints a file of the default theme.
fn show(file: &str) -> Result<Exit, Failure> {
    let found = asked(file)?;
    let [path] = found.as_slice() else {
        return Err(Failure::Usage(format!("`{file}` is a folder; name a file of it: {}", quoted(&found))));
    };
    let text = DEFAULT_THEME.iter().find(|(known, _)| known == path).map_or("", |(_, text)| *text);
    let settled = Settled::new(&Common { folder: ".".into(), ..Common::default() })?;
    settled.terminal.answer(text.as_bytes())?;
    Ok(Exit::Clean)
}

/// Copies files of the default theme to the theme of the site. What is there stays as it is.
fn eject(asked_for: &[String], folder: &Path) -> Result<Exit, Failure> {
    let site = Site::new(folder)?;
    let mut paths: Vec<&str> = Vec::new();
    for file in asked_for {
        paths.extend(asked(file)?);
    }
    if asked_for.is_empty() {
        paths.extend(DEFAULT_THEME.iter().map(|(path, _)| *path));
    }
    paths.sort_unstable();
    paths.dedup();
    let (mut written, mut there) = (0, 0);
    for path in paths {
        let own = site.theme.join(path).unwrap_or_else(|| site.theme.clone());
        let place = site.settled.root.join(own.as_str());
        let text = ejected(path).unwrap_or_default();
        match write_new(&place, &text) {
            Ok(true) => {
                written += 1;
                site.settled.terminal.say(&format!("Wrote `{own}`"))?;
            }
            Ok(false) => {
                there += 1;
                site.settled.terminal.say(&format!("`{own}` is there already, and was left as it is"))?;
            }
            Err(error) => return Err(Failure::Machine(format!("`{own}` cannot be written: {error}"))),
        }
    }
    if written == 0 {
        return Err(Failure::Usage("nothing was copied: move your files away to have new copies".into()));
    }
    let left = if there > 0 { format!(", left {there} as they were") } else { String::new() };
    let theme = &site.theme;
    site.settled.terminal.say(&format!(
        "Copied {} to `{theme}`{left}. Delete each that you do not change: it goes on coming from the program",
        counted(written, "file")
    ))?;
    Ok(Exit::Clean)
}

/// Writes a file unless there is one; whether it was written.
fn write_new(place: &Path, text: &str) -> std::io::Result<bool> {
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    match OpenOptions::new().write(true).create_new(true).open(place) {
        Ok(mut file) => file.write_all(text.as_bytes()).map(|()| true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

/// The files of the default theme that a name stands for: a path, a folder, or the end of one path.
fn asked(name: &str) -> Result<Vec<&'static str>, Failure> {
    let name = name.trim_end_matches('/');
    let all = || DEFAULT_THEME.iter().map(|(path, _)| *path);
    let below = |path: &&str| path.strip_prefix(name).is_some_and(|rest| rest.starts_with('/') || rest.is_empty());
    let found: Vec<&str> = all().filter(below).collect();
    if !found.is_empty() && !name.is_empty() {
        return Ok(found);
    }
    let ends = |path: &&str| path.strip_suffix(name).is_some_and(|rest| rest.ends_with('/'));
    let found: Vec<&str> = all().filter(ends).collect();
    match found.as_slice() {
        [_] => Ok(found),
        [] => {
            let own = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
            let wanted = own(name);
            let near = all().min_by_key(|path| strsim::osa_distance(&own(path), &wanted));
            let near = near.filter(|path| strsim::osa_distance(&own(path), &wanted) <= wanted.len() / 3);
            let help =
                near.map_or("`pressoir theme list` shows all".to_owned(), |near| format!("did you mean `{near}`?"));
            Err(Failure::Usage(format!("the default theme has no file `{name}`; {help}")))
        }
        several => Err(Failure::Usage(format!("several files end so: {}; name one of them", quoted(several)))),
    }
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
