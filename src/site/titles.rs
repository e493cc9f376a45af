//! What pages are called.

use serde_yaml::Value;

use crate::page::Head;

use super::fold;
use super::front;
use super::targets::is_index_name;

/// What a site is called whose settings and home page do not say.
const UNTITLED: &str = "Documentation";

/// The title of a page, or what stands in for one; `site` is what the site is called.
pub(super) fn title(head: &Head, site: &str) -> String {
    own(head).or_else(|| hero(head)).or_else(|| first_heading(head)).unwrap_or_else(|| {
        let stem = head.path.stem();
        let folder = head.relative.rsplit('/').nth(1);
        match (is_index_name(stem), folder) {
            (true, Some(folder)) => fold::as_title(folder),
            (true, None) => site.to_owned(),
            (false, _) => fold::as_title(stem),
        }
    })
}

/// What a site is called, by its home page.
pub(super) fn site(home: Option<&Head>) -> String {
    let titled = |head| hero(head).or_else(|| own(head)).or_else(|| first_heading(head));
    home.and_then(titled).unwrap_or_else(|| UNTITLED.to_owned())
}

fn own(head: &Head) -> Option<String> {
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
    use crate::site::fixture::head;

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
    fn sites() {
        for (front, want) in [("title: Home\nheroText: Outil", "Outil"), ("title: Accueil", "Accueil"), ("", UNTITLED)]
        {
            assert_eq!(site(Some(&head("README.md", front))), want);
        }
        assert_eq!(site(None), UNTITLED);
    }
}
