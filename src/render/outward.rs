//! How links to other sites open.

use crate::config::Layout;

/// How links to other sites open: in a new window in VuePress and VitePress, in the same one elsewhere, where it is the
/// reader who decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outward {
    SameWindow,
    VuePress,
    VitePress,
}

impl Outward {
    /// As the layout has it.
    pub(super) fn of(layout: Layout) -> Outward {
        match layout {
            Layout::Native | Layout::Bare => Outward::SameWindow,
            Layout::VuePress1 | Layout::VuePress2 => Outward::VuePress,
            Layout::VitePress => Outward::VitePress,
        }
    }

    /// The window in which the link to this address opens.
    pub(super) fn target(self, address: &str) -> &'static str {
        if self.attributes(address).is_empty() { "" } else { " target=\"_blank\"" }
    }

    /// What the link to this address carries.
    pub(super) fn attributes(self, address: &str) -> &'static str {
        let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
        let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        match self {
            Outward::VuePress if web => " target=\"_blank\" rel=\"noopener noreferrer\"",
            Outward::VitePress if web => " target=\"_blank\" rel=\"noreferrer\"",
            _ => "",
        }
    }
}
