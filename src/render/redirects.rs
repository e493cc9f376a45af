//! Pages at former addresses, which lead their readers on.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::base::{OutPath, UrlPath};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::site::{MovedAnchor, Redirect, Resolved, Site};

use super::address::href;
use super::theme::Theme;

/// An anchor that is gone, and where readers are led from it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Moved {
    id: String,
    href: String,
    text: String,
}

impl Moved {
    /// As seen from the page at `url`.
    pub(super) fn new(anchor: &MovedAnchor, url: &UrlPath) -> Moved {
        Moved { id: anchor.id.to_string(), href: href(&anchor.to, url), text: anchor.text.to_string() }
    }
}

/// The file and the HTML of each page at a former address.
pub fn redirect_pages<'a>(
    site: &'a Site,
    config: &'a Config,
    theme: &'a Theme,
) -> impl Iterator<Item = Result<(OutPath, String), Diagnostic>> + use<'a> {
    site.redirects.iter().map(|(out, redirect)| html(redirect, site, config, theme).map(|html| (out.clone(), html)))
}

fn html(redirect: &Redirect, site: &Site, config: &Config, theme: &Theme) -> Result<String, Diagnostic> {
    let (url, locale) = (&redirect.url, &site.locales[redirect.locale]);
    let to = href(&redirect.to, url);
    let anchors: Vec<Moved> = redirect.anchors.iter().map(|anchor| Moved::new(anchor, url)).collect();
    let by_id: BTreeMap<&str, &str> = anchors.iter().map(|anchor| (&*anchor.id, &*anchor.href)).collect();
    let relative = |urls: &[UrlPath]| urls.iter().map(|style| style.relative_from(url)).collect::<Vec<_>>();
    let mut context = tera::Context::new();
    let dir = super::view::direction(&locale.lang);
    context.insert("page", &serde_json::json!({ "lang": &*locale.lang, "dir": dir, "navbar": false }));
    let icon = super::frame::icon(site).map(|icon| icon.relative_from(url));
    context.insert("site", &serde_json::json!({ "title": &*locale.title, "icon": icon }));
    context.insert("assets", &serde_json::json!({ "styles": relative(&theme.styles) }));
    let canonical = canonical(&redirect.to, config).unwrap_or_else(|| to.clone());
    context.insert("to", &serde_json::json!({ "href": to, "text": &*redirect.text, "canonical": canonical }));
    context.insert("script", &serde_json::json!({ "to": script(&to), "anchors": script(&by_id) }));
    context.insert("anchors", &anchors);
    context.insert_value("t", theme.texts.with(&locale.lang, &config.theme.frame(redirect.locale).texts));
    theme.templates.render("redirect.html", &context)
}

/// The whole address, where it is known.
fn canonical(to: &Resolved, config: &Config) -> Option<String> {
    match to {
        Resolved::Page { url, .. } | Resolved::File { url, .. } => super::languages::absolute(url, config),
        _ => None,
    }
}

/// A value as a script holds it. `<` could end the script.
fn script(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default().replace('<', "\\u003c")
}
