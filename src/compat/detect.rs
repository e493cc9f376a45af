//! Whose folder it is.

use super::Request;
use crate::base::{SourcePath, Span};
use crate::config::{Conventions, Layout, native};
use crate::diag::Diagnostic;
use crate::vfs::Files;

/// Where a project's parts lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub layout: Layout,
    /// For VitePress the version matters; for others it follows from the layout.
    pub conventions: Conventions,
    /// The folder that holds `.vuepress` or `.vitepress`, or the project's.
    pub folder: SourcePath,
    /// The settings file.
    pub settings: Option<SourcePath>,
}

/// Settings files that hold data, in the order in which they are looked for.
const DATA: &[&str] = &["config.yml", "config.yaml", "config.toml", "config.json"];
/// Settings files that are programs.
const PROGRAMS: &[&str] = &[
    "config.js",
    "config.cjs",
    "config.mjs",
    "config.ts",
    "config.mts",
    "config/index.js",
    "config/index.cjs",
    "config/index.mjs",
    "config/index.ts",
    "config/index.mts",
];

/// Settings of VuePress 2 beside the folder of the pages.
pub const BESIDE: &[&str] =
    &["vuepress.config.ts", "vuepress.config.mts", "vuepress.config.js", "vuepress.config.cjs", "vuepress.config.mjs"];

/// Tells the layout of a project with these files, which are sorted.
pub(super) fn detect(
    files: &dyn Files,
    paths: &[SourcePath],
    request: &Request,
    diagnostics: &mut Vec<Diagnostic>,
) -> Found {
    let asked = request.layout;
    let has = |path: &str| SourcePath::new(path).filter(|path| paths.binary_search(path).is_ok());
    let native = || native::FILES.iter().find_map(|name| has(name));
    let marked = |mark: &str| match &request.folder {
        Some(folder) => holds(paths, folder, mark).then(|| folder.clone()).into_iter().collect(),
        None => marked(paths, mark),
    };
    let (mut vuepress, mut vitepress) = (marked(".vuepress"), marked(".vitepress"));
    if asked.is_none() && native().is_none() {
        let (folders, mark) = match vuepress.is_empty() {
            true => (&vitepress, ".vitepress"),
            false => (&vuepress, ".vuepress"),
        };
        diagnostics.extend(several(folders, mark));
    }
    let first = |folders: &mut Vec<SourcePath>| (!folders.is_empty()).then(|| folders.swap_remove(0));
    let (mut vuepress, vitepress) = (first(&mut vuepress), first(&mut vitepress));
    let beside = BESIDE.iter().find_map(|name| has(name)).filter(|_| asked != Some(Layout::VuePress1));
    if beside.is_some() && vuepress.is_none() && vitepress.is_none() {
        let is_page = |path: &SourcePath| path.as_str().starts_with("docs/") && path.is_markdown();
        let of_pages = || SourcePath::new(if paths.iter().any(is_page) { "docs" } else { "" });
        vuepress = request.folder.clone().or_else(of_pages);
    }
    let layout = asked.unwrap_or_else(|| match (native(), &vuepress, &vitepress) {
        (Some(_), ..) => Layout::Native,
        // Told apart below.
        (None, Some(_), _) => Layout::VuePress2,
        (None, None, Some(_)) => Layout::VitePress,
        (None, None, None) => Layout::Bare,
    });
    let (folder, mark) = match layout {
        Layout::Native => {
            let settings = native();
            return Found { layout, conventions: Conventions::VuePress2, folder: SourcePath::root(), settings };
        }
        Layout::Bare => {
            if asked.is_none() {
                diagnostics.extend(below(paths));
            }
            let folder = SourcePath::root();
            return Found { layout, conventions: Conventions::VuePress2, folder, settings: None };
        }
        Layout::VuePress1 | Layout::VuePress2 => (vuepress.unwrap_or_else(SourcePath::root), ".vuepress"),
        Layout::VitePress => (vitepress.unwrap_or_else(SourcePath::root), ".vitepress"),
    };
    let inside = |name: &&str| folder.join(&format!("{mark}/{name}")).filter(|path| paths.binary_search(path).is_ok());
    let data = DATA.iter().find_map(inside);
    let beside = beside.filter(|_| mark == ".vuepress");
    let settings = beside.clone().or_else(|| data.clone()).or_else(|| PROGRAMS.iter().find_map(inside));
    let text = |path: &SourcePath| files.read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).ok();
    let packages: Vec<String> = [folder.join("package.json"), SourcePath::new("package.json")]
        .into_iter()
        .flatten()
        .filter_map(|path| text(&path))
        .chain(request.package.clone())
        .collect();
    let written = settings.as_ref().and_then(text).unwrap_or_default();
    let (layout, conventions) = match layout {
        Layout::VitePress => {
            let first = packages.iter().find_map(|package| version(package, "vitepress")) == Some(1);
            (layout, if first { Conventions::VitePress1 } else { Conventions::VitePress2 })
        }
        layout => {
            // Only version 1 reads settings that are no program (and both read none in JSON).
            let data = data.is_some_and(|path| path.extension() != "json");
            let first = match asked {
                Some(asked) => asked == Layout::VuePress1,
                None if beside.is_some() => false,
                None => is_first_vuepress(&packages, &written, paths, &folder).unwrap_or(data),
            };
            match (first, layout) {
                (true, _) => (Layout::VuePress1, Conventions::VuePress1),
                (false, _) => (Layout::VuePress2, Conventions::VuePress2),
            }
        }
    };
    Found { layout, conventions, folder, settings }
}

/// That programs for Vue, which run in every page there, do nothing here.
pub(super) fn programs_of_pages(found: &Found, paths: &[SourcePath]) -> Option<Diagnostic> {
    let names: &[&str] = match found.layout {
        Layout::VuePress1 => &[".vuepress/enhanceApp.js", ".vuepress/theme/"],
        Layout::VuePress2 => &[".vuepress/client.", ".vuepress/theme/", ".vuepress/templates/"],
        Layout::VitePress => &[".vitepress/theme/index."],
        Layout::Native | Layout::Bare => return None,
    };
    // Of the files of a folder the first is named.
    let first = |name: &&str| {
        let wanted = found.folder.join(name)?;
        let wanted = if name.ends_with('/') { format!("{wanted}/") } else { wanted.as_str().to_owned() };
        paths.iter().find(|path| path.as_str().starts_with(&wanted) && path.extension() != "css")
    };
    let there: Vec<&SourcePath> = names.iter().filter_map(first).collect();
    let place = there.first()?;
    let named: Vec<String> = there.iter().map(|path| format!("`{path}`")).collect();
    let message = format!("programs for the pages of Vue are not run: {}", named.join(", "));
    Some(Diagnostic::info("settings-not-done", message).at(Span::new((*place).clone(), 0..0)).help(
        "style sheets that they import are read; for what else they do there are `head`, `redirects`, `analytics`, themes and components",
    ))
}

/// Whether a folder holds `mark`.
fn holds(paths: &[SourcePath], folder: &SourcePath, mark: &str) -> bool {
    let mark = folder.join(mark);
    mark.is_some_and(|mark| paths.iter().any(|path| path.below(&mark).is_some()))
}

/// The folders that hold `mark`: the project's alone, or those right below it that are not hidden.
fn marked(paths: &[SourcePath], mark: &str) -> Vec<SourcePath> {
    let mut folders: Vec<SourcePath> = Vec::new();
    for path in paths {
        let mut names = path.as_str().splitn(3, '/');
        match (names.next(), names.next(), names.next()) {
            (Some(first), Some(_), _) if first == mark => return vec![SourcePath::root()],
            (Some(first), Some(second), Some(_)) if second == mark && !first.starts_with('.') => {
                folders.extend(SourcePath::new(first));
            }
            _ => {}
        }
    }
    folders.dedup();
    folders
}

/// More sites than these are not listed.
const MOST: usize = 5;

/// That sites lie further down than they are looked for.
fn below(paths: &[SourcePath]) -> Option<Diagnostic> {
    let mut folders: Vec<(SourcePath, &str)> = Vec::new();
    for path in paths {
        let mark = [".vuepress", ".vitepress"]
            .into_iter()
            .find_map(|mark| Some((path.as_str().split_once(&format!("/{mark}/"))?.0, mark)));
        let Some((folder, mark)) = mark else { continue };
        let is_seen = !folder.split('/').any(|name| name.starts_with('.') || name == "node_modules");
        if is_seen && folders.last().is_none_or(|(last, _)| last.as_str() != folder) {
            folders.extend(SourcePath::new(folder).map(|folder| (folder, mark)));
        }
    }
    let ((first, _), count) = (folders.first()?, folders.len());
    let names: Vec<String> = folders.iter().take(MOST).map(|(folder, mark)| format!("`{folder}/{mark}/`")).collect();
    let more = if count > MOST { format!(" and {} more", count - MOST) } else { String::new() };
    let what = if count == 1 { "a site lies further down" } else { "sites lie further down" };
    // What is found in the folder right below one is found from that one, with the files beside it.
    let folder = match first.folder() {
        folder if folder.as_str().is_empty() => first.clone(),
        folder => folder,
    };
    let message = format!("{what}, in {}{more}: this folder is read as plain pages", names.join(", "));
    let it = if count == 1 { "it" } else { "one" };
    Some(Diagnostic::warning("sites-below", message).help(format!("build {it} by itself: `pressoir build {folder}`")))
}

/// Which of several sites is meant cannot be told.
fn several(folders: &[SourcePath], mark: &str) -> Option<Diagnostic> {
    let [first, _, ..] = folders else { return None };
    let names: Vec<String> = folders.iter().map(|folder| format!("`{folder}/`")).collect();
    let message = format!("there are several sites here: `{mark}` lies in {}", names.join(", "));
    let help = format!("name the one to build: `pressoir build {first}`");
    Some(Diagnostic::error("several-sites", message).help(help))
}

/// Whether a VuePress folder is of version 1: by the packages, else by what its settings look like, else by files that only
/// that version has. `None` if nothing tells.
fn is_first_vuepress(packages: &[String], settings: &str, paths: &[SourcePath], folder: &SourcePath) -> Option<bool> {
    for package in packages {
        let major = version(package, "vuepress").or_else(|| version(package, "vuepress-theme-hope"));
        if let Some(major) = major {
            return Some(major < 2);
        }
        if package.contains("\"@vuepress/client\"") || package.contains("\"@vuepress/bundler-") {
            return Some(false);
        }
        if package.contains("\"@vuepress/core\"") {
            return Some(version(package, "@vuepress/core").is_some_and(|major| major < 2));
        }
    }
    if ["defineUserConfig", "defaultTheme(", "viteBundler", "webpackBundler", "hopeTheme"]
        .iter()
        .any(|word| settings.contains(word))
    {
        return Some(false);
    }
    if settings.contains("themeConfig") {
        return Some(true);
    }
    let old = ["enhanceApp.js", "styles/index.styl", "styles/palette.styl", "override.styl", "style.styl"];
    let is_there = old
        .iter()
        .any(|name| folder.join(&format!(".vuepress/{name}")).is_some_and(|path| paths.binary_search(&path).is_ok()));
    is_there.then_some(true)
}

/// The first number of the version of `name` that a `package.json` asks for.
fn version(package: &str, name: &str) -> Option<u32> {
    let value: serde_json::Value = serde_json::from_str(package).ok()?;
    let wanted = ["dependencies", "devDependencies", "peerDependencies"]
        .iter()
        .find_map(|list| value.get(list)?.get(name)?.as_str().map(str::to_owned))?;
    let digits: String =
        wanted.chars().skip_while(|char| !char.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    match digits.parse() {
        Ok(major) => Some(major),
        // `next` was version 2 for years; `latest` and `*` tell nothing.
        Err(_) if wanted == "next" => Some(2),
        Err(_) => None,
    }
}
