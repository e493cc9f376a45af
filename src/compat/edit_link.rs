//! Where a page is edited, by the repository that holds it.

/// What settings of VuePress say of the repository, gathered from the top and from a language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Repository {
    /// The site's repository.
    pub repo: Option<String>,
    /// The repository of its pages, if it is another one.
    pub docs_repo: Option<String>,
    /// The folder of the pages in it.
    pub dir: Option<String>,
    /// The branch.
    pub branch: Option<String>,
    /// The pattern of the address, where it is written.
    pub pattern: Option<String>,
    /// Whether there are such links.
    pub wanted: bool,
}

impl Repository {
    /// The address at which a page is edited; `first`: in VuePress 1.
    pub fn edit_link(&self, first: bool) -> Option<String> {
        let written = self.docs_repo.as_ref().or(self.repo.as_ref());
        let repo = written.map(|repo| address(repo));
        if !self.wanted {
            return None;
        }
        let branch = self.branch.as_deref().unwrap_or(if first { "master" } else { "main" });
        let path = match self.dir.as_deref().unwrap_or_default().trim_matches('/') {
            "" | "." => ":path".to_owned(),
            dir => format!("{dir}/:path"),
        };
        if let Some(pattern) = &self.pattern {
            let repo = repo.unwrap_or_default();
            return Some(pattern.replace(":repo", &repo).replace(":branch", branch).replace(":path", &path));
        }
        let repo = repo?;
        let host = repo.split("//").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
        let is = |name: &str| host.contains(name);
        Some(if is("gitlab") {
            format!("{repo}/-/edit/{branch}/{path}")
        } else if is("bitbucket") {
            format!("{repo}/src/{branch}/{path}?mode=edit&spa=0&at={branch}&fileviewer=file-view-default")
        } else if is("codeberg") || is("gitea") || is("forgejo") {
            format!("{repo}/_edit/{branch}/{path}")
        } else if first || is("github") || is("gitee") {
            format!("{repo}/edit/{branch}/{path}")
        } else {
            return None;
        })
    }
}

/// A repository's address: `owner/name` is one of GitHub's.
pub(super) fn address(repo: &str) -> String {
    match repo.contains("://") {
        true => repo.trim_end_matches('/').to_owned(),
        false => format!("https://github.com/{}", repo.trim_matches('/')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        for (repo, first, want) in [
            ("a/b", true, Some("https://github.com/a/b/edit/master/docs/:path")),
            ("a/b", false, Some("https://github.com/a/b/edit/main/docs/:path")),
            ("https://gitlab.com/a/b/", false, Some("https://gitlab.com/a/b/-/edit/main/docs/:path")),
            ("https://gitlab.example.org/a/b", false, Some("https://gitlab.example.org/a/b/-/edit/main/docs/:path")),
            (
                "https://bitbucket.org/a/b",
                false,
                Some(
                    "https://bitbucket.org/a/b/src/main/docs/:path?mode=edit&spa=0&at=main&fileviewer=file-view-default",
                ),
            ),
            ("https://gitee.com/a/b", false, Some("https://gitee.com/a/b/edit/main/docs/:path")),
            ("https://codeberg.org/a/b", false, Some("https://codeberg.org/a/b/_edit/main/docs/:path")),
            ("https://example.org/a/b", true, Some("https://example.org/a/b/edit/master/docs/:path")),
            ("https://example.org/a/b", false, None),
        ] {
            let repository = Repository {
                repo: Some(repo.to_owned()),
                dir: Some("/docs/".to_owned()),
                wanted: true,
                ..Repository::default()
            };
            assert_eq!(repository.edit_link(first).as_deref(), want, "{repo}");
        }
        let pattern = Repository {
            repo: Some("a/b".to_owned()),
            pattern: Some(":repo/_/:branch/:path".to_owned()),
            wanted: true,
            ..Repository::default()
        };
        assert_eq!(pattern.edit_link(false).as_deref(), Some("https://github.com/a/b/_/main/:path"));
    }
}
