//! Where a project of VuePress or VitePress has its style sheets.

use crate::base::SourcePath;
use crate::vfs::Files;

/// The names of sheets that VuePress reads by itself, in its order.
const STEMS: [&str; 6] = ["override", "style", "styles/palette", "styles/config", "styles/override", "styles/index"];

/// What their names may end with.
pub(super) const EXTENSIONS: [&str; 6] = ["styl", "stylus", "scss", "sass", "less", "css"];

/// Programs in which sheets are named.
const PROGRAMS: [&str; 3] = [".vuepress/client", ".vuepress/enhanceApp", ".vitepress/theme/index"];

/// The sheets of the project whose pages are in `content`, in the order of their rules.
pub(super) fn sheets(files: &dyn Files, paths: &[SourcePath], content: &SourcePath) -> Vec<SourcePath> {
    let mut found: Vec<SourcePath> = Vec::new();
    let is_there = |path: &SourcePath| paths.binary_search(path).is_ok();
    for stem in STEMS {
        let named = EXTENSIONS.iter().filter_map(|extension| content.join(&format!(".vuepress/{stem}.{extension}")));
        found.extend(named.filter(is_there));
    }
    // The folder of the settings may lie above that of the pages.
    let folders = std::iter::successors(Some(content.clone()), |folder| match folder.as_str() {
        "" => None,
        _ => Some(folder.folder()),
    });
    for folder in folders {
        let programs: Vec<SourcePath> = PROGRAMS
            .iter()
            .flat_map(|name| ["js", "ts", "mjs", "mts"].map(|extension| folder.join(&format!("{name}.{extension}"))))
            .flatten()
            .filter(is_there)
            .collect();
        for program in &programs {
            let text = files.read(program).unwrap_or_default();
            let text = String::from_utf8_lossy(&text);
            let named = text.lines().filter_map(named).filter_map(|name| import(name, program, paths));
            found.extend(named.filter(|path| EXTENSIONS.contains(&path.extension())));
        }
        if !programs.is_empty() {
            break;
        }
    }
    found
}

/// The file that a line imports for its effect: `import './x.css'`.
fn named(line: &str) -> Option<&str> {
    let rest = line.trim().strip_prefix("import")?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest[1..].split(quote).next()
}

/// The file of the project that `from` means by `name`.
pub(super) fn import(name: &str, from: &SourcePath, paths: &[SourcePath]) -> Option<SourcePath> {
    if name.is_empty() || name.starts_with(['/', '~', '#', '@']) || name.contains(':') {
        return None;
    }
    let folder = from.folder();
    let named = |name: &str| folder.join(name).filter(|path| paths.binary_search(path).is_ok());
    let (parent, own) = name.rsplit_once('/').map_or(("", name), |(parent, own)| (parent, own));
    let with = |own: &str, extension: &str| match parent {
        "" => format!("{own}.{extension}"),
        parent => format!("{parent}/{own}.{extension}"),
    };
    named(name).or_else(|| {
        EXTENSIONS
            .iter()
            .find_map(|extension| named(&with(own, extension)).or_else(|| named(&with(&format!("_{own}"), extension))))
    })
}
