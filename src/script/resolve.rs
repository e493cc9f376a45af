//! Which file an import means.

use crate::base::SourcePath;

use super::ROOT;

/// What may be left out at the end of a name, in the order in which it is tried.
const ENDINGS: &[&str] = &[".js", ".ts", ".mjs", ".mts", ".cjs", ".cts", ".json"];
/// Names of compiled files that stand for their sources.
const COMPILED: &[(&str, &str)] = &[(".js", ".ts"), (".mjs", ".mts"), (".cjs", ".cts")];

/// What an import names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// A file of the project.
    File(SourcePath),
    /// A file that should be in the project and is not, as written.
    Missing(String),
    /// A file above the project, as written.
    Above(String),
    /// The `package.json` above the project.
    PackageAbove,
    /// A package, by its name: `vuepress/cli`, `node:path`.
    Package(String),
}

/// The path of the project that `specifier` means in the file `from`, as it is written; `None` if it is none.
fn local(from: &SourcePath, specifier: &str) -> Option<Option<SourcePath>> {
    // What comes after `?` tells a bundler how to load it.
    let plain = specifier.split('?').next().unwrap_or_default();
    let plain = plain.strip_prefix("file://").unwrap_or(plain);
    let absolute = plain == ROOT || plain.strip_prefix(ROOT).is_some_and(|rest| rest.starts_with('/'));
    let is_relative = matches!(plain, "." | "..") || plain.starts_with("./") || plain.starts_with("../");
    let path = if absolute {
        SourcePath::new(plain[ROOT.len()..].trim_start_matches('/'))
    } else if is_relative {
        from.folder().join(plain)
    } else if plain.starts_with('/') {
        None
    } else {
        return None;
    };
    Some(path)
}

/// What `specifier` means in the file `from`. `listing` has the project's files, sorted.
pub(super) fn resolve(listing: &[SourcePath], from: &SourcePath, specifier: &str) -> Named {
    let plain = specifier.split('?').next().unwrap_or_default();
    let Some(path) = local(from, specifier) else { return Named::Package(plain.to_owned()) };
    let Some(path) = path else {
        let name = plain.trim_start_matches("../");
        return match name {
            "package.json" | "package" => Named::PackageAbove,
            _ if plain.starts_with('.') => Named::Above(specifier.to_owned()),
            _ => Named::Missing(specifier.to_owned()),
        };
    };
    match file(listing, &path) {
        Some(path) => Named::File(path),
        None => Named::Missing(specifier.to_owned()),
    }
}

fn file(listing: &[SourcePath], path: &SourcePath) -> Option<SourcePath> {
    let has = |text: &str| SourcePath::new(text).filter(|path| listing.binary_search(path).is_ok());
    let text = path.as_str();
    let ended = || ENDINGS.iter().find_map(|ending| has(&format!("{text}{ending}")));
    let source = || COMPILED.iter().find_map(|(js, ts)| has(&format!("{}{ts}", text.strip_suffix(js)?)));
    let index = || {
        let slash = if text.is_empty() { "" } else { "/" };
        ENDINGS.iter().find_map(|ending| has(&format!("{text}{slash}index{ending}")))
    };
    let exact = if text.is_empty() { None } else { has(text) };
    exact.or_else(ended).or_else(source).or_else(index)
}

/// The folders whose names decide what `specifier` means in the file `from`.
pub(super) fn looked_in(from: &SourcePath, specifier: &str) -> Vec<SourcePath> {
    let path = local(from, specifier).flatten();
    path.map_or_else(Vec::new, |path| vec![path.folder(), path])
}

/// The path below the project that a program means; `None` if it leads out of the project.
pub(super) fn below_root(path: &str) -> Option<SourcePath> {
    let path = path.strip_prefix("file://").unwrap_or(path);
    match path.strip_prefix(ROOT) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => SourcePath::new(rest.trim_start_matches('/')),
        _ if path.starts_with('/') => None,
        // The working folder is the project's.
        _ => SourcePath::new(path),
    }
}

/// How a program sees a path of the project.
pub(super) fn shown(path: &SourcePath) -> String {
    match path.as_str() {
        "" => ROOT.to_owned(),
        path => format!("{ROOT}/{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_resolved_as_bundlers_do() {
        let paths = ["docs/.vuepress/a.ts", "docs/.vuepress/b/index.js", "docs/.vuepress/c.json", "package.json"];
        let path = |text| SourcePath::new(text).expect("a path");
        let listing = paths.map(path);
        let from = path("docs/.vuepress/config.js");
        for (specifier, want) in [
            ("./a", Named::File(path("docs/.vuepress/a.ts"))),
            ("./a.js", Named::File(path("docs/.vuepress/a.ts"))),
            ("./a.ts?raw", Named::File(path("docs/.vuepress/a.ts"))),
            ("./b", Named::File(path("docs/.vuepress/b/index.js"))),
            ("./b/", Named::File(path("docs/.vuepress/b/index.js"))),
            ("./c", Named::File(path("docs/.vuepress/c.json"))),
            ("../../package", Named::File(path("package.json"))),
            ("/project/package.json", Named::File(path("package.json"))),
            ("file:///project/docs/.vuepress/a.ts", Named::File(path("docs/.vuepress/a.ts"))),
            ("../../../package.json", Named::PackageAbove),
            ("./nowhere", Named::Missing("./nowhere".to_owned())),
            ("/etc/passwd", Named::Missing("/etc/passwd".to_owned())),
            ("/projects/a", Named::Missing("/projects/a".to_owned())),
            ("../../../../a", Named::Above("../../../../a".to_owned())),
            ("../../../../a/package.json", Named::Above("../../../../a/package.json".to_owned())),
            ("vuepress", Named::Package("vuepress".to_owned())),
            ("node:fs", Named::Package("node:fs".to_owned())),
            ("@vuepress/utils", Named::Package("@vuepress/utils".to_owned())),
        ] {
            assert_eq!(resolve(&listing, &from, specifier), want, "{specifier}");
        }
    }
}
