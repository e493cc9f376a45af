//! What pages are called.

use std::sync::Arc;

use serde_yaml::Value;

use crate::base::{Span, as_title};
use crate::config::{Layout, SiteConfig};
use crate::diag::Diagnostic;
use crate::page::Head;

use super::front;
use super::targets::{is_index_name, stem};

/// The most letters of a site's title: a longer one is a sentence, and would stand on every page.
const LONGEST: usize = 60;
/// What a site is called whose settings and home page do not say.
const UNTITLED: &str = "Documentation";

/// The title of a page, or what stands in for one; `site` is what the site is called.
pub(super) fn title(head: &Head, site: &str) -> String {
    own(head).or_else(|| hero(head)).or_else(|| first_heading(head)).unwrap_or_else(|| {
        let stem = head.path.stem();
        let folder = head.relative.rsplit('/').nth(1);
        match (is_index_name(stem), folder) {
            (true, Some(folder)) => as_title(folder),
            (true, None) => site.to_owned(),
            (false, _) => as_title(stem),
        }
    })
}

/// What a site is called, by its home page.
pub(super) fn site(home: Option<&Head>) -> String {
    // The conventions call a cover without a title "Home", which says nothing of the site.
    let own = |head: &Head| match front::is_home(head) {
        true => front::text(head, "title"),
        false => own(head),
    };
    let titled = |head| hero(head).or_else(|| own(head)).or_else(|| first_heading(head));
    let short = |title: &String| title.chars().count() <= LONGEST;
    home.and_then(titled).filter(short).unwrap_or_else(|| UNTITLED.to_owned())
}

/// Pages that VuePress 1 gives no title: only what stands at the very top is one. `titles` are what stands in for them.
pub(super) fn untitled(heads: &[Arc<Head>], titles: &[Arc<str>], config: &SiteConfig) -> Vec<Diagnostic> {
    if config.layout != Layout::VuePress1 {
        return Vec::new();
    }
    let without = |(head, _): &(&Arc<Head>, &Arc<str>)| own(head).is_none() && stem(&head.relative) != "404";
    let told = |(head, title): (&Arc<Head>, &Arc<str>)| {
        Diagnostic::warning("untitled-page", "this page has no title: it does not begin with one, `# ...`")
            .at(Span::new(head.path.clone(), 0..0))
            .help(format!(
                "begin the page with its heading, or write `title: {title}` into the front matter; until then the browser's tab shows \
                 only what the site is called, and the sidebar the page's address, as VuePress 1 does"
            ))
    };
    heads.iter().zip(titles).filter(without).map(told).collect()
}

/// The title that the page gives itself.
pub(super) fn own(head: &Head) -> Option<String> {
    head.title.as_deref().filter(|title| !title.trim().is_empty()).map(str::to_owned)
}

/// The large text at the top of a home page.
fn hero(head: &Head) -> Option<String> {
    let hero =
        |key| front::value(head, "hero").and_then(|hero| hero.get(key)).and_then(|value: &Value| front::scalar(value));
    front::text(head, "heroText").or_else(|| hero("name")).or_else(|| hero("text"))
}

fn first_heading(head: &Head) -> Option<String> {
    let text = head.headings.iter().map(|heading| heading.text.trim()).find(|text| !text.is_empty());
    text.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::fixture::{Folder, head};

    #[test]
    fn pages() {
        for (file, front, want) in [
            ("a.md", "title: Début", "Début"),
            ("01-getting-started.md", "", "Getting started"),
            ("guide/README.md", "", "Guide"),
            ("index.md", "hero: { name: Outil }", "Outil"),
            ("README.md", "", "Le site"),
        ] {
            assert_eq!(title(&head(file, front), "Le site"), want, "{file}");
        }
    }

    #[test]
    fn pages_without_a_title_are_told_in_vuepress_1() {
        let told = |layout| {
            let folder = Folder::new(layout, &["a.md", "b.md", "404.md"]).front("a.md", "x: 1").front("404.md", "x: 1");
            let site = folder.site();
            let untitled = site.diagnostics.iter().filter(|found| found.code == "untitled-page");
            untitled.filter_map(|found| Some(found.span.as_ref()?.file.as_str().to_owned())).collect::<Vec<_>>()
        };
        assert_eq!(told(Layout::VuePress1), ["a.md"]);
        for layout in [Layout::VuePress2, Layout::VitePress, Layout::Native, Layout::Bare] {
            assert!(told(layout).is_empty(), "{layout:?}");
        }
    }

    #[test]
    fn sites() {
        for (front, want) in [("title: Home\nheroText: Outil", "Outil"), ("title: Accueil", "Accueil"), ("", UNTITLED)]
        {
            assert_eq!(site(Some(&head("README.md", front))), want);
        }
        let mut cover = head("README.md", "home: true");
        cover.title = Some("Home".into());
        assert_eq!(site(Some(&cover)), UNTITLED);
        assert_eq!(site(None), UNTITLED);
    }
}
