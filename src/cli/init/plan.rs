//! Which files are wanted, and what is in them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::config::Layout;

use super::super::arguments::Init;
use super::is_there;
use super::seen::Seen;
use super::situation::{self, Holds, Situation};
use super::words::Words;
use super::workflows::{self, Setting};

/// The lines of `.gitignore` that keep the built site out of git.
const IGNORED: &[&str] = &["/public/", "/public", "public/", "public"];

/// A file that is wanted.
pub(super) struct Wanted {
    pub path: PathBuf,
    pub text: String,
}

/// The files that are wanted, and what is to be said beside them.
pub(super) fn plan(
    situation: &Situation,
    options: &Init,
    words: &Words,
    action: &str,
    seen: &Seen,
) -> (Vec<Wanted>, Vec<String>) {
    let mut wanted = Vec::new();
    let mut notices = Vec::new();
    if situation.holds == Holds::Nothing {
        for (path, text) in words.site {
            // Settings may be there without a page, and under another name, which this one would take the place of.
            if *path == "pressoir.yml" && situation::has_settings(&situation.folder) {
                continue;
            }
            wanted.push(Wanted { path: situation.folder.join(path), text: filled(text, situation, words) });
        }
    }
    if matches!(situation.holds, Holds::Nothing | Holds::Site(Layout::Native | Layout::Bare)) {
        let file = situation.folder.join(".gitignore");
        if !ignores(&file) && !is_there(&situation.folder.join("public/.gitignore")) {
            if is_there(&file) {
                notices.push(words.ignore.to_owned());
            } else {
                wanted.push(Wanted { path: file, text: "/public/\n".into() });
            }
        }
    }
    if let Some(host) = elsewhere(situation) {
        notices.push(words.elsewhere.replace("HOST", &host));
        return (wanted, notices);
    }
    let setting = Setting {
        branch: branch(situation),
        folder: situation.below(),
        action: action.to_owned(),
        // The dead links of a site that is moved here were there before the proposal.
        strict: matches!(situation.holds, Holds::Nothing | Holds::Site(Layout::Native)),
    };
    let folder = situation.root().join(workflows::FOLDER);
    match &situation.publisher {
        None => wanted.push(Wanted { path: folder.join(workflows::PAGES), text: workflows::pages(&setting, words) }),
        Some(publisher) => {
            let text = if publisher.with_pressoir { words.pressoir_already } else { words.publishes_already };
            let text = text.replace("FILE", &seen.path(&publisher.file));
            notices.push(text.replace("LINE", &publisher.line.to_string()).replace("WHAT", publisher.what));
        }
    }
    if options.pull_requests {
        wanted.push(Wanted { path: folder.join(workflows::PREVIEW), text: workflows::preview(&setting, words) });
    }
    (wanted, notices)
}

/// The branch that is published.
pub(super) fn branch(situation: &Situation) -> String {
    situation.repository.as_ref().and_then(|found| found.branch.clone()).unwrap_or_else(|| "main".into())
}

/// The host of a repository that is not GitHub's for sure: workflows have no use there.
fn elsewhere(situation: &Situation) -> Option<String> {
    let origin = situation.repository.as_ref()?.origin.as_deref()?;
    let rest = origin.split_once("://").map_or(origin, |(_, rest)| rest);
    let rest = rest.split_once('@').map_or(rest, |(_, rest)| rest);
    let host = rest.split(['/', ':']).next()?.to_lowercase();
    ["gitlab", "bitbucket", "codeberg", "gitea", "forgejo", "sourcehut", "sr.ht"]
        .iter()
        .any(|name| host.contains(name))
        .then_some(host)
}

/// A file of a new site, filled in.
fn filled(text: &str, situation: &Situation, words: &Words) -> String {
    let title = title(&situation.folder).unwrap_or_else(|| words.title.to_owned());
    let quoted = serde_json::Value::from(title.as_str()).to_string();
    let description = match words.lang {
        "fr" => format!("La documentation de {title}."),
        _ => format!("The documentation of {title}."),
    };
    let repository = situation.repository.as_ref().and_then(|found| found.on_github()).map_or_else(
        || "\n".to_owned(),
        |name| {
            let below = situation.below();
            let content = if below == "." { "content".to_owned() } else { format!("{below}/content") };
            let edit = format!("https://github.com/{name}/edit/{}/{content}/:path", branch(situation));
            format!("\nrepo: https://github.com/{name}\nedit_link: {}\n\n", serde_json::Value::from(edit))
        },
    );
    // Without a repository nobody knows when pages were changed.
    let history = if situation.repository.is_some() { "" } else { "# " };
    text.replace("__TITLE__", &quoted)
        .replace("__HISTORY__", history)
        .replace("__DESCRIPTION__", &serde_json::Value::from(description).to_string())
        .replace("__REPOSITORY__\n", &repository)
}

/// A title that the name of a folder tells: `nos-salles` -> `Nos salles`.
fn title(folder: &Path) -> Option<String> {
    let name = folder.file_name()?.to_str()?;
    let generic = [
        "doc",
        "docs",
        "documentation",
        "site",
        "website",
        "www",
        "web",
        "pages",
        "src",
        "app",
        "content",
        "workspace",
    ];
    let telling = |name: &str| {
        !generic.contains(&name.to_lowercase().as_str())
            && name.starts_with(char::is_alphabetic)
            && name.chars().count() > 1
    };
    let name = if telling(name) {
        name
    } else {
        folder.parent()?.file_name()?.to_str().filter(|_| generic.contains(&name))?
    };
    if !telling(name) || name.chars().any(char::is_control) {
        return None;
    }
    let text = name.replace(['-', '_'], " ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut chars = text.chars();
    Some(chars.next()?.to_uppercase().chain(chars).collect())
}

/// Whether a file keeps the built site out of git.
fn ignores(file: &Path) -> bool {
    let text = fs::read(file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    text.lines().any(|line| IGNORED.contains(&line.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_folders_tell() {
        for (folder, want) in [
            ("/x/nos-salles", Some("Nos salles")),
            ("/x/élan_commun", Some("Élan commun")),
            ("/x/rooms/docs", Some("Rooms")),
            ("/x/.tmp12", None),
            ("/x/2026", None),
            ("/docs", None),
            ("/", None),
        ] {
            assert_eq!(title(Path::new(folder)).as_deref(), want, "{folder}");
        }
    }
}
