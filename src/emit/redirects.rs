//! Files that tell servers of redirects, for hosts that read them. Anchors never reach a server: a former page some of whose anchors
//! lead elsewhere is left to its HTML.

use crate::base::UrlPath;
use crate::config::{RedirectFile, SiteConfig};
use crate::site::made::{HOST_REDIRECTS, NGINX_REDIRECTS};
use crate::site::{Redirect, Resolved, Site};

/// Name and text of each file that the settings ask for.
pub(super) fn files(site: &Site, config: &SiteConfig) -> Vec<(String, String)> {
    let root = config.root();
    let rules: Vec<(&Redirect, String)> = site
        .redirects
        .values()
        .filter(|redirect| redirect.anchors.is_empty())
        .filter_map(|redirect| Some((redirect, target(&redirect.to, &root)?)))
        .collect();
    let file = |file: &RedirectFile| match file {
        // A rule of Netlify gives way to a file, unless it is forced.
        RedirectFile::Netlify => (HOST_REDIRECTS.to_owned(), host_rules(&rules, &root, "301!")),
        RedirectFile::Cloudflare => (HOST_REDIRECTS.to_owned(), host_rules(&rules, &root, "301")),
        RedirectFile::Nginx => (NGINX_REDIRECTS.to_owned(), nginx(&rules, &root)),
    };
    config.redirect_files.iter().map(file).collect()
}

fn host_rules(rules: &[(&Redirect, String)], root: &str, status: &str) -> String {
    rules.iter().map(|(redirect, to)| format!("{} {to} {status}\n", rooted(&redirect.url, root))).collect()
}

/// Lines for `map $uri $moved_to { include redirects.map; }`; nginx compares addresses decoded.
fn nginx(rules: &[(&Redirect, String)], root: &str) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let decoded = |url: &UrlPath| format!("{}{}", root.trim_end_matches('/'), url);
    rules.iter().map(|(redirect, to)| format!("{} {};\n", quoted(&decoded(&redirect.url)), quoted(to))).collect()
}

/// Where a redirect leads, from the root of the host.
fn target(to: &Resolved, root: &str) -> Option<String> {
    match to {
        Resolved::Page { url, suffix } | Resolved::File { url, suffix } => {
            Some(format!("{}{suffix}", rooted(url, root)))
        }
        Resolved::External(address) => Some(address.to_string()),
        Resolved::Here(_) | Resolved::Broken(_) => None,
    }
}

fn rooted(url: &UrlPath, root: &str) -> String {
    format!("{}{}", root.trim_end_matches('/'), url.encoded())
}
