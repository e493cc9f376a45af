//! What was typed and what the environment says -> what it means.

use std::env;
use std::path::{Component, Path, PathBuf, absolute};
use std::time::SystemTime;

use crate::base::SourcePath;
use crate::build::Engine;
use crate::compat::{BESIDE, Request};
use crate::config::native;
use crate::report::{Detail, Format};
use crate::sink::Kept;
use crate::vfs::Disk;

use super::Failure;
use super::arguments::Common;
use super::terminal::Terminal;

/// A project and what is wanted of it.
pub(super) struct Settled {
    /// The project's folder.
    pub root: PathBuf,
    /// What is asked of its settings.
    pub request: Request,
    /// Whether warnings count as errors.
    pub strict: bool,
    /// How findings are shown.
    pub format: Format,
    /// Who is talked to.
    pub terminal: Terminal,
}

impl Settled {
    /// An engine for the project that was asked for.
    pub(super) fn engine(&self) -> Engine {
        let store = Box::new(Kept::of(&self.root));
        Engine::new(Box::new(Disk::new(&self.root)), self.request.clone()).keeping(store)
    }

    pub fn new(common: &Common) -> Result<Settled, Failure> {
        let root = &common.folder;
        if root.is_file() {
            let folder = root.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let (root, folder) = (root.display(), folder.display());
            return Err(Failure::Usage(format!("`{root}` is a file; name the folder that it lies in: `{folder}`")));
        }
        if !root.is_dir() {
            return Err(Failure::Usage(format!("there is no folder `{}`", root.display())));
        }
        let (root, folder) = match within_repository(root) {
            Some(folder) => (&PathBuf::from("."), Some(folder)),
            None => (root, None),
        };
        let detail = match (common.quiet, common.verbose) {
            (true, _) => Detail::Quiet,
            (_, true) => Detail::Verbose,
            (false, false) => Detail::Normal,
        };
        let request = Request {
            layout: common.layout.map(Into::into),
            folder,
            out_dir: common.out_dir.as_deref().map(|folder| seen_from(root, folder)).transpose()?,
            base: common.base.clone(),
            drafts: common.drafts,
            originals: false,
            origin: origin(|name| env::var(name).ok()),
            package: Disk::new(root).above("package.json"),
            now: now(),
            variables: env::vars_os()
                .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
                .collect(),
        };
        let format = match common.format {
            Some(name) => name.into(),
            None if env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true") => Format::Github,
            None => Format::Human,
        };
        // What a service shows is seen from the folder of its copy of the repository, wherever the program was started.
        let workspace = env::var_os("GITHUB_WORKSPACE").filter(|_| matches!(format, Format::Github | Format::Sarif));
        let seen = workspace.and_then(|workspace| within(Path::new(&workspace), root));
        let terminal = Terminal::new(common.color, detail, seen.unwrap_or_else(|| prefix(root)));
        let terminal = terminal.showing_all(common.all);
        Ok(Settled { root: root.clone(), request, strict: common.strict, format, terminal })
    }
}

/// The folder of a site that was named from the folder of its repository, as `vitepress build docs` does: its settings may read the
/// files around it, and look for them where the command was given. `None`: it stands by itself.
fn within_repository(root: &Path) -> Option<SourcePath> {
    let is_there = |folder: &Path, names: &[&str]| names.iter().any(|name| folder.join(name).exists());
    let here = Path::new(".");
    // However it was written; a link may lead elsewhere.
    let whole = here.canonicalize().ok()?;
    let (typed, current) = (absolute(root).ok()?, absolute(here).ok()?);
    let below = typed.strip_prefix(&current).or_else(|_| typed.strip_prefix(&whole)).ok()?;
    let is_below = root.canonicalize().ok()?.starts_with(&whole)
        && below.components().all(|part| matches!(part, Component::Normal(_)));
    let is_site =
        (is_there(root, &[".vuepress", ".vitepress"]) || is_there(here, BESIDE)) && !is_there(root, native::FILES);
    let is_repository = is_there(here, &["package.json", ".git"])
        && !is_there(here, &[".vuepress", ".vitepress"])
        && !is_there(here, native::FILES);
    if !is_below || !is_site || !is_repository {
        return None;
    }
    SourcePath::new(&below.to_str()?.replace('\\', "/")).filter(|folder| *folder != SourcePath::root())
}

/// Where the site will be published, as far as the environment knows: in `PRESSOIR_URL`, or on GitHub Pages, in a workflow that says so:
/// `actions/configure-pages` sets `GITHUB_PAGES`.
fn origin(variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    let told = variable("PRESSOIR_URL").map(|url| url.trim().trim_end_matches('/').to_owned());
    if let Some(url) = told.filter(|url| url.starts_with("https://") || url.starts_with("http://")) {
        return Some(url);
    }
    let is_wanted = variable("GITHUB_PAGES").is_some_and(|value| value == "true");
    let server = variable("GITHUB_SERVER_URL").unwrap_or_else(|| "https://github.com".to_owned());
    let repository = variable("GITHUB_REPOSITORY").filter(|_| is_wanted && server == "https://github.com")?;
    let (owner, name) = repository.split_once('/').filter(|(owner, name)| !owner.is_empty() && !name.is_empty())?;
    // The host is always in small letters; the path is that of the repository.
    let host = format!("{}.github.io", owner.to_ascii_lowercase());
    Some(match name.eq_ignore_ascii_case(&host) {
        true => format!("https://{host}"),
        false => format!("https://{host}/{name}"),
    })
}

/// The time in milliseconds since 1970, or the one of `SOURCE_DATE_EPOCH`, so that a build can be made again as it was.
fn now() -> u64 {
    let asked = env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.trim().parse::<u64>().ok());
    asked.and_then(|seconds| seconds.checked_mul(1000)).unwrap_or_else(|| {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        since.map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    })
}

/// A folder that was typed in the current folder, as the settings of the project would write it.
fn seen_from(root: &Path, folder: &Path) -> Result<String, Failure> {
    let whole = |path| absolute(path).map_err(|error| Failure::Machine(format!("no current folder: {error}")));
    let (root, folder) = (whole(root)?, whole(folder)?);
    let seen = folder.strip_prefix(&root).unwrap_or(&folder);
    let text = seen.to_str().ok_or_else(|| Failure::Usage(format!("`{}` is not UTF-8", seen.display())))?;
    match text {
        "" => Err(Failure::Usage("the site cannot be written over its own sources; name another folder".into())),
        _ if seen.is_absolute() => Ok(text.to_owned()),
        _ => Ok(text.replace('\\', "/")),
    }
}

/// What makes a path of the project one that is seen from `workspace`, if the project lies there.
fn within(workspace: &Path, root: &Path) -> Option<String> {
    let (workspace, root) = (workspace.canonicalize().ok()?, root.canonicalize().ok()?);
    Some(prefix(root.strip_prefix(workspace).ok()?))
}

/// What makes a path of the project one that can be opened from the current folder.
fn prefix(root: &Path) -> String {
    let text = root.to_string_lossy().replace('\\', "/");
    match text.trim_start_matches("./").trim_end_matches('/') {
        "" if text.starts_with('/') => "/".into(),
        "" | "." => String::new(),
        text => format!("{text}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_from_the_current_folder() {
        for (root, want) in [
            (".", ""),
            ("./", ""),
            ("docs", "docs/"),
            ("./docs/", "docs/"),
            ("../other", "../other/"),
            ("/abs/x/", "/abs/x/"),
            ("/", "/"),
        ] {
            assert_eq!(prefix(Path::new(root)), want, "{root}");
        }
    }

    #[test]
    fn addresses_on_github_pages() {
        for (pages, repository, want) in [
            ("true", "Eig/Guide", Some("https://eig.github.io/Guide")),
            ("true", "Eig/eig.github.io", Some("https://eig.github.io")),
            ("true", "", None),
            ("", "Eig/Guide", None),
        ] {
            let variable = |name: &str| match name {
                "GITHUB_PAGES" => Some(pages.to_owned()),
                "GITHUB_REPOSITORY" => Some(repository.to_owned()),
                _ => None,
            };
            assert_eq!(origin(variable).as_deref(), want, "{pages} {repository}");
            let elsewhere = |name: &str| {
                if name == "GITHUB_SERVER_URL" { Some("https://git.example".to_owned()) } else { variable(name) }
            };
            assert_eq!(origin(elsewhere), None);
        }
    }

    #[test]
    fn addresses_that_are_told() {
        for (told, want) in [
            ("https://guide.example/", Some("https://guide.example")),
            ("http://a.example/b", Some("http://a.example/b")),
            ("", None),
            ("guide.example", None),
        ] {
            let variable = |name: &str| (name == "PRESSOIR_URL").then(|| told.to_owned());
            assert_eq!(origin(variable).as_deref(), want, "{told}");
        }
    }

    #[test]
    fn output_folders() {
        let seen = |root: &str, folder: &str| seen_from(Path::new(root), Path::new(folder)).ok();
        assert_eq!(seen("docs", "docs/public").as_deref(), Some("public"));
        assert_eq!(seen(".", "public").as_deref(), Some("public"));
        assert_eq!(seen("docs", "docs"), None);
        let outside = seen("docs", "site").expect("a folder");
        assert!(Path::new(&outside).is_absolute() && outside.ends_with("site"), "{outside}");
    }
}
