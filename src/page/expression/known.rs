//! The names that pages of VuePress and VitePress may use, and what they stand for.

use super::Scope;

/// A value that only the site knows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SiteValue {
    /// The page's title.
    PageTitle,
    /// The page's address from the root of the site.
    PagePath,
    /// The page's path below the content folder.
    RelativePath,
    /// The page's description.
    Description,
    /// The page's language.
    Lang,
    /// The text of `<title>`.
    HeadTitle,
    /// The site's title.
    SiteTitle,
    /// The site's description.
    SiteDescription,
    /// The path that the site is published under.
    Base,
    /// The root of the page's language.
    LocalePath,
    /// A setting of the theme, by its steps.
    Theme(Vec<Box<str>>),
}

/// Where the steps of a name lead.
pub(super) enum Known {
    /// Into the front matter, this many steps further.
    FrontMatter(usize),
    /// Into what the page was made with.
    Params,
    Site(SiteValue),
}

/// What `root` and the steps after it stand for. Names without `$` are VitePress's, from `useData()`.
pub(super) fn known(root: &str, steps: &[String], scope: &Scope<'_>) -> Option<Known> {
    let name = match root.strip_prefix('$') {
        Some(name) => name,
        None if scope.conventions.is_vitepress() && !scope.native => root,
        None => return None,
    };
    let first = steps.first().map(String::as_str);
    let value = match (name, first, steps.len()) {
        ("frontmatter" | "pageFrontmatter", ..) => return Some(Known::FrontMatter(0)),
        ("page" | "pageData", Some("frontmatter"), _) => return Some(Known::FrontMatter(1)),
        ("params", ..) if scope.conventions.is_vitepress() => return Some(Known::Params),
        ("page" | "pageData", Some("title"), 1) => SiteValue::PageTitle,
        ("page" | "pageData" | "route", Some("path" | "regularPath"), 1) => SiteValue::PagePath,
        ("page" | "pageData", Some("relativePath" | "filePath" | "filePathRelative"), 1) => SiteValue::RelativePath,
        ("page" | "pageData", Some("lang"), 1) | ("lang" | "pageLang", None, 0) => SiteValue::Lang,
        ("page" | "pageData", Some("description"), 1) | ("description", None, 0) => SiteValue::Description,
        ("site" | "siteLocale", Some("title"), 1) | ("siteTitle", None, 0) => SiteValue::SiteTitle,
        ("site" | "siteLocale", Some("description"), 1) => SiteValue::SiteDescription,
        ("site", Some("base"), 1) => SiteValue::Base,
        ("site" | "siteLocale", Some("lang"), 1) => SiteValue::Lang,
        ("localePath" | "routeLocale" | "localeConfig", None, 0) | ("localeConfig", Some("path"), 1) => {
            SiteValue::LocalePath
        }
        ("title" | "headTitle", None, 0) => SiteValue::HeadTitle,
        ("themeConfig" | "themeLocaleConfig" | "theme", Some(_), _) => SiteValue::Theme(boxed(steps)),
        ("site", Some("themeConfig"), 2..) => SiteValue::Theme(boxed(&steps[1..])),
        _ => return None,
    };
    Some(Known::Site(value))
}

fn boxed(steps: &[String]) -> Vec<Box<str>> {
    steps.iter().map(|step| step.as_str().into()).collect()
}
