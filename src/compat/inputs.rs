//! Which files are pages, and which belong to the site besides.

use globset::{Glob, GlobSet, GlobSetBuilder};

use crate::base::SourcePath;
use crate::config::{Config, Layout};
use crate::diag::Diagnostic;
use crate::vfs::Listing;

/// The files that a site is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// The pages, sorted.
    pub pages: Vec<SourcePath>,
    /// Other files of the content folder, sorted.
    pub files: Vec<SourcePath>,
    /// Files that are copied to the root of the output, and their path there, sorted.
    pub public: Vec<(SourcePath, String)>,
    /// Pages that the settings leave out, sorted.
    pub excluded: Vec<SourcePath>,
}

/// Sorts the files of a project.
pub(super) fn inputs(config: &Config, listing: &Listing, diagnostics: &mut Vec<Diagnostic>) -> Inputs {
    let project = &config.project;
    let exclude = globs(&project.exclude, diagnostics);
    let output = SourcePath::new(&project.out_dir).filter(|_| !project.out_dir.starts_with('/'));
    let vue_only = matches!(project.layout, Layout::VuePress1 | Layout::VuePress2 | Layout::VitePress);
    let mut inputs = Inputs::default();
    for path in &listing.files {
        if let Some(below) = project.public.iter().find_map(|folder| path.below(folder)) {
            inputs.public.push((path.clone(), below.to_owned()));
            continue;
        }
        let Some(relative) = path.below(&project.content) else { continue };
        let hidden = relative.split('/').any(|name| name.starts_with('.'));
        let written = output.as_ref().is_some_and(|output| !output.as_str().is_empty() && path.below(output).is_some());
        let built = project.layout == Layout::VitePress && relative.split('/').any(|name| name == "dist");
        let theme = project.layout == Layout::Bare && is_theme(relative);
        if hidden || written || built || theme {
            continue;
        }
        // VuePress and VitePress look for `.md` as it is written.
        let page = if vue_only { path.extension() == "md" } else { path.is_markdown() };
        match (page, exclude.is_match(relative)) {
            (true, true) => inputs.excluded.push(path.clone()),
            (true, false) => inputs.pages.push(path.clone()),
            (false, true) => {}
            (false, false) => inputs.files.push(path.clone()),
        }
    }
    inputs
}

/// Whether a file is part of a theme: `themes/<name>/templates/...`.
fn is_theme(relative: &str) -> bool {
    let mut names = relative.split('/');
    names.next() == Some("themes")
        && names.nth(1).is_some_and(|part| matches!(part, "templates" | "assets" | "i18n" | "theme.yml"))
}

fn globs(patterns: &[String], diagnostics: &mut Vec<Diagnostic>) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        match Glob::new(pattern) {
            Ok(glob) => {
                set.add(glob);
            }
            Err(error) => diagnostics.push(
                Diagnostic::warning(
                    "setting-value",
                    format!("`{pattern}` is no pattern of file names: {}", error.kind()),
                )
                .help("write it like `drafts/**` or `*.tmp.md`; it is not used"),
            ),
        }
    }
    set.build().unwrap_or_else(|_| GlobSet::empty())
}
