//! The names of the files that a site has for programs besides its pages. What makes them takes their names from here, and so does what keeps former
//! addresses out of their places.

use crate::base::OutPath;

/// What search engines may read.
pub const ROBOTS: &str = "robots.txt";
/// The pages, for search engines.
pub const SITEMAP: &str = "sitemap.xml";
/// The host, for GitHub Pages.
pub const CNAME: &str = "CNAME";
/// That GitHub Pages publishes files as they are.
pub const NO_JEKYLL: &str = ".nojekyll";
/// Redirects, for Netlify and Cloudflare.
pub const HOST_REDIRECTS: &str = "_redirects";
/// Redirects, for nginx.
pub const NGINX_REDIRECTS: &str = "redirects.map";
/// What is new, in each language.
pub const FEED: &str = "atom.xml";
/// The pages of a language, for language models.
pub const LLMS: &str = "llms.txt";
/// All that they say.
pub const LLMS_FULL: &str = "llms-full.txt";
/// How a browser searches a language.
pub const OPEN_SEARCH: &str = "opensearch.xml";
/// The page that searches a language.
pub const SEARCH_PAGE: &str = "search.html";
/// The page that is sent where there is none.
pub const NOT_FOUND: &str = "404.html";
/// The folder of the indexes of the search.
pub const SEARCH: &str = "search/";
/// What the paths of the files for browsers begin with.
pub const ASSETS: &str = "assets/";

/// Names at the root of a site.
const AT_ROOT: [&str; 6] = [ROBOTS, SITEMAP, CNAME, NO_JEKYLL, HOST_REDIRECTS, NGINX_REDIRECTS];

/// Names in the folder of each language.
const IN_LANGUAGES: [&str; 4] = [FEED, LLMS, LLMS_FULL, OPEN_SEARCH];

/// Whether a file has the place of one that the site makes for programs, or of the index of its search.
pub fn is_made(out: &OutPath) -> bool {
    let path = out.as_str();
    let first = path.split('/').next().unwrap_or_default();
    AT_ROOT.contains(&first)
        || path == NOT_FOUND
        || path.split('/').any(|part| IN_LANGUAGES.contains(&part))
        || path.strip_prefix(SEARCH).is_some_and(|rest| rest.starts_with("index."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_files_that_are_made() {
        for (path, want) in [
            ("robots.txt", true),
            ("robots.txt/index.html", true),
            ("fr/atom.xml", true),
            ("fr/llms-full.txt", true),
            ("redirects.map", true),
            ("search/index.abc.txt", true),
            ("guide/robots.txt", false),
            ("search/guide.html", false),
            ("404.html", true),
        ] {
            assert_eq!(is_made(&OutPath::new(path).expect("a path")), want, "{path}");
        }
    }
}
