//! Which files are pages, and which belong to the site besides.

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use serde_yaml::Mapping;

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
    /// Pages that have no file of their own, sorted by path.
    pub made: Vec<MadePage>,
}

/// A page that is made of a file for many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadePage {
    /// The path that it would have.
    pub path: SourcePath,
    /// The file.
    pub template: SourcePath,
    /// Whether the file is a page of another language, shown where a translation is missing.
    pub stands_in: bool,
    /// What it may show as `$params`.
    pub params: Mapping,
    /// What stands in place of `<!-- @content -->`.
    pub content: Option<String>,
}

/// Sorts the files of a project.
pub(super) fn inputs(config: &Config, listing: &Listing, diagnostics: &mut Vec<Diagnostic>) -> Inputs {
    let project = &config.project;
    let exclude = globs(&project.exclude, diagnostics);
    let chosen = Chosen::new(&project.pages, diagnostics);
    let output = SourcePath::new(&project.out_dir).filter(|_| !project.out_dir.starts_with('/'));
    // Then there is an error, and no page is hidden by it.
    let output = output.filter(|output| *output != project.content && project.content.below(output).is_none());
    let vue_only = matches!(project.layout, Layout::VuePress1 | Layout::VuePress2 | Layout::VitePress);
    let (settings, lock, searches) = (project.settings.as_ref(), project.lock(), config.search_tests());
    let made = [".vuepress/dist", ".vuepress/.cache", ".vuepress/.temp", ".vitepress/dist", ".vitepress/cache"]
        .map(|folder| project.content.join(folder));
    let mut in_output: Vec<&SourcePath> = Vec::new();
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
        let own = !vue_only && (is_theme(relative) && project.content.as_str().is_empty() || settings == Some(path));
        let own = own || *path == lock || searches.read.contains(path) || searches.stray.contains(path);
        // VuePress and VitePress look for `.md` as it is written.
        let page = !hidden && if vue_only { path.extension() == "md" } else { path.is_markdown() };
        if written {
            if page {
                in_output.push(path);
            }
            continue;
        }
        // Pages of VuePress may refer to pictures in `.vuepress/`; nothing else that is hidden is part of a site.
        let is_theirs = || {
            let marked = relative.starts_with(".vuepress/") || relative.starts_with(".vitepress/");
            marked && !made.iter().flatten().any(|folder| path.below(folder).is_some())
        };
        if hidden && (project.copy_all || !is_theirs()) || built || own {
            continue;
        }
        match (page, exclude.is_match(relative) || page && !chosen.holds(relative)) {
            (true, true) => inputs.excluded.push(path.clone()),
            (true, false) => inputs.pages.push(path.clone()),
            (false, true) => {}
            (false, false) => inputs.files.push(path.clone()),
        }
    }
    // Once the site is in it, the folder is not listed any more: its pages would be lost without a word.
    if let Some(first) = in_output.first() {
        let message = match in_output.len() {
            1 => format!("the page `{first}` lies in the output folder"),
            count => format!("{count} pages lie in the output folder, `{first}` first"),
        };
        let help = "move them, or name another output folder with `--out-dir` or `output:` in the settings";
        diagnostics.push(Diagnostic::error("page-in-output", message).help(help));
    }
    inputs
}

/// Whether a file is part of a theme: `themes/<name>/templates/...`.
fn is_theme(relative: &str) -> bool {
    let mut names = relative.split('/');
    names.next() == Some("themes")
        && names.nth(1).is_some_and(|part| matches!(part, "templates" | "assets" | "i18n" | "theme.yml"))
}

/// Which Markdown files are pages, where the settings say it.
struct Chosen {
    pages: Option<GlobSet>,
    others: GlobSet,
}

impl Chosen {
    /// Patterns of pages; those after `!` take out again.
    fn new(patterns: &[String], diagnostics: &mut Vec<Diagnostic>) -> Chosen {
        let (others, pages): (Vec<&String>, Vec<&String>) =
            patterns.iter().partition(|pattern| pattern.starts_with('!'));
        let pages: Vec<String> = pages.into_iter().cloned().collect();
        let others: Vec<String> = others.into_iter().map(|pattern| pattern[1..].to_owned()).collect();
        Chosen { pages: (!pages.is_empty()).then(|| globs(&pages, diagnostics)), others: globs(&others, diagnostics) }
    }

    fn holds(&self, relative: &str) -> bool {
        self.pages.as_ref().is_none_or(|pages| pages.is_match(relative)) && !self.others.is_match(relative)
    }
}

/// The patterns as one: `*` stays in its folder, and the name of a folder means all that is in it.
fn globs(patterns: &[String], diagnostics: &mut Vec<Diagnostic>) -> GlobSet {
    let glob =
        |pattern: &str| -> Result<Glob, globset::Error> { GlobBuilder::new(pattern).literal_separator(true).build() };
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let folder = pattern.trim_start_matches("./").trim_matches('/');
        match (glob(folder), glob(&format!("{folder}/**"))) {
            (Ok(file), Ok(inside)) => {
                set.add(file).add(inside);
            }
            (Err(error), _) | (_, Err(error)) => diagnostics.push(
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
