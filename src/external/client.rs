//! One request to a host -> a status, or why there is none.

use std::sync::Arc;
use std::time::Duration;

use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Error};

use crate::config::ExternalConfig;

/// The most of a `robots.txt` that is read, in bytes (RFC 9309 asks for 500 KiB at least).
const MOST: u64 = 512 * 1024;

/// What a host answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Response {
    pub status: u16,
    /// Where it leads on.
    pub location: Option<String>,
    /// After how long it may be asked again.
    pub retry_after: Option<Duration>,
    /// What it says, where that was asked for.
    pub text: String,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoAnswer {
    /// There is no such host.
    NoHost,
    /// It did not answer in time.
    Late,
    /// Something else, in words.
    Failed(String),
}

/// How a host is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// Only whether it is there.
    Head,
    /// The thing itself, which is thrown away.
    Get,
    /// The thing itself, as text.
    Text,
}

/// Asks hosts.
pub(super) struct Client {
    agent: Agent,
    /// What it calls itself.
    pub name: String,
}

impl Client {
    pub fn new(config: &ExternalConfig) -> Client {
        let timeout = Duration::from_secs(config.timeout.max(1));
        // Who has authorities of their own has put them among those of the system.
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let name = match &config.user_agent {
            Some(name) => name.clone(),
            None => concat!("pressoir/", env!("CARGO_PKG_VERSION"), " (checks links)").to_owned(),
        };
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(timeout))
            .user_agent(name.as_str())
            .tls_config(tls)
            .build()
            .new_agent();
        Client { agent, name }
    }

    pub fn ask(&self, address: &str, method: Method) -> Result<Response, NoAnswer> {
        let request = match method {
            Method::Head => self.agent.head(address),
            Method::Get | Method::Text => self.agent.get(address),
        };
        let mut response = request.header("Accept", "*/*").call().map_err(|error| no_answer(&error))?;
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (location, retry_after) = (header("location"), header("retry-after"));
        let status = response.status().as_u16();
        let text = match method {
            Method::Text => response.body_mut().with_config().limit(MOST).lossy_utf8(true).read_to_string(),
            Method::Head | Method::Get => Ok(String::new()),
        };
        // A date would need a calendar: who names one wants to be left alone for long.
        let patience = |value: String| value.trim().parse().map_or(Duration::MAX, Duration::from_secs);
        Ok(Response { status, location, retry_after: retry_after.map(patience), text: text.unwrap_or_default() })
    }
}

fn no_answer(error: &Error) -> NoAnswer {
    match error {
        Error::HostNotFound => NoAnswer::NoHost,
        Error::Timeout(_) => NoAnswer::Late,
        Error::ConnectionFailed => NoAnswer::Failed("it cannot be reached".to_owned()),
        Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => NoAnswer::Late,
        error => NoAnswer::Failed(error.to_string()),
    }
}
