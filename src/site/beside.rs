//! Where the Markdown of each page lies: beside its HTML, unless a file of the project lies there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::{OutPath, SourcePath, Span, UrlPath};
use crate::diag::Diagnostic;
use crate::page::Head;

use super::types::{Redirect, Route};

/// The address of the Markdown of each page that has one.
pub(super) fn markdown(
    heads: &[Arc<Head>],
    routes: &[Route],
    files: &BTreeMap<OutPath, SourcePath>,
    redirects: &BTreeMap<OutPath, Redirect>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Option<UrlPath>> {
    let outs = || routes.iter().map(|route| &route.out).chain(files.keys()).chain(redirects.keys());
    let in_folders = outs().filter(|out| out.as_str().contains(".md/"));
    let folders: BTreeSet<&str> = in_folders.flat_map(|out| folders(out.as_str())).collect();
    let pages: BTreeMap<&OutPath, &Head> =
        routes.iter().map(|route| &route.out).zip(heads.iter().map(|it| &**it)).collect();
    let mut one = |(head, route): (&Arc<Head>, &Route)| {
        let name = route.out.as_str().strip_suffix(".html").filter(|_| is_offered(head))?;
        let out = OutPath::new(&format!("{name}.md"))?;
        let taken = match (files.get(&out), pages.get(&out)) {
            (Some(file), _) => format!("the file `{file}` is"),
            (None, Some(page)) => format!("the page `{}` is", page.path),
            (None, None) if redirects.contains_key(&out) => "a former address of a page is".to_owned(),
            (None, None) if folders.contains(out.as_str()) => "a folder is".to_owned(),
            (None, None) => return Some(UrlPath::new(out.as_str())),
        };
        diagnostics.push(
            Diagnostic::info(
                "duplicate-output",
                format!("the Markdown of `{}` would be `{out}`, as {taken}", head.path),
            )
            .at(Span::new(head.path.clone(), 0..0))
            .help("the page has no Markdown beside it: rename the other one, or say `llms: false` in the front matter"),
        );
        None
    };
    heads.iter().zip(routes).map(&mut one).collect()
}

/// Whether the page is for programs, too: it is a page of its own, and does not say otherwise.
fn is_offered(head: &Head) -> bool {
    let says = |key: &str, wanted: bool| head.front_matter.bool(key) == Some(wanted);
    !head.stands_in
        && &*head.relative != "404.md"
        && !says("llms", false)
        && !says("search", false)
        && !says("noindex", true)
}

/// The folders that a path lies in.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

#[cfg(test)]
mod tests {
    use crate::config::Layout;
    use crate::site::fixture::{Folder, head};

    #[test]
    fn nothing_is_overwritten() {
        let mut folder =
            Folder::new(Layout::Native, &["a.md", "b.md", "README.md", "public/b.md", "public/index.md/x.png"]);
        folder.project.copy_all = true;
        for (path, front) in [("c.md", "llms: false"), ("d.md", "search: false"), ("e.md", "noindex: true")] {
            folder.heads.push(std::sync::Arc::new(head(path, front)));
        }
        let site = folder.site();
        let shown: Vec<_> = site.pages.iter().filter_map(|page| Some(page.markdown.as_ref()?.as_str())).collect();
        assert_eq!(shown, ["/a.md"]);
        let told: Vec<&str> = site.diagnostics.iter().map(|found| &*found.message).collect();
        assert_eq!(
            told,
            [
                "the Markdown of `README.md` would be `index.md`, as a folder is",
                "the Markdown of `b.md` would be `b.md`, as the file `public/b.md` is",
            ]
        );
    }
}
