//! What a page says of itself to programs: to those that show links to it (Open Graph, Twitter) and to search engines (JSON-LD).
//! Both name whole addresses, so there is nothing without the address of the site.

use serde::Serialize;
use serde_json::json;

use crate::base::{UrlPath, rfc3339};
use crate::config::Config;
use crate::site::{Locale, Picture, Resolved, Site, SitePage};

use super::frame::{Frame, PageFrame};
use super::head::Head;

/// A `meta` element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Meta {
    /// `property` or `name`.
    key: &'static str,
    name: &'static str,
    content: String,
}

/// What the page tells readers, too.
#[derive(Clone, Copy)]
pub(super) struct Told<'t> {
    /// Its whole address.
    pub canonical: Option<&'t str>,
    pub lang: &'t str,
    pub description: Option<&'t str>,
    /// The day of the last change.
    pub changed: Option<&'t str>,
}

/// The `meta` elements of a page, and the way to it as JSON-LD.
pub(super) fn shared(
    page: &SitePage,
    site: &Site,
    config: &Config,
    frame: &Frame,
    (own, head, told): (&PageFrame, &Head, Told<'_>),
) -> (Vec<Meta>, Option<String>) {
    let origin = config.site.url.as_deref().map(|url| url.trim_end_matches('/'));
    let (Some(origin), Some(canonical)) = (origin, told.canonical) else { return (Vec::new(), None) };
    let is_other = |(index, _, same): &&(usize, UrlPath, bool)| *same && *index != page.locale && !page.head.stands_in;
    let others = page.translations.iter().filter(is_other);
    let shared = Shared {
        page,
        locale: site.locale(page),
        origin,
        canonical,
        told,
        picture: own.picture.as_ref(),
        card: own.card.as_deref(),
        size: match &own.picture {
            Some(Picture::File(url)) => frame.sizes.get(url).copied(),
            Some(Picture::Elsewhere(_)) | None => None,
        },
        others: others.filter_map(|(index, ..)| Some(&*site.locales.get(*index)?.lang)).collect(),
    };
    (shared.meta(head), shared.breadcrumb(&own.breadcrumb))
}

/// What the elements are made of.
struct Shared<'s> {
    page: &'s SitePage,
    locale: &'s Locale,
    /// The site's address, without a trailing slash.
    origin: &'s str,
    canonical: &'s str,
    told: Told<'s>,
    picture: Option<&'s Picture>,
    /// What the picture says, if it is a card.
    card: Option<&'s str>,
    /// The size of the picture, if it is known.
    size: Option<(u32, u32)>,
    /// The languages that the page is in, too.
    others: Vec<&'s str>,
}

impl Shared<'_> {
    fn absolute(&self, url: &UrlPath) -> String {
        format!("{}{}", self.origin, url.encoded())
    }

    /// The `meta` elements, without those that settings or front matter have already.
    fn meta(&self, head: &Head) -> Vec<Meta> {
        let mut meta = Vec::new();
        let mut say = |name: &'static str, content: Option<String>| {
            let key = if name.starts_with("twitter:") { "name" } else { "property" };
            if let Some(content) = content.filter(|content| !content.is_empty() && !head.says(name)) {
                meta.push(Meta { key, name, content });
            }
        };
        let page = self.page;
        say("og:type", Some(if page.home { "website" } else { "article" }.to_owned()));
        say("og:site_name", Some(self.locale.title.to_string()));
        say("og:title", Some(page.title.to_string()));
        say("og:description", self.told.description.map(str::to_owned));
        say("og:url", Some(self.canonical.to_owned()));
        say("og:locale", territory(self.told.lang));
        for other in &self.others {
            say("og:locale:alternate", territory(other));
        }
        if !page.home {
            say("article:published_time", page.published().map(rfc3339));
            say("article:modified_time", self.told.changed.map(str::to_owned));
        }
        // Who names a picture of their own measures it, too.
        let has_own = head.says("og:image");
        let picture = self.picture.filter(|_| !has_own).map(|picture| match picture {
            Picture::File(url) => self.absolute(url),
            Picture::Elsewhere(address) => address.clone(),
        });
        say("og:image", picture.clone());
        let size = self.size.filter(|_| picture.is_some());
        say("og:image:width", size.map(|(width, _)| width.to_string()));
        say("og:image:height", size.map(|(_, height)| height.to_string()));
        say("og:image:alt", self.card.filter(|_| picture.is_some()).map(str::to_owned));
        let card = if has_own || picture.is_some() { "summary_large_image" } else { "summary" };
        say("twitter:card", Some(card.to_owned()));
        meta
    }

    /// The way to the page from the home page, as JSON-LD; `None` where there is none.
    fn breadcrumb(&self, groups: &[(std::sync::Arc<str>, Option<Resolved>)]) -> Option<String> {
        if self.page.home || self.page.route.url == self.locale.home {
            return None;
        }
        let mut way: Vec<(&str, &UrlPath)> = vec![(&self.locale.title, &self.locale.home)];
        way.extend(groups.iter().filter_map(|(text, target)| match target {
            Some(Resolved::Page { url, .. }) => Some((&**text, url)),
            _ => None,
        }));
        way.retain(|(_, url)| **url != self.page.route.url);
        way.push((&self.page.title, &self.page.route.url));
        way.dedup_by(|(_, url), (_, before)| url == before);
        let entry = |(position, (name, url)): (usize, &(&str, &UrlPath))| json!({ "@type": "ListItem", "position": position + 1, "name": name, "item": self.absolute(url) });
        let entries: Vec<_> = way.iter().enumerate().map(entry).collect();
        let list = json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": entries });
        // A script ends with the first end tag in it.
        Some(list.to_string().replace('<', "\\u003c"))
    }
}

/// A language with its territory, as Open Graph has it: `fr_FR`. Where the tag names none, the one that speaks it first.
fn territory(lang: &str) -> Option<String> {
    let mut parts = lang.split(['-', '_']);
    let language = parts.next()?.to_ascii_lowercase();
    let is_territory = |part: &&str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let known = [
        ("ar", "AR"),
        ("de", "DE"),
        ("en", "US"),
        ("es", "ES"),
        ("fr", "FR"),
        ("it", "IT"),
        ("ja", "JP"),
        ("ko", "KR"),
        ("nl", "NL"),
        ("pl", "PL"),
        ("pt", "PT"),
        ("ru", "RU"),
        ("tr", "TR"),
        ("uk", "UA"),
        ("vi", "VN"),
        ("zh", "CN"),
    ];
    let named = parts.find(is_territory).map(str::to_ascii_uppercase);
    let usual = || known.iter().find(|(known, _)| *known == language).map(|(_, territory)| (*territory).to_owned());
    let territory = named.or_else(usual)?;
    Some(format!("{language}_{territory}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn territories() {
        for (lang, want) in [
            ("fr", Some("fr_FR")),
            ("fr-CA", Some("fr_CA")),
            ("zh-Hans-CN", Some("zh_CN")),
            ("en-US", Some("en_US")),
            ("br", None),
        ] {
            assert_eq!(territory(lang).as_deref(), want, "{lang}");
        }
    }
}
