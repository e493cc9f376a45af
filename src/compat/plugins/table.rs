//! Every plugin of VuePress that is known, and what becomes of it.

/// What becomes of a plugin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// What it gives is here too, or only the old machinery needed it.
    Here,
    /// Its options are read.
    Read,
    /// It is not here; what to do instead.
    Instead(&'static str),
}

use Fate::{Here, Instead, Read};

const IN_HEAD: &str = "add its script to `head` in the settings, if you want it";
const NO_SEARCH: &str = "the search of every page takes its place: it needs no plugin";
const COMMENTS: &str = "pages have no comments; link to the place where you talk, in `nav` or `footer`";
const BLOG: &str = "write a page that lists the others, or let the sidebar list them: `sidebar: folders`";

/// Plugins whose options bring ways of writing.
pub(super) const WRITING: &[&str] =
    &["markdown-ext", "markdown-image", "markdown-include", "markdown-stylize", "md-enhance"];
/// Plugins that make pages for folders without one.
pub(super) const CATALOGS: &[&str] = &["catalog", "auto-catalog"];
/// Plugins that colour code.
pub(super) const COLOURS: &[&str] = &["shiki", "prismjs"];

/// The options that are read of plugins, by how their names begin or end.
pub(super) const OPTIONS: &[(&str, &[&str])] = &[
    ("sitemap", &["hostname"]),
    ("feed", &["hostname", "canonical_base"]),
    ("google-analytics", &["id", "ga"]),
    ("redirect", &["config"]),
    ("hint", &["alert"]),
];

/// What readers of every site have, whose plugins are turned off in vain.
pub(super) const ALWAYS: &[&str] = &[
    "active-header-links",
    "code-copy",
    "copy-code",
    "copy-code2",
    "external-link-icon",
    "links-check",
    "markdown-hint",
    "markdown-tab",
    "hint",
    "prismjs",
    "seo",
    "shiki",
    "sitemap",
    "tab",
];

/// Plugins by name, without what their packages' names begin with.
pub(super) const TABLE: &[(&str, Fate)] = &[
    ("container", Read),
    ("markdown-container", Read),
    ("sitemap", Read),
    ("sitemap2", Read),
    ("active-header-links", Here),
    ("catalog", Here),
    ("auto-catalog", Here),
    ("auto-sidebar", Here),
    ("bar", Here),
    ("code-copy", Here),
    ("copy-code", Here),
    ("copy-code2", Here),
    ("nuggets-style-copy", Here),
    ("code-switcher", Here),
    ("check-md", Here),
    ("clean-urls", Instead("say `clean_urls: true` in `pressoir.yml`")),
    ("debug", Here),
    ("external-link-icon", Here),
    ("git", Here),
    ("last-updated", Here),
    ("links-check", Here),
    ("markdown-ext", Here),
    ("markdown-hint", Read),
    ("hint", Read),
    ("markdown-image", Here),
    ("markdown-include", Here),
    ("markdown-math", Here),
    ("markdown-stylize", Here),
    ("markdown-tab", Here),
    ("tab", Here),
    ("tabs", Here),
    ("element-tabs", Here),
    ("md-enhance", Here),
    ("katex", Here),
    ("mathjax", Here),
    ("mermaid", Here),
    ("mermaidjs", Here),
    ("graphviz", Here),
    ("named-chunks", Here),
    ("nprogress", Here),
    ("one-click-copy", Here),
    ("palette", Here),
    ("sass-palette", Here),
    ("prismjs", Here),
    ("shiki", Here),
    ("register-components", Here),
    ("theme-data", Here),
    ("toc", Here),
    ("typescript", Here),
    ("shared", Here),
    ("reading-time", Here),
    ("reading-time2", Here),
    ("seo", Here),
    ("seo2", Here),
    ("autometa", Here),
    ("canonical", Here),
    ("append-date", Here),
    ("auto-frontmatter", Here),
    ("back-to-top", Here),
    (
        "medium-zoom",
        Instead("pictures stand in the page as they are; link one to its large form: `[![](small.png)](large.png)`"),
    ),
    (
        "photo-swipe",
        Instead("pictures stand in the page as they are; link one to its large form: `[![](small.png)](large.png)`"),
    ),
    (
        "zooming",
        Instead("pictures stand in the page as they are; link one to its large form: `[![](small.png)](large.png)`"),
    ),
    ("search", Instead(NO_SEARCH)),
    ("search-pro", Instead(NO_SEARCH)),
    ("slimsearch", Instead(NO_SEARCH)),
    ("docsearch", Instead(NO_SEARCH)),
    ("fulltext-search", Instead(NO_SEARCH)),
    ("flexsearch", Instead(NO_SEARCH)),
    ("flexsearch-pro", Instead(NO_SEARCH)),
    ("meilisearch", Instead(NO_SEARCH)),
    ("google-analytics", Read),
    ("google-tag-manager", Instead(IN_HEAD)),
    ("google-gtag", Instead(IN_HEAD)),
    ("baidu-analytics", Instead(IN_HEAD)),
    ("baidu-tongji", Instead(IN_HEAD)),
    ("baidu-autopush", Instead(IN_HEAD)),
    ("matomo", Instead(IN_HEAD)),
    ("umami-analytics", Instead(IN_HEAD)),
    ("clarity-analytics", Instead(IN_HEAD)),
    ("pwa", Instead("pages are plain files, which browsers keep by themselves")),
    ("pwa2", Instead("pages are plain files, which browsers keep by themselves")),
    ("remove-pwa", Here),
    ("redirect", Read),
    ("blog", Instead(BLOG)),
    ("blog2", Instead(BLOG)),
    ("feed", Read),
    ("feed2", Read),
    ("comment", Instead(COMMENTS)),
    ("comment2", Instead(COMMENTS)),
    ("vssue", Instead(COMMENTS)),
    ("markdown-chart", Instead("make the chart a picture, or draw it with Mermaid")),
    ("export", Instead("print a page from the browser: it has a style for paper")),
    ("copyright", Instead("say it in `footer`")),
    ("copyright2", Instead("say it in `footer`")),
    ("notice", Instead("write the notice into the home page")),
    ("i18n", Here),
    ("icon", Instead("icons are left out; what they stand for has a text")),
    ("watermark", Instead("pages have no watermark")),
    ("rtl", Here),
];
