//! What the browser's tab says.

use serde_yaml::Value;

use crate::config::{Conventions, Layout, SiteConfig};
use crate::site::SitePage;

/// The text of `<title>`: the page's title and the site's, put together as the conventions have it. The same words are not
/// said twice.
pub(super) fn head_title(page: &SitePage, site: &str, template: Option<&str>, config: &SiteConfig) -> String {
    let values = &page.head.front_matter.values;
    let title = &*page.title;
    let template = match values.get("titleTemplate") {
        Some(Value::Bool(false)) => Some(""),
        Some(Value::String(own)) => Some(own.as_str()),
        _ => template.filter(|_| !page.home),
    };
    let text = match config.conventions {
        _ if template.is_some() => match template.unwrap_or_default() {
            pattern if pattern.contains(":title") => pattern.replace(":title", title),
            suffix => joined(title, suffix),
        },
        Conventions::VuePress1 => match values.get("metaTitle").and_then(Value::as_str) {
            Some(whole) => whole.to_owned(),
            None if page.home || config.layout == Layout::VuePress1 && page.head.title.is_none() => site.to_owned(),
            None => joined(title, site),
        },
        // A home page without a title of its own bears the site's.
        Conventions::VuePress2 if page.home && page.head.title.is_none() => site.to_owned(),
        Conventions::VuePress2 => joined(title, site),
        Conventions::VitePress1 | Conventions::VitePress2 if page.home && page.head.title.is_none() => site.to_owned(),
        Conventions::VitePress1 | Conventions::VitePress2 => joined(title, site),
    };
    if text.is_empty() { title.to_owned() } else { text }
}

fn joined(title: &str, site: &str) -> String {
    match site.is_empty() || site == title {
        true => title.to_owned(),
        false => format!("{title} | {site}"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config::native;
    use crate::render::testing::page;

    #[test]
    fn titles() {
        use Conventions::*;
        let mut config = native::defaults(Layout::Native, "en-US");
        let config = Arc::make_mut(&mut config.site);
        for (conventions, front_matter, site, want) in [
            (VuePress1, "{}", "Site", "Start | Site"),
            (VuePress1, "metaTitle: Whole", "Site", "Whole"),
            (VuePress1, "home: true", "Site", "Site"),
            (VuePress1, "home: true", "", "Start"),
            (VuePress2, "metaTitle: Whole", "Site", "Start | Site"),
            (VuePress2, "{}", "Start", "Start"),
            (VuePress2, "{}", "", "Start"),
            (VitePress1, "titleTemplate: false", "Site", "Start"),
            (VitePress1, "titleTemplate: Doc", "Site", "Start | Doc"),
            (VitePress2, "titleTemplate: 'A :title B'", "Site", "A Start B"),
        ] {
            let page = page("start.md", front_matter);
            config.conventions = conventions;
            assert_eq!(head_title(&page, site, None, config), want, "{conventions:?} {front_matter}");
        }
    }

    #[test]
    fn a_page_without_a_title_bears_that_of_the_site_in_vuepress_1() {
        let mut page = page("start.md", "{}");
        Arc::make_mut(&mut page.head).title = None;
        for (layout, want) in [(Layout::VuePress1, "Site"), (Layout::Native, "Start | Site")] {
            let mut config = native::defaults(layout, "en-US");
            Arc::make_mut(&mut config.site).conventions = Conventions::VuePress1;
            assert_eq!(head_title(&page, "Site", None, &config.site), want, "{layout:?}");
        }
    }
}
