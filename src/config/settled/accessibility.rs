//! What a site says of itself to readers and to the law.

use serde::Serialize;

/// How far the site follows the rules of accessibility, and who answers for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Accessibility {
    /// How far it follows them.
    pub state: Conformity,
    /// Who publishes the site.
    pub entity: Option<String>,
    /// Where readers write who cannot read something: an address, or a mail address.
    pub contact: Option<String>,
    /// Who looked at what, when, and what came of it.
    pub audit: Option<String>,
    /// Who answers for what is published.
    pub director: Option<String>,
    /// Who keeps the site on the net.
    pub host: Option<String>,
}

/// How far a site follows the rules, as the law names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Conformity {
    /// Less than half of them, or nobody has looked.
    #[default]
    None,
    /// Half of them at least.
    Partial,
    /// All of them.
    Full,
}

impl Conformity {
    /// The states, and what settings call them.
    pub const ALL: [(Conformity, &'static str); 3] =
        [(Conformity::None, "none"), (Conformity::Partial, "partial"), (Conformity::Full, "full")];

    /// What settings call it.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("none", |(_, name)| name)
    }
}

/// A version of the documentation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Version {
    /// What it is called: `2.1`.
    pub text: String,
    /// Where its site begins.
    pub link: String,
    /// Whether it is this one.
    pub current: bool,
}
