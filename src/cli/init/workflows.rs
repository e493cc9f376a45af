//! Workflows of GitHub: those that are written, and those that are there.

use super::words::Words;

/// The repository whose action the workflows use, where it is known: from the release that this program is, else from Cargo's
/// manifest.
const REPOSITORY: Option<&str> = option_env!("PRESSOIR_REPOSITORY");

/// What stands for the owner of Pressoir's repository as long as nobody has said it.
pub(super) const NOBODY: &str = "OWNER";

/// Where workflows lie in a repository.
pub(super) const FOLDER: &str = ".github/workflows";
/// What publishes the site.
pub(super) const PAGES: &str = "pages.yml";
/// What checks proposals.
pub(super) const PREVIEW: &str = "pages-preview.yml";

/// What publishes to GitHub Pages, by what a workflow says of it.
const PUBLISHERS: &[&str] = &[
    "actions/deploy-pages",
    "actions/upload-pages-artifact",
    "peaceiris/actions-gh-pages",
    "jamesives/github-pages-deploy-action",
    "crazy-max/ghaction-github-pages",
    "jenkey2011/vuepress-deploy",
];
/// What stands beside the branch `gh-pages` where something is pushed to it.
const BESIDE: &[&str] = &["push", "branch:", "uses:", "gh-pages -d"];

/// What the workflows of a site say.
pub(super) struct Setting {
    /// The branch that is published.
    pub branch: String,
    /// The folder of the site, seen from the repository: `.` or `docs`.
    pub folder: String,
    /// The action: `owner/name@version`.
    pub action: String,
    /// Whether warnings keep a proposal from being accepted.
    pub strict: bool,
}

/// The action of the version that this program is.
pub(super) fn action() -> String {
    let manifest = crate::vfs::github(env!("CARGO_PKG_REPOSITORY"));
    let repository = REPOSITORY.filter(|name| !name.is_empty()).or(manifest);
    let repository = repository.map_or_else(|| format!("{NOBODY}/pressoir"), str::to_owned);
    format!("{repository}@v{}", env!("CARGO_PKG_VERSION"))
}

/// An action as it was typed, with the version of this program if it has none. `None`: it is none.
pub(super) fn named(typed: &str) -> Option<String> {
    let (name, version) = typed.split_once('@').unwrap_or((typed, concat!("v", env!("CARGO_PKG_VERSION"))));
    let is_version = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._/-".contains(&byte))
    };
    let name = crate::vfs::github(name).unwrap_or(name);
    let address = format!("https://github.com/{name}");
    let known = crate::vfs::github(&address)?;
    is_version(version).then(|| format!("{known}@{version}"))
}

/// The workflow that publishes the site.
pub(super) fn pages(setting: &Setting, words: &Words) -> String {
    let about = words.pages_about.replace("BRANCH", &setting.branch);
    let text = include_str!("workflows/pages.yml")
        .replace("__ABOUT__", &about)
        .replace("__NAME__", words.pages_name)
        .replace("__BRANCH__", &pattern(&setting.branch))
        .replace("__BY_HAND__", words.by_hand)
        .replace("__CONCURRENCY__", words.pages_concurrency);
    both(&text.replace("__STEP__", words.pages_step), setting, words)
}

/// The workflow that checks proposals and shows what they change.
pub(super) fn preview(setting: &Setting, words: &Words) -> String {
    let text = include_str!("workflows/pages-preview.yml")
        .replace("__ABOUT__", words.preview_about)
        .replace("__NAME__", words.preview_name)
        .replace("__CONCURRENCY__", words.preview_concurrency)
        .replace("__COMMENT__", words.comment)
        .replace("__STRICT__", if setting.strict { "true" } else { "false" })
        .replace("__COMPARE__", words.compare);
    both(&text.replace("__STEP__", words.preview_step), setting, words)
}

fn both(text: &str, setting: &Setting, words: &Words) -> String {
    text.replace("__HISTORY__", words.history)
        .replace("__ACTION__", &setting.action)
        .replace("__FOLDER__", &scalar(&setting.folder))
}

/// A text as YAML reads it again, whatever is in it.
pub(super) fn scalar(text: &str) -> String {
    let plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '/' | '_' | '-');
    // What begins so could be a number, or nothing, to a reader of YAML.
    let is_plain = text == "." || text.starts_with(|char: char| char.is_ascii_alphabetic()) && text.chars().all(plain);
    let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    match is_plain && !words.contains(&text.to_ascii_lowercase().as_str()) {
        true => text.to_owned(),
        // JSON's texts are YAML's.
        false => serde_json::Value::from(text).to_string(),
    }
}

/// A branch in a list of patterns: what would be more than a letter there is marked.
fn pattern(branch: &str) -> String {
    let mut marked = String::new();
    for (at, char) in branch.char_indices() {
        if matches!(char, '*' | '+' | '?' | '[' | ']') || char == '!' && at == 0 {
            marked.push('\\');
        }
        marked.push(char);
    }
    scalar(&marked)
}

/// Where a workflow publishes to GitHub Pages: the line, counted from 1, and what it uses. Comments say nothing.
pub(super) fn publishes(workflow: &str) -> Option<(usize, &'static str)> {
    let said = |line: &str| {
        let line = line.split(" #").next().unwrap_or_default().trim().to_lowercase();
        if line.starts_with('#') {
            return None;
        }
        // A branch of this name may also be one that a workflow leaves alone.
        let is_branch = line.contains("gh-pages") && BESIDE.iter().any(|word| line.contains(word));
        PUBLISHERS.iter().find(|name| line.contains(**name)).copied().or(is_branch.then_some("gh-pages"))
    };
    (1..).zip(workflow.lines()).find_map(|(number, line)| Some((number, said(line)?)))
}

/// Whether a workflow uses Pressoir.
pub(super) fn uses_pressoir(workflow: &str) -> bool {
    workflow.lines().map(str::trim).any(|line| !line.starts_with('#') && line.contains("pressoir"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_again_as_they_were() {
        for text in ["main", "docs", ".", "a b", "1.0", "true", "é", "a: b", "feature/x", "#1", "\"", "a\\b"] {
            let written = scalar(text);
            let read: serde_yaml::Value = serde_yaml::from_str(&format!("a: {written}\n")).expect("it is YAML");
            assert_eq!(read["a"], text, "{written}");
        }
        assert_eq!((scalar("main"), scalar(".")), ("main".into(), ".".into()));
    }

    #[test]
    fn what_publishes_is_found() {
        let workflow =
            "# uses: actions/deploy-pages@v4\njobs:\n  a:\n    steps:\n      - uses: peaceiris/actions-gh-pages@v3\n";
        assert_eq!(publishes(workflow), Some((5, "peaceiris/actions-gh-pages")));
        assert_eq!(publishes("run: git push origin gh-pages # now\n"), Some((1, "gh-pages")));
        assert_eq!(publishes("        publish_branch: gh-pages\n"), Some((1, "gh-pages")));
        assert_eq!(publishes("run: npm test # not to gh-pages\n"), None);
        assert_eq!(publishes("on:\n  push:\n    branches-ignore:\n      - gh-pages\n"), None);
    }

    #[test]
    fn actions_as_they_are_typed() {
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(named("example/pressoir"), Some(format!("example/pressoir@v{version}")));
        assert_eq!(named("example/pressoir@main").as_deref(), Some("example/pressoir@main"));
        assert_eq!(named("https://github.com/example/pressoir@v1").as_deref(), Some("example/pressoir@v1"));
        for wrong in ["pressoir", "a/b/c", "a/b@", "a/b@x y", "a b/c", ""] {
            assert_eq!(named(wrong), None, "{wrong}");
        }
    }
}
