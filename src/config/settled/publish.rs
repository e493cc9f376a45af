//! How a site is found, and what it tells others.

use serde::Serialize;

use super::look::Written;

/// What a site has for programs besides its pages.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PublishConfig {
    /// Whether there are `llms.txt`, `llms-full.txt` and the Markdown of each page beside it.
    pub llms: bool,
    /// Whether there is a feed of the pages with a date; `None`: if there are any.
    pub feed: Option<bool>,
    /// How many pages a feed tells of.
    pub feed_limit: usize,
    /// The host that `CNAME` names.
    pub cname: Option<String>,
}

impl Default for PublishConfig {
    fn default() -> PublishConfig {
        PublishConfig { llms: true, feed: None, feed_limit: 20, cname: None }
    }
}

/// What becomes of the pictures of pages.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ImagesConfig {
    /// Whether pages say how wide and how high they are.
    pub sizes: bool,
    /// How many kilobytes one may weigh before that is told.
    pub heaviest: u32,
    /// The smaller ones that are made of them; `None`: none.
    pub smaller: Option<SmallerImages>,
}

/// The smaller files that are made of pictures, as WebP.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SmallerImages {
    /// From 1 to 100.
    pub quality: u8,
    /// How wide they are, in pixels: the narrowest first.
    pub widths: Vec<u32>,
}

impl Default for SmallerImages {
    /// The text is about 640 pixels wide, and screens have up to three for each.
    fn default() -> SmallerImages {
        SmallerImages { quality: 80, widths: vec![640, 960, 1280, 1920] }
    }
}

impl Default for ImagesConfig {
    fn default() -> ImagesConfig {
        ImagesConfig { sizes: true, heaviest: 500, smaller: None }
    }
}

/// The cards that are drawn of titles, to stand for pages where links to them are shared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct CardsConfig {
    /// The colour of the ground; `None`: the page's.
    pub background: Option<Written>,
    /// The colour of what is written; `None`: the page's, or what can be read on the ground.
    pub color: Option<Written>,
    /// The font; `None`: the site's, or the one that Pressoir has.
    pub font: Option<Written>,
}

/// Who counts the readers. Each is asked only where the settings name it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Analytics {
    /// Plausible.
    pub plausible: Option<Plausible>,
    /// Matomo.
    pub matomo: Option<Matomo>,
    /// Google: the id of the measurement.
    pub google: Option<String>,
}

/// A site of Plausible.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Plausible {
    /// The name of the site there.
    pub domain: String,
    /// The address of its script.
    pub script: String,
}

/// A site of Matomo.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Matomo {
    /// The address of Matomo, without a trailing slash.
    pub url: String,
    /// The number of the site there.
    pub site: String,
}

impl Analytics {
    /// The names of those that count, with the host that each asks.
    pub fn services(&self) -> Vec<(&'static str, String)> {
        let plausible = self.plausible.iter().map(|plausible| ("Plausible", host(&plausible.script)));
        let matomo = self.matomo.iter().map(|matomo| ("Matomo", host(&matomo.url)));
        let google = self.google.iter().map(|_| ("Google Analytics", "www.googletagmanager.com".to_owned()));
        plausible.chain(matomo).chain(google).collect()
    }
}

/// The host of an address.
fn host(address: &str) -> String {
    let rest = address.split_once("//").map_or(address, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest).to_owned()
}
