//! What a git repository says of itself. No git program is needed, and nothing is run.

use std::path::{Path, PathBuf};

use gix::bstr::ByteSlice as _;
use gix::refs::TargetRef;

/// The repository that a folder lies in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    /// Its folder.
    pub root: PathBuf,
    /// The branch that is published: what the origin calls its default, else `main` or `master` where they are, else the one
    /// that is checked out. None where nothing tells.
    pub branch: Option<String>,
    /// The address that it was cloned from.
    pub origin: Option<String>,
}

/// The branches that are the default of a repository, if they are there.
const USUAL: [&str; 2] = ["main", "master"];

impl Repository {
    /// The repository that this folder, which is there, lies in. Only its own settings are read: no one's environment, no hooks.
    pub fn around(folder: &Path) -> Option<Repository> {
        let repository = gix::discover_opts(folder, Default::default(), gix::open::Options::isolated()).ok()?;
        let root = repository.workdir()?.to_path_buf();
        let origin =
            repository.config_snapshot().string("remote.origin.url").map(|url| url.to_str_lossy().into_owned());
        Some(Repository { root, branch: branch(&repository), origin })
    }

    /// `owner/name` of a repository on GitHub.
    pub fn on_github(&self) -> Option<&str> {
        github(self.origin.as_deref()?)
    }
}

fn branch(repository: &gix::Repository) -> Option<String> {
    let there = |name: &str| repository.try_find_reference(name).ok().flatten();
    if let Some(head) = there("refs/remotes/origin/HEAD")
        && let TargetRef::Symbolic(name) = head.target()
    {
        let name = name.as_bstr().to_str().ok()?;
        return name.strip_prefix("refs/remotes/origin/").map(str::to_owned);
    }
    let usual = USUAL.into_iter().find(|name| there(&format!("refs/heads/{name}")).is_some());
    usual.map(str::to_owned).or_else(|| Some(repository.head_name().ok()??.shorten().to_str().ok()?.to_owned()))
}

/// `owner/name` in the address of a repository on GitHub, as `https`, `ssh` and `git` write it.
pub fn github(address: &str) -> Option<&str> {
    let rest =
        ["https://github.com/", "http://github.com/", "ssh://git@github.com/", "git@github.com:", "git://github.com/"]
            .iter()
            .find_map(|start| address.strip_prefix(start))?;
    let rest = rest.trim_end_matches('/');
    let name = rest.strip_suffix(".git").unwrap_or(rest);
    let is_part = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
    };
    let mut parts = name.split('/');
    let whole = parts.next().is_some_and(is_part) && parts.next().is_some_and(is_part) && parts.next().is_none();
    whole.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_on_github() {
        for address in [
            "https://github.com/example/rooms",
            "https://github.com/example/rooms.git",
            "https://github.com/example/rooms/",
            "git@github.com:example/rooms.git",
            "ssh://git@github.com/example/rooms.git",
        ] {
            assert_eq!(github(address), Some("example/rooms"), "{address}");
        }
        for address in
            ["https://gitlab.com/example/rooms", "https://github.com/example", "git@github.com:a/b c.git", ""]
        {
            assert_eq!(github(address), None, "{address}");
        }
    }
}
