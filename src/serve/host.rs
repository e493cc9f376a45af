//! Whose name a request may call the server by. A page of another site can make its own name point to this machine and
//! then read what is served here (DNS rebinding): only names that cannot be pointed elsewhere are answered.

use std::net::IpAddr;

/// The names that are answered.
pub(super) struct Hosts {
    given: String,
    /// Whether the server listens on all addresses of the machine, whichever they are.
    all: bool,
}

impl Hosts {
    pub fn new(given: &str, ip: IpAddr) -> Hosts {
        Hosts { given: given.to_ascii_lowercase(), all: ip.is_unspecified() }
    }

    /// Whether a `Host` header names this server.
    pub fn answer(&self, header: &str) -> bool {
        let name = without_port(header).to_ascii_lowercase();
        let name = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(&name);
        match name.parse::<IpAddr>() {
            // No name service has a say in an address.
            Ok(ip) => ip.is_loopback() || self.all || Ok(ip) == self.given.parse(),
            Err(_) => name == "localhost" || name.ends_with(".localhost") || name == self.given,
        }
    }
}

fn without_port(header: &str) -> &str {
    match header.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !unbracketed(name) => name,
        _ => header,
    }
}

/// Whether it is the first part of an IPv6 address without brackets.
fn unbracketed(name: &str) -> bool {
    name.contains(':') && !name.ends_with(']')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine() {
        let local = Hosts::new("127.0.0.1", IpAddr::from([127, 0, 0, 1]));
        let named = Hosts::new("Docs.example", IpAddr::from([10, 0, 0, 1]));
        let all = Hosts::new("0.0.0.0", IpAddr::from([0, 0, 0, 0]));
        for (hosts, header, answered) in [
            (&local, "127.0.0.1:8080", true),
            (&local, "LOCALHOST", true),
            (&local, "[::1]:8080", true),
            (&local, "a.localhost:1", true),
            (&local, "evil.example:8080", false),
            (&local, "localhost.evil.example", false),
            (&local, "10.0.0.1", false),
            (&local, "", false),
            (&named, "docs.example:8080", true),
            (&named, "evil.example", false),
            (&all, "192.168.1.7:8080", true),
            (&all, "[fe80::1]:80", true),
            (&all, "evil.example", false),
        ] {
            assert_eq!(hosts.answer(header), answered, "{header} at {}", hosts.given);
        }
    }
}
