//! Addresses that lead elsewhere.

use serde::Serialize;

/// An address and where it leads, as settings write them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct RedirectConfig {
    /// The former address, seen from the site's root: `/old.html`, `/old/`, `old.md`, `/page.html#old`.
    pub from: String,
    /// Where it leads: a page or an address of the site, with or without an anchor, or of another site.
    pub to: String,
    /// The byte range in the settings file that wrote `to`.
    #[serde(skip)]
    pub span: Option<(u32, u32)>,
}

/// A file that tells a server of the redirects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RedirectFile {
    /// `_redirects` as Netlify reads it.
    Netlify,
    /// `_redirects` as Cloudflare Pages reads it.
    Cloudflare,
    /// `redirects.map`, for nginx's `map`.
    Nginx,
}

impl RedirectFile {
    /// Each with its name in the settings.
    pub const ALL: [(RedirectFile, &str); 3] =
        [(RedirectFile::Netlify, "netlify"), (RedirectFile::Cloudflare, "cloudflare"), (RedirectFile::Nginx, "nginx")];
}
