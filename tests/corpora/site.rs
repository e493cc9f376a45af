//! The sites, and how one is built and read.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use libtest_mimic::Failed;
use serde_json::Value;
use tempfile::TempDir;
use walkdir::WalkDir;

use crate::program::{Ended, pressoir, run};
use crate::shared;

/// Long enough for a slow machine.
const LIMIT: Duration = Duration::from_secs(300);

/// A real site.
pub struct Site {
    /// Its folder in the corpora.
    pub name: &'static str,
    /// The folder to build, below that.
    pub folder: &'static str,
    /// Its layout.
    pub layout: &'static str,
    /// How many pages its own generator made.
    pub pages: usize,
    /// Facts that differ on many pages, for a reason that its list gives.
    pub reasoned: &'static [&'static str],
    /// Whether the settings in `settings/` are all of its own, so that titles and menus are compared, too.
    pub menus: bool,
}

/// The sites.
pub const SITES: &[Site] = &[
    Site { name: "eig-link", folder: ".", layout: "vuepress1", pages: 59, reasoned: &["links", "text"], menus: true },
    Site {
        name: "javaguide",
        folder: "docs",
        layout: "vuepress2",
        pages: 436,
        reasoned: &["code", "links", "text"],
        menus: false,
    },
    Site { name: "macos-defaults-vp1", folder: ".", layout: "vuepress1", pages: 139, reasoned: &[], menus: false },
    Site { name: "test-utils", folder: "docs", layout: "vitepress", pages: 79, reasoned: &[], menus: false },
    Site {
        name: "vitepress-docs",
        folder: "docs",
        layout: "vitepress",
        pages: 282,
        reasoned: &["code", "headings", "labels", "links", "text"],
        menus: false,
    },
    Site { name: "vue-cli", folder: "docs", layout: "vuepress1", pages: 90, reasoned: &[], menus: false },
    Site {
        name: "vuepress1-docs",
        folder: "packages/docs/docs",
        layout: "vuepress1",
        pages: 92,
        reasoned: &["code", "containers", "headings", "labels", "links", "text", "toc"],
        menus: false,
    },
    Site {
        name: "vuepress2-docs",
        folder: "docs",
        layout: "vuepress2",
        pages: 68,
        reasoned: &["code", "images", "links", "text"],
        menus: false,
    },
];

impl Site {
    /// A copy of the site with the settings that `settings/<name>/` holds: the corpora have none in JavaScript.
    /// Returns the folder to build, and what keeps it.
    pub fn copy(&self) -> Result<(PathBuf, TempDir), Failed> {
        let kept = tempfile::tempdir()?;
        let whole = kept.path().join("site");
        copy(&corpus(self.name)?, &whole)?;
        let settings = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora/settings").join(self.name);
        if settings.is_dir() {
            copy(&settings, &whole)?;
        }
        Ok((whole.join(self.folder), kept))
    }
}

/// Copies a folder into another, over what is there.
fn copy(from: &Path, to: &Path) -> Result<(), Failed> {
    for entry in WalkDir::new(from) {
        let entry = entry?;
        let target = to.join(entry.path().strip_prefix(from)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target)?;
        } else {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}

/// The folder of a site.
pub fn corpus(name: &str) -> Result<PathBuf, Failed> {
    Ok(shared::folder("corpora").ok_or("the corpora are not here")?.join(name))
}

/// Builds a site into a folder of its own.
pub fn build(site: &Path, arguments: &[&str]) -> Result<(TempDir, Ended), Failed> {
    let out = tempfile::tempdir()?;
    let mut command = pressoir(out.path());
    command.arg("build").arg(site).args(["--format", "short", "-o"]).arg(out.path().join("site")).args(arguments);
    let ended = run(&mut command, LIMIT);
    for word in ["panicked", "mistake in Pressoir"] {
        if ended.err.contains(word) {
            return Err(ended.err.into());
        }
    }
    Ok((out, ended))
}

/// The facts of a built site, by page.
pub fn facts(site: &Path) -> Result<Value, Failed> {
    let tool = shared::folder("tools").ok_or("`tools` is not beside the corpora")?.join("facts.py");
    let mut command = Command::new("python3");
    let output = command.arg(tool).arg("extract").arg(site).output();
    let output = output.map_err(|error| format!("these tests need Python, `python3`: {error}"))?;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{told}\nthese tests need Python's package selectolax: `tests/run` installs it").into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// What the real generator made of a site.
pub fn golden(name: &str) -> Result<PathBuf, Failed> {
    Ok(shared::folder("golden").ok_or("`golden` is not beside the corpora")?.join(name))
}

/// An error, unless the two are equal.
pub fn wanted<T: PartialEq + std::fmt::Debug>(what: &str, got: T, want: T) -> Result<(), Failed> {
    match got == want {
        true => Ok(()),
        false => Err(format!("{what}\n  wanted {want:?}\n  got    {got:?}").into()),
    }
}
