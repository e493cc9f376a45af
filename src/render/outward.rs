//! How links to other sites open.

use std::sync::Arc;

use crate::base::escaped;
use crate::config::{Layout, SiteConfig};

/// What links to other sites carry, and whether they open in a new window. VuePress and VitePress open one unless their settings
/// say otherwise; elsewhere it is the reader who decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outward {
    /// ` target="_blank" rel="noreferrer"`.
    attributes: Arc<str>,
    new_window: bool,
}

impl Outward {
    /// As the settings have it, else as the layout has it.
    pub(super) fn of(config: &SiteConfig) -> Outward {
        let Some(given) = &config.external_links else {
            let rel = match config.layout {
                Layout::Native | Layout::Bare => return Outward { attributes: "".into(), new_window: false },
                Layout::VuePress1 | Layout::VuePress2 => "noopener noreferrer",
                Layout::VitePress => "noreferrer",
            };
            return Outward { attributes: format!(" target=\"_blank\" rel=\"{rel}\"").into(), new_window: true };
        };
        let written = given.iter().map(|(name, value)| match value.as_str() {
            "" => format!(" {name}"),
            value => format!(" {name}=\"{}\"", escaped(value)),
        });
        let new_window =
            given.iter().any(|(name, value)| name == "target" && value.to_ascii_lowercase().contains("_blank"));
        Outward { attributes: written.collect::<String>().into(), new_window }
    }

    /// Whether the link to this address opens in a new window.
    pub(super) fn opens_window(&self, address: &str) -> bool {
        self.new_window && is_web(address)
    }

    /// The window in which the link to this address opens.
    pub(super) fn target(&self, address: &str) -> &'static str {
        if self.opens_window(address) { " target=\"_blank\"" } else { "" }
    }

    /// What the link to this address carries.
    pub(super) fn attributes(&self, address: &str) -> &str {
        if is_web(address) { &self.attributes } else { "" }
    }
}

fn is_web(address: &str) -> bool {
    let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}
