//! Addresses: which are asked for, whose they are, where they lead on.

use std::net::IpAddr;

use regex::Regex;

use crate::config::ExternalConfig;

/// Names that are kept free for examples and for this computer (RFC 2606, RFC 6761).
const RESERVED: &[&str] =
    &["example", "example.com", "example.net", "example.org", "test", "invalid", "localhost", "local"];

/// Which addresses are asked for.
pub(super) struct Wanted {
    ignored: Vec<Regex>,
    local: bool,
}

impl Wanted {
    pub fn new(config: &ExternalConfig) -> Wanted {
        let pattern = |like: &String| {
            let parts: Vec<String> = like.split('*').map(regex::escape).collect();
            Regex::new(&format!("^{}$", parts.join(".*"))).ok()
        };
        Wanted { ignored: config.ignore.iter().filter_map(pattern).collect(), local: config.local }
    }

    /// Whether somebody is asked for this address.
    pub fn holds(&self, address: &str) -> bool {
        let is_web = ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme));
        is_web
            && (self.local || !is_local(host(address)))
            && !self.ignored.iter().any(|ignored| ignored.is_match(address))
    }
}

/// Scheme and authority: `https://example.org:8080`.
pub(super) fn origin(address: &str) -> &str {
    let start = address.find("://").map_or(0, |at| at + 3);
    let end = address[start..].find(['/', '?', '#']).map_or(address.len(), |at| start + at);
    &address[..end]
}

/// Path and query: `/a?b`.
pub(super) fn path(address: &str) -> &str {
    match &address[origin(address).len()..] {
        "" => "/",
        path => path,
    }
}

/// The name of the host.
fn host(address: &str) -> &str {
    let authority = origin(address).split_once("://").map_or("", |(_, rest)| rest);
    let authority = authority.rsplit_once('@').map_or(authority, |(_, rest)| rest);
    match authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((inside, _)) => inside,
        None => authority.split(':').next().unwrap_or_default(),
    }
}

fn is_local(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    if let Ok(address) = host.parse::<IpAddr>() {
        return match address {
            IpAddr::V4(address) => {
                address.is_loopback() || address.is_private() || address.is_link_local() || address.is_unspecified()
            }
            IpAddr::V6(address) => address.is_loopback() || address.is_unspecified(),
        };
    }
    !host.contains('.') || RESERVED.iter().any(|name| host == *name || host.ends_with(&format!(".{name}")))
}

/// Where a page at `address` leads on that says `location`.
pub(super) fn joined(address: &str, location: &str) -> String {
    let location = location.trim();
    if location.contains("://") {
        return location.to_owned();
    }
    let origin = origin(address);
    if let Some(rest) = location.strip_prefix("//") {
        let scheme = origin.split_once("://").map_or("https", |(scheme, _)| scheme);
        return format!("{scheme}://{rest}");
    }
    if location.starts_with('/') {
        return format!("{origin}{location}");
    }
    let path = path(address).split(['?', '#']).next().unwrap_or_default();
    if location.starts_with('?') {
        return format!("{origin}{path}{location}");
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let (way, query) = location.split_at(location.find(['?', '#']).unwrap_or(location.len()));
    let names: Vec<&str> = way.split('/').collect();
    for (index, name) in names.iter().enumerate() {
        match *name {
            ".." => drop(parts.pop()),
            "." => {}
            name => parts.push(name),
        }
        if index + 1 == names.len() && [".", ".."].contains(name) {
            parts.push("");
        }
    }
    format!("{origin}/{}{query}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_and_this_computer_are_not_asked_for() {
        let config = ExternalConfig { ignore: vec!["https://a.fr/x/*".into()], ..ExternalConfig::default() };
        let wanted = Wanted::new(&config);
        for (address, want) in [
            ("https://a.fr/", true),
            ("https://a.fr/x/y?z", false),
            ("http://a.fr:8080", true),
            ("mailto:a@b.fr", false),
            ("https://example.org/a", false),
            ("https://docs.example.com/a", false),
            ("https://myexample.com/a", true),
            ("http://localhost:8080/", false),
            ("http://127.0.0.1:8080/", false),
            ("http://[::1]/", false),
            ("http://192.168.1.2/", false),
            ("http://intranet/", false),
            ("https://user@a.fr/", true),
        ] {
            assert_eq!(wanted.holds(address), want, "{address}");
        }
        let local = Wanted::new(&ExternalConfig { local: true, ..ExternalConfig::default() });
        assert!(local.holds("http://127.0.0.1:8080/"));
    }

    #[test]
    fn parts() {
        for (address, want) in [
            ("https://a.fr", ("https://a.fr", "/")),
            ("https://a.fr?x", ("https://a.fr", "?x")),
            ("http://a.fr:80/b/c?d", ("http://a.fr:80", "/b/c?d")),
        ] {
            assert_eq!((origin(address), path(address)), want);
        }
    }

    #[test]
    fn redirects_lead_on() {
        for (location, want) in [
            ("https://b.fr/x", "https://b.fr/x"),
            ("//b.fr/x", "https://b.fr/x"),
            ("/x?y", "https://a.fr/x?y"),
            ("x", "https://a.fr/b/x"),
            ("../x/", "https://a.fr/x/"),
            ("./", "https://a.fr/b/"),
            ("..", "https://a.fr/"),
            ("?q=../x", "https://a.fr/b/c?q=../x"),
        ] {
            assert_eq!(joined("https://a.fr/b/c?d", location), want, "{location}");
        }
    }
}
