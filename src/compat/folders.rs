//! Folders that settings of VuePress and VitePress name.

use crate::base::SourcePath;
use crate::config::Fields;
use crate::diag::Diagnostic;
use crate::script::ROOT;

/// A folder of the project, seen from `from`; one that lies outside is told, and not used.
pub(super) fn of_project(
    fields: &mut Fields<'_>,
    name: &str,
    from: &SourcePath,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<SourcePath> {
    let written = fields.text(&[name], diagnostics)?;
    let (folder, seen) = inside(fields, &written, from);
    let found = folder.and_then(|folder| seen.join(folder.trim_start_matches('/')));
    if found.is_none() {
        let told = Diagnostic::error("outside-project", format!("`{name}` names a folder outside of the project"));
        diagnostics.push(at(fields, name, told).help(format!(
            "`{written}` cannot be read from here: give the command the folder that holds both, and the one of the site after it"
        )));
    }
    found
}

/// The folder that the site is written to, seen from the project's folder or absolute.
pub(super) fn of_output(
    fields: &mut Fields<'_>,
    name: &str,
    from: &SourcePath,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<String> {
    let written = fields.text(&[name], diagnostics)?;
    let (folder, seen) = inside(fields, &written, from);
    match folder {
        Some(folder) if folder.starts_with('/') => Some(folder.to_owned()),
        Some(folder) => Some(joined(seen, folder)),
        None => {
            let message = format!("`{name}` names a folder outside of the project: `{written}`");
            diagnostics.push(
                at(fields, name, Diagnostic::warning("setting-value", message))
                    .help("a program of settings sees the project alone: name that folder with `--out-dir`"),
            );
            None
        }
    }
}

/// What was written, and the folder that it is seen from. Programs make absolute paths of the folder that they are run in.
/// `None`: of one above it.
fn inside<'w>(fields: &Fields<'_>, written: &'w str, from: &SourcePath) -> (Option<&'w str>, SourcePath) {
    if !fields.document().is_program() || !written.starts_with('/') {
        return (Some(written), from.clone());
    }
    let rest = written.strip_prefix(ROOT).filter(|rest| rest.is_empty() || rest.starts_with('/'));
    (rest.map(|rest| rest.trim_start_matches('/')), SourcePath::root())
}

/// A path seen from a folder, which may lead out of the project.
fn joined(from: SourcePath, path: &str) -> String {
    let mut names: Vec<&str> = from.as_str().split_terminator('/').collect();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." if names.last().is_some_and(|last| *last != "..") => _ = names.pop(),
            name => names.push(name),
        }
    }
    names.join("/")
}

fn at(fields: &Fields<'_>, name: &str, diagnostic: Diagnostic) -> Diagnostic {
    let steps = [fields.steps(), &[crate::config::Step::Key(name.to_owned())]].concat();
    diagnostic.at(fields.document().span(&steps))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_output() {
        for (from, path, want) in [
            ("", "dist", "dist"),
            ("docs", "../dist", "dist"),
            ("docs", "./a/../b/", "docs/b"),
            ("", "../dist", "../dist"),
            ("docs", "../../x", "../x"),
        ] {
            let from = SourcePath::new(from).expect("a path");
            assert_eq!(joined(from, path), want, "{path}");
        }
    }
}
