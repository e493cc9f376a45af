//! Findings for the browser, with addresses that open their places in an editor.

use std::env;
use std::path::{Path, PathBuf, absolute};

use crate::report::Outline;
use crate::serve::Problem;

/// The editor of whoever writes.
pub(super) struct Editor {
    root: PathBuf,
    /// An address with `{file}`, `{line}` and `{column}`; none where no link is wanted.
    pattern: Option<String>,
}

/// Visual Studio Code, which most people have, and which asks before it opens what a link names.
const USUAL: &str = "vscode://file/{file}:{line}:{column}";

impl Editor {
    /// What `PRESSOIR_EDITOR` says.
    pub fn of_environment(root: &Path) -> Editor {
        Editor::new(root, env::var("PRESSOIR_EDITOR").ok())
    }

    fn new(root: &Path, wish: Option<String>) -> Editor {
        let root = absolute(root).unwrap_or_else(|_| root.to_path_buf());
        let pattern = match wish.as_deref().map(str::trim) {
            None | Some("") => Some(USUAL.to_owned()),
            Some("none") => None,
            // The name of a program that understands the addresses of Visual Studio Code.
            Some(name) if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') => {
                Some(USUAL.replacen("vscode", name, 1))
            }
            Some(pattern) => Some(pattern.to_owned()).filter(|pattern| !runs_scripts(pattern)),
        };
        Editor { root, pattern }
    }

    /// The finding as the browser shows it.
    pub fn problem(&self, outline: Outline) -> Problem {
        let Outline { code, message, file, place, at, frame, help, .. } = outline;
        let edit = self.pattern.as_ref().zip(file.as_ref()).map(|(pattern, file)| {
            let path = self.root.join(file.as_str()).to_string_lossy().replace('\\', "/");
            let (line, column) = at.unwrap_or((1, 1));
            let path = percent_encoding::utf8_percent_encode(path.trim_start_matches('/'), PATH).to_string();
            let path = if self.root.has_root() && pattern.contains("/{file}") { path } else { format!("/{path}") };
            pattern
                .replace("{file}", &path)
                .replace("{line}", &line.to_string())
                .replace("{column}", &column.to_string())
        });
        let site = file.as_ref().is_none_or(|file| OF_THE_SITE.iter().any(|ending| file.name().ends_with(ending)));
        Problem { code, message, place, frame, help, edit, site, file }
    }
}

/// How files end that are settings or of a theme.
const OF_THE_SITE: [&str; 18] = [
    ".cjs", ".css", ".cts", ".html", ".js", ".json", ".less", ".mjs", ".mts", ".sass", ".scss", ".styl", ".toml",
    ".ts", ".tsx", ".vue", ".yaml", ".yml",
];

/// What an address may not hold as it is.
const PATH: &percent_encoding::AsciiSet =
    &percent_encoding::CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`');

/// Whether the browser would run the address in the page.
fn runs_scripts(pattern: &str) -> bool {
    let start: String = pattern.chars().filter(|char| !char.is_control() && !char.is_whitespace()).collect();
    ["javascript:", "data:", "vbscript:"].iter().any(|scheme| start.to_ascii_lowercase().starts_with(scheme))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::base::SourcePath;
    use crate::diag::Severity;

    #[test]
    fn addresses_of_places() {
        let edit = |wish: Option<&str>| {
            let outline = Outline {
                code: "x".into(),
                severity: Severity::Error,
                message: "y".into(),
                file: SourcePath::new("a b/é.md"),
                place: None,
                at: Some((3, 7)),
                frame: None,
                help: None,
            };
            Editor::new(Path::new("/site"), wish.map(str::to_owned)).problem(outline).edit
        };
        let encoded = "site/a%20b/%C3%A9.md";
        assert_eq!(edit(None), Some(format!("vscode://file/{encoded}:3:7")));
        assert_eq!(edit(Some("vscodium")), Some(format!("vscodium://file/{encoded}:3:7")));
        assert_eq!(
            edit(Some("idea://open?file={file}&line={line}")),
            Some(format!("idea://open?file=/{encoded}&line=3"))
        );
        assert_eq!((edit(Some("none")), edit(Some("java\tscript:alert(1)"))), (None, None));
    }
}
